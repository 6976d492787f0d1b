//! What may be typed for a question: words, filters, and how its answer is shown.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::cli::args::IndexAt;

/// A question: words and filters.
#[derive(Debug, Clone, Default, Args)]
pub struct QueryArgs {
    /// Words and filters: `"exact phrase"`, `"near words"~5`, OR, NOT or -, ( ), evacuat*, Pahlgm~1,
    /// country:IN, date:2025-05; several arguments are one query
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,

    #[command(flatten)]
    pub at: IndexAt,

    /// Bring the index of this folder up to date first, creating it where there is none
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath, help_heading = "General")]
    pub archive: Option<PathBuf>,

    #[command(flatten)]
    pub filters: FilterArgs,

    /// Which passages answer: those with all words and then, as far as --limit has room, those that lack some (first); those
    /// with all, leaving out what lacks one (all); those with any word, ranked alike, with no word of what they lack (any).
    /// Counts leave out what lacks a word, save with any
    #[arg(long = "match", value_enum, value_name = "HOW", default_value_t = MatchHow::First, hide_possible_values = true, help_heading = "Matching")]
    pub matching: MatchHow,

    /// Take place names in the query as plain words, without their other spellings
    #[arg(long, help_heading = "Matching")]
    pub exact: bool,

    /// Let --country also match those who claim a disputed place
    #[arg(long, help_heading = "Matching")]
    pub claims: bool,

    /// Let date filters also match expressions much longer than what is asked ("in 2025" for one day)
    #[arg(long, help_heading = "Matching")]
    pub coarse: bool,

    /// Let --event match only passages that name the days themselves, none by a carried day or by publication
    #[arg(long, help_heading = "Matching")]
    pub event_named: bool,
}

/// Filters; one given twice means any of its values, different ones must all hold.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters (one given twice means either; different ones must all hold)")]
pub struct FilterArgs {
    /// In a region: "Southern Asia", "Middle East", Sahel
    #[arg(long, value_name = "NAME")]
    pub region: Vec<String>,

    /// In a country, by code or name: IN, India
    #[arg(long, value_name = "NAME")]
    pub country: Vec<String>,

    /// Names this place or one within it: Udhampur, Punjab/PK, gn:1254047; of several the one that the archive speaks of
    #[arg(long, value_name = "NAME")]
    pub place: Vec<String>,

    /// Names a place this near: Bakhmut/25km, 48.6,38.0/25km
    #[arg(long, value_name = "PLACE/KM", allow_hyphen_values = true)]
    pub near: Vec<String>,

    /// Speaks of, or was published on, this day or later: 2025-05-07, 2025-05, 2025
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,

    /// Speaks of, or was published on, this day or earlier
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,

    /// Speaks of, or was published in, these days: 2025-05, 2025-05-07..2025-05-10, unknown
    #[arg(long, value_name = "DATES")]
    pub date: Vec<String>,

    /// Happened in these days: the passage names them, or names none and carries them from a heading or the text before, or
    /// was published on them or the day after
    #[arg(long, value_name = "DATES")]
    pub event: Vec<String>,

    /// Was published in these days
    #[arg(long = "pub", value_name = "DATES")]
    pub published: Vec<String>,

    /// Published so many days after a day that it names: '>7', '<=2', 0..3, '<0' (before it), unknown
    #[arg(long, value_name = "DAYS", allow_hyphen_values = true)]
    pub lag: Vec<String>,

    /// Published by
    #[arg(long, value_name = "NAME")]
    pub source: Vec<String>,

    /// In a language, by code or name: en, uk, Arabic
    #[arg(long, value_name = "NAME")]
    pub lang: Vec<String>,

    /// Has these words in the headline
    #[arg(long, value_name = "WORDS")]
    pub title: Vec<String>,

    /// From a file whose path holds this or matches this pattern: 2025/*.html
    #[arg(long, value_name = "GLOB")]
    pub path: Vec<String>,

    /// Leave out what a filter matches: country:RU, source:"The Daily Star"
    #[arg(long, value_name = "FIELD:VALUE")]
    pub exclude: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum MatchHow {
    /// Passages with all words, then those with some
    #[default]
    First,
    /// Only passages with all words
    All,
    /// Passages with any of the words, ranked alike
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading
    Text,
    /// One JSON object a line
    Json,
    /// Comma-separated values with a header
    Csv,
    /// A TREC run: query, Q0, document, rank, score, tag
    Trec,
}

/// How to print tables.
#[derive(Debug, Clone, Default, Args)]
pub struct TableFormat {
    /// How to print: text, json or csv
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true, help_heading = "Output")]
    pub format: Option<Format>,

    /// Print one JSON object a line (--format json)
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline search direct talks                       passages with both words first, then with one
  dateline search '\"direct talks\" OR hotline'        an exact phrase (quote the whole query for the shell)
  dateline search drones --place Udhampur --from 2025-05-07 --to 2025-05-10
  dateline search 'shelling near:\"Bakhmut\"/25km -source:\"The Daily Star\"'
  dateline search 'evacuat* (hospital OR clinic)' --event 2025-05 --json
  dateline search --country SD --limit 0 --format csv > sudan.csv
  dateline search --queries topics.tsv --format trec > run.txt

