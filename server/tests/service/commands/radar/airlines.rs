//! Real days: the airline set of February 2015, which lies beside the repository where it may.

use std::{
    fs::File,
    io::Read,
    ops::Range,
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{Desk, jsonl};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The set in the order of its times; with the labels of people, or none.
fn tweets(folder: &Path, is_labelled: bool) -> Vec<Value> {
    let mut tweets = Vec::new();
    for part in ["train", "test"] {
        let mut text = String::new();
        let file = File::open(folder.join(format!("airline.{part}.tsv.gz"))).unwrap();
        GzDecoder::new(file).read_to_string(&mut text).unwrap();
        let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let header = lines.next().unwrap();
        let place = |name: &str| header.iter().position(|column| *column == name).unwrap();
        for cells in lines {
            let cell = |name: &str| cells[place(name)];
            let mut tweet =
                json!({"at": cell("created_at"), "watch": cell("airline"), "text": cell("text")});
            if is_labelled {
                let reason = cell("reason").to_lowercase().replace(' ', "_");
                tweet["label"] = json!(cell("label"));
                tweet["reason"] = json!(
                    Some(reason).filter(|reason| !reason.is_empty() && reason != "can't_tell")
                );
            }
            tweets.push(tweet);
        }
    }
    tweets.sort_by_key(|tweet| tweet["at"].as_str().unwrap().to_owned());
    tweets
}

/// What `vigie radar` finds in it; `None` where the set is not there.
fn found(is_labelled: bool) -> Option<Vec<Value>> {
    let folder = PathBuf::from(ROOT).join("../shared/data");
    if !folder.join("airline.train.tsv.gz").exists() {
        eprintln!("skipped: {} has no airline set", folder.display());
        return None;
    }
    let desk = Desk::new();
    desk.put("in.jsonl", jsonl(&tweets(&folder, is_labelled)));
    Some(desk.incidents(&["--input", "in.jsonl", "--model", &format!("{ROOT}/models/bilstm")]))
}

fn of<'a>(found: &'a [Value], watch: &str) -> Vec<&'a Value> {
    found.iter().filter(|incident| incident["watch"] == watch).collect()
}

fn detected(incident: &Value) -> Timestamp {
    incident["detected_at"].as_str().unwrap().parse().unwrap()
}

/// That Southwest's cancellations of the 21st, by the clock of the set (-0800), are an incident, and
/// nothing of American is, whose rows only begin.
#[track_caller]
fn assert_southwest_alone_of_both(found: &[Value]) {
    let southwest = of(found, "Southwest");
    let southwest = southwest.iter().find(|incident| day(21).contains(&detected(incident)));
    assert_eq!(southwest.expect("Southwest on the 21st")["cause"], "cancelled_flight");
    assert!(of(found, "American").is_empty(), "{:#?}", of(found, "American"));
}

/// A day of February 2015 at the airlines' desks.
fn day(day: i8) -> Range<Timestamp> {
    let begin: Timestamp = format!("2015-02-{day}T00:00:00-08:00").parse().unwrap();
    begin..begin + SignedDuration::from_hours(24)
}

#[test]
fn the_known_days_are_found_by_our_model() {
    let Some(found) = found(false) else { return };
    assert_southwest_alone_of_both(&found);
    let us_airways = of(&found, "US Airways");
    assert!(
        us_airways.iter().any(|incident| day(22).contains(&detected(incident))),
        "{us_airways:#?}"
    );
}

#[test]
fn southwest_s_cancellations_are_found_by_the_labels_of_people() {
    if let Some(found) = found(true) {
        assert_southwest_alone_of_both(&found);
    }
}
