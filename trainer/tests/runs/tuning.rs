//! The search for better settings.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use anyhow::Result;
use trainer::{
    beginning::{From, On},
    data::Prepared,
    recipe::Recipe,
    tuning::{Ledger, Search, Space},
};

use crate::{
    mlflow::{MlflowServer, word},
    toy,
};

/// Of the toy's recipe, which learns, and of one that hardly moves.
const SPACE: &str = r#"
trials = 4
reduction = 2
rungs = [1, 3]
sampler = "random"
seed = 1

[space]
"train.learning_rate" = { choices = [1e-9, 0.02] }
"#;

/// A toy's folder whose recipe does not learn, and the space in which it does.
fn prepared(space: &str) -> tempfile::TempDir {
    let folder = toy::prepared();
    let poor = toy::RECIPE.replace("learning_rate = 0.02", "learning_rate = 1e-9");
    fs::write(folder.path().join("toy.toml"), poor).unwrap();
    fs::write(folder.path().join("space.toml"), space).unwrap();
    folder
}

/// The same of a linear model that keeps one feature.
fn prepared_linear(space: &str) -> tempfile::TempDir {
    let folder = prepared(space);
    let (recipe, _) = toy::RECIPE.split_once("[embed]").unwrap();
    let poor = "[linear]\nmembers = [\"logistic\", \"nb-svm\"]\nvote = [\"logistic\"]\n\
        most_features = 1\n";
    fs::write(folder.path().join("toy.toml"), format!("{recipe}{poor}")).unwrap();
    folder
}

/// Searches in the folder `run`, by a clock.
fn search(at: &Path, run: &str, minutes: u64, clock: &(dyn Fn() -> Duration + Sync)) -> Ledger {
    outcome(at, run, minutes, clock).unwrap()
}

/// The same, if it comes to its end.
fn outcome(
    at: &Path,
    run: &str,
    minutes: u64,
    clock: &(dyn Fn() -> Duration + Sync),
) -> Result<Ledger> {
    let recipe = Recipe::read(&at.join("toy.toml")).unwrap();
    let space = Space::read(&at.join("space.toml"), &recipe).unwrap();
    let prepared = Prepared::read(&at.join("rows")).unwrap();
    let from = From {
        vectors: &at.join("vectors"),
        encoder: None,
        init: None,
        teaching: None,
        on: On::Cpu,
    };
    let search = Search {
        space: &space,
        recipe: &recipe,
        prepared: &prepared,
        rows: &at.join("rows"),
        from,
        folder: &at.join(run),
        command: "vigie-train tune",
        budget: Duration::from_secs(minutes * 60),
        clock,
    };
    search.perform()
}

/// What does not differ from one time to another.
fn timeless(mut ledger: Ledger) -> Ledger {
    ledger.spent_seconds = 0.0;
    for outcome in &mut ledger.outcomes {
        (outcome.seconds, outcome.at_ms) = (0.0, 0);
    }
    ledger
}

const TUNE: [&str; 11] = [
    "tune",
    "--recipe",
    "toy.toml",
    "--space",
    "space.toml",
    "--prepared",
    "rows",
    "--vectors",
    "vectors",
    "--run",
    "search",
];

#[test]
fn the_search_finds_the_settings_that_learn() {
    let folder = prepared(SPACE);
    let at = folder.path();
    toy::succeed(at, &TUNE, &[]);
    let winner = Recipe::read(&at.join("search/winner.toml")).unwrap();
    assert_eq!((winner.train.learning_rate, winner.train.epochs), (0.02, 3));
    let report = fs::read_to_string(at.join("search/report.md")).unwrap();
    assert!(report.contains("above the recipe's own settings"), "{report}");
    assert_eq!(report.lines().filter(|line| line.starts_with("| ")).count(), 2 + 4, "{report}");
    let chart = fs::read_to_string(at.join("search/search.svg")).unwrap();
    assert!(chart.contains("the best") && chart.contains("<polyline"));

    // What has come to the end is a training as any other.
    let best = report.lines().filter_map(|line| line.strip_prefix("| ")).nth(2).unwrap();
    let number: usize = best.split(' ').next().unwrap().parse().unwrap();
    let run = format!("search/trial-{number:03}");
    toy::succeed(at, &["export", "--run", &run, "--data", ".", "--output", "bundle"], &[]);
    assert!(at.join("bundle/card.json").exists());
}

