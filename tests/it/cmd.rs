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
    let from_store = run(&["explain", &id[..10], "--store", store], "");
    assert_eq!(from_store.code, Some(0), "{}", from_store.err);
    let passage = |text: &str| text.split("\n\n").next().unwrap_or_default().to_owned();
    assert_eq!(passage(&from_store.out), passage(&from_article.out));
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
}

#[test]
fn wrong_usage_is_2_and_trouble_is_1() {
    assert_eq!(run(&["no-such-command"], "").code, Some(2));
    assert_eq!(run(&["build"], "").code, Some(2));
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
}

#[test]
fn every_command_has_help_with_an_example_or_a_line() {
    let help = run(&["--help"], "");
    assert_eq!(help.code, Some(0));
    for command in
        ["build", "extract", "add", "remove", "ask", "query", "export", "report", "verify", "explain", "eval"]
    {
        assert!(help.out.contains(command), "{command} in the help");
        assert_eq!(run(&[command, "--help"], "").code, Some(0), "{command} --help");
    }
}
