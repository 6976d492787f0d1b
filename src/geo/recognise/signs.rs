//! Recognition: names of places in a text.
//!
//! Every capitalised word starts a walk through the gazetteer's names; whether the longest name found is a toponym here
//! is a weighted vote of `Sign`s: what the name is, what stands around it, and how the article uses it elsewhere.

use crate::geo::evidence::weights::features;
use crate::geo::gazetteer::{NameKind, PlaceClass, Record};
use crate::geo::recognise::bearer::Match;
use crate::geo::recognise::bearer::people_of;
use crate::geo::recognise::field::{Field, setting};
use crate::geo::recognise::lexicon::class;
use crate::geo::recognise::tokens::{Token, form, sep};

features! {
    /// What speaks for or against a toponym.
    Sign {
        Bias,
        // The name.
        Tokens2, Tokens3,
        Region, Country, Division1, Division2, OnlySettlement, Area, Water, Terrain, Line, Facility,
        People0, People1k, People5k, People20k, People100k, People500k, People2m, Capital,
        Preferred, NoPreferred, OnlyVariant, OnlyHistoric, Abbreviation, AbbreviationDotted, AbbreviationAfterComma,
        Demonym, Ethnic,
        One, Few, Many, VeryMany,
        Letters3, Letters4, Letters5,
        FirstName, Surname, CommonWord, CommonRare, Month, Title, OrgHead, GenericOnly, StreetWord, DirectionWord,
        CommonLarge, FirstNameLarge, SurnameLarge, CommonCountry, FirstNameCountry, SurnameCountry,
        EndsGeneric, BeginsFirstName,
        // How it is written.
        Capitals, CapitalsShort, CapitalsAbbreviation, Dotted, TitleCase, CapitalsRun, LowerElsewhere, InTitle, Uncased,
        CommonTitleCase, CommonOpens, FirstNameOpens, RunCommon, RunFirstName, RunSurname, RunSmall, RunAlternate, RunPlace,
        // What stands before it.
        Opens, Head, BeforeIn, BeforeAt, BeforeFrom, BeforeTo, BeforeOf, BeforeThe, BeforeAnd, BeforeBy,
        BeforeDirection, BeforeMotion, BeforeTitle, BeforeRoleOf, BeforeOrgOf, BeforeFirstName, BeforeInitial,
        BeforeCapital, BeforeCapitalCommon, BeforeGeneric, BeforeCommaCapital, BeforeCommaLower, BeforeHyphenCapital,
        BeforeHyphenLower, BeforePossessive, BeforeDigit, BeforeLower, BeforeOpen, BeforeSlash,
        BeforeParticle, BeforeKin, BeforeDash, BeforeOrgHead, BeforeMonth, BeforeGenericOf,
        InThe, BeforeRole, BeforeRoleCapital,
        // What stands after it.
        AfterCapital, AfterCapitalName, AfterOrgHead, AfterOrgLater, AfterOrgLower, AfterGeneric, AfterGenericLower,
        AfterStreet, AfterSaid, AfterCommaDigit, AfterCommaCapital, AfterCommaAbbreviation, AfterCommaLower, AfterPossessive,
        AfterHyphenLower, AfterHyphenCapital, AfterStop, AfterOpen, AfterGovernment, AfterDigit, AfterMonth, AfterLower,
        AfterDash, AfterClose, AfterInitial, AfterTitle, AfterThe, AfterOf, AfterIn, AfterAnd, AfterColon,
        AfterDirection, AfterCapitalOrg, AfterQuote,
        // The rest of the article.
        SurnameElsewhere, SurnameWeakElsewhere, SurnameSupported, PlaceElsewhere, Twice, Often, LongerElsewhere,
        SoleSurnameElsewhere, SupportedAfterIn,
        DemonymNoun, DemonymBeforeCapital, DemonymAfterThe, DemonymBeforeLower,
        AfterPaper, AfterTeam, AfterSchool, AfterCompany, AfterBody, AfterVenue, OfPaper, OfCompany, OfSchool,
        SoleAlternate, SoleSmall, FewLarge, FullName, FullNameLarge, GivenThenName, GivenThenNameLarge,
        LargeSurnameElsewhere,
        SettlementSmallBare, SettlementSmallSupported, AlternateSmall, AlternateSmallOpens,
    }
}

/// The signs that hold of one name, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Signs([u64; 4]);

impl Signs {
    pub(crate) fn set(&mut self, sign: Sign) {
        let n = sign as usize;
        self.0[(n >> 6) & 3] |= 1 << (n & 63);
    }

