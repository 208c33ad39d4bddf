//! What nouns stand for: "the French president", "both sides", "the ministry", "British and French officials".

use std::collections::BTreeMap;

use super::super::ActorKind;
use super::super::mentions::Form;
use super::{Actor, Build, FARTHEST, article_suffix, capitalised, slug, tidy};
use crate::lexicon::WordClass;
use crate::nlp::{Part, Upos};

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

/// Mentions before "the president" that are looked at for whom it means, and sentences in which a mention of him loses most of its weight.
const LOOK_BACK: usize = 400;
const FADING: f64 = 20.0;

/// Words of title before a name in apposition, and one more.
const TITLES: usize = 4;

/// Words above "the two leaders" whose doers are none of them.
const ASKING: usize = 4;

impl Build<'_> {
    /// Gives the nouns among the mentions their actors, in text order.
    pub(super) fn nominals(&mut self) {
        for index in 0..self.raw.len() {
            if self.raw[index].form != Form::Nominal {
                continue;
            }
            let found = self
                .each_of(index)
                .or_else(|| self.listed(index))
                .or_else(|| self.apposed(index))
                .or_else(|| self.explained(index))
                .or_else(|| self.coreferent(index));
            self.of[index] = match found.or_else(|| self.joined(index)) {
                Some(actors) => actors,
                None => vec![self.described(index)],
            };
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

    /// "The state's senators, Dana Brook and Omar Hale", "five parties to the accord – France, Germany …": those whom a list names.
    fn listed(&self, index: usize) -> Option<Vec<usize>> {
        const FAR: usize = 6;
        let mention = &self.raw[index];
        if mention.kind != Some(ActorKind::Group) {
            return None;
        }
        let sentence = self.trees.sentence_tokens(mention.head);
        let mark = mention.last.max(mention.head) + 1;
        let dash = |t: usize| matches!(self.trees.word(t), "-" | "–" | "—" | "--" | ":" | "(");
        let named = |t: usize| self.index.starting.get(t).copied().flatten();
        let first = named(mark + 1).or_else(|| named(mark + 2)).filter(|_| mark + 2 < sentence.end)?;
        let open = dash(mark);
        // After a comma only what the tree puts beside the noun, or takes for one more subject of its verb.
        let name = self.raw[first].head;
        let head = |t: usize| self.trees.token(t).head;
        let beside = matches!(self.trees.base_rel(name), "appos" | "conj") && head(name) == Some(mention.head)
            || self.trees.base_rel(name) == "nsubj" && head(name) == head(mention.head);
        if !open && !(self.trees.word(mark) == "," && beside) {
            return None;
        }
        let mut found: Vec<usize> = Vec::new();
        let mut next = Some(first);
        let mut and = false;
        while let Some(one) = next {
            let &at = self.of[one].first()?;
            if !found.contains(&at) {
                found.push(at);
            }
            let end = self.raw[one].name.map_or(self.raw[one].last, |(_, last)| last);
            if and {
                break;
            }
            next = (end + 1..sentence.end.min(end + FAR)).find_map(|t| {
                and |= matches!(self.trees.word(t), "and" | "&");
                named(t)
            });
        }
        let kinds = |wanted: fn(ActorKind) -> bool| found.iter().all(|&at| wanted(self.actors[at].kind));
        let alike = kinds(|k| k == ActorKind::Person)
            || open && kinds(|k| matches!(k, ActorKind::Country | ActorKind::Organization));
        (and && found.len() >= 2 && alike).then_some(found)
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
        // Titles may stand before the name: "a second lawmaker, Rep. Dana Brook".
        let title = |t: &usize| self.resolver.words.is(&self.trees.word(*t).to_lowercase(), WordClass::Title);
        let end = self.trees.sentence_tokens(head).end;
        let begins = (after..end.min(after + TITLES)).take_while(|t| *t == after || title(&(*t - 1)));
        let named = begins.into_iter().find_map(|t| self.index.starting.get(t).copied().flatten());
        let next = || named.filter(|m| (role || body) && follows(m));
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
                    let company = matches!(noun.as_str(), "company" | "firm");
                    let public = || {
                        let word = |w: &str| self.resolver.words.is(&w.to_lowercase(), WordClass::Government);
                        actor.label.split(' ').any(|w| word(w) || COUNCILS.contains(&w)) || actor.bloc.is_some()
                    };
                    if any && near && fallback.is_none() && !(company && public()) {
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
        if matches!(noun.as_str(), "side" | "party")
            && let Some(pair) = self.principals(index)
        {
            return Some(pair);
        }
        let wanted = match noun.as_str() {
            "side" | "country" | "nation" | "state" | "government" | "capital" | "party" | "neighbour" | "neighbor"
            | "power" => ActorKind::Country,
            "leader" | "man" | "woman" | "president" | "minister" | "politician" | "candidate" | "counterpart"
            | "senator" => ActorKind::Person,
            _ => return None,
        };
        let asking = self.asking(index);
        let mut out: Vec<usize> = Vec::new();
        for earlier in (0..index).rev().take(FARTHEST) {
            for &at in &self.of[earlier] {
                let fits = self.actors[at].kind == wanted && self.raw[earlier].form != Form::Adjective;
                if fits && !out.contains(&at) && !asking.contains(&at) {
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

    /// Who does or owns what a nominal stands in: "Oslo's call for the two leaders to meet", "he urged both leaders".
    fn asking(&self, index: usize) -> Vec<usize> {
        let above = std::iter::successors(self.trees.token(self.raw[index].head).head, |&t| self.trees.token(t).head);
        let doers = above.take(ASKING).flat_map(|t| self.trees.children_by(t, &["nsubj", "nmod:poss"]));
        let mention = |t: usize| self.index.headed[t].or_else(|| self.index.covering[t]);
        let before = |m: &usize| *m < index;
        doers.filter_map(mention).filter(before).flat_map(|m| self.of[m].iter().copied()).collect()
    }

    /// "both sides": the two camps that the words before are about most, above all by what they did and said; whoever asks them is left out.
    fn principals(&self, index: usize) -> Option<Vec<usize>> {
        let camp = |at: usize| self.actors[at].bloc.clone().unwrap_or_else(|| self.actors[at].label.clone());
        let verb = self.trees.token(self.raw[index].head).head;
        let subject = verb.and_then(|verb| self.trees.children_by(verb, &["nsubj"]).find_map(|t| self.index.headed[t]));
        let asking: Vec<String> = subject.into_iter().flat_map(|m| &self.of[m]).map(|&at| camp(at)).collect();
        // Weight of each camp, and of its members the one to stand for it.
        let mut camps: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
        for earlier in (0..index).rev().take(FARTHEST) {
            let head = self.raw[earlier].head;
            let acts = self.trees.base_rel(head) == "nsubj" || self.trees.token(head).part == Part::Source;
            let weight = if acts { 2 } else { 1 };
            for &at in &self.of[earlier] {
                let name = camp(at);
                if !self.actors[at].outlet && !asking.contains(&name) {
                    *camps.entry(name).or_default().entry(at).or_default() += weight;
                }
            }
        }
        let mut all: Vec<(usize, String)> =
            camps.iter().map(|(name, members)| (members.values().sum(), name.clone())).collect();
        all.retain(|(sum, _)| *sum > 1);
        all.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        all.truncate(2);
        let mut pair: Vec<usize> = all
            .iter()
            .filter_map(|(_, name)| {
                let members = &camps[name];
                let named = members.keys().copied().find(|&at| self.actors[at].label == *name);
                named.or_else(|| {
                    members.iter().max_by_key(|&(&at, &sum)| (sum, std::cmp::Reverse(at))).map(|(&at, _)| at)
                })
            })
            .collect();
        pair.sort_unstable();
        (pair.len() == 2).then_some(pair)
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
        // A vice president is not "the president".
        let second = |r: &str| r.split([' ', '-']).any(|w| matches!(w, "vice" | "deputy" | "assistant"));
        // Persons of the document with that role: the nearest before, else the first after.
        let has = |actor: &Actor, exact: bool| {
            actor.roles.iter().any(|r| {
                let r = self.plain_roles.get(r).unwrap_or(r);
                if matches!(noun, "president" | "minister" | "governor") && second(r) != second(&role) {
                    false
                } else if exact || role.contains(' ') {
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
        if definite
            && bloc.is_none()
            && matches!(role.as_str(), "president" | "prime minister" | "chancellor" | "premier")
        {
            best = self.foremost(index, |actor| fits(actor) && (has(actor, false) || self.holds_now(actor, &role)));
        }
        for other in order.take_while(|_| best.is_none()) {
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
        if definite && let Some(known) = self.insider(index, noun, bloc) {
            return Some(vec![known]);
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
                // Else of the country whose office holder was named last: "the president" after "Vice President Dana Brook".
                let serves = |known: usize| {
                    let offices = ontology.offices.iter().filter(|o| o.tenures.iter().any(|t| t.holder == known));
                    offices.map(|o| o.of).find(|&of| day.is_some() && ontology.holder(title, of, day).is_some())
                };
                let of = (0..index).rev().take(FARTHEST).find_map(|earlier| {
                    let &at = self.of[earlier].first()?;
                    self.actors[at].known.and_then(serves)
                });
                if let Some(holder) = of.and_then(|of| ontology.holder(title, of, day)) {
                    return Some(vec![self.known_actor(holder)]);
                }
            }
        }
        None
    }

    /// Whether somebody held an office of this title on the article's day.
    fn holds_now(&self, actor: &Actor, title: &str) -> bool {
        let (Some(known), Some(day)) = (actor.known, self.day.as_deref()) else { return false };
        let offices = self.resolver.ontology.offices.iter().filter(|o| o.titles.iter().any(|t| t == title));
        offices.flat_map(|o| &o.tenures).any(|t| {
            t.holder == known && t.since.as_str() <= day && t.until.as_deref().is_none_or(|until| day <= until)
        })
    }

    /// Of the persons named before whom `fits` admits, the one named most, the more the nearer: "the president" where several are spoken of.
    fn foremost(&self, index: usize, fits: impl Fn(&Actor) -> bool) -> Option<usize> {
        let here = self.trees.sentence_of(self.raw[index].head);
        let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
        for earlier in (0..index).rev().take(LOOK_BACK).filter(|&m| self.raw[m].form == Form::Name) {
            let Some(&at) = self.of[earlier].first() else { continue };
            if fits(&self.actors[at]) {
                let distance = here.saturating_sub(self.trees.sentence_of(self.raw[earlier].head));
                *weights.entry(at).or_default() += (-(distance as f64) / FADING).exp();
            }
        }
        weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
    }

    /// "the Kremlin official" after "Kremlin insider Jan Roe": the one person of that side or body whom the sentences before introduce as one of its people.
    fn insider(&self, index: usize, noun: &str, bloc: Option<&str>) -> Option<usize> {
        const PEOPLE: &[&str] =
            &["official", "insider", "aide", "adviser", "advisor", "diplomat", "envoy", "spokesman", "spokeswoman"];
        let body = self.raw[index].belongs.map(|t| self.trees.word(t).to_lowercase());
        if !matches!(noun, "official" | "insider" | "aide" | "diplomat") || body.is_none() && bloc.is_none() {
            return None;
        }
        let mut found: Vec<usize> = Vec::new();
        for earlier in (0..index).rev().take_while(|&e| self.near(e, index)) {
            let Some(&at) = self.of[earlier].first() else { continue };
            let actor = &self.actors[at];
            let one_of_them = actor.kind == ActorKind::Person
                && self.raw[earlier].form == Form::Name
                && actor.roles.iter().any(|r| r.rsplit(' ').next().is_some_and(|last| PEOPLE.contains(&last)));
            let same_side = match bloc {
                Some(bloc) => actor.bloc.as_deref() == Some(bloc),
                None => {
                    body.as_ref().is_some_and(|body| actor.roles.iter().any(|r| r.split(' ').any(|word| word == body)))
                }
            };
            if one_of_them && same_side && !found.contains(&at) {
                found.push(at);
            }
        }
        match found[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Whether a mention stands at most four sentences before another.
    fn near(&self, earlier: usize, later: usize) -> bool {
        let sentence = |i: usize| self.trees.sentence_of(self.raw[i].head);
        sentence(later).saturating_sub(sentence(earlier)) <= 4
    }

    /// A label from the words of a nominal: without article, with the owner's name for "his".
    fn label_of(&self, index: usize) -> String {
        let mention = &self.raw[index];
        self.label_between(self.label_start(index), mention.last.max(mention.head))
    }

    fn label_between(&self, first: usize, last: usize) -> String {
        let text = self.trees.span(first, last).of(self.trees.text);
        tidy(&capitalised(&text.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// The first token of a nominal that its label shows.
    fn label_start(&self, index: usize) -> usize {
        let mention = &self.raw[index];
        let mut first = mention.first;
        while first < mention.head
            && (matches!(
                self.trees.upos(first),
                Upos::Det | Upos::Punct | Upos::Cconj | Upos::Sconj | Upos::Adp | Upos::Aux | Upos::Adv
            ) && !(first + 1 == mention.head && self.trees.word(first).eq_ignore_ascii_case("both"))
                // "Two European diplomats" are European diplomats; of "six countries" the number is all that is told.
                || self.trees.upos(first) == Upos::Num && first + 1 < mention.head
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
                .filter(|&c| !self.resolver.words.is(&self.trees.word(c).to_lowercase(), WordClass::Platform))
                .find_map(|c| self.bloc_at(c))
        });
        let bloc = bloc
            .or_else(|| self.side_told_by(mention.head))
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

    /// "officials from Iran and Russia": whether the words after a head name several countries, so that it is on no one's side.
    fn names_several(&self, head: usize, last: usize) -> bool {
        let mut named = (head + 1..=last).filter_map(|t| self.country_at(t));
        let first = named.next();
        named.any(|other| Some(other) != first)
    }

    /// The party or country that a noun for one of its people tells: "a senior Democrat", "an Israeli".
    fn side_told_by(&self, token: usize) -> Option<String> {
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
