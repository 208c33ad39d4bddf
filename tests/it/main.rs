//! All integration tests, in one binary so that Oxigraph is linked once.

mod fixture;
mod graph;
mod query;
mod store;
