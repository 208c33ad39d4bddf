//! What no compiler checks: links between documents, lists that must be equal, hashes in the model card.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use demarche::act::Act;
use sha2::{Digest as _, Sha256};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Markdown files of the project, without those of build folders and sample articles.
fn documents(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with('.') || ["target", "node_modules"].contains(&name.as_str()) || name.ends_with("-out") {
            continue;
        }
        if path.is_dir() {
            documents(&path, out);
        } else if path.extension().is_some_and(|e| e == "md")
            && (!path.starts_with(root().join("seeds")) || name == "README.md")
        {
            out.push(path);
        }
    }
}

#[test]
fn links_in_documents_lead_somewhere() {
    let mut paths = Vec::new();
    documents(root(), &mut paths);
    paths.sort();
    let mut dead = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let mut fenced = false;
        for line in text.lines() {
            if line.trim_start().starts_with("```") {
                fenced = !fenced;
            }
            if fenced {
                continue;
            }
            for (at, _) in line.match_indices("](") {
                let target: &str = line[at + 2..].split([')', '#', ' ']).next().unwrap_or_default();
                if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                    continue;
                }
                if !path.parent().unwrap().join(target).exists() {
                    dead.push(format!("{}: {target}", path.strip_prefix(root()).unwrap().display()));
                }
            }
        }
    }
    assert!(dead.is_empty(), "links to nothing:\n{}", dead.join("\n"));
}

#[test]
fn version_has_its_heading_in_the_changelog() {
    let version = env!("CARGO_PKG_VERSION");
    assert!(read("CHANGELOG.md").lines().any(|l| l.starts_with(&format!("## {version}"))), "no heading for {version}");
}

#[test]
fn acts_are_the_same_in_rust_and_in_the_ontology() {
    let concepts: Vec<String> = read("ontology/acts.ttl")
        .lines()
        .filter_map(|l| l.strip_prefix("act:")?.split_once(" a skos:Concept").map(|(name, _)| name.to_owned()))
        .collect();
    assert_eq!(concepts, Act::ALL.map(Act::as_str));
}

#[test]
fn each_dependency_has_its_reason() {
    let manifest = read("Cargo.toml");
    let mut section = "";
    let mut used = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.contains("dependencies")
            && let Some((name, _)) = line.split_once('=')
            && !line.starts_with(['#', ' '])
        {
            used.insert(name.trim().to_owned());
        }
    }
    let named: BTreeSet<String> = read("docs/dependencies.md")
        .lines()
        .filter_map(|l| l.strip_prefix("| `")?.split_once('`').map(|(name, _)| name.to_owned()))
        .collect();
    assert_eq!(used, named, "Cargo.toml (left) and docs/dependencies.md (right) differ");
}

#[test]
fn model_files_are_those_of_the_card() {
    let card = read("models/core.md");
    let mut rows = 0;
    for line in card.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(|c| c.trim().trim_matches('`')).collect();
        let [name, size, hash, ..] = cells.as_slice() else { continue };
        if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
            continue;
        }
        rows += 1;
        let bytes = fs::read(root().join("models").join(name)).unwrap();
        let digits: String = size.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(bytes.len().to_string(), digits, "size of {name}");
        let digest: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(digest, *hash, "hash of {name}");
    }
    assert!(rows >= 2, "the card names no files");
}
