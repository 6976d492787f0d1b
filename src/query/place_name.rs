//! From a name in a query to the place that is meant, or to the places between which its user has to choose.

use super::atlas::Atlas;
use super::print::{quoted_if_needed, shell_quoted};
use super::reading::{Candidate, Extent, Reading, candidates, read};
use super::suggest;
use crate::geo::Gazetteer;
use crate::geo::gazetteer::region;
use crate::geo::gazetteer::{Place, PlaceClass};
use crate::model::field::Field;
use crate::model::place::{CountryCode, PlaceId};

/// Candidates listed in a refusal, beside those between which nothing decides.
const LISTED: usize = 12;
/// Other places named beside the one that a name was read as.
const OTHERS_NAMED: usize = 3;

/// How a place is to be written in the filter that it stands in, for messages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'w> {
    /// The filter.
    pub field: Field,
    /// What follows the place, as `/25km`.
    pub tail: &'w str,
}

impl Written<'_> {
    fn filter(self, name: &str) -> String {
        format!("{}:{name}{}", self.field.name(), self.tail)
    }

    /// What means this place and no other.
    fn sure(self, place: &Place) -> String {
        match place.countries.first() {
            Some(code) if self.field == Field::Country => self.filter(code.as_str()),
            _ => self.filter(&place.id.to_string()),
        }
    }

    fn extent(self) -> Extent {
        if self.field == Field::Near { Extent::Innermost } else { Extent::Outermost }
    }
}

/// How names were read that could have been read otherwise, and what no article can answer.
#[derive(Debug, Default)]
pub(super) struct Notes(Vec<String>);

impl Notes {
    pub(super) fn add(&mut self, sentence: String) {
        self.0.push(sentence);
    }

    pub(super) fn into_sentences(self) -> Vec<String> {
        let mut all = self.0;
        all.dedup();
        all
    }
}

/// The place that a name and what tells it apart stand for; see [`super::reading`] for the rule.
pub(super) fn place_of(
    pieces: &[String],
    atlas: Atlas<'_>,
    written: Written<'_>,
    notes: &mut Notes,
) -> Result<Place, String> {
    let gazetteer = atlas.gazetteer;
    let (name, qualifiers) = pieces.split_first().ok_or("a name is wanted")?;
    if name.is_empty() || qualifiers.iter().any(String::is_empty) {
        let form = written.filter("Punjab/PK");
        return Err(format!("there is a name missing beside the slash; write it as in {form}"));
    }
    if let Ok(id) = name.parse::<PlaceId>() {
        return gazetteer
            .place(&id)
            .ok_or_else(|| format!("the gazetteer has no place with the id {id}; `dateline places NAME` shows ids"));
    }
    let found = candidates(name, atlas, false, &|place| qualifiers.iter().all(|q| lies_in(place, q, gazetteer)));
    if found.is_empty() {
        let mut all = candidates(name, atlas, false, &|_| true);
        if all.is_empty() {
            return Err(unknown(name, atlas, written));
        }
        let strange = qualifiers.iter().find_map(|q| suggest::qualifier(q, atlas));
        let first = match strange {
            Some(hint) => hint,
            None => format!("no place named `{name}` lies in {}", qualifiers.join(", ")),
        };
        let all: Vec<Candidate> = all.drain(..).map(|(candidate, _)| candidate).collect();
        return Err(format!("{first}\n{}", listing(&all, 0, name, atlas, written)));
    }
    meant_among(found, name, atlas, written, notes)
}

/// The country that a name, or a word for its people and things, stands for; `None` where it stands for none.
pub(super) fn country_of(name: &str, atlas: Atlas<'_>, notes: &mut Notes) -> Result<Option<CountryCode>, String> {
    let found = candidates(name, atlas, true, &|place| place.class == PlaceClass::Country);
    if found.is_empty() {
        return Ok(None);
    }
    let meant = meant_among(found, name, atlas, Written { field: Field::Country, tail: "" }, notes)?;
    Ok(meant.countries.first().copied())
}

/// Which of the places that bear a name is meant.
fn meant_among(
    found: Vec<(Candidate, bool)>,
    name: &str,
    atlas: Atlas<'_>,
    written: Written<'_>,
    notes: &mut Notes,
) -> Result<Place, String> {
    match read(found, atlas, written.extent()) {
        Reading::As(all) => {
            let (meant, others) = all.split_first().ok_or("a name is wanted")?;
            if !others.is_empty() {
                notes.add(sentence(meant, others, name, atlas, written));
            }
            Ok(meant.place.clone())
        }
        Reading::Undecided(alike, all) => Err(format!(
            "`{name}` names {} {}, of which some are alike in size and in the index; say which:\n{}",
            all.len(),
            if written.field == Field::Country { "countries" } else { "places" },
            listing(&all, alike, name, atlas, written)
        )),
    }
}

