//! The store: articles with their claims, on disk as plain files, in memory as an Oxigraph dataset.
//!
//! Start at [`Store::edit`] (to change a store) or [`Store::open`] (to read one). Changes happen in memory until [`Store::commit`], which writes them
//! all or not at all. What the store holds is a function of the set of its articles: any order of adding, replacing and removing gives the same bytes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphNameRef, NamedNode, Quad};
use oxigraph::store::StorageError;

use super::disk::{Entry, Folder, Manifest};
use super::quads::{Run, article_quads};
use super::{catalogue, derive, dump, iri};
use crate::claims::Claim;
use crate::corpus::Document;
use crate::diag::{Error, Result};

/// The vocabulary, which every store holds in a graph of its own.
const VOCABULARY: [(&str, &str); 2] = [
    ("ontology/demarche.ttl", include_str!("../../ontology/demarche.ttl")),
    ("ontology/acts.ttl", include_str!("../../ontology/acts.ttl")),
];

const ENTITIES: &str = "entities";
const DERIVED: &str = "derived";

/// What [`Store::add`] and [`Store::remove`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The article was not there.
    Added,
    /// The article was there with other content.
    Replaced,
    /// The article was there.
    Removed,
    /// Nothing changed.
    None,
}

/// What a store holds, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Articles.
    pub articles: usize,
    /// Claims.
    pub claims: usize,
    /// Actors.
    pub actors: usize,
    /// Quads, those of the vocabulary not counted.
    pub quads: usize,
}

/// Articles and claims as a graph.
pub struct Store {
    data: oxigraph::store::Store,
    folder: Option<Folder>,
    manifest: Manifest,
    /// Articles in memory.
    articles: BTreeSet<String>,
    /// Articles that differ from the manifest.
    changed: BTreeSet<String>,
    /// Whether the shared graphs are older than the articles.
    stale: bool,
}

impl Store {
    /// An empty store in memory only.
    pub fn in_memory() -> Result<Self> {
        let data = oxigraph::store::Store::new().map_err(|e| trouble("memory", &e))?;
        let graph = iri::vocabulary_graph();
        for (name, turtle) in VOCABULARY {
            let parser = RdfParser::from_format(RdfFormat::Turtle).with_default_graph(graph.clone());
            let quads: Vec<Quad> = parser
                .for_slice(turtle)
                .collect::<Result<_, _>>()
                .map_err(|e| Error::invalid("vocabulary", name, e.to_string()))?;
            data.extend(quads).map_err(|e| trouble(name, &e))?;
        }
        Ok(Self {
            data,
            folder: None,
            manifest: Manifest::default(),
            articles: BTreeSet::new(),
            changed: BTreeSet::new(),
            stale: false,
        })
    }

