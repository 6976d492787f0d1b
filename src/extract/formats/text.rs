//! Plain text and Markdown, with or without YAML front matter. The text is kept to the byte.

use serde_json::Value;

use crate::archive::field::Field;
use crate::extract::article::{article_of, complete, date_from_field};
use crate::extract::decode::decode;
use crate::extract::fields::{Values, one_line};
use crate::extract::formats::json::text_of_value;
use crate::extract::record::{Format, Outcomes, Problem, RawRecord};
use crate::extract::settings::ExtractSettings;
use crate::model::article::Origin;

/// The longest front matter that is looked for. Bytes.
const MAX_FRONT_MATTER_BYTES: usize = 64 << 10;

/// The longest first line that is taken for a headline. Characters; agencies' style guides stop at about 100.
const MAX_HEADLINE_CHARS: usize = 120;

pub(crate) fn read(record: &RawRecord, bytes: Vec<u8>, format: Format, settings: &ExtractSettings, out: &mut Outcomes) {
    let encoding = settings.archive.facts_of(&record.path).encoding;
    let decoded = match decode(bytes, encoding.as_deref()) {
        Ok(decoded) => decoded,
        Err(reason) => {
            return out.push_problem(Problem::skip(&record.path, reason));
        }
    };
    let mut article = article_of(record);
    article.lines_are_files = true;
    article.warnings.extend(decoded.warning);
    let mut text = decoded.text;
    let mut date = None;
    if let Some((yaml, at)) = front_matter(&text) {
        match values_of(yaml) {
            Ok(mut values) => {
                let lines = text.as_bytes().iter().take(at).filter(|&&b| b == b'\n').count();
                article.first_line = article.first_line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
                text.drain(..at);
                // A text within the front matter would have no lines of its own; the body is the text where there is one.
                let own = values.take(Field::Text);
                if text.trim().is_empty()
                    && let Some(own) = own
                {
                    text = own;
                    article.lines_are_files = false;
                }
                date = values.fill(&mut article, Origin::FrontMatter);
            }
            Err(reason) => article.warnings.push(format!("front matter that cannot be read ({reason}); kept as text")),
        }
    } else if begins_front_matter(&text) {
        article.warnings.push("front matter without an end (a line of three hyphens); kept as text".into());
    }
    if text.trim().is_empty() && article.title.is_empty() {
        return out.push_problem(Problem::skip(&record.path, "empty: no text in it"));
    }
    if article.title.is_empty()
        && let Some(title) = headline(&text, format)
    {
        article.title = title;
        article.origins.push(("title", Origin::FirstLines));
    }
    article.text = text;
    if let Some(date) = date {
        date_from_field(&mut article, &date, Origin::FrontMatter, settings);
    }
    complete(&mut article, record, settings);
    out.push_article(article);
}

/// The YAML between a first line `---` and the next line `---` or `...`, and the byte at which the text after it begins.
fn front_matter(text: &str) -> Option<(&str, usize)> {
    let first = text.split_inclusive('\n').next()?;
    if first.trim_end() != "---" || !first.ends_with('\n') {
        return None;
    }
    let mut at = first.len();
    for line in text.get(at..)?.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((text.get(first.len()..at)?, at + line.len()));
        }
        at += line.len();
        if at > MAX_FRONT_MATTER_BYTES {
            break;
        }
    }
    None
}

/// Whether a text begins as front matter does: a line of three hyphens, then a name with a value.
fn begins_front_matter(text: &str) -> bool {
    let mut lines = text.lines();
    let opens = lines.next().is_some_and(|l| l.trim_end() == "---");
    let name = lines.next().and_then(|l| l.split_once(':')).map(|(name, _)| name.trim());
    opens && name.is_some_and(|n| Field::of_any_name(n).is_some())
}

