//! Looking names up token by token, without allocating: what recognition does for every capitalised word of an archive.

use crate::geo::gazetteer::Gazetteer;
use crate::geo::gazetteer::layer::{Layer, WalkState};
use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::record::RecordRef;

/// One candidate of a name.
#[derive(Debug, Clone, Copy)]
pub struct Posting {
    /// The place.
    pub record: RecordRef,
    /// In what way the name names it.
    pub kind: NameKind,
}

/// The state after some tokens of a name: whether a name ends here, and by which tokens names go on.
#[derive(Debug, Clone, Copy)]
pub struct NameWalk<'g> {
    gazetteer: &'g Gazetteer,
    base: Option<WalkState>,
    user: Option<WalkState>,
    started: bool,
}

impl<'g> NameWalk<'g> {
    /// Goes on by one folded token (see [`crate::words::letters::name_fold`]); `None` where no name goes on so.
    pub fn step(&self, token: &str) -> Option<NameWalk<'g>> {
        let go = |layer: &Layer, from: WalkState| {
            let from = if self.started { layer.follow(from, b" ")? } else { from };
            layer.follow(from, token.as_bytes())
        };
        let base = self.base.and_then(|from| go(&self.gazetteer.base, from));
        let user = match (&self.gazetteer.user, self.user) {
            (Some(layer), Some(from)) => go(layer, from),
            _ => None,
        };
        if base.is_none() && user.is_none() {
            return None;
        }
        Some(NameWalk { gazetteer: self.gazetteer, base, user, started: true })
    }

    /// Where names go on from here after a blank: the next word steps from there. `None` where every name ends here.
    pub(crate) fn after_blank(&self) -> Option<NameWalk<'g>> {
        let base = self.base.and_then(|from| self.gazetteer.base.follow(from, b" "));
        let user = self.gazetteer.user.as_ref().zip(self.user).and_then(|(layer, from)| layer.follow(from, b" "));
        let walk = NameWalk { gazetteer: self.gazetteer, base, user, started: false };
        (base.is_some() || user.is_some()).then_some(walk)
    }

    /// The first bytes of the words by which names go on from after a blank, as a set of [`crate::geo::gazetteer::layer::byte_bit`]s.
    pub(crate) fn leads(&self) -> u64 {
        let user = self.gazetteer.user.as_ref().zip(self.user).map_or(0, |(layer, from)| layer.leads(from));
        self.base.map_or(0, |from| self.gazetteer.base.leads(from)) | user
    }

    /// Whether a name ends here.
    pub fn is_name(&self) -> bool {
        self.name().is_some()
    }

    /// The candidates of the name that ends here; `None` where none does.
    pub(crate) fn name(&self) -> Option<Postings<'g>> {
        let postings = self.postings();
        (postings.base.is_some() || postings.user.is_some()).then_some(postings)
    }

    /// The candidates of the name that ends here: the embedded layer's, the likeliest first, then those of the user's.
    /// None where no name ends here. A place may come twice where the user's layer repeats a name.
    pub fn postings(&self) -> Postings<'g> {
        let first = self.base.and_then(|state| self.gazetteer.base.posting_at(state));
        let user = self.gazetteer.user.as_ref().zip(self.user).and_then(|(layer, state)| layer.posting_at(state));
        Postings { gazetteer: self.gazetteer, base: first, user }
    }
}

/// The candidates of a name.
#[derive(Debug, Clone)]
pub struct Postings<'g> {
    gazetteer: &'g Gazetteer,
    base: Option<u32>,
    user: Option<u32>,
}

impl Iterator for Postings<'_> {
    type Item = Posting;

    fn next(&mut self) -> Option<Posting> {
        if let Some(number) = self.base {
            let (index, kind, last) = self.gazetteer.base.posting(number)?;
            self.base = if last { None } else { number.checked_add(1) };
            return Some(Posting { record: RecordRef::new(index, false), kind });
        }
        while let Some(number) = self.user {
            let layer = self.gazetteer.user.as_ref()?;
            let (index, kind, last) = layer.posting(number)?;
            self.user = if last { None } else { number.checked_add(1) };
            if let Some(record) = self.gazetteer.settle(RecordRef::new(index, true)) {
                return Some(Posting { record, kind });
            }
        }
        None
    }
}

impl Gazetteer {
    /// The start of every name.
    pub fn walk(&self) -> NameWalk<'_> {
        let user = self.user.as_ref().map(Layer::root);
        NameWalk { gazetteer: self, base: Some(self.base.root()), user, started: false }
    }
}
