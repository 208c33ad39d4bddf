//! Wire copy: claims whose sentence and content stand, up to small changes, in several articles.
//!
//! The sentence around a claim's content is cut into shingles of words; two sentences are alike by the resemblance of their sets of shingles (Broder).
//! Which sentences are compared at all is told by fingerprints, chosen by winnowing (Schleimer and others): two sentences that have a run of
//! six words in common share one. Work grows with the length of the sentences and the number of copies, not with the square of the claims.
//!
//! # References
//!
//! A. Z. Broder: On the resemblance and containment of documents. Compression and Complexity of Sequences (1997),
//! <https://doi.org/10.1109/SEQUEN.1997.666900>. S. Schleimer, D. S. Wilkerson, A. Aiken: Winnowing: local algorithms for document fingerprinting.
//! SIGMOD (2003), <https://doi.org/10.1145/872757.872770>.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{StorageError, Store};

use super::vocab::dm;
use super::{iri, vocab};
use crate::actors::article_suffix;
use crate::span::CodePoints;

/// Words of a sentence that is compared; what two articles say in fewer words they may well say by themselves.
const LEAST: usize = 8;
/// Words of a shingle.
const SHINGLE: usize = 3;
/// Words of a fingerprint.
const GRAM: usize = 4;
/// Fingerprints of which the smallest is kept.
const WINDOW: usize = 3;
/// Characters before and after the content that are looked at where no sentence ends before.
const REACH: usize = 240;
/// Resemblance of the sentences, 0 to 1, from which they count as one.
const SENTENCES: f64 = 0.5;
/// Likeness of the contents, 0 to 1 (Dice), from which they count as one: a sentence may hold several demands.
const CONTENTS: f64 = 0.8;

/// A claim with the words that are compared.
struct Passage {
    /// Id of the claim.
    claim: String,
    article: String,
    /// Hashes of the shingles of the sentence, sorted.
    shingles: Vec<u64>,
    prints: Vec<u64>,
    /// Hashes of the words of the content, sorted.
    content: Vec<u64>,
}

/// `dm:copyOf` for each claim that another article states in the same words: it leads to the first of them, by date and then by id. A function of the
/// set of articles. Claims are copies only if source and act are the same too.
pub(super) fn quads(data: &Store) -> Result<Vec<Quad>, StorageError> {
    let graph = GraphName::from(iri::derived_graph());
    let passages = passages(data)?;
    let mut quads = Vec::new();
    for group in groups(&passages) {
        let mut same: BTreeMap<Vec<String>, Vec<(bool, String, usize)>> = BTreeMap::new();
        for n in group {
            let claim = iri::claim(&passages[n].claim);
            // "Officials" have an id of their own in each article.
            let own = format!("{}>", article_suffix(&passages[n].article));
            let mut who = values(data, &claim, dm::SOURCE)?;
            for one in &mut who {
                *one = one.replace(&own, ">");
            }
            who.append(&mut values(data, &claim, dm::ACT)?);
            let date = values(data, &claim, dm::DATE)?.into_iter().next();
            same.entry(who).or_default().push((date.is_none(), date.unwrap_or_default(), n));
        }
        for mut claims in same.into_values() {
            // The passages are in the order of their claims' ids.
            claims.sort_unstable();
            let articles: BTreeSet<&str> = claims.iter().map(|(_, _, n)| passages[*n].article.as_str()).collect();
            let Some(((_, _, first), copies)) = claims.split_first().filter(|_| articles.len() > 1) else { continue };
            let first = iri::claim(&passages[*first].claim);
            for (_, _, copy) in copies {
                let claim = iri::claim(&passages[*copy].claim);
                quads.push(Quad::new(claim, dm::COPY_OF, first.clone(), graph.clone()));
            }
        }
    }
    Ok(quads)
}

/// Values of a property, sorted.
fn values(data: &Store, node: &NamedNode, property: NamedNodeRef<'_>) -> Result<Vec<String>, StorageError> {
    let mut out = Vec::new();
    for quad in data.quads_for_pattern(Some(node.into()), Some(property), None, None) {
        out.push(match quad?.object {
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        });
    }
    out.sort_unstable();
    Ok(out)
}

