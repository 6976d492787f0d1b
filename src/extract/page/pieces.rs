//! Dates outside marked elements: beside a word such as "published", or alone in a line of their own.

use crate::extract::markup::references::unescape;
use crate::extract::page::ends::{head_of, tail_of};

/// A piece of text that may hold a whole date.
#[derive(Debug)]
pub(crate) struct DatePiece {
    /// What stands before it on the page, its last [`BEFORE_BYTES`].
    pub before: String,
    /// The piece.
    pub text: String,
    /// Whether it lies in a sidebar, in comments, among related articles or in the footer.
    pub is_aside: bool,
    /// Whether it is a cell of a table or a fact of a list.
    pub is_cell: bool,
    /// How many bytes of text come before it.
    pub at: usize,
}

/// The pieces of a page, gathered while it is looked through.
#[derive(Debug, Default)]
pub(crate) struct DatePieces {
    pub kept: Vec<DatePiece>,
    /// How many bytes of text come before the headline.
    pub heading_at: Option<usize>,
    recent: String,
    at: usize,
}

/// A longer piece is a paragraph, whose dates are those of what it tells.
const PIECE_BYTES: usize = 160;
const BEFORE_BYTES: usize = 60;
/// A page with more is a list, and its first ones count.
const MAX_PIECES: usize = 300;

impl DatePieces {
    /// Notes that the headline begins.
    pub fn heading(&mut self) {
        self.heading_at.get_or_insert(self.at);
    }

    /// Takes the next piece of the page's text, with its references unresolved.
    pub fn take(&mut self, raw: &str, is_aside: bool, is_cell: bool) {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            return;
        }
        if trimmed.len() <= PIECE_BYTES && may_hold_year(trimmed) && self.kept.len() < MAX_PIECES {
            let text = unescape(trimmed).into_owned();
            self.kept.push(DatePiece { before: self.recent.clone(), text, is_aside, is_cell, at: self.at });
        }
        self.recent.push(' ');
        self.recent.push_str(&unescape(tail_of(trimmed, BEFORE_BYTES)));
        self.recent = tail_of(&self.recent, BEFORE_BYTES).to_owned();
        self.at += trimmed.len();
    }
}

/// Whether there are four digits together, or digits of another script.
fn may_hold_year(text: &str) -> bool {
    text.as_bytes().windows(4).any(|w| w.iter().all(u8::is_ascii_digit))
        || text.chars().any(|c| !c.is_ascii() && c.is_numeric())
}

/// What the words before a date call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Published,
    Updated,
}

/// Stems of words for publication, lower case, in the languages of [`crate::lang::months`].
const PUBLISHED: &[&str] = &[
    "publish",
    "posted",
    "pubdate",
    "veröffentlicht",
    "publiziert",
    "erschienen",
    "erstellt am",
    "publié",
    "publication",
    "mis en ligne",
    "publicad",
    "publicaci",
    "publicat",
    "pubblicat",
    "gepubliceerd",
    "geplaatst",
    "publicera",
    "udgivet",
    "offentliggjort",
    "publisert",
    "julkaistu",
    "avaldatud",
    "publicēt",
    "paskelbta",
    "opublikowan",
    "data publikacji",
    "publikováno",
    "vydáno",
    "zverejnené",
    "objavljen",
    "megjelen",
    "közzétéve",
    "опублик",
    "дата публикации",
    "опублік",
    "дата публікації",
    "публикуван",
    "објављен",
    "yayın",
    "eklenme",
    "δημοσιε",
    "نشر",
    "منتشر",
    "شائع",
    "प्रकाशित",
    "প্রকাশ",
    "diterbitkan",
    "dipublikasi",
    "diposting",
    "đăng",
    "เผยแพร่",
    "发布",
    "發布",
    "发表",
    "公開",
    "掲載",
    "配信",
    "입력",
    "등록",
    "פורסם",
    "publikua",
];

/// Stems of words for a later change.
const UPDATED: &[&str] = &[
    "updat",
    "modified",
    "edited",
    "revised",
    "stand:",
    "aktualisiert",
    "geändert",
    "mis à jour",
    "mise à jour",
    "modifié",
    "actualiz",
    "atualiz",
    "aggiorna",
    "bijgewerkt",
    "gewijzigd",
    "uppdatera",
    "opdater",
    "oppdater",
    "päivitetty",
    "uuendatud",
    "atjaunin",
    "atnaujinta",
    "aktualiz",
    "ažuriran",
    "frissít",
    "обновл",
    "изменен",
    "оновлен",
    "змінено",
    "обновен",
    "ажурира",
    "güncel",
    "ενημέρωσ",
    "تحديث",
    "به‌روز",
    "به روز",
    "अपडेट",
    "আপডেট",
    "diperbarui",
    "cập nhật",
    "อัปเดต",
    "更新",
    "수정",
    "עודכן",
    "përditësuar",
];

/// What the last words before a date call it; the nearest word decides.
pub(crate) fn label_of(before: &str) -> Option<Label> {
    let before = before.to_lowercase();
    let last = |stems: &[&str]| stems.iter().filter_map(|stem| before.rfind(stem)).max();
    match (last(PUBLISHED), last(UPDATED)) {
        (None, None) => None,
        (published, updated) if published > updated => Some(Label::Published),
        _ => Some(Label::Updated),
    }
}

/// Whether a text begins by speaking of a change and not of publication.
pub(crate) fn speaks_of_update(text: &str) -> bool {
    label_of(head_of(text.trim(), 40)) == Some(Label::Updated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_says_what_a_date_is() {
        for (before, label) in [
            ("Veröffentlicht am ", Some(Label::Published)),
            ("Posted by A. Reporter on ", Some(Label::Published)),
            ("Published 3 May 2018 | Last updated: ", Some(Label::Updated)),
            ("Обновлено 4 мая, опубликовано ", Some(Label::Published)),
            ("The bridge was opened on ", None),
        ] {
            assert_eq!(label_of(before), label, "{before}");
        }
    }

    #[test]
    fn short_pieces_with_a_year_are_kept_with_what_stands_before() {
        let mut dates = DatePieces::default();
        dates.take("Posted on", false, false);
        dates.heading();
        dates.take(" 3 May 2018 ", true, false);
        dates.take("The talks of 2018 went on. ".repeat(10).as_str(), false, false);
        let [found] = &dates.kept[..] else { panic!("{:?}", dates.kept) };
        assert_eq!((found.before.trim(), found.text.as_str(), found.is_aside), ("Posted on", "3 May 2018", true));
        assert_eq!(dates.heading_at, Some(found.at));
    }
}
