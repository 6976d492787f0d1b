//! What may be typed: the verbs, their arguments and their help. Opens no file.

pub(crate) mod question;
pub(crate) mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use dateline::archive::columns::Column;

use crate::cli::args::question::{FacetsArgs, SearchArgs, TableFormat, TimelineArgs};

/// Search an archive of conflict reporting by words, places and dates.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    propagate_version = false,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = "\
Examples:
  dateline index archive/
  dateline search \"direct talks between the two militaries\" --region \"Southern Asia\"
  dateline search 'Pathankot drones' --from 2025-05-07 --to 2025-05-10
  dateline facets country ceasefire

The index is the folder .dateline in the archive; searching looks for it in the current folder and those above.
`dateline VERB --help` explains a verb and shows examples.",
    after_long_help = "\
Examples:
  dateline index archive/
  dateline search \"direct talks between the two militaries\" --region \"Southern Asia\"
  dateline search 'Pathankot drones' --from 2025-05-07 --to 2025-05-10
  dateline facets country ceasefire

The index is the folder .dateline in the archive; searching looks for it in the current folder and those above, as git does.
It holds the text of the archive and is not encrypted. Nothing is sent anywhere: the program has no network code.

Exit status: 0 something was found, or indexed; 1 nothing was found, no such id or name; 2 wrong usage, or a failure (an
index run with failed files has kept the others); 3 the index is missing, locked, damaged or of another format."
)]
pub struct Cli {
    /// When to use colour; NO_COLOR turns it off too
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColorWhen::Auto, hide_possible_values = true, help_heading = "General")]
    pub color: ColorWhen,

    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Create the index of an archive, or bring it up to date
    Index(IndexArgs),
    /// Find passages, best first
    Search(SearchArgs),
    /// Count matches by region, country, place, date, published, source or language
    Facets(FacetsArgs),
    /// Count matches by day, week, month, quarter or year
    Timeline(TimelineArgs),
    /// Show a passage in its article, with its places, dates and where they come from
    Show(ShowArgs),
    /// Find passages about the same thing in other articles
    Similar(SimilarArgs),
    /// Show what the index would hold of a file: metadata, text, passages, toponyms, dates
    Inspect(InspectArgs),
    /// Show what the gazetteer knows of a name: candidates, variants, hierarchy
    Places(PlacesArgs),
    /// Add places of your own to the gazetteer of an index
    Gazetteer(GazetteerArgs),
    /// Show what the index holds, what failed, what has no date or place, what is out of date
    Status(StatusArgs),
    /// Print a script that completes commands in a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
    /// Print the licences and credits of the program and its data
    Licenses,
}

/// Where the index is.
#[derive(Debug, Clone, Default, Args)]
pub struct IndexAt {
    /// Use the index in this folder instead of .dateline in the archive
    #[arg(long, value_name = "DIR", env = "DATELINE_INDEX", hide_env_values = true, value_hint = ValueHint::DirPath, help_heading = "General")]
    pub index: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline index archive/                     create archive/.dateline, or read what has changed since
  dateline index archive/ --rebuild           start afresh, as after a new version of the program
  dateline index --index ~/idx wire/ web/     one index for two folders
  dateline index archive/ --forget leak.txt   remove a file's text from the index for good
  dateline index exports/ --map text=story --map date=released
                                              tables whose columns have names of their own

Files are only read, never written. A file that cannot be read is reported and stops nothing: the others are indexed and the
exit status is 2.")]
pub struct IndexArgs {
    /// Folders and files of the archive
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    #[command(flatten)]
    pub at: IndexAt,

    /// Leave the old index and read everything again
    #[arg(long)]
    pub rebuild: bool,

    /// Remove the text of this file (its path below the archive) from the index, merged away and not only marked;
    /// repeatable
    #[arg(long, value_name = "PATH")]
    pub forget: Vec<String>,

    /// Take a field of the articles from this column of tables, or this name in records: text=story, date=released;
    /// repeatable, goes before dateline.toml, and is kept for later runs until --rebuild
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub map: Vec<Column>,

    /// How many threads to use [default: one for each core]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,

    /// How much memory indexing may use, as in 512MB or 2GB
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub memory: Option<u64>,

    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline show '3f9a1c2b7d04e511#4'                    a passage in its article
  dateline show 3f9a1c2b7d04e511 --query 'direct talks' the article with all matches marked
  dateline show '3f9a1c2b7d04e511#4' -C 1 --json

Ids are those that search prints; the path of a file with one article, as search --json prints it, does as well.")]
pub struct ShowArgs {
    /// Id of an article or passage
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,

    #[command(flatten)]
    pub at: IndexAt,

    /// Print only the passages that hold any of this query, and mark what it matches
    #[arg(long, short = 'q', value_name = "QUERY", help_heading = "Output")]
    pub query: Option<String>,

    /// Print only so many passages before and after [default: the whole article; with --query, only what matches]
    #[arg(long, short = 'C', value_name = "N", help_heading = "Output")]
    pub context: Option<usize>,

