//! The gazetteer's names as texts are read, with what a thread remembers of them from article to article: the same few
//! thousand names stand in most, and each look into the gazetteer waits for memory several times.

use crate::geo::recognise::bearer::{Match, Spelling};
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

use crate::geo::gazetteer::layer::byte_bit;
use crate::geo::gazetteer::{Gazetteer, NameKind, NameWalk, PlaceClass, Postings, Record};
use crate::geo::recognise::bearer::Candidate;
use crate::geo::recognise::field::{Field, setting};
use crate::geo::recognise::signs::{FUNCTION, Signs, name_signs};
use crate::geo::recognise::tokens::{Token, form, sep};

/// The most bearers of a name that are looked at.
const MOST_BEARERS: usize = 48;

/// Stands for no entry of [`Names::begun`].
const NO_NAME: u32 = u32::MAX;

/// First words and names that are remembered at most: some 10 MB of them. All are forgotten when there are more, so that an
/// archive of lists fills no memory.
const MOST_FIRST_WORDS: usize = 1 << 16;
const MOST_NAMES: usize = 1 << 14;

pub(crate) type ByHash<V> = std::collections::HashMap<u64, V, BuildHasherDefault<KeyHasher>>;

/// Takes a hash as it is: the keys are hashes of names.
#[derive(Default)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(u64::from(b));
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0 ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
/// The most tokens that a name may have.
const MOST_TOKENS: usize = 8;

/// Whether a name may begin with this token.
fn may_begin(field: &Field, i: usize) -> bool {
    let Some(token) = field.token(i) else { return false };
    if token.is(form::CAPITAL) {
        // "The", "In" at the head of a sentence begin a name only before another capital.
        return field.class(i) & FUNCTION == 0
            || (token.is(form::CAPITALS) && field.setting(i) & setting::CAPITALS == 0)
            || field.token(i + 1).is_some_and(|next| next.is(form::CAPITAL) && next.sep & sep::SPACE != 0);
    }
    if token.is(form::UNCASED) {
        return true;
    }
    // "al-Tanf", "el-Obeid": an Arabic article in lower case.
    matches!(field.word(i), "al" | "el" | "ad" | "an" | "ar" | "as" | "ash" | "at" | "az")
        && field.token(i + 1).is_some_and(|next| next.is(form::CAPITAL) && next.after(sep::HYPHEN))
}

/// Whether the words on both sides of this token's separator may belong to one name.
fn joins(before: &Token, token: &Token, word_before: &str) -> bool {
    const WITHIN: u16 = sep::SPACE | sep::HYPHEN | sep::SILENT | sep::LINE | sep::SLASH;
    if token.sep & !(WITHIN | sep::STOP) != 0 {
        return false;
    }
    // "St. Louis", "W. Va.": the full stop of an abbreviation, not of a sentence.
    if token.after(sep::STOP) {
        return before.is(form::STOP_AFTER)
            && (word_before.len() <= 2 || matches!(word_before, "mts" | "pto" | "sta" | "ste" | "gen" | "fte"));
    }
    true
}

/// Where a first word leads.
#[derive(Debug, Clone)]
struct Begun<'g> {
    /// The bearers, where the word is a name.
    postings: Option<Postings<'g>>,
    /// Where names go on after the word and a blank.
    onward: Option<NameWalk<'g>>,
    /// By what bytes they do ([`NameWalk::leads`]).
    leads: u64,
}

/// A name with its bearers.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) bearers: Vec<Candidate>,
    /// [`Candidate::log_people`] of the largest.
    pub(crate) log_most_people: f32,
    /// The signs that lie in the name.
    pub(crate) signs: Signs,
}

/// A gazetteer with what was lately looked up in it. What is found does not depend on what is remembered.
pub struct Names<'g> {
    gazetteer: &'g Gazetteer,
    /// The number in `begun` by the hash of a first word, [`NO_NAME`] where none begins with it: half of all capitals.
    first_words: ByHash<u32>,
    begun: Vec<Begun<'g>>,
    /// By [`Match::key`].
    known: ByHash<Option<Rc<Known>>>,
    scratch: String,
    /// Memory for the next article's title and text.
    spare: (Field, Field),
}

