//! How many connections the system lets this process have.

/// For the database, the log and files of the page.
#[cfg(unix)]
const OTHERS: u64 = 256;

/// Raises the bound on open files as far as `connections` need and the system allows, and says how
/// many connections there is room for now.
#[must_use]
pub fn make_room_for(connections: usize) -> usize {
    room(connections).unwrap_or(connections)
}

/// `None` if there is no such bound.
#[cfg(unix)]
fn room(connections: usize) -> Option<usize> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let wanted = connections as u64 + OTHERS;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let mut granted = current?;
    if granted < wanted {
        let raised = maximum.map_or(wanted, |maximum| maximum.min(wanted));
        let raising = Rlimit { current: Some(raised), maximum };
        if raised > granted && setrlimit(Resource::Nofile, raising).is_ok() {
            granted = raised;
        }
    }
    // Few are better than none, where there are hardly any.
    let room = granted.saturating_sub(OTHERS).max(granted / 2).max(1);
    Some(connections.min(usize::try_from(room).unwrap_or(usize::MAX)))
}

#[cfg(not(unix))]
fn room(_connections: usize) -> Option<usize> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_some_and_never_for_more_than_are_wanted() {
        assert_eq!(make_room_for(1), 1);
        assert!((1..=usize::MAX / 2).contains(&make_room_for(usize::MAX / 2)));
    }
}
