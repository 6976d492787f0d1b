//! Answers as text for people, on standard output.

pub mod layout;
pub mod text;

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anstyle::{AnsiColor, Style};

use crate::cli::args::ColorWhen;

/// How wide text is where the terminal does not say.
const DEFAULT_WIDTH: usize = 80;
/// Below this, wrapping makes text harder to read than the terminal's own.
const NARROWEST: usize = 40;
/// Above this, lines are too long to read.
const WIDEST: usize = 110;

/// Standard output with what is known of it.
pub struct Out {
    writer: BufWriter<StdoutLock<'static>>,
    /// Whether to use colour.
    pub color: bool,
    /// Columns to fill.
    pub width: usize,
}

/// What a stretch of output is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    Plain,
    /// A headline.
    Title,
    /// Less important: ids, counts, labels.
    Dim,
    /// A path to open.
    Path,
    /// What the query matched.
    Match,
    /// A toponym or a place.
    Place,
    /// An expression of time or a date.
    Date,
    /// What a reader must not miss: missing words, disputes, unresolved names.
    Caution,
    /// A bar of a timeline.
    Bar,
}

impl Role {
    fn style(self) -> Style {
        let color = |c: AnsiColor| Style::new().fg_color(Some(c.into()));
        match self {
            Role::Plain => Style::new(),
            Role::Title => Style::new().bold(),
            Role::Dim => Style::new().dimmed(),
            Role::Path => color(AnsiColor::Magenta),
            Role::Match => color(AnsiColor::Red).bold(),
            Role::Place => color(AnsiColor::Green),
            Role::Date => color(AnsiColor::Cyan),
            Role::Caution => color(AnsiColor::Yellow),
            Role::Bar => color(AnsiColor::Blue),
        }
    }
}

impl Out {
    /// Standard output, with colour as asked.
    pub fn new(when: ColorWhen) -> Self {
        let terminal = io::stdout().is_terminal();
        Out {
            color: use_color(when, terminal),
            width: width(terminal),
            writer: BufWriter::with_capacity(1 << 16, io::stdout().lock()),
        }
    }

    /// Writes text in the colour of its role. The text must have been sanitised.
    pub fn paint(&mut self, role: Role, text: &str) -> io::Result<()> {
        if !self.color || role == Role::Plain || text.is_empty() {
            return self.writer.write_all(text.as_bytes());
        }
        let style = role.style();
        write!(self.writer, "{}{text}{}", style.render(), style.render_reset())
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Whether to use colour on a stream.
pub fn use_color(when: ColorWhen, terminal: bool) -> bool {
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto => {
            terminal
                && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
                && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
        }
    }
}

fn width(terminal: bool) -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|c| c.trim().parse::<usize>().ok()).filter(|c| *c > 0);
    let seen = || terminal.then(terminal_size::terminal_size).flatten().map(|(w, _)| usize::from(w.0));
    asked.or_else(seen).unwrap_or(DEFAULT_WIDTH).clamp(NARROWEST, WIDEST)
}
