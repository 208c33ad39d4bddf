//! How far two annotators agree.

use std::collections::BTreeMap;

use super::gold::Gold;
use super::matching::{Agrees, pair};
use super::report::Report;

/// Agreement of two annotators of the same articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The second annotator scored against the first. F1 does not depend on who is first.
    pub report: Report,
    /// Claims that both have, by their content.
    pub shared: usize,
    /// Krippendorff's alpha for the act, over the shared claims; at most 1, and 0 where agreement is that of chance.
    pub act_alpha: f64,
    /// Share of the shared claims with the same source, 0 to 1.
    pub same_source: f64,
    /// Share of the shared claims with the same addressees, 0 to 1.
    pub same_addressee: f64,
}

impl Agreement {
    /// Compares two annotations of each article.
    pub fn new<'a>(documents: impl IntoIterator<Item = (&'a Gold, &'a Gold)>) -> Self {
        let mut report = Report::default();
        let mut acts = Vec::new();
        let (mut source, mut addressee) = (0, 0);
        for (first, second) in documents {
            let items = first.items_of(second);
            report.document(&first.doc, &first.claims, &items);
            for (i, j) in pair(&first.claims, &items) {
                let agrees = Agrees::of(&first.claims[i], &items[j]);
                source += usize::from(agrees.who);
                addressee += usize::from(agrees.to);
                acts.push((first.claims[i].act.clone(), items[j].act.clone()));
            }
        }
        let shared = acts.len();
        let share = |n: usize| if shared == 0 { 1.0 } else { n as f64 / shared as f64 };
        Self { report, shared, act_alpha: alpha(&acts), same_source: share(source), same_addressee: share(addressee) }
    }
}

/// Krippendorff's alpha for nominal values of two coders, each unit coded by both; 1 where there is nothing to disagree on.
///
/// # References
/// K. Krippendorff, *Content Analysis*, 4th ed. 2018, chapter 12.
///
/// ```
/// use demarche::eval::alpha;
/// assert_eq!(alpha(&[("demand", "demand"), ("assert", "assert")]), 1.0);
/// // Krippendorff's example of ten units coded 0 or 1 (Computing Krippendorff's Alpha-Reliability, 2011, part A).
/// let (a, b) = ([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]);
/// let pairs: Vec<_> = a.into_iter().zip(b).collect();
/// assert!((alpha(&pairs) - 0.095).abs() < 0.001);
/// ```
pub fn alpha<T: Ord + Clone>(pairs: &[(T, T)]) -> f64 {
    let mut counts: BTreeMap<T, f64> = BTreeMap::new();
    let mut differ = 0.0;
    for (a, b) in pairs {
        *counts.entry(a.clone()).or_default() += 1.0;
        *counts.entry(b.clone()).or_default() += 1.0;
        if a != b {
            differ += 2.0;
        }
    }
    let n = 2.0 * pairs.len() as f64;
    let same: f64 = counts.values().map(|c| c * c).sum();
    let expected = n * n - same;
    if expected <= 0.0 { 1.0 } else { 1.0 - (n - 1.0) * differ / expected }
}
