//! The fitted weights of the features, which are data: `data/weights.tsv`, made by `gazetteer/fit`.

use std::sync::LazyLock;

use crate::geo::evidence::features::{CandidateFeature, ToponymFeature, ToponymFeatures, VerdictFeature};

/// All weights, by model.
#[derive(Debug, Clone)]
pub struct Weights {
    /// Of recognition: is the name a toponym, as far as the name and the words around it tell?
    pub(crate) toponym: [f32; ToponymFeature::COUNT],
    /// Of the ranker: which candidate does the name mean?
    pub(crate) candidate: [f32; CandidateFeature::COUNT],
    /// Of the verdict: is the name a toponym after all?
    pub(crate) verdict_toponym: [f32; VerdictFeature::COUNT],
    /// Of the verdict: is the candidate that it means the right place, if it is a toponym?
    pub(crate) verdict_place: [f32; VerdictFeature::COUNT],
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
            toponym: [0.0; ToponymFeature::COUNT],
            candidate: [0.0; CandidateFeature::COUNT],
            verdict_toponym: [0.0; VerdictFeature::COUNT],
            verdict_place: [0.0; VerdictFeature::COUNT],
        };
        for line in table.lines() {
            let Some((name, value)) = line.split_once('\t') else { continue };
            let (Some((model, feature)), Ok(value)) = (name.split_once('.'), value.trim().parse::<f32>()) else {
                continue;
            };
            let slots: &mut [f32] = match model {
                "toponym" => &mut weights.toponym,
                "candidate" => &mut weights.candidate,
                "verdict_toponym" => &mut weights.verdict_toponym,
                "verdict_place" => &mut weights.verdict_place,
                _ => continue,
            };
            let place = feature_names(model).iter().position(|name| *name == feature);
            if let Some(slot) = place.and_then(|n| slots.get_mut(n)) {
                *slot = value;
            }
        }
        weights
    }
}

/// The names of the features of a model, by the prefix that the table of weights has for it; none of an unknown model.
pub(crate) fn feature_names(model: &str) -> &'static [&'static str] {
    match model {
        "toponym" => ToponymFeature::NAMES,
        "candidate" => CandidateFeature::NAMES,
        "verdict_toponym" | "verdict_place" => VerdictFeature::NAMES,
        _ => &[],
    }
}

/// The sum of the weights of the features that hold, as log odds.
pub(crate) fn log_odds(features: ToponymFeatures, weights: &[f32; ToponymFeature::COUNT]) -> f32 {
    features.iter().filter_map(|n| weights.get(n)).sum()
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
            let known = name.split_once('.').is_some_and(|(model, feature)| feature_names(model).contains(&feature));
            assert!(known && value.parse::<f32>().is_ok_and(f32::is_finite), "{line}");
        }
    }

    #[test]
    fn unknown_features_and_broken_lines_are_passed_over() {
        let weights =
            Weights::parse("# note\ntoponym.Bias\t2.5\ntoponym.Nothing\t3\ncandidate\t1\ntoponym.Tokens2\tx\n");
        assert_eq!(weights.toponym[ToponymFeature::Bias as usize], 2.5);
        assert_eq!(weights.toponym.iter().filter(|w| **w != 0.0).count(), 1);
    }
}
