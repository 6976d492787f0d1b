//! TODO(doc)

pub(crate) mod feed;
pub(crate) mod json;
pub(crate) mod mail;
pub(crate) mod newsml;
pub(crate) mod office;
pub(crate) mod pdf;
pub(crate) mod table;
pub(crate) mod text;
pub(crate) mod warc;
pub(crate) mod xml;
