//! The learning rate over time.

/// Linear warm-up to `peak`, then half a cosine down to `peak × last_share`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule {
    /// The highest rate.
    pub peak: f64,
    /// Share of all steps that the warm-up takes, 0 to 1.
    pub warm_up: f64,
    /// What is left of the peak at the end, as a share of it.
    pub last_share: f64,
    /// All steps.
    pub steps: u64,
}

impl Schedule {
    /// The rate of `step`, counted from 0.
    #[must_use]
    pub fn rate(&self, step: u64) -> f64 {
        let warm_up = self.warm_up * self.steps as f64;
        let step = step as f64;
        if step < warm_up {
            return self.peak * (step + 1.0) / (warm_up + 1.0);
        }
        let share = ((step - warm_up) / (self.steps as f64 - warm_up).max(1.0)).min(1.0);
        let fall = 0.5 * (1.0 + (std::f64::consts::PI * share).cos());
        self.peak * (self.last_share + (1.0 - self.last_share) * fall)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rises_to_the_peak_and_falls_to_the_end() {
        let schedule = Schedule { peak: 1.0, warm_up: 0.1, last_share: 0.01, steps: 100 };
        assert!((schedule.rate(0) - 1.0 / 11.0).abs() < 1e-12);
        assert!((schedule.rate(10) - 1.0).abs() < 1e-12);
        assert!((schedule.rate(55) - 0.505).abs() < 1e-12);
        assert!((schedule.rate(100) - 0.01).abs() < 1e-12);
        assert!((schedule.rate(1000) - 0.01).abs() < 1e-12);
    }
}
