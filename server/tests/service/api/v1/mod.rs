mod analyses;
mod card;
mod explanations;
mod feedback;
mod files;
mod limits;
mod openapi;
mod watches;
