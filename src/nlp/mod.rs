//! Language: text in, sentences, tokens, trees, entities and attributions out. Start at [`Analysis`].

mod analysis;
mod model;
mod tree;

mod attribution;
#[cfg(test)]
mod check;
mod dates;
mod encoder;
mod heads;
mod kernels;
mod known;
mod lemmas;
mod math;
mod mend;
mod parser;
mod quotes;
mod repair;
mod sentences;
mod tagger;
mod tokens;
mod weights;
mod windows;
mod wordpiece;
mod words;

pub mod eval;

pub use analysis::{Analysis, Attribution, ClaimSignal, EntityKind, Part, Sentence, Token, Upos};
pub use dates::{DateMention, When};
pub(crate) use known::is_base_form;
pub(crate) use lemmas::base_forms;
pub use model::Model;
pub use sentences::sentences;
pub use tokens::tokens;
pub use tree::Trees;
