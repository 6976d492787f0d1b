//! The index through the library: what a run writes, what it leaves alone, and what is answered from it.

mod copies;
mod counts;
mod damage;
mod filters;
mod incremental;
mod pages;
mod text;
mod words;
