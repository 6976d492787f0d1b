//! Answers for a person at a terminal. Everything that comes from an archive is made safe before it is printed.

mod article;
mod facet_by_time;
mod hit;
mod place;
mod status;
mod tables;

pub use crate::cli::printer::text::article::article;
pub use crate::cli::printer::text::facet_by_time::facet_by_time;
pub use crate::cli::printer::text::hit::{HitContext, dry_run, hit, partial_divider, path_to_open, summary};
pub use crate::cli::printer::text::place::{place, region};
pub use crate::cli::printer::text::status::status;
pub use crate::cli::printer::text::tables::{facets, timeline};
