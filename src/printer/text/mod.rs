//! Answers for a person at a terminal. Everything that comes from an archive is made safe before it is printed.

mod article;
mod hit;
mod place;
mod status;
mod tables;

pub use article::{ArticleView, Matches, article};
pub use hit::{HitContext, dry_run, hit, partial_divider, path_to_open, summary};
pub use place::{place, region};
pub use status::status;
pub use tables::{bucket_label, facets, timeline};
