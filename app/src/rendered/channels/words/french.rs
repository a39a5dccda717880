//! French.

use domain::{ChannelKind, Event, Hold, Outcome, Severity, Tongue, Trouble};

use super::ChannelWords;
use crate::channel_trouble::ChannelTrouble;

/// The page of channels in French.
pub const FRENCH: ChannelWords = ChannelWords {
    title: "Canaux",
    promise: "Les incidents sont annoncés ici quand ils commencent, s’aggravent et se terminent. Ce qu’un destinataire ne prend pas est renvoyé jusqu’à ce qu’il le prenne.",
    back: "Veille",
    channels: "Qui est prévenu",
    none_yet: "Personne n’est encore prévenu. Donnez ci-dessous un webhook, un canal Slack ou une adresse électronique, puis envoyez-lui un essai.",
    new_channel: "Nouveau canal",
    name: "Nom",
    kind_label: "Type",
    kind: |kind| match kind {
        ChannelKind::Webhook => "Webhook",
        ChannelKind::Slack => "Slack",
        ChannelKind::Email => "Courriel",
    },
    address: "Adresse",
    address_hint: "Pour un webhook ou Slack une adresse https, pour le courriel une adresse électronique. Elle ne sera plus montrée en entier.",
    secret: "Secret d’un webhook",
    secret_hint: "Il signe les messages comme le veut Standard Webhooks, pour que le destinataire sache qu’ils viennent d’ici\u{a0}: 16 à 200 caractères sans espaces, par exemple whsec_ suivi de ce que donne `openssl rand -base64 32`. Il ne sera plus jamais montré.",
    watch: "Incidents de",
    all_watches: "toutes les veilles non simulées",
    no_watch_left: "une veille disparue",
    least_severity: "Au moins",
    severity,
    at_least: |at_least| {
        let counts = at_least
            .map(|(least, count)| format!("dès {} {count}", severity(least).to_lowercase()));
        format!(
            "Incidents de toutes les veilles ces 30 derniers jours, selon la gravité demandée\u{a0}: {}.",
            counts.join(", ")
        )
    },
    language_label: "Langue",
    language,
    make: "Créer le canal",
    hears: |watches, least, tongue| {
        let least = severity(least).to_lowercase();
        format!("Prévenu pour {watches}, dès la gravité {least}, en {}.", language(tongue))
    },
    not_delivered: |count| match count {
        1 => "1 message non remis depuis".to_owned(),
        count => format!("{count} messages non remis depuis"),
    },
    receiver: |trouble| {
        match trouble {
        Trouble::Connection => {
            "Pas de connexion\u{a0}: le destinataire fonctionne-t-il, et l’adresse est-elle juste\u{202f}?".to_owned()
        }
        Trouble::Timeout => "Le destinataire n’a pas répondu à temps.".to_owned(),
        Trouble::Tls => "Pas de connexion sûre\u{a0}: vérifiez le certificat du destinataire.".to_owned(),
        Trouble::Refused { code, said } => match said {
            Some(said) => format!("Le destinataire a répondu {code} ({said})."),
            None => format!("Le destinataire a répondu {code}."),
        },
        Trouble::NoMailServer => {
            "Aucun serveur de courriel n’est réglé\u{a0}: lancez le service avec --smtp-url et --smtp-from.".to_owned()
        }
        Trouble::Unsendable => {
            "Le message ne peut pas être envoyé tel quel\u{a0}: vérifiez l’adresse.".to_owned()
        }
    }
    },
    next_try: "Prochain essai",
    test: "Envoyer un message d’essai",
    tested: "Essai",
    test_taken: "le destinataire l’a pris.",
    no_messages: "Aucun incident n’a encore été annoncé ici.",
    messages: |count| match count {
        1 => "Dernier message".to_owned(),
        count => format!("{count} derniers messages"),
    },
    event: |event, level| match event {
        Event::Test => "Essai".to_owned(),
        Event::Opened => format!("Commencé, {}", severity(level).to_lowercase()),
        Event::Worsened => format!("Désormais {}", severity(level).to_lowercase()),
        Event::Ended => "Terminé".to_owned(),
    },
    outcome: |outcome| match outcome {
        Outcome::Delivered => "remis",
        Outcome::Dropped => "non envoyé, terminé avant\u{a0}:",
        Outcome::GivenUp => "abandonné",
    },
    is_failing: "non remis, prochain essai",
    held: |hold| match hold {
        Hold::QuietHours => "attend la fin des heures calmes,",
        Hold::Cooldown => "attend la fin du répit,",
        Hold::Campaign => "attend la fin de la campagne,",
    },
    under_way: "en route",
    remove: "Supprimer ce canal",
    remove_hint: "Ce qui devait y être annoncé ne le sera à personne.",
    trouble: |trouble| {
        match trouble {
            ChannelTrouble::Unknown => "Ce canal n’existe pas. Rechargez la page.",
            ChannelTrouble::Name => "Un canal a un nom de 1 à 60 caractères.",
            ChannelTrouble::NameTaken => "Un autre canal porte ce nom. Choisissez-en un autre.",
            ChannelTrouble::TooMany => "Il y a autant de canaux qu’un service en sert. Supprimez-en un d’abord.",
            ChannelTrouble::WebAddress => "L’adresse commence par https:// ou http:// et nomme un hôte.",
            ChannelTrouble::MailAddress => "L’adresse est une adresse électronique, par exemple alertes@exemple.fr.",
            ChannelTrouble::Secret => "Un webhook a un secret de 16 à 200 caractères sans espaces.",
            ChannelTrouble::Threshold => "Un seuil est un nombre entier de 3 à 30 nats, ou vide pour celui du radar.",
            ChannelTrouble::Cooldown => "Un répit dure de 0 à 1\u{202f}440 minutes.",
            ChannelTrouble::Zone => "Ce fuseau horaire n’existe pas. Écrivez par exemple Europe/Paris.",
            ChannelTrouble::QuietHours => {
                "Les heures calmes commencent et finissent à des heures différentes, par exemple 22:00 et 07:00. Laissez les deux vides s’il n’y en a pas."
            }
            ChannelTrouble::Campaign => "Une campagne a un nom et finit après son début.",
        }
        .to_owned()
    },
};

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "Faible",
        Severity::Moderate => "Modérée",
        Severity::High => "Élevée",
        Severity::Critical => "Critique",
    }
}

const fn language(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::English => "anglais",
        Tongue::French => "français",
    }
}
