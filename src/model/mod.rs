//! TODO(doc)

pub mod answer;
pub mod article;
pub mod calendar;
pub mod days;
pub mod error;
pub mod field;
pub mod mention;
pub mod place;
pub mod query;
