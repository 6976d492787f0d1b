//! Names of the twelve months by language: the one table that the rules for texts, date fields, addresses and pages read.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lang::calendar::CalendarNames;
use crate::lang::time::Sense;

/// English names of months that are other words or names of persons as well.
const ENGLISH_EXCEPTIONS: &[(&str, Sense)] = &[
    ("march", Sense::Verb),
    ("mar", Sense::Verb),
    ("may", Sense::ModalVerb),
    ("april", Sense::GivenName),
    ("june", Sense::GivenName),
    ("august", Sense::GivenName),
];

/// A language a row. The same name may stand in several rows, always for the same month.
#[rustfmt::skip]
pub(crate) const MONTHS: &[CalendarNames<12>] = &[
    // English.
    CalendarNames::of("en", [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ])
    .with_short([
        "jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sept sep", "oct", "nov", "dec",
    ])
    .read_in_text(Sense::Plain, Sense::Plain, ENGLISH_EXCEPTIONS)
    .read_in_fields(),
    // German.
    CalendarNames::of("de", [
        "januar jänner", "februar", "märz maerz", "april", "mai", "juni", "juli", "august", "september",
        "oktober", "november", "dezember",
    ])
    .with_short([
        "jan", "feb", "mär", "apr", "", "jun", "jul", "aug", "sep sept", "okt", "nov", "dez",
    ]),
    // French.
    CalendarNames::of("fr", [
        "janvier", "février fevrier", "mars", "avril", "mai", "juin", "juillet", "août aout", "septembre",
        "octobre", "novembre", "décembre decembre",
    ])
    .with_short([
        "janv", "févr fév", "", "avr", "", "", "juil", "", "sept", "oct", "nov", "déc",
    ]),
    // Spanish.
    CalendarNames::of("es", [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
        "noviembre", "diciembre",
    ])
    .with_short([
        "ene", "feb", "mar", "abr", "", "jun", "jul", "ago", "sept sep", "oct", "nov", "dic",
    ]),
    // Italian.
    CalendarNames::of("it", [
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
        "ottobre", "novembre", "dicembre",
    ])
    .with_short([
        "gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic",
    ]),
    // Portuguese.
    CalendarNames::of("pt", [
        "janeiro", "fevereiro", "março marco", "abril", "maio", "junho", "julho", "agosto", "setembro",
        "outubro", "novembro", "dezembro",
    ])
    .with_short([
        "jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez",
    ]),
    // Catalan.
    CalendarNames::of("ca", [
        "gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre",
        "novembre", "desembre",
    ])
    .with_short([
        "gen", "feb", "mar", "abr", "", "", "jul", "ago", "set", "oct", "nov", "des",
    ]),
    // Dutch.
    CalendarNames::of("nl", [
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
        "november", "december",
    ])
    .with_short([
        "jan", "feb", "mrt", "apr", "", "jun", "jul", "aug", "sep sept", "okt", "nov", "dec",
    ]),
    // Danish.
    CalendarNames::of("da", [
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober",
        "november", "december",
    ])
    .with_short([
        "jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "okt", "nov", "dec",
    ]),
    // Swedish.
    CalendarNames::of("sv", [
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
        "november", "december",
    ])
    .with_short([
        "jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "okt", "nov", "dec",
    ]),
    // Norwegian.
    CalendarNames::of("no", [
        "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
        "november", "desember",
    ])
    .with_short([
        "jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "okt", "nov", "des",
    ]),
    // Finnish.
    CalendarNames::of("fi", [
        "tammikuuta tammikuu", "helmikuuta helmikuu", "maaliskuuta maaliskuu", "huhtikuuta huhtikuu",
        "toukokuuta toukokuu", "kesäkuuta kesäkuu", "heinäkuuta heinäkuu", "elokuuta elokuu",
        "syyskuuta syyskuu", "lokakuuta lokakuu", "marraskuuta marraskuu", "joulukuuta joulukuu",
    ]),
    // Estonian.
    CalendarNames::of("et", [
        "jaanuar", "veebruar", "märts", "aprill", "mai", "juuni", "juuli", "august", "september", "oktoober",
        "november", "detsember",
    ]),
    // Latvian.
    CalendarNames::of("lv", [
        "janvāris janvāra", "februāris februāra", "marts marta", "aprīlis aprīļa", "maijs maija",
        "jūnijs jūnija", "jūlijs jūlija", "augusts augusta", "septembris septembra", "oktobris oktobra",
        "novembris novembra", "decembris decembra",
    ]),
    // Lithuanian.
    CalendarNames::of("lt", [
        "sausio", "vasario", "kovo", "balandžio", "gegužės", "birželio", "liepos", "rugpjūčio", "rugsėjo",
        "spalio", "lapkričio", "gruodžio",
    ]),
    // Romanian.
    CalendarNames::of("ro", [
        "ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august", "septembrie",
        "octombrie", "noiembrie", "decembrie",
    ])
    .with_short([
        "", "feb", "mar", "apr", "", "", "", "aug", "sept", "oct", "", "dec",
    ]),
    // Turkish.
    CalendarNames::of("tr", [
        "ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim", "kasım",
        "aralık",
    ])
    .with_short([
        "oca", "şub", "mar", "nis", "may", "haz", "tem", "ağu", "eyl", "eki", "kas", "ara",
    ]),
    // Azerbaijani.
    CalendarNames::of("az", [
        "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr",
        "dekabr",
    ]),
    // Uzbek.
    CalendarNames::of("uz", [
        "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentabr", "oktabr", "noyabr",
        "dekabr",
    ]),
    // Polish.
    CalendarNames::of("pl", [
        "stycznia styczeń", "lutego luty", "marca marzec", "kwietnia kwiecień", "maja maj", "czerwca czerwiec",
        "lipca lipiec", "sierpnia sierpień", "września wrzesień", "października październik",
        "listopada listopad", "grudnia grudzień",
    ]),
    // Czech.
    CalendarNames::of("cs", [
        "ledna leden", "února únor", "března březen", "dubna duben", "května květen", "června červen",
        "července červenec", "srpna srpen", "září", "října říjen", "listopadu listopad", "prosince prosinec",
    ]),
    // Slovak.
    CalendarNames::of("sk", [
        "januára január", "februára február", "marca", "apríla", "mája máj", "júna jún", "júla júl",
        "augusta august", "septembra september", "októbra október", "novembra november", "decembra december",
    ]),
    // Slovenian.
    CalendarNames::of("sl", [
        "januarja januar", "februarja februar", "marca", "aprila april", "maja maj", "junija", "julija",
        "avgusta avgust", "septembra september", "oktobra oktober", "novembra november", "decembra december",
    ]),
    // Croatian. Its own October, "listopada", is November to its neighbours and left out; the foreign name is written too.
    CalendarNames::of("hr", [
        "siječnja", "veljače", "ožujka", "travnja", "svibnja", "lipnja", "srpnja", "kolovoza", "rujna",
        "oktobra oktobar", "studenoga", "prosinca",
    ]),
    // Serbian. In both alphabets.
    CalendarNames::of("sr", [
        "јануар јануара januar", "фебруар фебруара februar", "март марта mart marta",
        "април априла april aprila", "мај маја maj maja", "јун јуна jun", "јул јула jul",
        "август августа avgust avgusta", "септембар септембра septembar septembra",
        "октобар октобра oktobar oktobra", "новембар новембра novembar novembra",
        "децембар децембра decembar decembra",
    ]),
    // Macedonian.
    CalendarNames::of("mk", [
        "јануари", "февруари", "март", "април", "мај", "јуни", "јули", "август", "септември", "октомври",
        "ноември", "декември",
    ]),
    // Bulgarian.
    CalendarNames::of("bg", [
        "януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември", "октомври",
        "ноември", "декември",
    ]),
    // Russian.
    CalendarNames::of("ru", [
        "января январь", "февраля февраль", "марта март", "апреля апрель", "мая май", "июня июнь", "июля июль",
        "августа август", "сентября сентябрь", "октября октябрь", "ноября ноябрь", "декабря декабрь",
    ])
    .with_short([
        "янв", "фев", "мар", "апр", "", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
    ]),
    // Ukrainian. Nominative, genitive, locative. "Трав" and "лист" are words of their own, and so count with their dot only.
    CalendarNames::of("uk", [
        "січень січня січні", "лютий лютого лютому", "березень березня березні", "квітень квітня квітні",
        "травень травня травні", "червень червня червні", "липень липня липні", "серпень серпня серпні",
        "вересень вересня вересні", "жовтень жовтня жовтні", "листопад листопада листопаді",
        "грудень грудня грудні",
    ])
    .with_short([
        "січ", "лют", "бер", "квіт", "трав", "черв", "лип", "серп", "вер", "жовт", "лист", "груд",
    ])
    .read_in_text(Sense::SmallName, Sense::Dotted, &[]),
    // Belarusian.
    CalendarNames::of("be", [
        "студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня", "ліпеня", "жніўня", "верасня",
        "кастрычніка", "лістапада", "снежня",
    ]),
    // Kazakh.
    CalendarNames::of("kk", [
        "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан",
        "қараша", "желтоқсан",
    ]),
    // Hungarian.
    CalendarNames::of("hu", [
        "január", "február", "március", "április", "május", "június", "július", "augusztus", "szeptember",
        "október", "november", "december",
    ])
    .with_short([
        "jan", "feb", "márc", "ápr", "", "jún", "júl", "aug", "szept", "okt", "nov", "dec",
    ]),
    // Albanian.
    CalendarNames::of("sq", [
        "janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor",
        "dhjetor",
    ]),
    // Greek.
    CalendarNames::of("el", [
        "ιανουαρίου", "φεβρουαρίου", "μαρτίου", "απριλίου", "μαΐου", "ιουνίου", "ιουλίου", "αυγούστου",
        "σεπτεμβρίου", "οκτωβρίου", "νοεμβρίου", "δεκεμβρίου",
    ]),
    // Armenian.
    CalendarNames::of("hy", [
        "հունվարի", "փետրվարի", "մարտի", "ապրիլի", "մայիսի", "հունիսի", "հուլիսի", "օգոստոսի", "սեպտեմբերի",
        "հոկտեմբերի", "նոյեմբերի", "դեկտեմբերի",
    ]),
    // Georgian.
    CalendarNames::of("ka", [
        "იანვარი", "თებერვალი", "მარტი", "აპრილი", "მაისი", "ივნისი", "ივლისი", "აგვისტო", "სექტემბერი",
        "ოქტომბერი", "ნოემბერი", "დეკემბერი",
    ]),
    // Hebrew. Also with the preposition "in" joined.
    CalendarNames::of("he", [
        "ינואר בינואר", "פברואר בפברואר", "מרץ במרץ", "אפריל באפריל", "מאי במאי", "יוני ביוני", "יולי ביולי",
        "אוגוסט באוגוסט", "ספטמבר בספטמבר", "אוקטובר באוקטובר", "נובמבר בנובמבר", "דצמבר בדצמבר",
    ]),
    // Arabic. Egypt and the Gulf, the Levant, the Maghreb.
    CalendarNames::of("ar", [
        "يناير جانفي كانون_الثاني", "فبراير شباط فيفري", "مارس آذار اذار", "أبريل ابريل إبريل نيسان أفريل",
        "مايو أيار ايار ماي", "يونيو حزيران جوان", "يوليو يوليوز تموز جويلية", "أغسطس اغسطس آب أوت غشت",
        "سبتمبر أيلول ايلول شتنبر", "أكتوبر اكتوبر تشرين_الأول تشرين_الاول", "نوفمبر نونبر تشرين_الثاني",
        "ديسمبر دجنبر كانون_الأول كانون_الاول",
    ]),
    // Persian.
    CalendarNames::of("fa", [
        "ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر",
        "دسامبر",
    ]),
    // Urdu.
    CalendarNames::of("ur", [
        "جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر",
    ]),
    // Hindi.
    CalendarNames::of("hi", [
        "जनवरी", "फरवरी फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर सितम्बर", "अक्टूबर",
        "नवंबर नवम्बर", "दिसंबर दिसम्बर",
    ]),
    // Bengali.
    CalendarNames::of("bn", [
        "জানুয়ারি জানুয়ারী", "ফেব্রুয়ারি ফেব্রুয়ারী", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর",
        "অক্টোবর", "নভেম্বর", "ডিসেম্বর",
    ]),
    // Tamil.
    CalendarNames::of("ta", [
        "ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட்", "செப்டம்பர்", "அக்டோபர்", "நவம்பர்",
        "டிசம்பர்",
    ]),
    // Thai.
    CalendarNames::of("th", [
        "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน",
        "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
    ]),
    // Burmese.
    CalendarNames::of("my", [
        "ဇန်နဝါရီ", "ဖေဖော်ဝါရီ", "မတ်", "ဧပြီ", "မေ", "ဇွန်", "ဇူလိုင်", "ဩဂုတ် သြဂုတ်", "စက်တင်ဘာ", "အောက်တိုဘာ",
        "နိုဝင်ဘာ", "ဒီဇင်ဘာ",
    ]),
    // Indonesian.
    CalendarNames::of("id", [
        "januari", "februari pebruari", "maret", "april", "mei", "juni", "juli", "agustus", "september",
        "oktober", "november", "desember",
    ])
    .with_short([
        "jan", "feb", "mar", "apr", "", "jun", "jul", "agu", "sep", "okt", "nov", "des",
    ]),
    // Malay.
    CalendarNames::of("ms", [
        "januari", "februari", "mac", "april", "mei", "jun", "julai", "ogos", "september", "oktober",
        "november", "disember",
    ])
    .with_short([
        "", "feb", "", "", "", "", "", "", "", "", "", "",
    ]),
    // Filipino.
    CalendarNames::of("tl", [
        "enero", "pebrero", "marso", "abril", "mayo", "hunyo", "hulyo", "agosto", "setyembre", "oktubre",
        "nobyembre", "disyembre",
    ]),
    // Swahili.
    CalendarNames::of("sw", [
        "januari", "februari", "machi", "aprili", "mei", "juni", "julai", "agosti", "septemba", "oktoba",
        "novemba", "desemba",
    ]),
];

