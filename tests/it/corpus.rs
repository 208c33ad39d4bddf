//! Articles in all their layouts: what is prose, what is not, and that nothing breaks on any text.

use std::fs;
use std::path::PathBuf;

use demarche::corpus::{Block, BlockKind, Document, Format, ReadOptions, blocks, read_paths, read_stream};
use proptest::prelude::*;

/// One letter a kind, for tables of expectations.
fn letter(kind: BlockKind) -> char {
    match kind {
        BlockKind::Heading => 'H',
        BlockKind::Prose => 'P',
        BlockKind::ListItem => 'L',
        BlockKind::Dateline => 'D',
        BlockKind::Debris => 'x',
    }
}

fn drawn(text: &str, blocks: &[Block]) -> String {
    let line = |block: &Block| format!("{} {}\n", letter(block.kind), block.span.of(text).replace('\n', "⏎"));
    blocks.iter().map(line).collect::<Vec<_>>().concat()
}

#[track_caller]
fn check(name: &str, text: &str, expected: &str) {
    assert_eq!(drawn(text, &blocks(text)), expected.trim_start(), "{name}");
}

#[test]
fn wire_report_one_paragraph_a_line() {
    check(
        "wire",
        "Ministers meet again over border posts\nOSLO, March 3 (Example Wire) – The two ministers met on Monday.\n“We asked for an answer,” one said.\n(Reporting by Ann Bee; Editing by Carl Dee)\nOur Standards: The Example Principles.\n",
        "
H Ministers meet again over border posts
D OSLO, March 3 (Example Wire) –
P The two ministers met on Monday.
P “We asked for an answer,” one said.
x (Reporting by Ann Bee; Editing by Carl Dee)
x Our Standards: The Example Principles.
",
    );
}

#[test]
fn blank_lines_headings_and_bullets() {
    check(
        "magazine",
        "Border Posts: What Each Side Wants.\n\nBy Ann Bee\n\nThe talks went on all night.\n\nWhat the north wants\n\nThe list is short:\n\n  • an open road\n  • two new posts\n\n‘A matter of days’\n\nThe south sees it differently.\n\nAnd then?\n",
        "
H Border Posts: What Each Side Wants.
x By Ann Bee
P The talks went on all night.
H What the north wants
P The list is short:
L an open road
L two new posts
H ‘A matter of days’
P The south sees it differently.
P And then?
",
    );
}

#[test]
fn lists_without_bullets() {
    check(
        "bare list",
        "The talks went on all night.\n\nThe following took part:\n\nThe minister of the north\n\nThe minister of the south\n\nThey left at dawn.\n",
        "
P The talks went on all night.
P The following took part:
L The minister of the north
L The minister of the south
P They left at dawn.
",
    );
}

#[test]
fn page_debris() {
    check(
        "debris",
        "Talks end without a deal\r\n\r\nShare\r\nTweet\r\nImage copyright Example Images Image caption The ministers leave the hall\r\n\r\nThe talks ended on Monday.\r\n\r\nAdvertisement\r\n\r\nRelated: Why the road matters\r\n\r\nBoth sides asked for more time.\r\n\r\nPicture credit: www.example.org\r\nMust Read\r\nSeven Roads That Changed the Border\r\nWhy the South Is Waiting\r\n\r\nLeave a Comment\r\n\r\n2 Comments\r\n\r\nWhat nonsense. They should talk.\r\n\r\nYour email address will not be published. Required fields are marked *\r\n",
        "
H Talks end without a deal
x Share
x Tweet
x Image copyright Example Images Image caption The ministers leave the hall
P The talks ended on Monday.
x Advertisement
x Related: Why the road matters
P Both sides asked for more time.
x Picture credit: www.example.org
x Must Read
x Seven Roads That Changed the Border
x Why the South Is Waiting
x Leave a Comment
x 2 Comments
x What nonsense. They should talk.
x Your email address will not be published. Required fields are marked *
",
    );
}

#[test]
fn comments_link_at_the_top_ends_nothing() {
    check(
        "top bar",
        "Comments\n\nThe talks ended on Monday.\n\nBoth sides asked for more time.\n\nNobody got it.\n",
        "
x Comments
P The talks ended on Monday.
P Both sides asked for more time.
P Nobody got it.
",
    );
}

