//! Which file uses which, by the paths that stand in them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::tokens::{Token, tokens_of, without_tests};

/// A module by its names from the root of the crate.
pub type Path = Vec<String>;

/// A file of the tree, its tests left out.
pub struct File {
    /// Below `src`.
    pub name: String,
    pub tokens: Vec<Token>,
    /// What a name stands for that a `use` brings in, from the root; of another crate, none.
    names: HashMap<String, Path>,
}

/// The files of a crate by their modules. `lib.rs` is the root, the program's root is `main`.
pub struct Tree {
    pub files: BTreeMap<Path, File>,
}

/// How deep names that stand for names are followed.
const DEPTH: usize = 12;

impl Tree {
    /// The tree of these files: path below `src` and content.
    pub fn of(files: &[(String, String)]) -> Self {
        let (mut tree, mut tests) = (Tree { files: BTreeMap::new() }, BTreeSet::new());
        for (name, source) in files {
            let (tokens, test_modules) = without_tests(tokens_of(source));
            let module = module_of(name);
            tests.extend(test_modules.into_iter().map(|child| [&module[..], &[child]].concat()));
            tree.files.insert(module, File { name: name.clone(), tokens, names: HashMap::new() });
        }
        tree.files.retain(|module, _| !tests.iter().any(|test| module.starts_with(test)));
        let written: Vec<(Path, Vec<Mention>)> = tree.files.iter().map(|(m, f)| (m.clone(), mentions(f))).collect();
        // Names may stand for names of other files, in any order.
        for (module, mentions) in &written {
            let named = mentions.iter().filter_map(|m| Some((m.name.clone()?, m)));
            let names = named.filter_map(|(name, m)| Some((name, tree.rooted(m, module)?))).collect();
            tree.files.get_mut(module).expect("it was just read").names = names;
        }
        tree
    }

    /// The files that a file uses, each with the first line that does; not the `mod.rs` of the folders that it lies in.
    pub fn used_by(&self, module: &Path) -> BTreeMap<&Path, usize> {
        let mut used = BTreeMap::new();
        for mention in mentions(&self.files[module]) {
            let target = self.rooted(&mention, module).and_then(|path| self.file_of(&path, DEPTH));
            if let Some(target) = target.filter(|target| !module.starts_with(target)) {
                used.entry(target).or_insert(mention.line);
            }
        }
        used
    }

    /// A path as it stands in a module, from the root; none for other crates and for what the file itself defines.
    fn rooted(&self, mention: &Mention, module: &Path) -> Option<Path> {
        // The program's root has its modules beside it, as the library's has.
        let below = if module == &["main"] { &[] } else { &module[..] };
        let within: Path = [below, &mention.within[..]].concat();
        let (first, rest) = mention.path.split_first()?;
        match first.as_str() {
            "crate" | "dateline" => Some(rest.to_vec()),
            "self" => Some([&within[..], rest].concat()),
            "super" => {
                let ups = mention.path.iter().take_while(|p| *p == "super").count();
                Some([within.get(..within.len().checked_sub(ups)?)?, &mention.path[ups..]].concat())
            }
            name => {
                let child = [&within[..], &[name.to_owned()]].concat();
                if self.files.contains_key(&child) {
                    return Some([&child[..], rest].concat());
                }
                let stands_for = self.files[module].names.get(name)?;
                Some([&stands_for[..], rest].concat())
            }
        }
    }

    /// The file in which a path from the root is defined, names that are only handed on followed to where they come from.
    fn file_of(&self, path: &[String], depth: usize) -> Option<&Path> {
        let (length, (module, file)) =
            (0..=path.len()).rev().find_map(|n| Some((n, self.files.get_key_value(&path[..n])?)))?;
        let handed_on = path.get(length).and_then(|name| file.names.get(name)).filter(|_| depth > 0);
        if let Some(stands_for) = handed_on {
            return self.file_of(&[&stands_for[..], &path[length + 1..]].concat(), depth - 1);
        }
        // Of the root, only what it hands on has a file.
        (!module.is_empty()).then_some(module)
    }
}

fn module_of(name: &str) -> Path {
    let mut parts: Path = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod") || parts == ["lib"] {
        parts.pop();
    }
    parts
}

/// A path as it stands in a file.
struct Mention {
    path: Path,
    /// The modules of the file itself that it stands in.
    within: Path,
    /// The name that a `use` gives it.
    name: Option<String>,
    line: usize,
}

/// All paths of a file: those of its `use`s, and those that stand anywhere else.
fn mentions(file: &File) -> Vec<Mention> {
    let tokens = &file.tokens;
    let text = |at: usize| tokens.get(at).map_or("", |t| t.text.as_str());
    let mut found = Vec::new();
    let mut within: Vec<(usize, String)> = Vec::new();
    let (mut depth, mut at) = (0usize, 0);
    while at < tokens.len() {
        let line = tokens[at].line;
        let inner = || within.iter().map(|(_, name)| name.clone()).collect::<Path>();
        match text(at) {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                within.retain(|(opened, _)| *opened < depth + 1);
            }
            "mod" if text(at + 2) == "{" => {
                within.push((depth + 1, text(at + 1).to_owned()));
                at += 1;
            }
            // Not `impl Trait + use<'a>`, and a leading `::` says no more than none.
            "use" if text(at + 1) != "<" => {
                let mut leaves = Vec::new();
                at = use_tree(tokens, at + 1 + usize::from(text(at + 1) == "::"), &[], &mut leaves);
                let inner = inner();
                found.extend(leaves.into_iter().map(|(path, name)| Mention {
                    path,
                    within: inner.clone(),
                    name,
                    line,
                }));
                continue;
            }
            _ if tokens[at].is_word() && text(at + 1) == "::" && (at == 0 || !matches!(text(at - 1), "::" | ".")) => {
                let mut path = vec![text(at).to_owned()];
                while text(at + 1) == "::" && tokens.get(at + 2).is_some_and(Token::is_word) {
                    path.push(text(at + 2).to_owned());
                    at += 2;
                }
                found.push(Mention { path, within: inner(), name: None, line });
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads the tree of a `use` from `at`; gives the place after it, and each path with the name that it is known by.
fn use_tree(tokens: &[Token], mut at: usize, before: &[String], leaves: &mut Vec<(Path, Option<String>)>) -> usize {
    let text = |at: usize| tokens.get(at).map_or(";", |t| t.text.as_str());
    let mut path = before.to_vec();
    loop {
        match text(at) {
            "::" => at += 1,
            "{" => {
                at += 1;
                while !matches!(text(at), "}" | ";") {
                    at = use_tree(tokens, at, &path, leaves);
                    at += usize::from(text(at) == ",");
                }
                return at + 1;
            }
            "*" => {
                leaves.push((path, None));
                return at + 1;
            }
            "as" => {
                leaves.push((path, Some(text(at + 1).to_owned())));
                return at + 2;
            }
            "," | "}" | ";" => {
                let name = path.last().cloned();
                leaves.push((path, name));
                return at;
            }
            "self" if !path.is_empty() => at += 1,
            word => {
                path.push(word.to_owned());
                at += 1;
            }
        }
    }
}
