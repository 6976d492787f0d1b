//! An article as recognition sees it: its names, their candidates, and which of the names may be toponyms.

use std::ops::Range;
use std::rc::Rc;

use crate::geo::evidence::weights::{Weights, log_odds, logistic};
use crate::geo::gazetteer::Gazetteer;
use crate::geo::geography::GeoInput;
use crate::geo::recognise::candidate::Candidate;
use crate::geo::recognise::context_features::context_features;
use crate::geo::recognise::field::Field;
use crate::geo::recognise::mention::{Mention, Proposal};
use crate::geo::recognise::name_hash::{HashKeyMap, name_hash_of_key};
use crate::geo::recognise::name_match::NameMatch;
use crate::geo::recognise::names::{NameEntry, Names};
use crate::geo::recognise::usage::{UsageMap, add_usage_features, note_people, note_proposal};

/// All mentions of one name written in one way.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// The name with its candidates.
    pub(crate) name: Rc<NameEntry>,
    /// The numbers of its candidates among all the article's candidates.
    pub(crate) numbers: Range<usize>,
    /// Mentions that were taken for toponyms.
    pub(crate) mentions: u32,
    /// The highest probability of a mention, 0 to 1.
    pub(crate) best: f32,
    /// Whether it comes from the source, the address or a dateline given apart, not from title or text.
    pub(crate) is_origin: bool,
}

impl Group {
    pub(crate) fn candidates(&self) -> &[Candidate] {
        &self.name.candidates
    }
}

/// A name with lower log odds is no toponym and takes no part in resolution.
const LEAST_LOG_ODDS: f32 = -1.4;

/// Stands in [`Recognition::keys`] for a name that has no candidate.
const NO_GROUP: u32 = u32::MAX;

/// What an article holds.
pub(crate) struct Recognition<'g> {
    pub(crate) gazetteer: &'g Gazetteer,
    /// The title and the text.
    pub(crate) fields: [Field; 2],
    pub(crate) groups: Vec<Group>,
    /// How many candidates the groups have together.
    pub(crate) candidate_count: usize,
    /// The names taken for toponyms so far, in order, not overlapping.
    pub(crate) mentions: Vec<Mention>,
    /// The number of a group by the key of its matches.
    keys: HashKeyMap<u32>,
}

impl<'g> Recognition<'g> {
    /// Finds the names of an article that may be toponyms under these weights.
    pub(crate) fn new(names: &mut Names<'g>, input: &GeoInput<'_>, weights: &Weights) -> Recognition<'g> {
        let mut recognition = Recognition::without_names(names, input);
        recognition.recognise(names, &mut |mention| {
            mention.log_odds = log_odds(mention.features, &weights.toponym);
            mention.log_odds > LEAST_LOG_ODDS
        });
        recognition
    }

    /// The article before its names are looked for.
    pub(crate) fn without_names(names: &mut Names<'g>, input: &GeoInput<'_>) -> Recognition<'g> {
        let (title, text) = names.take_fields();
        Recognition {
            gazetteer: names.gazetteer(),
            fields: [title.with_text(input.title), text.with_text(input.text)],
            groups: Vec::new(),
            candidate_count: 0,
            mentions: Vec::new(),
            keys: HashKeyMap::default(),
        }
    }

    /// Finds the names and keeps those that `decide` takes for toponyms. It is asked in the order of the text, of names that
    /// begin with the same word the longest first, and of none that overlaps one it took.
    pub(crate) fn recognise(&mut self, names: &mut Names<'g>, decide: &mut dyn FnMut(&mut Mention) -> bool) {
        let mut usage = UsageMap::default();
        let fields = std::mem::take(&mut self.fields);
        let proposals = [self.proposals(names, &fields[0]), self.proposals(names, &fields[1])];
        for (n, field) in fields.iter().enumerate() {
            note_people(&mut usage, field);
            for proposal in &proposals[n] {
                note_proposal(&mut usage, field, proposal, n == 0);
            }
        }
        for (n, field) in fields.iter().enumerate() {
            // Where the last accepted name ended.
            let mut free_from = 0;
            for proposal in &proposals[n] {
                if proposal.first < free_from {
                    continue;
                }
                let mut mention = Mention::of(proposal, n as u8);
                let elsewhere = usage.get(&proposal.name_hash).copied().unwrap_or_default();
                let hash = field.hash(proposal.first as usize);
                let lower = fields.iter().any(|field| field.common.holds(hash));
                add_usage_features(&mut mention, field, elsewhere, lower);
                if decide(&mut mention) {
                    free_from = proposal.last + 1;
                    self.accept(mention);
                }
            }
        }
        self.fields = fields;
    }

    fn accept(&mut self, mention: Mention) {
        if let Some(group) = self.groups.get_mut(mention.group as usize) {
            group.mentions += 1;
            group.best = group.best.max(logistic(mention.log_odds));
        }
        self.mentions.push(mention);
    }

    /// Every name of the gazetteer in a field, the longest first where several begin at one token.
    fn proposals(&mut self, names: &mut Names<'g>, field: &Field) -> Vec<Proposal> {
        let mut proposals = Vec::new();
        let mut matches = Vec::new();
        for &i in &field.heads {
            matches.clear();
            names.matches_at(field, i as usize, &mut matches);
            for m in &matches {
                let Some(group) = self.group_of(names, field, m) else { continue };
                let name = self.groups.get(group as usize).map(|g| g.name.features).unwrap_or_default();
                proposals.push(Proposal {
                    first: m.first as u32,
                    last: m.last as u32,
                    start: field.token(m.first).map_or(0, |t| t.start),
                    end: m.end,
                    name_hash: name_hash_of_key(m.key),
                    group,
                    features: name.union(context_features(field, m, name)),
                });
            }
        }
        proposals
    }

    /// The number of the group of a match, made where it is new; `None` where its spelling allows none of its candidates.
    pub(crate) fn group_of(&mut self, names: &mut Names<'g>, field: &Field, found: &NameMatch<'_>) -> Option<u32> {
        if let Some(&group) = self.keys.get(&found.key) {
            return (group != NO_GROUP).then_some(group);
        }
        let Some(name) = names.entry(field, found) else {
            self.keys.insert(found.key, NO_GROUP);
            return None;
        };
        let numbers = self.candidate_count..self.candidate_count + name.candidates.len();
        self.candidate_count = numbers.end;
        let group = self.groups.len() as u32;
        self.groups.push(Group { name, numbers, mentions: 0, best: 0.0, is_origin: false });
        self.keys.insert(found.key, group);
        Some(group)
    }
}
