//! The columns that a run appends, and what stands in them.

use domain::{Label, Prediction};

use super::{Judgement, Verdict};

/// Their names, the last one only where it is asked for. Those of an earlier run over the same rows
/// are replaced.
pub const APPENDED: [&str; 11] = [
    "vigie_label",
    "vigie_confidence",
    "vigie_negative",
    "vigie_neutral",
    "vigie_positive",
    "vigie_known",
    "vigie_language",
    "vigie_sure",
    "vigie_reason",
    "vigie_error",
    "vigie_words",
];

/// Whether `name` is one of [`APPENDED`].
#[must_use]
pub fn is_appended(name: impl AsRef<[u8]>) -> bool {
    APPENDED.iter().any(|appended| appended.as_bytes() == name.as_ref())
}

/// What stands in one appended column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// Nothing: an empty cell, or null.
    #[default]
    Nothing,
    /// Words, in quotes where the format has them.
    Words(String),
    /// A number, or true or false: written alike everywhere.
    Plain(String),
}

impl Value {
    fn number(value: f32) -> Self {
        Self::Plain(format!("{value:.6}"))
    }

    fn words(words: impl ToString) -> Self {
        Self::Words(words.to_string())
    }

    /// As the cell of a table.
    #[must_use]
    pub fn cell(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Words(text) | Self::Plain(text) => text,
        }
    }

    /// As JSON.
    ///
    /// # Errors
    /// Those of the writer of JSON.
    pub fn json(&self) -> serde_json::Result<String> {
        match self {
            Self::Nothing => Ok("null".to_owned()),
            Self::Words(words) => serde_json::to_string(words),
            Self::Plain(text) => Ok(text.clone()),
        }
    }
}

/// What a row's verdict puts under [`APPENDED`]: numbers with six decimals. Without a verdict all
/// but the reason for that is empty.
#[must_use]
pub fn values(verdict: &Verdict) -> [Value; APPENDED.len()] {
    let mut values = [const { Value::Nothing }; APPENDED.len()];
    let [
        label,
        confidence,
        negative,
        neutral,
        positive,
        known,
        language,
        sure,
        reason,
        error,
        words,
    ] = &mut values;
    match verdict {
        Ok(Judgement { prediction, words: told }) => {
            *words = told.clone().map(Value::Plain).unwrap_or_default();
            let Prediction { probabilities, complaint, .. } = prediction;
            *label = Value::words(prediction.label);
            *confidence = Value::number(prediction.confidence);
            *negative = Value::number(probabilities.of(Label::Negative));
            *neutral = Value::number(probabilities.of(Label::Neutral));
            *positive = Value::number(probabilities.of(Label::Positive));
            *known = Value::number(prediction.known);
            *language = prediction.language.as_ref().map(Value::words).unwrap_or_default();
            *sure = Value::Plain(prediction.sure.to_string());
            *reason = complaint.map(|found| Value::words(found.reason)).unwrap_or_default();
        }
        Err(why) => *error = Value::words(why),
    }
    values
}

#[cfg(test)]
mod tests {
    use domain::{Complaint, Reason};

    use super::*;

    #[test]
    fn a_verdict_fills_every_column_but_that_of_errors() {
        let prediction = Prediction::new([0.75, 0.125, 0.125].into(), 1.0, Some("fr".to_owned()))
            .complaining_of(Some(Complaint { reason: Reason::LateFlight, confidence: 0.6 }))
            .sure_from(0.9);
        let words = Some("[[\"late\",0.5]]".to_owned());
        let values = values(&Ok(Judgement { prediction, words }));
        assert_eq!(
            values.each_ref().map(Value::cell),
            [
                "negative",
                "0.750000",
                "0.750000",
                "0.125000",
                "0.125000",
                "1.000000",
                "fr",
                "false",
                "late_flight",
                "",
                "[[\"late\",0.5]]"
            ]
        );
        let json = values.each_ref().map(|value| value.json().unwrap());
        assert_eq!(json[5..10], ["1.000000", "\"fr\"", "false", "\"late_flight\"", "null"]);
        assert_eq!(json[10], "[[\"late\",0.5]]");
    }

    #[test]
    fn what_could_not_be_told_is_empty() {
        let prediction = Prediction::new([0.1, 0.1, 0.8].into(), 1.0, None);
        let cells = values(&Ok(Judgement { prediction, words: None }));
        assert_eq!(cells.each_ref().map(Value::cell)[6..], ["", "true", "", "", ""]);
    }

    #[test]
    fn without_a_verdict_a_column_says_why_and_all_others_are_empty() {
        let values = values(&Err("the text is empty".to_owned()));
        let mut told = values.iter().zip(APPENDED).filter(|(value, _)| **value != Value::Nothing);
        let (value, name) = told.next().unwrap();
        assert_eq!((value.cell(), name), ("the text is empty", "vigie_error"));
        assert!(told.next().is_none());
    }
}
