//! Language: text in, sentences, tokens, trees, entities and attributions out. Start at [`Analysis`].

mod analysis;
mod tree;

pub mod eval;
mod sentences;
mod tokens;
mod words;

pub use analysis::{Analysis, Attribution, ClaimSignal, EntityKind, Part, Sentence, Token, Upos};
pub use sentences::sentences;
pub use tokens::tokens;
pub use tree::Trees;
