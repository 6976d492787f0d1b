//! Whether a passage fulfils a question.

use std::collections::BTreeSet;

use dateline::geo::Gazetteer;
use dateline::geo::gazetteer::PlaceClass;
use dateline::geo::gazetteer::facet::paths_within;
use dateline::geo::gazetteer::region;
use dateline::index::Backend;
use dateline::model::days::{DayRange, DayRangeBounds};
use dateline::model::error::{Error, Result};
use dateline::model::event::EventKind;
use dateline::model::place::{CountryCode, PlaceId};
use dateline::model::question::{DateKind, Filter, Matching, Question};
use dateline::plan::Plan;
use dateline::plan::forms::Vocabulary;
use dateline::plan::leaf::{Alternative, Form, Leaf, Tree};
use dateline::plan::phrase::{Link, Phrase, Place};
use dateline::words::{Analyser, PrefixTerms, Profile, folded, is_stop_term, written_form};
use globset::GlobMatcher;

use super::Plain;
use super::reading::{Passage, Stored, Word};

/// How many words of an index a beginning or a spelling may stand for.
const MOST_EXPANSIONS: usize = 4096;

/// How many passages are looked at for whether a spelling is used as a name.
const PASSAGES_FOR_SPELLINGS: usize = 6;

/// A passage: its article's place in the list, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    pub article: usize,
    pub number: usize,
}

/// A question made ready.
pub struct Asked<'p> {
    pub plain: &'p Plain,
    pub question: &'p Question,
    pub plan: Plan,
    filters: Vec<(Filter, Names)>,
}

/// What a filter stands for.
#[derive(Default)]
struct Names {
    countries: Vec<CountryCode>,
    /// Paths of places; what lies below one passes.
    below: Vec<Vec<String>>,
    /// Codes of places that pass themselves.
    exactly: BTreeSet<String>,
    glob: Option<GlobMatcher>,
}

/// Which passages match.
pub struct Matches {
    pub complete: Vec<At>,
    pub partial: Vec<At>,
}

impl<'p> Asked<'p> {
    pub fn new(plain: &'p Plain, question: &'p Question) -> Result<Self> {
        let mut analyser = Analyser::new();
        let plan = Plan::of(question, plain.gazetteer(), &plain.holdings.languages, &mut analyser, plain)?;
        let mut filters = Vec::new();
        for (_, filter) in question.filters() {
            filters.push((filter.clone(), plain.names_of(filter, question.claims)?));
        }
        plan.leaves.iter().try_for_each(|leaf| plain.refuse_wide(leaf))?;
        Ok(Asked { plain, question, plan, filters })
    }

    /// Every passage that matches, by article id and number; of articles with the same text the one that stands for all.
    pub fn matches(&self) -> Matches {
        let (mut complete, mut partial) = (Vec::new(), Vec::new());
        let whole = self.plan.complete();
        for at in self.plain.all() {
            if self.holds(&whole, at) {
                complete.push(at);
            } else if self.question.matching == Matching::AllFirst
                && self.plan.wanted.iter().any(|wanted| self.holds(&wanted.tree, at))
                && self.holds(&self.plan.required, at)
            {
                partial.push(at);
            }
        }
        Matches { complete: self.plain.without_copies(complete), partial: self.plain.without_copies(partial) }
    }

    /// Every complete match, copies and all.
    pub fn complete(&self) -> Vec<At> {
        let whole = self.plan.complete();
        self.plain.all().filter(|at| self.holds(&whole, *at)).collect()
    }

    /// Whether a leaf stands in a passage; the title belongs to the first.
    pub fn leaf(&self, leaf: usize, at: At) -> bool {
        self.plain.leaf(&self.plan.leaves[leaf], at)
    }

    /// What the days of a passage's event rest on, and these: those that it names; where it names none those that it carries;
    /// where it carries none the publication of its article. `None` where nothing is known.
    pub fn event_days(&self, at: At, named: bool) -> Option<(EventKind, Vec<DayRange>)> {
        let (stored, passage) = self.plain.at(at);
        let kinds = [
            (EventKind::Named, passage.events.clone()),
            (EventKind::Carried, passage.carried.clone()),
            (EventKind::Published, stored.published().into_iter().collect()),
        ];
        kinds.into_iter().take(if named { 1 } else { 3 }).find(|(_, days)| !days.is_empty())
    }

    /// The first of a passage's days that answers for those asked for. Publication also answers for the day before it.
    pub fn event_answer(&self, at: At, asked: DayRangeBounds, named: bool) -> Option<(EventKind, DayRange)> {
        let (kind, days) = self.event_days(at, named)?;
        let answers = |days: &DayRange| event_answers(kind, *days, asked, self.question.coarse);
        days.into_iter().find(answers).map(|days| (kind, days))
    }

