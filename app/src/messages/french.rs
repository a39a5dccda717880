//! What the page says in French. Spaces before `?`, `!`, `;` are narrow and before `:`, `%` full,
//! none of them breaks.

use domain::{DeviceError, Label, Prediction, Reason, Tweet};

use super::{Words, duration, listed, millions, points, progress, thousands, whole_percents};
use crate::{
    ApiError,
    confidence::Confidence,
    preferences::{Language, Theme},
    rendered,
};

/// The page in French.
pub static FRENCH: Words = Words {
    product_promise: "Vigie lit les tweets sur une compagnie aérienne et dit ce que chacun ressent.",
    skip_to_content: "Aller au contenu",
    pages: "Pages",
    page_analyse: "Analyser",
    page_models: "Modèles",
    page_watch: "Veille",
    page_files: "Fichiers",
    page_review: "Relecture",
    language: "Langue",
    theme: "Thème",
    theme_name: |theme| match theme {
        Theme::System => "Comme le système",
        Theme::Light => "Clair",
        Theme::Dark => "Sombre",
    },

    service_ready: "Prêt",
    service_without_store: "Base de données injoignable",
    service_silent: "Service injoignable",
    service_busy: "Occupé",

    analyse_title: "Que ressent ce tweet\u{202f}?",
    tweet: "Tweet",
    placeholder: "Collez ce que quelqu’un a écrit sur une compagnie aérienne.\n500 caractères au plus, émojis et hashtags compris.",
    count: |chars| format!("{chars}\u{2009}/\u{2009}{max}", max = Tweet::MAX_CHARS),
    analyse: "Analyser",
    analysing: "Lecture…",
    submit_by_keyboard: "Ctrl + Entrée",
    examples: "Ou prenez un exemple",
    text_cut: "Seul le début du texte est gardé ici\u{202f}; le bouton Retour du navigateur l’a encore en entier.",
    knows: |known| format!("Vigie connaît {}.", languages(known)),

    on_device: "Analyser sur cet appareil",
    device_hint: "Les textes restent alors dans votre navigateur. Son modèle, quelques mégaoctets, est téléchargé une fois.",
    device_loading: "Téléchargement du modèle",
    device_progress: |bytes, of_bytes| progress(bytes, of_bytes, ',', "sur", "Mo"),
    cancel: "Annuler",
    device_ready: |known, is_kept| {
        let kept = if is_kept {
            "Le navigateur le garde et peut s’en servir sans connexion"
        } else {
            "Le navigateur ne le garde pas\u{a0}: la prochaine visite le téléchargera de nouveau"
        };
        format!(
            "Les textes restent dans votre navigateur. Son modèle connaît {}. {kept}.",
            languages(known)
        )
    },
    device_error,
    device_without_scripts: "Vous avez choisi d’analyser sur cet appareil, ce qui demande des scripts.",
    let_service_read: "Laisser le service lire les tweets",
    read_on_device: "Lu sur cet appareil. Le texte n’a pas été envoyé et n’est pas conservé\u{a0}: il n’est pas dans l’historique et ne peut pas être corrigé.",

    verdict: "Verdict",
    no_verdict_yet: "Rien de lu encore",
    no_verdict_hint: "Collez un tweet ou prenez un exemple. Vous lirez ici ce qu’il ressent, à quel point le modèle en est sûr et le temps qu’il a mis, et vous pourrez le corriger.",
    why: "Pourquoi ce verdict\u{202f}?",
    why_hide: "Masquer les raisons",
    why_legend: |label| {
        format!(
            "Les mots soulignés parlent pour {label}, les pointillés contre\u{202f}; plus c’est épais, plus ils pèsent.",
            label = label_within(label)
        )
    },
    points,
    why_base: |base, error| {
        let error = match (100.0 * error).round() {
            0.0 => String::new(),
            points => format!(" Les contributions sont à {points} points près."),
        };
        format!("Sans aucun mot, ce serait {}.{error}", percent(base))
    },
    why_by_other: |model| {
        format!(
            "Un autre modèle a donné le verdict\u{202f}; voici ce que {model} fait de ce texte."
        )
    },
    label,
    confidence,
    reason: "Motif\u{a0}:",
    reason_name,
    announce: |prediction| {
        let Prediction { confidence: share, complaint, .. } = prediction;
        let sure = confidence(Confidence::of(prediction));
        let reason = complaint.map(|of| format!(", motif\u{a0}: {}", reason_name(of.reason)));
        let reason = reason.unwrap_or_default();
        format!("Verdict\u{a0}: {}, {}, {sure}{reason}", label(prediction.label), percent(*share))
    },
    probabilities: "Probabilités calibrées",
    none_known: "Le modèle ne connaît aucun de ces mots\u{202f}; le verdict est une supposition.",
    few_known: |known| {
        format!(
            "Le modèle ne connaît que {} de ces mots\u{a0}: verdict à prendre avec prudence.",
            percent(known)
        )
    },
    foreign: |code, known| {
        format!(
            "Le texte semble être en {}. Le modèle connaît {}\u{a0}: verdict à prendre avec prudence.",
            language_name(code),
            languages(known)
        )
    },
    not_sure: "Le modèle n’est pas sûr. Beaucoup de verdicts aussi douteux que celui-ci sont faux\u{a0}: lisez le tweet vous-même.",
    text_forgotten: "Le texte n’est plus conservé.",
    model_time: "Temps du modèle",
    model: "Modèle",
    id: "Analyse",
    copy: "Copier",
    copied: "Copié",

    is_it_right: "Est-ce juste\u{202f}?",
    yes: "Oui",
    no: "Non",
    it_is: "Non, c’est",
    stored: |said| format!("Enregistré\u{a0}: vous avez dit {}.", label_within(said)),
    said_by: |name, said| format!("{name} a dit {}", label_within(said)),
    undo: "Annuler",
    not_stored: "Votre réponse n’est pas enregistrée.",
    try_again: "Réessayer",

    session: "Cette session",
    session_count: "Lus",
    session_confidence: "Confiance moyenne",

    recent: "Récents",
    recent_empty: "Les tweets lus apparaissent ici, du plus récent au plus ancien. Ouvrez-en un pour corriger son verdict.",
    you_agreed: "Confirmé",
    you_said: |said| format!("Corrigé\u{a0}: {}", label_within(said)),
    no_feedback: "Non vérifié",
    recent_not_sure: "Pas sûr",

    models_title: "Quels modèles lisent les tweets",
    models_promise: "Ce que valent tous les modèles sur les mêmes lignes\u{202f}; pour ceux en service, sur quoi chacun a été entraîné et où il s’arrête.",
    reads: |known, is_default| {
        let others =
            if is_default { ", et tous ceux qu’aucun autre modèle ne connaît" } else { "" };
        format!("En service\u{a0}: lit les textes en {}{others}.", language_list(known))
    },
    languages: "Langues",
    language_list,
    labels: "Classes",
    size: "Taille",
    megabytes: |bytes| format!("{}\u{a0}Mo", millions(bytes, ',')),
    made_on: "Fait le",
    seed: "Graine",
    limits: "Limites",
    measured: "Mesures",
    measure: "Données et mesure",
    value: "Valeur",
    interval_95: "Intervalle à 95\u{a0}%",
    interval: |low, high| format!("{low} à {high}"),
    rows: "Lignes",
    trained_on: "Entraîné sur",
    file: "Fichier",
    made_by: "Fait par",

    on_this_page: "Sur cette page",
    comparison_title: "Tous les modèles comparés",
    comparison_promise: "Tous les modèles sur les mêmes lignes de test\u{202f}; aucune n’a servi à entraîner ou à choisir un modèle. Sous chaque mesure, son intervalle à 95\u{a0}%. Une mesure en gras dépasse celles de tous les autres modèles d’après un test apparié (p < 0,05, sans correction pour le nombre de paires). Un tweet\u{a0}: le temps médian d’un texte seul sur un fil d’exécution.",
    cards_title: "Modèles en service",
    of_other_version: |model, version| {
        format!(
            "Les mesures de {} sont celles de la version {}. La version {version} est en service ici et peut faire mieux ou moins bien.",
            model.title, model.measured.version
        )
    },
    judged_by: |rows| format!("{} lignes, jugées sur", thousands(rows, '\u{202f}')),
    leads: |title| format!("{title} dépasse tous les autres."),
    nobody_leads: "Aucun modèle ne dépasse tous les autres au-delà du hasard.",
    one_tweet: "Un tweet",
    in_use: "En service",
    other_version_in_use: "Autre version en service",
    published: "Publié par d’autres\u{a0}: ni de nous, ni dans nos conditions\u{202f}; pour situer seulement",
    charts: "Graphiques",
    chart_kind: |kind| match kind {
        "bars" => "La mesure qui juge",
        "confusion" => "Matrices de confusion",
        "roc" => "Courbes ROC",
        "reliability" => "Fiabilité\u{a0}: exactitude selon la confiance",
        "coverage" => "Exactitude quand les lignes les moins sûres restent sans réponse",
        "slices" => "Exactitude selon le genre de texte",
        "learning" => "Perte et mesures de validation au fil de l’entraînement",
        _ => "Graphique",
    },
    learning_curves: "Courbes d’apprentissage",
    without_results: |titles| {
        format!("Décrits, mais sans résultats encore\u{a0}: {}.", listed(titles, "et"))
    },

    not_found_title: "Cette page n’existe pas",
    not_found_hint: "L’adresse est peut-être mal écrite. Lisez plutôt un tweet\u{a0}:",

    error,
    percent,
    figure: |value| format!("{value:.3}").replace('.', ","),
    whole: |number| thousands(number, '\u{202f}'),
    duration: |us| duration(us, ','),
    moment: |at, in_utc| {
        let month = MONTHS[usize::from(at.month().unsigned_abs()) - 1];
        let zone = if in_utc { " UTC" } else { "" };
        format!("{} {month} {:02}:{:02}{zone}", at.day(), at.hour(), at.minute())
    },
};

