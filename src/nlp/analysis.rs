//! What the language core says of a document.

use std::ops::Range;
use std::sync::Arc;

use super::dates::DateMention;
use crate::span::Span;

/// Everything the language core says of one document. Token indices run over the whole document.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    /// Sentences of headings, prose and list items, in text order.
    pub sentences: Vec<Sentence>,
    /// All tokens, in text order.
    pub tokens: Vec<Token>,
    /// Who is credited with what, as the attribution layer reads it.
    pub attributions: Vec<Attribution>,
    /// Stretches of tokens between quotation marks, marks included, in text order and without overlap.
    pub quotations: Vec<Range<usize>>,
    /// Mentions of dates, in text order.
    pub dates: Vec<DateMention>,
    /// Places where the claim heads see the content of a claim begin, strongest reading of each.
    pub signals: Vec<ClaimSignal>,
}

/// A sentence, a heading or a list entry.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its text.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Index of its block in the document.
    pub block: usize,
}

/// A word or a punctuation mark, after the conventions of Universal Dependencies for English.
#[derive(Debug, Clone)]
pub struct Token {
    /// Its characters.
    pub span: Span,
    /// Base form, lower case but for names.
    pub lemma: Box<str>,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag ("VBD", "NNP").
    pub xpos: Arc<str>,
    /// Index of its head; `None` for the root of a sentence.
    pub head: Option<usize>,
    /// Universal dependency relation with subtype ("nsubj:pass").
    pub rel: Arc<str>,
    /// Kind of the entity whose mention this token heads.
    pub entity: Option<EntityKind>,
    /// Its part in an attribution.
    pub part: Part,
}

/// Part of a token in an attribution (Pareti 2012; Newell et al. 2018).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// None.
    #[default]
    Outside,
    /// Of the words that name who is credited.
    Source,
    /// Of the words that say that it is credited.
    Cue,
    /// Of what is credited.
    Content,
}

/// Kind of thing that a mention stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum EntityKind {
    Person,
    Organization,
    Place,
    Time,
    Event,
    Object,
    Abstract,
    Other,
    /// A date or a part of one; see [`Analysis::dates`]. Found by rules, the other kinds by the model.
    Date,
}

/// One attribution: joined spans of each part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Who is credited; empty where it is implied.
    pub source: Vec<Span>,
    /// The words that credit.
    pub cue: Vec<Span>,
    /// What is credited.
    pub content: Vec<Span>,
}

impl Attribution {
    /// Where the first of its words begins, in bytes; attributions are in this order.
    pub fn start(&self) -> usize {
        self.content.iter().chain(&self.source).chain(&self.cue).map(|span| span.start).min().unwrap_or_default()
    }
}

/// A claim as the claim heads of the model see it.
#[derive(Debug, Clone)]
pub struct ClaimSignal {
    /// First and last token of the content, inclusive.
    pub content: (usize, usize),
    /// Probability that a claim's content starts here, 0 to 1.
    pub probability: f32,
    /// Probability of each act, in the order of [`crate::act::Act::ALL`].
    pub acts: [f32; 13],
    /// First and last token of the cue, inclusive.
    pub cue: Option<(usize, usize)>,
    /// Last token of the mention of the source; `None` where it is implied.
    pub source: Option<usize>,
    /// First and last token of the words that name the source, inclusive: one mention or several joined ("Britain and France").
    pub source_span: Option<(usize, usize)>,
    /// Last tokens of mentions of addressees, with probability: together with that of "nobody" they sum to one over the window,
    /// an actor's chance being the sum over its mentions.
    pub addressees: Vec<(usize, f32)>,
}

macro_rules! upos {
    ($($name:ident $text:literal),*) => {
        /// Universal parts of speech (Petrov et al. 2012; Nivre et al. 2020).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the names are the standard's")]
        pub enum Upos { $($name),* }

        impl Upos {
            /// All of them, in the order of the standard's tag names.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Name in the standard: "PROPN".
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// The part of speech of that name, if there is one.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}
upos!(Adj "ADJ", Adp "ADP", Adv "ADV", Aux "AUX", Cconj "CCONJ", Det "DET", Intj "INTJ", Noun "NOUN", Num "NUM", Part "PART",
    Pron "PRON", Propn "PROPN", Punct "PUNCT", Sconj "SCONJ", Sym "SYM", Verb "VERB", X "X");
