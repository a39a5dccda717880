//! Where the names of incidents stand above a chart: beside each other where there is room, else above each other.

/// What a character takes at most, in the drawing's units.
const CHARACTER: f64 = 8.5;

/// A name above the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Where its mark begins.
    pub x: f64,
    /// Whether it ends there, because to the right there is no room.
    pub is_to_the_left: bool,
    /// How many names are below it.
    pub lane: usize,
}

/// A place for each of the `names`, whose marks begin at these places in a drawing of this `width`.
pub fn places(names: &[(f64, &str)], width: f64) -> Vec<Name> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by(|&one, &other| names[one].0.total_cmp(&names[other].0));
    let mut places = vec![None; names.len()];
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    for place in order {
        let (x, name) = names[place];
        let long = CHARACTER * name.chars().count() as f64;
        let is_to_the_left = x + long > width;
        let span = if is_to_the_left { (x - long, x) } else { (x, x + long) };
        let is_free = |lane: &Vec<(f64, f64)>| {
            lane.iter().all(|&(from, to)| span.1 + CHARACTER < from || to + CHARACTER < span.0)
        };
        let lane = taken.iter().position(is_free).unwrap_or(taken.len());
        if lane == taken.len() {
            taken.push(Vec::new());
        }
        taken[lane].push(span);
        places[place] = Some(Name { x, is_to_the_left, lane });
    }
    places.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_would_lie_on_each_other_stand_above_each_other() {
        let names = [
            (500.0, "late flight"),
            (100.0, "lost luggage"),
            (520.0, "cancelled flight"),
            (980.0, "late flight"),
        ];
        let lanes: Vec<_> = places(&names, 1000.0)
            .into_iter()
            .map(|name| (name.lane, name.is_to_the_left))
            .collect();
        assert_eq!(lanes, [(0, false), (0, false), (1, false), (0, true)]);
    }
}