impl<'g> Names<'g> {
    /// Remembers nothing yet.
    pub fn new(gazetteer: &'g Gazetteer) -> Names<'g> {
        Names {
            gazetteer,
            first_words: ByHash::default(),
            begun: Vec::new(),
            known: ByHash::default(),
            scratch: String::new(),
            spare: <(Field, Field)>::default(),
        }
    }

    /// The gazetteer.
    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    /// Memory for the title and the text of an article, see [`Names::keep`].
    pub(crate) fn spare_fields(&mut self) -> (Field, Field) {
        std::mem::take(&mut self.spare)
    }

    /// Keeps the memory of an article that has been read, unless it was far longer than others.
    pub(crate) fn keep(&mut self, fields: [Field; 2]) {
        const MOST_BYTES: usize = 1 << 20;
        if fields.iter().all(|field| field.room() <= MOST_BYTES) {
            self.spare = fields.into();
        }
    }

    fn begin(&mut self, field: &Field, i: usize) -> Option<&Begun<'g>> {
        if self.first_words.len() >= MOST_FIRST_WORDS {
            self.first_words.clear();
            self.begun.clear();
        }
        let (gazetteer, begun) = (self.gazetteer, &mut self.begun);
        let number = *self.first_words.entry(field.hash(i)).or_insert_with(|| {
            let Some(walk) = gazetteer.walk().step(field.word(i)) else { return NO_NAME };
            let onward = walk.after_blank();
            begun.push(Begun { postings: walk.name(), onward, leads: onward.map_or(0, |walk| walk.leads()) });
            begun.len() as u32 - 1
        });
        self.begun.get(number as usize)
    }

    /// Adds the names that begin at a token, the longest first.
    pub(crate) fn matches_at(&mut self, field: &Field, i: usize, found: &mut Vec<Match<'g>>) {
        if !may_begin(field, i) {
            return;
        }
        let from = found.len();
        // Where names go on after the words so far, and by what bytes.
        let mut onward = None;
        let mut leads = 0;
        let mut hash = 0;
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
                let begun = self.begin(field, j);
                postings = begun.and_then(|b| b.postings.clone());
                onward = begun.and_then(|b| b.onward);
                leads = begun.map_or(0, |b| b.leads);
                hash = field.hash(j);
            } else {
                let here = before.filter(|_| leads & byte_bit(lead) != 0).and_then(|walk| walk.step(word));
                postings = here.and_then(|walk| walk.name());
                onward = here.and_then(|walk| walk.after_blank());
                // Few names get so far that it pays to look at what goes on.
                leads = u64::MAX;
                hash = joined_hash(hash, field.hash(j));
            }
            let ends_well = token.is(form::CAPITAL | form::DIGIT | form::UNCASED);
            if ends_well && let Some(postings) = postings {
                found.push(match_of(field, i, j, hash, postings));
            }
            if token.is(form::POSSESSIVE) {
                // "Queen Anne's County": goes on only as part of a longer name.
                if !goes_on(field, j + 1) {
                    break;
                }
                self.scratch.clear();
                self.scratch.push_str(word);
                self.scratch.push('s');
                let start = if j == i { Some(self.gazetteer.walk()) } else { before };
                let state = start.and_then(|walk| walk.step(&self.scratch));
                found.extend(state.and_then(|state| possessive_match(field, i, j, state, !hash)));
                break;
            }
            if onward.is_none() {
                break;
            }
        }
        if let Some(new) = found.get_mut(from..) {
            new.reverse();
        }
    }

    /// The bearers of a name that was found, and its signs; `None` where its writing allows none of its bearers.
    pub(crate) fn known(&mut self, field: &Field, found: &Match<'_>) -> Option<Rc<Known>> {
        if self.known.len() >= MOST_NAMES {
            self.known.clear();
        }
        let gazetteer = self.gazetteer;
        self.known.entry(found.key).or_insert_with(|| look_up(gazetteer, field, found).map(Rc::new)).clone()
    }
}

