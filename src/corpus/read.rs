//! Files, folders and standard input. What cannot be read is named and left out; the rest goes on.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::document::{BlockKind, Document, Metadata};
use super::record::Facts;
use super::{date, html, language, markdown, record};
use crate::diag::Diagnostic;

/// What an article is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// One record, or a list of records.
    Json,
    /// One record a line.
    JsonLines,
}

impl Format {
    /// The format that goes by an extension, in any case and without its dot; `None` for extensions that articles do not have.
    ///
    /// ```
    /// use demarche::corpus::Format;
    /// assert_eq!(Format::from_extension("HTM"), Some(Format::Html));
    /// assert_eq!(Format::from_extension("pdf"), None);
    /// ```
    pub fn from_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "" | "txt" | "text" => Self::Text,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::JsonLines,
            _ => return None,
        })
    }
}

/// How to read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Articles with more bytes than this are left out; of JSON Lines it holds for each line. Default: 8 MiB, a thousand long articles.
    pub max_bytes: u64,
    /// Whether articles in other languages than English are left out. Default: yes.
    pub check_language: bool,
    /// The format of standard input; `None` has it told from the first characters. Default: `None`.
    pub format: Option<Format>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { max_bytes: 8 << 20, check_language: true, format: None }
    }
}

/// Reads all articles at `paths`: files; folders with everything in them, in the order of names; `-` for standard input.
///
/// The format of a file goes by its extension ([`Format::from_extension`]). Beside `article.txt` a file `article.meta.json` may give `title`, `url`,
/// `published`, `publisher` and `language`; what it says goes before what the article says of itself.
/// In folders, hidden files and those called `README`, `LICENSE` or `CHANGELOG` are passed over.
///
/// What cannot be used is left out and named in a diagnostic, and the rest goes on. Documents come in the order of `paths`, each text once for each outlet and address that it has.
///
/// # Example
/// ```
/// use demarche::corpus::{ReadOptions, read_paths};
/// let (documents, diagnostics) = read_paths(&["no/such/file.txt"], &ReadOptions::default());
/// assert!(documents.is_empty());
/// assert_eq!(diagnostics[0].at, "no/such/file.txt");
/// ```
pub fn read_paths<P: AsRef<Path>>(paths: &[P], options: &ReadOptions) -> (Vec<Document>, Vec<Diagnostic>) {
    let mut reader = Reader::new(options);
    for path in paths {
        let path = path.as_ref();
        if path.as_os_str() == "-" {
            reader.stream(std::io::stdin().lock());
        } else if path.is_dir() {
            for file in reader.files_under(path) {
                reader.file(&file, false);
            }
        } else {
            reader.file(path, true);
        }
    }
    (reader.documents, reader.notes)
}

/// Reads all articles of a stream, as [`read_paths`] reads standard input.
pub fn read_stream(stream: impl BufRead, options: &ReadOptions) -> (Vec<Document>, Vec<Diagnostic>) {
    let mut reader = Reader::new(options);
    reader.stream(stream);
    (reader.documents, reader.notes)
}

const NO_TEXT: &str = "give plain text, Markdown, HTML or JSON Lines";
const NO_ARTICLES: [&str; 3] = ["README", "LICENSE", "CHANGELOG"];
const SIDECAR: &str = ".meta.json";

struct Reader<'a> {
    options: &'a ReadOptions,
    documents: Vec<Document>,
    notes: Vec<Diagnostic>,
    /// Where each text was read first, by its hash and by who published it at which address.
    seen: BTreeMap<(String, Option<String>, Option<String>), String>,
}

impl<'a> Reader<'a> {
    fn new(options: &'a ReadOptions) -> Self {
        Self { options, documents: Vec::new(), notes: Vec::new(), seen: BTreeMap::new() }
    }

    /// Something was left out.
    fn note(&mut self, at: &str, message: impl Into<String>, hint: &str) {
        let hint = (!hint.is_empty()).then(|| hint.to_owned());
        self.notes.push(Diagnostic { at: at.to_owned(), message: message.into(), hint, left_out: true });
    }

    /// Something is doubtful, but no article is left out for it.
    fn doubt(&mut self, at: &str, message: impl Into<String>, hint: &str) {
        self.note(at, message, hint);
        if let Some(last) = self.notes.last_mut() {
            last.left_out = false;
        }
    }

    /// All files below a folder, in the order of names.
    fn files_under(&mut self, folder: &Path) -> Vec<PathBuf> {
        let mut entries: Vec<PathBuf> = match fs::read_dir(folder) {
            Ok(entries) => entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect(),
            Err(error) => {
                self.note(&folder.display().to_string(), format!("failed to open the folder: {error}"), "");
                return Vec::new();
            }
        };
        entries.sort();
        let mut files = Vec::new();
        for entry in entries {
            let name = entry.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if name.starts_with('.')
                || name.ends_with(SIDECAR)
                || NO_ARTICLES.iter().any(|start| name.starts_with(start))
            {
                continue;
            }
            if !entry.is_dir() {
                files.push(entry);
            } else if !entry.is_symlink() {
                files.extend(self.files_under(&entry));
            }
        }
        files
    }

