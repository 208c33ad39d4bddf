//! `demarche serve`: a page to ask a store in a browser, and a SPARQL 1.1 endpoint for programs.
//!
//! | path | gives |
//! | --- | --- |
//! | `/` | the page: named questions and queries of one's own |
//! | `/sparql` | the endpoint (SPARQL 1.1 Protocol, queries only) |
//! | `/report` | what `demarche report` writes |
//! | `/claim/ID` | what `demarche explain ID` prints |
//!
//! Each answer is made by this program run anew: a query that runs away is stopped without harm to the others, and what was changed in the store
//! since is seen. The server listens at the loopback address alone and answers only those who call it by a name of this machine, so that a page
//! from elsewhere cannot read the store through the browser.

mod media;

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context as _;
use demarche::graph::Store;
use demarche::query::{self, Params};
use oxhttp::Server;
use oxhttp::model::header::{ACCEPT, CONTENT_TYPE, HOST};
use oxhttp::model::{Body, Method, Request, Response, StatusCode};

use crate::args::Serve;
use crate::printer::Printer;
use media::{Media, accepted};

/// Connections at the same time; more wait.
const CONNECTIONS: usize = 16;
/// Longest query, in bytes.
const LONGEST: u64 = 1 << 20;

/// What the page may load: what comes from here and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'";

pub(crate) fn run(it: &Serve, printer: &Printer) -> anyhow::Result<bool> {
    // A store that cannot be opened is told now and not at the first question.
    Store::open(&it.store.store)?;
    let address = (Ipv4Addr::LOCALHOST, it.port);
    TcpListener::bind(address)
        .with_context(|| format!("failed to listen at port {}; choose another with --port", it.port))?;
    let site = Site {
        program: std::env::current_exe().context("failed to find this program")?,
        store: it.store.store.clone(),
        timeout: it.timeout,
        questions: questions()?,
    };
    let wait = Duration::from_secs(it.timeout.saturating_add(30));
    let server = Server::new(move |request| site.answer(request).unwrap_or_else(Trouble::response))
        .bind(address)
        .with_global_timeout(wait)
        .with_max_concurrent_connections(CONNECTIONS)
        .spawn()?;
    printer.say(&format!(
        "listening at http://localhost:{0}/ (queries: http://localhost:{0}/sparql); Ctrl-C ends it",
        it.port
    ));
    server.join()?;
    Ok(true)
}

/// The named questions as JSON for the page: name, what it answers, SPARQL.
fn questions() -> anyhow::Result<String> {
    let store = Store::in_memory()?;
    let mut all = Vec::new();
    for question in query::questions() {
        // Some cannot be asked without a word to look for.
        if let Ok(sparql) = query::prepare(&store, question.name, &Params::default()) {
            all.push(serde_json::json!({ "name": question.name, "summary": question.summary(), "sparql": sparql }));
        }
    }
    Ok(serde_json::to_string(&all)?)
}

/// Why a request is not answered.
struct Trouble {
    status: StatusCode,
    why: String,
}

impl Trouble {
    fn new(status: StatusCode, why: impl Into<String>) -> Self {
        Self { status, why: why.into() }
    }

    fn response(self) -> Response<Body> {
        text(self.status, "text/plain; charset=utf-8", self.why + "\n")
    }
}

type Answered = Result<Response<Body>, Trouble>;

/// What a server knows.
struct Site {
    program: PathBuf,
    store: PathBuf,
    timeout: u64,
    questions: String,
}

