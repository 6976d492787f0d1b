//! What an index holds of places and publishers, which the reading of names asks for.

use std::collections::BTreeSet;

use dateline::actions::names::Holding;
use dateline::geo::Gazetteer;
use dateline::index::Backend;
use dateline::model::answer::{FacetAsk, FacetField};
use dateline::model::place::PlaceId;
use dateline::model::question::{Expr, Filter};
use dateline::query::parse::parse;

use super::Engines;
use crate::support::archive::{Archive, Asked, facet, hits, paths};

fn gn(id: u32) -> PlaceId {
    PlaceId::GeoNames(id)
}

const KYIV: u32 = 703448;
const KYIV_CITY: u32 = 703447;
const UKRAINE: u32 = 690791;

#[test]
fn passages_that_name_a_place_itself_are_counted_and_not_those_within_it() {
    let engines = Engines::of(&[
        ("a.txt", "Power failed in Kyiv on Monday, officials said."),
        ("b.txt", "Officials in Ukraine spoke of a truce."),
        ("c.txt", "Talks went on in Kyiv, the capital of Ukraine."),
    ]);
    engines.each(|backend| {
        let places = [gn(KYIV), gn(KYIV_CITY), gn(UKRAINE), gn(1), gn(KYIV)];
        assert_eq!(backend.passages_naming(&places).unwrap(), [2, 0, 2, 0, 2]);
        assert_eq!(backend.passages_naming(&[]).unwrap(), [0; 0]);
    });
}

#[test]
fn every_engine_holds_the_same_places_and_publishers_of_the_sample() {
    let engines = Engines::sample();
    let [embedded, plain] = engines.all();
    let ask = FacetAsk { field: FacetField::Place, under: None, unit: None, limit: None };
    let everything = Asked::everything();
    let ids: BTreeSet<PlaceId> =
        facet(embedded, &everything, &ask).values.iter().filter_map(|value| value.value.parse().ok()).collect();
    let ids: Vec<PlaceId> = ids.into_iter().chain((0..40).map(gn)).collect();
    assert!(ids.len() > 100, "{}", ids.len());
    assert_eq!(embedded.passages_naming(&ids).unwrap(), plain.passages_naming(&ids).unwrap());
    assert_eq!(embedded.sources().unwrap(), plain.sources().unwrap());
}

#[test]
fn what_has_left_the_archive_is_held_no_more() {
    let article = |source: &str, text: &str| format!("---\nsource: {source}\n---\n{text}\n");
    let archive = Archive::of(&[
        ("a.txt", &article("Alpha News", "Power failed in Kyiv on Monday.")),
        ("b.txt", &article("Beta Wire", "A road was closed near Lahore, Pakistan.")),
    ]);
    archive.remove("a.txt");
    archive.index();
    Engines::over(archive).each(|backend| {
        assert_eq!(backend.passages_naming(&[gn(KYIV)]).unwrap(), [0]);
        assert_eq!(backend.sources().unwrap(), ["beta wire"]);
    });
}

/// The place that a name is read as by an index.
fn read_as(backend: &dyn Backend, name: &str) -> PlaceId {
    let holding = Holding::of(backend);
    match parse(&format!("place:{name}"), holding.atlas()).unwrap().expr {
        Some(Expr::Filter(Filter::Place(id))) => id,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_name_means_what_the_archive_speaks_of_and_finds_it() {
    let files = [
        (
            "gaza.txt",
            "Aid trucks waited at a crossing into Gaza on Monday. Hospitals in Gaza City ran short of fuel, and Palestinian officials asked for more.",
        ),
        ("kyiv.txt", "Drones were shot down over Kyiv, the capital of Ukraine, on Tuesday."),
        ("pokrovsk.txt", "Fighting went on near Pokrovsk in the Donetsk region of Ukraine on Tuesday."),
        ("cali.txt", "A bomb went off at a police station in Cali, Colombia, on Friday."),
        ("kherson.txt", "Shells fell on Kherson in Ukraine on Monday, the mayor said."),
    ];
    Engines::of(&files).each(|backend| {
        for (name, file) in [
            ("Gaza", "gaza.txt"),
            ("Kyiv", "kyiv.txt"),
            ("Pokrovsk", "pokrovsk.txt"),
            ("Cali", "cali.txt"),
            ("Kherson", "kherson.txt"),
        ] {
            let by_name = Asked::everything().filters(vec![Filter::Place(read_as(backend, name))]);
            assert_eq!(paths(backend, &by_name), [file], "{name}");
        }
        assert_eq!(read_as(backend, "Kyiv"), gn(KYIV));
    });
}

/// Adding an article may change what a name is read as. What a place is found in never changes by it.
#[test]
fn an_article_more_changes_the_reading_of_a_name_and_not_what_a_place_is_found_in() {
    let lahore = ("lahore.txt", "Floods reached Lahore in the province of Punjab, Pakistan, on Monday.");
    let others = [
        lahore,
        ("1.txt", "Officials in Punjab, India, closed schools in Amritsar on Monday."),
        ("2.txt", "Farmers marched through Punjab in India, officials in Amritsar said."),
        ("3.txt", "The government of Punjab, India, spoke of a good harvest in Ludhiana."),
    ];
    let (before, after) = (Engines::of(&[lahore]), Engines::of(&others));
    let (pakistan, india) = (gn(1167710), gn(1259223));
    for (engines, meant) in [(&before, &pakistan), (&after, &india)] {
        engines.each(|backend| {
            assert_eq!(&read_as(backend, "Punjab"), meant);
            let by_id = Asked::everything().filters(vec![Filter::Place(pakistan.clone())]);
            assert_eq!(paths(backend, &by_id), ["lahore.txt"]);
            assert_eq!(hits(backend, &by_id).1.passages, 1);
        });
    }
    assert!(parse("place:Punjab", Gazetteer::embedded()).is_err(), "by the gazetteer alone they are alike");
}
