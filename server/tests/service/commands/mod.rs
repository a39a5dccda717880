mod config;
mod predict;
mod radar;
mod serve;
