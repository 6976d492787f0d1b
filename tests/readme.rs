//! The README's first example is what the program prints.

use std::fs;
use std::path::Path;

use crate::support::program::{program, stderr, stdout};

/// What is compared of a hit: the line with its rank and title, and the file and line to open.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    title: String,
    opens: String,
}

/// The hits in the text form of an answer, in order. Text and places of the passages are left out: they change with the
/// gazetteer and with the width of the terminal.
fn hits_of(answer: &str) -> Vec<Shown> {
    let mut hits = Vec::new();
    let mut title = None;
    for line in answer.lines() {
        let rank = line.trim_start().split_once(". ").filter(|(rank, _)| rank.parse::<u32>().is_ok());
        if let Some((_, shown)) = rank.filter(|_| !line.starts_with("    ")) {
            title = Some(shown.to_owned());
        } else if let Some(opens) = line.strip_prefix("    sample_corpus/").and_then(|l| l.split_whitespace().next())
            && let Some(title) = title.take()
        {
            hits.push(Shown { title, opens: opens.to_owned() });
        }
    }
    hits
}

/// The command of the README's first block and what stands below it.
fn first_example(readme: &str) -> (String, String) {
    let block = readme.split("<!-- begin:first-search -->").nth(1).expect("the block is marked");
    let block = block.split("<!-- end:first-search -->").next().expect("the block ends");
    let lines: Vec<&str> = block.lines().filter(|l| !l.is_empty() && !l.starts_with("```")).collect();
    let command = lines[0].strip_prefix("$ cargo run --release -- ").expect("a command first");
    (command.to_owned(), lines[1..].join("\n"))
}

/// The arguments of a command line as a shell would part them; double quotation marks are all that it knows.
fn arguments_of(command: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    for (n, stretch) in command.split('"').enumerate() {
        if n % 2 == 1 {
            arguments.push(stretch.to_owned());
        } else {
            arguments.extend(stretch.split_whitespace().map(str::to_owned));
        }
    }
    arguments
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        // A run by hand leaves its index here.
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn the_first_example_of_the_readme_shows_what_the_program_prints() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(package.join("README.md")).unwrap();
    let (command, shown) = first_example(&readme);
    let shown = hits_of(&shown);
    assert_eq!(shown.len(), 3, "the README shows three hits");

    let folder = tempfile::tempdir().unwrap();
    copy_folder(&package.join("sample_corpus"), &folder.path().join("sample_corpus"));
    let run = program().args(arguments_of(&command)).env("COLUMNS", "100").current_dir(folder.path()).output().unwrap();
    assert!(run.status.success(), "{}", stderr(&run));
    let printed = hits_of(&stdout(&run));
    let first = &printed[..printed.len().min(3)];
    assert_eq!(shown, first, "README.md no longer shows what this prints: dateline {command}");
}
