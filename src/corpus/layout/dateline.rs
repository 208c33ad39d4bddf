//! Place, agency and date in front of the first sentence: "GENEVA, March 3 (Reuters) –".

use super::super::date::month;
use super::lines::is_blank;

const DASHES: &[char] = &['-', '–', '—', '―'];
/// Words that open sentences and headings, never datelines in small letters.
const NO_PLACE: &[&str] = &[
    "The", "A", "An", "In", "On", "At", "For", "But", "And", "By", "This", "That", "It", "He", "She", "We", "They", "I",
];
/// Agencies and outlets whose name in brackets needs no dash after it.
const AGENCIES: &[&str] = &[
    "Reuters",
    "AP",
    "Associated Press",
    "AFP",
    "CNN",
    "UPI",
    "dpa",
    "DPA",
    "EFE",
    "ANSA",
    "Bloomberg",
    "BBC",
    "ANI",
    "PTI",
    "IANS",
    "TASS",
    "Xinhua",
    "Yonhap",
    "Kyodo",
    "Anadolu",
    "AA",
    "CNS",
    "RNS",
    "JTA",
    "KUNA",
    "Interfax",
    "Ukrinform",
];

/// Length in bytes of the dateline that `paragraph` opens with, dash or colon included, white space after it not.
pub(super) fn dateline(paragraph: &str) -> Option<usize> {
    let place = place(paragraph);
    let after = skip(paragraph, place.end);
    if let Some(end) = agency(paragraph, after) {
        let dash = separator(paragraph, skip(paragraph, end), true);
        let name = paragraph[after + 1..end - 1].trim();
        let sure = place.shouted || dash.is_some() || AGENCIES.iter().any(|agency| name.starts_with(agency));
        // "World Health Organization (WHO)" gives a short name, no agency.
        return (sure && !abbreviates(&paragraph[..place.end], name)).then(|| dash.unwrap_or(end));
    }
    if place.words == 0 {
        return None;
    }
    let end = separator(paragraph, after, place.shouted)?;
    let spaced = paragraph[place.end..].starts_with(is_blank) && paragraph[end..].starts_with(is_blank);
    if place.shouted {
        // A speaker of an interview has the same looks; the caller tells them apart.
        return (spaced || paragraph[..end].ends_with(':') || paragraph[place.end..].starts_with(['—', '–']))
            .then_some(end);
    }
    // "Geneva - Talks resumed", not "Geneva - a city of bankers - hosted talks".
    let rest = &paragraph[skip(paragraph, end)..];
    let sentence = rest.split(['.', '?', '!']).next().unwrap_or_default();
    let again = paragraph[after..end].chars().next().is_some_and(|dash| sentence.contains(&format!(" {dash} ")));
    (spaced && rest.starts_with(char::is_uppercase) && !again).then_some(end)
}

/// Whether `short` is made of the first letters of the words of `long`.
fn abbreviates(long: &str, short: &str) -> bool {
    let initials: String = long.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.chars().next()).collect();
    initials.chars().count() > 1 && initials.eq_ignore_ascii_case(short)
}

/// Whether a paragraph is a dateline and nothing else.
pub(super) fn is_dateline(paragraph: &str) -> bool {
    let place = place(paragraph);
    let after = skip(paragraph, place.end);
    agency(paragraph, after).is_some_and(|end| {
        let sure = place.shouted || AGENCIES.contains(&paragraph[after + 1..end - 1].trim());
        place.words > 0 && sure && paragraph[end..].trim().is_empty()
    })
}

struct Place {
    end: usize,
    words: usize,
    shouted: bool,
}

