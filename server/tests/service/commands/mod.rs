mod backup;
mod config;
mod ingest;
mod predict;
mod radar;
mod serve;
