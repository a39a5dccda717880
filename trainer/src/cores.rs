//! One thread for each core, for work whose parts do not depend on how many there are.

use std::thread;

use anyhow::Result;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// A pool of as many threads as the machine has cores. The arithmetic of models runs on one
/// thread; what is to be shared out is installed here.
///
/// # Errors
/// If a thread cannot be started.
pub fn pool() -> Result<ThreadPool> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    Ok(ThreadPoolBuilder::new().num_threads(cores).build()?)
}