/// The names, and the date, that a paragraph opens with, up to a bracket, a dash or a colon.
fn place(paragraph: &str) -> Place {
    let mut place = Place { end: 0, words: 0, shouted: false };
    let mut at = 0;
    while place.words < 8 {
        let word: &str = paragraph[at..].split(|c| is_blank(c) || c == '(').next().unwrap_or_default();
        let colon = word.ends_with(':');
        let name = word.trim_end_matches([':', ',', '.']);
        // "WASHINGTON—President": the dash ends the name.
        let glued = name.find(['—', '–']);
        let name = &name[..glued.unwrap_or(name.len())];
        let capital = name.starts_with(char::is_uppercase);
        let upper = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && name.chars().count() > 1;
        let number = !name.is_empty() && name.chars().all(|c| c.is_ascii_digit());
        if name.is_empty() || !(capital || place.words > 0 && number) {
            break;
        }
        if place.words == 0 {
            place.shouted = upper && name.chars().filter(|c| c.is_alphabetic()).count() > 2;
            if !place.shouted && NO_PLACE.contains(&name) {
                break;
            }
        }
        let comma_before = paragraph[..at].trim_end_matches(is_blank).ends_with(',');
        let dated = month(name).is_some();
        // After a shouted place only a comma leads to words in small letters: "KYIV, Ukraine".
        if place.shouted && !upper && !number && !dated && !comma_before && !paragraph[..at].contains(',') {
            break;
        }
        place.words += 1;
        place.end = at + word.len();
        if let Some(dash) = glued {
            place.end = at + dash;
            break;
        }
        if colon {
            place.end = at + word.trim_end_matches(':').len();
            break;
        }
        at = skip(paragraph, place.end);
    }
    place
}

/// End of a bracket like "(Reuters)", "(AP Photo)", "(CNN Business)" at `at`.
fn agency(paragraph: &str, at: usize) -> Option<usize> {
    let inner = paragraph[at..].strip_prefix('(')?;
    let close = inner.find(')')?;
    let name = inner[..close].trim();
    let words = name.split_whitespace().count();
    let named = words <= 4
        && name.split([' ', '/']).all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    (words > 0 && name.chars().count() >= 2 && named).then_some(at + close + 2)
}

/// End of the dash or, after a shouted place, the colon at `at`.
fn separator(paragraph: &str, at: usize, colon: bool) -> Option<usize> {
    let rest = &paragraph[at..];
    let dashes = rest.len() - rest.trim_start_matches(DASHES).len();
    match (dashes, rest.starts_with(':') && colon) {
        (1..=3, _) => Some(at + dashes),
        (_, true) => Some(at + 1),
        _ => None,
    }
}

fn skip(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches(is_blank).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_found() {
        for (line, expected) in [
            ("GENEVA: Talks resumed.", "GENEVA:"),
            ("GENEVA (Reuters) - Talks resumed.", "GENEVA (Reuters) -"),
            ("KYIV, Ukraine (AP) — Talks resumed.", "KYIV, Ukraine (AP) —"),
            ("BEIJING/TAIPEI, March 3 (Reuters) - Talks resumed.", "BEIJING/TAIPEI, March 3 (Reuters) -"),
            ("NEW DELHI — Talks resumed.", "NEW DELHI —"),
            ("OSLO—Talks resumed.", "OSLO—"),
            ("(CNN) Talks resumed.", "(CNN)"),
            ("(CNN) -- Talks resumed.", "(CNN) --"),
            ("Los Angeles (CNN) Talks resumed.", "Los Angeles (CNN)"),
            ("Tromso, northern Norway - Talks resumed.", ""),
            ("Bergen, Norway - Talks resumed.", "Bergen, Norway -"),
            ("SEOUL, South Korea – Talks resumed.", "SEOUL, South Korea –"),
            ("UNITED NATIONS (AP) — Talks resumed.", "UNITED NATIONS (AP) —"),
        ] {
            assert_eq!(dateline(line).map_or("", |end| &line[..end]), expected, "{line}");
        }
    }

    #[test]
    fn sentences_are_left() {
        for line in [
            "The United Nations (UN) said talks resumed.",
            "NATO said talks resumed.",
            "Norway - a member since 1949 - agreed.",
            "Angela Merkel — Germany’s chancellor — agreed.",
            "Talks resumed (again).",
            "World Health Organization (WHO) – the UN’s agency – agreed.",
            "Foreign Minister (since May) Talks",
            "But Oslo - Norway’s capital - agreed.",
            "",
            "—",
        ] {
            assert_eq!(dateline(line), None, "{line}");
        }
        assert!(is_dateline("GENEVA, March 3 (Reuters)") && !is_dateline("Ann Bee (YouTube)"));
    }
}
