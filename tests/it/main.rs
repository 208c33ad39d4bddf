//! All integration tests, in one binary so that Oxigraph is linked once.
