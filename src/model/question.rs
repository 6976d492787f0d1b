//! What is asked: a question, and the page of its answer that is shown. Knows no engine.

use crate::model::days::DayRangeBounds;
use crate::model::field::Field;
use crate::model::lag::LagBounds;
use crate::model::place::{CountryCode, PlaceId};

/// A question to an index: what must hold for a passage to answer. It is what a saved search keeps; [`Page`] says how the
/// answer is shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Question {
    /// Words and all filters; `None` asks for every passage.
    pub expr: Option<Expr>,
    /// Which passages answer.
    pub matching: Matching,
    /// Whether toponyms in the query are only words (`--exact`).
    pub exact: bool,
    /// Whether `country:` also matches those who claim a disputed place (`--claims`).
    pub claims: bool,
    /// Whether date filters also match expressions much longer than what is asked (`--coarse`).
    pub coarse: bool,
    /// Whether days of an event are only those that a passage names, in filters, counts and orders (`--event-named`).
    pub event_named: bool,
}

impl Question {
    /// A question of these words and filters, otherwise as by default.
    pub fn of(expr: Option<Expr>) -> Self {
        Question { expr, ..Question::default() }
    }

    /// The question with one more clause that must hold, in one list with the words: a partial match may lack words of it.
    #[must_use]
    pub fn with(mut self, clause: Expr) -> Self {
        self.expr = Some(match self.expr.take() {
            Some(Expr::And(mut clauses)) => {
                clauses.push(clause);
                Expr::And(clauses)
            }
            Some(expr) => Expr::And(vec![expr, clause]),
            None => clause,
        });
        self
    }

    /// The question narrowed by filters: those of one field are alternatives, different fields must all hold, and so must
    /// every filter that it had before.
    #[must_use]
    pub fn narrowed(self, filters: Vec<Filter>) -> Self {
        match filters.is_empty() {
            true => self,
            false => self.with(Expr::And(filters.into_iter().map(Expr::Filter).collect())),
        }
    }

    /// The question without the passages that any of these filters matches.
    #[must_use]
    pub fn excluding(self, filters: Vec<Filter>) -> Self {
        filters.into_iter().fold(self, |question, filter| question.with(Expr::Not(Box::new(Expr::Filter(filter)))))
    }

    /// The days of events that are asked for, which an answer may fulfil, with whether only named ones count.
    pub fn wanted_events(&self) -> Vec<(DayRangeBounds, bool)> {
        let asked = |filter: &Filter| match filter {
            Filter::Date(DateKind::Event, days) => Some((*days, self.event_named)),
            Filter::Date(DateKind::Named, days) => Some((*days, true)),
            _ => None,
        };
        self.wanted_filters().into_iter().filter_map(asked).collect()
    }

    /// Whether days of events are asked for; see [`Question::wanted_events`].
    pub fn filters_events(&self) -> bool {
        !self.wanted_events().is_empty()
    }

    /// All its filters with where they stand, in order.
    pub fn filters(&self) -> Vec<(Standing, &Filter)> {
        let mut found = Vec::new();
        self.visit(&mut |expr, standing| {
            if let Expr::Filter(filter) = expr {
                found.push((standing, filter));
            }
        });
        found
    }

    /// The filters of which an answer fulfils some: all that stand in no negation.
    pub fn wanted_filters(&self) -> Vec<&Filter> {
        self.filters().into_iter().filter(|(standing, _)| standing.negations == 0).map(|(_, filter)| filter).collect()
    }

    /// The words that are wanted as they stand, in order; none that are negated, prefixes or fuzzy.
    pub fn plain_words(&self) -> Vec<&str> {
        let mut words = Vec::new();
        self.visit(&mut |expr, standing| match expr {
            Expr::Word(word) if standing.negations == 0 => words.push(word.as_str()),
            Expr::Phrase(phrase) if standing.negations == 0 => {
                words.extend(phrase.words.iter().map(String::as_str));
            }
            _ => {}
        });
        words
    }

