//! Terms of a dictionary that one word of a question stands for.

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::termdict::TermDictionary;

use crate::plan::leaf::Alternative;
use crate::words::is_stop_term;

/// Calls `visit` with each term of a dictionary that a prefix or fuzzy word stands for as a whole, until it says stop.
pub fn for_each_expansion(
    terms: &TermDictionary,
    alternative: &Alternative,
    mut visit: impl FnMut(&str) -> bool,
) -> tantivy::Result<()> {
    match alternative {
        Alternative::Prefix(last) => {
            let mut stream = terms.range().ge(last.prefix.as_bytes()).into_stream()?;
            while let Some((term, _)) = stream.next() {
                if !term.starts_with(last.prefix.as_bytes()) {
                    break;
                }
                if let Ok(term) = std::str::from_utf8(term)
                    && last.is_sure(term)
                    && !visit(term)
                {
                    break;
                }
            }
        }
        Alternative::Fuzzy { term, distance } => {
            // The field does not matter for the automaton, only the text.
            let term = Term::from_field_text(Field::from_field_id(0), term);
            let automaton = FuzzyTermQuery::new(term, *distance, true).automaton()?;
            let mut stream = terms.search(automaton).into_stream()?;
            while let Some((term, _)) = stream.next() {
                if let Ok(term) = std::str::from_utf8(term)
                    && !is_stop_term(term)
                    && !visit(term)
                {
                    break;
                }
            }
        }
        Alternative::Term(_) | Alternative::Phrase(_) => {}
    }
    Ok(())
}
