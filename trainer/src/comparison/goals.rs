//! What had to be reached, and whether it was.

use super::{
    BehaviourGoal, Description, Goal, Protocol, Summary,
    results::{Figure, GoalResult, ModelFacts, Pair, ProtocolResult, Verdict},
};
use crate::metrics::Interval;

/// The largest p value that counts as a difference.
const SIGNIFICANT: f64 = 0.05;

/// What came of `goal`, which is one of the protocol `described`.
#[must_use]
pub fn outcome(
    description: &Description,
    described: &Protocol,
    goal: &Goal,
    protocols: &[ProtocolResult],
) -> GoalResult {
    let protocol = protocols.iter().find(|protocol| protocol.name == described.name);
    let figure = protocol.and_then(|protocol| {
        let result = protocol.results.iter().find(|result| result.model == goal.model)?;
        result.figure(goal.measure)
    });
    let reaches = |value, wanted| goal.measure.reaches(value, wanted);
    let judged = |wanted: f64| (wanted, verdict(figure, wanted, reaches));
    let above = goal.above.as_ref().map(|other| {
        let verdict = protocol.map_or(Verdict::NotMeasured, |protocol| {
            is_above(&protocol.pairs, &goal.model, other, goal.measure)
        });
        (description.title_of(other), verdict)
    });
    GoalResult {
        protocol: described.name.clone(),
        protocol_title: described.title.clone(),
        model: goal.model.clone(),
        model_title: description.title_of(&goal.model),
        measure: goal.measure.name().to_owned(),
        figure,
        floor: goal.floor.map(judged),
        aim: goal.aim.map(judged),
        above,
    }
}

/// What came of a goal of the behaviour suite.
#[must_use]
pub fn behaviour(
    description: &Description,
    goal: &BehaviourGoal,
    models: &[ModelFacts],
) -> GoalResult {
    let model = models.iter().find(|model| model.name == goal.model);
    let metric = model
        .and_then(|model| model.facts.behaviour.iter().find(|metric| metric.name == goal.measure));
    let figure = metric.map(|metric| {
        let interval = Interval { low: metric.low, high: metric.high };
        Figure::new(metric.value, interval, metric.n)
    });
    let judged = |wanted: f64| Some((wanted, verdict(figure, wanted, |a, b| a >= b)));
    GoalResult {
        protocol: "behaviour".to_owned(),
        protocol_title: "Behaviour suite".to_owned(),
        model: goal.model.clone(),
        model_title: description.title_of(&goal.model),
        measure: goal.measure.clone(),
        figure,
        floor: judged(goal.floor),
        aim: judged(goal.aim),
        above: None,
    }
}

fn verdict(figure: Option<Figure>, wanted: f64, reaches: impl Fn(f64, f64) -> bool) -> Verdict {
    match figure {
        None => Verdict::NotMeasured,
        Some(figure) if reaches(figure.value, wanted) => Verdict::Met,
        Some(_) => Verdict::Missed,
    }
}

fn is_above(pairs: &[Pair], model: &str, other: &str, measure: Summary) -> Verdict {
    let found = pairs.iter().find_map(|pair| {
        let sign = match (
            pair.first == model && pair.second == other,
            pair.first == other && pair.second == model,
        ) {
            (true, _) => 1.0,
            (_, true) => -1.0,
            _ => return None,
        };
        pair.of(measure).map(|difference| (sign * difference.value, difference.p))
    });
    match found {
        None => Verdict::NotMeasured,
        Some((difference, p)) if difference > 0.0 && p < SIGNIFICANT => Verdict::Met,
        Some(_) => Verdict::Missed,
    }
}