    /// Days to which a kind of date is bound in every answer: each answer has a date of this kind in one of them. Empty where
    /// nothing bounds it, as where the filter is one of several alternatives or either kind will do.
    pub fn bounding_days(&self, kind: DateKind) -> Vec<DayRangeBounds> {
        fn bounds(expr: &Expr, kind: DateKind) -> Vec<DayRangeBounds> {
            match expr {
                Expr::Filter(Filter::Date(asked, days)) if asked.bounds(kind) => vec![*days],
                Expr::And(parts) => parts.iter().flat_map(|part| bounds(part, kind)).collect(),
                Expr::Or(parts) => {
                    let each: Vec<_> = parts.iter().map(|part| bounds(part, kind)).collect();
                    if each.iter().any(Vec::is_empty) { Vec::new() } else { each.concat() }
                }
                _ => Vec::new(),
            }
        }
        self.expr.as_ref().map_or_else(Vec::new, |expr| bounds(expr, kind))
    }

    /// The fields by which every answer is filtered, sorted, each once.
    pub fn filtered_fields(&self) -> Vec<&'static str> {
        let mut fields: Vec<&'static str> = self
            .clauses()
            .iter()
            .flat_map(|clause| clause.filters_alone().unwrap_or_default())
            .map(Filter::field)
            .collect();
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    /// The question without the filters of a field that every answer must pass, and these filters.
    pub fn without_field(&self, field: &str) -> (Question, Vec<Filter>) {
        let mut dropped = Vec::new();
        let mut kept = Vec::new();
        for clause in self.clauses() {
            let Some(filters) = clause.filters_alone() else {
                kept.push(clause.clone());
                continue;
            };
            let (of_field, others): (Vec<_>, Vec<_>) = filters.into_iter().partition(|filter| filter.field() == field);
            if of_field.is_empty() {
                kept.push(clause.clone());
            } else if !others.is_empty() {
                kept.push(Expr::And(others.into_iter().cloned().map(Expr::Filter).collect()));
            }
            dropped.extend(of_field.into_iter().cloned());
        }
        let expr = if kept.is_empty() { None } else { Some(Expr::And(kept)) };
        (Question { expr, ..self.clone() }, dropped)
    }

    /// What must all hold.
    fn clauses(&self) -> &[Expr] {
        match &self.expr {
            Some(Expr::And(clauses)) => clauses,
            Some(other) => std::slice::from_ref(other),
            None => &[],
        }
    }

    /// Shows every part of the expression with where it stands; see [`Expr::visit`].
    pub fn visit<'q>(&'q self, see: &mut dyn FnMut(&'q Expr, Standing)) {
        if let Some(expr) = &self.expr {
            expr.visit(see);
        }
    }
}

/// How an answer is shown: its order and which part of it. Totals do not depend on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to skip.
    pub offset: usize,
    /// How many hits to give; `None` for all, partial matches too where [`Matching`] has such.
    pub limit: Option<usize>,
    /// How many passages of one article may stand among the hits; `None` for all.
    pub per_article: Option<usize>,
    /// How many passages before and after each hit to give with it.
    pub context: usize,
    /// Whether to say how each score came about.
    pub explain: bool,
}

impl Default for Page {
    /// The ten best, at most two of one article.
    fn default() -> Self {
        Page { sort: Sort::Relevance, offset: 0, limit: Some(10), per_article: Some(2), context: 0, explain: false }
    }
}

impl Page {
    /// Every hit.
    pub fn all() -> Self {
        Page { limit: None, per_article: None, ..Page::default() }
    }

    /// How many hits there are up to the last of the page; `None` for all.
    pub fn hits_to_its_end(&self) -> Option<usize> {
        self.limit.map(|limit| limit.saturating_add(self.offset))
    }
}

/// Where a part of an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// In how many negations; an odd number excludes.
    pub negations: u32,
    /// Whether it is sought in titles only.
    pub in_title: bool,
}

/// Which passages answer a query of several words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Matching {
    /// Those that hold all words; after them, as far as the page has room, those that hold some.
    #[default]
    AllFirst,
    /// Only those that hold all words.
    All,
    /// Those that hold any, ranked alike.
    Any,
}

