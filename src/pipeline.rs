//! Articles to graph: order, threads, progress.
