//! From analysed text to claims. Start at [`Claim`].

mod claim;

pub use claim::{ActorRef, Claim, Content, DocumentRef, IssueRef, Quotation, Quote};
