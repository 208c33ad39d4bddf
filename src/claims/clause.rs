//! Reading clauses: subjects, contents, where a phrase begins and ends.

use crate::lexicon::{WordClass, Words};
use crate::nlp::{Trees, Upos};

/// Subject of a verb or predicate: its own, or the one that controls it. Returns the head of the subject phrase.
pub(super) fn subject(trees: &Trees<'_>, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..6 {
        if let Some(own) = trees.child(at, &["nsubj", "csubj"]) {
            return Some(own);
        }
        let head = trees.token(at).head?;
        match trees.base_rel(at) {
            "conj" | "xcomp" | "advcl" | "parataxis" | "ccomp" => at = head,
            // "a plan calling for talks", "officials warning of war"
            "acl" => {
                if trees.rel(at) == "acl:relcl" {
                    return None;
                }
                return Some(head);
            }
            _ => return None,
        }
        // The object of the higher verb controls the infinitive ("urged Iran to stop").
        if trees.base_rel(verb) == "xcomp"
            && at == head
            && let Some(object) = trees.child(at, &["obj", "iobj"])
            && object < verb
        {
            return Some(object);
        }
    }
    None
}

/// The token of a stretch that everything else in it hangs on: the first whose head lies outside.
pub(super) fn root(trees: &Trees<'_>, (first, last): (usize, usize)) -> Option<usize> {
    (first..=last).find(|&t| trees.token(t).head.is_none_or(|h| h < first || h > last) && !trees.is_punct(t))
}

/// Subject in the grammar of a passive.
pub(super) fn is_passive(trees: &Trees<'_>, verb: usize) -> bool {
    trees.child(verb, &["nsubj:pass", "aux:pass", "csubj:pass"]).is_some()
}

/// Agent of a passive: "by the ministry".
pub(super) fn agent(trees: &Trees<'_>, verb: usize) -> Option<usize> {
    trees
        .children_by(verb, &["obl:agent", "obl", "nmod"])
        .find(|&c| trees.children_by(c, &["case"]).any(|p| trees.lemma(p) == "by") && c > verb)
}

/// First and last token of the phrase below `head` without its complementiser, preposition, outer punctuation and quotation marks; `skip` drops branches.
pub(super) fn phrase(trees: &Trees<'_>, head: usize, skip: &dyn Fn(usize) -> bool) -> (usize, usize) {
    let all = trees.subtree(head, &|c| {
        (trees.token(c).head == Some(head)
            && matches!(trees.base_rel(c), "mark" | "case")
            && c < head
            && !matches!(trees.lemma(c), "if" | "whether" | "how" | "why" | "when" | "not"))
            || skip(c)
    });
    // Keep the run around the head: a skipped branch may leave a tail beyond a gap.
    let at = all.iter().position(|&t| t == head).unwrap_or(0);
    let mut first = at;
    while first > 0 && gap_is_small(trees, all[first - 1], all[first]) {
        first -= 1;
    }
    let mut last = at;
    while last + 1 < all.len() && gap_is_small(trees, all[last], all[last + 1]) {
        last += 1;
    }
    trim(trees, (all[first], all[last]))
}

fn gap_is_small(trees: &Trees<'_>, left: usize, right: usize) -> bool {
    right - left == 1
        || (left + 1..right).all(|t| trees.is_punct(t) || matches!(trees.base_rel(t), "mark" | "case" | "cc"))
}

/// Takes punctuation off both ends (a question mark stays), and quotation marks that are not balanced inside.
pub(super) fn trim(trees: &Trees<'_>, (mut first, mut last): (usize, usize)) -> (usize, usize) {
    while first < last
        && (trees.is_punct(first) || is_quote_mark(trees.word(first)))
        && !opens_inside(trees, first, last)
    {
        first += 1;
    }
    while first < last
        && (trees.is_punct(last) || is_quote_mark(trees.word(last)))
        && trees.word(last) != "?"
        && !closes_inside(trees, first, last)
    {
        last -= 1;
    }
    (first, last)
}

fn is_quote_mark(word: &str) -> bool {
    matches!(word, "“" | "”" | "\"" | "''" | "``" | "«" | "»")
}

/// The mark at `first` opens a quotation that closes before the end: `“ironclad” guarantees`.
fn opens_inside(trees: &Trees<'_>, first: usize, last: usize) -> bool {
    is_quote_mark(trees.word(first)) && (first + 1..last).any(|t| is_quote_mark(trees.word(t)))
}

/// The mark at `last` closes a quotation opened after the beginning: `grounded in “reality.”`
fn closes_inside(trees: &Trees<'_>, first: usize, last: usize) -> bool {
    let is_close = is_quote_mark(trees.word(last)) || matches!(trees.word(last), ")" | "]");
    is_close
        && (first + 1..last).any(|t| is_quote_mark(trees.word(t)) || matches!(trees.word(t), "(" | "["))
        && (first + 1..last).filter(|&t| is_quote_mark(trees.word(t))).count() % 2 == 1
}

/// A content without "without giving details" at its end, which says nothing of it; quoted words stay whole.
pub(super) fn without_silence(trees: &Trees<'_>, (first, last): (usize, usize)) -> (usize, usize) {
    const GIVING: &[&str] = &[
        "provide",
        "give",
        "offer",
        "elaborate",
        "specify",
        "name",
        "explain",
        "say",
        "detail",
        "disclose",
        "mention",
        "cite",
        "identify",
    ];
    let silent = |t: &usize| {
        trees.word(*t).eq_ignore_ascii_case("without")
            && GIVING.contains(&trees.lemma(t + 1))
            && !(*t..=last).any(|t| is_quote_mark(trees.word(t)))
    };
    match (first + 1..last).rev().find(silent) {
        Some(tail) => trim(trees, (first, tail - 1)),
        None => (first, last),
    }
}

/// Extends a span over what stands between it and tokens of an auxiliary: "has demanded", "will insist".
pub(super) fn verb_group(trees: &Trees<'_>, verb: usize) -> (usize, usize) {
    let mut first = verb;
    for aux in trees.children_by(verb, &["aux", "cop"]) {
        if aux < verb && (aux + 1..verb).all(|t| matches!(trees.upos(t), Upos::Aux | Upos::Adv | Upos::Part)) {
            first = first.min(aux);
        }
    }
    (first, verb)
}

/// Whose words a noun stands for: "a statement from the ministry", "his letter"; the noun itself where it is nobody's. "Many of whom" are "whom".
pub(super) fn holder(trees: &Trees<'_>, words: &Words, head: usize) -> usize {
    let relative = |c: &usize| matches!(trees.lemma(*c), "who" | "whom" | "which");
    if let Some(whom) = trees.children_by(head, &["nmod"]).find(relative) {
        return whom;
    }
    if !words.is(&trees.lemma(head).to_lowercase(), WordClass::Document) {
        return head;
    }
    let by = |c: usize| trees.children_by(c, &["case"]).any(|p| matches!(trees.lemma(p), "from" | "by" | "of"));
    trees
        .children_by(head, &["nmod:poss"])
        .next()
        .or_else(|| trees.children_by(head, &["nmod", "obl"]).find(|&c| by(c)))
        .unwrap_or(head)
}
