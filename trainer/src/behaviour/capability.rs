//! A capability: one file of cases.

use std::collections::HashSet;

use anyhow::{Context, Result, anyhow, bail, ensure};
use domain::{Label, Tweet};
use serde::Deserialize;
use toml::Spanned;

use super::{Case, Check, Direction};

/// Something that a model can or cannot do, and the cases that tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    /// What it is called in reports and cards.
    pub name: String,
    /// ISO 639-1 code of its texts' language.
    pub language: String,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    language: String,
    cases: Vec<Spanned<Written>>,
}

/// A case as it is written; which keys it has makes its kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    text: Option<String>,
    changed: Option<String>,
    same: Option<Vec<String>>,
    expect: Option<Expected>,
    not_less: Option<String>,
    not_more: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Expected {
    One(String),
    Several(Vec<String>),
}

impl Capability {
    /// Reads the text of the file called `file`.
    ///
    /// # Errors
    /// If it is no TOML, or a case is none; says the line and the reason.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        let line = |at: usize| text[..at].bytes().filter(|&byte| byte == b'\n').count() + 1;
        let File { name, language, cases } = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            anyhow!("{file}, line {}: {}", line(at), error.message())
        })?;
        ensure!(!cases.is_empty(), "{file} has no cases");
        let mut ids = HashSet::new();
        let case = |written: Spanned<Written>| {
            let line = line(written.span().start);
            let written = written.into_inner();
            let id = written.id.clone();
            let place = || format!("{file}, line {line}: case “{id}”");
            if !ids.insert(id.clone()) {
                return Err(anyhow!("another case has its id").context(place()));
            }
            written.case().with_context(place)
        };
        let cases = cases.into_iter().map(case).collect::<Result<_>>()?;
        Ok(Self { name, language, cases })
    }
}

impl Written {
    fn case(self) -> Result<Case> {
        let Self { id, text, changed, same, expect, not_less, not_more } = self;
        let check = match (text, changed, same, expect, not_less, not_more) {
            (Some(text), None, None, Some(expected), None, None) => {
                Check::Label { text, allowed: expected.labels()? }
            }
            (None, None, Some(texts), None, None, None) => Check::Same { texts },
            (Some(text), Some(changed), None, None, Some(label), None) => Check::Direction {
                text,
                changed,
                label: label.parse()?,
                direction: Direction::NotLess,
            },
            (Some(text), Some(changed), None, None, None, Some(label)) => Check::Direction {
                text,
                changed,
                label: label.parse()?,
                direction: Direction::NotMore,
            },
            _ => bail!(
                "it has the keys of no kind: write `expect` and `text`, or `same` alone, or `not_less` or `not_more` with `text` and `changed`"
            ),
        };
        let case = Case { id, check };
        let texts = case.texts();
        ensure!(
            !matches!(case.check, Check::Same { .. }) || texts.len() > 1,
            "one text has nothing to be the same as: give `same` two or more"
        );
        for (k, text) in texts.iter().enumerate() {
            Tweet::parse(text)?;
            ensure!(!texts[..k].contains(text), "it has the text “{text}” twice");
        }
        Ok(case)
    }
}

impl Expected {
    fn labels(self) -> Result<Vec<Label>> {
        let words = match self {
            Self::One(word) => vec![word],
            Self::Several(words) => words,
        };
        let labels =
            words.iter().map(|word| word.parse()).collect::<Result<HashSet<Label>, _>>()?;
        ensure!(
            (1..Label::ALL.len()).contains(&labels.len()),
            "`expect` needs one label or two: every model passes a case that allows all"
        );
        Ok(Label::ALL.into_iter().filter(|label| labels.contains(label)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "name = \"toy\"\nlanguage = \"en\"\n";

    fn parsed(cases: &str) -> Result<Capability> {
        Capability::parse("en/toy.toml", &format!("{HEAD}cases = [\n{cases}\n]\n"))
    }

    fn refusal(cases: &str) -> String {
        format!("{:#}", parsed(cases).unwrap_err())
    }

    #[test]
    fn the_keys_of_a_case_make_its_kind() {
        let capability = parsed(
            r#"{ id = "a", expect = "negative", text = "late" },
               { id = "b", expect = ["neutral", "negative"], text = "it left" },
               { id = "c", same = ["to Rome", "to Oslo"] },
               { id = "d", not_less = "negative", text = "bad", changed = "so bad" },
               { id = "e", not_more = "positive", text = "good", changed = "rather good" }"#,
        )
        .unwrap();
        assert_eq!((capability.name.as_str(), capability.language.as_str()), ("toy", "en"));
        let checks: Vec<Check> = capability.cases.into_iter().map(|case| case.check).collect();
        let [label, several, same, not_less, not_more] = checks.try_into().unwrap();
        assert_eq!(label, Check::Label { text: "late".into(), allowed: vec![Label::Negative] });
        let either = vec![Label::Negative, Label::Neutral];
        assert_eq!(several, Check::Label { text: "it left".into(), allowed: either });
        assert_eq!(same, Check::Same { texts: vec!["to Rome".into(), "to Oslo".into()] });
        let direction = |text: &str, changed: &str, label, direction| Check::Direction {
            text: text.into(),
            changed: changed.into(),
            label,
            direction,
        };
        let rises = direction("bad", "so bad", Label::Negative, Direction::NotLess);
        let falls = direction("good", "rather good", Label::Positive, Direction::NotMore);
        assert_eq!((not_less, not_more), (rises, falls));
    }

    #[test]
    fn a_wrong_case_is_refused_by_line_name_and_reason() {
        let sound = "{ id = \"a\", expect = \"negative\", text = \"late\" },\n";
        for (wrong, reason) in [
            (r#"{ id = "b", expect = "sad", text = "oh" }"#, "“sad” is no label"),
            (r#"{ id = "b", expect = [], text = "oh" }"#, "needs one label or two"),
            (r#"{ id = "b", expect = "neutral", same = ["x", "y"] }"#, "keys of no kind"),
            (r#"{ id = "b", text = "oh" }"#, "keys of no kind"),
            (r#"{ id = "b", same = ["x"] }"#, "two or more"),
            (r#"{ id = "b", same = ["x", "x"] }"#, "“x” twice"),
            (r#"{ id = "b", expect = "neutral", text = "" }"#, "the text is empty"),
        ] {
            let refusal = refusal(&format!("{sound}{wrong}"));
            assert!(refusal.starts_with("en/toy.toml, line 5: case “b”: "), "{refusal}");
            assert!(refusal.contains(reason), "{refusal}");
        }
        assert!(refusal(&format!("{sound}{sound}")).contains("line 5: case “a”: another case"));
    }

    #[test]
    fn a_file_that_is_no_toml_is_refused_by_its_line() {
        let refusal = refusal("{ id = \"a\", expct = \"negative\", text = \"late\" }");
        assert!(refusal.starts_with("en/toy.toml, line 4: unknown field `expct`"), "{refusal}");
        let refusal = Capability::parse("x.toml", "name = \"toy\"\nlanguage =\n").unwrap_err();
        assert!(refusal.to_string().starts_with("x.toml, line 2: "), "{refusal}");
        let empty = Capability::parse("x.toml", &format!("{HEAD}cases = []")).unwrap_err();
        assert!(empty.to_string().contains("no cases"), "{empty}");
    }
}
