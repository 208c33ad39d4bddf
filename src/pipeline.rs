//! Articles to claims: the stages in order, documents in parallel, results in the order of the input. Start at [`Engine`].

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use sha2::{Digest, Sha256};

use crate::actors::Resolver;
use crate::claims::{Claim, Extractor};
use crate::corpus::Document;
use crate::diag::Result;
use crate::graph::Run;
use crate::lexicon::{Cues, Words};
use crate::nlp::{Analysis, Model};
use crate::ontology::Ontology;

/// The whole of extraction, ready to read documents. Made once; cheap to share.
#[derive(Debug)]
pub struct Engine {
    model: &'static Model,
    extractor: Extractor,
    run: Run,
}

impl Engine {
    /// An engine with the embedded model and ontology, and further ontology files given as name and text.
    ///
    /// # Errors
    /// When an ontology file is broken.
    pub fn new(ontologies: &[(String, String)]) -> Result<Self> {
        let resolver = Resolver::new(Ontology::with(ontologies)?);
        let run = Run {
            model: Some(Model::embedded_sha256().to_owned()),
            rules: Some(rules_sha256(ontologies)),
            ..Run::default()
        };
        Ok(Self { model: Model::embedded(), extractor: Extractor::new(resolver)?, run })
    }

    /// What the graph says of this engine: version, hashes of model and rules.
    pub fn run(&self) -> Run {
        self.run.clone()
    }

    /// What the language core says of a document.
    pub fn analyse(&self, document: &Document) -> Analysis {
        self.model.analyse(document)
    }

    /// The same without what the claim heads see, faster: enough for trees, entities and attributions.
    pub fn analyse_without_claims(&self, document: &Document) -> Analysis {
        self.model.analyse_without_claims(document)
    }

    /// The claims of one document, in text order.
    pub fn claims(&self, document: &Document) -> Vec<Claim> {
        self.extractor.claims(document, &self.analyse(document))
    }

    /// The extractor, for those who have an analysis already.
    pub fn extractor(&self) -> &Extractor {
        &self.extractor
    }

    /// The claims of many documents, each with one thread at a time, in the order of the documents.
    ///
    /// The result does not depend on `threads` (at least 1). `done` is called after each document, from any thread, with the number read so far.
    pub fn claims_of(&self, documents: &[Document], threads: usize, done: &(dyn Fn(usize) + Sync)) -> Vec<Vec<Claim>> {
        self.each(documents, threads, done, |document| self.claims(document))
    }

    /// Applies `work` to every document in parallel; results in the order of the documents.
    pub fn each<T: Send>(
        &self,
        documents: &[Document],
        threads: usize,
        done: &(dyn Fn(usize) + Sync),
        work: impl Fn(&Document) -> T + Sync,
    ) -> Vec<T> {
        let next = AtomicUsize::new(0);
        let finished = AtomicUsize::new(0);
        let results: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(documents.len()));
        std::thread::scope(|scope| {
            for _ in 0..threads.clamp(1, documents.len().max(1)) {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(document) = documents.get(at) else { break };
                        let result = work(document);
                        if let Ok(mut all) = results.lock() {
                            all.push((at, result));
                        }
                        done(finished.fetch_add(1, Ordering::Relaxed) + 1);
                    }
                });
            }
        });
        let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        results.sort_by_key(|(at, _)| *at);
        results.into_iter().map(|(_, result)| result).collect()
    }
}

/// SHA-256 over everything beside the language model that decides what a text gives: lexicon, ontology, weights of the scorer.
fn rules_sha256(ontologies: &[(String, String)]) -> String {
    let mut hash = Sha256::new();
    for text in [Cues::TABLE, Words::TABLE, Extractor::WEIGHTS, Resolver::WEIGHTS].into_iter().chain(Model::WORD_LISTS)
    {
        hash.update(text);
    }
    for text in
        Ontology::embedded_files().iter().map(|(_, text)| *text).chain(ontologies.iter().map(|(_, text)| text.as_str()))
    {
        hash.update(text);
    }
    crate::span::hex(&hash.finalize())
}
