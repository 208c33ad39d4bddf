//! All integration tests, in one binary so that Oxigraph is linked once.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::format_collect,
    reason = "a test that cannot go on should stop, and say what it measured"
)]

mod architecture;
mod cases;
mod cmd;
mod corpus;
mod corrections;
mod diff;
mod export;
mod exports_fresh;
mod fixture;
mod gold;
mod graph;
mod network;
mod nlp;
mod ontology;
mod query;
mod report;
mod review;
mod serve;
mod sides;
mod store;
mod tidy;
mod verify;
mod wire;
