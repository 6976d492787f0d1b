//! The query language: what was typed becomes an expression and filters, and is printed again.
//! Uses the gazetteer for the names in filters, and is told what the index holds of them (`atlas`). Every face of the program reads its queries and filters here.
//! Text goes through `scanner` and `grammar` to the tree of `syntax`, and with names looked up to an expression in `parse`.

pub mod atlas;
mod chars;
pub mod days;
mod filter;
mod grammar;
pub mod parse;
pub mod place_name;
mod print;
mod reading;
mod scanner;
pub(crate) mod suggest;
mod syntax;
pub mod typed;
