//! Decisions of a person: what they change, that they last, that taking them out again leaves no trace.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use demarche::act::{Act, Stance};
use demarche::corrections::Corrections;
use demarche::graph::{Run, Store, verify};
use demarche::ontology::Ontology;

use crate::fixture::{articles, dump, folder, store};

fn parse(text: &str) -> Corrections {
    Corrections::parse("decisions.toml", text, &Ontology::default()).unwrap()
}

const ALL: &str = r#"
author = "K. Novak"
date = 2026-03-01

[[merge]]
actors = ["Oskar Lind"]
into = { label = "Oskar Lindqvist", kind = "person", bloc = "Sudria" }
reason = "short name"

[[split]]
actor = "Ana Reyes"
alias = "she"
into = { label = "Maria Reyes", kind = "person", bloc = "Norland" }

[[actor]]
actor = "Council"
label = "Council of the Coast"
kind = "group"

[[claim]]
article = "ships-in-the-harbour.txt"
quote = "withdraw its ships from the Long Harbour"
act = "reject"
addressee = ["Estmark", { label = "League", kind = "organization" }]
reason = "misread"

[[claim]]
article = "Sudria answers"
quote = "piracy"
who = "Oskar Lind"
drop = true

[[issue]]
issue = "fishing-quota"
into = "Quotas at sea"
"#;

#[test]
fn every_kind_of_decision_does_what_it_says() {
    let mut store = store();
    // The addressee is known to the article that the claim stands in, or told in full.
    let mut decided = parse(&ALL.replace("\"Estmark\", ", ""));
    assert!(store.correct(decided.clone()).unwrap());
    store.commit().unwrap();
    assert_eq!(store.unapplied().unwrap(), []);
    let claims = store.claims().unwrap();
    assert_eq!(claims.len(), 14);
    let by = |words: &str| claims.iter().find(|claim| claim.content.text.contains(words)).unwrap();
    let withdraw = by("withdraw its ships from");
    assert_eq!((withdraw.act, withdraw.stance), (Act::Reject, Stance::Against));
    assert_eq!(withdraw.addressee[0].id, "league");
    assert_eq!(
        withdraw.corrections[0].change,
        "addressee: Sudria (country) → League (organization); act: demand → reject; stance: favour → against"
    );
    assert_eq!(withdraw.corrections[0].reason.as_deref(), Some("misread"));
    assert_eq!(by("accept the fishing").source[0].label, "Oskar Lindqvist");
    assert_eq!(by("accept the fishing").issue[0].id, "quotas-at-sea");
    assert_eq!(by("The ships must leave").source[0].label, "Maria Reyes");
    assert_eq!(by("would lift").source[0].label, "Ana Reyes", "another mention is another person");
    assert_eq!(by("not open to talks").addressee[0].label, "Council of the Coast");
    let dump = dump(&store);
    assert!(!dump.contains("id/actor/oskar-lind>") && !dump.contains("actor/oskar-lind/"));
    assert!(dump.contains("\"dropped\"") && dump.contains("\"K. Novak\"") && dump.contains("2026-03-01"));
    assert_eq!(verify(&store).unwrap().faults, []);
    // The same decisions again change nothing, wherever they stand in the file.
    assert!(!store.correct(decided.clone()).unwrap());
    decided = parse(&format!("\n\n{}", ALL.replace("\"Estmark\", ", "")));
    assert!(!store.correct(decided).unwrap());
}

#[test]
fn a_country_by_decision_speaks_for_itself() {
    for file in [
        "[[actor]]\nactor = \"Council\"\nlabel = \"Zembla\"\nkind = \"country\"\n",
        "[[merge]]\nactors = [\"Council\"]\ninto = { label = \"Zembla\", kind = \"country\" }\n",
    ] {
        let mut store = store();
        store.correct(parse(file)).unwrap();
        let claims = store.claims().unwrap();
        let talks = claims.iter().find(|claim| claim.content.text.contains("not open to talks")).unwrap();
        assert_eq!(talks.addressee[0].bloc.as_deref(), Some("Zembla"), "{file}");
    }
    let none = parse("[[actor]]\nactor = \"Council\"\nkind = \"country\"\nbloc = \"\"\n");
    let mut store = store();
    store.correct(none).unwrap();
    let claims = store.claims().unwrap();
    assert!(
        claims.iter().flat_map(|claim| &claim.addressee).all(|actor| actor.label != "Council" || actor.bloc.is_none())
    );
}

