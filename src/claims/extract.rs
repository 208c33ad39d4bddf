//! From an analysed document to its claims: rules and model propose drafts, speakers are found, doubles merged, the record filled in.

use crate::act::Act;
use crate::actors::{ActorKind, Antecedent, Cast, Form, Resolver};
use crate::corpus::Document;
use crate::diag::Result;
use crate::lexicon::Cues;
use crate::nlp::{Analysis, Trees};

use super::candidates::Standing;
use super::claim::{ActorRef, Claim};
use super::draft::{Draft, Source};
use super::issues::IssueFinder;
use super::quotes::{self, Quote};
use super::record::Recorder;
use super::rules::{Context, according_to, cue_noun, cue_verb, running_quote};
use super::{addressee, proposals, score};

/// How much surer a claim must be to displace one of the same source that holds it whole.
const LONGER_MARGIN: f64 = 0.1;

/// Finds the claims of documents. Made once, used for every document, from any number of threads.
#[derive(Debug)]
pub struct Extractor {
    resolver: Resolver,
    cues: Cues,
    issues: IssueFinder,
}

/// A draft whose source is known.
#[derive(Debug, Clone)]
pub(super) struct Sourced {
    /// The draft.
    pub draft: Draft,
    /// Indices of actors in the cast.
    pub actors: Vec<usize>,
    /// Tokens of the mention, where there is one.
    pub mention: Option<(usize, usize)>,
    /// Probability of the model that a claim's content starts here, 0 where it sees none.
    pub signal: f32,
    /// The model's probability of each act, in the order of [`Act::ALL`].
    pub acts: [f32; 13],
    /// The act that the lexicon gives the cue, where it is not a neutral one.
    pub lexicon: Option<Act>,
    /// Last tokens of the mentions that the model takes for addressees.
    pub signal_addressees: Vec<(usize, f32)>,
    /// Whether a rule of the lexicon (and not the model alone) proposed it.
    pub by_rule: bool,
    /// Share of the content's tokens that the attribution layer calls content.
    pub attributed: f32,
    /// Reporters, outermost first: indices of actors.
    pub via: Vec<usize>,
    /// What speaks for and against it, by name.
    pub features: std::collections::BTreeMap<&'static str, f64>,
    /// Probability that the claim is right.
    pub confidence: f64,
}

/// A claim with what speaks for it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Evidence {
    /// The claim as it would be stated.
    pub claim: Claim,
    /// Features of the scorer, by name.
    pub features: std::collections::BTreeMap<&'static str, f64>,
    /// The model's probability of each act, in the order of [`Act::ALL`].
    pub acts: [f32; 13],
    /// The act that the lexicon gives the cue.
    pub lexicon: Option<Act>,
    /// The act that the content's form gives.
    pub content: Option<Act>,
    /// Whether the rule is sure of its act.
    pub settled: bool,
    /// Probability of the model that a claim starts here.
    pub signal: f32,
    /// Highest probability of the model that somebody is addressed.
    pub addressed: f32,
    /// Who could be addressed, with the features that weigh it.
    pub candidates: Vec<(ActorRef, std::collections::BTreeMap<String, f64>)>,
    /// Whom the pronoun that names the source may stand for, with the features that weigh it; empty for other sources.
    pub antecedents: Vec<(Vec<ActorRef>, std::collections::BTreeMap<String, f64>)>,
}

/// All that is known of a document while its claims are made.
pub(super) struct Scene<'a> {
    pub document: &'a Document,
    pub trees: &'a Trees<'a>,
    pub cast: &'a Cast,
    pub quotes: &'a [Quote],
    pub standing: Standing,
}

impl Extractor {
    /// The text of the scorer's weights.
    pub const WEIGHTS: &str = score::TABLE;

    /// An extractor that knows the actors and issues of a resolver's ontology.
    ///
    /// # Errors
    /// When the embedded lexicon is broken, which a test rules out.
    pub fn new(resolver: Resolver) -> Result<Self> {
        let issues = IssueFinder::new(resolver.ontology());
        Ok(Self { resolver, cues: Cues::embedded()?, issues })
    }

