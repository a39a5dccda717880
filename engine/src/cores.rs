//! Which of the machine's cores a thread runs on.

use std::{
    io,
    sync::Arc,
    thread::{self, JoinHandle},
};

/// Cores that this process may use, by the system's numbers, or all of them.
#[derive(Clone, Debug)]
pub(crate) struct Cores(Option<Arc<[usize]>>);

impl Cores {
    /// Of these numbers; wherever the system likes if there are none.
    ///
    /// # Errors
    /// With a sentence, if the process may not use one of them, or the system cannot bind threads.
    pub(crate) fn of(numbers: &[usize]) -> io::Result<Self> {
        if numbers.is_empty() {
            return Ok(Self(None));
        }
        let usable = system::usable()?;
        match numbers.iter().find(|number| !usable.contains(number)) {
            Some(number) => {
                let usable = usable.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
                let told = format!("core {number} is none that this process may use: {usable}");
                Err(io::Error::new(io::ErrorKind::InvalidInput, told))
            }
            None => Ok(Self(Some(numbers.into()))),
        }
    }
}

/// Starts a thread of this name that runs on `cores`, and so do all that it starts itself.
///
/// # Errors
/// If the system refuses it.
pub(crate) fn spawn(
    name: String,
    cores: Cores,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    let (bound, is_bound) = std::sync::mpsc::sync_channel(1);
    let thread = thread::Builder::new().name(name).spawn(move || {
        let answer = cores.0.map_or(Ok(()), |cores| system::bind(&cores));
        let refused = answer.is_err();
        // Whoever starts the thread waits for this.
        drop(bound.send(answer));
        if !refused {
            work();
        }
    })?;
    is_bound.recv().map_err(io::Error::other)??;
    Ok(thread)
}

#[cfg(target_os = "linux")]
mod system {
    use std::io;

    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    pub(super) fn usable() -> io::Result<Vec<usize>> {
        let usable = sched_getaffinity(None)?;
        Ok((0..CpuSet::MAX_CPU).filter(|&core| usable.is_set(core)).collect())
    }

    /// Binds the calling thread.
    pub(super) fn bind(cores: &[usize]) -> io::Result<()> {
        let mut set = CpuSet::new();
        cores.iter().for_each(|&core| set.set(core));
        Ok(sched_setaffinity(None, &set)?)
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::io;

    pub(super) fn usable() -> io::Result<Vec<usize>> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "threads are bound to cores on Linux only"))
    }

    pub(super) fn bind(_cores: &[usize]) -> io::Result<()> {
        usable().map(drop)
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_thread_runs_where_it_was_told_to_and_so_do_those_that_it_starts() {
        let first = system::usable().unwrap()[0];
        let cores = Cores::of(&[first]).unwrap();
        let (sender, seen) = std::sync::mpsc::channel();
        let work = move || {
            let inner = thread::spawn(|| system::usable().unwrap());
            sender.send((system::usable().unwrap(), inner.join().unwrap())).unwrap();
        };
        spawn("bound".to_owned(), cores, work).unwrap().join().unwrap();
        assert_eq!(seen.recv().unwrap(), (vec![first], vec![first]));
    }

    #[test]
    fn a_core_that_is_not_there_is_named_with_those_that_are() {
        let usable = system::usable().unwrap();
        let missing = usable.last().unwrap() + 1;
        let told = Cores::of(&[usable[0], missing]).unwrap_err().to_string();
        assert!(told.contains(&format!("core {missing} is none")), "{told}");
        assert!(told.ends_with(&usable.last().unwrap().to_string()), "{told}");
    }
}
