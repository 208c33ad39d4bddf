//! What words for a government stand for: "its government", "the administration".

use std::collections::{BTreeMap, BTreeSet};

use super::super::super::ActorKind;
use super::super::super::mentions::Form;
use super::super::{Build, FARTHEST};

/// What those are called that are named after a president: "Brook administration".
const OF_PRESIDENT: &str = " administration";

impl Build<'_> {
    /// Whose government a noun means: the country that owns it, for "the government" alone the one that is spoken of, for "the administration" that
    /// of the president it tells of.
    pub(super) fn government(&mut self, index: usize, noun: &str, owner: Option<usize>) -> Option<Vec<usize>> {
        if let Some(owner) = owner.filter(|&owner| self.actors[owner].kind == ActorKind::Country) {
            return Some(vec![owner]);
        }
        if noun == "administration" {
            return self.administration(index, owner).map(|at| vec![at]);
        }
        if noun != "government" || !self.is_bare(index) {
            return None;
        }
        let state = self.state_spoken_of(index).or(self.subject)?;
        Some(vec![self.known_actor(state)])
    }

    /// The country of whose state an article speaks here: the one that it is written in, but where the sentences before in the paragraph only tell of
    /// another (index in the ontology).
    pub(super) fn state_spoken_of(&self, index: usize) -> Option<usize> {
        let home = self.home?;
        let block = self.trees.block_of(self.raw[index].head);
        let before =
            (0..index).rev().take_while(|&m| self.near(m, index) && self.trees.block_of(self.raw[m].head) == block);
        let ontology = &self.resolver.ontology;
        let country =
            |label: &str| ontology.actors.iter().position(|a| a.kind == ActorKind::Country && a.label == label);
        let mut told: Vec<usize> = Vec::new();
        let mut read: BTreeSet<usize> = BTreeSet::new();
        for &at in before.flat_map(|m| &self.of[m]).filter(|&&at| read.insert(at)) {
            let actor = &self.actors[at];
            let country = country(actor.bloc.as_deref().unwrap_or(&actor.label));
            told.extend(country.filter(|country| !told.contains(country)));
        }
        match told[..] {
            [] => Some(home),
            [one] => Some(one),
            _ => told.contains(&home).then_some(home),
        }
    }

    /// The country that is named twice as often as all others together.
    pub(in super::super) fn main_country(&self) -> Option<usize> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for actor in self.of.iter().flatten().map(|&at| &self.actors[at]) {
            if let Some(known) = actor.known.filter(|_| actor.kind == ActorKind::Country) {
                *counts.entry(known).or_default() += 1;
            }
        }
        let all: usize = counts.values().sum();
        counts.into_iter().find(|&(_, count)| 3 * count > 2 * all).map(|(country, _)| country)
    }

    /// "Brook's administration"; "the administration": the one named last, else that of the one president who was named.
    fn administration(&mut self, index: usize, owner: Option<usize>) -> Option<usize> {
        if let Some(owner) = owner {
            return self.administration_of(owner);
        }
        if !self.is_bare(index) {
            return None;
        }
        let called = |&at: &usize| self.actors[at].label.ends_with(OF_PRESIDENT);
        let before = (0..index).rev().take(FARTHEST);
        if let Some(at) = before.clone().find_map(|m| self.of[m].first().copied().filter(called)) {
            return Some(at);
        }
        let mut presidents: Vec<usize> = Vec::new();
        for at in before.filter(|&m| self.raw[m].form == Form::Name).flat_map(|m| self.of[m].iter().copied()) {
            if !presidents.contains(&at) && self.known_administration(at).is_some() {
                presidents.push(at);
            }
        }
        let in_office = presidents.iter().copied().find(|&at| self.holds_now(&self.actors[at], "president"));
        let only = || presidents.first().copied().filter(|_| presidents.len() == 1);
        self.administration_of(in_office.or_else(only)?)
    }

    /// "the government", not "the Polish government" or "an incoming administration".
    fn is_bare(&self, index: usize) -> bool {
        let mention = &self.raw[index];
        let plain = mention.roles.first().is_some_and(|role| !role.contains(' '));
        plain && mention.belongs.is_none() && self.definite(index)
    }

    fn administration_of(&mut self, president: usize) -> Option<usize> {
        let known = self.known_administration(president)?;
        Some(self.known_actor(known))
    }

    /// The administration that is named after somebody, where the ontology has it.
    fn known_administration(&self, president: usize) -> Option<usize> {
        let president = &self.actors[president];
        let family = president.label.rsplit(' ').next().filter(|_| president.kind == ActorKind::Person)?;
        let named = format!("{family}{OF_PRESIDENT}");
        self.resolver.ontology.actors.iter().position(|actor| actor.label == named && president.known.is_some())
    }
}
