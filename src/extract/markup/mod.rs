//! Markup read byte by byte, without a tree: tags, attributes, character references, and text with its tags left out.
//!
//! Linear in the length of a page, whatever its nesting. Uses nothing of the crate. Used by `page`, by the formats that
//! hold HTML in their fields, and by `open`, which tells a page from other text by its first tag.

pub(crate) mod attributes;
pub(crate) mod references;
pub(crate) mod strip;
pub(crate) mod tag;
