//! An article as recognition sees it: its names, their bearers, and what the whole article says about each of them.

use crate::geo::recognise::bearer::Candidate;
use std::ops::Range;
use std::rc::Rc;

use crate::geo::GeoInput;
use crate::geo::evidence::weights::Weights;
use crate::geo::gazetteer::Gazetteer;
use crate::geo::recognise::bearer::Match;
use crate::geo::recognise::field::{Field, setting};
use crate::geo::recognise::lexicon::class;
use crate::geo::recognise::names::{ByHash, Known, Names};
use crate::geo::recognise::signs::{Sign, Signs, place_signs, telling_capital};
use crate::geo::recognise::tokens::{form, sep};

/// The part of a name's hash that its key keeps; the rest tells how it is written.
pub(crate) fn name_hash(hash: u64) -> u64 {
    hash << 3 >> 3
}

/// All mentions of one name written in one way.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// The name with its bearers.
    pub(crate) known: Rc<Known>,
    /// The numbers of its bearers among all the article's candidates.
    pub(crate) bearers: Range<usize>,
    /// Mentions that were taken for toponyms.
    pub(crate) mentions: u32,
    /// The highest probability of a mention.
    pub(crate) best: f32,
    /// Whether it comes from the source or the address, not from the article.
    pub(crate) home: bool,
}

/// A name that the text holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention {
    /// 0 for the title, 1 for the text.
    pub(crate) field: u8,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) group: u32,
    pub(crate) signs: Signs,
    /// The vote of the signs: above 0 for a toponym.
    pub(crate) vote: f32,
}

/// A name with less than this probability (as log odds) is none and takes no part in resolution.
const LEAST_VOTE: f32 = -1.4;

/// What an article holds.
pub(crate) struct Reading<'g> {
    pub(crate) gazetteer: &'g Gazetteer,
    pub(crate) fields: [Field; 2],
    pub(crate) groups: Vec<Group>,
    /// How many bearers the groups have together.
    pub(crate) candidates: usize,
    /// The names taken for toponyms so far, in order, not overlapping.
    pub(crate) mentions: Vec<Mention>,
    keys: ByHash<u32>,
}

/// What the article says of a word elsewhere.
#[derive(Debug, Clone, Copy, Default)]
struct Usage {
    count: u32,
    place: u32,
    surname: u32,
    weak_surname: u32,
    longer: u32,
    in_title: bool,
}

/// A match with its group and the signs where it stands.
struct Found {
    first: u32,
    last: u32,
    start: u32,
    end: u32,
    hash: u64,
    group: u32,
    signs: Signs,
}

impl Group {
    pub(crate) fn bearers(&self) -> &[Candidate] {
        &self.known.bearers
    }
}

