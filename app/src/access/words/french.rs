//! The pages of access in French.

use domain::{Right, Role, Via};

use super::AccessWords;
use crate::access_trouble::AccessTrouble;

/// French.
pub const FRENCH: AccessWords = AccessWords {
    log_in: "Se connecter",
    log_out: "Se déconnecter",
    name: "Nom",
    password: "Mot de passe",
    forgotten: "Oublié, ou pas encore de mot de passe ? Un administrateur vous donne un lien pour en choisir un.",
    no_login_needed: "Cette Vigie ne répond qu’à cette machine et n’a pas de comptes : inutile de se connecter.",
    logged_in_as: |name| format!("Vous êtes connecté sous le nom {name}."),

    choose_password: "Choisir un mot de passe",
    choose_for: |name| format!("Pour le compte {name}. Ce lien sert une seule fois."),
    choose: "Choisir et se connecter",
    new_password: "Nouveau mot de passe",
    password_hint: "12 caractères ou plus ; une phrase se retient bien.",
    again: "Encore une fois",

    account: "Compte",
    no_account: "Vous êtes ici sans compte.",
    change_password: "Changer le mot de passe",
    current_password: "Mot de passe actuel",
    keys: "Clés des programmes",
    keys_hint: "Un programme envoie sa clé dans « Authorization: Bearer … ». Il agit en votre nom et ne peut jamais plus que vous.",
    no_keys: "Il n’y a pas encore de clé.",
    key_name: "À quoi sert-elle ?",
    may: "Elle permet de",
    right,
    days: "Jours de validité (vide : sans fin)",
    make_key: "Créer une clé",
    last_used: "dernier usage",
    never_used: "jamais utilisée",
    until: "jusqu’au",
    revoke: "Révoquer",
    revoke_of: |name| format!("Révoquer la clé {name}"),
    key_of: |name| format!("La clé « {name} ». Copiez-la maintenant : elle ne sera plus montrée."),

    accounts: "Comptes",
    first_account: "Il n’y a pas encore de compte. Le premier est administrateur ; une fois créé, chacun doit se connecter.",
    new_account: "Nouveau compte",
    make_account: "Créer le compte",
    role: "Rôle",
    role_name: |role| match role {
        Role::Viewer => "Lecteur",
        Role::Analyst => "Analyste",
        Role::Admin => "Administrateur",
    },
    roles_hint: "Les lecteurs voient tout et essaient des textes. Les analystes peuvent aussi corriger, relire, envoyer des fichiers et tenir \
        veilles et incidents. Les administrateurs tiennent aussi les comptes et les canaux.",
    role_of: |name| format!("Rôle de {name}"),
    waits: "n’a pas encore de mot de passe",
    change_role: "Changer",
    change_role_of: |name| format!("Changer le rôle de {name}"),
    renew_link: "Nouveau lien",
    renew_link_of: |name| format!("Nouveau lien pour {name}"),
    remove: "Supprimer",
    remove_of: |name| format!("Supprimer {name}"),
    link_of: |name| {
        format!(
            "Envoyez ce lien à {name}, qui choisira ainsi son mot de passe. Il sert une fois, pendant trois jours, et ne sera plus montré."
        )
    },

    changes: "Qui a changé quoi",
    when: "Quand",
    who: "Qui",
    how: "Comment",
    what: "Quoi",
    to_what: "De quoi",
    outcome: "Issue",
    done: "fait",
    refused: "refusé",
    via: |via| match via {
        Via::Nothing => "sans connexion",
        Via::Local => "sur la machine",
        Via::Session => "sur la page",
        Via::Key => "par une clé",
        Via::Command => "ligne de commande",
    },
    older: "Plus anciens",
    newest: "Les plus récents",

    local_mode: "Mode local : quiconque atteint l’adresse propre de cette machine peut tout faire, sans se connecter.",
    demo_mode: "Démonstration : regardez et essayez des textes ; rien ne peut être changé.",

    trouble,
};

fn right(right: Right) -> &'static str {
    match right {
        Right::Read => "lire",
        Right::Analyse => "lire et faire analyser des textes",
        Right::Work => "faire le travail d’un analyste",
        Right::Administer => "tout faire",
    }
}

fn trouble(trouble: &AccessTrouble) -> String {
    match trouble {
        AccessTrouble::Wrong => "Le nom ou le mot de passe est faux.".to_owned(),
        AccessTrouble::TooOften { wait_s } => {
            format!("Trop d’essais ont échoué. Réessayez dans {wait_s} s.")
        }
        AccessTrouble::StaleLink => {
            "Ce lien ne sert plus. Demandez-en un nouveau à un administrateur.".to_owned()
        }
        AccessTrouble::Unequal => {
            "Les deux mots de passe ne sont pas les mêmes. Écrivez-les de nouveau.".to_owned()
        }
        AccessTrouble::PasswordLength => "Un mot de passe a de 12 à 256 caractères.".to_owned(),
        AccessTrouble::PasswordObvious => {
            "Choisissez un mot de passe qui ne soit fait ni du nom du compte ni d’un seul caractère.".to_owned()
        }
        AccessTrouble::Name => {
            "Le nom d’un compte a de 1 à 60 lettres sans accent, chiffres et . _ - + @.".to_owned()
        }
        AccessTrouble::NameTaken => "Un autre compte porte ce nom. Choisissez-en un autre.".to_owned(),
        AccessTrouble::Unknown => "Ce compte n’existe pas. Rechargez la page.".to_owned(),
        AccessTrouble::LastAdmin => {
            "C’est le dernier administrateur. Donnez d’abord ce rôle à un autre compte.".to_owned()
        }
        AccessTrouble::FirstIsAdmin => {
            "Le premier compte est administrateur : choisissez ce rôle.".to_owned()
        }
        AccessTrouble::KeyName => "Le nom d’une clé a de 1 à 60 caractères.".to_owned(),
        AccessTrouble::TooManyKeys => {
            "Ce compte a autant de clés que possible. Révoquez-en une d’abord.".to_owned()
        }
        AccessTrouble::KeyDays => "Une clé vaut de 1 à 3 650 jours, ou sans fin.".to_owned(),
        AccessTrouble::NoAccount => {
            "Clés et mots de passe vont avec un compte. Connectez-vous d’abord.".to_owned()
        }
    }
}
