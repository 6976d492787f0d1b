//! The ranker: which bearer of a name an article means.
//!
//! Each bearer is scored by a weighted sum of [`Clue`]s; the scores of one name's bearers become probabilities. The clues
//! that depend on the article's other names use the probabilities of the round before.

use crate::geo::evidence::weights::{Weights, features};
use crate::geo::gazetteer::{CAPITAL, NameKind, PlaceClass, Record, RecordRef, feature_number};
use crate::geo::recognise::bearer::Candidate;
use crate::geo::recognise::bearer::people_of;
use crate::geo::recognise::reading::{Group, Reading};
use crate::model::place::CountryCode;

features! {
    /// What speaks for or against a bearer of a name.
    Clue {
        // The bearer itself.
        First, People, PeopleShare, PeopleUnknown, Region, Country, Division1, Division2, Settlement, Area, Water, Terrain, Line,
        Facility, Alternate, Variant, Historic, Demonym, Abbreviation, Capital, Seat1, Seat2, Section, Historical,
        WideCapital, WidePeople, WideLarge, WideDivision,
        // What the text says next to the name.
        InsideComma, InsideNear, HoldsComma, HoldsNear, InsideRegion,
        // What the article speaks of besides.
        CountryShare, CountryTop, CountryAbsent, CountryNamed, DivisionShare, DivisionTop, DivisionNamed, DistrictShare,
        Near40, Near150, Near500, Near1500, Far,
        NearPeople, DivisionPeople,
        // Who speaks.
        HomeSelf, HomeNear, HomeDivision, HomeCountry, HomeDomain,
        DatelineSelf, DatelineNear, DatelineCountry,
    }
}

/// The values of the clues for one bearer.
pub(crate) type Clues = [f32; Clue::COUNT];

/// 1 where it holds.
fn flag(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

/// How near a weight is to being beyond all doubt, 0 to 1.
fn saturate(weight: f32) -> f32 {
    weight / (weight + 1.0)
}

/// What the text says right beside a name about its bearers, as bits.
pub(crate) mod beside {
    /// "Springfield, Illinois".
    pub(crate) const INSIDE_COMMA: u8 = 1;
    /// "Springfield in Illinois", "Iraq's Mosul".
    pub(crate) const INSIDE_NEAR: u8 = 2;
    /// The larger place of the first.
    pub(crate) const HOLDS_COMMA: u8 = 4;
    /// The larger place of the second.
    pub(crate) const HOLDS_NEAR: u8 = 8;
    /// In a country that is named beside only through a region or a demonym.
    pub(crate) const INSIDE_REGION: u8 = 16;
}

/// The probabilities and the best bearer of a group.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Standing {
    /// The place of the best bearer among the group's.
    pub(crate) best: usize,
    /// Its probability together with that of bearers that are the same place to a reader (in the same country, within 40 km).
    pub(crate) probability: f32,
    /// Its lead over the best of the other bearers, in log odds; 9 where there is none.
    pub(crate) lead: f32,
}

/// What an article's names together say of where it plays, each name weighing by its certainty.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    countries: Vec<(CountryCode, f32)>,
    divisions: Vec<(RecordRef, f32)>,
    districts: Vec<(RecordRef, f32)>,
    /// Points with their weights: settlements, districts and all that is small.
    points: Vec<Point>,
    total: f32,
}

#[derive(Debug, Clone, Copy)]
struct Point {
    lat: f32,
    lon: f32,
    weight: f32,
    group: u32,
}

/// The most points that distances are measured to; the heaviest are kept.
const MOST_POINTS: usize = 12;

/// A group's own part in the scene, left out when its own bearers are scored.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Part {
    weight: f32,
    country: Option<CountryCode>,
    division: Option<RecordRef>,
    district: Option<RecordRef>,
}