fn values_of(yaml: &str) -> Result<Values, String> {
    let mut values = Values::default();
    if yaml.trim().is_empty() {
        return Ok(values);
    }
    let parsed: Value = serde_saphyr::from_str(yaml).map_err(|e| {
        let message = e.to_string();
        one_line(message.lines().next().unwrap_or("not YAML"))
    })?;
    let Value::Object(map) = parsed else { return Err("not a list of names and values".into()) };
    for (name, value) in &map {
        if let Some((field, rank)) = Field::of_any_name(name)
            && let Some(text) = text_of_value(value)
        {
            values.offer(field, rank, text);
        }
    }
    Ok(values)
}

/// The headline at the head of a text: a short line that ends like no sentence, with an empty line after it; in Markdown
/// also a first heading.
fn headline(text: &str, format: Format) -> Option<String> {
    let mut lines = text.lines().skip_while(|l| l.trim().is_empty());
    let first = lines.next()?.trim();
    let next = lines.next().map(str::trim);
    if format == Format::Markdown || first.starts_with("# ") {
        if let Some(heading) = first.strip_prefix("# ") {
            let heading = one_line(heading.trim_end_matches('#'));
            return (!heading.is_empty()).then_some(heading);
        }
        if next.is_some_and(|n| n.len() >= 3 && n.bytes().all(|b| b == b'=')) {
            return Some(one_line(first));
        }
    }
    let is_alone = next.is_some_and(str::is_empty) && lines.any(|l| !l.trim().is_empty());
    let is_short = first.chars().count() <= MAX_HEADLINE_CHARS && first.split_whitespace().count() >= 2;
    let ends_open = !first.ends_with(['.', ':', ';', ',', '-', '–', '—', '…', '。']);
    let starts_well = first.chars().next().is_some_and(|c| c.is_alphanumeric() || "\"'“‘«".contains(c));
    // "BERNE, Oct 19 -" and "(Reuters)" are the beginning of a report and not its title; so is a line that is a date.
    let is_words = first.chars().filter(|c| c.is_alphabetic()).count() * 2 > first.chars().count();
    (is_alone && is_short && ends_open && starts_well && is_words).then(|| one_line(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_first_line_with_an_empty_line_after_it_is_a_headline() {
        let title = |text| headline(text, Format::Text);
        assert_eq!(
            title("Talks resume in the border town\n\nThe two sides met.\n").as_deref(),
            Some("Talks resume in the border town")
        );
        assert_eq!(title("The two sides met on Tuesday.\n\nThey parted.\n"), None);
        assert_eq!(title("Talks resume in the border town\nThe two sides met.\n"), None);
        assert_eq!(title("Talks resume in the border town\n\n"), None);
        assert_eq!(title("11 May 2025\n\nThe two sides met.\n"), None);
        assert_eq!(
            headline("# Talks resume\n\nThe two sides met.\n", Format::Markdown).as_deref(),
            Some("Talks resume")
        );
    }

    #[test]
    fn front_matter_ends_at_its_line_and_needs_one() {
        assert_eq!(front_matter("---\ntitle: A\n---\nText\n"), Some(("title: A\n", 17)));
        assert_eq!(front_matter("---\r\ntitle: A\r\n---\r\nText"), Some(("title: A\r\n", 20)));
        assert_eq!(front_matter("---\ntitle: A\nText\n"), None);
        assert_eq!(front_matter("--- a\n---\n"), None);
        assert_eq!(front_matter(""), None);
        assert!(begins_front_matter("---\ntitle: A\nText\n") && !begins_front_matter("---\nA rule: above this text\n"));
    }

    #[test]
    fn front_matter_gives_scalars_lists_and_dates() {
        let values =
            values_of("title: 'A: b'\nid: 17\ndate: 2025-05-11\nauthors: [A. One, B. Two]\nnote: {x: 1}\n").unwrap();
        assert_eq!(values.get(Field::Title), Some("A: b"));
        assert_eq!(values.get(Field::Id), Some("17"));
        assert_eq!(values.get(Field::Date), Some("2025-05-11"));
        assert_eq!(values.get(Field::Byline), Some("A. One, B. Two"));
        assert!(values_of("title: [unclosed\n").is_err());
    }
}
