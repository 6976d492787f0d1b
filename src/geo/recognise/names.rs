//! The gazetteer's names as texts are read, with what a thread remembers of them from article to article: the same few
//! thousand names stand in most, and each look into the gazetteer waits for memory several times.

use std::rc::Rc;

use crate::geo::evidence::features::ToponymFeatures;
use crate::geo::gazetteer::Gazetteer;
use crate::geo::gazetteer::layer::byte_bit;
use crate::geo::gazetteer::name_kind::NameKind;
use crate::geo::gazetteer::name_walk::{NameWalk, Postings};
use crate::geo::gazetteer::place_class::PlaceClass;
use crate::geo::gazetteer::record::Record;
use crate::geo::recognise::candidate::Candidate;
use crate::geo::recognise::field::{Field, setting};
use crate::geo::recognise::name_features::name_features;
use crate::geo::recognise::name_hash::{HashKeyMap, joined_hash};
use crate::geo::recognise::name_match::NameMatch;
use crate::geo::recognise::text::token::{TextToken, form, sep};
use crate::lang::names::{NAME_ABBREVIATIONS, POSSESSIVE_ENDINGS, class};

/// The most candidates of a name that are looked at.
const MOST_CANDIDATES: usize = 48;

/// Stands for a first word that begins no name, half of all capitalised words.
const NO_START: u32 = u32::MAX;

/// First words and names that are remembered at most: some 10 MB of them. All are forgotten when there are more, so that an
/// archive of lists fills no memory.
const MOST_FIRST_WORDS: usize = 1 << 16;
const MOST_NAMES: usize = 1 << 14;

/// The most tokens that a name may have.
const MOST_TOKENS: usize = 8;

/// Whether a name may begin with this token.
fn may_begin(field: &Field, i: usize) -> bool {
    let Some(token) = field.token(i) else { return false };
    if token.is(form::CAPITAL) {
        // "The", "In" at the head of a sentence begin a name only before another capital.
        return field.class(i) & class::FUNCTION == 0
            || (token.is(form::CAPITALS) && field.setting(i) & setting::CAPITALS == 0)
            || field.token(i + 1).is_some_and(|next| next.is(form::CAPITAL) && next.sep & sep::SPACE != 0);
    }
    if token.is(form::UNCASED) {
        return true;
    }
    // "al-Tanf", "el-Obeid": an article in lower case.
    field.class(i) & class::JOINED_ARTICLE != 0
        && field.token(i + 1).is_some_and(|next| next.is(form::CAPITAL) && next.after(sep::HYPHEN))
}

/// Whether the words on both sides of this token's separator may belong to one name.
fn joins(before: &TextToken, token: &TextToken, word_before: &str) -> bool {
    const WITHIN: u16 = sep::SPACE | sep::HYPHEN | sep::SILENT | sep::LINE | sep::SLASH;
    if token.sep & !(WITHIN | sep::STOP) != 0 {
        return false;
    }
    // "St. Louis", "W. Va.": the full stop of an abbreviation, not of a sentence.
    if token.after(sep::STOP) {
        return before.is(form::STOP_AFTER) && (word_before.len() <= 2 || NAME_ABBREVIATIONS.holds(word_before));
    }
    true
}

/// How names go on that begin with a word.
#[derive(Debug, Clone)]
struct NameStart<'g> {
    /// The places that bear the word as their name, where it is one.
    postings: Option<Postings<'g>>,
    /// Where names go on after the word and a blank.
    onward: Option<NameWalk<'g>>,
    /// The first bytes of the words by which they do ([`NameWalk::leads`]).
    leads: u64,
}

/// A name with its candidates.
#[derive(Debug)]
pub(crate) struct NameEntry {
    /// The likeliest first, as far as the name alone tells.
    pub(crate) candidates: Vec<Candidate>,
    /// [`Candidate::log_people`] of the largest.
    pub(crate) log_most_people: f32,
    /// The features that lie in the name.
    pub(crate) features: ToponymFeatures,
}