    pub(crate) fn set_if(&mut self, holds: bool, sign: Sign) {
        if holds {
            self.set(sign);
        }
    }

    pub(crate) fn has(&self, sign: Sign) -> bool {
        let n = sign as usize;
        self.0[(n >> 6) & 3] >> (n & 63) & 1 == 1
    }

    pub(crate) fn join(mut self, other: Signs) -> Signs {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine |= theirs;
        }
        self
    }

    /// The numbers of the signs that hold.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, bits)| {
            std::iter::successors(Some(bits), |b| Some(b & b.wrapping_sub(1)))
                .take_while(|b| *b != 0)
                .map(move |b| word * 64 + b.trailing_zeros() as usize)
        })
    }

    pub(crate) fn weigh(self, weights: &[f32; Sign::COUNT]) -> f32 {
        self.iter().filter_map(|n| weights.get(n)).sum()
    }
}

/// How many inhabitants make a place large: few people or words bear the name of one by chance.
const LARGE: u32 = 200_000;

/// The signs that lie in the name itself, whatever the text.
pub(crate) fn name_signs<'r>(
    field: &Field,
    found: &Match<'_>,
    bearers: impl Iterator<Item = (&'r Record, NameKind)>,
    count: usize,
) -> Signs {
    let mut signs = Signs::default();
    signs.set(Sign::Bias);
    let tokens = found.last + 1 - found.first;
    signs.set_if(tokens == 2, Sign::Tokens2);
    signs.set_if(tokens > 2, Sign::Tokens3);
    let mut settlement = false;
    let mut people = 0;
    let mut kinds = 0u16;
    for (record, kind) in bearers {
        if kind.is_demonym() {
            signs.set(if kind == NameKind::Demonym { Sign::Demonym } else { Sign::Ethnic });
            continue;
        }
        // Another script has main names of its own.
        let kind = if kind == NameKind::OtherScript { NameKind::Preferred } else { kind };
        kinds |= 1 << (kind as u16);
        match record.class {
            PlaceClass::Region => signs.set(Sign::Region),
            PlaceClass::Country => signs.set(Sign::Country),
            PlaceClass::Division1 => signs.set(Sign::Division1),
            PlaceClass::Division2 => signs.set(Sign::Division2),
            PlaceClass::Settlement => settlement = true,
            PlaceClass::Area => signs.set(Sign::Area),
            PlaceClass::Water => signs.set(Sign::Water),
            PlaceClass::Terrain => signs.set(Sign::Terrain),
            PlaceClass::Line => signs.set(Sign::Line),
            PlaceClass::Facility => signs.set(Sign::Facility),
        }
        signs.set_if(record.feature == crate::geo::gazetteer::CAPITAL, Sign::Capital);
        people = people.max(people_of(record));
        let is = |k: NameKind| kind == k;
        signs.set_if(is(NameKind::Abbreviation), Sign::Abbreviation);
        signs.set_if(is(NameKind::AbbreviationDotted), Sign::AbbreviationDotted);
        signs.set_if(is(NameKind::AbbreviationAfterComma), Sign::AbbreviationAfterComma);
    }
    let has = |k: NameKind| kinds >> (k as u16) & 1 == 1;
    signs.set_if(has(NameKind::Preferred), Sign::Preferred);
    signs.set_if(kinds != 0 && !has(NameKind::Preferred), Sign::NoPreferred);
    signs.set_if(kinds == 1 << NameKind::Variant as u16, Sign::OnlyVariant);
    signs.set_if(kinds == 1 << NameKind::Historic as u16, Sign::OnlyHistoric);
    let others = [Sign::Region, Sign::Country, Sign::Division1, Sign::Area, Sign::Water, Sign::Terrain, Sign::Line];
    let only_settlement = settlement && !others.iter().any(|s| signs.has(*s));
    signs.set_if(only_settlement, Sign::OnlySettlement);
    if kinds != 0 {
        signs.set(match people {
            0 => Sign::People0,
            1..1_000 => Sign::People1k,
            1_000..5_000 => Sign::People5k,
            5_000..20_000 => Sign::People20k,
            20_000..100_000 => Sign::People100k,
            100_000..500_000 => Sign::People500k,
            _ => Sign::People2m,
        });
    }
    signs.set(match count {
        0 | 1 => Sign::One,
        2..=5 => Sign::Few,
        6..=20 => Sign::Many,
        _ => Sign::VeryMany,
    });
    let sole = count == 1;
    signs.set_if(sole && signs.has(Sign::NoPreferred), Sign::SoleAlternate);
    signs.set_if(sole && only_settlement && people < LARGE, Sign::SoleSmall);
    signs.set_if(count <= 5 && people >= LARGE, Sign::FewLarge);
    let classes = field.class(found.first);
    let is = |bits: u32| classes & bits != 0;
    if tokens == 1 {
        let letters = field.word(found.first).chars().take(6).count();
        signs.set_if(letters <= 3, Sign::Letters3);
        signs.set_if(letters == 4, Sign::Letters4);
        signs.set_if(letters == 5, Sign::Letters5);
        let large = people >= LARGE;
        let country = signs.has(Sign::Country) || signs.has(Sign::Region);
        for (bits, sign, when_large, when_country) in [
            (class::FIRST_NAME, Sign::FirstName, Sign::FirstNameLarge, Sign::FirstNameCountry),
            (class::SURNAME, Sign::Surname, Sign::SurnameLarge, Sign::SurnameCountry),
            (class::COMMON | class::COMMON_RARE, Sign::CommonRare, Sign::CommonLarge, Sign::CommonCountry),
        ] {
            if is(bits) {
                signs.set(sign);
                signs.set_if(large, when_large);
                signs.set_if(country, when_country);
            }
        }
        signs.set_if(is(class::COMMON), Sign::CommonWord);
        signs.set_if(is(class::MONTH | class::WEEKDAY), Sign::Month);
        signs.set_if(is(class::TITLE), Sign::Title);
        signs.set_if(is(class::ORGHEAD), Sign::OrgHead);
        signs.set_if(is(class::GENERIC), Sign::GenericOnly);
        signs.set_if(is(class::STREET), Sign::StreetWord);
        signs.set_if(is(class::DIRECTION), Sign::DirectionWord);
    } else {
        signs.set_if(field.class(found.last) & class::GENERIC != 0, Sign::EndsGeneric);
        signs.set_if(is(class::FIRST_NAME), Sign::BeginsFirstName);
    }
    signs
}

