//! The English words that speak of time. A word stands in one row.

use crate::lang::time::class::{
    Class, HOLIDAY_EASTER, HOLIDAY_THANKSGIVING, NumberEnding, Row, Sense, TimeWords, WordEnding,
};
use Class::*;

pub(crate) const ENGLISH: TimeWords = TimeWords {
    rows: ROWS,
    two_letters: &[("a", "m", AmPm, 0), ("p", "m", AmPm, 12), ("b", "c", Bc, 0), ("a", "d", Ad, 0)],
    number_endings: &[
        (NumberEnding::Ordinal, "st nd rd th ST ND RD TH"),
        (NumberEnding::Plural, "s S"),
        (NumberEnding::Word, "am pm AM PM hrs GMT UTC BC AD BCE a p"),
    ],
    word_endings: &[
        (WordEnding::Plural, "s", "ss", 0),
        (WordEnding::Past, "ed", "eed", 5),
        (WordEnding::Past, "ED", "eed", 5),
    ],
    field_links: &["of"],
    date_line: &[
        "published",
        "posted",
        "updated",
        "date",
        "dated",
        "first",
        "last",
        "modified",
        "on",
        "at",
        "time",
        "issued",
        "release",
        "released",
        "created",
        "a",
        "p",
        "m",
        "edt",
        "local",
        "the",
        "online",
    ],
    update_line: &["updated"],
};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row::of(Unit, "- minute hour day week fortnight month quarter year decade century millennium").counting(0, 1),
    Row::of(Units, "seconds minutes hours days weeks fortnights months quarters years decades centuries millennia")
        .counting(0, 1),
    Row::of(Units, "mins").value(1),
    Row::of(Units, "hrs").value(2),
    Row::of(Units, "yrs").value(8),
    Row::of(Weekend, "weekend"),
    Row::of(Season, "spring summer autumn winter").counting(0, 1),
    Row::with(Season, Sense::SeasonVerb, "fall").value(2),
    Row::of(Season, "springtime summertime - wintertime").counting(0, 1),
    Row::of(PartOfDay, "morning afternoon evening night daytime noon midnight dawn").counting(0, 1),
    Row::of(PartOfDay, "midday").value(5),
    Row::of(PartOfDay, "nighttime").value(3),
    Row::of(PartOfDay, "dusk").value(2),
    // Numbers.
    Row::of(
        Cardinal,
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
         eighteen nineteen twenty",
    )
    .counting(0, 1),
    Row::of(Cardinal, "thirty forty fifty sixty seventy eighty ninety").counting(30, 10),
    Row::with(Cardinal, Sense::Collective, "dozen").value(12),
    Row::with(Cardinal, Sense::CollectiveOf, "couple").value(2),
    Row::of(Hundred, "hundred").value(100),
    Row::of(Hundred, "thousand").value(1000),
    Row::of(Few, "few several many some various numerous"),
    Row::of(Half, "half"),
    Row::of(
        Ordinal,
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth \
         sixteenth seventeenth eighteenth nineteenth twentieth",
    )
    .counting(1, 1),
    Row::of(Ordinal, "thirtieth").value(30),
    Row::with(Word, Sense::Final, "final latter"),
    Row::with(Word, Sense::Decade, "twenties thirties forties fifties sixties seventies eighties nineties")
        .counting(1920, 10),
    Row::with(Word, Sense::Than, "than"),
    Row::with(Word, Sense::NoPlural, "as versus"),
    // Now, then and how they are pointed at.
    Row::of(Today, "today"),
    Row::of(Today, "yesterday").value(-1),
    Row::of(Today, "tomorrow").value(1),
    Row::of(Today, "tonight").value(2),
    Row::of(Today, "overnight").value(3),
    Row::of(Present, "now currently nowadays presently"),
    Row::of(PastRef, "recently lately"),
    Row::of(Future, "future"),
    Row::of(Recent, "recent"),
    Row::of(Article, "a an").value(1),
    Row::with(The, Sense::YearPrefix, "the"),
    Row::of(This, "this"),
    Row::with(This, Sense::Plural, "these"),
    Row::of(That, "that"),
    Row::with(That, Sense::Plural, "those"),
    Row::of(Last, "last"),
    Row::of(Next, "next"),
    Row::of(Past, "past"),
    Row::of(Previous, "previous preceding prior"),
    Row::of(Following, "following subsequent ensuing"),
    Row::of(Coming, "coming upcoming"),
    Row::of(Current, "current"),
    Row::with(Current, Sense::AtPresent, "present"),
    Row::with(Current, Sense::Latest, "latest"),
    Row::of(Same, "same"),
    Row::with(Same, Sense::Emphatic, "very"),
    Row::of(Each, "each every"),
    Row::with(Each, Sense::Rate, "per"),
    Row::of(Once, "once twice"),
    Row::with(Early, Sense::YearPrefix, "early"),
    Row::with(Mid, Sense::YearPrefix, "mid"),
    Row::with(Late, Sense::YearPrefix, "late"),
    Row::of(Earlier, "earlier"),
    Row::of(Later, "later"),
    Row::of(Beginning, "beginning start outset onset opening"),
    Row::of(Middle, "middle"),
    Row::of(Ending, "end close"),
    Row::with(Ending, Sense::Eve, "eve"),
    Row::of(Ago, "ago"),
    Row::with(Word, Sense::Previously, "previously"),
    Row::with(Word, Sense::GoesOn, "meanwhile afterwards afterward thereafter subsequently simultaneously"),
    Row::with(Word, Sense::Onwards, "onward onwards"),
    Row::with(Word, Sense::Period, "period"),
    // Links.
    Row::of(Before, "before"),
    Row::of(After, "after"),
    Row::with(Since, Sense::YearPrefix, "since"),
    Row::of(Until, "until till til"),
    Row::of(From, "from"),
    Row::of(To, "to"),
    Row::of(Through, "through thru"),
    Row::of(Between, "between"),
    Row::of(And, "and"),
    Row::of(Or, "or"),
    Row::of(Of, "of"),
    Row::of(In, "in into"),
    Row::with(In, Sense::Within, "within"),
    Row::of(On, "on"),
    Row::of(At, "at"),
    Row::of(By, "by"),
    Row::of(During, "during throughout over"),
    Row::of(About, "about around nearly almost roughly approximately ca c least barely"),
    Row::with(About, Sense::YearPrefix, "circa"),
    Row::with(Word, Sense::YearPrefix, "pre"),
    Row::with(Word, Sense::For, "for"),
    Row::with(Word, Sense::Lasted, "lasted"),
    // Times of day and eras.
    Row::of(OClock, "clock"),
    Row::with(Word, Sense::ClockPrefix, "o"),
    Row::of(AmPm, "am pm").counting(0, 12),
    Row::of(Zone, "gmt utc est edt cst cdt mst mdt pst pdt bst cet cest eet ist msk"),
    Row::with(Word, Sense::Local, "local"),
    Row::with(Word, Sense::Time, "time"),
    Row::of(Bc, "bc bce"),
    Row::of(Ad, "ad ce"),
    Row::of(Fiscal, "fiscal financial"),
    // Repetitions.
    Row::of(SetWord, "- - hourly daily weekly - monthly - yearly").counting(0, 1),
    Row::of(SetWord, "annually").value(8),
    Row::of(SetWord, "nightly everyday").value(3),
    // Days with a name.
    Row::of(Holiday, "christmas xmas").value(1225),
    Row::of(Holiday, "halloween").value(1031),
    Row::with(Holiday, Sense::NeedsDay, "boxing").value(1226),
    Row::of(Holiday, "thanksgiving").value(HOLIDAY_THANKSGIVING),
    Row::of(Holiday, "easter").value(HOLIDAY_EASTER),
    Row::with(Word, Sense::NewYear, "new"),
    Row::with(Word, Sense::NamesWeekday, "bloody black good ash holy palm super cyber"),
    Row::with(Word, Sense::SeptemberAttacks, "attack attacks terror terrorist hijackings"),
    // Verbs.
    Row::of(Will, "will shall ll going"),
    Row::of(Would, "would should could can must might"),
    Row::of(
        Planned,
        "planned plan plans planning scheduled schedule expected expects expect due slated hopes hope intends intend wants \
         want forecast deadline anticipated anticipate effective expire expires payable postponed pending begins starts \
         opens ready prepare preparing vowed pledged promised threatened",
    ),
    Row::of(Be, "is are being"),
    Row::with(Be, Sense::Infinitive, "be"),
    Row::of(Was, "was were did"),
    Row::with(Was, Sense::Participle, "been"),
    Row::of(Have, "has have having"),
    Row::of(Had, "had"),
    Row::of(
        PastVerb,
        "said told met left began took made went came fell rose won lost sent held found saw gave got hit shot ran led spoke \
         wrote became broke brought built bought caught chose cut drew drove ate fought flew forgot forgave grew heard kept \
         knew laid lay meant paid put quit read rang rode sang sank sold shook showed shut slept spent split spread stood \
         stole struck swore swept swam taught thought threw understood woke wore wound withdrew retook overran undertook fled \
         sought rebuilt shrank slid slipped dealt dug hurt let",
    ),
    Row::of(SetFor, "set"),
    Row::of(Ended, "ended"),
    Row::with(Word, Sense::According, "according"),
    Row::with(Word, Sense::Followed, "followed"),
    // What numbers count, and what they number.
    Row::of(
        Measure,
        "km kilometers kilometres miles mile meters metres feet foot ft yards inches acres hectares tons tonnes kg kilograms \
         pounds lb barrels people troops soldiers men women children civilians deaths casualties prisoners jobs workers \
         employees dollars dlrs cents euros rubles rupees pc points votes shares tanks aircraft planes missiles rockets rounds \
         homes houses families refugees police officers fighters members inhabitants residents calories mph knots bpd mm cm \
         horses guns ships vehicles students delegates seats pages words gallons liters litres watts megawatts volts m bn mln \
         million billion trillion",
    ),
    Row::with(Measure, Sense::Money, "percent"),
    Row::with(Word, Sense::Money, "profit"),
    Row::of(
        Numbered,
        "resolution resolutions no nos number article section room route highway flight page chapter bill apartment suite box \
         unit model boeing airbus extension ext phone tel code zip paragraph clause interstate channel",
    ),
    Row::of(
        Newspaper,
        "telegraph mirror express herald mail mercury age standard tribune star independent business world",
    ),
    Row::with(Newspaper, Sense::Times, "times"),
    Row::with(Newspaper, Sense::YearPrefix, "post"),
    Row::of(Old, "old older"),
    Row::of(More, "additional extra another further other consecutive straight full whole entire"),
    Row::with(More, Sense::Comparative, "more"),
    Row::of(Pronoun, "his her its their our my your"),
    Row::with(Word, Sense::Possessive, "s"),
];
