//! Recognition: the names in a text that may be toponyms, with the places that they may mean.
//!
//! Uses the words around names (`lang::names`), folding (`words`), the gazetteer's names and the weights of toponym features.
//! Resolution uses the [`recognition::Recognition`] of an article; indexing keeps one [`names::Names`] a thread.
//!
//! Every capitalised word begins a walk through the names of the gazetteer. Whether a name that was found is a toponym is a
//! weighted sum of features: what the name is ([`name_features`]), what stands around it ([`context_features`]), and how the
//! article uses it elsewhere ([`usage`]).

pub(crate) mod candidate;
pub(crate) mod context_features;
pub(crate) mod field;
pub(crate) mod mention;
pub(crate) mod name_features;
pub(crate) mod name_hash;
pub(crate) mod name_match;
pub(crate) mod names;
pub(crate) mod recognition;
pub(crate) mod text;
pub(crate) mod usage;
