//! Words that set hand-written tweets apart.

/// Where hand-written tweets are from, so that they differ.
pub const PLACES: [&str; 12] = [
    "gate", "desk", "lounge", "cabin", "row", "queue", "bus", "door", "hall", "ramp", "tower",
    "bay",
];
