//! Very common words by language; our own lists, in small letters, folded and sorted.
//!
//! A word is here because it is frequent and means nothing by itself: beside other words of a question it is not sought, and
//! no text is scored by it. Words that turn a sentence (no, not, without, against, before, until, under and their like in
//! each language) are never here. Questions of many words are cleared of more ([`WORDY`]).

use std::collections::HashSet;
use std::sync::LazyLock;

/// English: articles, pronouns, auxiliaries and the commonest prepositions and conjunctions. Words that are also names
/// or things ("may", "can", "mine", "won") and words that turn a sentence ("not", "no", "against", "before", "after") are
/// left out.
pub(crate) const ENGLISH: &[&str] = &[
    "a", "also", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he",
    "her", "him", "his", "i", "if", "in", "into", "is", "it", "its", "me", "my", "of", "on", "or", "our", "she", "so",
    "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "us",
    "was", "we", "were", "what", "when", "where", "which", "who", "will", "with", "would", "you", "your",
];

/// Arabic.
pub(crate) const ARABIC: &[&str] = &[
    "التي",
    "الذي",
    "الذين",
    "الي",
    "ان",
    "او",
    "اي",
    "بين",
    "تلك",
    "ثم",
    "حيث",
    "ذلك",
    "علي",
    "عن",
    "عند",
    "في",
    "قد",
    "كان",
    "كانت",
    "كل",
    "كما",
    "مع",
    "من",
    "هذا",
    "هذه",
    "هم",
    "هو",
    "هي",
    "و",
];

/// Danish.
pub(crate) const DANISH: &[&str] = &[
    "af", "alle", "at", "blev", "da", "de", "dem", "den", "der", "det", "dette", "du", "eller", "en", "end", "er",
    "et", "for", "fra", "han", "har", "havde", "hun", "i", "jeg", "med", "men", "nar", "og", "om", "pa", "sig", "som",
    "til", "vaere", "var", "ved", "vi", "vil",
];

/// German.
pub(crate) const GERMAN: &[&str] = &[
    "aber", "als", "am", "an", "auch", "auf", "bei", "das", "dass", "dem", "den", "der", "des", "die", "dies", "diese",
    "dieser", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "fur", "hat", "hatte", "ich",
    "ihr", "ihre", "im", "in", "ist", "mit", "noch", "nur", "oder", "sein", "seine", "sich", "sie", "sind", "so", "um",
    "und", "vom", "von", "war", "waren", "was", "wenn", "werden", "wie", "wird", "wurde", "wurden", "zu", "zum", "zur",
];

/// Spanish.
pub(crate) const SPANISH: &[&str] = &[
    "a", "al", "como", "con", "cual", "de", "del", "donde", "e", "el", "ella", "ellos", "en", "entre", "era", "es",
    "esa", "ese", "eso", "esta", "este", "esto", "fue", "fueron", "ha", "habia", "han", "la", "las", "le", "les", "lo",
    "los", "mas", "me", "mi", "muy", "o", "para", "pero", "por", "porque", "que", "se", "ser", "si", "son", "su",
    "sus", "tambien", "un", "una", "uno", "y", "ya",
];

/// Persian.
pub(crate) const PERSIAN: &[&str] = &[
    "از", "است", "ان", "اين", "با", "بر", "براي", "به", "بود", "خود", "در", "را", "شد", "شده", "كه", "مي", "هم", "و",
    "يا", "يك",
];

/// French.
pub(crate) const FRENCH: &[&str] = &[
    "a", "au", "aux", "avec", "ce", "ces", "cette", "comme", "dans", "de", "des", "du", "elle", "elles", "en", "est",
    "et", "ete", "etre", "eu", "il", "ils", "je", "la", "le", "les", "leur", "leurs", "lui", "mais", "nous", "on",
    "ont", "ou", "par", "pour", "qu", "que", "qui", "sa", "se", "ses", "son", "sont", "sur", "un", "une", "vous", "y",
];

/// Hindi.
pub(crate) const HINDI: &[&str] = &[
    "इस",
    "उस",
    "एक",
    "और",
    "कर",
    "का",
    "कि",
    "की",
    "के",
    "को",
    "जो",
    "तो",
    "था",
    "थी",
    "थे",
    "ने",
    "पर",
    "भी",
    "में",
    "यह",
    "या",
    "लिए",
    "वह",
    "से",
    "ही",
    "है",
    "हैं",
    "हो",
];

