//! JSON records: articles in JSON Lines, sidecar files, the structured data of pages; and the names that metadata go by in them.

use serde_json::{Map, Value};

use super::date;
use super::document::{Document, Metadata};
use crate::diag::Diagnostic;

/// Metadata as found, before dates and tags are put into one form.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    title: Option<String>,
    url: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
    language: Option<String>,
}

/// The names of each field, in lower case without `_`, `-` and spaces; the first name that has a value wins.
const TITLES: &[&str] = &["title", "headline"];
const URLS: &[&str] = &["url", "link", "canonicalurl", "permalink"];
const DATES: &[&str] = &[
    "published",
    "date",
    "datepublished",
    "publisheddate",
    "publishdate",
    "publicationdate",
    "publishedat",
    "pubdate",
    "publishedtime",
];
const PUBLISHERS: &[&str] = &["publisher", "source", "outlet", "sitename", "newspaper"];
const LANGUAGES: &[&str] = &["language", "lang", "inlanguage"];
/// Names of the article's text.
const TEXTS: &[&str] = &["text", "body", "articlebody", "content", "maintext"];

fn plain(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// A value as text: a string, a number, or the name of an object; of a list, the first.
pub(super) fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(map) => {
            return ["name", "title", "@value", "@id", "url"].iter().find_map(|key| map.get(*key).and_then(words));
        }
        Value::Array(list) => return list.iter().find_map(words),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The first of `names` that `record` has a value for.
fn find(record: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names
        .iter()
        .find_map(|name| record.iter().filter(|(key, _)| plain(key) == *name).find_map(|(_, value)| words(value)))
}

impl Facts {
    /// What a record says.
    pub(super) fn of(record: &Map<String, Value>) -> Self {
        Self {
            title: find(record, TITLES),
            url: find(record, URLS),
            published: find(record, DATES),
            publisher: find(record, PUBLISHERS),
            language: find(record, LANGUAGES),
        }
    }

    /// Takes one field, unless it is known already.
    pub(super) fn set(&mut self, key: &str, value: &Value) {
        let mut record = Map::new();
        record.insert(key.to_owned(), value.clone());
        let found = Self::of(&record);
        *self = std::mem::take(self).or(found);
    }

    /// These facts, and where they are silent, others.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            url: self.url.or(other.url),
            published: self.published.or(other.published),
            publisher: self.publisher.or(other.publisher),
            language: self.language.or(other.language),
        }
    }

    /// Metadata in one form: the date as ISO 8601, the language as a BCP 47 tag. A date that cannot be read is noted and left out.
    pub(super) fn metadata(self, at: &str, notes: &mut Vec<Diagnostic>) -> Metadata {
        let published = self.published.and_then(|raw| {
            let date = date::iso(&raw);
            if date.is_none() {
                notes.push(Diagnostic {
                    at: at.to_owned(),
                    message: format!("date `{raw}` not understood, left unknown"),
                    hint: Some("write it as 2025-03-17".to_owned()),
                    left_out: false,
                });
            }
            date
        });
        let language = self.language.map(|tag| tag.replace('_', "-"));
        let language = language
            .filter(|tag| tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && (2..=35).contains(&tag.len()));
        Metadata { title: self.title, url: self.url, published, publisher: self.publisher, language }
    }
}

/// The article in one record. `within` is the path of its file, `number` its place there, counted from 1.
///
/// # Errors
/// What is wrong with the record, in words.
pub(super) fn document(
    record: &Value,
    within: Option<&str>,
    number: usize,
    at: &str,
    notes: &mut Vec<Diagnostic>,
) -> Result<Document, String> {
    let record = record.as_object().ok_or("not an object")?;
    let text =
        TEXTS.iter().find_map(|name| record.iter().find(|(key, value)| plain(key) == *name && value.is_string()));
    let text = text.and_then(|(_, value)| value.as_str()).ok_or("no field `text`")?;
    let name = record.get("id").and_then(words).unwrap_or_else(|| number.to_string());
    let path = within.map(|file| format!("{file}#{name}"));
    Ok(Document::from_text(text, path, Facts::of(record).metadata(at, notes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_go_by_many_names() {
        let record = serde_json::json!({
            "Headline": "Talks resume", "date_published": "17 March 2025", "source": {"name": "The Example"}, "lang": "en_GB", "link": null
        });
        let mut notes = Vec::new();
        let metadata = Facts::of(record.as_object().unwrap()).metadata("a", &mut notes);
        assert_eq!(metadata.title.as_deref(), Some("Talks resume"));
        assert_eq!(metadata.published.as_deref(), Some("2025-03-17"));
        assert_eq!(metadata.publisher.as_deref(), Some("The Example"));
        assert_eq!(metadata.language.as_deref(), Some("en-GB"));
        assert_eq!(metadata.url, None);
        assert!(notes.is_empty());
    }
}
