//! Language: text in, sentences, tokens, trees, entities and attributions out. Start at [`Analysis`].

mod analysis;
mod tree;

pub use analysis::{Analysis, Attribution, ClaimSignal, EntityKind, Part, Sentence, Token, Upos};
pub use tree::Trees;