    fn holds(&self, tree: &Tree, at: At) -> bool {
        match tree {
            Tree::All => true,
            Tree::Leaf(leaf) => self.leaf(*leaf, at),
            Tree::Filter(filter) => self.passes(filter, at),
            Tree::And(parts) => parts.iter().all(|part| self.holds(part, at)),
            Tree::Or(parts) => parts.iter().any(|part| self.holds(part, at)),
            Tree::Not(part) => !self.holds(part, at),
        }
    }

    /// The days from each expression of a passage to its publication, as far as both are known to the day or month.
    pub fn lags(&self, at: At) -> Vec<i64> {
        let (stored, passage) = self.plain.at(at);
        let Some(published) = stored.published().filter(|days| days.from == days.to) else { return Vec::new() };
        let day = i64::from(published.from.0);
        let short = passage.events.iter().filter(|days| days.days() <= 31 || self.question.coarse);
        let lag = |days: &DayRange| {
            let (first, last) = (i64::from(days.from.0), i64::from(days.to.0));
            if last < day {
                day - last
            } else if first > day {
                day - first
            } else {
                0
            }
        };
        short.map(lag).collect()
    }

    fn passes(&self, filter: &Filter, at: At) -> bool {
        let (stored, passage) = self.plain.at(at);
        let (_, names) = self.filters.iter().find(|(known, _)| known == filter).expect("all filters were made ready");
        let published = stored.published();
        match filter {
            Filter::Country(_) | Filter::Region(_) | Filter::Place(_) | Filter::Near { .. } => names.pass(passage),
            Filter::Date(kind @ (DateKind::Event | DateKind::Named), asked) => {
                self.event_answer(at, *asked, self.question.event_named || *kind == DateKind::Named).is_some()
            }
            Filter::DateUnknown(kind @ (DateKind::Event | DateKind::Named)) => {
                self.event_days(at, self.question.event_named || *kind == DateKind::Named).is_none()
            }
            Filter::Date(kind, asked) => {
                let by_event = || passage.events.iter().any(|days| asked.answered_by(*days, self.question.coarse));
                let by_publication = || published.is_some_and(|days| asked.answered_by(days, self.question.coarse));
                *kind != DateKind::Published && by_event() || by_publication()
            }
            Filter::DateUnknown(DateKind::Published) => published.is_none(),
            Filter::DateUnknown(DateKind::Either) => passage.events.is_empty() && published.is_none(),
            Filter::Lag(asked) => self.lags(at).into_iter().any(|lag| {
                asked.from.is_none_or(|least| i64::from(least) <= lag)
                    && asked.to.is_none_or(|most| lag <= i64::from(most))
            }),
            Filter::LagUnknown => self.lags(at).is_empty(),
            Filter::Source(name) => {
                let fold = |name: &str| name.trim().to_lowercase();
                stored.article.info.source.as_deref().is_some_and(|source| fold(source) == fold(name))
            }
            Filter::Language(code) => stored.article.info.language.as_deref() == Some(code.to_lowercase().as_str()),
            Filter::Path(pattern) => match &names.glob {
                Some(glob) => glob.is_match(&stored.file),
                None => stored.file.contains(pattern.as_str()),
            },
        }
    }
}

/// Whether days answer for those asked for.
pub fn event_answers(kind: EventKind, days: DayRange, asked: DayRangeBounds, coarse: bool) -> bool {
    if kind != EventKind::Published {
        return asked.answered_by(days, coarse);
    }
    let (from, to) = (asked.from.map_or(i32::MIN, |day| day.0), asked.to.map_or(i32::MAX - 1, |day| day.0));
    if days.from == days.to {
        return from <= days.from.0 && days.from.0 <= to + 1;
    }
    let whole = from <= days.from.0 && days.to.0 <= to;
    whole || coarse && from <= days.to.0 && days.from.0 <= to
}

impl Names {
    fn pass(&self, passage: &Passage) -> bool {
        passage.countries.iter().any(|code| self.countries.contains(code))
            || passage.places.iter().any(|path| {
                self.below.iter().any(|above| path.starts_with(above))
                    || path.last().is_some_and(|code| self.exactly.contains(code))
            })
    }

    /// A country, and with claims the disputed places that it claims.
    fn add_country(&mut self, gazetteer: &Gazetteer, code: CountryCode, claims: bool) {
        self.countries.push(code);
        for dispute in region::disputes().iter().filter(|d| claims && d.claimed_by.contains(&code)) {
            self.below.extend(paths_within(gazetteer, &dispute.place));
        }
    }
}

