//! Gives every mention of a document its actor.

mod names;
mod nominals;
mod owners;
mod sides;

use std::collections::{BTreeMap, BTreeSet};

use super::gazetteer::{Gazetteer, fold};
use super::gender;
use super::mentions::{Finder, Form, RawMention};
use super::pronouns;
use super::{ActorKind, is_suffix};
use crate::lexicon::{WordClass, Words};
use crate::nlp::Trees;
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
        self.gazetteer.country(&self.ontology, &words)
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
            subject: None,
            titled: BTreeSet::new(),
            relatives: BTreeMap::new(),
        };
        build.names();
        build.subject = build.main_country();
        build.offices();
        build.blocs();
        build.nominals();
        build.sides_of_principals();
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
        owners::owners_of_pronouns(trees, &self.words, &mut cast);
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
    /// The country that the article names twice as often as all others together (index in the ontology).
    subject: Option<usize>,
    /// Who of the ontology is named with the title of an office of theirs: "President Brook".
    titled: BTreeSet<usize>,
    /// Names that are given only to tell whose relative somebody is, by the last word.
    relatives: BTreeMap<String, Vec<usize>>,
}

/// Mentions far back are not what "the ministry" stands for; the bound keeps cost linear in the text.
const FARTHEST: usize = 3000;

/// Where names stand, by token: the first mention in order.
struct NameIndex {
    covering: Vec<Option<usize>>,
    headed: Vec<Option<usize>>,
    starting: Vec<Option<usize>>,
    /// Names of several words, by the last one.
    ending: BTreeMap<String, Vec<usize>>,
    /// Where somebody known is called by one word alone.
    alone: BTreeMap<usize, Vec<usize>>,
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
                new.alone.entry(known).or_default().push(index);
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

    /// How many sentences before a mention an earlier one stands; 0 for a later one.
    fn sentences_back(&self, earlier: usize, later: usize) -> usize {
        let sentence = |mention: usize| self.trees.sentence_of(self.raw[mention].head);
        sentence(later).saturating_sub(sentence(earlier))
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

    /// The group of that name, of the document or new.
    fn group_called(&mut self, label: String, bloc: Option<String>) -> usize {
        let same = |a: &Actor| a.kind == ActorKind::Group && a.label.eq_ignore_ascii_case(&label);
        self.actors.iter().position(same).unwrap_or_else(|| self.new_actor(label, ActorKind::Group, bloc))
    }
}

/// "The Lusaka Times": a name of several words that ends as those of newspapers do.
fn names_newspaper(words: &Words, label: &str) -> bool {
    label.rsplit_once(' ').is_some_and(|(_, last)| words.is(&last.to_lowercase(), WordClass::Masthead))
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
