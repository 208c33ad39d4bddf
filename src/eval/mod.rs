//! How good the claims are: scores against annotated articles, errors by kind, agreement of two annotators. Start at [`Report::new`].
//!
//! What it does: reads annotation files ([`Gold::parse`]) and claims ([`predictions`]), pairs them one to one ([`pair`]) and counts. What it does
//! not do: read files, extract or print.
//!
//! A predicted and an annotated claim may be paired when their contents share at least 60 % of the words of the shorter and 30 % of those of the
//! longer one. Five measures, each a [`Tally`] with precision, recall and F1:
//!
//! | measure | the pair agrees on |
//! | --- | --- |
//! | found | the content |
//! | who | … and the source (Jaccard index of the actors at least 0.5) |
//! | stance | … and the act |
//! | directed | … and the addressees (Jaccard at least 0.5); over claims that have one |
//! | bloc | blocs of source and addressees, and the act; over claims that have an addressee |

mod agreement;
mod gold;
mod matching;
mod names;
pub mod polnear;
mod predicted;
mod report;
mod tables;

pub use crate::nlp::eval::Tally;
pub use agreement::{Agreement, alpha};
pub use gold::Gold;
pub use matching::{Agrees, Item, pair};
pub use predicted::{Predicted, predictions};
pub use report::{DocumentReport, Fault, FaultKind, Measures, Report};
