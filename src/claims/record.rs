//! Fills in the claim record: actors, act, stance, issue, date, condition, and all positions as code points.

use sha2::{Digest, Sha256};

use super::addressee;
use super::claim::{ActorRef, Claim, Content, DocumentRef, Quotation, Quote as Words};
use super::dates;
use super::extract::{Scene, Sourced};
use super::issues::{IssueFinder, Spoken, Spot};
use super::quotes::around;
use super::score;
use super::speakers::is_hearsay;
use crate::act::{Act, Stance};
use crate::nlp::Upos;
use crate::span::{CodePoints, Span};

/// Content heads that turn a demand for them into a stand against what they act on: "an end to sanctions".
const REVERSING: &[&str] = &[
    "end",
    "lift",
    "ease",
    "easing",
    "lifting",
    "ban",
    "stop",
    "halt",
    "suspend",
    "suspension",
    "abandon",
    "withdraw",
    "withdrawal",
    "cancel",
    "exclude",
    "exclusion",
    "prevent",
    "avoid",
    "repeal",
    "abolish",
    "cut",
    "freeze",
    "removal",
    "remove",
    "drop",
    "reject",
    "oppose",
    "block",
    "limit",
    "restrict",
    "restriction",
    "cease",
    "dismantle",
    "scrap",
    "reverse",
    "refrain",
    "leave",
    "relinquish",
    "cessation",
    "ending",
    "overturn",
    "revoke",
    "quit",
    "delay",
    "postpone",
    "abstain",
    "boycott",
    "condemn",
    "refuse",
    "deny",
];

const HEDGES: &[&str] = &[
    "reportedly",
    "allegedly",
    "apparently",
    "supposedly",
    "seemingly",
    "purportedly",
    "seem",
    "appear",
    "rumour",
    "rumor",
    "rumored",
    "rumoured",
    "presumably",
    "ostensibly",
];

/// Whether the act itself is negated: only where the cue's own word names the act ("has never called for"). Elsewhere the negation is spent
/// on making the act what it is: "does not support" and "will not" reject, "don't believe it was justified" criticises.
fn negated(one: &Sourced, act: Act) -> bool {
    one.draft.negated && !matches!(act, Act::Assert | Act::Deny) && one.lexicon == Some(act)
}

