//! Repairs what no tree of English has: an object or subject that a preposition introduces, an open complement with a subject of its own.
//!
//! The parser chooses each word's head and relation for itself; the words around it can rule its choice out. Start at [`repair`].

use std::ops::Range;
use std::sync::Arc;

use super::analysis::{Token, Upos};

/// Makes a modifier of "meeting" in "favour the idea of a meeting" where it was read as a second object, and a clause of "that she go".
pub(super) fn repair(tokens: &mut [Token], sentence: Range<usize>) {
    for at in sentence.clone() {
        let subject = matches!(&*tokens[at].rel, "nsubj" | "nsubj:pass");
        if let Some(verb) = tokens[at].head.filter(|_| subject)
            && &*tokens[verb].rel == "xcomp"
        {
            tokens[verb].rel = Arc::from("ccomp");
        }
    }
    for at in sentence.clone() {
        let Some(head) = tokens[at].head else { continue };
        if !matches!(&*tokens[at].rel, "obj" | "iobj" | "nsubj" | "nsubj:pass") {
            continue;
        }
        // Its preposition, which nothing but its own modifiers divides from it.
        let preposition = (sentence.start..at)
            .rev()
            .take_while(|&t| tokens[t].head.is_some_and(|h| h == at || t < h && h < at))
            .find(|&t| tokens[t].head == Some(at) && &*tokens[t].rel == "case" && tokens[t].upos == Upos::Adp);
        let Some(preposition) = preposition else { continue };
        let noun = preposition.checked_sub(1).filter(|t| sentence.contains(t) && head <= *t).and_then(|mut t| {
            // "the plan 's idea of": the noun that ends there, else what it is a part of.
            for _ in 0..4 {
                if !matches!(&*tokens[t].rel, "flat" | "compound" | "case") {
                    break;
                }
                t = tokens[t].head?;
            }
            (t < preposition && t != head && matches!(tokens[t].upos, Upos::Noun | Upos::Propn)).then_some(t)
        });
        // What hangs on the word itself cannot be above it.
        let above = |mut t: usize| {
            while let Some(up) = tokens[t].head {
                if up == at {
                    return false;
                }
                t = up;
            }
            true
        };
        match noun.filter(|&noun| above(noun)) {
            Some(noun) => {
                tokens[at].head = Some(noun);
                tokens[at].rel = Arc::from("nmod");
            }
            None => tokens[at].rel = Arc::from("obl"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::analysis::Part;
    use crate::span::Span;

    #[test]
    fn what_a_preposition_introduces_is_no_object() {
        // "They favour the idea of a meeting"
        let words = [
            (Upos::Pron, Some(1), "nsubj"),
            (Upos::Verb, None, "root"),
            (Upos::Det, Some(3), "det"),
            (Upos::Noun, Some(1), "obj"),
            (Upos::Adp, Some(6), "case"),
            (Upos::Det, Some(6), "det"),
            (Upos::Noun, Some(1), "obj"),
        ];
        let mut tokens: Vec<Token> = words
            .into_iter()
            .map(|(upos, head, rel)| Token {
                span: Span::new(0, 0),
                lemma: "".into(),
                upos,
                xpos: "".into(),
                head,
                rel: rel.into(),
                entity: None,
                part: Part::Outside,
            })
            .collect();
        let hung_below = {
            let mut tokens = tokens.clone();
            tokens[3].head = Some(6);
            tokens
        };
        repair(&mut tokens, 0..7);
        assert_eq!((tokens[6].head, &*tokens[6].rel), (Some(3), "nmod"));
        assert_eq!((tokens[3].head, &*tokens[3].rel), (Some(1), "obj"));
        // A noun that hangs on the word is not put above it: the tree stays one.
        let mut tokens = hung_below;
        repair(&mut tokens, 0..7);
        assert_eq!((tokens[6].head, tokens[3].head), (Some(1), Some(6)));
    }
}
