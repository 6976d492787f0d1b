//! Says what a filter by event leaves out that publication would admit.

use dateline::actions::left_out::{LeftOut, left_out};
use dateline::index::Backend;
use dateline::model::question::Question;

use crate::cli::printer::layout::counted;
use crate::cli::terminal::Terminal;

/// Says how many passages a filter by event leaves out that were published in its days, and what to type for them;
/// `found` is how many it lets through.
pub fn say(backend: &dyn Backend, question: &Question, found: u64, terminal: &Terminal) {
    let Some(left_out) = left_out(backend, question, found) else { return };
    let passages = |n: u64| (counted(n, "passage"), if n == 1 { "names" } else { "name" });
    let text = match left_out {
        LeftOut::NamingNone { passages: n, by } => {
            let (passages, name) = passages(n);
            let without = by.map_or_else(|| "without --event-named".to_owned(), |by| format!("as {by}"));
            let (it, is) = if n == 1 { ("it", "is") } else { ("they", "are") };
            format!(
                "{passages} that {name} no day {is} left out; {without} {it} would answer by carried day or publication"
            )
        }
        LeftOut::NamingOthers { passages: n, by } => {
            let (passages, name) = passages(n);
            let (was, is, them) = if n == 1 { ("was", "is", "it") } else { ("were", "are", "them") };
            format!(
                "{passages} that {was} published then but {name} other days {is} left out; write {by} to see {them}"
            )
        }
    };
    terminal.messages.note(&text);
}
