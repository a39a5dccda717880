//! What the pages of files say in French.

use domain::{
    FileEncoding, FileForm, FileProblem, FileProgress, FileState, RowSort, RowTrouble, TableFormat,
    Tweet,
};

use super::{FileWords, left};
use crate::{
    file_trouble::FileTrouble,
    messages::{millions, thousands},
};

const THIN: char = '\u{202f}';

/// The pages of files in French.
pub static FRENCH: FileWords = FileWords {
    page: "Fichiers",
    title: "Lire un fichier de tweets",
    promise: "Donnez un tableau de n’importe quelle taille\u{a0}: Vigie lit chaque ligne et montre ce que l’ensemble ressent, de quoi on se plaint, et chaque ligne avec son verdict.",
    choose: "Déposez un fichier ici, ou choisissez-en un",
    formats: "CSV, TSV, JSON par lignes ou un texte par ligne\u{202f}; aussi compressés par gzip. Séparateur, encodage et colonnes sont reconnus, et vous les vérifiez avant la lecture.",
    columns_hint: "Une colonne contient les textes. Une colonne de dates, s’il y en a une, donne le cours dans le temps\u{202f}; toutes les autres sont gardées pour l’export.",
    sample: "Par exemple\u{a0}:",
    upload: "Envoyer",
    keep_open: "Laissez cette page ouverte jusqu’à ce que le fichier soit arrivé. En cas de coupure, choisissez le même fichier\u{a0}: l’envoi reprend où il s’est arrêté.",
    go_on: "Ce fichier n’est pas arrivé en entier. Choisissez-le à nouveau\u{a0}: l’envoi reprend où il s’est arrêté.",
    all: "Fichiers",
    none_yet: "Aucun fichier encore. Ce que vous envoyez apparaît ici, et ses résultats restent jusqu’à la suppression du fichier.",
    deleted_on: "Sera supprimé",
    state_name: |state| match state {
        FileState::Uploading => "En cours d’envoi",
        FileState::Waiting => "À vérifier",
        FileState::Reading => "En lecture",
        FileState::Done => "Lu",
        FileState::Cancelled => "Annulé",
        FileState::Failed => "Échoué",
    },
    delete: "Supprimer",
    check: "Est-ce juste\u{202f}?",
    check_hint: "Voici comment Vigie comprend le début du fichier. Corrigez ce qui est faux, puis faites-le lire.",
    form: "Écrit en",
    form_name: |form| match form {
        FileForm::Comma => "Cellules entre virgules",
        FileForm::Semicolon => "Cellules entre points-virgules",
        FileForm::Tab => "Cellules entre tabulations",
        FileForm::Bar => "Cellules entre barres verticales",
        FileForm::Lines => "Un texte par ligne",
        FileForm::Json => "JSON par lignes",
    },
    encoding: "Encodage",
    encoding_name: |encoding| match encoding {
        FileEncoding::Utf8 => "UTF-8",
        FileEncoding::Windows1252 => "Windows-1252 (Latin-1)",
        FileEncoding::Utf16Le => "UTF-16, petit-boutiste",
        FileEncoding::Utf16Be => "UTF-16, gros-boutiste",
    },
    header: "La première ligne nomme les colonnes",
    yes: "Oui",
    no: "Non",
    text_column: "Colonne des textes",
    date_column: "Colonne des dates",
    no_dates: "Sans dates",
    date_order: "03/04 est le",
    day_first: "3 avril",
    month_first: "4 mars",
    choose_column: "Choisissez une colonne",
    preview_again: "Revoir l’aperçu",
    read: "Lire le fichier",
    read_again: "Le relire avec d’autres colonnes",
    sampled: |unreadable, sampled| match unreadable {
        0 => format!("Les {sampled} premières lignes sont toutes lisibles."),
        some => format!("{some} des {sampled} premières lignes sont illisibles."),
    },
    progress: |progress| {
        let FileProgress { judged, unreadable, rows_per_second, seconds_left, .. } = progress;
        let mut said = format!("{} lignes lues", thousands(judged + unreadable, THIN));
        if *rows_per_second > 0 {
            said += &format!(" · {} lignes par seconde", thousands(*rows_per_second, THIN));
        }
        if let Some(seconds) = seconds_left {
            said += &format!(" · encore {} environ", left(*seconds));
        }
        said
    },
    progress_name: "Avancement",
    reload: "Recharger pour voir l’avancement",
    cancel: "Annuler",
    outcome: |judged, unreadable| match unreadable {
        0 => format!("{} lignes lues.", thousands(judged, THIN)),
        some => format!(
            "{} lignes lues, {} illisibles.",
            thousands(judged, THIN),
            thousands(some, THIN)
        ),
    },
    shares: "Ce que l’ensemble ressent",
    share: "Part",
    not_sure: "Pas sûr",
    reasons: "De quoi se plaignent les négatifs",
    of_negative: "Parmi les négatifs",
    timeline: "Dans le temps",
    from: "Du",
    buckets: |seconds| match seconds {
        3_600 => "par heure",
        21_600 => "par six heures",
        86_400 => "par jour",
        604_800 => "par semaine",
        2_419_200 => "par quatre semaines",
        _ => "par an",
    },
    words: "Mots révélateurs",
    rows: "Lignes",
    any: "Tous",
    label: "Ressenti",
    reason: "Motif",
    certainty: "Certitude",
    sure: "Sûr",
    unsure: "Pas sûr",
    search: "Chercher",
    until: "Au",
    sort: "Ordre",
    sort_name: |sort| match sort {
        RowSort::Row => "Comme dans le fichier",
        RowSort::LeastConfident => "Les moins sûrs d’abord",
        RowSort::MostConfident => "Les plus sûrs d’abord",
        RowSort::Newest => "Les plus récents d’abord",
        RowSort::Oldest => "Les plus anciens d’abord",
    },
    apply: "Afficher",
    clear: "Tout afficher",
    found: |total| match total {
        0 | 1 => format!("{total} ligne"),
        many => format!("{} lignes", thousands(many, THIN)),
    },
    none_found: "Aucune ligne n’est ainsi. Retirez une partie du filtre.",
    line: "Ligne",
    date: "Date",
    confidence: "Confiance",
    first_rows: "Premières lignes",
    next_rows: "Lignes suivantes",
    export: "Exporter ces lignes\u{a0}:",
    format_name: |format| match format {
        TableFormat::Csv => "CSV",
        TableFormat::CsvFrench => "CSV pour Excel français",
        TableFormat::Jsonl => "JSON par lignes",
    },
    unreadable: |total| match total {
        1 => "1 ligne illisible".to_owned(),
        many => format!("{} lignes illisibles", thousands(many, THIN)),
    },
    only_first: |shown| format!("Voici les {shown} premières."),
    row_trouble: |trouble| match trouble {
        RowTrouble::RowTooLong => "La ligne dépasse 1\u{a0}Mio.".to_owned(),
        RowTrouble::Encoding => "La ligne n’est pas dans l’encodage du fichier.".to_owned(),
        RowTrouble::Width { found, expected } => {
            format!("La ligne a {found} cellules pour {expected} colonnes.")
        }
        RowTrouble::Quote => "La ligne ouvre un guillemet et ne le ferme pas.".to_owned(),
        RowTrouble::NoObject => "La ligne n’est pas un objet JSON.".to_owned(),
        RowTrouble::NoText => "Le texte est vide.".to_owned(),
        RowTrouble::TextTooLong { chars } => {
            format!(
                "Le texte a {chars} caractères\u{202f}; {max} au plus sont lus.",
                max = Tweet::MAX_CHARS
            )
        }
        RowTrouble::Nul => "Le texte contient un caractère NUL.".to_owned(),
    },
    problem,
    tenths: |share| format!("{:.1}\u{a0}%", 100.0 * share).replace('.', ","),
    trouble: |trouble| {
        match trouble {
        FileTrouble::Off => "Ce service ne garde pas de fichiers. Demandez à qui l’exploite de donner un dossier avec --files-dir.".to_owned(),
        FileTrouble::Unknown => "Ce fichier n’existe pas. Il a peut-être été supprimé, ou son temps est écoulé.".to_owned(),
        FileTrouble::NoRoom { free_bytes } => format!(
            "Il ne reste que {}\u{a0}Mo. Supprimez des fichiers devenus inutiles, ou compressez celui-ci par gzip.",
            millions(*free_bytes, ',')
        ),
        FileTrouble::NotNow => "Le fichier ne peut pas être lu maintenant\u{a0}: il n’est pas arrivé en entier, ou est déjà en lecture. Rechargez la page.".to_owned(),
        FileTrouble::NoSuchColumn => "Le fichier n’a pas cette colonne. Choisissez-en une de la liste.".to_owned(),
        FileTrouble::Disk => "Le disque du service est plein ou en panne\u{202f}; rien n’a été changé. Réessayez dans un instant.".to_owned(),
        FileTrouble::Problem(found) => problem(*found).to_owned(),
    }
    },
};

const fn problem(problem: FileProblem) -> &'static str {
    match problem {
        FileProblem::Empty => "Le fichier est vide. Choisissez-en un avec au moins un texte.",
        FileProblem::NoHeader => {
            "La première ligne ne nomme pas de colonnes. Indiquez-le, ou choisissez un autre séparateur ou encodage."
        }
        FileProblem::Damaged => {
            "Le fichier s’interrompt ou sa compression est endommagée. Compressez-le à nouveau et renvoyez-le."
        }
        FileProblem::NoTextColumn => {
            "Aucune colonne ne semble contenir de textes. Choisissez celle qui en contient."
        }
        FileProblem::QuotaFull => {
            "La place pour les fichiers est épuisée\u{202f}; ce qui a été lu est gardé. Supprimez des fichiers devenus inutiles, puis relisez celui-ci."
        }
        FileProblem::Disk => {
            "Le disque du service est plein ou en panne\u{202f}; ce qui a été lu est gardé. Relisez le fichier plus tard."
        }
        FileProblem::Model => "Le modèle a échoué sur un texte du fichier. Merci de le signaler.",
    }
}