impl<'g> Reading<'g> {
    /// Finds the names of an article. `decide` says of each, the longest first, whether it is a toponym.
    pub(crate) fn new(names: &mut Names<'g>, input: &GeoInput<'_>, weights: &Weights) -> Reading<'g> {
        let mut reading = Reading::empty(names, input);
        reading.recognise(names, &mut |mention| {
            mention.vote = mention.signs.weigh(&weights.signs);
            mention.vote > LEAST_VOTE
        });
        reading
    }

    pub(crate) fn empty(names: &mut Names<'g>, input: &GeoInput<'_>) -> Reading<'g> {
        let (title, text) = names.spare_fields();
        Reading {
            gazetteer: names.gazetteer(),
            fields: [title.of(input.title), text.of(input.text)],
            groups: Vec::new(),
            candidates: 0,
            mentions: Vec::new(),
            keys: ByHash::default(),
        }
    }

    /// Finds the names and keeps those that `decide` accepts.
    pub(crate) fn recognise(&mut self, names: &mut Names<'g>, decide: &mut dyn FnMut(&mut Mention) -> bool) {
        let mut usage: ByHash<Usage> = ByHash::default();
        let fields = std::mem::take(&mut self.fields);
        let found: [Vec<Found>; 2] = [self.find(names, &fields[0]), self.find(names, &fields[1])];
        for (n, field) in fields.iter().enumerate() {
            people(field, &mut usage);
            for f in &found[n] {
                note_use(&mut usage, field, f, n == 0);
            }
        }
        for (n, field) in fields.iter().enumerate() {
            // Where the last accepted name ended: names do not overlap.
            let mut free_from = 0;
            for f in &found[n] {
                if f.first < free_from {
                    continue;
                }
                let mut mention = Mention {
                    field: n as u8,
                    first: f.first,
                    last: f.last,
                    start: f.start,
                    end: f.end,
                    group: f.group,
                    signs: f.signs,
                    vote: 0.0,
                };
                let seen = usage.get(&f.hash).copied().unwrap_or_default();
                let hash = field.hash(f.first as usize);
                let small = fields.iter().any(|field| field.common.holds(hash));
                elsewhere_signs(field, &mut mention, seen, small);
                if decide(&mut mention) {
                    free_from = f.last + 1;
                    self.accept(mention);
                }
            }
        }
        self.fields = fields;
    }

    fn accept(&mut self, mention: Mention) {
        if let Some(group) = self.groups.get_mut(mention.group as usize) {
            group.mentions += 1;
            group.best = group.best.max(crate::geo::evidence::weights::logistic(mention.vote));
        }
        self.mentions.push(mention);
    }

    /// Every name of the gazetteer in a field, the longest first where several begin at one token.
    fn find(&mut self, names: &mut Names<'g>, field: &Field) -> Vec<Found> {
        let mut found = Vec::new();
        let mut matches = Vec::new();
        for &i in &field.heads {
            let i = i as usize;
            matches.clear();
            names.matches_at(field, i, &mut matches);
            for m in &matches {
                let Some(group) = self.group_of(names, field, m) else { continue };
                let name = self.groups.get(group as usize).map(|g| g.known.signs).unwrap_or_default();
                let signs = name.join(place_signs(field, m, name));
                let start = field.token(m.first).map_or(0, |t| t.start);
                let (first, last) = (m.first as u32, m.last as u32);
                found.push(Found { first, last, start, end: m.end, hash: m.key >> 3, group, signs });
            }
        }
        found
    }

    /// The group of a match, made where it is new; `None` where its writing allows none of its bearers.
    pub(crate) fn group_of(&mut self, names: &mut Names<'g>, field: &Field, found: &Match<'_>) -> Option<u32> {
        if let Some(&group) = self.keys.get(&found.key) {
            return (group != u32::MAX).then_some(group);
        }
        let Some(known) = names.known(field, found) else {
            self.keys.insert(found.key, u32::MAX);
            return None;
        };
        let bearers = self.candidates..self.candidates + known.bearers.len();
        self.candidates = bearers.end;
        let group = self.groups.len() as u32;
        self.groups.push(Group { known, bearers, mentions: 0, best: 0.0, home: false });
        self.keys.insert(found.key, group);
        Some(group)
    }
}

fn note_use(usage: &mut ByHash<Usage>, field: &Field, found: &Found, title: bool) {
    if found.last > found.first {
        usage.entry(name_hash(field.hash(found.first as usize))).or_default().longer += 1;
    }
    let entry = usage.entry(found.hash).or_default();
    entry.count += 1;
    entry.in_title |= title;
    let has = |sign: Sign| found.signs.has(sign);
    let person =
        has(Sign::BeforeFirstName) || has(Sign::BeforeTitle) || has(Sign::BeforeInitial) || has(Sign::AfterCapitalName);
    let placed = has(Sign::BeforeIn)
        || has(Sign::BeforeFrom)
        || has(Sign::BeforeAt)
        || has(Sign::BeforeDirection)
        || has(Sign::BeforeRoleOf)
        || has(Sign::AfterCommaAbbreviation)
        || has(Sign::AfterHyphenLower);
    entry.place += u32::from(placed && !person);
}