const MONTHS: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
    "déc.",
];

fn label(label: Label) -> &'static str {
    match label {
        Label::Negative => "Négatif",
        Label::Neutral => "Neutre",
        Label::Positive => "Positif",
    }
}

/// The label within a sentence.
fn label_within(label: Label) -> &'static str {
    match label {
        Label::Negative => "négatif",
        Label::Neutral => "neutre",
        Label::Positive => "positif",
    }
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Good => "confiance bonne",
        Confidence::Fair => "confiance moyenne",
        Confidence::Low => "confiance faible",
        Confidence::NotSure => "pas sûr",
    }
}

fn reason_name(reason: Reason) -> &'static str {
    match reason {
        Reason::BadFlight => "Vol désagréable",
        Reason::CancelledFlight => "Vol annulé",
        Reason::CustomerService => "Service client",
        Reason::DamagedLuggage => "Bagage endommagé",
        Reason::FlightAttendants => "Personnel de bord",
        Reason::FlightBooking => "Réservation",
        Reason::LateFlight => "Retard du vol",
        Reason::LongLines => "Files d’attente",
        Reason::LostLuggage => "Bagage perdu",
    }
}

fn percent(share: f32) -> String {
    format!("{}\u{a0}%", whole_percents(share))
}

fn language_list(codes: &[String]) -> String {
    let names: Vec<String> = codes.iter().map(|code| language_name(code).to_owned()).collect();
    listed(&names, "et")
}