    /// Opens a store for reading. It shows the state of this moment, also when another program writes to it later.
    ///
    /// # Errors
    ///
    /// No store there, one of a newer format, or a damaged file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let folder = Folder::reading(path.as_ref());
        // A writer may replace the state between our reading of the manifest and of its files: then the newer state is read.
        let mut tries = 0;
        loop {
            let manifest = folder.manifest()?;
            match Self::load(&folder, &manifest) {
                Ok(mut store) => {
                    store.folder = Some(folder);
                    return Ok(store);
                }
                Err(e) => {
                    tries += 1;
                    if tries > 5 || folder.manifest()? == manifest {
                        return Err(e);
                    }
                }
            }
        }
    }

    /// Opens a store for writing, or makes an empty one where there is none.
    ///
    /// # Errors
    ///
    /// Another program writes to it at this moment; the folder holds something else, or cannot be written; or as [`Store::open`].
    pub fn edit(path: impl AsRef<Path>) -> Result<Self> {
        let (folder, manifest) = Folder::writing(path.as_ref())?;
        let mut store = Self::load(&folder, &manifest)?;
        store.folder = Some(folder);
        Ok(store)
    }

    fn load(folder: &Folder, manifest: &Manifest) -> Result<Self> {
        let mut store = Self::in_memory()?;
        for entry in manifest.files() {
            let bytes = folder.read(entry)?;
            let mut loader = store.data.bulk_loader();
            loader.load_from_slice(RdfFormat::NQuads, &bytes).map_err(|e| {
                Error::invalid("store", folder.path().join(&entry.file).display().to_string(), e.to_string())
            })?;
            loader.commit().map_err(|e| trouble(&entry.file, &e))?;
        }
        store.articles = manifest.articles.keys().cloned().collect();
        store.manifest = manifest.clone();
        Ok(store)
    }

    /// Where the store is on disk.
    pub fn path(&self) -> Option<&Path> {
        self.folder.as_ref().map(Folder::path)
    }

    /// Adds an article with its claims, or puts it in the place of the article with the same id. Adding the same again changes nothing.
    ///
    /// # Errors
    ///
    /// A claim that does not fit the document, see [`article_quads`]. Nothing has changed then.
    pub fn add(&mut self, document: &Document, claims: &[Claim], run: &Run) -> Result<Change> {
        let quads = article_quads(document, claims, run)?;
        let graph = iri::article_graph(&document.id);
        let known = self.articles.contains(&document.id);
        let before = if known { dump::lines(&self.data, &graph)? } else { Vec::new() };
        let replaced = (|| {
            let mut transaction = self.data.start_transaction()?;
            if known {
                transaction.clear_graph(GraphNameRef::from(&graph))?;
            }
            transaction.extend(&quads);
            transaction.commit()
        })();
        replaced.map_err(|e| trouble(&document.id, &e))?;
        if known && before == dump::lines(&self.data, &graph)? {
            return Ok(Change::None);
        }
        self.articles.insert(document.id.clone());
        self.changed.insert(document.id.clone());
        self.stale = true;
        Ok(if known { Change::Replaced } else { Change::Added })
    }

    /// Removes the article with that id and all that was known from it.
    pub fn remove(&mut self, document: &str) -> Result<Change> {
        if !self.articles.remove(document) {
            return Ok(Change::None);
        }
        self.data.remove_named_graph(&iri::article_graph(document)).map_err(|e| trouble(document, &e))?;
        self.changed.insert(document.to_owned());
        self.stale = true;
        Ok(Change::Removed)
    }

    /// Brings the shared graphs (actors, issues, tools, and what the rules derive) up to date and, for a store on disk, writes all changes:
    /// all of them or, whatever goes wrong, none. Returns whether anything had changed.
    ///
    /// # Errors
    ///
    /// A full or read-only disk, or a store opened for reading. The store on disk is as it was before.
    pub fn commit(&mut self) -> Result<bool> {
        if self.stale {
            let shared = catalogue::quads(&self.data).map_err(|e| trouble("actors", &e))?;
            catalogue::replace_graphs(&self.data, &entity_graphs(), &shared).map_err(|e| trouble("actors", &e))?;
            derive::run(&self.data)?;
            self.stale = false;
        }
        let Some(folder) = &self.folder else { return Ok(!std::mem::take(&mut self.changed).is_empty()) };
        let fresh = self.manifest == Manifest::default() && folder.manifest().is_err();
        if self.changed.is_empty() && !fresh {
            return Ok(false);
        }
        if !folder.is_writable() {
            let why = "it was opened for reading only";
            return Err(Error::invalid("store", folder.path().display().to_string(), why));
        }
        let mut manifest = self.manifest.clone();
        for id in &self.changed {
            if self.articles.contains(id) {
                let bytes = dump::lines(&self.data, &iri::article_graph(id))?.concat().into_bytes();
                manifest.articles.insert(id.clone(), folder.write(&Folder::article_stem(id), &bytes)?);
            } else {
                manifest.articles.remove(id);
            }
        }
        for (name, graphs) in [(ENTITIES, entity_graphs().to_vec()), (DERIVED, vec![iri::derived_graph()])] {
            let mut lines = Vec::new();
            for graph in graphs {
                lines.append(&mut dump::lines(&self.data, &graph)?);
            }
            let entry: Entry = folder.write(name, lines.concat().as_bytes())?;
            manifest.shared.insert(name.to_owned(), entry);
        }
        let changed = fresh || manifest != self.manifest;
        if changed {
            folder.publish(&manifest)?;
        }
        self.manifest = manifest;
        self.changed.clear();
        Ok(changed)
    }

    /// The dataset, for queries. Up to date with the articles after [`Store::commit`].
    pub fn dataset(&self) -> &oxigraph::store::Store {
        &self.data
    }

    /// Ids of all articles, in order.
    pub fn articles(&self) -> impl Iterator<Item = &str> {
        self.articles.iter().map(String::as_str)
    }

    /// The files that hold the last committed state, with their hashes; empty for a store in memory.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Reads each file of the committed state again and compares its hash: paths of those that differ, with what is wrong.
    pub fn damaged_files(&self) -> Vec<(PathBuf, String)> {
        use sha2::Digest as _;
        let Some(folder) = &self.folder else { return Vec::new() };
        let check = |entry: &Entry| match folder.read(entry) {
            Ok(bytes) if super::disk::hex(&sha2::Sha256::digest(&bytes)) == entry.sha256 => None,
            Ok(_) => Some("its SHA-256 is not the one in the manifest".to_owned()),
            Err(e) => Some(e.to_string()),
        };
        self.manifest
            .files()
            .filter_map(|entry| check(entry).map(|why| (folder.path().join(&entry.file), why)))
            .collect()
    }

    /// Counts of what the store holds.
    pub fn size(&self) -> Result<Size> {
        use super::vocab::{dm, other};
        let count = |class: oxigraph::model::NamedNodeRef<'_>| {
            self.data.quads_for_pattern(None, Some(other::TYPE), Some(class.into()), None).count()
        };
        let all = self.data.len().map_err(|e| trouble("memory", &e))?;
        let vocabulary = iri::vocabulary_graph();
        let graph = GraphNameRef::from(&vocabulary);
        let vocabulary = self.data.quads_for_pattern(None, None, None, Some(graph)).count();
        Ok(Size {
            articles: self.articles.len(),
            claims: count(dm::CLAIM),
            actors: count(dm::ACTOR),
            quads: all - vocabulary,
        })
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("path", &self.path())
            .field("articles", &self.articles.len())
            .finish_non_exhaustive()
    }
}

fn entity_graphs() -> [NamedNode; 3] {
    [iri::actors_graph(), iri::issues_graph(), iri::tools_graph()]
}

pub(super) fn trouble(at: &str, e: &StorageError) -> Error {
    Error::invalid("store", at, e.to_string())
}
