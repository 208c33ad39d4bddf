//! Dates as typed literals: what is a good date becomes one, anything else stays the string that it was.

use oxigraph::model::Literal;
use oxigraph::model::vocab::xsd;

/// `2025-03-17` → `xsd:date`, `2025-03` → `xsd:gYearMonth`, `2025` → `xsd:gYear`, with a time → `xsd:dateTime`, else a plain string.
///
/// ```
/// assert_eq!(demarche::graph::dates::literal("2025-03").to_string(), "\"2025-03\"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>");
/// ```
pub fn literal(date: &str) -> Literal {
    let good = |kind| Literal::new_typed_literal(date, kind);
    match date.len() {
        4 if year(date) => good(xsd::G_YEAR),
        7 if month(date).is_some() => good(xsd::G_YEAR_MONTH),
        10 if day(date).is_some() => good(xsd::DATE),
        11.. if day(date).is_some() && time(&date[10..]) => good(xsd::DATE_TIME),
        _ => Literal::new_simple_literal(date),
    }
}

/// The day of a full date, with or without a time after it; `None` where the date is not known to the day.
///
/// ```
/// use demarche::graph::dates::day;
/// assert_eq!(day("2025-03-17T09:30:00Z"), Some("2025-03-17"));
/// assert_eq!(day("2025-02-30"), None);
/// ```
pub fn day(date: &str) -> Option<&str> {
    let day = date.get(..10)?;
    if date.len() > 10 && !date[10..].starts_with(['T', ' ']) {
        return None;
    }
    let (year, number) = month(day.get(..7)?)?;
    let n = digits(day.strip_prefix(&day[..7])?.strip_prefix('-')?)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match number {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=last).contains(&n).then_some(day)
}

fn digits(part: &str) -> Option<u32> {
    part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten()
}

fn year(part: &str) -> bool {
    digits(part).is_some_and(|year| year > 0)
}

/// Year and month of `2025-03`.
fn month(part: &str) -> Option<(u32, u32)> {
    let (y, m) = part.split_once('-')?;
    let pair = (digits(y)?, digits(m)?);
    (y.len() == 4 && m.len() == 2 && pair.0 > 0 && (1..=12).contains(&pair.1)).then_some(pair)
}

/// `T09:30:00`, with fractions and a zone if there are any.
fn time(part: &str) -> bool {
    let Some(rest) = part.strip_prefix('T') else { return false };
    let (clock, zone) = match rest.find(['Z', '+', '-']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let two = |s: &str, below: u32| s.len() == 2 && digits(s).is_some_and(|n| n < below);
    let mut parts = clock.splitn(3, ':');
    let (Some(h), Some(m), Some(s)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let (whole, fraction) = s.split_once('.').unwrap_or((s, "0"));
    let zone_good = match zone {
        "" | "Z" => true,
        _ => zone[1..].split_once(':').is_some_and(|(h, m)| two(h, 14) && two(m, 60)),
    };
    two(h, 24) && two(m, 60) && two(whole, 60) && !fraction.is_empty() && digits(fraction).is_some() && zone_good
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let kind = |s: &str| literal(s).datatype().as_str().rsplit('#').next().unwrap_or_default().to_owned();
        assert_eq!(kind("2024-02-29"), "date");
        assert_eq!(kind("2025-02-29"), "string");
        assert_eq!(kind("2025-03-17T09:30:00+02:00"), "dateTime");
        assert_eq!(kind("2025-03-17T09:30"), "string");
        assert_eq!(kind("2025"), "gYear");
        assert_eq!(kind("last week"), "string");
        assert_eq!(kind("é25-03-171"), "string");
        assert_eq!(day("2025-03-17T09:30"), Some("2025-03-17"));
        assert_eq!(day("2025-03-171"), None);
    }
}
