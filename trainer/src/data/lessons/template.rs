//! A text with holes.

use std::collections::{BTreeMap, HashSet};

use anyhow::{Context, Result, ensure};
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use crate::{data::Fingerprint, random::stream};

/// What may fill the holes of a name.
pub type Slots = BTreeMap<String, Vec<String>>;

/// How many texts are drawn for each that is wanted, before a template is taken as used up.
const DRAWS: usize = 12;

/// A text whose holes are filled by chance: `{city}` from the slot of that name, `{very|so|}` by
/// one of what stands there, which may have holes in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// As it is written.
    pub written: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Fixed(String),
    /// What stands between the braces, and what may fill them.
    Hole(String, Vec<Vec<Piece>>),
}

impl Template {
    /// Reads `written`.
    ///
    /// # Errors
    /// If a brace has no partner, or a slot is not among `slots`.
    pub fn parse(written: &str, slots: &Slots) -> Result<Self> {
        let pieces = pieces(written, slots).with_context(|| format!("“{written}” is not sound"))?;
        Ok(Self { written: written.to_owned(), pieces })
    }

    /// What stands between its braces.
    #[must_use]
    pub fn holes(&self) -> Vec<&str> {
        let mut names = Vec::new();
        name_holes(&self.pieces, &mut names);
        names
    }

    /// Up to `count` of its texts, none of which is a copy of another as [`Fingerprint`] sees
    /// it; the same under the same seed, whatever other templates there are.
    #[must_use]
    pub fn expansions(&self, count: usize, seed: u64) -> Vec<String> {
        let mut random = stream(seed, &self.written, 0);
        let mut seen = HashSet::new();
        (0..count * DRAWS)
            .map(|_| {
                let mut text = String::new();
                draw(&self.pieces, &mut random, &mut HashSet::new(), &mut text);
                tidy(&text)
            })
            .filter(|text| seen.insert(Fingerprint::of(text)))
            .take(count)
            .collect()
    }
}

/// `text` without the gaps that holes leave which nothing fills.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",")
}

/// The pieces of `text`.
fn pieces(text: &str, slots: &Slots) -> Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let end = partner(after).context("it opens a brace that nothing closes")?;
        let (hole, after) = (&after[..end], &after[end + 1..]);
        let choices = alternatives(hole);
        let fillings = if choices.len() > 1 {
            choices.into_iter().map(|choice| self::pieces(choice, slots)).collect::<Result<_>>()?
        } else {
            let slot = slots.get(hole).with_context(|| format!("the slot “{hole}” is nowhere"))?;
            slot.iter().map(|filling| vec![Piece::Fixed(filling.clone())]).collect()
        };
        pieces.push(fixed(before)?);
        pieces.push(Piece::Hole(hole.to_owned(), fillings));
        rest = after;
    }
    pieces.push(fixed(rest)?);
    Ok(pieces)
}

fn fixed(text: &str) -> Result<Piece> {
    ensure!(!text.contains('}'), "it closes a brace that nothing opens");
    Ok(Piece::Fixed(text.to_owned()))
}

/// Where the brace is closed that was opened before `text`.
fn partner(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.char_indices().find_map(|(at, character)| {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

/// The parts of `hole` between its own bars, not those of holes in it.
fn alternatives(hole: &str) -> Vec<&str> {
    let mut depth = 0;
    hole.split(|character| {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth == 0 && character == '|'
    })
    .collect()
}

fn name_holes<'a>(pieces: &'a [Piece], names: &mut Vec<&'a str>) {
    for piece in pieces {
        if let Piece::Hole(name, fillings) = piece {
            names.push(name);
            fillings.iter().for_each(|filling| name_holes(filling, names));
        }
    }
}

/// Adds one text of `pieces` to `text`. Equal holes are filled differently where there is a
/// choice, of which `used` keeps account.
fn draw<'a>(
    pieces: &'a [Piece],
    random: &mut ChaCha8Rng,
    used: &mut HashSet<(&'a str, usize)>,
    text: &mut String,
) {
    for piece in pieces {
        match piece {
            Piece::Fixed(fixed) => text.push_str(fixed),
            Piece::Hole(name, fillings) => {
                let fresh: Vec<usize> =
                    (0..fillings.len()).filter(|&index| !used.contains(&(name, index))).collect();
                let index = fresh.choose(random).copied().unwrap_or_default();
                used.insert((name, index));
                draw(&fillings[index], random, used, text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(written: &str) -> Result<Template> {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let slots = Slots::from([
            ("airline".to_owned(), words(&["@united", "@delta"])),
            ("city".to_owned(), words(&["Boston", "Denver", "Miami"])),
        ]);
        Template::parse(written, &slots)
    }

    fn sorted(written: &str, count: usize) -> Vec<String> {
        let mut texts = template(written).unwrap().expansions(count, 1);
        texts.sort_unstable();
        texts
    }

    #[test]
    fn holes_are_filled_from_slots_and_from_what_stands_in_them() {
        assert_eq!(
            sorted("so {late|slow} in {city}", 20),
            [
                "so late in Boston",
                "so late in Denver",
                "so late in Miami",
                "so slow in Boston",
                "so slow in Denver",
                "so slow in Miami"
            ]
        );
    }

    #[test]
    fn what_fills_a_hole_may_have_holes() {
        assert_eq!(
            sorted("off{ to {city}|}", 9),
            ["off", "off to Boston", "off to Denver", "off to Miami"]
        );
    }

    #[test]
    fn nothing_may_fill_a_hole_without_leaving_a_gap() {
        assert_eq!(sorted("{very |}good {one|}, bye", 9)[..2], ["good one, bye", "good, bye"]);
    }

    #[test]
    fn no_more_texts_than_asked_for_and_no_copies() {
        assert_eq!(sorted("{city} to {city}", 4).len(), 4);
        assert_eq!(sorted("{airline} thanks", 9).len(), 1, "which airline makes no other text");
    }

    #[test]
    fn equal_holes_are_filled_differently() {
        for text in sorted("{city} {city} {city}", 6) {
            for city in ["Boston", "Denver", "Miami"] {
                assert!(text.contains(city), "{text}");
            }
        }
    }

    #[test]
    fn a_seed_gives_its_texts_again_and_another_gives_others() {
        let template = template("{city} {city} {a|b|c|d} {e|f|g|h}").unwrap();
        assert_eq!(template.expansions(9, 1), template.expansions(9, 1));
        assert_ne!(template.expansions(9, 1), template.expansions(9, 2));
    }

    #[test]
    fn what_cannot_be_filled_is_refused() {
        for (written, said) in [
            ("in {town}", "the slot “town”"),
            ("in {town|{village}}", "the slot “village”"),
            ("in {city", "nothing closes"),
            ("in city}", "nothing opens"),
            ("in} {city}", "nothing opens"),
        ] {
            let error = format!("{:#}", template(written).unwrap_err());
            assert!(error.contains(said), "{error}");
        }
    }
}
