//! `vigie-train radar`

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result};
use clap::Args;
use radar::{Detector, Radar};

use crate::{
    behaviour::Examinee,
    radar::{
        benchmark::{self, REPORTED_SEED},
        days,
        report::{Part, Report},
        stream::simulate,
        world::{VOLUMES, World},
    },
};

/// What `radar` needs.
#[derive(Args)]
pub struct Arguments {
    /// Streams of each kind; each has a watch of every volume.
    #[arg(long, default_value_t = 20)]
    streams: u64,
    /// The released model's predictions for the airline test, whose confusion the labels go through.
    #[arg(
        long,
        value_name = "FILE",
        default_value = "docs/models/predictions/airline/bilstm.tsv.gz"
    )]
    predictions: PathBuf,
    /// The folder of the airline set; without it the days of February 2015 stay as they were reported.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The model for those days.
    #[arg(long, default_value = "models/bilstm", env = "VIGIE_MODEL")]
    model: PathBuf,
    /// Where `radar.md` and `radar.json` are written.
    #[arg(long, value_name = "DIR", default_value = "docs")]
    output: PathBuf,
}

/// Measures the radar and the published rules.
pub fn run(arguments: &Arguments) -> Result<()> {
    let confusion = benchmark::confusion(&arguments.predictions)?;
    let json = arguments.output.join("radar.json");
    let tweets_a_second = tweets_a_second(&confusion);
    let parts = [World::Town, World::Harbour].map(|world| {
        let scores = benchmark::run(world, arguments.streams, &confusion);
        Part::new(world, arguments.streams, &scores)
    });
    let days = match &arguments.data {
        Some(folder) => days::run(folder, Examinee::read(&arguments.model)?.model.as_ref())?,
        None => reported(&json)?,
    };
    let report = Report {
        command: "cargo xtask bench radar".to_owned(),
        worlds: parts.into(),
        tweets_a_second,
        days,
    };
    write(&json, &(serde_json::to_string_pretty(&report)? + "\n"))?;
    write(&json.with_extension("md"), &report.markdown())?;
    tell(&report)
}

/// The days of an earlier run.
fn reported(path: &Path) -> Result<Vec<days::Day>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let report: Report = serde_json::from_str(&fs::read_to_string(path)?)
        .with_context(|| format!("{} is damaged", path.display()))?;
    Ok(report.days)
}

/// On one core, all watches of a stream in the order of their times.
fn tweets_a_second(confusion: &crate::radar::confusion::Confusion) -> f64 {
    let mut tweets: Vec<_> = (0..VOLUMES.len())
        .flat_map(|watch| {
            let simulation = simulate(World::Town, REPORTED_SEED, 0, watch, confusion);
            simulation.tweets.into_iter().map(move |tweet| (format!("watch {watch}"), tweet))
        })
        .collect();
    tweets.sort_by_key(|(_, tweet)| tweet.at);
    let mut radar = Radar::default();
    let mut notices = Vec::new();
    let start = Instant::now();
    for (watch, tweet) in &tweets {
        radar.observe(&tweet.observation(watch), &mut notices);
    }
    tweets.len() as f64 / start.elapsed().as_secs_f64()
}

/// One record a line, as `cargo xtask bench` reads them.
#[expect(clippy::print_stdout, reason = "the command's answer")]
fn tell(report: &Report) -> Result<()> {
    for part in &report.worlds {
        let Some((rule, earlier)) = part.best_rule() else { continue };
        let world = serde_json::to_value(part.world)?;
        let world = world.as_str().unwrap_or_default();
        let round = |value: f64| (value * 1000.0).round() / 1000.0;
        let record = |case: &str, ours: f64, peer: f64, ratio: f64, unit: &str| {
            let record = serde_json::json!({
                "case": format!("{case}, {world} streams"),
                "ours": round(ours),
                "peer": round(peer),
                "against": rule.name,
                "ratio": round(ratio),
                "unit": unit,
            });
            println!("{record}");
        };
        let (ours, peer) = (&part.radar, rule);
        let (one, other) = (ours.recall_from_two.value, peer.recall_from_two.value);
        record("recall of incidents of ×2 and more", one, other, one / other.max(1e-3), "");
        let (one, other) = (ours.recall_of_small.value, peer.recall_of_small.value);
        record("recall of incidents of ×1.5", one, other, one / other.max(1e-3), "");
        let (one, other) = (ours.delay.value, peer.delay.value);
        record("median delay of the detection", one, other, other / one.max(1e-3), "min");
        eprintln!("earlier than “{}” by {:.0} min (median)", rule.name, earlier.value);
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}
