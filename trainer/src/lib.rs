//! From public tweets to a released model: rows are prepared, word vectors made, a network
//! trained, measured through the code that serves it, and put into a bundle.
//!
//! The recipe (one TOML file) decides everything; each step of `vigie-train` reads what the one
//! before it wrote. A `train` that was killed goes on from its newest checkpoint; the other steps
//! begin anew.

pub mod average;
pub mod beginning;
pub mod behaviour;
pub mod bert;
pub mod bilstm;
pub mod bundle_folder;
pub mod commands;
pub mod comparison;
pub mod cores;
pub mod data;
pub mod eight_bits;
pub mod ensemble;
pub mod evaluation;
pub mod explaining;
pub mod finished;
pub mod linear;
pub mod metrics;
pub mod optimiser;
pub mod origin;
pub mod outputs;
pub mod paused;
pub mod progress;
pub mod radar;
pub mod random;
pub mod recipe;
pub mod run;
pub mod svg;
pub mod table;
pub mod teaching;
pub mod tensors;
pub mod tracking;
pub mod trained;
pub mod training;
pub mod training_progress;
pub mod tuning;
pub mod vectors;
pub mod word2vec;
