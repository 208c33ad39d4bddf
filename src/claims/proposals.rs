//! Drafts that the language model proposes: the attribution layer and the claim heads.

use super::clause::{self, trim};
use super::draft::{Draft, Source};
use super::extract::{Scene, Sourced};
use super::rules::{Context, denied};
use super::speakers::{Holder, Speakers, is_nobody, mention_ending, outlets};
use crate::act::Act;
use crate::lexicon::{Cue, CueClass, Frame};
use crate::nlp::{ClaimSignal, Part, Upos};
use crate::span::Span;

/// Tokens whose characters lie in a span.
fn tokens_of(scene: &Scene<'_>, span: Span) -> Option<(usize, usize)> {
    let tokens = &scene.trees.analysis.tokens;
    let first = tokens.partition_point(|t| t.span.end <= span.start);
    let end = tokens.partition_point(|t| t.span.start < span.end);
    (first < end).then(|| (first, end - 1))
}

/// A draft for each sentence of each attribution that has a source.
pub(super) fn attributions(scene: &Scene<'_>, context: &Context<'_>, out: &mut Vec<Draft>) {
    for attribution in &scene.trees.analysis.attributions {
        let Some(source) = attribution.source.first().and_then(|&s| tokens_of(scene, s)) else { continue };
        // The head of the phrase is the token whose own head lies outside of it.
        let head = (source.0..=source.1)
            .find(|&t| {
                scene.trees.token(t).head.is_none_or(|h| h < source.0 || h > source.1) && !scene.trees.is_punct(t)
            })
            .unwrap_or(source.1);
        let cue = attribution.cue.first().and_then(|&s| tokens_of(scene, s));
        let act = cue.and_then(|c| act_of_cue(context, c));
        for &span in &attribution.content {
            let Some((first, last)) = tokens_of(scene, span) else { continue };
            let mut at = first;
            while at <= last {
                let end = scene.trees.sentence_tokens(at).end.max(at + 1);
                let part = trim(scene.trees, (at, last.min(end - 1)));
                at = end;
                if scene.trees.is_punct(part.0) && part.0 == part.1 {
                    continue;
                }
                let mut draft = Draft::new("attribution", act.unwrap_or(Act::Assert), Source::Head(head), part);
                draft.cue = cue;
                draft.act_settled = act.is_some();
                draft.negated = cue.is_some_and(|(a, b)| (a..=b).any(|t| scene.trees.negation(t).is_some()));
                out.push(draft);
            }
        }
    }
}

/// The act that the words of a cue carry: of its noun or adjective where it has one ("expresses optimism about"), else of its verb.
pub(super) fn act_of_cue(context: &Context<'_>, (first, last): (usize, usize)) -> Option<Act> {
    for index in (first..=last).rev() {
        let class = match context.trees.upos(index) {
            Upos::Verb => CueClass::Verb,
            Upos::Noun => CueClass::Noun,
            Upos::Adj => CueClass::Adjective,
            _ => continue,
        };
        let entries: Vec<&Cue> = context.cue_at(index, class).map(|(cue, _)| cue).collect();
        let acts: Vec<Act> = entries.iter().map(|cue| cue.act).collect();
        // "insists on" is another act than "insists that".
        let next =
            (index + 1 < context.trees.analysis.tokens.len()).then(|| context.trees.word(index + 1).to_lowercase());
        let governs = |cue: &&Cue| cue.frames.iter().any(|f| matches!(f, Frame::After(p) if Some(p) == next.as_ref()));
        if let Some(cue) = entries.iter().copied().find(governs).filter(|cue| cue.act != Act::Assert) {
            return Some(cue.act);
        }
        // A verb that merely reports as well ("told") leaves the act to the content.
        if !acts.is_empty() && !acts.contains(&Act::Assert) {
            // "wants to leave" is another act than "wants help".
            let infinitive = (index + 1..=last + 1)
                .any(|t| t < context.trees.analysis.tokens.len() && context.trees.word(t) == "to");
            let fits = |cue: &&Cue| cue.frames.contains(&Frame::To) == infinitive;
            if let Some(cue) = entries.iter().copied().find(fits) {
                return Some(cue.act);
            }
            return acts.first().copied();
        }
    }
    None
}

/// A content ends with its paragraph, unless one quotation runs on.
fn within_block(scene: &Scene<'_>, (first, last): (usize, usize)) -> (usize, usize) {
    let block = |t: usize| scene.trees.block_of(t);
    let quote = |t: usize| super::quotes::around(scene.quotes, t);
    if block(first) == block(last) || (quote(first).is_some() && quote(first) == quote(last)) {
        return (first, last);
    }
    (first, (first..=last).take_while(|&t| block(t) == block(first)).last().unwrap_or(first))
}

/// "Brook said that Hale was wrong, and urged …": who goes on, where the one `pointed` at is only spoken of in words that have ended.
fn speaks_on(scene: &Scene<'_>, cue: (usize, usize), pointed: usize) -> Option<usize> {
    let trees = scene.trees;
    let verb = clause::root(trees, cue).filter(|&t| trees.base_rel(t) == "conj")?;
    let first = trees.token(verb).head.filter(|&first| first < pointed && pointed < verb)?;
    let reported = trees.token(pointed).part == Part::Content;
    let told = reported && trees.children_by(first, &["ccomp"]).any(|told| trees.dominates(told, pointed));
    clause::subject(trees, verb).filter(|_| told)
}