/// A gazetteer with what was lately looked up in it. What is found does not depend on what is remembered.
pub struct Names<'g> {
    gazetteer: &'g Gazetteer,
    /// The number in `starts` by the hash of a first word, or [`NO_START`].
    first_words: HashKeyMap<u32>,
    starts: Vec<NameStart<'g>>,
    /// By [`NameMatch::key`]; `None` for a name whose spelling allows none of its candidates.
    entries: HashKeyMap<Option<Rc<NameEntry>>>,
    scratch: String,
    /// The fields of an article that has been read, for the memory that they hold.
    fields: (Field, Field),
}

impl<'g> Names<'g> {
    /// Remembers nothing yet.
    pub fn new(gazetteer: &'g Gazetteer) -> Names<'g> {
        Names {
            gazetteer,
            first_words: HashKeyMap::default(),
            starts: Vec::new(),
            entries: HashKeyMap::default(),
            scratch: String::new(),
            fields: <(Field, Field)>::default(),
        }
    }

    /// The gazetteer.
    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    /// Fields whose memory the title and the text of an article can use ([`Field::with_text`]).
    pub(crate) fn take_fields(&mut self) -> (Field, Field) {
        std::mem::take(&mut self.fields)
    }

    /// Keeps the memory of an article that has been read, unless it was far longer than others.
    pub(crate) fn keep_fields(&mut self, fields: [Field; 2]) {
        const MOST_BYTES: usize = 1 << 20;
        if fields.iter().all(|field| field.capacity() <= MOST_BYTES) {
            self.fields = fields.into();
        }
    }

    /// How names go on that begin with the word of a token; `None` where none does.
    fn start_at(&mut self, field: &Field, i: usize) -> Option<&NameStart<'g>> {
        if self.first_words.len() >= MOST_FIRST_WORDS {
            self.first_words.clear();
            self.starts.clear();
        }
        let (gazetteer, starts) = (self.gazetteer, &mut self.starts);
        let number = *self.first_words.entry(field.hash(i)).or_insert_with(|| {
            let Some(walk) = gazetteer.walk().step(field.word(i)) else { return NO_START };
            let onward = walk.after_blank();
            starts.push(NameStart { postings: walk.name(), onward, leads: onward.map_or(0, |walk| walk.leads()) });
            starts.len() as u32 - 1
        });
        self.starts.get(number as usize)
    }

    /// Adds the names that begin at a token, the longest first.
    pub(crate) fn matches_at(&mut self, field: &Field, i: usize, matches: &mut Vec<NameMatch<'g>>) {
        if !may_begin(field, i) {
            return;
        }
        let from = matches.len();
        // Where names go on after the words so far, by what first bytes, and the hash of the words so far.
        let (mut onward, mut leads, mut hash) = (None, 0, 0);
        for j in i..(i + MOST_TOKENS).min(field.tokens.len()) {
            let Some(&token) = field.token(j) else { break };
            if j > i && !field.token(j - 1).is_some_and(|before| joins(before, &token, field.word(j - 1))) {
                break;
            }
            let word = field.word(j);
            let Some(&lead) = word.as_bytes().first() else { break };
            let before: Option<NameWalk<'g>> = onward;
            let postings;
            if j == i {
                let start = self.start_at(field, j);
                postings = start.and_then(|s| s.postings.clone());
                onward = start.and_then(|s| s.onward);
                leads = start.map_or(0, |s| s.leads);
                hash = field.hash(j);
            } else {
                let here = before.filter(|_| leads & byte_bit(lead) != 0).and_then(|walk| walk.step(word));
                postings = here.and_then(|walk| walk.name());
                onward = here.and_then(|walk| walk.after_blank());
                // Few names get so far, so that it does not pay to look at what goes on.
                leads = u64::MAX;
                hash = joined_hash(hash, field.hash(j));
            }
            let ends_well = token.is(form::CAPITAL | form::DIGIT | form::UNCASED);
            if ends_well && let Some(postings) = postings {
                matches.push(NameMatch::new(field, i, j, hash, postings));
            }
            if token.is(form::POSSESSIVE) {
                // "Queen Anne's County": goes on only as part of a longer name.
                if !goes_on(field, j + 1) {
                    break;
                }
                self.scratch.clear();
                self.scratch.push_str(word);
                self.scratch.push_str(POSSESSIVE_ENDINGS.iter().next().unwrap_or_default());
                let start = if j == i { Some(self.gazetteer.walk()) } else { before };
                let state = start.and_then(|walk| walk.step(&self.scratch));
                matches.extend(state.and_then(|state| possessive_match(field, i, j, state, !hash)));
                break;
            }
            if onward.is_none() {
                break;
            }
        }
        if let Some(new) = matches.get_mut(from..) {
            new.reverse();
        }
    }

