//! One HTML file that tells everything: what was read, who demands what from whom, who stands where, who answered, who changed, and every claim
//! with the words that it rests on.
//!
//! The page asks nothing of any server, opens from disk, prints, and works without scripts; with scripts the claims can be filtered.
//! Start at [`page`]; [`read`] gives what a store knows.

mod answers;
mod changes;
mod claims;
mod page;
mod passage;
mod read;
mod table;

pub use page::page;
pub use read::{QUERIES, read};

use crate::claims::{Claim, DocumentRef};
use crate::network::{Network, Statement};

/// An article of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// What is known of it.
    pub document: DocumentRef,
    /// Its text, which the offsets of the claims refer to.
    pub text: String,
}

/// What a report is made of.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// Heading of the page.
    pub title: String,
    /// The articles, in the order in which they are listed.
    pub articles: &'a [Source],
    /// The claims of these articles.
    pub claims: &'a [Claim],
    /// The demand network of the claims.
    pub network: &'a Network,
}

impl Report<'_> {
    /// The claims as statements, by date, article and place.
    fn statements(&self) -> Vec<Statement> {
        let mut all: Vec<Statement> = self.claims.iter().map(Statement::from).collect();
        all.sort_by(|a, b| {
            let key = |s: &Statement| (s.date.clone(), s.article.id.clone(), s.start, s.claim.clone());
            key(a).cmp(&key(b))
        });
        all
    }
}

/// The name that an actor is counted under in tables: whom it speaks for, or itself.
fn camp(actor: &crate::network::Actor) -> &str {
    actor.bloc.as_deref().unwrap_or(&actor.label)
}
