//! The query language: what was typed becomes an expression and filters, and is printed again.

pub mod days;
pub mod filter;
pub mod parse;
mod print;
pub mod syntax;
pub mod typed;
