//! Who is meant by each mention of an article. Start at [`Resolver::cast`].
//!
//! What it does: finds names, roles, groups and pronouns and gives each an actor with a canonical label, a kind and a bloc. What it does
//! not do: decide who says what ([`crate::claims`]).

mod gazetteer;
mod gender;
mod mentions;
mod pronouns;
mod resolve;

pub use gazetteer::{Gazetteer, NameForm};
pub use mentions::Form;
pub(crate) use pronouns::Antecedent;
pub use resolve::{Actor, Cast, Mention, Resolver, Setting, article_suffix, slug};

use serde::{Deserialize, Serialize};

/// What stands behind a family name: "Dana Brook Jr."
fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV")
}

/// What kind of actor it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// A named human being.
    Person,
    /// A state or territory with a government.
    Country,
    /// A named body: alliance, ministry, company, party, outlet.
    Organization,
    /// People described together: "European leaders".
    Group,
    /// A person known by office alone: "Downing Street spokesperson".
    Role,
}

impl ActorKind {
    /// The name in records, queries and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Country => "country",
            Self::Organization => "organization",
            Self::Group => "group",
            Self::Role => "role",
        }
    }
}
