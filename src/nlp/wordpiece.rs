//! Word pieces: what the encoder reads instead of words, and the shape of a word, which brings back what the vocabulary leaves out.
//!
//! Start at [`Vocabulary::pieces`].

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::tokens::is_invisible;

/// Longest word, in characters, that is cut into pieces.
const LONGEST: usize = 100;

/// The pieces and their numbers.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// Pieces that begin a word.
    first: HashMap<Box<str>, u32>,
    /// Pieces that go on, without their "##".
    further: HashMap<Box<str>, u32>,
    pub(super) unknown: u32,
    pub(super) start: u32,
    pub(super) separator: u32,
}

impl Vocabulary {
    /// Reads one piece a line; `None` if one of the three special pieces is missing.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut first = HashMap::new();
        let mut further = HashMap::new();
        for (number, line) in text.lines().enumerate() {
            let number = u32::try_from(number).ok()?;
            match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => further.insert(rest.into(), number),
                _ => first.insert(line.into(), number),
            };
        }
        let special = |name: &str| first.get(name).copied();
        let (unknown, start, separator) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Some(Self { first, further, unknown, start, separator })
    }

    /// Number of pieces.
    pub(super) fn len(&self) -> usize {
        self.first.len() + self.further.len()
    }

    /// Appends the pieces of a word, greedily the longest first: at least one, at most `most`.
    ///
    /// # References
    /// Schuster and Nakajima 2012; Devlin et al. 2019.
    pub(super) fn pieces(&self, word: &str, most: usize, out: &mut Vec<u32>) {
        let word = normalise(word);
        let from = out.len();
        if !word.is_empty() && word.chars().count() <= LONGEST {
            let mut at = 0;
            while at < word.len() {
                let table = if at == 0 { &self.first } else { &self.further };
                let rest = &word[at..];
                let found = rest
                    .char_indices()
                    .rev()
                    .map(|(i, c)| i + c.len_utf8())
                    .find_map(|end| table.get(&rest[..end]).map(|&piece| (piece, end)));
                let Some((piece, end)) = found else {
                    out.truncate(from);
                    break;
                };
                out.push(piece);
                at += end;
            }
        }
        if out.len() == from {
            out.push(self.unknown);
        }
        out.truncate(from + most.max(1));
    }
}

/// A word as the vocabulary spells it: lower case, straight quotation marks, no accents, nothing invisible.
pub(super) fn normalise(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_graphic()) {
        return word.to_ascii_lowercase().replace('`', "'");
    }
    word.chars()
        .map(plain)
        .nfd()
        .filter(|&c| !is_combining_mark(c) && !is_invisible(c) && !c.is_control())
        .flat_map(char::to_lowercase)
        .collect()
}

fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‘' | '’' | '‚' | '‛' | '`' | '´' => '\'',
        '–' | '—' | '‐' | '‑' | '‒' | '―' | '−' => '-',
        _ => c,
    }
}

/// Row of the token-type table for the letters of a word: 0 lower case, 1 Title, 2 UPPER (two letters or more), 3 miXed,
/// 4 with a digit, 5 no letter at all.
pub(super) fn shape(word: &str) -> u8 {
    if word.chars().any(char::is_numeric) {
        return 4;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return 5 };
    let (mut count, mut upper) = (0, 0);
    for c in letters {
        count += 1;
        upper += usize::from(c.is_uppercase());
    }
    match (first.is_uppercase(), upper) {
        (false, 0) => 0,
        (true, n) if n == count && count > 0 => 2,
        (true, 0) => 1,
        _ => 3,
    }
}

/// Row of the token-type table for the marks that the windows add.
pub(super) const SPECIAL: u8 = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_pieces_first() {
        let vocabulary =
            Vocabulary::parse("[UNK]\n[CLS]\n[SEP]\nun\n##able\n##a\n##ble\nunab\n'\n\"\ncafe\n").expect("has all");
        let cut = |word: &str| {
            let mut out = Vec::new();
            vocabulary.pieces(word, 8, &mut out);
            out
        };
        assert_eq!(cut("Unable"), [0]); // "unab" leaves "le", which has no piece
        assert_eq!(cut("unaable"), [3, 5, 4]);
        assert_eq!(cut("’"), [8]);
        assert_eq!(cut("Ca\u{200b}fé"), [10]);
        assert_eq!(cut("\u{301}"), [0]);
        assert_eq!(cut(&"a".repeat(200)), [0]);
    }

    #[test]
    fn shapes() {
        let words = ["word", "Word", "WORD", "woRd", "A", "F16", "--", "U.S.", "’s", "日本"];
        assert_eq!(words.map(shape), [0, 1, 2, 3, 1, 4, 5, 2, 0, 0]);
    }
}
