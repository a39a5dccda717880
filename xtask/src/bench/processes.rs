//! What a running process takes, as the system tells it.

use std::fs;

use anyhow::{Context, Result};

/// The time that the process has had of all cores, in seconds.
///
/// # Errors
/// When the system does not say.
pub fn processor_seconds(process: u32) -> Result<f64> {
    let fields = stat(process)?;
    // User and system time are the 14th and 15th fields of all.
    let ticks = |place: usize| fields.get(place).and_then(|ticks| ticks.parse::<f64>().ok());
    let sum = ticks(11).zip(ticks(12)).map(|(user, system)| user + system);
    // The unit of these fields is a hundredth of a second on Linux.
    sum.map(|ticks| ticks / 100.0).with_context(|| format!("of process {process} no time is told"))
}

/// The memory that the process and those that it has started hold now, in megabytes.
///
/// # Errors
/// When the system does not say.
pub fn resident_megabytes(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = resident.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
    let own =
        kilobytes.with_context(|| format!("of process {process} no memory is told"))? / 1000.0;
    let others = children(process)?.into_iter().map(resident_megabytes).sum::<Result<f64>>()?;
    Ok(own + others)
}

/// The most memory that the process alone ever held, in megabytes; `None` once it is gone.
pub fn most_resident_megabytes(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let mark = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    mark.split_whitespace().next()?.parse().ok().map(|kilobytes: f64| kilobytes / 1000.0)
}

fn children(process: u32) -> Result<Vec<u32>> {
    let processes =
        fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    // A process may end meanwhile. Its parent is the 4th field.
    let parent = |child: &u32| stat(*child).ok().and_then(|fields| fields.get(1)?.parse().ok());
    Ok(processes.filter(|child| parent(child) == Some(process)).collect())
}

/// The fields after the name, which stands in parentheses; the first of them is the third of all.
fn stat(process: u32) -> Result<Vec<String>> {
    let path = format!("/proc/{process}/stat");
    let stat = fs::read_to_string(&path).with_context(|| format!("{path} is missing"))?;
    let rest = stat.rsplit(')').next().unwrap_or_default();
    Ok(rest.split_whitespace().map(str::to_owned).collect())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn a_process_holds_its_memory_and_that_of_its_children() {
        let own = std::process::id();
        let alone = resident_megabytes(own).unwrap();
        let mut cat = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        assert_eq!(children(own).unwrap(), [cat.id()]);
        assert!(resident_megabytes(own).unwrap() > alone);
        drop(cat.stdin.take());
        cat.wait().unwrap();
    }
}
