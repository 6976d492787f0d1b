//! Dates: expressions of time in a text, resolved against its publication date, and that date itself.
//! Uses the tables of `lang`, the letters of `words` and the days of `model`; used by `extract`, `ingest` and `archive`.
//! The rooms, lowest first: `words` (tokens and classes), `grammar` (rules), `resolve` (values and days), `publication`.

pub(crate) mod grammar;
pub mod publication;
pub mod resolve;
mod timex;
pub(crate) mod words;

pub use publication::field::{FieldDateError, order_is_unclear, published_from_field};
pub use publication::publication_date_in;
pub use resolve::dates_of;
pub use timex::{Continuation, Dates, JoinedRange, Timex};
