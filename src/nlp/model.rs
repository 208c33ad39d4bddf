//! The language core as a whole: a document in, its analysis out.
#![expect(clippy::inline_always, reason = "the instructions of a level reach only what is inlined into it")]

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use super::analysis::{Analysis, EntityKind, Sentence, Token, Upos};
use super::attribution::{Collector, part};
use super::dates::dates;
use super::encoder::{Encoder, Scratch, Window};
use super::heads::{Heads, Reading};
use super::kernels::{Lanes, Level, Work};
use super::known::{Known, is_base_form};
use super::lemmas::{Script, clipped, irregular, regular_verb, singular};
use super::math::argmax;
use super::quotes::quotations;
use super::repair::repair;
use super::sentences::sentences;
use super::tokens::tokens;
use super::weights::{Bytes, Weights};
use super::windows::{Part, Pieces, pack, parts, window};
use super::wordpiece::Vocabulary;
use crate::corpus::{BlockKind, Document, interruptions};
use crate::diag::{Error, Result};
use crate::span::Span;

/// A loaded model. It is not changed by use, so one serves any number of threads.
///
/// ```no_run
/// use demarche::nlp::Model;
/// # fn example(document: &demarche::corpus::Document) {
/// let analysis = Model::embedded().analyse(document);
/// for token in &analysis.tokens {
///     println!("{} {}", token.span.of(&document.text), token.lemma);
/// }
/// # }
/// ```
#[derive(Debug)]
pub struct Model {
    vocabulary: Vocabulary,
    encoder: Encoder,
    heads: Heads,
    level: Level,
    window: usize,
    most_pieces: usize,
    upos: Vec<Upos>,
    xpos: Vec<Arc<str>>,
    rels: Vec<Arc<str>>,
    lemmas: Vec<Script>,
    known: Known,
    entities: Vec<Option<EntityKind>>,
    parataxis: Arc<str>,
}

/// The weights that come with the program.
const WEIGHTS: &[u8] = include_bytes!("../../models/core.safetensors");
/// Their vocabulary.
const VOCABULARY: &str = include_str!("../../models/vocab.txt");

static EMBEDDED: LazyLock<Model> =
    LazyLock::new(|| Model::read(WEIGHTS, VOCABULARY).expect("a test loads the model that comes with the program"));

struct Read<'a> {
    model: &'a Model,
    window: &'a Window,
    with_claims: bool,
    scratch: &'a mut Scratch,
}

impl Work for Read<'_> {
    type Output = Reading;

    #[inline(always)]
    fn call<L: Lanes>(self, lanes: L) -> Reading {
        let Read { model, window, with_claims, scratch } = self;
        model.encoder.encode(lanes, window, with_claims, scratch);
        model.heads.read(lanes, window, model.encoder.hidden(), with_claims, scratch)
    }
}

impl Model {
    /// What is known of words besides the weights: the tags that frequent ones can have, and base forms.
    pub const WORD_LISTS: [&'static str; 2] = [super::known::TAGS, super::known::LEMMAS];

    /// The model that comes with the program, loaded at the first call (some milliseconds).
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// SHA-256 of the embedded weights, in hexadecimal; computed at the first call.
    pub fn embedded_sha256() -> &'static str {
        static SHA256: LazyLock<String> = LazyLock::new(|| {
            use sha2::{Digest, Sha256};
            crate::span::hex(&Sha256::digest(WEIGHTS))
        });
        &SHA256
    }

