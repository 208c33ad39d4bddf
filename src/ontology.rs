//! What terms mean: actors, issues and acts, read from `ontology/`.
