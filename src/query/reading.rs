//! Which of the places that bear a name is meant by somebody who typed it. The rule, in order:
//!
//! 1. A place of the user's own table goes before all others.
//! 2. Where a country or a city has the name as its own, places that bear it only as another name are out: Engels for
//!    Pokrovsk, a province of Mozambique for Gaza. A spelling that differs by a letter from the own name of a more
//!    prominent country or city stays: Odesa for "Odessa", whatever lies in Texas.
//! 3. Of the others, those that passages of the index name; if there are none, all.
//! 4. Of these, one that passages name clearly more often ([`is_clearly_rarer`]) shuts out the rarer ones.
//! 5. The most prominent of what is left. Where others are alike in prominence ([`ALIKE`]), the one that most passages
//!    name, if no other of them is named in more than half as many.
//! 6. Two that are alike in both: if one lies in the other, the outer one is read, as it matches all that the inner one
//!    does; where no passage names either, the more prominent. Else neither is, and the user is asked.
//!
//! For a distance a point is wanted: a place in which another one of the name lies is out from the beginning.
//!
//! Without an index no passage names anything, and the first, second, fifth and sixth decide.

use crate::geo::gazetteer::{CAPITAL, NameKind, Place, PlaceClass, Posting};
use crate::model::place::PlaceId;
use crate::query::atlas::Atlas;
use crate::words::letters::name_fold::fold;

/// Two places are alike in prominence where neither has this many times that of the other. By judgement: the two Punjabs (4.8)
/// and Hyderabads (3.6) are alike, Pokrovsk in Donetsk and in Sakha (6.2) are not.
const ALIKE: f64 = 5.0;
/// A settlement of so many inhabitants is a city; a capital is one anyway.
const SMALLEST_CITY: u64 = 15_000;
/// The fewest passages by which one place must lead another to outweigh its prominence: one or two are chance.
const CLEAR_LEAD: u64 = 4;

/// Which of several places is read where one lies in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// The outer one: what lies within it is matched too, so nothing is missed.
    Outermost,
    /// The inner one: a point is wanted.
    Innermost,
}

/// A place that bears the name.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub place: Place,
    /// How likely it is meant when nothing else is known.
    prominence: f64,
    /// Whether this is the name by which it is shown, or its official one.
    own_name: bool,
    /// Whether its own name differs from this one in a letter.
    nearly_own_name: bool,
    /// How many passages of the index name it.
    pub passages: u64,
    /// What it lies in.
    above: Vec<PlaceId>,
}

impl Candidate {
    fn is_country_or_city(&self, capital: bool) -> bool {
        match self.place.class {
            PlaceClass::Country => true,
            PlaceClass::Settlement => capital || self.place.population >= SMALLEST_CITY,
            _ => false,
        }
    }

    fn lies_in(&self, other: &Candidate) -> bool {
        self.above.contains(&other.place.id)
    }
}

/// How a name is read.
pub(super) enum Reading {
    /// As the first of these; the others bear it too, those of the index first, then by prominence.
    As(Vec<Candidate>),
    /// It is not: so many of the first are alike. All that bear the name, in the same order.
    Undecided(usize, Vec<Candidate>),
}

/// The places that bear a name, as `name` is typed, among those that `fits` lets through; each with whether it is a country or
/// a city. A word for people and things names no place, but a country.
pub(super) fn candidates(
    name: &str,
    atlas: Atlas<'_>,
    demonyms: bool,
    fits: &dyn Fn(&Place) -> bool,
) -> Vec<(Candidate, bool)> {
    let gazetteer = atlas.gazetteer;
    let folded = fold(name);
    let candidate = |posting: &Posting| {
        let place = gazetteer.place_at(posting.record).filter(|place| fits(place))?;
        let own = fold(&place.name);
        let own_name = posting.kind == NameKind::Preferred || own == folded;
        let capital = gazetteer.record(posting.record).is_some_and(|record| record.feature_code == CAPITAL);
        let nearly_own_name = !own_name && strsim::osa_distance(&own, &folded) == 1;
        let kind = if nearly_own_name { NameKind::Preferred } else { posting.kind };
        let candidate = Candidate {
            prominence: gazetteer.prominence(&Posting { kind, ..*posting }),
            own_name,
            nearly_own_name,
            passages: 0,
            above: gazetteer.records_above(posting.record).iter().filter_map(|at| gazetteer.id_of(*at)).collect(),
            place,
        };
        let large = candidate.is_country_or_city(capital);
        Some((candidate, large))
    };
    let postings = gazetteer.postings_of(name);
    let names_it = |posting: &&Posting| {
        let class = gazetteer.record(posting.record).map(|record| record.class);
        !posting.kind.is_demonym() || (demonyms && class == Some(PlaceClass::Country))
    };
    postings.iter().filter(names_it).filter_map(candidate).collect()
}