    /// Print one JSON object a line
    #[arg(long, help_heading = "Output")]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline similar '3f9a1c2b7d04e511#4'
  dateline similar 3f9a1c2b7d04e511 --limit 3 --json")]
pub struct SimilarArgs {
    /// Id of an article or passage
    #[arg(value_name = "ID")]
    pub id: String,

    #[command(flatten)]
    pub at: IndexAt,

    /// How many passages to print
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10, help_heading = "Output")]
    pub limit: usize,

    /// How to print: text, json or csv
    #[command(flatten)]
    pub table: TableFormat,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline inspect report.html                metadata and where it comes from, passages, toponyms, dates
  dateline inspect report.html --explain      with the candidates of each toponym and the reasons
  dateline inspect --json *.jsonl > articles.jsonl

Needs no index. Dates without a year stay open (XXXX-05-10) where the article has no publication date.")]
pub struct InspectArgs {
    /// Files to read
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub at: IndexAt,

    /// Take a field of the articles from this column of tables, or this name in records: text=story; repeatable
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub map: Vec<Column>,

    /// List the candidates of each toponym with the reasons, and the rule behind each date
    #[arg(long, help_heading = "Output")]
    pub explain: bool,

    /// Print one JSON object for each article
    #[arg(long, help_heading = "Output")]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline places Punjab          both of them, with what to write to choose one
  dateline places Kiev            the place behind a name, with its other names
  dateline places gn:1254047")]
pub struct PlacesArgs {
    /// Name, or id such as gn:1254047
    #[arg(required = true, value_name = "NAME")]
    pub name: Vec<String>,

    #[command(flatten)]
    pub at: IndexAt,

    /// How many candidates to print; 0 for all
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20, help_heading = "Output")]
    pub limit: usize,

    /// Print one JSON object for each place
    #[arg(long, help_heading = "Output")]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct GazetteerArgs {
    #[command(subcommand)]
    pub verb: GazetteerVerb,
}

#[derive(Debug, Subcommand)]
pub enum GazetteerVerb {
    /// Add GeoNames dumps or a table of your own as a second layer beside the index
    #[command(after_help = "\
Examples:
  dateline gazetteer add SY.txt --index archive/.dateline
  dateline gazetteer add camps.tsv

A GeoNames dump has 19 tab-separated columns (allCountries.txt, a country's file) or is alternateNamesV2.txt. A table of your
own is tab-separated with a header: name, lat, lon and, if you like, id, country, class, population, names (parted by |) and
within. Places are looked up when articles are indexed: run `dateline index --rebuild` afterwards.")]
    Add(GazetteerAddArgs),
}

#[derive(Debug, Args)]
pub struct GazetteerAddArgs {
    /// Files to add
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub at: IndexAt,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline status
  dateline status --json | jq 'select(.type == \"file\")'")]
pub struct StatusArgs {
    #[command(flatten)]
    pub at: IndexAt,

    /// List every file with its state, not only those with problems
    #[arg(long)]
    pub files: bool,

    /// Print one JSON object a line
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline completions bash > ~/.local/share/bash-completion/completions/dateline
  dateline completions zsh > \"${fpath[1]}/_dateline\"
  dateline completions fish > ~/.config/fish/completions/dateline.fish")]
pub struct CompletionsArgs {
    /// bash, zsh, fish, elvish or powershell
    #[arg(value_enum, value_name = "SHELL", hide_possible_values = true)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline man | man -l -
  dateline man > ~/.local/share/man/man1/dateline.1")]
pub struct ManArgs {
    /// The page of one verb instead of the program's
    #[arg(value_name = "VERB")]
    pub verb: Option<String>,
}

/// Reads a size: `512MB`, `2GB`, `1.5G`, bytes without a unit. Units are powers of ten, those with `i` of two.
fn size(text: &str) -> Result<u64, String> {
    let lower = text.trim().to_ascii_lowercase();
    let digits = lower.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(lower.len());
    let (number, unit) = lower.split_at(digits);
    let factor: f64 = match unit.trim() {
        "" | "b" => 1.0,
        "k" | "kb" => 1e3,
        "m" | "mb" => 1e6,
        "g" | "gb" => 1e9,
        "kib" => 1024.0,
        "mib" => 1024.0 * 1024.0,
        "gib" => 1024.0 * 1024.0 * 1024.0,
        _ => return Err("write a size as 512MB or 2GB".to_owned()),
    };
    let bytes = number.parse::<f64>().map_err(|_| "write a size as 512MB or 2GB".to_owned())? * factor;
    if bytes.is_finite() && bytes < 1e15 {
        Ok(bytes as u64)
    } else {
        Err("this is more memory than there is".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn sizes_are_read_with_their_units() {
        assert_eq!(size("512MB"), Ok(512_000_000));
        assert_eq!(size("1.5G"), Ok(1_500_000_000));
        assert_eq!(size("1GiB"), Ok(1 << 30));
        assert!(size("lots").is_err() && size("-1").is_err() && size("5PB").is_err());
    }
}
