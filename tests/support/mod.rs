//! What several files of tests use: small archives and their indexes, the sample archive as it was read, one file as it was
//! read, and the program.

pub mod archive;
pub mod program;
pub mod reading;
pub mod sample;
