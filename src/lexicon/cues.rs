//! Cue words: which act a word carries, and where its source, content and addressee stand in the sentence.

use std::collections::BTreeMap;

use crate::act::Act;
use crate::diag::{Error, Result};

/// Word class of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueClass {
    /// A verb, with its particle where it has one: "rule out".
    Verb,
    /// A noun: "demand", "willingness".
    Noun,
    /// A predicative adjective or participle: "open", "opposed".
    Adjective,
}

/// Where the content of a cue stands (and the addressee, for frames with two places).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frame {
    /// A clause, with or without "that", or a quotation.
    That,
    /// An infinitive of the source's own: "agreed to withdraw".
    To,
    /// The direct object: "rejected the plan".
    Object,
    /// A gerund: "considered sending troops".
    Gerund,
    /// After a preposition: "called for talks". In the table the preposition itself; `to/np` for "to" with a noun phrase ("agreed to the plan").
    After(String),
    /// Addressee as object, content as infinitive: "urged Iran to comply".
    ObjectTo,
    /// Addressee as object, content as clause: "told Iran that …".
    ObjectThat,
    /// Addressee as object, content after a preposition: "accused Iran of lying".
    ObjectAfter(String),
    /// Addressee after a preposition, content as infinitive: "called on Iran to comply".
    AfterTo(String),
    /// Object and predicate together: "described the plan as absurd", "called it a mistake".
    Predicate,
}

impl Frame {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "that" => Self::That,
            "to" => Self::To,
            "to/np" => Self::After("to".to_owned()),
            "obj" => Self::Object,
            "ing" => Self::Gerund,
            "obj+to" => Self::ObjectTo,
            "obj+that" => Self::ObjectThat,
            "pred" => Self::Predicate,
            other => match other.split_once('+') {
                Some(("obj", preposition)) => Self::ObjectAfter(preposition.to_owned()),
                Some((preposition, "to")) => Self::AfterTo(preposition.to_owned()),
                None if other.chars().all(|c| c.is_ascii_lowercase() || c == '_') => {
                    Self::After(other.replace('_', " "))
                }
                _ => return None,
            },
        })
    }
}

/// One entry of the lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Lemma, with particle or complement words after a space: "rule out".
    pub lemma: String,
    /// Word class.
    pub class: CueClass,
    /// The act that the word carries by itself.
    pub act: Act,
    /// The word says by itself that the act does not take place: "fail", "decline" are no such words, "drop (a demand)" is.
    pub frames: Vec<Frame>,
}

/// The lexicon of cues, found by the first word of the lemma.
#[derive(Debug, Clone, Default)]
pub struct Cues {
    entries: BTreeMap<(String, CueClass), Vec<Cue>>,
    len: usize,
}

impl Cues {
    /// The text of the table that comes with the program.
    pub const TABLE: &str = include_str!("data/cues.tsv");

    /// The lexicon that comes with the program: `data/cues.tsv`.
    ///
    /// # Errors
    /// When a line is broken, which a test rules out.
    pub fn embedded() -> Result<Self> {
        Self::parse("src/lexicon/data/cues.tsv", Self::TABLE)
    }

    /// Reads a table with the columns lemma, class (V, N, A), act, frames (separated by commas).
    ///
    /// # Errors
    /// When a line lacks a column or names an unknown class, act or frame.
    pub fn parse(name: &str, table: &str) -> Result<Self> {
        let mut out = Self::default();
        for (number, line) in table.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let fail = |why: &str| {
                Error::invalid("cue lexicon", format!("{name}:{}", number + 1), format!("{why} in `{line}`"))
            };
            let columns: Vec<&str> = line.split('\t').collect();
            let &[lemma, class, act, frames, ..] = columns.as_slice() else {
                return Err(fail("fewer than four columns"));
            };
            let class = match class {
                "V" => CueClass::Verb,
                "N" => CueClass::Noun,
                "A" => CueClass::Adjective,
                _ => return Err(fail("the class is not V, N or A")),
            };
            let act = Act::from_name(act).ok_or_else(|| fail("unknown act"))?;
            let frames = frames
                .split(',')
                .map(|f| Frame::parse(f).ok_or_else(|| fail("unknown frame")))
                .collect::<Result<_>>()?;
            let first = lemma.split(' ').next().unwrap_or(lemma).to_owned();
            let cue = Cue { lemma: lemma.to_owned(), class, act, frames };
            let list = out.entries.entry((first, class)).or_default();
            list.push(cue);
            list.sort_by_key(|c| std::cmp::Reverse(c.lemma.split(' ').count()));
            out.len += 1;
        }
        Ok(out)
    }

    /// Entries whose first word is `lemma`, those of more words first.
    pub fn of(&self, lemma: &str, class: CueClass) -> &[Cue] {
        // The map owns its keys, so a look-up needs one of its own.
        self.entries.get(&(lemma.to_owned(), class)).map_or(&[], Vec::as_slice)
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_and_sorted() {
        let cues = Cues::embedded().unwrap();
        assert!(cues.len() > 2000, "{} entries", cues.len());
        let keys: Vec<_> = include_str!("data/cues.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .map(|l| l.split('\t').take(3).collect::<Vec<_>>())
            .collect();
        for pair in keys.windows(2) {
            assert!(pair[0] < pair[1], "not sorted, or twice: {pair:?}");
        }
    }

    #[test]
    fn a_broken_line_says_where() {
        let error = Cues::parse("mine.tsv", "say\tV\tspeak\tthat").unwrap_err().to_string();
        assert!(error.contains("mine.tsv:1") && error.contains("unknown act"), "{error}");
    }
}
