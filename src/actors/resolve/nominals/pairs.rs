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
/// How much more likely two of one kind (two countries, two parties) stand against each other than two of different kinds.
const ALIKE: f64 = 3.0;
/// Weight of groups that nobody names ("critics") beside that of others.
const UNNAMED: f64 = 0.3;
/// Times that a camp is mentioned before it is one of the two, if not near by.
const LEAST: usize = 2;
/// Times that somebody who is neither a country nor a party acts or speaks before he is taken for a side.
const DEEDS: usize = 2;
/// Share of the other's weight below which a camp of another kind is no side.
const SLIGHT: f64 = 0.2;
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
struct Camp<'a> {
    name: &'a String,
    weight: f64,
    kind: CampKind,
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
        let place = |t: usize| self.trees.children_by(t, &["case"]).any(|p| matches!(self.trees.lemma(p), "at" | "in"));
        if !two || self.trees.children_by(mention.head, &["nmod", "acl"]).any(|t| !place(t)) {
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
        let mention = |t: usize| self.index.headed[t].or_else(|| self.index.covering[t]).or_else(|| speaker(t));
        let before = |m: &usize| *m < index;
        doers.filter_map(mention).filter(before).flat_map(|m| self.of[m].iter().copied()).collect()
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

    fn camp(&self, at: usize) -> String {
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

    /// How much a mention says that its actors are among those whom the article is about at another place.
    fn weight(&self, earlier: usize, index: usize, fading: f64) -> f64 {
        let mention = &self.raw[earlier];
        let rel = self.trees.base_rel(mention.head);
        let place = || {
            let mut prepositions = self.trees.children_by(mention.head, &["case"]);
            matches!(rel, "obl" | "nmod") && prepositions.any(|p| matches!(self.trees.lemma(p), "in" | "at"))
        };
        let weight = match () {
            () if self.acts(earlier) => ACTS,
            () if place() => PLACE,
            () => 1.0,
        };
        weight * (KEPT + (-(self.sentences_back(earlier, index) as f64) / fading).exp())
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
        let before = (0..index).rev().take(FARTHEST);
        let after = (index + 1..self.raw.len()).take(FARTHEST);
        let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
        for (mentions, share) in [(before.collect::<Vec<_>>(), 1.0), (after.collect(), 0.01)] {
            for other in mentions {
                let weight = share * self.weight(other.min(index), other.max(index), FADING);
                for &at in self.of[other].iter().filter(|at| !asking.contains(at)) {
                    if fits(at) {
                        *weights.entry(at).or_default() += weight;
                    }
                }
            }
        }
        let mut all: Vec<(usize, f64)> = weights.into_iter().collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        // Those of the two countries, if each has one.
        let countries = self.two_camps(index, Wanted::Countries);
        let of = |camp: &str| all.iter().find(|(at, _)| self.camp(*at) == camp).map(|(at, _)| *at);
        if let Some([(one, _), (other, _)]) = countries
            && let (Some(one), Some(other)) = (of(&one), of(&other))
        {
            return Some(vec![one.min(other), one.max(other)]);
        }
        let Some(&(first, _)) = all.first() else { return self.last_two_persons(index) };
        let rival = |&&(at, _): &&(usize, f64)| at != first && self.camp(at) != self.camp(first);
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
        let subject = verb.and_then(|verb| self.trees.children_by(verb, &["nsubj"]).find_map(|t| self.index.headed[t]));
        let asking: Vec<String> = subject.into_iter().flat_map(|m| &self.of[m]).map(|&at| self.camp(at)).collect();
        // Weight of each camp, and of its members the one to stand for it.
        let mut camps: BTreeMap<String, BTreeMap<usize, f64>> = BTreeMap::new();
        let mut deeds: BTreeMap<String, usize> = BTreeMap::new();
        let mut mentions: BTreeMap<String, usize> = BTreeMap::new();
        let fading = if wanted == Wanted::Countries { FADING } else { FADING_OF_SIDES };
        for earlier in (0..index).rev().take(FARTHEST) {
            let weight = self.weight(earlier, index, fading);
            let acts = self.acts(earlier);
            let named = self.raw[earlier].name.is_some();
            for &at in &self.of[earlier] {
                let actor = &self.actors[at];
                let name = self.camp(at);
                let nobody = actor.bloc.is_none() && (actor.kind == ActorKind::Role || self.counts(&actor.label));
                if !actor.outlet && !nobody && !asking.contains(&name) {
                    let weight = if named || actor.bloc.is_some() { weight } else { weight * UNNAMED };
                    *deeds.entry(name.clone()).or_default() += usize::from(acts);
                    *mentions.entry(name.clone()).or_default() += if self.near(earlier, index) { LEAST } else { 1 };
                    *camps.entry(name).or_default().entry(at).or_default() += weight;
                }
            }
        }
        let mut all: Vec<Camp<'_>> = camps
            .iter()
            .map(|(name, members)| Camp { name, weight: members.values().sum(), kind: self.camp_kind(name) })
            .filter(|camp| mentions.get(camp.name).is_some_and(|&n| n >= LEAST))
            .filter(|camp| match wanted {
                Wanted::Countries => camp.kind == CampKind::Country,
                _ => camp.kind != CampKind::Other || deeds.get(camp.name).is_some_and(|&n| n >= DEEDS),
            })
            .collect();
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.name.cmp(b.name)));
        all.truncate(CONTENDERS);
        let mut pairs: Vec<(f64, &Camp<'_>, &Camp<'_>)> = Vec::new();
        for (n, one) in all.iter().enumerate() {
            for other in &all[n + 1..] {
                let alike = one.kind == other.kind && one.kind != CampKind::Other;
                let parties = alike && wanted == Wanted::Parties && one.kind == CampKind::Party;
                // One that is hardly spoken of is no side.
                if alike || other.weight >= one.weight * SLIGHT {
                    let favour = if parties {
                        ALIKE * ALIKE
                    } else if alike {
                        ALIKE
                    } else {
                        1.0
                    };
                    pairs.push((one.weight * other.weight * favour, one, other));
                }
            }
        }
        let (_, one, other) = pairs.into_iter().reduce(|best, pair| if pair.0 > best.0 { pair } else { best })?;
        let members = |camp: &Camp<'_>| {
            let mut members: Vec<(usize, f64)> = camps[camp.name].iter().map(|(&at, &weight)| (at, weight)).collect();
            members.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            (camp.name.clone(), members.into_iter().map(|(at, _)| at).collect())
        };
        Some([members(one), members(other)])
    }

    /// Whether a label is itself of the kind that counts two: "Both sides", "Two presidents".
    fn counts(&self, label: &str) -> bool {
        let words = label.to_lowercase();
        words.split(' ').any(|w| matches!(w, "both" | "two" | "side" | "sides"))
    }
}
