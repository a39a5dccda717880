//! What the page says in English.

use domain::{DeviceError, Label, Prediction, Reason, Tweet};

use super::{Words, duration, listed, millions, points, progress, thousands, whole_percents};
use crate::{
    ApiError,
    confidence::Confidence,
    preferences::{Language, Theme},
    rendered,
};

/// The page in English.
pub static ENGLISH: Words = Words {
    product_promise: "Vigie reads what people tweet about an airline and says how each tweet feels.",
    skip_to_content: "Skip to content",
    pages: "Pages",
    page_analyse: "Analyse",
    page_models: "Models",
    page_watch: "Watch",
    page_files: "Files",
    page_review: "Review",
    language: "Language",
    theme: "Theme",
    theme_name: |theme| match theme {
        Theme::System => "As the system",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    },

    service_ready: "Ready",
    service_without_store: "Database out of reach",
    service_silent: "Service out of reach",
    service_busy: "Busy",

    analyse_title: "How does this tweet feel?",
    tweet: "Tweet",
    placeholder: "Paste what someone wrote about an airline.\nUp to 500 characters, emoji and hashtags too.",
    count: |chars| format!("{chars}\u{2009}/\u{2009}{max}", max = Tweet::MAX_CHARS),
    analyse: "Analyse",
    analysing: "Reading…",
    submit_by_keyboard: "Ctrl + Enter",
    examples: "Or take an example",
    text_cut: "Only the beginning of your text is kept here; your browser’s Back button still has all of it.",
    knows: |known| format!("Vigie knows {}.", languages(known)),

    on_device: "Analyse on this device",
    device_hint: "Texts then stay in your browser. Its model, a few megabytes, is fetched once.",
    device_loading: "Fetching the model",
    device_progress: |bytes, of_bytes| progress(bytes, of_bytes, '.', "of", "MB"),
    cancel: "Cancel",
    device_ready: |known, is_kept| {
        let kept = if is_kept {
            "Your browser keeps it and needs no connection for it"
        } else {
            "Your browser does not keep it, so the next visit fetches it again"
        };
        format!("Texts stay in your browser. Its model knows {}. {kept}.", languages(known))
    },
    device_error,
    device_without_scripts: "You chose to analyse on this device, which takes scripts.",
    let_service_read: "Let the service read tweets",
    read_on_device: "Read on this device. The text was not sent and is not stored: it is not in the history, and cannot be corrected.",

    verdict: "Verdict",
    no_verdict_yet: "Nothing read yet",
    no_verdict_hint: "Paste a tweet or take an example. Here you will read how it feels, how sure the model is and how long it took, and you can put it right.",
    why: "Why this verdict?",
    why_hide: "Hide the reasons",
    why_legend: |label| {
        format!(
            "Underlined words speak for {label}, dotted ones against it; the thicker, the more.",
            label = label_within(label)
        )
    },
    points,
    why_base: |base, error| {
        let error = match (100.0 * error).round() {
            0.0 => String::new(),
            points => format!(" Contributions may be off by {points} points."),
        };
        format!("Without any word it would be {}.{error}", percent(base))
    },
    why_by_other: |model| {
        format!("Another model gave the verdict; this is what {model} makes of the text.")
    },
    label,
    confidence,
    reason: "Reason:",
    reason_name,
    announce: |prediction| {
        let Prediction { confidence: share, complaint, .. } = prediction;
        let sure = confidence(Confidence::of(prediction));
        let reason = complaint.map(|of| format!(", reason: {}", reason_name(of.reason)));
        let reason = reason.unwrap_or_default();
        format!("Verdict: {}, {}, {sure}{reason}", label(prediction.label), percent(*share))
    },
    probabilities: "Calibrated probabilities",
    none_known: "None of these words is known to the model; the verdict is a guess.",
    few_known: |known| {
        format!(
            "The model knows only {} of these words: take the verdict with care.",
            percent(known)
        )
    },
    foreign: |code, known| {
        format!(
            "This reads like {}. The model knows {}: take the verdict with care.",
            language_name(code),
            languages(known)
        )
    },
    not_sure: "The model is not sure. Many verdicts as doubtful as this one are wrong: read the tweet yourself.",
    text_forgotten: "The text is no longer kept.",
    model_time: "Time in the model",
    model: "Model",
    id: "Analysis",
    copy: "Copy",
    copied: "Copied",

    is_it_right: "Is this right?",
    yes: "Yes",
    no: "No",
    it_is: "No, it is",
    stored: |said| format!("Stored: you said {}.", label_within(said)),
    said_by: |name, said| format!("{name} said {}", label_within(said)),
    undo: "Undo",
    not_stored: "Your answer was not stored.",
    try_again: "Try again",

    session: "This session",
    session_count: "Read",
    session_confidence: "Mean confidence",

    recent: "Recent",
    recent_empty: "Tweets that were read appear here, newest first. Open one to correct its verdict.",
    you_agreed: "Confirmed",
    you_said: |said| format!("Corrected: {}", label_within(said)),
    no_feedback: "Not checked",
    recent_not_sure: "Not sure",

    models_title: "Which models read the tweets",
    models_promise: "How all models compare on the same rows; of those in use, what each was trained on and where it ends.",
    reads: |known, is_default| {
        let others = if is_default { ", and all that no other model knows" } else { "" };
        format!("In use: reads texts in {}{others}.", languages(known))
    },
    languages: "Languages",
    language_list: languages,
    labels: "Classes",
    size: "Size",
    megabytes: |bytes| format!("{}\u{a0}MB", millions(bytes, '.')),
    made_on: "Made on",
    seed: "Seed",
    limits: "Limits",
    measured: "Measured",
    measure: "Data and measure",
    value: "Value",
    interval_95: "95% interval",
    interval: |low, high| format!("{low} to {high}"),
    rows: "Rows",
    trained_on: "Trained on",
    file: "File",
    made_by: "Made by",

    on_this_page: "On this page",
    comparison_title: "All models compared",
    comparison_promise: "Every model on the same test rows; none was trained or chosen on them. Beneath each figure stands its 95% interval. A bold figure is above those of all other models by a paired test (p < 0.05, not corrected for the number of pairs). One tweet: the median time of one text alone on one thread.",
    cards_title: "Models in use",
    of_other_version: |model, version| {
        format!(
            "The figures of {} are those of version {}. Version {version} is in use here and may do better or worse.",
            model.title, model.measured.version
        )
    },
    judged_by: |rows| format!("{} rows, judged by", thousands(rows, ',')),
    leads: |title| format!("{title} is above all others."),
    nobody_leads: "No model is above all others beyond chance.",
    one_tweet: "One tweet",
    in_use: "In use",
    other_version_in_use: "Another version in use",
    published: "Published by others: not ours, and not under our terms; for context only",
    charts: "Charts",
    chart_kind: |kind| match kind {
        "bars" => "What it is judged by",
        "confusion" => "Confusion matrices",
        "roc" => "ROC curves",
        "reliability" => "Reliability: accuracy by confidence",
        "coverage" => "Accuracy where the least sure rows get no answer",
        "slices" => "Accuracy by kind of text",
        "learning" => "Loss and validation figures by step of the training",
        _ => "Chart",
    },
    learning_curves: "Learning curves",
    without_results: |titles| {
        format!("Described, but without results yet: {}.", listed(titles, "and"))
    },

    not_found_title: "There is no such page",
    not_found_hint: "The address may be mistyped. Read a tweet instead:",

    error,
    percent,
    figure: |value| format!("{value:.3}"),
    whole: |number| thousands(number, ','),
    duration: |us| duration(us, '.'),
    moment: |at, in_utc| {
        let month = MONTHS[usize::from(at.month().unsigned_abs()) - 1];
        let zone = if in_utc { " UTC" } else { "" };
        format!("{} {month} {:02}:{:02}{zone}", at.day(), at.hour(), at.minute())
    },
};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn label(label: Label) -> &'static str {
    match label {
        Label::Negative => "Negative",
        Label::Neutral => "Neutral",
        Label::Positive => "Positive",
    }
}

