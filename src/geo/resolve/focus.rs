//! Focus countries: those that an article is about, not merely names.

use crate::model::mention::CountryMentions;
use crate::model::place::CountryCode;

/// The most focus countries of an article.
const MOST_FOCUS: usize = 3;
/// Bytes of the text that count as its lead: two or three sentences.
const LEAD_BYTES: u32 = 400;
/// How much a mention in the title and one in the lead weigh against one further down.
const TITLE_WEIGHT: f32 = 3.0;
const LEAD_WEIGHT: f32 = 2.0;
/// The part of the heaviest country's weight that a focus country has at least.
const LEAST_SHARE: f32 = 0.34;

/// One toponym that resolved to a country or into it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CountryMention {
    pub(crate) code: CountryCode,
    pub(crate) in_title: bool,
    pub(crate) start: u32,
    pub(crate) confidence: f32,
    /// Whether it stands in title or text; a dateline that was given apart weighs but is no mention.
    pub(crate) counted: bool,
}

/// The countries of an article by weight, the heaviest first, ties by code.
pub(crate) fn countries_of(mentions: &[CountryMention]) -> Vec<CountryMentions> {
    let mut sums: Vec<(CountryCode, u32, f32)> = Vec::new();
    for m in mentions {
        let place = match (m.in_title, m.start < LEAD_BYTES) {
            (true, _) => TITLE_WEIGHT,
            (false, true) => LEAD_WEIGHT,
            (false, false) => 1.0,
        };
        let weight = place * m.confidence;
        match sums.iter_mut().find(|(code, ..)| *code == m.code) {
            Some((_, count, sum)) => (*count, *sum) = (*count + u32::from(m.counted), *sum + weight),
            None => sums.push((m.code, u32::from(m.counted), weight)),
        }
    }
    sums.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    let least = sums.first().map_or(0.0, |(_, _, heaviest)| heaviest * LEAST_SHARE);
    sums.iter()
        .enumerate()
        .map(|(n, (code, count, sum))| CountryMentions {
            code: *code,
            mentions: *count,
            focus: n < MOST_FOCUS && *sum >= least && *sum > 0.0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(code: &str, in_title: bool, start: u32) -> CountryMention {
        CountryMention {
            code: code.parse().unwrap_or(CountryCode(*b"XX")),
            in_title,
            start,
            confidence: 0.9,
            counted: true,
        }
    }

    #[test]
    fn title_and_lead_outweigh_a_passing_mention() {
        let mut mentions = vec![mention("SD", true, 0), mention("SD", false, 30), mention("TD", false, 100)];
        mentions.extend([mention("FR", false, 3000)]);
        let countries = countries_of(&mentions);
        let focus: Vec<_> = countries.iter().filter(|c| c.focus).map(|c| c.code.to_string()).collect();
        assert_eq!(focus, ["SD", "TD"]);
        assert_eq!(countries.len(), 3);
    }

    #[test]
    fn at_most_three_countries_are_in_focus() {
        let mentions: Vec<_> = ["DE", "FR", "IT", "ES", "PT"].map(|c| mention(c, false, 900)).into();
        assert_eq!(countries_of(&mentions).iter().filter(|c| c.focus).count(), 3);
    }
}