/// Whether a token is written in capitals where its surroundings are not, so that a capital says something.
pub(crate) fn telling_capital(field: &Field, i: usize) -> bool {
    field.token(i).is_some_and(|t| t.is(form::CAPITAL))
        && field.setting(i) & (setting::TITLE_CASE | setting::CAPITALS) == 0
}

pub(crate) const FUNCTION: u32 =
    class::IN | class::AT | class::FROM | class::TO | class::OF | class::THE | class::AND | class::BY;

/// Whether a name is that of a country, a region or a large town.
fn is_large(name: Signs) -> bool {
    [Sign::Country, Sign::Region, Sign::People500k, Sign::People2m].iter().any(|s| name.has(*s))
}

/// The signs that lie in how and where the name stands.
pub(crate) fn place_signs(field: &Field, found: &Match<'_>, name: Signs) -> Signs {
    let mut signs = Signs::default();
    written_signs(field, found, name, &mut signs);
    before_signs(field, found, &mut signs);
    after_signs(field, found, &mut signs);
    if name.has(Sign::Demonym) || name.has(Sign::Ethnic) {
        let next_lower = signs.has(Sign::AfterLower) || signs.has(Sign::AfterGovernment);
        let next_capital = signs.has(Sign::AfterCapital) || signs.has(Sign::AfterCapitalName);
        signs.set_if(next_lower, Sign::DemonymBeforeLower);
        signs.set_if(next_capital, Sign::DemonymBeforeCapital);
        signs.set_if(signs.has(Sign::BeforeThe), Sign::DemonymAfterThe);
        signs.set_if(field.word(found.last).ends_with('s'), Sign::DemonymNoun);
    }
    let supported = [
        Sign::BeforeIn,
        Sign::BeforeAt,
        Sign::BeforeFrom,
        Sign::BeforeDirection,
        Sign::AfterCommaAbbreviation,
        Sign::AfterHyphenLower,
        Sign::BeforeRoleOf,
    ];
    let supported = supported.iter().any(|s| signs.has(*s));
    let large = is_large(name);
    let full = (signs.has(Sign::BeforeFirstName) || signs.has(Sign::BeforeInitial)) && found.first == found.last;
    signs.set_if(full, Sign::FullName);
    signs.set_if(full && large, Sign::FullNameLarge);
    let head = Sign::AfterOrgHead;
    let other =
        [head, Sign::AfterGeneric, Sign::AfterStreet, Sign::AfterOrgLater, Sign::AfterMonth, Sign::AfterDirection];
    let name_follows =
        (signs.has(Sign::AfterCapital) || signs.has(Sign::AfterCapitalName)) && !other.iter().any(|s| signs.has(*s));
    let given = name.has(Sign::FirstName) && name_follows;
    signs.set_if(given, Sign::GivenThenName);
    signs.set_if(given && large, Sign::GivenThenNameLarge);
    if name.has(Sign::OnlySettlement) && !name.has(Sign::People500k) && !name.has(Sign::People2m) {
        signs.set(if supported { Sign::SettlementSmallSupported } else { Sign::SettlementSmallBare });
        signs.set_if(name.has(Sign::NoPreferred), Sign::AlternateSmall);
        signs.set_if(name.has(Sign::NoPreferred) && signs.has(Sign::Opens), Sign::AlternateSmallOpens);
    }
    signs
}

