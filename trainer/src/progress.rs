//! How far, how fast, how long still: a bar on a terminal, a line now and then in a log.

use std::{
    io::IsTerminal,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

/// Seconds between two lines in a log.
const LINE_EVERY: Duration = Duration::from_secs(30);

/// Progress of one piece of work; threads may share it.
pub struct Progress {
    title: String,
    unit: &'static str,
    total: u64,
    done: AtomicU64,
    /// What was done before this run began, by the run that it resumes.
    before: u64,
    start: Instant,
    shown: Shown,
}

enum Shown {
    Bar(ProgressBar),
    Lines(Mutex<Instant>),
    Nothing,
}

impl Progress {
    /// `total` pieces called `unit`, of which `before` were done by an earlier run; on stderr.
    #[must_use]
    pub fn new(title: &str, unit: &'static str, total: u64, before: u64) -> Self {
        let shown = if std::io::stderr().is_terminal() {
            let bar = ProgressBar::new(total).with_prefix(title.to_owned()).with_position(before);
            let template = format!(
                "{{prefix}} {{wide_bar}} {{pos}}/{{len}} {unit}, {{per_sec}}, {{eta}} left {{msg}}"
            );
            bar.set_style(
                ProgressStyle::with_template(&template)
                    .unwrap_or_else(|_| ProgressStyle::default_bar()),
            );
            bar.reset_eta();
            Shown::Bar(bar)
        } else {
            Shown::Lines(Mutex::new(Instant::now()))
        };
        Self {
            title: title.to_owned(),
            unit,
            total,
            done: AtomicU64::new(before),
            before,
            start: Instant::now(),
            shown,
        }
    }

    /// Progress that nobody sees.
    #[must_use]
    pub fn silent() -> Self {
        Self {
            title: String::new(),
            unit: "",
            total: 0,
            done: AtomicU64::new(0),
            before: 0,
            start: Instant::now(),
            shown: Shown::Nothing,
        }
    }

    /// `count` more pieces are done.
    pub fn advance(&self, count: u64) {
        let done = self.done.fetch_add(count, Ordering::Relaxed) + count;
        match &self.shown {
            Shown::Bar(bar) => bar.set_position(done),
            Shown::Lines(last) => {
                if let Ok(mut last) = last.try_lock()
                    && last.elapsed() >= LINE_EVERY
                {
                    *last = Instant::now();
                    self.say(&self.line(done));
                }
            }
            Shown::Nothing => {}
        }
    }

    /// A sentence beside the bar, or a line of its own in a log.
    #[expect(clippy::print_stderr, reason = "progress of a command line tool")]
    pub fn say(&self, sentence: &str) {
        match &self.shown {
            Shown::Bar(bar) => bar.suspend(|| eprintln!("{sentence}")),
            Shown::Lines(_) => eprintln!("{sentence}"),
            Shown::Nothing => {}
        }
    }

    /// Pieces per second since this run began.
    #[must_use]
    pub fn per_second(&self) -> f64 {
        let done = self.done.load(Ordering::Relaxed) - self.before;
        done as f64 / self.start.elapsed().as_secs_f64().max(1e-9)
    }

    /// Seconds until the end, at the speed so far.
    #[must_use]
    pub fn seconds_left(&self) -> f64 {
        let left = self.total.saturating_sub(self.done.load(Ordering::Relaxed));
        left as f64 / self.per_second().max(1e-9)
    }

    fn line(&self, done: u64) -> String {
        let speed = self.per_second();
        format!(
            "{}: {done} of {} {unit}, {speed:.0} {unit}/s, {} left",
            self.title,
            self.total,
            minutes(self.seconds_left()),
            unit = self.unit
        )
    }
}

/// A time as `3:51 min`.
#[must_use]
pub fn minutes(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    format!("{}:{:02} min", seconds / 60, seconds % 60)
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_minute_has_sixty_seconds() {
        assert_eq!(minutes(119.7), "2:00 min");
        assert_eq!(minutes(231.0), "3:51 min");
    }
}
