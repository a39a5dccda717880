//! A chapter: the templates about one phenomenon, each with what its texts mean.

use std::collections::HashSet;

use anyhow::{Context, Result, ensure};
use domain::{Label, Reason};
use serde::Deserialize;

use super::{Template, template::Slots};
use crate::data::{Fingerprint, GivenReason, Row};

/// One file of a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its file.
    pub file: String,
    /// The slots of its own.
    pub slots: Slots,
    /// Its templates, group by group.
    pub groups: Vec<Group>,
}

/// Templates that mean the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What all of its texts get.
    pub label: Label,
    /// What all of them complain of, where it is plain.
    pub reason: Option<Reason>,
    /// How many texts of a template are wanted.
    pub expansions: usize,
    /// The templates.
    pub templates: Vec<Template>,
}

/// How many texts of a template are wanted where the file does not say.
const EXPANSIONS: usize = 10;

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default = "wanted")]
    expansions: usize,
    #[serde(default)]
    slots: Slots,
    #[serde(rename = "group")]
    groups: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    label: Label,
    reason: Option<Reason>,
    expansions: Option<usize>,
    templates: Vec<String>,
}

impl Chapter {
    /// Reads the text of the file called `file`; its templates may name slots of its own and
    /// those of its course, `shared`.
    ///
    /// # Errors
    /// If it is no TOML, a template or slot is not sound or is there twice, or a text that does
    /// not complain has a reason.
    pub fn parse(file: &str, text: &str, shared: &Slots) -> Result<Self> {
        Self::read(file, text, shared).with_context(|| format!("the lessons {file} are not sound"))
    }

    fn read(file: &str, text: &str, shared: &Slots) -> Result<Self> {
        let written: File = toml::from_str(text)?;
        check_slots(&written.slots)?;
        let mut slots = shared.clone();
        for (name, fillings) in &written.slots {
            let before = slots.insert(name.clone(), fillings.clone());
            ensure!(before.is_none(), "the slot “{name}” is also one of the course: rename it");
        }
        let mut seen = HashSet::new();
        let mut groups = Vec::new();
        for group in written.groups {
            ensure!(
                group.reason.is_none() || group.label == Label::Negative,
                "a group that is {} has a reason to complain",
                group.label
            );
            let templates: Vec<Template> = group
                .templates
                .iter()
                .map(|text| Template::parse(text, &slots))
                .collect::<Result<_>>()?;
            for Template { written, .. } in &templates {
                ensure!(seen.insert(written.clone()), "“{written}” is there twice: remove one");
            }
            let expansions = group.expansions.unwrap_or(written.expansions);
            ensure!(expansions > 0, "expansions must be above 0");
            let (label, reason) = (group.label, group.reason);
            groups.push(Group { label, reason, expansions, templates });
        }
        Ok(Self { file: file.to_owned(), slots: written.slots, groups })
    }

    /// Its templates, each with its group.
    pub fn templates(&self) -> impl Iterator<Item = (&Group, &Template)> {
        self.groups
            .iter()
            .flat_map(|group| group.templates.iter().map(move |template| (group, template)))
    }

    /// Its texts under `seed`. Those of a template are learnt from or validated on together.
    #[must_use]
    pub fn rows(&self, seed: u64) -> Vec<Row> {
        self.templates()
            .flat_map(|(group, template)| {
                let origin = Fingerprint::of(&template.written);
                template.expansions(group.expansions, seed).into_iter().map(move |text| Row {
                    text,
                    label: Some(group.label),
                    reason: group.reason.map(|reason| GivenReason { reason, confidence: 1.0 }),
                    article: None,
                    biased: false,
                    origin: Some(origin),
                })
            })
            .collect()
    }
}

/// Whether each slot has fillings, and each of them once.
///
/// # Errors
/// With the first slot that is not so.
pub fn check_slots(slots: &Slots) -> Result<()> {
    for (name, fillings) in slots {
        ensure!(!fillings.is_empty(), "nothing fills the slot “{name}”");
        let mut seen = HashSet::new();
        for filling in fillings {
            ensure!(seen.insert(filling), "“{filling}” fills the slot “{name}” twice");
        }
    }
    Ok(())
}

const fn wanted() -> usize {
    EXPANSIONS
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"
expansions = 2

[slots]
thing = ["bag", "seat", "meal"]

[[group]]
label = "negative"
reason = "bad_flight"
templates = ["the worst {thing} ever", "no {thing}"]

[[group]]
label = "positive"
expansions = 3
templates = ["the best {thing} ever"]
"#;

    fn refusal(from: &str, to: &str) -> String {
        let text = SOUND.replace(from, to);
        assert_ne!(text, SOUND);
        format!("{:#}", Chapter::parse("toy.toml", &text, &Slots::new()).unwrap_err())
    }

    #[test]
    fn rows_have_the_label_and_reason_of_their_group() {
        let rows = Chapter::parse("toy.toml", SOUND, &Slots::new()).unwrap().rows(1);
        assert_eq!(rows.len(), 2 + 2 + 3);
        for row in &rows {
            assert_eq!(row.label == Some(Label::Positive), row.text.contains("best"));
            assert_eq!(row.reason.is_some(), row.label == Some(Label::Negative));
        }
        assert_eq!(rows[0].origin, rows[1].origin);
        assert_ne!(rows[1].origin, rows[2].origin);
    }

    #[test]
    fn what_is_wrong_in_a_file_is_said() {
        for (from, to, said) in [
            ("no {thing}", "no {thin}", "the slot “thin”"),
            ("no {thing}", "the worst {thing} ever", "is there twice"),
            ("\"seat\"", "\"bag\"", "“bag” fills the slot “thing” twice"),
            ("[\"bag\", \"seat\", \"meal\"]", "[]", "nothing fills"),
            ("label = \"negative\"", "label = \"neutral\"", "has a reason to complain"),
            ("expansions = 3", "expansions = 0", "above 0"),
            ("expansions = 3", "expansion = 3", "expansion"),
        ] {
            let said_of_it = refusal(from, to);
            assert!(said_of_it.contains("toy.toml") && said_of_it.contains(said), "{said_of_it}");
        }
    }
}
