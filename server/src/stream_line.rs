//! One line of a stream.

use std::borrow::Cow;

use domain::Label;
use engine::{Given, Incoming};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;
use tables::RowProblem;

/// Where tweets come from that do not say.
const UNTOLD_SOURCE: &str = "api";
/// The longest name of a source, and of a tweet there.
const MOST_CHARS: usize = 200;

/// The fields that are read; all others are left alone.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields<'a> {
    #[serde(borrow)]
    source: Option<&'a RawValue>,
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    at: Option<&'a RawValue>,
    #[serde(borrow)]
    watch: Option<&'a RawValue>,
    #[serde(borrow)]
    author: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Option<&'a RawValue>,
    #[serde(borrow)]
    label: Option<&'a RawValue>,
    // Null is another thing here than nothing: that there is no reason.
    #[serde(borrow, deserialize_with = "present")]
    reason: Option<&'a RawValue>,
}

fn present<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

/// The tweet in `line`.
///
/// # Errors
/// Why there is none, in a sentence that repeats nothing of it.
pub fn parse(line: &[u8]) -> Result<Incoming, String> {
    let line = str::from_utf8(line).map_err(|_| RowProblem::NotUtf8.to_string())?;
    if line.trim_start().starts_with('[') {
        return Err("the line is no JSON object".to_owned()); // which serde would read in the fields' order
    }
    let fields: Fields = serde_json::from_str(line).map_err(|error| {
        if error.is_data() {
            "the line is no JSON object, or names a field twice".to_owned()
        } else {
            format!("the line is no JSON object: {error}")
        }
    })?;
    let at = string("at", fields.at)?.ok_or("there is no field “at”")?;
    let at = time(&at).ok_or("the field “at” is no time such as 2015-02-22T11:00:00-08:00")?;
    let label = string("label", fields.label)?.filter(|label| !label.is_empty());
    let label = label
        .map(|label| label.to_ascii_lowercase().parse::<Label>())
        .transpose()
        .map_err(|_| "the field “label” is not negative, neutral or positive".to_owned())?;
    let reason = match fields.reason {
        None => Given::Untold,
        Some(reason) => {
            let reason = string("reason", Some(reason))?.filter(|reason| !reason.trim().is_empty());
            Given::Told(reason.map(Cow::into_owned))
        }
    };
    let source = string("source", fields.source)?.filter(|source| !source.is_empty());
    let tweet = Incoming {
        source: short("source", source.unwrap_or(Cow::Borrowed(UNTOLD_SOURCE)).into_owned())?,
        source_id: name("id", fields.id)?.map(|id| short("id", id)).transpose()?,
        at,
        watch: string("watch", fields.watch)?.map(Cow::into_owned),
        author: name("author", fields.author)?,
        text: string("text", fields.text)?.unwrap_or_default().into_owned(),
        label,
        confidence: 1.0,
        reason,
    };
    tweet.question().map_err(|error| format!("there is no label, and {error}"))?;
    Ok(tweet)
}

fn short(field: &str, name: String) -> Result<String, String> {
    if name.chars().count() > MOST_CHARS {
        return Err(format!("the field “{field}” is longer than {MOST_CHARS} characters"));
    }
    Ok(name)
}

/// A string, or nothing for null.
fn string<'a>(name: &str, value: Option<&'a RawValue>) -> Result<Option<Cow<'a, str>>, String> {
    let Some(value) = value.map(RawValue::get) else { return Ok(None) };
    let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    match inner {
        _ if value == "null" => Ok(None),
        Some(inner) if !inner.contains('\\') => Ok(Some(Cow::Borrowed(inner))),
        _ => {
            let text: Result<String, _> = serde_json::from_str(value);
            text.map(|text| Some(Cow::Owned(text)))
                .map_err(|_| format!("the field “{name}” is no string of characters"))
        }
    }
}

