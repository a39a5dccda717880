//! A watch takes no more than a megabyte.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use radar::{Detector, Radar};

#[path = "properties/support.rs"]
#[expect(dead_code, reason = "the other tests use the rest")]
mod support;

use support::{DAY, Numbers, Tweet, usual};

/// Memory of this process, in bytes.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    1024 * line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap()
}

#[test]
fn a_watch_takes_at_most_a_megabyte() {
    const WATCHES: usize = 48;
    let names: Vec<String> = (0..WATCHES).map(|watch| format!("watch {watch}")).collect();
    let mut radar = Radar::default();
    let mut said = Vec::new();
    let mut numbers = Numbers(5);
    let tail = "ü".repeat(240);
    // More authors, texts and words than any table holds.
    let tweets: Vec<Tweet> = usual(&mut numbers, 0, 2 * DAY, 700, 60)
        .into_iter()
        .map(|tweet| Tweet { text: format!("{} {tail}", tweet.text), ..tweet })
        .collect();
    let before = resident();
    for tweet in &tweets {
        for name in &names {
            radar.observe(&radar::Observation { watch: name, ..tweet.observation() }, &mut said);
        }
    }
    let a_watch = resident().saturating_sub(before) / WATCHES;
    assert!(a_watch <= 1_000_000, "{a_watch} bytes");
    assert!(a_watch > 100_000, "{a_watch} bytes: the tables cannot be full");
}
