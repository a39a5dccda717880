//! Where an ensemble comes from: its own choices, and what its members' cards say.

use anyhow::Result;
use jiff::Timestamp;
use sentiment::bundle::{Bundle, CARD, Card, DataSource};
use sha2::{Digest, Sha256};

use super::Choice;
use crate::{data::Report, recipe::Recipe};

/// What the card is made from.
pub struct Making<'a> {
    /// The members in the order of the choice's weights.
    pub members: &'a [Bundle],
    /// Weights and calibration.
    pub choice: &'a Choice,
    /// Whose sources the validation rows are of.
    pub recipe: &'a Recipe,
    /// The account of the prepared rows.
    pub report: &'a Report,
    /// The commands that made it, after those that made its members.
    pub commands: &'a [String],
}

/// The card, with the figures on validation.
///
/// # Errors
/// If a member's card cannot be read.
pub fn card(making: &Making<'_>, validation: Vec<sentiment::bundle::Metric>) -> Result<Card> {
    let Making { members, choice, recipe, report, commands } = making;
    let cards: Vec<Card> =
        members.iter().map(|member| Ok(member.json(CARD)?)).collect::<Result<_>>()?;
    let of_members: Vec<serde_json::Value> = members
        .iter()
        .zip(&choice.pool.weights)
        .zip(&choice.alone)
        .map(|((member, weight), alone)| {
            Ok(serde_json::json!({
                "name": member.name(),
                "version": member.version(),
                "card_sha256": hex::encode(Sha256::digest(member.file(CARD)?)),
                "weight": weight,
                "validation_log_loss": alone,
            }))
        })
        .collect::<Result<_>>()?;
    let seconds = cards.iter().map(|card| card.configuration["training_seconds"].as_f64());
    let configuration = serde_json::json!({
        "pool": "weighted mean of the members' log-probabilities",
        "members": of_members,
        "validation_log_loss": choice.loss,
        "rows_sha256": report.rows_sha256,
        "sources": recipe.sources,
        "tests": report.tests,
        // Of its members; choosing takes seconds.
        "training_seconds": seconds.sum::<Option<f64>>(),
    });
    let made = cards.iter().map(|card| card.command.as_str());
    let commands: Vec<&str> = made.chain(commands.iter().map(String::as_str)).collect();
    Ok(Card {
        description: description(members, choice),
        created_at: Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        command: commands.join(" && "),
        // Nothing is drawn: the seeds are those of the members.
        seed: 0,
        data: data(&cards),
        configuration,
        metrics: validation,
        limits: limits(&cards),
    })
}

fn description(members: &[Bundle], choice: &Choice) -> String {
    let parts: Vec<String> = members
        .iter()
        .zip(&choice.pool.weights)
        .map(|(member, weight)| format!("{} ({:.0} %)", member.name(), 100.0 * weight))
        .collect();
    format!(
        "An ensemble of {}: the weighted geometric mean of their probabilities, calibrated together.",
        parts.join(" and ")
    )
}

/// Every file that a member learnt from, once.
fn data(cards: &[Card]) -> Vec<DataSource> {
    let mut all: Vec<DataSource> = Vec::new();
    for source in cards.iter().flat_map(|card| &card.data) {
        match all.iter_mut().find(|known| known.sha256 == source.sha256) {
            Some(known) => known.rows = known.rows.max(source.rows),
            None => all.push(source.clone()),
        }
    }
    all
}

fn limits(cards: &[Card]) -> Vec<String> {
    let mut all = vec!["As large as its members together, and as slow.".to_owned()];
    for limit in cards.iter().flat_map(|card| &card.limits) {
        if !all.contains(limit) {
            all.push(limit.clone());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(files: &[(&str, u64)], limits: &[&str]) -> Card {
        let source = |&(file, rows): &(&str, u64)| DataSource {
            file: file.to_owned(),
            sha256: format!("sum of {file}"),
            rows,
        };
        Card {
            data: files.iter().map(source).collect(),
            limits: limits.iter().map(|&limit| limit.to_owned()).collect(),
            ..Card::default()
        }
    }

    #[test]
    fn what_members_share_is_said_once() {
        let cards = [
            card(&[("a", 10), ("b", 20)], &["English only."]),
            card(&[("b", 25), ("c", 5)], &["English only.", "No irony."]),
        ];
        let rows: Vec<(String, u64)> =
            data(&cards).into_iter().map(|source| (source.file, source.rows)).collect();
        assert_eq!(rows, [("a", 10), ("b", 25), ("c", 5)].map(|(f, n)| (f.to_owned(), n)));
        assert_eq!(limits(&cards)[1..], ["English only.", "No irony."]);
    }
}
