//! The features that lie in how a name is written and in the words on both sides of it.

use crate::geo::evidence::features::{ToponymFeature as Feature, ToponymFeatures};
use crate::geo::recognise::field::{Field, setting};
use crate::geo::recognise::name_features::is_large;
use crate::geo::recognise::name_match::NameMatch;
use crate::geo::recognise::text::token::{TextToken, form, sep};
use crate::lang::names::{PLURAL_ENDINGS, class};

/// Whether a token is written in capitals where its surroundings are not, so that a capital says something.
pub(crate) fn telling_capital(field: &Field, i: usize) -> bool {
    field.token(i).is_some_and(|t| t.is(form::CAPITAL))
        && field.setting(i) & (setting::TITLE_CASE | setting::CAPITALS) == 0
}

/// The features that lie in how and where a name stands; `name` are those of the name itself.
pub(crate) fn context_features(field: &Field, found: &NameMatch<'_>, name: ToponymFeatures) -> ToponymFeatures {
    let mut features = ToponymFeatures::default();
    writing_features(field, found, name, &mut features);
    features_before(field, found, &mut features);
    features_after(field, found, &mut features);
    if name.has(Feature::Demonym) || name.has(Feature::Ethnic) {
        let next_lower = features.has(Feature::AfterLower) || features.has(Feature::AfterGovernment);
        let next_capital = features.has(Feature::AfterCapital) || features.has(Feature::AfterCapitalName);
        features.insert_if(next_lower, Feature::DemonymBeforeLower);
        features.insert_if(next_capital, Feature::DemonymBeforeCapital);
        features.insert_if(features.has(Feature::BeforeThe), Feature::DemonymAfterThe);
        let last = field.word(found.last);
        features.insert_if(PLURAL_ENDINGS.iter().any(|ending| last.ends_with(ending)), Feature::DemonymNoun);
    }
    let supported = is_placed(features);
    let large = is_large(name);
    let full =
        (features.has(Feature::BeforeFirstName) || features.has(Feature::BeforeInitial)) && found.first == found.last;
    features.insert_if(full, Feature::FullName);
    features.insert_if(full && large, Feature::FullNameLarge);
    let no_person = [
        Feature::AfterOrgHead,
        Feature::AfterGeneric,
        Feature::AfterStreet,
        Feature::AfterOrgLater,
        Feature::AfterMonth,
        Feature::AfterDirection,
    ];
    let name_follows =
        features.has_any(&[Feature::AfterCapital, Feature::AfterCapitalName]) && !features.has_any(&no_person);
    let given = name.has(Feature::FirstName) && name_follows;
    features.insert_if(given, Feature::GivenThenName);
    features.insert_if(given && large, Feature::GivenThenNameLarge);
    if name.has(Feature::OnlySettlement) && !name.has(Feature::People500k) && !name.has(Feature::People2m) {
        features.insert(if supported { Feature::SettlementSmallSupported } else { Feature::SettlementSmallBare });
        features.insert_if(name.has(Feature::NoPreferred), Feature::AlternateSmall);
        features
            .insert_if(name.has(Feature::NoPreferred) && features.has(Feature::Opens), Feature::AlternateSmallOpens);
    }
    features
}

/// Whether the words next to a name treat it as a place: "in Aden", "Aden-based", "the mayor of Aden".
pub(crate) fn is_placed(features: ToponymFeatures) -> bool {
    features.has_any(&[
        Feature::BeforeIn,
        Feature::BeforeAt,
        Feature::BeforeFrom,
        Feature::BeforeDirection,
        Feature::BeforeRoleOf,
        Feature::AfterCommaAbbreviation,
        Feature::AfterHyphenLower,
    ])
}

