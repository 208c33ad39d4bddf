//! Questions and their answers on a small quarrel.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::time::Duration;

use demarche::act::Act;
use demarche::graph::{Profile, Run, Store};
use demarche::query::{self, Answer, Copies, Format, Level, Limits, Params, Table, write_answer};
use oxigraph::io::RdfFormat;

use crate::fixture::{claim, document, store};

fn ask(name: &str, params: &Params) -> Table {
    query::ask(&store(), name, params, &Limits::default()).unwrap()
}

/// The rows of some columns, as texts.
fn rows(table: &Table, columns: &[&str]) -> Vec<String> {
    (0..table.rows.len())
        .map(|row| columns.iter().map(|column| table.text(row, column)).collect::<Vec<_>>().join(" | "))
        .collect()
}

#[test]
fn demands() {
    let table = ask("demands", &Params::default());
    assert_eq!(
        rows(&table, &["who", "act", "whom", "issue", "times", "basis", "first", "words"]),
        [
            "Ana Reyes | demand | Sudria | ship withdrawal | 1 | stated | 2025-03-17 | The ships must leave",
            "Estmark | request | Norland |  | 1 | stated | 2025-03-20 | keep talking",
            "Estmark | request | Sudria |  | 1 | stated | 2025-03-20 | keep talking",
            "Norland | demand | Sudria | ship withdrawal | 1 | stated | 2025-03-10 | withdraw its ships from the “Long Harbour”",
        ]
    );
    let bloc = ask("demands", &Params { level: Level::Bloc, actor: Some("norland".into()), ..Params::default() });
    assert_eq!(
        rows(&bloc, &["who", "whom", "issue", "times", "first", "last"]),
        ["Norland | Sudria | ship withdrawal | 2 | 2025-03-10 | 2025-03-17"]
    );
    let one = |params| rows(&ask("demands", &params), &["who", "whom"]);
    assert_eq!(one(Params { addressee: Some("Norland".into()), ..Params::default() }), ["Estmark | Norland"]);
    assert_eq!(
        one(Params { since: Some("2025-03-18".into()), issue: Some("ship".into()), ..Params::default() }).len(),
        0
    );
    assert_eq!(one(Params { until: Some("2025-03-12".into()), ..Params::default() }), ["Norland | Sudria"]);
    assert_eq!(one(Params { act: vec![Act::Accept], ..Params::default() }).len(), 2);
    assert_eq!(one(Params { act: vec![Act::Accept], via: Some(false), ..Params::default() }), ["Sudria | Norland"]);
}

#[test]
fn names_are_found_or_explained() {
    let store = store();
    let prepare = |params: Params| query::prepare(&store, "demands", &params);
    let actor = |name: &str| prepare(Params { actor: Some(name.to_owned()), ..Params::default() });
    for name in [
        "Ana Reyes",
        "ana reyes",
        "ana-reyes",
        "actor:ana-reyes",
        "Reyes",
        "https://w3id.org/demarche/id/actor/ana-reyes",
    ] {
        let sparql = actor(name).unwrap();
        assert!(sparql.contains("VALUES ?source { <https://w3id.org/demarche/id/actor/ana-reyes> }"), "{sparql}");
    }
    assert!(actor("Nobody").unwrap_err().to_string().contains("the store knows none of that name"));
    assert!(actor("Rey").is_err() && actor("").is_err(), "a part of a word is no name");
    assert!(actor("} DROP ALL {").is_err());
    let date = prepare(Params { since: Some("17 March".into()), ..Params::default() }).unwrap_err().to_string();
    assert!(date.contains("it must be a day like 2025-03-17"), "{date}");
    let option = prepare(Params { text: Some("x".into()), ..Params::default() }).unwrap_err().to_string();
    assert!(option.contains("`--text`") && option.contains("does not take it"), "{option}");
    let question = query::question("demand").unwrap_err().to_string();
    assert!(question.contains("did you mean `demands`? known are demands, answers"), "{question}");
    let question = query::question("weather").unwrap_err().to_string();
    assert!(question.contains("there is no such question; known are"), "{question}");
}

