//! A query back to text that reads as the same query.

use std::fmt::{self, Write};

use crate::model::question::{Apart, Expr, Filter};

impl fmt::Display for Expr {
    /// The query as it may be typed; [`super::parse::parse`] reads it as the same query.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expr::Word(word) => f.write_str(word),
            Expr::Phrase(phrase) => {
                if phrase.as_written {
                    f.write_char('=')?;
                }
                write_quoted(f, &phrase.words.join(" "))?;
                match phrase.apart {
                    Apart { most: 0, any_order: false } => Ok(()),
                    Apart { most, any_order: true } => write!(f, "~{most}"),
                    Apart { most, any_order: false } => write!(f, "~>{most}"),
                }
            }
            Expr::Prefix(word) => write!(f, "{word}*"),
            Expr::Fuzzy { word, distance } => write!(f, "{word}~{distance}"),
            Expr::Title(inner) => {
                f.write_str("title:")?;
                match **inner {
                    Expr::Word(_) | Expr::Phrase(_) | Expr::Prefix(_) | Expr::Fuzzy { .. } => write!(f, "{inner}"),
                    _ => write!(f, "({inner})"),
                }
            }
            Expr::Filter(filter) => write!(f, "{filter}"),
            Expr::And(clauses) => {
                for (n, clause) in clauses.iter().enumerate() {
                    if n > 0 {
                        f.write_char(' ')?;
                    }
                    match clause {
                        Expr::And(_) | Expr::Or(_) => write!(f, "({clause})")?,
                        _ => write!(f, "{clause}")?,
                    }
                }
                Ok(())
            }
            Expr::Or(branches) => {
                for (n, branch) in branches.iter().enumerate() {
                    if n > 0 {
                        f.write_str(" OR ")?;
                    }
                    match branch {
                        Expr::And(_) | Expr::Or(_) => write!(f, "({branch})")?,
                        _ => write!(f, "{branch}")?,
                    }
                }
                Ok(())
            }
            Expr::Not(inner) => match **inner {
                Expr::And(_) | Expr::Or(_) | Expr::Not(_) => write!(f, "-({inner})"),
                _ => write!(f, "-{inner}"),
            },
        }
    }
}

impl fmt::Display for Filter {
    /// The filter as it may be typed in a query, with codes and ids in place of names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.field())?;
        match self {
            Filter::Region(code) => write_value(f, code),
            Filter::Country(code) => write!(f, "{code}"),
            Filter::Place(id) => write_value(f, &id.to_string()),
            Filter::Near { lat, lon, km } => write!(f, "{lat},{lon}/{km}km"),
            Filter::Date(_, bounds) => write!(f, "{bounds}"),
            Filter::DateUnknown(_) => f.write_str("unknown"),
            Filter::Source(text) | Filter::Language(text) | Filter::Path(text) => write_value(f, text),
        }
    }
}

/// A value, quoted where it holds anything that ends a bare one.
fn write_value(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let bare =
        !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/' | '*'));
    if bare { f.write_str(text) } else { write_quoted(f, text) }
}

fn write_quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    f.write_char('"')
}

/// A name as it may be typed after a field.
pub(super) fn quoted_if_needed(name: &str) -> String {
    if name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '.')) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// A name as it may be typed in a shell.
pub(super) fn shell_quoted(name: &str) -> String {
    if name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.')) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "'\\''"))
    }
}