impl Site {
    fn answer(&self, request: &mut Request<Body>) -> Answered {
        if !of_this_machine(request) {
            return Err(Trouble::new(StatusCode::FORBIDDEN, "this server answers at localhost only"));
        }
        let path = request.uri().path().to_owned();
        if path == "/sparql" {
            return self.sparql(request);
        }
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return Err(Trouble::new(StatusCode::METHOD_NOT_ALLOWED, "only GET is known here"));
        }
        let ok = StatusCode::OK;
        match path.as_str() {
            "/" => Ok(text(ok, "text/html; charset=utf-8", include_str!("page.html").to_owned())),
            "/page.js" => Ok(text(ok, "text/javascript; charset=utf-8", include_str!("page.js").to_owned())),
            "/page.css" => Ok(text(ok, "text/css; charset=utf-8", include_str!("page.css").to_owned())),
            "/questions.json" => Ok(text(ok, "application/json", self.questions.clone())),
            "/report" => {
                let html = self.program(&["report", "--out", "-"], "")?;
                // The report brings its own script and style along.
                response(ok, "text/html; charset=utf-8", None, html)
            }
            _ => match path.strip_prefix("/claim/") {
                Some(id) if !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                    let told = self.program(&["explain", id], "")?;
                    Ok(text(ok, "text/plain; charset=utf-8", String::from_utf8_lossy(&told).into_owned()))
                }
                _ => Err(Trouble::new(StatusCode::NOT_FOUND, format!("nothing is at `{path}`; start at /"))),
            },
        }
    }

    /// The endpoint.
    ///
    /// # References
    /// SPARQL 1.1 Protocol, W3C 2013, section 2.1.
    fn sparql(&self, request: &mut Request<Body>) -> Answered {
        let sparql = query_of(request)?;
        let graph = query::gives_graph(&sparql).map_err(|e| Trouble::new(StatusCode::BAD_REQUEST, e.to_string()))?;
        let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
        let known: &[Media] = if graph { &media::GRAPHS } else { &media::RESULTS };
        let Some(media) = accepted(accept, known) else {
            let names: Vec<&str> = known.iter().map(|media| media.types[0]).collect();
            return Err(Trouble::new(
                StatusCode::NOT_ACCEPTABLE,
                format!("this query can be answered as {}", names.join(", ")),
            ));
        };
        let timeout = self.timeout.to_string();
        let answer = self.program(&["query", "-", "--format", media.format, "--timeout", &timeout], &sparql)?;
        response(StatusCode::OK, media.types[0], None, answer)
    }

    /// What this program prints, run on the store with these arguments and this input.
    fn program(&self, arguments: &[&str], input: &str) -> Result<Vec<u8>, Trouble> {
        let failed = |why: String| Trouble::new(StatusCode::INTERNAL_SERVER_ERROR, why);
        let mut child = Command::new(&self.program)
            .args(arguments)
            .arg("--store")
            .arg(&self.store)
            .args(["--quiet", "--color", "never"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| failed(e.to_string()))?;
        if let Some(mut stdin) = child.stdin.take() {
            // One that does not read its input may be gone already; its message says why.
            let _ = stdin.write_all(input.as_bytes());
        }
        let output = child.wait_with_output().map_err(|e| failed(e.to_string()))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(failed(String::from_utf8_lossy(&output.stderr).trim_end().to_owned()))
    }
}

/// Whether the caller named this machine: a page from elsewhere that had its own name point here would name itself.
fn of_this_machine(request: &Request<Body>) -> bool {
    let host = request.headers().get(HOST).and_then(|value| value.to_str().ok()).or_else(|| request.uri().host());
    let Some(host) = host else { return false };
    let name = host.rsplit_once(':').map_or(
        host,
        |(name, port)| {
            if port.bytes().all(|b| b.is_ascii_digit()) { name } else { host }
        },
    );
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// The query of a request by any of the three ways of the protocol.
fn query_of(request: &mut Request<Body>) -> Result<String, Trouble> {
    let bad = |why: &str| Trouble::new(StatusCode::BAD_REQUEST, why);
    let form = match *request.method() {
        Method::GET | Method::HEAD => request.uri().query().unwrap_or_default().to_owned(),
        Method::POST => {
            let kind = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
            let mut body = String::new();
            request
                .body_mut()
                .take(LONGEST + 1)
                .read_to_string(&mut body)
                .map_err(|_| bad("the query is no UTF-8 text"))?;
            if body.len() as u64 > LONGEST {
                return Err(Trouble::new(StatusCode::PAYLOAD_TOO_LARGE, "the query is longer than 1 MiB"));
            }
            match kind.split(';').next().unwrap_or_default().trim() {
                "application/sparql-query" => return Ok(body),
                "application/x-www-form-urlencoded" => body,
                "application/sparql-update" => {
                    return Err(bad("the store is not changed here; use `demarche add` and `remove`"));
                }
                _ => {
                    let why = "post a query as application/sparql-query or application/x-www-form-urlencoded";
                    return Err(Trouble::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, why));
                }
            }
        }
        _ => return Err(Trouble::new(StatusCode::METHOD_NOT_ALLOWED, "GET and POST are known here")),
    };
    let mut queries = Vec::new();
    for pair in form.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match media::decoded(name).as_deref() {
            Some("query") => queries.push(media::decoded(value).ok_or_else(|| bad("the query is no UTF-8 text"))?),
            Some("update") => return Err(bad("the store is not changed here; use `demarche add` and `remove`")),
            Some("default-graph-uri" | "named-graph-uri") => {
                return Err(bad("choose graphs in the query, with FROM and FROM NAMED"));
            }
            _ => {}
        }
    }
    match queries.len() {
        1 => Ok(queries.remove(0)),
        0 => Err(bad("there is no query; give one as `?query=…`, or open / for a page to write it")),
        _ => Err(bad("there is more than one query")),
    }
}

fn text(status: StatusCode, media: &str, body: String) -> Response<Body> {
    response(status, media, Some(POLICY), body.into_bytes()).unwrap_or_else(|_| Response::new(Body::empty()))
}

fn response(status: StatusCode, media: &str, policy: Option<&str>, body: Vec<u8>) -> Answered {
    let mut builder = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, media)
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff");
    if let Some(policy) = policy {
        builder = builder.header("Content-Security-Policy", policy);
    }
    builder.body(Body::from(body)).map_err(|e| Trouble::new(StatusCode::INTERNAL_SERVER_ERROR, e.to_string()))
}
