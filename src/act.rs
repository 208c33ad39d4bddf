//! The scheme of acts: what a source does with words.

use serde::{Deserialize, Serialize};

/// What the source does by saying it. The order is that of the annotation guidelines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// Insists that something be done or hold.
    Demand,
    /// Asks, urges, appeals, calls for, seeks, invites.
    Request,
    /// Puts a plan or an idea forward.
    Propose,
    /// Offers, promises, is ready to do, plans its own future act.
    Commit,
    /// Agrees to something put to it.
    Accept,
    /// Refuses, rules out, opposes.
    Reject,
    /// Praises, welcomes, favours, hopes for.
    Support,
    /// Disapproves, doubts, belittles.
    Criticise,
    /// Says that another actor did wrong.
    Accuse,
    /// Warns of or threatens harm or consequences.
    Threaten,
    /// Says that something is not so.
    Deny,
    /// Admits a fact against its interest.
    Acknowledge,
    /// States a fact, a belief, a prediction, anything else.
    Assert,
}

impl Act {
    /// All acts, in the order of the guidelines.
    pub const ALL: [Self; 13] = [
        Self::Demand,
        Self::Request,
        Self::Propose,
        Self::Commit,
        Self::Accept,
        Self::Reject,
        Self::Support,
        Self::Criticise,
        Self::Accuse,
        Self::Threaten,
        Self::Deny,
        Self::Acknowledge,
        Self::Assert,
    ];

    /// The name in records, queries and files.
    ///
    /// ```
    /// assert_eq!(demarche::act::Act::Criticise.as_str(), "criticise");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Request => "request",
            Self::Propose => "propose",
            Self::Commit => "commit",
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Support => "support",
            Self::Criticise => "criticise",
            Self::Accuse => "accuse",
            Self::Threaten => "threaten",
            Self::Deny => "deny",
            Self::Acknowledge => "acknowledge",
            Self::Assert => "assert",
        }
    }

    /// The act of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.as_str() == name)
    }

    /// Whether it says how things are and wants nothing of anybody: such claims are not directed at others.
    ///
    /// ```
    /// use demarche::act::Act;
    /// assert!(Act::Deny.only_states() && !Act::Demand.only_states());
    /// ```
    pub fn only_states(self) -> bool {
        matches!(self, Self::Deny | Self::Acknowledge | Self::Assert)
    }

    /// What it does much the same as.
    pub fn family(self) -> Family {
        match self {
            Self::Demand | Self::Request | Self::Propose => Family::Ask,
            Self::Commit | Self::Accept | Self::Support => Family::Give,
            Self::Reject | Self::Deny => Family::Refuse,
            Self::Criticise | Self::Accuse | Self::Threaten => Family::Attack,
            Self::Acknowledge | Self::Assert => Family::Tell,
        }
    }

    /// Verb in the third person with its preposition, for sentences like "Russia *demands from* NATO".
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Demand => "demands from",
            Self::Request => "asks of",
            Self::Propose => "proposes to",
            Self::Commit => "promises",
            Self::Accept => "accepts from",
            Self::Reject => "rejects",
            Self::Support => "supports",
            Self::Criticise => "criticises",
            Self::Accuse => "accuses",
            Self::Threaten => "warns",
            Self::Deny => "denies to",
            Self::Acknowledge => "acknowledges to",
            Self::Assert => "tells",
        }
    }
}

/// Acts that do much the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Wants something: demand, request, propose.
    Ask,
    /// Gives something: commit, accept, support.
    Give,
    /// Does not want: reject, deny.
    Refuse,
    /// Turns against: criticise, accuse, threaten.
    Attack,
    /// Says: acknowledge, assert.
    Tell,
}

impl Family {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Give => "give",
            Self::Refuse => "refuse",
            Self::Attack => "attack",
            Self::Tell => "tell",
        }
    }

    /// Verb in the third person with its preposition: "Russia *asks of* NATO".
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Ask => "asks of",
            Self::Give => "promises or backs",
            Self::Refuse => "rejects",
            Self::Attack => "criticises or threatens",
            Self::Tell => "tells",
        }
    }
}

/// Where the source stands towards the issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// For it.
    Favour,
    /// Against it.
    Against,
    /// Neither, or not said.
    Neutral,
}

impl Stance {
    /// The name in records, queries and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Favour => "favour",
            Self::Against => "against",
            Self::Neutral => "neutral",
        }
    }
}