/// Italian.
pub(crate) const ITALIAN: &[&str] = &[
    "a", "ad", "agli", "ai", "al", "alla", "alle", "anche", "che", "chi", "ci", "come", "con", "da", "dagli", "dai",
    "dal", "dalla", "dalle", "degli", "dei", "del", "della", "delle", "di", "e", "ed", "era", "gli", "ha", "hanno",
    "i", "il", "in", "io", "la", "le", "lei", "lo", "loro", "lui", "ma", "nei", "nel", "nella", "nelle", "o", "per",
    "piu", "quella", "questa", "questo", "se", "si", "sono", "su", "sua", "sue", "sul", "sulla", "suo", "suoi", "tra",
    "un", "una", "uno",
];

/// Dutch.
pub(crate) const DUTCH: &[&str] = &[
    "aan", "als", "bij", "dat", "de", "den", "der", "die", "dit", "door", "een", "en", "er", "had", "hebben", "heeft",
    "het", "hij", "hun", "ik", "in", "is", "maar", "met", "naar", "nog", "of", "om", "ook", "op", "te", "van", "voor",
    "waren", "was", "wat", "werd", "worden", "wordt", "ze", "zich", "zij", "zijn", "zo",
];

/// Norwegian.
pub(crate) const NORWEGIAN: &[&str] = &[
    "alle", "at", "av", "ble", "da", "de", "den", "der", "det", "dette", "du", "eller", "en", "enn", "er", "et", "for",
    "fra", "han", "har", "hun", "hvor", "i", "jeg", "med", "men", "nar", "og", "om", "pa", "seg", "som", "til",
    "vaere", "var", "ved", "vi", "vil",
];

/// Polish.
pub(crate) const POLISH: &[&str] = &[
    "a", "aby", "ale", "byc", "byl", "byla", "bylo", "co", "czy", "dla", "do", "gdy", "go", "i", "ich", "jak", "jako",
    "je", "jego", "jej", "jest", "juz", "ktora", "ktore", "ktory", "miedzy", "na", "o", "od", "oraz", "przez", "przy",
    "sa", "sie", "ta", "tak", "takze", "tego", "ten", "to", "tym", "w", "we", "z", "za", "ze",
];

/// Portuguese.
pub(crate) const PORTUGUESE: &[&str] = &[
    "a", "ao", "aos", "as", "com", "como", "da", "das", "de", "do", "dos", "e", "ela", "ele", "eles", "em", "entre",
    "era", "essa", "esse", "esta", "este", "eu", "foi", "foram", "ha", "isso", "ja", "lhe", "mais", "mas", "me",
    "muito", "na", "nas", "no", "nos", "o", "os", "ou", "para", "pela", "pelas", "pelo", "pelos", "por", "que", "quem",
    "sao", "se", "ser", "seu", "seus", "sua", "suas", "tambem", "tem", "um", "uma",
];

/// Russian.
pub(crate) const RUSSIAN: &[&str] = &[
    "а",
    "был",
    "была",
    "были",
    "было",
    "быть",
    "в",
    "вы",
    "где",
    "да",
    "для",
    "его",
    "ее",
    "если",
    "же",
    "за",
    "и",
    "из",
    "или",
    "им",
    "их",
    "к",
    "как",
    "ко",
    "когда",
    "которая",
    "которые",
    "которыи",
    "кто",
    "ли",
    "мы",
    "на",
    "него",
    "нее",
    "но",
    "о",
    "об",
    "он",
    "она",
    "они",
    "оно",
    "от",
    "по",
    "при",
    "с",
    "со",
    "так",
    "также",
    "то",
    "того",
    "тоже",
    "у",
    "уже",
    "что",
    "чтобы",
    "эта",
    "эти",
    "это",
    "этот",
    "я",
];

/// Swedish.
pub(crate) const SWEDISH: &[&str] = &[
    "alla", "ar", "att", "av", "blev", "de", "den", "der", "det", "detta", "du", "eller", "en", "er", "ett", "for",
    "fran", "ha", "hade", "han", "har", "hon", "i", "jag", "med", "men", "nar", "och", "om", "pa", "sig", "sin", "som",
    "till", "var", "vara", "vi", "vid",
];

/// Turkish.
pub(crate) const TURKISH: &[&str] = &[
    "ama", "bir", "bu", "cok", "da", "daha", "de", "gibi", "gore", "her", "icin", "ile", "ise", "ki", "mi", "o",
    "olan", "olarak", "su", "ve", "veya", "ya",
];

