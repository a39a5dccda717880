mod docs;
mod v1;
