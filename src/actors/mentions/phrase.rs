//! Where the phrase of a name or noun begins and ends.

use super::Finder;
use crate::lexicon::WordClass;
use crate::nlp::Upos;

impl Finder<'_> {
    /// First and last token of the phrase of a nominal head: determiners, modifiers and what hangs on it by a preposition, but no clauses, appositions, coordination.
    pub(super) fn phrase(&self, head: usize) -> (usize, usize) {
        let skip = |c: usize| {
            matches!(
                self.trees.base_rel(c),
                "case"
                    | "punct"
                    | "appos"
                    | "acl"
                    | "advcl"
                    | "conj"
                    | "cc"
                    | "parataxis"
                    | "cop"
                    | "nsubj"
                    | "aux"
                    | "mark"
                    | "obl"
                    | "advmod"
                    | "discourse"
                    | "orphan"
                    | "dep"
                    | "obj"
                    | "xcomp"
                    | "ccomp"
                    | "expl"
                    | "dislocated"
                    | "vocative"
            ) || (self.trees.base_rel(c) == "nmod"
                && c > head
                && self.trees.children_by(c, &["case"]).any(|p| {
                    !matches!(self.trees.lemma(p), "of" | "for" | "to" | "in" | "from" | "at" | "'s" | "’s" | "'")
                }))
        };
        let all = self.trees.subtree(head, &|c| {
            // The possessive mark of a possessor stays with it.
            !(self.trees.rel(c) == "case"
                && matches!(self.trees.lemma(c), "'s" | "’s" | "'" | "of" | "for" | "in" | "to" | "from" | "at")
                && self.trees.token(c).head.is_some_and(|h| h != head))
                && skip(c)
        });
        // A phrase ends before a quotation mark or another stop.
        let gap = |t: usize| t > 0 && self.trees.token(t).span.start > self.trees.token(t - 1).span.end;
        let stop = |t: &usize| {
            let dash = matches!(self.trees.word(*t), "-" | "–") && gap(*t);
            self.trees.is_punct(*t) && !matches!(self.trees.word(*t), "-" | "–" | "'" | "’" | "." | "/" | "&") || dash
        };
        // Nor does it hold a clause, whatever the tree says: "you have a trade council".
        let clause = |t: &usize| {
            matches!(&*self.trees.token(*t).xpos, "VBD" | "VBZ" | "VBP" | "MD") && self.trees.upos(*t) != Upos::Adj
                || self.trees.word(*t).eq_ignore_ascii_case("according")
        };
        let mut from = (all[0]..head).rev().find(|t| stop(t) || clause(t)).map_or(all[0], |t| t + 1);
        while from < head && self.trees.upos(from) == Upos::Adp {
            from += 1;
        }
        // "migrants, mostly from Syria", "voters also", "a source familiar with it": what an adverb or adjective begins is no part of what somebody
        // is called, but "attorney general".
        let apart = |t: &usize| {
            let own =
                self.trees.upos(*t) == Upos::Adj && self.trees.token(*t).head.is_some_and(|h| head <= h && h < *t);
            (self.trees.upos(*t) == Upos::Adv || own && !self.is(*t, WordClass::Title))
                && self.trees.word(*t).starts_with(char::is_lowercase)
        };
        let last = all[all.len() - 1];
        let to = (head + 1..=last).find(|t| stop(t) || apart(t)).map_or(last, |t| t - 1);
        (from, self.without_loose_end(head, self.with_insight(head, self.with_list(head, to))))
    }

    /// "Former astronaut and retired", "critics as": a phrase does not end in what joins it to something else.
    fn without_loose_end(&self, head: usize, mut to: usize) -> usize {
        let joins =
            |t: usize| matches!(self.trees.upos(t), Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Det | Upos::Aux);
        while to > head {
            let joined = to > head + 1 && self.trees.upos(to) == Upos::Adj && self.trees.upos(to - 1) == Upos::Cconj;
            if !joined && !joins(to) {
                break;
            }
            to -= 1;
        }
        to
    }

    /// The end of "leaders of the UK, France and Germany", of which `to` is the end of the first name.
    fn with_list(&self, head: usize, to: usize) -> usize {
        let sentence = self.trees.sentence_tokens(head);
        let plural = &*self.trees.token(head).xpos == "NNS";
        let mut end = to;
        let mut next = to + 1;
        while plural && to > head && next < sentence.end {
            let named = self.trees.upos(next) == Upos::Propn && self.trees.dominates(head, next);
            let joins = matches!(self.trees.word(next), "," | "and" | "&" | "the");
            if named {
                end = next;
            } else if !joins {
                break;
            }
            next += 1;
        }
        end
    }

    /// The end of "a source close to the talks", "an official with knowledge of the plan": what tells why somebody unnamed knows.
    fn with_insight(&self, head: usize, to: usize) -> usize {
        const LONGEST: usize = 10;
        let sentence = self.trees.sentence_tokens(head);
        // The first word of a sentence has its capital from there: "Sources familiar with it".
        let noun = self.trees.upos(head) == Upos::Noun || head == sentence.start && self.is(head, WordClass::Group);
        let adjective = |t: usize| matches!(self.trees.word(t), "close" | "familiar" | "briefed" | "privy");
        let next = if head < to && adjective(head + 1) { head + 1 } else { to + 1 };
        if next >= sentence.end || !noun {
            return to;
        }
        let insight = match self.trees.word(next) {
            _ if adjective(next) => Some(next),
            "with" => (next + 1..sentence.end.min(next + 4))
                .find(|&t| matches!(self.trees.lemma(t), "knowledge" | "tie" | "link" | "access" | "connection")),
            _ => None,
        };
        if insight.is_none_or(|t| !self.trees.dominates(head, t)) {
            return to;
        }
        let verb = |t: usize| matches!(&*self.trees.token(t).xpos, "VBD" | "VBZ" | "VBP" | "MD");
        let mark = |t: usize| self.trees.is_punct(t) && self.trees.word(t) != "-";
        let reach = sentence.end.min(next + LONGEST);
        (next..reach).take_while(|&t| self.trees.dominates(head, t) && !mark(t) && !verb(t)).last().unwrap_or(to)
    }
}
