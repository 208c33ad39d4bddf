//! From an analysed document to its claims: rules and model propose drafts, speakers are found, doubles merged, the record filled in.

use std::collections::BTreeMap;

use crate::act::Act;
use crate::actors::{Antecedent, Cast, Form, Resolver, Setting};
use crate::corpus::Document;
use crate::diag::Result;
use crate::lexicon::{Cues, Words};
use crate::nlp::{Analysis, Trees};

use super::candidates::Standing;
use super::claim::{ActorRef, Claim};
use super::clause::without_silence;
use super::draft::Draft;
use super::issues::{self, IssueFinder};
use super::merge::{gives_way, merge, nest, own_government};
use super::no_claim::is_no_claim;
use super::quotes::{self, Quote};
use super::record::Recorder;
use super::rules::{Context, according_to, cue_noun, cue_verb, denied, running_quote};
use super::speakers::Speakers;
use super::{candidates, proposals, score};

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
    pub features: BTreeMap<&'static str, f64>,
    /// Probability that the claim is right.
    pub confidence: f64,
}

/// A claim with what speaks for it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Evidence {
    /// The claim as it would be stated.
    pub claim: Claim,
    /// Features of the scorer, by name.
    pub features: BTreeMap<&'static str, f64>,
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
    /// Probability of the model that somebody is addressed.
    pub addressed: f32,
    /// Who could be addressed, with the features that weigh it.
    pub candidates: Vec<(ActorRef, BTreeMap<String, f64>)>,
    /// Whom the pronoun that names the source may stand for, with the features that weigh it; empty for other sources.
    pub antecedents: Vec<(Vec<ActorRef>, BTreeMap<String, f64>)>,
}

/// All that is known of a document while its claims are made.
pub(super) struct Scene<'a> {
    pub document: &'a Document,
    pub trees: &'a Trees<'a>,
    pub cast: &'a Cast,
    pub quotes: &'a [Quote],
    pub words: &'a Words,
    pub standing: Standing,
    /// How often the document uses each noun.
    pub nouns: BTreeMap<&'a str, usize>,
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
            claims = stated.flat_map(|s| recorder.claims(s)).collect();
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
        let setting = Setting {
            article: &document.id,
            published: document.metadata.published.as_deref(),
            dateline: document.dateline(),
        };
        let cast = self.resolver.cast(&trees, &setting);
        let words = self.resolver.words();
        let (nouns, standing) = (issues::nouns(&trees), Standing::default());
        let mut scene = Scene { document, trees: &trees, cast: &cast, quotes: &quotes, words, standing, nouns };
        scene.standing = Standing::new(&scene);
        let sourced = self.sourced(&scene);
        let recorder = Recorder::new(&scene, &self.issues);
        then(&scene, &recorder, &sourced);
    }

    fn sourced(&self, scene: &Scene<'_>) -> Vec<Sourced> {
        let context = Context { trees: scene.trees, cues: &self.cues, quotes: scene.quotes, words: scene.words };
        let mut drafts = Vec::new();
        cue_verb::find(&context, &mut drafts);
        cue_noun::find(&context, &mut drafts);
        according_to::find(&context, &mut drafts);
        denied::find(&context, &mut drafts);
        let mut speakers = Speakers::new(scene, &drafts);
        proposals::attributions(scene, &context, &mut drafts);
        speakers.complete(scene, &drafts);
        running_quote::find(&context, &mut drafts);
        let mut all: Vec<Sourced> = drafts.into_iter().filter_map(|d| speakers.source(scene, d)).collect();
        proposals::signals(scene, &speakers, &mut all);
        for one in &mut all {
            one.draft.content = without_silence(scene.trees, one.draft.content);
        }
        all.retain(|one| !is_no_claim(scene, one));
        let all = merge(scene, all);
        let mut all = own_government(scene, all);
        nest(&mut all, |_| true);
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
        nest(&mut all, |outer| outer.confidence >= score::threshold());
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
                    addressed: score::somebody_addressed(s),
                    candidates: candidates::of_claim(scene, s, score::act(scene, s))
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