/// Indices of passages that are one in several articles, each group in order.
fn groups(passages: &[Passage]) -> Vec<Vec<usize>> {
    let mut prints: Vec<(u64, usize)> = Vec::new();
    for (n, passage) in passages.iter().enumerate() {
        prints.extend(passage.prints.iter().map(|&print| (print, n)));
    }
    prints.sort_unstable();
    let mut sets = Sets::new(passages.len());
    for bucket in prints.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1) {
        // One of each set that is there already stands for all of it.
        let mut there: Vec<usize> = Vec::new();
        for &(_, n) in bucket {
            let root = sets.root(n);
            if there.iter().any(|&one| sets.root(one) == root) {
                continue;
            }
            let same = there.iter().copied().find(|&one| alike(&passages[one], &passages[n]));
            match same {
                Some(one) => sets.join(one, n),
                None => there.push(n),
            }
        }
    }
    let mut all: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for n in 0..passages.len() {
        all.entry(sets.root(n)).or_default().push(n);
    }
    let articles = |group: &[usize]| group.iter().map(|&n| &passages[n].article).collect::<BTreeSet<_>>().len();
    all.into_values().filter(|group| articles(group) > 1).collect()
}

/// Union-find, with the smallest as root.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, n: usize) -> usize {
        let mut at = n;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

fn alike(a: &Passage, b: &Passage) -> bool {
    // The contents first: they are short, and tell most pairs apart.
    let both = shared(&a.content, &b.content) as f64;
    if 2.0 * both < CONTENTS * (a.content.len() + b.content.len()).max(1) as f64 {
        return false;
    }
    let both = shared(&a.shingles, &b.shingles) as f64;
    both >= SENTENCES * ((a.shingles.len() + b.shingles.len()) as f64 - both).max(1.0)
}

/// How many of two sorted lists are in both.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}

/// The claims of all articles with their sentences, by id of the claim. Sentences that are too short are left out.
fn passages(data: &Store) -> Result<Vec<Passage>, StorageError> {
    let text_base = iri::text("").into_string();
    let mut contents: BTreeMap<String, Vec<(String, usize, usize)>> = BTreeMap::new();
    for quad in data.quads_for_pattern(None, Some(dm::CONTENT_SPAN), None, None) {
        let quad = quad?;
        if let (NamedOrBlankNode::NamedNode(claim), Term::NamedNode(span)) = (quad.subject, quad.object)
            && let Some((article, start, end)) = iri::span_parts(&span)
            && let Some(id) = claim.as_str().strip_prefix(vocab::ID_BASE).and_then(|rest| rest.strip_prefix("claim/"))
        {
            contents.entry(article).or_default().push((id.to_owned(), start, end));
        }
    }
    let mut out = Vec::new();
    for quad in data.quads_for_pattern(None, Some(dm::TEXT_OF), None, None) {
        let quad = quad?;
        let (NamedOrBlankNode::NamedNode(node), Term::Literal(text)) = (quad.subject, quad.object) else { continue };
        let Some(article) = node.as_str().strip_prefix(&text_base) else { continue };
        let Some(claims) = contents.remove(article) else { continue };
        let text = text.value();
        let points = CodePoints::new(text);
        let byte = |point: usize| points.to_byte(text, point.min(points.count()));
        for (claim, start, end) in claims {
            let (start, end) = (byte(start), byte(end));
            let words = hashes(sentence(text, start, end));
            if words.len() < LEAST {
                continue;
            }
            let mut content = hashes(text.get(start..end).unwrap_or_default());
            content.sort_unstable();
            let mut shingles = grams(&words, SHINGLE);
            shingles.sort_unstable();
            shingles.dedup();
            let prints = winnow(&grams(&words, GRAM));
            out.push(Passage { claim, article: article.to_owned(), shingles, prints, content });
        }
    }
    // The order decides which claims are compared; it must not come from the store.
    out.sort_by(|a, b| a.claim.cmp(&b.claim));
    Ok(out)
}

