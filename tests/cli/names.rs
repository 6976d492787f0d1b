//! Names as people type them: what they are read as, what is said of it, and what is offered for those that nothing bears.

use tempfile::TempDir;

use super::indexed;
use crate::support::program::{dateline, lines, stderr, stdout};

/// Reports of several sides, with a source and a language each.
fn archive() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let record = |id: &str, source: &str, text: &str| serde_json::json!({"id": id, "title": "A report", "date": "2025-05-12", "source": source, "language": "en", "text": text});
    let records = [
        record(
            "gaza",
            "The Daily Star",
            "Aid trucks waited at a crossing into Gaza on Monday. Palestinian officials in Gaza asked for more fuel.",
        ),
        record("kyiv", "Harbour Wire", "Drones were shot down over Kyiv, the capital of Ukraine, on Monday."),
        record("bakhmut", "Harbour Wire", "Shells fell on Bakhmut in the Donetsk region of Ukraine on Monday."),
        record("raqqa", "The Daily Star", "A bridge near Raqqa in Syria was opened again on Monday."),
    ];
    let text: String = records.iter().map(|record| format!("{record}\n")).collect();
    std::fs::write(folder.path().join("reports.jsonl"), text).unwrap();
    let run = dateline(folder.path(), &["index", "."]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    folder
}

/// The ids of the records that a command finds, and what it says beside.
fn found(folder: &TempDir, arguments: &[&str]) -> (Vec<String>, String) {
    let run = dateline(folder.path(), &[arguments, &["--json"]].concat());
    let hits = lines(&run).into_iter().filter(|line| line["type"] == "hit");
    (hits.map(|hit| hit["article"]["record"].as_str().unwrap_or_default().to_owned()).collect(), stderr(&run))
}

fn refused(folder: &TempDir, arguments: &[&str]) -> String {
    let run = dateline(folder.path(), arguments);
    assert_eq!(run.status.code(), Some(2), "{arguments:?}: {}", stderr(&run));
    stderr(&run)
}

#[test]
fn gaza_is_the_palestinian_one_and_kyiv_the_city_and_the_others_are_named() {
    let folder = archive();
    let (ids, said) = found(&folder, &["search", "--place", "Gaza"]);
    assert_eq!(ids, ["gaza"], "{said}");
    assert!(
        said.contains("Gaza is read as Gaza, Gaza, Gaza Strip, Palestine (place:gn:281133, in 1 passage)"),
        "{said}"
    );
    assert!(said.contains("Gaza Province, Mozambique (place:gn:1046058)"), "{said}");
    let (ids, said) = found(&folder, &["search", "place:Kyiv"]);
    assert_eq!(ids, ["kyiv"], "{said}");
    assert!(said.contains("Kyiv is read as Kyiv, Kyiv City, Ukraine (place:gn:703448, in 1 passage); also"), "{said}");
}

#[test]
fn wherever_a_name_is_read_it_is_read_alike_and_said() {
    let folder = archive();
    let id =
        lines(&dateline(folder.path(), &["search", "place:gn:703448", "--json"])).remove(0)["article"]["id"].clone();
    for arguments in [
        &["search", "--place", "Kyiv"][..],
        &["search", "-place:Kyiv"],
        &["search", "--exclude", "place:Kyiv"],
        &["search", "--near", "Kyiv/10km"],
        &["facets", "source", "--place", "Kyiv"],
        &["facets", "place", "--under", "Kyiv"],
        &["timeline", "--place", "Kyiv"],
        &["show", id.as_str().unwrap(), "--query", "place:Kyiv"],
    ] {
        let run = dateline(folder.path(), arguments);
        assert_eq!(run.status.code(), Some(0), "{arguments:?}: {}", stderr(&run));
        assert_eq!(stderr(&run).matches("Kyiv is read as Kyiv, Kyiv City, Ukraine").count(), 1, "{}", stderr(&run));
    }
}

