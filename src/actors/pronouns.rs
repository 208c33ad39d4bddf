//! Whom pronouns stand for: the most salient fitting actor before them (after Lappin and Leass 1994: recency, subjects first, agreement).

use super::ActorKind;
use super::mentions::{Form, RawMention};
use super::resolve::Actor;
use crate::nlp::{Part, Trees};

/// Resolves pronouns once all other mentions have their actors.
pub(super) struct Pronouns<'a> {
    trees: &'a Trees<'a>,
    raw: &'a [RawMention],
    actors: &'a [Actor],
}

/// Number and kind that a pronoun asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    He,
    She,
    It,
    They,
}

impl<'a> Pronouns<'a> {
    pub(super) fn new(trees: &'a Trees<'a>, raw: &'a [RawMention], actors: &'a [Actor]) -> Self {
        Self { trees, raw, actors }
    }

    pub(super) fn resolve(&self, of: &mut [Vec<usize>]) {
        for index in 0..self.raw.len() {
            if self.raw[index].form != Form::Pronoun {
                continue;
            }
            let word = self.trees.word(self.raw[index].head).to_lowercase();
            let wants = match word.as_str() {
                "he" | "him" | "his" | "himself" => Wants::He,
                "she" | "her" | "hers" | "herself" => Wants::She,
                "it" | "its" | "itself" => Wants::It,
                "they" | "them" | "their" | "theirs" | "themselves" | "both" | "some" | "many" | "all" | "others"
                | "neither" => Wants::They,
                "who" | "which" | "that" => {
                    of[index] = self.antecedent_of_relative(index, of);
                    continue;
                }
                _ => continue,
            };
            of[index] = self.most_salient(index, wants, of);
        }
    }

    /// "who" stands for the noun that its clause hangs on.
    fn antecedent_of_relative(&self, index: usize, of: &[Vec<usize>]) -> Vec<usize> {
        let mut at = Some(self.raw[index].head);
        for _ in 0..6 {
            let Some(here) = at else { return Vec::new() };
            let head = self.trees.token(here).head;
            if self.trees.rel(here) == "acl:relcl" {
                let Some(noun) = head else { return Vec::new() };
                return self.raw.iter().position(|m| m.head == noun).map(|m| of[m].clone()).unwrap_or_default();
            }
            at = head;
        }
        Vec::new()
    }

    fn fits(actor: &Actor, wants: Wants) -> bool {
        let person = matches!(actor.kind, ActorKind::Person | ActorKind::Role);
        match wants {
            Wants::He => person && actor.female != Some(true),
            Wants::She => person && actor.female != Some(false),
            Wants::It => matches!(actor.kind, ActorKind::Country | ActorKind::Organization),
            Wants::They => !matches!(actor.kind, ActorKind::Person),
        }
    }

    fn most_salient(&self, index: usize, wants: Wants, of: &[Vec<usize>]) -> Vec<usize> {
        let pronoun = self.raw[index].head;
        let sentence = self.trees.sentence_of(pronoun);
        let possessive = self.trees.rel(pronoun) == "nmod:poss";
        let mut best: Option<(f64, Vec<usize>)> = None;
        for earlier in (0..index).rev() {
            let other = &self.raw[earlier];
            let distance = sentence - self.trees.sentence_of(other.head);
            if distance > 4 {
                break;
            }
            if of[earlier].is_empty() || other.form == Form::Adjective {
                continue;
            }
            // The phrase that holds the pronoun is not its antecedent ("his adviser").
            if other.first <= pronoun && pronoun <= other.last {
                continue;
            }
            // Coordinated names answer for "they".
            let group: Vec<usize> = if wants == Wants::They {
                let mut all = Vec::new();
                for head in self.trees.coordinated(other.head) {
                    if let Some(m) = self.raw.iter().position(|m| m.head == head) {
                        all.extend(of[m].iter().copied());
                    }
                }
                all.dedup();
                all
            } else {
                of[earlier].clone()
            };
            let plural = group.len() > 1;
            let fits = if wants == Wants::They {
                plural || group.iter().all(|&a| Self::fits(&self.actors[a], wants))
            } else {
                !plural && Self::fits(&self.actors[group[0]], wants)
            };
            if !fits || self.co_argument(pronoun, other.head, possessive) {
                continue;
            }
            let rel = self.trees.base_rel(other.head);
            let mut score = -(distance as f64);
            if rel == "nsubj" {
                score += 0.9;
                // The subject of the main clause is what the next sentence goes on about.
                let verb = self.trees.token(other.head).head;
                if verb.is_some_and(|v| matches!(self.trees.base_rel(v), "root" | "parataxis")) {
                    score += 0.3;
                }
            }
            if matches!(rel, "nmod" | "compound") {
                score -= 0.3;
            }
            if other.form == Form::Pronoun {
                score += 0.1;
            }
            if wants == Wants::They && (plural || self.actors[group[0]].kind == ActorKind::Group) {
                score += 0.5;
            }
            if wants == Wants::It && self.actors[group[0]].kind == ActorKind::Country && other.form == Form::Name {
                score += 0.1;
            }
            if matches!(wants, Wants::He | Wants::She) && self.actors[group[0]].female == Some(wants == Wants::She) {
                score += 0.2;
            }
            if self.actors[group[0]].kind == ActorKind::Person {
                score += 0.9;
            }
            // Whoever was credited with words is spoken of further.
            if self.trees.token(other.head).part == Part::Source {
                score += 0.3;
            }
            // Pronouns in one sentence agree with each other.
            if distance == 0
                && self.trees.dominates(self.trees.token(pronoun).head.unwrap_or(pronoun), other.head)
                && rel == "nsubj"
            {
                score += 0.2;
            }
            if best.as_ref().is_none_or(|(s, _)| score > *s) {
                best = Some((score, group));
            }
        }
        best.map(|(_, group)| group).unwrap_or_default()
    }

    /// Two arguments of one verb are different persons, unless one is a possessive.
    fn co_argument(&self, pronoun: usize, other: usize, possessive: bool) -> bool {
        if possessive
            || self.trees.word(pronoun).to_lowercase().ends_with("self")
            || self.trees.word(pronoun).to_lowercase().ends_with("selves")
        {
            return false;
        }
        let up = |t: usize| self.trees.token(t).head;
        up(pronoun).is_some()
            && up(pronoun) == up(other)
            && self.trees.base_rel(other) == "nsubj"
            && self.trees.base_rel(pronoun) != "conj"
    }
}
