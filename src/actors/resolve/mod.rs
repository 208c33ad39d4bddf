//! Gives every mention of a document its actor.

mod nominals;

use std::collections::{BTreeMap, BTreeSet};

use super::ActorKind;
use super::gazetteer::{Gazetteer, fold};
use super::gender;
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
        let prominence = pronouns::prominence(&self.actors, &self.mentions);
        pronouns::antecedents(trees, &self.actors, &self.mentions, &prominence, mention)
    }

    fn index(&mut self) {
        self.by_head = self.mentions.iter().enumerate().rev().map(|(i, m)| (m.head, i)).collect();
    }
}

/// What is known of a document beside its sentences.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting<'a> {
    /// The document's id, which sets those apart that have no name ("officials").
    pub article: &'a str,
    /// When it was published (ISO 8601): tells who held an office.
    pub published: Option<&'a str>,
    /// Where it was written ("CARACAS (Reuters) –"): the government that is named without a country is the one there.
    pub dateline: Option<&'a str>,
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

    /// "CARACAS (Harbor Wire) –", "BERLIN, March 3": the country (index in the ontology) that the first words stand for.
    fn country_of_dateline(&self, line: &str) -> Option<usize> {
        let plain = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
            format!("{first}{}", rest.to_lowercase())
        };
        let words: Vec<String> = line.split_whitespace().map(plain).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (_, actor, _) = self.gazetteer.longest(&words)?;
        (self.ontology.actors[actor].kind == ActorKind::Country).then_some(actor)
    }

    /// The actors of an analysed document and all their mentions.
    pub fn cast(&self, trees: &Trees<'_>, setting: &Setting<'_>) -> Cast {
        let finder = Finder { trees, ontology: &self.ontology, gazetteer: &self.gazetteer, words: &self.words };
        let raw = finder.find();
        let mut build = Build {
            resolver: self,
            trees,
            article: setting.article,
            day: setting.published.map(|d| d.get(..10).unwrap_or(d).to_owned()),
            raw: &raw,
            actors: Vec::new(),
            of: vec![Vec::new(); raw.len()],
            by_known: BTreeMap::new(),
            index: NameIndex::new(trees, &raw),
            plain_roles: BTreeMap::new(),
            by_words: BTreeMap::new(),
            home: setting.dateline.and_then(|line| self.country_of_dateline(line)),
            titled: BTreeSet::new(),
        };
        build.names();
        build.offices();
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
        gender::from_pronouns(trees, &mut cast.actors, &cast.mentions);
        pronouns::resolve(trees, &cast.actors, &mut cast.mentions);
        cast.index();
        owners_of_pronouns(trees, &self.words, &mut cast);
        cast
    }
}

struct Build<'a> {
    resolver: &'a Resolver,
    trees: &'a Trees<'a>,
    article: &'a str,
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
    /// The country that the article is written in (index in the ontology), where its dateline tells.
    home: Option<usize>,
    /// Who of the ontology is named with the title of an office of theirs: "President Brook".
    titled: BTreeSet<usize>,
}

/// Mentions far back are not what "the ministry" stands for; the bound keeps cost linear in the text.
const FARTHEST: usize = 3000;

/// Words between a country and the name of its office holder at most: "UK's acting Prime Minister".
const OFFICE_WORDS: usize = 6;

/// Where names stand, by token: the first mention in order.
struct NameIndex {
    covering: Vec<Option<usize>>,
    headed: Vec<Option<usize>>,
    starting: Vec<Option<usize>>,
    /// Names of several words, by the last one.
    ending: BTreeMap<String, Vec<usize>>,
    /// The first place where somebody known is called by one word alone.
    alone: BTreeMap<usize, usize>,
}