/// Reads a name that these places bear; each comes with whether it is a country or a city.
pub(super) fn read(candidates: Vec<(Candidate, bool)>, atlas: Atlas<'_>, extent: Extent) -> Reading {
    let in_running = without_other_names(&candidates);
    let mut all: Vec<Candidate> = candidates.into_iter().map(|(candidate, _)| candidate).collect();
    if all.len() > 1 {
        let ids: Vec<PlaceId> = all.iter().map(|candidate| candidate.place.id.clone()).collect();
        for (candidate, passages) in all.iter_mut().zip(atlas.passages_naming(&ids)) {
            candidate.passages = passages;
        }
    }
    let running: Vec<&Candidate> = all.iter().filter(|one| in_running.contains(&one.place.id)).collect();
    let meant: Vec<PlaceId> = meant_among(running, extent).into_iter().map(|one| one.place.id.clone()).collect();
    all.sort_by(|a, b| {
        let key = |one: &Candidate| (!meant.contains(&one.place.id), one.passages == 0);
        key(a).cmp(&key(b)).then(b.passages.cmp(&a.passages)).then(b.prominence.total_cmp(&a.prominence))
    });
    if meant.len() == 1 { Reading::As(all) } else { Reading::Undecided(meant.len(), all) }
}

/// The first and the second part of the rule: the ids that stay in the running.
fn without_other_names(candidates: &[(Candidate, bool)]) -> Vec<PlaceId> {
    let ids = |stays: &dyn Fn(&Candidate, bool) -> bool| -> Vec<PlaceId> {
        let staying = candidates.iter().filter(|(one, large)| stays(one, *large));
        staying.map(|(one, _)| one.place.id.clone()).collect()
    };
    let of_the_user = ids(&|one, _| one.own_name && matches!(one.place.id, PlaceId::User(_)));
    if !of_the_user.is_empty() {
        return of_the_user;
    }
    let named_so = candidates.iter().filter(|(one, large)| *large && one.own_name);
    let Some(most) = named_so.map(|(one, _)| one.prominence).max_by(f64::total_cmp) else { return ids(&|_, _| true) };
    ids(&|one, large| one.own_name || (large && one.nearly_own_name && one.prominence > most))
}

/// Whether a place is named in so few passages beside `most` that its prominence does not count: in less than half as many,
/// and by some more than chance.
fn is_clearly_rarer(passages: u64, most: u64) -> bool {
    most >= passages.saturating_mul(2).saturating_add(CLEAR_LEAD)
}