#[test]
fn a_search_of_linear_settings_begins_with_a_share_of_the_rows() {
    let space = SPACE
        .replace("rungs = [1, 3]", "rungs = [0.5, 1.0]")
        .replace("train.learning_rate", "linear.most_features")
        .replace("[1e-9, 0.02]", "[1, 1000]");
    let folder = prepared_linear(&space);
    let at = folder.path();
    let ledger = search(at, "search", 60, &|| Duration::ZERO);
    let winner = Recipe::read(&at.join("search/winner.toml")).unwrap();
    assert_eq!(winner.linear.unwrap().most_features, 1000);
    assert_eq!(ledger.outcomes.iter().filter(|outcome| outcome.rung == 0).count(), 4);
    let rows = |share: &str| {
        let trial =
            format!("search/trial-{:03}/rows-{share}/report.json", ledger.winner().unwrap());
        let report: serde_json::Value =
            serde_json::from_slice(&fs::read(at.join(trial)).unwrap()).unwrap();
        report["sources"][0]["train"].as_u64().unwrap()
    };
    assert_eq!(rows("0.5"), rows("1").div_ceil(2));
}

#[test]
fn settings_that_do_not_go_together_fail_their_trial_and_not_the_search() {
    let space = r#"
trials = 8
reduction = 2
rungs = [1.0]
sampler = "random"
seed = 1

[space]
"linear.members" = { choices = [["logistic"], ["logistic", "nb-svm"]] }
"linear.vote" = { choices = [["logistic"], ["logistic", "nb-svm"]] }
"#;
    let folder = prepared_linear(space);
    let ledger = search(folder.path(), "search", 60, &|| Duration::ZERO);
    let words = |trial: usize, name: &str| ledger.trials[trial].values[name].to_string();
    assert_eq!(ledger.outcomes.len(), 8);
    assert!(ledger.outcomes.iter().any(|outcome| outcome.score.is_none()));
    for outcome in &ledger.outcomes[1..] {
        let votes_for_who_is_no_member = words(outcome.trial, "linear.vote").contains("nb-svm")
            && !words(outcome.trial, "linear.members").contains("nb-svm");
        assert_eq!(outcome.score.is_none(), votes_for_who_is_no_member, "{outcome:?}");
    }
}

#[test]
fn settings_with_which_the_optimiser_fails_fail_their_trial_and_not_the_search() {
    // As a number of 32 bits the second is 0, and the logarithm of 0 is no weight.
    let space = SPACE
        .replace("rungs = [1, 3]", "rungs = [1.0]")
        .replace("train.learning_rate", "linear.smoothing")
        .replace("[1e-9, 0.02]", "[1.0, 1e-60]");
    let folder = prepared_linear(&space);
    let ledger = search(folder.path(), "search", 60, &|| Duration::ZERO);
    assert_eq!(ledger.outcomes.len(), 4);
    for outcome in &ledger.outcomes[1..] {
        let smoothing = ledger.trials[outcome.trial].values["linear.smoothing"].as_float();
        assert_eq!(outcome.score.is_none(), smoothing == Some(1e-60), "{outcome:?}");
    }
    assert!(ledger.outcomes.iter().any(|outcome| outcome.score.is_none()));
}

#[test]
fn what_a_kill_has_kept_from_the_report_is_written_by_the_next_call() {
    let space = SPACE
        .replace("rungs = [1, 3]", "rungs = [1.0]")
        .replace("train.learning_rate", "linear.most_features")
        .replace("[1e-9, 0.02]", "[1, 1000]");
    let folder = prepared_linear(&space);
    let at = folder.path();
    search(at, "search", 60, &|| Duration::ZERO);
    let files = ["winner.toml", "report.md", "search.svg"].map(|file| at.join("search").join(file));
    let written = files.each_ref().map(|path| fs::read(path).unwrap());
    files.iter().for_each(|path| fs::remove_file(path).unwrap());
    search(at, "search", 60, &|| Duration::ZERO);
    assert!(files.map(|path| fs::read(path).unwrap_or_default()) == written);
}

