//! Runs the cases in tests/cases: snippets of news and the claims expected. The format is explained in tests/cases/README.md.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use demarche::claims::{ActorRef, Claim};
use demarche::corpus::{Document, Metadata};
use demarche::pipeline::Engine;

/// A row of a table.
#[derive(Debug, Default)]
struct Row {
    source: BTreeSet<String>,
    act: String,
    /// `None` leaves it open.
    addressee: Option<BTreeSet<String>>,
    /// Spans of the parts, code points.
    content: Vec<(usize, usize)>,
    negated: bool,
    hedged: bool,
    via: Option<Vec<String>>,
}

#[derive(Debug)]
struct Case {
    heading: String,
    /// Line (from 0) of the opening fence.
    line: usize,
    article: String,
    rows: Vec<Row>,
    /// Line after the last of table or "No claims.".
    end: usize,
    /// Line of the `miss:` mark.
    miss: Option<usize>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn names(cell: &str) -> BTreeSet<String> {
    cell.split(';').map(|n| n.trim().to_lowercase()).filter(|n| !n.is_empty()).collect()
}

/// Where the parts of a content stand in the article.
fn places(article: &str, content: &str) -> Option<Vec<(usize, usize)>> {
    content
        .split(" … ")
        .map(|part| {
            let at = article.find(part.trim())?;
            let start = article[..at].chars().count();
            Some((start, start + part.trim().chars().count()))
        })
        .collect()
}

fn cases(path: &Path, text: &str) -> Vec<Case> {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = Vec::new();
    let mut heading = String::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some(words) = lines[at].strip_prefix("## ") {
            words.clone_into(&mut heading);
        }
        if lines[at] != "```article" {
            at += 1;
            continue;
        }
        let line = at;
        let place = format!("{}:{}", path.display(), line + 1);
        let close = (at + 1..lines.len()).find(|&l| lines[l] == "```").unwrap_or_else(|| panic!("{place}: open fence"));
        let article = lines[at + 1..close].join("\n");
        at = close + 1;
        while lines.get(at).is_some_and(|l| l.trim().is_empty()) {
            at += 1;
        }
        let mut rows = Vec::new();
        if lines.get(at).is_some_and(|l| l.trim() == "No claims.") {
            at += 1;
        } else {
            assert!(lines.get(at).is_some_and(|l| l.starts_with('|')), "{place}: a table or `No claims.` must follow");
            let cells = |l: &str| -> Vec<String> {
                l.trim().trim_start_matches('|').trim_end_matches('|').split('|').map(|c| c.trim().to_owned()).collect()
            };
            let columns = cells(lines[at]);
            at += 2;
            while let Some(line) = lines.get(at).filter(|l| l.starts_with('|')) {
                let values = cells(line);
                assert_eq!(values.len(), columns.len(), "{}:{}: number of cells", path.display(), at + 1);
                let mut row = Row::default();
                for (column, value) in columns.iter().zip(&values) {
                    match column.as_str() {
                        "source" => row.source = names(value),
                        "act" => row.act.clone_from(value),
                        "addressee" => row.addressee = (value != "*").then(|| names(value)),
                        "content" => {
                            row.content = places(&article, value).unwrap_or_else(|| {
                                panic!("{}:{}: `{value}` is not in the article", path.display(), at + 1)
                            });
                        }
                        "flags" => {
                            row.negated = value.contains("negated");
                            row.hedged = value.contains("hedged");
                        }
                        "via" => row.via = Some(names(value).into_iter().collect()),
                        other => panic!("{place}: unknown column `{other}`"),
                    }
                }
                rows.push(row);
                at += 1;
            }
        }
        let end = at;
        let next = (at..lines.len()).find(|&l| !lines[l].trim().is_empty());
        let miss = next.filter(|&l| lines[l].starts_with("miss:"));
        out.push(Case { heading: heading.clone(), line, article, rows, end, miss });
    }
    out
}

fn labels(actors: &[ActorRef]) -> BTreeSet<String> {
    actors.iter().map(|a| a.label.to_lowercase()).collect()
}

/// Offsets at which words start.
fn words(text: &[char], spans: &[(usize, usize)]) -> BTreeSet<usize> {
    let word = |c: char| c.is_alphanumeric();
    spans
        .iter()
        .flat_map(|&(s, e)| (s..e.min(text.len())).filter(move |&i| word(text[i]) && (i == s || !word(text[i - 1]))))
        .collect()
}

