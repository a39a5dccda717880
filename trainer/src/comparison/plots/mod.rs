//! Charts of the comparison.

mod bars;
mod confusion;
mod coverage;
mod panels;
mod reliability;
mod roc;
mod slices;

use super::{
    Folder,
    results::{GoalResult, Plot, ProtocolResult},
};

/// A chart and its SVG.
pub struct Drawn {
    /// What it is.
    pub plot: Plot,
    /// Its file's content.
    pub svg: String,
}

/// Width of every chart.
const WIDTH: f64 = 760.0;

/// The charts of a protocol, in the order of the report.
#[must_use]
pub fn draw(protocol: &ProtocolResult, goals: &[GoalResult]) -> Vec<Drawn> {
    let goals: Vec<&GoalResult> =
        goals.iter().filter(|goal| goal.protocol == protocol.name).collect();
    let charts = [
        ("bars", bars::draw(protocol, &goals)),
        ("confusion", confusion::draw(protocol)),
        ("roc", roc::draw(protocol)),
        ("reliability", reliability::draw(protocol)),
        ("coverage", coverage::draw(protocol)),
        ("slices", slices::draw(protocol)),
    ];
    charts
        .into_iter()
        .filter_map(|(kind, chart)| {
            let Chart { title, description, sheet } = chart?;
            let name = format!("{}-{kind}", protocol.name);
            let svg = sheet.finish(&name, &title, &description);
            let file = format!("{}/{name}.svg", Folder::PLOTS);
            Some(Drawn { plot: Plot { kind, title, file }, svg })
        })
        .collect()
}

/// A chart before it is a file.
struct Chart {
    title: String,
    description: String,
    sheet: crate::svg::Sheet,
}

/// A share with three digits, without the zero before the point.
fn three(value: f64) -> String {
    let text = format!("{value:.3}");
    text.strip_prefix('0').map_or_else(|| text.clone(), str::to_owned)
}

/// A share as a whole percentage.
fn percent(value: f64) -> String {
    format!("{:.0} %", value * 100.0)
}
