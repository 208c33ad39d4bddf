//! Whose plan, deed or statement a noun stands for in an article: "the US plan", "a resolution passed by the House", "the tariffs that Ottawa announced".
//! Who speaks of "the resolution" later on speaks of theirs.

use std::collections::BTreeMap;

use super::clause::{agent, root, subject};
use crate::actors::Cast;
use crate::nlp::{Trees, Upos};

/// How often each noun of a document is said to be whose.
#[derive(Debug, Default)]
pub(super) struct Owners(BTreeMap<String, BTreeMap<usize, usize>>);

impl Owners {
    /// Counts over the document.
    pub(super) fn new(trees: &Trees<'_>, cast: &Cast) -> Self {
        let mut counts: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
        for noun in (0..trees.analysis.tokens.len()).filter(|&t| is_thing(trees, cast, t)) {
            for actor in owners(trees, noun).into_iter().filter_map(|t| cast.at_head(t)).flat_map(|m| &m.actors) {
                *counts.entry(trees.lemma(noun).to_owned()).or_default().entry(*actor).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// The actors that what a claim is about belongs to elsewhere, each with its share (0 to 1) of the places that say whose it is.
    pub(super) fn of_content(&self, trees: &Trees<'_>, cast: &Cast, content: (usize, usize)) -> BTreeMap<usize, f64> {
        let mut shares: BTreeMap<usize, f64> = BTreeMap::new();
        let Some(root) = root(trees, content) else { return shares };
        let arguments = trees.children_by(root, &["nsubj", "nsubj:pass", "obj"]);
        for noun in arguments.chain([root]).filter(|&t| content.0 <= t && t <= content.1 && is_thing(trees, cast, t)) {
            let Some(counts) = self.0.get(trees.lemma(noun)) else { continue };
            let all: usize = counts.values().sum();
            for (&actor, &count) in counts {
                let share = count as f64 / all as f64;
                shares.entry(actor).and_modify(|known| *known = known.max(share)).or_insert(share);
            }
        }
        shares
    }
}

/// Whether a token is a common noun that names no actor.
fn is_thing(trees: &Trees<'_>, cast: &Cast, token: usize) -> bool {
    trees.upos(token) == Upos::Noun && cast.at_head(token).is_none_or(|m| m.actors.is_empty())
}

/// The words that say whose a noun is: possessor, modifier, author, and the subject of the verb that it is the object of.
fn owners(trees: &Trees<'_>, noun: usize) -> Vec<usize> {
    let author = |c: &usize| {
        trees.children_by(*c, &["case"]).any(|preposition| matches!(trees.lemma(preposition), "by" | "from"))
    };
    let mut found: Vec<usize> = trees.children_by(noun, &["nmod:poss", "compound", "amod"]).collect();
    found.extend(trees.children_by(noun, &["nmod"]).filter(author));
    for verb in trees.children_by(noun, &["acl", "acl:relcl"]) {
        let own_subject = trees.child(verb, &["nsubj"]).filter(|&who| who > noun);
        found.extend(agent(trees, verb).or(own_subject));
    }
    if let Some(verb) = trees.token(noun).head {
        match trees.rel(noun) {
            "obj" => found.extend(subject(trees, verb)),
            "nsubj:pass" => found.extend(agent(trees, verb)),
            _ => {}
        }
    }
    found
}
