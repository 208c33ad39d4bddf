//! The store on disk: what it holds never depends on how it came to hold it, and nothing is ever half written.
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use demarche::corrections::Corrections;
use demarche::graph::{Change, Run, Store, verify};
use demarche::ontology::Ontology;
use demarche::query::{self, Copies, Level, Limits, Params};

use crate::fixture::{articles, dump, folder};

fn build(path: &Path, order: &[usize]) -> String {
    let articles = articles();
    let mut store = Store::edit(path).unwrap();
    for &n in order {
        store.add(&articles[n].0, &articles[n].1, &Run::default()).unwrap();
    }
    store.commit().unwrap();
    dump(&store)
}

fn files(path: &Path) -> BTreeSet<(String, Vec<u8>)> {
    let mut found = BTreeSet::new();
    for folder in [path.to_owned(), path.join("articles")] {
        for file in std::fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            if file.is_file() {
                found.insert((file.strip_prefix(path).unwrap().display().to_string(), std::fs::read(&file).unwrap()));
            }
        }
    }
    found
}

#[test]
fn any_sequence_equals_a_rebuild_byte_for_byte() {
    let articles = articles();
    let (one, two) = (folder("sequence"), folder("rebuild"));
    {
        let mut store = Store::edit(&one).unwrap();
        let run = Run::default();
        assert_eq!(store.add(&articles[2].0, &articles[2].1, &run).unwrap(), Change::Added);
        assert_eq!(store.add(&articles[0].0, &articles[0].1[..2], &run).unwrap(), Change::Added);
        assert!(store.commit().unwrap());
        assert_eq!(store.add(&articles[1].0, &articles[1].1, &run).unwrap(), Change::Added);
        assert_eq!(store.remove(&articles[2].0.id).unwrap(), Change::Removed);
        assert!(store.commit().unwrap());
        let old = Run { version: "0.0.1".into(), ..Run::default() };
        assert_eq!(store.add(&articles[1].0, &articles[1].1, &old).unwrap(), Change::Replaced);
        assert!(store.commit().unwrap());
    }
    {
        let mut store = Store::edit(&one).unwrap();
        let run = Run::default();
        assert_eq!(store.add(&articles[0].0, &articles[0].1, &run).unwrap(), Change::Replaced);
        assert_eq!(store.add(&articles[1].0, &articles[1].1, &run).unwrap(), Change::Replaced);
        assert_eq!(store.remove("nothing").unwrap(), Change::None);
        assert!(store.commit().unwrap());
    }
    let rebuilt = build(&two, &[1, 0]);
    assert_eq!(dump(&Store::open(&one).unwrap()), rebuilt);
    assert_eq!(dump(&Store::open(&two).unwrap()), rebuilt);
    assert_eq!(files(&one), files(&two));
}

#[test]
fn adding_the_same_again_changes_nothing() {
    let path = folder("again");
    build(&path, &[0, 1, 2]);
    let before = files(&path);
    let mut store = Store::edit(&path).unwrap();
    for (document, claims) in articles() {
        let mut claims = claims;
        claims.reverse();
        assert_eq!(store.add(&document, &claims, &Run::default()).unwrap(), Change::None);
    }
    assert!(!store.commit().unwrap());
    assert_eq!(files(&path), before);
    assert!(store.damaged_files().is_empty());
}

#[test]
fn a_second_writer_is_told_and_a_reader_is_not_hindered() {
    let path = folder("lock");
    let written = build(&path, &[0]);
    let held = Store::edit(&path).unwrap();
    let error = Store::edit(&path).unwrap_err().to_string();
    assert!(error.contains("another program is writing to it"), "{error}");
    let mut reader = Store::open(&path).unwrap();
    assert_eq!(dump(&reader), written);
    let (document, claims) = articles().swap_remove(1);
    reader.add(&document, &claims, &Run::default()).unwrap();
    assert!(reader.commit().unwrap_err().to_string().contains("opened for reading only"));
    drop(held);
    assert!(Store::edit(&path).is_ok());
}