#[test]
fn names_of_the_ontology_come_before_words_of_a_label() {
    let document = document("Talks", "2025-03-17", "Northern Courier", "The truce must hold.");
    let mut store = Store::in_memory().unwrap();
    let claims: Vec<_> =
        ["Volodymyr Zelensky", "Russia", "Kremlin official", "United States", "US troops", "Oskar Lind", "Bo Lind"]
            .map(|source| claim(&document, source, Act::Demand, "", "The truce must hold", "ceasefire"))
            .into();
    store.add(&document, &claims, &Run::default()).unwrap();
    store.commit().unwrap();
    let found = |params: Params| query::prepare(&store, "demands", &params);
    let actor = |name: &str| found(Params { actor: Some(name.to_owned()), ..Params::default() });
    for (name, id) in [
        ("Zelenskyy", "volodymyr-zelensky"),
        ("volodymyr zelenskiy", "volodymyr-zelensky"),
        ("Kremlin", "russia"),
        ("Moscow", "russia"),
        ("kremlin official", "kremlin-official"),
        ("US", "united-states"),
        ("U.S.", "united-states"),
        ("Washington", "united-states"),
        ("troops", "us-troops"),
        ("Oskar", "oskar-lind"),
    ] {
        let sparql = actor(name).unwrap();
        assert!(sparql.contains(&format!("VALUES ?source {{ <https://w3id.org/demarche/id/actor/{id}> }}")), "{name}");
    }
    let error = actor("Lind").unwrap_err().to_string();
    assert!(error.contains("it may be each of 2: Bo Lind (bo-lind), Oskar Lind (oskar-lind)"), "{error}");
    let truce = found(Params { issue: Some("truce".into()), ..Params::default() }).unwrap();
    assert!(truce.contains("<https://w3id.org/demarche/id/issue/ceasefire>"), "{truce}");
}

#[test]
fn without_a_date_only_the_same_article_answers() {
    let ask = |published: &str, replying: bool| {
        let asking = document("Asking", published, "Northern Courier", "Norland: leave. Sudria: never.");
        let later = document("Later", "2025-03-20", "Southern Post", "Sudria agrees to leave now.");
        let mut store = Store::in_memory().unwrap();
        let mut claims = vec![claim(&asking, "Norland", Act::Demand, "Sudria", "leave", "ship-withdrawal")];
        if replying {
            claims.push(claim(&asking, "Sudria", Act::Reject, "Norland", "never", "ship-withdrawal"));
        }
        store.add(&asking, &claims, &Run::default()).unwrap();
        let reply = claim(&later, "Sudria", Act::Accept, "Norland", "leave now", "ship-withdrawal");
        store.add(&later, &[reply], &Run::default()).unwrap();
        store.commit().unwrap();
        let asked = |name| query::ask(&store, name, &Params::default(), &Limits::default()).unwrap();
        (rows(&asked("answers"), &["answer", "first", "reply"]), asked("changes").rows.len())
    };
    assert_eq!(ask("2025-03-17", true), (vec!["accepted | 2025-03-17 | leave now".to_owned()], 1));
    assert_eq!(ask("2025-03-21", false), (vec!["unanswered | 2025-03-21 | ".to_owned()], 0));
    assert_eq!(ask("in spring", false), (vec!["unanswered |  | ".to_owned()], 0));
    assert_eq!(ask("in spring", true), (vec!["rejected |  | never".to_owned()], 0));
}

