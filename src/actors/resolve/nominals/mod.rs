//! What nouns stand for: "the French president", "both sides", "the ministry", "British and French officials".

mod governments;
mod labels;
mod lists;
mod offices;
mod pairs;

use super::super::ActorKind;
use super::super::mentions::Form;
use super::{Build, FARTHEST};
use crate::lexicon::WordClass;

/// Words in the names of bodies that are no companies.
const COUNCILS: &[&str] = &[
    "Agency",
    "Assembly",
    "Association",
    "Chamber",
    "Commission",
    "Committee",
    "Congress",
    "Council",
    "Court",
    "Department",
    "Federation",
    "House",
    "Ministry",
    "Office",
    "Parliament",
    "Party",
    "Senate",
    "Union",
    "University",
];

/// Words of title before a name in apposition, and one more.
const TITLES: usize = 4;

impl Build<'_> {
    /// Gives the nouns among the mentions their actors, in text order: first those that the words beside them name, so that what these are called is known
    /// to all others.
    pub(super) fn nominals(&mut self) {
        let nominals: Vec<usize> = (0..self.raw.len()).filter(|&m| self.raw[m].form == Form::Nominal).collect();
        let mut open = Vec::new();
        for index in nominals {
            let beside = self.each_of(index).or_else(|| self.listed(index)).or_else(|| self.apposed(index));
            match beside.or_else(|| self.explained(index)) {
                Some(actors) => self.of[index] = actors,
                None => open.push(index),
            }
        }
        for index in open {
            let found = self.coreferent(index).or_else(|| self.joined(index));
            self.of[index] = found.unwrap_or_else(|| vec![self.described(index)]);
        }
    }

    /// "the Harbour Foundation and Gdansk officials": a body and a group under one noun.
    fn joined(&mut self, index: usize) -> Option<Vec<usize>> {
        let mention = &self.raw[index];
        if mention.kind != Some(ActorKind::Group) {
            return None;
        }
        let first = self.label_start(index);
        let name = self.index.starting.get(first).copied().flatten()?;
        let &at = self.of[name].first()?;
        let (_, end) = self.raw[name].name?;
        let body = matches!(self.actors[at].kind, ActorKind::Organization | ActorKind::Person);
        if !body || end + 2 >= mention.head || !matches!(self.trees.word(end + 1), "and" | "&") {
            return None;
        }
        let label = self.label_between(end + 2, mention.last.max(mention.head));
        let bloc = (end + 2..mention.head).find_map(|t| self.bloc_at(t));
        let group = self.group_called(label, bloc);
        self.add_roles(group, index);
        Some(vec![at, group])
    }

    /// The name that a nominal stands in apposition to.
    fn apposed(&mut self, index: usize) -> Option<Vec<usize>> {
        let head = self.raw[index].head;
        let partner = |token: usize| self.index.headed[token];
        let up = self.trees.token(head).head.filter(|_| self.trees.base_rel(head) == "appos").and_then(partner);
        // "economist Ruth Adler", "the union's president, Shawn Fain": the name that follows, whatever the tree says.
        let last = self.raw[index].last.max(head);
        let comma = last + 1 < self.trees.analysis.tokens.len() && self.trees.word(last + 1) == ",";
        let after = if comma { last + 2 } else { last + 1 };
        let same_sentence = self.trees.sentence_tokens(head).contains(&after);
        let role = self.raw[index].kind == Some(ActorKind::Role) && same_sentence;
        // "news agency Dogan", "a man named Luis".
        let body =
            self.raw[index].kind == Some(ActorKind::Organization) && same_sentence && !comma && after == head + 1;
        let called = same_sentence && matches!(self.trees.word(head + 1), "named" | "called");
        let after = if called && (role || body) { head + 2 } else { after };
        // Of two subjects of one verb the second only names the first, whatever the tree says.
        let follows = |&m: &usize| {
            let name = self.raw[m].head;
            let subject = self.trees.base_rel(name) == "nsubj";
            let both =
                self.trees.base_rel(head) == "nsubj" && self.trees.token(name).head == self.trees.token(head).head;
            !comma || called || !subject || both
        };
        // Titles may stand before the name: "a second lawmaker, Rep. Dana Brook", "the mediator, Polish Minister Dana Brook".
        let title = |t: &usize| {
            let origin = || self.index.covering[*t].is_some_and(|m| self.raw[m].form == Form::Adjective);
            self.resolver.words.is(&self.trees.word(*t).to_lowercase(), WordClass::Title) || origin()
        };
        let end = self.trees.sentence_tokens(head).end;
        let begins = (after..end.min(after + TITLES)).take_while(|t| *t == after || title(&(*t - 1)));
        let named = begins.into_iter().find_map(|t| self.index.starting.get(t).copied().flatten());
        let next = || named.filter(|m| (role || body) && follows(m));
        // "the former ambassador to Iraq Dana Brook": the person's name that stands in its words.
        let post = last > head + 2 && matches!(self.trees.word(head + 1), "to" | "in");
        let person = |m: &usize| self.raw[*m].name.is_some_and(|(first, end)| first < end);
        let within = (head + 3..=last).filter(|_| post).find_map(|t| self.index.starting[t].filter(person));
        let other =
            within.or(up).or_else(|| self.trees.children_by(head, &["appos"]).find_map(partner)).or_else(next)?;
        let at = *self.of[other].first()?;
        // What is called an agency is none of a person or place, nor is "their union, the Futpv".
        let one_word = self.actors[at].roles.is_empty() && !self.actors[at].label.contains(' ');
        let named = self.raw[index].kind == Some(ActorKind::Organization) && one_word;
        if (body || named) && self.actors[at].known.is_none() {
            self.actors[at].kind = ActorKind::Organization;
        }
        let fits = match self.raw[index].kind {
            Some(ActorKind::Role) => matches!(self.actors[at].kind, ActorKind::Person),
            Some(ActorKind::Organization) => self.actors[at].kind == ActorKind::Organization,
            _ => false,
        };
        if !fits {
            return None;
        }
        if let Some(bloc) = self.raw[index].belongs.and_then(|t| self.bloc_at(t))
            && self.actors[at].bloc.is_none()
            && bloc != self.actors[at].label
        {
            self.actors[at].bloc = Some(bloc);
        }
        self.add_roles(at, index);
        Some(vec![at])
    }

    /// The body that a noun only says the kind of: "the China Daily newspaper", "the Hamas movement".
    fn explained(&mut self, index: usize) -> Option<Vec<usize>> {
        const KINDS: [&str; 14] = [
            "airline",
            "newspaper",
            "magazine",
            "broadcaster",
            "daily",
            "agency",
            "network",
            "movement",
            "militia",
            "group",
            "party",
            "company",
            "union",
            "website",
        ];
        let head = self.raw[index].head;
        let name = head.checked_sub(1).and_then(|before| self.index.covering[before])?;
        let &at = self.of[name].first()?;
        let body = self.raw[name].form == Form::Name
            && matches!(self.actors[at].kind, ActorKind::Organization | ActorKind::Group)
            && self.trees.base_rel(self.raw[name].head) == "compound";
        if !body || !KINDS.contains(&self.trees.lemma(head)) {
            return None;
        }
        self.add_roles(at, index);
        Some(vec![at])
    }

    fn definite(&self, index: usize) -> bool {
        let mention = &self.raw[index];
        (mention.first..=mention.head).any(|i| {
            matches!(
                self.trees.word(i).to_lowercase().as_str(),
                "the" | "this" | "that" | "these" | "those" | "his" | "her" | "their" | "its" | "both"
            )
        }) || self.trees.children_by(mention.head, &["nmod:poss"]).next().is_some()
    }

    /// The actors named elsewhere that a nominal stands for.
    fn coreferent(&mut self, index: usize) -> Option<Vec<usize>> {
        let mention = &self.raw[index];
        let kind = mention.kind?;
        let role = mention.roles.first().cloned().unwrap_or_default();
        let noun = role.rsplit(' ').next().unwrap_or_default().to_owned();
        let owner = mention.belongs.and_then(|t| self.known_at(t));
        let bloc = mention.belongs.and_then(|t| self.bloc_at(t));
        let definite = self.definite(index);
        if let Some(pair) = self.two_of(index) {
            return Some(pair);
        }
        // "the Moldovan side" of talks.
        let state = owner.filter(|&at| definite && noun == "side" && self.actors[at].kind == ActorKind::Country);
        if state.is_some() {
            return state.map(|at| vec![at]);
        }
        match kind {
            ActorKind::Role => self.person_of_role(index, &role, &noun, bloc.as_deref(), definite),
            ActorKind::Organization if self.resolver.words.is(&noun, WordClass::Government) && noun != "state" => {
                self.government(index, &noun, owner)
            }
            ActorKind::Organization if definite && owner.is_none() => {
                // "the ministry", "the company": the last body named so, else the last body at all for words that name any.
                let any = matches!(
                    noun.as_str(),
                    "group"
                        | "organization"
                        | "organisation"
                        | "company"
                        | "firm"
                        | "bloc"
                        | "alliance"
                        | "agency"
                        | "body"
                );
                let mut fallback = None;
                for earlier in (0..index).rev().take(FARTHEST) {
                    let Some(&at) = self.of[earlier].first() else { continue };
                    let actor = &self.actors[at];
                    if actor.kind != ActorKind::Organization || self.raw[earlier].form != Form::Name {
                        continue;
                    }
                    if actor.label.to_lowercase().split(' ').any(|w| w == noun)
                        || noun == "union" && self.names_union(&actor.label)
                        || actor.roles.iter().any(|r| r.rsplit(' ').next() == Some(&noun))
                    {
                        return Some(vec![at]);
                    }
                    let near = self.sentences_back(earlier, index) <= 3;
                    let company = matches!(noun.as_str(), "company" | "firm");
                    let public = || {
                        let word = |w: &str| self.resolver.words.is(&w.to_lowercase(), WordClass::Government);
                        actor.label.split(' ').any(|w| word(w) || COUNCILS.contains(&w)) || actor.bloc.is_some()
                    };
                    if any && near && fallback.is_none() && !actor.outlet && !(company && public()) {
                        fallback = Some(vec![at]);
                    }
                }
                fallback
            }
            ActorKind::Group => {
                // "officials" after "Kremlin officials"; the bare noun, or the same words.
                let label = self.label_of(index);
                if let Some(at) = self.actors.iter().position(|a| a.label.eq_ignore_ascii_case(&label)) {
                    return Some(vec![at]);
                }
                if !definite || mention.belongs.is_some() || role.contains(' ') {
                    return None;
                }
                if let Some(joined) = self.joined_before(index) {
                    return Some(joined);
                }
                (0..index).rev().take(FARTHEST).find_map(|earlier| {
                    let &at = self.of[earlier].first()?;
                    let same = self.actors[at].kind == ActorKind::Group
                        && self.actors[at].roles.iter().any(|r| r.rsplit(' ').next() == Some(noun.as_str()));
                    same.then(|| vec![at])
                })
            }
            _ => None,
        }
    }

    /// "the Dockworkers' Association", "the Brotherhood of Carpenters": a body of those who do one work.
    fn names_union(&self, label: &str) -> bool {
        const BODIES: [&str; 7] =
            ["association", "brotherhood", "federation", "guild", "international", "alliance", "congress"];
        let words = || label.split(' ').map(|w| w.to_lowercase().replace('’', "'"));
        let workers = |w: String| {
            let all = w.trim_end_matches('\'').trim_end_matches("'s");
            let one = all.strip_suffix('s').is_some_and(|one| self.resolver.words.is(one, WordClass::Role));
            one || all.len() > 3 && all.ends_with("men") || all.ends_with("workers")
        };
        words().any(|w| BODIES.contains(&w.as_str())) && words().any(workers)
    }

    /// Whether a mention stands at most four sentences before another.
    pub(super) fn near(&self, earlier: usize, later: usize) -> bool {
        self.sentences_back(earlier, later) <= 4
    }
}
