//! Demarche reads news articles and builds a knowledge graph of positions: *who* demands, offers, rejects or supports *what*,
//! *towards whom*, and *where exactly the article says so*.
//!
//! The path of the data, one module an arrow:
//!
//! 1. *Read*: [`corpus`] turns files, pages and records into [`corpus::Document`]s, their text cut into blocks.
//! 2. *Understand*: [`nlp`] finds sentences, tokens, trees and attributions; [`actors`] finds who is meant by each mention.
//! 3. *State*: [`claims`] writes one [`claims::Claim`] for each position, with the spans that show it.
//! 4. *Publish*: [`graph`] makes RDF of the claims; answers ([`query`]), networks ([`network`]) and files ([`export`]) are made from it.

pub mod act;
pub mod actors;
pub mod claims;
pub mod corpus;
pub mod corrections;
pub mod diag;
pub mod diff;
pub mod eval;
pub mod export;
pub mod graph;
pub mod lexicon;
pub mod network;
pub mod nlp;
pub mod ontology;
pub mod pipeline;
pub mod query;
pub mod review;
pub mod span;
