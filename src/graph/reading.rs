//! How much of a store is read: for a named question only the quads whose properties it names.

use std::collections::BTreeSet;

use super::vocab::{PREFIXES, other};

/// How much of a store is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The properties of the quads that are read; `None`: of all.
    properties: Option<BTreeSet<String>>,
    /// Whether the passages are read: texts, spans with their selectors, and the links to these.
    passages: bool,
}

impl Reading {
    /// All of it.
    pub const ALL: Self = Self { properties: None, passages: true };

    /// What a query needs whose properties are all spelled with the prefixes of [`super::vocab::PREFIXES`], as those of the named questions are; for
    /// any other query take [`Reading::ALL`]. Types and labels are always read. A store that was opened for one question takes a fraction of the time
    /// and of the memory, answers that question as the whole store does, and several times as fast, since the engine finds a property by looking
    /// through all quads of its subject. It can be neither changed nor verified.
    ///
    /// ```
    /// use demarche::graph::Reading;
    /// assert_ne!(Reading::needed_by("SELECT * { ?claim dm:source ?who }"), Reading::ALL);
    /// assert!(!Reading::needed_by("SELECT * { ?claim dm:source ?who }").passages());
    /// assert!(Reading::needed_by("SELECT * { ?span oa:hasSelector ?selector }").passages());
    /// ```
    pub fn needed_by(query: &str) -> Self {
        const OF_PASSAGES: [&str; 9] = [
            "oa:",
            "Span",
            "dm:contentPart",
            "dm:mentionOf",
            "dm:text",
            "dm:sha256",
            "dm:length",
            "dm:name",
            "prov:wasDerivedFrom",
        ];
        let mut properties: BTreeSet<String> =
            [other::TYPE, other::LABEL].iter().map(|term| term.as_str().to_owned()).collect();
        properties
            .extend(query.split(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '-' | '_'))).filter_map(expanded));
        Self { properties: Some(properties), passages: OF_PASSAGES.iter().any(|term| query.contains(term)) }
    }

    /// Whether the passages are read.
    pub fn passages(&self) -> bool {
        self.passages
    }

    /// The lines of an N-Quads file that are read.
    pub(super) fn select(&self, bytes: Vec<u8>) -> Vec<u8> {
        let Some(properties) = &self.properties else { return bytes };
        let mut selected = Vec::with_capacity(bytes.len() / 2);
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            if property(line).is_none_or(|property| properties.contains(property)) {
                selected.extend_from_slice(line);
            }
        }
        selected
    }
}

/// The IRI of a prefixed name.
fn expanded(name: &str) -> Option<String> {
    let (prefix, local) = name.split_once(':')?;
    let (_, base) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
    Some(format!("{base}{local}"))
}

/// The IRI between the first two spaces of a line; a line of another form is left to the parser.
fn property(line: &[u8]) -> Option<&str> {
    let second = line.split(|&byte| byte == b' ').nth(1)?;
    str::from_utf8(second.strip_prefix(b"<")?.strip_suffix(b">")?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_selected_by_property() {
        let reading = Reading::needed_by("SELECT * { ?c dm:source ?who }");
        let line = |property: &str| format!("<a:c> <{property}> <a:b> <a:g> .\n");
        let source = line("https://w3id.org/demarche/ns#source");
        let lines =
            format!("{source}{}# other\n{}", line("https://w3id.org/demarche/ns#act"), line(other::TYPE.as_str()));
        let selected = String::from_utf8(reading.select(lines.clone().into_bytes())).unwrap();
        assert_eq!(selected, format!("{source}# other\n{}", line(other::TYPE.as_str())));
        assert_eq!(Reading::ALL.select(lines.clone().into_bytes()), lines.into_bytes());
    }
}
