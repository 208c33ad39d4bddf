//! Gives every mention of a document its actor.

use std::collections::BTreeMap;

use super::ActorKind;
use super::gazetteer::{Gazetteer, fold};
use super::mentions::{Finder, Form, RawMention};
use super::pronouns;
use crate::lexicon::{WordClass, Words};
use crate::nlp::{Trees, Upos};
use crate::ontology::Ontology;

/// An actor of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Stable name for IRIs.
    pub id: String,
    /// Canonical name.
    pub label: String,
    /// Kind.
    pub kind: ActorKind,
    /// Label of the country or organisation that it speaks for.
    pub bloc: Option<String>,
    /// Index in the ontology, where it is known there.
    pub known: Option<usize>,
    /// Role words that the document gives it, lower case.
    pub roles: Vec<String>,
    /// Whether it is a news outlet.
    pub outlet: bool,
    /// Whether it is a woman, where a title, role or given name tells.
    pub female: Option<bool>,
}

/// Words that name one or several actors.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Syntactic head.
    pub head: usize,
    /// First token of the phrase.
    pub first: usize,
    /// Last token of the phrase.
    pub last: usize,
    /// How it names.
    pub form: Form,
    /// Indices in [`Cast::actors`]; empty where nobody was found (and for "I" and "we", which stand for the speaker).
    pub actors: Vec<usize>,
}

/// The actors of a document and where they are mentioned.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    /// The actors, in order of appearance.
    pub actors: Vec<Actor>,
    /// The mentions, by first token.
    pub mentions: Vec<Mention>,
    by_head: BTreeMap<usize, usize>,
}

impl Cast {
    /// The mention whose head is this token.
    pub fn at_head(&self, token: usize) -> Option<&Mention> {
        self.by_head.get(&token).map(|&m| &self.mentions[m])
    }

    /// The smallest mention that holds this token, adjectives left out.
    pub fn around(&self, token: usize) -> Option<&Mention> {
        self.mentions
            .iter()
            .filter(|m| m.first <= token && token <= m.last && m.form != Form::Adjective)
            .min_by_key(|m| m.last - m.first)
    }

    /// All that the pronoun of a mention may stand for, with what speaks for each: indices of actors and features by name.
    pub(crate) fn antecedents(&self, trees: &Trees<'_>, mention: usize) -> Vec<pronouns::Antecedent> {
        pronouns::antecedents(trees, &self.actors, &self.mentions, mention)
    }

    fn index(&mut self) {
        self.by_head = self.mentions.iter().enumerate().rev().map(|(i, m)| (m.head, i)).collect();
    }
}

/// Finds the actors of documents. Made once, used for every document.
#[derive(Debug)]
pub struct Resolver {
    ontology: Ontology,
    gazetteer: Gazetteer,
    words: Words,
}

impl Resolver {
    /// The text of the weights that pronouns are resolved with.
    pub const WEIGHTS: &str = pronouns::TABLE;

    /// A resolver that knows the actors of this ontology.
    pub fn new(ontology: Ontology) -> Self {
        let gazetteer = Gazetteer::new(&ontology);
        Self { ontology, gazetteer, words: Words::embedded() }
    }

    /// The ontology.
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// The word lists.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The actors of an analysed document and all their mentions. `published` (ISO 8601) tells who held an office.
    pub fn cast(&self, trees: &Trees<'_>, published: Option<&str>) -> Cast {
        let finder = Finder { trees, ontology: &self.ontology, gazetteer: &self.gazetteer, words: &self.words };
        let raw = finder.find();
        let mut build = Build {
            resolver: self,
            trees,
            day: published.map(|d| d.get(..10).unwrap_or(d).to_owned()),
            raw: &raw,
            actors: Vec::new(),
            of: vec![Vec::new(); raw.len()],
            by_known: BTreeMap::new(),
            index: NameIndex::new(trees.analysis.tokens.len(), &raw),
            plain_roles: BTreeMap::new(),
            by_words: BTreeMap::new(),
        };
        build.names();
        build.blocs();
        build.nominals();
        let mut cast = Cast { actors: build.actors, mentions: Vec::new(), by_head: BTreeMap::new() };
        for (mention, actors) in raw.iter().zip(build.of) {
            cast.mentions.push(Mention {
                head: mention.head,
                first: mention.first,
                last: mention.last,
                form: mention.form,
                actors,
            });
        }
        pronouns::resolve(trees, &cast.actors, &mut cast.mentions);
        cast.index();
        cast
    }
}

