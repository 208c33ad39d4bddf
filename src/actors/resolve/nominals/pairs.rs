//! The two that an article is about: "both sides", "the two leaders", "neither government".

use std::collections::BTreeMap;

use super::super::super::ActorKind;
use super::super::{Build, FARTHEST};
use crate::nlp::Part;

/// Words above "the two leaders" whose doers are none of them.
const ASKING: usize = 4;
/// Sentences in which a mention loses most of its weight for who the two are: countries change with the paragraph, sides hardly; and what it keeps of it.
const FADING: f64 = 5.0;
const FADING_OF_SIDES: f64 = 20.0;
const KEPT: f64 = 0.15;
/// Weight of whoever acts or speaks, and of a place where something happens, beside that of other mentions.
const ACTS: f64 = 2.0;
const PLACE: f64 = 0.3;
/// Weight of those who are named after the words beside that of those before.
const LATER: f64 = 0.01;
/// How much more likely two of one kind (two countries, two parties) stand against each other than two of different kinds.
const ALIKE: f64 = 3.0;
/// How much more likely two are meant that did something together ("Oslo and Rome agreed …") or have something between them.
const COUPLED: f64 = 3.0;
/// The same of two countries that did something together in this sentence or the one before, where "both countries" are who does something.
const COUPLED_HERE: f64 = 1000.0;
/// Weight of groups that nobody names ("critics") beside that of others.
const UNNAMED: f64 = 0.3;
/// Times that a camp is mentioned before it is one of the two, if not near by.
const LEAST: usize = 2;
/// Times that somebody who is neither a country nor a party acts or speaks before he is taken for a side.
const DEEDS: usize = 2;
/// Share of the other's weight below which a camp of another kind is no side.
const SLIGHT: f64 = 0.2;
/// Share of the weight of the first leader from which one of the same camp may be the other.
const AS_MUCH: f64 = 0.5;
/// Share of the weight of the second leader below which a country's is not meant.
const SPOKEN_OF: f64 = 0.25;
/// Camps, by weight, among which the two are.
const CONTENDERS: usize = 6;
/// Offices of those who are called leaders.
const LEADERS: &[&str] = &[
    "president",
    "prime minister",
    "premier",
    "chancellor",
    "leader",
    "king",
    "queen",
    "emir",
    "sultan",
    "speaker",
    "chairman",
    "taoiseach",
];

/// What a noun in "the two …" asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Camps,
    Countries,
    Parties,
    Leaders,
    Persons,
}

impl Wanted {
    fn of(noun: &str) -> Option<Self> {
        Some(match noun {
            "side" => Self::Camps,
            "party" => Self::Parties,
            "country" | "nation" | "state" | "government" | "capital" | "neighbour" | "neighbor" | "power"
            | "superpower" | "rival" | "enemy" | "military" => Self::Countries,
            "leader" | "president" | "minister" | "counterpart" | "premier" => Self::Leaders,
            "man" | "woman" | "politician" | "candidate" | "senator" => Self::Persons,
            _ => return None,
        })
    }
}

/// What kind of camp stands against another of its kind; unions of states are as countries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CampKind {
    Country,
    Party,
    Other,
}

/// A country, party or body, or somebody without one, and how much is said of its people.
struct Camp {
    name: String,
    kind: CampKind,
    /// Weight of each of its actors.
    members: BTreeMap<usize, f64>,
    weight: f64,
    /// Times that one of them acts or speaks.
    deeds: usize,
    /// Times that one of them is mentioned, more near by.
    mentions: usize,
}

impl Camp {
    fn is_one_of(&self, wanted: Wanted) -> bool {
        let fits = match wanted {
            Wanted::Countries => self.kind == CampKind::Country,
            _ => self.kind != CampKind::Other || self.deeds >= DEEDS,
        };
        fits && self.mentions >= LEAST
    }

    /// How likely this and a camp of less weight are the two, up to a factor; `None` where the other is hardly spoken of.
    fn against(&self, other: &Camp, wanted: Wanted, together: f64) -> Option<f64> {
        let alike = self.kind == other.kind && self.kind != CampKind::Other;
        let kinds = match () {
            () if alike && wanted == Wanted::Parties && self.kind == CampKind::Party => ALIKE * ALIKE,
            () if alike => ALIKE,
            () if other.weight >= self.weight * SLIGHT => 1.0,
            () => return None,
        };
        Some(self.weight * other.weight * kinds * together)
    }
}

