//! Two stores compared at the level of claims: what appeared, what vanished, what changed and in which field. Start at [`diff`].
//!
//! Articles are paired by their text, else by path or address. Within a pair, claims are paired by id, else by the place of their content, else by
//! overlapping places; in articles whose text has changed, by the words of their content.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::claims::{ActorRef, Claim, DocumentRef};
use crate::diag::Result;
use crate::graph::Store;

/// What became of a claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "lowercase")]
pub enum Difference {
    /// Only the second store has it.
    Appeared {
        /// The claim.
        claim: Claim,
    },
    /// Only the first store has it.
    Vanished {
        /// The claim.
        claim: Claim,
    },
    /// Both have it, with other values.
    Changed {
        /// The article, as the second store has it.
        document: DocumentRef,
        /// Id in the first store.
        was: String,
        /// Id in the second store.
        is: String,
        /// Words of the content, as the second store has them.
        content: String,
        /// What changed.
        fields: Vec<Field>,
    },
}

/// A field with another value. Lists of names are joined with " and " or ", "; what is not there is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name in the claim record.
    pub field: &'static str,
    /// In the first store.
    pub old: String,
    /// In the second store.
    pub new: String,
}

/// What two stores have in common, and what not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diff {
    /// Differences, by article (path, then id) and place.
    pub differences: Vec<Difference>,
    /// Claims that are the same in both.
    pub same: usize,
}

impl Diff {
    /// Claims that appeared, vanished, changed.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |is: &dyn Fn(&Difference) -> bool| self.differences.iter().filter(|d| is(d)).count();
        (
            count(&|d| matches!(d, Difference::Appeared { .. })),
            count(&|d| matches!(d, Difference::Vanished { .. })),
            count(&|d| matches!(d, Difference::Changed { .. })),
        )
    }
}

impl Difference {
    /// The article of it.
    pub fn document(&self) -> &DocumentRef {
        match self {
            Self::Appeared { claim } | Self::Vanished { claim } => &claim.document,
            Self::Changed { document, .. } => document,
        }
    }
}

/// Compares two stores. `measures` counts a change of confidence or rule as a change too.
///
/// # Errors
///
/// Where the claims of a store cannot be read, see [`Store::claims`].
pub fn diff(old: &Store, new: &Store, measures: bool) -> Result<Diff> {
    Ok(compare(&old.claims()?, &new.claims()?, measures))
}

/// Compares two lists of claims.
pub fn compare(old: &[Claim], new: &[Claim], measures: bool) -> Diff {
    let (old, new) = (by_article(old), by_article(new));
    let mut out = Diff::default();
    let mut keyed: Vec<((String, String, usize, u8), Difference)> = Vec::new();
    let mut put = |at: usize, order: u8, difference: Difference| {
        let document = difference.document();
        let key = (document.path.clone().unwrap_or_default(), document.id.clone(), at, order);
        keyed.push((key, difference));
    };
    let pairs = pair_articles(&old, &new);
    let paired: BTreeSet<&str> = pairs.iter().map(|(a, _)| *a).collect();
    let met: BTreeSet<&str> = pairs.iter().map(|(_, b)| *b).collect();
    for (_, claims) in old.iter().filter(|(id, _)| !paired.contains(**id)) {
        for &claim in claims {
            put(claim.content.start, 0, Difference::Vanished { claim: claim.clone() });
        }
    }
    for (_, claims) in new.iter().filter(|(id, _)| !met.contains(**id)) {
        for &claim in claims {
            put(claim.content.start, 2, Difference::Appeared { claim: claim.clone() });
        }
    }
    for (a, b) in pairs {
        let (a, b, same_text) = (&old[a], &new[b], a == b);
        let (mut left, mut right) = (vec![true; a.len()], vec![true; b.len()]);
        for (i, j) in pair_claims(a, b, same_text) {
            (left[i], right[j]) = (false, false);
            let fields = fields(a[i], b[j], measures);
            if fields.is_empty() {
                out.same += 1;
                continue;
            }
            let changed = Difference::Changed {
                document: b[j].document.clone(),
                was: a[i].id.clone(),
                is: b[j].id.clone(),
                content: b[j].content.text.clone(),
                fields,
            };
            put(b[j].content.start, 1, changed);
        }
        for (claim, _) in a.iter().zip(left).filter(|(_, free)| *free) {
            put(claim.content.start, 0, Difference::Vanished { claim: (*claim).clone() });
        }
        for (claim, _) in b.iter().zip(right).filter(|(_, free)| *free) {
            put(claim.content.start, 2, Difference::Appeared { claim: (*claim).clone() });
        }
    }
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    out.differences = keyed.into_iter().map(|(_, difference)| difference).collect();
    out
}

type Articles<'a> = BTreeMap<&'a str, Vec<&'a Claim>>;

fn by_article(claims: &[Claim]) -> Articles<'_> {
    let mut out: Articles<'_> = BTreeMap::new();
    for claim in claims {
        out.entry(&claim.document.id).or_default().push(claim);
    }
    for list in out.values_mut() {
        list.sort_by(|a, b| (a.content.start, a.content.end, &a.id).cmp(&(b.content.start, b.content.end, &b.id)));
    }
    out
}

