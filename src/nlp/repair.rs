//! Repairs what no tree of English has: an object or subject that a preposition introduces, an open complement with a subject of its own, an "and"
//! before a word that is joined to nothing.
//!
//! The parser chooses each word's head and relation for itself; the words around it can rule its choice out. Start at [`repair`].

use std::ops::Range;
use std::sync::Arc;

use super::analysis::{EntityKind, Part, Token, Upos};

/// Words apart at most that are looked at together, so that cost stays linear whatever is taken for a sentence.
const REACH: usize = 100;

/// Makes a modifier of "meeting" in "favour the idea of a meeting" where it was read as a second object, a clause of "that she go", and one subject of
/// "analysts and lawyers" where they were read as two.
pub(super) fn repair(tokens: &mut [Token], sentence: Range<usize>) {
    clauses(tokens, sentence.clone());
    prepositions(tokens, sentence.clone());
    possessors(tokens, sentence.clone());
    conjuncts(tokens, sentence.clone());
    counterparts(tokens, sentence.clone());
    speaks_on(tokens, sentence.clone());
    tenses(tokens, sentence.clone());
    crossings(tokens, sentence.clone());
    lists_of_names(tokens, sentence.clone());
    second_subjects(tokens, sentence.clone());
    parts_of_subjects(tokens, sentence);
}

fn is_subject(token: &Token) -> bool {
    matches!(&*token.rel, "nsubj" | "nsubj:pass")
}

/// "Dana Brook, Omar Hale and Ana Ruiz said": a name is joined to the whole of the name before, and one beside it that another is joined to by "and"
/// goes on with the list. A noun that has no article is no subject beside a name, it tells who that is: "Former diver and harbour master Dana Brook".
fn lists_of_names(tokens: &mut [Token], sentence: Range<usize>) {
    for at in sentence.clone() {
        let name = |t: usize| tokens[t].upos == Upos::Propn;
        let Some(mut head) = tokens[at].head.filter(|&head| head < at && name(at)) else { continue };
        let article = |t: usize| matches!(&*tokens[t].rel, "det" | "nmod:poss" | "nummod");
        let bare = || {
            &*tokens[head].xpos == "NN"
                && !(sentence.start.max(head.saturating_sub(REACH))..head)
                    .any(|t| tokens[t].head == Some(head) && article(t))
        };
        if !name(head) {
            if &*tokens[at].rel == "conj" && is_subject(&tokens[head]) && bare() {
                tokens[at].head = tokens[head].head;
                tokens[at].rel = tokens[head].rel.clone();
                tokens[head].head = Some(at);
                tokens[head].rel = Arc::from("nmod:desc");
            }
        } else if &*tokens[at].rel == "conj" {
            for _ in 0..4 {
                let above = tokens[head].head.filter(|&up| name(up) && up < at && sentence.contains(&up));
                let Some(up) = above.filter(|_| matches!(&*tokens[head].rel, "compound" | "flat")) else { break };
                head = up;
            }
            tokens[at].head = Some(head);
        } else if &*tokens[at].rel == "appos" {
            let reach = sentence.end.min(at + REACH);
            let joined = (at + 1..reach).any(|t| {
                tokens[t].head == Some(at) && &*tokens[t].rel == "conj" && name(t) && and_of(tokens, t, at).is_some()
            });
            if joined {
                tokens[at].rel = Arc::from("conj");
            }
        }
    }
}

/// "Members of the caucus predicted", "Lawyers for Dana Brook said": what stands between a subject and its verb with a preposition belongs to the subject;
/// but a name's place or time, and any day, may be the verb's.
fn parts_of_subjects(tokens: &mut [Token], sentence: Range<usize>) {
    for at in sentence.clone() {
        let Some(verb) = tokens[at].head.filter(|&verb| at < verb && &*tokens[at].rel == "obl") else { continue };
        let from = sentence.start.max(at.saturating_sub(REACH));
        let preposition = (from..at)
            .find(|&t| tokens[t].head == Some(at) && &*tokens[t].rel == "case" && tokens[t].upos == Upos::Adp);
        let Some(subject) = preposition.and_then(|t| t.checked_sub(1)).filter(|&t| t >= from) else { continue };
        let subject_of_it = is_subject(&tokens[subject]) && tokens[subject].head == Some(verb);
        let noun = tokens[subject].upos == Upos::Noun
            || tokens[subject].upos == Upos::Propn && subject == sentence.start && tokens[subject].xpos.ends_with('S');
        let of = preposition.is_some_and(|t| &*tokens[t].lemma == "of");
        let place =
            preposition.is_some_and(|t| matches!(&*tokens[t].lemma, "for" | "from" | "in" | "at" | "with" | "to"));
        let time = tokens[at].entity == Some(EntityKind::Time) || &*tokens[at].lemma == "time";
        if subject_of_it && (of || noun && place && !time) {
            tokens[at].head = Some(subject);
            tokens[at].rel = Arc::from("nmod");
        }
    }
}

