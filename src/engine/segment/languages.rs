//! The languages of the passages of a segment, as far as they decide how words were treated.

use tantivy::DocId;
use tantivy::columnar::StrColumn;

use crate::words::{Profile, Profiles};

/// How the words of each passage were treated when it was indexed.
pub struct Languages {
    column: Option<StrColumn>,
    /// By the number of the language in the column.
    profiles: Vec<Profile>,
}

impl Languages {
    /// The languages of a column of codes; passages without one are treated as English.
    pub fn of(column: Option<StrColumn>) -> tantivy::Result<Self> {
        let mut profiles = Vec::new();
        if let Some(column) = &column {
            let mut code = String::new();
            for ordinal in 0..column.num_terms() as u64 {
                code.clear();
                column.ord_to_str(ordinal, &mut code)?;
                profiles.push(Profile::of(Some(&code)));
            }
        }
        Ok(Languages { column, profiles })
    }

    /// How the words of a passage were treated.
    pub fn profile(&self, doc: DocId) -> Profile {
        let ordinal = self.column.as_ref().and_then(|column| column.ords().first(doc));
        ordinal.and_then(|ordinal| self.profiles.get(ordinal as usize)).copied().unwrap_or(Profile::ENGLISH)
    }

    /// A test for passages that were treated by one of these profiles; `None` where all were.
    pub fn test(&self, profiles: Profiles) -> Option<SpokenTest> {
        let passes: Vec<bool> = self.profiles.iter().map(|profile| profiles.contains(*profile)).collect();
        let unknown = profiles.contains(Profile::ENGLISH);
        if unknown && passes.iter().all(|passes| *passes) {
            return None;
        }
        Some(SpokenTest { column: self.column.clone(), passes, unknown })
    }
}

/// Whether passages are in languages for which a form of a word was made.
pub struct SpokenTest {
    column: Option<StrColumn>,
    /// By the number of the language in the column.
    passes: Vec<bool>,
    /// Whether passages of unknown language pass.
    unknown: bool,
}

impl SpokenTest {
    /// Whether a passage is in one of the languages.
    pub fn passes(&self, doc: DocId) -> bool {
        match self.column.as_ref().and_then(|column| column.ords().first(doc)) {
            Some(ordinal) => self.passes.get(ordinal as usize).copied().unwrap_or(self.unknown),
            None => self.unknown,
        }
    }
}
