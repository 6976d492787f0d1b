//! The verbs that speak of the program itself: completions, the manual page, licences.
//! Uses the arguments and the terminal; used by the list of verbs.

pub mod completions;
pub mod licenses;
pub mod man;
