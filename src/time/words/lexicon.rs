//! The English words that speak of time, with what each may mean.

use crate::lang::time::{Class, Row};
use std::sync::LazyLock;

/// Parts of the day as the value of a `PartOfDay` token: the suffix of the TIMEX3 value (TimeML 1.2.1, section 2.2.2.3).
pub(crate) const PARTS_OF_DAY: [&str; 8] = ["TMO", "TAF", "TEV", "TNI", "TDT", "T12:00", "T24:00", "TMO"];
pub(crate) const NIGHT: i16 = 3;

/// Seasons as the value of a `Season` token.
pub(crate) const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

/// Days with a name and a fixed place in the year, as the value of a `Holiday` token: (month, day), or a rule of their own.
pub(crate) const HOLIDAY_THANKSGIVING: i16 = -1;
pub(crate) const HOLIDAY_EASTER: i16 = -2;
pub(crate) const BOXING_DAY: i16 = 1226;

use Class::*;

/// Class, first value, step from one word to the next, words.
const ROWS: &[Row] = &[
    (Month, 1, 1, "january february march april may june july august september october november december"),
    (MonthAbbr, 1, 1, "jan feb mar apr - jun jul aug sep oct nov dec"),
    (MonthAbbr, 9, 0, "sept"),
    (Weekday, 1, 1, "monday tuesday wednesday thursday friday saturday sunday"),
    (WeekdayAbbr, 1, 1, "mon tue wed thu fri sat sun"),
    (WeekdayAbbr, 2, 0, "tues"),
    (WeekdayAbbr, 3, 0, "weds"),
    (WeekdayAbbr, 4, 0, "thur thurs"),
    (Unit, 0, 1, "- minute hour day week fortnight month quarter year decade century millennium"),
    (Units, 0, 1, "seconds minutes hours days weeks fortnights months quarters years decades centuries millennia"),
    (Units, 1, 0, "mins"),
    (Units, 2, 0, "hrs"),
    (Units, 8, 0, "yrs"),
    (Weekend, 0, 0, "weekend"),
    (Season, 0, 1, "spring summer autumn winter"),
    (Season, 2, 0, "fall"),
    (Season, 0, 1, "springtime summertime - wintertime"),
    (PartOfDay, 0, 1, "morning afternoon evening night daytime noon midnight dawn"),
    (PartOfDay, 5, 0, "midday"),
    (PartOfDay, 3, 0, "nighttime"),
    (PartOfDay, 2, 0, "dusk"),
    (
        Cardinal,
        0,
        1,
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    ),
    (Cardinal, 30, 10, "thirty forty fifty sixty seventy eighty ninety"),
    (Cardinal, 12, 0, "dozen"),
    (Cardinal, 2, 0, "couple"),
    (Hundred, 100, 0, "hundred"),
    (Hundred, 1000, 0, "thousand"),
    (Few, 0, 0, "few several many some various numerous"),
    (Half, 0, 0, "half"),
    (
        Ordinal,
        1,
        1,
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    ),
    (Ordinal, 30, 0, "thirtieth"),
    (Today, 0, 0, "today"),
    (Today, -1, 0, "yesterday"),
    (Today, 1, 0, "tomorrow"),
    (Today, 2, 0, "tonight"),
    (Today, 3, 0, "overnight"),
    (Present, 0, 0, "now currently nowadays presently"),
    (PastRef, 0, 0, "recently lately"),
    (Future, 0, 0, "future"),
    (Recent, 0, 0, "recent"),
    (Article, 1, 0, "a an"),
    (The, 0, 0, "the"),
    (This, 0, 0, "this these"),
    (That, 0, 0, "that those"),
    (Last, 0, 0, "last"),
    (Next, 0, 0, "next"),
    (Past, 0, 0, "past"),
    (Previous, 0, 0, "previous preceding prior"),
    (Following, 0, 0, "following subsequent ensuing"),
    (Coming, 0, 0, "coming upcoming"),
    (Current, 0, 0, "current present latest"),
    (Same, 0, 0, "same very"),
    (Each, 0, 0, "each every per"),
    (Once, 0, 0, "once twice"),
    (Early, 0, 0, "early"),
    (Mid, 0, 0, "mid"),
    (Late, 0, 0, "late"),
    (Earlier, 0, 0, "earlier"),
    (Later, 0, 0, "later"),
    (Beginning, 0, 0, "beginning start outset onset opening"),
    (Middle, 0, 0, "middle"),
    (Ending, 0, 0, "end close eve"),
    (Ago, 0, 0, "ago"),
    (Before, 0, 0, "before"),
    (After, 0, 0, "after"),
    (Since, 0, 0, "since"),
    (Until, 0, 0, "until till til"),
    (From, 0, 0, "from"),
    (To, 0, 0, "to"),
    (Through, 0, 0, "through thru"),
    (Between, 0, 0, "between"),
    (And, 0, 0, "and"),
    (Or, 0, 0, "or"),
    (Of, 0, 0, "of"),
    (In, 0, 0, "in into within"),
    (On, 0, 0, "on"),
    (At, 0, 0, "at"),
    (By, 0, 0, "by"),
    (During, 0, 0, "during throughout over"),
    (About, 0, 0, "about around nearly almost roughly approximately some circa ca c least over barely"),
    (OClock, 0, 0, "clock"),
    (AmPm, 0, 12, "am pm"),
    (Zone, 0, 0, "gmt utc est edt cst cdt mst mdt pst pdt bst cet cest eet ist msk hours hrs"),
    (Bc, 0, 0, "bc bce"),
    (Ad, 0, 0, "ad ce"),
    (Fiscal, 0, 0, "fiscal financial"),
    (SetWord, 0, 1, "- - hourly daily weekly - monthly - yearly"),
    (SetWord, 8, 0, "annually"),
    (SetWord, 3, 0, "nightly everyday"),
    (Holiday, 1225, 0, "christmas xmas"),
    (Holiday, 1031, 0, "halloween"),
    (Holiday, BOXING_DAY, 0, "boxing"),
    (Holiday, HOLIDAY_THANKSGIVING, 0, "thanksgiving"),
    (Holiday, HOLIDAY_EASTER, 0, "easter"),
    (Will, 0, 0, "will shall ll going"),
    (Would, 0, 0, "would should could can must might"),
    (
        Planned,
        0,
        0,
        "planned plan plans planning scheduled schedule expected expects expect due slated hopes hope intends intend wants want forecast upcoming deadline anticipated anticipate effective expire expires payable postponed pending begins starts opens ready prepare preparing vowed pledged promised threatened",
    ),
    (Be, 0, 0, "is are am be being"),
    (Was, 0, 0, "was were been did"),
    (Have, 0, 0, "has have having"),
    (Had, 0, 0, "had"),
    (
        PastVerb,
        0,
        0,
        "said told met left began took made went came fell rose won lost sent held found saw gave got hit shot ran led spoke wrote became became broke brought built bought caught chose cut drew drove ate fought flew forgot forgave grew heard kept knew laid lay meant paid put quit read rang rode sat sang sank sold shook showed shut slept spent split spread stood stole struck swore swept swam taught thought threw understood woke wore wound withdrew retook overran undertook undertook fled sought rebuilt shrank slid slipped dealt dug hurt let",
    ),
    (
        Measure,
        0,
        0,
        "km kilometers kilometres miles mile meters metres feet foot ft yards inches acres hectares tons tonnes kg kilograms pounds lb barrels people troops soldiers men women children civilians deaths casualties prisoners jobs workers employees dollars dlrs cents euros rubles rupees percent pc points votes shares tanks aircraft planes missiles rockets rounds homes houses families refugees police officers fighters members inhabitants residents calories mph knots bpd mm cm horses guns ships vehicles students delegates seats pages words gallons liters litres watts megawatts volts m bn mln million billion trillion",
    ),
    (
        Numbered,
        0,
        0,
        "resolution resolutions no nos number article section room route highway flight page chapter bill apartment suite box unit model boeing airbus extension ext phone tel code zip paragraph clause interstate channel",
    ),
    (
        Newspaper,
        0,
        0,
        "times telegraph mirror express herald mail mercury age post standard tribune star sun independent business world people",
    ),
    (Old, 0, 0, "old older"),
    (More, 0, 0, "more additional extra another further other consecutive straight full whole entire"),
    (SetFor, 0, 0, "set"),
    (Ended, 0, 0, "ended"),
    (Pronoun, 0, 0, "his her its their our my your"),
];

