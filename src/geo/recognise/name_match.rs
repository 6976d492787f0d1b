//! A name of the gazetteer that stands in a text, before its candidates are looked at.

use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::name_walk::Postings;
use crate::geo::recognise::field::Field;
use crate::geo::recognise::name_hash::match_key;
use crate::geo::recognise::text::token::{form, sep};

/// A name of the gazetteer that the text holds, toponym or not.
#[derive(Debug, Clone)]
pub(crate) struct NameMatch<'g> {
    /// The number of its first token.
    pub(crate) first: usize,
    /// The number of its last token.
    pub(crate) last: usize,
    /// Byte offset of its end in the text: after the full stop of an abbreviation.
    pub(crate) end: u32,
    /// Tells the folded name and its spelling from others ([`match_key`]).
    pub(crate) key: u64,
    /// The places that bear the name, whatever its spelling.
    pub(crate) postings: Postings<'g>,
    pub(crate) spelling: Spelling,
}

/// How a name is written, which decides what kinds of name it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spelling {
    /// All in capitals, as an abbreviation may be.
    pub(crate) capitals: bool,
    /// With full stops.
    pub(crate) dotted: bool,
    /// After a comma that follows a capitalised word.
    pub(crate) after_comma: bool,
}

impl Spelling {
    /// Whether a name of this kind can be written so.
    pub(crate) fn allows(self, kind: NameKind) -> bool {
        match kind {
            NameKind::Abbreviation => self.capitals || self.dotted,
            NameKind::AbbreviationDotted => self.dotted,
            NameKind::AbbreviationAfterComma => self.after_comma || self.dotted,
            _ => true,
        }
    }
}

impl<'g> NameMatch<'g> {
    /// The match of the tokens from `first` to `last`, whose folded words hash to `hash` together.
    pub(crate) fn new(field: &Field, first: usize, last: usize, hash: u64, postings: Postings<'g>) -> NameMatch<'g> {
        let (mut capitals, mut dotted, mut end) = (false, false, 0);
        if let Some(token) = field.token(last) {
            capitals = token.is(form::CAPITALS);
            // The full stop belongs to an abbreviation in "Calif.", "U.S." and "W. Va.", but "NSW." ends a sentence.
            dotted = token.is(form::DOTTED) || (token.is(form::STOP_AFTER) && !capitals);
            end = token.end;
        }
        let after_comma = field.token(first).is_some_and(|t| t.after(sep::COMMA))
            && first > 0
            && field.token(first - 1).is_some_and(|t| t.is(form::CAPITAL));
        let spelling = Spelling { capitals, dotted, after_comma };
        if dotted && postings.clone().any(|p| p.kind.is_abbreviation()) {
            let stop = field.token(last).is_some_and(|t| t.is(form::STOP_AFTER));
            end += u32::from(stop);
        }
        NameMatch { first, last, end, key: match_key(hash, [capitals, dotted, after_comma]), postings, spelling }
    }
}
