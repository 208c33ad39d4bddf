//! What is wrong with a query, where the engine's own message does not help or there is none.

use std::collections::{BTreeMap, BTreeSet};

use super::nearest::nearest;
use crate::act::Act;
use crate::diag::Diagnostic;
use crate::graph::vocab::{ACT_NS, NS, PREFIXES, dm};

/// What advice looks at in a query; strings, comments, variables and signs are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'a> {
    /// A keyword, the name of a function, or a number.
    Word(&'a str),
    /// `prefix:local`.
    Name(&'a str, &'a str),
    /// What stands in `<>`.
    Iri(&'a str),
}

/// The message for a query that the engine does not take: its own, or a better one.
pub(super) fn refused(sparql: &str, engine: String) -> String {
    let tokens = tokens(sparql);
    if let Some(word) = update(&tokens) {
        return format!("`{word}` would change the store; only SELECT, ASK, CONSTRUCT and DESCRIBE are run");
    }
    match unknown_prefix(&tokens) {
        Some(prefix) => {
            let known: Vec<&str> = PREFIXES.iter().map(|(prefix, _)| *prefix).collect();
            format!(
                "unknown prefix `{prefix}`; known without declaring are {}; declare others with PREFIX",
                known.join(", ")
            )
        }
        None => engine,
    }
}

/// Doubts about a query that runs: terms of the vocabulary's namespaces (`dm:`, `act:`) that no store is written with, so that patterns with them
/// find nothing, with the nearest that there is.
///
/// ```
/// let doubts = demarche::query::doubts("SELECT * { ?a dm:demandsForm ?b }");
/// assert_eq!(doubts[0].at, "dm:demandsForm");
/// assert_eq!(doubts[0].hint.as_deref(), Some("did you mean `dm:demandsFrom`?"));
/// assert!(demarche::query::doubts("SELECT * { ?a dm:demandsFrom ?b }").is_empty());
/// ```
pub fn doubts(sparql: &str) -> Vec<Diagnostic> {
    let tokens = tokens(sparql);
    let prefixes = prefixes(&tokens);
    let mut seen = BTreeSet::new();
    let mut doubts = Vec::new();
    for token in tokens {
        let iri = match token {
            Token::Word(_) => continue,
            Token::Iri(iri) => iri.to_owned(),
            Token::Name(prefix, local) => match prefixes.get(prefix) {
                Some(base) => format!("{base}{local}"),
                None => continue,
            },
        };
        if let Some(doubt) = doubt(&iri)
            && seen.insert(iri)
        {
            doubts.push(doubt);
        }
    }
    doubts
}

/// The doubt about one IRI, if it is of one of our namespaces and no term.
fn doubt(iri: &str) -> Option<Diagnostic> {
    let (prefix, local, terms): (&str, &str, Vec<&str>) = if let Some(local) = iri.strip_prefix(NS) {
        ("dm", local, dm::ALL.iter().filter_map(|term| term.as_str().strip_prefix(NS)).collect())
    } else {
        ("act", iri.strip_prefix(ACT_NS)?, Act::ALL.map(Act::as_str).to_vec())
    };
    if local.is_empty() || terms.contains(&local) {
        return None;
    }
    Some(Diagnostic {
        at: format!("{prefix}:{local}"),
        message: "no store has this term, so that nothing is found by it".to_owned(),
        hint: nearest(local, terms).map(|near| format!("did you mean `{prefix}:{near}`?")),
        left_out: false,
    })
}

/// The keyword of an update, if it is one.
fn update<'a>(tokens: &[Token<'a>]) -> Option<&'a str> {
    const UPDATES: [&str; 10] = ["INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"];
    let first = tokens.iter().find_map(|token| match token {
        Token::Word(word) if !is(word, "PREFIX") && !is(word, "BASE") => Some(*word),
        _ => None,
    })?;
    UPDATES.iter().any(|update| is(first, update)).then_some(first)
}

fn is(word: &str, keyword: &str) -> bool {
    word.eq_ignore_ascii_case(keyword)
}

/// The first prefix that is neither declared nor known.
fn unknown_prefix<'a>(tokens: &[Token<'a>]) -> Option<&'a str> {
    let known = prefixes(tokens);
    tokens.iter().find_map(|token| match token {
        // `_:` begins the name of a blank node.
        Token::Name(prefix, _) if *prefix != "_" && !known.contains_key(prefix) => Some(*prefix),
        _ => None,
    })
}

