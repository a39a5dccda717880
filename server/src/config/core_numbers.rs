//! Cores by the system's numbers, read alike from a flag, a variable and a file.

use std::{
    fmt::{self, Display},
    str::FromStr,
};

use serde::Deserialize;

/// Numbers of cores, at least one: in a text, they are separated by commas.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "OneOrText")]
pub struct CoreNumbers(Vec<usize>);

/// What is no list of cores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write numbers of cores with commas between them, such as 2,3")]
pub struct NoCores;

impl CoreNumbers {
    /// The numbers.
    #[must_use]
    pub fn into_vec(self) -> Vec<usize> {
        self.0
    }
}

impl FromStr for CoreNumbers {
    type Err = NoCores;

    fn from_str(text: &str) -> Result<Self, NoCores> {
        let numbers = text.split(',').map(|number| number.trim().parse().map_err(|_| NoCores));
        numbers.collect::<Result<_, _>>().map(Self)
    }
}

impl Display for CoreNumbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&numbers.join(","))
    }
}

/// One core is a number in a file, several are a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrText {
    One(usize),
    Text(String),
}

impl TryFrom<OneOrText> for CoreNumbers {
    type Error = NoCores;

    fn try_from(given: OneOrText) -> Result<Self, NoCores> {
        match given {
            OneOrText::One(number) => Ok(Self(vec![number])),
            OneOrText::Text(text) => text.parse(),
        }
    }
}
