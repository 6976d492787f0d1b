//! What fitting the weights needs: the models' inputs for articles with marked toponyms. See `gazetteer/fit`.
//!
//! Nothing here runs when articles are indexed.

use super::gazetteer::{PlaceClass, Record};
use super::resolve::{Sources, geography_with, meant, rank};
pub use crate::geo::evidence::weights::Weights;
use crate::geo::recognise::names::Names;
use crate::geo::recognise::reading::{Mention, Reading};
use crate::geo::recognise::signs::Sign;
use crate::geo::resolve::beside;
use crate::geo::resolve::beside::Stated;
use crate::geo::resolve::ranker::Clue;
use crate::geo::resolve::verdict;
use crate::geo::resolve::verdict::Ground;
use crate::geo::{Gazetteer, GeoInput, Geography};
use crate::model::article::ByteSpan;
use crate::model::place::CountryCode;

/// A toponym that was marked by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marked {
    /// Where it stands in the text, in bytes.
    pub span: ByteSpan,
    /// Degrees north and east, where it was located.
    pub position: Option<(f64, f64)>,
    /// GeoNames' id, where it was marked.
    pub geonames_id: Option<u32>,
    /// Its country, where it is a country as a whole.
    pub whole_country: Option<CountryCode>,
}

/// One decision of a yes-or-no model: the features that hold with their values, and the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Numbers and values of the features that are not 0.
    pub features: Vec<(usize, f32)>,
    /// Whether the answer is yes.
    pub yes: bool,
    /// Whether the name is a demonym, which corpora disagree about.
    pub demonym: bool,
}

/// One choice among the bearers of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// For each bearer the values of the features.
    pub bearers: Vec<Vec<f32>>,
    /// For each bearer whether it is right; several may be.
    pub right: Vec<bool>,
    /// Mentions of the name that were marked.
    pub mentions: u32,
}

/// Names of the features of the four models, by the prefix that the table of weights uses.
pub fn feature_names(model: &str) -> &'static [&'static str] {
    match model {
        "sign" => Sign::NAMES,
        "clue" => Clue::NAMES,
        "found" | "right" => Ground::NAMES,
        _ => &[],
    }
}

/// Within this distance a place is the one that was marked, as the field measures it (161 km, a hundred miles).
const SAME_PLACE_KM: f64 = 161.0;

/// How far apart two gazetteers put the middle of one place, by what it is: that of an ocean is anybody's choice.
fn tolerance_km(class: PlaceClass) -> f64 {
    match class {
        PlaceClass::Region | PlaceClass::Water => 2500.0,
        PlaceClass::Terrain | PlaceClass::Area | PlaceClass::Country => 700.0,
        PlaceClass::Division1 => 400.0,
        _ => SAME_PLACE_KM,
    }
}

fn great_circle_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lon_a, lat_b, lon_b) = (a.0.to_radians(), a.1.to_radians(), b.0.to_radians(), b.1.to_radians());
    let h = ((lat_b - lat_a) / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * ((lon_b - lon_a) / 2.0).sin().powi(2);
    2.0 * 6371.0088 * h.sqrt().min(1.0).asin()
}

fn is_right(record: &Record, marked: &Marked) -> bool {
    if let Some(country) = marked.whole_country {
        return record.country == Some(country);
    }
    let near = || {
        let here = (f64::from(record.lat), f64::from(record.lon));
        marked
            .position
            .is_some_and(|there| record.has_position() && great_circle_km(here, there) <= tolerance_km(record.class))
    };
    (marked.geonames_id.is_some_and(|id| id != 0 && id == record.geonames_id)) || near()
}

fn marked_at<'m>(marked: &'m [Marked], mention: &Mention) -> Option<&'m Marked> {
    marked.iter().find(|m| m.span.start == mention.start as usize && m.span.end == mention.end as usize)
}

