//! What a claim is about: an issue of the scheme by its terms, else a topic from the content's own words.

use std::collections::BTreeMap;

use super::claim::IssueRef;
use super::extract::Scene;
use crate::actors::Form;
use crate::lexicon::{WordClass, Words};
use crate::nlp::{Trees, Upos};
use crate::ontology::Ontology;

/// Finds the issues of a stretch of text by the terms of the scheme.
#[derive(Debug)]
pub(super) struct IssueFinder {
    /// First word → (all words, index of the issue), longer terms first.
    terms: BTreeMap<String, Vec<(Vec<String>, usize)>>,
    issues: Vec<IssueRef>,
    words: Words,
}

/// Where a claim speaks of its issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// In its content, at a token.
    At(usize),
    /// In its sentence, or as a topic of its own.
    Near,
    /// Only the sentences around it do, so that nobody takes a side by it.
    Around,
}

/// The issues of a document's sentences, by their number.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    /// Of the sentence itself.
    of: Vec<Option<IssueRef>>,
    /// Of the nearest sentence before it in its paragraph that has one.
    before: Vec<Option<IssueRef>>,
    /// What more sentences speak of than of anything else, the first of equals, where that is more than one.
    article: Option<IssueRef>,
}

impl IssueFinder {
    pub(super) fn new(ontology: &Ontology) -> Self {
        let mut terms: BTreeMap<String, Vec<(Vec<String>, usize)>> = BTreeMap::new();
        for (index, issue) in ontology.issues.iter().enumerate() {
            for term in &issue.terms {
                let words: Vec<String> = term.split([' ', '-']).filter(|w| !w.is_empty()).map(str::to_owned).collect();
                if let Some(first) = words.first() {
                    terms.entry(first.clone()).or_default().push((words, index));
                }
            }
        }
        for list in terms.values_mut() {
            list.sort_by_key(|(words, index)| (std::cmp::Reverse(words.len()), *index));
        }
        let issues = ontology.issues.iter().map(|i| IssueRef { id: i.id.clone(), label: i.label.clone() }).collect();
        Self { terms, issues, words: Words::embedded() }
    }

    /// The issue that most and longest terms of the tokens speak of, the first of equals, with the token that stands for it in its first term. A word
    /// inside a longer name is no term ("African Union"), and one that only says when is none where `timely` is not asked for ("before the election").
    fn of_tokens(
        &self,
        scene: &Scene<'_>,
        tokens: std::ops::RangeInclusive<usize>,
        timely: bool,
    ) -> Option<(IssueRef, usize)> {
        let trees = scene.trees;
        let says_when = |t: usize| {
            let mut prepositions = trees.children_by(t, &["case"]);
            prepositions.any(|p| matches!(trees.lemma(p), "before" | "after" | "since" | "until" | "ahead" | "during"))
        };
        let of_name = |t: usize| scene.cast.around(t).is_some_and(|m| m.form == Form::Name && m.last > m.first);
        let tokens: Vec<usize> = tokens.filter(|&t| !matches!(trees.word(t), "-" | "–")).collect();
        let words: Vec<(String, String)> =
            tokens.iter().map(|&t| (trees.word(t).to_lowercase(), trees.lemma(t).to_lowercase())).collect();
        let mut weight: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut at = 0;
        while at < words.len() {
            let same = |word: &str, n: usize| words.get(n).is_some_and(|(form, lemma)| form == word || lemma == word);
            let hit = [&words[at].0, &words[at].1].into_iter().find_map(|first| {
                self.terms
                    .get(first)?
                    .iter()
                    .find(|(term, _)| term.iter().enumerate().all(|(n, word)| same(word, at + n)))
            });
            let hit = hit.filter(|(term, _)| term.len() > 1 || !of_name(tokens[at]));
            let hit = hit.filter(|(term, _)| timely || !says_when(tokens[at + term.len() - 1]));
            match hit {
                Some((term, issue)) => {
                    let entry = weight
                        .entry(*issue)
                        .or_insert_with(|| (0, at + self.called(*issue, &words[at..at + term.len()])));
                    entry.0 += term.len() * 2 - 1;
                    at += term.len();
                }
                None => at += 1,
            }
        }
        let best = weight
            .into_iter()
            .max_by_key(|(issue, (weight, first))| (*weight, std::cmp::Reverse(*first), std::cmp::Reverse(*issue)))?;
        let (issue, (_, first)) = best;
        Some((self.issues[issue].clone(), tokens[first]))
    }

    /// The word of a term that its issue is called by ("lift the blockade"), else its first.
    fn called(&self, issue: usize, term: &[(String, String)]) -> usize {
        let label = self.issues[issue].label.to_lowercase();
        let of_label = |word: &String| label.split(' ').any(|known| known == word);
        term.iter().position(|(form, lemma)| of_label(form) || of_label(lemma)).unwrap_or(0)
    }

    /// What each sentence of a document speaks of.
    pub(super) fn spoken(&self, scene: &Scene<'_>) -> Spoken {
        let mut spoken = Spoken::default();
        let mut last: Option<(usize, IssueRef)> = None;
        for sentence in &scene.trees.analysis.sentences {
            last = last.filter(|(block, _)| *block == sentence.block);
            spoken.before.push(last.as_ref().map(|(_, issue)| issue.clone()));
            let tokens = sentence.tokens.start..=sentence.tokens.end.saturating_sub(1);
            let own = self.of_tokens(scene, tokens, false).map(|(issue, _)| issue);
            last = own.clone().map(|issue| (sentence.block, issue)).or(last);
            spoken.of.push(own);
        }
        let mut times: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (number, issue) in spoken.of.iter().enumerate() {
            if let Some(issue) = issue {
                times.entry(&issue.id).or_insert((0, number)).0 += 1;
            }
        }
        let most = times.into_values().filter(|&(count, _)| count > 1);
        let most = most.max_by_key(|&(count, number)| (count, std::cmp::Reverse(number)));
        spoken.article = most.and_then(|(_, number)| spoken.of[number].clone());
        spoken
    }

