//! TODO(doc)

pub mod article;
pub mod calendar;
pub mod days;
pub mod error;
pub mod query;