#[test]
fn trouble_on_disk_has_clear_words() {
    let path = folder("trouble");
    let error = |e: demarche::diag::Error| e.to_string();
    assert!(error(Store::open(&path).unwrap_err()).contains("there is no store here"));

    std::fs::create_dir_all(&path).unwrap();
    std::fs::write(path.join("thesis.docx"), "precious").unwrap();
    assert!(error(Store::edit(&path).unwrap_err()).contains("holds other files"));
    std::fs::remove_file(path.join("thesis.docx")).unwrap();

    build(&path, &[0, 1]);
    let manifest = std::fs::read_to_string(path.join("manifest.json")).unwrap();
    std::fs::write(path.join("manifest.json"), manifest.replace("\"format\": 3", "\"format\": 99")).unwrap();
    assert!(error(Store::open(&path).unwrap_err()).contains("made by a newer version"));
    std::fs::write(path.join("manifest.json"), &manifest[..manifest.len() / 2]).unwrap();
    assert!(error(Store::edit(&path).unwrap_err()).contains("the manifest is damaged"));
    std::fs::write(path.join("manifest.json"), manifest.replace("articles/", "../articles/")).unwrap();
    assert!(error(Store::open(&path).unwrap_err()).contains("not in the store"));
    std::fs::write(path.join("manifest.json"), &manifest).unwrap();

    let store = Store::open(&path).unwrap();
    let file = path.join(&store.manifest().articles.values().next().unwrap().file);
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, String::from_utf8(bytes.clone()).unwrap().replacen("Norland", "Nordland", 1)).unwrap();
    assert!(error(Store::open(&path).unwrap_err()).contains("the manifest says"));
    std::fs::write(&file, String::from_utf8(bytes.clone()).unwrap().replacen("Norland", "Nurland", 1)).unwrap();
    assert_eq!(Store::open(&path).unwrap().damaged_files().len(), 1);
    std::fs::remove_file(&file).unwrap();
    assert!(error(Store::open(&path).unwrap_err()).contains("failed to read"));
    std::fs::write(&file, bytes).unwrap();

    // Of the first version: no claims as extracted. It can be read, and corrected once its articles have been read again.
    let mut old: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    old["format"] = 1.into();
    old.as_object_mut().unwrap().remove("extracted");
    std::fs::write(path.join("manifest.json"), old.to_string()).unwrap();
    let mut store = Store::edit(&path).unwrap();
    assert!(error(store.claims().unwrap_err()).contains("read it again with `demarche add PATH`"));
    let decided = "[[issue]]\nissue = \"treaty\"\nlabel = \"the treaty\"\n";
    let decided = Corrections::parse("d", decided, &Ontology::default()).unwrap();
    assert!(error(store.correct(decided.clone()).unwrap_err()).contains("an older version of demarche"));
    for (document, claims) in articles().into_iter().take(2) {
        assert_eq!(store.add(&document, &claims, &Run::default()).unwrap(), Change::Replaced);
    }
    store.correct(decided).unwrap();
    store.correct(Corrections::default()).unwrap();
    store.commit().unwrap();
    drop(store);
    assert_eq!(std::fs::read_to_string(path.join("manifest.json")).unwrap(), manifest);

    // A file where the folder of articles should be: nothing can be written.
    let blocked = folder("blocked");
    std::fs::write(&blocked, "").unwrap();
    assert!(error(Store::edit(&blocked).unwrap_err()).contains("failed to write"));
}

#[test]
fn a_store_of_an_older_version_opens_and_the_next_change_renews_it() {
    use sha2::Digest as _;
    let path = folder("older");
    build(&path, &[0, 1]);
    let now = files(&path);
    let text = std::fs::read_to_string(path.join("manifest.json")).unwrap();
    let mut manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    manifest["format"] = 2.into();
    for part in ["articles", "shared"] {
        for entry in manifest[part].as_object_mut().unwrap().values_mut() {
            entry.as_object_mut().unwrap().remove("claims").unwrap();
        }
    }
    let entry = manifest["articles"].as_object_mut().unwrap().values_mut().next().unwrap();
    let file = path.join(entry["file"].as_str().unwrap());
    let mut quads = std::fs::read_to_string(&file).unwrap();
    let claim = quads.lines().find(|line| line.ends_with(" .") && line.contains("ns#Claim> ")).unwrap();
    let further = claim.replace("https://w3id.org/demarche/ns#Claim", "https://schema.org/Claim") + "\n";
    quads.push_str(&further);
    std::fs::write(&file, &quads).unwrap();
    entry["bytes"] = quads.len().into();
    entry["sha256"] = demarche::span::hex(&sha2::Sha256::digest(&quads)).into();
    std::fs::write(path.join("manifest.json"), manifest.to_string()).unwrap();

    let old = Store::open(&path).unwrap();
    let claims = Store::open_for(&path, &query::question("demands").unwrap().reads()).unwrap().size().unwrap().claims;
    assert_eq!(old.size().unwrap().claims, claims);
    assert!(dump(&old).contains(&further));
    let faults = verify(&old).unwrap().faults;
    assert_eq!(faults.iter().map(|fault| fault.check).collect::<Vec<_>>(), ["format"]);
    let mut store = Store::edit(&path).unwrap();
    assert_eq!(store.add(&articles()[0].0, &articles()[0].1, &Run::default()).unwrap(), Change::None);
    assert!(store.commit().unwrap());
    assert!(!store.commit().unwrap());
    drop(store);
    assert_eq!(files(&path), now);
    assert_eq!(verify(&Store::open(&path).unwrap()).unwrap().faults, []);
}

