//! The on-disk form: plain N-Quads files and one manifest that says which of them make up the store.
//!
//! ```text
//! store/
//!   manifest.json            which files count, with size and SHA-256
//!   articles/<id>-<hash>.nq  one article: text, claims, run
//!   articles/<id>-<hash>.json  its claims as they were extracted, before corrections
//!   entities-<hash>.nq       actors, issues, tools
//!   derived-<hash>.nq        relations, positions, direct edges
//!   corrections-<hash>.json  the decisions that the claims are corrected by, if there are any
//!   lock                     held while a program writes
//! ```
//!
//! A file is never changed once the manifest names it: a new state writes new files under new names, makes them durable, and then replaces the
//! manifest in one rename. Whatever the moment of a crash, the manifest names the files of the state before or of the state after.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::diag::{Error, Result};

/// Version of the on-disk form that this program writes.
pub const FORMAT: u32 = 3;
/// The oldest that it reads. Stores of version 1 hold no claims as extracted, and can be corrected only after their articles are read again; those of
/// version 2 tell some things twice, which the next change to them mends.
const OLDEST: u32 = 1;

const MANIFEST: &str = "manifest.json";
const LOCK: &str = "lock";
const ARTICLES: &str = "articles";
/// Stem of the file of decisions.
pub(super) const CORRECTIONS: &str = "corrections";

/// A file of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Path below the store's folder, with `/`.
    pub file: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// Of files of quads: how many bytes hold the claims. The passages follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claims: Option<u64>,
}

/// What the store consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the on-disk form.
    pub format: u32,
    /// File of each article, by document id.
    pub articles: BTreeMap<String, Entry>,
    /// File of each article's claims as extracted, by document id.
    #[serde(default)]
    pub extracted: BTreeMap<String, Entry>,
    /// Files of what is common to all articles, by name.
    pub shared: BTreeMap<String, Entry>,
    /// File of the decisions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrections: Option<Entry>,
}

impl Default for Manifest {
    fn default() -> Self {
        Self {
            format: FORMAT,
            articles: BTreeMap::new(),
            extracted: BTreeMap::new(),
            shared: BTreeMap::new(),
            corrections: None,
        }
    }
}

impl Manifest {
    /// All files, articles first.
    pub fn files(&self) -> impl Iterator<Item = &Entry> {
        self.graphs().chain(self.extracted.values()).chain(&self.corrections)
    }

    /// The files that hold quads.
    pub(super) fn graphs(&self) -> impl Iterator<Item = &Entry> {
        self.articles.values().chain(self.shared.values())
    }
}

/// The folder of a store, open for reading or, with the lock, for writing.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// Held until dropped; the system frees it when the process ends, however it ends.
    lock: Option<File>,
}

impl Drop for Folder {
    /// Gives the lock back at once, also where a child process still holds a copy of the open file.
    fn drop(&mut self) {
        if let Some(lock) = &self.lock {
            // If this fails, closing the file gives the lock back.
            let _ = lock.unlock();
        }
    }
}

impl Folder {
    pub(super) fn reading(path: &Path) -> Self {
        Self { path: path.to_owned(), lock: None }
    }

