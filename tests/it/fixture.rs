//! Small invented articles with claims stated by hand, in a notation that finds the spans in the text by itself.
#![allow(clippy::unwrap_used, clippy::format_collect, reason = "a fixture may panic")]

use demarche::act::{Act, Stance};
use demarche::actors::ActorKind;
use demarche::claims::{ActorRef, Claim, Content, DocumentRef, IssueRef, Quotation, Quote};
use demarche::corpus::{Block, BlockKind, Document, Metadata};
use demarche::graph::{Run, Store};
use demarche::span::Span;
use sha2::{Digest as _, Sha256};

/// An article of this text.
pub(crate) fn document(title: &str, published: &str, publisher: &str, text: &str) -> Document {
    let sha256 = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect::<String>();
    Document {
        id: sha256[..16].to_owned(),
        path: Some(format!("{}.txt", title.to_lowercase().replace(' ', "-"))),
        sha256,
        metadata: Metadata {
            title: Some(title.to_owned()),
            url: Some(format!("https://news.example/{}", title.to_lowercase().replace(' ', "-"))),
            published: Some(published.to_owned()),
            publisher: Some(publisher.to_owned()),
            language: Some("en".to_owned()),
        },
        text: text.to_owned(),
        blocks: vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Prose }],
    }
}

/// First place of the words in the text, in code points.
pub(crate) fn quote(document: &Document, words: &str) -> Quote {
    let at = document.text.find(words).unwrap_or_else(|| panic!("`{words}` is not in the text"));
    let start = document.text[..at].chars().count();
    Quote { start, end: start + words.chars().count(), text: words.to_owned() }
}

/// `Label`, `Label/Bloc`, with `@words` for the mention: "Ana Reyes/Norland@Reyes". A name of two words is a person, `Council` and `League` are bodies, the rest countries.
pub(crate) fn actor(document: &Document, name: &str) -> ActorRef {
    let (name, mention) = name.split_once('@').map_or((name, None), |(name, words)| (name, Some(words)));
    let (label, bloc) = name.split_once('/').map_or((name, None), |(label, bloc)| (label, Some(bloc)));
    let kind = match label {
        _ if label.contains(' ') => ActorKind::Person,
        "Council" | "League" => ActorKind::Organization,
        _ => ActorKind::Country,
    };
    ActorRef {
        id: label.to_lowercase().replace(' ', "-"),
        label: label.to_owned(),
        kind,
        bloc: bloc.map(str::to_owned),
        mention: mention.map(|words| quote(document, words)),
    }
}

/// A claim: who, act, to whom, content, issue.
pub(crate) fn claim(document: &Document, source: &str, act: Act, addressee: &str, content: &str, issue: &str) -> Claim {
    let list = |names: &str| -> Vec<ActorRef> {
        names.split(',').filter(|name| !name.is_empty()).map(|name| actor(document, name)).collect()
    };
    let at = quote(document, content);
    let key = format!("{}|{}|{}|{source}|{}", document.sha256, at.start, at.end, act.as_str());
    let id = Sha256::digest(key.as_bytes()).iter().take(8).map(|b| format!("{b:02x}")).collect();
    let metadata = document.metadata.clone();
    Claim {
        id,
        document: DocumentRef {
            id: document.id.clone(),
            path: document.path.clone(),
            sha256: document.sha256.clone(),
            title: metadata.title,
            url: metadata.url,
            published: metadata.published,
            publisher: metadata.publisher,
            language: metadata.language,
        },
        source: list(source),
        act,
        addressee: list(addressee),
        cue: None,
        content: Content { start: at.start, end: at.end, text: at.text, more: Vec::new() },
        quotation: Quotation::Indirect,
        negated: false,
        hedged: false,
        condition: None,
        via: Vec::new(),
        stance: match act {
            Act::Reject | Act::Criticise | Act::Accuse | Act::Threaten | Act::Deny => Stance::Against,
            Act::Assert | Act::Acknowledge => Stance::Neutral,
            _ => Stance::Favour,
        },
        issue: issue
            .split(',')
            .filter(|issue| !issue.is_empty())
            .map(|issue| IssueRef { id: issue.to_owned(), label: issue.replace('-', " ") })
            .collect(),
        date: None,
        confidence: 0.9,
        rule: "test".to_owned(),
        corrections: Vec::new(),
    }
}

