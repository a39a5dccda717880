//! Functions for a connection of either kind.

/// Makes a module `sqlite` and a module `postgres` of the same functions; `Connection` is the one of each.
macro_rules! for_both {
    ($($function:item)+) => {
        pub(crate) mod sqlite {
            use super::*;
            type Connection = sqlx::SqliteConnection;
            $($function)+
        }

        pub(crate) mod postgres {
            use super::*;
            type Connection = sqlx::PgConnection;
            $($function)+
        }
    };
}

pub(crate) use for_both;