    /// Reads one file. One that the user named is plain text where its extension says nothing else.
    fn file(&mut self, path: &Path, named: bool) {
        let at = path.display().to_string();
        let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(format) = Format::from_extension(&extension).or_else(|| named.then_some(Format::Text)) else {
            return self.note(&at, format!("`.{extension}` is no format of articles, passed over"), NO_TEXT);
        };
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return self.note(&at, format!("failed to read: {error}"), "check the path"),
        };
        if format == Format::JsonLines {
            return self.lines(BufReader::new(file), Some(&at));
        }
        let sidecar = self.sidecar(path);
        if let Some(text) = self.text(file, &at) {
            self.whole(&text, format, Some(at), sidecar);
        }
    }

    /// Standard input: records, a page, or text, as the first characters or the options say.
    fn stream(&mut self, mut stream: impl BufRead) {
        let first = stream
            .fill_buf()
            .unwrap_or_default()
            .iter()
            .copied()
            .find(|b| !b.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(b));
        let format = self.options.format.unwrap_or(match first {
            Some(b'{') => Format::JsonLines,
            Some(b'[') => Format::Json,
            _ => Format::Text,
        });
        if format == Format::JsonLines {
            self.lines(stream, None);
        } else if let Some(text) = self.text(stream, "-") {
            // A text may well open with a bracket.
            let format = if self.options.format.is_none() && serde_json::from_str::<Value>(&text).is_err() {
                Format::Text
            } else {
                format
            };
            self.whole(&text, format, None, None);
        }
    }

    /// All of a stream as text, unless it is too large or no text.
    fn text(&mut self, stream: impl Read, at: &str) -> Option<String> {
        let mut bytes = Vec::new();
        match stream.take(self.options.max_bytes + 1).read_to_end(&mut bytes) {
            Err(error) => {
                self.note(at, format!("failed to read: {error}"), "");
                None
            }
            Ok(_) => self.decode(bytes, at),
        }
    }

    fn decode(&mut self, bytes: Vec<u8>, at: &str) -> Option<String> {
        if bytes.len() as u64 > self.options.max_bytes {
            let limit = self.options.max_bytes;
            self.note(
                at,
                format!("larger than the limit of {limit} bytes"),
                "cut it into articles, or make it JSON Lines",
            );
            return None;
        }
        let (message, hint) = match bytes.as_slice() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                ("UTF-16, not UTF-8".to_owned(), "convert it: iconv -f UTF-16 -t UTF-8")
            }
            [b'%', b'P', b'D', b'F', ..] => {
                ("a PDF, not text".to_owned(), "take the text out of it: pdftotext -layout")
            }
            [b'P', b'K', 3, 4, ..] => ("an archive or an office file, not text".to_owned(), NO_TEXT),
            _ if bytes.contains(&0) => ("not text".to_owned(), NO_TEXT),
            _ => match String::from_utf8(bytes) {
                Ok(text) => return Some(text),
                Err(error) => (
                    format!("not UTF-8 at byte {}", error.utf8_error().valid_up_to()),
                    "convert it: iconv -f WINDOWS-1252 -t UTF-8",
                ),
            },
        };
        self.note(at, message, hint);
        None
    }

    /// What the file beside an article says of it.
    fn sidecar(&mut self, path: &Path) -> Option<Metadata> {
        let beside = path.with_extension(&SIDECAR[1..]);
        if beside == path || !beside.is_file() {
            return None;
        }
        let at = beside.display().to_string();
        let file = match File::open(&beside) {
            Ok(file) => file,
            Err(error) => {
                self.doubt(&at, format!("failed to read, ignored: {error}"), "");
                return None;
            }
        };
        let notes = self.notes.len();
        let text = self.text(file, &at);
        // The article itself is read all the same.
        self.notes[notes..].iter_mut().for_each(|note| note.left_out = false);
        let text = text?;
        match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Object(map)) => Some(Facts::of(&map).metadata(&at, &mut self.notes)),
            Ok(_) => {
                self.doubt(&at, "not an object, ignored", "write {\"title\": …, \"published\": …}");
                None
            }
            Err(error) => {
                self.doubt(&at, format!("not JSON, ignored: {error}"), "write {\"title\": …, \"published\": …}");
                None
            }
        }
    }

    /// One article, or for JSON one or more.
    fn whole(&mut self, text: &str, format: Format, path: Option<String>, sidecar: Option<Metadata>) {
        let at = path.clone().unwrap_or_else(|| "-".to_owned());
        if text.trim().is_empty() {
            return self.note(&at, "empty", "");
        }
        let start = text
            .trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
            .get(..15)
            .unwrap_or_default()
            .to_ascii_lowercase();
        let page = start.starts_with("<!doctype html") || start.starts_with("<html");
        let document = match format {
            Format::Json => return self.json(text, path.as_deref(), &at, sidecar),
            Format::Html => html::document(text, path, &at, &mut self.notes),
            Format::Text if page => html::document(text, path, &at, &mut self.notes),
            Format::Markdown => Ok(markdown::document(text, path, &at, &mut self.notes)),
            Format::Text | Format::JsonLines => Ok(Document::from_text(text, path, Metadata::default())),
        };
        match document {
            Ok(document) => self.keep(document, &at, sidecar),
            Err(message) => self.note(&at, message, "save the text of the article as a .txt file"),
        }
    }

    fn json(&mut self, text: &str, path: Option<&str>, at: &str, sidecar: Option<Metadata>) {
        match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
            Ok(Value::Array(records)) => {
                for (n, value) in records.iter().enumerate() {
                    self.record(value, path, n + 1, &format!("{at}[{n}]"), None);
                }
            }
            Ok(value) => self.record(&value, path, 1, at, sidecar),
            Err(error) => self.note(at, format!("not JSON: {error}"), "one record a line goes into a .jsonl file"),
        }
    }

    /// Records, one a line; a broken line is named by its number.
    fn lines(&mut self, mut stream: impl BufRead, path: Option<&str>) {
        let name = path.unwrap_or("-");
        let before = self.documents.len() + self.notes.len();
        let mut line = Vec::new();
        for number in 1.. {
            let at = format!("{name}:{number}");
            line.clear();
            match stream.by_ref().take(self.options.max_bytes + 2).read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    self.note(&at, format!("failed to read: {error}"), "");
                    break;
                }
            }
            if line.last() == Some(&b'\n') {
                line.pop();
            } else if line.len() as u64 > self.options.max_bytes && stream.skip_until(b'\n').is_err() {
                break;
            }
            let Some(text) = self.decode(std::mem::take(&mut line), &at) else { continue };
            let text = text.trim_start_matches('\u{feff}').trim();
            if text.is_empty() {
                continue;
            }
            match serde_json::from_str(text) {
                Ok(value) => self.record(&value, path, number, &at, None),
                Err(error) => self.note(&at, format!("not JSON: {error}"), "each line is one object, {\"text\": …}"),
            }
        }
        if self.documents.len() + self.notes.len() == before {
            self.note(name, "empty", "");
        }
    }

    fn record(&mut self, value: &Value, path: Option<&str>, number: usize, at: &str, sidecar: Option<Metadata>) {
        match record::document(value, path, number, at, &mut self.notes) {
            Ok(document) => self.keep(document, at, sidecar),
            Err(message) => self.note(
                at,
                message,
                "a record is {\"text\": …, \"title\": …, \"published\": …, \"publisher\": …, \"url\": …}",
            ),
        }
    }

    /// Takes an article in, unless there is nothing in it, or it is known, or in another language.
    fn keep(&mut self, mut document: Document, at: &str, sidecar: Option<Metadata>) {
        if let Some(sidecar) = sidecar {
            let own = std::mem::take(&mut document.metadata);
            document.metadata = Metadata {
                title: sidecar.title.or(own.title),
                url: sidecar.url.or(own.url),
                published: sidecar.published.or(own.published),
                publisher: sidecar.publisher.or(own.publisher),
                language: sidecar.language.or(own.language),
            };
        }
        if document.metadata.title.is_none() {
            document.metadata.title = headline(&document);
        }
        if document.metadata.published.is_none() {
            document.metadata.published = day_told(&document);
        }
        if document.blocks.iter().all(|block| block.kind == BlockKind::Debris) {
            return self.note(at, "empty: no sentence in it", "");
        }
        if self.options.check_language
            && let Some(language) = language::foreign(&mut document)
        {
            return self.note(at, format!("in another language than English: {language}"), "translate it first");
        }
        let key = (document.sha256.clone(), document.metadata.publisher.clone(), document.metadata.url.clone());
        match self.seen.get(&key).cloned() {
            Some(first) if first == at => {}
            Some(first) => self.doubt(
                at,
                format!("the same text as `{first}`"),
                "each text is read once; from another outlet or address it is a further publication",
            ),
            None => {
                self.seen.insert(key, at.to_owned());
                self.documents.push(document);
            }
        }
    }
}

/// The headline in the text itself: a heading before everything else.
fn headline(document: &Document) -> Option<String> {
    let first = document.blocks.iter().find(|block| block.kind != BlockKind::Debris)?;
    let words = || first.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    (first.kind == BlockKind::Heading).then(words)
}

/// The day that the text itself tells: a line of nothing else near its beginning, or its dateline where that has a year.
fn day_told(document: &Document) -> Option<String> {
    const LINES: usize = 12;
    let mut lines = document.text.lines().filter(|line| !line.trim().is_empty()).take(LINES);
    lines.find_map(date::of_line).or_else(|| document.dateline().and_then(date::of_dateline))
}
