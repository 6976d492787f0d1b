//! Which values the terms of a field count for: countries and regions for paths of countries, places and areas for paths
//! of places, and sources and languages for themselves.

use rustc_hash::FxHashMap;

use crate::engine::count::facets::terms::FacetTerms;
use crate::engine::search::Search;
use crate::geo::gazetteer::facet::{country_path, paths_within, place_paths};
use crate::geo::gazetteer::region;
use crate::model::answer::{FacetAsk, FacetField, FacetScope};
use crate::model::error::Result;
use crate::model::place::{CountryCode, PlaceId};

/// The fields that a facet is counted by; none for dates, which have no terms.
pub(super) fn fields_of<'a>(search: &'a Search<'_>, ask: &'a FacetAsk) -> Result<Vec<FacetTerms<'a>>> {
    let fields = search.snapshot.fields();
    let under = ask.under.as_ref();
    let itself = |name, field| {
        vec![FacetTerms { name, field, paths: false, values_of: Box::new(|term: &str| vec![term.to_owned()]) }]
    };
    Ok(match ask.field {
        FacetField::Country => country_fields(search, move |code| country_values(code, under)),
        FacetField::Region => country_fields(search, region_values),
        FacetField::Place => {
            let places = PlaceValues::of(search, under)?;
            let values_of = Box::new(move |path: &str| places.values(path));
            vec![FacetTerms { name: "place", field: fields.place, paths: true, values_of }]
        }
        FacetField::Source => itself("source", fields.source),
        FacetField::Language => itself("language", fields.language),
        FacetField::Date | FacetField::Published => Vec::new(),
    })
}

/// The countries of passages, and where claims count those that claim the disputed places named in them.
fn country_fields<'a>(
    search: &'a Search<'_>,
    values: impl Fn(CountryCode) -> Vec<String> + Copy + 'a,
) -> Vec<FacetTerms<'a>> {
    let fields = search.snapshot.fields();
    let own = move |path: &str| country_of(path).map(values).unwrap_or_default();
    let mut found = vec![FacetTerms { name: "country", field: fields.country, paths: true, values_of: Box::new(own) }];
    if search.question.claims {
        let claims = Claims::of(search);
        let claimed = move |path: &str| claims.at(path).flat_map(values).collect();
        found.push(FacetTerms { name: "place", field: fields.place, paths: true, values_of: Box::new(claimed) });
    }
    found
}

fn country_of(path: &str) -> Option<CountryCode> {
    path.rsplit('\0').next().and_then(|code| code.parse().ok())
}

/// Who claims the disputed places, by the path prefixes of what lies within them.
struct Claims(Vec<(Vec<String>, &'static [CountryCode])>);

impl Claims {
    fn of(search: &Search<'_>) -> Self {
        let gazetteer = search.snapshot.gazetteer();
        let disputes = region::disputes();
        let within = |id: &PlaceId| paths_within(gazetteer, id).into_iter().map(|p| p.join("\0")).collect();
        Claims(disputes.iter().map(|d| (within(&d.place), d.claimed_by.as_slice())).collect())
    }

    /// The claimants of the disputed place, or the part of one, that has this path; one may stand more than once.
    fn at(&self, path: &str) -> impl Iterator<Item = CountryCode> {
        let here = self.0.iter().filter(move |(within, _)| within.iter().any(|part| part == path));
        here.flat_map(|(_, claimants)| claimants.iter().copied())
    }
}

fn country_values(code: CountryCode, under: Option<&FacetScope>) -> Vec<String> {
    let inside = match under {
        Some(FacetScope::Region(name)) => region::region_named(name).is_some_and(|r| r.countries.contains(&code)),
        Some(FacetScope::Country(other)) => *other == code,
        _ => true,
    };
    if inside { vec![code.to_string()] } else { Vec::new() }
}

fn region_values(code: CountryCode) -> Vec<String> {
    region::regions().iter().filter(|r| r.countries.contains(&code)).map(|r| r.code.to_owned()).collect()
}

/// Which places a path of the place facet counts for.
struct PlaceValues {
    /// The path prefixes that values must lie below; `None` for all.
    scope: Option<Vec<String>>,
    /// Areas made of others ("Donbas") that the index names and that lie wholly in the scope, by the paths of their parts.
    areas: FxHashMap<String, Vec<String>>,
}

impl PlaceValues {
    fn of(search: &Search<'_>, under: Option<&FacetScope>) -> Result<Self> {
        let gazetteer = search.snapshot.gazetteer();
        let joined = |paths: Vec<Vec<String>>| paths.into_iter().map(|p| p.join("\0")).collect::<Vec<_>>();
        let scope = match under {
            None | Some(FacetScope::Days(_)) => None,
            Some(FacetScope::Country(code)) => Some(vec![country_path(*code).join("\0")]),
            Some(FacetScope::Region(name)) => {
                region::region_named(name).map(|r| r.countries.iter().map(|c| country_path(*c).join("\0")).collect())
            }
            Some(FacetScope::Place(id)) => Some(joined(paths_within(gazetteer, id))),
        };
        let mut values = PlaceValues { scope, areas: FxHashMap::default() };
        for code in search.snapshot.place_codes()? {
            // GeoNames' divisions and settlements hold what lies below their path; only our own and the user's entries
            // may be made of others.
            if let Ok(id @ (PlaceId::Own(_) | PlaceId::User(_))) = code.parse::<PlaceId>() {
                let within = joined(paths_within(gazetteer, &id));
                if within != joined(place_paths(gazetteer, &id)) && within.iter().all(|part| values.in_scope(part)) {
                    for part in within {
                        values.areas.entry(part).or_default().push(code.clone());
                    }
                }
            }
        }
        Ok(values)
    }

    fn in_scope(&self, path: &str) -> bool {
        self.scope.as_ref().is_none_or(|scope| scope.iter().any(|above| is_below(path, above)))
    }

    /// A path counts for the place that it ends in and for the areas that this is a part of; M49 regions and countries have
    /// facets of their own.
    fn values(&self, path: &str) -> Vec<String> {
        let mut values = self.areas.get(path).cloned().unwrap_or_default();
        let code = path.rsplit('\0').next().unwrap_or_default();
        if code.contains(':') && self.in_scope(path) {
            values.push(code.to_owned());
        }
        values
    }
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('\0'))
}
