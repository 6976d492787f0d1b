//! What several files of tests use: small archives and their indexes, the sample archive as it was read, one file as it was
//! read, the program, and the schemas of what it prints.

pub mod archive;
pub mod program;
pub mod reading;
pub mod sample;
pub mod schema;