/// The label within a sentence.
fn label_within(label: Label) -> &'static str {
    match label {
        Label::Negative => "negative",
        Label::Neutral => "neutral",
        Label::Positive => "positive",
    }
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Good => "good confidence",
        Confidence::Fair => "fair confidence",
        Confidence::Low => "low confidence",
        Confidence::NotSure => "not sure",
    }
}

fn reason_name(reason: Reason) -> &'static str {
    match reason {
        Reason::BadFlight => "Bad flight",
        Reason::CancelledFlight => "Cancelled flight",
        Reason::CustomerService => "Customer service",
        Reason::DamagedLuggage => "Damaged luggage",
        Reason::FlightAttendants => "Flight attendants",
        Reason::FlightBooking => "Booking",
        Reason::LateFlight => "Late flight",
        Reason::LongLines => "Long queues",
        Reason::LostLuggage => "Lost luggage",
    }
}

fn percent(share: f32) -> String {
    format!("{}%", whole_percents(share))
}

fn languages(codes: &[String]) -> String {
    let names: Vec<String> = codes.iter().map(|code| language_name(code).to_owned()).collect();
    listed(&names, "and")
}

fn language_name(code: &str) -> &str {
    match code {
        "ar" => "Arabic",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        "hi" => "Hindi",
        "it" => "Italian",
        "ja" => "Japanese",
        "nl" => "Dutch",
        "pt" => "Portuguese",
        "ru" => "Russian",
        "tr" => "Turkish",
        "zh" => "Chinese",
        _ => "another language",
    }
}