    /// Loads a model from the bytes of a weights file and the lines of its vocabulary.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the file is damaged or of another format.
    pub fn read(weights: impl Into<Cow<'static, [u8]>>, vocabulary: &str) -> Result<Self> {
        let weights: Bytes = weights.into();
        let wrong = |at: &str, why: &str| Error::invalid("model", at, why);
        let vocabulary = Vocabulary::parse(vocabulary).ok_or_else(|| wrong("vocabulary", "lacks a special piece"))?;
        let file = Weights::parse(&weights)?;
        let heads = Heads::new(&file)?;
        let encoder = Encoder::new(&file, weights.clone(), vocabulary.len())?;
        let shared = |names: &[String]| names.iter().map(|name| Arc::from(name.as_str())).collect();
        Ok(Self {
            upos: heads
                .upos
                .iter()
                .map(|name| Upos::from_name(name).ok_or_else(|| wrong(name, "is no part of speech")))
                .collect::<Result<_>>()?,
            xpos: shared(&heads.xpos),
            rels: shared(&heads.rels),
            lemmas: heads
                .lemma
                .iter()
                .map(|script| Script::parse(script).ok_or_else(|| wrong(script, "is no edit script")))
                .collect::<Result<_>>()?,
            known: Known::new(&heads.upos, &heads.xpos)?,
            entities: heads.entity.iter().map(|name| entity(name)).collect(),
            parataxis: Arc::from("parataxis"),
            window: file.config.window,
            most_pieces: file.config.max_pieces_per_token,
            level: Level::best(),
            vocabulary,
            encoder,
            heads,
        })
    }

    /// Reads a document. Headings, prose and list items are read, datelines and debris are not.
    ///
    /// It cannot fail, whatever the text; time and memory grow in proportion to the length of the text, and the result depends on
    /// nothing but the document.
    pub fn analyse(&self, document: &Document) -> Analysis {
        self.read_document(document, true)
    }

    /// The same without what the claim heads see ([`Analysis::signals`] is empty), in three quarters of the time.
    pub fn analyse_without_claims(&self, document: &Document) -> Analysis {
        self.read_document(document, false)
    }