    /// The claims of a document, in text order.
    pub fn claims(&self, document: &Document, analysis: &Analysis) -> Vec<Claim> {
        let mut claims: Vec<Claim> = Vec::new();
        self.scene(document, analysis, &mut |_, recorder, all| {
            let kept: Vec<&Sourced> = all.iter().filter(|s| s.confidence >= score::threshold()).collect();
            let stated = kept.iter().filter(|s| !kept.iter().any(|other| gives_way(s, other)));
            claims = stated.map(|s| recorder.claim(s)).collect();
        });
        claims.sort_by(|a, b| (a.content.start, a.content.end, &a.id).cmp(&(b.content.start, b.content.end, &b.id)));
        claims.dedup_by(|a, b| a.id == b.id);
        claims
    }

    /// Sets the scene for a document and hands on its drafts.
    fn scene(
        &self,
        document: &Document,
        analysis: &Analysis,
        then: &mut dyn FnMut(&Scene<'_>, &Recorder<'_>, &[Sourced]),
    ) {
        let trees = Trees::new(&document.text, analysis);
        let quotes = quotes::find(&trees);
        let cast = self.resolver.cast(&trees, document.metadata.published.as_deref());
        let mut scene = Scene { document, trees: &trees, cast: &cast, quotes: &quotes, standing: Standing::default() };
        scene.standing = Standing::new(&scene);
        let sourced = self.sourced(&scene);
        let recorder = Recorder::new(&scene, &self.issues);
        then(&scene, &recorder, &sourced);
    }

    fn sourced(&self, scene: &Scene<'_>) -> Vec<Sourced> {
        let context = Context { trees: scene.trees, cues: &self.cues, quotes: scene.quotes };
        let mut drafts = Vec::new();
        cue_verb::find(&context, &mut drafts);
        cue_noun::find(&context, &mut drafts);
        according_to::find(&context, &mut drafts);
        let mut speakers = Speakers::new(scene, &drafts);
        proposals::attributions(scene, &context, &mut drafts);
        speakers.complete(scene, &drafts);
        running_quote::find(&context, &mut drafts);
        let mut all: Vec<Sourced> = drafts.into_iter().filter_map(|d| speakers.source(scene, d)).collect();
        proposals::signals(scene, &speakers, &mut all);
        let all = merge(scene, all);
        let all = own_government(scene, all);
        let mut all = nest(all);
        for one in &mut all {
            one.lexicon =
                one.draft.cue.and_then(|cue| proposals::act_of_cue(&context, cue)).filter(|a| *a != Act::Assert);
            if one.draft.act_settled && one.draft.act != Act::Assert {
                one.lexicon = Some(one.draft.act);
            }
        }
        let features: Vec<_> = (0..all.len()).map(|number| score::features(scene, &all, number)).collect();
        for (one, features) in all.iter_mut().zip(features) {
            one.confidence = score::confidence(&features);
            one.features = features;
        }
        all
    }

    /// The claims of a document with all that was considered: for training, before any is left out.
    pub fn evidence(&self, document: &Document, analysis: &Analysis) -> Vec<Evidence> {
        let mut out = Vec::new();
        self.scene(document, analysis, &mut |scene, recorder, all| {
            out = all
                .iter()
                .map(|s| Evidence {
                    claim: recorder.claim(s),
                    features: s.features.clone(),
                    acts: s.acts,
                    lexicon: s.lexicon,
                    content: super::act_of::of_content(scene, s),
                    settled: s.draft.act_settled,
                    signal: s.signal,
                    addressed: score::surest_addressee(s),
                    candidates: addressee::of_claim(scene, s, score::act(scene, s))
                        .into_iter()
                        .map(|c| (recorder.actor(c.actor, Some(c.mention)), c.features))
                        .collect(),
                    antecedents: antecedents(scene, s)
                        .into_iter()
                        .map(|a| (a.actors.iter().map(|&i| recorder.actor(i, None)).collect(), a.features))
                        .collect(),
                })
                .collect();
        });
        out
    }
}

/// Whom the pronoun that names a source may stand for.
fn antecedents(scene: &Scene<'_>, one: &Sourced) -> Vec<Antecedent> {
    let place = one.mention.and_then(|(first, last)| {
        scene.cast.mentions.iter().position(|m| m.form == Form::Pronoun && m.first == first && m.last == last)
    });
    place.map(|p| scene.cast.antecedents(scene.trees, p)).unwrap_or_default()
}

