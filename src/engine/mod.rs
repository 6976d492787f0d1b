//! TODO(doc)

pub(crate) mod answer;
pub(crate) mod asked;
pub(crate) mod commit;
pub(crate) mod count;
pub(crate) mod fault;
pub mod layer;
pub(crate) mod matching;
pub(crate) mod pool;
pub(crate) mod rank;
pub(crate) mod records;
pub(crate) mod schema;
pub(crate) mod score;
pub(crate) mod segment;
pub mod snapshot;
pub mod write;
