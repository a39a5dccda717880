//! English.

use domain::ReviewOrder;

use super::ReviewWords;
use crate::review_trouble::ReviewTrouble;

/// The page Review in English.
pub const ENGLISH: ReviewWords = ReviewWords {
    title: "Review",
    promise: "Say what texts really feel like, those first of which the model is least sure. Models learn from it, and it shows how far people agree.",
    queue: "Texts",
    outcome: "Agreement and export",
    reviewer: "You review as",
    change_reviewer: "Change",
    source: "Texts of",
    analyses: "Analyse",
    order: "First",
    order_name: |order| match order {
        ReviewOrder::Uncertain => "least sure",
        ReviewOrder::Disputed => "disputed, the newest",
        ReviewOrder::Newest => "newest",
    },
    verdict: "The model says",
    any: "anything",
    search: "With these words",
    seen_too: "also what I have seen",
    show: "Show",
    whole: "All texts of this filter",
    whole_hint: "First you are told how many they are.",
    ask: |count, label| match label {
        Some(label) => format!("Label {} as “{label}”?", texts(count)),
        None => format!("Skip {}?", texts(count)),
    },
    confirm: |count, label| format!("{}: {label}", texts(count)),
    only_first: |count| format!("There are more: these are the first {count}."),
    can_be_undone: "It can be undone as a whole.",
    cancel: "Cancel",
    done: |count, label| format!("{}: {label}", texts(count as usize)),
    undo: "Undo",
    undone: "undone",
    withdrawn: "taken back",
    skip: "Skip",
    skipped: "Skipped",
    selected: "Those that are ticked",
    select: "Select",
    model_says: "Model:",
    log: |count| match count {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    },
    empty: "Nothing is left to review here. Choose other texts above, or show also what you have seen.",
    none_yet: "None of the texts looked at so far fits. Go on to look at more.",
    first: "From the first",
    next: "Further texts",
    keys: "Keys (?)",
    keys_hint: "In the list: 1 negative, 2 neutral, 3 positive, 0 skip, U undo, ? for all keys.",
    keys_where: "They work while a text of the list has the focus. Tab leads there.",
    keys_on: "Single keys are on",
    key_names: &[
        ("J ↓", "next text"),
        ("K ↑", "text before"),
        ("1", "negative"),
        ("2", "neutral"),
        ("3", "positive"),
        ("0", "skip"),
        ("U", "undo the last act, of one text or many"),
        ("X", "tick this text: 1, 2, 3 and 0 then mean all that are ticked"),
        ("Shift+X", "tick from the last ticked text to this one"),
        ("Escape", "untick all; from here back to the list"),
        ("?", "these keys"),
    ],
    agreement: "Agreement",
    kappa_hint: "Of each two people who labelled the same texts: on how many they agree, and Cohen’s κ, which is 1 if they always agree and 0 if as often as by chance, with its 95 % interval.",
    no_pairs: "No two people have labelled the same texts yet. The filter “disputed” and another name above the list let a second person look.",
    reviewers: "Reviewers",
    texts: "Texts",
    same: "Same label",
    kappa_with_interval: |value, low, high| format!("{value:.2} ({low:.2} to {high:.2})"),
    too_few: |least| format!("too few: it takes {least}"),
    one_label: "not defined: both gave one label alone",
    export: "Export to learn from",
    export_hint: "A table that vigie-train reads: each text once, with the label that most people give. Texts whose retention time is over are not in it.",
    share_names: [
        "What nobody disputes",
        "What at least two of three agree on",
        "What more agree on than on anything else",
    ],
    recipe_hint: "In a recipe:",
    trouble: |trouble| match trouble {
        ReviewTrouble::Name => {
            "A name has 1 to 100 characters. Write one that others know you by.".to_owned()
        }
        ReviewTrouble::Nothing => "Nothing is ticked. Tick some texts first.".to_owned(),
        ReviewTrouble::Changed { now } => format!(
            "Nothing was labelled: there are now {} of this filter. Ask for all of them again.",
            texts(*now)
        ),
        ReviewTrouble::UnknownAct => {
            "There is nothing to undo: it was done under another name.".to_owned()
        }
    },
};

fn texts(count: usize) -> String {
    match count {
        1 => "1 text".to_owned(),
        count => format!("{count} texts"),
    }
}