    fn read_document(&self, document: &Document, with_claims: bool) -> Analysis {
        let mut spans: Vec<Span> = Vec::new();
        let mut found: Vec<Part> = Vec::new();
        for (number, block) in document.blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Debris | BlockKind::Dateline) {
                continue;
            }
            let text = block.span.of(&document.text);
            let cut = uninterrupted(text);
            let base = spans.len();
            for range in sentences(text, &cut) {
                found.push(Part { tokens: base + range.start..base + range.end, block: number });
            }
            let offset = block.span.start;
            spans.extend(cut.iter().map(|span| Span::new(offset + span.start, offset + span.end)));
        }
        self.read_tokens(&document.text, &spans, &found, with_claims)
    }

    /// Reads sentences that are cut already. They must cover all tokens, in order.
    pub(super) fn read_tokens(&self, text: &str, spans: &[Span], found: &[Part], with_claims: bool) -> Analysis {
        let mut out = Analysis {
            sentences: found
                .iter()
                .map(|part| Sentence {
                    span: spans[part.tokens.start].join(spans[part.tokens.end - 1]),
                    tokens: part.tokens.clone(),
                    block: part.block,
                })
                .collect(),
            tokens: Vec::with_capacity(spans.len()),
            ..Analysis::default()
        };
        let pieces = Pieces::new(&self.vocabulary, text, spans, self.most_pieces);
        let parts = parts(found, &pieces, self.window);
        let mut scratch = Scratch::default();
        let mut collector = Collector::default();
        for range in pack(&parts, &pieces, self.window) {
            let window = window(&parts[range], &pieces, &self.vocabulary);
            let reading = self.read_window(&window, with_claims, &mut scratch);
            collector.add(&reading, window.base, window.first.len());
            self.tokens(text, spans, &window, &reading, &mut out);
        }
        self.join_parts(found, &mut out.tokens);
        for part in found {
            repair(&mut out.tokens, part.tokens.clone());
        }
        out.dates = dates(text, &mut out.tokens, &out.sentences);
        let mut block_of = vec![0; spans.len()];
        for part in found {
            block_of[part.tokens.clone()].fill(part.block);
        }
        out.quotations = quotations(text, &out.tokens, |token| block_of[token]);
        collector.close_quotations(&out.quotations, &out.tokens);
        collector.mend(&out.tokens, &out.sentences);
        collector.share();
        out.attributions = collector.finish(&out.tokens, |token| block_of[token]);
        out
    }

    pub(super) fn read_window(&self, window: &Window, with_claims: bool, scratch: &mut Scratch) -> Reading {
        self.level.run(Read { model: self, window, with_claims, scratch })
    }

    #[cfg(test)]
    pub(super) fn heads(&self) -> &Heads {
        &self.heads
    }

    fn tokens(&self, text: &str, spans: &[Span], window: &Window, reading: &Reading, out: &mut Analysis) {
        let base = window.base;
        let stride = self.upos.len() + self.xpos.len() + self.lemmas.len();
        for (token, labels) in reading.labels.chunks_exact(stride).enumerate() {
            let span = spans[base + token];
            let word = span.of(text);
            let (upos, rest) = labels.split_at(self.upos.len());
            let (xpos, scripts) = rest.split_at(self.xpos.len());
            let (upos, xpos) = self.known.tags(word, upos, xpos);
            out.tokens.push(Token {
                span,
                lemma: self.lemma(word, scripts, upos, xpos),
                upos: self.upos[upos],
                xpos: self.xpos[xpos].clone(),
                head: reading.heads[token].map(|head| base + head),
                rel: self.rels[reading.rels[token]].clone(),
                entity: self.entities[reading.entity[token]],
                part: part(reading.tags[token]),
            });
        }
        out.signals.extend(reading.claims.iter().map(|claim| {
            let mut claim = claim.clone();
            claim.content = (claim.content.0 + base, claim.content.1 + base);
            claim.cue = claim.cue.map(|(first, last)| (first + base, last + base));
            claim.source = claim.source.map(|token| token + base);
            claim.source_span = claim.source_span.map(|(first, last)| (first + base, last + base));
            for addressee in &mut claim.addressees {
                addressee.0 += base;
            }
            claim
        }));
    }

    /// Base form of a word: of irregular forms by the list, else by its edit script; a verb's is one that there is, or can be, and a plural noun that
    /// was left as it is, or lost its "s" alone ("countrie"), becomes singular.
    fn lemma(&self, form: &str, scripts: &[f32], upos: usize, xpos: usize) -> Box<str> {
        if let Some(base) = irregular(form, &self.xpos[xpos]) {
            return base;
        }
        let open = matches!(self.upos[upos], Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv);
        let inflected =
            open && matches!(&*self.xpos[xpos], "NNS" | "VBD" | "VBN" | "VBG" | "VBZ" | "JJR" | "JJS" | "RBR" | "RBS");
        let lemma = if open {
            Known::lemma(form, &self.lemmas, scripts, inflected)
        } else {
            self.lemmas[argmax(scripts)].apply(form)
        };
        if matches!(&*self.xpos[xpos], "VBD" | "VBN" | "VBG" | "VBZ")
            && let Some(base) = regular_verb(form, &lemma, is_base_form)
        {
            return base;
        }
        let plural = &*self.xpos[xpos] == "NNS";
        if plural && let Some(singular) = clipped(form, &lemma) {
            return singular;
        }
        let untouched = plural && lemma.eq_ignore_ascii_case(form);
        if untouched && let Some(singular) = singular(&lemma) { singular } else { lemma }
    }

    /// Gives a sentence that was read in parts a single root: the roots of later parts hang on the first.
    fn join_parts(&self, sentences: &[Part], tokens: &mut [Token]) {
        for sentence in sentences {
            let mut root = None;
            for at in sentence.tokens.clone() {
                if tokens[at].head.is_none() {
                    if root.is_some() {
                        tokens[at].head = root;
                        tokens[at].rel = self.parataxis.clone();
                    } else {
                        root = Some(at);
                    }
                }
            }
        }
    }
}

/// The kind that a label of the entity head stands for.
/// The tokens of a paragraph; what a page's scripts put into it is passed over.
fn uninterrupted(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut from = 0;
    let holes = interruptions(text);
    for (start, end) in holes.iter().map(|h| (h.start, h.end)).chain([(text.len(), text.len())]) {
        out.extend(tokens(&text[from..start]).iter().map(|span| Span::new(from + span.start, from + span.end)));
        from = end;
    }
    out
}

pub(super) fn entity(name: &str) -> Option<EntityKind> {
    Some(match name {
        "none" => return None,
        "person" => EntityKind::Person,
        "organization" => EntityKind::Organization,
        "place" => EntityKind::Place,
        "time" => EntityKind::Time,
        "event" => EntityKind::Event,
        "object" => EntityKind::Object,
        "abstract" => EntityKind::Abstract,
        _ => EntityKind::Other,
    })
}
