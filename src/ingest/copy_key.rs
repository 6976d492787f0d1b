//! By what copies are known: articles of one key carry the same report, and are one answer.
//!
//! Equal texts alone do not make copies. "Shelling in Kharkiv" on ten days is ten reports, a table has thousands of rows in
//! the same few words, and a wire sends ten headlines over one empty text. So a short text has to agree in its day too, and
//! in all that tells reports of one day apart; only a long one is no coincidence. The key is made from the article alone:
//! what else is in the index, and when it came, changes nothing.

use xxhash_rust::xxh3::Xxh3;

use crate::model::article::{Article, GivenFacts};
use crate::model::days::DayRange;
use crate::words::is_unspaced;

/// A text of so many words is a copy wherever it stands again, on whatever day.
///
/// Measured on 28 November 2026 over 17,000 articles of two news corpora (10,788 of a newswire of 1987, 5,594 of 1987 to
/// 2017) and 466 dated sentences: of texts of fewer words than this that stand on several days, each is another report every
/// time, the longest a notice of 38 words that a central bank gave three times; of this many words and more, 152 texts stand
/// on several days, the shortest of 63 words, and all are one report printed again. See docs/quality.md.
pub const LONG_TEXT_WORDS: usize = 60;

/// Characters of a script without spaces that count as a word. A Chinese word has about 1.7, a Thai one 4.5: rather too many,
/// as reports that are taken for copies are lost from counts.
const UNSPACED_A_WORD: usize = 4;

/// The key that copies of an article share; `None` where it can have none: it has no text, or a short one and no known day.
///
/// - A long text ([`LONG_TEXT_WORDS`]) is its own key.
/// - A short one agrees with its day (of publication, else the day that a record gives for its event), its headline, and all
///   that a record gives of place and time.
/// - A row of a table of events (one that gives a day or coordinates) is an event, however long its text: it agrees with its
///   own id as well. Two rows with one id are one, whatever is known of its day.
pub fn copy_key(article: &Article) -> Option<u64> {
    let text = article.text.trim();
    if text.is_empty() {
        return None;
    }
    let event = article.given.as_ref().filter(|given| given.days.is_some() || given.coordinates.is_some());
    let mut key = Key::default();
    key.part(text.as_bytes());
    if event.is_none() && is_long(text) {
        return Some(key.0.digest());
    }
    let event_id = event.and(article.record.as_deref());
    let published = article.published.map(|published| published.range);
    let day = published.filter(is_day).or(event.and_then(|given| given.days).filter(is_day));
    if day.is_none() && event_id.is_none() {
        return None;
    }
    key.days(published);
    let title: Vec<String> = article.title.split_whitespace().map(str::to_lowercase).collect();
    key.part(title.join(" ").as_bytes());
    if let Some(given) = &article.given {
        key.given(given);
        key.part(event_id.unwrap_or_default().as_bytes());
    }
    Some(key.0.digest())
}

fn is_day(days: &DayRange) -> bool {
    days.days() == 1
}

/// Whether a text has [`LONG_TEXT_WORDS`].
fn is_long(text: &str) -> bool {
    let is_word = |run: &&str| run.contains(char::is_alphanumeric) && !run.contains(is_unspaced);
    let spaced = text.split_whitespace().filter(is_word).take(LONG_TEXT_WORDS).count();
    let unspaced = || text.chars().filter(|c| is_unspaced(*c)).count() / UNSPACED_A_WORD;
    spaced >= LONG_TEXT_WORDS || spaced + unspaced() >= LONG_TEXT_WORDS
}

/// A hash of parts, each told apart from the next.
#[derive(Default)]
struct Key(Xxh3);

