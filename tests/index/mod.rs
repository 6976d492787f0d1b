//! The index through the library: what a run writes, what it leaves alone, and what is answered from it.

mod damage;
mod incremental;
mod text;
mod words;