#[test]
fn any_query_within_limits() {
    let store = store();
    let limits = Limits::default();
    let run = |sparql: &str| query::run(&store, sparql, &limits);
    assert_eq!(run("ASK { ?c a dm:Claim }").unwrap(), Answer::Boolean(true), "prefixes and union come by themselves");
    assert_eq!(
        run("ASK FROM <https://w3id.org/demarche/id/graph/actors> { ?c a dm:Claim }").unwrap(),
        Answer::Boolean(false)
    );
    let Answer::Graph(triples) = run("CONSTRUCT { ?a dm:rejects ?b } WHERE { ?a dm:rejects ?b }").unwrap() else {
        panic!()
    };
    assert_eq!(triples.len(), 2);
    let error = run("SELECT ?x WHERE {\n  ?x a dm:Claim ;; ?y }").unwrap_err().to_string();
    assert!(error.contains("2:"), "{error}");
    let update = run("INSERT DATA { <x:a> <x:b> <x:c> }").unwrap_err().to_string();
    assert!(update.contains("only SELECT, ASK, CONSTRUCT and DESCRIBE"), "{update}");
    let prefix = run("SELECT * { ?x foo:bar ?y }").unwrap_err().to_string();
    assert!(prefix.contains("unknown prefix `foo`; known without declaring are dm, act,"), "{prefix}");
    let few = Limits { rows: 3, ..limits };
    let Answer::Table(table) = query::run(&store, "SELECT * { ?s ?p ?o }", &few).unwrap() else { panic!() };
    assert!(table.cut && table.rows.len() == 3);
    let short = Limits { time: Duration::from_millis(50), ..limits };
    let started = std::time::Instant::now();
    let error = query::run(&store, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", &short).unwrap_err();
    assert!(error.to_string().contains("took longer than 0.05 s"), "{error}");
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn answers_in_every_format() {
    let store = store();
    let run = |sparql: &str, name: &str| {
        let answer = query::run(&store, sparql, &Limits::default()).unwrap();
        let mut out = Vec::new();
        write_answer(&answer, Format::from_name(name).unwrap(), &mut out).map(|()| String::from_utf8(out).unwrap())
    };
    let select = "SELECT ?who ?n { VALUES (?who ?n) { (actor:norland 12) (\"a, \\\"b\\\"\\n\" UNDEF) } }";
    assert_eq!(run(select, "table").unwrap(), "who             n\nactor:norland  12\na, \"b\"\n");
    assert_eq!(
        run(select, "csv").unwrap(),
        "who,n\r\nhttps://w3id.org/demarche/id/actor/norland,12\r\n\"a, \"\"b\"\"\n\",\r\n"
    );
    assert!(run(select, "tsv").unwrap().starts_with("?who\t?n\n<https://w3id.org/demarche/id/actor/norland>\t12\n"));
    assert!(run(select, "json").unwrap().contains("\"uri\""));
    assert!(run(select, "xml").unwrap().ends_with("</sparql>\n"));
    assert!(run(select, "turtle").unwrap_err().to_string().contains("gives no graph"));
    let graph = "CONSTRUCT { ?a dm:rejects ?b } WHERE { ?a dm:rejects ?b }";
    for name in Format::NAMES {
        let written = run(graph, name);
        assert_eq!(written.is_ok(), !["csv", "tsv", "json", "xml"].contains(&name), "{name}");
    }
    assert_eq!(run("ASK {}", "table").unwrap(), "true\n");
    assert_eq!(run("ASK {}", "json").unwrap(), "{\"head\":{},\"boolean\":true}\n");
    assert_eq!(Format::from_name("word"), None);
}

/// Answers of every question on the quarrel, kept in `tests/queries/`; `UPDATE=1 cargo test` writes them anew. The graph, the queries as they
/// were run and the answers are also left in `target/tmp/external/`, where `tests/external/check_graph.py` asks another SPARQL engine the same.
#[test]
fn every_question_answers_as_expected() {
    let store = store();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries");
    let external = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("external");
    let update = std::env::var_os("UPDATE").is_some();
    std::fs::create_dir_all(&folder).unwrap();
    let _ = std::fs::remove_dir_all(&external);
    std::fs::create_dir_all(&external).unwrap();
    let mut trig = Vec::new();
    demarche::graph::write(&store, RdfFormat::TriG, &mut trig).unwrap();
    std::fs::write(external.join("data.trig"), trig).unwrap();
    for (file, profile, format) in [
        ("nanopub.trig", Profile::Nanopub, RdfFormat::TriG),
        ("nanopub.nq", Profile::Nanopub, RdfFormat::NQuads),
        ("rdf12.trig", Profile::Rdf12, RdfFormat::TriG),
        ("rdf12.nq", Profile::Rdf12, RdfFormat::NQuads),
        ("rdf12.ttl", Profile::Rdf12, RdfFormat::Turtle),
    ] {
        let mut out = Vec::new();
        demarche::graph::write_profile(&store, profile, format, &mut out).unwrap();
        std::fs::write(external.join(file), out).unwrap();
    }
    let norland = || Some("norland".to_owned());
    let variants: [(&str, Params); 8] = [
        ("all", Params::default()),
        ("bloc", Params { level: Level::Bloc, ..Params::default() }),
        ("once", Params { copies: Copies::Once, ..Params::default() }),
        ("outlet", Params { copies: Copies::Outlet, ..Params::default() }),
        ("actor", Params { actor: norland(), level: Level::Bloc, ..Params::default() }),
        // Somebody who says nothing: there is nothing to group.
        ("silent", Params { actor: Some("council".into()), level: Level::Bloc, ..Params::default() }),
        ("dated", Params { since: Some("2025-03-15".into()), until: Some("2025-03-31".into()), ..Params::default() }),
        (
            "own",
            Params {
                via: Some(false),
                issue: Some("ship-withdrawal".into()),
                min_count: Some(1),
                limit: Some(3),
                ..Params::default()
            },
        ),
    ];
    for question in query::questions() {
        for (variant, params) in &variants {
            let sparql = match query::prepare(&store, question.name, params) {
                Ok(sparql) => sparql,
                Err(e) => {
                    let why = e.to_string();
                    assert!(why.contains("does not take it") || why.contains("does not count them"), "{why}");
                    continue;
                }
            };
            let answer = query::run(&store, &sparql, &Limits::default()).unwrap();
            let mut tsv = Vec::new();
            write_answer(&answer, Format::from_name("tsv").unwrap(), &mut tsv).unwrap();
            let name = format!("{}.{variant}", question.name);
            std::fs::write(external.join(format!("{name}.rq")), &sparql).unwrap();
            std::fs::write(external.join(format!("{name}.tsv")), &tsv).unwrap();
            let kept = folder.join(format!("{name}.tsv"));
            if update {
                std::fs::write(&kept, &tsv).unwrap();
            }
            let expected = std::fs::read_to_string(&kept).unwrap_or_else(|e| panic!("{}: {e}", kept.display()));
            assert_eq!(String::from_utf8(tsv).unwrap(), expected, "{name}");
        }
    }
}

#[test]
fn search_wants_all_words_and_keeps_phrases() {
    let words =
        |text: &str| rows(&ask("search", &Params { text: Some(text.to_owned()), ..Params::default() }), &["words"]);
    assert_eq!(words("ships LEAVE must"), ["That is not open to talks", "The ships must leave"]);
    assert_eq!(words("\"must leave\" council"), ["That is not open to talks"]);
    assert!(words("\"leave must\"").is_empty());
    assert!(words("zebra").is_empty());
    assert!(words("\\\" ) } '").is_empty(), "quotes and brackets are words like others");
    assert_eq!(words("😀").len(), 2);
    let none = Params { text: Some(" \"\" ".to_owned()), ..Params::default() };
    assert!(query::prepare(&store(), "search", &none).is_err());
}

#[test]
fn every_file_is_a_question_and_every_question_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("exports/queries");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".rq").map(str::to_owned))
        .filter(|name| name != "statements")
        .collect();
    let mut names: Vec<String> = query::questions().iter().map(|question| question.name.to_owned()).collect();
    files.sort_unstable();
    names.sort_unstable();
    assert_eq!(files, names);
    for question in query::questions() {
        assert!(question.text.starts_with(&format!("# {}: ", question.name)), "{}", question.name);
        assert!(question.summary().ends_with('.'), "{}", question.name);
        assert!(question.options().contains(&"limit"), "{}", question.name);
        // As it stands, without any option, in any engine.
        drop(oxigraph::sparql::SparqlEvaluator::new().parse_query(question.text).unwrap());
    }
}