#[test]
fn a_store_opened_for_a_question_answers_it_as_the_whole_does() {
    let path = folder("part");
    build(&path, &[0, 1, 2]);
    let whole = Store::open(&path).unwrap();
    let size = whole.size().unwrap();
    for question in query::questions() {
        let part = Store::open_for(&path, &question.reads()).unwrap();
        let less = part.size().unwrap();
        assert_eq!((size.articles, size.claims, size.actors), (less.articles, less.claims, less.actors));
        assert!(less.quads < size.quads / 2, "{}: {less:?} {size:?}", question.name);
        for (level, copies) in [
            (Level::Actor, Copies::Each),
            (Level::Actor, Copies::Once),
            (Level::Bloc, Copies::Each),
            (Level::Bloc, Copies::Outlet),
        ] {
            for since in [None, Some("2025-03-18".to_owned())] {
                let text = (question.name == "search").then(|| "harbour".to_owned());
                let params = Params { level, copies, since, text, ..Params::default() };
                let of = |store| query::ask(store, question.name, &params, &Limits::default());
                match (of(&whole), of(&part)) {
                    (Ok(one), Ok(two)) => assert_eq!(one, two, "{}", question.name),
                    (Err(one), Err(two)) => assert_eq!(one.to_string(), two.to_string()),
                    (one, two) => panic!("{}: {one:?} {two:?}", question.name),
                }
            }
        }
    }
}

/// States that the child below goes through, again and again.
const STATES: [&[usize]; 3] = [&[0, 1], &[2], &[0, 1, 2]];

/// Not a test: the process that the next test kills. It writes one state after the other until it dies.
#[test]
#[ignore = "run by `killed_at_any_moment`"]
fn child_that_writes() {
    let Ok(path) = std::env::var("DEMARCHE_TEST_STORE") else { return };
    let articles = articles();
    let mut store = Store::edit(path).unwrap();
    for state in STATES.iter().cycle() {
        for (n, (document, claims)) in articles.iter().enumerate() {
            if state.contains(&n) {
                store.add(document, claims, &Run::default()).unwrap();
            } else {
                store.remove(&document.id).unwrap();
            }
        }
        store.commit().unwrap();
    }
}

#[test]
fn killed_at_any_moment() {
    let whole: Vec<String> =
        STATES.iter().enumerate().map(|(n, state)| build(&folder(&format!("state-{n}")), state)).collect();
    let path = folder("killed");
    build(&path, STATES[0]);
    let mut seen = BTreeSet::new();
    let manifest = path.join("manifest.json");
    for round in 0..40_u64 {
        let before = std::fs::read(&manifest).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::child_that_writes", "--ignored"])
            .env("DEMARCHE_TEST_STORE", &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Wait for the first state that the child writes, then for a different moment in each round: up to 98 ms more, in steps that fall on
        // all phases of a commit.
        let waiting = std::time::Instant::now();
        while std::fs::read(&manifest).unwrap() == before {
            assert!(waiting.elapsed() < std::time::Duration::from_mins(1), "the child writes nothing");
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        std::thread::sleep(std::time::Duration::from_micros(round * 2_511));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = dump(&Store::open(&path).unwrap());
        let state = whole.iter().position(|state| *state == found);
        seen.insert(state.unwrap_or_else(|| panic!("round {round}: neither the state before nor the one after")));
        let store = Store::edit(&path).unwrap();
        assert!(store.damaged_files().is_empty());
    }
    assert!(seen.len() > 1, "the child was always killed in the same state: {seen:?}");
}

/// A file-size limit stands for the full disk: the write fails in the middle, as it would there.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing() {
    let path = folder("full");
    let before = build(&path, &[0]);
    let files_before = files(&path);
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" --exact store::child_that_fills --ignored --nocapture";
    let out = Command::new("sh")
        .args(["-c", script])
        .arg(std::env::current_exe().unwrap())
        .env("DEMARCHE_TEST_STORE", &path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(said.contains("failed to write `"), "{said}{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(dump(&Store::open(&path).unwrap()), before);
    Store::edit(&path).unwrap();
    assert_eq!(files(&path), files_before, "nothing is left behind");
}

/// Not a test: the process that the test above lets run out of space.
#[test]
#[ignore = "run by `a_full_disk_loses_nothing`"]
fn child_that_fills() {
    let Ok(path) = std::env::var("DEMARCHE_TEST_STORE") else { return };
    let mut store = Store::edit(path).unwrap();
    for (document, claims) in articles() {
        store.add(&document, &claims, &Run::default()).unwrap();
    }
    println!("{}", store.commit().unwrap_err());
}