/// What is wrong with the claims found; nothing where all is right.
fn faults(case: &Case, found: &[Claim]) -> Vec<String> {
    let text: Vec<char> = case.article.chars().collect();
    let spans = |c: &Claim| -> Vec<(usize, usize)> {
        std::iter::once((c.content.start, c.content.end)).chain(c.content.more.iter().map(|m| (m[0], m[1]))).collect()
    };
    let dice = |row: &Row, claim: &Claim| {
        let (a, b) = (words(&text, &row.content), words(&text, &spans(claim)));
        if a.is_empty() && b.is_empty() {
            0.0
        } else {
            2.0 * a.intersection(&b).count() as f64 / (a.len() + b.len()) as f64
        }
    };
    let wrong = |row: &Row, claim: &Claim| -> Vec<String> {
        let mut out = Vec::new();
        let list = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join("; ");
        if labels(&claim.source) != row.source {
            out.push(format!("source {}, not {}", list(&labels(&claim.source)), list(&row.source)));
        }
        if claim.act.as_str() != row.act {
            out.push(format!("act {}, not {}", claim.act.as_str(), row.act));
        }
        if let Some(wanted) = &row.addressee
            && labels(&claim.addressee) != *wanted
        {
            out.push(format!("addressee {}, not {}", none(&list(&labels(&claim.addressee))), none(&list(wanted))));
        }
        if claim.negated != row.negated {
            out.push(format!("negated {}", claim.negated));
        }
        if claim.hedged != row.hedged {
            out.push(format!("hedged {}", claim.hedged));
        }
        if let Some(via) = &row.via {
            let mut got: Vec<String> = labels(&claim.via).into_iter().collect();
            got.sort();
            if got != *via {
                out.push(format!("via {}, not {}", none(&got.join("; ")), none(&via.join("; "))));
            }
        }
        out
    };
    let mut pairs: Vec<(usize, usize, usize, f64)> = Vec::new();
    for (i, row) in case.rows.iter().enumerate() {
        for (j, claim) in found.iter().enumerate() {
            let dice = dice(row, claim);
            if dice >= 0.5 {
                pairs.push((wrong(row, claim).len() + usize::from(dice < 0.8), i, j, dice));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.cmp(&b.0).then(b.3.total_cmp(&a.3)).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_rows, mut used_claims) = (vec![false; case.rows.len()], vec![false; found.len()]);
    let mut out = Vec::new();
    for (_, i, j, dice) in pairs {
        if !used_rows[i] && !used_claims[j] {
            (used_rows[i], used_claims[j]) = (true, true);
            let (row, claim) = (&case.rows[i], &found[j]);
            let mut here = wrong(row, claim);
            if dice < 0.8 {
                here.push(format!("content `{}`", short(&claim.content.text)));
            }
            if !here.is_empty() {
                let start = row.content.first().map_or(0, |p| p.0);
                let end = row.content.first().map_or(0, |p| p.1);
                let content: String = text[start..end].iter().collect();
                out.push(format!("`{}`: {}", short(&content), here.join(", ")));
            }
        }
    }
    for (row, _) in case.rows.iter().zip(&used_rows).filter(|(_, used)| !**used) {
        let content: String = row.content.first().map(|&(s, e)| text[s..e].iter().collect()).unwrap_or_default();
        out.push(format!("`{}` not found", short(&content)));
    }
    for (claim, _) in found.iter().zip(&used_claims).filter(|(_, used)| !**used) {
        let source = labels(&claim.source).into_iter().collect::<Vec<_>>().join("; ");
        out.push(format!("`{}` found ({source} {})", short(&claim.content.text), claim.act.as_str()));
    }
    out
}

fn none(list: &str) -> &str {
    if list.is_empty() { "none" } else { list }
}

fn short(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.chars().count() <= 40 { text } else { text.chars().take(39).collect::<String>() + "…" }
}

#[test]
fn cases_hold_and_known_misses_are_true() {
    let engine = Engine::new(&[]).unwrap();
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "md") && !p.ends_with("README.md"));
    paths.sort();
    let (mut report, mut summary) = (String::new(), String::new());
    let (mut all, mut passed) = (0, 0);
    for path in &paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(path).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let cases = cases(path, &text);
        let mut good = 0;
        for case in cases.iter().rev() {
            let document = Document::from_text(case.article.clone(), None, Metadata::default());
            let faults = faults(case, &engine.claims(&document));
            good += usize::from(faults.is_empty());
            if update {
                if let Some(miss) = case.miss {
                    // The mark and the empty line before it.
                    lines.drain(case.end..=miss);
                }
                if !faults.is_empty() {
                    lines.splice(case.end..case.end, [String::new(), format!("miss: {}", faults.join("; "))]);
                }
            } else if faults.is_empty() && case.miss.is_some() {
                let _ =
                    writeln!(report, "{name}:{}: passes now, take its `miss:` away ({})", case.line + 1, case.heading);
            } else if !faults.is_empty() && case.miss.is_none() {
                let _ = writeln!(report, "{name}:{} ({}):\n    {}", case.line + 1, case.heading, faults.join("\n    "));
            }
        }
        let _ = writeln!(summary, "{name:40} {good:4} of {:4} right", cases.len());
        all += cases.len();
        passed += good;
        if update {
            let new = lines.join("\n") + "\n";
            if new != text {
                fs::write(path, new).unwrap();
            }
        }
    }
    println!("{summary}{:40} {passed:4} of {all:4} right", "all");
    assert!(
        report.is_empty(),
        "{report}\n{summary}\nmend the extractor, or write the marks anew: UPDATE_CASES=1 cargo test --release cases"
    );
}

#[test]
fn offices_of_offices_cost_no_more_than_their_words() {
    let text = format!("{}Board James Smith said the plan was good.", "President of the ".repeat(60));
    let document = crate::fixture::document("Offices", "2025-03-17", "Harbour Mail", &text);
    // Looking ahead anew from each office would double the work with every one of them: this would never end.
    let claims = Engine::new(&[]).unwrap().claims(&document);
    assert!(claims.iter().any(|claim| claim.content.text.contains("the plan was good")), "{claims:?}");
}
