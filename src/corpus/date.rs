//! Dates as pages and records write them, put into ISO 8601.

use jiff::civil::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date, with its time where time and zone are clear, as ISO 8601: `2025-03-17`, `2025-03-17T10:15:00Z`.
///
/// Read are ISO 8601 and what is near it, RFC 2822, "17 March 2025", "March 17, 2025", "17.3.2025", `20250317`, and seconds or milliseconds
/// since 1970. `None` for everything else, above all for `03/04/2025`, which means one day in London and another in New York.
pub(super) fn iso(raw: &str) -> Option<String> {
    let raw = raw.trim();
    near_iso(raw).or_else(|| digits(raw)).or_else(|| named(raw)).or_else(|| numbers(raw))
}

fn date(year: &str, month: &str, day: &str) -> Option<String> {
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (1700..2200).contains(&date.year()).then(|| date.to_string())
}

/// "2025-03-17", "2025/3/17 10:15", "2025-03-17T10:15:00.000+0000".
fn near_iso(raw: &str) -> Option<String> {
    let sign = raw.get(4..5).filter(|sign| ["-", "/", "."].contains(sign))?;
    let (day, rest) = raw.split_at(raw.find(['T', 't', ' ']).unwrap_or(raw.len()));
    let mut fields = day.split(sign);
    let (year, month, day) = (fields.next()?, fields.next()?, fields.next()?);
    let date = date(year, month, day).filter(|_| fields.next().is_none() && year.len() == 4)?;
    let rest = rest.trim_start_matches(['T', 't', ' ']);
    let cut = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(rest.len());
    let (time, zone) = rest.split_at(cut);
    match (clock(time), zone.trim()) {
        (Some(time), "") => Some(format!("{date}T{time}")),
        (Some(time), zone) => Some(offset(zone).map_or_else(|| date.clone(), |zone| format!("{date}T{time}{zone}"))),
        (None, _) => Some(date),
    }
}

/// "10:15", "10:15:00", "10:15:00.000" as "10:15:00".
fn clock(time: &str) -> Option<String> {
    let mut fields = time.split([':', '.', ',']);
    let mut field = |limit: u8| fields.next().and_then(|field| field.parse::<u8>().ok()).filter(|n| *n < limit);
    let (hour, minute) = (field(24)?, field(60)?);
    let second = field(61).unwrap_or(0).min(59);
    Some(format!("{hour:02}:{minute:02}:{second:02}"))
}

/// "Z", "GMT", "+0200", "+02:00" as "Z" or "+02:00".
fn offset(zone: &str) -> Option<String> {
    if ["z", "gmt", "utc"].contains(&zone.to_lowercase().as_str()) {
        return Some("Z".to_owned());
    }
    let sign = zone.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let digits: String = zone[1..].chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = (digits.get(..2)?, digits.get(2..4).unwrap_or("00"));
    let fits = hours.parse::<u8>().ok()? <= 14 && minutes.parse::<u8>().ok()? < 60 && zone[1..].len() <= 5;
    fits.then(|| if digits.bytes().all(|b| b == b'0') { "Z".to_owned() } else { format!("{sign}{hours}:{minutes}") })
}

/// "20250317", and seconds or milliseconds since 1970.
fn digits(raw: &str) -> Option<String> {
    if raw.is_empty() || !raw.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match raw.len() {
        8 => date(&raw[..4], &raw[4..6], &raw[6..]),
        9 | 10 => jiff::Timestamp::from_second(raw.parse().ok()?).ok().map(|time| time.to_string()),
        12 | 13 => {
            jiff::Timestamp::from_millisecond(raw.parse::<i64>().ok()? / 1000 * 1000).ok().map(|time| time.to_string())
        }
        _ => None,
    }
}

