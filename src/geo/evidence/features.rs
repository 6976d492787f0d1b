//! The features of the three sorts of decision, in the order of their weights.
//!
//! A feature's name is part of `data/weights.tsv`; a feature that is renamed or removed must be so there too.

/// Declares an enumeration of features with their names in the order of the weights.
macro_rules! features {
    ($(#[$doc:meta])* $kind:ident { $($name:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum $kind { $($name),* }

        impl $kind {
            /// Their names, which `data/weights.tsv` uses.
            pub(crate) const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];
            /// How many there are.
            pub(crate) const COUNT: usize = Self::NAMES.len();
        }
    };
}

features! {
    /// Whether a name of the gazetteer is a toponym where it stands; each holds or does not.
    ToponymFeature {
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

features! {
    /// Which candidate a name means.
    CandidateFeature {
        // The candidate itself.
        First, People, PeopleShare, PeopleUnknown, Region, Country, Division1, Division2, Settlement, Area, Water, Terrain, Line,
        Facility, Alternate, Variant, Historic, Demonym, Abbreviation, Capital, Seat1, Seat2, Section, Historical,
        WideCapital, WidePeople, WideLarge, WideDivision,
        // What the text says next to the name.
        InsideComma, InsideNear, HoldsComma, HoldsNear,
        // What the article speaks of besides.
        CountryShare, CountryTop, CountryAbsent, CountryNamed, DivisionShare, DivisionTop, DivisionNamed, DistrictShare,
        Near40, Near150, Near500, Near1500, Far,
        NearPeople, DivisionPeople,
        // Who speaks.
        HomeSelf, HomeNear, HomeDivision, HomeCountry, HomeDomain,
        DatelineSelf, DatelineNear, DatelineCountry,
    }
}

features! {
    /// Whether a name is a toponym and its best candidate right, all that is known taken together.
    VerdictFeature {
        Bias, LogOdds, LogOddsHigh, LogOddsLow, Probability, ProbabilityLow, Lead,
        Inside, InsideNear, Holds, Stated,
        CountryShare, CountryAbsent, CountryTop, DivisionShare, DivisionTop, Near40, Near150, Near500, Far,
        Region, Country, Division1, Division2, Settlement, Area, Water, Terrain, Line, Facility, Demonym, Abbreviation,
        Alternate, Variant, Historic, People, SmallSettlement, SmallNear, SmallFar, SmallAbsent,
        Mentions, Sole, Candidates, HomeNear, HomeCountry, Surname, FirstName, Common, InTitle, Opens,
        SurnameFar, FirstNameFar, CommonFar, Capital,
        LogOddsNear, LogOddsTop, SoleAlternate, SoleLarge, SoleSmall,
    }
}

/// The toponym features that hold of one name, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ToponymFeatures([u64; 4]);

const _: () = assert!(ToponymFeature::COUNT <= 4 * 64, "every feature has a bit");

impl ToponymFeatures {
    pub(crate) fn insert(&mut self, feature: ToponymFeature) {
        let n = feature as usize;
        self.0[(n >> 6) & 3] |= 1 << (n & 63);
    }

    pub(crate) fn insert_if(&mut self, holds: bool, feature: ToponymFeature) {
        if holds {
            self.insert(feature);
        }
    }

    pub(crate) fn has(&self, feature: ToponymFeature) -> bool {
        let n = feature as usize;
        self.0[(n >> 6) & 3] >> (n & 63) & 1 == 1
    }

    pub(crate) fn has_any(&self, features: &[ToponymFeature]) -> bool {
        features.iter().any(|feature| self.has(*feature))
    }

    pub(crate) fn union(mut self, other: ToponymFeatures) -> ToponymFeatures {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine |= theirs;
        }
        self
    }

    /// The numbers of the features that hold, in their order.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, bits)| {
            std::iter::successors(Some(bits), |b| Some(b & b.wrapping_sub(1)))
                .take_while(|b| *b != 0)
                .map(move |b| word * 64 + b.trailing_zeros() as usize)
        })
    }
}

/// The values of the features of one candidate.
pub(crate) type CandidateFeatures = [f32; CandidateFeature::COUNT];

/// The values of the features of one mention's verdict.
pub(crate) type VerdictFeatures = [f32; VerdictFeature::COUNT];

/// The value of a feature that holds or does not.
pub(crate) fn flag(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}
