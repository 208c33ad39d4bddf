//! Scores and faults of a set of documents.

use std::collections::{BTreeMap, BTreeSet};

use super::Tally;
use super::gold::Gold;
use super::matching::{Agrees, Item, pair};
use super::predicted::Predicted;
use crate::act::Act;

/// The five measures (see [`super`]).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Measures {
    /// The content is found.
    pub found: Tally,
    /// … with its source.
    pub who: Tally,
    /// … and its act.
    pub stance: Tally,
    /// … and its addressees.
    pub directed: Tally,
    /// Blocs of source and addressee, and the act.
    pub bloc: Tally,
}

impl Measures {
    /// Names and values, in order.
    pub fn each(&self) -> [(&'static str, Tally); 5] {
        [
            ("found", self.found),
            ("who", self.who),
            ("stance", self.stance),
            ("directed", self.directed),
            ("bloc", self.bloc),
        ]
    }

    fn add(&mut self, other: &Self) {
        for (mine, theirs) in [
            (&mut self.found, other.found),
            (&mut self.who, other.who),
            (&mut self.stance, other.stance),
            (&mut self.directed, other.directed),
            (&mut self.bloc, other.bloc),
        ] {
            add(mine, theirs);
        }
    }
}

fn add(mine: &mut Tally, theirs: Tally) {
    mine.correct += theirs.correct;
    mine.predicted += theirs.predicted;
    mine.expected += theirs.expected;
}

/// What is wrong with a claim: the first that is, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// Annotated, not found.
    Missed,
    /// Found, not annotated.
    Spurious,
    /// Another source.
    Source,
    /// Another act.
    Act,
    /// Other addressees.
    Addressee,
}

impl FaultKind {
    /// All kinds, in order.
    pub const ALL: [Self; 5] = [Self::Missed, Self::Spurious, Self::Source, Self::Act, Self::Addressee];

    /// The name in tables and records.
    ///
    /// ```
    /// assert_eq!(demarche::eval::FaultKind::Spurious.as_str(), "spurious");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::Spurious => "spurious",
            Self::Source => "source",
            Self::Act => "act",
            Self::Addressee => "addressee",
        }
    }
}

/// A claim that is missed, spurious or wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Name of the document.
    pub doc: String,
    /// What is wrong.
    pub kind: FaultKind,
    /// The annotated claim; none for a spurious one.
    pub gold: Option<Item>,
    /// The predicted claim; none for a missed one.
    pub predicted: Option<Item>,
}

/// The measures of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentReport {
    /// Name of the document.
    pub doc: String,
    /// Its measures.
    pub measures: Measures,
}

/// Scores and faults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Over all documents (sums of counts).
    pub total: Measures,
    /// Document by document, in the order given.
    pub documents: Vec<DocumentReport>,
    /// By act: right where a found claim has the annotated act.
    pub acts: BTreeMap<String, Tally>,
    /// Among pairs: claims that are negated.
    pub negated: Tally,
    /// Among pairs: claims that are hedged.
    pub hedged: Tally,
    /// Among pairs: reporters.
    pub via: Tally,
    /// Pairs that agree on being negated or not.
    pub negated_correct: usize,
    /// Pairs that agree on being hedged or not.
    pub hedged_correct: usize,
    /// Annotated and predicted act of each pair, counted.
    pub confusion: BTreeMap<(String, String), usize>,
    /// What is wrong, document by document.
    pub faults: Vec<Fault>,
}