/// All names of all languages, with a space in those of two words.
static BY_NAME: LazyLock<HashMap<String, i8>> = LazyLock::new(|| {
    let names = MONTHS.iter().flat_map(CalendarNames::names);
    names.map(|(month, name)| (name.replace('_', " "), month)).collect()
});

/// First words of names of two words.
static FIRST_WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let names = MONTHS.iter().flat_map(CalendarNames::names);
    names.filter_map(|(_, name)| Some(name.split_once('_')?.0)).collect()
});

/// The number of the month that a word in small letters names in any language; two words may be one name.
pub(crate) fn month_named(word: &str) -> Option<i8> {
    BY_NAME.get(word).copied()
}

/// Whether a word in small letters may be the first of a name of two.
pub(crate) fn begins_a_name(word: &str) -> bool {
    FIRST_WORDS.contains(&word)
}

/// The number of the month that a word of a date field or an address names, in any case.
pub(crate) fn month_named_in_field(word: &str) -> Option<i8> {
    let mut names = MONTHS.iter().filter(|row| row.in_fields).flat_map(CalendarNames::names);
    names.find(|(_, name)| name.eq_ignore_ascii_case(word)).map(|(month, _)| month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_twelve_months_of_a_language_of_its_own() {
        for (n, row) in MONTHS.iter().enumerate() {
            assert!(
                row.language.len() == 2 && row.language.bytes().all(|b| b.is_ascii_lowercase()),
                "{}",
                row.language
            );
            assert!(MONTHS.iter().skip(n + 1).all(|other| other.language != row.language), "{}", row.language);
            for month in 1..=12 {
                assert!(row.full_names().any(|(m, _)| m == month), "{}: month {month}", row.language);
            }
            assert!(row.exceptions.iter().all(|(name, _)| row.names().any(|(_, n)| n == *name)), "{}", row.language);
        }
    }

    #[test]
    fn no_name_stands_for_two_months() {
        for (month, name) in MONTHS.iter().flat_map(CalendarNames::names) {
            assert_eq!(name, name.to_lowercase(), "{name}");
            assert_eq!(month_named(&name.replace('_', " ")), Some(month), "{name}");
        }
        assert!(begins_a_name("كانون") && begins_a_name("تشرين") && !begins_a_name("march"));
    }

    #[test]
    fn fields_are_read_with_english_names() {
        for (word, month) in [("May", Some(5)), ("SEPT", Some(9)), ("sep", Some(9)), ("ma", None), ("mai", None)] {
            assert_eq!(month_named_in_field(word), month, "{word}");
        }
    }
}
