//! Floors and aims, met or missed.

use super::{line, three, with_interval};
use crate::comparison::results::{Comparison, GoalResult, Verdict};

pub fn section(comparison: &Comparison) -> String {
    if comparison.goals.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "## Floors and aims\n\nA floor must hold; an aim is what is tried for. Both are held against the figure itself, not the ends of its interval.\n\n\
         | protocol | model | figure | reached | floor | aim |\n|---|---|---|---|---|---|\n",
    );
    for goal in &comparison.goals {
        row(&mut text, goal);
    }
    text.push('\n');
    text
}

fn row(text: &mut String, goal: &GoalResult) {
    let judged = |wanted: Option<(f64, Verdict)>| {
        wanted.map_or_else(String::new, |(value, verdict)| match verdict {
            Verdict::NotMeasured => three(value),
            _ => format!("{}: {}", three(value), bold(verdict)),
        })
    };
    let floor = match &goal.above {
        Some((other, verdict)) => {
            let paired = format!("above {} by a paired test: {}", other, bold(*verdict));
            [judged(goal.floor), paired]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("; ")
        }
        None => judged(goal.floor),
    };
    line(
        text,
        format_args!(
            "| {} | {} | {} | {} | {floor} | {} |",
            goal.protocol_title,
            goal.model_title,
            goal.measure,
            goal.figure.map_or_else(|| "not measured".to_owned(), with_interval),
            judged(goal.aim),
        ),
    );
}

fn bold(verdict: Verdict) -> String {
    match verdict {
        Verdict::Missed => format!("**{}**", verdict.as_str()),
        _ => verdict.as_str().to_owned(),
    }
}