/// The same with articles: “l’anglais et le français”.
fn languages(codes: &[String]) -> String {
    let with_article = |code: &String| match language_name(code) {
        name if name.starts_with("une ") => name.to_owned(),
        name if name.starts_with(['a', 'e', 'i']) => format!("l’{name}"),
        name => format!("le {name}"),
    };
    listed(&codes.iter().map(with_article).collect::<Vec<_>>(), "et")
}

fn language_name(code: &str) -> &str {
    match code {
        "ar" => "arabe",
        "de" => "allemand",
        "en" => "anglais",
        "es" => "espagnol",
        "fr" => "français",
        "hi" => "hindi",
        "it" => "italien",
        "ja" => "japonais",
        "nl" => "néerlandais",
        "pt" => "portugais",
        "ru" => "russe",
        "tr" => "turc",
        "zh" => "chinois",
        _ => "une autre langue",
    }
}

const fn device_error(error: DeviceError) -> &'static str {
    match error {
        DeviceError::Unsupported => {
            "Ce navigateur ne peut pas exécuter le modèle. Mettez-le à jour, ou désactivez ceci et laissez le service lire."
        }
        DeviceError::Unreachable => {
            "Le modèle n’a pas pu être téléchargé. Vérifiez la connexion, ou désactivez ceci et laissez le service lire."
        }
        DeviceError::Damaged => {
            "Ce qui a été téléchargé n’est pas le modèle publié, et rien n’en a été utilisé. Réessayez, ou laissez le service lire."
        }
        DeviceError::Unusable => "Cette page ne peut pas utiliser le modèle. Rechargez la page.",
        DeviceError::Stopped => "Le modèle s’est arrêté. Réessayez, ou laissez le service lire.",
    }
}

