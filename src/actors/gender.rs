//! Whether a person is a man or a woman where no title and no given name tells: from the pronouns in the sentences that name nobody else
//! (after Bergsma and Lin 2006, who count such pronouns in a corpus; here the article itself has to do).

use super::ActorKind;
use super::mentions::Form;
use super::resolve::{Actor, Mention};
use crate::nlp::Trees;

/// Sets [`Actor::female`] of persons for whom the article's pronouns are of one kind; mentions are in text order.
pub(super) fn from_pronouns(trees: &Trees<'_>, actors: &mut [Actor], mentions: &[Mention]) {
    // Pronouns of women and of men beside each person.
    let mut seen = vec![(0_usize, 0_usize); actors.len()];
    let sentence_of = |m: &Mention| trees.sentence_of(m.head);
    for sentence in mentions.chunk_by(|a, b| sentence_of(a) == sentence_of(b)) {
        let person =
            |m: &&Mention| m.actors.iter().any(|&a| matches!(actors[a].kind, ActorKind::Person | ActorKind::Role));
        let mut persons: Vec<usize> = sentence.iter().filter(person).flat_map(|m| m.actors.iter().copied()).collect();
        persons.sort_unstable();
        persons.dedup();
        let [who] = persons[..] else { continue };
        let named = sentence.iter().find(|m| m.actors == [who]).map_or(usize::MAX, |m| m.last);
        for pronoun in sentence.iter().filter(|m| m.form == Form::Pronoun && m.first > named) {
            match trees.word(pronoun.head).to_lowercase().as_str() {
                "she" | "her" | "herself" => seen[who].0 += 1,
                "he" | "him" | "his" | "himself" => seen[who].1 += 1,
                _ => {}
            }
        }
    }
    for (actor, (women, men)) in actors.iter_mut().zip(seen) {
        if actor.female.is_none() && actor.kind == ActorKind::Person && (women == 0) != (men == 0) {
            actor.female = Some(women > 0);
        }
    }
}
