//! The lessons that this program is built with.

/// Files with their names, that of the shared slots first.
pub type Files<'a> = &'a [(&'a str, &'a str)];

/// The files of a folder below `trainer/lessons`.
macro_rules! files {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$((
            concat!($folder, "/", $name, ".toml"),
            include_str!(concat!("../../../lessons/", $folder, "/", $name, ".toml")),
        )),*]
    };
}

/// Each course by the name that recipes give it.
pub const COURSES: [(&str, Files<'static>); 2] = [("lessons/en", ENGLISH), ("lessons/fr", FRENCH)];

const ENGLISH: Files<'static> = files!(
    "en": "slots", "airline-idioms", "announcements", "but-clauses", "comparisons", "complaints", "double-negation", "emoji-against-text", "emoji-alone", "emoji-with-text", "general-topics", "hashtags", "intensity", "interjections", "names-and-details", "negation-in-scope", "negation-out-of-scope", "praise-of-staff", "questions", "sarcasm", "temporal-change", "thanks-in-complaint", "typos"
);

const FRENCH: Files<'static> = files!(
    "fr": "slots", "clauses", "double-negation", "emoji", "hashtags", "idiomes", "intensite", "ironie", "negation", "questions", "remerciements", "texto"
);