fn written_signs(field: &Field, found: &Match<'_>, name: Signs, signs: &mut Signs) {
    let Some(token) = field.token(found.first) else { return };
    let set = field.setting(found.first);
    let abbreviation =
        name.has(Sign::Abbreviation) || name.has(Sign::AbbreviationDotted) || name.has(Sign::AbbreviationAfterComma);
    signs.set_if(token.is(form::CAPITALS) && set & setting::CAPITALS == 0, Sign::Capitals);
    if token.is(form::CAPITALS) && found.first == found.last {
        signs.set_if(token.end - token.start <= 5 && !abbreviation, Sign::CapitalsShort);
        signs.set_if(abbreviation, Sign::CapitalsAbbreviation);
    }
    signs.set_if(token.is(form::DOTTED), Sign::Dotted);
    signs.set_if(set & setting::TITLE_CASE != 0, Sign::TitleCase);
    signs.set_if(set & setting::CAPITALS != 0, Sign::CapitalsRun);
    signs.set_if(token.is(form::UNCASED), Sign::Uncased);
    signs.set_if(token.is(form::OPENS), Sign::Opens);
    signs.set_if(set & setting::HEAD != 0, Sign::Head);
    let common = name.has(Sign::CommonRare);
    signs.set_if(common && set & setting::TITLE_CASE != 0, Sign::CommonTitleCase);
    signs.set_if(common && token.is(form::OPENS), Sign::CommonOpens);
    signs.set_if(name.has(Sign::FirstName) && token.is(form::OPENS), Sign::FirstNameOpens);
    if set & setting::CAPITALS != 0 {
        let small = name.has(Sign::OnlySettlement) && !is_large(name);
        signs.set_if(common, Sign::RunCommon);
        signs.set_if(name.has(Sign::FirstName), Sign::RunFirstName);
        signs.set_if(name.has(Sign::Surname), Sign::RunSurname);
        signs.set_if(small, Sign::RunSmall);
        signs.set_if(name.has(Sign::NoPreferred), Sign::RunAlternate);
        signs.set_if(name.has(Sign::Country) || name.has(Sign::Division1) || name.has(Sign::People2m), Sign::RunPlace);
    }
}

fn before_signs(field: &Field, found: &Match<'_>, signs: &mut Signs) {
    let Some(token) = field.token(found.first) else { return };
    let Some(p) = found.first.checked_sub(1) else { return };
    let Some(before) = field.token(p) else { return };
    let classes = field.class(p);
    let is = |bits: u32| classes & bits != 0;
    let capital = telling_capital(field, p) && !(before.is(form::OPENS) && is(FUNCTION | class::COMMON));
    if token.adjoins()
        || (token.after(sep::LINE) && !token.after(sep::STOP | sep::COMMA | sep::COLON) && !token.is(form::OPENS))
    {
        if before.is(form::POSSESSIVE) {
            signs.set(Sign::BeforePossessive);
            return;
        }
        adjoining_before(field, p, before, classes, capital, signs);
        return;
    }
    if token.after(sep::STOP) && !token.is(form::OPENS) {
        // "Gov. Paris Ames", "J. London"
        let initial = before.end - before.start == 1;
        signs.set_if(initial, Sign::BeforeInitial);
        signs.set_if(is(class::TITLE), Sign::BeforeTitle);
        signs.set_if(is(class::DIRECTION) && capital, Sign::BeforeDirection);
    } else if token.after(sep::COMMA) {
        signs.set(if before.is(form::CAPITAL) { Sign::BeforeCommaCapital } else { Sign::BeforeCommaLower });
    } else if token.after(sep::HYPHEN) {
        signs.set(if before.is(form::CAPITAL) { Sign::BeforeHyphenCapital } else { Sign::BeforeHyphenLower });
    } else if token.after(sep::SLASH) {
        signs.set(Sign::BeforeSlash);
    } else if token.after(sep::OPEN) {
        signs.set(Sign::BeforeOpen);
    } else if token.after(sep::DASH) {
        signs.set(Sign::BeforeDash);
    }
}