/// Prefixes and what they stand for: those of [`PREFIXES`], and those that the query declares.
fn prefixes<'a>(tokens: &[Token<'a>]) -> BTreeMap<&'a str, &'a str> {
    let mut prefixes: BTreeMap<&'a str, &'a str> = PREFIXES.into_iter().collect();
    for three in tokens.windows(3) {
        if let [Token::Word(word), Token::Name(prefix, ""), Token::Iri(iri)] = three
            && is(word, "PREFIX")
        {
            prefixes.insert(prefix, iri);
        }
    }
    prefixes
}

fn tokens(sparql: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = sparql;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' => string(rest),
            '?' | '$' | '@' => 1 + run(&rest[1..], |c| c.is_alphanumeric() || c == '_'),
            '<' => iri(rest).map_or(1, |iri| {
                tokens.push(Token::Iri(iri));
                iri.len() + 2
            }),
            c if c.is_alphanumeric() || matches!(c, '_' | ':') => {
                let end = run(rest, |c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '%'));
                let text = rest[..end].trim_end_matches('.');
                tokens.push(match text.split_once(':') {
                    Some((prefix, local)) => Token::Name(prefix, local),
                    None => Token::Word(text),
                });
                text.len()
            }
            c => c.len_utf8(),
        };
        rest = &rest[length..];
    }
    tokens
}

/// Length of the characters at the start that fit.
fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !fits(c)).unwrap_or(text.len())
}

/// Length of the string at the start, in any of the four quotes; of all the rest where it does not end.
fn string(rest: &str) -> usize {
    let quote = &rest[..1];
    let long = quote.repeat(3);
    let fence = if rest.starts_with(long.as_str()) { long.as_str() } else { quote };
    let mut at = fence.len();
    while let Some(c) = rest[at..].chars().next() {
        if rest[at..].starts_with(fence) {
            return at + fence.len();
        }
        at += c.len_utf8();
        if c == '\\' {
            at += rest[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    rest.len()
}

/// What stands between `<` at the start and `>`; `None` where the sign is a comparison.
fn iri(rest: &str) -> Option<&str> {
    let inner = &rest[1..];
    let end = inner.find(|c: char| c.is_whitespace() || "<>\"{}|^`\\".contains(c))?;
    inner[end..].starts_with('>').then(|| &inner[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_words_and_iris_are_tokens() {
        let text = "PREFIX x: <a#b> # y:z\nASK { ?v x:c.d. _:n ^x:e \"p:q\\\" r:s\", '''t:'u''', '', \"ü\"@en-GB FILTER(?a<2 && ?b >= dm:f) }";
        assert_eq!(
            tokens(text),
            [
                Token::Word("PREFIX"),
                Token::Name("x", ""),
                Token::Iri("a#b"),
                Token::Word("ASK"),
                Token::Name("x", "c.d"),
                Token::Name("_", "n"),
                Token::Name("x", "e"),
                Token::Word("GB"),
                Token::Word("FILTER"),
                Token::Word("2"),
                Token::Name("dm", "f"),
            ]
        );
        assert_eq!(refused(text, "engine".to_owned()), "engine");
        assert!(tokens("\"never ends \\").is_empty());
    }

    #[test]
    fn updates_and_unknown_prefixes_are_told() {
        let told = |sparql: &str| refused(sparql, "engine".to_owned());
        assert!(
            told("PREFIX a: <b:>\ninsert data { a:b a:c a:d }").contains("only SELECT, ASK, CONSTRUCT and DESCRIBE")
        );
        assert!(
            told("SELECT * { ?a foo:b dm:c }")
                .starts_with("unknown prefix `foo`; known without declaring are dm, act,")
        );
        assert_eq!(told("SELECT * { ?insert dm:c }"), "engine");
    }

    #[test]
    fn only_terms_that_no_store_has_are_doubted() {
        let at = |sparql: &str| doubts(sparql).into_iter().map(|doubt| doubt.at).collect::<Vec<_>>();
        assert_eq!(at("SELECT * { ?c dm:act act:demnad ; dm:akt ?x , ?y ; dm:akt ?z }"), ["act:demnad", "dm:akt"]);
        assert_eq!(at("PREFIX d: <https://w3id.org/demarche/ns#> SELECT * { ?c d:no ?d }"), ["dm:no"]);
        assert_eq!(at("SELECT * { ?c <https://w3id.org/demarche/ns#never> ?d }"), ["dm:never"]);
        assert!(at("PREFIX dm: <x:> SELECT * { ?c dm:no 'dm:no' }").is_empty());
        for question in crate::query::questions() {
            assert!(at(question.text).is_empty(), "{}", question.name);
        }
    }
}
