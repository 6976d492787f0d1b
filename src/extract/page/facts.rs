//! What a page says of its article besides text and date: title, byline, source, address, language.

use crate::extract::fields::{language_code, one_line, without_by};
use crate::extract::markup::references::unescape;
use crate::extract::page::json_ld::JsonLd;
use crate::extract::page::scan::Scan;
use crate::model::article::{Article, Origin};

/// Fills what the page says; each value from its surest place.
pub(crate) fn fill(article: &mut Article, scan: &Scan, json_ld: &JsonLd) {
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            scan.metas.iter().find(|(k, v)| k == name && !v.trim().is_empty()).map(|(_, v)| one_line(v))
        })
    };
    let site = meta(&["og:site_name", "application-name", "al:ios:app_name"]);
    let mut keep = |name: &'static str, found: Option<(String, Origin)>| {
        let (value, origin) = found?;
        article.origins.push((name, origin));
        Some(value)
    };
    let address = || {
        let canonical = scan.canonical.clone().map(|u| (u, Origin::Markup));
        let canonical = canonical.or_else(|| meta(&["og:url", "twitter:url", "al:web:url"]).map(|u| (u, Origin::Meta)));
        let found = canonical.or_else(|| json_ld.url.clone().map(|u| (u, Origin::JsonLd)));
        found
            .map(|(url, from)| (url.trim().to_owned(), from))
            .filter(|(u, _)| u.starts_with("http://") || u.starts_with("https://"))
    };
    let url = keep("url", address());
    let source = keep(
        "source",
        site.clone()
            .map(|s| (s, Origin::Meta))
            .or_else(|| json_ld.publisher.clone().map(|s| (s, Origin::JsonLd)))
            .or_else(|| {
                meta(&["dc.publisher", "dcterms.publisher", "citation_journal_title", "publisher"])
                    .map(|s| (s, Origin::Meta))
            })
            .or_else(|| url.as_deref().and_then(host_of).map(|h| (h, Origin::Url))),
    );
    let title = keep("title", title_of(scan, json_ld, source.as_deref(), &meta));
    let byline = keep("byline", byline_of(scan, json_ld, &meta));
    let language = [
        scan.language.clone().map(|l| (l, Origin::Markup)),
        meta(&["og:locale", "content-language", "dc.language", "language"]).map(|l| (l, Origin::Meta)),
        json_ld.language.clone().map(|l| (l, Origin::JsonLd)),
    ];
    let language =
        keep("language", language.into_iter().flatten().find_map(|(l, from)| Some((language_code(&l)?, from))));
    article.url = url;
    article.source = source;
    article.title = title.unwrap_or_default();
    article.byline = byline;
    article.language = language;
}

fn title_of(
    scan: &Scan,
    json_ld: &JsonLd,
    source: Option<&str>,
    meta: &impl Fn(&[&str]) -> Option<String>,
) -> Option<(String, Origin)> {
    let candidates = [
        json_ld.headline.clone().map(|t| (t, Origin::JsonLd)),
        meta(&["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline", "title"])
            .map(|t| (t, Origin::Meta)),
        Some((scan.heading.clone(), Origin::Markup)),
        Some((scan.title.clone(), Origin::Markup)),
    ];
    candidates
        .into_iter()
        .flatten()
        .map(|(t, from)| (without_site(&unescape(&t), source), from))
        .find(|(t, _)| !t.is_empty())
}

/// A title without the site's name after `|`, ` - `, `—`, `»` or `::`.
fn without_site(title: &str, source: Option<&str>) -> String {
    let title = one_line(title);
    let folded = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    for divider in [" | ", " – ", " — ", " - ", " » ", " :: ", " · ", " • "] {
        let Some((head, tail)) = title.rsplit_once(divider) else { continue };
        let is_site = source.is_some_and(|s| {
            let (s, t) = (folded(s), folded(tail));
            !t.is_empty() && (s.contains(&t) || t.contains(&s))
        });
        // After a bar a few words are the site's name nearly always.
        let is_short = divider == " | " && tail.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 3;
        if is_site || is_short {
            return without_site(head, source);
        }
    }
    title
}

fn byline_of(scan: &Scan, json_ld: &JsonLd, meta: &impl Fn(&[&str]) -> Option<String>) -> Option<(String, Origin)> {
    let named = json_ld.author.clone().map(|a| (a, Origin::JsonLd));
    let named = named.or_else(|| {
        let found = meta(&[
            "author",
            "article:author_name",
            "parsely-author",
            "dc.creator",
            "dcterms.creator",
            "sailthru.author",
            "byl",
            "citation_author",
            "twitter:data1",
        ]);
        found.map(|a| (a, Origin::Meta))
    });
    let marked = || scan.authors.iter().map(|a| one_line(a)).find(|a| !a.is_empty()).map(|a| (a, Origin::Markup));
    let is_name = |(a, _): &(String, Origin)| {
        !a.starts_with("http")
            && a.chars().count() <= 120
            && a.chars().any(char::is_alphabetic)
            && !a.contains("min read")
    };
    named
        .filter(is_name)
        .or_else(|| marked().filter(is_name))
        .map(|(a, from)| (without_by(&a).to_owned(), from))
        .filter(|(a, _)| !a.is_empty())
}

/// The host of an address without `www.`.
fn host_of(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?.trim_start_matches("www.").to_lowercase();
    (host.contains('.')).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_name_leaves_the_title() {
        assert_eq!(without_site("Bridge opens | News | Example Desk", Some("Example Desk")), "Bridge opens | News");
        assert_eq!(without_site("The bridge opens again | News", None), "The bridge opens again");
        assert_eq!(
            without_site("Talks - the second day - Example Desk", Some("Example Desk")),
            "Talks - the second day"
        );
        assert_eq!(without_site("Talks - the second day", None), "Talks - the second day");
    }

    #[test]
    fn hosts_come_without_www() {
        assert_eq!(host_of("https://www.Example.org:80/a").as_deref(), Some("example.org"));
        assert_eq!(host_of("nonsense"), None);
    }
}
