//! How long a model takes over one text, on one thread.

use std::{fs, thread, time::Instant};

use anyhow::{Context, Result};
use sentiment::Model;
use serde::{Deserialize, Serialize};

/// Times of single texts, and where they were taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latency {
    /// Half of the texts take no longer, in microseconds.
    pub p50_us: u64,
    /// 99 of 100 texts take no longer, in microseconds.
    pub p99_us: u64,
    /// How many texts.
    pub texts: u64,
    /// How often each was asked; its median counts.
    pub calls: u64,
    /// The processor.
    pub machine: String,
    /// Its cores; one is used.
    pub cores: u64,
    /// How the program was compiled: `release` or `test`.
    pub build: String,
}

const TEXTS: usize = 300;
const CALLS: usize = 5;

impl Latency {
    /// Asks `model` about single texts, spread evenly over `texts`, one after the other.
    ///
    /// # Errors
    /// If there are no texts, or the model fails.
    pub fn measure(model: &dyn Model, texts: &[&str]) -> Result<Self> {
        let count = texts.len().min(TEXTS);
        let chosen: Vec<&str> = (0..count).map(|k| texts[k * texts.len() / count]).collect();
        // The first calls bring code and weights into the caches.
        for text in chosen.iter().take(30) {
            model.predict(&[text])?;
        }
        let mut times = Vec::with_capacity(count);
        for text in &chosen {
            let mut calls = Vec::with_capacity(CALLS);
            for _ in 0..CALLS {
                let start = Instant::now();
                model.predict(&[text])?;
                calls.push(start.elapsed().as_micros() as u64);
            }
            calls.sort_unstable();
            times.push(calls[CALLS / 2]);
        }
        times.sort_unstable();
        let at = |percent: usize| times.get((count * percent / 100).min(count.saturating_sub(1)));
        let none = "there are no texts to measure the latency with";
        Ok(Self {
            p50_us: *at(50).context(none)?,
            p99_us: *at(99).context(none)?,
            texts: count as u64,
            calls: CALLS as u64,
            machine: processor(),
            cores: thread::available_parallelism().map_or(1, |cores| cores.get() as u64),
            build: if cfg!(debug_assertions) { "test" } else { "release" }.to_owned(),
        })
    }
}

/// The processor's name where the system tells it.
fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned())
}
