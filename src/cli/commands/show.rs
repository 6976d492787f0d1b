//! `dateline show`

use std::io::Write;

use dateline::actions::find;
use dateline::wire::json;
use dateline::wire::view::ArticleView;

use crate::cli::args::ShowArgs;
use crate::cli::commands::open;
use crate::cli::printer::text;
use crate::cli::printer::text::path_to_open;
use crate::cli::terminal::{Outcome, Terminal};

/// Runs the verb.
pub fn run(args: &ShowArgs, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let backend = open(&args.at)?;
    let current_folder = std::env::current_dir().ok();
    let mut out = terminal.out();
    let mut outcome = Outcome::Done;
    let (mut notes, mut said) = (Vec::new(), Vec::new());
    for asked in &args.ids {
        let (article, number) = match find::article(backend, asked) {
            Ok(found) => found,
            Err(dateline::Error::NotFound(reason)) => {
                terminal.messages.error(&reason);
                outcome = Outcome::Nothing;
                continue;
            }
            Err(e) => return Err(e.into()),
        };
        let query = args.query.as_deref();
        let matches = query.map(|query| find::matches(backend, query, &article, &mut notes)).transpose()?;
        // The query is read for each article, to the same end.
        for note in std::mem::take(&mut notes) {
            if !said.contains(&note) {
                terminal.messages.note(&note);
                said.push(note);
            }
        }
        if matches.as_ref().is_some_and(|m| m.passages.is_empty()) {
            terminal.messages.note(&format!("`{asked}`: no passage of this article holds any of the query"));
            outcome = Outcome::Nothing;
        }
        if article.stale {
            terminal
                .messages
                .warning(&format!("{}: the file has changed or gone since it was indexed", article.info.path));
        }
        let view = ArticleView::of_stored(&article, number, matches);
        if args.json {
            json::article(&mut out, &view, backend.gazetteer())?;
        } else {
            let path = path_to_open(&article.info, current_folder.as_deref());
            text::article(&mut out, &view, &path, args.context, backend.gazetteer())?;
        }
    }
    out.flush()?;
    Ok(outcome)
}
