//! What is said of a setting that cannot be.

use anyhow::{Result, bail};

/// Whether `holds` is true of all these settings of a section, which must be what `wanted` says.
///
/// # Errors
/// With the first of which it is not.
pub fn all(
    section: &str,
    wanted: &str,
    settings: &[(&str, f64)],
    holds: impl Fn(f64) -> bool,
) -> Result<()> {
    settings
        .iter()
        .find(|(_, value)| !holds(*value))
        .map_or(Ok(()), |(name, value)| bail!("{section}.{name} must be {wanted}, not {value}"))
}
