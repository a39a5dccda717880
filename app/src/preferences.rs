//! The reader's language, theme and place: asked by a link, else remembered, else as the browser says.

use serde::{Deserialize, Serialize};

use crate::messages::{self, Words};

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

impl Language {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// Its BCP 47 tag, as in `<html lang>` and in `?lang=`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// Everything that the page says in this language.
    pub fn words(self) -> &'static Words {
        match self {
            Self::English => &messages::ENGLISH,
            Self::French => &messages::FRENCH,
        }
    }
}

/// Ink on paper, or paper on ink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Ink on paper.
    Light,
    /// Paper on ink.
    Dark,
}

impl Theme {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name, as in `<html data-theme>` and in `?theme=`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Where tweets are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// By the service, which stores them.
    #[default]
    Service,
    /// On the reader's own device, which sends nothing.
    Device,
}

impl Place {
    /// Its name, as in `?place=`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Device => "device",
        }
    }
}

/// How the reader wants the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// In which language.
    pub language: Language,
    /// In which theme.
    pub theme: Theme,
    /// Where tweets are read.
    pub place: Place,
}

/// The cookie that remembers the choice `name`=`value` for a year.
pub fn remembering(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax")
}