#[test]
fn bylines_outlets_captions_posts() {
    check(
        "top",
        "Ann Bee and Carl Dee\n\nEXAMPLE TODAY\n\nUpdated at 6:20 p.m. ET\n\nEnlarge this image toggle caption Ann Bee/AP Ann Bee/AP\n\nThe talks ended on Monday.\n\nWe asked for an answer. — The Minister (@minister) March 3, 2024\n\npic.twitter.com/abc\n\n___\n\nCarl Dee contributed to this report.\n\nFollow Ann Bee on Twitter @annbee\n",
        "
x Ann Bee and Carl Dee
x EXAMPLE TODAY
x Updated at 6:20 p.m. ET
x Enlarge this image toggle caption Ann Bee/AP Ann Bee/AP
P The talks ended on Monday.
P We asked for an answer. — The Minister (@minister) March 3, 2024
x pic.twitter.com/abc
x ___
x Carl Dee contributed to this report.
x Follow Ann Bee on Twitter @annbee
",
    );
}

#[test]
fn labels_before_text() {
    check(
        "labels",
        "Story highlights Ministers meet in Oslo\n\nBoth sides ask for more time, and get none\n\n(CNN) The talks ended on Monday.\n",
        "
x Story highlights
L Ministers meet in Oslo
L Both sides ask for more time, and get none
D (CNN)
P The talks ended on Monday.
",
    );
    check("exclusive", "EXCLUSIVE: The talks ended on Monday.\n", "x EXCLUSIVE:\nP The talks ended on Monday.\n");
}

#[test]
fn conversations_have_no_dateline() {
    check(
        "conversation",
        "ANN BEE: Will you sign?\n\nMINISTER: We will not sign.\n\nANN BEE: Why not?\n",
        "P ANN BEE: Will you sign?\nP MINISTER: We will not sign.\nP ANN BEE: Why not?\n",
    );
}

#[test]
fn wrapped_lines_with_marks_of_other_systems() {
    check(
        "wrapped",
        "\u{feff}The two ministers met on Monday in Oslo, and left without\r\nan agreement on the three posts along the northern road.\r\n  A second paragraph is set in, and goes on over two lines\r\nuntil it ends here.\r\n\r\n- the first entry of the list, which is long enough to go\r\n  on over two lines\r\n- the second\r\n",
        "
P The two ministers met on Monday in Oslo, and left without\r⏎an agreement on the three posts along the northern road.
P A second paragraph is set in, and goes on over two lines\r⏎until it ends here.
L the first entry of the list, which is long enough to go\r⏎  on over two lines
L the second
",
    );
}