struct Build<'a> {
    resolver: &'a Resolver,
    trees: &'a Trees<'a>,
    day: Option<String>,
    raw: &'a [RawMention],
    actors: Vec<Actor>,
    /// Actors of each raw mention.
    of: Vec<Vec<usize>>,
    by_known: BTreeMap<usize, usize>,
    index: NameIndex,
    /// [`Build::plain_role`] of the roles that actors have.
    plain_roles: BTreeMap<String, String>,
    /// Actors found for name words before.
    by_words: BTreeMap<(Vec<String>, Option<ActorKind>), usize>,
}

/// Nouns for those who stand beside or against whom they are named after: "Ukraine's allies" are not Ukraine.
const OTHERS: [&str; 17] = [
    "ally",
    "partner",
    "friend",
    "backer",
    "supporter",
    "neighbour",
    "neighbor",
    "counterpart",
    "opponent",
    "critic",
    "enemy",
    "foe",
    "rival",
    "adversary",
    "creditor",
    "lender",
    "donor",
];

/// Mentions far back are not what "the ministry" stands for; the bound keeps cost linear in the text.
const FARTHEST: usize = 3000;

/// Where names stand, by token: the first mention in order.
struct NameIndex {
    covering: Vec<Option<usize>>,
    headed: Vec<Option<usize>>,
    starting: Vec<Option<usize>>,
}

impl NameIndex {
    fn new(tokens: usize, raw: &[RawMention]) -> Self {
        let mut new = Self { covering: vec![None; tokens], headed: vec![None; tokens], starting: vec![None; tokens] };
        for (index, mention) in raw.iter().enumerate() {
            let Some((first, last)) = mention.name else { continue };
            for slot in &mut new.covering[first..=last] {
                slot.get_or_insert(index);
            }
            if mention.form == Form::Name {
                new.headed[mention.head].get_or_insert(index);
                new.starting[first].get_or_insert(index);
            }
        }
        new
    }
}

