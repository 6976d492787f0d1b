//! What is spoken of: articles, days, places, mentions, the fields of a question, questions, answers and errors.
//! Uses nothing of the program. Everything else uses it, and whoever uses the library meets these types first.
//! Types with what can be said of them by themselves; nothing here reads a file or an index.

pub mod answer;
pub mod article;
pub mod calendar;
pub mod days;
pub mod error;
pub mod event;
pub mod field;
pub mod lag;
pub mod mention;
pub mod place;
pub mod question;
