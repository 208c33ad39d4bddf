//! Wire copy: one text in several outlets, and one sentence in several texts.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use demarche::act::Act;
use demarche::claims::Claim;
use demarche::corpus::Document;
use demarche::graph::{Change, Run, Store, verify};
use demarche::network::{self, Kind, Options};
use demarche::pipeline::Engine;
use demarche::query::{self, Copies, Level, Limits, Params};

use crate::fixture::{claim, document, dump, folder};

const WIRE: &str =
    "Norland demanded on Monday that Sudria withdraw its ships from the harbour and pay for the damage to the quay.";

fn printed(title: &str, published: &str, outlet: &str, text: &str) -> (Document, Vec<Claim>) {
    let document = document(title, published, outlet, text);
    let mut claims = vec![
        claim(
            &document,
            "Norland@Norland",
            Act::Demand,
            "Sudria@Sudria",
            "withdraw its ships from the harbour",
            "ships",
        ),
        claim(&document, "Norland@Norland", Act::Demand, "Sudria@Sudria", "pay for the damage to the quay", "ships"),
    ];
    for claim in &mut claims {
        demarche::span::hex(claim.id.as_bytes())[..16].clone_into(&mut claim.id);
    }
    (document, claims)
}

/// The agency's text in two outlets, a third outlet's version of it, and an article of its own.
fn all() -> Vec<(Document, Vec<Claim>)> {
    let own = document(
        "Own words",
        "2025-03-19",
        "Estmark Times",
        "Sudria must withdraw its ships from the harbour, said Norland.",
    );
    let claims = vec![claim(
        &own,
        "Norland@Norland",
        Act::Demand,
        "Sudria@Sudria",
        "withdraw its ships from the harbour",
        "ships",
    )];
    vec![
        printed("Ships", "2025-03-17", "Northern Courier", WIRE),
        printed("Ships again", "2025-03-18", "Southern Post", WIRE),
        printed(
            "Row over ships",
            "2025-03-18",
            "Harbour Mail",
            &format!("Tension grows. {}", WIRE.replace("on Monday", "late on Monday")),
        ),
        (own, claims),
    ]
}

fn store(order: &[usize]) -> Store {
    let mut store = Store::in_memory().unwrap();
    for &n in order {
        let (document, claims) = all().swap_remove(n);
        store.add(&document, &claims, &Run::default()).unwrap();
    }
    store.commit().unwrap();
    store
}

#[test]
fn in_any_order_the_same_bytes() {
    let whole = dump(&store(&[0, 1, 2, 3]));
    for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 1, 3, 0]] {
        assert_eq!(dump(&store(&order)), whole);
    }
    assert_eq!(verify(&store(&[1, 0, 2, 3])).unwrap().faults, []);
    assert_eq!(whole.matches("ns#copyOf>").count() - dump(&store(&[])).matches("ns#copyOf>").count(), 2);
}

#[test]
fn one_text_has_several_publications_and_the_earliest_stands_for_it() {
    let path = folder("publications");
    let mut on_disk = Store::edit(&path).unwrap();
    let mut add = |n: usize| {
        let (document, claims) = all().swap_remove(n);
        on_disk.add(&document, &claims, &Run::default()).unwrap()
    };
    assert_eq!(add(1), Change::Added);
    assert_eq!(add(0), Change::Published);
    assert_eq!(add(1), Change::None);
    on_disk.commit().unwrap();
    drop(on_disk);
    let mut on_disk = Store::edit(&path).unwrap();
    assert_eq!(dump(&on_disk), dump(&store(&[0, 1])));
    assert_eq!(on_disk.size().unwrap().claims, 2);
    let id = on_disk.articles().next().unwrap().to_owned();
    assert_eq!(on_disk.claims().unwrap()[0].document.publisher.as_deref(), Some("Northern Courier"));
    // Read again from the same path with another outlet: it takes the place of what was read there.
    let (mut document, claims) = all().swap_remove(1);
    document.metadata.publisher = Some("Southern Evening Post".into());
    assert_eq!(on_disk.add(&document, &claims, &Run::default()).unwrap(), Change::Replaced);
    let (document, claims) = all().swap_remove(1);
    assert_eq!(on_disk.add(&document, &claims, &Run::default()).unwrap(), Change::Replaced);
    assert_eq!(on_disk.withdraw(&id, |place| place == "nowhere.txt").unwrap(), Change::None);
    assert_eq!(on_disk.withdraw(&id, |place| place == "ships.txt").unwrap(), Change::Removed);
    on_disk.commit().unwrap();
    assert_eq!(dump(&on_disk), dump(&store(&[1])));
    assert_eq!(on_disk.withdraw(&id, |place| place == "ships-again.txt").unwrap(), Change::Removed);
    on_disk.commit().unwrap();
    assert_eq!(dump(&on_disk), dump(&store(&[])));
}

