//! All integration tests, in one binary so that Oxigraph is linked once.

mod architecture;
mod cases;
mod corpus;
mod export;
mod fixture;
mod graph;
mod network;
mod nlp;
mod ontology;
mod query;
mod store;
mod tidy;
