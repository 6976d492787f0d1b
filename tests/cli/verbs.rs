//! What each verb answers, and with which exit status.

use super::{archive, indexed};
use crate::support::files::zip_of;
use crate::support::program::{dateline, lines, stderr, stdout};

#[test]
fn a_search_finds_a_passage_and_says_where_it_stands() {
    let folder = indexed();
    let run = dateline(folder.path(), &["search", "drones"]);
    let out = stdout(&run);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    assert!(out.starts_with(" 1. Drones over Udhampur\n    2025-05-11 · The Valley Post · "), "{out}");
    assert!(out.contains("reports.jsonl") && out.contains("1 passage in 1 article matches"), "{out}");
    assert!(out.lines().all(|l| l.chars().count() <= 80), "{out}");
    assert_eq!(stderr(&run), "");
}

#[test]
fn a_search_without_a_query_lists_the_newest_first() {
    let folder = indexed();
    let run = dateline(folder.path(), &["search", "--json"]);
    let published: Vec<String> = lines(&run)
        .iter()
        .filter(|l| l["type"] == "hit")
        .map(|l| l["article"]["published"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(published, ["2025-05-11", "2025-05-11", "2024-08-03"]);
}

#[test]
fn nothing_found_is_exit_1_and_names_the_filter_to_blame() {
    let folder = indexed();
    let run = dateline(folder.path(), &["search", "drones", "--country", "DE", "--match", "all"]);
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(stdout(&run), "");
    assert!(stderr(&run).contains("without country:DE (Germany), 1 passage would match"), "{}", stderr(&run));
}

#[test]
fn a_query_that_cannot_be_read_is_exit_2_with_a_caret_under_the_column() {
    let folder = indexed();
    let run = dateline(folder.path(), &["search", "talks \"direct"]);
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(
        stderr(&run),
        "dateline: query, column 7: this quotation mark is never closed\n  talks \"direct\n        ^\n"
    );
}

#[test]
fn wrong_usage_is_exit_2_and_a_missing_index_exit_3() {
    let folder = archive();
    let run = dateline(folder.path(), &["search", "--nonsense"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).starts_with("dateline: unexpected argument '--nonsense'"), "{}", stderr(&run));
    let run = dateline(folder.path(), &["search", "drones"]);
    assert_eq!(run.status.code(), Some(3));
    assert!(stderr(&run).contains("make one with `dateline index PATH`"), "{}", stderr(&run));
}

#[test]
fn an_archive_given_with_the_search_is_indexed_first_and_answered_from_at_once_later() {
    let folder = archive();
    let first = dateline(folder.path(), &["search", "--archive", ".", "drones"]);
    assert_eq!(first.status.code(), Some(0), "{}", stderr(&first));
    assert!(stderr(&first).contains("read 1 file"), "{}", stderr(&first));
    let second = dateline(folder.path(), &["search", "--archive", ".", "drones"]);
    assert_eq!(stderr(&second), "");
    assert_eq!(stdout(&first).lines().next(), stdout(&second).lines().next());
}

#[test]
fn a_clause_with_a_minus_and_a_name_with_spaces_survive_the_shell() {
    let folder = indexed();
    let run = dateline(folder.path(), &["search", "--json", "-country:DE", "source:The Valley Post"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    let sources: Vec<_> =
        lines(&run).iter().filter(|l| l["type"] == "hit").map(|l| l["article"]["source"].clone()).collect();
    assert_eq!(sources, ["The Valley Post", "The Valley Post"]);
}

#[test]
fn the_count_beside_a_country_is_that_of_a_search_for_it() {
    let folder = indexed();
    let facets = lines(&dateline(folder.path(), &["facets", "country", "--json"]));
    assert!(facets.len() >= 3, "{facets:?}");
    for facet in facets {
        let filter = format!("country:{}", facet["value"].as_str().unwrap());
        let run = dateline(folder.path(), &["search", &filter, "--limit", "0", "--json"]);
        let summary = lines(&run).pop().unwrap();
        assert_eq!(summary["passages"], facet["passages"], "{filter}");
        assert_eq!(summary["articles"], facet["articles"], "{filter}");
    }
}

#[test]
fn a_timeline_draws_a_bar_for_each_bucket() {
    let folder = indexed();
    let run = dateline(folder.path(), &["timeline", "--on", "pub", "--by", "year"]);
    let out = stdout(&run);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    assert!(out.contains("\n2024 ") && out.contains("\n2025 ") && out.contains('█'), "{out}");
    assert!(out.lines().all(|l| l.chars().count() <= 80), "{out}");
}

#[test]
fn show_and_similar_go_by_the_ids_that_search_prints() {
    let folder = indexed();
    let hit = lines(&dateline(folder.path(), &["search", "drones", "--json"])).remove(0);
    let id = hit["id"].as_str().unwrap();
    let run = dateline(folder.path(), &["show", id, "--query", "cellars"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    assert!(stdout(&run).contains("▶ #0") && stdout(&run).contains("the night of May 10"), "{}", stdout(&run));
    let run = dateline(folder.path(), &["similar", id, "--json"]);
    let first = lines(&run).remove(0);
    assert_eq!(first["article"]["record"], "a-2");
    let run = dateline(folder.path(), &["show", "0123456789abcdef"]);
    assert_eq!(run.status.code(), Some(1));
    let run = dateline(folder.path(), &["show", &id.replace("#0", "#99")]);
    assert_eq!(run.status.code(), Some(1));
    assert!(stderr(&run).contains("has the passages #0 to #"), "{}", stderr(&run));
}

#[test]
fn an_article_inside_a_package_is_shown_by_its_id_and_by_its_path() {
    let folder = archive();
    let members =
        [("in/1.txt", "A ferry left the quay.\n"), ("in/2.txt", "The ferry came back. A\n"), ("in/3.txt", "a b\n")];
    let zip = zip_of(&members.map(|(name, text)| (name, text.as_bytes())));
    std::fs::write(folder.path().join("quay.zip"), zip).unwrap();
    assert_eq!(dateline(folder.path(), &["index", "."]).status.code(), Some(0));
    for query in ["left", "back"] {
        let hit = lines(&dateline(folder.path(), &["search", &format!("ferry {query}"), "--json"])).remove(0);
        for name in ["id", "path"] {
            let name = hit["article"][name].as_str().unwrap();
            let run = dateline(folder.path(), &["show", name, "--query", query]);
            assert_eq!(run.status.code(), Some(0), "{name}: {}", stderr(&run));
            assert!(stdout(&run).contains("matches    in 1 of 1"), "{}", stdout(&run));
        }
    }
    let run = dateline(folder.path(), &["similar", "quay.zip!/in/3.txt"]);
    assert_eq!((run.status.code(), stdout(&run).as_str()), (Some(1), ""), "too short to be like another");
}

#[test]
fn titles_narrow_every_query_of_a_file() {
    let folder = indexed();
    std::fs::write(folder.path().join("queries.tsv"), "1\tnight\n2\tbridge\n").unwrap();
    let all = stdout(&dateline(folder.path(), &["search", "--queries", "queries.tsv"]));
    let narrowed = stdout(&dateline(folder.path(), &["search", "--queries", "queries.tsv", "--title", "Udhampur"]));
    assert!(!narrowed.is_empty() && narrowed.lines().count() < all.lines().count(), "{all}\n{narrowed}");
}

#[test]
fn an_empty_path_is_not_forgotten() {
    let folder = indexed();
    let run = dateline(folder.path(), &["index", ".", "--forget", ""]);
    assert_eq!(run.status.code(), Some(2), "{}", stderr(&run));
    assert!(stderr(&run).contains("empty path"), "{}", stderr(&run));
    assert_eq!(dateline(folder.path(), &["search", "drones"]).status.code(), Some(0));
}

/// An article of several passages, of which the first and the last speak of a ferry, and a copy of it.
fn indexed_ferries() -> tempfile::TempDir {
    let folder = archive();
    let filler = "The day was quiet in the harbour, and the market opened in the morning as it always had. ".repeat(24);
    let text =
        format!("A ferry left the quay at dawn with the mail. {filler}In the evening the ferry came back empty.");
    let record = |id: &str| serde_json::json!({"id": id, "title": "At the quay", "text": text}).to_string();
    std::fs::write(folder.path().join("quay.jsonl"), format!("{}\n{}\n", record("q-1"), record("q-2"))).unwrap();
    assert_eq!(dateline(folder.path(), &["index", "."]).status.code(), Some(0));
    folder
}

#[test]
fn show_with_a_query_goes_through_the_passages_that_match() {
    let folder = indexed_ferries();
    let hit = lines(&dateline(folder.path(), &["search", "ferry", "--json"])).remove(0);
    let copy = hit["copies"][0]["id"].as_str().unwrap();
    for id in [hit["article"]["id"].as_str().unwrap(), copy] {
        let out = stdout(&dateline(folder.path(), &["show", id, "--query", "ferry"]));
        assert!(out.contains("matches    in 2 of "), "{out}");
        assert!(out.contains("left the quay") && out.contains("came back empty"), "{out}");
        assert_eq!(out.matches(" · bytes ").count(), 2, "{out}");
        let wider = stdout(&dateline(folder.path(), &["show", id, "--query", "ferry", "-C", "1"]));
        assert_eq!(wider.matches(" · bytes ").count(), 4, "{wider}");
        let all = stdout(&dateline(folder.path(), &["show", id]));
        assert!(all.matches(" · bytes ").count() > 4, "{all}");
    }
    let run = dateline(folder.path(), &["show", copy, "--query", "airship"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(stderr(&run).contains("no passage of this article"), "{}", stderr(&run));
}

#[test]
fn the_passage_found_is_told_from_those_around_it() {
    let folder = indexed_ferries();
    let out = stdout(&dateline(folder.path(), &["search", "ferry evening", "-C", "1", "--limit", "1"]));
    let pointed: Vec<&str> = out.lines().filter(|line| line.starts_with("  ▶ ")).collect();
    assert_eq!(pointed.len(), 1, "{out}");
    let out = stdout(&dateline(folder.path(), &["search", "ferry evening", "--limit", "1"]));
    assert!(!out.contains('▶'), "{out}");
}

#[test]
fn words_for_the_title_leave_partial_matches_of_the_others() {
    let folder = indexed();
    let found = lines(&dateline(folder.path(), &["search", "drones zeppelins", "--title", "Udhampur", "--json"]));
    assert_eq!((&found[0]["missing"][0], &found[0]["article"]["record"]), (&"zeppelins".into(), &"a-1".into()));
    let summary = &found[found.len() - 1];
    assert_eq!((&summary["passages"], &summary["partial"]), (&0.into(), &(found.len() - 1).into()));
}

#[test]
fn a_dry_run_names_what_the_codes_in_a_query_stand_for() {
    let folder = indexed();
    let out = stdout(&dateline(folder.path(), &["search", "drones -country:RU place:Udhampur/IN", "--dry-run"]));
    assert!(out.contains("-country:RU (Russia)") && out.contains("(Udhampur, "), "{out}");
}

#[test]
fn a_line_of_a_batch_without_a_word_that_is_kept_does_not_stop_the_others() {
    let folder = indexed();
    let too_long = "x".repeat(90);
    std::fs::write(folder.path().join("queries.tsv"), format!("1\tdrones {too_long}\n2\tbridge\n")).unwrap();
    let run = dateline(folder.path(), &["search", "--queries", "queries.tsv"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    assert!(stderr(&run).contains("queries.tsv:1: `1` is not answered"), "{}", stderr(&run));
    assert!(stdout(&run).starts_with("2 Q0 a-3 1 "), "{}", stdout(&run));
}

#[test]
fn a_file_with_a_bad_line_is_indexed_without_it_and_exits_2() {
    let folder = archive();
    std::fs::write(
        folder.path().join("bad.jsonl"),
        "{\"title\":\"Good\",\"text\":\"One line is whole.\"}\n{\"title\":\n",
    )
    .unwrap();
    let run = dateline(folder.path(), &["index", "."]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("dateline: bad.jsonl:2: "), "{}", stderr(&run));
    let run = dateline(folder.path(), &["search", "whole", "line"]);
    assert_eq!(run.status.code(), Some(0));
    assert_eq!(stderr(&run), "", "an answer does not repeat it at every call");
    let run = dateline(folder.path(), &["search", "whole", "line", "--json"]);
    assert!(stdout(&run).contains("\"failed_files\":1"), "{}", stdout(&run));
    let run = dateline(folder.path(), &["search", "nowhere"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(stderr(&run).contains("1 file could not be read"), "{}", stderr(&run));
    let run = dateline(folder.path(), &["status"]);
    assert!(
        stdout(&run).contains("1 file failed, wholly or in part\n  bad.jsonl: undated, unplaced\n    line 2: "),
        "{}",
        stdout(&run)
    );
}

#[test]
fn an_ambiguous_place_is_answered_with_what_to_write_instead() {
    let folder = indexed();
    let run = dateline(folder.path(), &["search", "talks", "--place", "Punjab"]);
    assert_eq!(run.status.code(), Some(2));
    let said = stderr(&run);
    assert!(
        said.contains("`Punjab` names 2 places")
            && said.contains("place:Punjab/PK")
            && said.contains("place:Punjab/IN"),
        "{said}"
    );
    let run = dateline(folder.path(), &["places", "Punjab"]);
    assert_eq!(run.status.code(), Some(0));
    assert!(stdout(&run).contains("place:Punjab/IN"), "{}", stdout(&run));
    assert_eq!(dateline(folder.path(), &["places", "Xyzzyplugh"]).status.code(), Some(1));
}

#[test]
fn several_paths_need_an_index_that_is_named() {
    let folder = archive();
    let run = dateline(folder.path(), &["index", "reports.jsonl", "."]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("--index DIR"), "{}", stderr(&run));
}

#[test]
fn every_verb_has_help_with_examples_and_the_rest_is_printed_whole() {
    let folder = archive();
    for verb in [
        "index",
        "search",
        "facets",
        "timeline",
        "show",
        "similar",
        "inspect",
        "places",
        "status",
        "completions",
        "man",
    ] {
        let run = dateline(folder.path(), &[verb, "--help"]);
        assert_eq!(run.status.code(), Some(0), "{verb}");
        assert!(stdout(&run).contains("Examples:"), "{verb}: {}", stdout(&run));
    }
    for arguments in [&["completions", "bash"][..], &["man"], &["man", "search"], &["licenses"], &["--version"]] {
        let run = dateline(folder.path(), arguments);
        assert_eq!(run.status.code(), Some(0), "{arguments:?}: {}", stderr(&run));
        assert!(stdout(&run).contains("dateline"), "{arguments:?}");
    }
    assert!(stdout(&dateline(folder.path(), &["licenses"])).contains("GeoNames"));
}