fn writing_features(field: &Field, found: &NameMatch<'_>, name: ToponymFeatures, features: &mut ToponymFeatures) {
    let Some(token) = field.token(found.first) else { return };
    let set = field.setting(found.first);
    let abbreviation = name.has(Feature::Abbreviation)
        || name.has(Feature::AbbreviationDotted)
        || name.has(Feature::AbbreviationAfterComma);
    features.insert_if(token.is(form::CAPITALS) && set & setting::CAPITALS == 0, Feature::Capitals);
    if token.is(form::CAPITALS) && found.first == found.last {
        features.insert_if(token.end - token.start <= 5 && !abbreviation, Feature::CapitalsShort);
        features.insert_if(abbreviation, Feature::CapitalsAbbreviation);
    }
    features.insert_if(token.is(form::DOTTED), Feature::Dotted);
    features.insert_if(set & setting::TITLE_CASE != 0, Feature::TitleCase);
    features.insert_if(set & setting::CAPITALS != 0, Feature::CapitalsRun);
    features.insert_if(token.is(form::UNCASED), Feature::Uncased);
    features.insert_if(token.is(form::OPENS), Feature::Opens);
    features.insert_if(set & setting::HEAD != 0, Feature::Head);
    let common = name.has(Feature::CommonRare);
    features.insert_if(common && set & setting::TITLE_CASE != 0, Feature::CommonTitleCase);
    features.insert_if(common && token.is(form::OPENS), Feature::CommonOpens);
    features.insert_if(name.has(Feature::FirstName) && token.is(form::OPENS), Feature::FirstNameOpens);
    if set & setting::CAPITALS != 0 {
        let small = name.has(Feature::OnlySettlement) && !is_large(name);
        features.insert_if(common, Feature::RunCommon);
        features.insert_if(name.has(Feature::FirstName), Feature::RunFirstName);
        features.insert_if(name.has(Feature::Surname), Feature::RunSurname);
        features.insert_if(small, Feature::RunSmall);
        features.insert_if(name.has(Feature::NoPreferred), Feature::RunAlternate);
        features.insert_if(
            name.has(Feature::Country) || name.has(Feature::Division1) || name.has(Feature::People2m),
            Feature::RunPlace,
        );
    }
}

fn features_before(field: &Field, found: &NameMatch<'_>, features: &mut ToponymFeatures) {
    let Some(token) = field.token(found.first) else { return };
    let Some(p) = found.first.checked_sub(1) else { return };
    let Some(before) = field.token(p) else { return };
    let classes = field.class(p);
    let is = |bits: u32| classes & bits != 0;
    let capital = telling_capital(field, p) && !(before.is(form::OPENS) && is(class::FUNCTION | class::COMMON));
    if token.adjoins()
        || (token.after(sep::LINE) && !token.after(sep::STOP | sep::COMMA | sep::COLON) && !token.is(form::OPENS))
    {
        if before.is(form::POSSESSIVE) {
            features.insert(Feature::BeforePossessive);
            return;
        }
        adjoining_word_before(field, p, before, classes, capital, features);
        return;
    }
    if token.after(sep::STOP) && !token.is(form::OPENS) {
        // "Gov. Paris Ames", "J. London"
        let initial = before.end - before.start == 1;
        features.insert_if(initial, Feature::BeforeInitial);
        features.insert_if(is(class::TITLE), Feature::BeforeTitle);
        features.insert_if(is(class::DIRECTION) && capital, Feature::BeforeDirection);
    } else if token.after(sep::COMMA) {
        features.insert(if before.is(form::CAPITAL) { Feature::BeforeCommaCapital } else { Feature::BeforeCommaLower });
    } else if token.after(sep::HYPHEN) {
        features.insert(if before.is(form::CAPITAL) {
            Feature::BeforeHyphenCapital
        } else {
            Feature::BeforeHyphenLower
        });
    } else if token.after(sep::SLASH) {
        features.insert(Feature::BeforeSlash);
    } else if token.after(sep::OPEN) {
        features.insert(Feature::BeforeOpen);
    } else if token.after(sep::DASH) {
        features.insert(Feature::BeforeDash);
    }
}

