//! Nouns that name somebody: roles, groups, bodies, documents that speak for their authors.

use super::super::ActorKind;
use super::{Finder, Form, RawMention};
use crate::lexicon::WordClass;
use crate::nlp::{EntityKind, Part, Upos, is_base_form};

impl Finder<'_> {
    pub(super) fn nominal(&self, index: usize) -> Option<RawMention> {
        let token = self.trees.token(index);
        if !matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj)
            || matches!(self.trees.base_rel(index), "compound" | "flat" | "amod" | "fixed" | "goeswith")
        {
            return None;
        }
        if self.trees.rel(index) == "nmod:desc" {
            return None;
        }
        // "talk show host Maria Delgado" is her, whatever the tree says.
        let leads_to_person = self.is(index, WordClass::Title) && index + 2 < self.trees.sentence_tokens(index).end;
        if leads_to_person && (index + 1..index + 3).all(|i| self.is_name_token(i)) && self.given_name(index + 1) {
            return None;
        }
        // A share of people is nobody that could be named; "many of whom" are those named before.
        let share = matches!(
            &*token.lemma,
            "percent" | "%" | "percentage" | "cent" | "number" | "half" | "fourth" | "quarter" | "rest"
        );
        let of_whom = |c: usize| matches!(self.trees.lemma(c), "who" | "whom" | "which");
        if share || self.trees.children_by(index, &["nmod"]).any(of_whom) {
            return None;
        }
        // "the authority of the court" is no body, the port authority is.
        let of_something = self.trees.children_by(index, &["compound"]).next().is_some();
        if token.lemma.eq_ignore_ascii_case("authority") && &*token.xpos == "NN" && !of_something {
            return None;
        }
        let plural = matches!(&*token.xpos, "NNS" | "NNPS")
            || self.words.is(&self.trees.word(index).to_lowercase(), WordClass::Group);
        // "urged the world to act": everybody, but not where something is or goes.
        let world = self.trees.word(index).eq_ignore_ascii_case("world")
            && matches!(self.trees.rel(index), "nsubj" | "obj" | "iobj")
            && self.trees.children_by(index, &["det"]).next().is_some();
        let kind = if self.is(index, WordClass::Group) && plural || world {
            ActorKind::Group
        } else if self.is(index, WordClass::Government) || self.is(index, WordClass::Body) {
            if plural { ActorKind::Group } else { ActorKind::Organization }
        } else if self.is(index, WordClass::Role) || self.is(index, WordClass::Title) || self.is_one_of_them(index) {
            if plural { ActorKind::Group } else { ActorKind::Role }
        } else {
            match token.entity {
                // "The lawsuit said": a document speaks for its author, named or not.
                _ if self.is(index, WordClass::Document) && token.part == Part::Source && token.upos == Upos::Noun => {
                    ActorKind::Organization
                }
                // "a source close to the talks".
                _ if &*token.lemma == "source" && token.part == Part::Source && !plural => ActorKind::Role,
                Some(EntityKind::Person) if plural => ActorKind::Group,
                Some(EntityKind::Person) => ActorKind::Role,
                // Things that the model takes for bodies count where they act or own.
                Some(EntityKind::Organization) if matches!(self.trees.rel(index), "nsubj" | "nmod:poss") => {
                    ActorKind::Organization
                }
                _ => return None,
            }
        };
        let (first, last) = self.phrase(index);
        let mut role: Vec<String> = self
            .trees
            .children_by(index, &["compound", "amod", "nmod:desc"])
            .filter(|&c| {
                let name = self.trees.upos(c) == Upos::Propn && self.trees.word(c).starts_with(char::is_uppercase);
                // "the Vice President", "the Foreign Minister".
                let office = || self.is(index, WordClass::Title) && is_base_form(&self.trees.word(c).to_lowercase());
                c < index && (!name || office())
            })
            .map(|c| self.trees.lemma(c).to_lowercase())
            .collect();
        role.push(self.trees.lemma(index).to_lowercase());
        let belongs =
            self.trees.children(index).iter().copied().filter(|&c| !self.is(c, WordClass::Platform)).find(|&c| {
                self.trees.rel(c) == "nmod:poss"
                    || (matches!(self.trees.base_rel(c), "amod" | "compound" | "nmod")
                        && self.trees.word(c).chars().next().is_some_and(char::is_uppercase))
            });
        Some(RawMention {
            head: index,
            first,
            last,
            name: None,
            form: Form::Nominal,
            known: None,
            kind: Some(kind),
            roles: vec![role.join(" ")],
            people: false,
            belongs,
        })
    }
}