impl NameIndex {
    fn new(trees: &Trees<'_>, raw: &[RawMention]) -> Self {
        let tokens = trees.analysis.tokens.len();
        let none = || vec![None; tokens];
        let mut new = Self {
            covering: none(),
            headed: none(),
            starting: none(),
            ending: BTreeMap::new(),
            alone: BTreeMap::new(),
        };
        for (index, mention) in raw.iter().enumerate() {
            let Some((first, last)) = mention.name else { continue };
            if first < last {
                let family = (first + 1..=last).rev().find(|&t| !is_suffix(trees.word(t))).unwrap_or(last);
                new.ending.entry(trees.word(family).to_owned()).or_default().push(index);
            } else if let Some(known) = mention.known {
                new.alone.entry(known).or_insert(index);
            }
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

    /// What the titles of a name tell, the last of them first: "Mr", "chairwoman".
    fn female_by_title(&self, index: usize) -> Option<bool> {
        let last = |role: &String| self.resolver.words.woman_or_man(role.rsplit(' ').next().unwrap_or_default());
        self.raw[index].roles.iter().rev().find_map(last)
    }

    fn new_actor(&mut self, label: String, kind: ActorKind, bloc: Option<String>) -> usize {
        let id = slug(&label);
        let female = (kind == ActorKind::Person).then(|| self.female_by_given_name(&label)).flatten();
        let outlet = kind == ActorKind::Organization && names_newspaper(&self.resolver.words, &label);
        self.actors.push(Actor { id, label, kind, bloc, known: None, roles: Vec::new(), outlet, female });
        self.actors.len() - 1
    }

    /// Names: longer ones first, so that "Grushko" finds "Alexander Grushko" wherever that stands.
    fn names(&mut self) {
        let mut order: Vec<usize> = (0..self.raw.len()).filter(|&i| self.raw[i].name.is_some()).collect();
        let length = |m: &RawMention| m.name.map_or(0, |(a, b)| b - a);
        for (index, mention) in self.raw.iter().enumerate() {
            if let Some(known) = mention.known.filter(|&known| self.in_office(index, known)) {
                self.titled.insert(known);
            }
        }
        let known: Vec<Option<usize>> = (0..self.raw.len()).map(|i| self.known_by(i)).collect();
        order.sort_by_key(|&i| (known[i].is_none(), std::cmp::Reverse(length(&self.raw[i])), i));
        for index in order {
            let mention = &self.raw[index];
            let Some(name) = mention.name else { continue };
            let words = self.words_of(name);
            let text = self.trees.text_of(name.0, name.1);
            let at = match known[index] {
                Some(known) if mention.people => {
                    let label = self.part_of_people(index).unwrap_or_else(|| tidy(&text));
                    self.group_called(label, Some(self.resolver.ontology.actors[known].label.clone()))
                }
                Some(known) => match self.part_of_people(index) {
                    Some(part) if self.resolver.ontology.actors[known].kind == ActorKind::Group => {
                        let camp = &self.resolver.ontology.actors[known];
                        self.group_called(part, camp.bloc.clone().or_else(|| Some(camp.label.clone())))
                    }
                    _ => self.known_actor(known),
                },
                None => match self
                    .introduced(index)
                    .or_else(|| self.office_holder(index))
                    .or_else(|| self.seen_name(&words, mention.kind))
                {
                    Some(at) => at,
                    None => self.new_actor(tidy(&text), mention.kind.unwrap_or_else(|| unknown_kind(&words)), None),
                },
            };
            self.add_roles(at, index);
            if let Some(female) = self.female_by_title(index) {
                self.actors[at].female = Some(female);
            }
            self.of[index] = vec![at];
        }
        // Order of appearance.
    }

    /// "House Republicans", "moderate Democrats", "young Americans": what those are called whom the words before the name of a party or people set apart
    /// from the rest.
    fn part_of_people(&self, index: usize) -> Option<String> {
        const VAGUE: &[&str] = &[
            "all", "both", "certain", "enough", "few", "fellow", "many", "more", "most", "numerous", "other", "own",
            "same", "several", "some", "such", "various",
        ];
        let mention = &self.raw[index];
        let (first, last) = mention.name.filter(|_| mention.form == Form::Name)?;
        let apart = |t: usize| {
            matches!(self.trees.base_rel(t), "amod" | "compound")
                && matches!(self.trees.upos(t), Upos::Adj | Upos::Noun | Upos::Propn)
                && !VAGUE.contains(&self.trees.word(t).to_lowercase().as_str())
        };
        let own: Vec<usize> =
            self.trees.children(mention.head).iter().copied().filter(|&t| t < first && apart(t)).collect();
        let from = own.first().map_or(first, |&t| self.trees.extent(t).0.max(mention.first));
        // "Republicans on the trade committee".
        let of = self.trees.children_by(mention.head, &["nmod"]).find(|&t| t > last);
        let to = of
            .filter(|&t| {
                self.trees.children_by(t, &["case"]).any(|c| matches!(self.trees.lemma(c), "on" | "in" | "from"))
            })
            .map_or(last, |t| self.trees.extent(t).1);
        const LONGEST: usize = 8;
        let mark = |t: usize| self.trees.is_punct(t) && !matches!(self.trees.word(t), "-" | "–" | ".");
        let to = if to - last <= LONGEST && !(last..to).any(mark) { to } else { last };
        let whole = (from < first || last < to) && !(from..first).any(mark);
        whole.then(|| tidy(&capitalised(&self.trees.text_of(from, to))))
    }

    /// Whether a name has the title of an office that somebody known holds or held: "President", "Chancellor".
    fn in_office(&self, index: usize, known: usize) -> bool {
        let titles: Vec<String> = self.raw[index].roles.iter().map(|role| self.plain_role(role)).collect();
        let held = self.resolver.ontology.offices.iter().filter(|o| o.tenures.iter().any(|t| t.holder == known));
        !titles.is_empty() && held.flat_map(|o| &o.titles).any(|title| titles.contains(title))
    }

    /// Whom the ontology has for a name; nobody where it is a family name that the document gives to somebody else, alone or first
    /// ("Cameron" after "Tim Cameron").
    fn known_by(&self, index: usize) -> Option<usize> {
        let mention = &self.raw[index];
        let known = mention.known?;
        let (first, last) = mention.name?;
        if first < last || self.resolver.ontology.actors[known].kind != ActorKind::Person {
            return Some(known);
        }
        // "the investment bank Marlow" is named after somebody else.
        let before = first.checked_sub(1).filter(|&t| self.trees.sentence_tokens(first).contains(&t));
        let firm = |t: usize| {
            matches!(self.trees.lemma(t), "bank" | "company" | "firm" | "brokerage" | "consultancy" | "retailer")
        };
        if before.is_some_and(firm) {
            return None;
        }
        // "Mrs. Brook" is no man; "President Brook" is who was one, whoever else has that name.
        let female = self.female_by_given_name(&self.resolver.ontology.actors[known].label);
        if self.female_by_title(index).zip(female).is_some_and(|(title, known)| title != known) {
            return None;
        }
        let word = self.trees.word(last);
        let namesakes = self.index.ending.get(word).map_or(&[][..], Vec::as_slice);
        if self.in_office(index, known)
            && !namesakes.iter().any(|&i| self.raw[i].known != Some(known) && self.in_office(i, known))
        {
            return Some(known);
        }
        let persons = |&&i: &&usize| self.raw[i].kind == Some(ActorKind::Person);
        let mut whole = namesakes.iter().filter(persons);
        let Some(&earliest) = whole.clone().next() else { return Some(known) };
        // Named in full he is only later, and another was already, who was not called so before that.
        let called = self.index.alone.get(&known).is_some_and(|&alone| alone < earliest);
        let other = match whole.find(|&&i| self.raw[i].known == Some(known)) {
            Some(&own) => earliest < index && index < own && !called,
            None => !self.titled.contains(&known),
        };
        (!other).then_some(known)
    }

    /// Whom a family name alone stands for where several bear it: who was named in full in the sentences just before, else who was first (the others keep
    /// their given names to be told apart); a man for "Mr", a woman for "Ms".
    fn introduced(&self, index: usize) -> Option<usize> {
        const SENTENCES: usize = 2;
        let (first, last) = self.raw[index].name.filter(|(first, last)| first == last)?;
        let female = self.female_by_title(index);
        let bearers = self.index.ending.get(self.trees.word(last))?;
        let before = bearers.partition_point(|&i| self.raw[i].name.is_some_and(|(_, end)| end < first));
        let bearer = |i: usize| {
            let &at = self.of[i].first()?;
            let actor = &self.actors[at];
            let fits = female.is_none() || actor.female.is_none() || female == actor.female;
            (actor.kind == ActorKind::Person && fits).then_some(at)
        };
        let here = self.trees.sentence_of(first);
        let near = |&&i: &&usize| here - self.trees.sentence_of(self.raw[i].head).min(here) <= SENTENCES;
        let mut all = bearers[..before].iter();
        all.clone().rev().take_while(near).find_map(|&i| bearer(i)).or_else(|| all.find_map(|&i| bearer(i)))
    }

    /// "British Prime Minister May": who held that office on the article's day (where it has none, at any time) under a family name that is no known name by itself.
    fn office_holder(&mut self, index: usize) -> Option<usize> {
        let mention = &self.raw[index];
        let (first, last) = mention.name.filter(|(first, last)| first == last)?;
        let word = fold(self.trees.word(last));
        let country = self.trees.sentence_tokens(first).start..first;
        let country = country.rev().take(OFFICE_WORDS).find_map(|t| self.country_at(t))?;
        let ontology = &self.resolver.ontology;
        let of = ontology.actors.iter().position(|a| a.label == country)?;
        let named =
            |&known: &usize| ontology.actors[known].label.rsplit(' ').next().is_some_and(|own| fold(own) == word);
        let titles: Vec<String> = mention.roles.iter().map(|role| self.plain_role(role)).collect();
        let offices = ontology.offices.iter().filter(|o| o.of == of && o.titles.iter().any(|t| titles.contains(t)));
        let ever = offices.flat_map(|o| &o.tenures).map(|t| t.holder);
        let known = match self.day.as_deref() {
            Some(day) => titles.iter().filter_map(|title| ontology.holder(title, of, Some(day))).find(named),
            None => ever.into_iter().find(named),
        }?;
        Some(self.known_actor(known))
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
        let label_words = |a: &Actor| -> Vec<String> {
            let own = a.label.split([' ', '-']).filter(|word| words.len() > 1 || !is_suffix(word));
            own.map(fold).collect()
        };
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
            // "the North" in an article on North Korea.
            if matches!(word.as_str(), "North" | "South") {
                let half = |a: &Actor| a.kind == ActorKind::Country && a.label.starts_with(&format!("{word} "));
                if let Some(at) = self.actors.iter().position(half) {
                    return Some(at);
                }
            }
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
            // "the Post" for "The Harbour Post".
            if words_of_body(&self.resolver.words, word) {
                let ends = |a: &Actor| !person(a) && a.label.contains(' ') && label_words(a).last() == Some(word);
                if let Some(at) = self.actors.iter().position(ends) {
                    return Some(at);
                }
            }
            // "Zelenskiy" for "Zelensky"; a given name alone ("Hillary").
            let near = |a: &Actor| person(a) && label_words(a).last().is_some_and(|own| near_spelling(own, word));
            if let Some(at) = self.actors.iter().position(near) {
                return Some(at);
            }
            // What stands first is a family name where it is no given one ("Park" for "Park Geun-hye"), whatever it was taken for.
            if (kind != Some(ActorKind::Organization) || !self.resolver.words.is_given_name(word))
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

    /// Whom office holders speak for: at the article's day, else in the office that the article gives them.
    fn offices(&mut self) {
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
    fn blocs(&mut self) {
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

    /// The bloc that the mention at a token stands for; the token may be of its title ("a deputy of Foreign Minister Lavrov").
    fn bloc_at(&self, token: usize) -> Option<String> {
        let index = self.index.covering[token].or(self.index.headed[token])?;
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
}

/// What stands behind a family name: "Dana Brook Jr."
fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV")
}

/// "The Lusaka Times": a name of several words that ends as those of newspapers do.
fn names_newspaper(words: &Words, label: &str) -> bool {
    label.rsplit_once(' ').is_some_and(|(_, last)| words.is(&last.to_lowercase(), WordClass::Masthead))
}

/// Whether a word of a name tells what kind of body it is: "Post", "Committee".
fn words_of_body(words: &Words, word: &str) -> bool {
    let word = word.to_lowercase();
    words.is(&word, WordClass::Body) || words.is(&word, WordClass::Outlet)
}

/// "its foreign ministry", "his lawyers": what belongs to somebody that a pronoun stands for has that name in its label, and is on the side of a country.
fn owners_of_pronouns(trees: &Trees<'_>, words: &Words, cast: &mut Cast) {
    let mut owners: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    let mut small: BTreeSet<usize> = BTreeSet::new();
    for mention in cast.mentions.iter().filter(|m| m.form == Form::Nominal) {
        let &[what] = mention.actors.as_slice() else { continue };
        let unnamed = cast.actors[what].known.is_none() && cast.actors[what].kind != ActorKind::Person;
        if !unnamed {
            continue;
        }
        let word = cast.actors[what].label.split(' ').next().unwrap_or_default().to_lowercase();
        if (mention.first..=mention.last).any(|t| trees.word(t) == word) {
            small.insert(what);
        }
        let pronoun = trees.children_by(mention.head, &["nmod:poss"]).next().and_then(|p| cast.at_head(p));
        let owner = pronoun.filter(|p| p.form == Form::Pronoun).map(|p| p.actors.as_slice());
        let owner = match owner {
            Some(&[whose]) => Some(whose),
            Some(_) => None,
            // "the lawyers" after "his lawyers" are the same, "lawyers" before them are not.
            None if owners.contains_key(&what) => continue,
            None => None,
        };
        owners.entry(what).and_modify(|o| *o = o.filter(|&o| Some(o) == owner)).or_insert(owner);
    }
    for (what, owner) in owners {
        let Some(whose) = owner.filter(|&owner| owner != what) else { continue };
        let owner = cast.actors[whose].clone();
        // "Its government" is the country.
        let noun = cast.actors[what].label.rsplit(' ').next().unwrap_or_default().to_lowercase();
        if owner.kind == ActorKind::Country && words.is(&noun, WordClass::Government) && noun != "state" {
            for mention in cast.mentions.iter_mut().filter(|m| m.actors == [what]) {
                mention.actors = vec![whose];
            }
            continue;
        }
        let called = match owner.kind {
            ActorKind::Person => owner.label.split(' ').rev().find(|word| !is_suffix(word)).unwrap_or(&owner.label),
            ActorKind::Country | ActorKind::Organization => &owner.label,
            _ => continue,
        };
        let actor = &mut cast.actors[what];
        let side = (owner.kind == ActorKind::Country && actor.bloc.is_none()).then(|| owner.label.clone());
        // The capital of a first word that the article writes small is the label's own.
        let rest = if small.contains(&what) { uncapitalised(&actor.label) } else { actor.label.clone() };
        actor.id = match &side {
            Some(side) => slug(&format!("{} {side}", actor.label)),
            None => slug(&format!("{called} {rest}")),
        };
        actor.label = format!("{called}'s {rest}");
        actor.bloc = side.or_else(|| actor.bloc.take());
    }
}

fn uncapitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
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
    let mark = |c: char| matches!(c, '"' | '“' | '”' | ',' | '.' | ';' | ':' | '(' | ')');
    let abbreviation = ["Jr.", "Sr.", "Inc.", "Co.", "Corp.", "Ltd."].iter().find(|end| text.ends_with(**end));
    let text = match abbreviation {
        Some(_) => text.trim_start_matches(mark).to_owned(),
        None => text.trim_matches(mark).to_owned(),
    };
    text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(&text).to_owned()
}

/// What the id of an actor without a name and a side ends in: such a one is nobody outside its article.
pub fn article_suffix(article: &str) -> String {
    format!("-{}", article.get(..8).unwrap_or(article))
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
