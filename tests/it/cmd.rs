//! The command: what goes to which stream, exit codes, messages.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs the command with this standard input.
fn run(arguments: &[&str], input: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .env_remove("DEMARCHE_STORE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cmd").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

const ARTICLE: &str = "Kenya urged Somalia to reopen the border.\n\n“The border must reopen in May,” Kenyan Foreign Minister Grace Wanja said on Monday in Nairobi, where both governments met for talks.\n";

#[test]
fn extract_is_a_pure_filter() {
    let ran = run(&["extract", "-"], ARTICLE);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(ran.err, "");
    let claims: Vec<serde_json::Value> = ran.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(!claims.is_empty());
    for claim in claims {
        for key in ["id", "document", "source", "act", "addressee", "content", "confidence", "rule"] {
            assert!(!claim[key].is_null(), "{key} in {claim}");
        }
    }
}

#[test]
fn explain_marks_the_passage_of_an_article_and_of_a_store() {
    let at = folder("explain");
    let article = at.join("border.txt");
    fs::write(&article, ARTICLE).unwrap();
    let article = article.to_str().unwrap();
    let claims = run(&["extract", article], "").out;
    let claim: serde_json::Value = serde_json::from_str(claims.lines().next().unwrap()).unwrap();
    let id = claim["id"].as_str().unwrap();
    let from_article = run(&["explain", id, article], "");
    assert_eq!(from_article.code, Some(0), "{}", from_article.err);
    assert!(from_article.out.contains("[content: "), "{}", from_article.out);
    assert!(from_article.out.contains("found by"), "{}", from_article.out);
    let (store, out) = (at.join("store"), at.join("out"));
    let (store, out) = (store.to_str().unwrap(), out.to_str().unwrap());
    let built = run(&["--quiet", "build", article, "--store", store, "--out", out], "");
    assert_eq!(built.code, Some(0), "{}", built.err);
    let pasted = format!("claim:{}…", id[..10].to_uppercase());
    let from_store = run(&["explain", &pasted, "--store", store], "");
    assert_eq!(from_store.code, Some(0), "{}", from_store.err);
    assert!(from_store.out.contains("read from"), "{}", from_store.out);
    assert!(from_store.out.contains("content and source are right in"), "{}", from_store.out);
    let passage = |text: &str| text.split("\n\n").next().unwrap_or_default().to_owned();
    assert_eq!(passage(&from_store.out), passage(&from_article.out));
}

#[test]
fn a_graph_is_exported_in_each_profile() {
    let at = folder("profiles");
    let article = at.join("border.txt");
    fs::write(&article, ARTICLE).unwrap();
    let (store, out) = (at.join("store"), at.join("out"));
    let (store, out) = (store.to_str().unwrap(), out.to_str().unwrap());
    let built = run(&["--quiet", "build", article.to_str().unwrap(), "--store", store, "--out", out], "");
    assert_eq!(built.code, Some(0), "{}", built.err);
    let export = |arguments: &[&str]| run(&[&["export", "--store", store][..], arguments].concat(), "");
    let good = |arguments: &[&str]| {
        let ran = export(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
        ran.out
    };
    let plain = good(&["nquads"]);
    assert_eq!(good(&["nquads", "--profile", "plain"]), plain);
    let claims =
        plain.lines().filter(|line| line.contains("ns#Claim> <https://w3id.org/demarche/id/graph/article")).count();
    assert!(claims > 0, "{plain}");

    let rdf12 = good(&["nquads", "--profile", "rdf12"]);
    let further = rdf12.strip_prefix(&plain).unwrap();
    assert!(!further.is_empty() && further.lines().all(|line| line.contains("#reifies> <<( ")), "{further}");
    for kind in ["trig", "turtle"] {
        assert!(good(&[kind, "--profile", "rdf12"]).contains("<<( "), "{kind}");
    }
    let file = at.join("nanopub.trig");
    assert_eq!(good(&["trig", "--profile", "nanopub", "--quiet", "--out", file.to_str().unwrap()]), "");
    assert!(fs::read_to_string(file).unwrap().contains("np:Nanopublication"));
    let nanopubs = good(&["nquads", "--profile", "nanopub"]);
    assert_eq!(nanopubs.lines().filter(|line| line.contains("nschema#Nanopublication>")).count(), claims);

    for (arguments, why) in [
        (["turtle", "--profile", "nanopub"], "it cannot hold this profile; take trig or nquads"),
        (["rdfxml", "--profile", "rdf12"], "it cannot hold this profile"),
        (["graphml", "--profile", "rdf12"], "`--profile` is for the graph as RDF"),
    ] {
        let ran = export(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{arguments:?}");
        assert!(ran.err.contains(why), "{}", ran.err);
    }
    assert_eq!(export(&["trig", "--profile", "parchment"]).code, Some(2));
}

#[test]
fn eval_scores_a_perfect_prediction() {
    use sha2::Digest as _;
    let at = folder("eval");
    fs::write(at.join("a.txt"), ARTICLE).unwrap();
    let sha: String = sha2::Sha256::digest(ARTICLE).iter().map(|b| format!("{b:02x}")).collect();
    let gold = format!(
        r#"{{"doc": "a", "sha256": "{sha}", "actors": {{"Kenya": {{}}, "Somalia": {{"bloc": "Somalia"}}}}, "claims": [
            {{"source": ["Kenya"], "act": "request", "addressee": ["Somalia"], "content_span": [20, 41]}}]}}"#
    );
    fs::write(at.join("a.json"), gold).unwrap();
    let pred = format!(
        r#"{{"document": {{"sha256": "{sha}"}}, "source": [{{"label": "Kenya"}}], "act": "request", "addressee": [{{"label": "Somalia"}}], "content": {{"start": 23, "end": 41}}}}"#
    );
    fs::write(at.join("pred.jsonl"), pred).unwrap();
    let path = |name: &str| at.join(name).to_str().unwrap().to_owned();
    let ran =
        run(&["eval", &path("a.json"), "--text", &path(""), "--pred", &path("pred.jsonl"), "--format", "json"], "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    for measure in ["found", "who", "stance", "directed", "bloc"] {
        assert_eq!(report["total"][measure]["f1"], 100.0, "{measure}");
    }
    let agreement = run(&["eval", &path("a.json"), &path("a.json"), "--agreement", "--text", &path("")], "");
    assert!(agreement.out.contains("alpha for the act: 1.000"), "{}{}", agreement.out, agreement.err);
    let nowhere = run(&["eval", &path("none"), "--text", &path("")], "");
    assert!(nowhere.code == Some(1) && nowhere.err.contains("does not exist"), "{}", nowhere.err);
    let no_rows = run(&["eval", "--conllu", &path("a.txt")], "");
    assert!(no_rows.code == Some(1) && no_rows.err.contains("no rows of CoNLL-U"), "{}", no_rows.err);
}

