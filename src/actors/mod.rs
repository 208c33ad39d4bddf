//! Who is meant by each mention of an article.

use serde::{Deserialize, Serialize};

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