impl Plain {
    /// Every passage, by article id and number.
    pub fn all(&self) -> impl Iterator<Item = At> {
        let passages = |n: usize| (0..self.articles[n].passages.len()).map(move |number| At { article: n, number });
        (0..self.articles.len()).flat_map(passages)
    }

    pub fn at(&self, at: At) -> (&Stored, &Passage) {
        let stored = &self.articles[at.article];
        (stored, &stored.passages[at.number])
    }

    fn leaf(&self, leaf: &Leaf, at: At) -> bool {
        let (stored, passage) = self.at(at);
        let profile = Profile::of(stored.article.info.language.as_deref());
        let spoken: Vec<&Form> = leaf.forms.iter().filter(|form| form.profiles.contains(profile)).collect();
        let holds = |words: &[Word]| spoken.iter().any(|form| stands_in(&form.alternative, words));
        if leaf.title_only {
            holds(&stored.title)
        } else {
            holds(&passage.words) || at.number == 0 && holds(&stored.title)
        }
    }

    fn names_of(&self, filter: &Filter, claims: bool) -> Result<Names> {
        let gazetteer = self.gazetteer();
        let mut names = Names::default();
        match filter {
            Filter::Country(code) => names.add_country(gazetteer, *code, claims),
            Filter::Region(code) => {
                let members = region::region_named(code).map_or(&[][..], |region| &region.countries);
                members.iter().for_each(|code| names.add_country(gazetteer, *code, claims));
            }
            Filter::Place(id) => names.below = paths_within(gazetteer, id),
            Filter::Near { lat, lon, km } => {
                let near = |code: &String| is_point_within(gazetteer, code, (*lat, *lon), *km);
                names.exactly = self.place_codes().into_iter().filter(near).collect();
            }
            Filter::Path(pattern) if pattern.contains(['*', '?', '[']) => {
                let glob = globset::Glob::new(pattern).map_err(|e| Error::Usage(format!("path:{pattern}: {e}")))?;
                names.glob = Some(glob.compile_matcher());
            }
            _ => {}
        }
        Ok(names)
    }

    /// The codes of all places that passages name, without what these lie in.
    pub fn place_codes(&self) -> BTreeSet<String> {
        let passages = self.articles.iter().flat_map(|stored| &stored.passages);
        passages.flat_map(|passage| &passage.places).filter_map(|path| path.last().cloned()).collect()
    }

    /// Whether passages name a place by this spelling, which they hold under these forms: at least half of the first few by
    /// article. Of several words it is enough that they stand there.
    fn uses(&self, name: &str, forms: &[Form]) -> bool {
        let one_word = forms.iter().any(|form| matches!(form.alternative, Alternative::Term(_)));
        let leaf = Leaf::of_forms(name, forms.to_vec());
        let mut holders: Vec<At> = self.all().filter(|at| self.leaf(&leaf, *at)).collect();
        if !one_word {
            return !holders.is_empty();
        }
        holders.truncate(PASSAGES_FOR_SPELLINGS);
        let names_it = |at: &&At| {
            let article = &self.articles[at.article].article;
            let passage = &article.passages[at.number];
            let in_text = passage.places.iter().map(|place| place.span.of(&passage.text));
            let in_title = article.title_places.iter().map(|place| place.span.of(&article.info.title));
            let in_title = in_title.filter(|_| at.number == 0);
            in_text.chain(in_title).any(|written| folded(written) == folded(name))
        };
        let named = holders.iter().filter(names_it).count();
        named > 0 && 2 * named >= holders.len()
    }

    /// Refuses a beginning or spelling that stands for more words than are allowed.
    fn refuse_wide(&self, leaf: &Leaf) -> Result<()> {
        for form in leaf.forms.iter().flat_map(Form::open_words) {
            let is_meant = |word: &&Word| match &form {
                Alternative::Prefix(last) => last.is_sure(&word.term),
                Alternative::Fuzzy { term, distance } => is_spelt_like(&word.term, term, *distance),
                Alternative::Term(_) | Alternative::Phrase(_) => false,
            };
            let words = self.articles.iter().flat_map(|stored| stored.passages.iter().flat_map(|p| &p.words));
            let terms: BTreeSet<&str> = words.filter(is_meant).map(|word| word.term.as_str()).collect();
            if terms.len() > MOST_EXPANSIONS {
                let reason = format!("`{}` stands for more than {MOST_EXPANSIONS} words of this index", leaf.label);
                return Err(Error::Usage(reason));
            }
        }
        Ok(())
    }
}

