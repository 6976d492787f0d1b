//! Names of the twelve months as news sites write them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Lower case, and in the case that dates take. Each line is a language or a few that share most names: English, German,
/// French, Spanish, Italian, Portuguese, Catalan, Dutch, the Nordic ones, Romanian, Turkish, Azerbaijani and Uzbek, Polish,
/// Czech, Slovak, Slovenian, Croatian (without its October, which is November to its neighbours), Serbian, Bulgarian,
/// Macedonian, Russian, Ukrainian, Belarusian, Kazakh, Hungarian, Finnish, Estonian, Latvian, Lithuanian, Albanian, Greek,
/// Armenian, Georgian, Hebrew, Arabic (Egypt and the Gulf, the Levant, the Maghreb), Persian, Urdu, Hindi, Bengali, Tamil,
/// Thai, Burmese, Indonesian and Malay, Filipino, Swahili.
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro gener januari tammikuuta tammikuu jaanuar janvāris janvāra sausio \
     ianuarie ocak oca yanvar stycznia styczeń ledna leden januára január januarja siječnja јануар јануара јануари януари января январь янв \
     січня січень студзеня қаңтар janar ιανουαρίου հունվարի იანვარი ינואר בינואר يناير جانفي ژانویه جنوری जनवरी জানুয়ারি জানুয়ারী ஜனவரி \
     มกราคม ဇန်နဝါရီ",
    "february feb februar février fevrier févr fév febrero febbraio fevereiro fev febrer februari helmikuuta helmikuu veebruar februāris \
     februāra vasario februarie şubat şub fevral lutego luty února únor februára február februarja veljače фебруар фебруара февруари \
     февраля февраль фев лютого лютий лютага ақпан shkurt φεβρουαρίου փետրվարի თებერვალი פברואר בפברואר فبراير شباط فيفري فوریه فروری \
     फरवरी फ़रवरी ফেব্রুয়ারি ফেব্রুয়ারী பிப்ரவரி กุมภาพันธ์ ဖေဖော်ဝါရီ pebruari pebrero",
    "march mar märz maerz mär mars marzo março marco març maart mrt maaliskuuta maaliskuu märts marts marta kovo martie mart marca marzec \
     března březen ožujka март марта мар березня березень сакавіка наурыз μαρτίου մարտի მარტი מרץ במרץ مارس آذار اذار مارچ मार्च মার্চ \
     மார்ச் มีนาคม မတ် maret mac marso machi március márc",
    "april apr avril avr abril abr aprile huhtikuuta huhtikuu aprill aprīlis aprīļa balandžio aprilie nisan nis aprel kwietnia kwiecień \
     dubna duben apríla aprila travnja април априла апреля апрель апр квітня квітень красавіка сәуір prill απριλίου ապրիլի აპრილი אפריל \
     באפריל أبريل ابريل إبريل نيسان أفريل آوریل اپریل अप्रैल এপ্রিল ஏப்ரல் เมษายน ဧပြီ aprili április ápr",
    "may mai mayo maggio mag maio maig mei toukokuuta toukokuu maijs maija gegužės mayıs maja maj května květen mája máj svibnja мај маја \
     мая май травня травень мамыр μαΐου մայիսի მაისი מאי במאי مايو أيار ايار ماي مه مئی मई মে மே พฤษภาคม မေ május",
    "june jun juni juin junio giugno giu junho juny kesäkuuta kesäkuu juuni jūnijs jūnija birželio iunie haziran haz iyun czerwca czerwiec \
     června červen júna jún junija lipnja јун јуна јуни юни июня июнь июн червня червень чэрвеня маусым qershor ιουνίου հունիսի ივნისი \
     יוני ביוני يونيو حزيران جوان ژوئن جون जून জুন ஜூன் มิถุนายน ဇွန် hunyo június",
    "july jul juli juillet juil julio luglio lug julho juliol heinäkuuta heinäkuu juuli jūlijs jūlija liepos iulie temmuz tem iyul lipca \
     lipiec července červenec júla júl julija srpnja јул јула јули юли июля июль июл липня липень ліпеня шілде korrik ιουλίου հուլիսի \
     ივლისი יולי ביולי يوليو يوليوز تموز جويلية ژوئیه جولائی जुलाई জুলাই ஜூலை กรกฎาคม ဇူလိုင် julai hulyo július",
    "august aug août aout agosto ago agost augustus elokuuta elokuu augusts augusta rugpjūčio ağustos ağu avqust avgust avgusta sierpnia \
     sierpień srpna srpen kolovoza август августа авг серпня серпень жніўня тамыз gusht αυγούστου օգոստոսի აგვისტო אוגוסט באוגוסט أغسطس \
     اغسطس آب أوت غشت اوت اگست अगस्त আগস্ট ஆகஸ்ட் สิงหาคม ဩဂုတ် သြဂုတ် agustus agu augusti ogos agosti augusztus",
    "september sept sep septembre septiembre settembre set setembro setembre syyskuuta syyskuu septembris septembra rugsėjo septembrie \
     eylül eyl sentyabr sentabr września wrzesień září rujna septembar септембар септембра септември сентября сентябрь сен вересня \
     вересень верасня қыркүйек shtator σεπτεμβρίου սեպտեմբերի სექტემბერი ספטמבר בספטמבר سبتمبر أيلول ايلول شتنبر سپتامبر ستمبر सितंबर \
     सितम्बर সেপ্টেম্বর செப்டம்பர் กันยายน စက်တင်ဘာ setyembre septemba szeptember szept",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta lokakuu oktoober oktobris oktobra spalio octombrie ekim eki \
     oktyabr oktabr października październik října říjen októbra október oktobar октобар октобра октомври октября октябрь окт жовтня \
     жовтень кастрычніка қазан tetor οκτωβρίου հոկտեմբերի ოქტომბერი אוקטובר באוקטובר أكتوبر اكتوبر اکتبر اکتوبر अक्टूबर অক্টোবর \
     அக்டோபர் ตุลาคม အောက်တိုဘာ oktubre oktoba",
    "november nov novembre noviembre novembro marraskuuta marraskuu novembris novembra lapkričio noiembrie kasım kas noyabr listopada \
     listopad listopadu studenoga novembar новембар новембра ноември ноября ноябрь ноя листопада листопад лістапада қараша nëntor \
     νοεμβρίου նոյեմբերի ნოემბერი נובמבר בנובמבר نوفمبر نونبر نوامبر نومبر नवंबर नवम्बर নভেম্বর நவம்பர் พฤศจิกายน နိုဝင်ဘာ nobyembre novemba",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro desembre joulukuuta joulukuu detsember decembris \
     decembra gruodžio decembrie aralık ara dekabr grudnia grudzień prosince prosinec prosinca decembar децембар децембра декември \
     декабря декабрь дек грудня грудень снежня желтоқсан dhjetor δεκεμβρίου դեկտեմբերի დეკემბერი דצמבר בדצמבר ديسمبر دجنبر دسامبر دسمبر \
     दिसंबर दिसम्बर ডিসেম্বর டிசம்பர் ธันวาคม ဒီဇင်ဘာ desember des disember disyembre desemba",
];

/// Names of two words: months of the Levant.
const OF_TWO_WORDS: &[(&str, i8)] = &[
    ("كانون الثاني", 1),
    ("تشرين الأول", 10),
    ("تشرين الاول", 10),
    ("تشرين الثاني", 11),
    ("كانون الأول", 12),
    ("كانون الاول", 12),
];

static BY_NAME: LazyLock<HashMap<&str, i8>> = LazyLock::new(|| {
    let of_one = (1..).zip(MONTHS).flat_map(|(month, names)| names.split_ascii_whitespace().map(move |n| (n, month)));
    of_one.chain(OF_TWO_WORDS.iter().copied()).collect()
});

/// The number of the month that a word in lower case names; two words may be one name.
pub(crate) fn month_named(word: &str) -> Option<i8> {
    BY_NAME.get(word).copied()
}

/// Whether a word may be the first of a name of two.
pub(crate) fn begins_a_name(word: &str) -> bool {
    matches!(word, "كانون" | "تشرين")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_months() {
        let names =
            (1..).zip(MONTHS).flat_map(|(month, names)| names.split_ascii_whitespace().map(move |n| (n, month)));
        for (name, month) in names {
            assert_eq!(month_named(name), Some(month), "{name}");
        }
    }
}