`dateline search` alone lists the newest passages. Filters hold for the passage, not only for its article.")]
pub struct SearchArgs {
    #[command(flatten)]
    pub ask: QueryArgs,

    #[command(flatten)]
    pub page: PageArgs,

    /// Order: relevance, newest, oldest, or event (the first day of the event, as for --event)
    #[arg(long, value_enum, value_name = "ORDER", hide_possible_values = true, help_heading = "Output")]
    pub sort: Option<SortBy>,

    /// Say how each score came about
    #[arg(long, help_heading = "Output")]
    pub explain: bool,

    /// Print the query as understood, and search for nothing
    #[arg(long, help_heading = "Output")]
    pub dry_run: bool,

    /// Answer each line ID<TAB>WORDS of this file (- for standard input) with a TREC run over articles; nothing in a line
    /// is an operator
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["query", "dry_run", "explain"], help_heading = "Output")]
    pub queries: Option<PathBuf>,
}

/// Which part of the answer to print, and how.
#[derive(Debug, Clone, Args)]
pub struct PageArgs {
    /// How many passages to print; the others are left out. 0 leaves none out: all that match, and with --match first all
    /// that lack some of the words
    #[arg(long, short = 'n', value_name = "N", default_value_t = 10, help_heading = "Output")]
    pub limit: usize,

    /// How many passages to skip
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Output")]
    pub offset: usize,

    /// How many passages of one article to print, the best; the others are left out, and counted. 0 leaves none out
    /// [default: 2, with --limit 0 0]
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub per_article: Option<usize>,

    /// Print so many passages before and after each
    #[arg(long, short = 'C', value_name = "N", default_value_t = 0, help_heading = "Output")]
    pub context: usize,

    /// How to print: text, json, csv or trec
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true, help_heading = "Output")]
    pub format: Option<Format>,

    /// Print one JSON object a line (--format json)
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SortBy {
    /// Best first
    Relevance,
    /// The latest published first
    Newest,
    /// The earliest published first
    Oldest,
    /// By the first day of the event
    Event,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline facets country                                all countries that the archive speaks of
  dateline facets place tanker --under \"Middle East\"     places within a region, of passages about tankers
  dateline facets date --by month --country SD           months that passages about Sudan speak of
  dateline facets source --from 2025-05-01 --format csv
  dateline facets country --by month --limit 5           a table: countries by the months that passages speak of

Each count is that of a search with the same words and filters and a filter by that value (in a table, and by that time).
Regions and places lie within each other, and a passage may speak of several days, so counts do not add up.")]
pub struct FacetsArgs {
    /// What to count by: region, country, place, date, published, source or language
    #[arg(value_enum, value_name = "FIELD", hide_possible_values = true)]
    pub field: FacetBy,

    #[command(flatten)]
    pub ask: QueryArgs,

    /// Only values within this region, country, place or time: "Middle East", IN, 2025-05
    #[arg(long, value_name = "WITHIN", help_heading = "Output")]
    pub under: Option<String>,

    /// Count by time, by day, week, month, quarter or year: of dates the unit, of other fields a table of values by time
    #[arg(long, value_enum, value_name = "UNIT", hide_possible_values = true, help_heading = "Output")]
    pub by: Option<Unit>,

    /// Which dates a table of values is by: event (those that passages speak of) or pub (publication) [default: event]
    #[arg(long, value_enum, value_name = "KIND", hide_possible_values = true, help_heading = "Output")]
    pub on: Option<On>,

    /// How many values to print, those in most articles first; 0 for all [default: all; in a
    /// table as text the first 10, or as many as fit side by side]
    #[arg(long, short = 'n', value_name = "N", help_heading = "Output")]
    pub limit: Option<usize>,

    #[command(flatten)]
    pub table: TableFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FacetBy {
    Region,
    Country,
    Place,
    #[value(alias = "event")]
    Date,
    #[value(alias = "pub")]
    Published,
    Source,
    #[value(alias = "lang")]
    Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dateline timeline Kargil                            by month or as fits, over the days that passages speak of
  dateline timeline ceasefire --by week --country SD
  dateline timeline ceasefire --event-named           only days that passages name themselves
  dateline timeline --on pub --by year --json         when articles were published, for plotting

A date expression counts in the bucket that holds it whole. Longer ones and passages without a date are counted beside.
A passage that names no day counts by the day that it carries, else by its publication, for that day and the one before;
each bucket says how many are of which kind.")]
pub struct TimelineArgs {
    #[command(flatten)]
    pub ask: QueryArgs,

    /// Width of a bucket: day, week, month, quarter or year [default: as fits]
    #[arg(long, value_enum, value_name = "UNIT", hide_possible_values = true, help_heading = "Output")]
    pub by: Option<Unit>,

    /// Which dates: event (as for --event) or pub (publication)
    #[arg(long, value_enum, value_name = "KIND", default_value_t = On::Event, hide_possible_values = true, help_heading = "Output")]
    pub on: On,

    #[command(flatten)]
    pub table: TableFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum On {
    Event,
    #[value(alias = "published")]
    Pub,
}