const fn device_error(error: DeviceError) -> &'static str {
    match error {
        DeviceError::Unsupported => {
            "This browser cannot run the model. Update it, or switch this off and let the service read."
        }
        DeviceError::Unreachable => {
            "The model could not be fetched. Check the connection, or switch this off and let the service read."
        }
        DeviceError::Damaged => {
            "What was fetched is not the released model, and none of it was used. Try again, or let the service read."
        }
        DeviceError::Unusable => "This page cannot use the model. Reload the page.",
        DeviceError::Stopped => "The model stopped. Try again, or let the service read.",
    }
}

fn error(error: &ApiError) -> String {
    let max = Tweet::MAX_CHARS;
    match error {
        ApiError::Empty => format!("The text box is empty. Write 1 to {max} characters."),
        ApiError::Blank => "The text is blank. Write at least one visible character.".to_owned(),
        ApiError::TooLong { chars } => {
            format!("The text has {chars} characters. Shorten it to {max}.")
        }
        ApiError::Nul => "The text holds a NUL character. Remove it.".to_owned(),
        ApiError::UnknownAnalysis => {
            "There is no such analysis. Open one from the history.".to_owned()
        }
        ApiError::UnknownWatch => "There is no such watch. Choose one from the list.".to_owned(),
        ApiError::UnknownIncident => "There is no such incident. Reload the page.".to_owned(),
        ApiError::WatchName => "The name of a watch has 1 to 60 characters.".to_owned(),
        ApiError::WatchNameTaken => "Another watch has this name. Choose another one.".to_owned(),
        ApiError::TooManyWatches => {
            "There are as many watches as one service follows. Remove one first.".to_owned()
        }
        ApiError::QueryTooLong { chars } => {
            format!("The query has {chars} characters. Shorten it to 500.")
        }
        ApiError::OpenQuote => "A quote in the query is not closed. Add the second one.".to_owned(),
        ApiError::NothingAsked => {
            "The query asks for nothing. Write a word that is not excluded, such as @united."
                .to_owned()
        }
        ApiError::Note => "The field is empty or too long. Write 1 to 2,000 characters.".to_owned(),
        ApiError::Files(trouble) => rendered::said_of_a_file(Language::English, trouble),
        ApiError::Review(trouble) => rendered::said_of_review(Language::English, trouble),
        ApiError::Channels(trouble) => rendered::said_of_a_channel(Language::English, trouble),
        ApiError::Access(trouble) => rendered::said_of_access(Language::English, trouble),
        ApiError::NoLogin => "Nobody is logged in. Reload the page to log in.".to_owned(),
        ApiError::NotAllowed => "Your account may not do this. Ask an admin.".to_owned(),
        ApiError::Unreadable => {
            "The request could not be read. Reload the page and try again.".to_owned()
        }
        ApiError::Busy => "The service is busy. Try again in a second.".to_owned(),
        ApiError::StoreUnavailable => {
            "The database cannot be reached; nothing was stored. Try again in a moment.".to_owned()
        }
        ApiError::ShuttingDown => "The service is restarting. Try again in a moment.".to_owned(),
        ApiError::Unreachable => {
            "The service does not answer. Check the connection and try again.".to_owned()
        }
        ApiError::Internal => {
            "Something went wrong; the cause is in the service’s log. Try again.".to_owned()
        }
    }
}
