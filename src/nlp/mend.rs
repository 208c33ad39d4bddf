//! Mends attributions with the trees: a cue without a source takes the subject that its clause shares with another.
//!
//! The tags give each word to one attribution only, so that of "said that …, adding that …" only the first verb can have the
//! subject. Start at [`subject`].

use std::ops::Range;

use super::analysis::{Part, Token};

/// The words that name who does what the words `cue` say, found by the tree alone; `None` where the tree shows nobody.
///
/// From the cue's own head the search climbs over conjuncts, participles and infinitives to the verb that has a subject. A noun
/// like "claim" takes its possessor, or the subject of the verb whose object it is. In the passive the agent is meant.
pub(super) fn subject(tokens: &[Token], sentence: Range<usize>, cue: &Range<usize>) -> Option<usize> {
    let inside = |at: usize| cue.contains(&at);
    let mut at = cue.clone().find(|&at| tokens[at].head.is_none_or(|head| !inside(head)))?;
    let child = |of: usize, wanted: &dyn Fn(&str) -> bool| {
        sentence.clone().find(|&at| tokens[at].head == Some(of) && wanted(&tokens[at].rel))
    };
    let mut noun = matches!(tokens[at].upos.as_str(), "NOUN" | "PROPN");
    for _ in 0..6 {
        if noun && let Some(owner) = child(at, &|rel| rel == "nmod:poss") {
            return Some(owner);
        }
        if child(at, &|rel| rel.starts_with("nsubj:pass") || rel == "aux:pass").is_some() {
            return child(at, &|rel| rel == "obl:agent");
        }
        if let Some(found) = child(at, &|rel| rel == "nsubj" || rel == "nsubj:outer") {
            return Some(found);
        }
        let head = tokens[at].head?;
        match &*tokens[at].rel {
            "conj" | "advcl" | "xcomp" => {}
            "acl" => return Some(head),
            "obj" | "obl" if noun || inside(at) => {}
            _ => return None,
        }
        at = head;
        noun = false;
    }
    None
}

/// The words of the phrase that `head` heads, without clauses and appositions, as far as they belong to no content or cue.
pub(super) fn phrase(tokens: &[Token], sentence: &Range<usize>, head: usize) -> Range<usize> {
    // Whether a word hangs on `head` without a clause or an apposition between.
    let belongs = |start: usize| {
        let mut at = start;
        for _ in 0..sentence.len() {
            if at == head {
                return true;
            }
            let apart =
                matches!(&*tokens[at].rel, "acl:relcl" | "acl" | "appos" | "parataxis" | "punct" | "advcl" | "case");
            if apart && tokens[at].head == Some(head) {
                return false;
            }
            match tokens[at].head {
                Some(next) => at = next,
                None => return false,
            }
        }
        false
    };
    let free = |at: usize| matches!(tokens[at].part, Part::Outside | Part::Source) && belongs(at);
    let mut out = head..head + 1;
    while out.start > sentence.start && free(out.start - 1) {
        out.start -= 1;
    }
    while out.end < sentence.end && free(out.end) {
        out.end += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::analysis::Upos;
    use crate::span::Span;

    /// Tokens of "word/upos/head/relation", heads counted from 1.
    fn tree(words: &str) -> Vec<Token> {
        let mut at = 0;
        words
            .split(' ')
            .map(|word| {
                let parts: Vec<&str> = word.split('/').collect();
                let span = Span::new(at, at + parts[0].len());
                at = span.end + 1;
                Token {
                    span,
                    lemma: parts[0].into(),
                    upos: Upos::from_name(parts[1]).expect("a part of speech"),
                    xpos: "".into(),
                    head: parts[2].parse::<usize>().expect("a number").checked_sub(1),
                    rel: parts[3].into(),
                    entity: None,
                    part: Part::Outside,
                }
            })
            .collect()
    }

    fn found(words: &str, cue: Range<usize>) -> Option<String> {
        let tokens = tree(words);
        let head = subject(&tokens, 0..tokens.len(), &cue)?;
        let range = phrase(&tokens, &(0..tokens.len()), head);
        Some(tokens[range].iter().map(|t| t.lemma.to_string()).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn subjects_shared_with_another_verb() {
        let adding = "The/DET/2/det mayor/NOUN/3/nsubj left/VERB/0/root ,/PUNCT/5/punct adding/VERB/3/advcl that/SCONJ/7/mark it/PRON/5/ccomp";
        assert_eq!(found(adding, 4..5).as_deref(), Some("The mayor"));
        let noun = "Her/PRON/2/nmod:poss claim/NOUN/3/nsubj failed/VERB/0/root";
        assert_eq!(found(noun, 1..2).as_deref(), Some("Her"));
        let passive =
            "He/PRON/3/nsubj:pass was/AUX/3/aux:pass accused/VERB/0/root by/ADP/5/case Oslo/PROPN/3/obl:agent";
        assert_eq!(found(passive, 1..3).as_deref(), Some("Oslo"));
        let nobody = "He/PRON/3/nsubj:pass was/AUX/3/aux:pass accused/VERB/0/root";
        assert_eq!(found(nobody, 1..3), None);
    }
}
