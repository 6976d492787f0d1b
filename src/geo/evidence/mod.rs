//! What speaks for and against a toponym and a place: the features of the models, and their fitted weights.
//!
//! Uses nothing else of the project. Recognition fills the features of a toponym, resolution those of a candidate and of the
//! verdict; both weigh them here, and `resolve::fit` hands them to whoever fits the weights anew.

pub(crate) mod features;
pub(crate) mod weights;
