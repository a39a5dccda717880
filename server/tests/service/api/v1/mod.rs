mod analyses;
mod card;
mod explanations;
mod feedback;
mod limits;
mod openapi;
mod watches;
