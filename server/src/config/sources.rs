//! Settings taken one by one, with where each was from.

use std::{
    fmt::{self, Display},
    path::PathBuf,
};

use clap::{ArgMatches, parser::ValueSource};

use super::{ServeOptions, secrets};

/// One setting as `vigie config` prints it.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name in a file.
    pub name: &'static str,
    /// Its value as it would stand in a file, without secrets; `None` if it is not set.
    pub value: Option<String>,
    /// Where it is from.
    pub origin: Origin,
}

/// Where a setting is from; the first goes before the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The command line.
    Flag,
    /// The environment.
    Variable,
    /// The file given by `--config`.
    File,
    /// Nobody said anything.
    Default,
}

impl Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flag => "flag",
            Self::Variable => "variable",
            Self::File => "file",
            Self::Default => "default",
        })
    }
}

/// The command line with the environment, then the file: takes settings one by one and remembers
/// where each was from.
pub struct Sources<'a> {
    matches: &'a ArgMatches,
    given: ServeOptions,
    file: ServeOptions,
    /// What was taken so far.
    pub report: Vec<Setting>,
}

impl<'a> Sources<'a> {
    /// Nothing was taken yet; `matches` tells flags from variables among what was `given`.
    pub const fn new(matches: &'a ArgMatches, given: ServeOptions, file: ServeOptions) -> Self {
        Self { matches, given, file, report: Vec::new() }
    }

    /// What was given, else what the file says, and where it is from; not reported.
    pub fn find<T>(
        &self,
        name: &str,
        option: impl Fn(&ServeOptions) -> Option<T>,
    ) -> (Option<T>, Origin) {
        let in_file = option(&self.file);
        let known = self.matches.try_contains_id(name).is_ok();
        let origin = match known.then(|| self.matches.value_source(name)).flatten() {
            Some(ValueSource::CommandLine) => Origin::Flag,
            Some(ValueSource::EnvVariable) => Origin::Variable,
            _ if in_file.is_some() => Origin::File,
            _ => Origin::Default,
        };
        (option(&self.given).or(in_file), origin)
    }

    /// What was given, else what the file says, else the default.
    pub fn take<T: Display>(
        &mut self,
        name: &'static str,
        option: impl Fn(&ServeOptions) -> Option<T>,
        default: T,
    ) -> T {
        let (value, origin) = self.find(name, option);
        let value = value.unwrap_or(default);
        self.note(name, Some(value.to_string()), origin);
        value
    }

    /// The same, of what need not be set.
    pub fn take_optional<T: Display>(
        &mut self,
        name: &'static str,
        option: impl Fn(&ServeOptions) -> Option<T>,
    ) -> Option<T> {
        let (value, origin) = self.find(name, option);
        self.note(name, value.as_ref().map(T::to_string), origin);
        value
    }

    /// The same, of a path.
    pub fn take_path(
        &mut self,
        name: &'static str,
        option: impl Fn(&ServeOptions) -> Option<PathBuf>,
        default: impl FnOnce() -> Option<PathBuf>,
    ) -> Option<PathBuf> {
        let (value, origin) = self.find(name, option);
        let value = value.or_else(default);
        self.note(name, value.as_ref().map(|path| path.display().to_string()), origin);
        value
    }

    /// The same, of an address that may hold a password.
    pub fn take_secret(
        &mut self,
        name: &'static str,
        option: impl Fn(&ServeOptions) -> Option<String>,
        default: Option<&str>,
    ) -> Option<String> {
        let (value, origin) = self.find(name, option);
        let value = value.or_else(|| default.map(str::to_owned));
        self.note(name, value.as_deref().map(secrets::hide), origin);
        value
    }

    /// The same, of what is nothing but a secret.
    pub fn take_token(
        &mut self,
        name: &'static str,
        option: impl Fn(&ServeOptions) -> Option<String>,
    ) -> Option<String> {
        let (value, origin) = self.find(name, option);
        self.note(name, value.as_ref().map(|_| "***".to_owned()), origin);
        value
    }

    /// Reports a setting.
    pub fn note(&mut self, name: &'static str, value: Option<String>, origin: Origin) {
        self.report.push(Setting { name, value: value.as_deref().map(as_toml), origin });
    }
}

/// Numbers, and what is true or false, as they are, all else quoted.
fn as_toml(value: &str) -> String {
    let is_bare = value.parse::<u64>().is_ok() || value.parse::<bool>().is_ok();
    if is_bare { value.to_owned() } else { toml::Value::from(value).to_string() }
}
