//! Several under one noun: "British and French officials", "three states, A, B and C".

use super::super::super::ActorKind;
use super::super::super::mentions::Form;
use super::super::{Build, tidy};

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
}
