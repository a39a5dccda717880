//! `docs/radar.md`, out of the figures.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::{
    benchmark::{ALLOWED, Candidate},
    days::Day,
    events::{RAMPS, SIZES},
    figures::{Figure, Reached, allowed, earlier, recall},
    scoring::Score,
    world::{DAYS, VOLUMES, World},
};

/// All that is reported.
#[derive(Debug, Serialize, Deserialize)]
pub struct Report {
    /// The command that made it.
    pub command: String,
    /// By kind of stream.
    pub worlds: Vec<Part>,
    /// Tweets a second on one core.
    pub tweets_a_second: f64,
    /// The days of February 2015; kept from an earlier run where their data is not there.
    pub days: Vec<Day>,
}

/// The figures of a kind of stream.
#[derive(Debug, Serialize, Deserialize)]
pub struct Part {
    /// The kind.
    pub world: World,
    /// Streams, of as many watches as there are volumes.
    pub streams: u64,
    /// The radar as it is released.
    pub radar: Reached,
    /// The rules, each where it has no more false alarms than allowed.
    pub rules: Vec<Reached>,
    /// Minutes by which the radar is earlier than each of them on what both found.
    pub earlier: Vec<Figure>,
    /// The rules as they are published.
    pub published: Vec<Reached>,
    /// The radar at other thresholds.
    pub curve: Vec<Reached>,
    /// Found and all, by volume, ramp and size.
    pub strata: Vec<Stratum>,
}

/// Incidents of one kind.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stratum {
    /// Usual tweets an hour.
    pub volume: f64,
    /// Minutes to the peak.
    pub ramp: i64,
    /// Times the usual negatives.
    pub size: f64,
    /// Share found.
    pub recall: Figure,
}

impl Part {
    /// Of what was run.
    ///
    /// # Panics
    /// Never: the radar is among the candidates.
    pub fn new(world: World, streams: u64, scores: &[(Candidate, Score)]) -> Self {
        let reached = |(candidate, score): &(Candidate, Score)| Reached::of(*candidate, score);
        let released = &scores[0];
        let tuned: Vec<&(Candidate, Score)> =
            radar::rules::Rule::ALL.iter().filter_map(|rule| allowed(scores, *rule)).collect();
        let is_published = |candidate: &Candidate| matches!(candidate, Candidate::Rule(rule, threshold) if rule.published() == *threshold);
        let mut strata = Vec::new();
        for volume in VOLUMES {
            for ramp in RAMPS {
                for size in SIZES {
                    let recall = recall(&released.1, |case| {
                        case.volume == volume && case.ramp == ramp && case.size == size
                    });
                    strata.push(Stratum { volume, ramp, size, recall });
                }
            }
        }
        Self {
            world,
            streams,
            radar: reached(released),
            rules: tuned.iter().map(|scored| reached(scored)).collect(),
            earlier: tuned.iter().map(|(_, score)| earlier(&released.1, score)).collect(),
            published: scores
                .iter()
                .filter(|(candidate, _)| is_published(candidate))
                .map(reached)
                .collect(),
            curve: scores
                .iter()
                .filter(|(candidate, _)| matches!(candidate, Candidate::Radar(_)))
                .map(reached)
                .collect(),
            strata,
        }
    }

    /// The rule that finds most.
    pub fn best_rule(&self) -> Option<(&Reached, &Figure)> {
        let recall = |rule: &&(&Reached, &Figure)| rule.0.recall_from_two.value;
        self.rules
            .iter()
            .zip(&self.earlier)
            .max_by(|one, other| recall(&one).total_cmp(&recall(&other)))
    }

    /// The share found by volume and size, over all ramps, as a row of a table.
    fn cell(&self, of: impl Fn(&Stratum) -> bool) -> String {
        let (found, all) =
            self.strata.iter().filter(|stratum| of(stratum)).fold((0.0, 0), |sum, stratum| {
                (sum.0 + stratum.recall.value * stratum.recall.n as f64, sum.1 + stratum.recall.n)
            });
        if all == 0 { "–".to_owned() } else { format!("{found:.0}/{all}") }
    }
}

impl Report {
    /// As a page.
    pub fn markdown(&self) -> String {
        let mut text = format!(
            "# The radar, measured\n\nMade by `{}`; do not edit. The figures are in `radar.json`; the streams are made by \
            `trainer/src/radar`, the decisions are in [ADR 11](adr/0011-radar.md).\n\n\
            On one core the radar takes in {} tweets a second (town streams, all watches).\n",
            self.command,
            thousands(self.tweets_a_second),
        );
        for part in &self.worlds {
            part.write(&mut text);
        }
        super::days::write(&mut text, &self.days);
        text
    }
}