    /// The issue of a claim: by its content, else by its sentence, else a topic of its own, else by what was said before in its paragraph or is said
    /// around it ("We cannot accept this"), else by what the article is about; and where it is spoken of.
    pub(super) fn of_claim(
        &self,
        scene: &Scene<'_>,
        spoken: &Spoken,
        content: (usize, usize),
    ) -> Option<(IssueRef, Spot)> {
        if let Some((issue, token)) = self.of_tokens(scene, content.0..=content.1, false) {
            return Some((issue, Spot::At(token)));
        }
        let number = scene.trees.sentence_of(content.0);
        if let Some(issue) = &spoken.of[number] {
            return Some((issue.clone(), Spot::Near));
        }
        if let Some((issue, token)) = self.of_tokens(scene, content.0..=content.1, true) {
            return Some((issue, Spot::At(token)));
        }
        if let Some(topic) = self.topic(scene, content, |_| true) {
            return Some((topic, Spot::Near));
        }
        // Beside the content, only what the article is about, and nobody who acts in it.
        let sentence = scene.trees.sentence_tokens(content.0);
        let around = (sentence.start, sentence.end.saturating_sub(1));
        let about =
            |t: usize| again(scene, t) && scene.cast.around(t).is_none() && !self.is_actor(scene.trees.lemma(t));
        let topic = spoken.before[number].clone().or_else(|| self.topic(scene, around, about));
        topic.or_else(|| spoken.article.clone()).map(|topic| (topic, Spot::Around))
    }

    /// Whether a noun names people or bodies by what they are: "negotiator", "company".
    fn is_actor(&self, noun: &str) -> bool {
        let classes = [
            WordClass::Role,
            WordClass::Title,
            WordClass::Group,
            WordClass::Body,
            WordClass::Associate,
            WordClass::Kin,
        ];
        classes.iter().any(|&class| self.words.is(noun, class))
    }

    /// The key phrase of a stretch of text: of the nouns that `may` be it the highest that says something, with the nouns and adjectives before it, in
    /// base form, so that the same subject gets the same topic in every article. A noun alone is one only where the article uses it again. Nothing where
    /// all nouns are vague.
    fn topic(&self, scene: &Scene<'_>, content: (usize, usize), may: impl Fn(usize) -> bool) -> Option<IssueRef> {
        let trees = scene.trees;
        // Whatever the tagger takes them for, signs and function words are no subject.
        let plain = |t: usize| {
            let word = trees.word(t);
            word.chars().count() > 2
                && word.starts_with(char::is_alphabetic)
                && word.chars().all(|c| c.is_alphabetic() || c == '-')
                && !self.words.is(&word.to_lowercase(), WordClass::Function)
        };
        let nominal = |t: usize| trees.upos(t) == Upos::Noun && plain(t) && !trees.word(t).contains('-');
        let vague = |t: usize| self.words.is(&trees.lemma(t).to_lowercase(), WordClass::Vague);
        let before = |head: usize| -> Vec<usize> {
            let modifiers = trees.children_by(head, &["compound", "amod"]);
            modifiers
                .filter(|&c| {
                    // "a 90-day truce" is no "day truce".
                    let joined = c > 0 && matches!(trees.word(c - 1), "-" | "–");
                    c < head
                        && !joined
                        && matches!(trees.upos(c), Upos::Noun | Upos::Adj)
                        && plain(c)
                        && c >= content.0
                        && !(trees.upos(c) == Upos::Adj && vague(c))
                })
                .collect()
        };
        // "peace plan" says something, "new plan" and "plan" do not.
        let says = |t: usize| !vague(t) || before(t).iter().any(|&c| trees.upos(c) == Upos::Noun && !vague(c));
        let head = (content.0..=content.1)
            .filter(|&t| nominal(t) && trees.base_rel(t) != "compound" && says(t))
            .filter(|&t| may(t) && (again(scene, t) || !before(t).is_empty()))
            .min_by_key(|&t| (depth(trees, t), t))?;
        // "acting secretary" has nothing to do with to act.
        let base = |t: usize| if trees.upos(t) == Upos::Adj { trees.word(t) } else { trees.lemma(t) };
        let mut words: Vec<String> = before(head).into_iter().map(|c| base(c).to_lowercase()).collect();
        words.push(trees.lemma(head).to_lowercase());
        let label = words.join(" ");
        Some(IssueRef { id: format!("topic-{}", label.replace(' ', "-")), label })
    }
}

/// How often the document uses each noun, by its base form.
pub(super) fn nouns<'a>(trees: &'a Trees<'_>) -> BTreeMap<&'a str, usize> {
    let mut times = BTreeMap::new();
    for token in (0..trees.analysis.tokens.len()).filter(|&t| trees.upos(t) == Upos::Noun) {
        *times.entry(trees.lemma(token)).or_default() += 1;
    }
    times
}

/// Whether the document uses a noun more than once.
fn again(scene: &Scene<'_>, noun: usize) -> bool {
    scene.nouns.get(scene.trees.lemma(noun)).is_some_and(|&times| times > 1)
}

fn depth(trees: &Trees<'_>, token: usize) -> usize {
    std::iter::successors(trees.token(token).head, |&h| trees.token(h).head).count()
}