impl Report {
    /// Scores predicted claims against annotations, each document with the claims made for it.
    pub fn new<'a>(documents: impl IntoIterator<Item = (&'a Gold, &'a [Predicted])>) -> Self {
        let mut report = Self::default();
        for (gold, predicted) in documents {
            let items: Vec<Item> = predicted.iter().map(|p| gold.item_of(p)).collect();
            report.document(&gold.doc, &gold.claims, &items);
        }
        report
    }

    /// Adds one document.
    pub(super) fn document(&mut self, doc: &str, gold: &[Item], predicted: &[Item]) {
        let pairs = pair(gold, predicted);
        let with_addressee = |items: &[Item]| items.iter().filter(|c| !c.addressee.is_empty()).count();
        let all = Tally { correct: 0, predicted: predicted.len(), expected: gold.len() };
        let directed = Tally { correct: 0, predicted: with_addressee(predicted), expected: with_addressee(gold) };
        let mut m = Measures { found: all, who: all, stance: all, directed, bloc: directed };
        for (items, side) in [(gold, false), (predicted, true)] {
            for item in items {
                let tally = self.acts.entry(item.act.clone()).or_default();
                *(if side { &mut tally.predicted } else { &mut tally.expected }) += 1;
            }
        }
        let (mut free_gold, mut free_predicted) = (vec![true; gold.len()], vec![true; predicted.len()]);
        for &(i, j) in &pairs {
            let (g, p) = (&gold[i], &predicted[j]);
            (free_gold[i], free_predicted[j]) = (false, false);
            let agrees = Agrees::of(g, p);
            let both_to = !g.addressee.is_empty() && !p.addressee.is_empty();
            let stance = agrees.who && agrees.act;
            m.found.correct += 1;
            m.who.correct += usize::from(agrees.who);
            m.stance.correct += usize::from(stance);
            m.directed.correct += usize::from(both_to && stance && agrees.to);
            m.bloc.correct += usize::from(both_to && agrees.source_bloc && agrees.act && agrees.addressee_bloc);
            if agrees.act {
                self.acts.entry(g.act.clone()).or_default().correct += 1;
            }
            *self.confusion.entry((g.act.clone(), p.act.clone())).or_default() += 1;
            for (tally, mine, theirs) in
                [(&mut self.negated, g.negated, p.negated), (&mut self.hedged, g.hedged, p.hedged)]
            {
                tally.expected += usize::from(mine);
                tally.predicted += usize::from(theirs);
                tally.correct += usize::from(mine && theirs);
            }
            self.negated_correct += usize::from(g.negated == p.negated);
            self.hedged_correct += usize::from(g.hedged == p.hedged);
            self.via.add::<String>(&p.via, &g.via);
            let kind = match agrees {
                Agrees { who: false, .. } => Some(FaultKind::Source),
                Agrees { act: false, .. } => Some(FaultKind::Act),
                Agrees { to: false, .. } => Some(FaultKind::Addressee),
                _ => None,
            };
            if let Some(kind) = kind {
                let (gold, predicted) = (Some(g.clone()), Some(p.clone()));
                self.faults.push(Fault { doc: doc.to_owned(), kind, gold, predicted });
            }
        }
        for (item, _) in gold.iter().zip(free_gold).filter(|(_, free)| *free) {
            let gold = Some(item.clone());
            self.faults.push(Fault { doc: doc.to_owned(), kind: FaultKind::Missed, gold, predicted: None });
        }
        for (item, _) in predicted.iter().zip(free_predicted).filter(|(_, free)| *free) {
            let predicted = Some(item.clone());
            self.faults.push(Fault { doc: doc.to_owned(), kind: FaultKind::Spurious, gold: None, predicted });
        }
        self.total.add(&m);
        self.documents.push(DocumentReport { doc: doc.to_owned(), measures: m });
    }

    /// Number of faults of each kind.
    pub fn kinds(&self) -> BTreeMap<FaultKind, usize> {
        let mut out = BTreeMap::new();
        for fault in &self.faults {
            *out.entry(fault.kind).or_default() += 1;
        }
        out
    }

    /// Acts that occur, those of the scheme first and in its order.
    pub(super) fn acts_in_order(&self) -> Vec<(&str, Tally)> {
        let scheme: BTreeSet<&str> = Act::ALL.map(Act::as_str).into();
        let known = Act::ALL.iter().filter_map(|act| self.acts.get_key_value(act.as_str()));
        let other = self.acts.iter().filter(|(name, _)| !scheme.contains(name.as_str()));
        known.chain(other).map(|(name, tally)| (name.as_str(), *tally)).collect()
    }
}