/// Authors and tweets are named by strings or by numbers.
fn name(field: &str, value: Option<&RawValue>) -> Result<Option<String>, String> {
    let number = value.map(RawValue::get).filter(|value| value.parse::<u64>().is_ok());
    let name = match number {
        Some(number) => Some(Cow::Borrowed(number)),
        None => string(field, value)?,
    };
    Ok(name.filter(|name| !name.is_empty()).map(Cow::into_owned))
}

/// RFC 3339, also with a space before the time or the offset, as data sets have it; without an
/// offset it is UTC.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(time) = text.parse() {
        return Some(time);
    }
    if let Some((time, offset)) =
        text.rsplit_once(' ').filter(|(_, offset)| offset.starts_with(['+', '-']))
    {
        return format!("{time}{offset}").parse().ok();
    }
    format!("{}Z", text.strip_suffix(" UTC").unwrap_or(text)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason_of(line: &str) -> String {
        parse(line.as_bytes()).unwrap_err()
    }

    #[test]
    fn times_are_read_as_data_sets_write_them() {
        let expected: Timestamp = "2015-02-22T19:00:00Z".parse().unwrap();
        for text in [
            "2015-02-22T19:00:00Z",
            "2015-02-22T11:00:00-08:00",
            "2015-02-22 11:00:00 -0800",
            "2015-02-22T19:00:00",
            "2015-02-22 19:00:00 UTC",
        ] {
            assert_eq!(time(text), Some(expected), "{text}");
        }
        assert_eq!(time("yesterday"), None);
    }

    #[test]
    fn what_is_given_is_taken_and_what_is_not_is_asked() {
        let given = parse(br#"{"at": "2015-02-22T19:00:00Z", "watch": "w", "author": 7, "text": "late", "label": "Negative", "reason": null}"#).unwrap();
        assert_eq!((given.question(), given.label), (Ok(None), Some(Label::Negative)));
        assert_eq!(given.author.as_deref(), Some("7"));
        let given =
            parse(br#"{"at": "2015-02-22T19:00:00Z", "text": "la\u0074e", "label": "negative"}"#)
                .unwrap();
        assert_eq!(given.question().unwrap().unwrap().as_str(), "late");
        let given =
            parse(br#"{"at": "2015-02-22T19:00:00Z", "watch": "w", "label": "negative"}"#).unwrap();
        assert_eq!((given.question(), given.text.as_str()), (Ok(None), ""));
        let given = parse(br#"{"at": "2015-02-22T19:00:00Z", "text": "late", "id": 7}"#).unwrap();
        assert!(given.question().unwrap().is_some());
        assert_eq!((given.source_id.as_deref(), given.source.as_str()), (Some("7"), "api"));
        let long = format!(r#"{{"at": "2015-02-22T19:00:00Z", "text": "{}"}}"#, "é ".repeat(400));
        let read = parse(long.as_bytes()).unwrap().question().unwrap().unwrap();
        assert_eq!(read.as_str().chars().count(), 500, "of a long one the beginning is read");
    }

    #[test]
    fn a_bad_line_says_why_and_repeats_nothing() {
        assert!(reason_of("secret").contains("no JSON object"));
        assert!(reason_of("[1]").contains("no JSON object"));
        assert!(reason_of(r#"{"text": "secret"}"#).contains("no field “at”"));
        assert!(reason_of(r#"{"at": 5}"#).contains("“at” is no string"));
        assert!(reason_of(r#"{"at": "secret"}"#).contains("no time"));
        let line = r#"{"at": "2015-02-22T19:00:00Z", "label": "secret"}"#;
        assert!(reason_of(line).contains("“label”") && !reason_of(line).contains("secret"));
        assert!(
            reason_of(r#"{"at": "2015-02-22T19:00:00Z", "text": ["secret"]}"#).contains("“text”")
        );
        assert!(reason_of(r#"{"at": "2015-02-22T19:00:00Z"}"#).contains("no label"));
        assert_eq!(parse(b"{\"at\": \"\xff\"}").unwrap_err(), RowProblem::NotUtf8.to_string());
    }
}
