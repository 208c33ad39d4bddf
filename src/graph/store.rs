//! The store: articles with their claims, on disk as plain files, in memory as an Oxigraph dataset.
//!
//! Start at [`Store::edit`] (to change a store) or [`Store::open`] (to read one). Changes happen in memory until [`Store::commit`], which writes them
//! all or not at all. What the store holds is a function of the set of its articles and of its decisions ([`Store::correct`]): any order of adding,
//! replacing, removing and correcting gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphNameRef, NamedNode, Quad, Term};
use oxigraph::store::StorageError;

use serde::{Deserialize, Serialize};

use super::disk::{CORRECTIONS, Entry, FORMAT, Folder, Manifest};
use super::quads::{Run, article_quads, corrected_quads, decision_quads, reference};
use super::reading::Reading;
use super::vocab::{dm, other};
use super::{catalogue, derive, dump, iri, wire};
use crate::claims::{Claim, DocumentRef};
use crate::corpus::Document;
use crate::corrections::{Corrected, Corrections, Decision};
use crate::diag::{Error, Result};

/// The vocabulary, which every store holds in a graph of its own.
const VOCABULARY: [(&str, &str); 2] = [
    ("ontology/demarche.ttl", include_str!("../../ontology/demarche.ttl")),
    ("ontology/acts.ttl", include_str!("../../ontology/acts.ttl")),
];

/// Files that are read before their quads are put in: enough to keep both busy, little memory.
const FILES_AHEAD: usize = 16;

/// Quads that are put in at a time: until then each is noted twice, and must be found again.
const BATCH: usize = 50_000;

const ENTITIES: &str = "entities";
const DERIVED: &str = "derived";

/// What [`Store::add`] and [`Store::remove`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The article was not there.
    Added,
    /// The article was there with other content.
    Replaced,
    /// The article was there, from another outlet or address: the text has one publication more.
    Published,
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

/// What was extracted from an article as one outlet published it, before any correction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Publication {
    run: Run,
    document: DocumentRef,
    claims: Vec<Claim>,
}

/// What was extracted from one text: by each outlet that published it, in order. The first stands for all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Extracted(Vec<Publication>);

impl Extracted {
    fn documents(&self) -> Vec<DocumentRef> {
        self.0.iter().map(|publication| publication.document.clone()).collect()
    }

    fn corrected(&self, corrections: &Corrections) -> Corrected {
        let claims = self.0.first().map(|first| first.claims.as_slice()).unwrap_or_default();
        corrections.apply(&self.documents(), claims)
    }

    /// Puts a publication in the place of the one that was read from the same path, or that the same outlet has at the same address; of two read from
    /// different paths that say the same outlet and address, the one that comes first in order stays. Returns whether it is new.
    fn put(&mut self, new: Publication) -> bool {
        let path = |it: &Publication| it.document.path.clone();
        let outlet = |it: &Publication| (it.document.publisher.clone(), it.document.url.clone());
        let before = self.0.len();
        self.0.retain(|old| path(old).is_none() || path(old) != path(&new));
        let same = self.0.iter().position(|old| outlet(old) == outlet(&new));
        match same {
            Some(at) if path(&self.0[at]).is_some() && path(&new).is_some() && rank(&self.0[at]) < rank(&new) => {}
            Some(at) => self.0[at] = new,
            None => self.0.push(new),
        }
        self.0.sort_by_cached_key(rank);
        self.0.len() > before
    }
}

/// The order of publications: the earliest first, and what is known before what is not.
fn rank(it: &Publication) -> [(bool, Option<String>); 5] {
    let document = &it.document;
    let fields = [&document.published, &document.publisher, &document.url, &document.title, &document.path];
    fields.map(|field| (field.is_none(), field.clone()))
}