#[test]
fn wrong_usage_is_2_and_trouble_is_1() {
    assert_eq!(run(&["no-such-command"], "").code, Some(2));
    assert_eq!(run(&["build"], "").code, Some(2));
    assert_eq!(run(&["extract", "-", "--threads", "0"], ARTICLE).code, Some(2));
    let missing = run(&["extract", "no/such/file.txt"], "");
    assert_eq!(missing.code, Some(1));
    assert!(missing.err.contains("no/such/file.txt"), "{}", missing.err);
    let no_store = run(&["ask", "demands", "--store", folder("empty").to_str().unwrap()], "");
    assert_eq!(no_store.code, Some(1));
    assert!(no_store.err.contains("demarche build"), "says what to do: {}", no_store.err);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let at = folder("mixed");
    fs::write(at.join("good.txt"), ARTICLE).unwrap();
    fs::write(at.join("bad.txt"), [0xff, 0xfe, 0x41, 0x00]).unwrap();
    fs::write(at.join("empty.txt"), "").unwrap();
    let ran = run(&["extract", at.to_str().unwrap()], "");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("bad.txt") && ran.err.contains("empty.txt"), "{}", ran.err);
    assert!(!ran.out.is_empty());
    // What makes it fail is said to those, too, who want to hear nothing but errors.
    let quiet = run(&["--quiet", "extract", at.to_str().unwrap()], "");
    assert_eq!((quiet.code, quiet.err), (Some(1), ran.err));
}

#[test]
fn every_command_has_help_with_an_example_or_a_line() {
    let help = run(&["--help"], "");
    assert_eq!(help.code, Some(0));
    assert!(help.out.contains("Options of every command"), "{}", help.out);
    for command in [
        "build", "extract", "add", "remove", "ask", "query", "export", "report", "verify", "review", "diff", "explain",
        "eval",
    ] {
        assert!(help.out.contains(command), "{command} in the help");
        assert_eq!(run(&[command, "--help"], "").code, Some(0), "{command} --help");
    }
}

