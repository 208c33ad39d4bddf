//! Dates in running text, found by rules over tokens, and what day they stand for.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::analysis::{EntityKind, Sentence, Token, Upos};
use crate::span::Span;

/// Words that stand for a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateMention {
    /// Its characters.
    pub span: Span,
    /// The token that the others of it hang on, by index in the document.
    pub head: usize,
    /// What the words say.
    pub when: When,
}

/// A date as far as its words tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// "3 March", "March 3, 2020": year if named, month and day from 1.
    Day(Option<i16>, i8, i8),
    /// "March", "in March 2020": year if named, month from 1.
    Month(Option<i16>, i8),
    /// "in 2020".
    Year(i16),
    /// "Monday": the nearest one before or on the day of publication (0), the one before that ("last", -1) or the next (1).
    Weekday(Weekday, i8),
    /// "today", "yesterday", "tomorrow": days from the day of publication.
    Days(i8),
    /// "last week", "this week", "next week": weeks from that of publication.
    Weeks(i8),
    /// "last month": months from that of publication.
    Months(i8),
    /// "last year": years from that of publication.
    Years(i8),
}

impl When {
    /// The date in ISO 8601, as exact as the words are ("2020-03-17", "2020-W12", "2020-03", "2020"), for a text published on a day.
    /// A day or month without a year is the nearest one to the publication. `None` where there is no such day.
    ///
    /// ```
    /// use demarche::nlp::When;
    /// let published = jiff::civil::date(2020, 3, 18); // a Wednesday
    /// assert_eq!(When::Day(None, 12, 30).resolve(published).as_deref(), Some("2019-12-30"));
    /// assert_eq!(When::Days(-1).resolve(published).as_deref(), Some("2020-03-17"));
    /// ```
    pub fn resolve(self, published: Date) -> Option<String> {
        let nearest = |month: i8, day: i8| {
            let years = [published.year() - 1, published.year(), published.year() + 1];
            let days = years.iter().filter_map(|&year| Date::new(year, month, day).ok());
            days.min_by_key(|&date| (date - published).get_days().abs())
        };
        let days = |n: i64| published.checked_add(n.days()).ok();
        Some(match self {
            Self::Day(Some(year), month, day) => Date::new(year, month, day).ok()?.to_string(),
            Self::Day(None, month, day) => nearest(month, day)?.to_string(),
            Self::Month(Some(year), month) => format!("{year:04}-{month:02}"),
            Self::Month(None, month) => nearest(month, 15)?.strftime("%Y-%m").to_string(),
            Self::Year(year) => format!("{year:04}"),
            Self::Weekday(weekday, turn) => {
                let back = i64::from(published.weekday().since(weekday));
                let shift = match turn {
                    // "last Friday" written on a Friday is a week ago.
                    ..0 if back == 0 => 7,
                    ..=0 => back,
                    1.. => back - 7,
                };
                days(-shift)?.to_string()
            }
            Self::Days(n) => days(i64::from(n))?.to_string(),
            Self::Weeks(n) => {
                let week = days(i64::from(n) * 7)?.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Months(n) => published.checked_add(i64::from(n).months()).ok()?.strftime("%Y-%m").to_string(),
            Self::Years(n) => format!("{:04}", published.year() + i16::from(n)),
        })
    }

    /// Whether it stands for a single day.
    pub fn is_day(self) -> bool {
        matches!(self, Self::Day(..) | Self::Weekday(..) | Self::Days(_))
    }
}

/// Finds the dates and marks the head of each as an entity.
pub(super) fn dates(text: &str, tokens: &mut [Token], sentences: &[Sentence]) -> Vec<DateMention> {
    let mut out = Vec::new();
    for sentence in sentences {
        let words: Vec<&str> = tokens[sentence.tokens.clone()].iter().map(|token| token.span.of(text)).collect();
        let mut at = 0;
        while at < words.len() {
            let place = Place { words: &words, tokens: &tokens[sentence.tokens.clone()], at };
            let Some((count, when)) = place.date() else {
                at += 1;
                continue;
            };
            let (first, end) = (sentence.tokens.start + at, sentence.tokens.start + at + count);
            let inside = |token: usize| (first..end).contains(&token);
            let head = (first..end).find(|&t| tokens[t].head.is_none_or(|head| !inside(head))).unwrap_or(first);
            tokens[head].entity = Some(EntityKind::Date);
            out.push(DateMention { span: tokens[first].span.join(tokens[end - 1].span), head, when });
            at += count;
        }
    }
    out
}

/// A place in a sentence where a date may begin.
struct Place<'a> {
    words: &'a [&'a str],
    tokens: &'a [Token],
    at: usize,
}