/// The order of hits; ties go by article and passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// By publication date, the latest first, undated last.
    Newest,
    /// By publication date, the earliest first, undated last.
    Oldest,
    /// By the first day of the event, the earliest first, passages without one last.
    Event,
}

/// A query's words and their combination.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A word as typed. It may hold punctuation ("T-72", "U.N."): what the analyser cuts it into must then stand together,
    /// in order.
    Word(String),
    /// Words side by side or near each other.
    Phrase(TypedPhrase),
    /// Words that begin so as they are written, in whatever inflection they are known. Of several tokens ("al-Sha") only
    /// the last is open.
    Prefix(String),
    /// Words within so many edits (1 or 2) of this one.
    Fuzzy {
        /// The word as typed.
        word: String,
        /// Levenshtein distance with transpositions, 1 or 2.
        distance: u8,
    },
    /// The same, but in the title of the article.
    Title(Box<Expr>),
    /// A filter inside the query.
    Filter(Filter),
    /// All of these. Filters of one field that stand side by side in one list are alternatives; one that is wrapped in a
    /// list of its own (`And([Filter])`) must hold by itself.
    And(Vec<Expr>),
    /// Any of these.
    Or(Vec<Expr>),
    /// None of this.
    Not(Box<Expr>),
}

/// A phrase as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedPhrase {
    /// Its words; never empty.
    pub words: Vec<String>,
    /// How far apart they may stand.
    pub apart: Apart,
    /// Whether they must stand as they are written, case and accents aside (`=`).
    pub as_written: bool,
}

/// How far apart the words of a phrase may stand; by default side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Apart {
    /// How many other words may stand between them in all.
    pub most: u32,
    /// Whether they may stand in any order; else they stand in the order typed.
    pub any_order: bool,
}

impl TypedPhrase {
    /// Words side by side in this order.
    pub fn of(words: Vec<String>) -> Self {
        TypedPhrase { words, apart: Apart::default(), as_written: false }
    }
}

impl Expr {
    /// Shows every part with where it stands, a part before those within it.
    pub fn visit<'e>(&'e self, see: &mut dyn FnMut(&'e Expr, Standing)) {
        self.visit_from(Standing::default(), see);
    }

    fn visit_from<'e>(&'e self, standing: Standing, see: &mut dyn FnMut(&'e Expr, Standing)) {
        see(self, standing);
        match self {
            Expr::Title(inner) => inner.visit_from(Standing { in_title: true, ..standing }, see),
            Expr::Not(inner) => inner.visit_from(Standing { negations: standing.negations + 1, ..standing }, see),
            Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| part.visit_from(standing, see)),
            Expr::Word(_) | Expr::Phrase(_) | Expr::Prefix(_) | Expr::Fuzzy { .. } | Expr::Filter(_) => {}
        }
    }

    /// Its filters, where it is one or a list of nothing else.
    fn filters_alone(&self) -> Option<Vec<&Filter>> {
        match self {
            Expr::Filter(filter) => Some(vec![filter]),
            Expr::And(parts) => parts
                .iter()
                .map(|part| match part {
                    Expr::Filter(filter) => Some(filter),
                    _ => None,
                })
                .collect(),
            _ => None,
        }
    }
}

/// A condition on a passage or its article that adds nothing to the score.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// In a region of `schema/regions.tsv`, by its code.
    Region(String),
    /// In a country.
    Country(CountryCode),
    /// Within a place.
    Place(PlaceId),
    /// Names a place within a distance.
    Near {
        /// Degrees north, WGS 84.
        lat: f64,
        /// Degrees east, WGS 84.
        lon: f64,
        /// Kilometres along a great circle.
        km: f64,
    },
    /// Speaks of, or was published in, these days.
    Date(DateKind, DayRangeBounds),
    /// Without any date of this kind.
    DateUnknown(DateKind),
    /// Speaks of a day so many days before its publication; see [`crate::model::lag`].
    Lag(LagBounds),
    /// Without any lag that is known.
    LagUnknown,
    /// Published by (whole name, case folded).
    Source(String),
    /// In a language (ISO 639-1 code).
    Language(String),
    /// Path below the root matches this glob; without wildcard, contains it.
    Path(String),
}