/// A decision that nothing in the store follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unapplied {
    /// The decision.
    pub decision: Decision,
    /// Why, and what to do.
    pub why: String,
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
    /// What was extracted from the articles that are not on disk as they are here.
    extracted: BTreeMap<String, Extracted>,
    /// The decisions that all claims are corrected by.
    corrections: Corrections,
    /// Whether they differ from those on disk.
    decided: bool,
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
            extracted: BTreeMap::new(),
            corrections: Corrections::default(),
            decided: false,
            stale: false,
        })
    }

    /// Opens a store for reading. It shows the state of this moment, also when another program writes to it later.
    ///
    /// # Errors
    ///
    /// No store there, one of a newer format, or a damaged file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_for(path, &Reading::ALL)
    }

    /// As [`Store::open`], without what is not needed. Passages are left out only of a store that this version wrote.
    ///
    /// # Errors
    ///
    /// As [`Store::open`].
    pub fn open_for(path: impl AsRef<Path>, reading: &Reading) -> Result<Self> {
        let folder = Folder::reading(path.as_ref());
        // A writer may replace the state between our reading of the manifest and of its files: then the newer state is read.
        let mut tries = 0;
        loop {
            let manifest = folder.manifest()?;
            match Self::load(&folder, &manifest, reading) {
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

    /// Opens a store for writing, or makes an empty one where there is none. The graphs of a store that an older version made are made anew from its
    /// claims as extracted, and written with the next [`Store::commit`].
    ///
    /// # Errors
    ///
    /// Another program writes to it at this moment; the folder holds something else, or cannot be written; or as [`Store::open`].
    pub fn edit(path: impl AsRef<Path>) -> Result<Self> {
        let (folder, manifest) = Folder::writing(path.as_ref())?;
        let mut store = Self::load(&folder, &manifest, &Reading::ALL)?;
        store.folder = Some(folder);
        if manifest.format < FORMAT {
            store.renew()?;
        }
        Ok(store)
    }

    /// Makes the graphs of all articles anew from what was extracted; those without stay as an older version wrote them.
    fn renew(&mut self) -> Result<()> {
        for id in self.articles.clone() {
            let Some(extracted) = self.extracted(&id)? else { continue };
            let text = self.text(&id)?;
            self.put(&extracted, &text)?;
            self.extracted.insert(id.clone(), extracted);
            self.changed.insert(id);
            self.stale = true;
        }
        Ok(())
    }

    fn load(folder: &Folder, manifest: &Manifest, reading: &Reading) -> Result<Self> {
        let mut store = Self::in_memory()?;
        // One thread reads the files while this one puts their quads in, in the same order whatever the speed of either.
        let (parsed, files) = sync_channel::<Result<Vec<Quad>>>(FILES_AHEAD);
        std::thread::scope(|scope| {
            scope.spawn(move || {
                for entry in manifest.graphs() {
                    let quads = parse(folder, entry, reading);
                    let failed = quads.is_err();
                    if parsed.send(quads).is_err() || failed {
                        break;
                    }
                }
            });
            let inserted = |e| trouble("memory", &e);
            let mut files = files.into_iter();
            loop {
                let mut transaction = store.data.start_transaction().map_err(inserted)?;
                let mut count = 0;
                while count < BATCH
                    && let Some(quads) = files.next()
                {
                    let quads = quads?;
                    count += quads.len();
                    transaction.extend(&quads);
                }
                transaction.commit().map_err(inserted)?;
                if count < BATCH {
                    return Ok(());
                }
            }
        })?;
        store.articles = manifest.articles.keys().cloned().collect();
        if let Some(entry) = &manifest.corrections {
            store.corrections = from_json(folder, entry)?;
        }
        store.manifest = manifest.clone();
        Ok(store)
    }

    /// Where the store is on disk.
    pub fn path(&self) -> Option<&Path> {
        self.folder.as_ref().map(Folder::path)
    }

    /// Adds an article with its claims as extracted. An article is its text: the same text from another outlet or address is a further publication of
    /// it, and from the same path or address takes the place of what is there. The store's decisions are applied to the claims. Adding the same again
    /// changes nothing.
    ///
    /// # Errors
    ///
    /// A claim that does not fit the document, see [`article_quads`]. Nothing has changed then.
    pub fn add(&mut self, document: &Document, claims: &[Claim], run: &Run) -> Result<Change> {
        // What does not fit is an error even where a decision drops it.
        if !self.corrections.is_empty() {
            article_quads(document, claims, run)?;
        }
        // Whoever made them may have them in any order.
        let mut claims = claims.to_vec();
        claims.sort_by(|a, b| (a.content.start, a.content.end, &a.id).cmp(&(b.content.start, b.content.end, &b.id)));
        let id = &document.id;
        let known = self.articles.contains(id);
        let before = if known { self.extracted(id)? } else { None };
        let mut extracted = before.clone().unwrap_or(Extracted(Vec::new()));
        let further = extracted.put(Publication { run: run.clone(), document: reference(document), claims });
        if before.as_ref() == Some(&extracted) {
            return Ok(Change::None);
        }
        self.put(&extracted, &document.text)?;
        self.articles.insert(id.clone());
        self.changed.insert(id.clone());
        self.extracted.insert(id.clone(), extracted);
        self.stale = true;
        Ok(match (known, before) {
            (false, _) => Change::Added,
            (true, Some(_)) if further => Change::Published,
            (true, _) => Change::Replaced,
        })
    }

    /// Takes out the publications of an article that were read from a path, or stand at an address, that `gone` tells; with the last of them goes the
    /// article.
    ///
    /// # Errors
    ///
    /// As [`Store::claims`].
    pub fn withdraw(&mut self, article: &str, gone: impl Fn(&str) -> bool) -> Result<Change> {
        let places = self.places_of(article)?;
        let hit = |places: &Vec<String>| places.iter().any(|place| gone(place));
        match places.iter().filter(|places| hit(places)).count() {
            0 => return Ok(Change::None),
            all if all == places.len() => return self.remove(article),
            _ => {}
        }
        let mut extracted = self.needed(article)?;
        let places = |it: &Publication| [it.document.path.clone(), it.document.url.clone()];
        extracted.0.retain(|publication| !places(publication).iter().flatten().any(|place| gone(place)));
        let text = self.text(article)?;
        self.put(&extracted, &text)?;
        self.changed.insert(article.to_owned());
        self.extracted.insert(article.to_owned(), extracted);
        self.stale = true;
        Ok(Change::Removed)
    }

    /// Puts the article's graph, corrected, in the place of what was there.
    fn put(&self, extracted: &Extracted, text: &str) -> Result<()> {
        let quads = self.quads_of(extracted, text)?;
        let Some(first) = extracted.0.first() else { return Ok(()) };
        let id = &first.document.id;
        let replaced = (|| {
            let mut transaction = self.data.start_transaction()?;
            transaction.clear_graph(GraphNameRef::from(&iri::article_graph(id)))?;
            transaction.extend(&quads);
            transaction.commit()
        })();
        replaced.map_err(|e| trouble(id, &e))
    }

    fn quads_of(&self, extracted: &Extracted, text: &str) -> Result<Vec<Quad>> {
        let Some(first) = extracted.0.first() else { return Ok(Vec::new()) };
        corrected_quads(&extracted.documents(), text, &extracted.corrected(&self.corrections), &first.run)
    }

    /// What was extracted from an article of the store; `None` where an older version stored it without.
    fn extracted(&self, id: &str) -> Result<Option<Extracted>> {
        if let Some(extracted) = self.extracted.get(id) {
            return Ok(Some(extracted.clone()));
        }
        match (&self.folder, self.manifest.extracted.get(id)) {
            (Some(folder), Some(entry)) => from_json(folder, entry).map(Some),
            _ => Ok(None),
        }
    }

    fn needed(&self, id: &str) -> Result<Extracted> {
        self.extracted(id)?.ok_or_else(|| {
            let why = "an older version of demarche stored it without its claims as extracted; read it again with `demarche add PATH`";
            Error::invalid("article", id, why)
        })
    }

    /// The decisions that the claims are corrected by.
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// Puts other decisions in the place of the store's, and corrects all claims anew from what was extracted. No decisions at all give back the
    /// store as it was before the first.
    ///
    /// # Errors
    ///
    /// An article that an older version stored without its claims as extracted. Nothing has changed then.
    pub fn correct(&mut self, corrections: Corrections) -> Result<bool> {
        if corrections == self.corrections {
            // Lines of the file may differ all the same.
            self.corrections = corrections;
            return Ok(false);
        }
        let mut different = Vec::new();
        for id in &self.articles {
            let extracted = self.needed(id)?;
            if extracted.corrected(&corrections) != extracted.corrected(&self.corrections) {
                different.push((id.clone(), extracted));
            }
        }
        self.corrections = corrections;
        for (id, extracted) in different {
            let text = self.text(&id)?;
            self.put(&extracted, &text)?;
            self.extracted.insert(id.clone(), extracted);
            self.changed.insert(id);
        }
        self.decided = true;
        self.stale = true;
        Ok(true)
    }

    /// The text of an article of the store; empty where there is none, or where the store was opened without texts.
    pub fn text(&self, id: &str) -> Result<String> {
        let text = iri::text(id);
        let quad = self.data.quads_for_pattern(Some((&text).into()), Some(dm::TEXT_OF), None, None).next();
        Ok(match quad.transpose().map_err(|e| trouble(id, &e))?.map(|quad| quad.object) {
            Some(Term::Literal(literal)) => literal.value().to_owned(),
            _ => String::new(),
        })
    }

    /// All claims, corrected, by article and in the order of the text within each.
    ///
    /// # Errors
    ///
    /// A store that an older version made, without the claims as extracted; a file that cannot be read.
    pub fn claims(&self) -> Result<Vec<Claim>> {
        let mut all = Vec::new();
        for id in &self.articles {
            all.append(&mut self.corrected(id)?.claims);
        }
        Ok(all)
    }

    /// The claims of an article after the decisions, and those that were dropped.
    ///
    /// # Errors
    ///
    /// As [`Store::claims`].
    pub fn corrected(&self, article: &str) -> Result<Corrected> {
        Ok(self.needed(article)?.corrected(&self.corrections))
    }

    /// The decisions that change nothing in this store, each with the reason.
    ///
    /// # Errors
    ///
    /// As [`Store::claims`].
    pub fn unapplied(&self) -> Result<Vec<Unapplied>> {
        let mut idle = Vec::new();
        for (n, decision) in self.corrections.decisions().iter().enumerate() {
            let term = Term::from(iri::decision(&decision.id));
            let used =
                || self.data.quads_for_pattern(None, Some(other::USED), Some(term.as_ref()), None).next().is_some();
            if decision.changes_claims() && !used() {
                idle.push((n, decision, None));
            }
        }
        if idle.is_empty() {
            return Ok(Vec::new());
        }
        for id in &self.articles {
            let extracted = self.needed(id)?;
            let (documents, claims) = (extracted.documents(), extracted.0.first().map(|first| first.claims.as_slice()));
            for (n, _, why) in idle.iter_mut().filter(|(_, _, why)| why.is_none()) {
                *why = self.corrections.why_not(*n, &documents, claims.unwrap_or_default());
            }
        }
        let mut out: Vec<Unapplied> = idle
            .into_iter()
            .map(|(_, decision, why)| Unapplied {
                decision: decision.clone(),
                why: why.unwrap_or_else(|| decision.nothing_to_do()),
            })
            .collect();
        out.sort_by_key(|one| one.decision.line);
        Ok(out)
    }

    /// Removes the article with that id and all that was known from it.
    pub fn remove(&mut self, document: &str) -> Result<Change> {
        if !self.articles.remove(document) {
            return Ok(Change::None);
        }
        self.data.remove_named_graph(&iri::article_graph(document)).map_err(|e| trouble(document, &e))?;
        self.changed.insert(document.to_owned());
        self.extracted.remove(document);
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
            let shared = self.shared_quads()?;
            catalogue::replace_graphs(&self.data, &entity_graphs(), &shared).map_err(|e| trouble("actors", &e))?;
            derive::run(&self.data)?;
            self.stale = false;
        }
        let Some(folder) = &self.folder else { return Ok(!std::mem::take(&mut self.changed).is_empty()) };
        let fresh = self.manifest == Manifest::default() && folder.manifest().is_err();
        if self.changed.is_empty() && !fresh && !self.decided {
            return Ok(false);
        }
        if !folder.is_writable() {
            let why = "it was opened for reading only";
            return Err(Error::invalid("store", folder.path().display().to_string(), why));
        }
        let mut manifest = self.manifest.clone();
        manifest.format = FORMAT;
        for id in &self.changed {
            let stem = Folder::article_stem(id);
            if self.articles.contains(id) {
                manifest.articles.insert(id.clone(), self.write_graphs(folder, &stem, &[iri::article_graph(id)])?);
                if let Some(extracted) = self.extracted.get(id) {
                    manifest.extracted.insert(id.clone(), folder.write(&stem, "json", &to_json(extracted)?)?);
                }
            } else {
                manifest.articles.remove(id);
                manifest.extracted.remove(id);
            }
        }
        for (name, graphs) in [(ENTITIES, entity_graphs().to_vec()), (DERIVED, vec![iri::derived_graph()])] {
            manifest.shared.insert(name.to_owned(), self.write_graphs(folder, name, &graphs)?);
        }
        manifest.corrections = if self.corrections.is_empty() {
            None
        } else {
            Some(folder.write(CORRECTIONS, "json", &to_json(&self.corrections)?)?)
        };
        let changed = fresh || manifest != self.manifest;
        if changed {
            folder.publish(&manifest)?;
        }
        self.manifest = manifest;
        self.changed.clear();
        self.extracted.clear();
        self.decided = false;
        Ok(changed)
    }

    fn write_graphs(&self, folder: &Folder, stem: &str, graphs: &[NamedNode]) -> Result<Entry> {
        let (lines, claims) = dump::lines(&self.data, graphs)?;
        let entry = folder.write(stem, "nq", lines.as_bytes())?;
        Ok(Entry { claims: Some(claims), ..entry })
    }

    /// What the graph of an article must hold; `None` where an older version stored it without its claims as extracted.
    pub(super) fn due_quads(&self, id: &str) -> Result<Option<Vec<Quad>>> {
        let Some(extracted) = self.extracted(id)? else { return Ok(None) };
        self.quads_of(&extracted, &self.text(id)?).map(Some)
    }

    /// What the graphs of actors, issues, tools and decisions must hold.
    pub(super) fn shared_quads(&self) -> Result<Vec<Quad>> {
        let mut quads = catalogue::quads(&self.data).map_err(|e| trouble("actors", &e))?;
        quads.append(&mut decision_quads(&self.corrections));
        Ok(quads)
    }

    /// Finds anew which claims are copies of claims in other articles: a quad of `dm:copyOf` for each, as the graph of what rules derive holds them.
    pub fn copies(&self) -> Result<Vec<Quad>> {
        wire::quads(&self.data).map_err(|e| trouble("memory", &e))
    }

    /// The dataset, for queries. Up to date with the articles after [`Store::commit`].
    pub fn dataset(&self) -> &oxigraph::store::Store {
        &self.data
    }

    /// Ids of all articles, in order.
    pub fn articles(&self) -> impl Iterator<Item = &str> {
        self.articles.iter().map(String::as_str)
    }

    /// Where each article comes from: the paths and addresses of its publications, by id of the article.
    pub fn places(&self) -> Result<BTreeMap<String, Vec<Vec<String>>>> {
        self.articles.iter().map(|id| Ok((id.clone(), self.places_of(id)?))).collect()
    }

    fn places_of(&self, id: &str) -> Result<Vec<Vec<String>>> {
        let values = |node: &NamedNode, property| -> Result<Vec<Term>> {
            let quads = self.data.quads_for_pattern(Some(node.into()), Some(property), None, None);
            quads.map(|quad| Ok(quad.map_err(|e| trouble(node.as_str(), &e))?.object)).collect()
        };
        let text = |term: Term| match term {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            Term::NamedNode(node) => Some(node.into_string()),
            Term::BlankNode(_) => None,
        };
        let mut nodes: Vec<String> =
            values(&iri::article(id), dm::PUBLICATION_OF)?.into_iter().filter_map(text).collect();
        if nodes.is_empty() && self.articles.contains(id) {
            nodes.push(iri::article(id).into_string());
        }
        nodes.sort_unstable();
        let places = |node: String| {
            let node = NamedNode::new_unchecked(node);
            let mut places = values(&node, dm::PATH)?;
            places.append(&mut values(&node, other::REFERENCES)?);
            Ok(places.into_iter().filter_map(text).collect())
        };
        nodes.into_iter().map(places).collect()
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

/// The graphs of what is common to all articles, without what rules derive.
pub(super) fn entity_graphs() -> [NamedNode; 4] {
    [iri::actors_graph(), iri::issues_graph(), iri::tools_graph(), iri::decisions_graph()]
}

/// The quads of a file. Their IRIs are not checked again: they were when the file was written.
fn parse(folder: &Folder, entry: &Entry, reading: &Reading) -> Result<Vec<Quad>> {
    let bytes = if reading.passages() { folder.read(entry)? } else { folder.read_claims(entry)? };
    let bytes = reading.select(bytes);
    let parser = RdfParser::from_format(RdfFormat::NQuads).lenient();
    parser.for_slice(&bytes).collect::<Result<_, _>>().map_err(|e| damaged(folder, entry, &e))
}

fn damaged(folder: &Folder, entry: &Entry, e: &impl std::fmt::Display) -> Error {
    let why = format!("the file is damaged: {e}; {}", folder.advice());
    Error::invalid("store", folder.path().join(&entry.file).display().to_string(), why)
}

fn to_json(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|e| Error::invalid("store", "claims as extracted", e.to_string()))
}

fn from_json<T: serde::de::DeserializeOwned>(folder: &Folder, entry: &Entry) -> Result<T> {
    serde_json::from_slice(&folder.read(entry)?).map_err(|e| damaged(folder, entry, &e))
}

pub(super) fn trouble(at: &str, e: &StorageError) -> Error {
    Error::invalid("store", at, e.to_string())
}
