//! Logistic regression and its form for choices, by full-batch Adam: a few seconds, the same result every time.

use dateline::geo::resolve::fit::{ChoiceRow, DecisionRow};

const STEPS: usize = 500;
const RATE: f32 = 0.05;

/// Adam's state for one vector of weights.
struct Adam {
    weights: Vec<f32>,
    mean: Vec<f32>,
    spread: Vec<f32>,
}

impl Adam {
    fn new(count: usize) -> Adam {
        Adam { weights: vec![0.0; count], mean: vec![0.0; count], spread: vec![0.0; count] }
    }

    fn step(&mut self, gradient: &[f32], step: usize) {
        let (decay1, decay2) = (0.9f32, 0.999f32);
        let rate = RATE * if step * 4 > STEPS * 3 { 0.2 } else { 1.0 };
        let (bias1, bias2) = (1.0 - decay1.powi(step as i32 + 1), 1.0 - decay2.powi(step as i32 + 1));
        for (n, slope) in gradient.iter().enumerate() {
            self.mean[n] = decay1 * self.mean[n] + (1.0 - decay1) * slope;
            self.spread[n] = decay2 * self.spread[n] + (1.0 - decay2) * slope * slope;
            self.weights[n] -= rate * (self.mean[n] / bias1) / ((self.spread[n] / bias2).sqrt() + 1e-8);
        }
    }
}

/// Weights that tell the rows with yes from those with no; `ridge` holds them small.
pub fn fit_rows(rows: &[(DecisionRow, f32)], count: usize, ridge: f32) -> Vec<f32> {
    let mut adam = Adam::new(count);
    let total: f32 = rows.iter().map(|(_, weight)| weight).sum();
    for step in 0..STEPS {
        let mut gradient: Vec<f32> = adam.weights.iter().map(|w| ridge * 0.05 * w).collect();
        for (row, weight) in rows {
            let sum: f32 = row.features.iter().map(|(n, value)| adam.weights[*n] * value).sum();
            let error = (1.0 / (1.0 + (-sum).exp()) - f32::from(u8::from(row.yes))) * weight / total;
            for (n, value) in &row.features {
                gradient[*n] += error * value;
            }
        }
        adam.step(&gradient, step);
    }
    adam.weights
}

/// Weights under which the right candidates of a name are the likeliest.
pub fn fit_choices(choices: &[(ChoiceRow, f32)], count: usize, ridge: f32) -> Vec<f32> {
    let mut adam = Adam::new(count);
    let weight_of = |c: &ChoiceRow, weight: f32| weight * (c.mentions.min(4) as f32).sqrt();
    let total: f32 = choices.iter().map(|(c, weight)| weight_of(c, *weight)).sum();
    for step in 0..STEPS {
        let mut gradient: Vec<f32> = adam.weights.iter().map(|w| ridge * 0.05 * w).collect();
        for (choice, weight) in choices {
            let score = |b: &Vec<f32>| b.iter().zip(&adam.weights).map(|(value, w)| value * w).sum::<f32>();
            let scores: Vec<f32> = choice.candidates.iter().map(score).collect();
            let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let odds: Vec<f32> = scores.iter().map(|s| (s - highest).exp()).collect();
            let sum: f32 = odds.iter().sum();
            let right: f32 = odds.iter().zip(&choice.right).filter(|(_, r)| **r).map(|(p, _)| p).sum();
            let scale = weight_of(choice, *weight) / total;
            for ((candidate, p), is_right) in choice.candidates.iter().zip(&odds).zip(&choice.right) {
                let wanted = if *is_right { p / right.max(1e-12) } else { 0.0 };
                let error = scale * (p / sum - wanted);
                for (slope, value) in gradient.iter_mut().zip(candidate) {
                    *slope += error * value;
                }
            }
        }
        adam.step(&gradient, step);
    }
    adam.weights
}