impl Key {
    fn part(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn days(&mut self, days: Option<DayRange>) {
        match days {
            Some(days) => self.part(&[days.from.0.to_le_bytes(), days.to.0.to_le_bytes()].concat()),
            None => self.part(&[]),
        }
    }

    fn given(&mut self, given: &GivenFacts) {
        self.days(given.days);
        self.part(given.country.as_deref().unwrap_or_default().as_bytes());
        given.place_names.iter().for_each(|name| self.part(name.as_bytes()));
        match given.coordinates {
            Some((lat, lon)) => self.part(&[lat.to_le_bytes(), lon.to_le_bytes()].concat()),
            None => self.part(&[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::{Origin, Published};
    use crate::model::days::Day;

    fn report(text: &str, day: i32) -> Article {
        let range = DayRange::day(Day(day));
        let published = Some(Published { range, from: Origin::Record });
        Article { text: text.to_owned(), published, ..Article::default() }
    }

    fn undated(text: &str) -> Article {
        Article { text: text.to_owned(), ..Article::default() }
    }

    #[test]
    fn a_short_text_is_a_copy_on_the_same_day_only() {
        let key = |day| copy_key(&report("Shelling in Kharkiv", day)).unwrap();
        assert_eq!(key(5), copy_key(&report(" Shelling in Kharkiv\n", 5)).unwrap());
        assert_ne!(key(5), key(6));
        let titled = |title: &str| copy_key(&Article { title: title.to_owned(), ..report("(no text)", 5) });
        assert_eq!(titled("Talks  begin"), titled("TALKS BEGIN"));
        assert_ne!(titled("Talks begin"), titled("Talks end"));
    }

    #[test]
    fn a_short_text_of_no_known_day_has_no_copy() {
        assert_eq!(copy_key(&undated("Shelling in Kharkiv")), None);
        let mut month = report("Shelling in Kharkiv", 5);
        month.published = month.published.map(|p| Published { range: DayRange::month(2024, 3).unwrap(), ..p });
        assert_eq!(copy_key(&month), None, "two of one month need not be of one day");
        assert_eq!(copy_key(&report(" \n", 5)), None);
    }

    #[test]
    fn a_long_text_is_a_copy_on_any_day_and_on_none() {
        let words = |n: usize| "word ".repeat(n);
        let long = words(LONG_TEXT_WORDS);
        assert_eq!(copy_key(&report(&long, 5)), copy_key(&undated(&long)));
        let short = words(LONG_TEXT_WORDS - 1);
        assert_ne!(copy_key(&report(&short, 5)), copy_key(&report(&short, 6)));
        let marks = format!("{short} — * *");
        assert_eq!(copy_key(&undated(&marks)), None, "marks are no words");
        let characters = "停火".repeat(UNSPACED_A_WORD * LONG_TEXT_WORDS / 2);
        assert_eq!(copy_key(&report(&characters, 5)), copy_key(&report(&characters, 6)));
        assert_eq!(copy_key(&undated(&characters["停火".len()..])), None);
    }

    #[test]
    fn rows_of_a_table_of_events_differ_by_id_place_and_day_however_long_their_text() {
        let row = |id: Option<&str>, lat: f64, days: Option<DayRange>, text: &str| {
            let coordinates = Some((lat, 36.2));
            let given = GivenFacts { days, coordinates, ..GivenFacts::default() };
            Article { record: id.map(str::to_owned), given: Some(given), ..undated(text) }
        };
        let day = Some(DayRange::day(Day(5)));
        let long = "word ".repeat(2 * LONG_TEXT_WORDS);
        for text in ["Shelling", long.as_str()] {
            let one = copy_key(&row(Some("E1"), 50.0, day, text));
            assert!(one.is_some() && one == copy_key(&row(Some("E1"), 50.0, day, text)));
            for other in [
                row(Some("E2"), 50.0, day, text),
                row(Some("E1"), 50.1, day, text),
                row(Some("E1"), 50.0, Some(DayRange::day(Day(6))), text),
                row(None, 50.0, day, text),
            ] {
                assert_ne!(one, copy_key(&other));
            }
            assert!(copy_key(&row(None, 50.0, day, text)).is_some());
            let month = DayRange::month(2024, 3);
            assert!(copy_key(&row(Some("E1"), 50.0, month, text)).is_some());
            assert_eq!(copy_key(&row(None, 50.0, month, text)), None);
        }
    }
}
