//! What a word may be for the rules of dates: its class, its value, and what else it means.

/// What a token is, as far as dates are concerned.
///
/// Words come after everything that is none; [`Class::Word`] has nothing to do with dates by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Class {
    // Not words.
    Number,
    NumberOrdinal,
    NumberPlural,
    Grouped,
    Comma,
    Dot,
    Dash,
    Slash,
    Colon,
    Apostrophe,
    Quote,
    Open,
    Close,
    Percent,
    Currency,
    Stop,
    Other,
    Break,
    End,
    // Words.
    Word,
    Month,
    MonthAbbr,
    Weekday,
    WeekdayAbbr,
    Unit,
    Units,
    Weekend,
    Season,
    PartOfDay,
    Cardinal,
    Hundred,
    Few,
    Half,
    Ordinal,
    Today,
    Present,
    PastRef,
    Future,
    Recent,
    Article,
    The,
    This,
    That,
    Last,
    Next,
    Past,
    Previous,
    Following,
    Coming,
    Current,
    Same,
    Each,
    Once,
    Early,
    Mid,
    Late,
    Earlier,
    Later,
    Beginning,
    Middle,
    Ending,
    Ago,
    Before,
    After,
    Since,
    Until,
    From,
    To,
    Through,
    Between,
    And,
    Or,
    Of,
    In,
    On,
    At,
    By,
    During,
    About,
    OClock,
    AmPm,
    Zone,
    Bc,
    Ad,
    Fiscal,
    SetWord,
    Holiday,
    Will,
    Would,
    Planned,
    Be,
    Was,
    Have,
    Had,
    PastVerb,
    Measure,
    Numbered,
    Newspaper,
    Old,
    More,
    Pronoun,
    SetFor,
    Ended,
}

/// Units of time as the value of a `Unit` or `Units` token, from the shortest to the longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i16)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    pub(crate) const ALL: [Unit; 12] = [
        Unit::Second,
        Unit::Minute,
        Unit::Hour,
        Unit::Day,
        Unit::Week,
        Unit::Fortnight,
        Unit::Month,
        Unit::Quarter,
        Unit::Year,
        Unit::Decade,
        Unit::Century,
        Unit::Millennium,
    ];
}

/// What a word is besides its class: senses that single rules ask for, and doubts that some names carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Sense {
    /// Nothing more than its class says.
    Plain,

    // Names of months and weekdays.
    /// A month that is a verb in small letters ("march").
    Verb,
    /// A month that is a modal verb in small letters, and speaks of what is to come ("may").
    ModalVerb,
    /// A month that is a given name too.
    GivenName,
    /// A name that is written small in running text, and a date only with a day before it, a year behind it, or a date
    /// behind it.
    SmallName,
    /// The same, and with its dot only.
    Dotted,

    // Names of other times.
    /// A season whose name is a verb too ("fall").
    SeasonVerb,
    /// An adjective that makes a name of the weekday behind it ("Black Friday").
    NamesWeekday,
    /// A named day only with the word for "day" behind it ("Boxing Day").
    NeedsDay,
    /// "new", before the word for "year" and the day before or after the turn of the year.
    NewYear,
    /// The day before a named day.
    Eve,
    /// Ten years of the 20th century by their name; the value is the first of them.
    Decade,
    /// What happened on 11 September 2001.
    SeptemberAttacks,

    // Numbers.
    /// Counts the things behind it together, as no number in a year does ("a dozen").
    Collective,
    /// The same, with a link before the things ("a couple of").
    CollectiveOf,
    /// The last of several without being an ordinal ("the final quarter").
    Final,
    /// Joined by a dash to a year ("post-1990").
    YearPrefix,
    /// Ends as if it were a plural and is none.
    NoPlural,
    /// Compares ("more than").
    Than,
    /// Compares, behind an article ("a more").
    Comparative,
    /// Counts repetitions ("three times a year").
    Times,
    /// A rate, never a repetition ("per").
    Rate,

    // Pointers.
    /// A demonstrative of several things ("these").
    Plural,
    /// Strengthens and points at nothing ("the very day").
    Emphatic,
    /// "present" as an adjective.
    AtPresent,
    /// The most recent.
    Latest,
    /// Before now or before then ("previously").
    Previously,
    /// A length of time without measure ("period").
    Period,

    /// Tells that a text goes on from what it spoke of ("meanwhile").
    GoesOn,

    // Links.
    /// Behind a time, makes it the first of all that follow ("onwards").
    Onwards,
    /// "for" before a length of time, and behind a plan.
    For,
    /// "within" before a length of time.
    Within,
    /// A verb before a length of time ("lasted").
    Lasted,

    // Times of day.
    /// What "o'clock" begins with.
    ClockPrefix,
    /// "local", before the word for "time".
    Local,
    /// "time", behind the word for "local".
    Time,

    // Verbs and what is told by them.
    /// An infinitive of being, behind "to".
    Infinitive,
    /// A participle of being, behind "had".
    Participle,
    /// Behind it "to" is no infinitive ("according to").
    According,
    /// Says that something else came before.
    Followed,
    /// Sums and shares are spoken of.
    Money,
    /// The letter of a possessive ("Wednesday's").
    Possessive,

    // Signs.
    /// Behind the number of a year, as in "2025年".
    YearSign,
    /// Behind the number of a month.
    MonthSign,
    /// Behind the number of a day.
    DaySign,
}

