//! What every face of the program offers (the command line today): opening an index, reading names for it, finding an article, what is similar, why
//! nothing was found, the width of a timeline.
//!
//! Uses the engines, the query language and the floors below; used by the faces, which turn arguments into these calls and
//! their results into output. Nothing here prints.

pub mod find;
pub mod label;
pub mod layer;
pub mod left_out;
pub mod names;
pub mod nothing;
pub mod open;
pub mod places;
pub mod scope;
pub mod similar;
pub mod timeline;
