//! What the README and `docs/` show is what the program prints, and the README's commands work for a new user.
//!
//! In a block marked `console`, a line that begins with `$ ` is a command, and what follows is its whole output: standard
//! output, or standard error where the other is empty. `…` alone on a line stands for any number of lines. `cargo run
//! --release --` runs beside a fresh `sample_corpus`, `dateline` inside one that is indexed. Times are not compared.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_dateline");

/// A line that stands for lines left out.
const LEFT_OUT: &str = "…";

/// A command of a document and the lines shown below it.
struct Shown {
    command: String,
    lines: Vec<String>,
}

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The README and the documents beside it, in order.
fn documents() -> Vec<PathBuf> {
    let mut documents: Vec<PathBuf> =
        fs::read_dir(package().join("docs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    documents.push(package().join("README.md"));
    documents.retain(|path| path.extension().is_some_and(|e| e == "md"));
    documents.sort();
    documents
}

/// The lines of the blocks of a document that are marked so.
fn blocks_of<'d>(document: &'d str, mark: &str) -> Vec<Vec<&'d str>> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    let (mut within, mut wanted) = (false, false);
    for line in document.lines() {
        if let Some(of) = line.strip_prefix("```") {
            within = !within;
            wanted = within && of == mark;
            if wanted {
                blocks.push(Vec::new());
            }
        } else if wanted && let Some(block) = blocks.last_mut() {
            block.push(line);
        }
    }
    blocks
}

fn shown_in(document: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for line in blocks_of(document, "console").into_iter().flatten() {
        if let Some(command) = line.strip_prefix("$ ") {
            all.push(Shown { command: command.to_owned(), lines: Vec::new() });
        } else {
            all.last_mut().expect("a block begins with a command").lines.push(without_time(line));
        }
    }
    for shown in &mut all {
        // A blank line parts a command from the output before it.
        shown.lines.truncate(shown.lines.iter().rposition(|l| !l.is_empty()).map_or(0, |last| last + 1));
    }
    all
}

/// The arguments of a command line as a shell would part them; quotation marks are all that it knows.
fn arguments_of(command: &str) -> Vec<String> {
    let mut arguments: Vec<String> = Vec::new();
    let (mut quote, mut begun) = (None, false);
    for c in command.chars() {
        match quote {
            Some(q) if q == c => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == ' ' => {
                begun = false;
                continue;
            }
            _ => {}
        }
        if !begun {
            arguments.push(String::new());
            begun = true;
        }
        let is_mark = (c == '"' || c == '\'') && (quote == Some(c) || quote.is_none());
        if !is_mark && let Some(last) = arguments.last_mut() {
            last.push(c);
        }
    }
    arguments
}

/// A line without the time that an answer took: `… (3.4 ms)`.
fn without_time(line: &str) -> String {
    let begun = line.strip_suffix(" ms)").and_then(|l| l.rsplit_once('('));
    match begun {
        Some((before, time)) if time.parse::<f64>().is_ok() => format!("{before}( ms)"),
        _ => line.to_owned(),
    }
}

/// Whether the lines shown are those printed, with any number of lines for each mark of what is left out.
fn agree(shown: &[String], printed: &[String]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first == LEFT_OUT => (0..=printed.len()).any(|n| agree(rest, &printed[n..])),
        Some((first, rest)) => printed.first() == Some(first) && agree(rest, &printed[1..]),
    }
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

fn run(folder: &Path, arguments: &[String]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).env("COLUMNS", "100").env_remove("DATELINE_INDEX");
    command.output().expect("the program runs")
}

/// What a command printed, as the documents show it.
fn printed_by(output: &Output) -> Vec<String> {
    let stream = if output.stdout.is_empty() { &output.stderr } else { &output.stdout };
    let mut lines: Vec<String> = String::from_utf8_lossy(stream).lines().map(without_time).collect();
    lines.truncate(lines.iter().rposition(|l| !l.is_empty()).map_or(0, |last| last + 1));
    lines
}

#[test]
fn the_documents_show_what_the_program_prints() {
    let folder = tempfile::tempdir().unwrap();
    let indexed = folder.path().join("sample_corpus");
    copy_folder(&package().join("sample_corpus"), &indexed);
    let index = run(&indexed, &["index".to_owned(), ".".to_owned()]);
    assert_eq!(index.status.code(), Some(2), "three files of the sample cannot be read");
    let mut wrong = String::new();
    let mut compared = 0;
    for path in documents() {
        let name = path.strip_prefix(package()).unwrap().display().to_string();
        for Shown { command, lines } in shown_in(&fs::read_to_string(&path).unwrap()) {
            let output = if let Some(arguments) = command.strip_prefix("cargo run --release -- ") {
                let fresh = tempfile::tempdir().unwrap();
                copy_folder(&package().join("sample_corpus"), &fresh.path().join("sample_corpus"));
                run(fresh.path(), &arguments_of(arguments))
            } else {
                let arguments = command.strip_prefix("dateline ").expect("a command of the program");
                run(&indexed, &arguments_of(arguments))
            };
            let printed = printed_by(&output);
            compared += 1;
            if !agree(&lines, &printed) {
                wrong += &format!("{name}: $ {command}\nprints now:\n{}\n\n", printed.join("\n"));
            }
        }
    }
    assert!(compared >= 15, "only {compared} commands were found");
    assert!(wrong.is_empty(), "{wrong}");
}

/// The blocks of shell commands, as one script, by a user whose home holds nothing but the articles. Those of cargo are
/// left to those who read it: they build the program.
#[cfg(unix)]
#[test]
fn the_commands_of_the_readme_work_in_an_empty_home() {
    let home = tempfile::tempdir().unwrap();
    copy_folder(&package().join("sample_corpus/southern-asia"), &home.path().join("articles"));
    let readme = fs::read_to_string(package().join("README.md")).unwrap();
    let commands = blocks_of(&readme, "sh").concat().into_iter().filter(|line| !line.starts_with("cargo "));
    let script = commands.collect::<Vec<_>>().join("\n");
    let path = format!(
        "{}:{}",
        Path::new(PROGRAM).parent().unwrap().display(),
        std::env::var("PATH").unwrap_or_else(|_| "/usr/bin:/bin".to_owned())
    );
    let run = Command::new("sh")
        .args(["-eu", "-c", &script])
        .current_dir(home.path())
        .env_clear()
        .env("HOME", home.path())
        .env("PATH", path)
        .output()
        .expect("a shell runs");
    assert!(run.status.success(), "{script}\n{}", String::from_utf8_lossy(&run.stderr));
    for written in [".local/share/bash-completion/completions/dateline", ".local/share/man/man1/dateline.1"] {
        assert!(fs::metadata(home.path().join(written)).unwrap().len() > 1_000, "{written}");
    }
    assert!(fs::read_to_string(home.path().join("articles/india.csv")).unwrap().lines().count() > 5);
}