#[test]
fn questions_count_copies_in_each_text_once_or_by_outlet() {
    let store = store(&[0, 1, 2, 3]);
    let times = |copies: Copies| {
        let table = query::ask(&store, "demands", &Params { copies, ..Params::default() }, &Limits::default()).unwrap();
        (0..table.rows.len()).map(|row| table.number(row, "times").unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(times(Copies::Each), [5]);
    assert_eq!(times(Copies::Once), [3]);
    assert_eq!(times(Copies::Outlet), [7]);
    let table = query::ask(&store, "sources", &Params::default(), &Limits::default()).unwrap();
    let outlets: Vec<String> = (0..table.rows.len())
        .map(|row| format!("{} {}", table.text(row, "outlet"), table.text(row, "claims")))
        .collect();
    assert_eq!(outlets, ["Estmark Times 1", "Harbour Mail 2", "Northern Courier 2", "Southern Post 2"]);
    for question in query::questions() {
        let once = query::prepare(&store, question.name, &Params { copies: Copies::Once, ..Params::default() });
        match once {
            Ok(sparql) => drop(query::run(&store, &sparql, &Limits::default()).unwrap()),
            Err(e) => assert!(["articles"].contains(&question.name), "{e}"),
        }
    }
    for (question, column) in [
        ("demands", "times"),
        ("answers", "times"),
        ("positions", "favour"),
        ("issues", "claims"),
        ("issues", "favour"),
        ("actors", "asSource"),
        ("actors", "asAddressee"),
    ] {
        for level in [Level::Actor, Level::Bloc] {
            for (copies, count) in [(Copies::Each, 5_i64), (Copies::Once, 3), (Copies::Outlet, 7)] {
                for min_count in [None, Some(count.cast_unsigned())] {
                    // Of the actors, only the source says so many.
                    if column == "asAddressee" && min_count.is_some() {
                        continue;
                    }
                    let params = Params { copies, level, min_count, ..Params::default() };
                    let table = query::ask(&store, question, &params, &Limits::default()).unwrap();
                    let most = (0..table.rows.len()).filter_map(|row| table.number(row, column)).max();
                    assert_eq!(most, Some(count), "{question} {column} {params:?}");
                }
                let min_count = Some(count.cast_unsigned() + 1);
                let none = Params { copies, level, min_count, ..Params::default() };
                assert!(query::ask(&store, question, &none, &Limits::default()).unwrap().rows.is_empty(), "{question}");
            }
        }
    }
    let error = query::prepare(&store, "offers", &Params { copies: Copies::Outlet, ..Params::default() }).unwrap_err();
    assert!(
        error.to_string().contains("lists claims and does not count them; by outlet count demands, answers,"),
        "{error}"
    );
    let error = query::prepare(&store, "articles", &Params { copies: Copies::Once, ..Params::default() }).unwrap_err();
    assert!(error.to_string().contains("each article is listed"), "{error}");
}

#[test]
fn networks_count_copies_in_each_text_once_or_by_outlet() {
    let statements = network::statements(&store(&[0, 1, 2, 3]), &Limits::default()).unwrap();
    let weight = |copies, kind| -> f64 {
        let network = network::build(kind, &statements, &Options { copies, ..Options::default() });
        network.edges.iter().map(|edge| edge.weight).sum()
    };
    for (copies, demands) in [(Copies::Each, 5.0), (Copies::Once, 3.0), (Copies::Outlet, 7.0)] {
        assert!((weight(copies, Kind::Demands) - demands).abs() < 1e-9, "{copies:?}");
    }
    // Four outlets let Norland speak, whatever the count.
    let network = network::build(Kind::Quotations, &statements, &Options::default());
    assert_eq!(network.edges.len(), 4);
    let outlets =
        network::build(Kind::Demands, &statements, &Options { weight: network::Weight::Outlets, ..Options::default() });
    assert!((outlets.edges[0].weight - 4.0).abs() < 1e-9);
}

#[test]
fn who_has_no_name_is_somebody_else_in_each_article_and_copies_are_still_found() {
    const DOCKERS: &str =
        "Dockworkers demanded that the company pay for the damage to the quay before the end of the month.";
    const MINISTRY: &str = "Norway rejected the offer. Norway’s foreign ministry said the quay must be repaired.";
    let engine = Engine::new(&[]).unwrap();
    let mut store = Store::in_memory().unwrap();
    let mut ids: Vec<Vec<String>> = Vec::new();
    for (day, rest) in [(17, "It rained."), (18, "The sun came out.")] {
        let text = format!("{DOCKERS}\n\n{MINISTRY}\n\n{rest}");
        let document = document(&format!("Quay {day}"), &format!("2025-03-{day}"), "Harbour Mail", &text);
        let claims = engine.claims(&document);
        let of = |words: &str| {
            let found = claims.iter().find(|claim| claim.content.text.contains(words));
            found.unwrap_or_else(|| panic!("no claim on `{words}`")).source[0].id.clone()
        };
        ids.push(vec![of("pay for the damage"), of("repaired")]);
        store.add(&document, &claims, &Run::default()).unwrap();
    }
    store.commit().unwrap();
    assert_ne!(ids[0][0], ids[1][0]);
    assert_eq!(ids[0][1], ids[1][1]);
    assert!(ids[0][1].contains("norway"), "{}", ids[0][1]);
    let copies = dump(&store).lines().filter(|line| line.contains("copyOf")).count();
    assert!(copies >= 2, "{copies}");
}
