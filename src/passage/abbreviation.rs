//! Words that end in a full stop without ending a sentence.

/// How a word with a full stop behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Something always follows it: "Lt.", "Mr.", "vs.".
    Title,
    /// A number follows it: "No. 2", "pp. 3"; before anything else it is a word like others.
    Numbered,
    /// It may close a sentence: "Inc.", "Dec.", "Calif."; then the next word has to look like the first of a sentence.
    Either,
}

/// The longest word of the lists below, in bytes.
pub(super) const LONGEST_ABBREVIATION_BYTES: usize = 12;

/// What `word`, in lower case, is in English, and for titles in every language; `capital` tells whether it was written
/// with a capital, which parts "Miss." (the state) from the end of a sentence.
pub(super) fn english(word: &[u8], capital: bool) -> Option<Abbreviation> {
    use Abbreviation::{Either, Numbered, Title};
    Some(match word {
        b"mr" | b"mrs" | b"ms" | b"messrs" | b"mme" | b"mmes" | b"mlle" | b"dr" | b"drs" | b"prof" | b"profs"
        | b"rev" | b"revs" | b"hon" | b"fr" | b"msgr" | b"lt" | b"lts" | b"gen" | b"gens" | b"sgt" | b"sgts"
        | b"col" | b"cols" | b"maj" | b"capt" | b"cpl" | b"pvt" | b"pfc" | b"spc" | b"adm" | b"brig" | b"cmdr"
        | b"cdr" | b"cmdt" | b"cdt" | b"comdr" | b"ens" | b"hav" | b"nk" | b"sqn" | b"ldr" | b"wg" | b"flt"
        | b"insp" | b"supt" | b"det" | b"asst" | b"dep" | b"sen" | b"sens" | b"rep" | b"reps" | b"gov" | b"govs"
        | b"pres" | b"amb" | b"atty" | b"sec" | b"min" | b"mt" | b"vs" | b"v" | b"viz" | b"cf" | b"approx"
        | b"incl" | b"eg" | b"ie" | b"esp"
            if capital || !matches!(word, b"sec" | b"min" | b"det" | b"dep" | b"ens" | b"rep" | b"reps") =>
        {
            Title
        }
        b"no" | b"nos" | b"art" | b"arts" | b"vol" | b"vols" | b"pp" | b"p" | b"fig" | b"figs" | b"ch" | b"op"
        | b"para" | b"paras" | b"sect" | b"res" | b"ca" | b"c" | b"tel" | b"ext" | b"est" | b"rs" | b"nr" => Numbered,
        b"jan" | b"feb" | b"mar" | b"apr" | b"jun" | b"jul" | b"aug" | b"sep" | b"sept" | b"oct" | b"nov" | b"dec"
        | b"mon" | b"tue" | b"tues" | b"wed" | b"thu" | b"thur" | b"thurs" | b"fri" | b"sat" | b"sun" | b"ala"
        | b"ariz" | b"ark" | b"calif" | b"colo" | b"conn" | b"del" | b"fla" | b"ga" | b"ill" | b"ind" | b"kan"
        | b"kans" | b"ky" | b"la" | b"md" | b"mass" | b"mich" | b"minn" | b"miss" | b"mo" | b"mont" | b"neb"
        | b"nev" | b"okla" | b"ore" | b"pa" | b"penn" | b"tenn" | b"tex" | b"vt" | b"va" | b"wash" | b"wis"
        | b"wyo" | b"ont" | b"que" | b"alta"
            if capital =>
        {
            Either
        }
        b"st" | b"ste" | b"ft" | b"jr" | b"sr" | b"esq" | b"inc" | b"ltd" | b"co" | b"cos" | b"corp" | b"bros"
        | b"plc" | b"pty" | b"ave" | b"blvd" | b"rd" | b"hwy" | b"etc" | b"al" | b"dept" | b"depts" | b"div"
        | b"univ" | b"govt" | b"intl" | b"assn" | b"bldg" | b"bn" | b"regt" | b"sq" | b"ph" | b"pop" => Either,
        _ => return None,
    })
}