#[test]
fn a_question_as_understood_names_no_place_twice() {
    let folder = archive();
    let query = &lines(&dateline(folder.path(), &["search", "drones place:Kyiv", "--dry-run", "--json"]))[0]["query"];
    assert_eq!(query, "drones place:gn:703448");
    let again = dateline(folder.path(), &["search", query.as_str().unwrap(), "--dry-run", "--json"]);
    assert_eq!((&lines(&again)[0]["query"], stderr(&again).as_str()), (query, ""));
}

#[test]
fn a_misspelt_place_is_answered_with_those_of_the_archive() {
    let folder = archive();
    for (typed, meant) in [("Bakmut", "place:Bakhmut?"), ("Raqa", "place:Raqqa?"), ("Mariopol", "place:Mariupol?")] {
        let said = refused(&folder, &["search", "--place", typed]);
        assert!(said.contains(&format!("no place named `{typed}`; did you mean {meant}")), "{said}");
        let said = refused(&folder, &["search", &format!("drones place:{typed}")]);
        assert!(said.contains("query, column 14") && said.contains(meant), "{said}");
    }
    assert!(refused(&folder, &["facets", "place", "--under", "Bakmut"]).contains("place:Bakhmut?"));
    let run = dateline(folder.path(), &["places", "Bakmut"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(stderr(&run).contains("did you mean Bakhmut?"), "{}", stderr(&run));
}

#[test]
fn a_publisher_or_language_that_no_article_has_is_said_also_where_it_is_left_out() {
    let folder = archive();
    let (ids, said) = found(&folder, &["search", "--source", "daily star"]);
    assert!(
        ids.is_empty() && said.contains("no article is by `daily star`; did you mean source:\"the daily star\"?"),
        "{said}"
    );
    let (ids, said) = found(&folder, &["search", "--exclude", "source:Harbor Wire"]);
    assert!(ids.len() == 4 && said.contains("did you mean source:\"harbour wire\"?"), "{said}");
    let (_, said) = found(&folder, &["search", "--source", "Nobody"]);
    assert!(said.contains("`dateline facets source` lists the publishers"), "{said}");
    assert_eq!(found(&folder, &["search", "--source", "HARBOUR WIRE"]).1, "");
    let (ids, said) = found(&folder, &["search", "--lang", "Ukrainian"]);
    assert!(ids.is_empty() && said.contains("no article is in lang:uk (Ukrainian); the archive has lang:en"), "{said}");
    assert_eq!(found(&folder, &["search", "--lang", "english"]).0.len(), 4);
    let said = refused(&folder, &["search", "--lang", "Ukranian"]);
    assert!(said.contains("did you mean lang:uk (Ukrainian)?"), "{said}");
    let said = refused(&folder, &["search", "--exclude", "contry:IN"]);
    assert!(said.contains("there is no filter `contry:`; did you mean `country:`?"), "{said}");
}

#[test]
fn a_name_of_two_countries_is_read_as_that_of_the_archive_or_asked_back() {
    let folder = archive();
    let said = refused(&folder, &["facets", "place", "--under", "Congo"]);
    assert!(said.contains("`Congo` names 2 countries") && said.contains("country:CG  Republic"), "{said}");
    let text = "Floods closed a road near Brazzaville in the Republic of the Congo on Monday.";
    std::fs::write(folder.path().join("floods.txt"), text).unwrap();
    let (ids, said) = found(&folder, &["search", "--archive", ".", "--country", "Congo"]);
    assert_eq!(ids.len(), 1, "{said}");
    assert!(said.contains("Congo is read as Republic of the Congo (country:CG, in 1 passage)"), "{said}");
}

#[test]
fn two_places_alike_are_asked_back_with_all_choices() {
    let folder = indexed();
    let said = refused(&folder, &["search", "talks", "--place", "Punjab"]);
    assert!(
        said.contains("`Punjab` names 2 places")
            && said.contains("place:Punjab/PK")
            && said.contains("place:Punjab/IN"),
        "{said}"
    );
    let choice = dateline(folder.path(), &["search", "talks", "--place", "Punjab/IN", "--dry-run"]);
    assert!(stdout(&choice).contains("place:gn:1259223") && stderr(&choice).is_empty(), "{}", stderr(&choice));
}
