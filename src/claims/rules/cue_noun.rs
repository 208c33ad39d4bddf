//! A stance noun with holder and topic: "Kyiv's rejection of the plan", "the U.S. suggestion for a truce", "expressed optimism about talks".
//!
//! *What it leaves alone*: nouns without a holder ("scepticism remains") or without a topic ("Moscow's demands").

use super::super::clause::{subject, verb_group};
use super::super::draft::{Draft, Source};
use super::Context;
use crate::lexicon::{CueClass, Frame};
use crate::nlp::Upos;

/// Verbs that lend a stance noun its subject.
const LIGHT: &[&str] = &[
    "express",
    "voice",
    "show",
    "make",
    "issue",
    "give",
    "have",
    "signal",
    "reiterate",
    "repeat",
    "announce",
    "declare",
    "convey",
    "raise",
    "renew",
    "indicate",
    "state",
    "share",
    "offer",
    "hold",
    "take",
    "reaffirm",
    "demonstrate",
    "communicate",
    "file",
    "launch",
    "level",
    "lodge",
    "deliver",
    "unveil",
    "outline",
    "place",
    "put",
    "feel",
    "harbour",
    "harbor",
    "air",
    "register",
    "affirm",
    "extend",
    "receive",
];

/// All drafts of the document that a stance noun governs.
pub(in super::super) fn find(context: &Context<'_>, out: &mut Vec<Draft>) {
    let trees = context.trees;
    for index in 0..trees.analysis.tokens.len() {
        if trees.upos(index) != Upos::Noun {
            continue;
        }
        let cues: Vec<_> = context.cue_at(index, CueClass::Noun).collect();
        if cues.is_empty() {
            continue;
        }
        let possessor = trees.child(index, &["nmod:poss"]).or_else(|| {
            trees.children_by(index, &["compound", "amod"]).find(|&c| {
                trees.word(c).chars().next().is_some_and(char::is_uppercase)
                    && matches!(trees.upos(c), Upos::Propn | Upos::Adj)
            })
        });
        let mut cue_first = index;
        let holder = possessor.or_else(|| {
            let verb = trees.token(index).head?;
            let object = matches!(trees.rel(index), "obj" | "nsubj:pass");
            if object && LIGHT.contains(&trees.lemma(verb)) {
                cue_first = verb_group(trees, verb).0;
                return subject(trees, verb).filter(|&s| s != index);
            }
            // "demand by Russia", "criticism from the opposition"
            trees
                .children_by(index, &["nmod"])
                .find(|&c| trees.children_by(c, &["case"]).any(|p| matches!(trees.lemma(p), "by" | "from")))
        });
        let Some(holder) = holder else { continue };
        for (cue, last) in cues {
            for frame in &cue.frames {
                let content = match frame {
                    Frame::After(preposition) => {
                        trees.children_by(index, &["nmod", "acl", "advcl", "obl"]).find(|&c| {
                            c > index
                                && c != holder
                                && trees
                                    .children_by(c, &["case", "mark"])
                                    .any(|p| trees.lemma(p) == preposition.split(' ').next().unwrap_or_default())
                        })
                    }
                    Frame::To => trees
                        .children_by(index, &["acl", "advcl", "xcomp"])
                        .find(|&c| c > index && trees.children_by(c, &["mark"]).any(|p| trees.lemma(p) == "to")),
                    Frame::That => trees.children_by(index, &["acl", "ccomp"]).find(|&c| {
                        c > index
                            && trees.rel(c) != "acl:relcl"
                            && trees.children_by(c, &["mark"]).any(|p| trees.lemma(p) == "that")
                    }),
                    _ => None,
                };
                let Some(content) = content else { continue };
                let end = trees.children_by(content, &["case", "mark"]).filter(|&p| p < content).last().unwrap_or(last);
                let to_or_preposition = if trees.lemma(end) == "that" { last } else { end };
                for part in super::cue_verb::parts(context, content, index) {
                    let mut draft = Draft::new("cue.noun", cue.act, Source::Head(holder), part);
                    draft.cue = Some((cue_first, to_or_preposition.min(part.0.max(1) - 1).max(last)));
                    out.push(draft);
                }
            }
        }
    }
}