/// The signs of a word that only a blank parts from the name.
fn adjoining_before(field: &Field, p: usize, before: &Token, classes: u32, capital: bool, signs: &mut Signs) {
    let is = |bits: u32| classes & bits != 0;
    let two_before = p.checked_sub(1).map_or(0, |q| field.class(q));
    if is(class::IN) {
        signs.set(Sign::BeforeIn);
    } else if is(class::AT) {
        signs.set(Sign::BeforeAt);
    } else if is(class::FROM) {
        signs.set(Sign::BeforeFrom);
    } else if is(class::TO) {
        signs.set(Sign::BeforeTo);
    } else if is(class::OF) {
        let capital_head = p.checked_sub(1).is_some_and(|q| telling_capital(field, q));
        let org = two_before & class::ORGHEAD != 0 && capital_head;
        let generic = two_before & class::GENERIC != 0 && !org;
        signs.set_if(org, Sign::BeforeOrgOf);
        signs.set_if(org && two_before & class::PAPER != 0, Sign::OfPaper);
        signs.set_if(org && two_before & class::COMPANY != 0, Sign::OfCompany);
        signs.set_if(org && two_before & class::SCHOOL != 0, Sign::OfSchool);
        signs.set_if(two_before & class::ROLE != 0 && !org, Sign::BeforeRoleOf);
        signs.set_if(generic && capital_head, Sign::BeforeGenericOf);
        signs.set(Sign::BeforeOf);
    } else if is(class::THE) {
        signs.set(Sign::BeforeThe);
        signs.set_if(two_before & (class::IN | class::FROM | class::TO) != 0, Sign::InThe);
    } else if is(class::AND) {
        signs.set(Sign::BeforeAnd);
    } else if is(class::BY) {
        signs.set(Sign::BeforeBy);
    } else if before.is(form::DIGIT) {
        signs.set(Sign::BeforeDigit);
    } else if capital {
        let title = is(class::TITLE);
        let direction = is(class::DIRECTION);
        signs.set_if(title, Sign::BeforeTitle);
        signs.set_if(direction, Sign::BeforeDirection);
        signs.set_if(is(class::FIRST_NAME), Sign::BeforeFirstName);
        signs.set_if(is(class::GENERIC), Sign::BeforeGeneric);
        signs.set_if(is(class::ORGHEAD), Sign::BeforeOrgHead);
        signs.set_if(is(class::MONTH | class::WEEKDAY), Sign::BeforeMonth);
        signs.set_if(before.end - before.start == 1, Sign::BeforeInitial);
        signs.set_if(is(class::ROLE) && !title, Sign::BeforeRoleCapital);
        if !title && !direction {
            let plain = is(class::COMMON | class::COMMON_RARE) && !is(class::FIRST_NAME | class::SURNAME);
            signs.set(if plain { Sign::BeforeCapitalCommon } else { Sign::BeforeCapital });
        }
    } else {
        signs.set_if(is(class::DIRECTION), Sign::BeforeDirection);
        signs.set_if(is(class::MOTION), Sign::BeforeMotion);
        signs.set_if(is(class::TITLE), Sign::BeforeTitle);
        signs.set_if(is(class::PARTICLE), Sign::BeforeParticle);
        signs.set_if(is(class::KIN), Sign::BeforeKin);
        signs.set_if(is(class::ROLE), Sign::BeforeRole);
        signs.set(Sign::BeforeLower);
    }
}

