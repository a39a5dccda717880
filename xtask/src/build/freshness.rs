//! Whether something has to be made again, by the time of last change, as `make` does.

use std::env;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

/// Whether every output is at least as new as every input, and as xtask, which makes it.
///
/// # Errors
/// When an input does not exist.
pub fn is_fresh(outputs: &[impl AsRef<Path>], inputs: &[impl AsRef<Path>]) -> Result<bool> {
    let mut newest = changed(&itself()?)?;
    for input in inputs {
        newest = newest.max(changed(input.as_ref())?);
    }
    Ok(outputs.iter().all(|output| changed(output.as_ref()).is_ok_and(|made| made >= newest)))
}

/// The program that runs. On Linux a link that leads to it even when cargo has put another in its place, as building
/// all crates at once does: features that one of them needs are then everybody's.
fn itself() -> Result<PathBuf> {
    let link = Path::new("/proc/self/exe");
    if link.exists() {
        return Ok(link.to_owned());
    }
    env::current_exe().context("cannot find xtask itself")
}

fn changed(path: &Path) -> Result<SystemTime> {
    path.metadata()
        .and_then(|metadata| metadata.modified())
        .with_context(|| format!("cannot read the time of {}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_output_older_than_its_input_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let [input, output] = ["input", "output"].map(|name| folder.path().join(name));
        let now = SystemTime::now() + Duration::from_secs(60);
        File::create(&input).unwrap().set_modified(now).unwrap();

        let made_at = |moment| {
            File::create(&output).unwrap().set_modified(moment).unwrap();
            is_fresh(&[&output], &[&input]).unwrap()
        };
        assert!(!made_at(now - Duration::from_secs(1)));
        assert!(made_at(now));
    }

    #[test]
    fn an_absent_output_is_made() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_fresh(&[folder.path().join("output")], &[folder.path()]).unwrap());
    }
}
