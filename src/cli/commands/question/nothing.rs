//! Says why nothing was found.

use dateline::actions::label::described;
use dateline::actions::nothing::{blamed_filters, unknown_words};
use dateline::index::Backend;
use dateline::model::question::Question;

use crate::cli::printer::layout::counted;
use crate::cli::terminal::Terminal;

/// Says that nothing was found, which filter is to blame, which words might have been meant, and what of the archive could not
/// be looked into.
pub fn explain(backend: &dyn Backend, question: &Question, terminal: &Terminal) {
    let mut text = "nothing found".to_owned();
    let blamed = blamed_filters(backend, question);
    let sums = &backend.holdings().sums;
    if blamed.is_empty() && sums.passages == 0 {
        text.push_str("; the index is empty");
    }
    for blame in blamed {
        let filters: Vec<String> = blame.filters.iter().map(|f| described(f, backend.gazetteer())).collect();
        let would = counted(blame.passages, "passage");
        text.push_str(&format!("; without {}, {would} would match", filters.join(" ")));
    }
    terminal.messages.note(&text);
    suggest(backend, question, terminal);
    if sums.failed > 0 {
        terminal.messages.warning(&format!(
            "{} could not be read and cannot be found here; see `dateline status`",
            counted(sums.failed, "file")
        ));
    }
}

/// Offers other spellings of the words that no passage holds.
pub fn suggest(backend: &dyn Backend, question: &Question, terminal: &Terminal) {
    for unknown in unknown_words(backend, question) {
        let list: Vec<String> = unknown.spellings.iter().map(|s| format!("“{s}”")).collect();
        terminal.messages.note(&format!("no passage holds “{}”; did you mean {}?", unknown.word, list.join(", ")));
    }
}
