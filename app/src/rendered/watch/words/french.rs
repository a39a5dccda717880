//! French.

use domain::{IncidentState, Severity, WaitingReason};

use super::super::lookout::{Range, Step};
use super::{Stretch, WatchWords, stretch};

/// The page Watch in French.
pub const FRENCH: WatchWords = WatchWords {
    title: "Veille",
    promise: "Chaque veille est comparée à son propre passé. Ce qui sort de l’ordinaire devient un incident, avec sa cause.",
    watches: "Veilles",
    open_incidents: |count| match count {
        0 | 1 => format!("{count} incident ouvert"),
        count => format!("{count} incidents ouverts"),
    },
    empty: "Rien n’est encore surveillé",
    empty_hint: "Nommez ce qu’il faut surveiller et les mots auxquels on reconnaît ses tweets. Ou regardez une veille dont les tweets sont inventés\u{a0}: elle a tout de suite deux semaines de passé et un incident.",
    simulated: "Simulation\u{a0}: ces tweets sont inventés",
    show_demo: "Montrer une veille simulée",
    new_watch: "Nouvelle veille",
    name: "Nom",
    query: "Tweets avec",
    query_hint: "Les mots côte à côte doivent tous y être, OR sépare des variantes, un moins exclut, des guillemets tiennent une expression\u{a0}: @airfrance OR \"air france\" -paris",
    make: "Surveiller",
    remove: "Supprimer cette veille",
    remove_hint: "Ses tweets et ses incidents disparaissent avec elle.",
    newest: "Dernier tweet",
    nothing_came: "Aucun tweet n’est encore arrivé",
    feed_hint: "Les tweets arrivent par POST /api/v1/tweets, un seul ou plusieurs à la fois\u{a0}: voir /api/docs.",
    range: "Période",
    range_name: |range| match range {
        Range::Day => "24 heures",
        Range::Week => "7 jours",
        Range::Month => "28 jours",
    },
    chart: |tweets, negatives| format!("{tweets} tweets, dont {negatives} négatifs"),
    tweets_by: |range| match range {
        Range::Day => "tweets par quart d’heure",
        Range::Week => "tweets par deux heures",
        Range::Month => "tweets par six heures",
    },
    negative_share: "part des tweets négatifs, intervalle à 95\u{a0}%",
    usual: "habituel",
    as_table: "En tableau",
    as_csv: "En CSV",
    time: "Dès",
    tweets: "Tweets",
    negatives: "Négatifs",
    share: "Part",
    incidents: "Incidents",
    no_incidents: "Aucun incident jusqu’ici. Il faut une demi-journée de tweets à une veille pour savoir ce qui est inhabituel.",
    severity: |severity| match severity {
        Severity::Low => "Faible",
        Severity::Moderate => "Modéré",
        Severity::High => "Élevé",
        Severity::Critical => "Critique",
    },
    state: |state| match state {
        IncidentState::New => "nouveau",
        IncidentState::Acknowledged => "pris en compte",
        IncidentState::Snoozed => "en pause",
        IncidentState::Resolved => "résolu",
        IncidentState::Dismissed => "pas une crise",
    },
    no_cause: "Plus de tweets négatifs que d’habitude",
    word: |word| format!("«\u{a0}{word}\u{a0}»"),
    began: "Début",
    detected: "Détecté",
    peak: "Pic",
    ended: "Fin",
    goes_on: "en cours",
    extent: |negatives, expected, ratio| {
        let ratio = format!("{ratio:.1}").replace('.', ",");
        format!(
            "{negatives} tweets négatifs au lieu de {expected:.0}, {ratio} fois plus au pire moment"
        )
    },
    assigned_to: |name| format!("confié à {name}"),
    step: |step| match step {
        Step::Acknowledge => "Prendre en compte",
        Step::Assign => "Confier à",
        Step::Snooze => "Pause 1 h",
        Step::Resolve => "Résoudre",
        Step::Dismiss => "Pas une crise",
        Step::Reopen => "Rouvrir",
        Step::Note => "Ajouter une note",
    },
    note: "Note",
    assignee: "Nom",
    why: "Pourquoi cette alerte",
    evidence: |evidence, confidence| {
        let evidence = format!("{evidence:.1}").replace('.', ",");
        format!(
            "Évidence de {evidence} nats\u{a0}; parmi ce qui ressemble à cela, {:.0}\u{a0}% sont des incidents.",
            confidence * 100.0
        )
    },
    terms: "Mots nouveaux",
    driving: "Tweets qui disent de quoi il s’agit",
    history: "Ce qui a été fait",
    did: |step| match step {
        Step::Acknowledge => "l’a pris en compte",
        Step::Assign => "l’a confié à",
        Step::Snooze => "l’a mis en pause",
        Step::Resolve => "l’a résolu",
        Step::Dismiss => "n’y voit pas une crise",
        Step::Reopen => "l’a rouvert",
        Step::Note => "a noté\u{a0}:",
    },
    reasons: "De quoi ils se plaignent",
    no_reasons: "Aucune plainte au motif connu sur cette période.",
    newest_negatives: "Derniers tweets négatifs",
    no_negatives: "Aucun tweet négatif sur cette période.",
    sources: "Sources",
    no_sources: "Les tweets arrivent par POST /api/v1/tweets et par `vigie ingest FILE`. Le service suit Bluesky s’il est lancé avec --bluesky, et X avec --x-bearer-token.",
    followed: "Suivie",
    waits_because: |reason| match reason {
        WaitingReason::Starting => "Démarrage",
        WaitingReason::NoWatch => "En attente d’une veille",
        WaitingReason::MonthReadUp => {
            "En attente du mois prochain\u{a0}: les tweets de ce mois sont épuisés"
        }
        WaitingReason::Unreachable => {
            "En attente\u{a0}: elle est injoignable, nouvel essai en cours"
        }
        WaitingReason::Store => {
            "En attente\u{a0}: notre base de données ne prend rien en ce moment"
        }
        WaitingReason::Refused => "En attente\u{a0}: elle nous refuse, nouvel essai chaque minute",
    },
    since: "depuis",
    gave: |tweets| format!("tweets depuis le démarrage\u{a0}: {tweets}"),
    budget: |read, of| format!("{read} tweets sur {of} ce mois-ci"),
    in_utc: "UTC",
    stretch: "Une partie de ce temps",
    stretch_from: "De (UTC)",
    stretch_to: "À (UTC)",
    show_stretch: "La montrer seule",
    whole_time: "Tout le temps",
    stretch_hint: "Motifs, tweets et incidents sont alors ceux de cette partie. On peut aussi la tracer sur le graphique.",
    channels: "Canaux\u{a0}: qui est prévenu des incidents",
    in_campaign: |name| format!("Pendant la campagne prévue {name}"),
    nothing_closed: "Résolvez des incidents, ou marquez-les comme n’étant pas une crise\u{a0}: cette page dira alors combien de fois le radar avait raison.",
    precision: |real, closed, [share, low, high]| {
        let percent = |share: f64| format!("{:.0}\u{a0}%", 100.0 * share);
        let interval = format!(
            "{} (intervalle à 95\u{a0}% {} à {})",
            percent(share),
            percent(low),
            percent(high)
        );
        match closed {
            1 => format!("Un incident clos, dont {real} réel\u{a0}: {interval}."),
            _ => format!("{closed} incidents clos, dont {real} réels\u{a0}: {interval}."),
        }
    },
    what_if: "Et si le radar était plus strict, ou moins\u{202f}?",
    what_if_hint: "Les tweets gardés sont montrés de nouveau au radar, avec un autre seuil\u{a0}: la force des indices qu’il faut à un incident, en nats. Cela prend quelques secondes.",
    threshold: "Seuil en nats",
    ask: "Demander",
    what_if_answer: |answer, tweets| {
        let times = |count| match count {
            0 => "aucune fois".to_owned(),
            count => format!("{count} fois"),
        };
        let stretch = match stretch(answer) {
            Stretch::Hours(1) => "la dernière heure aurait".to_owned(),
            Stretch::Hours(hours) => format!("les {hours} dernières heures auraient"),
            Stretch::Days(days) => format!("les {days} derniers jours auraient"),
        };
        let forgotten = match answer.without_text {
            0 => String::new(),
            count => {
                format!(" C’est approximatif\u{a0}: le texte de {count} d’entre eux est oublié.")
            }
        };
        format!(
            "Avec un seuil de {}, {stretch} alerté {}\u{202f}; avec {}, le seuil actuel, {}. {tweets} tweets ont été lus.{forgotten}",
            answer.threshold,
            times(answer.fired),
            answer.present_threshold,
            times(answer.present_fired)
        )
    },
    rules: "Quand les messages attendent",
    rules_hint: "Un message qui attend est envoyé à la fin de son attente, sauf si l’incident est alors terminé. Ce qui est critique est annoncé aussitôt, sauf pendant le répit.",
    own_threshold: "Seuil en nats (vide : 6)",
    cooldown: "Minutes avant d’annoncer un autre incident qui n’est pas plus grave",
    quiet_from: "Calme de",
    quiet_until: "à",
    zone: "Fuseau horaire",
    usual_zone: "Europe/Paris",
    keep_rules: "Enregistrer",
    campaigns: "Campagnes prévues",
    no_campaigns: "Aucune. Pendant une campagne, seul ce qui est critique est annoncé\u{a0}; le reste attend sa fin.",
    campaign_name: "Campagne",
    campaign_from: "De",
    campaign_until: "à",
    add_campaign: "Ajouter la campagne",
    remove_campaign: |name| format!("Supprimer {name}"),
};
