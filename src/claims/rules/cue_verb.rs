//! A verb or predicative adjective of the lexicon governs its content: "Russia demanded that …", "Kyiv is open to talks".
//!
//! *What it finds*: the frames of the lexicon, active and passive, with the subject as source, also through control and coordination.
//! *What it leaves alone*: cues that are themselves hypothetical ("if Russia agrees", "may accept").

use super::super::clause::{agent, is_passive, phrase, subject, trim, verb_group};
use super::super::draft::{Draft, Source};
use super::Context;
use crate::act::Act;
use crate::lexicon::{Cue, CueClass, Frame};
use crate::nlp::{Trees, Upos};

/// All drafts of the document that a verb or adjective governs.
pub(in super::super) fn find(context: &Context<'_>, out: &mut Vec<Draft>) {
    for index in 0..context.trees.analysis.tokens.len() {
        let class = match context.trees.upos(index) {
            Upos::Verb => CueClass::Verb,
            Upos::Adj => CueClass::Adjective,
            _ => continue,
        };
        if class == CueClass::Adjective
            && context.trees.child(index, &["cop", "nsubj"]).is_none()
            && !matches!(context.trees.base_rel(index), "xcomp" | "conj" | "root" | "advcl" | "acl")
        {
            continue;
        }
        if hypothetical(context, index) {
            continue;
        }
        let mut found = false;
        let cues: Vec<(&Cue, usize)> = context.cue_at(index, class).collect();
        // Participles in the lexicon as adjectives ("is opposed to") are often tagged as verbs.
        // Frames with two places first: in "urged Serbia to hold talks" Serbia is no content.
        let two_places =
            |f: &Frame| matches!(f, Frame::ObjectTo | Frame::ObjectThat | Frame::ObjectAfter(_) | Frame::AfterTo(_));
        let mut addressed = false;
        for &(cue, last) in &cues {
            for frame in cue.frames.iter().filter(|f| two_places(f)) {
                addressed |= apply(context, index, cue, last, frame, out);
            }
        }
        found |= addressed;
        for &(cue, last) in &cues {
            for frame in cue.frames.iter().filter(|f| !(two_places(f) || addressed && **f == Frame::Object)) {
                found |= apply(context, index, cue, last, frame, out);
            }
        }
        if !found && class == CueClass::Verb {
            let lower = context.trees.word(index).to_lowercase();
            for cue in context.cues.of(&lower, CueClass::Adjective).iter().filter(|c| !c.lemma.contains(' ')) {
                for frame in &cue.frames {
                    apply(context, index, cue, index, frame, out);
                }
            }
        }
    }
}

/// "if Russia agrees", "may accept", "whether it supports": no act took place.
fn hypothetical(context: &Context<'_>, index: usize) -> bool {
    let trees = context.trees;
    let conditional = trees.children_by(index, &["mark"]).any(|m| {
        matches!(trees.lemma(m), "if" | "whether" | "unless" | "before" | "until" | "though" | "lest")
            && !matches!(trees.lemma(m), "though")
    });
    let doubtful =
        trees.children_by(index, &["aux"]).any(|a| matches!(trees.lemma(a), "may" | "might" | "could" | "should"));
    conditional || doubtful
}

/// "backed neither side", "Neither country has agreed".
fn neither(trees: &Trees<'_>, verb: usize) -> Option<usize> {
    let is_neither = |t: &usize| trees.lemma(*t) == "neither";
    trees.children_by(verb, &["nsubj", "obj"]).find_map(|argument| {
        Some(argument).filter(is_neither).or_else(|| trees.children_by(argument, &["det"]).find(is_neither))
    })
}