    /// Makes the folder where it is missing, takes the lock, and sweeps out what an interrupted writer left.
    pub(super) fn writing(path: &Path) -> Result<(Self, Manifest)> {
        if path.is_dir() && !path.join(MANIFEST).exists() && foreign(path)? {
            return Err(Error::invalid(
                "store",
                path.display().to_string(),
                "this folder holds other files and no store; name a new or an empty folder",
            ));
        }
        let articles = path.join(ARTICLES);
        fs::create_dir_all(&articles).map_err(|source| Error::Write { path: articles, source })?;
        let lock_path = path.join(LOCK);
        let lock = File::options()
            .create(true)
            .append(true)
            .open(&lock_path)
            .map_err(|source| Error::Write { path: lock_path.clone(), source })?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::invalid(
                    "store",
                    path.display().to_string(),
                    "another program is writing to it; wait until that has ended, then try again",
                ));
            }
            Err(TryLockError::Error(source)) => return Err(Error::Write { path: lock_path, source }),
        }
        let folder = Self { path: path.to_owned(), lock: Some(lock) };
        let manifest = if path.join(MANIFEST).exists() { folder.manifest()? } else { Manifest::default() };
        folder.sweep(&manifest);
        Ok((folder, manifest))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn is_writable(&self) -> bool {
        self.lock.is_some()
    }

    /// Reads the manifest.
    pub(super) fn manifest(&self) -> Result<Manifest> {
        let path = self.path.join(MANIFEST);
        let bytes = fs::read(&path).map_err(|source| {
            if source.kind() == ErrorKind::NotFound {
                let why = "there is no store here; `demarche build PATH… --store DIR` makes one";
                Error::invalid("store", self.path.display().to_string(), why)
            } else {
                Error::Read { path: path.clone(), source }
            }
        })?;
        let damaged = |why: String| Error::invalid("store", path.display().to_string(), why);
        let broken = |e: serde_json::Error| damaged(format!("the manifest is damaged: {e}; {}", self.advice()));
        let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(broken)?;
        match value.get("format").and_then(serde_json::Value::as_u64) {
            Some(format) if (u64::from(OLDEST)..=u64::from(FORMAT)).contains(&format) => {}
            Some(format) if format > u64::from(FORMAT) => {
                return Err(damaged(format!(
                    "it was made by a newer version of demarche (format {format}, this version reads up to {FORMAT}); \
                     update demarche"
                )));
            }
            _ => return Err(damaged("the manifest names no format that was ever written".into())),
        }
        let manifest: Manifest = serde_json::from_value(value).map_err(broken)?;
        let outside =
            |entry: &Entry| entry.file.split('/').any(|part| matches!(part, "" | "." | "..") || part.contains('\\'));
        if let Some(entry) = manifest.files().find(|entry| outside(entry)) {
            return Err(damaged(format!("the manifest names `{}`, which is not in the store", entry.file)));
        }
        Ok(manifest)
    }

    /// What to do where a file of the store is damaged. Nothing of such a store is overwritten unasked: what is left of it may be all there is.
    pub(super) fn advice(&self) -> String {
        format!("restore it from a copy, or delete the folder `{}` and build anew", self.path.display())
    }

    fn unreadable(&self, path: &Path, source: std::io::Error) -> Error {
        if source.kind() == ErrorKind::NotFound {
            let why = format!("failed to read: the manifest names this file, which is gone; {}", self.advice());
            Error::invalid("store", path.display().to_string(), why)
        } else {
            Error::Read { path: path.to_owned(), source }
        }
    }

    /// Reads a file of the store and checks its size.
    pub(super) fn read(&self, entry: &Entry) -> Result<Vec<u8>> {
        let path = self.path.join(&entry.file);
        let bytes = fs::read(&path).map_err(|source| self.unreadable(&path, source))?;
        if bytes.len() as u64 == entry.bytes {
            Ok(bytes)
        } else {
            let why =
                format!("the file has {} bytes, the manifest says {}; {}", bytes.len(), entry.bytes, self.advice());
            Err(Error::invalid("store", path.display().to_string(), why))
        }
    }

    /// As [`Folder::read`], the part that holds the claims only, where the file has two.
    pub(super) fn read_claims(&self, entry: &Entry) -> Result<Vec<u8>> {
        let Some(claims) = entry.claims.filter(|claims| *claims < entry.bytes) else { return self.read(entry) };
        let path = self.path.join(&entry.file);
        let read = (|| {
            let file = File::open(&path)?;
            if file.metadata()?.len() != entry.bytes {
                return Ok(None);
            }
            let mut bytes = Vec::with_capacity(usize::try_from(claims).unwrap_or_default());
            file.take(claims).read_to_end(&mut bytes)?;
            Ok(Some(bytes))
        })();
        // A file of another size is an error that is told in one place.
        read.map_err(|source| self.unreadable(&path, source))?.map_or_else(|| self.read(entry), Ok)
    }

    /// Writes the bytes to a file named after them, durably, if it is not there yet.
    pub(super) fn write(&self, stem: &str, extension: &str, bytes: &[u8]) -> Result<Entry> {
        let entry = Self::entry(stem, extension, bytes);
        let path = self.path.join(&entry.file);
        if fs::metadata(&path).is_ok_and(|found| found.len() == entry.bytes) {
            return Ok(entry);
        }
        self.replace(&path, bytes)?;
        Ok(entry)
    }

    /// The file that these bytes are written to.
    pub(super) fn entry(stem: &str, extension: &str, bytes: &[u8]) -> Entry {
        let sha256 = hex(&Sha256::digest(bytes));
        let file = format!("{stem}-{}.{extension}", &sha256[..16]);
        Entry { file, bytes: bytes.len() as u64, sha256, claims: None }
    }

    /// File stem of an article. Ids are hexadecimal in practice; anything else is escaped, so that no id can leave the folder.
    pub(super) fn article_stem(id: &str) -> String {
        let plain = !id.is_empty() && id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric());
        let name = if plain { id.to_owned() } else { hex(&Sha256::digest(id.as_bytes())) };
        format!("{ARTICLES}/{name}")
    }

    /// Makes `manifest` the state of the store, then removes the files of the former state.
    pub(super) fn publish(&self, manifest: &Manifest) -> Result<()> {
        let mut bytes = serde_json::to_vec_pretty(manifest)
            .map_err(|e| Error::invalid("store", self.path.display().to_string(), e.to_string()))?;
        bytes.push(b'\n');
        // The new files must be found after a power cut before the manifest names them.
        sync_folder(&self.path.join(ARTICLES));
        sync_folder(&self.path);
        self.replace(&self.path.join(MANIFEST), &bytes)?;
        sync_folder(&self.path);
        self.sweep(manifest);
        Ok(())
    }

    /// Temporary file, made durable, then renamed.
    fn replace(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let temporary = self.path.join("write.tmp");
        let written = (|| {
            let mut file = File::create(&temporary)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&temporary, path)
        })();
        written.map_err(|source| {
            // Best effort: a leftover is swept by the next writer.
            let _ = fs::remove_file(&temporary);
            Error::Write { path: path.to_owned(), source }
        })
    }

    /// Removes files that the manifest does not name. Best effort: a file that stays is not read.
    fn sweep(&self, manifest: &Manifest) {
        let named: BTreeSet<PathBuf> = manifest.files().map(|entry| self.path.join(&entry.file)).collect();
        let listed = [self.path.clone(), self.path.join(ARTICLES)];
        for file in listed.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
            let path = file.path();
            let ours = path.extension().is_some_and(|ext| ext == "nq" || ext == "tmp" || ext == "json");
            if ours && path.file_name().is_some_and(|name| name != MANIFEST) && !named.contains(&path) {
                let _ = fs::remove_file(&path);
            }
        }
    }
}

/// Whether the folder holds anything that a store would not.
fn foreign(path: &Path) -> Result<bool> {
    let read = |source| Error::Read { path: path.to_owned(), source };
    for file in fs::read_dir(path).map_err(read)? {
        let name = file.map_err(read)?.file_name();
        if ![LOCK, ARTICLES, "write.tmp"].iter().any(|ours| name == **ours)
            && Path::new(&name).extension().is_none_or(|ext| ext != "nq")
            && !name.to_string_lossy().starts_with(CORRECTIONS)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Makes renames in the folder durable where the system can do so.
fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(path) {
        // Some file systems refuse to sync a folder; the rename is atomic all the same.
        let _ = folder.sync_all();
    }
}

/// Hexadecimal digits, lower case.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
