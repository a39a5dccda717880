//! The line before a pool of connections.
//!
//! A pool says the same, “timed out”, of a server that is gone and of one that is merely busy. So we
//! stand in line before it: as many operations have their turn as there are connections. Whoever
//! has a turn and gets no connection has found the database unreachable, and tells it to those
//! who wait; whoever waits all their time while others are served has met a crowd.

use std::{future::Future, time::Duration};

use tokio::{
    sync::{Notify, Semaphore, SemaphorePermit},
    time::{Instant, sleep_until, timeout_at},
};

use crate::{StoreError, progress::Progress};

#[derive(Debug)]
pub(crate) struct Turns {
    places: Semaphore,
    /// How long an operation may take, waiting included.
    limit: Duration,
    progress: Progress,
    unreachable: Notify,
}

impl Turns {
    /// A line before a pool of `connections`, each operation of which may take `limit` in all.
    pub(crate) fn new(connections: u32, limit: Duration) -> Self {
        Self {
            places: Semaphore::new(connections.max(1) as usize),
            limit,
            progress: Progress::new(),
            unreachable: Notify::new(),
        }
    }

    /// Waits until it is our turn.
    pub(crate) async fn take(&self) -> Result<Turn<'_>, StoreError> {
        let deadline = Instant::now() + self.limit;
        let mark = self.progress.mark();
        let place = tokio::select! {
            biased;
            () = self.unreachable.notified() => {
                return Err(StoreError::unavailable("no connection could be made"));
            }
            place = self.places.acquire() => place.map_err(StoreError::unavailable)?,
            () = sleep_until(deadline) => {
                let busy = self.progress.since(mark);
                return Err(if busy { StoreError::Overloaded } else { StoreError::timed_out(self.limit) });
            }
        };
        Ok(Turn { _place: place, turns: self, deadline })
    }

    /// Waits until the database answers anybody: a sign of life that needs no turn.
    pub(crate) async fn answered(&self) {
        self.progress.next().await;
    }
}

/// The right to one connection until it is dropped.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    _place: SemaphorePermit<'a>,
    turns: &'a Turns,
    deadline: Instant,
}

impl Turn<'_> {
    /// Runs `operation` in what is left of the time.
    pub(crate) async fn within<T>(
        self,
        operation: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        let turns = self.turns;
        let Ok(done) = timeout_at(self.deadline, operation).await else {
            return Err(StoreError::timed_out(turns.limit));
        };
        match &done {
            Err(error) if error.no_connection() => turns.unreachable.notify_waiters(),
            Err(error) if error.may_recover() => {}
            _ => turns.progress.note(),
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    const LIMIT: Duration = Duration::from_secs(5);

    async fn nothing() -> Result<(), StoreError> {
        Ok(())
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_in_vain_while_others_are_served_has_met_a_crowd() {
        let turns = Turns::new(2, LIMIT);
        let held = turns.take().await.unwrap();
        let waiting = async {
            let second = turns.take().await.unwrap();
            tokio::join!(turns.take(), async {
                turns.progress.note();
                sleep_until(Instant::now() + 2 * LIMIT).await;
                drop(second);
            })
            .0
        };
        let crowd = waiting.await;
        assert!(matches!(crowd, Err(StoreError::Overloaded)), "{crowd:?}");
        drop(held);
        turns.take().await.unwrap().within(nothing()).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_in_vain_while_nobody_is_served_has_met_a_dead_database() {
        let turns = Turns::new(1, LIMIT);
        let stuck = turns.take().await.unwrap().within(pending::<Result<(), StoreError>>());
        let (stuck, waiting) = tokio::join!(stuck, turns.take());
        assert!(matches!(stuck, Err(StoreError::Unavailable(_))), "{stuck:?}");
        assert!(matches!(waiting, Err(StoreError::Unavailable(_)) | Ok(_)), "{waiting:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_finds_no_connection_tells_all_who_wait() {
        let turns = Turns::new(1, LIMIT);
        let begin = Instant::now();
        let unreachable = async {
            let turn = turns.take().await.unwrap();
            turn.within(async {
                sleep_until(begin + Duration::from_secs(2)).await;
                Err::<(), _>(sqlx::Error::PoolTimedOut.into())
            })
            .await
        };
        let wait = || async { turns.take().await.map(drop) };
        let (_, one, other) = tokio::join!(unreachable, wait(), wait());
        assert!(matches!(one, Err(StoreError::Unavailable(_))), "{one:?}");
        assert!(matches!(other, Err(StoreError::Unavailable(_))), "{other:?}");
        assert_eq!(begin.elapsed(), Duration::from_secs(2));
    }

    #[tokio::test(start_paused = true)]
    async fn a_waiter_is_served_however_long_connecting_may_take() {
        let turns = Turns::new(1, LIMIT);
        let slow = async {
            let turn = turns.take().await.unwrap();
            turn.within(async {
                sleep_until(Instant::now() + Duration::from_secs(4)).await;
                Ok(())
            })
            .await
        };
        let next = async { turns.take().await.unwrap().within(nothing()).await };
        let (slow, next) = tokio::join!(slow, next);
        slow.unwrap();
        next.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_to_anybody_is_a_sign_of_life() {
        let turns = Turns::new(1, LIMIT);
        let turn = turns.take().await.unwrap();
        let ((), served) = tokio::join!(turns.answered(), turn.within(nothing()));
        served.unwrap();
    }
}