/// The features of a word that only a blank parts from the name.
fn adjoining_word_before(
    field: &Field,
    p: usize,
    before: &TextToken,
    classes: u32,
    capital: bool,
    features: &mut ToponymFeatures,
) {
    let is = |bits: u32| classes & bits != 0;
    let two_before = p.checked_sub(1).map_or(0, |q| field.class(q));
    if is(class::IN) {
        features.insert(Feature::BeforeIn);
    } else if is(class::AT) {
        features.insert(Feature::BeforeAt);
    } else if is(class::FROM) {
        features.insert(Feature::BeforeFrom);
    } else if is(class::TO) {
        features.insert(Feature::BeforeTo);
    } else if is(class::OF) {
        let capital_head = p.checked_sub(1).is_some_and(|q| telling_capital(field, q));
        let org = two_before & class::ORGANISATION != 0 && capital_head;
        let generic = two_before & class::GENERIC != 0 && !org;
        features.insert_if(org, Feature::BeforeOrgOf);
        features.insert_if(org && two_before & class::PAPER != 0, Feature::OfPaper);
        features.insert_if(org && two_before & class::COMPANY != 0, Feature::OfCompany);
        features.insert_if(org && two_before & class::SCHOOL != 0, Feature::OfSchool);
        features.insert_if(two_before & class::ROLE != 0 && !org, Feature::BeforeRoleOf);
        features.insert_if(generic && capital_head, Feature::BeforeGenericOf);
        features.insert(Feature::BeforeOf);
    } else if is(class::THE) {
        features.insert(Feature::BeforeThe);
        features.insert_if(two_before & (class::IN | class::FROM | class::TO) != 0, Feature::InThe);
    } else if is(class::AND) {
        features.insert(Feature::BeforeAnd);
    } else if is(class::BY) {
        features.insert(Feature::BeforeBy);
    } else if before.is(form::DIGIT) {
        features.insert(Feature::BeforeDigit);
    } else if capital {
        let title = is(class::TITLE);
        let direction = is(class::DIRECTION);
        features.insert_if(title, Feature::BeforeTitle);
        features.insert_if(direction, Feature::BeforeDirection);
        features.insert_if(is(class::FIRST_NAME), Feature::BeforeFirstName);
        features.insert_if(is(class::GENERIC), Feature::BeforeGeneric);
        features.insert_if(is(class::ORGANISATION), Feature::BeforeOrgHead);
        features.insert_if(is(class::CALENDAR), Feature::BeforeMonth);
        features.insert_if(before.end - before.start == 1, Feature::BeforeInitial);
        features.insert_if(is(class::ROLE) && !title, Feature::BeforeRoleCapital);
        if !title && !direction {
            let plain = is(class::COMMON | class::COMMON_RARE) && !is(class::FIRST_NAME | class::SURNAME);
            features.insert(if plain { Feature::BeforeCapitalCommon } else { Feature::BeforeCapital });
        }
    } else {
        features.insert_if(is(class::DIRECTION), Feature::BeforeDirection);
        features.insert_if(is(class::MOTION), Feature::BeforeMotion);
        features.insert_if(is(class::TITLE), Feature::BeforeTitle);
        features.insert_if(is(class::PARTICLE), Feature::BeforeParticle);
        features.insert_if(is(class::KIN), Feature::BeforeKin);
        features.insert_if(is(class::ROLE), Feature::BeforeRole);
        features.insert(Feature::BeforeLower);
    }
}

fn features_after(field: &Field, found: &NameMatch<'_>, features: &mut ToponymFeatures) {
    let Some(token) = field.token(found.last) else { return };
    let n = found.last + 1;
    if token.is(form::POSSESSIVE) {
        features.insert(Feature::AfterPossessive);
        return;
    }
    let Some(next) = field.token(n) else {
        features.insert(Feature::AfterStop);
        return;
    };
    let classes = field.class(n);
    let is = |bits: u32| classes & bits != 0;
    let beyond_stop = found.end > token.end;
    let blank = next.sep & !(sep::SPACE | sep::SILENT | sep::LINE | if beyond_stop { sep::STOP } else { 0 }) == 0;
    if blank && !(next.is(form::OPENS) && next.after(sep::LINE)) {
        adjoining_word_after(field, n, next, classes, features);
    } else if next.after(sep::COMMA) {
        if next.is(form::DIGIT) {
            features.insert(Feature::AfterCommaDigit);
        } else if next.is(form::CAPITAL) {
            features.insert(Feature::AfterCommaCapital);
            features
                .insert_if(next.is(form::STOP_AFTER | form::DOTTED | form::CAPITALS), Feature::AfterCommaAbbreviation);
        } else {
            features.insert(Feature::AfterCommaLower);
        }
    } else if next.after(sep::HYPHEN) && !next.after(sep::SPACE) {
        features.insert(if next.is(form::CAPITAL) { Feature::AfterHyphenCapital } else { Feature::AfterHyphenLower });
    } else if next.after(sep::OPEN) {
        features.insert(Feature::AfterOpen);
    } else if next.after(sep::CLOSE) {
        features.insert(Feature::AfterClose);
    } else if next.after(sep::DASH | sep::HYPHEN) {
        features.insert(Feature::AfterDash);
    } else if next.after(sep::COLON) {
        features.insert(Feature::AfterColon);
    } else if next.after(sep::STOP | sep::BANG | sep::LINE) {
        features.insert(Feature::AfterStop);
    } else if next.after(sep::QUOTE) {
        features.insert(Feature::AfterQuote);
    }
    features.insert_if(is(class::SAID), Feature::AfterSaid);
}

