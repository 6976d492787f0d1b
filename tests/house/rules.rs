//! The plan as `.ci/floors.txt` has it, and what breaks it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::tokens::{Token, tokens_of};
use super::uses::{File, Path, Tree};

/// Floors by folder, and what stands only in some folders.
pub struct Plan {
    floors: HashMap<String, usize>,
    only: Vec<Only>,
}

/// Something that stands only in these folders.
struct Only {
    shown: String,
    tokens: Vec<Token>,
    folders: Vec<String>,
}

/// One thing that breaks the plan.
pub struct Breach {
    /// What is wrong, without line numbers: the line of `.ci/floors-exceptions.txt` that would allow it.
    pub what: String,
    /// Where it stands; empty where it stands in no one place.
    place: String,
}

impl Plan {
    pub fn read(text: &str) -> Self {
        let mut plan = Plan { floors: HashMap::new(), only: Vec::new() };
        for (n, line) in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[0] {
                "floor" => plan.floors.extend(words[1..].iter().map(|folder| ((*folder).to_owned(), n))),
                "only" => {
                    let end = words.iter().position(|w| *w == "in").unwrap_or_else(|| panic!("no `in`: {line}"));
                    let folders: Vec<String> = words[end + 1..].iter().map(|w| (*w).to_owned()).collect();
                    plan.only.extend(words[1..end].iter().map(|word| Only {
                        shown: (*word).to_owned(),
                        tokens: tokens_of(word),
                        folders: folders.clone(),
                    }));
                }
                _ => panic!("neither a floor nor what stands only somewhere: {line}"),
            }
        }
        plan
    }
}

/// All that breaks a plan, in order.
pub fn breaches(tree: &Tree, plan: &Plan) -> Vec<Breach> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut used: BTreeMap<&Path, BTreeSet<&Path>> = BTreeMap::new();
    for (module, file) in &tree.files {
        let Some(folder) = module.first() else { continue };
        let floor = plan.floors.get(folder);
        if floor.is_none() {
            found.entry(format!("no floor: {folder}")).or_default();
        }
        for (target, line) in tree.used_by(module) {
            used.entry(module).or_default().insert(target);
            if folder != &target[0]
                && let (Some(floor), Some(other)) = (floor, plan.floors.get(&target[0]))
                && other >= floor
            {
                let what = format!("up: {} uses {}", module.join("/"), target.join("/"));
                found.entry(what).or_insert(format!("src/{}:{line}", file.name));
            }
        }
        for only in plan.only.iter().filter(|only| !only.folders.contains(folder)) {
            if let Some(line) = line_with(file, &only.tokens) {
                let what = format!("word: {} has {}", module.join("/"), only.shown);
                found.entry(what).or_insert(format!("src/{}:{line}", file.name));
            }
        }
    }
    for circle in circles(&used) {
        let names: Vec<String> = circle.iter().map(|module| module.join("/")).collect();
        found.entry(format!("circle: {}", names.join(" "))).or_default();
    }
    found.into_iter().map(|(what, place)| Breach { what, place }).collect()
}

/// The first line of a file with these tokens. A crate (`name::`) is meant at the beginning of a path only.
fn line_with(file: &File, wanted: &[Token]) -> Option<usize> {
    let is_crate = wanted.len() == 2 && wanted[1].text == "::";
    let tokens = &file.tokens;
    let first = &wanted[0].text;
    let at = (0..tokens.len()).filter(|at| tokens[*at].text == *first).find(|at| {
        let whole = tokens[*at..].iter().map(|t| &t.text).take(wanted.len()).eq(wanted.iter().map(|t| &t.text));
        let before = at.checked_sub(1).map_or("", |n| tokens[n].text.as_str());
        if is_crate { before != "::" && (whole || before == "use") } else { whole }
    })?;
    Some(tokens[at].line)
}

/// The sets of files that all lead to each other, each in order.
fn circles<'a>(used: &BTreeMap<&'a Path, BTreeSet<&'a Path>>) -> BTreeSet<BTreeSet<&'a Path>> {
    let reached: BTreeMap<&Path, BTreeSet<&'a Path>> = used.keys().map(|from| (*from, all_from(from, used))).collect();
    let mut circles = BTreeSet::new();
    for (module, others) in &reached {
        if others.contains(module) {
            let back = |other: &&&Path| reached.get(**other).is_some_and(|theirs| theirs.contains(module));
            circles.insert(others.iter().filter(back).copied().collect());
        }
    }
    circles
}

/// All files that a file leads to.
fn all_from<'a>(from: &Path, used: &BTreeMap<&'a Path, BTreeSet<&'a Path>>) -> BTreeSet<&'a Path> {
    let mut all = BTreeSet::new();
    let mut open: Vec<&Path> = used.get(from).into_iter().flatten().copied().collect();
    while let Some(next) = open.pop() {
        if let Some((module, further)) = used.get_key_value(next)
            && all.insert(*module)
        {
            open.extend(further.iter().copied());
        }
    }
    all
}

/// What is to be said of breaches beside the list of those that are known: the new ones, and those that are no more.
pub fn judge(found: &[Breach], exceptions: &str) -> Vec<String> {
    let known: BTreeSet<&str> = exceptions.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
    let mut complaints: Vec<String> = Vec::new();
    for breach in found.iter().filter(|b| !known.contains(b.what.as_str())) {
        let place = if breach.place.is_empty() { String::new() } else { format!(" ({})", breach.place) };
        complaints.push(format!("{}{place}", breach.what));
    }
    let gone = known.iter().filter(|what| found.iter().all(|b| b.what != **what));
    complaints.extend(gone.map(|what| format!("{what}: no longer so; take it out of .ci/floors-exceptions.txt")));
    complaints
}