/// The longest word of the lexicon fits: a key is its letters in lower case, one a byte.
pub(crate) const LONGEST_WORD_BYTES: usize = 16;

const SLOTS: usize = 2048;

/// Bits of the sieve: nine words in ten that the lexicon does not hold fall through it.
const SIEVE_BITS: usize = 8192;

/// The slot that stays free, in which words that the sieve does not let through are looked for.
const FREE_SLOT: usize = SLOTS;

/// Words by their letters, in one flat table of open addressing, behind a sieve that is small enough to stay in the
/// first-level cache. Whether a word passes cannot be foreseen, so that nothing branches on it.
pub(crate) struct Lexicon {
    sieve: [u64; SIEVE_BITS / 64],
    slots: Vec<(u128, Class, i16)>,
}

impl Lexicon {
    fn hash_of(key: u128) -> u64 {
        // Any odd multiplier spreads the letters; this one is 2^64 divided by the golden ratio (Knuth, volume 3, 6.4).
        let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
        folded.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    fn slot_of(hash: u64) -> usize {
        (hash >> 53) as usize % SLOTS
    }

    /// The place of a hash in the sieve: a word and a bit of it.
    fn mesh_of(hash: u64) -> (usize, u64) {
        let bit = (hash >> 51) as usize % SIEVE_BITS;
        (bit / 64, 1 << (bit % 64))
    }

    /// The table, built on first use.
    pub(crate) fn shared() -> &'static Lexicon {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
            let mut lexicon = Lexicon { sieve: [0; SIEVE_BITS / 64], slots: vec![(0, Class::Word, 0); SLOTS + 1] };
            for &(class, first, step, words) in ROWS {
                for (n, word) in (0_i16..).zip(words.split(' ')) {
                    if word != "-" {
                        lexicon.insert(key_of(word), class, first + n * step);
                    }
                }
            }
            lexicon
        });
        &LEXICON
    }

    /// The first class given for a word stays.
    fn insert(&mut self, key: u128, class: Class, value: i16) {
        let hash = Lexicon::hash_of(key);
        let (n, bit) = Lexicon::mesh_of(hash);
        self.sieve[n] |= bit;
        let mut at = Lexicon::slot_of(hash);
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.0 == key {
                return;
            }
            if slot.0 == 0 {
                *slot = (key, class, value);
                return;
            }
            at = (at + 1) % SLOTS;
        }
    }

    /// The class and value of a word given by its key; [`Class::Word`] where it has nothing to do with time.
    #[inline]
    pub(crate) fn get(&self, key: u128) -> (Class, i16) {
        let hash = Lexicon::hash_of(key);
        let (n, bit) = Lexicon::mesh_of(hash);
        let mut at = if self.sieve[n] & bit == 0 { FREE_SLOT } else { Lexicon::slot_of(hash) };
        while let Some(&(found, class, value)) = self.slots.get(at) {
            if found == key || found == 0 {
                return (class, value);
            }
            at = (at + 1) % SLOTS;
        }
        (Class::Word, 0)
    }
}

/// The key of a word of ASCII letters.
pub(crate) fn key_of(word: &str) -> u128 {
    word.bytes().fold(0, |key, b| key << 8 | u128::from(b | 0x20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_lexicon_is_found_in_any_case_and_fits_its_key() {
        for &(_, _, _, words) in ROWS {
            for word in words.split(' ').filter(|w| *w != "-") {
                assert!(word.len() < LONGEST_WORD_BYTES, "{word}");
                assert!(Lexicon::shared().get(key_of(&word.to_uppercase())).0 != Class::Word, "{word}");
            }
        }
        assert_eq!(Lexicon::shared().get(key_of("Wednesday")), (Class::Weekday, 3));
        assert_eq!(Lexicon::shared().get(key_of("missile")), (Class::Word, 0));
    }
}
