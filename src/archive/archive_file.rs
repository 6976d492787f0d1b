//! `dateline.toml` at an archive's root: what the files do not say about themselves, and which files to leave out.

use std::collections::BTreeMap;
use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};
use toml::Spanned;

use crate::archive::columns::{ColumnMap, field_named};
use crate::archive::toml_form::{OneOrMany, TomlFile};
use crate::model::days::DayRange;
use crate::model::error::Error;

/// The name of the file at an archive's root.
pub const ARCHIVE_FILE_NAME: &str = "dateline.toml";

/// The largest archive file that is read; a longer one is surely something else.
const MAX_BYTES: u64 = 4 << 20;

/// What `dateline.toml` says; empty where there is none.
#[derive(Debug, Clone, Default)]
pub struct ArchiveFile {
    rules: Vec<Rule>,
    map: ColumnMap,
}

#[derive(Debug, Clone)]
struct Rule {
    path: GlobMatcher,
    skip: Option<bool>,
    facts: FileFacts,
    map: ColumnMap,
}

/// What the rules say of one path. Everything is `None` where no rule speaks of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileFacts {
    /// The publication date: a day, a month or a year.
    pub date: Option<DayRange>,
    /// Who published it.
    pub source: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The dateline.
    pub dateline: Option<String>,
    /// The label of the character encoding, as in `windows-1251`.
    pub encoding: Option<String>,
}

impl ArchiveFile {
    /// Reads the archive file of the archive at `root`: a folder, or a single file, whose folder is then looked in.
    ///
    /// No such file is an empty one.
    ///
    /// # Errors
    /// [`Error::Io`] where it exists and cannot be read, [`Error::Input`] with the line where it cannot be understood.
    pub fn read(root: &Path) -> Result<Self, Error> {
        let folder = if root.is_dir() { root } else { root.parent().unwrap_or(Path::new(".")) };
        let path = folder.join(ARCHIVE_FILE_NAME);
        match std::fs::metadata(&path) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(ArchiveFile::default()),
            Err(e) => return Err(Error::io("cannot read", path, e)),
            Ok(m) if !m.is_file() => {
                return Err(Error::input(path, "not a regular file; the archive file must be one"));
            }
            Ok(m) if m.len() > MAX_BYTES => {
                return Err(Error::input(path, "larger than 4 MB; an archive file holds only rules for paths"));
            }
            Ok(_) => {}
        }
        let bytes = std::fs::read(&path).map_err(|e| Error::io("cannot read", &path, e))?;
        let text = String::from_utf8(bytes).map_err(|e| {
            let valid = e.utf8_error().valid_up_to();
            let line = 1 + e.as_bytes().iter().take(valid).filter(|&&b| b == b'\n').count() as u64;
            Error::Input { path: path.clone(), line: Some(line), reason: "not UTF-8; save it as UTF-8".into() }
        })?;
        Self::parse(&text, &path)
    }

    /// Understands the text of an archive file; `path` is named in errors.
    ///
    /// # Errors
    /// [`Error::Input`] with the line.
    pub fn parse(text: &str, path: &Path) -> Result<Self, Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let line_at = |at: usize| 1 + text.bytes().take(at).filter(|&b| b == b'\n').count() as u64;
        let fault =
            |at: usize, reason: String| Error::Input { path: path.to_path_buf(), line: Some(line_at(at)), reason };
        let parsed: TomlFile = toml::from_str(text).map_err(|e| {
            let reason = e.message().trim().replace('\n', "; ");
            fault(e.span().map_or(0, |s| s.start), reason)
        })?;
        let column_map = |given: BTreeMap<Spanned<String>, OneOrMany>| -> Result<ColumnMap, Error> {
            let mut map = ColumnMap::new();
            for (field, columns) in given {
                let known = field_named(field.get_ref()).map_err(|reason| fault(field.span().start, reason))?;
                map.insert(known, columns.into_names());
            }
            Ok(map)
        };
        let mut rules = Vec::with_capacity(parsed.files.len());
        for rule in parsed.files {
            let at = rule.path.span().start;
            let path_glob = glob_of(rule.path.get_ref()).map_err(|reason| fault(at, reason))?;
            let date = match &rule.date {
                None => None,
                Some(date) => Some(date.get_ref().days().map_err(|reason| {
                    fault(date.span().start, format!("{reason}; write \"2025-05-11\", \"2025-05\" or \"2025\""))
                })?),
            };
            if let Some(label) = &rule.encoding
                && encoding_rs::Encoding::for_label(label.get_ref().as_bytes()).is_none()
            {
                let reason = format!("`{}` is no encoding; use a name such as \"windows-1252\"", label.get_ref());
                return Err(fault(label.span().start, reason));
            }
            rules.push(Rule {
                path: path_glob,
                skip: rule.skip,
                facts: FileFacts {
                    date,
                    source: rule.source,
                    language: rule.language,
                    title: rule.title,
                    url: rule.url,
                    byline: rule.byline,
                    dateline: rule.dateline,
                    encoding: rule.encoding.map(Spanned::into_inner),
                },
                map: column_map(rule.map)?,
            });
        }
        Ok(ArchiveFile { rules, map: column_map(parsed.map)? })
    }

    /// Whether the rules leave out the file at `relative` (path below the root with `/`); the last rule that says so decides.
    pub fn skips(&self, relative: &str) -> bool {
        self.rules_for(relative).filter_map(|r| r.skip).next_back().unwrap_or(false)
    }

    /// What the rules say of the article at `path`, later rules over earlier ones, value by value.
    pub fn facts_of(&self, path: &str) -> FileFacts {
        let mut facts = FileFacts::default();
        for rule in self.rules_for(path) {
            let more = &rule.facts;
            facts.date = more.date.or(facts.date);
            for (have, new) in [
                (&mut facts.source, &more.source),
                (&mut facts.language, &more.language),
                (&mut facts.title, &more.title),
                (&mut facts.url, &more.url),
                (&mut facts.byline, &more.byline),
                (&mut facts.dateline, &more.dateline),
                (&mut facts.encoding, &more.encoding),
            ] {
                if new.is_some() {
                    have.clone_from(new);
                }
            }
        }
        facts
    }

    /// The columns that hold the fields of the articles at `path`: the file's own map over the general one.
    pub fn columns_of(&self, path: &str) -> ColumnMap {
        let mut map = self.map.clone();
        for rule in self.rules_for(path) {
            map.extend(rule.map.iter().map(|(f, names)| (*f, names.clone())));
        }
        map
    }

    /// The same file with further columns, as `--map` gives them, which go before all of its own.
    pub fn with_columns(mut self, columns: &ColumnMap) -> Self {
        let lay_over = |map: &mut ColumnMap| map.extend(columns.iter().map(|(f, names)| (*f, names.clone())));
        lay_over(&mut self.map);
        self.rules.iter_mut().filter(|r| !r.map.is_empty()).for_each(|r| lay_over(&mut r.map));
        self
    }

    /// The rules that match a path, or the container file that it lies in.
    fn rules_for<'a>(&'a self, path: &'a str) -> impl DoubleEndedIterator<Item = &'a Rule> {
        let outer = path.split_once("!/").map(|(outer, _)| outer);
        self.rules.iter().filter(move |r| r.path.is_match(path) || outer.is_some_and(|o| r.path.is_match(o)))
    }
}

