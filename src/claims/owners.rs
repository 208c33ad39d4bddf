//! Whose plan, deed or statement a noun stands for in an article: "the US plan", "a resolution passed by the House", "the tariffs that Ottawa announced".
//! Who speaks of "the resolution" later on speaks of theirs.

use std::collections::BTreeMap;

use super::clause::{agent, holder, root, subject};
use crate::actors::Cast;
use crate::lexicon::{WordClass, Words};
use crate::nlp::{Trees, Upos};

/// Where somebody publishes.
const PAGES: &[&str] = &["website", "site", "webpage", "page", "account", "channel", "feed", "blog"];

/// Whose each noun of a document is said to be.
#[derive(Debug, Default)]
pub(super) struct Owners {
    /// How often, by lemma and actor.
    counts: BTreeMap<String, BTreeMap<usize, usize>>,
    /// Of nouns that hold words: where, and the actors.
    authors: BTreeMap<String, Vec<(usize, Vec<usize>)>>,
}

impl Owners {
    /// Counts over the document.
    pub(super) fn new(trees: &Trees<'_>, cast: &Cast, words: &Words) -> Self {
        let mut new = Self::default();
        for noun in 0..trees.analysis.tokens.len() {
            let document = is_document(trees, words, noun);
            if !document && !is_thing(trees, cast, noun) {
                continue;
            }
            let mut tokens = owners(trees, noun);
            if document {
                tokens.extend(tellers(trees, cast, words, noun));
            }
            let lemma = || trees.lemma(noun).to_lowercase();
            let around = |t: usize| cast.around(t).filter(|m| document && !(m.first..=m.last).contains(&noun));
            let named = |t: usize| cast.at_head(t).or_else(|| around(t));
            for mention in tokens.into_iter().filter_map(named).filter(|m| !m.actors.is_empty()) {
                for &actor in &mention.actors {
                    *new.counts.entry(lemma()).or_default().entry(actor).or_default() += 1;
                }
                // "a cable reviewed by the newspaper" is not the newspaper's, a post on a platform not the platform's.
                let platform = words.is(&trees.word(mention.head).to_lowercase(), WordClass::Platform);
                if document && !platform && !mention.actors.iter().any(|&actor| cast.actors[actor].outlet) {
                    new.authors.entry(lemma()).or_default().push((noun, mention.actors.clone()));
                }
            }
        }
        new
    }

    /// Who wrote a document that a noun stands for: whoever it was last said to be of, else whoever it is said to be of next, else the author of the
    /// document that the sentences before speak of by another word ("a study by the university … the report").
    pub(super) fn authors(&self, trees: &Trees<'_>, noun: usize) -> Option<&[usize]> {
        const NEAR: usize = 3;
        if let Some(known) = self.authors.get(&trees.lemma(noun).to_lowercase()) {
            let before = known.partition_point(|(at, _)| *at <= noun);
            return known.get(before.saturating_sub(1)).map(|(_, actors)| actors.as_slice());
        }
        let definite = is_definite(trees, noun);
        let near = |at: usize| at < noun && trees.sentence_of(at) + NEAR >= trees.sentence_of(noun);
        let others = self.authors.values().flatten().filter(|(at, _)| definite && near(*at));
        others.max_by_key(|(at, _)| *at).map(|(_, actors)| actors.as_slice())
    }

    /// The actors that what a claim is about belongs to elsewhere, each with its share (0 to 1) of the places that say whose it is.
    pub(super) fn of_content(&self, trees: &Trees<'_>, cast: &Cast, content: (usize, usize)) -> BTreeMap<usize, f64> {
        let mut shares: BTreeMap<usize, f64> = BTreeMap::new();
        let Some(root) = root(trees, content) else { return shares };
        let arguments = trees.children_by(root, &["nsubj", "nsubj:pass", "obj"]);
        for noun in arguments.chain([root]).filter(|&t| content.0 <= t && t <= content.1 && is_thing(trees, cast, t)) {
            let Some(counts) = self.counts.get(&trees.lemma(noun).to_lowercase()) else { continue };
            let all: usize = counts.values().sum();
            for (&actor, &count) in counts {
                let share = count as f64 / all as f64;
                shares.entry(actor).and_modify(|known| *known = known.max(share)).or_insert(share);
            }
        }
        shares
    }
}

/// Whether a token is a common noun for something that holds somebody's words.
pub(super) fn is_document(trees: &Trees<'_>, words: &Words, token: usize) -> bool {
    // "The Post" is a newspaper.
    let named = trees.word(token).starts_with(char::is_uppercase) && trees.sentence_tokens(token).start < token;
    trees.upos(token) == Upos::Noun && !named && words.is(&trees.lemma(token).to_lowercase(), WordClass::Document)
}

/// Whether "the" stands before a noun.
pub(super) fn is_definite(trees: &Trees<'_>, noun: usize) -> bool {
    trees.children_by(noun, &["det"]).any(|d| trees.lemma(d) == "the")
}

/// Whether a token is a common noun that names no actor.
fn is_thing(trees: &Trees<'_>, cast: &Cast, token: usize) -> bool {
    trees.upos(token) == Upos::Noun && cast.at_head(token).is_none_or(|m| m.actors.is_empty())
}

/// The words that say who tells something in a document: "the ministry said in a statement", "a letter from the ministry urged …".
fn tellers(trees: &Trees<'_>, cast: &Cast, words: &Words, noun: usize) -> Vec<usize> {
    let inside = trees.children_by(noun, &["case"]).any(|preposition| matches!(trees.lemma(preposition), "in" | "via"));
    let verb = trees.token(noun).head.filter(|_| inside && trees.base_rel(noun) == "obl");
    let mut found: Vec<usize> = verb.and_then(|verb| subject(trees, verb)).into_iter().collect();
    found.extend(Some(holder(trees, words, noun)).filter(|&author| author != noun));
    // The name right behind it, whatever the tree hangs that on.
    let named = noun + 1 < trees.sentence_tokens(noun).end && matches!(trees.word(noun + 1), "by" | "from");
    let from = cast.mentions.partition_point(|m| m.first < noun + 2);
    let next = cast.mentions[from..].iter().take_while(|m| named && m.first <= noun + 3);
    found.extend(next.max_by_key(|m| m.last - m.first).map(|m| m.head));
    found
}

/// The words that say whose a noun is: possessor, modifier, author, and the subject of the verb that it is the object of.
fn owners(trees: &Trees<'_>, noun: usize) -> Vec<usize> {
    let author = |c: &usize| {
        trees.children_by(*c, &["case"]).any(|preposition| matches!(trees.lemma(preposition), "by" | "from"))
    };
    let mut found: Vec<usize> = trees.children_by(noun, &["nmod:poss", "compound", "amod"]).collect();
    found.extend(trees.children_by(noun, &["nmod"]).filter(author));
    // "A statement on the ministry's website".
    for page in trees.children_by(noun, &["nmod"]).filter(|&c| PAGES.contains(&trees.lemma(c))) {
        found.extend(trees.children_by(page, &["nmod:poss", "compound", "nmod"]));
    }
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