/// Actors that hold a stance, and the tokens that name them where they are named.
pub(super) type Holder = (Vec<usize>, Option<(usize, usize)>);

/// Who speaks in each quotation: indices of actors.
#[derive(Debug)]
pub(super) struct Speakers {
    of: Vec<Option<Vec<usize>>>,
}

impl Speakers {
    fn new(scene: &Scene<'_>, drafts: &[Draft]) -> Self {
        let mut speakers = Self { of: vec![None; scene.quotes.len()] };
        speakers.learn(scene, drafts);
        speakers
    }

    /// Speakers from drafts whose content is (in) a quotation and whose cue stands outside of it.
    fn learn(&mut self, scene: &Scene<'_>, drafts: &[Draft]) {
        for (number, quote) in scene.quotes.iter().enumerate() {
            if self.of[number].is_some() {
                continue;
            }
            let mut best: Option<((bool, usize), Vec<usize>)> = None;
            for draft in drafts {
                let Source::Head(head) = draft.source else { continue };
                let cue = draft.cue.map_or(head, |c| c.0);
                if (quote.first..=quote.last).contains(&cue) || (quote.first..=quote.last).contains(&head) {
                    continue;
                }
                let overlaps =
                    std::iter::once(&draft.content).chain(&draft.more).any(|c| c.0 <= quote.last && quote.first <= c.1);
                if !overlaps {
                    continue;
                }
                let distance = if cue > quote.last { cue - quote.last } else { quote.first.saturating_sub(cue) };
                if let Some(mention) = scene.cast.at_head(head).filter(|m| !m.actors.is_empty()) {
                    // An outlet is where it was said: whoever else is credited said it.
                    let rank = (outlets(scene, &mention.actors), distance);
                    if best.as_ref().is_none_or(|(r, _)| rank < *r) {
                        best = Some((rank, coordinated(scene, mention.head)));
                    }
                }
            }
            self.of[number] = best.map(|(_, actors)| quoted_by(scene, quote, &actors).unwrap_or(actors));
        }
    }

    /// Speakers that the model points at from inside a quotation.
    fn learn_from_signals(&mut self, scene: &Scene<'_>) {
        for number in 0..self.of.len() {
            let quote = scene.quotes[number];
            if self.of[number].is_some() {
                continue;
            }
            let signals = &scene.trees.analysis.signals;
            let pointed =
                signals.iter().filter(|s| (quote.first..=quote.last).contains(&s.content.0)).find_map(|signal| {
                    let token = signal.source.filter(|t| !(quote.first..=quote.last).contains(t))?;
                    let mention = mention_ending(scene, token)?;
                    (!mention.actors.is_empty()).then(|| coordinated(scene, mention.head))
                });
            self.of[number] = pointed;
        }
    }

    /// Quotations without a verb of speech: introduced by a colon, carried on from the one before, or of whoever spoke last in the paragraph.
    fn complete(&mut self, scene: &Scene<'_>, drafts: &[Draft]) {
        let block = |t: usize| scene.trees.block_of(t);
        for number in 0..self.of.len() {
            if self.of[number].is_none() {
                self.of[number] = introduced(scene, scene.quotes[number]);
            }
        }
        // A quotation that follows an attributed one in the same paragraph goes on with it.
        for number in 1..self.of.len() {
            let (before, quote) = (scene.quotes[number - 1], scene.quotes[number]);
            if self.of[number].is_none() && block(before.last) == block(quote.first) && quote.last - quote.first >= 4 {
                self.of[number] = self.of[number - 1].clone();
            }
        }
        self.learn_from_signals(scene);
        self.learn(scene, drafts);
        for number in 0..self.of.len() {
            if self.of[number].is_some() {
                continue;
            }
            let quote = scene.quotes[number];
            // A sentence cut after a quotation mark: "…" Merkel said.
            let previous = number.checked_sub(1);
            let same_paragraph = previous.is_some_and(|p| block(scene.quotes[p].last) == block(quote.first));
            let carried = previous
                .is_some_and(|p| scene.quotes[p].open_end && block(quote.first) == block(scene.quotes[p].last) + 1);
            if (same_paragraph || carried)
                && let Some(p) = previous
                && let Some(actors) = self.of[p].clone()
            {
                self.of[number] = Some(actors);
                continue;
            }
            // The next quotation of the same paragraph is attributed ("A. B," he said).
            let next = (number + 1 < self.of.len()).then_some(number + 1);
            if let Some(n) = next.filter(|&n| block(scene.quotes[n].first) == block(quote.last))
                && let Some(actors) = self.of[n].clone()
            {
                self.of[number] = Some(actors);
                continue;
            }
            // Whoever the last sentence before is about.
            let sentence = scene.trees.sentence_of(quote.first);
            let before = scene.trees.analysis.sentences[..sentence].iter().rev().take(2);
            for earlier in before {
                let subject = earlier.tokens.clone().find(|&t| {
                    scene.trees.base_rel(t) == "nsubj"
                        && scene.trees.token(t).head.is_some_and(|h| scene.trees.token(h).head.is_none())
                });
                if let Some(mention) = subject.and_then(|s| scene.cast.at_head(s)).filter(|m| !m.actors.is_empty()) {
                    self.of[number] = Some(mention.actors.clone());
                    break;
                }
            }
        }
    }