/// The matcher for a pattern; one without `/` matches the name in any folder, as in `.gitignore`.
fn glob_of(pattern: &str) -> Result<GlobMatcher, String> {
    if pattern.trim().is_empty() {
        return Err("an empty path matches nothing; use \"**\" for every file".into());
    }
    let anchored = pattern.strip_prefix('/').or_else(|| pattern.strip_prefix("./"));
    let whole = match anchored {
        Some(rest) => rest.to_string(),
        None if pattern.contains('/') => pattern.to_string(),
        None => format!("**/{pattern}"),
    };
    let whole = if whole.ends_with('/') { format!("{whole}**") } else { whole };
    GlobBuilder::new(&whole)
        .literal_separator(true)
        .build()
        .map(|g| g.compile_matcher())
        .map_err(|e| format!("`{pattern}` is no pattern: {}", e.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<ArchiveFile, Error> {
        ArchiveFile::parse(text, Path::new("/a/dateline.toml"))
    }

    #[test]
    fn later_rules_win_value_by_value() {
        let file = parse(
            "[[files]]\npath = \"wire/*.txt\"\nsource = \"Wire\"\ndate = \"2025-05-11\"\n\
             [[files]]\npath = \"wire/late.txt\"\ndate = 2025-05-12\nskip = false\n",
        )
        .unwrap();
        let facts = file.facts_of("wire/late.txt");
        assert_eq!(facts.source.as_deref(), Some("Wire"));
        assert_eq!(facts.date.unwrap().to_string(), "2025-05-12");
        assert_eq!(file.facts_of("wire/deep/a.txt"), FileFacts::default());
    }

    #[test]
    fn a_pattern_without_a_slash_matches_in_every_folder() {
        let file = parse("[[files]]\npath = \"README.md\"\nskip = true\n").unwrap();
        assert!(file.skips("README.md"));
        assert!(file.skips("a/b/README.md"));
        assert!(!file.skips("a/README.md.txt"));
    }

    #[test]
    fn a_rule_for_a_container_holds_for_what_lies_in_it() {
        let file = parse("[[files]]\npath = \"in/*.zip\"\nsource = \"Desk\"\n").unwrap();
        assert_eq!(file.facts_of("in/a.zip!/b/c.txt").source.as_deref(), Some("Desk"));
    }

    #[test]
    fn faults_are_named_with_their_line() {
        for (text, line, part) in [
            ("[[files]]\npath = \"a\"\ncolour = 1\n", 3, "colour"),
            ("\n[[files]\n", 2, ""),
            ("[[files]]\npath = \"a[\"\n", 2, "no pattern"),
            ("[[files]]\npath = \"a\"\ndate = \"someday\"\n", 3, "no date"),
            ("[map]\nheading = \"x\"\n", 2, "no field"),
            ("[[files]]\npath = \"a\"\nencoding = \"klingon\"\n", 3, "no encoding"),
        ] {
            let message = parse(text).unwrap_err().to_string();
            assert!(message.starts_with(&format!("/a/dateline.toml:{line}: ")), "{text}: {message}");
            assert!(message.contains(part), "{message}");
        }
    }
}
