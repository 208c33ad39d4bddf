//! What is known of words beforehand: the tags that a frequent word can have, and base forms that there are.
//!
//! The model chooses among these. Made by `training/words.py`; the lists are `models/tags.tsv` and `models/lemmas.txt`.
//!
//! # References
//! Ratnaparkhi 1996 (tag dictionary).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::lemmas::{Script, base_forms};
use super::math::argmax;
use crate::diag::{Error, Result};

/// For each of some frequent words the parts of speech, then the tags, that it can have.
pub(super) const TAGS: &str = include_str!("../../models/tags.tsv");
/// Base forms, one a line.
pub(super) const LEMMAS: &str = include_str!("../../models/lemmas.txt");

/// [`LEMMAS`] as a set.
static BASE_FORMS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| LEMMAS.lines().collect());

/// Whether a lower-case word is the base form of a common word.
pub(crate) fn is_base_form(word: &str) -> bool {
    BASE_FORMS.contains(word)
}

/// The parts of speech, then the tags, of regular forms with an ending: "denies" is no adverb, "accused" no noun. A preposition can look like a
/// participle ("pending"), a noun of learning like a plural ("economics").
const FORMS: &[(&str, &str, &str)] = &[
    ("s", "NOUN VERB PROPN", "NNS VBZ NN NNPS NNP"),
    ("ed", "VERB ADJ", "VBD VBN JJ"),
    ("ing", "VERB NOUN ADJ ADP SCONJ", "VBG NN JJ IN"),
];

/// Letters that an ending adds at most: "planning".
const ENDING: usize = 4;

/// Edit scripts that are tried for one that gives a known base form.
const SCRIPTS: usize = 6;

/// The lists, with labels as numbers.
#[derive(Debug)]
pub(super) struct Known {
    /// Of a word as it is written, with straight quotation marks: one bit for each part of speech and for each tag.
    tags: HashMap<Box<str>, (u64, u64)>,
    /// The bits of proper nouns.
    of_names: (u64, u64),
    /// Endings of inflected words, with the bits that a regular form with that ending can have.
    of_endings: Vec<(&'static str, (u64, u64))>,
    /// The bit of pronouns among the parts of speech.
    pronoun: u64,
}

impl Known {
    /// Reads the lists that come with the program for a model with these labels.
    pub(super) fn new(upos: &[String], xpos: &[String]) -> Result<Self> {
        let wrong = |line: &str| Error::invalid("models/tags.tsv", line, "names a label that the model lacks");
        let bits = |names: &str, labels: &[String]| -> Option<u64> {
            names.split(' ').try_fold(0, |bits, name| {
                let at = labels.iter().position(|label| label == name)?;
                Some(bits | 1_u64.checked_shl(at.try_into().ok()?)?)
            })
        };
        let entry = |line: &str| -> Option<(Box<str>, (u64, u64))> {
            let (word, rest) = line.split_once('\t')?;
            let (first, second) = rest.split_once('\t')?;
            Some((word.into(), (bits(first, upos)?, bits(second, xpos)?)))
        };
        let tags = TAGS.lines().map(|line| entry(line).ok_or_else(|| wrong(line))).collect::<Result<_>>()?;
        let of_names = bits("PROPN", upos).zip(bits("NNP NNPS", xpos)).ok_or_else(|| wrong("PROPN"))?;
        let pronoun = bits("PRON", upos).ok_or_else(|| wrong("PRON"))?;
        let of_ending = |&(ending, first, second): &(&'static str, &str, &str)| {
            let both = bits(first, upos).zip(bits(second, xpos)).ok_or_else(|| wrong(ending))?;
            Ok((ending, both))
        };
        let of_endings = FORMS.iter().map(of_ending).collect::<Result<_>>()?;
        Ok(Self { tags, of_names, of_endings, pronoun })
    }

    /// Number of the best part of speech and of the best tag among those that the word can have.
    pub(super) fn tags(&self, word: &str, upos: &[f32], xpos: &[f32]) -> (usize, usize) {
        let straight: String;
        let word = if word.is_ascii() {
            word
        } else {
            straight = word.chars().map(straighten).collect();
            &straight
        };
        // A capital may be that of a sentence's first word or of a name: tags of the word in small letters, and those of names. "Its" is no name, "US" is
        // one.
        let plain = || {
            let small = word.starts_with(char::is_uppercase).then(|| word.to_lowercase())?;
            let &(first, second) = self.tags.get(small.as_str())?;
            let pronoun = first == self.pronoun && word.chars().skip(1).eq(small.chars().skip(1));
            Some(if pronoun { (first, second) } else { (first | self.of_names.0, second | self.of_names.1) })
        };
        match self.tags.get(word).copied().or_else(plain).or_else(|| self.of_form(word)) {
            Some((first, second)) => (best_of(upos, first), best_of(xpos, second)),
            None => (argmax(upos), argmax(xpos)),
        }
    }