    /// Speakers of the quotation around a token.
    pub(super) fn at(&self, scene: &Scene<'_>, token: usize) -> Option<&[usize]> {
        quotes::around(scene.quotes, token).and_then(|q| self.of[q].as_deref())
    }

    /// Actors and mention of a source; nothing where nobody is found.
    fn source(&self, scene: &Scene<'_>, draft: Draft) -> Option<Sourced> {
        let (actors, mention) = match draft.source {
            Source::Speaker => (self.at(scene, draft.content.0)?.to_vec(), None),
            Source::Head(head) => self.of_head(scene, head)?,
        };
        Some(Sourced {
            draft,
            actors,
            mention,
            signal: 0.0,
            acts: [0.0; 13],
            lexicon: None,
            signal_addressees: Vec::new(),
            by_rule: true,
            attributed: 0.0,
            via: Vec::new(),
            features: std::collections::BTreeMap::new(),
            confidence: 0.0,
        })
    }

    /// Actors that the mention with this head stands for, "I" and "we" as the speaker.
    pub(super) fn of_head(&self, scene: &Scene<'_>, head: usize) -> Option<Holder> {
        let head = super::clause::holder(scene.trees, head);
        let mention = scene.cast.at_head(head).or_else(|| scene.cast.around(head))?;
        let first_person = mention.form == Form::Pronoun
            && matches!(
                scene.trees.word(mention.head).to_lowercase().as_str(),
                "i" | "we" | "my" | "our" | "us" | "me" | "ours" | "mine" | "myself" | "ourselves"
            );
        let actors = if first_person {
            self.at(scene, mention.head)?.to_vec()
        } else if mention.actors.is_empty() || mention.form == Form::Adjective && mention.head != head {
            return None;
        } else {
            coordinated(scene, mention.head)
        };
        let actors = if first_person { actors } else { titled(scene, mention, actors) };
        let last = scene
            .trees
            .coordinated(mention.head)
            .iter()
            .filter_map(|&h| scene.cast.at_head(h))
            .map(|m| m.last)
            .max()
            .unwrap_or(mention.last);
        Some((actors, Some((mention.first, last.max(mention.last)))))
    }
}

