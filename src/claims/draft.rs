//! A claim in the making: token positions, before actors, dates and issues are filled in.

use crate::act::Act;

/// A claim as a rule or a signal proposes it. Token ranges are inclusive.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Content, longest part.
    pub content: (usize, usize),
    /// Further parts of a split content.
    pub more: Vec<(usize, usize)>,
    /// The words that carry the act.
    pub cue: Option<(usize, usize)>,
    /// Who holds the stance.
    pub source: Source,
    /// Heads of the mentions that it is directed at, where the grammar says so; `None` leaves it to the meaning.
    pub addressee: Option<Vec<usize>>,
    /// The act.
    pub act: Act,
    /// How sure the rule is of the act: `false` where the cue is neutral ("said") and the content decides.
    pub act_settled: bool,
    /// The act itself is negated.
    pub negated: bool,
    /// Marked as second-hand or uncertain.
    pub hedged: bool,
    /// Name of the rule.
    pub rule: &'static str,
}

/// Who holds the stance of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The mention with this head.
    Head(usize),
    /// Whoever speaks in the quotation around the content.
    Speaker,
}

impl Draft {
    /// A draft of a rule with the parts that every claim has.
    pub(super) fn new(rule: &'static str, act: Act, source: Source, content: (usize, usize)) -> Self {
        Self {
            content,
            more: Vec::new(),
            cue: None,
            source,
            addressee: None,
            act,
            act_settled: true,
            negated: false,
            hedged: false,
            rule,
        }
    }
}
