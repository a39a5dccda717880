//! French.

use domain::ReviewOrder;

use super::ReviewWords;
use crate::review_trouble::ReviewTrouble;

/// The page Review in French.
pub const FRENCH: ReviewWords = ReviewWords {
    title: "Relecture",
    promise: "Dites ce que les textes expriment vraiment, d’abord ceux dont le modèle est le moins sûr. Les modèles en apprennent, et l’on voit à quel point les personnes s’accordent.",
    queue: "Textes",
    outcome: "Accord et export",
    reviewer: "Vous relisez en tant que",
    change_reviewer: "Changer",
    source: "Textes de",
    analyses: "Analyser",
    order: "D’abord",
    order_name: |order| match order {
        ReviewOrder::Uncertain => "les moins sûrs",
        ReviewOrder::Disputed => "les contestés, récents d’abord",
        ReviewOrder::Newest => "les plus récents",
    },
    verdict: "Le modèle dit",
    any: "peu importe",
    search: "Avec ces mots",
    seen_too: "aussi ce que j’ai vu",
    show: "Montrer",
    whole: "Tous les textes de ce filtre",
    whole_hint: "Leur nombre vous est d’abord indiqué.",
    ask: |count, label| match label {
        Some(label) => format!("Noter {} «\u{a0}{label}\u{a0}»\u{a0}?", texts(count)),
        None => format!("Passer {}\u{a0}?", texts(count)),
    },
    confirm: |count, label| format!("{}\u{a0}: {label}", texts(count)),
    only_first: |count| format!("Il y en a davantage\u{a0}: voici les {count} premiers."),
    can_be_undone: "Cela s’annule d’un seul coup.",
    cancel: "Annuler",
    done: |count, label| format!("{}\u{a0}: {label}", texts(count as usize)),
    undo: "Défaire",
    undone: "défait",
    withdrawn: "retiré",
    skip: "Passer",
    skipped: "Passé",
    selected: "Ceux qui sont cochés",
    select: "Sélectionner",
    model_says: "Modèle\u{a0}:",
    log: |count| match count {
        1 => "1 mention".to_owned(),
        count => format!("{count} mentions"),
    },
    empty: "Il ne reste rien à relire ici. Choisissez d’autres textes ci-dessus, ou montrez aussi ce que vous avez vu.",
    none_yet: "Aucun des textes examinés jusqu’ici ne convient. Continuez pour en examiner d’autres.",
    first: "Depuis le premier",
    next: "Textes suivants",
    keys: "Touches (?)",
    keys_hint: "Dans la liste\u{a0}: 1 négatif, 2 neutre, 3 positif, 0 passer, U défaire, ? pour toutes les touches.",
    keys_where: "Elles agissent quand un texte de la liste a le focus. La touche Tab y mène.",
    keys_on: "Les touches seules sont actives",
    key_names: &[
        ("J ↓", "texte suivant"),
        ("K ↑", "texte précédent"),
        ("1", "négatif"),
        ("2", "neutre"),
        ("3", "positif"),
        ("0", "passer"),
        ("U", "défaire le dernier acte, d’un texte ou de plusieurs"),
        ("X", "cocher ce texte\u{a0}: 1, 2, 3 et 0 valent alors pour tous ceux qui sont cochés"),
        ("Maj+X", "cocher du dernier texte coché jusqu’à celui-ci"),
        ("Échap", "tout décocher\u{a0}; d’ici, retour à la liste"),
        ("?", "ces touches"),
    ],
    agreement: "Accord",
    kappa_hint: "Pour deux personnes qui ont noté les mêmes textes\u{a0}: sur combien elles s’accordent, et le κ de Cohen, qui vaut 1 si elles s’accordent toujours et 0 si c’est autant que par hasard, avec son intervalle à 95\u{a0}%.",
    no_pairs: "Deux personnes n’ont pas encore noté les mêmes textes. Le filtre «\u{a0}contestés\u{a0}» et un autre nom au-dessus de la liste permettent à une seconde personne de regarder.",
    reviewers: "Relecteurs",
    texts: "Textes",
    same: "Même note",
    kappa_with_interval: |value, low, high| {
        format!("{value:.2} ({low:.2} à {high:.2})").replace('.', ",")
    },
    too_few: |least| format!("trop peu\u{a0}: il en faut {least}"),
    one_label: "non défini\u{a0}: une seule note de part et d’autre",
    export: "Exporter pour apprendre",
    export_hint: "Un tableau que lit vigie-train\u{a0}: chaque texte une fois, avec la note que donnent le plus de personnes. Les textes dont la durée de conservation est passée n’y sont pas.",
    share_names: [
        "Ce que personne ne conteste",
        "Ce sur quoi deux sur trois au moins s’accordent",
        "Ce sur quoi l’on s’accorde plus que sur toute autre note",
    ],
    recipe_hint: "Dans une recette\u{a0}:",
    trouble: |trouble| match trouble {
        ReviewTrouble::Name => {
            "Un nom a de 1 à 100 caractères. Écrivez celui sous lequel on vous connaît.".to_owned()
        }
        ReviewTrouble::Nothing => "Rien n’est coché. Cochez d’abord des textes.".to_owned(),
        ReviewTrouble::Changed { now } => format!(
            "Rien n’a été noté\u{a0}: il y a maintenant {} de ce filtre. Demandez-les tous à nouveau.",
            texts(*now)
        ),
        ReviewTrouble::UnknownAct => {
            "Il n’y a rien à défaire\u{a0}: cela a été fait sous un autre nom.".to_owned()
        }
    },
};

fn texts(count: usize) -> String {
    match count {
        0 | 1 => format!("{count} texte"),
        count => format!("{count} textes"),
    }
}
