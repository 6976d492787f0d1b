//! Running the program.

use std::path::Path;
use std::process::{Command, Output};

/// The program, off a terminal, 80 columns wide, whatever the settings of whoever runs the tests.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.env_remove("DATELINE_INDEX").env_remove("NO_COLOR").env_remove("RUST_BACKTRACE").env("COLUMNS", "80");
    command
}

/// What the program answers in a folder.
pub fn dateline(folder: &Path, arguments: &[&str]) -> Output {
    program().args(arguments).current_dir(folder).output().expect("the program runs")
}

pub fn stdout(run: &Output) -> String {
    String::from_utf8(run.stdout.clone()).expect("UTF-8 on standard output")
}

pub fn stderr(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

/// The lines of `--json` output.
pub fn lines(run: &Output) -> Vec<serde_json::Value> {
    stdout(run).lines().map(|l| serde_json::from_str(l).expect("a JSON object on each line")).collect()
}
