//! Which predicted claim is meant to be which annotated one.

use std::collections::BTreeSet;

use super::names::jaccard;

/// A claim reduced to what is compared; names are normalised and canonical.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Where the words of the content start, in code points.
    pub words: BTreeSet<usize>,
    /// Name of the act.
    pub act: String,
    /// Who.
    pub source: BTreeSet<String>,
    /// Towards whom.
    pub addressee: BTreeSet<String>,
    /// Reporters.
    pub via: BTreeSet<String>,
    /// Blocs of the sources.
    pub source_bloc: BTreeSet<String>,
    /// Blocs of the addressees.
    pub addressee_bloc: BTreeSet<String>,
    /// The act is denied.
    pub negated: bool,
    /// Second-hand or uncertain.
    pub hedged: bool,
    /// Words of the main part of the content.
    pub show: String,
}

/// On what two claims agree.
#[expect(clippy::struct_excessive_bools, reason = "each field is one question, answered yes or no")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agrees {
    /// Source.
    pub who: bool,
    /// Act.
    pub act: bool,
    /// Addressees.
    pub to: bool,
    /// Bloc of the source.
    pub source_bloc: bool,
    /// Blocs of the addressees.
    pub addressee_bloc: bool,
}

impl Agrees {
    /// Compares two claims.
    pub fn of(gold: &Item, predicted: &Item) -> Self {
        let half = |a: &BTreeSet<String>, b: &BTreeSet<String>| jaccard(a, b) >= 0.5;
        Self {
            who: half(&gold.source, &predicted.source),
            act: gold.act == predicted.act,
            to: half(&gold.addressee, &predicted.addressee),
            source_bloc: half(&gold.source_bloc, &predicted.source_bloc),
            addressee_bloc: half(&gold.addressee_bloc, &predicted.addressee_bloc),
        }
    }
}

/// Dice coefficient of the words; 0 where the claims must not be paired.
fn overlap(gold: &Item, predicted: &Item) -> f64 {
    let both = gold.words.intersection(&predicted.words).count() as f64;
    let (a, b) = (gold.words.len() as f64, predicted.words.len() as f64);
    if both > 0.0 && both >= 0.6 * a.min(b) && both >= 0.3 * a.max(b) { 2.0 * both / (a + b) } else { 0.0 }
}

/// Pairs of an annotated and a predicted claim (their indices), one to one: the pair with the highest score first, where agreement on source, act
/// and addressee counts beside the overlap of the contents; of equals the earlier one.
pub fn pair(gold: &[Item], predicted: &[Item]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in predicted.iter().enumerate() {
            let overlap = overlap(g, p);
            if overlap > 0.0 {
                let agrees = Agrees::of(g, p);
                let share = |is: bool, weight: f64| if is { weight } else { 0.0 };
                let score = overlap + share(agrees.who, 1.0) + share(agrees.act, 0.5) + share(agrees.to, 0.25);
                pairs.push((score, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_gold, mut used_predicted) = (vec![false; gold.len()], vec![false; predicted.len()]);
    let mut out = Vec::new();
    for (_, i, j) in pairs {
        if !used_gold[i] && !used_predicted[j] {
            used_gold[i] = true;
            used_predicted[j] = true;
            out.push((i, j));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(words: std::ops::Range<usize>, source: &str, act: &str) -> Item {
        let set = |name: &str| BTreeSet::from([name.to_owned()]);
        Item {
            words: words.collect(),
            act: act.to_owned(),
            source: set(source),
            addressee: BTreeSet::new(),
            via: BTreeSet::new(),
            source_bloc: set(source),
            addressee_bloc: BTreeSet::new(),
            negated: false,
            hedged: false,
            show: String::new(),
        }
    }

    #[test]
    fn agreement_outweighs_a_slightly_better_overlap() {
        let gold = [item(0..10, "peru", "demand")];
        let predicted = [item(0..10, "chile", "assert"), item(0..9, "peru", "demand")];
        assert_eq!(pair(&gold, &predicted), [(0, 1)]);
    }

    #[test]
    fn little_overlap_is_no_pair() {
        assert_eq!(pair(&[item(0..10, "peru", "demand")], &[item(0..2, "peru", "demand")]), []);
        assert_eq!(pair(&[item(0..10, "peru", "demand")], &[item(8..18, "peru", "demand")]), []);
        assert_eq!(pair(&[item(0..10, "peru", "demand")], &[item(0..3, "peru", "demand")]), [(0, 0)]);
    }
}
