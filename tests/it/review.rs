//! What is put to a person to decide, and that what was decided is not asked again.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use demarche::act::Act;
use demarche::corrections::Corrections;
use demarche::graph::{Run, Store};
use demarche::ontology::Ontology;
use demarche::review::{Item, Options, Question, review};

use crate::fixture::{articles, claim, document};

const OPTIONS: Options = Options { below: 0.5, limit: 10 };

fn doubtful() -> Store {
    let mut store = Store::in_memory().unwrap();
    for (document, claims) in articles() {
        store.add(&document, &claims, &Run::default()).unwrap();
    }
    let late = document(
        "Late\tnews",
        "2025-04-09",
        "Southern Post",
        "A. Reyes offered Sudria a \"new\" treaty.\nO. Lind rejected the fishing quotas.",
    );
    let mut claims = vec![
        claim(&late, "A. Reyes/Norland@A. Reyes", Act::Commit, "Sudria@Sudria", "a \"new\" treaty", "treaties"),
        claim(&late, "O. Lind@O. Lind", Act::Reject, "", "the fishing quotas", "fishing-quotas"),
    ];
    for claim in &mut claims {
        for actor in &mut claim.source {
            actor.id = demarche::actors::slug(&actor.label);
        }
    }
    claims[1].confidence = 0.25;
    store.add(&late, &claims, &Run::default()).unwrap();
    store.commit().unwrap();
    store
}

fn asked(items: &[Item]) -> Vec<String> {
    items
        .iter()
        .map(|item| match &item.question {
            Question::Actors { one, other, .. } | Question::Issues { one, other, .. } => {
                format!("{} = {}", other.label, one.label)
            }
            Question::Claim { claim } => claim.content.text.clone(),
        })
        .collect()
}

#[test]
fn actors_issues_and_claims_are_asked_and_what_is_decided_is_not_asked_again() {
    let mut store = doubtful();
    let items = review(&store, &OPTIONS).unwrap();
    let expected = [
        "A. Reyes = Ana Reyes",
        "O. Lind = Oskar Lind",
        "fishing quotas = fishing quota",
        "treaties = treaty",
        "the fishing quotas",
    ];
    // "treaties" is another word than "treaty" to a rule that knows plurals in s only.
    let expected: Vec<&str> = expected.into_iter().filter(|line| !line.starts_with("treaties")).collect();
    assert_eq!(asked(&items), expected);
    assert_eq!(
        items[0].passages[0].text,
        "⟦A. Reyes⟧ offered Sudria a \"new\" treaty. O. Lind rejected the fishing quotas."
    );
    assert!(items[3].entry.contains("quote = \"the fishing quotas\""), "{}", items[3].entry);
    // The entries are good as they are.
    let file: String = items.iter().map(|item| item.entry.as_str()).collect::<Vec<_>>().join("\n");
    let decided = Corrections::parse("d.toml", &file, &Ontology::default()).unwrap();
    assert_eq!(decided.decisions().len(), 4);
    store.correct(decided).unwrap();
    store.commit().unwrap();
    // Once the one claim about it is dropped, the decisions on its source and its issue have nothing left to do, and that is said.
    let said: Vec<String> = store.unapplied().unwrap().iter().map(|one| one.decision.summary()).collect();
    assert_eq!(said, ["actor:o-lind is Oskar Lind", "the issue issue:fishing-quotas is fishing quota"]);
    assert_eq!(asked(&review(&store, &OPTIONS).unwrap()), Vec::<String>::new());
}

#[test]
fn a_no_is_a_decision_too() {
    let mut store = doubtful();
    let id = match &review(&store, &OPTIONS).unwrap()[3].question {
        Question::Claim { claim } => claim.id.clone(),
        other => panic!("{other:?}"),
    };
    let file = format!(
        "[[distinct]]\nactors = [\"A. Reyes\", \"Ana Reyes\"]\n[[distinct]]\nactors = [\"actor:o-lind\", \"Oskar Lind\"]\n[[claim]]\nclaim = \"{id}\"\nright = true\n"
    );
    store.correct(Corrections::parse("d.toml", &file, &Ontology::default()).unwrap()).unwrap();
    store.commit().unwrap();
    assert_eq!(store.unapplied().unwrap(), []);
    assert_eq!(asked(&review(&store, &OPTIONS).unwrap()), ["fishing quotas = fishing quota"]);
    assert_eq!(demarche::graph::verify(&store).unwrap().faults, []);
}