/// The features of a word that only a blank parts from the name.
fn adjoining_word_after(field: &Field, n: usize, next: &TextToken, classes: u32, features: &mut ToponymFeatures) {
    let is = |bits: u32| classes & bits != 0;
    if next.is(form::DIGIT) {
        features.insert(Feature::AfterDigit);
    } else if telling_capital(field, n) && !next.is(form::OPENS) {
        features.insert_if(is(class::ORGANISATION), Feature::AfterOrgHead);
        for (bits, feature) in [
            (class::PAPER, Feature::AfterPaper),
            (class::TEAM, Feature::AfterTeam),
            (class::SCHOOL, Feature::AfterSchool),
            (class::COMPANY, Feature::AfterCompany),
            (class::BODY, Feature::AfterBody),
            (class::VENUE, Feature::AfterVenue),
        ] {
            features.insert_if(is(bits), feature);
        }
        features.insert_if(is(class::GENERIC), Feature::AfterGeneric);
        features.insert_if(is(class::STREET), Feature::AfterStreet);
        features.insert_if(is(class::TITLE), Feature::AfterTitle);
        features.insert_if(is(class::CALENDAR), Feature::AfterMonth);
        features.insert_if(is(class::DIRECTION), Feature::AfterDirection);
        features.insert_if(next.end - next.start == 1, Feature::AfterInitial);
        let name = is(class::SURNAME | class::FIRST_NAME);
        features.insert(if name && !is(class::ORGANISATION | class::GENERIC | class::STREET) {
            Feature::AfterCapitalName
        } else {
            Feature::AfterCapital
        });
        // "Ontario Provincial Police", "Texas Southern University": the head may come later.
        let mut later = false;
        for k in n + 1..n + 4 {
            let Some(token) = field.token(k).filter(|t| t.adjoins()) else { break };
            let small = field.class(k) & (class::OF | class::THE | class::AND) != 0;
            if !token.is(form::CAPITAL) && !small {
                break;
            }
            if field.class(k) & class::ORGANISATION != 0 && token.is(form::CAPITAL) {
                later = true;
                break;
            }
        }
        features.insert_if(later, Feature::AfterOrgLater);
        features.insert_if(is(class::ORGANISATION) && later, Feature::AfterCapitalOrg);
    } else if field.setting(n) & (setting::TITLE_CASE | setting::CAPITALS) == 0 || !next.is(form::CAPITAL) {
        features.insert_if(is(class::SAID), Feature::AfterSaid);
        features.insert_if(is(class::GOVERNMENT), Feature::AfterGovernment);
        features.insert_if(is(class::ORGANISATION), Feature::AfterOrgLower);
        features.insert_if(is(class::GENERIC), Feature::AfterGenericLower);
        features.insert_if(is(class::THE), Feature::AfterThe);
        features.insert_if(is(class::OF), Feature::AfterOf);
        features.insert_if(is(class::IN), Feature::AfterIn);
        features.insert_if(is(class::AND), Feature::AfterAnd);
        features.insert(Feature::AfterLower);
    }
}