pub(crate) const HARBOUR: &str = "Norland demanded on Monday that Sudria withdraw its ships from the “Long Harbour”.\r\n\r\n\
    Ana Reyes, the foreign minister, said Norland would lift the tariffs if Sudria signs the treaty. \
    “The ships must leave. That is not open to talks,” she told the Council.\n\
    Reyes said that Sudria had agreed to the inspections. Sudria is believed to reject the fishing quota.";

pub(crate) const REPLY: &str = "Sudria rejected the demand to withdraw its ships. Oskar Lind said his country would not accept the fishing quota 😀. \
    Estmark welcomed the treaty and called on both sides to keep talking. Lind accused Norland of piracy.";

pub(crate) const TURN: &str = "Sudria said it accepts the withdrawal of its ships. Estmark opposes the fishing quota, and so does Sudria. Norland defended the quota.";

/// Three articles about one quarrel.
pub(crate) fn articles() -> Vec<(Document, Vec<Claim>)> {
    let harbour = document("Ships in the harbour", "2025-03-17", "Northern Courier", HARBOUR);
    let mut a = vec![
        claim(
            &harbour,
            "Norland@Norland",
            Act::Demand,
            "Sudria@Sudria",
            "withdraw its ships from the “Long Harbour”",
            "ship-withdrawal",
        ),
        claim(&harbour, "Ana Reyes/Norland@Ana Reyes", Act::Commit, "Sudria", "would lift the tariffs", "tariffs"),
        claim(&harbour, "Ana Reyes/Norland@she", Act::Demand, "Sudria", "The ships must leave", "ship-withdrawal"),
        claim(
            &harbour,
            "Ana Reyes/Norland@she",
            Act::Reject,
            "Council@the Council",
            "That is not open to talks",
            "ship-withdrawal",
        ),
        claim(&harbour, "Sudria", Act::Accept, "Norland", "had agreed to the inspections", "inspections"),
        claim(&harbour, "Sudria", Act::Reject, "", "the fishing quota", "fishing-quota"),
    ];
    a[0].cue = Some(quote(&harbour, "demanded"));
    a[1].condition = Some(quote(&harbour, "if Sudria signs the treaty"));
    a[2].quotation = Quotation::Direct;
    a[3].quotation = Quotation::Direct;
    a[4].via = vec![actor(&harbour, "Ana Reyes/Norland@Reyes")];
    a[5].hedged = true;
    a[0].date = Some("2025-03-10".to_owned());

    let reply = document("Sudria answers", "2025-03-20", "Southern Post", REPLY);
    let mut b = vec![
        claim(&reply, "Sudria@Sudria", Act::Reject, "Norland", "the demand to withdraw its ships", "ship-withdrawal"),
        claim(&reply, "Oskar Lind/Sudria@Oskar Lind", Act::Reject, "", "accept the fishing quota", "fishing-quota"),
        claim(&reply, "Estmark@Estmark", Act::Support, "", "the treaty", "treaty"),
        claim(&reply, "Estmark@Estmark", Act::Request, "Norland,Sudria", "keep talking", ""),
        claim(&reply, "Oskar Lind/Sudria@Lind", Act::Accuse, "Norland@Norland", "piracy", ""),
    ];
    b[2].confidence = 0.75;

    let turn = document("Sudria turns", "2025-04-02", "Northern Courier", TURN);
    let c = vec![
        claim(&turn, "Sudria@Sudria", Act::Accept, "Norland", "the withdrawal of its ships", "ship-withdrawal"),
        claim(&turn, "Estmark@Estmark", Act::Reject, "", "the fishing quota", "fishing-quota"),
        claim(&turn, "Sudria", Act::Reject, "", "so does Sudria", "fishing-quota"),
        claim(&turn, "Norland@Norland", Act::Support, "", "the quota", "fishing-quota"),
    ];
    vec![(harbour, a), (reply, b), (turn, c)]
}

/// All articles in memory.
pub(crate) fn store() -> Store {
    let mut store = Store::in_memory().unwrap();
    for (document, claims) in articles() {
        store.add(&document, &claims, &Run::default()).unwrap();
    }
    store.commit().unwrap();
    store
}

/// The store as N-Quads.
pub(crate) fn dump(store: &Store) -> String {
    let mut out = Vec::new();
    demarche::graph::write(store, oxigraph::io::RdfFormat::NQuads, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A new folder below the target folder for one test, empty.
pub(crate) fn folder(name: &str) -> std::path::PathBuf {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&path);
    path
}
