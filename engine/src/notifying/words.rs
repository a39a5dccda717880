//! What messages say in each language.

use domain::{Reason, Severity, Tongue};
use jiff::Timestamp;

/// All sentences of one language.
pub struct Words {
    pub test_title: &'static str,
    pub test_line: &'static str,
    pub open: &'static str,
    pub simulated: &'static str,
    /// What happens to which watch.
    pub subject: fn(&str, &str) -> String,
    pub severity: fn(Severity) -> &'static str,
    pub ended: fn(&str) -> String,
    pub worsened: fn(&str, &str) -> String,
    /// So many negative tweets where so many are usual, so many times as many at the worst.
    pub extent: fn(u64, f64, f64) -> String,
    /// Began and was detected then.
    pub times: fn(Timestamp, Timestamp) -> String,
    pub terms: fn(&str) -> String,
    pub campaign: fn(&str) -> String,
    pub dismissed: &'static str,
    pub resolved: &'static str,
    pub over_since: fn(Timestamp) -> String,
    pub no_cause: &'static str,
    pub reason: fn(Reason) -> &'static str,
}

/// Those of `language`.
pub const fn of(language: Tongue) -> &'static Words {
    match language {
        Tongue::English => &ENGLISH,
        Tongue::French => &FRENCH,
    }
}

const ENGLISH: Words = Words {
    test_title: "Test message from Vigie",
    test_line: "This channel works: incidents will be told here.",
    open: "Open in Vigie",
    simulated: "simulated",
    subject: |watch, cause| format!("{watch}: {cause}"),
    severity: |severity| match severity {
        Severity::Low => "Low",
        Severity::Moderate => "Moderate",
        Severity::High => "High",
        Severity::Critical => "Critical",
    },
    ended: |subject| format!("Over: {subject}"),
    worsened: |severity, subject| format!("[now {severity}] {subject}"),
    extent: |negatives, expected, ratio| {
        format!(
            "{negatives} negative tweets where {expected:.0} are usual, {ratio:.1} times as many at the worst."
        )
    },
    times: |began, detected| format!("Began {}, detected {}.", moment(began), moment(detected)),
    terms: |terms| format!("Words that are new: {terms}."),
    campaign: |name| format!("Detected during the planned campaign {name}."),
    dismissed: "Closed as not a crisis.",
    resolved: "Closed as dealt with.",
    over_since: |at| format!("As usual again since {}.", moment(at)),
    no_cause: "more negative tweets than usual",
    reason: |reason| match reason {
        Reason::BadFlight => "bad flight",
        Reason::CancelledFlight => "cancelled flight",
        Reason::CustomerService => "customer service",
        Reason::DamagedLuggage => "damaged luggage",
        Reason::FlightAttendants => "flight attendants",
        Reason::FlightBooking => "flight booking",
        Reason::LateFlight => "late flight",
        Reason::LongLines => "long lines",
        Reason::LostLuggage => "lost luggage",
    },
};

const FRENCH: Words = Words {
    test_title: "Message d’essai de Vigie",
    test_line: "Ce canal fonctionne\u{a0}: les incidents seront annoncés ici.",
    open: "Ouvrir dans Vigie",
    simulated: "simulation",
    subject: |watch, cause| format!("{watch}\u{a0}: {cause}"),
    severity: |severity| match severity {
        Severity::Low => "Faible",
        Severity::Moderate => "Modéré",
        Severity::High => "Élevé",
        Severity::Critical => "Critique",
    },
    ended: |subject| format!("Terminé\u{a0}: {subject}"),
    worsened: |severity, subject| format!("[désormais {}] {subject}", severity.to_lowercase()),
    extent: |negatives, expected, ratio| {
        let ratio = format!("{ratio:.1}").replace('.', ",");
        format!(
            "{negatives} tweets négatifs au lieu de {expected:.0}, {ratio} fois plus au pire moment."
        )
    },
    times: |began, detected| format!("Début {}, détecté {}.", moment(began), moment(detected)),
    terms: |terms| format!("Mots nouveaux\u{a0}: {terms}."),
    campaign: |name| format!("Détecté pendant la campagne prévue {name}."),
    dismissed: "Clos\u{a0}: pas une crise.",
    resolved: "Clos\u{a0}: traité.",
    over_since: |at| format!("Retour à l’habituel depuis {}.", moment(at)),
    no_cause: "plus de tweets négatifs que d’habitude",
    reason: |reason| match reason {
        Reason::BadFlight => "vol désagréable",
        Reason::CancelledFlight => "vol annulé",
        Reason::CustomerService => "service client",
        Reason::DamagedLuggage => "bagage endommagé",
        Reason::FlightAttendants => "personnel de bord",
        Reason::FlightBooking => "réservation",
        Reason::LateFlight => "retard du vol",
        Reason::LongLines => "files d’attente",
        Reason::LostLuggage => "bagage perdu",
    },
};

/// Receivers sit anywhere, so a time says whose it is.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
