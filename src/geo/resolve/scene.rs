//! What an article's names say together of where it plays.

use crate::geo::gazetteer::place_class::PlaceClass;
use crate::geo::gazetteer::record::{Record, RecordRef};
use crate::geo::recognise::candidate::Candidate;
use crate::model::place::CountryCode;

/// The most points that distances are measured to; the heaviest are kept.
const MOST_POINTS: usize = 12;

/// Where an article plays: what its names, each by its best candidate, lie in and near. Each weighs by its certainty.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    countries: Vec<(CountryCode, f32)>,
    /// First-level divisions.
    divisions: Vec<(RecordRef, f32)>,
    /// Second-level divisions.
    districts: Vec<(RecordRef, f32)>,
    points: Vec<Point>,
    /// The weight of all countries.
    country_total: f32,
}

/// A settlement, a district or another place small enough for others to be near to it.
#[derive(Debug, Clone, Copy)]
struct Point {
    lat: f32,
    lon: f32,
    weight: f32,
    group: u32,
}

/// What one group adds to the scene. It is left out when the group's own candidates are scored.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SceneShare {
    pub(crate) weight: f32,
    country: Option<CountryCode>,
    division: Option<RecordRef>,
    district: Option<RecordRef>,
}

/// The scene as the candidates of one group see it: without the group's own share.
pub(crate) struct SceneView<'s> {
    scene: &'s Scene,
    group: u32,
    share: SceneShare,
    /// The weight of all countries.
    pub(crate) country_total: f32,
    /// The weight of the heaviest country.
    pub(crate) top_country: f32,
    /// The weight of all first-level divisions.
    pub(crate) division_total: f32,
    /// The weight of the heaviest first-level division.
    pub(crate) top_division: f32,
}

/// The weights of the points within so many kilometres; `all` however far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DistanceBands {
    pub(crate) km40: f32,
    pub(crate) km150: f32,
    pub(crate) km500: f32,
    pub(crate) km1500: f32,
    pub(crate) all: f32,
}

impl Scene {
    /// Adds the best candidate of a group with its weight; returns the group's share.
    pub(crate) fn add(&mut self, group: u32, winner: &Candidate, weight: f32) -> SceneShare {
        let share =
            SceneShare { weight, country: winner.country(), division: winner.division1, district: winner.division2 };
        if is_point(winner.record.class) && winner.record.has_position() && !winner.kind.is_demonym() {
            let (lat, lon) = position(&winner.record);
            self.points.push(Point { lat, lon, weight, group });
        }
        if let Some(country) = share.country {
            add(&mut self.countries, country, weight);
            self.country_total += weight;
        }
        if let Some(division) = share.division {
            add(&mut self.divisions, division, weight);
        }
        if let Some(district) = share.district {
            add(&mut self.districts, district, weight);
        }
        share
    }

    /// Keeps the heaviest points.
    pub(crate) fn keep_heaviest(&mut self) {
        self.points.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.group.cmp(&b.group)));
        self.points.truncate(MOST_POINTS);
    }

    /// The scene without the share of a group.
    pub(crate) fn view_without(&self, group: u32, share: SceneShare) -> SceneView<'_> {
        let less = |is_own: bool| if is_own { share.weight } else { 0.0 };
        let division_total: f32 = self.divisions.iter().map(|(_, weight)| weight).sum();
        SceneView {
            scene: self,
            group,
            share,
            country_total: self.country_total - less(share.country.is_some()),
            top_country: self
                .countries
                .iter()
                .map(|(country, weight)| weight - less(share.country == Some(*country)))
                .fold(0.0, f32::max),
            division_total: division_total - less(share.division.is_some()),
            top_division: self
                .divisions
                .iter()
                .map(|(division, weight)| weight - less(share.division == Some(*division)))
                .fold(0.0, f32::max),
        }
    }

    /// The weight of a country without the share of a group.
    pub(crate) fn country_weight(&self, country: CountryCode, share: SceneShare) -> f32 {
        let less = if share.country == Some(country) { share.weight } else { 0.0 };
        weight_of(&self.countries, &country) - less
    }
}

impl SceneView<'_> {
    /// The weight of a country.
    pub(crate) fn country(&self, country: CountryCode) -> f32 {
        self.scene.country_weight(country, self.share)
    }

    /// The weight of a first-level division.
    pub(crate) fn division(&self, division: RecordRef) -> f32 {
        let less = if self.share.division == Some(division) { self.share.weight } else { 0.0 };
        (weight_of(&self.scene.divisions, &division) - less).max(0.0)
    }

    /// The weight of a second-level division.
    pub(crate) fn district(&self, district: RecordRef) -> f32 {
        let less = if self.share.district == Some(district) { self.share.weight } else { 0.0 };
        (weight_of(&self.scene.districts, &district) - less).max(0.0)
    }

    /// The weights of the points by their distance from here.
    pub(crate) fn distance_bands(&self, here: (f32, f32)) -> DistanceBands {
        // Degrees of latitude that are more than 1,500 km.
        const FARTHEST_DEGREES: f32 = 13.5;
        let mut bands = DistanceBands::default();
        for point in self.scene.points.iter().filter(|p| p.group != self.group) {
            bands.all += point.weight;
            if (here.0 - point.lat).abs() > FARTHEST_DEGREES {
                continue;
            }
            let km = kilometres(here, (point.lat, point.lon));
            if km < 1500.0 {
                bands.km1500 += point.weight;
                if km < 500.0 {
                    bands.km500 += point.weight;
                    if km < 150.0 {
                        bands.km150 += point.weight;
                        if km < 40.0 {
                            bands.km40 += point.weight;
                        }
                    }
                }
            }
        }
        bands
    }
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
pub(crate) fn is_point(class: PlaceClass) -> bool {
    !matches!(class, PlaceClass::Region | PlaceClass::Country | PlaceClass::Division1 | PlaceClass::Water)
}

/// Latitude and longitude of a record in degrees; far from everything where they are not known.
pub(crate) fn position(record: &Record) -> (f32, f32) {
    if record.has_position() { (record.lat, record.lon) } else { (1e4, 1e4) }
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
