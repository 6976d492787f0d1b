//! What the shell hands over, made ready for clap: a clause such as `-country:RU` is no option, and a value that the shell
//! has taken the quotation marks from gets them back.

use std::ffi::OsString;

use clap::Command;
use dateline::geo::Gazetteer;
use dateline::geo::gazetteer::region;
use dateline::model::field::Field;

/// Stands before an argument that begins with a minus and is part of the query; taken off by [`query_of`].
const CLAUSE: char = '\u{1}';

/// The arguments with those marked that belong to the query though they begin with a minus: `-country:RU`, `-"air base"`,
/// `-drone`. Options that the verb knows, and a minus with one letter, are left to clap.
pub fn with_clauses_marked(program: &Command, arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let mut at = 1;
    while arguments.get(at).is_some_and(|a| a.to_string_lossy().starts_with('-')) {
        at += if arguments.get(at).is_some_and(|a| a == "--color") { 2 } else { 1 };
    }
    let Some(verb) = arguments.get(at).and_then(|v| v.to_str()).and_then(|v| program.find_subcommand(v)) else {
        return arguments;
    };
    if !verb.get_positionals().any(|a| a.get_id() == "query") {
        return arguments;
    }
    at += 1;
    while let Some(argument) = arguments.get_mut(at) {
        at += 1;
        let Some(text) = argument.to_str() else { continue };
        if text == "--" {
            break;
        }
        let option = if let Some(long) = text.strip_prefix("--") {
            if long.contains('=') {
                continue;
            }
            verb.get_arguments().chain(program.get_arguments()).find(|a| a.get_long() == Some(long))
        } else if let Some(rest) = text.strip_prefix('-') {
            let mut letters = rest.chars();
            let Some(first) = letters.next() else { continue };
            let known = verb.get_arguments().find(|a| a.get_short() == Some(first));
            let value = letters.as_str();
            let is_option = match known {
                Some(_) => value.chars().all(|c| c.is_ascii_digit()),
                None => value.is_empty() && first.is_alphanumeric(),
            };
            if !is_option {
                *argument = format!("{CLAUSE}{text}").into();
                continue;
            }
            known.filter(|_| value.is_empty())
        } else {
            continue;
        };
        if option.is_some_and(|a| a.get_action().takes_values()) {
            at += 1;
        }
    }
    arguments
}

/// The query that the arguments make together.
///
/// The shell takes quotation marks away: `place:"Jammu and Kashmir"` arrives as `place:Jammu and Kashmir`. Such an argument
/// gets them back where it is one of several, and where it is the only one if its whole value is a name that is known;
/// otherwise the whole query may have been quoted and stands as it is.
pub fn query_of(arguments: &[String], gazetteer: &Gazetteer) -> String {
    let several = arguments.len() > 1;
    let parts: Vec<String> = arguments
        .iter()
        .map(|argument| argument.strip_prefix(CLAUSE).unwrap_or(argument))
        .map(|argument| requoted(argument, several, gazetteer).unwrap_or_else(|| argument.to_owned()))
        .collect();
    parts.join(" ")
}

fn requoted(argument: &str, several: bool, gazetteer: &Gazetteer) -> Option<String> {
    let (minus, rest) = match argument.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", argument),
    };
    let (name, value) = rest.split_once(':')?;
    let field = Field::named(name)?;
    let stripped = value.contains(char::is_whitespace) && !value.contains(['"', '“', '«', '(', ')']);
    if !stripped || value.starts_with(char::is_whitespace) {
        return None;
    }
    // What follows the last slash tells places apart or is a distance, and was not within the quotation marks.
    let (quoted, tail) = match (field, value.rfind('/')) {
        (Field::Place | Field::Near, Some(slash)) => value.split_at(slash),
        _ => (value, ""),
    };
    let known = || match field {
        Field::Region => region::region_named(quoted).is_some(),
        Field::Country => gazetteer.country_named(quoted).is_some(),
        Field::Place | Field::Near => !gazetteer.named(quoted).is_empty(),
        _ => false,
    };
    (several || known()).then(|| format!("{minus}{name}:\"{quoted}\"{tail}"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Cli;

    fn marked(line: &[&str]) -> Vec<String> {
        let arguments = with_clauses_marked(&Cli::command(), line.iter().map(OsString::from));
        arguments.into_iter().map(|a| a.to_string_lossy().replace(CLAUSE, "¬")).collect()
    }

    #[test]
    fn a_minus_before_a_clause_is_no_option() {
        assert_eq!(
            marked(&[
                "dateline",
                "search",
                "drones",
                "-country:RU",
                "--limit",
                "-5",
                "-n",
                "3",
                "-C2",
                "-Crimea",
                "-h"
            ]),
            ["dateline", "search", "drones", "¬-country:RU", "--limit", "-5", "-n", "3", "-C2", "¬-Crimea", "-h"]
        );
        assert_eq!(marked(&["dateline", "--color", "never", "facets", "country", "-x", "-xy"])[5..], ["-x", "¬-xy"]);
        assert_eq!(marked(&["dateline", "search", "--", "-word"])[3], "-word");
        assert_eq!(marked(&["dateline", "show", "-word"])[2], "-word");
    }

    #[test]
    fn quotation_marks_that_the_shell_took_are_put_back() {
        let gazetteer = Gazetteer::embedded();
        let query =
            |arguments: &[&str]| query_of(&arguments.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>(), gazetteer);
        assert_eq!(query(&["talks", "source:The Daily Star"]), "talks source:\"The Daily Star\"");
        assert_eq!(query(&["talks", "-near:New Town/25km"]), "talks -near:\"New Town\"/25km");
        assert_eq!(query(&["lang:en talks"]), "lang:en talks");
        assert_eq!(query(&["direct talks", "truce"]), "direct talks truce");
    }
}
