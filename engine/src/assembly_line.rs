//! Work that comes in order and leaves in order, and is done on many threads in between.

use std::{
    num::NonZero,
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

/// A piece, and the way back for what becomes of it.
struct Piece<I, O, E> {
    piece: I,
    done: SyncSender<Result<Option<O>, E>>,
}

/// Takes pieces from `read` until there are no more, works on so many at once, and hands what becomes of them to `write`, in the order
/// in which they were read. Few pieces are on their way at a time, so memory is bounded.
///
/// # Errors
/// The first that `read`, `work` or `write` ends with.
pub fn run<I: Send, O: Send, E: Send>(
    threads: NonZero<usize>,
    read: impl FnMut() -> Result<Option<I>, E> + Send,
    work: impl Fn(I) -> Result<O, E> + Sync,
    mut write: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    // One piece waits for each thread while it works on another.
    let (pieces, waiting) = sync_channel::<Piece<I, O, E>>(threads.get());
    let (in_order, finished) = sync_channel(threads.get());
    let waiting = Mutex::new(waiting);
    thread::scope(|scope| {
        scope.spawn(move || feed(read, &pieces, &in_order));
        for _ in 0..threads.get() {
            scope.spawn(|| {
                while let Some(Piece { piece, done }) = next(&waiting) {
                    // An error says that writing has ended.
                    drop(done.send(work(piece).map(Some)));
                }
            });
        }
        for answer in finished {
            // Without an answer its thread has panicked, and so will the scope.
            let Ok(answer) = answer.recv() else { break };
            let Some(finished) = answer? else { break };
            write(finished)?;
        }
        Ok(())
    })
}

/// Sends pieces until there are no more, or nobody wants them.
fn feed<I, O, E>(
    mut read: impl FnMut() -> Result<Option<I>, E>,
    pieces: &SyncSender<Piece<I, O, E>>,
    in_order: &SyncSender<Receiver<Result<Option<O>, E>>>,
) {
    loop {
        let next = read();
        let (done, answer) = sync_channel(1);
        if in_order.send(answer).is_err() {
            return;
        }
        match next {
            Ok(Some(piece)) => {
                if pieces.send(Piece { piece, done }).is_err() {
                    return;
                }
            }
            Ok(None) => return drop(done.send(Ok(None))),
            Err(error) => return drop(done.send(Err(error))),
        }
    }
}

fn next<T>(waiting: &Mutex<Receiver<T>>) -> Option<T> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREADS: NonZero<usize> = NonZero::new(4).unwrap();

    #[test]
    fn what_is_done_at_once_leaves_in_order() {
        let mut numbers = 0..1_000;
        let mut squares = Vec::new();
        let read = || Ok::<_, ()>(numbers.next());
        let keep = |square| {
            squares.push(square);
            Ok(())
        };
        run(THREADS, read, |number| Ok(number * number), keep).unwrap();
        assert!(squares.into_iter().eq((0..1_000).map(|number| number * number)));
    }

    #[test]
    fn an_error_ends_it_wherever_it_happens() {
        let endless = || Ok(Some(1));
        assert_eq!(run(THREADS, || Err::<Option<i32>, _>(1), Ok, |_| Ok(())), Err(1));
        assert_eq!(run(THREADS, endless, |_| Err::<i32, _>(2), |_| Ok(())), Err(2));
        assert_eq!(run(THREADS, endless, Ok, |_| Err(3)), Err(3));
    }
}