fn after_signs(field: &Field, found: &Match<'_>, signs: &mut Signs) {
    let Some(token) = field.token(found.last) else { return };
    let n = found.last + 1;
    if token.is(form::POSSESSIVE) {
        signs.set(Sign::AfterPossessive);
        return;
    }
    let Some(next) = field.token(n) else {
        signs.set(Sign::AfterStop);
        return;
    };
    let classes = field.class(n);
    let is = |bits: u32| classes & bits != 0;
    let beyond_stop = found.end > token.end;
    let blank = next.sep & !(sep::SPACE | sep::SILENT | sep::LINE | if beyond_stop { sep::STOP } else { 0 }) == 0;
    if blank && !(next.is(form::OPENS) && next.after(sep::LINE)) {
        adjoining_after(field, n, next, classes, signs);
    } else if next.after(sep::COMMA) {
        if next.is(form::DIGIT) {
            signs.set(Sign::AfterCommaDigit);
        } else if next.is(form::CAPITAL) {
            signs.set(Sign::AfterCommaCapital);
            signs.set_if(next.is(form::STOP_AFTER | form::DOTTED | form::CAPITALS), Sign::AfterCommaAbbreviation);
        } else {
            signs.set(Sign::AfterCommaLower);
        }
    } else if next.after(sep::HYPHEN) && !next.after(sep::SPACE) {
        signs.set(if next.is(form::CAPITAL) { Sign::AfterHyphenCapital } else { Sign::AfterHyphenLower });
    } else if next.after(sep::OPEN) {
        signs.set(Sign::AfterOpen);
    } else if next.after(sep::CLOSE) {
        signs.set(Sign::AfterClose);
    } else if next.after(sep::DASH | sep::HYPHEN) {
        signs.set(Sign::AfterDash);
    } else if next.after(sep::COLON) {
        signs.set(Sign::AfterColon);
    } else if next.after(sep::STOP | sep::BANG | sep::LINE) {
        signs.set(Sign::AfterStop);
    } else if next.after(sep::QUOTE) {
        signs.set(Sign::AfterQuote);
    }
    signs.set_if(is(class::SAID), Sign::AfterSaid);
}

/// The signs of a word that only a blank parts from the name.
fn adjoining_after(field: &Field, n: usize, next: &Token, classes: u32, signs: &mut Signs) {
    let is = |bits: u32| classes & bits != 0;
    if next.is(form::DIGIT) {
        signs.set(Sign::AfterDigit);
    } else if telling_capital(field, n) && !next.is(form::OPENS) {
        signs.set_if(is(class::ORGHEAD), Sign::AfterOrgHead);
        for (bits, sign) in [
            (class::PAPER, Sign::AfterPaper),
            (class::TEAM, Sign::AfterTeam),
            (class::SCHOOL, Sign::AfterSchool),
            (class::COMPANY, Sign::AfterCompany),
            (class::BODY, Sign::AfterBody),
            (class::VENUE, Sign::AfterVenue),
        ] {
            signs.set_if(is(bits), sign);
        }
        signs.set_if(is(class::GENERIC), Sign::AfterGeneric);
        signs.set_if(is(class::STREET), Sign::AfterStreet);
        signs.set_if(is(class::TITLE), Sign::AfterTitle);
        signs.set_if(is(class::MONTH | class::WEEKDAY), Sign::AfterMonth);
        signs.set_if(is(class::DIRECTION), Sign::AfterDirection);
        signs.set_if(next.end - next.start == 1, Sign::AfterInitial);
        let name = is(class::SURNAME | class::FIRST_NAME);
        signs.set(if name && !is(class::ORGHEAD | class::GENERIC | class::STREET) {
            Sign::AfterCapitalName
        } else {
            Sign::AfterCapital
        });
        // "Ontario Provincial Police", "Texas Southern University": the head may come later.
        let mut later = false;
        for k in n + 1..n + 4 {
            let Some(token) = field.token(k).filter(|t| t.adjoins()) else { break };
            let small = field.class(k) & (class::OF | class::THE | class::AND) != 0;
            if !token.is(form::CAPITAL) && !small {
                break;
            }
            if field.class(k) & class::ORGHEAD != 0 && token.is(form::CAPITAL) {
                later = true;
                break;
            }
        }
        signs.set_if(later, Sign::AfterOrgLater);
        signs.set_if(is(class::ORGHEAD) && later, Sign::AfterCapitalOrg);
    } else if field.setting(n) & (setting::TITLE_CASE | setting::CAPITALS) == 0 || !next.is(form::CAPITAL) {
        signs.set_if(is(class::SAID), Sign::AfterSaid);
        signs.set_if(is(class::GOVERNMENT), Sign::AfterGovernment);
        signs.set_if(is(class::ORGHEAD), Sign::AfterOrgLower);
        signs.set_if(is(class::GENERIC), Sign::AfterGenericLower);
        signs.set_if(is(class::THE), Sign::AfterThe);
        signs.set_if(is(class::OF), Sign::AfterOf);
        signs.set_if(is(class::IN), Sign::AfterIn);
        signs.set_if(is(class::AND), Sign::AfterAnd);
        signs.set(Sign::AfterLower);
    }
}
