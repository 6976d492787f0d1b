//! Recognition of expressions of time.
