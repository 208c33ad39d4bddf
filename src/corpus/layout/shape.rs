//! How a paragraph looks: length, capitals, how it ends.

/// What the last character says, closing quotes and brackets aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// A full stop, an exclamation mark or an ellipsis.
    Stop,
    /// A question mark.
    Question,
    /// A colon.
    Colon,
    /// A comma, a semicolon or a dash.
    Open,
    /// A word.
    Bare,
}

/// The looks of one paragraph.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that can be seen")]
pub(super) struct Shape {
    /// Number of words.
    pub(super) words: usize,
    /// Whether it ends in a word that must go on ("and", "that").
    pub(super) little: bool,
    /// Number of characters.
    pub(super) chars: usize,
    /// How it ends.
    pub(super) ending: Ending,
    /// Whether a sentence ends before its end.
    pub(super) sentences: bool,
    /// Whether its first letter or digit is no small letter.
    pub(super) capital: bool,
    /// Whether all of its letters are capitals ("TALKS RESUME IN GENEVA").
    pub(super) shouted: bool,
    /// Whether all of its words but the little ones have a capital ("Talks Resume in Geneva").
    pub(super) titled: bool,
}

const LITTLE: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "nor", "of", "off", "on", "onto",
    "or", "over", "per", "so", "than", "the", "to", "up", "v", "vs", "via", "with", "yet",
];

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_')
}

/// "U.S.", "p.m.", "Jr.": the full stop belongs to the word.
fn is_abbreviation(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.len() >= 2 && letters.chunks(2).all(|pair| pair[0].is_alphabetic() && pair.get(1) == Some(&'.'))
        || matches!(word, "Jr." | "Sr." | "Inc." | "Co." | "Corp." | "Ltd.")
}

/// Ends of words that a capital may follow within one sentence.
fn is_title_of_person(word: &str) -> bool {
    let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    is_abbreviation(bare)
        || matches!(
            bare,
            "Mr."
                | "Mrs."
                | "Ms."
                | "Dr."
                | "Gen."
                | "Sen."
                | "Sens."
                | "Rep."
                | "Reps."
                | "Gov."
                | "Lt."
                | "Col."
                | "Adm."
                | "Rev."
                | "St."
                | "No."
                | "Sgt."
                | "Capt."
                | "Maj."
                | "Prof."
                | "Jan."
                | "Feb."
                | "Aug."
                | "Sept."
                | "Oct."
                | "Nov."
                | "Dec."
                | "vs."
        )
}

impl Shape {
    pub(super) fn of(text: &str) -> Self {
        let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        let upper = letters().filter(|c| c.is_uppercase()).count();
        let lower = letters().filter(|c| c.is_lowercase()).count();
        let big = words.iter().filter(|word| !LITTLE.contains(&word.to_lowercase().as_str()));
        let (mut capitals, mut others) = (0, 0);
        for word in big {
            match word.chars().find(|c| c.is_alphanumeric()) {
                Some(c) if c.is_lowercase() => others += 1,
                Some(c) if c.is_alphabetic() => capitals += 1,
                _ => {}
            }
        }
        let stripped = text.trim_end_matches(|c: char| is_closer(c) || c.is_whitespace());
        let last = words.last().copied().unwrap_or_default().trim_end_matches(is_closer);
        let ending = match stripped.chars().next_back() {
            Some('.') if is_abbreviation(last.trim_start_matches(|c: char| !c.is_alphanumeric())) => Ending::Bare,
            Some('.' | '!' | '…') => Ending::Stop,
            Some('?') => Ending::Question,
            Some(':') => Ending::Colon,
            Some(',' | ';' | '-' | '–' | '—') => Ending::Open,
            _ => Ending::Bare,
        };
        let sentences = words.windows(2).any(|pair| {
            let end = pair[0].trim_end_matches(is_closer);
            end.ends_with(['.', '!', '?'])
                && !is_title_of_person(end)
                && pair[1].chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
        });
        Self {
            words: words.len(),
            little: words.last().is_some_and(|last| {
                let last = last.to_lowercase();
                LITTLE.contains(&last.as_str()) && !matches!(last.as_str(), "in" | "off" | "on" | "over" | "up" | "yet")
                    || last == "that"
            }),
            chars: text.chars().count(),
            ending,
            sentences,
            capital: text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase()),
            shouted: upper >= 4 && lower * 8 <= upper,
            titled: capitals >= 2 && others == 0,
        }
    }

    /// Whether it can be a heading by itself: short, no sentence.
    pub(super) fn is_heading(&self) -> bool {
        let longest = if self.shouted {
            24
        } else if self.titled {
            16
        } else {
            12
        };
        let fits = self.words >= 1
            && !self.little
            && self.words <= longest
            && self.chars <= 150
            && self.capital
            && !self.sentences;
        fits && matches!(self.ending, Ending::Bare | Ending::Question)
    }

    /// Whether it can be the headline of an article: a heading, longer, or with a full stop if its words have capitals.
    pub(super) fn is_headline(&self) -> bool {
        let fits = self.words >= 2 && self.words <= 30 && self.chars <= 200 && self.capital && !self.sentences;
        let marked = (self.titled || self.shouted) && self.words >= 5;
        fits && (matches!(self.ending, Ending::Bare | Ending::Question) || marked && self.ending == Ending::Stop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_sentences() {
        for heading in [
            "What happened?",
            "‘Lasting settlement’",
            "TALKS RESUME",
            "Security Guarantees on the Table",
            "Talks with the U.S.",
        ] {
            assert!(Shape::of(heading).is_heading(), "{heading}");
        }
        for prose in ["“We agreed,” he said.", "The minister added:", "So what? He left", "and so on", "Talks resumed."]
        {
            assert!(!Shape::of(prose).is_heading(), "{prose}");
        }
        assert!(Shape::of("Ministers Meet in Geneva as Truce Holds.").is_headline());
        assert!(!Shape::of("Ministers met in Geneva as the truce held.").is_headline());
    }
}