fn apply(context: &Context<'_>, index: usize, cue: &Cue, cue_last: usize, frame: &Frame, out: &mut Vec<Draft>) -> bool {
    let trees = context.trees;
    let passive = cue.class == CueClass::Verb && is_passive(trees, index);
    let before = out.len();
    let (first, _) = verb_group(trees, index);
    let negation = trees.negation(index).or_else(|| neither(trees, index));
    let patient = || trees.child(index, &["nsubj:pass"]).or_else(|| trees.child(index, &["obj"]));
    let source = if passive { agent(trees, index) } else { subject(trees, index) };
    let has_preposition = |c: usize, wanted: &str| {
        let words: Vec<&str> = wanted.split(' ').collect();
        trees
            .children_by(c, &["case", "mark"])
            .any(|p| trees.lemma(p) == words[0] || trees.word(p).eq_ignore_ascii_case(words[0]))
    };
    let mut push = |content: usize, addressee: Option<usize>, cue_end: usize, settled: bool| {
        let Some(source) = source else { return };
        if trees.dominates(content, source) && content != source {
            return;
        }
        for (number, part) in parts(context, content, index).into_iter().enumerate() {
            let mut draft = Draft::new("cue.verb", cue.act, Source::Head(source), part);
            let cue_end = if cue_end < part.0 || number > 0 {
                cue_end.min(part.0.max(1) - 1).max(cue_last.min(cue_end))
            } else {
                cue_last
            };
            draft.cue = Some((first.min(index), cue_end.max(index)));
            draft.addressee = addressee.map(|a| vec![a]);
            draft.act_settled = settled;
            draft.negated = negation.is_some();
            out.push(draft);
        }
    };
    let settled = cue.act != Act::Assert;
    match frame {
        Frame::That => {
            for content in trees.children_by(index, &["ccomp", "advcl"]).collect::<Vec<_>>() {
                let that = trees.children_by(content, &["mark"]).any(|m| trees.lemma(m) == "that");
                if trees.base_rel(content) == "advcl" && !that {
                    continue;
                }
                if !trees.children_by(content, &["mark"]).any(|m| trees.lemma(m) == "to") {
                    push(content, None, cue_last, settled);
                }
            }
            // "…," he said, where the parser hangs the speech verb on the quotation.
            if trees.base_rel(index) == "parataxis"
                && cue.act == Act::Assert
                && let Some(head) = trees.token(index).head
                && source.is_some_and(|s| trees.dominates(index, s))
            {
                let (own_first, own_last) = trees.extent(index);
                let whole = phrase(trees, head, &|c| c == index);
                let (mut content, mut more) = (whole, Vec::new());
                if whole.0 < own_first && own_last < whole.1 {
                    let left = trim(trees, (whole.0, own_first - 1));
                    let right = trim(trees, (own_last + 1, whole.1));
                    (content, more) =
                        if left.1 - left.0 >= right.1 - right.0 { (left, vec![right]) } else { (right, vec![left]) };
                }
                if let Some(source) = source {
                    let mut draft = Draft::new("cue.verb", cue.act, Source::Head(source), content);
                    draft.more = more;
                    draft.cue = Some((first, cue_last));
                    draft.act_settled = settled;
                    out.push(draft);
                }
            }
        }
        Frame::To => {
            for content in trees.children_by(index, &["xcomp", "ccomp", "advcl"]).collect::<Vec<_>>() {
                if let Some(to) = trees.children_by(content, &["mark"]).find(|&m| trees.lemma(m) == "to")
                    && content > index
                    && trees.child(index, &["obj", "iobj"]).is_none()
                {
                    if passive && cue.act != Act::Commit {
                        continue;
                    }
                    push(content, None, to, settled);
                }
            }
        }
        Frame::Gerund => {
            for content in trees.children_by(index, &["xcomp", "ccomp"]).collect::<Vec<_>>() {
                if &*trees.token(content).xpos == "VBG" && content > index {
                    push(content, None, cue_last, settled);
                }
            }
        }
        Frame::Object => {
            if passive {
                if let (Some(content), Some(_)) = (patient(), source) {
                    push(content, None, cue_last, settled);
                }
            } else {
                for content in trees.children_by(index, &["obj"]).collect::<Vec<_>>() {
                    push(content, None, cue_last, settled);
                }
            }
        }
        Frame::After(preposition) => {
            for content in
                trees.children_by(index, &["obl", "advcl", "xcomp", "ccomp", "nmod", "advmod"]).collect::<Vec<_>>()
            {
                if content > index && has_preposition(content, preposition) {
                    let end = trees.children_by(content, &["case", "mark"]).last().unwrap_or(index);
                    let addressee = match trees.child(index, &["obj"]) {
                        Some(object) if object < content => Some(object),
                        _ => None,
                    };
                    push(content, addressee, end, settled);
                }
            }
        }
        Frame::ObjectTo | Frame::ObjectThat | Frame::ObjectAfter(_) => {
            let Some(object) = patient().or_else(|| trees.child(index, &["iobj"])) else { return false };
            let wants_to = *frame == Frame::ObjectTo;
            let contents: Vec<usize> = trees
                .children_by(index, &["xcomp", "ccomp", "advcl", "obl"])
                .filter(|&c| c > index && c != object)
                .filter(|&c| match frame {
                    Frame::ObjectAfter(preposition) => has_preposition(c, preposition),
                    Frame::ObjectTo => trees.children_by(c, &["mark"]).any(|m| trees.lemma(m) == "to"),
                    _ => trees.base_rel(c) == "ccomp",
                })
                .collect();
            let told_directly =
                *frame == Frame::ObjectThat && contents.is_empty() && trees.base_rel(index) == "parataxis";
            if told_directly {
                return apply(context, index, cue, cue_last, &Frame::That, out);
            }
            for content in contents {
                let end = trees
                    .children_by(content, &["case", "mark"])
                    .last()
                    .filter(|_| wants_to || matches!(frame, Frame::ObjectAfter(_)))
                    .unwrap_or(cue_last);
                push(content, Some(object), if wants_to { cue_last } else { end.min(cue_last) }, settled);
            }
        }
        Frame::AfterTo(preposition) => {
            let Some(to_whom) = trees.children_by(index, &["obl"]).find(|&c| has_preposition(c, preposition)) else {
                return false;
            };
            for content in trees.children_by(index, &["xcomp", "advcl", "ccomp"]).collect::<Vec<_>>() {
                if content > to_whom {
                    push(content, Some(to_whom), cue_last, settled);
                }
            }
        }
        Frame::Predicate => {
            let Some(object) = patient() else { return false };
            let predicate = trees
                .children_by(index, &["xcomp", "obl", "advcl", "ccomp"])
                .find(|&c| c != object && c > index && (trees.base_rel(c) == "xcomp" || has_preposition(c, "as")));
            if let (Some(predicate), Some(source)) = (predicate, source) {
                let thing = phrase(trees, object, &|_| false);
                let said = phrase(trees, predicate, &|_| false);
                let mut draft = Draft::new("cue.predicate", cue.act, Source::Head(source), said);
                if thing.1 < said.0 && said.0 - thing.1 <= 2 {
                    draft.content = trim(trees, (thing.0, said.1));
                } else {
                    draft.more.push(thing);
                }
                draft.cue = Some((first, cue_last));
                draft.addressee = Some(vec![object]);
                draft.act_settled = false;
                draft.negated = negation.is_some();
                out.push(draft);
            }
        }
    }
    out.len() > before
}

/// Contents of a complement: one for each coordinated proposition that stands by itself.
pub(in super::super) fn parts(context: &Context<'_>, content: usize, cue: usize) -> Vec<(usize, usize)> {
    let trees = context.trees;
    let all = trees.coordinated(content);
    let clausal =
        matches!(trees.upos(content), Upos::Verb | Upos::Aux) || trees.child(content, &["cop", "nsubj"]).is_some();
    let separate: Vec<usize> = all
        .iter()
        .copied()
        .filter(|&part| {
            part == content
                || if clausal {
                    // "that A and that B": own subject, complementiser or infinitive mark.
                    trees.child(part, &["nsubj", "mark", "expl"]).is_some() || trees.base_rel(content) == "xcomp"
                } else {
                    true
                }
        })
        .collect();
    if separate.len() == 1 {
        return vec![phrase(trees, content, &|c| trees.dominates(c, cue))];
    }
    separate
        .iter()
        .map(|&part| {
            phrase(trees, part, &|c| {
                trees.dominates(c, cue)
                    || (separate.contains(&c) && c != part)
                    || (trees.base_rel(c) == "cc" && trees.token(c).head == Some(part) && c < part)
            })
        })
        .collect()
}
