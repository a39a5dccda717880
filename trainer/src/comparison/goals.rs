//! What had to be reached, and whether it was.

use super::{
    Description, Goal, Protocol, Summary,
    results::{Figure, GoalResult, Pair, ProtocolResult, Verdict},
};

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
    let judged = |wanted: f64| (wanted, reached(goal.measure, figure, wanted));
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
        measure: goal.measure,
        figure,
        floor: goal.floor.map(judged),
        aim: goal.aim.map(judged),
        above,
    }
}

fn reached(measure: Summary, figure: Option<Figure>, wanted: f64) -> Verdict {
    match figure {
        None => Verdict::NotMeasured,
        Some(figure) if measure.reaches(figure.value, wanted) => Verdict::Met,
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