/// Of two subjects of one verb that stand side by side the second only goes on with the first ("Dana Brook"), names it ("anchor Dana"), also behind more
/// words of its office, or tells of it ("people familiar with the plan"); one behind the verb is its object.
fn second_subjects(tokens: &mut [Token], sentence: Range<usize>) {
    for first in sentence.clone() {
        let reach = sentence.end.min(first + REACH);
        for second in first + 1..reach {
            let Some(verb) = tokens[first].head.filter(|&verb| is_subject(&tokens[first]) && first < verb) else {
                break;
            };
            if !is_subject(&tokens[second]) || tokens[second].head != Some(verb) {
                continue;
            }
            let name = |t: usize| tokens[t].upos == Upos::Propn;
            if second == first + 1 && name(second) && name(first) {
                tokens[second].head = Some(first);
                tokens[second].rel = Arc::from("flat");
            } else if second == first + 1 && name(second) && tokens[first].upos == Upos::Noun {
                tokens[first].head = Some(second);
                tokens[first].rel = Arc::from("nmod:desc");
            } else if second == first + 1 && &*tokens[second].xpos == "JJ" {
                tokens[second].head = Some(first);
                tokens[second].rel = Arc::from("acl");
            } else if second == first + 2
                && second < verb
                && name(second)
                && tokens[first].upos == Upos::Noun
                && tokens[first + 1].upos == Upos::Punct
            {
                // "His Canadian counterpart, Dana Brook, said".
                tokens[second].head = Some(first);
                tokens[second].rel = Arc::from("appos");
            } else if second < verb && name(second) && leads_to(tokens, first, second) {
                tokens[first].head = Some(second);
                tokens[first].rel = Arc::from("nmod:desc");
            } else if verb < second && tokens[verb].upos == Upos::Verb && &*tokens[first].rel == "nsubj" {
                let object = (verb..reach).any(|t| tokens[t].head == Some(verb) && &*tokens[t].rel == "obj");
                tokens[second].rel = Arc::from(if object { "obl" } else { "obj" });
            }
        }
    }
}

/// Whether nothing but words of an office or a body stands from one subject to the name that is another: "March for Clean Rivers president Dana Brook".
fn leads_to(tokens: &[Token], from: usize, name: usize) -> bool {
    const LONGEST: usize = 12;
    let noun = matches!(tokens[from].upos, Upos::Noun | Upos::Propn);
    let word = |t: &Token| {
        matches!(
            t.upos,
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adp | Upos::Det | Upos::Cconj | Upos::Part | Upos::Num
        )
    };
    noun && name - from <= LONGEST && tokens[from + 1..name].iter().all(word)
}

/// "The mayor's rival party": a noun with a possessive mark is no second subject beside the noun that follows, it is whose that is.
fn possessors(tokens: &mut [Token], sentence: Range<usize>) {
    for mark in sentence.clone() {
        if &*tokens[mark].xpos != "POS" {
            continue;
        }
        // Above the mark the name, which may have several words.
        let Some(mut whose) = tokens[mark].head.filter(|&t| t < mark) else { continue };
        while matches!(&*tokens[whose].rel, "flat" | "compound")
            && let Some(up) = tokens[whose].head.filter(|&up| up < mark)
        {
            whose = up;
        }
        let argument = matches!(&*tokens[whose].rel, "nsubj" | "nsubj:pass" | "obj" | "obl" | "nmod");
        let mut what = mark + 1;
        if !argument || what >= sentence.end {
            continue;
        }
        while let Some(up) =
            tokens[what].head.filter(|&up| what < up && up < sentence.end && tokens[what].head != tokens[whose].head)
        {
            what = up;
        }
        let noun = matches!(tokens[what].upos, Upos::Noun | Upos::Propn);
        if noun && tokens[what].head == tokens[whose].head && tokens[what].rel == tokens[whose].rel {
            tokens[whose].head = Some(what);
            tokens[whose].rel = Arc::from("nmod:poss");
        }
    }
}