/// Ids of articles that are one: with the same text, or else read from the same path or address.
fn pair_articles<'a>(old: &Articles<'a>, new: &Articles<'a>) -> Vec<(&'a str, &'a str)> {
    let mut pairs: Vec<(&str, &str)> =
        old.keys().filter_map(|id| new.get_key_value(id).map(|(other, _)| (*id, *other))).collect();
    let places = |articles: &Articles<'a>, other: &Articles<'a>| {
        let mut places: BTreeMap<&'a str, &'a str> = BTreeMap::new();
        for (id, claims) in articles.iter().filter(|(id, _)| !other.contains_key(*id)) {
            let document = claims.first().map(|claim| &claim.document);
            let names = document.into_iter().flat_map(|d| d.path.as_deref().into_iter().chain(d.url.as_deref()));
            for name in names {
                places.entry(name).or_insert(id);
            }
        }
        places
    };
    let (a, b) = (places(old, new), places(new, old));
    let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
    for (name, id) in &a {
        if let Some(other) = b.get(name)
            && !left.contains(id)
            && !right.contains(other)
        {
            left.insert(*id);
            right.insert(*other);
            pairs.push((id, other));
        }
    }
    pairs
}

/// Indices of claims that are one, each claim once.
fn pair_claims(a: &[&Claim], b: &[&Claim], same_text: bool) -> Vec<(usize, usize)> {
    let ids: BTreeMap<&str, usize> = b.iter().enumerate().map(|(n, claim)| (claim.id.as_str(), n)).collect();
    let mut pairs = Vec::new();
    let (mut left, mut right) = (vec![true; a.len()], vec![true; b.len()]);
    for (i, claim) in a.iter().enumerate() {
        if let Some(&j) = ids.get(claim.id.as_str()) {
            pairs.push((i, j));
            (left[i], right[j]) = (false, false);
        }
    }
    let mut likely: Vec<(u32, usize, usize)> = Vec::new();
    for i in (0..a.len()).filter(|&i| left[i]) {
        for j in (0..b.len()).filter(|&j| right[j]) {
            let place =
                if same_text { overlap(a[i], b[j]) } else { u32::from(a[i].content.text == b[j].content.text) * 100 };
            if place >= 60 {
                // The place decides; of equals, the claims that have most in common.
                let common = 16 - fields(a[i], b[j], false).len().min(16);
                likely.push((place * 100 + common as u32, i, j));
            }
        }
    }
    likely.sort_by_key(|&(likeness, i, j)| (std::cmp::Reverse(likeness), i, j));
    for (_, i, j) in likely {
        if left[i] && right[j] {
            pairs.push((i, j));
            (left[i], right[j]) = (false, false);
        }
    }
    pairs
}

/// How much of the contents lies in both, in hundredths: twice the shared characters through all.
fn overlap(a: &Claim, b: &Claim) -> u32 {
    let (x, y) = (&a.content, &b.content);
    let shared = x.end.min(y.end).saturating_sub(x.start.max(y.start));
    let all = (x.end - x.start) + (y.end - y.start);
    u32::try_from(200 * shared / all.max(1)).unwrap_or(0)
}

/// The actors of both claims in words, with their kinds where a kind is another: else that change would not be seen.
fn actors(old: &[ActorRef], new: &[ActorRef]) -> (String, String) {
    let kinds = old.iter().zip(new).any(|(old, new)| old.kind != new.kind);
    let named = |actor: &ActorRef| {
        let mut facts: Vec<String> = Vec::new();
        facts.extend(kinds.then(|| actor.kind.as_str().to_owned()));
        facts.extend(actor.bloc.iter().filter(|bloc| **bloc != actor.label).map(|bloc| format!("for {bloc}")));
        match facts.as_slice() {
            [] => actor.label.clone(),
            facts => format!("{} ({})", actor.label, facts.join(", ")),
        }
    };
    let all = |list: &[ActorRef]| list.iter().map(named).collect::<Vec<_>>().join(" and ");
    (all(old), all(new))
}

fn fields(a: &Claim, b: &Claim, measures: bool) -> Vec<Field> {
    let issues = |claim: &Claim| claim.issue.iter().map(|issue| issue.label.as_str()).collect::<Vec<_>>().join(", ");
    let quote = |quote: &Option<crate::claims::Quote>| quote.as_ref().map(|q| q.text.clone()).unwrap_or_default();
    let quotation = |claim: &Claim| format!("{:?}", claim.quotation).to_lowercase();
    let (source, addressee, via) =
        (actors(&a.source, &b.source), actors(&a.addressee, &b.addressee), actors(&a.via, &b.via));
    let mut all = vec![
        ("source", source.0, source.1),
        ("act", a.act.as_str().to_owned(), b.act.as_str().to_owned()),
        ("addressee", addressee.0, addressee.1),
        ("content", a.content.text.clone(), b.content.text.clone()),
        ("stance", a.stance.as_str().to_owned(), b.stance.as_str().to_owned()),
        ("issue", issues(a), issues(b)),
        ("negated", a.negated.to_string(), b.negated.to_string()),
        ("hedged", a.hedged.to_string(), b.hedged.to_string()),
        ("condition", quote(&a.condition), quote(&b.condition)),
        ("via", via.0, via.1),
        ("date", a.date.clone().unwrap_or_default(), b.date.clone().unwrap_or_default()),
        ("quotation", quotation(a), quotation(b)),
        ("cue", quote(&a.cue), quote(&b.cue)),
    ];
    if measures {
        all.push(("confidence", a.confidence.to_string(), b.confidence.to_string()));
        all.push(("rule", a.rule.clone(), b.rule.clone()));
    }
    all.into_iter().filter(|(_, old, new)| old != new).map(|(field, old, new)| Field { field, old, new }).collect()
}