fn error(error: &ApiError) -> String {
    let max = Tweet::MAX_CHARS;
    match error {
        ApiError::Empty => format!("La zone de texte est vide. Écrivez 1 à {max} caractères."),
        ApiError::Blank => {
            "Le texte est blanc. Écrivez au moins un caractère visible.".to_owned()
        }
        ApiError::TooLong { chars } => {
            format!("Le texte a {chars} caractères. Raccourcissez-le à {max}.")
        }
        ApiError::Nul => "Le texte contient un caractère NUL. Retirez-le.".to_owned(),
        ApiError::UnknownAnalysis => {
            "Cette analyse n’existe pas. Ouvrez-en une depuis l’historique.".to_owned()
        }
        ApiError::UnknownWatch => "Cette veille n’existe pas. Choisissez-en une dans la liste.".to_owned(),
        ApiError::UnknownIncident => "Cet incident n’existe pas. Rechargez la page.".to_owned(),
        ApiError::WatchName => "Le nom d’une veille compte de 1 à 60 caractères.".to_owned(),
        ApiError::WatchNameTaken => "Une autre veille porte ce nom. Choisissez-en un autre.".to_owned(),
        ApiError::TooManyWatches => "Il y a autant de veilles qu’un service peut en suivre. Supprimez-en une d’abord.".to_owned(),
        ApiError::QueryTooLong { chars } => format!("La requête compte {chars} caractères. Réduisez-la à 500."),
        ApiError::OpenQuote => "Un guillemet de la requête n’est pas fermé. Ajoutez le second.".to_owned(),
        ApiError::NothingAsked => "La requête ne demande rien. Écrivez un mot qui n’est pas exclu, comme @united.".to_owned(),
        ApiError::Note => "Le champ est vide ou trop long. Écrivez de 1 à 2 000 caractères.".to_owned(),
        ApiError::Files(trouble) => rendered::said_of_a_file(Language::French, trouble),
        ApiError::Review(trouble) => rendered::said_of_review(Language::French, trouble),
        ApiError::Channels(trouble) => rendered::said_of_a_channel(Language::French, trouble),
        ApiError::Access(trouble) => rendered::said_of_access(Language::French, trouble),
        ApiError::NoLogin => {
            "Personne n’est connecté. Rechargez la page pour vous connecter.".to_owned()
        }
        ApiError::NotAllowed => {
            "Votre compte ne permet pas cela. Adressez-vous à un administrateur.".to_owned()
        }
        ApiError::Unreadable => {
            "La demande n’a pas pu être lue. Rechargez la page et réessayez.".to_owned()
        }
        ApiError::Busy => "Le service est occupé. Réessayez dans une seconde.".to_owned(),
        ApiError::StoreUnavailable => {
            "La base de données est injoignable\u{202f}; rien n’a été enregistré. Réessayez dans un instant."
                .to_owned()
        }
        ApiError::ShuttingDown => {
            "Le service redémarre. Réessayez dans un instant.".to_owned()
        }
        ApiError::Unreachable => {
            "Le service ne répond pas. Vérifiez la connexion et réessayez.".to_owned()
        }
        ApiError::Internal => {
            "Quelque chose a échoué\u{202f}; la cause est dans le journal du service. Réessayez."
                .to_owned()
        }
    }
}
