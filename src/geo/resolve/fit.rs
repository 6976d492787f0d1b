//! What fitting the weights needs: the features of the decisions in articles whose toponyms are marked. See `gazetteer/fit`.
//!
//! Nothing here runs when articles are indexed.

use crate::geo::evidence::features::ToponymFeature;
use crate::geo::evidence::weights;
pub use crate::geo::evidence::weights::Weights;
use crate::geo::gazetteer::Gazetteer;
use crate::geo::gazetteer::place_class::PlaceClass;
use crate::geo::gazetteer::record::Record;
use crate::geo::geography::{GeoInput, Geography};
use crate::geo::recognise::mention::Mention;
use crate::geo::recognise::names::Names;
use crate::geo::recognise::recognition::Recognition;
use crate::geo::resolve::choice::choice_of;
use crate::geo::resolve::containment::{StatedContainment, stated_containment};
use crate::geo::resolve::geography_with;
use crate::geo::resolve::origin::Origin;
use crate::geo::resolve::ranker::Ranker;
use crate::geo::resolve::verdict::verdict_features;
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
pub struct DecisionRow {
    /// Numbers and values of the features that are not 0.
    pub features: Vec<(usize, f32)>,
    /// Whether the answer is yes.
    pub yes: bool,
    /// Whether the name is a demonym, which corpora disagree about.
    pub demonym: bool,
}

/// One choice among the candidates of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceRow {
    /// For each candidate the values of the features.
    pub candidates: Vec<Vec<f32>>,
    /// For each candidate whether it is right; several may be.
    pub right: Vec<bool>,
    /// Mentions of the name that were marked.
    pub mentions: u32,
}

/// The names of the features of a model, by the prefix that the table of weights has for it (`toponym`, `candidate`,
/// `verdict_toponym` or `verdict_place`); none of an unknown model.
pub fn feature_names(model: &str) -> &'static [&'static str] {
    weights::feature_names(model)
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

/// The decisions of recognition: every name of the gazetteer in the text that overlaps no marked toponym before it.
pub fn toponym_rows(gazetteer: &Gazetteer, input: &GeoInput<'_>, marked: &[Marked]) -> Vec<DecisionRow> {
    let mut rows = Vec::new();
    let mut names = Names::new(gazetteer);
    let mut recognition = Recognition::without_names(&mut names, input);
    recognition.recognise(&mut names, &mut |mention| {
        if mention.field != 1 {
            return false;
        }
        let yes = marked_at(marked, mention).is_some();
        let demonym = mention.features.has_any(&[ToponymFeature::Demonym, ToponymFeature::Ethnic]);
        rows.push(DecisionRow { features: mention.features.iter().map(|n| (n, 1.0)).collect(), yes, demonym });
        yes
    });
    rows
}

/// An article as the ranker sees it, all but the ranking.
struct ReadArticle<'g> {
    recognition: Recognition<'g>,
    stated: StatedContainment,
    origin: Origin,
}

fn read<'g>(gazetteer: &'g Gazetteer, input: &GeoInput<'_>, weights: &Weights) -> ReadArticle<'g> {
    let mut names = Names::new(gazetteer);
    let mut recognition = Recognition::new(&mut names, input, weights);
    let origin = Origin::of(&mut recognition, &mut names, input);
    let stated = stated_containment(&recognition);
    ReadArticle { recognition, stated, origin }
}

/// The choices of the ranker, for names of which one candidate at least is right and one wrong.
pub fn choices(gazetteer: &Gazetteer, input: &GeoInput<'_>, marked: &[Marked], weights: &Weights) -> Vec<ChoiceRow> {
    let ReadArticle { recognition, stated, origin } = read(gazetteer, input, weights);
    let ranker = Ranker::new(&recognition, &stated, origin, weights);
    let mut choices = Vec::new();
    for (g, group) in recognition.groups.iter().enumerate() {
        let gold: Vec<&Marked> = recognition
            .mentions
            .iter()
            .filter(|m| m.group as usize == g && m.field == 1)
            .filter_map(|m| marked_at(marked, m))
            .filter(|m| m.position.is_some())
            .collect();
        let Some(first) = gold.first() else { continue };
        let candidates = group.candidates();
        let right: Vec<bool> = candidates
            .iter()
            .map(|c| {
                is_right(&c.record, first) && (first.whole_country.is_none() || c.record.class == PlaceClass::Country)
            })
            .collect();
        if right.iter().all(|r| *r) || !right.iter().any(|r| *r) {
            continue;
        }
        let candidates = candidates.iter().enumerate().map(|(n, c)| ranker.features(g, n, c).to_vec()).collect();
        choices.push(ChoiceRow { candidates, right, mentions: gold.len() as u32 });
    }
    choices
}

/// The decisions of the verdict: is the name a toponym, and, where it is and was located, is its place right.
pub fn verdict_rows(
    gazetteer: &Gazetteer,
    input: &GeoInput<'_>,
    marked: &[Marked],
    weights: &Weights,
) -> (Vec<DecisionRow>, Vec<DecisionRow>) {
    let ReadArticle { recognition, stated, origin } = read(gazetteer, input, weights);
    let ranker = Ranker::new(&recognition, &stated, origin, weights);
    let (mut found, mut right) = (Vec::new(), Vec::new());
    for (m, mention) in recognition.mentions.iter().enumerate().filter(|(_, m)| m.field == 1) {
        let choice = choice_of(&ranker, &stated, m, mention);
        let Some((values, candidate)) = verdict_features(&ranker, mention, choice) else { continue };
        let features: Vec<(usize, f32)> =
            values.iter().copied().enumerate().filter(|(_, value)| *value != 0.0).collect();
        let gold = marked_at(marked, mention);
        let demonym = candidate.kind.is_demonym();
        if let Some(located) = gold.filter(|g| g.position.is_some()) {
            let yes = is_right(&candidate.record, located);
            right.push(DecisionRow { features: features.clone(), yes, demonym });
        }
        found.push(DecisionRow { features, yes: gold.is_some(), demonym });
    }
    (found, right)
}

/// The geography of an article under other weights than those that are part of the program.
pub fn geography(gazetteer: &Gazetteer, input: &GeoInput<'_>, weights: &Weights) -> Geography {
    geography_with(&mut Names::new(gazetteer), input, weights)
}