/// "Mon, 17 Mar 2025 10:15:00 +0000", "March 17th, 2025".
fn named(raw: &str) -> Option<String> {
    let fields: Vec<&str> = raw.split([' ', ',', '/', '\u{a0}']).filter(|field| !field.is_empty()).collect();
    let month_at = fields.iter().position(|field| month(field).is_some())?;
    let month = month(fields[month_at])?.to_string();
    let year_at = fields.iter().position(|field| field.len() == 4 && field.bytes().all(|b| b.is_ascii_digit()))?;
    let day = |n: usize| {
        let digits = fields.get(n)?.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
        (n != year_at && (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
            .then_some(digits)
    };
    let day = month_at.checked_sub(1).and_then(day).or_else(|| day(month_at + 1))?;
    let date = date(fields[year_at], &month, day)?;
    let time = fields
        .iter()
        .position(|field| field.contains(':'))
        .and_then(|n| Some((clock(fields[n])?, offset(fields.get(n + 1)?)?)));
    Some(time.map_or_else(|| date.clone(), |(time, zone)| format!("{date}T{time}{zone}")))
}

/// Words that stand beside dates: what was done on them, weekdays, halves of the day, time zones.
pub(super) const BESIDE_DATES: [&str; 33] = [
    "am",
    "pm",
    "et",
    "est",
    "edt",
    "gmt",
    "bst",
    "utc",
    "cet",
    "at",
    "on",
    "updated",
    "published",
    "posted",
    "modified",
    "last",
    "first",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thurs",
    "fri",
    "sat",
    "sun",
];

/// More of them, in a line of nothing but a date.
const BESIDE: [&str; 12] = ["created", "date", "time", "the", "of", "thur", "a", "p", "m", "pst", "pdt", "local"];

/// The date of a line that tells nothing else: "4 May 2024 • 6:15pm", "Published May 4, 2024 at 6:15 p.m. ET", "2024-05-04".
pub(super) fn of_line(line: &str) -> Option<String> {
    const LONGEST: usize = 80;
    let line = line.trim();
    if line.len() > LONGEST {
        return None;
    }
    let plain = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = &word[digits.len()..];
        let number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        number && matches!(ending, "" | "st" | "nd" | "rd" | "th" | "am" | "pm")
            || month(word).is_some()
            || BESIDE_DATES.iter().chain(&BESIDE).any(|beside| word.eq_ignore_ascii_case(beside))
    };
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if !words.all(plain) {
        return None;
    }
    near_iso(line).or_else(|| named(line)).and_then(|date| date.get(..10).map(str::to_owned))
}

/// The day in a dateline: "BERLIN, March 3, 2025 (Example) –".
pub(super) fn of_dateline(line: &str) -> Option<String> {
    named(&line.replace(['(', ')'], " ")).and_then(|date| date.get(..10).map(str::to_owned))
}

/// "Mar", "Sept.", "march": 3, 9, 3.
pub(crate) fn month(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.').to_lowercase();
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let n = MONTHS.iter().position(|month| word.starts_with(month))?;
    (word.len() == 3 || word == "sept" || word == full[n]).then_some(n + 1)
}

/// "17.3.2025", and "17/3/2025", "3/17/2025" or "3/17/25" where only one reading is a date.
fn numbers(raw: &str) -> Option<String> {
    let word = raw.split_whitespace().next()?.trim_end_matches(',');
    let sign = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '.' | '/' | '-'))?;
    let fields: Vec<&str> = word.split(sign).collect();
    let [first, second, year] = fields[..] else { return None };
    let year = match year.len() {
        4 => year.to_owned(),
        2 => format!("{}{year}", if year < "70" { "20" } else { "19" }),
        _ => return None,
    };
    let year = year.as_str();
    let day_first = date(year, second, first);
    if sign == '.' {
        return day_first;
    }
    match (day_first, date(year, first, second)) {
        (Some(one), Some(other)) if one != other => None,
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::{iso, of_dateline, of_line};

    #[test]
    fn lines_of_nothing_but_a_date() {
        for line in [
            "4 May 2024 • 6:15pm",
            "Published May 4, 2024 at 6:15 p.m. ET",
            "Sat 4th May 2024 18.15 BST",
            "2024-05-04",
            "Updated: 4 May 2024",
        ] {
            assert_eq!(of_line(line).as_deref(), Some("2024-05-04"), "{line}");
        }
        for line in ["The deal of 4 May 2024", "6:15pm", "May 2024", "03/04/2025", "", "Chapter 4, 2024"] {
            assert_eq!(of_line(line), None, "{line}");
        }
        assert_eq!(of_dateline("BERLIN, March 3, 2025 (Example) –").as_deref(), Some("2025-03-03"));
        assert_eq!(of_dateline("BERLIN, March 3 (Example) –"), None);
    }

    #[test]
    fn dates_become_iso() {
        for (raw, expected) in [
            ("2025-03-17", "2025-03-17"),
            (" 2025/3/7 ", "2025-03-07"),
            ("2025-03-17T10:15:00.000Z", "2025-03-17T10:15:00Z"),
            ("2025-03-17T10:15:00-0400", "2025-03-17T10:15:00-04:00"),
            ("2025-03-17 10:15", "2025-03-17T10:15:00"),
            ("2025-03-17 10:15 EST", "2025-03-17"),
            ("Mon, 17 Mar 2025 10:15:00 +0000", "2025-03-17T10:15:00Z"),
            ("17 March 2025", "2025-03-17"),
            ("March 17th, 2025 at 10:15 am", "2025-03-17"),
            ("Sept. 3, 2021", "2021-09-03"),
            ("17.3.2025", "2025-03-17"),
            ("3/17/2025", "2025-03-17"),
            ("3/17/25", "2025-03-17"),
            ("20250317", "2025-03-17"),
            ("1742206500", "2025-03-17T10:15:00Z"),
            ("1742206500123", "2025-03-17T10:15:00Z"),
        ] {
            assert_eq!(iso(raw).as_deref(), Some(expected), "{raw}");
        }
        for raw in
            ["", "yesterday", "03/04/2025", "3/4/25", "2025-13-01", "2025-02-30", "March 2025", "2025", "May", "99"]
        {
            assert_eq!(iso(raw), None, "{raw}");
        }
    }
}
