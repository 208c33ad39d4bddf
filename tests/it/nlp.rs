//! The language core: laws that hold for any text, and the files of the model.

use demarche::corpus::{Block, BlockKind, Document, Metadata};
use demarche::nlp::{Analysis, Model};
use demarche::span::Span;
use sha2::{Digest, Sha256};

/// A document of one block a line.
fn document(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let inner = line.trim();
        let start = at + line.find(inner).unwrap_or(0);
        if !inner.is_empty() {
            let kind = if inner.len() < 20 { BlockKind::Heading } else { BlockKind::Prose };
            blocks.push(Block { span: Span::new(start, start + inner.len()), kind });
        }
        at += line.len();
    }
    let (id, sha256) = (String::new(), String::new());
    Document { id, path: None, sha256, metadata: Metadata::default(), text: text.to_owned(), blocks }
}

fn analyse(text: &str) -> Analysis {
    Model::embedded().analyse(&document(text))
}

/// What holds for every analysis of every text.
fn check_laws(text: &str, analysis: &Analysis) {
    let tokens = &analysis.tokens;
    for pair in tokens.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "tokens overlap in {text:?}");
    }
    for token in tokens {
        assert!(!token.span.of(text).is_empty(), "a span does not fit {text:?}");
        assert!(!token.span.of(text).contains(char::is_whitespace), "white space in a token of {text:?}");
        assert!(!token.lemma.is_empty());
    }
    let mut next = 0;
    for sentence in &analysis.sentences {
        assert_eq!(sentence.tokens.start, next, "sentences leave out a token of {text:?}");
        next = sentence.tokens.end;
        assert!(!sentence.tokens.is_empty());
        let roots = tokens[sentence.tokens.clone()].iter().filter(|t| t.head.is_none()).count();
        assert_eq!(roots, 1, "roots of a sentence of {text:?}");
        for token in &tokens[sentence.tokens.clone()] {
            assert!(token.head.is_none_or(|head| sentence.tokens.contains(&head)));
            assert_eq!(&*token.rel == "root", token.head.is_none());
        }
        for start in sentence.tokens.clone() {
            let mut at = start;
            let mut steps = 0;
            while let Some(head) = tokens[at].head {
                at = head;
                steps += 1;
                assert!(steps <= sentence.tokens.len(), "a cycle in {text:?}");
            }
        }
    }
    assert_eq!(next, tokens.len());
    for attribution in &analysis.attributions {
        assert!(!attribution.content.is_empty());
        for span in attribution.source.iter().chain(&attribution.cue).chain(&attribution.content) {
            assert!(!span.of(text).is_empty());
        }
    }
    for signal in &analysis.signals {
        assert!(signal.content.0 <= signal.content.1 && signal.content.1 < tokens.len());
        assert!((0.0..=1.0).contains(&signal.probability));
        assert!((signal.acts.iter().sum::<f32>() - 1.0).abs() < 1e-3);
    }
}

/// Numbers without a random device: the same on every machine.
fn numbers(mut state: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    }
}

#[test]
fn any_text_is_read_by_the_laws() {
    let mut pick = numbers(1);
    let pool: Vec<char> = "aZ 9.,'’“”\"!?-–—…()[]$%&/:;@#\n\r\t\u{a0}\u{200b}\u{200d}\u{feff}\u{301}\u{ad}éßıİ日本語العربية👍🏽🇺🇦\u{0}\u{202e}ﬁ\u{e000}\u{10ffff}"
        .chars()
        .collect();
    let words = [
        "Mr.",
        "U.S.",
        "don't",
        "said",
        "\"We",
        "agree,\"",
        "peace-keeping",
        "she",
        "a.m.",
        "cannot",
        "Kyiv’s",
        "No.",
        "5",
        "http://",
    ];
    for _ in 0..150 {
        let mut text = String::new();
        for _ in 0..pick(60) {
            match pick(4) {
                0 => text.push_str(words[pick(words.len())]),
                1 => text.push(' '),
                2 => text.push(char::from_u32(pick(0x11_0000) as u32).unwrap_or('x')),
                _ => text.push(pool[pick(pool.len())]),
            }
        }
        check_laws(&text, &analyse(&text));
    }
}

#[test]
fn long_texts_without_stops_or_spaces() {
    for text in [
        "word ".repeat(700),
        "x".repeat(5000),
        "“".repeat(900),
        "said he ".repeat(400),
        "a-".repeat(400),
        ".".repeat(3000),
    ] {
        check_laws(&text, &analyse(&text));
    }
    check_laws("", &analyse(""));
}

#[test]
fn an_article_is_read() {
    let text = "Minister rejects the deal\n\n“We will not sign this,” Foreign Minister Ada Lund told reporters in Oslo on Tuesday.\n\
        The union’s members have demanded that the company raise wages by 4.5%.\n";
    let analysis = analyse(text);
    check_laws(text, &analysis);
    let find = |word: &str| {
        analysis.tokens.iter().find(|token| token.span.of(text) == word).unwrap_or_else(|| panic!("no {word}"))
    };
    let head = |word: &str| find(word).head.map_or("", |head| analysis.tokens[head].span.of(text));
    assert_eq!((&*find("members").rel, head("members"), &*find("members").lemma), ("nsubj", "demanded", "member"));
    assert_eq!(
        (&*find("demanded").rel, find("demanded").upos.as_str(), &*find("demanded").xpos),
        ("root", "VERB", "VBN")
    );
    assert_eq!((&*find("raise").rel, head("raise")), ("ccomp", "demanded"));
    let quoted = analysis.attributions.iter().find(|a| a.content.iter().any(|s| s.of(text).contains("not sign")));
    let quoted = quoted.expect("the quotation is attributed");
    assert!(quoted.source.iter().any(|s| s.of(text).contains("Lund")), "{quoted:?}");
    assert!(quoted.cue.iter().any(|s| s.of(text).contains("told")), "{quoted:?}");
}

#[test]
fn the_card_names_size_and_hash_of_the_model() {
    let card = include_str!("../../models/core.md");
    let weights: &[u8] = include_bytes!("../../models/core.safetensors");
    let vocabulary: &[u8] = include_bytes!("../../models/vocab.txt");
    let tags: &[u8] = include_bytes!("../../models/tags.tsv");
    let lemmas: &[u8] = include_bytes!("../../models/lemmas.txt");
    let files = [("core.safetensors", weights), ("vocab.txt", vocabulary), ("tags.tsv", tags), ("lemmas.txt", lemmas)];
    for (name, bytes) in files {
        let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let size = bytes.len().to_string();
        let named = card.lines().any(|line| {
            line.contains(name) && line.contains(&hash) && line.replace([',', ' ', '\u{202f}'], "").contains(&size)
        });
        assert!(named, "models/core.md must name `{name}` with {size} bytes and sha256 {hash} in one line");
    }
    assert!(files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() < 25_000_000);
}
