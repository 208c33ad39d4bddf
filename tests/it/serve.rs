//! `demarche serve`: the endpoint and the page, asked over plain sockets.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server of a small store, ended with the test.
struct Served {
    child: Child,
    port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    fn new() -> Self {
        let at = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve");
        let _ = fs::remove_dir_all(&at);
        fs::create_dir_all(&at).unwrap();
        let article = at.join("border.txt");
        fs::write(&article, "Kenya urged Somalia to reopen the border.\n").unwrap();
        let demarche = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
            command.current_dir(&at).env_remove("DEMARCHE_STORE").stdout(Stdio::null()).stderr(Stdio::null());
            command
        };
        assert!(demarche().args(["add", "border.txt"]).status().unwrap().success());
        // A port that is free now.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let child = demarche().args(["serve", "--port", &port.to_string()]).spawn().unwrap();
        let served = Self { child, port };
        let begun = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(begun.elapsed() < Duration::from_mins(1), "the server does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        served
    }

    /// Status, head and body of the answer to a request.
    fn ask(&self, line: &str, headers: &str, body: &str) -> (u16, String, String) {
        let host = format!("localhost:{}", self.port);
        self.ask_as(&host, line, headers, body)
    }

    fn ask_as(&self, host: &str, line: &str, headers: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        let length = body.len();
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head.to_lowercase(), body.to_owned())
    }
}

#[test]
fn queries_pages_and_refusals() {
    let served = Served::new();
    let asked = "SELECT ?who ?whom { ?claim a dm:Claim ; dm:source ?a ; dm:addressee ?b . ?a rdfs:label ?who . ?b rdfs:label ?whom }";
    let sparql = "Content-Type: application/sparql-query\r\n";

    // The three ways to send a query.
    let (status, head, body) = served.ask("POST /sparql", sparql, asked);
    assert_eq!(status, 200, "{body}");
    assert!(
        head.contains("content-type: application/sparql-results+json") && !head.contains("access-control"),
        "{head}"
    );
    assert!(body.contains("Kenya") && body.contains("Somalia"), "{body}");
    let form = format!("query={}", asked.replace('{', "%7B").replace('}', "%7D").replace(' ', "+"));
    let (status, head, body) = served.ask(&format!("GET /sparql?{form}"), "Accept: text/csv\r\n", "");
    assert!(status == 200 && head.contains("content-type: text/csv"), "{head}");
    assert_eq!(body.lines().collect::<Vec<_>>(), ["who,whom", "Kenya,Somalia"]);
    let (status, _, body) =
        served.ask("POST /sparql", "Content-Type: application/x-www-form-urlencoded\r\nAccept: text/csv\r\n", &form);
    assert!(status == 200 && body.contains("Kenya,Somalia"), "{body}");
    let (status, head, body) =
        served.ask("POST /sparql", sparql, "CONSTRUCT { ?a dm:demandsFrom ?b } { ?c dm:source ?a ; dm:addressee ?b }");
    assert!(status == 200 && head.contains("content-type: text/turtle") && body.contains("somalia"), "{head} {body}");

    // The page, and what it leads to.
    for (path, words) in [
        ("/", "<textarea"),
        ("/page.js", "sparql"),
        ("/page.css", "table"),
        ("/questions.json", "\"demands\""),
        ("/report", "reopen the border"),
    ] {
        let (status, _, body) = served.ask(&format!("GET {path}"), "", "");
        assert!(status == 200 && body.contains(words), "{path}: {body}");
    }
    let (_, _, ids) =
        served.ask("POST /sparql", &format!("{sparql}Accept: text/csv\r\n"), "SELECT ?c { ?c a dm:Claim }");
    let id = ids.lines().nth(1).and_then(|iri| iri.rsplit('/').next()).unwrap();
    let (status, _, body) = served.ask(&format!("GET /claim/{id}"), "", "");
    assert!(status == 200 && body.contains("reopen the border"), "{body}");

    // What would run for hours is no wrong query: it is not run to see what it is.
    let product = "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a = 1 && ?d = 2 && ?g = 3 && ?j = 4) }";
    assert!(!demarche::query::gives_graph(product).unwrap());

    // What is refused, and why.
    for (line, headers, body, expected, why) in [
        ("POST /sparql", sparql, "SELECT nothing", 400, "query"),
        ("POST /sparql", sparql, "INSERT DATA { <a:b> <a:c> <a:d> }", 400, "query"),
        ("POST /sparql", "Content-Type: application/sparql-update\r\n", "CLEAR ALL", 400, "not changed here"),
        ("POST /sparql", "Content-Type: text/plain\r\n", asked, 415, "application/sparql-query"),
        ("POST /sparql", "Content-Type: application/sparql-query\r\nAccept: image/png\r\n", asked, 406, "text/csv"),
        ("GET /sparql", "", "", 400, "there is no query"),
        ("GET /sparql?query=ASK%7B%7D&default-graph-uri=a:b", "", "", 400, "FROM"),
        ("GET /nowhere", "", "", 404, "/nowhere"),
        ("GET /claim/..", "", "", 404, "nothing is at"),
        ("POST /report", "", "", 405, "GET"),
    ] {
        let (status, _, answer) = served.ask(line, headers, body);
        assert!(status == expected && answer.contains(why), "{line}: {status} {answer}");
    }
    let (status, _, body) = served.ask_as("evil.example", "GET /report", "", "");
    assert!(status == 403 && body.contains("localhost only"), "{body}");
}
