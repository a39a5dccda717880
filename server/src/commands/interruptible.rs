//! Work that may be broken off: what it had begun to write goes with it.

use std::{fmt::Display, future::Future};

use server::shutdown;

/// Does `work` until it is done or a signal comes.
pub fn run<T, E>(work: impl Future<Output = Result<T, E>>) -> anyhow::Result<T>
where
    E: std::error::Error + Send + Sync + 'static,
{
    // Dropped at the end, it waits for the threads that still have something to clear away.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let stop = shutdown::on_signal()?;
        tokio::select! {
            done = work => Ok(done?),
            () = stop.cancelled() => anyhow::bail!("interrupted: nothing was changed"),
        }
    })
}

/// `count` things, in words.
pub fn counted(count: impl Display, one: &str, many: &str) -> String {
    let count = count.to_string();
    if count == "1" { format!("1 {one}") } else { format!("{count} {many}") }
}
