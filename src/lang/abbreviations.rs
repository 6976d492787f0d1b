//! Words that end in a full stop without ending a sentence, in lower case and without that full stop.

/// How a word with a full stop behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Something always follows it: "Lt.", "Mr.", "vs.".
    Title,
    /// A number follows it: "No. 2", "pp. 3"; before anything else it is a word like others.
    Numbered,
    /// It may close a sentence: "Inc.", "Dec.", "Calif."; then the next word has to look like the first of a sentence.
    Either,
}

/// How a word has to be written to be an abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    Any,
    /// With a capital, which tells "Miss." (the state) and "Det." (the rank) from words at the end of a sentence.
    Capital,
}

/// English; its titles hold in every language.
pub(crate) const ENGLISH: &[((Abbreviation, Writing), &str)] = &[
    (
        (Abbreviation::Title, Writing::Any),
        "mr mrs ms messrs mme mmes mlle dr drs prof profs rev revs hon fr msgr lt lts gen gens sgt sgts col cols maj \
         capt cpl pvt pfc spc adm brig cmdr cdr cmdt cdt comdr hav nk sqn ldr wg flt insp supt asst sen sens gov govs \
         pres amb atty mt vs v viz cf approx incl eg ie esp",
    ),
    ((Abbreviation::Title, Writing::Capital), "sec min det dep ens rep reps"),
    (
        (Abbreviation::Numbered, Writing::Any),
        "no nos art arts vol vols pp p fig figs ch op para paras sect res ca c tel ext est rs nr",
    ),
    // Months and weekdays.
    (
        (Abbreviation::Either, Writing::Capital),
        "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun",
    ),
    // States and provinces.
    (
        (Abbreviation::Either, Writing::Capital),
        "ala ariz ark calif colo conn del fla ga ill ind kan kans ky la md mass mich minn miss mo mont neb nev okla \
         ore pa penn tenn tex vt va wash wis wyo ont que alta",
    ),
    (
        (Abbreviation::Either, Writing::Any),
        "st ste ft jr sr esq inc ltd co cos corp bros plc pty ave blvd rd hwy etc al dept depts div univ govt intl \
         assn bldg bn regt sq ph pop",
    ),
];

/// English: single small letters, for "versus", "circa", "page", "born" and "died".
pub(crate) const ENGLISH_LETTERS: &str = "vcpbd";

/// English: the pronoun, the one capital letter by itself that is a word.
pub(crate) const ENGLISH_PRONOUN: char = 'I';

/// Halves of the day, written with two full stops.
pub(crate) const HALVES_OF_DAY: &[&[u8]] = &[b"a.m", b"p.m"];

/// Other languages: words that something always follows.
pub(crate) const OTHERS: &[(&str, &[&str])] = &[
    (
        "de",
        &[
            "abs", "bspw", "bzw", "ca", "evtl", "ggf", "hl", "hr", "hrn", "inkl", "jh", "mio", "mrd", "nr", "sog",
            "str", "vgl", "usf", "gem", "geb", "gest", "st", "dipl", "obl",
        ],
    ),
    ("fr", &["m", "mm", "me", "st", "av", "bd", "env", "ex", "n", "gal", "lcl", "cne", "chap", "cf"]),
    (
        "es",
        &[
            "sr", "sra", "sres", "srta", "dra", "d", "dña", "ud", "uds", "gral", "cnel", "cap", "tte", "sgto", "lic",
            "ing", "pág", "págs", "núm", "av", "avda", "ee", "aprox", "mons",
        ],
    ),
    ("pt", &["sr", "sra", "srs", "dra", "cel", "cap", "ten", "av", "pág", "núm", "eng", "exmo", "d", "aprox"]),
    ("it", &["sig", "sigg", "dott", "on", "avv", "ing", "pag", "n", "cfr", "es", "cap", "ten", "mons"]),
    ("nl", &["dhr", "mevr", "ir", "kol", "blz", "bijv", "ca", "resp", "jl", "st", "min"]),
    (
        "ru",
        &[
            "г", "гг", "ул", "им", "т", "д", "е", "к", "п", "пр", "стр", "тыс", "млн", "млрд", "руб", "др", "обл", "р",
            "ген", "полк", "кв", "с", "см", "акад", "проф", "св", "пос", "дер", "ок",
        ],
    ),
    (
        "uk",
        &[
            "р", "рр", "м", "вул", "ім", "тис", "млн", "млрд", "грн", "обл", "ст", "див", "ген", "проф", "о", "с", "п",
            "смт", "св",
        ],
    ),
    (
        "pl",
        &[
            "ul", "płk", "ppłk", "mjr", "kpt", "por", "im", "św", "str", "ok", "tys", "mln", "mld", "np", "tzw", "m",
            "in", "ks", "godz", "al",
        ],
    ),
    ("tr", &["doç", "sn", "bkz", "yrd", "alb", "org", "korg"]),
    ("sv", &["bl", "dvs", "ca", "kl", "t", "ex", "st", "s"]),
    ("cs", &["tj", "tzv", "např", "mil", "mld", "plk", "ing", "mudr", "sv", "čl", "č"]),
];

/// Languages that write ordinal numbers with a full stop ("10. Mai").
pub(crate) const DOTTED_ORDINALS: &[&str] =
    &["de", "da", "no", "nb", "nn", "fi", "et", "lv", "cs", "sk", "sl", "hr", "sr", "bs", "hu", "tr", "is", "pl"];
