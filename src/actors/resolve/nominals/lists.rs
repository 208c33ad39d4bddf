//! Several under one noun: "both sides", "the two leaders", "British and French officials", "three states, A, B and C".

use std::collections::BTreeMap;

use super::super::super::ActorKind;
use super::super::super::mentions::Form;
use super::super::{Build, FARTHEST, tidy};
use crate::nlp::Part;

/// Words above "the two leaders" whose doers are none of them.
const ASKING: usize = 4;

impl Build<'_> {
    /// "British, French and German officials": a group for each country.
    pub(super) fn each_of(&mut self, index: usize) -> Option<Vec<usize>> {
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
    pub(super) fn listed(&self, index: usize) -> Option<Vec<usize>> {
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
        let listed = open || self.trees.word(mark) == "," && beside;
        if !listed {
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

    /// "The groups" after "Human Rights Watch and Amnesty International": those of that kind whom the sentences just before name together.
    pub(super) fn joined_before(&self, index: usize) -> Option<Vec<usize>> {
        const SENTENCES: usize = 2;
        let mention = &self.raw[index];
        let wanted = match self.trees.lemma(mention.head).to_lowercase().as_str() {
            "group" | "organization" | "organisation" | "company" | "firm" | "agency" | "party" | "union" => {
                ActorKind::Organization
            }
            "country" | "nation" | "state" => ActorKind::Country,
            "man" | "woman" | "leader" | "senator" | "minister" | "lawmaker" | "governor" | "general" | "candidate"
            | "couple" | "pair" | "duo" => ActorKind::Person,
            _ => return None,
        };
        if self.trees.children_by(mention.head, &["nmod", "acl", "nummod", "amod"]).next().is_some() {
            return None;
        }
        let near = |&m: &usize| self.sentences_back(m, index) <= SENTENCES;
        (0..index).rev().take_while(near).find_map(|earlier| {
            let heads = self.trees.coordinated(self.raw[earlier].head);
            if self.raw[earlier].form != Form::Name || heads.len() < 2 {
                return None;
            }
            let mut found: Vec<usize> = Vec::new();
            for head in heads {
                let &at = self.of[self.index.headed[head]?].first()?;
                if self.actors[at].kind != wanted {
                    return None;
                }
                if !found.contains(&at) {
                    found.push(at);
                }
            }
            (found.len() >= 2).then_some(found)
        })
    }

    /// "the two leaders", "both sides", "the two countries": the last two of that kind.
    pub(super) fn two_of(&self, index: usize) -> Option<Vec<usize>> {
        let mention = &self.raw[index];
        let word = |i: usize| self.trees.word(i).to_lowercase();
        // "Two ministers" are others than those named before, "the two ministers" are not.
        let told = |i: usize| i > mention.first && matches!(&*word(i - 1), "the" | "these" | "those" | "all");
        let two = (mention.first..=mention.head)
            .any(|i| matches!(&*word(i), "both" | "either" | "neither") || word(i) == "two" && told(i));
        if !two || self.trees.children_by(mention.head, &["nmod", "acl"]).next().is_some() {
            return None;
        }
        let noun = self.trees.lemma(mention.head).to_lowercase();
        let sides = matches!(noun.as_str(), "side" | "party");
        if sides && let Some(pair) = self.principals(index) {
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
        for earlier in (0..index).rev().take(FARTHEST).take_while(|&m| !sides || self.near(m, index)) {
            for &at in &self.of[earlier] {
                // A place that no list knows is no state.
                let state = wanted != ActorKind::Country || self.actors[at].known.is_some();
                let fits = self.actors[at].kind == wanted && state && self.raw[earlier].form != Form::Adjective;
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
}
