//! The query language: text to [`super::Expr`] and back.