/// The scene as the bearers of one group see it: without the group's own part.
struct View<'r> {
    group: u32,
    own: Part,
    /// The weight of all countries, and of the heaviest.
    total: f32,
    top_country: f32,
    /// The weight of all first-level divisions, and of the heaviest.
    divided: f32,
    top_division: f32,
    /// The places of source and dateline with their probabilities, where the group is not their own.
    home: Option<(&'r Candidate, f32)>,
    dateline: Option<(&'r Candidate, f32)>,
}

/// Weights of points within so many kilometres.
#[derive(Debug, Clone, Copy, Default)]
struct Near {
    km40: f32,
    km150: f32,
    km500: f32,
    km1500: f32,
    all: f32,
}

/// The state of resolution.
pub(crate) struct Ranker<'r, 'g> {
    pub(crate) reading: &'r Reading<'g>,
    /// For each candidate what is said beside its name.
    pub(crate) beside: Vec<u8>,
    /// For each candidate its probability.
    pub(crate) probabilities: Vec<f32>,
    /// For each candidate its score.
    pub(crate) scores: Vec<f32>,
    /// For each candidate the part of its score that no round changes.
    settled: Vec<f32>,
    pub(crate) standings: Vec<Standing>,
    pub(crate) parts: Vec<Part>,
    pub(crate) scene: Scene,
    /// The group of the place where the source is at home, where one is known.
    pub(crate) home: Option<u32>,
    /// The country of the address's domain.
    pub(crate) home_country: Option<CountryCode>,
    /// The group of the dateline.
    pub(crate) dateline: Option<u32>,
    seats: [u8; 4],
}

/// Kilometres between two points: an equirectangular estimate, exact enough below 1,500 km, where it decides.
pub(crate) fn kilometres(a: (f32, f32), b: (f32, f32)) -> f32 {
    const KM_PER_DEGREE: f32 = 111.2;
    let dlat = a.0 - b.0;
    let mut dlon = (a.1 - b.1).abs();
    if dlon > 180.0 {
        dlon = 360.0 - dlon;
    }
    // A cosine by its series: within 0.001 up to 60 degrees and 0.02 at the poles, at a fraction of the cost.
    let middle = ((a.0 + b.0) * 0.5).to_radians();
    let square = middle * middle;
    let dlon = dlon * (1.0 - square * (0.5 - square / 24.0)).max(0.0);
    KM_PER_DEGREE * (dlat * dlat + dlon * dlon).sqrt()
}

fn add<K: PartialEq>(weights: &mut Vec<(K, f32)>, key: K, weight: f32) {
    match weights.iter_mut().find(|(k, _)| *k == key) {
        Some((_, sum)) => *sum += weight,
        None => weights.push((key, weight)),
    }
}

fn weight_of<K: PartialEq>(weights: &[(K, f32)], key: &K) -> f32 {
    weights.iter().find(|(k, _)| k == key).map_or(0.0, |(_, sum)| *sum)
}

/// Whether a place of this class is small enough to be a point that others are near to.
fn is_point(class: PlaceClass) -> bool {
    !matches!(class, PlaceClass::Region | PlaceClass::Country | PlaceClass::Division1 | PlaceClass::Water)
}

impl<'r, 'g> Ranker<'r, 'g> {
    pub(crate) fn new(reading: &'r Reading<'g>) -> Ranker<'r, 'g> {
        let (candidates, groups) = (reading.candidates, reading.groups.len());
        Ranker {
            reading,
            beside: vec![0; candidates],
            probabilities: vec![0.0; candidates],
            scores: vec![0.0; candidates],
            settled: vec![0.0; candidates],
            standings: vec![Standing::default(); groups],
            parts: vec![Part::default(); groups],
            scene: Scene::default(),
            home: None,
            home_country: None,
            dateline: None,
            seats: ["PPLA", "PPLA2", "PPLX", "PPLH"].map(feature_number),
        }
    }

    /// Scores all bearers, first each name by itself, then in the light of the others.
    pub(crate) fn run(&mut self, weights: &Weights, rounds: usize) {
        self.settle(weights);
        for round in 0..=rounds {
            for g in 0..self.reading.groups.len() {
                self.score(g, weights, round == rounds);
            }
            if round < rounds {
                self.set_scene();
            }
        }
    }

    fn in_use(group: &Group) -> bool {
        group.mentions > 0 || group.home
    }

    /// Scores what the clues about the bearers themselves, and what is said beside their names, come to.
    fn settle(&mut self, weights: &Weights) {
        for group in self.reading.groups.iter().filter(|group| Self::in_use(group)) {
            for (n, candidate) in group.bearers().iter().enumerate() {
                let mut score = 0.0;
                self.settled_clues(group, n, candidate, |clue, value| score += value * weights.clues[clue as usize]);
                if let Some(slot) = self.settled.get_mut(group.bearers.start + n) {
                    *slot = score;
                }
            }
        }
    }

    /// Scores the bearers of a group. That of a name with one bearer is certain, so that its score is only wanted at last.
    fn score(&mut self, g: usize, weights: &Weights, last: bool) {
        let Some(group) = self.reading.groups.get(g).filter(|group| Self::in_use(group)) else { return };
        let range = group.bearers.clone();
        let bearers = group.bearers();
        let mut highest = f32::NEG_INFINITY;
        if last || bearers.len() > 1 {
            let view = self.view(g);
            for (at, candidate) in range.clone().zip(bearers) {
                let mut score = self.settled.get(at).copied().unwrap_or(0.0);
                self.other_clues(&view, candidate, |clue, value| score += value * weights.clues[clue as usize]);
                highest = highest.max(score);
                if let Some(slot) = self.scores.get_mut(at) {
                    *slot = score;
                }
            }
        }
        if let [_] = bearers {
            let certain = Standing { best: 0, probability: 1.0, lead: 9.0 };
            if let (Some(probability), Some(standing)) =
                (self.probabilities.get_mut(range.start), self.standings.get_mut(g))
            {
                (*probability, *standing) = (1.0, certain);
            }
            return;
        }
        let mut sum = 0.0;
        for at in range.clone() {
            let p = (self.scores.get(at).copied().unwrap_or(0.0) - highest).exp();
            sum += p;
            if let Some(slot) = self.probabilities.get_mut(at) {
                *slot = p;
            }
        }
        for p in self.probabilities.get_mut(range.clone()).unwrap_or_default() {
            *p /= sum.max(f32::MIN_POSITIVE);
        }
        let standing = self.standing(bearers, range.start);
        if let Some(slot) = self.standings.get_mut(g) {
            *slot = standing;
        }
    }

    fn standing(&self, bearers: &[Candidate], from: usize) -> Standing {
        let probability = |n: usize| self.probabilities.get(from + n).copied().unwrap_or(0.0);
        let mut best = 0;
        for n in 1..bearers.len() {
            if probability(n) > probability(best) {
                best = n;
            }
        }
        let Some(winner) = bearers.get(best) else { return Standing::default() };
        let (mut same, mut other) = (0.0f32, 0.0f32);
        for (n, candidate) in bearers.iter().enumerate() {
            let near = || kilometres(position(&candidate.record), position(&winner.record)) < 40.0;
            if n == best || (candidate.country() == winner.country() && near()) {
                same += probability(n);
            } else {
                other = other.max(probability(n));
            }
        }
        let lead = if other > 0.0 { (same / other).ln().min(9.0) } else { 9.0 };
        Standing { best, probability: same, lead }
    }

    /// Gathers what the names say together, each by its best bearer.
    fn set_scene(&mut self) {
        let mut scene = Scene::default();
        for (g, group) in self.reading.groups.iter().enumerate() {
            let mut part = Part::default();
            if Self::in_use(group) {
                let standing = self.standings.get(g).copied().unwrap_or_default();
                let certainty = if group.home { 0.8 } else { group.best };
                let mentions = (1.0 + group.mentions as f32).log2().max(1.0);
                let weight = certainty * mentions * standing.probability * standing.probability;
                if let Some(winner) = group.bearers().get(standing.best).filter(|_| weight > 0.05) {
                    part = Part {
                        weight,
                        country: winner.country(),
                        division: winner.division1,
                        district: winner.division2,
                    };
                    let class = winner.record.class;
                    if is_point(class) && winner.record.has_position() && !winner.kind.is_demonym() {
                        let (lat, lon) = position(&winner.record);
                        scene.points.push(Point { lat, lon, weight, group: g as u32 });
                    }
                }
            }
            if let Some(country) = part.country {
                add(&mut scene.countries, country, part.weight);
                scene.total += part.weight;
            }
            if let Some(division) = part.division {
                add(&mut scene.divisions, division, part.weight);
            }
            if let Some(district) = part.district {
                add(&mut scene.districts, district, part.weight);
            }
            if let Some(slot) = self.parts.get_mut(g) {
                *slot = part;
            }
        }
        scene.points.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.group.cmp(&b.group)));
        scene.points.truncate(MOST_POINTS);
        self.scene = scene;
    }

    /// The clues for a bearer of a group.
    pub(crate) fn clues(&self, g: usize, n: usize, candidate: &Candidate) -> Clues {
        let mut clues = [0.0; Clue::COUNT];
        let mut set = |clue: Clue, value: f32| clues[clue as usize] = value;
        if let Some(group) = self.reading.groups.get(g) {
            self.settled_clues(group, n, candidate, &mut set);
            self.other_clues(&self.view(g), candidate, &mut set);
        }
        clues
    }

    /// Hands on the clues that no round changes, in the order of their declaration: the last bits of a score depend on it.
    fn settled_clues(&self, group: &Group, n: usize, candidate: &Candidate, mut set: impl FnMut(Clue, f32)) {
        let record = &candidate.record;
        set(Clue::First, flag(n == 0));
        let people = people_of(record);
        set(Clue::People, candidate.log_people / 7.0);
        set(Clue::PeopleShare, (candidate.log_people - group.known.log_most_people) / 7.0);
        set(Clue::PeopleUnknown, flag(people == 0));
        set(
            match record.class {
                PlaceClass::Region => Clue::Region,
                PlaceClass::Country => Clue::Country,
                PlaceClass::Division1 => Clue::Division1,
                PlaceClass::Division2 => Clue::Division2,
                PlaceClass::Settlement => Clue::Settlement,
                PlaceClass::Area => Clue::Area,
                PlaceClass::Water => Clue::Water,
                PlaceClass::Terrain => Clue::Terrain,
                PlaceClass::Line => Clue::Line,
                PlaceClass::Facility => Clue::Facility,
            },
            1.0,
        );
        match candidate.kind {
            NameKind::Alternate => set(Clue::Alternate, 1.0),
            NameKind::Variant => set(Clue::Variant, 1.0),
            NameKind::Historic => set(Clue::Historic, 1.0),
            NameKind::Demonym | NameKind::Ethnic => set(Clue::Demonym, 1.0),
            NameKind::Abbreviation | NameKind::AbbreviationDotted | NameKind::AbbreviationAfterComma => {
                set(Clue::Abbreviation, 1.0);
            }
            NameKind::Preferred | NameKind::OtherScript => {}
        }
        if record.feature == CAPITAL {
            set(Clue::Capital, 1.0);
        } else if record.feature != 0 {
            for (seat, clue) in self.seats.iter().zip([Clue::Seat1, Clue::Seat2, Clue::Section, Clue::Historical]) {
                if record.feature == *seat {
                    set(clue, 1.0);
                }
            }
        }
        // A source that is at home in no town writes for readers far away, to whom a bare name is the best-known bearer's.
        if self.home.is_none() {
            set(Clue::WideCapital, flag(record.feature == CAPITAL));
            set(Clue::WidePeople, candidate.log_people / 7.0);
            set(Clue::WideLarge, flag(people >= 500_000));
            set(Clue::WideDivision, flag(record.class == PlaceClass::Division1));
        }
        let beside = self.beside.get(group.bearers.start + n).copied().unwrap_or(0);
        for (bit, clue) in [
            (beside::INSIDE_COMMA, Clue::InsideComma),
            (beside::INSIDE_NEAR, Clue::InsideNear),
            (beside::HOLDS_COMMA, Clue::HoldsComma),
            (beside::HOLDS_NEAR, Clue::HoldsNear),
            (beside::INSIDE_REGION, Clue::InsideRegion),
        ] {
            if beside & bit != 0 {
                set(clue, 1.0);
            }
        }
    }

    /// What the scene is to the bearers of a group.
    fn view(&self, g: usize) -> View<'r> {
        let scene = &self.scene;
        let own = self.parts.get(g).copied().unwrap_or_default();
        let less = |is_own: bool| if is_own { own.weight } else { 0.0 };
        let divided: f32 = scene.divisions.iter().map(|(_, weight)| weight).sum();
        View {
            group: g as u32,
            own,
            total: scene.total - less(own.country.is_some()),
            top_country: scene
                .countries
                .iter()
                .map(|(country, weight)| weight - less(own.country == Some(*country)))
                .fold(0.0, f32::max),
            divided: divided - less(own.division.is_some()),
            top_division: scene
                .divisions
                .iter()
                .map(|(division, weight)| weight - less(own.division == Some(*division)))
                .fold(0.0, f32::max),
            home: self.winner(self.home).filter(|_| self.home != Some(g as u32)),
            dateline: self.winner(self.dateline).filter(|_| self.dateline != Some(g as u32)),
        }
    }

    /// Hands on the clues that depend on the article's other names and its source, in the order of their declaration.
    fn other_clues(&self, view: &View<'_>, candidate: &Candidate, mut set: impl FnMut(Clue, f32)) {
        const LEAST: f32 = 0.05;
        let scene = &self.scene;
        let own = &view.own;
        if view.total > LEAST {
            if let Some(country) = candidate.country() {
                let less = if own.country == Some(country) { own.weight } else { 0.0 };
                let mine = weight_of(&scene.countries, &country) - less;
                set(Clue::CountryShare, mine / view.total);
                set(Clue::CountryTop, flag(mine > LEAST && mine >= view.top_country - 0.01));
                set(Clue::CountryAbsent, flag(mine < LEAST) * saturate(view.total));
                set(Clue::CountryNamed, saturate(mine.max(0.0)));
            } else {
                set(Clue::CountryAbsent, 0.5 * saturate(view.total));
            }
        }
        let people = candidate.log_population / 7.0;
        let mut division_people = 0.0;
        if let Some(division) = candidate.division1.filter(|_| view.divided > LEAST) {
            let less = if own.division == Some(division) { own.weight } else { 0.0 };
            let mine = (weight_of(&scene.divisions, &division) - less).max(0.0);
            set(Clue::DivisionShare, mine / view.divided);
            set(Clue::DivisionTop, flag(mine > LEAST && mine >= view.top_division - 0.01));
            set(Clue::DivisionNamed, saturate(mine));
            division_people = saturate(mine) * people;
        }
        if let Some(district) = candidate.division2 {
            let less = if own.district == Some(district) { own.weight } else { 0.0 };
            set(Clue::DistrictShare, saturate((weight_of(&scene.districts, &district) - less).max(0.0)));
        }
        let is_point = is_point(candidate.record.class);
        let here = position(&candidate.record);
        if is_point && candidate.record.has_position() {
            let near = self.near(view.group, here);
            set(Clue::Near40, saturate(near.km40));
            set(Clue::Near150, saturate(near.km150));
            set(Clue::Near500, saturate(near.km500));
            set(Clue::Near1500, saturate(near.km1500));
            set(Clue::Far, flag(near.km1500 < LEAST) * saturate(near.all));
            set(Clue::NearPeople, saturate(near.km150) * people);
        }
        set(Clue::DivisionPeople, division_people);
        let is_near = |place: &Candidate| is_point && kilometres(here, position(&place.record)) < 150.0;
        if let Some((home, certainty)) = view.home {
            let same = |a: Option<RecordRef>, b: Option<RecordRef>| flag(a.is_some() && a == b) * certainty;
            set(Clue::HomeSelf, flag(candidate.record.at == home.record.at) * certainty);
            set(Clue::HomeNear, flag(is_near(home)) * certainty);
            set(Clue::HomeDivision, same(candidate.division1, home.division1));
            set(Clue::HomeCountry, flag(candidate.country() == home.country()) * certainty);
        }
        if let Some(country) = self.home_country {
            set(Clue::HomeDomain, flag(candidate.country() == Some(country)));
        }
        if let Some((place, certainty)) = view.dateline {
            set(Clue::DatelineSelf, flag(candidate.record.at == place.record.at) * certainty);
            set(Clue::DatelineNear, flag(is_near(place)) * certainty);
            set(Clue::DatelineCountry, flag(candidate.country() == place.country()) * certainty);
        }
    }

    /// The weights of the scene's points by their distance from here, those of a group left out.
    fn near(&self, group: u32, here: (f32, f32)) -> Near {
        // Degrees of latitude that are more than 1,500 km.
        const FARTHEST_DEGREES: f32 = 13.5;
        let mut near = Near::default();
        for point in self.scene.points.iter().filter(|p| p.group != group) {
            near.all += point.weight;
            if (here.0 - point.lat).abs() > FARTHEST_DEGREES {
                continue;
            }
            let km = kilometres(here, (point.lat, point.lon));
            if km < 1500.0 {
                near.km1500 += point.weight;
                if km < 500.0 {
                    near.km500 += point.weight;
                    if km < 150.0 {
                        near.km150 += point.weight;
                        if km < 40.0 {
                            near.km40 += point.weight;
                        }
                    }
                }
            }
        }
        near
    }

    /// How much the other names of an article speak of a country.
    pub(crate) fn country_weight(&self, g: usize, country: Option<CountryCode>) -> f32 {
        let Some(country) = country else { return 0.0 };
        let own = self.parts.get(g).copied().unwrap_or_default();
        let less = if own.country == Some(country) { own.weight } else { 0.0 };
        weight_of(&self.scene.countries, &country) - less
    }

    /// The best bearer of a group with its probability.
    pub(crate) fn winner(&self, group: Option<u32>) -> Option<(&'r Candidate, f32)> {
        let g = group? as usize;
        let standing = self.standings.get(g)?;
        let candidate = self.reading.groups.get(g)?.bearers().get(standing.best)?;
        Some((candidate, standing.probability))
    }
}

