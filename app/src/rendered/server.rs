//! Pages that the service alone renders: they have much to show and little to do in the browser, so that
//! their code is not part of what every reader downloads.
//!
//! They are plain links, forms and tables. `public/live.js`, which they bring along, follows the service and exchanges what
//! has changed, and sends their forms without leaving the page. Their links are `external`: the browser follows them itself.

#[path = "channels/mod.rs"]
mod channels;
#[path = "encoded.rs"]
mod encoded;
#[path = "files/mod.rs"]
mod files;
#[path = "review/mod.rs"]
mod review;
#[path = "watch/mod.rs"]
mod watch;

pub use crate::access::said_of_access;
pub use channels::{channels, said_of_a_channel};
pub use files::{files, one_file, said_of_a_file};
pub use review::{review, said_of_review};
pub use watch::watch;
