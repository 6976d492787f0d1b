//! The ranker: which candidate of each name an article means.
//!
//! Each candidate is scored by a weighted sum of [`CandidateFeature`]s, and the scores of one name's candidates become
//! probabilities. The features that depend on the article's other names use the probabilities of the round before.

use crate::geo::evidence::features::{CandidateFeature, CandidateFeatures};
use crate::geo::evidence::weights::Weights;
use crate::geo::recognise::candidate::Candidate;
use crate::geo::recognise::recognition::{Group, Recognition};
use crate::geo::resolve::candidate_features::{CandidateSetting, OriginView, fixed_features, scene_features};
use crate::geo::resolve::containment::StatedContainment;
use crate::geo::resolve::origin::Origin;
use crate::geo::resolve::scene::{Scene, SceneShare, kilometres, position};
use crate::model::place::CountryCode;

/// Rounds in which the names of an article inform each other. A third changed fewer than 1 in 500 places.
const ROUNDS: usize = 2;
/// The lead of a candidate that has no rival, in log odds; others have this at most.
const MOST_LEAD: f32 = 9.0;
/// How certain the place of a source or dateline is, where nothing in the text says so.
const ORIGIN_CERTAINTY: f32 = 0.8;
/// A group with less weight adds nothing to the scene.
const LEAST_SCENE_WEIGHT: f32 = 0.05;

/// The best candidate of a group and how it stands among the others.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Standing {
    /// The number of the best candidate in its group.
    pub(crate) best: usize,
    /// Its probability together with that of the candidates that are the same place to a reader: in the same country, within
    /// 40 km.
    pub(crate) probability: f32,
    /// Its lead over the best of the other candidates, in log odds, at most [`MOST_LEAD`].
    pub(crate) lead: f32,
}

/// The names of an article with the scores of their candidates.
pub(crate) struct Ranker<'r, 'g> {
    pub(crate) recognition: &'r Recognition<'g>,
    origin: Origin,
    /// For each candidate what the text states of it ([`StatedContainment::candidates`]).
    stated: &'r [u8],
    /// For each candidate its probability among those of its group.
    pub(crate) probabilities: Vec<f32>,
    /// For each candidate its score, comparable within its group.
    pub(crate) scores: Vec<f32>,
    /// For each candidate the part of its score that is the same in all rounds.
    fixed_scores: Vec<f32>,
    /// For each group.
    pub(crate) standings: Vec<Standing>,
    /// For each group.
    shares: Vec<SceneShare>,
    scene: Scene,
}

impl<'r, 'g> Ranker<'r, 'g> {
    /// Ranks the candidates of all names, first each name by itself, then in the light of the others.
    pub(crate) fn new(
        recognition: &'r Recognition<'g>,
        stated: &'r StatedContainment,
        origin: Origin,
        weights: &Weights,
    ) -> Ranker<'r, 'g> {
        let (candidates, groups) = (recognition.candidate_count, recognition.groups.len());
        let mut ranker = Ranker {
            recognition,
            origin,
            stated: &stated.candidates,
            probabilities: vec![0.0; candidates],
            scores: vec![0.0; candidates],
            fixed_scores: vec![0.0; candidates],
            standings: vec![Standing::default(); groups],
            shares: vec![SceneShare::default(); groups],
            scene: Scene::default(),
        };
        ranker.score_fixed_features(weights);
        for round in 0..=ROUNDS {
            for g in 0..groups {
                ranker.score(g, weights, round == ROUNDS);
            }
            if round < ROUNDS {
                ranker.set_scene();
            }
        }
        ranker
    }

    fn is_in_use(group: &Group) -> bool {
        group.mentions > 0 || group.is_origin
    }

    fn setting(&self, group: &Group, n: usize) -> CandidateSetting {
        CandidateSetting {
            first: n == 0,
            log_most_people: group.name.log_most_people,
            stated: self.stated.get(group.numbers.start + n).copied().unwrap_or(0),
            local_source: self.origin.home.is_some(),
        }
    }

    fn score_fixed_features(&mut self, weights: &Weights) {
        for group in self.recognition.groups.iter().filter(|group| Self::is_in_use(group)) {
            for (n, candidate) in group.candidates().iter().enumerate() {
                let mut score = 0.0;
                let setting = self.setting(group, n);
                fixed_features(candidate, &setting, |feature, value| {
                    score += value * weights.candidate[feature as usize];
                });
                if let Some(slot) = self.fixed_scores.get_mut(group.numbers.start + n) {
                    *slot = score;
                }
            }
        }
    }

