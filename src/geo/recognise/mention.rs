//! Names where they stand in an article, before and after recognition decided on them.

use crate::geo::evidence::features::ToponymFeatures;

/// A name of the gazetteer where it stands, which may be a toponym.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Proposal {
    /// The number of its first token.
    pub(crate) first: u32,
    /// The number of its last token.
    pub(crate) last: u32,
    /// Byte offset of its start.
    pub(crate) start: u32,
    /// Byte offset of its end.
    pub(crate) end: u32,
    /// The hash of the folded name.
    pub(crate) name_hash: u64,
    /// The number of its group in the article.
    pub(crate) group: u32,
    /// The features of the name and of the words around it.
    pub(crate) features: ToponymFeatures,
}

/// A name that was taken for a toponym, or is being decided on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention {
    /// 0 for the title, 1 for the text.
    pub(crate) field: u8,
    /// The number of its first token.
    pub(crate) first: u32,
    /// The number of its last token.
    pub(crate) last: u32,
    /// Byte offset of its start.
    pub(crate) start: u32,
    /// Byte offset of its end.
    pub(crate) end: u32,
    /// The number of its group in the article.
    pub(crate) group: u32,
    /// All its features, those of the rest of the article included.
    pub(crate) features: ToponymFeatures,
    /// How likely it is a toponym by its features, as log odds: above 0 for more likely than not.
    pub(crate) log_odds: f32,
}

impl Mention {
    /// The mention of a proposal, not yet decided on.
    pub(crate) fn of(proposal: &Proposal, field: u8) -> Mention {
        let &Proposal { first, last, start, end, group, features, .. } = proposal;
        Mention { field, first, last, start, end, group, features, log_odds: 0.0 }
    }
}