#[test]
fn a_search_from_other_vectors_is_another_search() {
    let folder = prepared(SPACE);
    let at = folder.path();
    // As much time as one rung takes at most.
    let asked = AtomicU64::new(0);
    let clock = || Duration::from_secs(asked.fetch_add(1, Ordering::Relaxed));
    search(at, "search", 1, &clock);
    let vectors = at.join("vectors/vectors.safetensors");
    let mut content = fs::read(&vectors).unwrap();
    *content.last_mut().unwrap() ^= 0x80;
    fs::write(&vectors, content).unwrap();
    let refusal = outcome(at, "search", 60, &|| Duration::ZERO).unwrap_err().to_string();
    assert!(refusal.contains("search.json is of another"), "{refusal}");
}

#[test]
fn a_killed_search_goes_on_and_ends_as_an_uninterrupted_one() {
    let folder = prepared(SPACE);
    let at = folder.path();
    let whole = search(at, "whole", 60, &|| Duration::ZERO);
    assert!(whole.outcomes.len() > 5, "{whole:?}");

    // The clock is asked at every step: at some of them the program dies.
    for kill_at in [3, 40, 70] {
        let run = format!("killed-{kill_at}");
        let asked = AtomicU64::new(0);
        let clock = || {
            assert!(asked.fetch_add(1, Ordering::Relaxed) < kill_at, "killed");
            Duration::ZERO
        };
        let killed = catch_unwind(AssertUnwindSafe(|| search(at, &run, 60, &clock)));
        assert!(killed.is_err(), "it was not killed at {kill_at}");
        let path = at.join(&run).join("search.json");
        let before: Ledger = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        assert!(before.outcomes.len() < whole.outcomes.len());
        let ledger = search(at, &run, 60, &|| Duration::ZERO);
        assert_eq!(
            ledger.outcomes[..before.outcomes.len()],
            before.outcomes,
            "a rung was repeated"
        );
        assert_eq!(timeless(ledger), timeless(whole.clone()), "killed at {kill_at}");
        let winner = |run: &str| fs::read(at.join(run).join("winner.toml")).unwrap();
        assert!(winner(&run) == winner("whole"));
    }
}

#[test]
fn a_search_keeps_to_its_minutes_and_goes_on_when_it_gets_more() {
    let folder = prepared(SPACE);
    let at = folder.path();
    // A second between two looks at the clock.
    let ticking = || {
        let asked = AtomicU64::new(0);
        move || Duration::from_secs(asked.fetch_add(1, Ordering::Relaxed))
    };
    let first = search(at, "search", 1, &ticking());
    assert!((60.0..65.0).contains(&first.spent_seconds), "{}", first.spent_seconds);
    assert!(!first.outcomes.is_empty());
    let again = search(at, "search", 1, &ticking());
    assert_eq!(again, first, "there was no time left");
    let more = search(at, "search", 60, &ticking());
    assert!(more.outcomes.len() > first.outcomes.len());
    assert_eq!(more.outcomes[..first.outcomes.len()], first.outcomes);
}

#[test]
fn trials_are_children_of_their_search_on_the_server() {
    let Some(server) = MlflowServer::shared() else {
        return;
    };
    let folder = prepared(SPACE);
    let environment =
        [("MLFLOW_TRACKING_URI", server.url.as_str()), ("MLFLOW_EXPERIMENT_NAME", "search")];
    toy::succeed(folder.path(), &TUNE, &environment);
    let runs = server.runs("search");
    let (searches, trials): (Vec<_>, Vec<_>) =
        runs.iter().partition(|run| run["info"]["run_name"] == "search toy");
    assert_eq!((searches.len(), trials.len()), (1, 4));
    for trial in &trials {
        assert_eq!(word(trial, "tags", "mlflow.parentRunId"), searches[0]["info"]["run_id"]);
        assert_ne!(trial["info"]["status"], "RUNNING");
    }
    assert_eq!(word(searches[0], "params", "tune.trials"), "4");
    assert!(server.history(searches[0], "best score").len() > 5);
    let files = server.files(searches[0], "");
    for file in ["report.md", "search.svg", "winner.toml"] {
        assert!(files.iter().any(|known| known == file), "{file} is not among {files:?}");
    }
}