    /// Scores the candidates of a group. A single candidate is certain, so that its score is wanted in the last round only.
    fn score(&mut self, g: usize, weights: &Weights, last: bool) {
        let Some(group) = self.recognition.groups.get(g).filter(|group| Self::is_in_use(group)) else { return };
        let range = group.numbers.clone();
        let candidates = group.candidates();
        let mut highest = f32::NEG_INFINITY;
        if last || candidates.len() > 1 {
            let origin = self.origin_view(g);
            let scene = self.scene.view_without(g as u32, self.share_of(g));
            for (at, candidate) in range.clone().zip(candidates) {
                let mut score = self.fixed_scores.get(at).copied().unwrap_or(0.0);
                scene_features(candidate, &scene, &origin, |feature, value| {
                    score += value * weights.candidate[feature as usize];
                });
                highest = highest.max(score);
                if let Some(slot) = self.scores.get_mut(at) {
                    *slot = score;
                }
            }
        }
        if let [_] = candidates {
            let certain = Standing { best: 0, probability: 1.0, lead: MOST_LEAD };
            if let (Some(probability), Some(standing)) =
                (self.probabilities.get_mut(range.start), self.standings.get_mut(g))
            {
                (*probability, *standing) = (1.0, certain);
            }
            return;
        }
        let mut sum = 0.0;
        for at in range.clone() {
            let p = (self.scores.get(at).copied().unwrap_or(0.0) - highest).exp();
            sum += p;
            if let Some(slot) = self.probabilities.get_mut(at) {
                *slot = p;
            }
        }
        for p in self.probabilities.get_mut(range.clone()).unwrap_or_default() {
            *p /= sum.max(f32::MIN_POSITIVE);
        }
        let standing = self.standing(candidates, range.start);
        if let Some(slot) = self.standings.get_mut(g) {
            *slot = standing;
        }
    }

    /// The standing of the candidates of a group, the first of which has the number `from`.
    fn standing(&self, candidates: &[Candidate], from: usize) -> Standing {
        let probability = |n: usize| self.probabilities.get(from + n).copied().unwrap_or(0.0);
        let mut best = 0;
        for n in 1..candidates.len() {
            if probability(n) > probability(best) {
                best = n;
            }
        }
        let Some(winner) = candidates.get(best) else { return Standing::default() };
        let (mut same, mut other) = (0.0f32, 0.0f32);
        for (n, candidate) in candidates.iter().enumerate() {
            let near = || kilometres(position(&candidate.record), position(&winner.record)) < 40.0;
            if n == best || (candidate.country() == winner.country() && near()) {
                same += probability(n);
            } else {
                other = other.max(probability(n));
            }
        }
        let lead = if other > 0.0 { (same / other).ln().min(MOST_LEAD) } else { MOST_LEAD };
        Standing { best, probability: same, lead }
    }

    /// Gathers what the names say together, each by its best candidate.
    fn set_scene(&mut self) {
        let mut scene = Scene::default();
        for (g, group) in self.recognition.groups.iter().enumerate() {
            let mut share = SceneShare::default();
            if Self::is_in_use(group) {
                let standing = self.standings.get(g).copied().unwrap_or_default();
                let certainty = if group.is_origin { ORIGIN_CERTAINTY } else { group.best };
                let mentions = (1.0 + group.mentions as f32).log2().max(1.0);
                let weight = certainty * mentions * standing.probability * standing.probability;
                if let Some(winner) = group.candidates().get(standing.best).filter(|_| weight > LEAST_SCENE_WEIGHT) {
                    share = scene.add(g as u32, winner, weight);
                }
            }
            if let Some(slot) = self.shares.get_mut(g) {
                *slot = share;
            }
        }
        scene.keep_heaviest();
        self.scene = scene;
    }

    /// The features of a candidate, the `n`th of group `g`.
    pub(crate) fn features(&self, g: usize, n: usize, candidate: &Candidate) -> CandidateFeatures {
        let mut features = [0.0; CandidateFeature::COUNT];
        let mut set = |feature: CandidateFeature, value: f32| features[feature as usize] = value;
        if let Some(group) = self.recognition.groups.get(g) {
            fixed_features(candidate, &self.setting(group, n), &mut set);
            let scene = self.scene.view_without(g as u32, self.share_of(g));
            scene_features(candidate, &scene, &self.origin_view(g), &mut set);
        }
        features
    }

    fn share_of(&self, g: usize) -> SceneShare {
        self.shares.get(g).copied().unwrap_or_default()
    }

    fn origin_view(&self, g: usize) -> OriginView<'r> {
        let Origin { home, domain_country, dateline } = self.origin;
        OriginView {
            home: self.winner(home).filter(|_| home != Some(g as u32)),
            domain_country,
            dateline: self.winner(dateline).filter(|_| dateline != Some(g as u32)),
        }
    }

    /// How much the names of an article besides those of a group speak of a country; 0 for none.
    pub(crate) fn country_weight(&self, g: usize, country: Option<CountryCode>) -> f32 {
        country.map_or(0.0, |country| self.scene.country_weight(country, self.share_of(g)))
    }

    /// The place of the dateline with its probability.
    pub(crate) fn dateline(&self) -> Option<(&'r Candidate, f32)> {
        self.winner(self.origin.dateline)
    }

    /// The best candidate of a group with its probability.
    fn winner(&self, group: Option<u32>) -> Option<(&'r Candidate, f32)> {
        let g = group? as usize;
        let standing = self.standings.get(g)?;
        let candidate = self.recognition.groups.get(g)?.candidates().get(standing.best)?;
        Some((candidate, standing.probability))
    }
}
