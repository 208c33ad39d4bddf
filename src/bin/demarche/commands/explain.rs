//! `demarche explain`: the passage of a claim with its parts marked, and what is known of it in words.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use anyhow::bail;
use demarche::claims::{ActorRef, Claim};
use demarche::graph::{Store, vocab};
use demarche::query::{self, Answer, Limits, Table};

use crate::args::{Args, Explain};
use crate::commands::{engine, read, threads};
use crate::printer::Printer;

/// What a stretch of the passage is. Where parts overlap, the earlier variant is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Source,
    Addressee,
    Cue,
    Condition,
    Content,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Addressee => "addressee",
            Self::Cue => "cue",
            Self::Condition => "condition",
            Self::Content => "content",
        }
    }

    fn style(self) -> Style {
        let colour = match self {
            Self::Source => AnsiColor::Cyan,
            Self::Addressee => AnsiColor::Magenta,
            Self::Cue => AnsiColor::Yellow,
            Self::Condition => AnsiColor::Blue,
            Self::Content => AnsiColor::Green,
        };
        Style::new().fg_color(Some(colour.into())).bold()
    }
}

/// A claim with its text, from a store or just made.
struct Explained {
    text: Vec<char>,
    parts: Vec<(Part, usize, usize)>,
    /// Names and values, in the order to print.
    facts: Vec<(&'static str, String)>,
}

pub(crate) fn run(it: &Explain, args: &Args, printer: &Printer) -> anyhow::Result<bool> {
    let id = id_of(&it.claim);
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
        bail!("`{}` is no claim id; `demarche ask` and `demarche extract` show ids", it.claim);
    }
    let explained = if it.paths.is_empty() {
        from_store(&id, &Store::open(&it.store.store)?)?
    } else {
        from_articles(&id, it, args, printer)?
    };
    let mut out = String::new();
    let coloured = Printer::colours_stdout();
    let _ = writeln!(out, "{}\n", passage(&explained, coloured));
    let width = explained.facts.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, value) in explained.facts.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "{name:width$}  {value}");
    }
    crate::printer::lines([out.trim_end()])?;
    Ok(true)
}

/// An id as it was typed or pasted: without what names it as a claim, without the "…" of a table that was cut, in lower case as ids are.
fn id_of(typed: &str) -> String {
    let id = typed.trim().trim_end_matches(['…', '.']).to_lowercase();
    id.rsplit(['/', ':']).next().unwrap_or_default().to_owned()
}

