//! What might have been meant by a name that nothing bears. What the index holds goes before what it does not.

use std::cmp::Reverse;

use super::atlas::Atlas;
use crate::geo::Gazetteer;
use crate::geo::gazetteer::near_names::NearName;
use crate::geo::gazetteer::{PlaceClass, Posting, region};
use crate::lang::languages::LANGUAGES;
use crate::model::field::Field;
use crate::model::place::{CountryCode, PlaceId};

/// Names offered for one that is not known.
const OFFERED: usize = 3;
/// A place that the index does not hold is not offered beside one of this many times its prominence.
const OBSCURE: f64 = 10.0;

/// "a, b or c"
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The names that are at most a third of their letters away from what was asked, the nearest first.
fn near<'a>(asked: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let asked = asked.to_lowercase();
    let mut near: Vec<(usize, &str)> = names
        .map(|name| (strsim::osa_distance(&asked, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance * 3 <= name.chars().count())
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().map(|(_, name)| name).collect()
}

/// A field whose name is nearly this one.
pub(super) fn field(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    Field::ALL
        .into_iter()
        .map(|field| (strsim::osa_distance(&lower, field.name()), field.name()))
        .filter(|(distance, known)| *distance <= 2 && *distance < known.len())
        .min()
        .map(|(_, known)| known)
}

/// A region whose name or alias is nearly this one, by its name.
pub(super) fn region(name: &str) -> Option<&'static str> {
    let names = region::regions().iter().flat_map(|r| std::iter::once(r.name).chain(r.aliases.iter().copied()));
    near(name, names).into_iter().next()
}

/// A country one of whose names is nearly this one, by its own name.
pub(super) fn country(name: &str, gazetteer: &Gazetteer) -> Option<String> {
    let own: Vec<String> = countries(gazetteer);
    let lower = name.to_lowercase();
    let by_own = near(name, own.iter().map(String::as_str)).into_iter().next();
    let by_own = by_own.map(|own| (strsim::osa_distance(&lower, &own.to_lowercase()), own.to_owned()));
    let country = |near: &NearName| {
        let postings = gazetteer.postings_of(&near.name);
        let mut places = postings.iter().filter_map(|posting| gazetteer.place_at(posting.record));
        places.find(|place| place.class == PlaceClass::Country).map(|place| (near.edits, place.name))
    };
    let by_other = gazetteer.names_near(name).iter().filter_map(country).min();
    by_own.into_iter().chain(by_other).min_by_key(|(edits, _)| *edits).map(|(_, name)| name)
}

/// The names of all countries.
fn countries(gazetteer: &Gazetteer) -> Vec<String> {
    let letters = b'A'..=b'Z';
    let codes = letters.clone().flat_map(|a| letters.clone().map(move |b| CountryCode([a, b])));
    codes.filter_map(|code| gazetteer.country(code)).map(|place| place.name).collect()
}

/// What is wrong with a qualifier that names nothing; `None` where it names something.
pub(super) fn qualifier(name: &str, atlas: Atlas<'_>) -> Option<String> {
    let gazetteer = atlas.gazetteer;
    if gazetteer.country_named(name).is_some() || !gazetteer.named(name).is_empty() {
        return None;
    }
    let nothing = format!("`{name}` is no country, division or place");
    Some(match country(name, gazetteer).or_else(|| places(name, atlas).into_iter().next()) {
        Some(near) => format!("{nothing}; did you mean `{near}`?"),
        None => nothing,
    })
}

/// A name that is nearly the one that was typed, with the places that bear it.
struct Offer {
    name: String,
    /// Twice the edits, a letter less or more of two equal ones counting half, and one more for what the index does not hold.
    cost: usize,
    passages: u64,
    prominence: f64,
    /// The places that bear it, by which two spellings of one are told.
    places: Vec<PlaceId>,
}