/// Parts of the day as the value of a `PartOfDay` token: the suffix of the TIMEX3 value (TimeML 1.2.1, section 2.2.2.3).
pub(crate) const PARTS_OF_DAY: [&str; 8] = ["TMO", "TAF", "TEV", "TNI", "TDT", "T12:00", "T24:00", "TMO"];
/// The index of the night.
pub(crate) const NIGHT: i16 = 3;
/// The index of midnight.
pub(crate) const MIDNIGHT: i16 = 6;

/// Seasons as the value of a `Season` token.
pub(crate) const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];
/// The index of autumn.
pub(crate) const AUTUMN: i32 = 2;

/// The value of a `Holiday` token is month × 100 + day, or one of these rules: the fourth Thursday of November.
pub(crate) const HOLIDAY_THANKSGIVING: i16 = -1;
/// Easter Sunday.
pub(crate) const HOLIDAY_EASTER: i16 = -2;

/// The value of a `Today` token is the number of days from today, or one of these: today's night.
pub(crate) const TONIGHT: i32 = 2;
/// The night from yesterday to today.
pub(crate) const OVERNIGHT: i32 = 3;

/// Several words of one class, separated by spaces, whose values count up from the first; `-` takes a value and is no word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub class: Class,
    pub first: i16,
    pub step: i16,
    pub sense: Sense,
    pub words: &'static str,
}

impl Row {
    /// Words of a class, with the value 0.
    pub(crate) const fn of(class: Class, words: &'static str) -> Self {
        Row { class, first: 0, step: 0, sense: Sense::Plain, words }
    }

    /// The same with a sense besides.
    pub(crate) const fn with(class: Class, sense: Sense, words: &'static str) -> Self {
        Row { sense, ..Row::of(class, words) }
    }

    /// With this value each.
    pub(crate) const fn value(self, value: i16) -> Self {
        Row { first: value, ..self }
    }

    /// With values that count up from `first` by `step`.
    pub(crate) const fn counting(self, first: i16, step: i16) -> Self {
        Row { first, step, ..self }
    }
}

/// What letters that touch the number before them are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberEnding {
    /// They make it an ordinal ("5th").
    Ordinal,
    /// They make it a plural ("1990s").
    Plural,
    /// A word of its own ("5pm").
    Word,
}

/// What the ending of a word without a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordEnding {
    /// A noun in the plural.
    Plural,
    /// A verb in the past.
    Past,
}

/// What the rules know of a language besides its months and weekdays. Texts are read with the words of all languages.
#[derive(Debug)]
pub(crate) struct TimeWords {
    pub rows: &'static [Row],
    /// Abbreviations of two letters with a dot between: first and second letter in small, class, value.
    pub two_letters: &'static [(&'static str, &'static str, Class, i16)],
    /// Letters that touch the number before them, separated by spaces, in the capitals that they are written in.
    pub number_endings: &'static [(NumberEnding, &'static str)],
    /// The ending, what the word must not end in, and how many bytes it has at least.
    pub word_endings: &'static [(WordEnding, &'static str, &'static str, usize)],
    /// Words that stand between day and month in a date field.
    pub field_links: &'static [&'static str],
    /// Words that stand in a line with the publication date and say no more than that.
    pub date_line: &'static [&'static str],
    /// What a line with the date of a change begins with.
    pub update_line: &'static [&'static str],
}

impl TimeWords {
    /// No words.
    pub(crate) const NONE: TimeWords = TimeWords {
        rows: &[],
        two_letters: &[],
        number_endings: &[],
        word_endings: &[],
        field_links: &[],
        date_line: &[],
        update_line: &[],
    };
}