/// "Dana Brook, the mayor, and Omar Hale", "Italy's envoy, Dana Brook, and his Polish counterpart": a name, or what is somebody's, with an "and" of its own
/// behind a comma is no other name of the one before, and is joined to whom that name is of.
fn counterparts(tokens: &mut [Token], sentence: Range<usize>) {
    for second in sentence.clone() {
        let name = |t: usize| tokens[t].upos == Upos::Propn;
        let noun = |t: usize| name(t) || tokens[t].upos == Upos::Noun;
        let from = sentence.start.max(second.saturating_sub(REACH));
        let Some(first) = tokens[second].head.filter(|&first| from <= first && first < second && noun(first)) else {
            continue;
        };
        let Some(and) = and_of(tokens, second, first + 1) else { continue };
        let owned = (and..second).any(|t| tokens[t].head == Some(second) && &*tokens[t].rel == "nmod:poss");
        let apart = tokens[and - 1].upos == Upos::Punct && &*tokens[first].rel == "appos";
        let named = tokens[first].head.filter(|&up| apart && from <= up && up < first && noun(up));
        match &*tokens[second].rel {
            "appos" if owned || name(second) => {
                tokens[second].head = Some(named.unwrap_or(first));
                tokens[second].rel = Arc::from("conj");
            }
            "conj" if owned || name(second) && !name(first) && named.is_some_and(name) => {
                tokens[second].head = Some(named.unwrap_or(first));
            }
            _ => {}
        }
    }
}

/// The "and" that joins `joined` to what stands before it; looked for from `from` on.
fn and_of(tokens: &[Token], joined: usize, from: usize) -> Option<usize> {
    (from..joined).rev().find(|&t| tokens[t].head == Some(joined) && &*tokens[t].rel == "cc")
}

/// "Brook said that Hale was wrong, and urged the council to …": it is not Hale who goes on, where the words that are reported have ended before "and".
fn speaks_on(tokens: &mut [Token], sentence: Range<usize>) {
    let finite = |t: &Token| t.upos == Upos::Verb && matches!(&*t.xpos, "VBD" | "VBZ" | "VBP");
    for at in sentence.clone() {
        let joined = |t: usize| tokens[t].head.filter(|&head| head < t && &*tokens[t].rel == "conj");
        let near = |head: &usize| at - head < REACH && tokens[*head].part == Part::Content;
        let Some(told) = joined(at).filter(|head| finite(&tokens[at]) && near(head)) else { continue };
        let clause = std::iter::successors(Some(told), |&t| joined(t)).take(REACH).last().unwrap_or(told);
        let Some(verb) = tokens[clause].head.filter(|&verb| verb < clause && &*tokens[clause].rel == "ccomp") else {
            continue;
        };
        let and = and_of(tokens, at, told + 1);
        let apart = and.is_some_and(|and| tokens[and].part != Part::Content && tokens[and - 1].upos == Upos::Punct);
        let own_subject = (told + 1..at).any(|t| tokens[t].head == Some(at) && is_subject(&tokens[t]));
        if apart && !own_subject && tokens[at].part == Part::Cue && tokens[verb].part == Part::Cue {
            tokens[at].head = Some(verb);
        }
    }
}

/// "Brook warned that it would cost jobs and appealed to the council": a verb in the past is not joined to an infinitive behind "would", it is joined to the
/// verb of which that is the clause.
fn tenses(tokens: &mut [Token], sentence: Range<usize>) {
    for at in sentence.clone() {
        let Some(told) = tokens[at].head.filter(|&head| head < at && &*tokens[at].rel == "conj") else { continue };
        let modal = || {
            let from = sentence.start.max(told.saturating_sub(REACH));
            (from..told).any(|t| tokens[t].head == Some(told) && &*tokens[t].xpos == "MD")
        };
        let past = |t: usize| at - t < REACH && tokens[t].upos == Upos::Verb && &*tokens[t].xpos == "VBD";
        let above = tokens[told].head.filter(|&verb| verb < told && past(verb) && &*tokens[told].rel == "ccomp");
        let own_subject = || (told + 1..at).any(|t| tokens[t].head == Some(at) && is_subject(&tokens[t]));
        if let Some(verb) = above.filter(|_| past(at) && &*tokens[told].xpos == "VB" && modal() && !own_subject()) {
            tokens[at].head = Some(verb);
        }
    }
}

