//! TREC runs: `query Q0 document rank score tag`, as trec_eval reads them.

use std::io::{self, Write};

/// How many articles a run lists for a query, as TREC does.
pub const DEPTH: usize = 1_000;

/// Writes the answer to one query. Scores are printed so that they read back as the same number.
pub fn run(out: &mut dyn Write, query: &str, answer: &[(String, f64)]) -> io::Result<()> {
    for (n, (document, score)) in answer.iter().enumerate() {
        writeln!(out, "{} Q0 {} {} {score:?} dateline", token(query), token(document), n + 1)?;
    }
    Ok(())
}

/// A name without white space, which would shift the columns.
fn token(name: &str) -> String {
    if name.is_empty() {
        return "_".to_owned();
    }
    name.chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_has_six_columns_and_scores_in_full() {
        let mut out = Vec::new();
        run(&mut out, "q 1", &[("a b".to_owned(), 0.1 + 0.2), ("c".to_owned(), 1e-9)]).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "q_1 Q0 a_b 1 0.30000000000000004 dateline\nq_1 Q0 c 2 1e-9 dateline\n"
        );
    }
}
