//! Files, folders and standard input. What cannot be read is named and left out; the rest goes on.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::document::{Document, Metadata};
use crate::diag::Diagnostic;

/// How to read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Files with more bytes than this are left out. Default: 8 MiB, a thousand times a long article.
    pub max_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { max_bytes: 8 << 20 }
    }
}

/// Reads all articles at `paths`: files; folders with everything in them, in the order of names; `-` for standard input.
///
/// A file that cannot be used gets a diagnostic and the rest goes on. The order of documents follows the order of `paths`.
pub fn read_paths<P: AsRef<Path>>(paths: &[P], options: &ReadOptions) -> (Vec<Document>, Vec<Diagnostic>) {
    let mut reader = Reader { options, documents: Vec::new(), diagnostics: Vec::new(), seen: BTreeMap::new() };
    for path in paths {
        let path = path.as_ref();
        if path.as_os_str() == "-" {
            reader.stream(std::io::stdin().lock());
        } else if path.is_dir() {
            for file in reader.files_under(path) {
                reader.file(&file);
            }
        } else {
            reader.file(path);
        }
    }
    (reader.documents, reader.diagnostics)
}

struct Reader<'a> {
    options: &'a ReadOptions,
    documents: Vec<Document>,
    diagnostics: Vec<Diagnostic>,
    /// Where each text was read first, by its hash.
    seen: BTreeMap<String, String>,
}

impl Reader<'_> {
    fn leave_out(&mut self, at: &str, message: impl Into<String>, hint: &str) {
        let hint = (!hint.is_empty()).then(|| hint.to_owned());
        self.diagnostics.push(Diagnostic { at: at.to_owned(), message: message.into(), hint });
    }

    /// All files below a folder, in the order of names; hidden files are passed over.
    fn files_under(&mut self, folder: &Path) -> Vec<PathBuf> {
        let mut entries: Vec<PathBuf> = match fs::read_dir(folder) {
            Ok(entries) => entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect(),
            Err(error) => {
                self.leave_out(&folder.display().to_string(), format!("failed to open the folder: {error}"), "");
                return Vec::new();
            }
        };
        entries.sort();
        let mut files = Vec::new();
        for entry in entries {
            let name = entry.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if name.starts_with('.') || name.starts_with("README") {
                continue;
            }
            if entry.is_dir() {
                if !entry.is_symlink() {
                    files.extend(self.files_under(&entry));
                }
            } else {
                files.push(entry);
            }
        }
        files
    }

    fn file(&mut self, path: &Path) {
        let at = path.display().to_string();
        match fs::metadata(path) {
            Ok(facts) if facts.len() > self.options.max_bytes => self.too_large(&at),
            Ok(_) => match fs::read(path) {
                Ok(bytes) => self.bytes(bytes, Some(at)),
                Err(error) => self.leave_out(&at, format!("failed to read: {error}"), ""),
            },
            Err(error) => self.leave_out(&at, format!("failed to read: {error}"), "check the path"),
        }
    }

    fn stream(&mut self, stream: impl Read) {
        let mut bytes = Vec::new();
        match stream.take(self.options.max_bytes + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > self.options.max_bytes => self.too_large("-"),
            Ok(_) => self.bytes(bytes, None),
            Err(error) => self.leave_out("-", format!("failed to read: {error}"), ""),
        }
    }

    fn too_large(&mut self, at: &str) {
        let limit = self.options.max_bytes;
        self.leave_out(at, format!("larger than {limit} bytes"), "split it into articles");
    }

    fn bytes(&mut self, bytes: Vec<u8>, path: Option<String>) {
        let at = path.clone().unwrap_or_else(|| "-".to_owned());
        match String::from_utf8(bytes) {
            Err(error) if error.as_bytes().contains(&0) => {
                self.leave_out(&at, "not a text", "give text, HTML or JSON Lines")
            }
            Err(error) => {
                let byte = error.utf8_error().valid_up_to();
                self.leave_out(&at, format!("not UTF-8 at byte {byte}"), "convert it: iconv -f WINDOWS-1252 -t UTF-8");
            }
            Ok(text) if text.contains('\0') => self.leave_out(&at, "not a text", "give text, HTML or JSON Lines"),
            Ok(text) => self.keep(Document::from_text(text, path, Metadata::default()), &at),
        }
    }

    fn keep(&mut self, document: Document, at: &str) {
        if document.blocks.is_empty() {
            self.leave_out(at, "empty", "");
        } else if let Some(first) = self.seen.get(&document.sha256) {
            if first != at {
                let message = format!("the same text as `{first}`");
                self.leave_out(at, message, "each text is read once");
            }
        } else {
            self.seen.insert(document.sha256.clone(), at.to_owned());
            self.documents.push(document);
        }
    }
}
