//! Writes the names of a layer and their postings.

use std::io::{self, Write};

use fst::raw::Builder;

use crate::geo::build::byte_sorter::ByteSorter;
use crate::geo::build::place_row::PackedRow;
use crate::geo::build::spool::{Counted, Spool};
use crate::geo::gazetteer::layer::{NO_DEGREES, RECORD_BITS};
use crate::geo::gazetteer::likelihood::likelihood;
use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::place_class::CLASSES;
use crate::words::letters::name_fold::is_latin;

/// Names shorter than this many characters widen no query unless they are the place's own.
const SHORTEST_WIDENING_NAME: usize = 4;
/// A name widens a query for a place that is at least this likely beside the likeliest candidate. A guess; not measured.
const WIDENING_SHARE: f64 = 0.2;

/// A name and one of its candidates as they are sorted: the folded name, a zero, the row and the kind.
pub(crate) fn name_entry(row: u32, folded: &str, kind: NameKind) -> Vec<u8> {
    let mut entry = Vec::with_capacity(folded.len() + 6);
    entry.extend_from_slice(folded.as_bytes());
    entry.push(0);
    entry.extend_from_slice(&row.to_be_bytes());
    entry.push(kind as u8);
    entry
}

/// Takes such an entry apart: folded name, row and kind.
fn parts_of(entry: &[u8]) -> Option<(&[u8], u32, NameKind)> {
    let (name, tail) = entry.split_at_checked(entry.len().checked_sub(6)?)?;
    let row = u32::from_be_bytes(tail.get(1..5)?.try_into().ok()?);
    Some((name, row, NameKind::from_bits(u32::from(*tail.last()?))))
}

/// What writing the names needs of the places.
pub(crate) struct NameSections<'w> {
    pub(crate) rows: &'w [PackedRow],
    /// The number of the record of each row.
    pub(crate) record_of_row: &'w [u32],
    /// Takes for each record the numbers of the postings whose names widen queries for it, four bytes each.
    pub(crate) lists: &'w mut ByteSorter,
}

impl NameSections<'_> {
    /// How likely the place of a row is meant by a name of this kind ([`likelihood`]).
    fn likelihood(&self, row: u32, kind: NameKind) -> f64 {
        let row = &self.rows[row as usize];
        let class = CLASSES.get(usize::from(row.class)).copied();
        likelihood(class, row.feature_code, row.population, row.lat != NO_DEGREES, kind)
    }

    /// Whether one row lies in another, by up to six steps.
    fn is_ancestor(&self, upper: u32, lower: u32) -> bool {
        let mut row = lower;
        for _ in 0..6 {
            row = match self.rows.get(row as usize) {
                Some(found) => found.parent,
                None => return false,
            };
            if row == upper {
                return true;
            }
        }
        false
    }

    /// Writes the names to `out` and their postings to the spool; returns how many names there are and the bytes of their
    /// section.
    pub(crate) fn write(
        &mut self,
        names: ByteSorter,
        out: &mut impl Write,
        postings: &mut Spool,
    ) -> io::Result<(usize, u64)> {
        let mut fst = Builder::new(Counted { inner: out, count: 0 }).map_err(io::Error::other)?;
        let mut count = 0;
        let mut candidates: Vec<(u32, NameKind)> = Vec::new();
        let mut name: Vec<u8> = Vec::new();
        let mut sorted = names.into_sorted()?;
        loop {
            let entry = sorted.next().transpose()?;
            let parts = entry.as_deref().and_then(parts_of);
            if let Some((key, row, kind)) = parts
                && (key == name || candidates.is_empty())
            {
                if candidates.is_empty() {
                    name = key.to_vec();
                }
                match candidates.iter_mut().find(|(known, _)| *known == row) {
                    Some((_, known)) if precedence(kind) < precedence(*known) => *known = kind,
                    Some(_) => {}
                    None => candidates.push((row, kind)),
                }
                continue;
            }
            if !candidates.is_empty() {
                let first = postings.len() / 4;
                fst.insert(&name, first).map_err(io::Error::other)?;
                count += 1;
                self.put_postings(&name, first as u32, &mut candidates, postings)?;
            }
            candidates.clear();
            match parts {
                Some((key, row, kind)) => {
                    name = key.to_vec();
                    candidates.push((row, kind));
                }
                None => break,
            }
        }
        // What finishing adds is not counted by the builder, so the bytes are counted underneath it.
        let counted = fst.into_inner().map_err(io::Error::other)?;
        Ok((count, counted.count))
    }

    /// Writes the postings of a name, the likeliest candidate first. `first` is the number of the first of them.
    fn put_postings(
        &mut self,
        name: &[u8],
        first: u32,
        candidates: &mut [(u32, NameKind)],
        postings: &mut Spool,
    ) -> io::Result<()> {
        candidates.sort_by(|a, b| {
            let (x, y) = (self.likelihood(a.0, a.1), self.likelihood(b.0, b.1));
            y.total_cmp(&x).then(self.record_of_row[a.0 as usize].cmp(&self.record_of_row[b.0 as usize]))
        });
        let Some(&(top, top_kind)) = candidates.first() else { return Ok(()) };
        let most = self.likelihood(top, top_kind);
        let text = std::str::from_utf8(name).unwrap_or_default();
        let widens = is_latin(text) && text.chars().count() >= SHORTEST_WIDENING_NAME;
        for (n, &(row, kind)) in candidates.iter().enumerate() {
            let last = u32::from(n + 1 == candidates.len());
            let word = self.record_of_row[row as usize] | (kind as u32) << RECORD_BITS | last << 31;
            postings.write(&word.to_le_bytes())?;
            let is_own_name = kind == NameKind::Preferred;
            let is_sound = widens
                && matches!(kind, NameKind::Alternate | NameKind::Historic | NameKind::Variant)
                && (self.likelihood(row, kind) >= most * WIDENING_SHARE
                    || self.is_ancestor(top, row)
                    || self.is_ancestor(row, top));
            if is_own_name || is_sound {
                let mut entry = [0u8; 8];
                entry[..4].copy_from_slice(&self.record_of_row[row as usize].to_be_bytes());
                entry[4..].copy_from_slice(&first.to_be_bytes());
                self.lists.push(&entry)?;
            }
        }
        Ok(())
    }
}

/// Which kind stands where one place bears one name in two ways: the lower.
fn precedence(kind: NameKind) -> u8 {
    match kind {
        NameKind::Preferred => 0,
        NameKind::Abbreviation | NameKind::AbbreviationDotted | NameKind::AbbreviationAfterComma => 1,
        NameKind::Historic => 2,
        NameKind::Alternate => 3,
        NameKind::OtherScript => 4,
        NameKind::Demonym => 5,
        NameKind::Variant => 6,
        NameKind::Ethnic => 7,
    }
}