impl Vocabulary for Plain {
    fn holds(&self, term: &str) -> bool {
        let texts = self.articles.iter().flat_map(|stored| stored.passages.iter().flat_map(|passage| &passage.words));
        let titles = self.articles.iter().flat_map(|stored| &stored.title);
        texts.chain(titles).any(|word| word.term == term)
    }

    fn names_a_place(&self, name: &str, forms: &[Form]) -> bool {
        self.uses(name, forms)
    }
}

/// Whether a form stands among these words.
fn stands_in(form: &Alternative, words: &[Word]) -> bool {
    match form {
        Alternative::Term(term) => words.iter().any(|word| word.term == *term),
        Alternative::Prefix(last) => words.iter().any(|word| begins_so(word, last)),
        Alternative::Fuzzy { term, distance } => words.iter().any(|word| is_spelt_like(&word.term, term, *distance)),
        Alternative::Phrase(phrase) if phrase.apart.any_order => stand_in_any_order(phrase, words, &[], 0),
        Alternative::Phrase(phrase) => stand_in_order(phrase, words, 0, None, phrase.apart.most),
    }
}

fn fills(word: &Word, place: &Place) -> bool {
    match place {
        Place::Terms(terms) => terms.contains(&word.term),
        Place::Written { terms, forms } => terms.contains(&word.term) && forms.contains(&written_form(&word.written)),
        Place::Beginning(beginning) => begins_so(word, beginning),
    }
}

/// The positions from which the words of a link stand side by side.
fn starts(link: &Link, words: &[Word]) -> Vec<u32> {
    let stands = |start: &u32| {
        (*start..)
            .zip(&link.places)
            .all(|(at, place)| words.iter().any(|word| word.position == at && fills(word, place)))
    };
    words.iter().map(|word| word.position).filter(stands).collect()
}

/// Whether the rest of a phrase, from a border on, stands after a position with at most so many other words between. Every
/// choice is tried.
fn stand_in_order(phrase: &Phrase, words: &[Word], border: usize, after: Option<u32>, most: u32) -> bool {
    border == phrase.words
        || phrase.links.iter().filter(|link| link.from == border).any(|link| {
            starts(link, words).into_iter().any(|start| {
                let gap = match after {
                    Some(end) if start < end => return false,
                    Some(end) => start - end,
                    None => 0,
                };
                let end = start + link.places.len() as u32;
                gap <= most && stand_in_order(phrase, words, link.to, Some(end), most - gap)
            })
        })
}

/// Whether the rest of a phrase stands beside the stretches that its first words fill, each word in a place of its own. Every
/// choice is tried.
fn stand_in_any_order(phrase: &Phrase, words: &[Word], filled: &[(u32, u32)], border: usize) -> bool {
    if border == phrase.words {
        let from = filled.iter().map(|(from, _)| *from).min().unwrap_or(0);
        let to = filled.iter().map(|(_, to)| *to).max().unwrap_or(0);
        let own: u32 = filled.iter().map(|(from, to)| to - from).sum();
        return to - from - own <= phrase.apart.most;
    }
    phrase.links.iter().filter(|link| link.from == border).any(|link| {
        starts(link, words).into_iter().any(|start| {
            let stretch = (start, start + link.places.len() as u32);
            let is_free = filled.iter().all(|(from, to)| stretch.1 <= *from || *to <= stretch.0);
            is_free && stand_in_any_order(phrase, words, &[filled, &[stretch]].concat(), link.to)
        })
    })
}

fn begins_so(word: &Word, last: &PrefixTerms) -> bool {
    last.is_sure(&word.term) || last.is_unsure(&word.term) && last.counts(&word.written, &word.term)
}

/// Whether a term is within so many edits of another, two neighbours that change places being one; those of very common words
/// are not compared.
fn is_spelt_like(term: &str, other: &str, distance: u8) -> bool {
    !is_stop_term(term) && strsim::osa_distance(term, other) <= usize::from(distance)
}

/// Whether a place is a point (no country, division or region) at most so far away along a great circle.
fn is_point_within(gazetteer: &Gazetteer, code: &str, centre: (f64, f64), km: f64) -> bool {
    use PlaceClass::{Area, Country, Division1, Division2, Region};
    let Some(place) = code.parse::<PlaceId>().ok().and_then(|id| gazetteer.place(&id)) else { return false };
    let is_area = matches!(place.class, Region | Country | Division1 | Division2 | Area);
    !is_area && kilometres(centre, (place.lat, place.lon)) <= km
}

/// By the haversine formula on a globe of the mean radius that the IUGG gives.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let h = half(b.0 - a.0) + lat_a.cos() * lat_b.cos() * half(b.1 - a.1);
    2.0 * 6_371.008_8 * h.sqrt().min(1.0).asin()
}