impl Place<'_> {
    /// Number of tokens and meaning of the date that begins here.
    fn date(&self) -> Option<(usize, When)> {
        self.iso()
            .or_else(|| self.with_weekday())
            .or_else(|| self.calendar(0))
            .or_else(|| self.relative())
            .or_else(|| self.year())
    }

    fn word(&self, offset: usize) -> Option<&str> {
        self.words.get(self.at + offset).copied()
    }

    fn lower(&self, offset: usize) -> String {
        self.word(offset).unwrap_or_default().trim_end_matches('.').to_lowercase()
    }

    fn before(&self) -> String {
        self.at.checked_sub(1).map_or_else(String::new, |at| self.words[at].to_lowercase())
    }

    fn name(&self, offset: usize) -> bool {
        self.word(offset).is_some_and(|word| word.starts_with(char::is_uppercase))
            && self.tokens.get(self.at + offset).is_some_and(|token| matches!(token.upos, Upos::Propn | Upos::Noun))
    }

    /// "2020-03-17" as one token or five.
    fn iso(&self) -> Option<(usize, When)> {
        let number = |word: &str, length: usize| (word.len() == length).then(|| word.parse::<i16>().ok()).flatten();
        let word = self.word(0)?;
        let fields: Vec<&str> = word.split('-').collect();
        let (count, fields) = match fields[..] {
            [year, month, day] => (1, [year, month, day]),
            [year] if year.len() == 4 && self.word(1) == Some("-") && self.word(3) == Some("-") => {
                (5, [year, self.word(2)?, self.word(4)?])
            }
            _ => return None,
        };
        let (year, month, day) = (number(fields[0], 4)?, number(fields[1], 2)?, number(fields[2], 2)?);
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some((count, When::Day(Some(year), date.month(), date.day())))
    }

    /// "Monday", "last Monday morning", "Monday, March 3".
    fn with_weekday(&self) -> Option<(usize, When)> {
        let (from, turn) = match self.lower(0).as_str() {
            "last" | "past" => (1, -1),
            "next" => (1, 1),
            "this" => (1, 0),
            _ => (0, 0),
        };
        let weekday = weekday(&self.lower(from)).filter(|_| self.name(from))?;
        let mut end = from + 1;
        let comma = usize::from(self.word(end) == Some(","));
        if let Some((count, when @ When::Day(..))) = self.calendar(end + comma) {
            return Some((end + comma + count, when));
        }
        if matches!(self.lower(end).as_str(), "morning" | "afternoon" | "evening" | "night") {
            end += 1;
        }
        Some((end, When::Weekday(weekday, turn)))
    }

    /// "March 3, 2020", "3 March", "the 3rd of March", "March 2020", "March", from `offset` on.
    fn calendar(&self, offset: usize) -> Option<(usize, When)> {
        let month_at = |offset: usize| month(&self.lower(offset)).filter(|_| self.name(offset));
        if let Some(month) = month_at(offset) {
            if let Some(day) = day(&self.lower(offset + 1)) {
                let comma = usize::from(self.word(offset + 2) == Some(","));
                return Some(match year(self.word(offset + 2 + comma)) {
                    Some(year) => (3 + comma, When::Day(Some(year), month, day)),
                    None => (2, When::Day(None, month, day)),
                });
            }
            let gap = usize::from(matches!(self.word(offset + 1), Some("," | "of")));
            if let Some(year) = year(self.word(offset + 1 + gap)) {
                return Some((2 + gap, When::Month(Some(year), month)));
            }
            // "May" and "March" are also words, and April a name: a month alone follows a word of time.
            let before = offset.checked_sub(1).map_or_else(|| self.before(), |before| self.lower(before));
            let led = [
                "in", "since", "until", "till", "by", "from", "to", "of", "last", "next", "this", "early", "late",
                "mid",
            ];
            let own = self.lower(offset).len() > 5; // "February", "September"
            return (own || led.contains(&before.as_str())).then_some((1, When::Month(None, month)));
        }
        let day = day(&self.lower(offset))?;
        let of = usize::from(self.word(offset + 1) == Some("of"));
        let month = month_at(offset + 1 + of)?;
        let comma = usize::from(self.word(offset + 2 + of) == Some(","));
        Some(match year(self.word(offset + 2 + of + comma)) {
            Some(year) => (3 + of + comma, When::Day(Some(year), month, day)),
            None => (2 + of, When::Day(None, month, day)),
        })
    }

    /// "yesterday", "last week".
    fn relative(&self) -> Option<(usize, When)> {
        let days = match self.lower(0).as_str() {
            "today" | "tonight" => 0,
            "yesterday" => -1,
            "tomorrow" => 1,
            step @ ("last" | "this" | "next") => {
                let step = match step {
                    "last" => -1,
                    "this" => 0,
                    _ => 1,
                };
                return Some((
                    2,
                    match self.lower(1).as_str() {
                        "week" => When::Weeks(step),
                        "month" => When::Months(step),
                        "year" => When::Years(step),
                        _ => return None,
                    },
                ));
            }
            _ => return None,
        };
        Some((1, When::Days(days)))
    }

    /// "in 2020".
    fn year(&self) -> Option<(usize, When)> {
        const LED: [&str; 16] = [
            "in", "since", "by", "until", "till", "from", "of", "to", "before", "after", "during", "early", "late",
            "mid", "for", "than",
        ];
        let year = year(self.word(0)).filter(|_| LED.contains(&self.before().as_str()))?;
        let next = self.tokens.get(self.at + 1).filter(|_| !matches!(self.before().as_str(), "in" | "since" | "until"));
        // "from 2000 people" is a count.
        if next.is_some_and(|next| matches!(next.upos, Upos::Noun | Upos::Adj | Upos::Num)) {
            return None;
        }
        Some((1, When::Year(year)))
    }
}

