//! Names of lines, beside each other without collision.

use super::{Sheet, Stroke, Text, width_of};

/// A line of samples with their names, each with the index of its series; it goes on in further
/// lines where `width` does not hold it. Returns its height.
pub fn legend(sheet: &mut Sheet, at: (f64, f64), width: f64, names: &[(usize, String)]) -> f64 {
    const SAMPLE: f64 = 26.0;
    const LINE: f64 = 20.0;
    let (mut x, mut y) = at;
    for (index, name) in names {
        let needed = SAMPLE + 8.0 + width_of(name, Text::PLAIN.size) + 14.0;
        if x > at.0 && x + needed > at.0 + width {
            (x, y) = (at.0, y + LINE);
        }
        sheet.line((x, y - 4.0), (x + SAMPLE, y - 4.0), Stroke::series(*index));
        sheet.mark((x + SAMPLE / 2.0, y - 4.0), *index);
        sheet.text((x + SAMPLE + 8.0, y), name, Text::PLAIN);
        x += needed;
    }
    y + LINE - at.1
}

/// Moves wanted heights downwards, and no further than needed, so that they are `gap` apart; in
/// the order in which they were given.
#[must_use]
pub fn spread(wanted: &[f64], top: f64, gap: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut places = vec![0.0; wanted.len()];
    let mut free_from = top;
    for index in order {
        places[index] = wanted[index].max(free_from);
        free_from = places[index] + gap;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_would_collide_are_moved_apart() {
        assert_eq!(spread(&[50.0, 10.0, 12.0], 0.0, 14.0), [50.0, 10.0, 24.0]);
    }

    #[test]
    fn a_long_legend_goes_on_in_the_next_line() {
        let names: Vec<(usize, String)> = (0..6).map(|k| (k, format!("a long name {k}"))).collect();
        let mut sheet = Sheet::new(300.0, 300.0);
        assert!(legend(&mut sheet, (0.0, 20.0), 300.0, &names) >= 60.0);
        assert_eq!(legend(&mut sheet, (0.0, 20.0), 3000.0, &names), 20.0);
    }
}
