//! `dateline licenses`

use std::io::Write;

use dateline::geo::Gazetteer;

use crate::cli::terminal::{Outcome, Terminal};

/// Runs the verb.
pub fn run(terminal: &Terminal) -> anyhow::Result<Outcome> {
    let mut out = terminal.out();
    writeln!(out, "dateline {} is licensed under MIT OR Apache-2.0, at your choice.\n", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "{}\n", Gazetteer::credits().trim_end())?;
    out.write_all(CRATES.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// The crates in the binary with their licences, from `cargo metadata`; a test holds the names against `Cargo.lock`.
const CRATES: &str = include_str!("crates.txt");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_named_is_one_that_the_program_is_built_from() {
        let lock = include_str!("../../../../Cargo.lock");
        let names: Vec<&str> = CRATES.lines().skip(2).filter_map(|l| l.split_whitespace().next()).collect();
        assert!(names.contains(&"tantivy") && names.len() > 100);
        for name in names {
            assert!(lock.contains(&format!("name = \"{name}\"")), "{name} is in crates.txt but not in Cargo.lock");
        }
    }
}
