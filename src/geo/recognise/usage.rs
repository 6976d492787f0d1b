//! How an article uses a word elsewhere: as a place, as a family name, in longer names.

use crate::geo::evidence::features::ToponymFeature;
use crate::geo::recognise::context_features::{is_placed, telling_capital};
use crate::geo::recognise::field::{Field, setting};
use crate::geo::recognise::mention::{Mention, Proposal};
use crate::geo::recognise::name_features::is_large;
use crate::geo::recognise::name_hash::{HashKeyMap, name_hash_of_word};
use crate::geo::recognise::text::token::{form, sep};
use crate::lang::names::class;

/// The uses of the names of an article, by the hash of the folded name.
pub(crate) type UsageMap = HashKeyMap<Usage>;

/// How often a name stands in an article in which way.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    /// How often it stands there.
    count: u32,
    /// How often the words next to it treat it as a place.
    place: u32,
    /// How often it ends the name of a person.
    surname: u32,
    /// The same where that is less sure, and how often it begins one.
    weak_surname: u32,
    /// How often a longer name of the gazetteer begins with it.
    longer: u32,
    in_title: bool,
}

/// Notes where a name of the gazetteer stands.
pub(crate) fn note_proposal(usage: &mut UsageMap, field: &Field, proposal: &Proposal, title: bool) {
    if proposal.last > proposal.first {
        usage.entry(name_hash_of_word(field.hash(proposal.first as usize))).or_default().longer += 1;
    }
    let entry = usage.entry(proposal.name_hash).or_default();
    entry.count += 1;
    entry.in_title |= title;
    let person = proposal.features.has_any(&[
        ToponymFeature::BeforeFirstName,
        ToponymFeature::BeforeTitle,
        ToponymFeature::BeforeInitial,
        ToponymFeature::AfterCapitalName,
    ]);
    entry.place += u32::from(is_placed(proposal.features) && !person);
}

/// Notes the family names of the people in a text, and the given names that stand before them.
pub(crate) fn note_people(usage: &mut UsageMap, field: &Field) {
    // Where the search goes on after a person.
    let mut free_from = 0;
    for &i in &field.heads {
        let i = i as usize;
        if i < free_from || !field.tokens[i].is(form::CAPITAL) || field.setting(i) & setting::CAPITALS != 0 {
            continue;
        }
        let last = end_of_person(field, i);
        if last == i {
            continue;
        }
        let classes = field.class(i);
        let given = classes & class::FIRST_NAME != 0;
        let title = classes & class::TITLE != 0;
        let head = field.class(last);
        let no_person = class::ORGANISATION | class::GENERIC | class::STREET | class::CALENDAR;
        let plain = head & no_person != 0 && head & class::SURNAME == 0;
        if !plain && field.setting(last) & setting::TITLE_CASE == 0 {
            let opens_title = title && field.class(i + 1) & (class::ORGANISATION | class::GENERIC) == 0;
            let said = field.class(last + 1) & class::SAID != 0
                || field.token(last + 1).is_some_and(|t| t.after(sep::COMMA) && t.is(form::DIGIT));
            let entry = usage.entry(name_hash_of_word(field.hash(last))).or_default();
            if given || opens_title {
                entry.surname += 1;
                if given {
                    usage.entry(name_hash_of_word(field.hash(i))).or_default().weak_surname += 1;
                }
            } else if said && telling_capital(field, i) {
                entry.weak_surname += 1;
            }
        }
        // Where no given name was found, one may follow a title or a role: "British Foreign Secretary Jack Straw".
        if given {
            free_from = last + 1;
        }
    }
}

/// The last capitalised token of the run of capitalised words, initials and particles that begins at a token.
fn end_of_person(field: &Field, first: usize) -> usize {
    const MOST_TOKENS: usize = 6;
    let mut last = first;
    for j in first + 1..(first + MOST_TOKENS).min(field.tokens.len()) {
        let (before, token) = (&field.tokens[j - 1], &field.tokens[j]);
        let after_initial =
            token.after(sep::STOP) && (before.end - before.start == 1 || field.class(j - 1) & class::TITLE != 0);
        let joined =
            token.adjoins() || (after_initial && !token.after(sep::COMMA | sep::LINE)) || token.after(sep::HYPHEN);
        if !joined || (token.is(form::OPENS) && !after_initial) || before.is(form::POSSESSIVE) {
            break;
        }
        if token.is(form::CAPITAL) {
            last = j;
        } else if field.class(j) & class::PARTICLE == 0 {
            break;
        }
    }
    last
}

/// Adds the features that the rest of the article gives a mention. `lower`: its first word stands in small letters elsewhere.
pub(crate) fn add_usage_features(mention: &mut Mention, field: &Field, usage: Usage, lower: bool) {
    let features = &mut mention.features;
    let placed = is_placed(*features);
    if mention.first == mention.last {
        let supported = usage.place > 0;
        let surname = usage.surname > 0;
        features.insert_if(usage.longer > 0, ToponymFeature::LongerElsewhere);
        features.insert_if(surname, ToponymFeature::SurnameElsewhere);
        features.insert_if(usage.weak_surname > 0, ToponymFeature::SurnameWeakElsewhere);
        features.insert_if(surname && supported, ToponymFeature::SurnameSupported);
        features.insert_if(surname && placed, ToponymFeature::SupportedAfterIn);
        let sole = surname && !supported;
        features.insert_if(sole, ToponymFeature::SoleSurnameElsewhere);
        features.insert_if(sole && is_large(*features), ToponymFeature::LargeSurnameElsewhere);
        if let Some(token) = field.token(mention.first as usize) {
            features.insert_if(lower && token.is(form::CAPITAL), ToponymFeature::LowerElsewhere);
        }
    }
    features.insert_if(usage.place > u32::from(placed), ToponymFeature::PlaceElsewhere);
    features.insert_if(usage.count == 2, ToponymFeature::Twice);
    features.insert_if(usage.count > 2, ToponymFeature::Often);
    features.insert_if(usage.in_title, ToponymFeature::InTitle);
}