impl Build<'_> {
    fn words_of(&self, (first, last): (usize, usize)) -> Vec<String> {
        (first..=last).map(|i| fold(self.trees.word(i))).filter(|w| !matches!(w.as_str(), "'s" | "'")).collect()
    }

    fn known_actor(&mut self, known: usize) -> usize {
        if let Some(&at) = self.by_known.get(&known) {
            return at;
        }
        let actor = &self.resolver.ontology.actors[known];
        let female = (actor.kind == ActorKind::Person).then(|| self.female_by_given_name(&actor.label)).flatten();
        self.actors.push(Actor {
            id: actor.id.clone(),
            label: actor.label.clone(),
            kind: actor.kind,
            bloc: actor.bloc.clone(),
            known: Some(known),
            roles: Vec::new(),
            outlet: actor.outlet,
            female,
        });
        self.by_known.insert(known, self.actors.len() - 1);
        self.actors.len() - 1
    }

    fn add_roles(&mut self, at: usize, mention: usize) {
        for role in &self.raw[mention].roles {
            if !self.actors[at].roles.contains(role) {
                self.actors[at].roles.push(role.clone());
            }
            if !self.plain_roles.contains_key(role) {
                self.plain_roles.insert(role.clone(), self.plain_role(role));
            }
        }
    }

    /// A role without words of origin: "french president" → "president".
    fn plain_role(&self, role: &str) -> String {
        let plain = |w: &&str| self.resolver.gazetteer.longest(&[capitalised(w).as_str()]).is_none();
        role.split(' ').filter(plain).collect::<Vec<_>>().join(" ")
    }

    fn female_by_given_name(&self, label: &str) -> Option<bool> {
        let given = label.split(' ').next()?.to_lowercase();
        let words = &self.resolver.words;
        match (words.is(&given, WordClass::Female), words.is(&given, WordClass::Male)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    fn new_actor(&mut self, label: String, kind: ActorKind, bloc: Option<String>) -> usize {
        let id = slug(&label);
        let female = (kind == ActorKind::Person).then(|| self.female_by_given_name(&label)).flatten();
        self.actors.push(Actor { id, label, kind, bloc, known: None, roles: Vec::new(), outlet: false, female });
        self.actors.len() - 1
    }

    /// Names: longer ones first, so that "Grushko" finds "Alexander Grushko" wherever that stands.
    fn names(&mut self) {
        let mut order: Vec<usize> = (0..self.raw.len()).filter(|&i| self.raw[i].name.is_some()).collect();
        let length = |m: &RawMention| m.name.map_or(0, |(a, b)| b - a);
        order.sort_by_key(|&i| (self.raw[i].known.is_none(), std::cmp::Reverse(length(&self.raw[i])), i));
        for index in order {
            let mention = &self.raw[index];
            let Some(name) = mention.name else { continue };
            let words = self.words_of(name);
            let text = self.trees.span(name.0, name.1).of(self.trees.text).to_owned();
            let at = match mention.known {
                Some(known) if mention.people => {
                    self.group_called(tidy(&text), Some(self.resolver.ontology.actors[known].label.clone()))
                }
                Some(known) => self.known_actor(known),
                None => match self.seen_name(&words, mention.kind) {
                    Some(at) => at,
                    None => self.new_actor(tidy(&text), mention.kind.unwrap_or_else(|| unknown_kind(&words)), None),
                },
            };
            self.add_roles(at, index);
            for role in &mention.roles {
                let last = role.rsplit(' ').next().unwrap_or_default();
                if self.resolver.words.is(last, WordClass::Woman) {
                    self.actors[at].female = Some(true);
                } else if self.resolver.words.is(last, WordClass::Man) {
                    self.actors[at].female = Some(false);
                }
            }
            self.of[index] = vec![at];
        }
        // Order of appearance.
    }

    /// The group of that name, of the document or new.
    fn group_called(&mut self, label: String, bloc: Option<String>) -> usize {
        let same = |a: &Actor| a.kind == ActorKind::Group && a.label.eq_ignore_ascii_case(&label);
        self.actors.iter().position(same).unwrap_or_else(|| self.new_actor(label, ActorKind::Group, bloc))
    }

    /// [`Self::same_name`], asked once for each name.
    fn seen_name(&mut self, words: &[String], kind: Option<ActorKind>) -> Option<usize> {
        let key = (words.to_vec(), kind);
        if let Some(&at) = self.by_words.get(&key) {
            return Some(at);
        }
        let at = self.same_name(words, kind)?;
        self.by_words.insert(key, at);
        Some(at)
    }

    /// An actor that these name words stand for too: same name, family name, acronym, or a near spelling of a family name.
    fn same_name(&self, words: &[String], kind: Option<ActorKind>) -> Option<usize> {
        let person = |a: &Actor| a.kind == ActorKind::Person;
        let label_words = |a: &Actor| -> Vec<String> { a.label.split([' ', '-']).map(fold).collect() };
        if let Some(at) = self.actors.iter().position(|a| fold(&a.label).eq_ignore_ascii_case(&words.join(" "))) {
            return Some(at);
        }
        if kind != Some(ActorKind::Organization) || words.len() == 1 {
            let ends = |a: &Actor| {
                let own = label_words(a);
                own.len() > words.len() && own.ends_with(words)
            };
            if let Some(at) = self.actors.iter().position(|a| person(a) && ends(a)) {
                return Some(at);
            }
        }
        if let [word] = words {
            // "ICC" for "International Criminal Court".
            if word.len() >= 2 && word.chars().all(char::is_uppercase) {
                let initials = |a: &Actor| -> String {
                    label_words(a).iter().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect()
                };
                if let Some(at) =
                    self.actors.iter().position(|a| !person(a) && a.label.contains(' ') && initials(a) == *word)
                {
                    return Some(at);
                }
            }
            // "Zelenskiy" for "Zelensky"; a given name alone ("Hillary").
            let near = |a: &Actor| person(a) && label_words(a).last().is_some_and(|own| near_spelling(own, word));
            if let Some(at) = self.actors.iter().position(near) {
                return Some(at);
            }
            if kind != Some(ActorKind::Organization)
                && let Some(at) = self
                    .actors
                    .iter()
                    .position(|a| person(a) && a.label.contains(' ') && label_words(a).first() == Some(word))
            {
                return Some(at);
            }
        } else if kind != Some(ActorKind::Organization) {
            // Same family name, given name spelled another way or shortened ("Volodymyr"/"Vladimir" stay apart, "Mike"/"Michael Flynn" too unless initial agrees).
            let (first, last) = (&words[0], &words[words.len() - 1]);
            let same = |a: &Actor| {
                let own = label_words(a);
                person(a)
                    && own.len() > 1
                    && own.last().is_some_and(|l| l == last || near_spelling(l, last))
                    && own[0].chars().next() == first.chars().next()
            };
            return self.actors.iter().position(same);
        }
        None
    }

    /// The bloc of named actors from the words around them.
    fn blocs(&mut self) {
        for index in 0..self.raw.len() {
            let Some(&at) = self.of[index].first() else { continue };
            let actor = &self.actors[at];
            // Whose side known bodies and regions are on is not for one phrase to say ("Ukraine's allies in Europe").
            if actor.bloc.is_some() || actor.known.is_some() && actor.kind != ActorKind::Person {
                continue;
            }
            let bloc =
                self.raw[index].belongs.and_then(|token| self.bloc_at(token)).or_else(|| self.bloc_beside(index));
            let bloc = bloc.or_else(|| self.bloc_of_outlet(index));
            if let Some(bloc) = bloc.filter(|b| *b != self.actors[at].label) {
                self.actors[at].bloc = Some(bloc);
            }
        }
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
        let mut heads = vec![mention.head];
        heads.extend(self.trees.children_by(mention.head, &["appos", "nmod:desc", "compound"]));
        if self.trees.base_rel(mention.head) == "appos" {
            heads.extend(self.trees.token(mention.head).head);
        }
        if self.actors[self.of[index][0]].kind == ActorKind::Country {
            return None;
        }
        let person = self.actors[self.of[index][0]].kind == ActorKind::Person;
        for head in heads {
            let modifiers = self.trees.children_by(head, &["amod", "compound", "nmod:poss", "nmod", "nmod:desc"]);
            for modifier in modifiers {
                if (head != mention.head || modifier < mention.name.map_or(mention.head, |n| n.0) || person)
                    && let Some(bloc) = self.bloc_at(modifier)
                {
                    return Some(bloc);
                }
            }
        }
        None
    }

    /// The bloc that the mention at a token stands for.
    fn bloc_at(&self, token: usize) -> Option<String> {
        let index = self.index.covering[token]?;
        let &at = self.of[index].first()?;
        let actor = &self.actors[at];
        match actor.kind {
            ActorKind::Country => Some(actor.label.clone()),
            ActorKind::Organization => Some(actor.bloc.clone().unwrap_or_else(|| actor.label.clone())),
            _ => actor.bloc.clone(),
        }
    }

    /// The country that a token of a mention stands for.
    fn country_at(&self, token: usize) -> Option<String> {
        let actor = &self.actors[self.known_at(token)?];
        (actor.kind == ActorKind::Country).then(|| actor.label.clone())
    }

    /// The known actor that a token of a mention stands for.
    fn known_at(&self, token: usize) -> Option<usize> {
        let index = self.index.covering[token]?;
        self.of[index].first().copied()
    }

    fn nominals(&mut self) {
        for index in 0..self.raw.len() {
            if self.raw[index].form != Form::Nominal {
                continue;
            }
            let found = self.each_of(index).or_else(|| self.apposed(index)).or_else(|| self.coreferent(index));
            self.of[index] = match found {
                Some(actors) => actors,
                None => vec![self.described(index)],
            };
        }
    }

    /// "British, French and German officials": a group for each country.
    fn each_of(&mut self, index: usize) -> Option<Vec<usize>> {
        let mention = &self.raw[index];
        if mention.kind != Some(ActorKind::Group) {
            return None;
        }
        let start = self.trees.sentence_tokens(mention.head).start;
        let country = |token: usize| {
            self.index.covering[token].filter(|&m| self.raw[m].form == Form::Adjective)?;
            self.country_at(token)
        };
        let last = (mention.head.saturating_sub(3).max(start)..mention.head).rev().find(|&t| country(t).is_some())?;
        let mut adjectives = vec![last];
        let mut at = last;
        while let Some(next) = (start..at).rev().find(|&t| !matches!(self.trees.word(t), "," | "and" | "&"))
            && next + 1 < at
            && country(next).is_some()
        {
            adjectives.push(next);
            at = next;
        }
        if adjectives.len() < 2 {
            return None;
        }
        let rest = self.trees.span(last + 1, mention.last.max(mention.head)).of(self.trees.text).to_owned();
        let groups: Vec<(String, Option<String>)> =
            adjectives.iter().rev().map(|&t| (tidy(&format!("{} {rest}", self.trees.word(t))), country(t))).collect();
        let groups: Vec<usize> = groups.into_iter().map(|(label, bloc)| self.group_called(label, bloc)).collect();
        for &group in &groups {
            self.add_roles(group, index);
        }
        Some(groups)
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
        let follows = |&m: &usize| !comma || called || self.trees.base_rel(self.raw[m].head) != "nsubj";
        let next = || self.index.starting.get(after).copied().flatten().filter(|m| (role || body) && follows(m));
        let other = up.or_else(|| self.trees.children_by(head, &["appos"]).find_map(partner)).or_else(next)?;
        let at = *self.of[other].first()?;
        // What is called an agency is none of a person or place.
        if body && self.actors[at].known.is_none() {
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
        match kind {
            ActorKind::Role => self.person_of_role(index, &role, &noun, bloc.as_deref(), definite),
            ActorKind::Organization if self.resolver.words.is(&noun, WordClass::Government) && noun != "state" => {
                let owner = owner.filter(|&o| self.actors[o].kind == ActorKind::Country)?;
                Some(vec![owner])
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
                        || actor.roles.iter().any(|r| r.rsplit(' ').next() == Some(&noun))
                    {
                        return Some(vec![at]);
                    }
                    let near = self
                        .trees
                        .sentence_of(mention.head)
                        .saturating_sub(self.trees.sentence_of(self.raw[earlier].head))
                        <= 3;
                    if any && near && fallback.is_none() {
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

    /// "the two leaders", "both sides", "the two countries": the last two of that kind.
    fn two_of(&self, index: usize) -> Option<Vec<usize>> {
        let mention = &self.raw[index];
        let two = (mention.first..=mention.head)
            .any(|i| matches!(self.trees.word(i).to_lowercase().as_str(), "two" | "both"));
        if !two || self.trees.children_by(mention.head, &["nmod", "acl"]).next().is_some() {
            return None;
        }
        let noun = self.trees.lemma(mention.head).to_lowercase();
        let wanted = match noun.as_str() {
            "side" | "country" | "nation" | "state" | "government" | "capital" | "party" | "neighbour" | "neighbor"
            | "power" => ActorKind::Country,
            "leader" | "man" | "woman" | "president" | "minister" | "politician" | "candidate" | "counterpart"
            | "senator" => ActorKind::Person,
            _ => return None,
        };
        let mut out: Vec<usize> = Vec::new();
        for earlier in (0..index).rev().take(FARTHEST) {
            for &at in &self.of[earlier] {
                if self.actors[at].kind == wanted && !out.contains(&at) && self.raw[earlier].form != Form::Adjective {
                    out.push(at);
                }
            }
            if out.len() >= 2 {
                out.truncate(2);
                out.sort_unstable();
                return Some(out);
            }
        }
        None
    }

    /// "the Russian president", "the envoy": the person who holds that role.
    fn person_of_role(
        &mut self,
        index: usize,
        role: &str,
        noun: &str,
        bloc: Option<&str>,
        definite: bool,
    ) -> Option<Vec<usize>> {
        let role = match self.plain_role(role).as_str() {
            "pm" => "prime minister".to_owned(),
            other => other.to_owned(),
        };
        let noun = if noun == "pm" { "minister" } else { noun };
        let former = matches!(role.split(' ').next(), Some("former" | "ex" | "late"));
        let spokesperson = self.resolver.words.is(noun, WordClass::Spokesperson);
        let fits = |actor: &Actor| {
            actor.kind == ActorKind::Person
                && bloc.is_none_or(|b| actor.bloc.as_deref().is_none_or(|own| own == b || actor.label == b))
        };
        // Persons of the document with that role: the nearest before, else the first after.
        let has = |actor: &Actor, exact: bool| {
            actor.roles.iter().any(|r| {
                let r = self.plain_roles.get(r).unwrap_or(r);
                if exact || role.contains(' ') {
                    *r == role || r.ends_with(&format!(" {role}"))
                } else {
                    r.rsplit(' ').next() == Some(noun)
                }
            })
        };
        // "Russia's leader" is whoever heads it.
        let heads: &[&str] = match noun {
            "leader" => &["president", "prime minister", "chancellor", "supreme leader", "leader", "premier", "king"],
            "premier" => &["prime minister", "premier"],
            _ => &[],
        };
        if !definite && bloc.is_none() {
            return None;
        }
        if spokesperson && !definite {
            return None;
        }
        let order = (0..index).rev().take(FARTHEST).chain((index + 1..self.raw.len()).take(FARTHEST));
        let mut best = None;
        for other in order {
            if self.raw[other].form != Form::Name {
                continue;
            }
            let Some(&at) = self.of[other].first() else { continue };
            let actor = &self.actors[at];
            if !fits(actor) || (!definite && !role.contains(' ')) {
                continue;
            }
            if has(actor, !definite)
                || (bloc.is_some()
                    && actor.bloc.as_deref() == bloc
                    && actor.roles.iter().any(|r| heads.contains(&r.as_str())))
            {
                best = Some(at);
                break;
            }
        }
        if best.is_some() {
            return best.map(|at| vec![at]);
        }
        // "the official", "that official" after "an EU official".
        if definite && bloc.is_none() && role == noun {
            let described = |earlier: usize| {
                let &at = self.of[earlier].first()?;
                let actor = &self.actors[at];
                let same = self.raw[earlier].form == Form::Nominal
                    && actor.kind == ActorKind::Role
                    && actor.label.contains(' ')
                    && actor.roles.iter().any(|r| r.rsplit(' ').next() == Some(noun));
                same.then(|| vec![at])
            };
            if let Some(found) = (0..index).rev().take_while(|&e| self.near(e, index)).find_map(described) {
                return Some(found);
            }
        }
        if former
            || role.split(' ').any(|w| matches!(w, "deputy" | "vice" | "former" | "then" | "new" | "next"))
                && !role.starts_with("vice president")
        {
            return None;
        }
        // Whose office it is must be known: "the union's president" is not a head of state.
        if self.raw[index].belongs.is_some() && bloc.is_none() {
            return None;
        }
        // Office holders that the ontology knows at the day of the article, or that the document names.
        let country = bloc.and_then(|b| self.resolver.ontology.actors.iter().position(|a| a.label == b));
        let titles: Vec<String> =
            if heads.is_empty() { vec![role.clone()] } else { heads.iter().map(|&h| h.to_owned()).collect() };
        let day = self.day.as_deref();
        let named: Vec<usize> = self.actors.iter().filter_map(|a| a.known).collect();
        let ontology = &self.resolver.ontology;
        for title in &titles {
            if let Some(of) = country {
                let named_holder = ontology
                    .offices
                    .iter()
                    .filter(|o| o.of == of && o.titles.contains(title))
                    .flat_map(|o| &o.tenures)
                    .map(|t| t.holder)
                    .find(|h| named.contains(h));
                let holder = if day.is_some() {
                    ontology.holder(title, of, day).or(named_holder)
                } else {
                    named_holder.or_else(|| ontology.holder(title, of, None))
                };
                if let Some(holder) = holder {
                    return Some(vec![self.known_actor(holder)]);
                }
            } else if definite {
                // "the president" without a country: a person of the document who holds such an office.
                let held = |known: usize| {
                    ontology.offices.iter().filter(|o| o.titles.contains(title)).flat_map(|o| &o.tenures).any(|t| {
                        t.holder == known
                            && day.is_none_or(|d| t.since.as_str() <= d && t.until.as_deref().is_none_or(|u| d <= u))
                    })
                };
                let near = (0..index).rev().take(FARTHEST).find_map(|earlier| {
                    let &at = self.of[earlier].first()?;
                    self.actors[at].known.filter(|&k| held(k)).map(|_| at)
                });
                if let Some(at) = near {
                    return Some(vec![at]);
                }
            }
        }
        None
    }

    /// Whether a mention stands at most four sentences before another.
    fn near(&self, earlier: usize, later: usize) -> bool {
        let sentence = |i: usize| self.trees.sentence_of(self.raw[i].head);
        sentence(later).saturating_sub(sentence(earlier)) <= 4
    }

    /// A label from the words of a nominal: without article, with the owner's name for "his".
    fn label_of(&self, index: usize) -> String {
        let mention = &self.raw[index];
        let mut first = mention.first;
        while first < mention.head
            && (matches!(self.trees.upos(first), Upos::Det | Upos::Punct)
                || matches!(
                    self.trees.word(first).to_lowercase().as_str(),
                    "the" | "a" | "an" | "some" | "many" | "several" | "his" | "her" | "their" | "its" | "my" | "our"
                ))
        {
            first += 1;
        }
        let text = self.trees.span(first, mention.last.max(mention.head)).of(self.trees.text);
        tidy(&capitalised(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// A new actor known only by what it is called.
    fn described(&mut self, index: usize) -> usize {
        let mention = &self.raw[index];
        let kind = mention.kind.unwrap_or(ActorKind::Group);
        let label = self.label_of(index);
        if let Some(at) = self.actors.iter().position(|a| a.label.eq_ignore_ascii_case(&label)) {
            return at;
        }
        let roles = mention.roles.clone();
        let noun = roles.first().and_then(|r| r.rsplit(' ').next()).unwrap_or_default().to_owned();
        let bloc = mention.belongs.and_then(|t| self.bloc_at(t)).or_else(|| {
            self.trees
                .children_by(mention.head, &["amod", "compound", "nmod:poss", "nmod"])
                .find_map(|c| self.bloc_at(c))
        });
        let bloc = bloc.filter(|_| !OTHERS.contains(&noun.as_str()));
        let at = self.new_actor(label, kind, bloc);
        let words = &self.resolver.words;
        self.actors[at].female = match (words.is(&noun, WordClass::Woman), words.is(&noun, WordClass::Man)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        self.actors[at].roles = roles;
        at
    }
}

/// Two or three words in plain capitals that nothing else is known of name a person, other names a body.
fn unknown_kind(words: &[String]) -> ActorKind {
    let plain = |w: &String| w.chars().skip(1).all(|c| c.is_lowercase() || matches!(c, '-' | '\'' | '’'));
    if (2..=3).contains(&words.len()) && words.iter().all(plain) { ActorKind::Person } else { ActorKind::Organization }
}

/// Family names that differ as transliterations do: same first letter, same consonants, or one letter off in a long name.
fn near_spelling(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    if a == b {
        return true;
    }
    let long = a.chars().count().min(b.chars().count()) >= 6;
    let skeleton = |w: &str| -> String {
        let mut out = String::new();
        for c in w.chars().filter(|c| !"aeiouyj'".contains(*c)) {
            if !out.ends_with(c) {
                out.push(c);
            }
        }
        out
    };
    long && a.chars().next() == b.chars().next() && skeleton(&a) == skeleton(&b)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// A label without quotes and possessive at its end, white space folded.
fn tidy(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_matches(|c: char| matches!(c, '"' | '“' | '”' | ',' | '.' | ';' | ':' | '(' | ')')).to_owned();
    text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(&text).to_owned()
}

/// A stable name for IRIs: lower-case ASCII letters and digits joined by hyphens, other letters kept as they are.
pub fn slug(label: &str) -> String {
    let mut out = String::new();
    for c in fold(label).chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if c != '\'' && !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}
