//! Media types: which one a caller takes, and how a form is written.

/// A format of answers and the media types that mean it, the first of them told in the answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Media {
    pub(super) format: &'static str,
    pub(super) types: &'static [&'static str],
}

/// Of SELECT and ASK; the first where the caller does not mind.
pub(super) const RESULTS: [Media; 4] = [
    Media { format: "json", types: &["application/sparql-results+json", "application/json"] },
    Media { format: "xml", types: &["application/sparql-results+xml", "application/xml", "text/xml"] },
    Media { format: "csv", types: &["text/csv"] },
    Media { format: "tsv", types: &["text/tab-separated-values"] },
];

/// Of CONSTRUCT and DESCRIBE.
pub(super) const GRAPHS: [Media; 6] = [
    Media { format: "turtle", types: &["text/turtle", "application/x-turtle"] },
    Media { format: "ntriples", types: &["application/n-triples", "text/plain"] },
    Media { format: "rdfxml", types: &["application/rdf+xml", "application/xml"] },
    Media { format: "jsonld", types: &["application/ld+json", "application/json"] },
    Media { format: "trig", types: &["application/trig"] },
    Media { format: "nquads", types: &["application/n-quads"] },
];

/// The format that an `Accept` header likes best; of equals the first in the list of formats.
///
/// # References
/// RFC 9110, section 12.5.1.
pub(super) fn accepted<'a>(accept: &str, known: &'a [Media]) -> Option<&'a Media> {
    // How much a type is liked: by the most exact range that names it.
    let liking = |name: &str| -> f64 {
        let (kind, _) = name.split_once('/').unwrap_or((name, ""));
        let ranges = accept.split(',').filter_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let media = parts.next()?.to_ascii_lowercase();
            let exact = match media.as_str() {
                media if media == name => 2,
                media if media.strip_suffix("/*") == Some(kind) => 1,
                "*/*" => 0,
                _ => return None,
            };
            let quality = parts.find_map(|p| p.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0_f64));
            Some((exact, quality.clamp(0.0, 1.0)))
        });
        ranges.max_by_key(|range: &(u8, f64)| range.0).map_or(0.0, |range| range.1)
    };
    let best = |media: &Media| media.types.iter().map(|name| liking(name)).fold(0.0, f64::max);
    let most = known.iter().map(best).fold(0.0, f64::max);
    known.iter().find(|media| most > 0.0 && best(media) >= most)
}

/// A part of a form without its escapes; nothing where it is no UTF-8 text.
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match (first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [high, low, after @ ..]) => {
                let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
                bytes.push(digit(*high)? * 16 + digit(*low)?);
                rest = after;
            }
            (b'%', _) => return None,
            (byte, _) => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_liked_format_is_taken() {
        let format = |accept: &str| accepted(accept, &RESULTS).map(|media| media.format);
        assert_eq!(format("*/*"), Some("json"));
        assert_eq!(format("text/csv"), Some("csv"));
        assert_eq!(format("text/csv;q=0.5, application/sparql-results+xml;q=0.9, */*;q=0.1"), Some("xml"));
        assert_eq!(format("text/*"), Some("xml"));
        assert_eq!(format("*/*, application/sparql-results+json;q=0, application/json;q=0"), Some("xml"));
        assert_eq!(format("image/png"), None);
        assert_eq!(
            accepted("application/rdf+xml, text/turtle;q=0.8", &GRAPHS).map(|media| media.format),
            Some("rdfxml")
        );
    }

    #[test]
    fn forms_are_decoded() {
        assert_eq!(decoded("SELECT+%3Fs%20%7B%7D+%E2%80%93").as_deref(), Some("SELECT ?s {} –"));
        assert_eq!(decoded("%"), None);
        assert_eq!(decoded("%zz"), None);
        assert_eq!(decoded("%ff"), None);
    }
}