/// Whether a settlement lies in a first- or second-level division, both bearing one name.
pub(crate) fn is_seat(settlement: &Candidate, division: &Candidate) -> bool {
    let at = Some(division.record.at);
    settlement.record.class == PlaceClass::Settlement
        && matches!(division.record.class, PlaceClass::Division1 | PlaceClass::Division2)
        && (settlement.division1 == at || settlement.division2 == at)
}

/// Whether the bare name of a settlement and a division means the settlement: "Kharkiv" is the city unless the text says
/// "region". Not where the division has far more people ("Quebec"), and not in the United States, whose states and counties
/// are named without a word for what they are ("New York").
pub(crate) fn gives_its_name(settlement: &Candidate, division: &Candidate) -> bool {
    const LEAST_PEOPLE: u32 = 20_000;
    const LEAST_PART: u32 = 8;
    let derived = division.kind == NameKind::Variant && settlement.country() == division.country();
    let people = settlement.record.population;
    let division_class = matches!(division.record.class, PlaceClass::Division1 | PlaceClass::Division2);
    division_class
        && (is_seat(settlement, division) || (derived && settlement.record.class == PlaceClass::Settlement))
        && people >= LEAST_PEOPLE
        && people >= division.record.population / LEAST_PART
        && settlement.country() != Some(CountryCode(*b"US"))
}

/// Latitude and longitude of a record; far from everything where they are not known.
pub(crate) fn position(record: &Record) -> (f32, f32) {
    if record.has_position() { (record.lat, record.lon) } else { (1e4, 1e4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_right_to_a_few_per_cent_where_they_decide() {
        for (a, b, km) in [
            ((52.52f32, 13.40f32), (53.55f32, 9.99f32), 255.0f32),
            ((33.6, 73.05), (31.55, 74.34), 258.0),
            ((-1.29, 36.82), (0.31, 32.58), 504.0),
            ((-17.7, 178.0), (-17.7, -179.0), 318.0),
        ] {
            let found = kilometres(a, b);
            assert!((found - km).abs() < 0.06 * km, "{a:?} {b:?}: {found}");
        }
    }
}
