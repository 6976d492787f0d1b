//! `dateline licenses`

use std::io::Write;

use dateline::geo::Gazetteer;

use super::{Outcome, Terminal};

/// Runs the verb.
pub fn run(terminal: &Terminal) -> anyhow::Result<Outcome> {
    let mut out = terminal.out();
    writeln!(out, "dateline {} is licensed under MIT OR Apache-2.0, at your choice.\n", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "{}\n", Gazetteer::credits().trim_end())?;
    out.write_all(CRATES.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// The crates in the binary with their licences; a test holds the list against `Cargo.lock`.
const CRATES: &str = include_str!("crates.txt");
