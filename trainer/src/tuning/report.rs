//! What a search has found, for people: the table, and the recipe of the best.

use anyhow::Result;

use super::{Ledger, RungUnit, Space};
use crate::{progress::minutes, recipe::Recipe};

/// The table of all trials in Markdown, the best first.
#[must_use]
pub fn table(space: &Space, ledger: &Ledger) -> String {
    let mut text = String::from("# Search\n\n");
    text.push_str(&format!(
        "{} of at most {} trials in {}. Scores are those on validation rows; no test was read.\n\n",
        ledger.trials.len(),
        space.trials,
        minutes(ledger.spent_seconds)
    ));
    text.push_str(&format!("Trial 0 has {}.\n\n", own(space)));
    let scores = ledger.scores();
    if let Some(winner) = ledger.winner() {
        text.push_str(&format!(
            "The best is trial {winner}: {} at {}. {}\n\n",
            shown(scores[winner].last().copied()),
            scores[winner].len().checked_sub(1).map_or_else(String::new, |rung| at(space, rung)),
            against(&scores, winner)
        ));
    }
    let settings: Vec<&str> = space.space.keys().map(String::as_str).collect();
    let rungs: Vec<String> = (0..space.rungs.len()).map(|rung| at(space, rung)).collect();
    let head: Vec<&str> = ["trial"]
        .into_iter()
        .chain(rungs.iter().map(String::as_str))
        .chain(["time"])
        .chain(settings.iter().copied())
        .collect();
    text.push_str(&row(head.iter().map(|&word| word.to_owned())));
    text.push_str(&row(head.iter().map(|_| "---".to_owned())));
    for trial in ledger.ranking() {
        let on_rungs = (0..rungs.len()).map(|rung| shown(scores[trial].get(rung).copied()));
        let outcomes = ledger.outcomes.iter().filter(|outcome| outcome.trial == trial);
        let seconds: f64 = outcomes.map(|outcome| outcome.seconds).sum();
        let values = settings.iter().map(|&name| {
            let value = ledger.trials[trial].values.get(name);
            value.map_or_else(|| "the recipe's".to_owned(), ToString::to_string)
        });
        let cells = [trial.to_string()].into_iter().chain(on_rungs);
        text.push_str(&row(cells.chain([minutes(seconds)]).chain(values)));
    }
    text
}

/// The winner's recipe, ready to be trained.
///
/// # Errors
/// If it cannot be written as TOML.
pub fn recipe(recipe: &Recipe, space: &Space, ledger: &Ledger, winner: usize) -> Result<String> {
    let scores = &ledger.scores()[winner];
    let rung = scores.len().saturating_sub(1);
    Ok(format!(
        "# Trial {winner} of a search: {} on validation rows at {}.\n\n{}",
        shown(scores.last().copied()),
        at(space, rung),
        toml::to_string(recipe)?
    ))
}

/// A rung in words.
#[must_use]
pub fn at(space: &Space, rung: usize) -> String {
    let amount = space.rungs[rung];
    match space.unit {
        RungUnit::RowShares => format!("{amount} of the rows"),
        RungUnit::Epochs if amount > 1.0 => format!("{amount} epochs"),
        RungUnit::Epochs => "1 epoch".to_owned(),
    }
}

/// What the first trial has. The recipe may train for other epochs than the search.
fn own(space: &Space) -> String {
    match (space.unit, space.rungs.len().checked_sub(1)) {
        (RungUnit::Epochs, Some(last)) => {
            format!("the recipe's own settings, but is trained for {} as all are", at(space, last))
        }
        _ => "the recipe's own settings".to_owned(),
    }
}

/// How much the winner is above the recipe's own settings, on the highest rung that both have reached.
fn against(scores: &[Vec<f64>], winner: usize) -> String {
    let mut both = scores[winner].iter().zip(&scores[0]).rev();
    match both.find(|(_, own)| own.is_finite()) {
        _ if winner == 0 => "It has the recipe's own settings.".to_owned(),
        Some((best, own)) => format!(
            "On the highest rung that both have reached it is {:+.4} above the recipe's own settings.",
            best - own
        ),
        None => "The recipe's own settings have come to no rung.".to_owned(),
    }
}

fn shown(score: Option<f64>) -> String {
    match score {
        None => "–".to_owned(),
        Some(score) if score.is_finite() => format!("{score:.4}"),
        Some(_) => "failed".to_owned(),
    }
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use toml::Value;

    use super::*;
    use crate::tuning::{Outcome, Trial};

    const SPACE: &str = "trials = 4\nreduction = 2\nrungs = [1, 3]\nseed = 1\n[space]\n\
        \"train.batch\" = { choices = [32, 64] }";

    #[test]
    fn the_table_begins_with_the_best_and_says_what_it_is_better_than() {
        let space: Space = toml::from_str(SPACE).unwrap();
        let own = Trial { point: None, values: BTreeMap::new() };
        let values = BTreeMap::from([("train.batch".to_owned(), Value::Integer(64))]);
        let drawn = Trial { point: Some(vec![0.75]), values };
        let outcome = |trial, rung, score| Outcome { trial, rung, score, seconds: 30.0, at_ms: 0 };
        let ledger = Ledger {
            spent_seconds: 90.0,
            trials: vec![own, drawn.clone(), drawn],
            outcomes: vec![
                outcome(0, 0, Some(0.5)),
                outcome(1, 0, Some(0.625)),
                outcome(1, 1, Some(0.75)),
                outcome(2, 0, None),
            ],
            ..Ledger::default()
        };
        let table = table(&space, &ledger);
        for line in [
            "3 of at most 4 trials in 1:30 min. Scores are those on validation rows; no test was read.",
            "Trial 0 has the recipe's own settings, but is trained for 3 epochs as all are.",
            "The best is trial 1: 0.7500 at 3 epochs. On the highest rung that both have reached it is +0.1250 above the recipe's own settings.",
            "| trial | 1 epoch | 3 epochs | time | train.batch |",
            "| 1 | 0.6250 | 0.7500 | 1:00 min | 64 |",
            "| 0 | 0.5000 | – | 0:30 min | the recipe's |",
            "| 2 | failed | – | 0:30 min | 64 |",
        ] {
            assert!(table.lines().any(|known| known == line), "{line} is no line of\n{table}");
        }
        assert!(table.find("| 1 |") < table.find("| 0 |"));
    }

    #[test]
    fn the_best_is_set_against_the_highest_rung_on_which_the_recipes_own_settings_did_not_fail() {
        let best = vec![0.625, 0.75];
        let against = |own: Vec<f64>| against(&[own, best.clone()], 1);
        assert!(against(vec![0.5, f64::NEG_INFINITY]).contains("+0.1250 above"));
        assert!(against(vec![f64::NEG_INFINITY]).contains("to no rung"));
    }
}
