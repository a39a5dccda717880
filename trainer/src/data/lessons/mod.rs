//! Lessons: short tweets written by hand as templates, for what public data has too little of.
//!
//! A course (`lessons/en`) is a folder below `trainer`, which is compiled in; each of its files is
//! a chapter about one phenomenon, such as negation. A chapter's templates have holes, which are
//! filled at random from lists of words, so that a model learns the phenomenon and not the words.

mod chapter;
mod course;
mod released;
mod template;

pub use chapter::Chapter;
pub use course::Course;
pub use template::Template;
