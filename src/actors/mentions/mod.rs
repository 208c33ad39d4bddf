//! Finds the words that name somebody: names, roles and groups, pronouns.

mod name_end;
mod name_kind;
mod name_tokens;
mod names;
mod nominal;
mod phrase;

use std::collections::BTreeSet;

use super::ActorKind;
use super::gazetteer::{Gazetteer, NameForm};
use crate::lexicon::{WordClass, Words};
use crate::nlp::{Trees, Upos, is_base_form};
use crate::ontology::Ontology;

/// How a mention names its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By name.
    Name,
    /// By a noun: "the president", "European leaders".
    Nominal,
    /// By a pronoun.
    Pronoun,
    /// By an adjective of belonging: "Russian".
    Adjective,
}

impl Form {
    /// The name in features.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nominal => "noun",
            Self::Pronoun => "pronoun",
            Self::Adjective => "adjective",
        }
    }
}

/// Words that name somebody, before it is known whom.
#[derive(Debug, Clone)]
pub(super) struct RawMention {
    /// Syntactic head.
    pub head: usize,
    /// First and last token of the phrase, titles and modifiers included.
    pub first: usize,
    /// See `first`.
    pub last: usize,
    /// First and last token of the name alone, for names.
    pub name: Option<(usize, usize)>,
    /// How it names.
    pub form: Form,
    /// Index in the ontology, where the name is known.
    pub known: Option<usize>,
    /// What kind of actor it looks like, where anything tells.
    pub kind: Option<ActorKind>,
    /// Lower-case title and role words that go with it: "president", "deputy foreign minister".
    pub roles: Vec<String>,
    /// Whether it names people of a country, not the state: "most Americans".
    pub people: bool,
    /// Token of a country, body or person that it belongs to: "Russian" in "the Russian president".
    pub belongs: Option<usize>,
}

/// Everything needed to find mentions.
pub(super) struct Finder<'a> {
    pub trees: &'a Trees<'a>,
    pub ontology: &'a Ontology,
    pub gazetteer: &'a Gazetteer,
    pub words: &'a Words,
}

impl Finder<'_> {
    /// All mentions of the document, by first token.
    pub(super) fn find(&self) -> Vec<RawMention> {
        let mut taken = vec![false; self.trees.analysis.tokens.len()];
        let mut out = Vec::new();
        for sentence in &self.trees.analysis.sentences {
            self.names(sentence.tokens.clone(), &mut taken, &mut out);
        }
        let free = taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(index, _)| index);
        out.extend(free.filter_map(|index| self.pronoun(index).or_else(|| self.nominal(index))));
        let things = self.initials_of_things();
        out.retain(|m| m.name.is_none_or(|(first, last)| first < last || !things.contains(self.trees.word(first))));
        out.sort_by_key(|m| (m.first, std::cmp::Reverse(m.last)));
        out
    }

    /// "the Shipping Act (TSA)", "a first information report (FIR)": capitals that are short for what is nobody.
    fn initials_of_things(&self) -> BTreeSet<&str> {
        let tokens = self.trees.analysis.tokens.len();
        let short = |&t: &usize| {
            let word = self.trees.word(t);
            let brackets = self.trees.word(t - 1) == "(" && self.trees.word(t + 1) == ")";
            brackets && word.chars().count() > 1 && word.chars().all(char::is_uppercase)
        };
        let thing = |&t: &usize| self.is(t - 2, WordClass::Thing) || self.is(t - 2, WordClass::Document);
        (2..tokens.saturating_sub(1)).filter(short).filter(thing).map(|t| self.trees.word(t)).collect()
    }

    fn is(&self, index: usize, class: WordClass) -> bool {
        let word = self.trees.word(index).to_lowercase();
        self.words.is(&word, class) || self.words.is(&self.trees.lemma(index).to_lowercase(), class)
    }

    /// "A senior Democrat", "an Israeli": one person, of whom only a party or an origin is told. Neither party nor country speaks.
    fn is_one_of_them(&self, index: usize) -> bool {
        let sentence = self.trees.sentence_tokens(index);
        let leads_on = index + 1 < sentence.end && (self.is_name_token(index + 1) || self.trees.word(index + 1) == "-");
        let singular = matches!(&*self.trees.token(index).xpos, "NN" | "NNP");
        let modifier = matches!(self.trees.base_rel(index), "compound" | "amod" | "flat" | "nmod");
        // "the Islamist group": what only tells the kind of a body, by a word that names nobody itself.
        if modifier
            && !leads_on
            && self.is_of_camp(index)
            && self.gazetteer.longest(&[self.trees.word(index)]).is_none()
        {
            return true;
        }
        if leads_on || !singular || modifier && !self.is_counted(index) {
            return false;
        }
        let origin = || self.gazetteer.longest(&[self.trees.word(index)]).is_some_and(|(.., f)| f == NameForm::Demonym);
        self.is_of_camp(index) || self.is_counted(index) && origin()
    }

    /// Whether a noun has an article or a number that asks for one: "an", "another".
    fn is_counted(&self, index: usize) -> bool {
        let one = |c: usize| matches!(&*self.trees.word(c).to_lowercase(), "a" | "an" | "another" | "one");
        self.trees.children_by(index, &["det", "nummod"]).any(one)
    }

    /// Whether a word names one of a party or a faith: "Democrat".
    fn is_of_camp(&self, index: usize) -> bool {
        self.words.is(&format!("{}s", self.trees.word(index).to_lowercase()), WordClass::Camp)
    }

    /// Whether a word only tells the party of the person whose name goes from behind it to `end`: "Democrat Mike Lesley", "Republican Pollster Dan
    /// Mills", and where the given name is unknown, "Democrat Jorrit Brown".
    fn camp_of_person(&self, index: usize, end: usize) -> bool {
        if !self.is_of_camp(index) || index + 2 >= end {
            return false;
        }
        let (first, last) = (self.trees.word(index + 1), end - 1);
        let unknown = || {
            index + 3 == end
                && !is_base_form(&first.to_lowercase())
                && self.gazetteer.longest(&[first]).is_none()
                && ![WordClass::Body, WordClass::Role, WordClass::Title].iter().any(|&class| self.is(last, class))
        };
        self.given_name(index + 1) || self.is(index + 1, WordClass::Role) && self.given_name(index + 2) || unknown()
    }

    fn given_name(&self, index: usize) -> bool {
        self.words.is_given_name(self.trees.word(index))
    }

    fn pronoun(&self, index: usize) -> Option<RawMention> {
        let word = self.trees.word(index).to_lowercase();
        // These are pronouns whatever the tagger says of them.
        let always = matches!(word.as_str(), "he" | "she" | "they" | "we" | "him" | "them");
        if self.trees.upos(index) != Upos::Pron && !always {
            return None;
        }
        let known = self.words.is(&word, WordClass::Pronoun);
        known.then(|| RawMention {
            head: index,
            first: index,
            last: index,
            name: None,
            form: Form::Pronoun,
            known: None,
            kind: None,
            roles: Vec::new(),
            people: false,
            belongs: None,
        })
    }
}
