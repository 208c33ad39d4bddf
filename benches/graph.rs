//! How the store and the questions grow: `cargo bench --bench graph -- 1000 10000 100000` prints a table in Markdown.
//!
//! The claims are invented: 12 an article, 2,000 actors and 150 issues whose frequencies fall like 1/rank, a fifth of them from the thirty commonest
//! actors about the ten commonest issues; every tenth article reprints the one before. Times are processor time of the thread where the system tells it (Linux), else wall time; of questions, the
//! best of three, in a store opened for that question as `demarche ask` does, or, with WHOLE=1, in the whole store. While a store opens, another thread
//! reads its files, whose time is not told. Memory is the growth of the resident set while the store is opened; the first size of a run tells it best.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_sign_loss,
    reason = "a bench may panic and prints"
)]

use std::time::{Duration, Instant};

use demarche::act::{Act, Stance};
use demarche::actors::ActorKind;
use demarche::claims::{ActorRef, Claim, Content, DocumentRef, IssueRef, Quotation, Quote};
use demarche::corpus::{Document, Metadata};
use demarche::graph::{Run, Store};
use demarche::query::{self, Level, Limits, Params};
use sha2::{Digest as _, Sha256};

const CLAIMS_PER_ARTICLE: usize = 12;

/// A fixed sequence of numbers (SplitMix64): the same on every machine.
#[derive(Clone)]
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    /// Rank below `n`, with frequencies about 1/rank.
    fn rank(&mut self, n: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let rank = ((n as f64 + 1.0).powf(unit) - 1.0).floor();
        (rank as usize).min(n - 1)
    }
}

const WORDS: [&str; 24] = [
    "harbour",
    "treaty",
    "minister",
    "withdraw",
    "ships",
    "quota",
    "talks",
    "border",
    "said",
    "never",
    "envoy",
    "tariff",
    "inspect",
    "accept",
    "council",
    "deadline",
    "garrison",
    "river",
    "pact",
    "grain",
    "pipeline",
    "monitor",
    "release",
    "guarantee",
];

fn actor(rank: usize, mention: Option<Quote>) -> ActorRef {
    let country = rank % 40;
    let (id, label, kind) = if rank < 40 {
        (format!("country-{rank}"), format!("Country {rank}"), ActorKind::Country)
    } else {
        (format!("person-{rank}"), format!("Person {rank}"), ActorKind::Person)
    };
    ActorRef { id, label, kind, bloc: Some(format!("Country {country}")), mention }
}

fn article(n: usize, numbers: &mut Numbers) -> (Document, Vec<Claim>) {
    let words: Vec<&str> = (0..400).map(|_| WORDS[numbers.below(WORDS.len())]).collect();
    let text = format!("Report {n}. {}", words.join(" "));
    let sha256 = Sha256::digest(text.as_bytes()).iter().fold(String::new(), |s, b| format!("{s}{b:02x}"));
    let id = sha256[..16].to_owned();
    let day = n % 1000;
    let published = format!("{}-{:02}-{:02}", 2022 + day / 336, 1 + day % 336 / 28, 1 + day % 28);
    let metadata = Metadata {
        title: Some(format!("Report {n}")),
        url: Some(format!("https://news.example/{n}")),
        published: Some(published),
        publisher: Some(format!("Outlet {}", numbers.rank(60))),
        language: Some("en".to_owned()),
    };
    let quote = |numbers: &mut Numbers, most: usize| {
        let start = 12 + numbers.below(text.len() - 12 - most - 20);
        let end = start + 6 + numbers.below(most);
        Quote { start, end, text: text[start..end].to_owned() }
    };
    let claims = (0..CLAIMS_PER_ARTICLE)
        .map(|k| {
            let common = numbers.below(5) == 0;
            let (actors, issues) = if common { (30, 10) } else { (2000, 150) };
            let act = Act::ALL[numbers.rank(13)];
            let content = quote(numbers, 90);
            let source_mention = quote(numbers, 12);
            let issue = numbers.rank(issues);
            let addressee = if numbers.below(10) < 6 {
                let mention = quote(numbers, 12);
                vec![actor(numbers.rank(actors), Some(mention))]
            } else {
                Vec::new()
            };
            Claim {
                id: format!("{id}{k:02}"),
                document: DocumentRef {
                    id: id.clone(),
                    path: None,
                    sha256: sha256.clone(),
                    title: metadata.title.clone(),
                    url: metadata.url.clone(),
                    published: metadata.published.clone(),
                    publisher: metadata.publisher.clone(),
                    language: metadata.language.clone(),
                },
                source: vec![actor(numbers.rank(actors), Some(source_mention))],
                act,
                addressee,
                cue: Some(quote(numbers, 10)),
                content: Content { start: content.start, end: content.end, text: content.text, more: Vec::new() },
                quotation: [Quotation::Direct, Quotation::Indirect, Quotation::Mixed][numbers.below(3)],
                negated: numbers.below(20) == 0,
                hedged: numbers.below(12) == 0,
                condition: (numbers.below(20) == 0).then(|| quote(numbers, 30)),
                via: if numbers.below(12) == 0 { vec![actor(numbers.rank(2000), None)] } else { Vec::new() },
                stance: [Stance::Favour, Stance::Against, Stance::Neutral][numbers.below(3)],
                issue: vec![IssueRef { id: format!("issue-{issue}"), label: format!("Issue {issue}") }],
                date: None,
                confidence: numbers.below(1000) as f64 / 1000.0,
                rule: "bench".to_owned(),
                corrections: Vec::new(),
            }
        })
        .collect();
    let document = Document { id, path: None, sha256, metadata, text, blocks: Vec::new() };
    (document, claims)
}