/// "Former Governor and presidential candidate Bill Weld": titles that the tree takes for persons of their own give way to the name they lead to.
fn titled(scene: &Scene<'_>, mention: &crate::actors::Mention, actors: Vec<usize>) -> Vec<usize> {
    let trees = scene.trees;
    let kind = |a: usize| scene.cast.actors[a].kind;
    if mention.form == Form::Pronoun || actors.iter().all(|&a| kind(a) == ActorKind::Person) {
        return actors;
    }
    let sentence = trees.sentence_tokens(mention.head);
    let reach = trees.coordinated(mention.head).into_iter().map(|h| trees.extent(h).1).max().unwrap_or(mention.last);
    let from = scene.cast.mentions.partition_point(|m| m.first < mention.first);
    // Names of persons with nothing but a noun before them.
    let named: Vec<&crate::actors::Mention> = scene.cast.mentions[from..]
        .iter()
        .take_while(|m| m.first <= reach.min(sentence.end.saturating_sub(1)))
        .filter(|m| m.form == Form::Name && m.actors.iter().all(|&a| kind(a) == ActorKind::Person))
        .filter(|m| {
            let before = m.first.checked_sub(1).filter(|&t| t >= mention.first && sentence.contains(&t));
            before.is_some_and(|t| &*trees.token(t).xpos == "NN" || trees.token(t).xpos.starts_with("NNP"))
        })
        .collect();
    if named.is_empty() {
        return actors;
    }
    let mut out: Vec<usize> = actors.iter().copied().filter(|&a| kind(a) == ActorKind::Person).collect();
    for &actor in named.iter().flat_map(|m| &m.actors) {
        if !out.contains(&actor) {
            out.push(actor);
        }
    }
    out
}

/// Whether all of these actors are news outlets.
pub(super) fn outlets(scene: &Scene<'_>, actors: &[usize]) -> bool {
    actors.iter().all(|&a| scene.cast.actors[a].outlet)
}

/// "… Izvestia reported the minister stating": whom an outlet quotes, where a participle of speech beside the quotation names him.
fn quoted_by(scene: &Scene<'_>, quote: &Quote, actors: &[usize]) -> Option<Vec<usize>> {
    if !outlets(scene, actors) {
        return None;
    }
    let trees = scene.trees;
    let sentence = trees.sentence_tokens(quote.last);
    sentence.filter(|t| !(quote.first..=quote.last).contains(t)).find_map(|t| {
        let speaks = matches!(
            trees.word(t),
            "saying" | "stating" | "telling" | "adding" | "noting" | "writing" | "warning" | "insisting" | "declaring"
        );
        if !speaks {
            return None;
        }
        // The name before the participle, whatever the tree says.
        let subject = super::clause::subject(trees, t).and_then(|s| scene.cast.at_head(s));
        let before = t.checked_sub(1).and_then(|last| mention_ending(scene, last));
        let mention =
            [subject, before].into_iter().flatten().find(|m| !m.actors.is_empty() && !outlets(scene, &m.actors))?;
        Some(mention.actors.clone())
    })
}

/// Who introduces a quotation with a colon: "The BBC reports: …".
fn introduced(scene: &Scene<'_>, quote: Quote) -> Option<Vec<usize>> {
    let trees = scene.trees;
    let mark = quote.first.checked_sub(1)?;
    let colon = mark.checked_sub(1).filter(|&t| trees.word(t) == ":")?;
    let sentence = trees.sentence_tokens(colon);
    (sentence.start..colon).rev().find_map(|t| {
        let subject = trees.base_rel(t) == "nsubj"
            && trees.token(t).head.is_some_and(|h| h < mark && trees.upos(h) == crate::nlp::Upos::Verb);
        let mention = scene.cast.at_head(t).filter(|m| subject && !m.actors.is_empty())?;
        Some(coordinated(scene, mention.head))
    })
}

/// The mention that ends at a token: the longest such phrase, else the one around it.
pub(super) fn mention_ending<'a>(scene: &Scene<'a>, token: usize) -> Option<&'a crate::actors::Mention> {
    let ending =
        scene.cast.mentions.iter().filter(|m| m.last == token && m.form != Form::Adjective && !m.actors.is_empty());
    ending.max_by_key(|m| m.last - m.first).or_else(|| scene.cast.around(token))
}

/// Actors of a mention and of those coordinated with it.
pub(super) fn coordinated(scene: &Scene<'_>, head: usize) -> Vec<usize> {
    let mut out = Vec::new();
    for part in scene.trees.coordinated(head) {
        if let Some(mention) = scene.cast.at_head(part) {
            for &actor in &mention.actors {
                if !out.contains(&actor) {
                    out.push(actor);
                }
            }
        }
    }
    out
}

fn shared(a: (usize, usize), b: (usize, usize)) -> usize {
    (a.1.min(b.1) + 1).saturating_sub(a.0.max(b.0))
}