#[test]
fn taken_out_again_they_leave_no_trace() {
    let before = dump(&store());
    let path = folder("corrected");
    {
        let mut on_disk = Store::edit(&path).unwrap();
        for (document, claims) in articles() {
            on_disk.add(&document, &claims, &Run::default()).unwrap();
        }
        on_disk.commit().unwrap();
    }
    let whole = parse(ALL);
    {
        let mut on_disk = Store::edit(&path).unwrap();
        assert!(on_disk.correct(whole.clone()).unwrap());
        assert!(on_disk.commit().unwrap());
    }
    let on_disk = Store::open(&path).unwrap();
    assert_ne!(dump(&on_disk), before);
    assert_eq!(on_disk.corrections().decisions().len(), whole.decisions().len());
    assert_eq!(verify(&on_disk).unwrap().faults, []);
    // One out: as if it had never been in.
    let fewer = parse(&ALL.replace("[[issue]]\nissue = \"fishing-quota\"\ninto = \"Quotas at sea\"\n", ""));
    let mut on_disk = Store::edit(&path).unwrap();
    on_disk.correct(fewer.clone()).unwrap();
    on_disk.commit().unwrap();
    let mut anew = Store::in_memory().unwrap();
    anew.correct(fewer).unwrap();
    for (document, claims) in articles().into_iter().rev() {
        anew.add(&document, &claims, &Run::default()).unwrap();
    }
    anew.commit().unwrap();
    assert_eq!(dump(&on_disk), dump(&anew), "in whatever order articles and decisions come");
    // All out: byte for byte what it was.
    on_disk.correct(Corrections::default()).unwrap();
    on_disk.commit().unwrap();
    assert_eq!(dump(&on_disk), before);
    drop(on_disk);
    assert_eq!(dump(&Store::open(&path).unwrap()), before);
    assert!(std::fs::read_dir(&path).unwrap().all(|f| !f.unwrap().file_name().to_string_lossy().starts_with("corr")));
}

#[test]
fn articles_that_come_later_are_corrected_too() {
    let path = folder("corrected-later");
    let all = articles();
    let mut one = Store::edit(&path).unwrap();
    one.add(&all[0].0, &all[0].1, &Run::default()).unwrap();
    one.correct(parse(ALL)).unwrap();
    one.commit().unwrap();
    drop(one);
    let mut one = Store::edit(&path).unwrap();
    for (document, claims) in &all[1..] {
        one.add(document, claims, &Run::default()).unwrap();
    }
    assert_eq!(one.add(&all[0].0, &all[0].1, &Run::default()).unwrap(), demarche::graph::Change::None);
    one.commit().unwrap();
    let mut two = store();
    two.correct(parse(ALL)).unwrap();
    two.commit().unwrap();
    assert_eq!(dump(&one), dump(&two));
}

#[test]
fn a_decision_survives_another_cut_of_the_content_and_another_id() {
    let mut all = articles();
    let claim = &mut all[0].1[0];
    claim.id = "00000000000000aa".into();
    let end = claim.content.text.find(" from").unwrap();
    claim.content.text.truncate(end);
    claim.content.end = claim.content.start + claim.content.text.chars().count();
    let decided = parse(
        "[[claim]]\nclaim = \"1234567890ab\"\narticle = \"Ships in the harbour\"\nquote = \"withdraw its ships from the “Long Harbour”\"\nwho = \"Norland\"\nact = \"request\"\n",
    );
    // Four of the eight words are left: too little; then six.
    let found = decided.apply(std::slice::from_ref(&all[0].1[0].document), &all[0].1);
    assert_eq!(found.claims[0].act, Act::Request);
    let stranger = decided.apply(std::slice::from_ref(&all[1].1[0].document), &all[1].1);
    assert!(stranger.claims.iter().all(|claim| claim.corrections.is_empty()));
}

#[test]
fn what_no_longer_applies_is_reported_with_line_and_advice() {
    let mut store = store();
    store
        .correct(parse(
            "[[merge]]\nactors = [\"Nobody\"]\ninto = \"Somebody\"\n\
             [[claim]]\nclaim = \"ffffffffffff\"\ndrop = true\n\
             [[claim]]\narticle = \"Sudria turns\"\nquote = \"the treaty of the sea\"\ndrop = true\n\
             [[claim]]\narticle = \"Sudria turns\"\nquote = \"the fishing quota\"\nact = \"reject\"\n\
             [[claim]]\narticle = \"Sudria turns\"\nquote = \"the fishing quota\"\nsource = [\"Zembla\"]\n\
             [[claim]]\narticle = \"No such\"\nquote = \"the fishing quota\"\nact = \"deny\"\n",
        ))
        .unwrap();
    store.commit().unwrap();
    let said: Vec<String> =
        store.unapplied().unwrap().into_iter().map(|one| format!("{}: {}", one.decision.line, one.why)).collect();
    let expected = [
        "1: no claim names Nobody",
        "4: no claim has the id ffffffffffff; give `article` and `quote` too",
        "7: no claim of the article `Sudria turns` has these words",
        "11: claim ",
        "15: neither the article nor the ontology knows `Zembla`",
        "19: no article `No such` in the store",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.starts_with(expected), "{said}");
    }
    assert!(said[3].contains("is as decided without it; take the decision out"), "{}", said[3]);
}
