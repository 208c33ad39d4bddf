//! Word lists by class: titles, roles, kinds of organisation, given names.

use std::collections::BTreeMap;

/// What a listed word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordClass {
    /// Stands before a person's name: "president", "gen.", "mr.".
    Title,
    /// Names persons by what they do: "spokesman", "lawyer".
    Role,
    /// Names a body: "ministry", "party".
    Body,
    /// Names people taken together: "migrants", "critics", "police".
    Group,
    /// Names a party or a faith by its people, with a capital: "Democrats", "Muslims".
    Camp,
    /// Stands for the government of a state: "government", "authorities".
    Government,
    /// Joins parts of a personal name: "von", "bin".
    Particle,
    /// Weekday or month.
    Calendar,
    /// Given name of men.
    Male,
    /// Given name of women.
    Female,
    /// Titles and nouns that tell a man: "mr.", "chairman", "king".
    Man,
    /// Titles and nouns that tell a woman.
    Woman,
    /// Speaks for another: "spokesman", "spokesperson".
    Spokesperson,
    /// A news outlet's kind: "newspaper", "agency" – a place to speak, seldom an actor.
    Outlet,
    /// Ends the name of a newspaper: "herald", "gazette".
    Masthead,
    /// Says nothing of a subject by itself: "thing", "way", "decision".
    Vague,
    /// Holds a sentence together and names nothing: articles, prepositions, conjunctions, auxiliaries, adverbs of degree and place.
    Function,
    /// Stands beside or against whom it is named after: "ally", "critic", "rival".
    Associate,
    /// Personal, possessive, reflexive and relative pronouns, and others that stand for actors: "he", "their", "who", "both".
    Pronoun,
    /// Holds somebody's words: "report", "letter", "lawsuit". Its author is who speaks.
    Document,
    /// Carries the words of others and says none itself: "facebook", "twitter".
    Platform,
    /// Ends the name of what is nobody: a law, a strait, a bridge.
    Thing,
    /// Tells whose relative somebody is: "brother", "widow".
    Kin,
    /// A part of a country as it is shortened behind the name of a place: "conn.".
    Region,
}

const CLASSES: [(&str, WordClass); 24] = [
    ("title", WordClass::Title),
    ("role", WordClass::Role),
    ("body", WordClass::Body),
    ("group", WordClass::Group),
    ("camp", WordClass::Camp),
    ("government", WordClass::Government),
    ("particle", WordClass::Particle),
    ("calendar", WordClass::Calendar),
    ("male", WordClass::Male),
    ("female", WordClass::Female),
    ("man", WordClass::Man),
    ("woman", WordClass::Woman),
    ("spokesperson", WordClass::Spokesperson),
    ("outlet", WordClass::Outlet),
    ("masthead", WordClass::Masthead),
    ("vague", WordClass::Vague),
    ("function", WordClass::Function),
    ("associate", WordClass::Associate),
    ("pronoun", WordClass::Pronoun),
    ("document", WordClass::Document),
    ("platform", WordClass::Platform),
    ("thing", WordClass::Thing),
    ("kin", WordClass::Kin),
    ("region", WordClass::Region),
];

/// All word lists. A word may be in several.
#[derive(Debug, Clone, Default)]
pub struct Words {
    classes: BTreeMap<&'static str, Vec<WordClass>>,
}

impl Words {
    /// The text of the table that comes with the program.
    pub const TABLE: &str = include_str!("data/words.tsv");

    /// The lists that come with the program: `data/words.tsv`, a class and its words on each line.
    pub fn embedded() -> Self {
        let mut out = Self::default();
        for line in Self::TABLE.lines().filter(|l| !l.starts_with('#')) {
            let Some((class, words)) = line.split_once('\t') else { continue };
            let Some(&(_, class)) = CLASSES.iter().find(|(name, _)| *name == class) else { continue };
            for word in words.split_whitespace() {
                out.classes.entry(word).or_default().push(class);
            }
        }
        out
    }

    /// Whether a word, however it is written, is a given name.
    pub(crate) fn is_given_name(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.is(&word, WordClass::Male) || self.is(&word, WordClass::Female)
    }

    /// Whether a lower-case title or noun tells a woman (`true`) or a man; `None` where it tells neither.
    pub(crate) fn woman_or_man(&self, word: &str) -> Option<bool> {
        if self.is(word, WordClass::Woman) { Some(true) } else { self.is(word, WordClass::Man).then_some(false) }
    }

    /// Whether the lower-case word is in the list.
    pub fn is(&self, word: &str, class: WordClass) -> bool {
        self.classes.get(word).is_some_and(|classes| classes.contains(&class))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_known_class() {
        for (number, line) in include_str!("data/words.tsv").lines().enumerate() {
            let class = line.split('\t').next().unwrap_or_default();
            assert!(line.starts_with('#') || CLASSES.iter().any(|(n, _)| *n == class), "line {}: {class}", number + 1);
        }
    }
}