/// Drafts that say the same: same source and contents that mostly overlap, or the same content under two cues. The better proposal stays.
fn merge(scene: &Scene<'_>, mut all: Vec<Sourced>) -> Vec<Sourced> {
    let length = |s: &Sourced| s.draft.content.1 - s.draft.content.0 + 1;
    all.sort_by(|a, b| {
        let key = |s: &Sourced| (s.draft.content.0, s.draft.content.1);
        key(a).cmp(&key(b)).then(score::preference(b).total_cmp(&score::preference(a)))
    });
    let mut out: Vec<Sourced> = Vec::new();
    for next in all {
        let twin = out.iter_mut().rev().take(40).find(|kept| {
            let both = shared(kept.draft.content, next.draft.content);
            let (short, long) = (length(kept).min(length(&next)), length(kept).max(length(&next)));
            let same_source = kept.actors.iter().any(|a| next.actors.contains(a));
            both * 10 >= short * 8 && both * 10 >= long * if same_source { 6 } else { 9 }
        });
        match twin {
            Some(kept) => {
                let (mut better, other) = if score::preference(&next) > score::preference(kept) {
                    (next, kept.clone())
                } else {
                    (kept.clone(), next)
                };
                if other.signal > better.signal {
                    better.signal = other.signal;
                    better.acts = other.acts;
                    better.signal_addressees.clone_from(&other.signal_addressees);
                }
                better.by_rule |= other.by_rule;
                if better.lexicon.is_none()
                    && other.by_rule
                    && other.draft.act_settled
                    && other.draft.act != Act::Assert
                {
                    better.lexicon = Some(other.draft.act);
                }
                better.draft.negated |= other.draft.negated && other.by_rule;
                better.draft.hedged |= other.draft.hedged;
                if better.draft.addressee.is_none() {
                    better.draft.addressee = other.draft.addressee;
                }
                if better.draft.cue.is_none() {
                    better.draft.cue = other.draft.cue;
                }
                *kept = better;
            }
            None => out.push(next),
        }
    }
    split_coordinated(&mut out);
    // A long attribution that rules have cut into its propositions says nothing of its own.
    let covered: Vec<bool> = out
        .iter()
        .map(|long| {
            long.draft.rule == "attribution" && long.signal < 0.5 && {
                let inside: usize = out
                    .iter()
                    .filter(|s| {
                        s.draft.rule != "attribution"
                            && s.actors == long.actors
                            && s.draft.content != long.draft.content
                    })
                    .map(|s| shared(s.draft.content, long.draft.content))
                    .sum();
                inside * 10 >= length(long) * 6
            }
        })
        .collect();
    let mut at = covered.iter();
    out.retain(|_| !*at.next().unwrap_or(&false));
    for one in &mut out {
        let (first, last) = one.draft.content;
        let tagged = (first..=last).filter(|&t| scene.trees.token(t).part == crate::nlp::Part::Content).count();
        one.attributed = tagged as f32 / (last - first + 1) as f32;
    }
    out
}

/// Of two claims of one source of which one lies inside the other, the surer is meant; the longer one only gives way to a clearly surer one.
fn gives_way(one: &Sourced, other: &Sourced) -> bool {
    let (a, b) = (one.draft.content, other.draft.content);
    let length = |c: (usize, usize)| c.1 - c.0 + 1;
    let both = shared(a, b) * 10;
    let needed = match length(a).cmp(&length(b)) {
        std::cmp::Ordering::Less if both >= length(a) * 9 => 0.0,
        std::cmp::Ordering::Greater if both >= length(b) * 9 => LONGER_MARGIN,
        _ => return false,
    };
    one.actors == other.actors && other.confidence > one.confidence + needed
}