fn look_up(gazetteer: &Gazetteer, field: &Field, found: &Match<'_>) -> Option<Known> {
    let mut bearers: Vec<Candidate> = Vec::new();
    for posting in found.postings.clone().filter(|p| found.spelling.allows(p.kind)) {
        if bearers.len() >= MOST_BEARERS {
            break;
        }
        if bearers.iter().any(|c| c.record.at == posting.record) {
            continue;
        }
        if let Some(record) = gazetteer.record(posting.record) {
            bearers.push(candidate(gazetteer, record, posting.kind));
        }
    }
    let uncased = field.token(found.first).is_some_and(|t| t.is(form::UNCASED));
    if bearers.is_empty() || (uncased && !bearers.iter().any(|c| is_known_without_case(&c.record))) {
        return None;
    }
    let signs = name_signs(field, found, bearers.iter().map(|c| (&c.record, c.kind)), bearers.len());
    let log_most_people = bearers.iter().map(|c| c.log_people).fold(0.0, f32::max);
    Some(Known { bearers, log_most_people, signs })
}

/// A bearer with the divisions that it lies in.
fn candidate(gazetteer: &Gazetteer, record: Record, kind: NameKind) -> Candidate {
    let below = matches!(record.class, PlaceClass::Settlement | PlaceClass::Division2 | PlaceClass::Facility);
    let division1 = gazetteer.division1(&record);
    let division2 = if below { gazetteer.division2(&record) } else { None };
    Candidate::new(record, kind, division1, division2)
}

/// Where letters have no case, every word may be a name: only places that many reports name are looked for.
fn is_known_without_case(record: &Record) -> bool {
    const LEAST_PEOPLE: u32 = 50_000;
    record.class != PlaceClass::Settlement || record.population >= LEAST_PEOPLE
}

/// The hash of a name and one more word.
fn joined_hash(name: u64, word: u64) -> u64 {
    (name.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Whether a name may go on after a possessive by this token.
fn goes_on(field: &Field, i: usize) -> bool {
    field.token(i).is_some_and(|token| token.adjoins() && token.is(form::CAPITAL))
}

/// A name that goes on after a possessive by one or two words.
fn possessive_match<'g>(field: &Field, first: usize, at: usize, state: NameWalk<'g>, hash: u64) -> Option<Match<'g>> {
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
            longest = Some(match_of(field, first, j, hash, next.postings()));
        }
        walk = next;
    }
    longest
}

fn match_of<'g>(field: &Field, first: usize, last: usize, hash: u64, postings: Postings<'g>) -> Match<'g> {
    let (mut capitals, mut dotted, mut end) = (false, false, 0);
    if let Some(token) = field.token(last) {
        capitals = token.is(form::CAPITALS);
        // "Calif.", "U.S.", "W. Va.": the full stop belongs to an abbreviation.
        // "NSW." ends a sentence.
        dotted = token.is(form::DOTTED) || (token.is(form::STOP_AFTER) && !capitals);
        end = token.end;
    }
    let after_comma = field.token(first).is_some_and(|t| t.after(sep::COMMA))
        && first > 0
        && field.token(first - 1).is_some_and(|t| t.is(form::CAPITAL));
    let spelling = Spelling { abbreviation: capitals, dotted, after_comma };
    let key = hash << 3 | u64::from(capitals) << 2 | u64::from(dotted) << 1 | u64::from(after_comma);
    let mut found = Match { first, last, end, key, postings, spelling };
    if dotted && found.postings.clone().any(|p| p.kind.is_abbreviation()) {
        let stop = field.token(last).is_some_and(|t| t.is(form::STOP_AFTER));
        found.end += u32::from(stop);
    }
    found
}