/// The decisions of recognition: every name of the gazetteer in the text that no marked toponym before it covers.
pub fn sign_rows(gazetteer: &Gazetteer, input: &GeoInput<'_>, marked: &[Marked]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut names = Names::new(gazetteer);
    let mut reading = Reading::empty(&mut names, input);
    reading.recognise(&mut names, &mut |mention| {
        if mention.field != 1 {
            return false;
        }
        let yes = marked_at(marked, mention).is_some();
        let demonym = mention.signs.has(Sign::Demonym) || mention.signs.has(Sign::Ethnic);
        rows.push(Row { features: mention.signs.iter().map(|n| (n, 1.0)).collect(), yes, demonym });
        yes
    });
    rows
}

/// The article as the ranker sees it under these weights.
fn read<'g>(gazetteer: &'g Gazetteer, input: &GeoInput<'_>, weights: &Weights) -> (Reading<'g>, Stated, Sources) {
    let mut names = Names::new(gazetteer);
    let mut reading = Reading::new(&mut names, input, weights);
    let sources = Sources::of(&mut reading, &mut names, input);
    let stated = beside::stated(&reading);
    (reading, stated, sources)
}

/// The choices of the ranker, for names of which one bearer at least is right and one wrong.
pub fn choices(gazetteer: &Gazetteer, input: &GeoInput<'_>, marked: &[Marked], weights: &Weights) -> Vec<Choice> {
    let (reading, stated, sources) = read(gazetteer, input, weights);
    let ranker = rank(&reading, &stated, sources, weights);
    let mut choices = Vec::new();
    for (g, group) in reading.groups.iter().enumerate() {
        let gold: Vec<&Marked> = reading
            .mentions
            .iter()
            .filter(|m| m.group as usize == g && m.field == 1)
            .filter_map(|m| marked_at(marked, m))
            .filter(|m| m.position.is_some())
            .collect();
        let Some(first) = gold.first() else { continue };
        let bearers = group.bearers();
        let right: Vec<bool> = bearers
            .iter()
            .map(|c| {
                is_right(&c.record, first) && (first.whole_country.is_none() || c.record.class == PlaceClass::Country)
            })
            .collect();
        if right.iter().all(|r| *r) || !right.iter().any(|r| *r) {
            continue;
        }
        let bearers = bearers.iter().enumerate().map(|(n, c)| ranker.clues(g, n, c).to_vec()).collect();
        choices.push(Choice { bearers, right, mentions: gold.len() as u32 });
    }
    choices
}

/// The decisions of the verdict: is the name a toponym, and, where it is and was located, is its place right.
pub fn verdict_rows(
    gazetteer: &Gazetteer,
    input: &GeoInput<'_>,
    marked: &[Marked],
    weights: &Weights,
) -> (Vec<Row>, Vec<Row>) {
    let (reading, stated, sources) = read(gazetteer, input, weights);
    let ranker = rank(&reading, &stated, sources, weights);
    let (mut found, mut right) = (Vec::new(), Vec::new());
    for (m, mention) in reading.mentions.iter().enumerate().filter(|(_, m)| m.field == 1) {
        let (n, own) = meant(&ranker, &stated, m, mention);
        let Some((grounds, candidate)) = verdict::grounds(&ranker, mention, n, own) else { continue };
        let features: Vec<(usize, f32)> =
            grounds.iter().copied().enumerate().filter(|(_, value)| *value != 0.0).collect();
        let gold = marked_at(marked, mention);
        let demonym = candidate.kind.is_demonym();
        if let Some(located) = gold.filter(|g| g.position.is_some()) {
            let yes = is_right(&candidate.record, located);
            right.push(Row { features: features.clone(), yes, demonym });
        }
        found.push(Row { features, yes: gold.is_some(), demonym });
    }
    (found, right)
}

/// The geography of an article under other weights than those that are part of the program.
pub fn geography(gazetteer: &Gazetteer, input: &GeoInput<'_>, weights: &Weights) -> Geography {
    geography_with(&mut Names::new(gazetteer), input, weights)
}
