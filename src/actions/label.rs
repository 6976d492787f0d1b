//! Filters named to people.

use crate::geo::Gazetteer;
use crate::model::question::Filter;

/// A filter with the names behind its codes: `country:IN (India)`.
pub fn described(filter: &Filter, gazetteer: &Gazetteer) -> String {
    let name = match filter {
        Filter::Region(code) => crate::geo::gazetteer::region::region_named(code).map(|r| r.name.to_string()),
        Filter::Country(code) => gazetteer.country(*code).map(|p| p.name),
        Filter::Place(id) => gazetteer.place(id).map(|p| crate::query::place_name::label(&p, gazetteer)),
        _ => None,
    };
    match name {
        Some(name) => format!("{filter} ({name})"),
        None => filter.to_string(),
    }
}