/// "The leaders of the UK, France and Germany": where a later conjunct hangs on the last name, so does the one between.
fn crossings(tokens: &mut [Token], sentence: Range<usize>) {
    let name = |tokens: &[Token], t: usize| tokens[t].upos == Upos::Propn;
    let conjunct = |tokens: &[Token], t: usize| &*tokens[t].rel == "conj" && name(tokens, t);
    for between in sentence.clone() {
        let Some(noun) = tokens[between].head.filter(|&noun| noun < between && conjunct(tokens, between)) else {
            continue;
        };
        let inner = (noun + 1..between).rev().take(REACH).find(|&t| {
            let below = tokens[t].head == Some(noun) && &*tokens[t].rel == "nmod" && name(tokens, t);
            below
                && (between + 1..sentence.end.min(between + REACH))
                    .any(|c| tokens[c].head == Some(t) && conjunct(tokens, c))
        });
        if let Some(inner) = inner {
            tokens[between].head = Some(inner);
        }
    }
}

/// Open complements with a subject are clauses.
fn clauses(tokens: &mut [Token], sentence: Range<usize>) {
    for at in sentence {
        if let Some(verb) = tokens[at].head.filter(|_| is_subject(&tokens[at]))
            && &*tokens[verb].rel == "xcomp"
        {
            tokens[verb].rel = Arc::from("ccomp");
        }
    }
}

/// Nouns with a preposition are no objects or subjects, nor are they another name of whom the noun before them names ("Omar Hale, a deputy of Dana Brook").
fn prepositions(tokens: &mut [Token], sentence: Range<usize>) {
    for at in sentence.clone() {
        let Some(head) = tokens[at].head else { continue };
        if !matches!(&*tokens[at].rel, "obj" | "iobj" | "nsubj" | "nsubj:pass" | "appos" | "flat") {
            continue;
        }
        // Its preposition, which nothing but its own modifiers divides from it.
        let preposition = (sentence.start.max(at.saturating_sub(REACH))..at)
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
            None if !matches!(&*tokens[at].rel, "appos" | "flat") => tokens[at].rel = Arc::from("obl"),
            None => {}
        }
    }
}

