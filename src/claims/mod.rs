//! From analysed text to claims. Start at [`Extractor::claims`]; the result is the record [`Claim`].
//!
//! What it does: proposes claims by rules over the trees ([`rules`](self)) and by the model's claim heads, finds the speaker of each quotation,
//! merges what says the same, and fills in act, addressee, issue, date. What it does not do: RDF.

mod act_of;
mod addressee;
mod candidates;
mod claim;
mod clause;
mod dates;
mod draft;
mod extract;
mod issues;
mod merge;
mod no_claim;
mod owners;
mod proposals;
mod quotes;
mod record;
mod rules;
mod score;
mod speakers;

pub use claim::{ActorRef, Claim, Content, Correction, DocumentRef, IssueRef, Quotation, Quote};
pub use extract::{Evidence, Extractor};