/// "X accuses Y of Z, which W denies": the model mixes the two. Source and cue of Z are those of the denial where its cue stands behind Z, those of X
/// where it stands before.
fn disputed(scene: &Scene<'_>, signal: &ClaimSignal, content: (usize, usize)) -> Option<(usize, (usize, usize))> {
    let trees = scene.trees;
    let (first, last) = signal.cue?;
    let verbs = [Some(last), signal.source.and_then(|source| trees.token(source).head)];
    let denial = |verb: usize| Some((verb, denied::denial_of(trees, verb, content)?.0));
    let (verb, denier) = verbs.into_iter().flatten().find_map(denial)?;
    if first >= content.0 {
        return Some((denier, clause::verb_group(trees, verb)));
    }
    let cue = trim(trees, (first, last.min(content.0 - 1)));
    Some((clause::subject(trees, clause::root(trees, cue)?)?, cue))
}

/// The source that a signal points at: the phrase that the words form, by its head, with what is coordinated. The content begins with token `start`.
fn pointed_at(scene: &Scene<'_>, speakers: &Speakers, signal: &ClaimSignal, start: usize) -> Option<Holder> {
    let trees = scene.trees;
    let last = signal.source?;
    let first = signal.source_span.map_or(last, |s| s.0).min(last);
    // A phrase that runs into another sentence is the part of it in the sentence of the claim.
    let sentence = |t: usize| trees.sentence_of(t);
    let (first, last) = if sentence(first) == sentence(last) {
        (first, last)
    } else if sentence(first) == sentence(start) {
        (first, trees.extent(first).1.min(trees.sentence_tokens(first).end - 1))
    } else {
        (last, last)
    };
    let outside = |t: usize| trees.token(t).head.is_none_or(|h| h < first || h > last);
    let head = (first..=last)
        .find(|&t| outside(t) && !trees.is_punct(t) && scene.cast.at_head(t).is_some_and(|m| !m.actors.is_empty()));
    let by_head = head.and_then(|h| speakers.of_head(scene, h));
    by_head.or_else(|| mention_ending(scene, last).and_then(|m| speakers.of_head(scene, m.head)))
}

/// A sourced draft for each signal of the claim heads.
pub(super) fn signals(scene: &Scene<'_>, speakers: &Speakers, out: &mut Vec<Sourced>) {
    let mut last: Option<Vec<usize>> = None;
    for signal in &scene.trees.analysis.signals {
        if signal.source.is_some_and(|token| is_nobody(scene, token)) {
            continue;
        }
        let content = trim(scene.trees, within_block(scene, signal.content));
        let best = (0..13).max_by(|&a, &b| signal.acts[a].total_cmp(&signal.acts[b])).unwrap_or(12);
        // "a charge that W denies": W denies what is charged, which a rule has read.
        let denied_before = |one: &Sourced| {
            let (Some((_, verb)), Some((_, same))) = (one.draft.cue, signal.cue) else { return false };
            verb == same && denied::denial_of(scene.trees, verb, one.draft.content).is_some()
        };
        if denied::is_charge(scene.trees, content) && out.iter().any(denied_before) {
            continue;
        }
        let disputed = disputed(scene, signal, content);
        // The act and the source are those of what is charged, the cue alone that of the denial.
        let charged = disputed.is_some_and(|(_, cue)| {
            let before = signal.source.is_some_and(|source| source < content.0);
            before && cue.0 > content.1 && Act::ALL[best] != Act::Deny
        });
        let disputed = disputed.filter(|_| !charged);
        let disputed_by = disputed.map(|(holder, _)| holder);
        let goes_on = |pointed| signal.cue.and_then(|cue| speaks_on(scene, cue, pointed));
        let found = signal.source.and_then(|pointed| match disputed_by.or_else(|| goes_on(pointed)) {
            Some(speaker) => speakers.of_head(scene, speaker),
            None => pointed_at(scene, speakers, signal, content.0),
        });
        // "Izvestia reported Grushko stating …": the words are the speaker's, not the outlet's.
        let found = found.filter(|(actors, _)| {
            let other = speakers.at(scene, content.0).is_some_and(|speaker| !outlets(scene, speaker));
            !(other && outlets(scene, actors))
        });
        // An implied source is the speaker of the quotation, else whoever held the claim before.
        let (actors, mention) = match found.or_else(|| speakers.at(scene, content.0).map(|a| (a.to_vec(), None))) {
            Some(found) => found,
            None => match &last {
                Some(actors) => (actors.clone(), None),
                None => continue,
            },
        };
        if actors.is_empty() {
            continue;
        }
        last = Some(actors.clone());
        let mut draft = Draft::new("model", Act::ALL[best], Source::Speaker, content);
        draft.cue = disputed.map(|(_, cue)| cue).or(signal.cue.filter(|_| !charged));
        draft.act_settled = false;
        out.push(Sourced {
            draft,
            actors,
            mention,
            signal: signal.probability,
            acts: signal.acts,
            lexicon: None,
            signal_addressees: signal.addressees.clone(),
            by_rule: false,
            attributed: 0.0,
            via: Vec::new(),
            features: std::collections::BTreeMap::new(),
            confidence: 0.0,
        });
    }
}
