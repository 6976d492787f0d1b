//! From arguments to a question put to an index.

pub mod batch;
pub mod facets;
pub mod left_out;
pub mod nothing;
pub mod search;
pub mod timeline;

use dateline::actions::names::Holding;
use dateline::index::Backend;
use dateline::model::field::Field;
use dateline::model::question::Matching;
use dateline::query::typed::{Typed, TypedError, Understood};

use crate::cli::args::question::{FilterArgs, MatchHow, QueryArgs};
use crate::cli::arguments::query_of;
use crate::cli::commands::{index, index_folder, open_in};
use crate::cli::messages::pointed_out;
use crate::cli::terminal::{Complaint, Terminal};

/// Opens the index that a question is put to, after bringing it up to date where `--archive` asks for that.
pub fn open(args: &QueryArgs, terminal: &Terminal) -> anyhow::Result<&'static dyn Backend> {
    let folder = index_folder(&args.at, args.archive.as_deref())?;
    if let Some(archive) = &args.archive {
        index::bring_up_to_date(archive, &folder, terminal)?;
    }
    Ok(open_in(&folder)?)
}

/// Builds the question and says how ambiguous names were read.
pub fn understood(args: &QueryArgs, backend: &dyn Backend, terminal: &Terminal) -> anyhow::Result<Understood> {
    let gazetteer = backend.gazetteer();
    let typed = Typed {
        query: query_of(&args.query, gazetteer),
        filters: filters(&args.filters),
        from: args.filters.from.clone(),
        to: args.filters.to.clone(),
        titles: args.filters.title.clone(),
        excludes: args.filters.exclude.clone(),
        matching: match args.matching {
            MatchHow::First => Matching::AllFirst,
            MatchHow::All => Matching::All,
            MatchHow::Any => Matching::Any,
        },
        exact: args.exact,
        claims: args.claims,
        coarse: args.coarse,
        event_named: args.event_named,
    };
    let understood = typed.understood(Holding::of(backend).atlas()).map_err(complaint)?;
    for note in &understood.notes {
        terminal.messages.note(note);
    }
    Ok(understood)
}

fn filters(args: &FilterArgs) -> Vec<(Field, String)> {
    let given: [(Field, &[String]); 11] = [
        (Field::Region, &args.region),
        (Field::Country, &args.country),
        (Field::Place, &args.place),
        (Field::Near, &args.near),
        (Field::Date, &args.date),
        (Field::Event, &args.event),
        (Field::Published, &args.published),
        (Field::Lag, &args.lag),
        (Field::Source, &args.source),
        (Field::Language, &args.lang),
        (Field::Path, &args.path),
    ];
    given.into_iter().flat_map(|(field, values)| values.iter().map(move |value| (field, value.clone()))).collect()
}

/// What is wrong with what was typed, in the words of the command line.
fn complaint(error: TypedError) -> anyhow::Error {
    match error {
        TypedError::Query(error) => dateline::Error::from(error).into(),
        TypedError::Value { name, error } => Complaint(pointed_out(&format!("--{name}"), &error)).into(),
        TypedError::Misused { name, reason } => Complaint(format!("--{name}: {reason}")).into(),
        TypedError::NoDay { from, to } => {
            Complaint(format!("--from {from} lies after --to {to}; no day is both")).into()
        }
    }
}

/// Says how many hits come from files that are no longer as they were.
pub fn say_what_is_stale(stale: usize, terminal: &Terminal) {
    if stale > 0 {
        let (hits, come, were) = if stale == 1 { ("hit", "comes", "file") } else { ("hits", "come", "files") };
        terminal.messages.warning(&format!(
            "{stale} {hits} {come} from {were} changed or gone since indexing; bring the index up to date with `dateline index`"
        ));
    }
}
