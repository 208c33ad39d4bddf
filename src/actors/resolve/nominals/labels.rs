//! Actors known only by what they are called, and what they are called.

use super::super::super::ActorKind;
use super::super::{Build, article_suffix, capitalised, slug, tidy};
use crate::lexicon::WordClass;
use crate::nlp::{Part, Upos};

/// Letters in capitals that are still an acronym ("UNESCO").
const LONGEST_ACRONYM: usize = 7;

impl Build<'_> {
    /// A label from the words of a nominal: without article, with the owner's name for "his".
    pub(super) fn label_of(&self, index: usize) -> String {
        let mention = &self.raw[index];
        self.label_between(self.label_start(index), mention.last.max(mention.head))
    }

    pub(super) fn label_between(&self, first: usize, last: usize) -> String {
        let text = self.trees.text_of(first, last);
        // "AUTO WORKERS" of a headline are auto workers; "the UN" is none of lower case.
        let shouted = text.chars().count() > LONGEST_ACRONYM && !text.chars().any(char::is_lowercase);
        tidy(&capitalised(&if shouted { text.to_lowercase() } else { text }))
    }

    /// The first token of a nominal that its label shows.
    pub(super) fn label_start(&self, index: usize) -> usize {
        let mention = &self.raw[index];
        let mut first = mention.first;
        // "Another official" is not the official spoken of before.
        let other =
            |t: usize| mention.kind == Some(ActorKind::Role) && self.trees.word(t).eq_ignore_ascii_case("another");
        while first < mention.head
            && !other(first)
            && (matches!(
                self.trees.upos(first),
                Upos::Det | Upos::Punct | Upos::Cconj | Upos::Sconj | Upos::Adp | Upos::Aux | Upos::Adv
            ) && !(first + 1 == mention.head && self.trees.word(first).eq_ignore_ascii_case("both"))
                // "Two European diplomats" are European diplomats; of "six countries" the number is all that is told.
                || self.trees.upos(first) == Upos::Num && first + 1 < mention.head && !matches!(self.trees.word(first + 1), "-" | "–")
                || matches!(
                    self.trees.word(first).to_lowercase().as_str(),
                    "the"
                        | "a"
                        | "an"
                        | "some"
                        | "many"
                        | "several"
                        | "few"
                        | "every"
                        | "each"
                        | "least"
                        | "mr"
                        | "mr."
                        | "mrs"
                        | "mrs."
                        | "ms"
                        | "ms."
                        | "his"
                        | "her"
                        | "their"
                        | "its"
                        | "whose"
                        | "my"
                        | "our"
                        | "'s"
                        | "’s"
                ))
        {
            first += 1;
        }
        first
    }

    /// A new actor known only by what it is called.
    pub(super) fn described(&mut self, index: usize) -> usize {
        let mention = &self.raw[index];
        let kind = mention.kind.unwrap_or(ActorKind::Group);
        let principal = self.principal(index);
        let own = self.label_of(index);
        let label = match principal {
            Some(at) => format!("{} {}", self.actors[at].label, own.to_lowercase()),
            None => own,
        };
        if let Some(at) = self.actors.iter().position(|a| a.label.eq_ignore_ascii_case(&label)) {
            return at;
        }
        let roles = mention.roles.clone();
        let noun = roles.first().and_then(|r| r.rsplit(' ').next()).unwrap_or_default().to_owned();
        let bloc = mention.belongs.and_then(|t| self.bloc_at(t)).or_else(|| {
            self.trees
                .children_by(mention.head, &["amod", "compound", "nmod:poss", "nmod"])
                .filter(|&c| !self.resolver.words.is(&self.trees.word(c).to_lowercase(), WordClass::Platform))
                .find_map(|c| self.bloc_at(c))
        });
        let bloc = bloc
            .or_else(|| principal.map(|at| self.camp(at)))
            .or_else(|| self.side_told_by(mention.head))
            .or_else(|| self.state_of_forces(index, &noun))
            .or_else(|| self.state_of_minister(index))
            .filter(|_| !self.names_several(mention.head, mention.last));
        // "Ukraine's allies" are not Ukraine.
        let bloc = bloc.filter(|_| !self.resolver.words.is(&noun, WordClass::Associate));
        // "The foreign ministry" is one a country, "officials" are others in each article; "U.S. officials" and "American officials" are the same.
        let id = match &bloc {
            Some(bloc) => self.without_side(index, bloc).map(|rest| slug(&format!("{rest} {bloc}"))),
            None if self.names_somebody(index) => None,
            None => Some(slug(&label) + &article_suffix(self.article)),
        };
        if let Some(at) = self.actors.iter().position(|a| id.as_ref() == Some(&a.id)) {
            return at;
        }
        let at = self.new_actor(label, kind, bloc);
        if let Some(id) = id {
            self.actors[at].id = id;
        }
        self.actors[at].female = self.resolver.words.woman_or_man(&noun);
        self.actors[at].roles = roles;
        at
    }

    /// "The ministry denied it. A spokeswoman said …": who is called nothing but that speaks for the body that spoke just before in the paragraph.
    fn principal(&self, index: usize) -> Option<usize> {
        let mention = &self.raw[index];
        let noun = self.trees.lemma(mention.head).to_lowercase();
        let alone = self.label_start(index) == mention.last.max(mention.head) && mention.belongs.is_none();
        let owned = self.trees.children_by(mention.head, &["nmod:poss", "nmod", "compound", "amod"]).next().is_some();
        if !alone || owned || !self.resolver.words.is(&noun, WordClass::Spokesperson) {
            return None;
        }
        self.body_that_spoke(index)
    }

    /// The body to which words are credited just before in the paragraph, the nearest.
    pub(in super::super) fn body_that_spoke(&self, index: usize) -> Option<usize> {
        let block = self.trees.block_of(self.raw[index].head);
        let before = (0..index).rev().take_while(|&e| self.sentences_back(e, index) <= 1);
        let near = before.filter(|&e| self.trees.block_of(self.raw[e].head) == block);
        let spoke = |e: &usize| self.trees.token(self.raw[*e].head).part == Part::Source;
        let body = |at: &usize| {
            let actor = &self.actors[*at];
            matches!(actor.kind, ActorKind::Organization | ActorKind::Country) && !actor.outlet
        };
        let other = |at: &usize| self.of[index].first() != Some(at);
        let speaker = near.filter(spoke).find_map(|e| self.of[e].first().copied().filter(other));
        speaker.filter(body)
    }

    /// "the military": of the country of whose state the article speaks there.
    fn state_of_forces(&self, index: usize, noun: &str) -> Option<String> {
        const OF_STATES: [&str; 8] =
            ["military", "army", "navy", "police", "parliament", "ministry", "cabinet", "judiciary"];
        let state = OF_STATES.contains(&noun).then(|| self.state_spoken_of(index)).flatten()?;
        Some(self.resolver.ontology.actors[state].label.clone())
    }

    /// "the prime minister", whom nobody names: of the country of whose state the article speaks there.
    fn state_of_minister(&self, index: usize) -> Option<String> {
        let mention = &self.raw[index];
        // Nothing but the title.
        let minister = |role: &String| role.ends_with("minister") && role.eq_ignore_ascii_case(&self.label_of(index));
        let owned = || self.trees.children_by(mention.head, &["nmod:poss", "nmod"]).next().is_some();
        let bare = mention.belongs.is_none() && self.definite(index) && mention.roles.iter().any(minister) && !owned();
        let state = bare.then(|| self.state_spoken_of(index)).flatten()?;
        Some(self.resolver.ontology.actors[state].label.clone())
    }

    /// "officials from Iran and Russia": whether the words after a head name several countries, so that it is on no one's side.
    fn names_several(&self, head: usize, last: usize) -> bool {
        let mut named = (head + 1..=last).filter_map(|t| self.country_at(t));
        let first = named.next();
        named.any(|other| Some(other) != first)
    }

    /// The party or country that a noun for one of its people tells: "a senior Democrat", "an Israeli", "Democrat Mike Lesley".
    pub(in super::super) fn side_told_by(&self, token: usize) -> Option<String> {
        let (_, actor, _) = self.resolver.gazetteer.longest(&[self.trees.word(token)])?;
        let actor = &self.resolver.ontology.actors[actor];
        actor.bloc.clone().or_else(|| Some(actor.label.clone()))
    }

    /// The label of a nominal without the words that name its side alone ("American" of "American officials"); `None` where another name is among the rest.
    fn without_side(&self, index: usize, bloc: &str) -> Option<String> {
        let mention = &self.raw[index];
        let end = mention.last.max(mention.head);
        let names_side = |t: usize| {
            let words: Vec<&str> = (t..mention.head).map(|i| self.trees.word(i)).collect();
            let (length, actor, _) = self.resolver.gazetteer.longest(&words)?;
            (self.resolver.ontology.actors[actor].label == bloc).then_some(length)
        };
        let mut first = self.label_start(index);
        while first < mention.head {
            match names_side(first) {
                Some(length) => first += length,
                None if matches!(self.trees.word(first), "'s" | "’s" | "'" | "’") => first += 1,
                None => break,
            }
        }
        if self.names_somebody_in(first, end) {
            return None;
        }
        Some(self.label_between(first, end))
    }

    /// Whether a name stands among the words of a nominal: "European leaders", "the Trump campaign's lawyers".
    fn names_somebody(&self, index: usize) -> bool {
        let mention = &self.raw[index];
        self.names_somebody_in(mention.first, mention.last.max(mention.head))
    }

    fn names_somebody_in(&self, first: usize, last: usize) -> bool {
        let own = |t: usize| {
            // The first word of a sentence has its capital from there.
            let capital =
                self.trees.word(t).starts_with(char::is_uppercase) && t != self.trees.sentence_tokens(t).start;
            let camp = self.resolver.words.is(&self.trees.word(t).to_lowercase(), WordClass::Camp);
            let proper = camp || capital && self.trees.upos(t) == Upos::Propn;
            proper || self.resolver.gazetteer.longest(&[self.trees.word(t)]).is_some()
        };
        (first..=last).any(own)
    }
}
