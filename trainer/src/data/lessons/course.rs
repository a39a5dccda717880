//! A course: the chapters of one language.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    Chapter,
    chapter::check_slots,
    released::{COURSES, Files},
    template::Slots,
};
use crate::data::Row;

/// All chapters of a folder, and the slots that they share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The slots that every chapter may name.
    pub slots: Slots,
    /// The chapters, in the order of their rows.
    pub chapters: Vec<Chapter>,
    /// SHA-256 of all its files, in hexadecimal.
    pub sha256: String,
}

/// The file of the shared slots as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shared {
    slots: Slots,
}

impl Course {
    /// The course in the folder `name`, such as `lessons/en`, as this program was built with it.
    ///
    /// # Errors
    /// If there is none of that name, or one of its files is not sound.
    pub fn released(name: &str) -> Result<Self> {
        let Some((_, files)) = COURSES.iter().find(|(folder, _)| *folder == name) else {
            let names: Vec<&str> = COURSES.iter().map(|(folder, _)| *folder).collect();
            bail!("there are no lessons “{name}”, only {}", names.join(" and "));
        };
        Self::parse(files)
    }

    /// A course of files: that of the shared slots first.
    ///
    /// # Errors
    /// If one of them is not sound.
    pub fn parse(files: Files<'_>) -> Result<Self> {
        let ((file, text), chapters) =
            files.split_first().context("a course needs a file of shared slots")?;
        let Shared { slots } =
            toml::from_str(text).with_context(|| format!("the slots {file} are not sound"))?;
        check_slots(&slots).with_context(|| format!("the slots {file} are not sound"))?;
        let chapters = chapters
            .iter()
            .map(|(file, text)| Chapter::parse(file, text, &slots))
            .collect::<Result<_>>()?;
        Ok(Self { slots, chapters, sha256: sum(files) })
    }

    /// The texts of all chapters under `seed`.
    #[must_use]
    pub fn rows(&self, seed: u64) -> Vec<Row> {
        self.chapters.iter().flat_map(|chapter| chapter.rows(seed)).collect()
    }
}

/// SHA-256 of the files' names and texts, in hexadecimal.
fn sum(files: Files<'_>) -> String {
    let mut hash = Sha256::new();
    for part in files.iter().flat_map(|(file, text)| [file, text]) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOTS: (&str, &str) = ("slots.toml", "[slots]\ncity = [\"Rome\", \"Oslo\"]\n");
    const CHAPTER: (&str, &str) =
        ("a.toml", "[[group]]\nlabel = \"neutral\"\ntemplates = [\"to {city}\"]\n");

    #[test]
    fn chapters_share_the_slots_of_their_course() {
        let mut texts: Vec<String> =
            Course::parse(&[SLOTS, CHAPTER]).unwrap().rows(1).into_iter().map(|r| r.text).collect();
        texts.sort_unstable();
        assert_eq!(texts, ["to Oslo", "to Rome"]);
    }

    #[test]
    fn a_slot_has_one_meaning() {
        let own = format!("[slots]\ncity = [\"Bonn\"]\n{}", CHAPTER.1);
        let error = Course::parse(&[SLOTS, ("a.toml", &own)]).unwrap_err();
        assert!(format!("{error:#}").contains("“city” is also one of the course"), "{error:#}");
    }

    #[test]
    fn any_change_makes_another_sum() {
        let sum = |files: Files<'_>| Course::parse(files).unwrap().sha256;
        let renamed = ("b.toml", CHAPTER.1);
        assert_ne!(sum(&[SLOTS, CHAPTER]), sum(&[SLOTS, renamed]));
        assert_ne!(sum(&[SLOTS, CHAPTER]), sum(&[SLOTS]));
    }

    #[test]
    fn lessons_that_are_not_there_are_answered_by_those_that_are() {
        let error = Course::released("lessons/xx").unwrap_err().to_string();
        assert!(error.contains("lessons/en and lessons/fr"), "{error}");
    }
}
