//! Where a source is at home, by its name and its address: a local paper mostly bears the name of its town.

use crate::geo::gazetteer::Gazetteer;
use crate::lang::names::{ADDRESS_PREFIXES, PAPER_NAMES, class, classes_of, word_hash};
use crate::model::place::CountryCode;

/// The fewest letters of a town's name that is read out of an address.
const LEAST_LETTERS: usize = 4;
/// Top-level domains that are used everywhere although a country's.
const GENERIC_COUNTRY_DOMAINS: [&str; 8] = ["tv", "co", "me", "io", "fm", "ai", "ly", "cc"];

/// The host of an address without port and user.
fn host_of(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    (host.contains('.') && host.is_ascii()).then(|| host.to_ascii_lowercase())
}

/// The country of an address by its top-level domain ("…co.uk").
pub(crate) fn domain_country(url: &str) -> Option<CountryCode> {
    let host = host_of(url)?;
    let top = host.rsplit('.').next()?;
    if GENERIC_COUNTRY_DOMAINS.contains(&top) {
        return None;
    }
    if top == "uk" { "GB".parse().ok() } else { top.parse().ok() }
}

/// Names that the source may be at home in, the likeliest first, written with capitals.
pub(crate) fn home_names(gazetteer: &Gazetteer, source: Option<&str>, url: Option<&str>) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(source) = source {
        let words: Vec<&str> =
            source.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
        let words: Vec<&str> = match words.split_first() {
            Some((first, rest)) if classes_of(word_hash(&first.to_ascii_lowercase())) & class::THE != 0 => {
                rest.to_vec()
            }
            _ => words,
        };
        let town: Vec<&str> =
            words.iter().copied().take_while(|w| !PAPER_NAMES.holds(&w.to_ascii_lowercase())).collect();
        if !town.is_empty() && town.len() < words.len() {
            names.push(town.join(" "));
        }
    }
    if let Some(host) = url.and_then(host_of) {
        let labels: Vec<&str> = host.split('.').collect();
        // The label before the public suffix ("co.uk", "com").
        let suffix = match labels.as_slice() {
            [.., second, top] if top.len() == 2 && second.len() <= 3 => 2,
            _ => 1,
        };
        if let Some(label) = labels.len().checked_sub(suffix + 1).and_then(|n| labels.get(n)) {
            names.extend(town_in(gazetteer, label));
        }
    }
    names
}

/// The town in a label such as "newtownherald" or "the-newtown-times".
fn town_in(gazetteer: &Gazetteer, label: &str) -> Option<String> {
    let mut rest: String = label.chars().filter(char::is_ascii_alphabetic).collect();
    let mut stripped = false;
    for prefix in ADDRESS_PREFIXES.iter() {
        if let Some(after) = rest.strip_prefix(prefix).filter(|after| after.len() >= LEAST_LETTERS) {
            // Only where what follows can be a town: "theherald", but not "Theodore".
            if prefix.len() > 1 && name_in(gazetteer, &rest).is_none() {
                rest = after.to_owned();
            }
        }
    }
    while let Some(word) = PAPER_NAMES.iter().filter(|w| rest.ends_with(w)).max_by_key(|w| w.len()) {
        if rest.len() < word.len() + LEAST_LETTERS {
            break;
        }
        rest.truncate(rest.len() - word.len());
        stripped = true;
    }
    if !stripped || rest.len() < LEAST_LETTERS || PAPER_NAMES.holds(&rest) {
        return None;
    }
    name_in(gazetteer, &rest)
}

/// The letters as a name of the gazetteer, in one word or two, with capitals.
fn name_in(gazetteer: &Gazetteer, letters: &str) -> Option<String> {
    if gazetteer.walk().step(letters).is_some_and(|walk| walk.is_name()) {
        return Some(capitalised(letters));
    }
    for at in 3..letters.len().saturating_sub(2) {
        let (first, second) = letters.split_at_checked(at)?;
        let two = gazetteer.walk().step(first).and_then(|walk| walk.step(second));
        if two.is_some_and(|walk| walk.is_name()) {
            return Some(format!("{} {}", capitalised(first), capitalised(second)));
        }
    }
    None
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_ascii_uppercase().to_string() + chars.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_domain_tells_the_country() {
        assert_eq!(domain_country("https://news.example.co.uk/a"), "GB".parse().ok());
        assert_eq!(domain_country("http://example.ge:80/x"), "GE".parse().ok());
        assert_eq!(domain_country("https://example.com/x.ng"), None);
        assert_eq!(domain_country("https://radio.example.fm"), None);
    }

    #[test]
    fn a_paper_is_at_home_in_the_town_of_its_name() {
        let gazetteer = Gazetteer::embedded();
        assert_eq!(home_names(gazetteer, Some("The Aberdeen Evening News"), None), ["Aberdeen"]);
        assert_eq!(home_names(gazetteer, None, Some("https://www.sacramentoherald.com/x")), ["Sacramento"]);
        assert_eq!(home_names(gazetteer, None, Some("https://www.fortworthtimes.com/x")), ["Fort Worth"]);
        assert!(home_names(gazetteer, Some("Reuters"), Some("https://www.example.org")).is_empty());
    }
}
