//! Values that a shell may offer for an option that takes any: regions, countries, languages, verbs.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, Command, ValueHint};
use dateline::geo::Gazetteer;
use dateline::geo::gazetteer::region;
use dateline::model::place::CountryCode;
use dateline::words::language::languages;
use dateline::words::letters::name_fold::fold;

/// The program as a shell should complete it: options that take any value, with those that are known by name.
pub fn with_offers(program: Command) -> Command {
    let verbs: Vec<PossibleValue> = program.get_subcommands().map(|verb| verb.get_name().to_owned().into()).collect();
    program.mut_subcommands(|verb| verb.mut_args(|argument| with_offer(argument, &verbs)))
}

fn with_offer(argument: Arg, verbs: &[PossibleValue]) -> Arg {
    let id = argument.get_id().as_str().to_owned();
    let offered = match id.as_str() {
        "region" => regions(),
        "country" => countries(),
        "under" => regions().into_iter().chain(countries()).collect(),
        "lang" => languages_offered(),
        "verb" => verbs.to_vec(),
        // Nothing is known of these but that they are no files.
        "query" | "place" | "near" | "from" | "to" | "date" | "event" | "published" | "source" | "title" | "path"
        | "exclude" | "ids" | "id" | "name" | "map" => return argument.value_hint(ValueHint::Other),
        _ => return argument,
    };
    argument.value_parser(PossibleValuesParser::from(offered))
}

/// A name that a shell takes for one word; it is read as the name is, as a hyphen parts words too.
fn one_word(name: &str) -> String {
    let plain = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
    if plain(name) {
        return name.replace(' ', "-");
    }
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    fold(name).split(' ').map(capital).collect::<Vec<_>>().join("-")
}

/// Each by its code with its name beside it, and by its name with its code.
fn by_code_and_name(code: &str, name: &str) -> [PossibleValue; 2] {
    [
        PossibleValue::new(code.to_owned()).help(name.to_owned()),
        PossibleValue::new(one_word(name)).help(code.to_owned()),
    ]
}

fn regions() -> Vec<PossibleValue> {
    region::regions().iter().flat_map(|region| by_code_and_name(region.code, region.name)).collect()
}

fn countries() -> Vec<PossibleValue> {
    let letters = b'A'..=b'Z';
    let codes = letters.clone().flat_map(|a| letters.clone().map(move |b| CountryCode([a, b])));
    let countries = codes.filter_map(|code| Some((code, Gazetteer::embedded().country(code)?)));
    countries.flat_map(|(code, place)| by_code_and_name(code.as_str(), &place.name)).collect()
}

fn languages_offered() -> Vec<PossibleValue> {
    languages().map(|(code, name)| PossibleValue::new(code).help(name)).collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use dateline::model::field::Field;
    use dateline::query::parse::parse_filter;

    use super::*;
    use crate::cli::args::Cli;

    fn offered(option: &str) -> Vec<String> {
        let program = with_offers(Cli::command());
        let search = program.find_subcommand("search").expect("the verb");
        let argument = search.get_arguments().find(|a| a.get_id() == option).expect("the option");
        argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
    }

    #[test]
    fn every_value_that_is_offered_is_read_and_is_one_word() {
        for (option, field, fewest) in
            [("region", Field::Region, 80), ("country", Field::Country, 490), ("lang", Field::Language, 180)]
        {
            let values = offered(option);
            assert!(values.len() >= fewest, "{option}: {}", values.len());
            for value in values {
                assert!(value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{value}");
                let read = parse_filter(field, &value, Gazetteer::embedded(), &mut Vec::new());
                assert!(read.is_ok(), "{option} {value}: {read:?}");
            }
        }
    }

    #[test]
    fn a_code_and_the_name_beside_it_are_the_same() {
        for values in [offered("region"), offered("country")] {
            for pair in values.chunks(2) {
                let [code, name] = pair else { panic!("{pair:?}") };
                let read = |value: &str| {
                    let of_region = parse_filter(Field::Region, value, Gazetteer::embedded(), &mut Vec::new());
                    of_region.or_else(|_| parse_filter(Field::Country, value, Gazetteer::embedded(), &mut Vec::new()))
                };
                assert_eq!(read(code).ok(), read(name).ok(), "{code} {name}");
            }
        }
    }
}