/// A noun with an "and" of its own is joined to the noun before that: one that hangs on it, or on the same word in the same way.
fn conjuncts(tokens: &mut [Token], sentence: Range<usize>) {
    for second in sentence.clone() {
        let noun = |t: usize| matches!(tokens[t].upos, Upos::Noun | Upos::Propn);
        if !noun(second) || &*tokens[second].rel == "conj" {
            continue;
        }
        let from = sentence.start.max(second.saturating_sub(REACH));
        let Some(and) = and_of(tokens, second, from) else { continue };
        let below = |mut t: usize, top: usize| loop {
            match tokens[t].head {
                Some(up) if up == top => return true,
                Some(up) if up < and => t = up,
                _ => return false,
            }
        };
        let possessor = |t: usize| (t..and).any(|c| tokens[c].head == Some(t) && &*tokens[c].rel == "case" && c > t);
        let hangs = |t: usize| tokens[t].head == Some(second) && !possessor(t);
        let beside = |t: usize| {
            tokens[second].head.is_some()
                && tokens[t].head == tokens[second].head
                && tokens[t].rel == tokens[second].rel
        };
        let whole = |first: usize| (first + 1..and).all(|t| tokens[t].upos == Upos::Punct || below(t, first));
        let first = (from..and).rev().find(|&t| noun(t) && (hangs(t) || beside(t))).filter(|&first| whole(first));
        let Some(first) = first else { continue };
        if tokens[first].head == Some(second) {
            let (head, rel) = (tokens[second].head, tokens[second].rel.clone());
            tokens[first].head = head;
            tokens[first].rel = rel;
        }
        tokens[second].head = Some(first);
        tokens[second].rel = Arc::from("conj");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::analysis::Part;
    use crate::span::Span;

    fn tokens<const N: usize>(words: [(Upos, Option<usize>, &str); N]) -> Vec<Token> {
        let token = |(upos, head, rel): (Upos, Option<usize>, &str)| Token {
            span: Span::new(0, 0),
            lemma: "".into(),
            upos,
            xpos: "".into(),
            head,
            rel: rel.into(),
            entity: None,
            part: Part::Outside,
        };
        words.into_iter().map(token).collect()
    }

    #[test]
    fn nouns_joined_by_and_are_one_subject() {
        // "Analysts and lawyers agreed", read as two subjects, and with the first below the second.
        for first in [3, 2] {
            let mut tokens = tokens([
                (Upos::Noun, Some(first), if first == 3 { "nsubj" } else { "compound" }),
                (Upos::Cconj, Some(2), "cc"),
                (Upos::Noun, Some(3), "nsubj"),
                (Upos::Verb, None, "root"),
            ]);
            repair(&mut tokens, 0..4);
            assert_eq!((tokens[0].head, &*tokens[0].rel), (Some(3), "nsubj"));
            assert_eq!((tokens[2].head, &*tokens[2].rel), (Some(0), "conj"));
        }
    }

    #[test]
    fn a_possessor_is_no_second_subject() {
        // "Nasser 's movement agreed"
        let mut tokens = tokens([
            (Upos::Propn, Some(3), "nsubj"),
            (Upos::Part, Some(0), "case"),
            (Upos::Noun, Some(3), "nsubj"),
            (Upos::Verb, None, "root"),
        ]);
        tokens[1].xpos = "POS".into();
        repair(&mut tokens, 0..4);
        assert_eq!((tokens[0].head, &*tokens[0].rel), (Some(2), "nmod:poss"));
    }

    #[test]
    fn a_verb_has_one_subject() {
        // "Dana Brook described movements"
        let mut tokens = tokens([
            (Upos::Propn, Some(2), "nsubj"),
            (Upos::Propn, Some(2), "nsubj"),
            (Upos::Verb, None, "root"),
            (Upos::Noun, Some(2), "nsubj"),
        ]);
        repair(&mut tokens, 0..4);
        assert_eq!((tokens[1].head, &*tokens[1].rel), (Some(0), "flat"));
        assert_eq!((tokens[3].head, &*tokens[3].rel), (Some(2), "obj"));
    }

    #[test]
    fn conjuncts_do_not_cross() {
        // "leaders of UK , France and Germany"
        let mut tokens = tokens([
            (Upos::Noun, None, "root"),
            (Upos::Adp, Some(2), "case"),
            (Upos::Propn, Some(0), "nmod"),
            (Upos::Punct, Some(4), "punct"),
            (Upos::Propn, Some(0), "conj"),
            (Upos::Cconj, Some(6), "cc"),
            (Upos::Propn, Some(2), "conj"),
        ]);
        repair(&mut tokens, 0..7);
        assert_eq!(tokens[4].head, Some(2));
    }

    #[test]
    fn words_of_an_office_are_no_second_subject() {
        // "March for Rivers president Dana agreed", read as two subjects
        let mut tokens = tokens([
            (Upos::Propn, Some(5), "nsubj"),
            (Upos::Adp, Some(3), "case"),
            (Upos::Propn, Some(3), "compound"),
            (Upos::Noun, Some(4), "nmod:desc"),
            (Upos::Propn, Some(5), "nsubj"),
            (Upos::Verb, None, "root"),
        ]);
        repair(&mut tokens, 0..6);
        assert_eq!((tokens[0].head, &*tokens[0].rel), (Some(4), "nmod:desc"));
        assert_eq!((tokens[4].head, &*tokens[4].rel), (Some(5), "nsubj"));
    }

    #[test]
    fn lists_of_names_and_parts_of_subjects() {
        // "Dana, Omar and Ana agreed", read as a name, what it is also called, and one joined to that
        let mut list = tokens([
            (Upos::Propn, Some(5), "nsubj"),
            (Upos::Punct, Some(2), "punct"),
            (Upos::Propn, Some(0), "appos"),
            (Upos::Cconj, Some(4), "cc"),
            (Upos::Propn, Some(2), "conj"),
            (Upos::Verb, None, "root"),
        ]);
        repair(&mut list, 0..6);
        assert_eq!((list[2].head, &*list[2].rel), (Some(0), "conj"));
        // "Members of parliament agreed", read as what the verb is of
        let mut part = tokens([
            (Upos::Noun, Some(3), "nsubj"),
            (Upos::Adp, Some(2), "case"),
            (Upos::Noun, Some(3), "obl"),
            (Upos::Verb, None, "root"),
        ]);
        part[1].lemma = "of".into();
        repair(&mut part, 0..4);
        assert_eq!((part[2].head, &*part[2].rel), (Some(0), "nmod"));
    }

    #[test]
    fn what_a_preposition_introduces_is_no_object() {
        // "They favour the idea of a meeting"
        let mut tokens = tokens([
            (Upos::Pron, Some(1), "nsubj"),
            (Upos::Verb, None, "root"),
            (Upos::Det, Some(3), "det"),
            (Upos::Noun, Some(1), "obj"),
            (Upos::Adp, Some(6), "case"),
            (Upos::Det, Some(6), "det"),
            (Upos::Noun, Some(1), "obj"),
        ]);
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
