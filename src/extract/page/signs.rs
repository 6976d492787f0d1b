//! What an element's name, class, id and other attributes say of its content: a date, the author, or not the article.

use crate::extract::page::date_names::{DATE_NAMES, DETAIL_NAMES};

/// What speaks for an element that may hold a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateSign {
    /// `itemprop="datePublished"` or a `<time pubdate>`.
    Declared,
    /// `<time>`.
    Time,
    /// `<abbr>` as in old microformats.
    Abbr,
    /// A class or id that names a date.
    Class,
    /// A class or id that names a byline, a header or details.
    Details,
}

/// Parts of class and id names of what is not the article.
const ASIDE_NAMES: &[&str] = &[
    "comment",
    "related",
    "recent",
    "sidebar",
    "navigation",
    "nav-links",
    "breadcrumb",
    "pagination",
    "footer",
    "teaser",
    "recommend",
    "widget",
    "most-read",
    "mostread",
    "popular",
    "trending",
    "latest-",
    "newsletter",
    "promo",
    "carousel",
    "disqus",
    "copyright",
    "weather",
    "breaking",
    "more-",
    "ticker",
    "caption",
    // The bar that the Internet Archive puts over the pages it has saved.
    "wm-ipp",
];

/// Class and id in lower case, `_` and camel case told apart by `-`.
pub(crate) fn names_of(class: Option<&str>, id: Option<&str>) -> String {
    let mut out = String::new();
    for part in [class, id].into_iter().flatten() {
        let mut last_lower = false;
        for c in part.chars().take(300) {
            if c.is_ascii_uppercase() && last_lower {
                out.push('-');
            }
            last_lower = c.is_ascii_lowercase();
            out.push(if c == '_' { '-' } else { c.to_ascii_lowercase() });
        }
        out.push(' ');
    }
    out
}

/// What speaks for it that an element may hold a date; `class` is from [`names_of`], `get` gives its attributes.
pub(crate) fn date_sign_of<'a>(name: &str, class: &str, get: &impl Fn(&str) -> Option<&'a str>) -> Option<DateSign> {
    if let Some(itemprop) = get("itemprop")
        && ["datepublished", "datecreated", "datemodified", "pubdate"]
            .iter()
            .any(|p| itemprop.to_lowercase().contains(p))
    {
        return Some(DateSign::Declared);
    }
    if get("property")
        .is_some_and(|p| ["schema:datepublished", "dc:date", "datepublished"].contains(&p.to_lowercase().as_str()))
    {
        return Some(DateSign::Declared);
    }
    match name {
        "time" if get("pubdate").is_some() => return Some(DateSign::Declared),
        "time" => return Some(DateSign::Time),
        "abbr" if get("title").is_some() || get("data-utime").is_some() => return Some(DateSign::Abbr),
        "body" | "html" | "main" | "article" | "script" | "img" | "form" | "button" | "ul" => return None,
        // A link whose class is a date's is the date; one that is called by its place is any link.
        "a" => return class.split(['-', ' ']).any(|part| part == "date").then_some(DateSign::Class),
        _ => {}
    }
    if DATE_NAMES.iter().any(|n| class.contains(n))
        && !["update-", "timeline", "candidate", "mandate", "sometime", "publisher", "public-", "republic"]
            .iter()
            .any(|n| class.contains(n))
    {
        return Some(DateSign::Class);
    }
    DETAIL_NAMES.iter().any(|n| class.contains(n)).then_some(DateSign::Details)
}

/// Whether a class or id names what is not the article. "has-sidebar" and "comments-open" speak of the whole page.
pub(crate) fn names_aside(class: &str) -> bool {
    class.split_ascii_whitespace().any(|word| {
        let of_page = ["has-", "with-", "no-", "without-"].iter().any(|p| word.starts_with(p))
            || ["-wrap", "-wrapper", "-open", "-closed", "-enabled", "-layout"].iter().any(|p| word.ends_with(p));
        let of_article = ["article-footer", "entry-footer", "post-footer", "story-footer"].contains(&word);
        !of_page && !of_article && ASIDE_NAMES.iter().any(|n| word.contains(n))
    })
}

/// Whether an element says that it names the author.
pub(crate) fn names_author<'a>(name: &str, class: &str, get: &impl Fn(&str) -> Option<&'a str>) -> bool {
    get("rel").is_some_and(|r| r.eq_ignore_ascii_case("author"))
        || get("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("author"))
        || (matches!(name, "a" | "span" | "div" | "p" | "address" | "li" | "strong")
            && class.split_ascii_whitespace().any(|c| {
                matches!(
                    c,
                    "author" | "byline" | "author-name" | "article-author" | "byline-name" | "writer" | "entry-author"
                )
            }))
}
