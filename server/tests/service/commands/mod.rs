mod config;
mod predict;
mod serve;
