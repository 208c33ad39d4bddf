//! What changed between two stores, claim by claim.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use demarche::act::Act;
use demarche::actors::ActorKind;
use demarche::claims::Claim;
use demarche::diff::{Difference, compare, diff};
use demarche::graph::{Run, Store};

use crate::fixture::{REPLY, actor, articles, claim, document, store};

fn all() -> Vec<Claim> {
    articles().into_iter().flat_map(|(_, claims)| claims).collect()
}

/// The differences in short: sign, ids, fields.
fn told(old: &[Claim], new: &[Claim], measures: bool) -> Vec<String> {
    let words = |claim: &Claim| claim.content.text.chars().take(12).collect::<String>();
    let found = compare(old, new, measures);
    found
        .differences
        .iter()
        .map(|one| match one {
            Difference::Appeared { claim } => format!("+ {}", words(claim)),
            Difference::Vanished { claim } => format!("- {}", words(claim)),
            Difference::Changed { fields, .. } => {
                fields.iter().map(|f| format!("{}: {} → {}", f.field, f.old, f.new)).collect::<Vec<_>>().join("; ")
            }
        })
        .collect()
}

#[test]
fn the_same_stores_do_not_differ() {
    let found = diff(&store(), &store(), true).unwrap();
    assert_eq!((found.differences.len(), found.same), (0, 15));
}

#[test]
fn a_claim_is_the_same_under_another_id_and_in_other_bounds() {
    let old = all();
    let mut new = old.clone();
    new.reverse();
    for claim in &mut new {
        claim.id = format!("{}ff", claim.id);
    }
    assert_eq!(told(&old, &new, false), Vec::<String>::new());
    let at = new.iter().position(|c| c.content.text.starts_with("withdraw its ships")).unwrap();
    new[at].act = Act::Request;
    new[at].confidence = 0.1;
    new[at].content.end -= 5;
    let cut = new[at].content.text.char_indices().rev().nth(4).unwrap().0;
    new[at].content.text.truncate(cut);
    let said = told(&old, &new, false);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("act: demand → request; content: withdraw its ships from the “Long Harbour” → withdraw its ships from the “Long H"), "{said:?}");
    assert!(told(&old, &new, true)[0].ends_with("confidence: 0.9 → 0.1"));
}

#[test]
fn another_kind_of_an_actor_is_a_change() {
    let old = all();
    let mut new = old.clone();
    let at = new.iter().position(|c| c.content.text.starts_with("That is not open")).unwrap();
    new[at].addressee[0].kind = ActorKind::Group;
    assert_eq!(told(&old, &new, false), ["addressee: Council (organization) → Council (group)"]);
}

#[test]
fn what_appeared_and_vanished() {
    let old = all();
    let mut new = old.clone();
    let gone = new.remove(1);
    let (reply, _) = articles().swap_remove(1);
    new.push(claim(&reply, "Estmark", Act::Assert, "", "keep talking. Lind", ""));
    let said = told(&old, &new, false);
    // By path of the article: the harbour before Sudria's answers.
    assert_eq!(said, ["- would lift t", "+ keep talking"], "{said:?}");
    assert_eq!(told(&new, &old, false), ["+ would lift t", "- keep talking"]);
    assert_eq!(told(&[], std::slice::from_ref(&gone), false), ["+ would lift t"]);
    assert_eq!(told(&[gone], &[], false), ["- would lift t"]);
}

#[test]
fn an_article_whose_text_has_changed_is_paired_by_its_path() {
    let (_, old) = articles().swap_remove(1);
    let reply = document("Sudria answers", "2025-03-20", "Southern Post", &format!("Corrected. {REPLY}"));
    let mut new = vec![
        claim(&reply, "Sudria@Sudria", Act::Reject, "Norland", "the demand to withdraw its ships", "ship-withdrawal"),
        claim(&reply, "Estmark@Estmark", Act::Support, "", "the treaty", "treaty"),
    ];
    new[0].addressee.push(actor(&reply, "Council"));
    let said = told(&old, &new, false);
    let expected = ["addressee: Norland → Norland and Council", "- accept the f", "- keep talking", "- piracy"];
    assert_eq!(said, expected, "{said:?}");
}

#[test]
fn corrections_are_seen() {
    let mut corrected = Store::in_memory().unwrap();
    for (document, claims) in articles() {
        corrected.add(&document, &claims, &Run::default()).unwrap();
    }
    let file = "[[merge]]\nactors = [\"Oskar Lind\"]\ninto = \"Oskar Lindqvist\"\n";
    let decided =
        demarche::corrections::Corrections::parse("d", file, &demarche::ontology::Ontology::default()).unwrap();
    corrected.correct(decided).unwrap();
    corrected.commit().unwrap();
    let found = diff(&store(), &corrected, false).unwrap();
    assert_eq!(found.counts(), (0, 0, 2));
}