    /// The entry of a name that was found; `None` where its spelling allows none of its candidates.
    pub(crate) fn entry(&mut self, field: &Field, found: &NameMatch<'_>) -> Option<Rc<NameEntry>> {
        if self.entries.len() >= MOST_NAMES {
            self.entries.clear();
        }
        let gazetteer = self.gazetteer;
        self.entries.entry(found.key).or_insert_with(|| look_up(gazetteer, field, found).map(Rc::new)).clone()
    }
}

fn look_up(gazetteer: &Gazetteer, field: &Field, found: &NameMatch<'_>) -> Option<NameEntry> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for posting in found.postings.clone().filter(|p| found.spelling.allows(p.kind)) {
        if candidates.len() >= MOST_CANDIDATES {
            break;
        }
        if candidates.iter().any(|c| c.record.at == posting.record) {
            continue;
        }
        if let Some(record) = gazetteer.record(posting.record) {
            candidates.push(candidate_of(gazetteer, record, posting.kind));
        }
    }
    let uncased = field.token(found.first).is_some_and(|t| t.is(form::UNCASED));
    if candidates.is_empty() || (uncased && !candidates.iter().any(|c| is_often_named(&c.record))) {
        return None;
    }
    let features = name_features(field, found, &candidates);
    let log_most_people = candidates.iter().map(|c| c.log_people).fold(0.0, f32::max);
    Some(NameEntry { candidates, log_most_people, features })
}

/// The candidate of a record, with the divisions that it lies in.
fn candidate_of(gazetteer: &Gazetteer, record: Record, kind: NameKind) -> Candidate {
    let below = matches!(record.class, PlaceClass::Settlement | PlaceClass::Division2 | PlaceClass::Facility);
    let division1 = gazetteer.division1(&record);
    let division2 = if below { gazetteer.division2(&record) } else { None };
    Candidate::new(record, kind, division1, division2)
}

/// Whether many reports name a place. Where letters have no case, every word may be a name, so only such places are looked for.
fn is_often_named(record: &Record) -> bool {
    const LEAST_PEOPLE: u32 = 50_000;
    record.class != PlaceClass::Settlement || record.population >= LEAST_PEOPLE
}

/// Whether a name may go on after a possessive by this token.
fn goes_on(field: &Field, i: usize) -> bool {
    field.token(i).is_some_and(|token| token.adjoins() && token.is(form::CAPITAL))
}

/// The longest name that goes on after a possessive by one or two words. `hash` is that of the words before.
fn possessive_match<'g>(
    field: &Field,
    first: usize,
    at: usize,
    state: NameWalk<'g>,
    hash: u64,
) -> Option<NameMatch<'g>> {
    let (mut walk, mut hash) = (state, hash);
    let mut longest = None;
    for j in at + 1..at + 3 {
        field.token(j)?;
        if !goes_on(field, j) {
            break;
        }
        let Some(next) = walk.step(field.word(j)) else { break };
        hash = joined_hash(hash, field.hash(j));
        if next.is_name() {
            longest = Some(NameMatch::new(field, first, j, hash, next.postings()));
        }
        walk = next;
    }
    longest
}