/// A folder with two articles and a store built of them.
fn built(name: &str) -> (PathBuf, impl Fn(&[&str]) -> Ran) {
    let at = folder(name);
    let articles = at.join("in");
    fs::create_dir_all(&articles).unwrap();
    fs::write(articles.join("border.txt"), ARTICLE).unwrap();
    fs::write(articles.join("quota.txt"), "Norway rejected the fishing quota on Tuesday. Iceland welcomed it.\n")
        .unwrap();
    let root = at.clone();
    let ran = move |arguments: &[&str]| {
        let mut all: Vec<String> = arguments.iter().map(|a| a.replace('@', root.to_str().unwrap())).collect();
        all.extend(["--store".to_owned(), root.join("store").display().to_string()]);
        if arguments[0] == "build" {
            all.extend(["--out".to_owned(), root.join("out").display().to_string()]);
        }
        run(&all.iter().map(String::as_str).collect::<Vec<_>>(), "")
    };
    let first = ran(&["build", "@/in"]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    (at, ran)
}

#[test]
fn building_again_loses_no_article_unasked() {
    let (at, ran) = built("replace");
    let dump = || ran(&["export", "nquads"]).out;
    let whole = dump();
    // The same again, and one file with a new text.
    assert_eq!(ran(&["build", "@/in"]).code, Some(0));
    assert_eq!(dump(), whole);
    // The same texts in other files are the same articles.
    fs::rename(at.join("in/quota.txt"), at.join("in/fish.txt")).unwrap();
    let renamed = ran(&["build", "@/in"]);
    assert_eq!(renamed.code, Some(0), "{}", renamed.err);
    assert!(dump().contains("fish.txt") && !dump().contains("quota.txt"));
    fs::rename(at.join("in/fish.txt"), at.join("in/quota.txt")).unwrap();
    assert_eq!(ran(&["build", "@/in"]).code, Some(0));
    assert_eq!(dump(), whole);
    let refused = ran(&["build", "@/in/border.txt"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("quota.txt") && refused.err.contains("--replace"), "{}", refused.err);
    assert!(refused.err.contains("holds an article that"), "{}", refused.err);
    assert_eq!(dump(), whole, "nothing was changed");
    fs::write(at.join("in/quota.txt"), "Norway accepted the fishing quota on Friday.\n").unwrap();
    assert_eq!(ran(&["build", "@/in"]).code, Some(0), "a file with a new text is the same file");
    assert_ne!(dump(), whole);
    assert_eq!(ran(&["build", "@/in/border.txt", "--replace"]).code, Some(0));
    assert!(!dump().contains("Norway"));
    // To add and to remove comes to the same.
    let alone = dump();
    assert_eq!(ran(&["add", "@/in/quota.txt"]).code, Some(0));
    fs::write(at.join("in/quota.txt"), "Norway left the talks about the fishing quota on Sunday.\n").unwrap();
    let kept = ran(&["add", "@/in"]);
    assert!(kept.err.contains("was read before with another text") && kept.err.contains("1 added"), "{}", kept.err);
    let none = ran(&["remove", "@/in/none.txt", "@/in/quota.txt"]);
    assert_eq!(none.code, Some(1));
    assert!(none.err.contains("nothing was removed"), "{}", none.err);
    let removed = ran(&["remove", "@/in/quota.txt"]);
    assert!(removed.err.contains("2 removed"), "{}", removed.err);
    assert_eq!(dump(), alone);
}

#[test]
fn doubts_are_no_failure_unless_strict() {
    let at = folder("doubt");
    fs::write(at.join("a.txt"), ARTICLE).unwrap();
    fs::write(at.join("a.meta.json"), "{\"published\": \"some day\"}").unwrap();
    fs::write(at.join("b.txt"), ARTICLE.replace("Somalia", "Uganda")).unwrap();
    fs::write(at.join("b.meta.json"), "{").unwrap();
    let path = at.to_str().unwrap();
    let ran = run(&["extract", path], "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("some day") && ran.err.contains("b.meta.json"), "{}", ran.err);
    assert_eq!(run(&["extract", path, "--strict"], "").code, Some(1));
}

#[test]
fn decisions_beside_the_store_are_applied_shown_and_undone() {
    let (at, ran) = built("decisions");
    let dump = || ran(&["export", "nquads"]).out;
    let before = dump();
    let claims = fs::read_to_string(at.join("out/claims.jsonl")).unwrap();
    let first: serde_json::Value = serde_json::from_str(claims.lines().next().unwrap()).unwrap();
    let id = first["id"].as_str().unwrap();
    let file = at.join("demarche.corrections.toml");
    let act =
        format!("author = \"K. Novak\"\n[[claim]]\nclaim = \"{id}\"\nact = \"demand\"\nreason = \"it is an order\"\n");
    fs::write(&file, format!("{act}[[merge]]\nactors = [\"Nobody\"]\ninto = \"Somebody\"\n")).unwrap();
    let ran_with = ran(&["build", "@/in"]);
    assert_eq!(ran_with.code, Some(0), "{}", ran_with.err);
    assert!(ran_with.err.contains("demarche.corrections.toml:6`: this decision changes nothing"), "{}", ran_with.err);
    assert!(ran_with.err.contains("hint: no claim names Nobody"), "{}", ran_with.err);
    assert!(ran_with.err.contains("decisions: 1 of the 2 in `"), "{}", ran_with.err);
    assert!(ran_with.err.contains("2 articles have no date"), "{}", ran_with.err);
    assert_eq!(ran(&["build", "@/in", "--strict"]).code, Some(1));
    fs::write(&file, &act).unwrap();
    assert_eq!(ran(&["build", "@/in", "--strict"]).code, Some(0));
    let shown = ran(&["explain", id]).out;
    assert!(shown.contains("act: request → demand"), "{shown}");
    assert!(shown.contains(", by K. Novak, because: it is an order"), "{shown}");
    assert!(fs::read_to_string(at.join("out/claims.jsonl")).unwrap().contains("\"corrections\":[{"));
    let verified = ran(&["verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.out);
    let html = ran(&["report", "--out", "-"]).out;
    assert!(html.contains("<strong>corrected</strong> by K. Novak (act: request → demand"), "no mark in the report");
    // The file is gone: the store keeps its decisions, says so, and gives them up when told.
    fs::remove_file(&file).unwrap();
    let kept = ran(&["add", "@/in"]);
    assert!(kept.err.contains("decisions: the 1 that the store was corrected by"), "{}", kept.err);
    assert_ne!(dump(), before);
    assert_eq!(ran(&["add", "@/in", "--no-corrections"]).code, Some(0));
    assert_eq!(dump(), before);
    // A claim that was dropped is not explained away.
    fs::write(&file, format!("[[claim]]\nclaim = \"{id}\"\ndrop = true\nreason = \"a caption\"\n")).unwrap();
    assert_eq!(ran(&["add", "@/in"]).code, Some(0));
    let gone = ran(&["explain", id]);
    assert!(gone.err.contains("a decision took the claim") && gone.err.contains("a caption"), "{}", gone.err);
    fs::write(&file, "[[claim]]\nact = 7\n").unwrap();
    let wrong = ran(&["add", "@/in"]);
    assert_eq!(wrong.code, Some(1));
    assert!(wrong.err.contains("demarche.corrections.toml:2"), "{}", wrong.err);
}

#[test]
fn diff_and_review_speak_text_and_json() {
    let (at, ran) = built("diff");
    let other = at.join("other").display().to_string();
    let quota = at.join("in/quota.txt").display().to_string();
    let out = at.join("out2").display().to_string();
    assert_eq!(run(&["build", &quota, "--store", &other, "--out", &out], "").code, Some(0));
    let store = at.join("store").display().to_string();
    let same = run(&["diff", &store, &store, "--exit-code"], "");
    assert_eq!((same.code, same.out.as_str()), (Some(0), ""), "{}", same.err);
    let less = run(&["diff", &store, &other], "");
    assert_eq!(less.code, Some(0));
    assert!(less.out.contains("border.txt\n  - ") && less.err.contains("0 appeared"), "{}{}", less.out, less.err);
    assert_eq!(run(&["diff", &store, &other, "--exit-code"], "").code, Some(1));
    let json = run(&["diff", &other, &store, "--format", "json"], "");
    for line in json.out.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(value["change"], "appeared");
        assert!(value["claim"]["id"].is_string(), "{line}");
    }
    assert!(run(&["diff", &store, &other, "--format", "xml"], "").err.contains("known formats are text, json"));
    let toml = ran(&["review", "--below", "1", "--format", "toml"]);
    assert_eq!(toml.code, Some(0), "{}", toml.err);
    assert!(toml.out.contains("[[claim]]  # Kenya request → Somalia"), "{}", toml.out);
    // What it prints is a file of decisions.
    fs::write(at.join("demarche.corrections.toml"), &toml.out).unwrap();
    let decided = ran(&["add", "@/in", "--strict"]);
    assert_eq!(decided.code, Some(0), "{}", decided.err);
    let none = ran(&["review", "--below", "1"]);
    assert!(none.err.contains("nothing to decide"), "{}{}", none.out, none.err);
    assert!(ran(&["review", "--below", "7"]).err.contains("from 0 to 1"));
}

#[test]
fn export_gives_a_network_for_each_window() {
    let folder = folder("windows");
    let store = folder.join("store");
    let (store, out) = (store.to_str().unwrap(), folder.join("out"));
    assert_eq!(
        run(&["build", "seeds/shoal.txt", "seeds/trade.jsonl", "--store", store, "--out", out.to_str().unwrap()], "")
            .code,
        Some(0)
    );
    let windows = folder.join("windows");
    let ran = run(&["export", "csv", "--store", store, "--window", "1 year", "--out", windows.to_str().unwrap()], "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let index = fs::read_to_string(windows.join("windows.csv")).unwrap();
    let files = fs::read_dir(&windows).unwrap().count();
    assert!(files >= 2 && index.lines().count() == files, "{index}");
    assert_eq!(run(&["export", "csv", "--store", store, "--window", "1 year"], "").code, Some(1));
    let ran = run(&["export", "csv", "--store", store, "--window", "soon"], "");
    assert!(ran.code == Some(1) && ran.err.contains("2 weeks"), "{}", ran.err);
    let ran = run(&["export", "gexf", "--store", store, "--window", "1 year"], "");
    assert!(ran.out.contains("for=\"weight\""), "{}", ran.err);
    let ran = run(&["export", "svg-matrix", "--store", store, "--network", "demands"], "");
    assert!(ran.code == Some(1) && ran.err.contains("stances"), "{}", ran.err);
}

#[test]
fn one_text_from_two_outlets_is_one_article_that_either_can_leave() {
    let at = folder("outlets");
    let articles = at.join("in");
    fs::create_dir_all(&articles).unwrap();
    for (name, outlet) in [("a", "Northern Courier"), ("b", "Southern Post")] {
        fs::write(articles.join(format!("{name}.txt")), ARTICLE).unwrap();
        let facts = format!("{{\"publisher\": \"{outlet}\", \"published\": \"2025-03-17\"}}");
        fs::write(articles.join(format!("{name}.meta.json")), facts).unwrap();
    }
    let path = |name: &str| at.join(name).display().to_string();
    let (store, out) = (path("store"), path("out"));
    let ran = |arguments: &[&str]| {
        let all: Vec<&str> = arguments.iter().copied().chain(["--store", &store]).collect();
        run(&all, "")
    };
    let both = ran(&["build", &path("in"), "--out", &out]);
    assert_eq!(both.code, Some(0), "{}", both.err);
    assert!(both.err.contains("1 article,"), "{}", both.err);
    let whole = ran(&["export", "nquads"]).out;
    let ids: Vec<String> =
        fs::read_to_string(at.join("out/claims.jsonl")).unwrap().lines().map(str::to_owned).collect();
    let distinct: std::collections::BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), distinct.len(), "each claim once");
    let listed = ran(&["ask", "articles", "--format", "csv"]).out;
    assert!(listed.contains("Northern Courier") && listed.contains("Southern Post"), "{listed}");
    let refused = ran(&["build", &path("in/a.txt"), "--out", &out]);
    assert!(refused.err.contains("b.txt") && refused.err.contains("--replace"), "{}", refused.err);
    assert_eq!(ran(&["remove", &path("in/b.txt")]).code, Some(0));
    let one = ran(&["export", "nquads"]).out;
    assert!(!one.contains("Southern Post") && one.contains("Northern Courier"));
    assert_eq!(ran(&["build", &path("in/a.txt"), "--out", &out]).code, Some(0));
    assert_eq!(ran(&["export", "nquads"]).out, one);
    let again = ran(&["add", &path("in")]);
    assert!(again.err.contains("1 known from another outlet"), "{}", again.err);
    assert_eq!(ran(&["export", "nquads"]).out, whole);
    // A new outlet in the sidecar is the same file, not a further publication.
    fs::write(articles.join("b.meta.json"), "{\"publisher\": \"Southern Evening Post\"}").unwrap();
    assert!(ran(&["add", &path("in")]).err.contains("1 replaced"));
    assert_eq!(ran(&["build", &path("in"), "--out", &out]).code, Some(0));
    assert!(!ran(&["export", "nquads"]).out.contains("Southern Post"));
}