/// Notes the family names of the people in a text, and the given names that stand before them.
pub(crate) fn people(field: &Field, usage: &mut ByHash<Usage>) {
    let n = field.tokens.len();
    // Where the search goes on after a person.
    let mut free_from = 0;
    for &i in &field.heads {
        let i = i as usize;
        if i < free_from || !field.tokens[i].is(form::CAPITAL) || field.setting(i) & setting::CAPITALS != 0 {
            continue;
        }
        let classes = field.class(i);
        let given = classes & class::FIRST_NAME != 0;
        let title = classes & class::TITLE != 0;
        // The run of capitalised words, initials and particles from here.
        let mut last = i;
        let mut j = i + 1;
        while j < n && j < i + 6 {
            let token = &field.tokens[j];
            let after_initial = token.after(sep::STOP)
                && (field.tokens[j - 1].end - field.tokens[j - 1].start == 1 || field.class(j - 1) & class::TITLE != 0);
            let joined =
                token.adjoins() || (after_initial && !token.after(sep::COMMA | sep::LINE)) || token.after(sep::HYPHEN);
            if !joined || (token.is(form::OPENS) && !after_initial) || field.tokens[j - 1].is(form::POSSESSIVE) {
                break;
            }
            if token.is(form::CAPITAL) {
                last = j;
            } else if field.class(j) & class::PARTICLE == 0 {
                break;
            }
            j += 1;
        }
        if last == i {
            continue;
        }
        let head = field.class(last);
        let no_person = class::ORGHEAD | class::GENERIC | class::STREET | class::MONTH | class::WEEKDAY;
        let plain = head & no_person != 0 && head & class::SURNAME == 0;
        if !plain && field.setting(last) & setting::TITLE_CASE == 0 {
            let opens_title = title && field.class(i + 1) & (class::ORGHEAD | class::GENERIC) == 0;
            let said = field.class(last + 1) & class::SAID != 0
                || field.token(last + 1).is_some_and(|t| t.after(sep::COMMA) && t.is(form::DIGIT));
            let strong = given || opens_title;
            let entry = usage.entry(name_hash(field.hash(last))).or_default();
            if strong {
                entry.surname += 1;
                if given && last > i {
                    usage.entry(name_hash(field.hash(i))).or_default().weak_surname += 1;
                }
            } else if said && telling_capital(field, i) {
                entry.weak_surname += 1;
            }
        }
        // A run may hide a given name behind a title or a role ("British Foreign Secretary Jack Straw").
        if given {
            free_from = last + 1;
        }
    }
}

/// The signs that the rest of the article gives. `small`: its word stands in small letters elsewhere.
fn elsewhere_signs(field: &Field, mention: &mut Mention, seen: Usage, small: bool) {
    let signs = &mut mention.signs;
    let single = mention.first == mention.last;
    let own_place = signs.has(Sign::BeforeIn)
        || signs.has(Sign::BeforeFrom)
        || signs.has(Sign::BeforeAt)
        || signs.has(Sign::BeforeDirection)
        || signs.has(Sign::BeforeRoleOf)
        || signs.has(Sign::AfterCommaAbbreviation)
        || signs.has(Sign::AfterHyphenLower);
    if single {
        let supported = seen.place > 0;
        signs.set_if(seen.longer > 0, Sign::LongerElsewhere);
        signs.set_if(seen.surname > 0, Sign::SurnameElsewhere);
        signs.set_if(seen.weak_surname > 0, Sign::SurnameWeakElsewhere);
        signs.set_if(seen.surname > 0 && supported, Sign::SurnameSupported);
        signs.set_if(seen.surname > 0 && own_place, Sign::SupportedAfterIn);
        let sole = seen.surname > 0 && !supported;
        signs.set_if(sole, Sign::SoleSurnameElsewhere);
        let large = [Sign::Country, Sign::Region, Sign::People500k, Sign::People2m].iter().any(|s| signs.has(*s));
        signs.set_if(sole && large, Sign::LargeSurnameElsewhere);
        if let Some(token) = field.token(mention.first as usize) {
            signs.set_if(small && token.is(form::CAPITAL), Sign::LowerElsewhere);
        }
    }
    signs.set_if(seen.place > u32::from(own_place), Sign::PlaceElsewhere);
    signs.set_if(seen.count == 2, Sign::Twice);
    signs.set_if(seen.count > 2, Sign::Often);
    signs.set_if(seen.in_title, Sign::InTitle);
}