impl Build<'_> {
    /// "the two leaders", "both sides", "the two countries": those of that kind that the words before are about.
    pub(super) fn two_of(&mut self, index: usize) -> Option<Vec<usize>> {
        let mention = &self.raw[index];
        let word = |i: usize| self.trees.word(i).to_lowercase();
        let noun = self.trees.lemma(mention.head).to_lowercase();
        // "Two ministers" are others than those named before, "the two ministers" are not; in "either the president or …" nobody is counted.
        let told = |i: usize| i > mention.first && matches!(&*word(i - 1), "the" | "these" | "those" | "all");
        let several = matches!(&*self.trees.token(mention.head).xpos, "NNS" | "NNPS");
        let two = (mention.first..mention.head).any(|i| match &*word(i) {
            "both" => several,
            "either" | "neither" => !matches!(&*word(i + 1), "the" | "a" | "an"),
            "each" => noun == "side",
            "two" => told(i),
            _ => false,
        });
        if !two || self.trees.children_by(mention.head, &["nmod", "acl"]).any(|t| !self.is_place(t)) {
            return None;
        }
        match Wanted::of(&noun)? {
            Wanted::Persons => self.last_two_persons(index),
            Wanted::Leaders => self.leaders(index, &noun),
            wanted => self.principals(index, wanted),
        }
    }

    /// Who does or owns what a nominal stands in: "Oslo's call for the two leaders to meet", "he urged both leaders".
    fn asking(&self, index: usize) -> Vec<usize> {
        let above = std::iter::successors(self.trees.token(self.raw[index].head).head, |&t| self.trees.token(t).head);
        let doers = above.take(ASKING).flat_map(|t| self.trees.children_by(t, &["nsubj", "nmod:poss"]));
        let speaker = |t: usize| {
            let own = matches!(&*self.trees.word(t).to_lowercase(), "i" | "we");
            let credited =
                |&m: &usize| self.trees.token(self.raw[m].head).part == Part::Source && !self.of[m].is_empty();
            own.then(|| (0..index).rev().take_while(|&m| self.near(m, index)).find(credited)).flatten()
        };
        let mention = |t: usize| self.headed(t).or_else(|| self.index.covering[t]).or_else(|| speaker(t));
        let before = |m: &usize| *m < index;
        doers.filter_map(mention).filter(before).flat_map(|m| self.of[m].iter().copied()).collect()
    }

    /// The name or noun phrase with this head.
    fn headed(&self, token: usize) -> Option<usize> {
        const WITHIN: usize = 8;
        let until = self.raw.partition_point(|m| m.first <= token);
        self.index.headed[token]
            .or_else(|| (until.saturating_sub(WITHIN)..until).rev().find(|&m| self.raw[m].head == token))
    }

    fn last_two_persons(&self, index: usize) -> Option<Vec<usize>> {
        let asking = self.asking(index);
        let mut out: Vec<usize> = Vec::new();
        for earlier in (0..index).rev().take(FARTHEST) {
            for &at in &self.of[earlier] {
                if self.actors[at].kind == ActorKind::Person && !out.contains(&at) && !asking.contains(&at) {
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

    /// The side that an actor is on: its own where none is known.
    pub(in super::super) fn camp(&self, at: usize) -> String {
        self.actors[at].bloc.clone().unwrap_or_else(|| self.actors[at].label.clone())
    }

    fn camp_kind(&self, name: &str) -> CampKind {
        let ontology = &self.resolver.ontology;
        let Some(camp) = ontology.actors.iter().find(|a| a.label == name) else { return CampKind::Other };
        let spoken_for =
            |by: ActorKind| ontology.actors.iter().any(|a| a.kind == by && a.bloc.as_deref() == Some(name));
        match camp.kind {
            ActorKind::Country => CampKind::Country,
            ActorKind::Organization if name.ends_with("Party") => CampKind::Party,
            ActorKind::Organization if spoken_for(ActorKind::Organization) => CampKind::Country,
            ActorKind::Organization if spoken_for(ActorKind::Group) => CampKind::Party,
            _ => CampKind::Other,
        }
    }

    /// How much a mention so many sentences away says that its actors are among those whom the article is about.
    fn weight(&self, mention: usize, sentences: usize, fading: f64) -> f64 {
        let head = self.raw[mention].head;
        let weight = match () {
            () if self.acts(mention) => ACTS,
            () if matches!(self.trees.base_rel(head), "obl" | "nmod") && self.is_place(head) => PLACE,
            () => 1.0,
        };
        weight * (KEPT + (-(sentences as f64) / fading).exp())
    }

    /// "in Rome", "at his residence".
    fn is_place(&self, head: usize) -> bool {
        self.trees.children_by(head, &["case"]).any(|p| matches!(self.trees.lemma(p), "at" | "in"))
    }

    /// Whether somebody is mentioned as one who does or says something.
    fn acts(&self, mention: usize) -> bool {
        let head = self.raw[mention].head;
        self.trees.base_rel(head) == "nsubj" || self.trees.token(head).part == Part::Source
    }

    /// "both presidents": the two persons of different camps who hold such an office and of whom the words before, else those after, say most.
    fn leaders(&self, index: usize, noun: &str) -> Option<Vec<usize>> {
        let asking = self.asking(index);
        let role = self.raw[index].roles.first().cloned().unwrap_or_default();
        let role = if role.contains(' ') { role } else { noun.to_owned() };
        let fits = |at: usize| {
            let actor = &self.actors[at];
            let office = |title: &str| actor.roles.iter().any(|r| r == title || r.ends_with(&format!(" {title}")));
            actor.kind == ActorKind::Person
                && match noun {
                    "leader" | "counterpart" => LEADERS.iter().any(|l| office(l) || self.holds_now(actor, l)),
                    _ => office(&role) || self.holds_now(actor, &role),
                }
        };
        let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
        let mut weigh = |mention: usize, sentences: usize, share: f64| {
            for &at in &self.of[mention] {
                *weights.entry(at).or_default() += share * self.weight(mention, sentences, FADING);
            }
        };
        for before in (0..index).rev().take(FARTHEST) {
            weigh(before, self.sentences_back(before, index), 1.0);
        }
        for after in (index + 1..self.raw.len()).take(FARTHEST) {
            weigh(after, self.sentences_back(index, after), LATER);
        }
        let leader = |(at, _): &(usize, f64)| !asking.contains(at) && fits(*at);
        let mut all: Vec<(usize, f64)> = weights.into_iter().filter(leader).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        // Those of the two countries, if each has one and nobody else was spoken of far more.
        let countries = self.two_camps(index, Wanted::Countries);
        let enough = all.get(1).map_or(0.0, |(_, weight)| weight * SPOKEN_OF);
        let of = |camp: &str| all.iter().find(|(at, _)| self.camp(*at) == camp).filter(|(_, weight)| *weight >= enough);
        if let Some([(one, _), (other, _)]) = countries
            && let (Some(&(one, _)), Some(&(other, _))) = (of(&one), of(&other))
        {
            return Some(vec![one.min(other), one.max(other)]);
        }
        let Some(&(first, most)) = all.first() else { return self.last_two_persons(index) };
        // Two of one camp are meant where both were spoken of just before.
        let rival = |&&(at, weight): &&(usize, f64)| {
            at != first && (weight >= most * AS_MUCH || self.camp(at) != self.camp(first))
        };
        let Some(&(second, _)) = all.iter().find(rival) else { return self.last_two_persons(index) };
        let mut pair = vec![first, second];
        pair.sort_unstable();
        Some(pair)
    }

    /// "both sides": those of the two camps of [`Self::two_camps`] that stand for them.
    fn principals(&mut self, index: usize, wanted: Wanted) -> Option<Vec<usize>> {
        let pair = self.two_camps(index, wanted)?;
        let states = pair.iter().all(|(name, _)| self.camp_kind(name) == CampKind::Country);
        let mut found = Vec::new();
        for (name, members) in pair {
            let state = self.resolver.ontology.actors.iter().position(|a| states && a.label == name);
            let named = members.iter().copied().find(|&at| self.actors[at].label == name);
            found.push(state.map(|known| self.known_actor(known)).or(named).or(members.first().copied())?);
        }
        found.sort_unstable();
        Some(found)
    }

    /// The two camps that the words before are about most, above all by what they did and said, and the actors of each, most important first; whoever
    /// asks them is left out.
    fn two_camps(&self, index: usize, wanted: Wanted) -> Option<[(String, Vec<usize>); 2]> {
        let verb = self.trees.token(self.raw[index].head).head;
        let subject = verb.and_then(|verb| self.trees.children_by(verb, &["nsubj"]).find_map(|t| self.headed(t)));
        let asking: Vec<String> = subject.into_iter().flat_map(|m| &self.of[m]).map(|&at| self.camp(at)).collect();
        let mut camps: BTreeMap<String, Camp> = BTreeMap::new();
        let mut coupled: BTreeMap<(String, String), f64> = BTreeMap::new();
        let fading = if wanted == Wanted::Countries { FADING } else { FADING_OF_SIDES };
        let doers = wanted == Wanted::Countries && self.trees.base_rel(self.raw[index].head) == "nsubj";
        for earlier in (0..index).rev().take(FARTHEST) {
            if let Some(both) = self.coupled(earlier) {
                let here = doers && self.sentences_back(earlier, index) <= 1;
                coupled.entry(both).or_insert(if here { COUPLED_HERE } else { COUPLED });
            }
            for &at in &self.of[earlier] {
                let actor = &self.actors[at];
                let name = self.camp(at);
                let nobody = actor.bloc.is_none() && (actor.kind == ActorKind::Role || counts_two(&actor.label));
                if actor.outlet || nobody || asking.contains(&name) {
                    continue;
                }
                let told = self.raw[earlier].name.is_some() || actor.bloc.is_some();
                let weight = self.weight(earlier, self.sentences_back(earlier, index), fading)
                    * if told { 1.0 } else { UNNAMED };
                let camp = camps.entry(name).or_insert_with_key(|name| Camp {
                    name: name.clone(),
                    kind: self.camp_kind(name),
                    members: BTreeMap::new(),
                    weight: 0.0,
                    deeds: 0,
                    mentions: 0,
                });
                camp.weight += weight;
                camp.deeds += usize::from(self.acts(earlier));
                camp.mentions += if self.near(earlier, index) { LEAST } else { 1 };
                *camp.members.entry(at).or_default() += weight;
            }
        }
        let mut all: Vec<Camp> = camps.into_values().filter(|camp| camp.is_one_of(wanted)).collect();
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.name.cmp(&b.name)));
        all.truncate(CONTENDERS);
        let mut best: Option<(f64, &Camp, &Camp)> = None;
        for (n, one) in all.iter().enumerate() {
            for other in &all[n + 1..] {
                let names = (one.name.clone().min(other.name.clone()), one.name.clone().max(other.name.clone()));
                if let Some(value) = one.against(other, wanted, coupled.get(&names).copied().unwrap_or(1.0))
                    && best.is_none_or(|(most, ..)| value > most)
                {
                    best = Some((value, one, other));
                }
            }
        }
        let members = |camp: &Camp| {
            let mut members: Vec<(usize, f64)> = camp.members.iter().map(|(&at, &weight)| (at, weight)).collect();
            members.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            (camp.name.clone(), members.into_iter().map(|(at, _)| at).collect())
        };
        best.map(|(_, one, other)| [members(one), members(other)])
    }

    /// The camps of two who do something together or between whom something is, in order of their names.
    fn coupled(&self, second: usize) -> Option<(String, String)> {
        let head = self.raw[second].head;
        let first = self.trees.token(head).head.filter(|_| self.trees.base_rel(head) == "conj")?;
        let mut prepositions = self.trees.children_by(first, &["case"]);
        let related = self.trees.base_rel(first) == "nsubj" || prepositions.any(|p| self.trees.lemma(p) == "between");
        if !related || self.trees.coordinated(first).len() != 2 {
            return None;
        }
        let camp = |mention: usize| self.of[mention].first().map(|&at| self.camp(at));
        let (one, other) = (camp(self.headed(first)?)?, camp(second)?);
        (one != other).then(|| if one < other { (one, other) } else { (other, one) })
    }
}

/// Whether a label is itself one that counts two: "Both sides", "Two presidents".
fn counts_two(label: &str) -> bool {
    label.to_lowercase().split(' ').any(|w| matches!(w, "both" | "two" | "side" | "sides"))
}
