//! Persons by their office or role: "the French president", "the envoy", "the Kremlin official".

use std::collections::BTreeMap;

use super::super::super::ActorKind;
use super::super::super::mentions::Form;
use super::super::{Actor, Build, FARTHEST};
use crate::lexicon::WordClass;
use crate::nlp::{Part, Upos};
use crate::ontology::Tenure;

/// Mentions before "the president" that are looked at for whom it means, and sentences in which a mention of him loses most of its weight.
const LOOK_BACK: usize = 400;
const FADING: f64 = 20.0;
/// How much more a mention of somebody counts who is known to hold that office of a state: other presidents than of states are named after what they lead.
const OFFICE: f64 = 4.0;

impl Build<'_> {
    /// "Its president, Dana Brook": whether somebody is introduced by an office of what was named before.
    fn is_of_body(&self, index: usize) -> bool {
        // The tree may call "its" a determiner.
        let mut offices = self.describing(self.raw[index].head);
        offices.any(|o| self.trees.children_by(o, &["nmod:poss", "det"]).any(|p| &*self.trees.token(p).xpos == "PRP$"))
    }

    /// "the Russian president", "the envoy": the person who holds that role.
    pub(super) fn person_of_role(
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
        // "the Senate majority leader": a chamber is nobody's side.
        let chamber = role.contains(' ')
            && self.raw[index]
                .belongs
                .and_then(|t| self.known_at(t))
                .is_some_and(|at| self.actors[at].kind == ActorKind::Organization && self.actors[at].bloc.is_none());
        let fits = |actor: &Actor| {
            actor.kind == ActorKind::Person
                && (chamber
                    || bloc.is_none_or(|b| actor.bloc.as_deref().is_none_or(|own| own == b || actor.label == b)))
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
        // "His spokesman" is none of another's: not "the party's transport spokesman".
        let of_pronoun =
            self.trees.children_by(self.raw[index].head, &["nmod:poss"]).any(|t| self.trees.upos(t) == Upos::Pron);
        let order = (0..index).rev().take(FARTHEST).chain((index + 1..self.raw.len()).take(FARTHEST));
        let mut best = None;
        if definite
            && bloc.is_none()
            && matches!(role.as_str(), "president" | "prime minister" | "chancellor" | "premier")
        {
            best =
                self.foremost(index, &role, |actor| fits(actor) && (has(actor, false) || self.holds_now(actor, &role)));
            // Somebody known who was named sooner than one who is introduced later.
            let title = if role == "premier" { "prime minister" } else { &role };
            best = best.or_else(|| self.foremost(index, title, |actor| fits(actor) && self.has_held(actor, title)));
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
            // "India's negotiator" is not the "chief negotiator" of nobody knows whom who is named later.
            let told = bloc.is_none() || actor.bloc.is_some() || actor.roles.contains(&role);
            if other > index && (!told || bloc.is_none() && self.is_of_body(other)) {
                continue;
            }
            if has(actor, !definite) && !(spokesperson && of_pronoun && !actor.roles.contains(&role))
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
        if definite && let Some(known) = self.insider(index, noun, bloc).or_else(|| self.of_camp(index, noun)) {
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
            } else if definite && bloc.is_none() {
                // "the president" without a country: a person of the document who holds such an office.
                let held = |known: usize| {
                    ontology
                        .offices
                        .iter()
                        .filter(|o| o.titles.contains(title))
                        .flat_map(|o| &o.tenures)
                        .any(|t| t.holder == known && day.is_none_or(|day| t.covers(day)))
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
                if let Some(holder) =
                    of.or(self.home).filter(|_| day.is_some()).and_then(|of| ontology.holder(title, of, day))
                {
                    return Some(vec![self.known_actor(holder)]);
                }
            }
        }
        None
    }

    /// "the Ohio Democrat": who spoke last, where that is nobody of another party.
    fn of_camp(&self, index: usize, noun: &str) -> Option<usize> {
        if !self.resolver.words.is(&format!("{noun}s"), WordClass::Camp) {
            return None;
        }
        let party = self.side_told_by(self.raw[index].head)?;
        let speaker = |&earlier: &usize| {
            let spoke = self.trees.token(self.raw[earlier].head).part == Part::Source;
            let person = |at: &&usize| self.actors[**at].kind == ActorKind::Person;
            spoke.then(|| self.of[earlier].first().filter(person)).flatten().copied()
        };
        let last = (0..index).rev().take_while(|&e| self.sentences_back(e, index) <= 2).find_map(|e| speaker(&e))?;
        let other = |bloc: &str| bloc.ends_with("Party") && bloc != party;
        (!self.actors[last].bloc.as_deref().is_some_and(other)).then_some(last)
    }

    /// Whether somebody held a state's office of this title on the article's day.
    pub(super) fn holds_now(&self, actor: &Actor, title: &str) -> bool {
        self.day.as_deref().is_some_and(|day| self.holds(actor, title, |tenure| tenure.covers(day)))
    }

    /// Whether somebody held a state's office of this title at any time, in an article whose day is not known.
    fn has_held(&self, actor: &Actor, title: &str) -> bool {
        self.day.is_none() && self.holds(actor, title, |_| true)
    }

    fn holds(&self, actor: &Actor, title: &str, then: impl Fn(&Tenure) -> bool) -> bool {
        let Some(known) = actor.known else { return false };
        let ontology = &self.resolver.ontology;
        let of_state = |of: usize| ontology.actors[of].kind == ActorKind::Country;
        let offices = ontology.offices.iter().filter(|o| of_state(o.of) && o.titles.iter().any(|t| t == title));
        offices.flat_map(|o| &o.tenures).any(|t| t.holder == known && then(t))
    }

    /// Of the persons named before whom `fits` admits, the one named most, the more the nearer: "the president" where several are spoken of.
    fn foremost(&self, index: usize, title: &str, fits: impl Fn(&Actor) -> bool) -> Option<usize> {
        let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
        for earlier in (0..index).rev().take(LOOK_BACK).filter(|&m| self.raw[m].form == Form::Name) {
            let Some(&at) = self.of[earlier].first() else { continue };
            if fits(&self.actors[at]) {
                let distance = self.sentences_back(earlier, index);
                let office = if self.holds_now(&self.actors[at], title) { OFFICE } else { 1.0 };
                *weights.entry(at).or_default() += office * (-(distance as f64) / FADING).exp();
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
}
