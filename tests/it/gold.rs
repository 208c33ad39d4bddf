//! The quality of the claims on annotated articles, and that the same articles give the same bytes.
//!
//! The annotated articles are not part of the repository: without `../shared/gold` the first two tests say so and check nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use demarche::corpus::{self, Document};
use demarche::eval::{Gold, Predicted, Report, predictions};
use demarche::export::claims::json_lines;
use demarche::pipeline::Engine;

/// Least F1 of each measure, in per cent: a little below what was last measured, so that a loss shows and noise does not.
const FLOORS: [(&str, f64); 4] = [("found", 87.0), ("who", 82.6), ("stance", 65.6), ("directed", 38.5)];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder with annotated articles, beside the repository or beside a work tree's parent.
fn shared() -> Option<PathBuf> {
    let found = ["../shared", "../../shared"].map(|p| root().join(p)).into_iter().find(|p| p.join("gold").is_dir());
    if found.is_none() {
        println!("SKIPPED: no ../shared/gold");
    }
    found
}

/// The articles that the annotations speak of, with the annotations.
fn annotated(shared: &Path) -> (Vec<Gold>, Vec<Document>) {
    let folders = [shared.join("seeds"), shared.join("gold/text")];
    let (documents, _) = corpus::read_paths(&folders, &corpus::ReadOptions::default());
    let mut paths: Vec<PathBuf> = fs::read_dir(shared.join("gold")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "json"));
    paths.sort();
    let golds: Vec<Gold> = paths
        .iter()
        .filter_map(|path| {
            let text = |sha: &str| documents.iter().find(|d| d.sha256 == sha).map(|d| d.text.clone());
            Gold::parse(&path.display().to_string(), &fs::read_to_string(path).unwrap(), text).unwrap()
        })
        .collect();
    let documents = documents.into_iter().filter(|d| golds.iter().any(|g| g.sha256 == d.sha256)).collect();
    (golds, documents)
}

#[test]
fn scores_stay_above_their_floors() {
    let Some(shared) = shared() else { return };
    let (golds, documents) = annotated(&shared);
    let engine = Engine::new(&[]).unwrap();
    let claims = engine.claims_of(&documents, 2, &|_| ());
    let made: Vec<Vec<Predicted>> = golds
        .iter()
        .map(|g| {
            let at = documents.iter().position(|d| d.sha256 == g.sha256).unwrap();
            claims[at].iter().map(Predicted::from).collect()
        })
        .collect();
    let report = Report::new(golds.iter().zip(made.iter().map(Vec::as_slice)));
    println!("{}", report.to_lines().join("\n"));
    for (name, floor) in FLOORS {
        let (_, tally) = report.total.each().into_iter().find(|(n, _)| *n == name).unwrap();
        assert!(100.0 * tally.f1() >= floor, "{name}: {:.1} is below the floor of {floor}", 100.0 * tally.f1());
    }
}

/// The scorer that others use gives the same numbers for the same claims.
#[test]
fn numbers_agree_with_the_reference_scorer() {
    let Some(shared) = shared() else { return };
    let script = shared.join("bench/score_claims.py");
    if !script.exists() || Command::new("python3").arg("--version").output().is_err() {
        println!("SKIPPED: no reference scorer, or no python3");
        return;
    }
    let (golds, documents) = annotated(&shared);
    let engine = Engine::new(&[]).unwrap();
    let lines = json_lines(&engine.claims_of(&documents, 2, &|_| ()).concat()).unwrap();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference-claims.jsonl");
    fs::write(&file, &lines).unwrap();
    let output = Command::new("python3")
        .arg(script)
        .args(["--gold".as_ref(), shared.join("gold").as_os_str()])
        .args(["--text".as_ref(), shared.as_os_str()])
        .args(["--pred".as_ref(), file.as_os_str()])
        .arg("--json")
        .output()
        .unwrap();
    let theirs: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&output.stderr)));
    let predicted = predictions("claims.jsonl", &lines).unwrap();
    let none = Vec::new();
    let report = Report::new(golds.iter().map(|g| (g, predicted.get(&g.sha256).unwrap_or(&none).as_slice())));
    let ours = report.to_json();
    for key in ["negated_correct", "hedged_correct", "matched"] {
        assert_eq!(ours[key], theirs[key], "{key}");
    }
    let mut compared = 0;
    for measure in ["found", "who", "stance", "directed", "bloc"] {
        let tables = golds.iter().map(|g| (&ours["documents"][&g.doc], &theirs["documents"][&g.doc]));
        for (a, b) in tables.chain([(&ours["total"], &theirs["total"])]) {
            for key in ["hit", "pred", "gold"] {
                assert_eq!(a[measure][key], b[measure][key], "{measure} {key}");
                compared += 1;
            }
            let near = |key: &str| (a[measure][key].as_f64().unwrap() - b[measure][key].as_f64().unwrap()).abs() < 0.11;
            assert!(["p", "r", "f1"].into_iter().all(near), "{measure}: {} and {}", a[measure], b[measure]);
        }
    }
    println!("{compared} counts are the same");
}

#[test]
fn same_bytes_with_one_thread_and_two_and_in_a_second_run() {
    let (documents, _) = corpus::read_paths(&[root().join("seeds")], &corpus::ReadOptions::default());
    assert!(!documents.is_empty());
    let write =
        |engine: &Engine, threads: usize| json_lines(&engine.claims_of(&documents, threads, &|_| ()).concat()).unwrap();
    let engine = Engine::new(&[]).unwrap();
    let first = write(&engine, 1);
    assert!(first == write(&engine, 2), "two threads give other claims than one");
    assert!(first == write(&Engine::new(&[]).unwrap(), 2), "a second run gives other claims");
}

#[test]
fn every_span_is_where_it_says() {
    let (documents, _) = corpus::read_paths(&[root().join("seeds")], &corpus::ReadOptions::default());
    let engine = Engine::new(&[]).unwrap();
    for (document, claims) in documents.iter().zip(engine.claims_of(&documents, 2, &|_| ())) {
        let text: Vec<char> = document.text.chars().collect();
        for claim in claims {
            let mentions =
                claim.source.iter().chain(&claim.addressee).chain(&claim.via).filter_map(|a| a.mention.as_ref());
            let quotes = claim.cue.iter().chain(&claim.condition).chain(mentions);
            let content = (claim.content.start, claim.content.end, &claim.content.text);
            for (start, end, words) in quotes.map(|q| (q.start, q.end, &q.text)).chain([content]) {
                assert_eq!(text[start..end].iter().collect::<String>(), *words, "claim {}", claim.id);
            }
            assert!((0.0..=1.0).contains(&claim.confidence), "claim {}", claim.id);
        }
    }
}
