//! How many are right, in three ways of counting.

use domain::Label;

use super::Scored;

const LABELS: usize = Label::ALL.len();

/// `table[gold][said]`, in the order of [`Label::ALL`].
type Confusion = [[u32; LABELS]; LABELS];

/// Share of rows that are right.
pub fn accuracy(rows: &[Scored]) -> f64 {
    let right = rows.iter().filter(|row| row.probabilities.top() == row.gold).count();
    ratio(right as f64, rows.len() as f64)
}

/// Mean of the labels' recalls; a label that no row has does not count.
pub fn macro_recall(rows: &[Scored]) -> f64 {
    let table = confusion(rows);
    mean(
        (0..LABELS)
            .filter(|&label| found(&table, label) > 0.0)
            .map(|label| ratio(f64::from(table[label][label]), found(&table, label))),
    )
}

/// Mean of the labels' F1, as scikit-learn has it: a label that no row has counts as 0 where it
/// is said, and does not count where it is not.
pub fn macro_f1(rows: &[Scored]) -> f64 {
    let table = confusion(rows);
    let found_or_said = |label: usize| {
        let said: u32 = table.iter().map(|row| row[label]).sum();
        found(&table, label) + f64::from(said)
    };
    mean(
        (0..LABELS)
            .filter(|&label| found_or_said(label) > 0.0)
            .map(|label| ratio(2.0 * f64::from(table[label][label]), found_or_said(label))),
    )
}

fn confusion(rows: &[Scored]) -> Confusion {
    let mut table = Confusion::default();
    for row in rows {
        table[row.gold as usize][row.probabilities.top() as usize] += 1;
    }
    table
}

/// How many rows have this label.
fn found(table: &Confusion, label: usize) -> f64 {
    f64::from(table[label].iter().sum::<u32>())
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    ratio(sum, count)
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gold and said: nn nn nn nu | uu un | pp pu.
    fn rows() -> Vec<Scored> {
        let pair = |gold: usize, said: usize| {
            let mut shares = [0.1; 3];
            shares[said] = 0.8;
            Scored { gold: Label::ALL[gold], probabilities: shares.into() }
        };
        [(0, 0), (0, 0), (0, 0), (0, 1), (1, 1), (1, 0), (2, 2), (2, 1)]
            .map(|(g, s)| pair(g, s))
            .to_vec()
    }

    #[test]
    fn figures_are_those_worked_out_by_hand() {
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} is not {b}");
        close(accuracy(&rows()), 5.0 / 8.0);
        // Recalls 3/4, 1/2, 1/2.
        close(macro_recall(&rows()), 7.0 / 12.0);
        // Precisions 3/4, 1/3, 1: F1 3/4, 2/5, 2/3.
        close(macro_f1(&rows()), (0.75 + 0.4 + 2.0 / 3.0) / 3.0);
    }

    #[test]
    fn a_label_that_no_row_has_does_not_count() {
        let rows: Vec<Scored> =
            rows().into_iter().filter(|row| row.gold != Label::Positive).collect();
        assert!((macro_recall(&rows) - 0.625).abs() < 1e-12);
    }

    /// `f1_score([0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 2], average="macro")` of scikit-learn.
    #[test]
    fn a_label_that_is_said_but_never_right_lowers_f1_and_not_recall() {
        let mut rows: Vec<Scored> =
            rows().into_iter().filter(|row| row.gold != Label::Positive).collect();
        rows[5].probabilities = [0.1, 0.1, 0.8].into();
        let expected = (6.0 / 7.0 + 0.5) / 3.0;
        assert!((macro_f1(&rows) - expected).abs() < 1e-12, "{}", macro_f1(&rows));
        assert!((macro_recall(&rows) - 0.625).abs() < 1e-12);
    }

    #[test]
    fn no_rows_give_zero() {
        assert_eq!((accuracy(&[]), macro_recall(&[]), macro_f1(&[])), (0.0, 0.0, 0.0));
    }
}