/// What is known of an article: headline, path, outlet, date, address. Empty is what is not.
fn of_article([title, path, outlet, published, address]: [String; 5]) -> [(&'static str, String); 5] {
    [("article", title), ("read from", path), ("outlet", outlet), ("published", published), ("address", address)]
}

/// The paragraphs that the parts stand in, marked: colours where they are seen, brackets elsewhere.
fn passage(it: &Explained, coloured: bool) -> String {
    let first = it.parts.iter().map(|p| p.1).min().unwrap_or(0);
    let last = it.parts.iter().map(|p| p.2).max().unwrap_or(0).min(it.text.len());
    let start = it.text[..first].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
    let end = it.text[last..].iter().position(|c| *c == '\n').map_or(it.text.len(), |at| last + at);
    let part_at = |at: usize| it.parts.iter().filter(|(_, s, e)| (*s..*e).contains(&at)).map(|p| p.0).min();
    let mut out = String::new();
    let mut open: Option<Part> = None;
    for at in start..=end {
        let part = if at < end { part_at(at) } else { None };
        if part != open {
            if let Some(part) = open {
                let _ = if coloured { write!(out, "{:#}", part.style()) } else { write!(out, "]") };
            }
            if let Some(part) = part {
                let _ = if coloured { write!(out, "{}", part.style()) } else { write!(out, "[{}: ", part.name()) };
            }
            open = part;
        }
        if at < end {
            out.push(it.text[at]);
        }
    }
    if coloured {
        let mut key: Vec<Part> = it.parts.iter().map(|p| p.0).collect();
        key.sort_unstable();
        key.dedup();
        let key: Vec<String> = key.iter().map(|p| format!("{}{}{:#}", p.style(), p.name(), p.style())).collect();
        let _ = write!(out, "\n({})", key.join(", "));
    }
    out
}

/// How sure, in words. The confidence was fitted to whether content and source are right: it says nothing of act, addressee and issue.
fn sure(confidence: f64) -> String {
    let words = match confidence {
        c if c >= 0.8 => "content and source are right in most of such claims",
        c if c >= 0.5 => "content and source are right in more than half of such claims",
        _ => "doubtful: content and source are right in less than half of such claims",
    };
    format!("{confidence:.2} ({words})")
}

/// The rule's name in words.
fn rule(name: &str) -> String {
    let words = match name {
        "cue.verb" => "a verb that carries an act, with its subject and its content",
        "cue.predicate" => "a predicate that carries an act, with its subject and its content",
        "cue.noun" => "a noun that carries an act, with its holder and its topic",
        "according-to" => "“according to” and its like",
        "quote.running" => "a quotation that goes on without a new attribution",
        "attribution" => "an attribution that the language model marked",
        "model" | "signal" => "the claim heads of the language model",
        _ => return name.to_owned(),
    };
    format!("{name}: {words}")
}

/// A correction in words.
fn correction(change: &str, reason: &str, author: &str, date: &str) -> String {
    let mut out = change.to_owned();
    if !author.is_empty() {
        let _ = write!(out, ", by {author}");
    }
    if !date.is_empty() {
        let _ = write!(out, " on {date}");
    }
    if !reason.is_empty() {
        let _ = write!(out, ", because: {reason}");
    }
    out
}

/// The corrections `?c` of a pattern, in words.
fn corrections(store: &Store, pattern: &str) -> anyhow::Result<Vec<String>> {
    let table = select(
        store,
        &format!(
            "SELECT ?change ?reason ?author ?date {{
               {pattern} . ?c dm:change ?change ; prov:used ?d .
               OPTIONAL {{ ?d dm:reason ?reason }} OPTIONAL {{ ?d dcterms:date ?date }}
               OPTIONAL {{ ?d prov:wasAttributedTo/rdfs:label ?author }}
             }} ORDER BY ?c"
        ),
    )?;
    let cell = |row, column| table.text(row, column);
    Ok((0..table.rows.len())
        .map(|row| correction(&cell(row, "change"), &cell(row, "reason"), &cell(row, "author"), &cell(row, "date")))
        .collect())
}

fn from_articles(id: &str, it: &Explain, args: &Args, printer: &Printer) -> anyhow::Result<Explained> {
    let engine = engine(args)?;
    let (documents, _) = read(&it.paths, false, printer)?;
    let claims = engine.claims_of(&documents, threads(args), &|_| ());
    let mut found = documents
        .iter()
        .zip(&claims)
        .flat_map(|(d, list)| list.iter().filter(|c| c.id.starts_with(id)).map(move |c| (d, c)));
    let Some((document, claim)) = found.next() else { bail!("no claim `{id}` in these articles") };
    let others: Vec<&str> = found.map(|(_, c)| c.id.as_str()).collect();
    if !others.is_empty() {
        bail!("`{id}` begins the ids of {} claims: {}, {}", others.len() + 1, claim.id, others.join(", "));
    }
    Ok(of_claim(&document.text, claim))
}

fn of_claim(text: &str, claim: &Claim) -> Explained {
    let mut parts = vec![(Part::Content, claim.content.start, claim.content.end)];
    parts.extend(claim.content.more.iter().map(|&[start, end]| (Part::Content, start, end)));
    for (part, quote) in [(Part::Cue, &claim.cue), (Part::Condition, &claim.condition)] {
        parts.extend(quote.iter().map(|q| (part, q.start, q.end)));
    }
    for (part, actors) in [(Part::Source, &claim.source), (Part::Addressee, &claim.addressee)] {
        parts.extend(actors.iter().filter_map(|a| a.mention.as_ref()).map(|m| (part, m.start, m.end)));
    }
    let names = |actors: &[ActorRef]| actors.iter().map(named).collect::<Vec<_>>().join(" and ");
    let mut manner = vec![claim.act.as_str().to_owned()];
    if claim.negated {
        manner.push("negated: the act itself is denied".to_owned());
    }
    if claim.hedged {
        manner.push("hedged: second-hand or uncertain".to_owned());
    }
    let quotation = match claim.quotation {
        demarche::claims::Quotation::Direct => "direct",
        demarche::claims::Quotation::Indirect => "indirect",
        demarche::claims::Quotation::Mixed => "mixed",
    };
    let mut facts = vec![
        ("claim", claim.id.clone()),
        ("who", names(&claim.source)),
        ("act", manner.join(", ")),
        ("towards", names(&claim.addressee)),
        ("reported by", names(&claim.via)),
        ("stance", claim.stance.as_str().to_owned()),
        ("issue", claim.issue.iter().map(|i| i.label.clone()).collect::<Vec<_>>().join(", ")),
        ("said on", claim.date.clone().unwrap_or_default()),
        ("quotation", quotation.to_owned()),
        ("found by", rule(&claim.rule)),
        ("confidence", sure(claim.confidence)),
    ];
    let document = &claim.document;
    facts.extend(of_article(
        [&document.title, &document.path, &document.publisher, &document.published, &document.url]
            .map(|fact| fact.clone().unwrap_or_default()),
    ));
    facts.extend(claim.corrections.iter().map(|it| {
        let [reason, author, date] = [&it.reason, &it.author, &it.date].map(|part| part.as_deref().unwrap_or_default());
        ("corrected", correction(&it.change, reason, author, date))
    }));
    Explained { text: text.chars().collect(), parts, facts }
}

