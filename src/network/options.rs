//! What to draw and how to count.

use crate::act::Act;
pub use crate::query::Copies;

/// The sort of network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Actor → actor, one edge for each act.
    Demands,
    /// Actor → issue; the weight is statements for it less statements against it.
    Stances,
    /// Actor – actor: how often both take the same side of an issue (congruence).
    Agreement,
    /// Actor – actor: how often they take different sides of an issue.
    Conflict,
    /// Actor – actor: agreement less conflict.
    Subtract,
    /// Outlet → actor: whom it lets speak.
    Quotations,
    /// Actor – actor: articles in which both have a part.
    Cooccurrence,
}

impl Kind {
    /// All sorts.
    pub const ALL: [Self; 7] = [
        Self::Demands,
        Self::Stances,
        Self::Agreement,
        Self::Conflict,
        Self::Subtract,
        Self::Quotations,
        Self::Cooccurrence,
    ];

    /// The name in commands and files.
    ///
    /// ```
    /// assert_eq!(demarche::network::Kind::Demands.as_str(), "demands");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Demands => "demands",
            Self::Stances => "stances",
            Self::Agreement => "agreement",
            Self::Conflict => "conflict",
            Self::Subtract => "subtract",
            Self::Quotations => "quotations",
            Self::Cooccurrence => "cooccurrence",
        }
    }

    /// The sort of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// What a picture of it is headed with.
    pub fn title(self) -> &'static str {
        match self {
            Self::Demands => "Who demands what from whom",
            Self::Stances => "Who is for and against what",
            Self::Agreement => "Who takes the same side",
            Self::Conflict => "Who takes different sides",
            Self::Subtract => "Who sides with whom, and who against whom",
            Self::Quotations => "Which outlet lets whom speak",
            Self::Cooccurrence => "Who stands in the same articles",
        }
    }

    /// Whether its edges have a direction.
    pub fn is_directed(self) -> bool {
        matches!(self, Self::Demands | Self::Stances | Self::Quotations)
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

/// What one unit of weight is. All but the first leave duplicates out: what says the same in one article (week, …) counts once.
///
/// Weeks begin on Monday, and weeks and months of different years are different. (DNA compares their numbers only.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// A statement.
    #[default]
    Statements,
    /// An article with such statements.
    Articles,
    /// An outlet with such statements; articles without a known outlet are one together.
    Outlets,
    /// A day; statements without a date are one together, here and below.
    Days,
    /// A week.
    Weeks,
    /// A month.
    Months,
    /// A year.
    Years,
    /// All such statements together count 1.
    Once,
}

impl Weight {
    /// All units.
    pub const ALL: [Self; 8] = [
        Self::Statements,
        Self::Articles,
        Self::Outlets,
        Self::Days,
        Self::Weeks,
        Self::Months,
        Self::Years,
        Self::Once,
    ];

    /// The name in commands, and what the weights of a picture count.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Statements => "statements",
            Self::Articles => "articles",
            Self::Outlets => "outlets",
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
            Self::Once => "once",
        }
    }

    /// The unit of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == name)
    }
}

/// How weights are made comparable between actors who speak much and actors who speak little.
///
/// Written anew from the published definitions of Discourse Network Analyzer, so that results can be compared with its own.
///
/// # References
///
/// P. Leifeld, J. Gruber, F. R. Bossner: Discourse Network Analyzer Manual (2019), chapter on normalisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Normalisation {
    /// As counted.
    #[default]
    None,
    /// Actor – actor: divided by the mean number of statements of the two.
    Average,
    /// Actor – actor: divided by what either says, together.
    Jaccard,
    /// Actor – actor: divided by the product of the numbers of statements of the two (DNA's "cosine"; it is not the cosine of two vectors).
    Cosine,
    /// Actor → issue: divided by all statements of the actor.
    Activity,
    /// Actor → issue: divided by all statements on the issue.
    Prominence,
}

impl Normalisation {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::None, Self::Average, Self::Jaccard, Self::Cosine, Self::Activity, Self::Prominence];

    /// The name in commands.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Average => "average",
            Self::Jaccard => "jaccard",
            Self::Cosine => "cosine",
            Self::Activity => "activity",
            Self::Prominence => "prominence",
        }
    }

    /// The normalisation of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|normalisation| normalisation.as_str() == name)
    }
}

/// How finely edges tell what is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// One edge for each act.
    Acts,
    /// One for all acts of a family ([`Act::family`]).
    Families,
}

/// Everything that can be asked of a network.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Actors or blocs.
    pub level: Level,
    /// What counts.
    pub weight: Weight,
    /// What weights are divided by; one that does not fit the sort of network does nothing, and the notes say so.
    pub normalisation: Normalisation,
    /// Acts that make an edge; empty means those that the sort of network stands for.
    pub acts: Vec<Act>,
    /// How finely edges of the demand network tell what is done; other networks have no use for it.
    pub detail: Detail,
    /// Edges below this weight (without sign) are left out.
    pub min_weight: f64,
    /// Keep only edges between these actors (id with or without `actor:`, or label, any case of letters); one alone keeps the edges that touch it;
    /// empty means all. Issues and outlets are always kept.
    pub include: Vec<String>,
    /// Leave these actors, issues and outlets out (named as above).
    pub exclude: Vec<String>,
    /// Keep only statements about these issues (id with or without `issue:`, or label, any case of letters); empty means all.
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
    /// How statements count that several articles have in the same words.
    pub copies: Copies,
}

impl Default for Options {
    /// Actors, every statement, no limit; reported statements count, denied ones do not.
    fn default() -> Self {
        Self {
            level: Level::Actor,
            weight: Weight::Statements,
            normalisation: Normalisation::None,
            acts: Vec::new(),
            detail: Detail::Acts,
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
            copies: Copies::Each,
        }
    }
}