/// How a name was read, and what else it might have been.
fn sentence(meant: &Candidate, others: &[Candidate], name: &str, atlas: Atlas<'_>, written: Written<'_>) -> String {
    let named = |one: &Candidate| {
        let held = in_passages(one, atlas).filter(|_| one.passages > 0 || one.place.id == meant.place.id);
        let held = held.map_or_else(String::new, |held| format!(", {held}"));
        format!("{} ({}{held})", label(&one.place, atlas.gazetteer), written.sure(&one.place))
    };
    let mut also: Vec<String> = others.iter().take(OTHERS_NAMED).map(named).collect();
    if others.len() > OTHERS_NAMED {
        also.push(format!("{} more: dateline places {}", others.len() - OTHERS_NAMED, shell_quoted(name)));
    }
    let mut also_text = also.join("; ");
    if others.len() > OTHERS_NAMED
        && let Some(last) = also_text.rfind("; ")
    {
        also_text.replace_range(last..last + 2, " and ");
    }
    format!("{} is read as {}; also {also_text}", quoted_if_needed(name), named(meant))
}

/// How many passages of the index name a place; `None` where no index is known.
fn in_passages(one: &Candidate, atlas: Atlas<'_>) -> Option<String> {
    atlas.held()?;
    Some(match one.passages {
        0 => "in no passage".to_owned(),
        1 => "in 1 passage".to_owned(),
        n => format!("in {n} passages"),
    })
}

/// Why a name is no place, and what might have been meant.
fn unknown(name: &str, atlas: Atlas<'_>, written: Written<'_>) -> String {
    if region::region_named(name).is_some() {
        return format!("`{name}` is a region, not a place; write region:{}", quoted_if_needed(name));
    }
    if atlas.gazetteer.country_named(name).is_some() {
        return format!("`{name}` is no place but stands for a country; write country:{}", quoted_if_needed(name));
    }
    let near = suggest::places(name, atlas);
    if near.is_empty() {
        return format!(
            "the gazetteer has no place named `{name}`; look for other spellings with `dateline places`, or search for it as a word"
        );
    }
    let near: Vec<String> = near.iter().map(|near| written.filter(&quoted_if_needed(near))).collect();
    format!("the gazetteer has no place named `{name}`; did you mean {}?", suggest::listed(&near))
}

/// Whether a place lies in the country, division or other place that a qualifier names.
fn lies_in(place: &Place, qualifier: &str, gazetteer: &Gazetteer) -> bool {
    let code = qualifier.parse::<CountryCode>().ok().filter(|c| gazetteer.country(*c).is_some());
    if let Some(code) = code.or_else(|| gazetteer.country_named(qualifier))
        && place.countries.contains(&code)
    {
        return true;
    }
    let same = |other: &Place| other.name.to_lowercase() == qualifier.to_lowercase();
    let ancestors = gazetteer.ancestors(&place.id);
    if ancestors.iter().any(same) {
        return true;
    }
    let named = gazetteer.named(qualifier);
    ancestors.iter().any(|a| named.iter().any(|n| n.id == a.id))
}

/// A place with what it lies in, the smallest first: "Udhampur, Jammu and Kashmir, India".
pub fn label(place: &Place, gazetteer: &Gazetteer) -> String {
    let mut names = vec![place.name.clone()];
    let above = gazetteer.ancestors(&place.id);
    names.extend(above.iter().rev().filter(|a| !matches!(a.class, PlaceClass::Region)).map(|a| a.name.clone()));
    names.join(", ")
}

fn class_name(class: PlaceClass) -> &'static str {
    match class {
        PlaceClass::Region => "region",
        PlaceClass::Country => "country",
        PlaceClass::Division1 | PlaceClass::Division2 => "division",
        PlaceClass::Settlement => "settlement",
        PlaceClass::Area => "area",
        PlaceClass::Water => "water",
        PlaceClass::Terrain => "terrain",
        PlaceClass::Line => "line",
        PlaceClass::Facility => "facility",
    }
}

/// One line for each candidate: what to write, and what it is. The first `alike` are all listed.
fn listing(candidates: &[Candidate], alike: usize, name: &str, atlas: Atlas<'_>, written: Written<'_>) -> String {
    let listed = LISTED.max(alike);
    let mut lines: Vec<(String, String)> = Vec::new();
    for one in candidates.iter().take(listed) {
        let place = &one.place;
        let country = place.countries.first().copied();
        let alone = country.filter(|c| candidates.iter().filter(|p| p.place.countries.contains(c)).count() == 1);
        let choose = match alone {
            Some(code) if written.field != Field::Country => {
                written.filter(&format!("{}/{code}", quoted_if_needed(name)))
            }
            _ => written.sure(place),
        };
        let held = in_passages(one, atlas).map_or_else(String::new, |held| format!(", {held}"));
        lines.push((choose, format!("{} ({}{held})", label(place, atlas.gazetteer), class_name(place.class))));
    }
    let width = lines.iter().map(|(choose, _)| choose.chars().count()).max().unwrap_or(0);
    let mut text: Vec<String> = lines.into_iter().map(|(choose, what)| format!("  {choose:<width$}  {what}")).collect();
    if candidates.len() > listed {
        text.push(format!("  and {} more: dateline places {}", candidates.len() - listed, shell_quoted(name)));
    }
    text.join("\n")
}