impl Part {
    fn write(&self, text: &mut String) {
        let (title, about) = match self.world {
            World::Town => (
                "Town streams",
                "Seasons of day and week, Poisson arrivals, labels and reasons through the released BiLSTM's confusion on the airline test.",
            ),
            World::Harbour => (
                "Harbour streams",
                "Another generator: no seasons, a level and a share of negatives that drift, bursts of chance (standard deviation .3 of the \
                 volume's logarithm, lasting hours), 12 % of the labels by a coin, tweets out of order by minutes, half of the watches without authors, a \
                 third without reasons, rises that begin slowly. What was tuned on town streams is measured on these as it is.",
            ),
        };
        let watches = self.streams * VOLUMES.len() as u64;
        let incidents = self.radar.recall_from_two.n + self.radar.recall_of_small.n;
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n## {title}\n\n{about} {} streams of {DAYS} days, {watches} watches of 5 to 500 tweets an hour, {incidents} incidents of ×1.5 to ×6 of the usual negatives \
            with rises of 15 minutes to 12 hours; three campaigns or jokes and three bursts of robots or copies in each watch. \
            Found is an incident with an alarm while it goes on; every other alarm, a second one in the same incident too, is false. \
            The peak is the end of the rise. Each rule has the lowest threshold at which it has at most {ALLOWED} false alarms on these very streams; \
            the radar was tuned on other seeds. 95 % intervals (Wilson; 1,000 drawings).\n\n\
            | detector | threshold | recall ×2 and more | recall ×1.5 | false alarms a watch and week | median minutes before the peak | radar earlier by, median |\n|---|---|---|---|---|---|---|\n",
            self.streams
        );
        row(text, &self.radar, "");
        for (rule, earlier) in self.rules.iter().zip(&self.earlier) {
            row(text, rule, &minutes(earlier));
        }
        let _ = write!(
            text,
            "\nThe rules as they are published:\n\n| detector | threshold | recall ×2 and more | recall ×1.5 | false alarms a watch and week | median minutes before the peak |\n|---|---|---|---|---|---|\n"
        );
        self.published.iter().for_each(|rule| short_row(text, rule));
        let _ = write!(
            text,
            "\nThe radar at other thresholds:\n\n| detector | threshold | recall ×2 and more | recall ×1.5 | false alarms a watch and week | median minutes before the peak |\n|---|---|---|---|---|---|\n"
        );
        self.curve.iter().for_each(|radar| short_row(text, radar));
        self.tables(text);
    }

    fn tables(&self, text: &mut String) {
        let sizes: String = SIZES.iter().map(|size| format!(" ×{size} |")).collect();
        let _ = write!(
            text,
            "\nFound by the radar, of how many, by tweets an hour:\n\n| tweets an hour |{sizes}\n|---|---|---|---|---|---|\n"
        );
        for volume in VOLUMES {
            let cells: String = SIZES
                .iter()
                .map(|size| format!(" {} |", self.cell(|s| s.volume == volume && s.size == *size)))
                .collect();
            let _ = writeln!(text, "| {volume} |{cells}");
        }
        let _ = write!(
            text,
            "\nBy minutes of the rise:\n\n| minutes |{sizes}\n|---|---|---|---|---|---|\n"
        );
        for ramp in RAMPS {
            let cells: String = SIZES
                .iter()
                .map(|size| format!(" {} |", self.cell(|s| s.ramp == ramp && s.size == *size)))
                .collect();
            let _ = writeln!(text, "| {ramp} |{cells}");
        }
        let _ = write!(
            text,
            "\nBy both:\n\n| tweets an hour | minutes |{sizes}\n|---|---|---|---|---|---|---|\n"
        );
        for volume in VOLUMES {
            for ramp in RAMPS {
                let of = |size: f64| {
                    self.cell(|s| s.volume == volume && s.ramp == ramp && s.size == size)
                };
                let cells: String = SIZES.iter().map(|size| format!(" {} |", of(*size))).collect();
                let _ = writeln!(text, "| {volume} | {ramp} |{cells}");
            }
        }
    }
}

fn row(text: &mut String, reached: &Reached, earlier: &str) {
    let line = line(reached);
    let _ = writeln!(text, "{line} {earlier} |");
}

fn short_row(text: &mut String, reached: &Reached) {
    let _ = writeln!(text, "{}", line(reached));
}

fn line(reached: &Reached) -> String {
    let Reached { name, threshold, recall_from_two, recall_of_small, false_alarms, lead, .. } =
        reached;
    format!(
        "| {name} | {threshold:.2} | {} | {} | {} | {} |",
        share(recall_from_two),
        share(recall_of_small),
        share(false_alarms),
        minutes(lead)
    )
}

fn share(figure: &Figure) -> String {
    format!("{:.3} ({:.3} to {:.3})", figure.value, figure.low, figure.high)
}

fn minutes(figure: &Figure) -> String {
    format!("{:.0} ({:.0} to {:.0})", figure.value, figure.low, figure.high)
}

fn thousands(value: f64) -> String {
    let digits = format!("{:.0}", (value / 1000.0).round() * 1000.0);
    let start = digits.len() % 3;
    let mut text = digits[..start].to_owned();
    for group in digits.as_bytes()[start..].chunks(3) {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(&String::from_utf8_lossy(group));
    }
    text
}
