//! Hand-written tweets, and `vigie-train` on them as a program of its own: what it reads of the
//! environment is the server.

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

pub const RECIPE: &str = r#"
name = "toy"
description = "A toy."
languages = ["en"]
seed = 1

[preprocess]
brands = ["delta"]
brand_token = true
max_tokens = 32

[[source]]
name = "people"
file = "people.tsv"
kind = "human"
repeat = 2
validation = 0.2

[[test]]
name = "people"
file = "people.test.tsv"
kind = "human"

[embed]
dimension = 8
epochs = 2

[train]
epochs = 3
batch = 8
learning_rate = 0.02

[bilstm]
hidden = 4
dense = 4
"#;

const PLACES: [&str; 8] = ["gate", "desk", "lounge", "cabin", "row", "queue", "bus", "door"];

/// A folder with the recipe, its rows and its word vectors.
pub fn prepared() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("toy.toml"), RECIPE).unwrap();
    fs::write(at.join("people.tsv"), tweets(&PLACES[..6])).unwrap();
    fs::write(at.join("people.test.tsv"), tweets(&PLACES[6..])).unwrap();
    let recipe = ["--recipe", "toy.toml"];
    succeed(at, &[&["prepare"], &recipe[..], &["--data", ".", "--output", "rows"]].concat(), &[]);
    let embed = ["--prepared", "rows", "--output", "vectors"];
    succeed(at, &[&["embed"], &recipe[..], &embed].concat(), &[]);
    folder
}

/// Trains into the folder `run`.
pub fn train(at: &Path, run: &str, environment: &[(&str, &str)]) -> String {
    let from = ["--recipe", "toy.toml", "--prepared", "rows", "--vectors", "vectors"];
    succeed(at, &[&["train"], &from[..], &["--run", run]].concat(), environment)
}

/// Runs a command that must succeed, in the folder `at`, and answers what it says on stderr.
pub fn succeed(at: &Path, words: &[&str], environment: &[(&str, &str)]) -> String {
    let output = command(at, words, environment);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{words:?}: {said}");
    said
}

/// Runs a command in the folder `at`.
pub fn command(at: &Path, words: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie-train"));
    for name in ["URI", "USERNAME", "PASSWORD", "TOKEN"] {
        command.env_remove(format!("MLFLOW_TRACKING_{name}"));
    }
    command.current_dir(at).args(words).env("NO_PROXY", "127.0.0.1");
    command.env_remove("MLFLOW_EXPERIMENT_NAME").envs(environment.iter().copied());
    command.output().unwrap()
}

fn tweets(places: &[&str]) -> String {
    let mut text = String::from("label\ttext\n");
    for place in places {
        for n in 0..5 {
            for (label, words) in [
                ("negative", "awful delay and rude staff at"),
                ("neutral", "what time does boarding start at"),
                ("positive", "lovely crew and great service at"),
            ] {
                writeln!(text, "{label}\t@Delta {words} {place} {}", "x".repeat(n)).unwrap();
            }
        }
    }
    text
}
