//! People are told of incidents, by real receivers on this machine.

mod desk;
mod durability;
mod mailbox;
mod messages;
mod receiver;
mod who_and_when;