/// Ukrainian.
pub(crate) const UKRAINIAN: &[&str] = &[
    "а",
    "або",
    "але",
    "був",
    "була",
    "були",
    "було",
    "бути",
    "в",
    "ви",
    "вона",
    "вони",
    "від",
    "він",
    "для",
    "же",
    "з",
    "за",
    "и",
    "иого",
    "ми",
    "на",
    "по",
    "при",
    "про",
    "та",
    "так",
    "також",
    "те",
    "то",
    "у",
    "це",
    "цеи",
    "ця",
    "чи",
    "що",
    "щоб",
    "я",
    "як",
    "яка",
    "якии",
    "які",
    "і",
    "із",
    "іх",
    "іі",
];

/// Hebrew.
pub(crate) const HEBREW: &[&str] = &[
    "אבל", "או", "אך", "אל", "את", "בין", "גם", "הוא", "היא", "היה", "היתה", "הם", "זה", "זו", "יש", "כי", "כל", "מן",
    "על", "עם", "של",
];

/// English words beside those that are very common that join others to a sentence, turn it, or stand before so many others that
/// the two say something else than the one word would ("not able", "long time", "week ended"): none is part of a compound.
pub(crate) const JOINING: &[&str] = &[
    "about", "after", "again", "against", "ago", "all", "any", "away", "back", "before", "between", "both", "can",
    "could", "did", "does", "down", "each", "ever", "every", "except", "few", "first", "five", "four", "full", "half",
    "here", "high", "how", "just", "last", "later", "long", "low", "many", "may", "might", "more", "most", "much",
    "must", "near", "new", "next", "nor", "not", "now", "off", "old", "once", "one", "only", "other", "out", "over",
    "own", "per", "same", "seven", "shall", "should", "since", "six", "some", "soon", "still", "ten", "three", "till",
    "time", "together", "too", "two", "under", "until", "upon", "very", "via", "week", "well", "when", "why",
    "without", "yet",
];

/// Acronyms that look like English stop words: Islamic State, information technology, the World Health Organization. They
/// are in capitals where their neighbours are not.
pub(crate) const ACRONYMS: [&str; 3] = ["IS", "IT", "WHO"];

/// The acronym that stays one among neighbours in capitals, and in small letters where it is asked for as a plain word.
pub(crate) const UNITED_STATES: &str = "US";

/// Words that say nothing in an English question or description: function words, and the verbs and nouns of questions.
pub(crate) static WORDY: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "
    a able about above according accordingly across actually after afterwards again all allow almost alone along
    already also although always am among amongst an and another any anybody anyhow anyone anything anyway anywhere
    apart appear appropriate are around article articles as aside ask asked asking at away be became because become
    becomes becoming been before beforehand behind being believe below beside besides better beyond both brief but by
    can cannot certain certainly clearly come comes concerning consequently consider considered considering contain
    containing contains corresponding could couldn couldnt course currently define despite did didn didnt discuss
    discussed do document documents does doesn doesnt doing don done dont during each either else elsewhere enough
    especially etc even ever every everybody everyone everything everywhere exactly example except few find followed
    follows for formerly from further furthermore gave generally get gets getting give given gives go goes going gone
    got gotten had happens hardly has hasn have havent having he hence her hereby herein hers herself him himself his
    hither hopefully how howbeit however i if in indeed indicate indicated indicates inner insofar instead into
    involved involving is isn it its itself just keep keeps kept kind know knows lately later latter latterly least
    less let like likely look looking looks made mainly make makes making many maybe me mean meanwhile merely might
    more moreover most mostly much must my myself namely nearly need needs neither nevertheless no nobody none
    nonetheless nor normally not nothing now nowhere obtain obtained obviously of off often ok on once one ones only
    onto or other others otherwise ought our ours ourselves out overall own particular particularly per perhaps please
    plus possible presumably probably provide provided provides put quite rather really reasonably regard regarding
    regardless regards related relatively relevant respectively said same saw say saying says see seem seemed seeming
    seems seen sensible several shall she should shouldn show shown shows simply since so some somebody somehow
    someone something sometime sometimes somewhat somewhere soon specific specified specify still sub such sure take
    taken takes taking tell tend tends than thank that thats the their them themselves then thence there thereafter
    thereby therefore therein thereupon these they thing things think this thorough those though through throughout
    thru thus to together too took toward towards tried tries truly try trying twice unfortunately unless unlike
    unlikely until unto up upon use used useful uses using usually various very via want wants was way we well went
    were weren what whatever when whence whenever where whereafter whereas whereby wherein whereupon wherever whether
    which while whither who whoever whole whom whose why will wish with within without wonder wont would wouldn yes
    yet you your yours yourself yourselves
    "
    .split_ascii_whitespace()
    .collect()
});