/// A claim of the model whose content rules have cut into coordinated parts ("neutrality and exclusion from NATO") hands its evidence on to them.
fn split_coordinated(all: &mut Vec<Sourced>) {
    let length = |s: &Sourced| s.draft.content.1 - s.draft.content.0 + 1;
    let mut drop = vec![false; all.len()];
    for whole in 0..all.len() {
        if all[whole].draft.rule != "model" {
            continue;
        }
        let content = all[whole].draft.content;
        let parts: Vec<usize> = (0..all.len())
            .filter(|&p| {
                let part = &all[p];
                part.draft.rule.starts_with("cue.")
                    && part.draft.content != content
                    && shared(part.draft.content, content) == length(part)
                    && part.draft.cue.is_some_and(|c| c.1 < content.0)
                    && part.actors.iter().any(|a| all[whole].actors.contains(a))
            })
            .collect();
        let covered: usize = parts.iter().map(|&p| length(&all[p])).sum();
        if parts.len() < 2 || covered * 10 < length(&all[whole]) * 7 || covered > length(&all[whole]) {
            continue;
        }
        let evidence = all[whole].clone();
        for part in parts {
            all[part].signal = all[part].signal.max(evidence.signal);
            all[part].acts = evidence.acts;
            all[part].mention = evidence.mention;
            all[part].actors.clone_from(&evidence.actors);
        }
        drop[whole] = true;
    }
    let mut at = drop.iter();
    all.retain(|_| !*at.next().unwrap_or(&false));
}

/// "Trump said the US is willing to …": speaking for one's own government is one claim, of the speaker, with the inner act.
fn own_government(scene: &Scene<'_>, mut all: Vec<Sourced>) -> Vec<Sourced> {
    let actor = |index: usize| &scene.cast.actors[index];
    let mut drop = vec![false; all.len()];
    for inner in 0..all.len() {
        let Some((own_first, _)) = all[inner].mention else { continue };
        let outer = (0..all.len()).find(|&outer| {
            outer != inner
                && all[outer].draft.act == Act::Assert
                && all[outer].draft.content.0 <= own_first
                && all[inner].draft.content.1 <= all[outer].draft.content.1 + 1
                && all[outer].draft.content != all[inner].draft.content
        });
        let Some(outer) = outer else { continue };
        let own = all[inner].actors == all[outer].actors
            || all[inner].actors.iter().all(|&i| {
                let label = actor(i).label.as_str();
                all[outer]
                    .actors
                    .iter()
                    .any(|&o| actor(o).bloc.as_deref() == Some(label) && actor(o).kind != ActorKind::Group)
            });
        if !own {
            continue;
        }
        // The inner act takes over where its clause is the whole of what is said.
        let whole = shared(all[outer].draft.content, (own_first, all[inner].draft.content.1)) * 10
            >= (all[outer].draft.content.1 - all[outer].draft.content.0 + 1) * 7;
        let actors = all[outer].actors.clone();
        let mention = all[outer].mention;
        if all[inner].draft.act == Act::Assert && all[inner].signal < 0.5 {
            drop[inner] = true;
            continue;
        }
        all[inner].actors = actors;
        all[inner].mention = mention.or(all[inner].mention);
        if whole && all[outer].signal < 0.5 {
            drop[outer] = true;
        }
    }
    let mut keep = drop.iter();
    all.retain(|_| !*keep.next().unwrap_or(&false));
    all
}

/// Reporters: a claim whose source stands inside the content of another's claim is reported by it.
fn nest(mut all: Vec<Sourced>) -> Vec<Sourced> {
    let spans: Vec<(usize, usize)> = all.iter().map(|s| s.draft.content).collect();
    for inner in 0..all.len() {
        let at = all[inner].draft.cue.map_or(all[inner].draft.content.0, |c| c.0);
        let from = all[inner].mention.map_or(at, |m| m.0.min(at));
        let mut outers: Vec<usize> = (0..all.len())
            .filter(|&o| {
                o != inner
                    && spans[o].0 <= from
                    && all[inner].draft.content.1 <= spans[o].1 + 1
                    && spans[o] != spans[inner]
            })
            .filter(|&o| all[o].draft.cue.is_none_or(|c| c.1 < spans[o].0 || c.0 > spans[o].1))
            .filter(|&o| !all[o].actors.iter().any(|a| all[inner].actors.contains(a)))
            .collect();
        outers.sort_by_key(|&o| std::cmp::Reverse(spans[o].1 - spans[o].0));
        let mut via: Vec<usize> = Vec::new();
        for outer in outers {
            for &actor in &all[outer].actors {
                if !via.contains(&actor) {
                    via.push(actor);
                }
            }
        }
        all[inner].via = via;
    }
    all
}
