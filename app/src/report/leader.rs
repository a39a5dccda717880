//! Which model is better than all others, as far as the rows can tell.

use super::form::{Pair, ProtocolResult};

/// A difference is taken for real where chance would make one as large less often than this.
const SIGNIFICANT: f64 = 0.05;

/// The name of the model whose figure is above that of every other one by a paired test; `None` where there
/// is no such model, no other, or no test of this measure.
pub fn leader<'a>(protocol: &'a ProtocolResult, measure: &str) -> Option<&'a str> {
    let names = || protocol.results.iter().map(|result| result.model.as_str());
    if names().count() < 2 {
        return None;
    }
    names().find(|&one| {
        let mut others = names().filter(|&other| other != one);
        others.all(|other| is_above(&protocol.pairs, one, other, measure))
    })
}

fn is_above(pairs: &[Pair], one: &str, other: &str, measure: &str) -> bool {
    let found = pairs.iter().find_map(|pair| {
        let sign = match (pair.first.as_str(), pair.second.as_str()) {
            (first, second) if first == one && second == other => 1.0,
            (first, second) if first == other && second == one => -1.0,
            _ => return None,
        };
        let mut differences = pair.differences.iter();
        let difference = differences.find(|difference| difference.measure == measure)?;
        Some((sign * difference.value, difference.p))
    });
    found.is_some_and(|(difference, p)| difference > 0.0 && p < SIGNIFICANT)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Models `a`, `b` and `c`, the later one first in each pair; differences and p of `(b a)`, `(c a)`, `(c b)`.
    fn protocol(pairs: [(f64, f64); 3]) -> ProtocolResult {
        let of = [("b", "a"), ("c", "a"), ("c", "b")];
        let pairs = of.iter().zip(pairs).map(|((first, second), (value, p))| {
            let difference = json!({ "measure": "accuracy", "value": value, "p": p });
            json!({ "first": first, "second": second, "differences": [difference] })
        });
        let result = |model: &str| json!({ "model": model, "summary": [] });
        let (results, pairs) = (["a", "b", "c"].map(result), pairs.collect::<Vec<_>>());
        serde_json::from_value(json!({
            "name": "", "title": "", "description": "", "n": 1, "headline": "accuracy",
            "results": results, "pairs": pairs, "published": [], "plots": [],
        }))
        .unwrap()
    }

    #[test]
    fn the_one_above_all_others_leads_whichever_comes_first_in_a_pair() {
        let of = |pairs| leader(&protocol(pairs), "accuracy").map(str::to_owned);
        assert_eq!(of([(0.1, 0.01), (0.2, 0.01), (0.1, 0.01)]).as_deref(), Some("c"));
        assert_eq!(of([(-0.1, 0.01), (-0.2, 0.01), (-0.1, 0.4)]).as_deref(), Some("a"));
    }

    #[test]
    fn the_best_figure_does_not_lead_where_one_pair_may_be_chance() {
        let protocol = protocol([(0.1, 0.01), (0.2, 0.01), (0.1, 0.05)]);
        assert_eq!(leader(&protocol, "accuracy"), None);
    }

    #[test]
    fn nobody_leads_alone_or_without_a_test_of_the_measure() {
        let mut protocol = protocol([(0.1, 0.01), (0.2, 0.01), (0.1, 0.01)]);
        assert_eq!(leader(&protocol, "ECE"), None);
        protocol.results.truncate(1);
        assert_eq!(leader(&protocol, "accuracy"), None);
    }
}
