mod analyses;
mod card;
mod feedback;
mod limits;
mod openapi;