/// Writes the records of one document.
pub(super) struct Recorder<'a> {
    scene: &'a Scene<'a>,
    issues: &'a IssueFinder,
    spoken: Spoken,
    points: CodePoints,
    document: DocumentRef,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, issues: &'a IssueFinder) -> Self {
        let from = scene.document;
        let document = DocumentRef {
            id: from.id.clone(),
            path: from.path.clone(),
            sha256: from.sha256.clone(),
            title: from.metadata.title.clone(),
            url: from.metadata.url.clone(),
            published: from.metadata.published.clone(),
            publisher: from.metadata.publisher.clone(),
            language: from.metadata.language.clone(),
        };
        Self { scene, issues, spoken: issues.spoken(scene), points: CodePoints::new(&from.text), document }
    }

    fn point(&self, byte: usize) -> usize {
        self.points.of_byte(&self.scene.document.text, byte)
    }

    fn words(&self, (first, last): (usize, usize)) -> Words {
        self.quote(self.scene.trees.span(first, last))
    }

    fn quote(&self, span: Span) -> Words {
        Words {
            start: self.point(span.start),
            end: self.point(span.end),
            text: span.of(&self.scene.document.text).to_owned(),
        }
    }

    /// The record of an actor, with the words that name it.
    pub(super) fn actor(&self, index: usize, mention: Option<(usize, usize)>) -> ActorRef {
        let actor = &self.scene.cast.actors[index];
        ActorRef {
            id: actor.id.clone(),
            label: actor.label.clone(),
            kind: actor.kind,
            bloc: actor.bloc.clone(),
            mention: mention.map(|m| self.words(m)),
        }
    }

    /// The records of one draft: where several do it to "each other", one of each.
    pub(super) fn claims(&self, one: &Sourced) -> Vec<Claim> {
        let Some(mention) = self.each_other(one) else { return vec![self.claim(one)] };
        let against = |source: usize| {
            let others = one.actors.iter().filter(|&&a| a != source);
            let addressee = others.map(|&a| self.actor(a, Some(mention))).collect();
            let own = Sourced { actors: vec![source], ..one.clone() };
            Claim { addressee, ..self.claim(&own) }
        };
        one.actors.iter().map(|&source| against(source)).collect()
    }

    /// The words that stand for whom the cue of several sources is directed at: "each other", "one another", "the other" after "each side"; what they trade.
    fn each_other(&self, one: &Sourced) -> Option<(usize, usize)> {
        let trees = self.scene.trees;
        let (first, last) = one.draft.cue.filter(|_| one.actors.len() > 1)?;
        let trading = |t: usize| trees.upos(t) == Upos::Verb && matches!(trees.lemma(t), "trade" | "exchange" | "swap");
        if (first..last).any(trading) {
            return Some((first, last));
        }
        let each = one.mention.is_some_and(|(first, _)| matches!(&*trees.word(first).to_lowercase(), "each" | "both"));
        let pair = |&t: &usize| {
            let words = (trees.word(t - 1).to_lowercase(), trees.word(t).to_lowercase());
            matches!((&*words.0, &*words.1), ("each", "other") | ("one", "another"))
                || each && words == ("the".to_owned(), "other".to_owned())
        };
        // One of the two words hangs on the cue, the other on it; beside it they mean the same whatever the tree says.
        let on_cue = |t: usize| trees.token(t).head.is_some_and(|up| (first..=last).contains(&up));
        let directed = |t: usize| on_cue(t) && matches!(trees.base_rel(t), "obj" | "iobj" | "obl" | "nmod");
        let beside = |t: usize| t == last + 1 || t == last + 2 && trees.upos(last + 1) == Upos::Adp;
        let sentence = trees.sentence_tokens(last);
        let mut pairs = (last + 2..sentence.end).filter(pair).map(|t| (t - 1, t));
        pairs.find(|&(one, other)| beside(one) || directed(one) || directed(other))
    }

    /// The record of one draft.
    pub(super) fn claim(&self, one: &Sourced) -> Claim {
        let act = score::act(self.scene, one);
        let content_span = self.scene.trees.span(one.draft.content.0, one.draft.content.1);
        let content = self.quote(content_span);
        let more = one.draft.more.iter().map(|&part| {
            let words = self.words(part);
            [words.start, words.end]
        });
        let source: Vec<ActorRef> = one.actors.iter().map(|&a| self.actor(a, one.mention)).collect();
        let addressee =
            addressee::find(self.scene, one, act).into_iter().map(|(a, m)| self.actor(a, Some(m))).collect();
        let id = self.id(&content, &source, act);
        let issue = self.issues.of_claim(self.scene, &self.spoken, one.draft.content);
        Claim {
            id,
            document: self.document.clone(),
            source,
            act,
            addressee,
            cue: one.draft.cue.map(|c| self.words(c)),
            content: Content { start: content.start, end: content.end, text: content.text, more: more.collect() },
            quotation: self.quotation(one),
            negated: negated(one, act),
            hedged: one.draft.hedged || self.hedged(one, act),
            condition: self.condition(one),
            via: one.via.iter().map(|&a| self.actor(a, None)).collect(),
            stance: self.stance(one, act, issue.as_ref().map(|(_, spot)| *spot)),
            issue: issue.map(|(issue, _)| issue).into_iter().collect(),
            date: dates::said(self.scene, one),
            confidence: (one.confidence * 1000.0).round() / 1000.0,
            rule: one.draft.rule.to_owned(),
            corrections: Vec::new(),
        }
    }

    fn id(&self, content: &Words, source: &[ActorRef], act: Act) -> String {
        let mut hash = Sha256::new();
        hash.update(&self.document.sha256);
        hash.update(format!("\n{} {}\n", content.start, content.end));
        for actor in source {
            hash.update(&actor.id);
            hash.update("\n");
        }
        hash.update(act.as_str());
        crate::span::hex(&hash.finalize()[..8])
    }

    fn quotation(&self, one: &Sourced) -> Quotation {
        let (first, last) = one.draft.content;
        let words: Vec<usize> = (first..=last).filter(|&t| !self.scene.trees.is_punct(t)).collect();
        let inside = words.iter().filter(|&&t| around(self.scene.quotes, t).is_some()).count();
        match inside {
            0 => Quotation::Indirect,
            n if n == words.len() => Quotation::Direct,
            _ => Quotation::Mixed,
        }
    }

    /// A hedge word beside the cue or above it.
    fn hedged(&self, one: &Sourced, act: Act) -> bool {
        let trees = self.scene.trees;
        let Some((first, last)) = one.draft.cue else { return false };
        if act == Act::Assert
            && (first..=last).any(|t| matches!(trees.lemma(t), "suggest" | "speculate" | "rumour" | "rumor"))
        {
            return true;
        }
        let governor = trees.token(last).head.into_iter().chain([first, last]);
        let beside = |t: usize| {
            trees.children(t).iter().any(|&c| trees.base_rel(c) == "advmod" && HEDGES.contains(&trees.lemma(c)))
        };
        // "Reports on Tuesday indicated that he had offered"
        let mut above = std::iter::successors(trees.token(last).head, |&t| trees.token(t).head).take(4);
        let hearsay = above.any(|t| trees.children_by(t, &["nsubj"]).any(|subject| is_hearsay(trees, subject)));
        // "appeared committed to", "seems to believe"
        let seems = trees.base_rel(first) == "xcomp"
            && trees.token(first).head.is_some_and(|h| matches!(trees.lemma(h), "seem" | "appear"));
        let hedging = |t: usize| HEDGES.contains(&trees.lemma(t)) || beside(t);
        governor.clone().any(beside) || (first..=last).any(hedging) || hearsay || seems
    }

    /// "if …", "unless …", "until …" on the content or its governor.
    fn condition(&self, one: &Sourced) -> Option<Words> {
        let trees = self.scene.trees;
        let (first, last) = one.draft.content;
        let sentence = trees.sentence_tokens(first);
        (sentence.start..sentence.end)
            .filter(|&t| trees.base_rel(t) == "advcl")
            .find(|&t| {
                let conditional = trees
                    .children_by(t, &["mark"])
                    .any(|m| matches!(trees.lemma(m), "if" | "unless" | "until" | "provided" | "once"));
                let governs = trees.token(t).head.is_some_and(|h| (first..=last).contains(&h));
                conditional && governs
            })
            .map(|t| {
                let (from, to) = super::clause::trim(trees, trees.extent(t));
                self.words((from, to))
            })
    }

    /// Stance towards the issue: of the act, turned round by its negation and by each word between the content's head and the word for the issue that is
    /// itself against something ("a demand to halt drilling"); neutral where only the sentences around the claim speak of the issue.
    fn stance(&self, one: &Sourced, act: Act, issue: Option<Spot>) -> Stance {
        let trees = self.scene.trees;
        let favour = match act {
            Act::Demand | Act::Request | Act::Propose | Act::Commit | Act::Accept | Act::Support => true,
            Act::Reject | Act::Criticise | Act::Accuse | Act::Threaten => false,
            Act::Deny | Act::Acknowledge | Act::Assert => return Stance::Neutral,
        };
        let issue = match issue {
            Some(Spot::Around) => return Stance::Neutral,
            Some(Spot::At(token)) => Some(token),
            Some(Spot::Near) | None => None,
        };
        let (first, last) = one.draft.content;
        let head = super::clause::root(trees, one.draft.content).unwrap_or(first);
        let above = |t: &usize| trees.token(*t).head.filter(|up| (first..=last).contains(up));
        let mut path: Vec<usize> = std::iter::successors(issue, above).collect();
        if !path.contains(&head) {
            path.push(head);
        }
        // What the issue is called tells its side by itself ("withdrawal").
        let against = |t: usize| issue != Some(t) && REVERSING.contains(&trees.lemma(t));
        let negative = |t: usize| trees.negation(t).is_some_and(|not| not >= first);
        // "stay out of the alliance", "a law against corruption".
        let apart = |c: usize| match trees.lemma(c) {
            "out" => c < last && trees.word(c + 1) == "of",
            preposition => matches!(preposition, "outside" | "against" | "without"),
        };
        // In a refusal these are words of the refusal: "would vote against the agreement".
        let outside = |t: usize| favour && trees.children_by(t, &["case", "advmod"]).any(apart);
        let turns = path
            .iter()
            .map(|&t| usize::from(against(t)) + usize::from(negative(t)) + usize::from(outside(t)))
            .sum::<usize>();
        // A refusal's own negation is what makes it one: "we will not tolerate …".
        let spent = usize::from(act == Act::Reject && path.iter().any(|&t| negative(t)));
        let reversing = (turns - spent) % 2 == 1;
        if favour ^ negated(one, act) ^ reversing { Stance::Favour } else { Stance::Against }
    }
}
