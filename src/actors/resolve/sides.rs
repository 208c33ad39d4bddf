//! On whose side actors are: the offices they hold, and the words around their names.

use super::super::ActorKind;
use super::super::mentions::Form;
use super::Build;
use crate::lexicon::WordClass;

impl Build<'_> {
    /// Whom office holders speak for: at the article's day, else in the office that the article gives them.
    pub(super) fn offices(&mut self) {
        let ontology = &self.resolver.ontology;
        for actor in &mut self.actors {
            let Some(known) = actor.known.filter(|_| actor.kind == ActorKind::Person) else { continue };
            let titles: Vec<String> =
                actor.roles.iter().filter_map(|role| self.plain_roles.get(role)).cloned().collect();
            let bloc = match &self.day {
                Some(day) => ontology.bloc_on(known, day),
                None => ontology.bloc_as(known, &titles),
            };
            if let Some(bloc) = bloc {
                actor.bloc = Some(bloc.to_owned());
            }
        }
    }

    /// The bloc of named actors from the words around them.
    pub(super) fn blocs(&mut self) {
        for index in 0..self.raw.len() {
            let Some(&at) = self.of[index].first() else { continue };
            let actor = &self.actors[at];
            // Whose side known bodies and regions are on is not for one phrase to say ("Ukraine's allies in Europe").
            if actor.bloc.is_some() || actor.known.is_some() && actor.kind != ActorKind::Person {
                continue;
            }
            let belongs = self.raw[index].belongs;
            let bloc = belongs.and_then(|token| self.bloc_at(token)).or_else(|| self.bloc_beside(index));
            let bloc = bloc.or_else(|| self.bloc_of_outlet(index)).or_else(|| self.minister_at_home(index));
            let bloc = bloc.filter(|bloc| *bloc != self.actors[at].label).or_else(|| self.state_of_body(index));
            let bloc = bloc.or_else(|| belongs.filter(|&t| self.names_camp(t)).and_then(|t| self.side_told_by(t)));
            if let Some(bloc) = bloc.filter(|b| *b != self.actors[at].label) {
                self.actors[at].bloc = Some(bloc);
            }
        }
    }

    /// Whether a token names the people of a known party or movement: "Democrat".
    fn names_camp(&self, token: usize) -> bool {
        let known = self.resolver.gazetteer.longest(&[self.trees.word(token)]);
        known.is_some_and(|(_, actor, _)| self.resolver.ontology.actors[actor].kind == ActorKind::Group)
    }

    /// "Foreign Minister Rafael Ochoa" under a dateline of Caracas is Venezuela's.
    fn minister_at_home(&self, index: usize) -> Option<String> {
        let mention = &self.raw[index];
        let minister = mention.roles.iter().any(|role| role.split(' ').any(|word| word == "minister"));
        (mention.kind == Some(ActorKind::Person) && minister && mention.belongs.is_none())
            .then(|| self.home.map(|home| self.resolver.ontology.actors[home].label.clone()))?
    }

    /// The sides of spokespeople whose bodies are only described ("the ministry"), once it is known which those are.
    pub(super) fn sides_of_principals(&mut self) {
        for index in 0..self.raw.len() {
            let Some(&at) = self.of[index].first().filter(|_| self.raw[index].form == Form::Name) else { continue };
            if self.actors[at].bloc.is_none() && self.actors[at].kind == ActorKind::Person {
                self.actors[at].bloc = self.side_of_principal(index);
            }
        }
    }

    /// "The ministry denied it. A spokesman, Omar Hale, said …": of whom nothing more is told than that he speaks for somebody, speaks for the body that spoke
    /// just before.
    fn side_of_principal(&self, index: usize) -> Option<String> {
        let mention = &self.raw[index];
        if mention.belongs.is_some() {
            return None;
        }
        let speaks = |noun: &usize| {
            let word = self.trees.lemma(*noun).to_lowercase();
            let mut owners = self.trees.children_by(*noun, &["nmod:poss", "nmod", "compound", "amod"]);
            let its = |o: usize| self.trees.word(o).eq_ignore_ascii_case("its");
            self.resolver.words.is(&word, WordClass::Spokesperson) && owners.all(its)
        };
        self.describing(mention.head).find(speaks)?;
        self.body_that_spoke(index).map(|body| self.camp(body))
    }

    /// "the Nigerian Central Bank": a public body with the origin in its name.
    fn state_of_body(&self, index: usize) -> Option<String> {
        const PUBLIC: [&str; 18] = [
            "Agency",
            "Army",
            "Assembly",
            "Bank",
            "Cabinet",
            "Commission",
            "Congress",
            "Council",
            "Court",
            "Department",
            "Embassy",
            "Government",
            "Ministry",
            "Navy",
            "Parliament",
            "Police",
            "Senate",
            "Service",
        ];
        let (first, end) = self.raw[index].name?;
        let public = (first + 1..=end).any(|t| PUBLIC.contains(&self.trees.word(t)));
        let country = || self.resolver.gazetteer.country(&self.resolver.ontology, &[self.trees.word(first)]);
        public.then(country)?.map(|state| self.resolver.ontology.actors[state].label.clone())
    }

    /// Officials speak to the press of their own country: "told the Russian newspaper X, Deputy Foreign Minister Y".
    fn bloc_of_outlet(&self, index: usize) -> Option<String> {
        let mention = &self.raw[index];
        if mention.kind != Some(ActorKind::Person) || mention.roles.is_empty() {
            return None;
        }
        let start = self.trees.sentence_tokens(mention.head).start;
        let said_of = |token: usize| {
            let head = self.trees.token(token).head?;
            let outlet = self.resolver.words.is(&self.trees.lemma(head).to_lowercase(), WordClass::Outlet)
                || self.known_at(head).is_some_and(|at| self.actors[at].outlet);
            outlet.then(|| self.country_at(token)).flatten()
        };
        (start..mention.first).rev().find_map(said_of)
    }

    /// The bloc that a modifier of a name or of its apposition tells: "Israel's", "Turkish", "of the European Commission".
    fn bloc_beside(&self, index: usize) -> Option<String> {
        let mention = &self.raw[index];
        let heads: Vec<usize> = std::iter::once(mention.head).chain(self.describing(mention.head)).collect();
        if self.actors[self.of[index][0]].kind == ActorKind::Country {
            return None;
        }
        let person = self.actors[self.of[index][0]].kind == ActorKind::Person;
        for head in heads {
            let modifiers = self.trees.children_by(head, &["amod", "compound", "nmod:poss", "nmod", "nmod:desc"]);
            for modifier in modifiers {
                // Where somebody lives is no side: "Dana Brook of Milford".
                let home = head == mention.head && mention.roles.is_empty() && self.trees.base_rel(modifier) == "nmod";
                if (head != mention.head || modifier < mention.name.map_or(mention.head, |n| n.0) || person)
                    && !(home && person && self.known_at(modifier).is_some_and(|at| self.actors[at].known.is_none()))
                    && let Some(bloc) = self.bloc_at(modifier)
                {
                    return Some(bloc);
                }
            }
        }
        None
    }

    /// The nouns that tell what a name is: before it, in apposition to it, or the one that it is itself in apposition to.
    pub(super) fn describing(&self, head: usize) -> impl Iterator<Item = usize> {
        let above = self.trees.token(head).head.filter(|_| self.trees.base_rel(head) == "appos");
        self.trees.children_by(head, &["appos", "nmod:desc", "compound"]).chain(above)
    }

    /// The bloc that the mention at a token stands for; the token may be of its title ("a deputy of Foreign Minister Lavrov").
    pub(super) fn bloc_at(&self, token: usize) -> Option<String> {
        let index = self.index.covering[token].or(self.index.headed[token])?;
        let &at = self.of[index].first()?;
        let actor = &self.actors[at];
        match actor.kind {
            ActorKind::Country => Some(actor.label.clone()),
            ActorKind::Organization => Some(self.camp(at)),
            _ => actor.bloc.clone(),
        }
    }

    /// The country that a token of a mention stands for.
    pub(super) fn country_at(&self, token: usize) -> Option<String> {
        let actor = &self.actors[self.known_at(token)?];
        (actor.kind == ActorKind::Country).then(|| actor.label.clone())
    }

    /// The known actor that a token of a mention stands for.
    pub(super) fn known_at(&self, token: usize) -> Option<usize> {
        let index = self.index.covering[token]?;
        self.of[index].first().copied()
    }
}
