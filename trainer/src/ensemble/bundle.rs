//! An ensemble as a bundle.

use anyhow::Result;
use sentiment::{
    bundle::{Bundle, BundleFiles, CARD, CONFIG, Card},
    models::ensemble::{Config, FAMILY, MemberConfig},
};
use serde::Serialize;

use super::Choice;

/// The bundle called `name` of these members, in the order of the choice's weights, read with
/// them: it pins the version of each.
///
/// # Errors
/// If the name is none for a model.
pub fn bundle(name: &str, members: &[Bundle], choice: &Choice, card: &Card) -> Result<Bundle> {
    let pinned = members.iter().zip(&choice.pool.weights).map(|(member, &weight)| MemberConfig {
        name: member.name().to_owned(),
        version: member.version().to_owned(),
        weight,
    });
    let config = Config {
        family: FAMILY.to_owned(),
        members: pinned.collect(),
        calibration: choice.calibration,
        languages: choice.pool.languages.clone(),
    };
    let files =
        BundleFiles::from([(CONFIG.to_owned(), json(&config)?), (CARD.to_owned(), json(card)?)]);
    Ok(Bundle::create(name, files)?.with_members(members.iter().cloned()))
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}
