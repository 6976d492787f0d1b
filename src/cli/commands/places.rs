//! `dateline places`

use std::io::Write;

use dateline::actions::names::Holding;
use dateline::actions::places::{candidates, filter_for, near_names};
use dateline::geo::Gazetteer;
use dateline::geo::gazetteer::region;
use dateline::wire::json;

use crate::cli::args::PlacesArgs;
use crate::cli::commands::open_if_any;
use crate::cli::printer::text;
use crate::cli::terminal::{Outcome, Terminal};

/// Runs the verb.
pub fn run(args: &PlacesArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let reader = open_if_any(&args.at)?;
    let gazetteer: &Gazetteer = match &reader {
        Some(reader) => reader.gazetteer(),
        None => Gazetteer::embedded(),
    };
    let name = args.name.join(" ");
    let places = candidates(&name, gazetteer);
    let region = region::region_named(&name);
    if places.is_empty() && region.is_none() {
        let near = match reader {
            Some(reader) => near_names(&name, Holding::of(reader).atlas()),
            None => near_names(&name, gazetteer.into()),
        };
        let hint = match near.is_empty() {
            true => String::new(),
            false => format!("did you mean {}? ", near.join(", ")),
        };
        terminal.messages.note(&format!(
            "the gazetteer has no place named `{name}`; {hint}`dateline gazetteer add` adds places of your own"
        ));
        return Ok(Outcome::Nothing);
    }
    let shown = if args.limit == 0 { places.len() } else { args.limit };
    let mut out = terminal.out();
    if let Some(region) = region {
        if args.json { json::region(&mut out, region)? } else { text::region(&mut out, region, gazetteer)? }
    }
    for place in places.iter().take(shown) {
        if args.json {
            json::place(&mut out, place, gazetteer)?;
        } else {
            let choose = filter_for(place, &name, &places);
            text::place(&mut out, place, Some(&choose), gazetteer)?;
        }
    }
    out.flush()?;
    if places.len() > shown {
        terminal.messages.note(&format!("{shown} of {} places; --limit 0 prints all", places.len()));
    }
    Ok(Outcome::Done)
}
