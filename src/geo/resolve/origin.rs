//! Whom an article is from: where its source is at home, and its dateline.

use crate::geo::evidence::features::ToponymFeature;
use crate::geo::geography::GeoInput;
use crate::geo::recognise::field::{Field, setting};
use crate::geo::recognise::names::Names;
use crate::geo::recognise::recognition::Recognition;
use crate::geo::recognise::text::token::form;
use crate::geo::resolve::source::{domain_country, home_names};
use crate::model::place::CountryCode;

/// What is known of an article's origin; places are groups of its recognition.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Origin {
    /// The place where the source is at home.
    pub(crate) home: Option<u32>,
    /// The country of the address's domain.
    pub(crate) domain_country: Option<CountryCode>,
    /// The place of the dateline.
    pub(crate) dateline: Option<u32>,
}

impl Origin {
    /// Finds the origin of an article and adds the names in source, address and dateline to its recognition.
    pub(crate) fn of<'g>(recognition: &mut Recognition<'g>, names: &mut Names<'g>, input: &GeoInput<'_>) -> Origin {
        let mut origin = Origin { domain_country: input.url.and_then(domain_country), ..Origin::default() };
        for name in home_names(recognition.gazetteer, input.source, input.url) {
            origin.home = whole_name(recognition, names, &name);
            if origin.home.is_some() {
                break;
            }
        }
        origin.dateline = match input.dateline {
            Some(line) if !line.is_empty() => first_name(recognition, names, line),
            _ => dateline_of_text(recognition),
        };
        origin
    }
}

/// The group of a name that fills a string.
fn whole_name<'g>(recognition: &mut Recognition<'g>, names: &mut Names<'g>, name: &str) -> Option<u32> {
    let field = Field::new(name);
    let mut matches = Vec::new();
    names.matches_at(&field, 0, &mut matches);
    let whole = matches.first().filter(|m| m.last + 1 == field.tokens.len())?;
    let group = recognition.group_of(names, &field, whole)?;
    recognition.groups.get_mut(group as usize)?.is_origin = true;
    Some(group)
}

/// The group of the first name in a dateline that was given apart from the text.
fn first_name<'g>(recognition: &mut Recognition<'g>, names: &mut Names<'g>, line: &str) -> Option<u32> {
    const MOST_TOKENS: usize = 4;
    let field = Field::new(line);
    let mut matches = Vec::new();
    for i in 0..field.tokens.len().min(MOST_TOKENS) {
        names.matches_at(&field, i, &mut matches);
        if let Some(name) = matches.first() {
            let group = recognition.group_of(names, &field, name)?;
            recognition.groups.get_mut(group as usize)?.is_origin = true;
            return Some(group);
        }
    }
    None
}

/// The group of a dateline at the head of the text: a name in capitals, or one before a dash or an agency in brackets.
fn dateline_of_text(recognition: &Recognition<'_>) -> Option<u32> {
    let first = recognition.mentions.iter().find(|m| m.field == 1)?;
    let field = recognition.fields.get(1)?;
    let at = first.first as usize;
    let marked = field.token(at)?.is(form::CAPITALS)
        || first.features.has_any(&[ToponymFeature::AfterDash, ToponymFeature::AfterOpen]);
    let head = field.setting(at) & setting::HEAD != 0 && at < 4;
    (head && marked && field.setting(at) & setting::CAPITALS == 0).then_some(first.group)
}