/// Resident memory in megabytes; 0 where the system does not tell.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default().to_owned();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// A moment to measure from.
struct Clock {
    wall: Instant,
    processor: Option<Duration>,
}

impl Clock {
    fn start() -> Self {
        Self { wall: Instant::now(), processor: Self::processor() }
    }

    /// Time that this thread has had a processor.
    fn processor() -> Option<Duration> {
        let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        stat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    }

    fn elapsed(&self) -> Duration {
        match (self.processor, Self::processor()) {
            (Some(then), Some(now)) => now.saturating_sub(then),
            _ => self.wall.elapsed(),
        }
    }
}

fn best(times: usize, mut run: impl FnMut()) -> Duration {
    (0..times)
        .map(|_| {
            let start = Clock::start();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    let only = std::env::var("QUESTION").ok();
    let cases: [(&str, Params); 4] = [
        ("all", Params::default()),
        ("one actor", Params { actor: Some("country-0".into()), ..Params::default() }),
        ("one issue", Params { issue: Some("issue-0".into()), ..Params::default() }),
        ("blocs", Params { level: Level::Bloc, ..Params::default() }),
    ];
    let mut load = vec![
        "| claims | quads | a claim | add, quads/s | commit s | of that copies s | disk MB | open s | RSS MB | open for demands s | RSS MB | replace one article ms |"
            .to_owned(),
    ];
    load.push("|---|---|---|---|---|---|---|---|---|---|---|---|".to_owned());
    let mut latency: Vec<(String, Vec<String>)> = Vec::new();
    for &size in &sizes {
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{size}"));
        let _ = std::fs::remove_dir_all(&path);
        let mut numbers = Numbers(42);
        let articles = size.div_ceil(CLAIMS_PER_ARTICLE);
        let (add, commit, copies, quads) = {
            let mut store = Store::edit(&path).unwrap();
            let mut add = Duration::ZERO;
            let mut before = numbers.clone();
            for n in 0..articles {
                if n % 10 == 9 {
                    numbers = before.clone();
                }
                before = numbers.clone();
                let (document, claims) = article(n, &mut numbers);
                let start = Clock::start();
                store.add(&document, &claims, &Run::default()).unwrap();
                add += start.elapsed();
            }
            let start = Clock::start();
            store.commit().unwrap();
            let commit = start.elapsed();
            let start = Clock::start();
            let found = store.copies().unwrap().len();
            eprintln!("{size}: {found} claims are copies");
            (add, commit, start.elapsed(), store.size().unwrap().quads)
        };
        let before = memory();
        let start = Clock::start();
        let part = Store::open_for(&path, &query::question("demands").unwrap().reads()).unwrap();
        let open_part = start.elapsed();
        let used_part = memory().saturating_sub(before);
        let store_bytes: u64 = part.manifest().files().map(|entry| entry.bytes).sum();
        drop(part);
        let start = Clock::start();
        let mut store = Store::edit(&path).unwrap();
        let open = start.elapsed();
        let used = memory().saturating_sub(before);
        let (document, claims) = article(0, &mut Numbers(42));
        let start = Clock::start();
        store.add(&document, &claims[1..], &Run::default()).unwrap();
        store.commit().unwrap();
        let replace = start.elapsed();
        load.push(format!(
            "| {} | {quads} | {:.1} | {:.0} | {:.2} | {:.2} | {} | {:.2} | {used} | {:.2} | {used_part} | {:.0} |",
            articles * CLAIMS_PER_ARTICLE,
            quads as f64 / (articles * CLAIMS_PER_ARTICLE) as f64,
            quads as f64 / add.as_secs_f64(),
            commit.as_secs_f64(),
            copies.as_secs_f64(),
            store_bytes / 1_000_000,
            open.as_secs_f64(),
            open_part.as_secs_f64(),
            replace.as_secs_f64() * 1000.0,
        ));

        drop(store);
        let whole = std::env::var("WHOLE").is_ok().then(|| Store::open(&path).unwrap());

        let limits = Limits { time: Duration::from_mins(1), ..Limits::default() };
        for question in query::questions() {
            if only.as_ref().is_some_and(|only| only != question.name) {
                continue;
            }
            let start = Clock::start();
            let opened = if whole.is_none() { Some(Store::open_for(&path, &question.reads()).unwrap()) } else { None };
            eprintln!("{size}: {} opened in {:.2} s", question.name, start.elapsed().as_secs_f64());
            let Some(store) = opened.as_ref().or(whole.as_ref()) else { continue };
            for (what, params) in &cases {
                let params = if question.name == "search" {
                    Params { text: Some("treaty garrison".into()), ..params.clone() }
                } else {
                    params.clone()
                };
                let Ok(sparql) = query::prepare(store, question.name, &params) else { continue };
                let mut rows = String::new();
                let time = best(3, || {
                    rows = match query::run(store, &sparql, &limits) {
                        Ok(query::Answer::Table(table)) => table.rows.len().to_string(),
                        Ok(_) => "?".to_owned(),
                        Err(e) => e.to_string(),
                    };
                });
                let name = format!("{} | {what}", question.name);
                let cell = format!("{:.1} ({rows})", time.as_secs_f64() * 1000.0);
                eprintln!("{size}: {name}: {cell}");
                match latency.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, cells)) => cells.push(cell),
                    None => latency.push((name, vec![cell])),
                }
            }
        }
        if std::env::var("KEEP").is_err() {
            let _ = std::fs::remove_dir_all(&path);
        }
    }
    println!("\n{}\n", load.join("\n"));
    let heads: Vec<String> = sizes.iter().map(|size| format!("{size} claims: ms (rows)")).collect();
    println!("| question | of | {} |\n|---|---|{}", heads.join(" | "), "---|".repeat(sizes.len()));
    for (name, cells) in latency {
        println!("| {name} | {} |", cells.join(" | "));
    }
}
