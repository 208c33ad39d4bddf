//! "His lawyers", "its foreign ministry": those who have no name are called by whose they are.

use std::collections::{BTreeMap, BTreeSet};

use super::super::mentions::Form;
use super::super::{ActorKind, is_suffix};
use super::{Cast, slug};
use crate::lexicon::{WordClass, Words};
use crate::nlp::Trees;

/// "its foreign ministry", "his lawyers": what belongs to somebody that a pronoun stands for has that name in its label, and is on the side of a country.
pub(super) fn owners_of_pronouns(trees: &Trees<'_>, words: &Words, cast: &mut Cast) {
    sides_of_named(trees, words, cast);
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
            // "the lawyers" after "his lawyers" are the same, "lawyers" before them are not.
            None if owners.contains_key(&what) => continue,
            _ => None,
        };
        owners.entry(what).and_modify(|o| *o = o.filter(|&o| Some(o) == owner)).or_insert(owner);
    }
    let alone = called_alone(trees, cast);
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
            ActorKind::Person => match alone.get(&whose) {
                Some(name) => name,
                None => owner.label.split(' ').rev().find(|word| !is_suffix(word)).unwrap_or(&owner.label),
            },
            ActorKind::Country | ActorKind::Organization => &owner.label,
            _ => continue,
        };
        let actor = &mut cast.actors[what];
        // "His ministry" is on his side, "his lawyers" are on nobody's.
        let office = words.is(&noun, WordClass::Body) || words.is(&noun, WordClass::Spokesperson);
        let side = match owner.kind {
            ActorKind::Country => Some(&owner.label),
            ActorKind::Person if office => owner.bloc.as_ref(),
            _ => None,
        };
        let side = side.filter(|_| actor.bloc.is_none()).cloned();
        // The capital of a first word that the article writes small is the label's own.
        let rest = if small.contains(&what) { uncapitalised(&actor.label) } else { actor.label.clone() };
        actor.id = match &side {
            Some(side) if owner.kind == ActorKind::Country => slug(&format!("{} {side}", actor.label)),
            _ => slug(&format!("{called} {rest}")),
        };
        let mark = if called.ends_with('s') { "'" } else { "'s" };
        actor.label = format!("{called}{mark} {rest}");
        actor.bloc = side.or_else(|| actor.bloc.take());
    }
}

/// The part of his name by which the article calls a person alone: "Kim" of "Kim Jong Un".
fn called_alone<'a>(trees: &Trees<'a>, cast: &Cast) -> BTreeMap<usize, &'a str> {
    let mut names = BTreeMap::new();
    for mention in cast.mentions.iter().filter(|m| m.form == Form::Name && m.first == m.last) {
        let &[person] = mention.actors.as_slice() else { continue };
        let word = trees.word(mention.first);
        if cast.actors[person].label.split(' ').any(|part| part == word) {
            names.entry(person).or_insert(word);
        }
    }
    names
}

/// "its foreign minister, Dana Brook", "his spokesman, Omar Hale": somebody named speaks for whom the pronoun stands for.
fn sides_of_named(trees: &Trees<'_>, words: &Words, cast: &mut Cast) {
    let mut sides: Vec<(usize, String)> = Vec::new();
    for mention in cast.mentions.iter().filter(|m| m.form == Form::Nominal) {
        let &[what] = mention.actors.as_slice() else { continue };
        if cast.actors[what].kind != ActorKind::Person || cast.actors[what].bloc.is_some() {
            continue;
        }
        let pronoun = trees.children_by(mention.head, &["nmod:poss"]).next().and_then(|p| cast.at_head(p));
        let Some(&[whose]) = pronoun.filter(|p| p.form == Form::Pronoun).map(|p| p.actors.as_slice()) else { continue };
        let owner = &cast.actors[whose];
        let speaks = words.is(&trees.lemma(mention.head).to_lowercase(), WordClass::Spokesperson);
        let side = match owner.kind {
            ActorKind::Country => Some(owner.label.clone()),
            ActorKind::Organization => owner.bloc.clone().or_else(|| Some(owner.label.clone())),
            ActorKind::Person if speaks && whose != what => owner.bloc.clone(),
            _ => None,
        };
        sides.extend(side.map(|side| (what, side)));
    }
    for (what, side) in sides {
        cast.actors[what].bloc.get_or_insert(side);
    }
}

fn uncapitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
