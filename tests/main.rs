//! All integration tests in one program, so that the library and its places are linked once. What one file tests is said at
//! its head; `cargo test --test all places::` runs one of them.
//!
//! They share one process and run side by side: none may change its folder, its environment or its umask. What needs another
//! one of these runs the program or a shell.

mod support;

mod backend;
mod bad_input;
mod cli;
mod dates;
mod extract;
mod extract_formats;
mod full_disk;
mod house;
mod index;
mod killed;
mod pdf;
mod places;
mod quality;
mod query_language;
mod readme;
mod sample_corpus;
mod walk;
