//! Work that is left where it is, to go on another time.

use anyhow::Result;

/// The error by which who watches a training pauses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it was paused: started again it goes on where it was")]
pub struct Paused;

/// Nothing if `outcome` is the error [`Paused`].
///
/// # Errors
/// Any other.
pub fn unless_paused<T>(outcome: Result<T>) -> Result<Option<T>> {
    match outcome {
        Err(error) if error.is::<Paused>() => Ok(None),
        outcome => outcome.map(Some),
    }
}

#[cfg(test)]
mod tests {
    use anyhow::{Context, bail};

    use super::*;

    #[test]
    fn only_a_pause_is_no_error() {
        assert_eq!(unless_paused(Ok(1)).unwrap(), Some(1));
        let paused: Result<()> = Err(Paused).context("the optimiser").context("of it");
        assert_eq!(unless_paused(paused).unwrap(), None);
        let failed = || -> Result<()> { bail!("no") };
        assert!(unless_paused(failed()).is_err());
    }
}