/// The names of places that are nearly this one, at most three.
pub(crate) fn places(name: &str, atlas: Atlas<'_>) -> Vec<String> {
    let gazetteer = atlas.gazetteer;
    let near: Vec<(NearName, Vec<(Posting, PlaceId)>)> = gazetteer
        .names_near(name)
        .into_iter()
        .map(|near| {
            let postings = gazetteer.postings_of(&near.name);
            let of_places = postings.into_iter().filter(|posting| !posting.kind.is_demonym());
            let with_ids = of_places.filter_map(|posting| Some((posting, gazetteer.id_of(posting.record)?))).collect();
            (near, with_ids)
        })
        .collect();
    let ids: Vec<PlaceId> = near.iter().flat_map(|(_, places)| places.iter().map(|(_, id)| id.clone())).collect();
    let mut passages = atlas.passages_naming(&ids).into_iter();
    let mut offers: Vec<Offer> = Vec::new();
    for (near, places) in &near {
        let held: Vec<u64> = passages.by_ref().take(places.len()).collect();
        let passages = held.iter().copied().max().unwrap_or(0);
        let Some((first, _)) = places.first() else { continue };
        let unheld = usize::from(passages == 0);
        offers.push(Offer {
            name: shown(&near.name, first, gazetteer),
            cost: 2 * near.edits - usize::from(near.doubled) + unheld,
            passages,
            prominence: gazetteer.prominence(first),
            places: places.iter().map(|(_, id)| id.clone()).collect(),
        });
    }
    offers.sort_by(|a, b| {
        let by_cost = a.cost.cmp(&b.cost).then(Reverse(a.passages).cmp(&Reverse(b.passages)));
        by_cost.then(b.prominence.total_cmp(&a.prominence)).then(a.name.cmp(&b.name))
    });
    let best = offers.first().map_or(0, |offer| offer.cost);
    let unheld = offers.iter().filter(|offer| offer.cost == best && offer.passages == 0);
    let known = unheld.map(|offer| offer.prominence).fold(0.0, f64::max) / OBSCURE;
    let mut offered: Vec<Offer> = Vec::new();
    for offer in offers {
        // What the index has not is offered only where nothing is nearer, and no village beside a city.
        let worth = match offer.passages {
            0 => offer.cost == best && offer.prominence >= known,
            _ => offer.cost <= best + 1,
        };
        let anew = || offered.iter().all(|other| other.places.iter().all(|place| !offer.places.contains(place)));
        if worth && offered.len() < OFFERED && anew() {
            offered.push(offer);
        }
    }
    offered.into_iter().map(|offer| offer.name).collect()
}

/// A folded name as its place shows it, or with capitals.
fn shown(folded: &str, posting: &Posting, gazetteer: &Gazetteer) -> String {
    let own = gazetteer.name_of(posting.record).unwrap_or_default();
    if crate::words::letters::name_fold::fold(own) == folded {
        return own.to_owned();
    }
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    folded.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

/// The publishers, in small letters, of whose names this one is a part or nearly the whole, at most three.
pub(super) fn sources(name: &str, known: &[String]) -> Vec<String> {
    let name = name.trim().to_lowercase();
    let holds = |other: &&String| {
        let both = if other.len() >= name.len() { (other.as_str(), name.as_str()) } else { (&*name, other.as_str()) };
        let padded = |text: &str| format!(" {text} ");
        padded(both.0).contains(&padded(both.1))
    };
    let mut found: Vec<String> = known.iter().filter(holds).cloned().collect();
    for near in near(&name, known.iter().map(String::as_str)) {
        if !found.iter().any(|other| other == near) {
            found.push(near.to_owned());
        }
    }
    found.truncate(OFFERED);
    found
}

/// A language whose name is nearly this one: its code.
pub(super) fn language(name: &str) -> Option<&'static str> {
    let names = || {
        let all = LANGUAGES.iter();
        all.flat_map(|(code, english, others)| {
            others.split('|').filter(|other| other.chars().count() > 3).chain([*english]).map(move |name| (*code, name))
        })
    };
    let nearest = near(name, names().map(|(_, name)| name)).into_iter().next()?;
    names().find(|(_, name)| *name == nearest).map(|(code, _)| code)
}