    /// Tags of a word that is a regular form of a known base form and no such form itself; with a capital it may be a name too.
    fn of_form(&self, word: &str) -> Option<(u64, u64)> {
        let small = word.to_lowercase();
        let &(_, (first, second)) = self.of_endings.iter().find(|(ending, _)| small.ends_with(ending))?;
        if is_base_form(&small) || !base_forms(&small).iter().any(|form| *form != small && is_base_form(form)) {
            return None;
        }
        let name = if small == word { (0, 0) } else { self.of_names };
        Some((first | name.0, second | name.1))
    }

    /// The base form by the best script; where that is unknown, by the next best of a few that gives a known one. A word whose tag says
    /// that it is not `inflected` has such a one only if it is a regular form of it ("hopes" of "hope", but not "summit" of "sum").
    pub(super) fn lemma(word: &str, scripts: &[Script], scores: &[f32], inflected: bool) -> Box<str> {
        let best = argmax(scores);
        let first = scripts[best].apply(word);
        if !inflected && is_base_form(&first) || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return first;
        }
        // What looks like a regular form of a known word is no form of another ("denies" of "be").
        let regular = base_forms(word);
        let is_regular = inflected && regular[1..].iter().any(|form| is_base_form(form));
        if is_base_form(&first) && (!is_regular || regular.contains(&first.to_string())) {
            return first;
        }
        let mut tried = vec![best];
        for _ in 1..SCRIPTS {
            let rest = (0..scores.len()).filter(|script| !tried.contains(script));
            let Some(next) = rest.reduce(|a, b| if scores[b] > scores[a] { b } else { a }) else { break };
            let lemma = scripts[next].apply(word);
            let fits = if inflected && !is_regular {
                lemma.len() + ENDING >= word.len()
            } else {
                regular.contains(&lemma.to_string())
            };
            if fits && is_base_form(&lemma) {
                return lemma;
            }
            tried.push(next);
        }
        first
    }
}

fn straighten(c: char) -> char {
    match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        _ => c,
    }
}

/// Number of the highest value whose bit is set; of all where none is.
fn best_of(values: &[f32], bits: u64) -> usize {
    let allowed = (0..values.len()).filter(|&at| at < 64 && bits >> at & 1 == 1);
    allowed.reduce(|a, b| if values[b] > values[a] { b } else { a }).unwrap_or_else(|| argmax(values))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let upos = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"];
        let upos = names(&[&upos[..], &["PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"]].concat());
        let mut xpos: Vec<String> = TAGS
            .lines()
            .flat_map(|l| l.rsplit('\t').next().unwrap_or_default().split(' '))
            .map(str::to_owned)
            .collect();
        xpos.sort();
        xpos.dedup();
        Known::new(&upos, &xpos).expect("lists that the labels fit")
    }

    #[test]
    fn a_word_has_only_tags_that_it_can_have() {
        let known = known();
        let rising: Vec<f32> = (0..17_u8).map(f32::from).collect();
        assert_eq!(known.tags("”", &rising, &[0.0; 64]).0, 12, "a quotation mark is punctuation");
        assert_eq!(known.tags("denies", &rising, &[0.0; 64]).0, 15, "a form of a verb is no X");
        assert_eq!(known.tags("Quux", &rising, &[0.0; 64]).0, 16, "of a word that is not in the list all are possible");
    }

    #[test]
    fn unknown_base_forms_give_way_to_known_ones() {
        let scripts: Vec<Script> = ["L2+y", "L2+", "L1+"].iter().map(|s| Script::parse(s).expect("a script")).collect();
        assert_eq!(&*Known::lemma("reported", &scripts, &[2.0, 1.0, 0.0], true), "report");
        let denies: Vec<Script> = ["L3+be", "L3+y"].iter().map(|s| Script::parse(s).expect("a script")).collect();
        assert_eq!(&*Known::lemma("denies", &denies, &[2.0, 1.0], true), "deny");
        assert_eq!(&*Known::lemma("tweezled", &scripts, &[2.0, 1.0, 0.0], true), "tweezly");
        let scripts: Vec<Script> = ["L0+", "L3+", "L1+"].iter().map(|s| Script::parse(s).expect("a script")).collect();
        assert_eq!(&*Known::lemma("summit", &scripts, &[2.0, 1.0, 0.0], false), "summit");
        assert_eq!(&*Known::lemma("hopes", &scripts, &[2.0, 1.0, 0.0], false), "hope");
    }
}
