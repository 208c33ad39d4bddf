//! Which words can be part of a name.

use super::Finder;
use crate::lexicon::WordClass;
use crate::nlp::{EntityKind, Upos, is_base_form};

impl Finder<'_> {
    pub(super) fn is_name_token(&self, index: usize) -> bool {
        let token = self.trees.token(index);
        let word = self.trees.word(index);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let pronoun = matches!(
            word,
            "He" | "She"
                | "They"
                | "It"
                | "We"
                | "I"
                | "You"
                | "Him"
                | "Her"
                | "His"
                | "Them"
                | "Us"
                | "Its"
                | "Their"
                | "My"
                | "Our"
                | "Your"
                | "All"
                | "Both"
                | "Few"
                | "Many"
                | "More"
                | "Most"
                | "Others"
                | "Several"
                | "Some"
        );
        // "Officials said", "Labour unions said", "Toy makers said": the capital of a sentence's first word tells nothing.
        let plain = |next: usize| {
            let sentence = self.trees.sentence_tokens(index);
            index == sentence.start
                && self.trees.base_rel(index) == "compound"
                && next < sentence.end
                && self.trees.token(index).head == Some(next)
                && (self.is(next, WordClass::Group) || &*self.trees.token(next).xpos == "NNS")
                && self.trees.word(next).starts_with(char::is_lowercase)
                && is_base_form(&word.to_lowercase())
                && self.gazetteer.longest(&[word]).is_none()
        };
        let common = |next: usize| {
            let sentence = self.trees.sentence_tokens(index);
            index == sentence.start
                && self.is(index, WordClass::Group)
                && !self.is(index, WordClass::Camp)
                && !(next < sentence.end && self.trees.word(next).starts_with(char::is_uppercase))
                && self.gazetteer.longest(&[word]).is_none()
        };
        capital
            && !pronoun
            && (token.upos == Upos::Propn || matches!(&*token.xpos, "NNP" | "NNPS") || self.leads_office(index))
            && (!self.is(index, WordClass::Calendar) || self.is_person_of_calendar(index))
            && !common(index + 1)
            && !plain(index + 1)
    }

    /// "Ambassador to the United Nations Carla Whitfield": a title in capitals begins a name, whatever the tagger takes it for.
    fn leads_office(&self, index: usize) -> bool {
        let sentence = self.trees.sentence_tokens(index);
        let of = index + 1 < sentence.end && matches!(self.trees.word(index + 1), "of" | "to" | "for");
        of && self.is(index, WordClass::Title) && self.trees.upos(index) == Upos::Noun
    }

    /// "Theresa May", "May said": a word of the calendar that names a person, beside no number. Days alone never do, months that are names may.
    fn is_person_of_calendar(&self, index: usize) -> bool {
        let sentence = self.trees.sentence_tokens(index);
        let number = |at: usize| self.trees.word(at).starts_with(|c: char| c.is_ascii_digit());
        let dated = index > sentence.start && number(index - 1) || index + 1 < sentence.end && number(index + 1);
        // "Said" is a given name, "said Saturday" is none.
        let capital = |at: usize| self.trees.word(at).starts_with(char::is_uppercase);
        let after_given = index > sentence.start && self.given_name(index - 1) && capital(index - 1);
        let name = matches!(self.trees.word(index), "May" | "April" | "June" | "August");
        !dated && (after_given || name && self.trees.token(index).entity == Some(EntityKind::Person))
    }

    pub(super) fn is_person(&self, index: usize) -> bool {
        self.trees.token(index).entity == Some(EntityKind::Person)
    }

    /// The first given name in `begin..end` that another word of the name follows.
    pub(super) fn person_within(&self, begin: usize, end: usize) -> Option<usize> {
        (begin..end.saturating_sub(1)).find(|&i| self.given_name(i))
    }

    /// End of the name tokens from `at` on, the words that join them included; looks at a few only, so that cost stays linear.
    pub(super) fn names_until(&self, at: usize, limit: usize) -> usize {
        const FEW: usize = 12;
        let joins = |i: usize| matches!(self.trees.word(i), "of" | "for" | "and" | "&");
        let reach = limit.min(at + FEW);
        (at..reach).find(|&i| !self.is_name_token(i) && !joins(i)).unwrap_or(reach)
    }

    /// The token after the "-elect" that stands at `at`, behind a title.
    pub(super) fn after_elect(&self, at: usize) -> Option<usize> {
        let tokens = self.trees.analysis.tokens.len();
        let hyphen = at > 0 && at + 1 < tokens && matches!(self.trees.word(at), "-" | "–");
        let elect = hyphen && matches!(self.trees.word(at + 1), "elect" | "designate" | "Elect");
        (elect && self.is(at - 1, WordClass::Title)).then_some(at + 2)
    }
}
