//! (written next)

pub mod analyser;