impl Filter {
    /// The name of its field: filters of one field are alternatives.
    pub const fn field(&self) -> &'static str {
        let field = match self {
            Filter::Region(_) => Field::Region,
            Filter::Country(_) => Field::Country,
            Filter::Place(_) => Field::Place,
            Filter::Near { .. } => Field::Near,
            Filter::Date(kind, _) | Filter::DateUnknown(kind) => kind.field(),
            Filter::Lag(_) | Filter::LagUnknown => Field::Lag,
            Filter::Source(_) => Field::Source,
            Filter::Language(_) => Field::Language,
            Filter::Path(_) => Field::Path,
        };
        field.name()
    }
}

/// Which dates a filter speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateKind {
    /// The days of the event: those that the passage names, else those that it carries, else its publication; see
    /// [`crate::model::event::EventKind`].
    Event,
    /// Days that the passage names.
    Named,
    /// The publication date.
    Published,
    /// Either.
    Either,
}

impl DateKind {
    /// The field that asks for it.
    pub const fn field(self) -> Field {
        match self {
            DateKind::Event => Field::Event,
            DateKind::Named => Field::EventNamed,
            DateKind::Published => Field::Published,
            DateKind::Either => Field::Date,
        }
    }

    /// Whether a filter by this kind of date bounds dates of the other one.
    fn bounds(self, other: DateKind) -> bool {
        let events = [DateKind::Event, DateKind::Named];
        self == other || events.contains(&self) && events.contains(&other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::days::DayRange;

    fn country(code: &[u8; 2]) -> Filter {
        Filter::Country(CountryCode(*code))
    }

    fn event(from: i32, to: i32) -> Filter {
        let days = DayRange { from: crate::model::days::Day(from), to: crate::model::days::Day(to) };
        Filter::Date(DateKind::Event, DayRangeBounds { from: Some(days.from), to: Some(days.to) })
    }

    #[test]
    fn flags_narrow_what_was_typed_and_are_no_alternatives_to_it() {
        let typed = Question::of(Some(Expr::And(vec![Expr::Word("a".into()), Expr::Filter(country(b"IN"))])));
        let narrowed = typed.narrowed(vec![country(b"PK"), country(b"CN")]).excluding(vec![country(b"RU")]);
        let Some(Expr::And(clauses)) = &narrowed.expr else { panic!("{narrowed:?}") };
        assert_eq!(clauses.len(), 4);
        assert_eq!(narrowed.wanted_filters(), [&country(b"IN"), &country(b"PK"), &country(b"CN")]);
        assert_eq!(narrowed.filters().len(), 4);
        assert_eq!(narrowed.plain_words(), ["a"]);
        assert_eq!(narrowed.filtered_fields(), ["country"]);
        let (without, dropped) = narrowed.without_field("country");
        assert_eq!(dropped, [country(b"IN"), country(b"PK"), country(b"CN")]);
        assert_eq!(without.filters().len(), 1, "what is excluded stays so");
    }

    #[test]
    fn days_bound_an_answer_only_where_every_alternative_has_some() {
        let (may, june) = (event(10, 20), event(40, 50));
        let either = Expr::Or(vec![Expr::Filter(may.clone()), Expr::Filter(june)]);
        assert_eq!(Question::of(Some(either.clone())).bounding_days(DateKind::Event).len(), 2);
        assert_eq!(Question::of(Some(either)).bounding_days(DateKind::Published), []);
        let or_word = Expr::Or(vec![Expr::Filter(may.clone()), Expr::Word("a".into())]);
        assert_eq!(Question::of(Some(or_word)).bounding_days(DateKind::Event), []);
        let not = Expr::Not(Box::new(Expr::Filter(may)));
        assert_eq!(Question::of(Some(not)).bounding_days(DateKind::Event), []);
    }
}
