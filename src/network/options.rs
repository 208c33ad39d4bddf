//! What to draw and how to count.

use crate::act::Act;

/// The sort of network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Actor → actor, one edge for each act.
    Demands,
}

impl Kind {
    /// All sorts.
    pub const ALL: [Self; 1] = [Self::Demands];

    /// The name in commands and files.
    ///
    /// ```
    /// assert_eq!(demarche::network::Kind::Demands.as_str(), "demands");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Demands => "demands",
        }
    }

    /// The sort of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Whether persons stand for themselves or for whom they speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// Each actor is a node.
    #[default]
    Actor,
    /// An actor with a bloc is drawn as its bloc.
    Bloc,
}

/// What one unit of weight is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// A statement.
    #[default]
    Statements,
    /// An article with at least one such statement.
    Articles,
    /// An outlet with at least one such statement; articles without a known outlet count as one together.
    Outlets,
}

/// Everything that can be asked of a network.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Actors or blocs.
    pub level: Level,
    /// What counts.
    pub weight: Weight,
    /// Acts that make an edge; empty means those that the sort of network stands for.
    pub acts: Vec<Act>,
    /// Edges below this weight (without sign) are left out.
    pub min_weight: f64,
    /// Keep only edges between these nodes (id or label, any case of letters); empty means all.
    pub include: Vec<String>,
    /// Leave these nodes out (id or label, any case of letters).
    pub exclude: Vec<String>,
    /// Keep only statements about these issues (id or label); empty means all.
    pub issues: Vec<String>,
    /// First day, `2025-03-01`; statements without a date are left out when a day is set.
    pub from: Option<String>,
    /// Last day, inclusive.
    pub until: Option<String>,
    /// Keep nodes without edges.
    pub isolates: bool,
    /// Count statements whose act is denied ("has not ruled out") as if it were not.
    pub negated: bool,
    /// Count statements that another actor reported ("A says B demands").
    pub reported: bool,
    /// Statements below this confidence are left out.
    pub min_confidence: f64,
}

impl Default for Options {
    /// Actors, every statement, no limit; reported statements count, denied ones do not.
    fn default() -> Self {
        Self {
            level: Level::Actor,
            weight: Weight::Statements,
            acts: Vec::new(),
            min_weight: 0.0,
            include: Vec::new(),
            exclude: Vec::new(),
            issues: Vec::new(),
            from: None,
            until: None,
            isolates: false,
            negated: false,
            reported: true,
            min_confidence: 0.0,
        }
    }
}