/// The third to sixth part of the rule: the one that is meant, or those between which nothing decides.
fn meant_among(mut running: Vec<&Candidate>, extent: Extent) -> Vec<&Candidate> {
    if extent == Extent::Innermost {
        let outer = |one: &Candidate| running.iter().any(|other| other.lies_in(one));
        running = running.iter().copied().filter(|one| !outer(one)).collect();
    }
    let most_passages = |of: &[&Candidate]| of.iter().map(|one| one.passages).max().unwrap_or(0);
    let most = most_passages(&running);
    running.retain(|one| (one.passages > 0 || most == 0) && !is_clearly_rarer(one.passages, most));
    let highest = running.iter().map(|one| one.prominence).fold(0.0, f64::max);
    running.retain(|one| one.prominence * ALIKE > highest);
    let most = most_passages(&running);
    running.retain(|one| one.passages * 2 > most || most == 0);
    let all = running.clone();
    let gives_way = |one: &Candidate, other: &Candidate| match most {
        0 => (one.lies_in(other) || other.lies_in(one)) && other.prominence > one.prominence,
        _ => one.lies_in(other),
    };
    running.retain(|one| !all.iter().any(|other| gives_way(one, other)));
    running
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::geo::Gazetteer;
    use crate::model::question::{Expr, Filter};
    use crate::query::atlas::Held;
    use crate::query::parse::{ParsedQuery, parse};

    /// An index that holds these places in so many passages.
    struct Index(BTreeMap<PlaceId, u64>);

    impl Held for Index {
        fn passages_naming(&self, places: &[PlaceId]) -> Vec<u64> {
            places.iter().map(|id| self.0.get(id).copied().unwrap_or(0)).collect()
        }

        fn sources(&self) -> Vec<String> {
            Vec::new()
        }

        fn languages(&self) -> Vec<String> {
            Vec::new()
        }
    }

    /// A place by its id, or as a name for one of the places below.
    const PLACES: [(&str, &str); 25] = [
        ("Gaza, Palestine", "gn:281133"),
        ("Gaza Province", "gn:1046058"),
        ("Kyiv", "gn:703448"),
        ("Kyiv City", "gn:703447"),
        ("Kyiv Oblast", "gn:703446"),
        ("Kherson", "gn:706448"),
        ("Kherson Oblast", "gn:706442"),
        ("Cali, Colombia", "gn:3687925"),
        ("Derbent", "gn:566532"),
        ("Pokrovsk, Donetsk", "gn:704422"),
        ("Pokrovsk, Sakha", "gn:2017824"),
        ("Engels", "gn:563464"),
        ("Punjab, Pakistan", "gn:1167710"),
        ("Punjab, India", "gn:1259223"),
        ("Odesa", "gn:698740"),
        ("Odessa, Texas", "gn:5527554"),
        ("Paris, France", "gn:2988507"),
        ("Paris, Texas", "gn:4717560"),
        ("Niger", "gn:2440476"),
        ("Niger State", "gn:2328925"),
        ("Georgia", "gn:614540"),
        ("Georgia, United States", "gn:4197000"),
        ("Raqqa", "gn:172957"),
        ("Ar Raqqah", "gn:172955"),
        ("asked", ""),
    ];

    fn id(name: &str) -> PlaceId {
        let found = PLACES.iter().find(|(known, _)| *known == name).and_then(|(_, id)| id.parse().ok());
        found.unwrap_or_else(|| panic!("{name} stands in the list"))
    }

    fn parsed(query: &str, held: &[(&str, u64)]) -> Result<ParsedQuery, String> {
        let index = Index(held.iter().map(|(name, passages)| (id(name), *passages)).collect());
        parse(query, Atlas::with(Gazetteer::embedded(), &index)).map_err(|e| e.reason)
    }

    /// What `place:name` is read as where the index holds these; "asked" where it is not.
    fn read_as(name: &str, held: &[(&str, u64)]) -> &'static str {
        let read = match parsed(&format!("place:{name}"), held) {
            Ok(ParsedQuery { expr: Some(Expr::Filter(Filter::Place(id))), .. }) => id.to_string(),
            Ok(other) => panic!("{name}: {other:?}"),
            Err(reason) => {
                assert!(reason.contains("say which"), "{reason}");
                String::new()
            }
        };
        let known = PLACES.iter().find(|(_, id)| *id == read);
        known.map(|(name, _)| *name).unwrap_or_else(|| panic!("{name} is read as {read}"))
    }

    #[test]
    fn a_name_is_read_as_the_place_that_the_index_holds() {
        assert_eq!(read_as("Gaza", &[("Gaza, Palestine", 1)]), "Gaza, Palestine");
        assert_eq!(read_as("Kyiv", &[("Kyiv", 9), ("Kyiv Oblast", 2)]), "Kyiv");
        assert_eq!(read_as("Pokrovsk", &[("Pokrovsk, Donetsk", 1)]), "Pokrovsk, Donetsk");
        assert_eq!(read_as("Pokrovsk", &[("Pokrovsk, Sakha", 1)]), "Pokrovsk, Sakha");
        assert_eq!(read_as("Punjab", &[("Punjab, India", 1)]), "Punjab, India");
        assert_eq!(read_as("Raqqa", &[("Ar Raqqah", 3)]), "Ar Raqqah");
    }

    #[test]
    fn without_one_in_the_index_it_is_the_most_prominent() {
        for (name, meant) in [
            ("Gaza", "Gaza, Palestine"),
            ("Kyiv", "Kyiv"),
            ("Cali", "Cali, Colombia"),
            ("Pokrovsk", "Pokrovsk, Donetsk"),
            ("Paris", "Paris, France"),
            ("Georgia", "Georgia"),
            ("Odessa", "Odesa"),
            ("Punjab", "asked"),
        ] {
            assert_eq!(read_as(name, &[]), meant, "{name}");
        }
    }

    #[test]
    fn the_own_name_of_a_country_or_city_never_loses_to_another_name_of_another_place() {
        assert_eq!(read_as("Pokrovsk", &[("Engels", 90)]), "Pokrovsk, Donetsk");
        assert_eq!(read_as("Pokrovsk", &[("Engels", 90), ("Pokrovsk, Donetsk", 1)]), "Pokrovsk, Donetsk");
        assert_eq!(read_as("Cali", &[("Derbent", 90)]), "Cali, Colombia");
        assert_eq!(read_as("Gaza", &[("Gaza Province", 90)]), "Gaza, Palestine");
        assert_eq!(read_as("Niger", &[("Niger State", 90)]), "Niger");
        assert_eq!(read_as("Kyiv", &[("Kyiv Oblast", 90), ("Kyiv City", 90)]), "Kyiv");
        assert_eq!(read_as("Odessa", &[("Odesa", 5)]), "Odesa", "one letter is only another spelling");
        assert_eq!(read_as("Odessa", &[("Odessa, Texas", 5)]), "Odessa, Texas");
    }

    #[test]
    fn prominence_decides_until_the_index_is_clear() {
        assert_eq!(read_as("Paris", &[("Paris, France", 1), ("Paris, Texas", 2)]), "Paris, France");
        assert_eq!(read_as("Paris", &[("Paris, France", 4), ("Paris, Texas", 12)]), "Paris, Texas");
        assert_eq!(read_as("Georgia", &[("Georgia", 10), ("Georgia, United States", 12)]), "Georgia");
        assert_eq!(read_as("Georgia", &[("Georgia, United States", 1)]), "Georgia, United States");
    }

    #[test]
    fn two_that_are_alike_in_both_are_asked_back_with_all_choices() {
        assert_eq!(read_as("Punjab", &[("Punjab, India", 3), ("Punjab, Pakistan", 2)]), "asked");
        assert_eq!(read_as("Punjab", &[("Punjab, India", 3), ("Punjab, Pakistan", 1)]), "Punjab, India");
        let reason = parsed("place:Punjab", &[("Punjab, India", 1)]).map(|parsed| parsed.notes);
        let note = reason.expect("it is read").remove(0);
        assert_eq!(
            note,
            "Punjab is read as Punjab, India (place:gn:1259223, in 1 passage); also Punjab, Pakistan (place:gn:1167710)"
        );
        let refusal = parsed("place:Hyderabad", &[]).expect_err("two cities");
        for choice in ["place:gn:1269843 ", "place:gn:1176734 ", "place:adm:IN.40.536 ", "place:adm:PK.05.1176733 "] {
            assert!(refusal.contains(choice), "{choice}: {refusal}");
        }
    }

    #[test]
    fn of_a_city_in_its_region_the_one_named_more_often_is_read_or_the_region() {
        assert_eq!(read_as("Kherson", &[("Kherson", 20), ("Kherson Oblast", 3)]), "Kherson");
        assert_eq!(read_as("Kherson", &[("Kherson", 3), ("Kherson Oblast", 20)]), "Kherson Oblast");
        assert_eq!(read_as("Kherson", &[("Kherson", 3), ("Kherson Oblast", 3)]), "Kherson Oblast");
    }

    #[test]
    fn for_a_distance_the_place_within_is_read() {
        let note = parsed("near:Kherson/5km", &[("Kherson Oblast", 20)]).map(|parsed| parsed.notes.join("\n"));
        let note = note.expect("it is read");
        assert!(note.starts_with("Kherson is read as Kherson, Khersonskyi Raion"), "{note}");
        assert!(note.contains("near:gn:706442/5km"), "{note}");
    }

    #[test]
    fn what_was_read_prints_as_what_it_was_read_as() {
        for query in ["place:Gaza", "-place:Kyiv", "near:Kherson/5km shelling"] {
            let expr = parsed(query, &[]).expect("it is read").expr;
            let printed = expr.as_ref().map(ToString::to_string).unwrap_or_default();
            for held in [&[("Gaza Province", 9), ("Kyiv Oblast", 9)][..], &[]] {
                let again = parsed(&printed, held).expect("it is read");
                assert_eq!((again.expr, again.notes), (expr.clone(), Vec::new()), "{printed}");
            }
        }
    }

    #[test]
    fn what_tells_places_apart_goes_before_all() {
        let state = parsed("place:Georgia/US", &[("Georgia", 90)]).expect("it is read");
        assert_eq!(state.expr, Some(Expr::Filter(Filter::Place(id("Georgia, United States")))));
        assert_eq!(state.notes, Vec::<String>::new());
    }
}
