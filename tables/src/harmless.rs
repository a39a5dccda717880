//! Cells that no spreadsheet takes for a formula.

use std::borrow::Cow;

/// `cell` as a spreadsheet shows it and never runs it: what would begin a formula (`=`, `+`, `-`, `@`, their full-width forms, a
/// tab or a carriage return before them) gets an apostrophe in front. A plain number stays a number.
#[must_use]
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let begins_formula = cell.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ]);
    if begins_formula && !is_number(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Digits with a sign and a decimal mark: nothing that could compute.
fn is_number(cell: &str) -> bool {
    let unsigned = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let mut marks = 0;
    let is_plain = unsigned.chars().all(|c| {
        marks += u32::from(matches!(c, '.' | ','));
        c.is_ascii_digit() || matches!(c, '.' | ',')
    });
    is_plain && marks <= 1 && unsigned.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_begins_a_formula_gets_an_apostrophe() {
        for cell in ["=1+1", "+33 6", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "＝1", "-", "+1+1"]
        {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for cell in ["", "late again", "1=1", "-0.5", "+3", "-0,75", "'=1", "a@b"] {
            assert_eq!(harmless(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn nothing_that_comes_out_begins_a_formula(cell in any::<String>()) {
            let shown = harmless(&cell);
            prop_assert!(!shown.starts_with(['=', '@']));
            prop_assert!(is_number(&shown) || !shown.starts_with(['+', '-']));
        }
    }
}
