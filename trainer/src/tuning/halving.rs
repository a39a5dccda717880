//! Which trial is trained next, and how far.

/// How many trials there may be, and how many of them go on.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Trials at most.
    pub trials: usize,
    /// Of how many on a rung one goes on.
    pub reduction: usize,
    /// Rungs.
    pub rungs: usize,
}

/// Training a trial up to a rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// The trial; one that there is none of yet is to be begun.
    pub trial: usize,
    /// The rung, from 0.
    pub rung: usize,
}

/// The next job, when `scores` are those of each trial on the rungs that it has reached; a trial
/// that has failed has negative infinity there. Nothing when the search is over.
///
/// A trial goes on when it is among the best of its rung, one of so many; from the highest rung
/// down, so that good ones come to their end early. When nothing else is left, the best of each rung
/// that has not failed above it goes on however few there are, so that one comes to the end.
#[must_use]
pub fn next(plan: Plan, scores: &[Vec<f64>]) -> Option<Job> {
    if let Some(job) = promoted(plan, scores, Rule::OneOfSoMany) {
        return Some(job);
    }
    if scores.len() < plan.trials {
        return Some(Job { trial: scores.len(), rung: 0 });
    }
    promoted(plan, scores, Rule::AtLeastOne)
}

/// How many of a rung go on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// One of as many as the plan says, whatever becomes of it.
    OneOfSoMany,
    /// At least one, and another one in the place of who has failed above.
    AtLeastOne,
}

/// The best trial that is among the best of its rung and waits to go on.
fn promoted(plan: Plan, scores: &[Vec<f64>], rule: Rule) -> Option<Job> {
    let least = usize::from(rule == Rule::AtLeastOne);
    let has_failed = |trial: usize| scores[trial].last() == Some(&f64::NEG_INFINITY);
    (0..plan.rungs.saturating_sub(1)).rev().find_map(|rung| {
        let mut on_rung: Vec<usize> = (0..scores.len())
            .filter(|&trial| scores[trial].len() > rung)
            .filter(|&trial| rule == Rule::OneOfSoMany || !has_failed(trial))
            .collect();
        on_rung.sort_by(|&a, &b| scores[b][rung].total_cmp(&scores[a][rung]).then(a.cmp(&b)));
        let count = (on_rung.len() / plan.reduction).max(least);
        let mut best = on_rung.into_iter().take(count);
        let waiting = best.find(|&trial| scores[trial].len() == rung + 1 && !has_failed(trial));
        waiting.map(|trial| Job { trial, rung: rung + 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a whole search in which each trial has one score on all rungs.
    fn search(plan: Plan, of: &[f64]) -> Vec<(usize, usize)> {
        let (mut scores, mut jobs): (Vec<Vec<f64>>, Vec<_>) = (Vec::new(), Vec::new());
        while let Some(Job { trial, rung }) = next(plan, &scores) {
            if trial == scores.len() {
                scores.push(Vec::new());
            }
            assert_eq!(scores[trial].len(), rung, "a rung is left out");
            scores[trial].push(of[trial]);
            jobs.push((trial, rung));
        }
        jobs
    }

    #[test]
    fn one_of_three_goes_on_as_soon_as_it_can_be_told_which() {
        let plan = Plan { trials: 9, reduction: 3, rungs: 3 };
        let of = [0.1, 0.9, 0.2, 0.3, 0.4, 0.8, 0.7, 0.6, 0.5];
        let jobs = search(plan, &of);
        assert_eq!(jobs[..4], [(0, 0), (1, 0), (2, 0), (1, 1)]);
        assert_eq!(jobs.iter().filter(|job| job.1 == 0).count(), 9);
        assert_eq!(*jobs.last().unwrap(), (1, 2), "the best comes to the end");
        assert!(jobs.len() <= 9 + 3 + 1, "{jobs:?}");
    }

    #[test]
    fn the_best_of_few_comes_to_the_end() {
        let plan = Plan { trials: 2, reduction: 4, rungs: 3 };
        assert_eq!(search(plan, &[0.2, 0.7]), [(0, 0), (1, 0), (1, 1), (1, 2)]);
    }

    #[test]
    fn a_trial_that_has_failed_never_goes_on() {
        let plan = Plan { trials: 2, reduction: 2, rungs: 2 };
        let failed = f64::NEG_INFINITY;
        assert_eq!(search(plan, &[failed, 0.1]), [(0, 0), (1, 0), (1, 1)]);
        assert_eq!(search(plan, &[failed, failed]), [(0, 0), (1, 0)]);
    }

    #[test]
    fn when_the_best_of_a_rung_fails_higher_up_the_next_best_goes_on() {
        let plan = Plan { trials: 2, reduction: 2, rungs: 3 };
        let failed = f64::NEG_INFINITY;
        let next = |best: &[f64]| next(plan, &[vec![0.5], best.to_vec()]);
        assert_eq!(next(&[0.9, failed]), Some(Job { trial: 0, rung: 1 }));
        assert_eq!(next(&[0.9, 0.9, failed]), Some(Job { trial: 0, rung: 1 }));
    }
}