/// A folder of its own for one test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("demarche-corpus-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }

    fn read(&self) -> (Vec<Document>, Vec<String>) {
        let (documents, notes) = read_paths(&[&self.0], &ReadOptions::default());
        let start = format!("{}{}", self.0.display(), std::path::MAIN_SEPARATOR);
        (
            documents,
            notes.into_iter().map(|note| format!("{}: {}", note.at, note.message).replace(&start, "")).collect(),
        )
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const ENGLISH: &str = "The two governments agreed on Monday to open the road, and said that the ministers would meet again within a month.";

#[test]
fn a_folder_of_everything() {
    let folder = Folder::new("everything");
    folder.put("b.txt", format!("\u{feff}{ENGLISH}\r\n"));
    folder.put("b.meta.json", r#"{"title": "Road to open", "published": "3 March 2024", "publisher": "The Example", "url": "https://example.org/b"}"#);
    folder.put("a/deep.txt", format!("{ENGLISH} So it was."));
    folder.put("again.txt", format!("{ENGLISH} So it was."));
    folder.put("binary.txt", b"\x00\x01\x02");
    folder.put("empty.txt", " \r\n");
    folder.put("french.txt", "Les deux gouvernements ont décidé lundi d’ouvrir la route, et les ministres se réuniront de nouveau dans un mois pour en parler.");
    folder.put("latin1.txt", b"The minister said caf\xe9.");
    folder.put("page.pdf", b"%PDF-1.4");
    folder.put("README.md", "No article.");
    folder.put(".hidden.txt", "No article.");
    folder.put(
        "records.jsonl",
        format!(
            "{{\"id\": \"r1\", \"text\": \"{ENGLISH} One.\", \"date\": \"2024-03-03\"}}\n\n{{\"text\": 3}}\n{{\"text\": \"broken\n{{\"text\": \"{ENGLISH} Two.\"}}\n"
        ),
    );
    let (documents, notes) = folder.read();
    let ends: Vec<String> = documents
        .iter()
        .map(|document| {
            document.path.as_deref().unwrap_or("-").rsplit(std::path::MAIN_SEPARATOR).next().unwrap_or("").to_owned()
        })
        .collect();
    assert_eq!(ends, ["deep.txt", "b.txt", "records.jsonl#r1", "records.jsonl#5"]);
    assert_eq!(
        notes,
        [
            "again.txt: the same text as `a/deep.txt`",
            "binary.txt: not text",
            "empty.txt: empty",
            "french.txt: in another language than English: French",
            "latin1.txt: not UTF-8 at byte 21",
            "page.pdf: `.pdf` is no format of articles, passed over",
            "records.jsonl:3: no field `text`",
            "records.jsonl:4: not JSON: EOF while parsing a string at line 1 column 16",
        ]
    );
    let b = &documents[1];
    assert_eq!(b.text, format!("\u{feff}{ENGLISH}\r\n"));
    assert_eq!(b.metadata.title.as_deref(), Some("Road to open"));
    assert_eq!(b.metadata.published.as_deref(), Some("2024-03-03"));
    assert_eq!(b.metadata.publisher.as_deref(), Some("The Example"));
    assert_eq!(b.metadata.url.as_deref(), Some("https://example.org/b"));
    assert_eq!(b.metadata.language.as_deref(), Some("en"));
    assert_eq!(documents[0].metadata.title, None);
    assert_eq!(documents[2].metadata.published.as_deref(), Some("2024-03-03"));
}

#[test]
fn large_files_are_left_out() {
    let folder = Folder::new("large");
    folder.put("a.txt", ENGLISH.repeat(2));
    folder.put("b.jsonl", format!("{{\"text\": \"{}\"}}\n{{\"text\": \"{ENGLISH}\"}}", ENGLISH.repeat(2)));
    let mut options = ReadOptions::default();
    options.max_bytes = 160;
    let (documents, notes) = read_paths(&[&folder.0], &options);
    assert_eq!(documents.len(), 1);
    assert!(documents[0].path.as_deref().is_some_and(|path| path.ends_with("b.jsonl#2")));
    assert_eq!(notes.len(), 2);
    assert!(notes.iter().all(|note| note.message == "larger than the limit of 160 bytes" && note.hint.is_some()));
}

#[test]
fn a_stream_tells_its_format() {
    let kinds = |input: &str| {
        let (documents, notes) = read_stream(input.as_bytes(), &ReadOptions::default());
        assert_eq!(notes, []);
        documents.iter().map(|document| (document.path.clone(), document.text.clone())).collect::<Vec<_>>()
    };
    assert_eq!(kinds(ENGLISH), [(None, ENGLISH.to_owned())]);
    assert_eq!(kinds(&format!("{{\"text\": \"{ENGLISH}\"}}\n")), [(None, ENGLISH.to_owned())]);
    assert_eq!(kinds(&format!("[{{\"text\": \"{ENGLISH}\"}}]")), [(None, ENGLISH.to_owned())]);
    let bracket = format!("[Oslo] {ENGLISH}");
    assert_eq!(kinds(&bracket), [(None, bracket.clone())]);
    let mut options = ReadOptions::default();
    options.format = Some(Format::Markdown);
    let (documents, _) = read_stream(format!("# Road to open\n\n{ENGLISH}").as_bytes(), &options);
    assert_eq!(documents[0].metadata.title.as_deref(), Some("Road to open"));
}

#[test]
fn markdown_loses_its_marks() {
    let folder = Folder::new("markdown");
    folder.put(
        "a.md",
        "---\ntitle: \"Road to open\"\ndate: 2024-03-03\nlanguage: en\n---\n\n# Road opens\n\n**Both** governments [agreed](https://example.org) on Monday to open\nthe road, and said that the ministers would meet again within a month.\n\n## What is *left*\n\n- the *first* post\n- the second\n  post\n\n> “We agreed,” the minister said.\n\n![A picture](a.png)\n\n- [Another article](b.html)\n",
    );
    let (documents, notes) = folder.read();
    assert_eq!(notes, [""; 0]);
    let document = &documents[0];
    assert_eq!(document.metadata.title.as_deref(), Some("Road to open"));
    assert_eq!(document.metadata.published.as_deref(), Some("2024-03-03"));
    assert_eq!(
        drawn(&document.text, &document.blocks),
        "H Road opens\nP Both governments agreed on Monday to open the road, and said that the ministers would meet again within a month.\nH What is left\nL the first post\nL the second post\nP “We agreed,” the minister said.\nx Another article\n"
    );
}

#[test]
fn pages_lose_everything_around_the_article() {
    let folder = Folder::new("page");
    folder.put("a.html", format!(
        r#"<!DOCTYPE html><html lang="en-GB"><head><title>Road to open | The Example</title>
<link rel="canonical" href="https://example.org/road"><meta property="og:site_name" content="Wrong">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite", "name": "x"}}, {{"@type": "NewsArticle",
"headline": "Road to open", "datePublished": "2024-03-03T10:15:00+01:00", "publisher": {{"@type": "Organization", "name": "The Example"}}}}]}}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav><div class="cookie-banner">We use cookies. Accept all?</div>
<article><h1>Road to open</h1><p class="byline">By Ann Bee</p>
<p>OSLO &ndash; {ENGLISH} Nobody had expected it, and the markets of both capitals, which had been closed for a week, were full again.</p>
<figure><img src="a.jpg"><figcaption>The ministers leave the hall</figcaption></figure>
<h2>What is left</h2><p>The list is short, but each entry of it took a night, and the deputies of both ministers, who did most of the work, say so freely:</p>
<ul><li>the first post</li><li>the <b>second</b> post</li></ul>
<p>“We agreed,” the minister said, and added that his government would ask for more once the road had been open for a month.</p>
<ul><li><a href="/b">Why the road was closed</a></li></ul><p>Advertisement</p></article>
<footer>Copyright 2024 The Example</footer></body></html>"#
    ));
    let (documents, notes) = folder.read();
    assert_eq!(notes, [""; 0]);
    let document = &documents[0];
    let metadata = &document.metadata;
    assert_eq!(metadata.title.as_deref(), Some("Road to open"));
    assert_eq!(metadata.published.as_deref(), Some("2024-03-03T10:15:00+01:00"));
    assert_eq!(metadata.publisher.as_deref(), Some("The Example"));
    assert_eq!(metadata.url.as_deref(), Some("https://example.org/road"));
    assert_eq!(metadata.language.as_deref(), Some("en-GB"));
    let drawn = drawn(&document.text, &document.blocks);
    let lines: Vec<String> =
        drawn.lines().filter(|line| !line.starts_with('x')).map(|line| line.chars().take(31).collect()).collect();
    assert_eq!(
        lines,
        [
            "H Road to open",
            "D OSLO –",
            "P The two governments agreed on",
            "H What is left",
            "P The list is short, but each e",
            "L the first post",
            "L the second post",
            "P “We agreed,” the minister sai",
        ]
    );
}