/// The sentence or the sentences around these bytes: to the stop or line break before and after, or to [`REACH`].
fn sentence(text: &str, start: usize, end: usize) -> &str {
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let is_end = |(at, c): (usize, char), of: &str| {
        c == '\n'
            || matches!(c, '.' | '!' | '?') && of[at + c.len_utf8()..].starts_with(|next: char| !next.is_alphanumeric())
    };
    let mut from = start;
    for (at, c) in before.char_indices().rev().take(REACH) {
        if is_end((at, c), before) {
            break;
        }
        from = at;
    }
    let to = after.char_indices().take(REACH).find(|&at| is_end(at, after)).map(|(at, _)| end + at);
    let to = to.unwrap_or_else(|| after.char_indices().nth(REACH).map_or(text.len(), |(at, _)| end + at));
    text.get(from..to).unwrap_or_default()
}

/// Hashes of the words in lower case, in order.
fn hashes(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.chars().flat_map(char::to_lowercase).fold(OFFSET, |hash, c| step(hash, u64::from(u32::from(c))))
        })
        .collect()
}

/// FNV-1a with 64 bits (G. Fowler, L. C. Noll, K.-P. Vo), a step for each character or word.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0100_0000_01b3)
}

fn grams(words: &[u64], length: usize) -> Vec<u64> {
    words.windows(length).map(|gram| gram.iter().fold(OFFSET, |hash, &word| step(hash.rotate_left(5), word))).collect()
}

/// Of each window of hashes the smallest, each once.
fn winnow(grams: &[u64]) -> Vec<u64> {
    let windows = grams.windows(WINDOW.min(grams.len()).max(1));
    windows.filter_map(|window| window.iter().min().copied()).collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(claim: &str, article: &str, text: &str, content: &str) -> Passage {
        let words = hashes(text);
        let mut shingles = grams(&words, SHINGLE);
        shingles.sort_unstable();
        shingles.dedup();
        let mut content = hashes(content);
        content.sort_unstable();
        Passage {
            claim: claim.into(),
            article: article.into(),
            prints: winnow(&grams(&words, GRAM)),
            shingles,
            content,
        }
    }

    const LONG: &str =
        "Norland demanded on Monday that Sudria withdraw its ships from the harbour and open the port to trade";

    #[test]
    fn small_changes_are_copies_and_other_demands_are_not() {
        let all = [
            passage("a", "1", LONG, "withdraw its ships from the harbour"),
            passage("b", "1", LONG, "open the port to trade"),
            passage("c", "2", &LONG.replace("on Monday", "late Monday"), "withdraw its ships from the harbour"),
            passage("d", "2", &LONG.to_uppercase(), "open the port to trade"),
            passage(
                "e",
                "3",
                "Norland demanded that Sudria pay for the damage to its ships in the harbour of Long Point",
                "withdraw its ships from the harbour",
            ),
            passage(
                "f",
                "3",
                "a wholly different sentence about the weather in the mountains of the north",
                "the weather",
            ),
        ];
        assert_eq!(groups(&all), [[0, 2], [1, 3]]);
        assert_eq!(RUN, 6, "as the head of this file says");
        assert!(groups(&all[..2]).is_empty(), "one article copies nobody");
    }

    /// A common run of so many words is found for certain.
    const RUN: usize = GRAM + WINDOW - 1;

    #[test]
    fn a_run_of_words_in_common_is_always_found() {
        let words: Vec<String> = (0..40).map(|n| format!("w{n}")).collect();
        let whole = hashes(&words.join(" "));
        for start in 0..=40 - RUN {
            let other = format!("x y z {} p q r", words[start..start + RUN].join(" "));
            let prints: BTreeSet<u64> = winnow(&grams(&hashes(&other), GRAM)).into_iter().collect();
            assert!(winnow(&grams(&whole, GRAM)).iter().any(|print| prints.contains(print)), "{start}");
        }
    }

    #[test]
    fn the_sentence_around() {
        let text = "First. The U.S. said it would leave, 3.5 years on. Last\nline";
        let at = text.find("leave").unwrap_or_default();
        assert_eq!(sentence(text, at, at + 5), " said it would leave, 3.5 years on");
        assert_eq!(sentence(text, 0, 5), "First");
        assert_eq!(sentence(text, text.len() - 4, text.len()), "line");
        assert_eq!(sentence("One.\nTwo three.", 5, 8), "Two three.");
        assert_eq!(sentence("", 0, 0), "");
        let endless = "word ".repeat(1000);
        assert_eq!(sentence(&endless, 2500, 2504).len(), 4 + 2 * REACH);
    }
}