fn named(actor: &ActorRef) -> String {
    match &actor.bloc {
        Some(bloc) if *bloc != actor.label => format!("{} (for {bloc})", actor.label),
        _ => actor.label.clone(),
    }
}

fn select(store: &Store, sparql: &str) -> anyhow::Result<Table> {
    match query::run(store, sparql, &Limits::default())? {
        Answer::Table(table) => Ok(table),
        Answer::Boolean(_) | Answer::Graph(_) => bail!("the store gave no table"),
    }
}

fn from_store(id: &str, store: &Store) -> anyhow::Result<Explained> {
    let claims = select(
        store,
        &format!(
            "SELECT (STRAFTER(STR(?c), \"/id/claim/\") AS ?id) ?text ?title ?path ?outlet ?published ?address ?act ?stance ?quotation ?negated ?hedged ?rule ?confidence ?date {{
               ?c a dm:Claim . FILTER(STRSTARTS(STR(?c), \"{}claim/{id}\"))
               ?c dm:article ?article ; dm:act/rdfs:label ?act ; dm:negated ?negated ; dm:hedged ?hedged ;
                  dm:confidence ?confidence ; dm:contentSpan/oa:hasSource/dm:text ?text .
               OPTIONAL {{ ?c dm:rule ?rule }} OPTIONAL {{ ?c dm:saidOn ?date }}
               OPTIONAL {{ ?c dm:stance ?stanceOf . BIND(STRAFTER(STR(?stanceOf), \"#\") AS ?stance) }}
               OPTIONAL {{ ?c dm:quotation ?quotationOf . BIND(STRAFTER(STR(?quotationOf), \"#\") AS ?quotation) }}
               OPTIONAL {{ ?article dcterms:title ?title }} OPTIONAL {{ ?article dm:path ?path }}
               OPTIONAL {{ ?article dcterms:publisher ?outlet }} OPTIONAL {{ ?article dcterms:issued ?published }}
               OPTIONAL {{ ?article dcterms:source ?source . BIND(STR(?source) AS ?address) }}
             }} ORDER BY ?id LIMIT 10",
            vocab::ID_BASE
        ),
    )?;
    let full = claims.text(0, "id");
    let dropped = corrections(store, &format!("?c dm:droppedClaim ?id FILTER(STRSTARTS(?id, \"{id}\"))"))?;
    if let (true, Some(first)) = (full.is_empty(), dropped.first()) {
        bail!("a decision took the claim `{id}` out: {first}");
    }
    if full.is_empty() {
        bail!("no claim `{id}` in the store; `demarche query -e 'SELECT ?c {{ ?c a dm:Claim }}'` lists them");
    }
    let ids: Vec<String> = (0..claims.rows.len()).map(|row| claims.text(row, "id")).collect();
    if ids.iter().any(|other| *other != full) {
        bail!("`{id}` begins the ids of several claims: {}", ids.join(", "));
    }
    let node = format!("claim:{full}");
    let spans = select(
        store,
        &format!(
            "SELECT DISTINCT ?part ?start ?end {{
               VALUES (?property ?part) {{ (dm:contentSpan \"content\") (dm:contentPart \"content\") (dm:cueSpan \"cue\")
                 (dm:conditionSpan \"condition\") (dm:sourceSpan \"source\") (dm:addresseeSpan \"addressee\") }}
               {node} ?property ?span . ?span oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end
             }} ORDER BY ?start ?end ?part"
        ),
    )?;
    let mut parts = Vec::new();
    for row in 0..spans.rows.len() {
        let part = [Part::Source, Part::Addressee, Part::Cue, Part::Condition, Part::Content]
            .into_iter()
            .find(|p| p.name() == spans.text(row, "part"));
        let place = |column: &str| spans.number(row, column).and_then(|n| usize::try_from(n).ok());
        if let (Some(part), Some(start), Some(end)) = (part, place("start"), place("end")) {
            parts.push((part, start, end));
        }
    }
    let names = |path: &str| -> anyhow::Result<String> {
        let table = select(
            store,
            &format!(
                "SELECT DISTINCT ?label ?bloc {{ {node} {path} ?a . ?a rdfs:label ?label . OPTIONAL {{ ?a dm:bloc/rdfs:label ?bloc }} }} ORDER BY ?label ?bloc"
            ),
        )?;
        let list: Vec<String> = (0..table.rows.len())
            .map(|row| {
                let (label, bloc) = (table.text(row, "label"), table.text(row, "bloc"));
                if bloc.is_empty() || bloc == label { label } else { format!("{label} (for {bloc})") }
            })
            .collect();
        Ok(list.join(" and "))
    };
    let text = |column: &str| claims.text(0, column);
    let mut manner = vec![text("act")];
    if text("negated") == "true" {
        manner.push("negated: the act itself is denied".to_owned());
    }
    if text("hedged") == "true" {
        manner.push("hedged: second-hand or uncertain".to_owned());
    }
    let mut facts = vec![
        ("claim", full.clone()),
        ("who", names("dm:source")?),
        ("act", manner.join(", ")),
        ("towards", names("dm:addressee")?),
        ("reported by", names("dm:via/dm:reporter")?),
        ("stance", text("stance")),
        ("issue", names("dm:issue")?),
        ("said on", text("date")),
        ("quotation", text("quotation")),
        ("found by", rule(&text("rule"))),
        ("confidence", text("confidence").parse().map(sure).unwrap_or_default()),
    ];
    facts.extend(of_article(["title", "path", "outlet", "published", "address"].map(text)));
    let printed = select(
        store,
        &format!(
            "SELECT DISTINCT ?outlet {{ {node} dm:article/dm:publication/dcterms:publisher ?outlet }} ORDER BY ?outlet"
        ),
    )?;
    if printed.rows.len() > 1 {
        facts.push(("printed by", printed.texts().concat().join(", ")));
    }
    let copies = select(
        store,
        &format!(
            "SELECT DISTINCT ?id {{ {{ {node} dm:copyOf ?c }} UNION {{ ?c dm:copyOf {node} }} UNION {{ {node} dm:copyOf/^dm:copyOf ?c }}
               FILTER(?c != {node}) BIND(STRAFTER(STR(?c), \"/id/claim/\") AS ?id) }} ORDER BY ?id"
        ),
    )?;
    facts.push(("same words", copies.texts().concat().join(", ")));
    let corrected = corrections(store, &format!("{node} dm:correctedBy ?c"))?;
    facts.extend(corrected.into_iter().map(|it| ("corrected", it)));
    Ok(Explained { text: text("text").chars().collect(), parts, facts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_bracketed_and_the_inner_part_wins() {
        let text = "One.\nKenya urged Mali to talk.\nTwo.";
        let parts =
            vec![(Part::Source, 5, 10), (Part::Cue, 11, 16), (Part::Content, 17, 29), (Part::Addressee, 17, 21)];
        let explained = Explained { text: text.chars().collect(), parts, facts: Vec::new() };
        assert_eq!(passage(&explained, false), "[source: Kenya] [cue: urged] [addressee: Mali][content:  to talk].");
    }

    #[test]
    fn an_id_is_taken_as_it_was_printed() {
        for typed in
            ["3fa9bc", "3FA9BC…", "claim:3fa9bc…", " CLAIM:3FA9BC...", "https://w3id.org/demarche/id/claim/3fa9bc"]
        {
            assert_eq!(id_of(typed), "3fa9bc", "{typed}");
        }
    }

    #[test]
    fn the_confidence_says_what_it_is_about() {
        assert_eq!(sure(0.91), "0.91 (content and source are right in most of such claims)");
        assert!(sure(0.2).contains("doubtful"));
    }
}