#[test]
fn the_samples_are_read_without_a_word() {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let (documents, notes) = read_paths(&[seeds], &ReadOptions::default());
    assert_eq!(notes, []);
    assert!(documents.len() >= 8);
    for document in &documents {
        let metadata = &document.metadata;
        let whole = metadata.title.is_some()
            && metadata.published.is_some()
            && metadata.publisher.is_some()
            && metadata.language.is_some();
        assert!(whole, "{:?} {metadata:?}", document.path);
        let words = |kind: fn(BlockKind) -> bool| -> usize {
            document
                .blocks
                .iter()
                .filter(|block| kind(block.kind))
                .map(|block| block.span.of(&document.text).split_whitespace().count())
                .sum()
        };
        let all = words(|kind| kind != BlockKind::Debris);
        assert!((300..=900).contains(&all), "{:?} has {all} words", document.path);
        assert!(words(|kind| kind == BlockKind::Prose) * 10 >= all * 7, "{:?}", document.path);
    }
}

/// What holds for the blocks of every text.
fn lawful(text: &str, blocks: &[Block]) -> Result<(), TestCaseError> {
    let mut end = 0;
    for block in blocks {
        prop_assert!(block.span.start >= end && !block.span.is_empty() && block.span.end <= text.len());
        prop_assert!(text.is_char_boundary(block.span.start) && text.is_char_boundary(block.span.end));
        let words = block.span.of(text);
        prop_assert_eq!(words.trim(), words);
        end = block.span.end;
    }
    // Every visible letter of what is no bullet is in some block.
    let mut inside = 0;
    for block in blocks {
        inside += block.span.of(text).chars().filter(|c| c.is_alphabetic()).count();
    }
    let all = text.chars().filter(|c| c.is_alphabetic()).count();
    prop_assert!(inside <= all && all - inside <= blocks.len());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn blocks_of_any_text_are_lawful(text in "\\PC{0,40}([\\r\\n\u{a0}\u{feff}\u{2028} ]{1,3}\\PC{0,60}){0,8}") {
        lawful(&text, &blocks(&text))?;
    }

    #[test]
    fn blocks_of_near_articles_are_lawful(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let text = pieces.concat();
        lawful(&text, &blocks(&text))?;
    }
}

const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "\u{a0}",
    "\u{feff}",
    "“",
    "”",
    ".",
    ":",
    " – ",
    "• ",
    "- ",
    "1. ",
    "(b) ",
    "OSLO",
    "OSLO (AP) —",
    "(CNN) ",
    "Ministers met on Monday",
    "The road is closed, he said.",
    "More:",
    "Read more: ",
    "Must Read",
    "Leave a Comment",
    "Story highlights ",
    "EXCLUSIVE: ",
    "By Ann Bee",
    "Ann Bee/AP",
    "EXAMPLE TODAY",
    " — Ann Bee (@annbee) May 3, 2020",
    "é😀",
    "ß",
    "2024",
    "\u{2028}",
    "İ",
];
