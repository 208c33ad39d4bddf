//! The constructions that a claim can stand in, one a file. Each looks at the whole document and proposes drafts.

pub(super) mod according_to;
pub(super) mod cue_noun;
pub(super) mod cue_verb;
pub(super) mod denied;
pub(super) mod running_quote;

use super::quotes::Quote;
use crate::lexicon::{Cue, CueClass, Cues, Words};
use crate::nlp::{Trees, base_forms};

/// What every rule may look at.
pub(super) struct Context<'a> {
    pub trees: &'a Trees<'a>,
    pub cues: &'a Cues,
    pub quotes: &'a [Quote],
    pub words: &'a Words,
}

impl<'a> Context<'a> {
    /// The cue that a word begins, with the last token of it; longer entries win ("rule out" before "rule").
    pub(super) fn cue_at(&self, index: usize, class: CueClass) -> impl Iterator<Item = (&'a Cue, usize)> + '_ {
        let entries = self.entries(index, class);
        let mut longest = 0;
        entries.iter().filter_map(move |cue| {
            let words = cue.lemma.split(' ').count();
            let last = self.rest_of_cue(index, cue)?;
            if words < longest {
                return None;
            }
            longest = words;
            Some((cue, last))
        })
    }

    /// Entries of the lexicon for a word: by its lemma, else by the regular base forms of the word itself, which mends slips of the lemmatizer.
    pub(super) fn entries(&self, index: usize, class: CueClass) -> &'a [Cue] {
        let lemma = self.trees.lemma(index).to_lowercase();
        let found = self.cues.of(&lemma, class);
        if !found.is_empty() {
            return found;
        }
        let word = self.trees.word(index).to_lowercase();
        base_forms(&word)
            .into_iter()
            .map(|form| self.cues.of(&form, class))
            .find(|found| !found.is_empty())
            .unwrap_or(&[])
    }

    /// Last token of the cue when its further words follow: particles and objects of the verb, within five tokens.
    fn rest_of_cue(&self, index: usize, cue: &Cue) -> Option<usize> {
        let sentence = self.trees.sentence_tokens(index);
        let mut at = index;
        for word in cue.lemma.split(' ').skip(1) {
            let found = (at + 1..(at + 5).min(sentence.end)).find(|&t| {
                self.trees.lemma(t).eq_ignore_ascii_case(word) || self.trees.word(t).eq_ignore_ascii_case(word)
            })?;
            // A particle belongs to this verb; other words of an idiom stand close.
            let child = self.trees.token(found).head == Some(index)
                || self.trees.token(found).head.is_some_and(|h| self.trees.token(h).head == Some(index) || h == index);
            if !child && found > at + 1 {
                return None;
            }
            at = found;
        }
        Some(at)
    }
}