fn year(word: Option<&str>) -> Option<i16> {
    let word = word.filter(|word| word.len() == 4)?;
    word.parse().ok().filter(|year| (1800..2100).contains(year))
}

/// "3", "3rd", "third" is not read.
fn day(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

fn month(word: &str) -> Option<i8> {
    i8::try_from(crate::corpus::month(word)?).ok()
}

/// The day of the week of a name or its abbreviation, in lower case.
fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::corpus::{Document, Metadata};
    use crate::nlp::{EntityKind, Model};

    #[test]
    fn dates_of_news() {
        let text = "On Monday, the minister met envoys who arrived on March 3, 2020. Talks began in 2018 and may resume next week. \
                    The sun rose. He said last Friday that the vote of 12 May would stand, as it did in October.";
        let document = Document::from_text(text, None, Metadata::default());
        let analysis = Model::embedded().analyse(&document);
        let published = date(2020, 3, 18);
        let found: Vec<(&str, String)> =
            analysis.dates.iter().map(|d| (d.span.of(text), d.when.resolve(published).unwrap_or_default())).collect();
        let expected = [
            ("Monday", "2020-03-16"),
            ("March 3, 2020", "2020-03-03"),
            ("2018", "2018"),
            ("next week", "2020-W13"),
            ("last Friday", "2020-03-13"),
            ("12 May", "2020-05-12"),
            ("October", "2019-10"),
        ];
        assert_eq!(found, expected.map(|(words, day)| (words, day.to_owned())));
        assert!(analysis.dates.iter().all(|d| analysis.tokens[d.head].entity == Some(EntityKind::Date)));
    }
}