/// The lists of other languages: words in lower case that something always follows.
const OTHERS: &[(&str, &[&str])] = &[
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

/// Whether something always follows `word` (in lower case, without its full stop) in a language other than English.
pub(super) fn in_other_language(language: &str, word: &str) -> bool {
    OTHERS.iter().find(|(l, _)| *l == language).is_some_and(|(_, words)| words.contains(&word))
}

/// Languages that write ordinal numbers with a full stop ("10. Mai").
pub(super) fn has_dotted_ordinals(language: &str) -> bool {
    matches!(
        language,
        "de" | "da"
            | "no"
            | "nb"
            | "nn"
            | "fi"
            | "et"
            | "lv"
            | "cs"
            | "sk"
            | "sl"
            | "hr"
            | "sr"
            | "bs"
            | "hu"
            | "tr"
            | "is"
            | "pl"
    )
}

/// How surely a word begins a sentence after an abbreviation that could have ended one; `word` is in lower case.
///
/// In running text the capital already tells something; in text that is all capitals only words that hardly ever stand
/// after "the U.S." within a sentence may count.
pub(super) fn begins_sentence(word: &[u8], all_capitals: bool) -> bool {
    match word {
        b"the" | b"he" | b"she" | b"it" | b"they" | b"we" | b"but" | b"this" | b"there" | b"these" | b"those" => true,
        _ if all_capitals => false,
        b"a" | b"an" | b"i" | b"you" | b"and" | b"in" | b"on" | b"at" | b"as" | b"if" | b"when" | b"while"
        | b"after" | b"before" | b"that" | b"his" | b"her" | b"their" | b"its" | b"our" | b"my" | b"some" | b"many"
        | b"most" | b"both" | b"several" | b"officials" | b"no" | b"not" | b"for" | b"from" | b"with" | b"however"
        | b"meanwhile" | b"what" | b"who" | b"why" | b"how" | b"where" | b"although" | b"though" | b"since" | b"by"
        | b"to" | b"according" | b"last" | b"earlier" | b"later" | b"yesterday" | b"today" | b"nor" | b"so"
        | b"then" | b"yet" | b"or" | b"also" | b"another" | b"one" | b"two" | b"three" | b"all" | b"each" | b"even"
        | b"despite" | b"because" | b"once" | b"until" | b"during" | b"between" | b"among" | b"other" | b"others"
        | b"more" | b"such" | b"neither" | b"nobody" | b"nothing" | b"now" | b"here" | b"your" | b"residents"
        | b"witnesses" => true,
        _ => false,
    }
}

/// Zone names, days and months that go on after "10 p.m."; `word` is in lower case.
pub(super) fn follows_hour(word: &[u8]) -> bool {
    matches!(
        word,
        b"monday"
            | b"tuesday"
            | b"wednesday"
            | b"thursday"
            | b"friday"
            | b"saturday"
            | b"sunday"
            | b"january"
            | b"february"
            | b"march"
            | b"april"
            | b"may"
            | b"june"
            | b"july"
            | b"august"
            | b"september"
            | b"october"
            | b"november"
            | b"december"
            | b"mon"
            | b"tue"
            | b"wed"
            | b"thu"
            | b"fri"
            | b"sat"
            | b"sun"
            | b"jan"
            | b"feb"
            | b"mar"
            | b"apr"
            | b"jun"
            | b"jul"
            | b"aug"
            | b"sept"
            | b"sep"
            | b"oct"
            | b"nov"
            | b"dec"
            | b"gmt"
            | b"utc"
            | b"ist"
            | b"pkt"
            | b"est"
            | b"edt"
            | b"et"
            | b"pt"
            | b"pst"
            | b"pdt"
            | b"cst"
            | b"cdt"
            | b"cet"
            | b"cest"
            | b"bst"
            | b"eet"
            | b"eest"
            | b"msk"
            | b"jst"
            | b"moscow"
            | b"kyiv"
            | b"local"
            | b"eastern"
            | b"central"
            | b"pacific"
            | b"greenwich"
            | b"indian"
            | b"beijing"
            | b"jerusalem"
            | b"pakistan"
            | b"israel"
            | b"london"
            | b"paris"
            | b"eat"
            | b"cat"
            | b"wat"
    )
}

/// Verbs after a quoted question: "“What now?” Khan asked."; `word` is in lower case.
pub(super) fn reports_speech(word: &[u8]) -> bool {
    matches!(
        word,
        b"said"
            | b"says"
            | b"asked"
            | b"asks"
            | b"added"
            | b"adds"
            | b"told"
            | b"wrote"
            | b"cried"
            | b"shouted"
            | b"wondered"
            | b"yelled"
            | b"recalled"
            | b"replied"
            | b"exclaimed"
    )
}
