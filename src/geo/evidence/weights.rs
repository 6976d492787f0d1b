//! Fitted weights: which evidence speaks for a toponym, and which for a place. Data, in `data/weights.tsv`.

use std::sync::LazyLock;

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
pub(crate) use features;

use crate::geo::recognise::signs::Sign;
use crate::geo::resolve::ranker::Clue;
use crate::geo::resolve::verdict::Ground;

/// All weights, by model.
#[derive(Debug, Clone)]
pub struct Weights {
    /// Of recognition: is this a toponym?
    pub(crate) signs: [f32; Sign::COUNT],
    /// Of the ranker: which candidate?
    pub(crate) clues: [f32; Clue::COUNT],
    /// Of the verdict: is the best candidate right, and is the name a toponym, all in all?
    pub(crate) found: [f32; Ground::COUNT],
    /// Of the confidence that the resolution is right, given that the name is a toponym.
    pub(crate) right: [f32; Ground::COUNT],
}

const EMBEDDED: &str = include_str!("data/weights.tsv");

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::parse(EMBEDDED));

impl Weights {
    /// The weights that are part of the program.
    pub(crate) fn embedded() -> &'static Weights {
        &WEIGHTS
    }

    /// Reads lines of `model.feature<TAB>weight`. A feature that has no line weighs nothing; lines of no known feature
    /// are passed over, so that a feature can be retired before the weights are fitted anew.
    pub fn parse(table: &str) -> Weights {
        let mut weights = Weights {
            signs: [0.0; Sign::COUNT],
            clues: [0.0; Clue::COUNT],
            found: [0.0; Ground::COUNT],
            right: [0.0; Ground::COUNT],
        };
        for line in table.lines() {
            let Some((name, value)) = line.split_once('\t') else { continue };
            let (Some((model, feature)), Ok(value)) = (name.split_once('.'), value.trim().parse::<f32>()) else {
                continue;
            };
            let (names, slots): (&[&str], &mut [f32]) = match model {
                "sign" => (Sign::NAMES, &mut weights.signs),
                "clue" => (Clue::NAMES, &mut weights.clues),
                "found" => (Ground::NAMES, &mut weights.found),
                "right" => (Ground::NAMES, &mut weights.right),
                _ => continue,
            };
            if let Some(slot) = names.iter().position(|n| *n == feature).and_then(|n| slots.get_mut(n)) {
                *slot = value;
            }
        }
        weights
    }
}

/// The logistic function.
pub(crate) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_fitted_weights_names_a_feature() {
        for line in EMBEDDED.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let (name, value) = line.split_once('\t').unwrap_or_default();
            let known = match name.split_once('.') {
                Some(("sign", f)) => Sign::NAMES.contains(&f),
                Some(("clue", f)) => Clue::NAMES.contains(&f),
                Some(("found" | "right", f)) => Ground::NAMES.contains(&f),
                _ => false,
            };
            assert!(known && value.parse::<f32>().is_ok_and(f32::is_finite), "{line}");
        }
    }

    #[test]
    fn unknown_features_and_broken_lines_are_passed_over() {
        let weights = Weights::parse("# note\nsign.Bias\t2.5\nsign.Nothing\t3\nclue\t1\nsign.Tokens2\tx\n");
        assert_eq!(weights.signs[Sign::Bias as usize], 2.5);
        assert_eq!(weights.signs.iter().filter(|w| **w != 0.0).count(), 1);
    }
}
