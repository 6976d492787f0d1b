//! A question made ready for a snapshot: what is looked up, and the segments it is looked up in.

use std::cell::RefCell;
use std::collections::HashSet;

use crate::engine::matching::conditions::cursor_of;
use crate::engine::matching::filter::{FilterContext, FilterPlan};
use crate::engine::matching::spellings;
use crate::engine::score::Collection;
use crate::engine::segment::cursor::Cursor;
use crate::engine::segment::{MOST_EXPANSIONS, Segment};
use crate::engine::snapshot::Snapshot;
use crate::model::error::{Error, Result};
use crate::model::place::PlaceId;
use crate::model::question::{Filter, Question};
use crate::plan::Plan;
use crate::plan::forms::Vocabulary;
use crate::plan::leaf::{Form, Tree};

/// The words of a snapshot.
struct IndexVocabulary<'s, 'r> {
    snapshot: &'s Snapshot,
    segments: &'s [Segment<'r>],
    /// The last failure to read the index.
    failed: RefCell<Option<Error>>,
}

impl IndexVocabulary<'_, '_> {
    fn or_failed(&self, answer: Result<bool>) -> bool {
        answer.unwrap_or_else(|error| {
            self.failed.replace(Some(error));
            false
        })
    }
}

impl Vocabulary for IndexVocabulary<'_, '_> {
    fn holds(&self, term: &str) -> bool {
        let fields = [self.snapshot.fields().body, self.snapshot.fields().title];
        let mut everywhere = self.segments.iter().flat_map(|segment| fields.map(|field| segment.holds(field, term)));
        let held = everywhere.find(|held| !matches!(held, Ok(false))).unwrap_or(Ok(false));
        self.or_failed(held.map_err(|e| self.snapshot.fail(e)))
    }

    fn names_a_place(&self, name: &str, forms: &[Form]) -> bool {
        self.or_failed(spellings::is_used(self.snapshot, self.segments, name, forms))
    }
}

/// A question made ready for a snapshot.
pub(crate) struct Search<'r> {
    /// What is searched.
    pub snapshot: &'r Snapshot,
    /// What is asked.
    pub question: &'r Question,
    /// What is looked up.
    pub plan: Plan,
    /// Filters by their postings.
    pub filters: FilterPlan,
    /// The segments.
    pub segments: Vec<Segment<'r>>,
}

impl<'r> Search<'r> {
    /// Makes a question ready.
    ///
    /// # Errors
    /// [`Error::Query`] where it cannot be answered as it stands.
    pub fn new(snapshot: &'r Snapshot, question: &'r Question) -> Result<Self> {
        let segments = snapshot.segments()?;
        let vocabulary = IndexVocabulary { snapshot, segments: &segments, failed: RefCell::default() };
        let plan = snapshot.with_analyser(|analyser| {
            Plan::of(question, snapshot.gazetteer(), snapshot.languages(), analyser, &vocabulary)
        })?;
        if let Some(error) = vocabulary.failed.take() {
            return Err(error);
        }
        let filters = question.filters().into_iter().map(|(_, filter)| filter);
        let files_matching = |pattern: &str| snapshot.files_matching(pattern);
        let places_in_index = || snapshot.place_codes();
        let context = FilterContext {
            gazetteer: snapshot.gazetteer(),
            claims: question.claims,
            coarse: question.coarse,
            event_named: question.event_named,
            files_matching: &files_matching,
            places_in_index: &places_in_index,
        };
        let filters = FilterPlan::of(filters, snapshot.fields(), &context)?;
        let search = Search { snapshot, question, plan, filters, segments };
        search.refuse_wide_words()?;
        Ok(search)
    }

    /// A prefix or fuzzy word that stands for too many terms is refused with the number, not cut.
    fn refuse_wide_words(&self) -> Result<()> {
        for leaf in &self.plan.leaves {
            for wide in leaf.forms.iter().flat_map(Form::open_words) {
                let mut terms = HashSet::new();
                for segment in &self.segments {
                    let found = segment.expand(self.snapshot.fields().body, &wide);
                    terms.extend(found.map_err(|e| self.snapshot.fail(e))?);
                }
                if terms.len() > MOST_EXPANSIONS {
                    return Err(Error::Usage(format!(
                        "`{}` stands for more than {} words of this index; write more letters of it",
                        leaf.label, MOST_EXPANSIONS
                    )));
                }
            }
        }
        Ok(())
    }

    /// The documents of a segment that meet a condition of the plan.
    ///
    /// # Errors
    /// Where the index is damaged.
    pub fn cursor<'s>(&'s self, tree: &Tree, segment: &'s Segment<'r>) -> Result<Cursor<'s>> {
        cursor_of(tree, &self.plan.leaves, &self.filters, segment).map_err(|e| self.snapshot.fail(e))
    }

    /// Sums of the whole index.
    pub fn collection(&self) -> Collection {
        let sums = self.snapshot.sums();
        Collection { articles: sums.articles, passages: sums.passages, words: sums.words }
    }

    /// Places that are asked for, for marking them in a passage.
    pub fn asked_places(&self) -> Vec<&PlaceId> {
        self.question
            .wanted_filters()
            .into_iter()
            .filter_map(|f| match f {
                Filter::Place(id) => Some(id),
                _ => None,
            })
            .collect()
    }
}
