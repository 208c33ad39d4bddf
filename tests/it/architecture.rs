//! The order of the modules: who may import whom, as the table in ARCHITECTURE.md says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Open to every module.
const GROUND: [&str; 3] = ["span", "diag", "act"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below a folder, in order.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
        .into_iter()
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else if path.extension().is_some_and(|e| e == "rs") {
                vec![path]
            } else {
                Vec::new()
            }
        })
        .collect()
}

/// Module → modules that it may import, out of the code map.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rows = text.lines().skip_while(|line| !line.starts_with("| module |")).skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let names = |cell: &str| cell.split(',').map(|n| n.trim().trim_matches('`').to_owned()).collect();
            let allowed: BTreeSet<String> = names(cells[2]);
            (cells[0].trim_matches('`').to_owned(), allowed.into_iter().filter(|n| !n.is_empty()).collect())
        })
        .collect()
}

/// Modules named in `crate::…` paths of code; comments do not count.
fn imports(code: &str) -> BTreeSet<String> {
    let bare: String = code.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect();
    let mut found = BTreeSet::new();
    for (at, _) in bare.match_indices("crate::") {
        if bare[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &bare[at + "crate::".len()..];
        let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            None => {
                found.insert(name(rest));
            }
            Some(list) => {
                let mut depth = 0;
                let mut start = true;
                for (i, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && c.is_alphabetic() => {
                            found.insert(name(&list[i..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

#[test]
fn reads_single_and_braced_imports() {
    let code = "use crate::act::Act;\nuse crate::{span::{Span, CodePoints}, diag};\n// crate::graph\nfn f(x: crate::corpus::Document) {}\n";
    let expected = ["act", "corpus", "diag", "span"].map(str::to_owned).into();
    assert_eq!(imports(code), expected);
}

#[test]
fn modules_import_what_they_may() {
    let table = table();
    let src = root().join("src");
    let mut faults = Vec::new();
    for path in sources(&src) {
        let below = path.strip_prefix(&src).unwrap();
        let first = below.iter().next().unwrap().to_string_lossy();
        let module = first.trim_end_matches(".rs");
        if module == "bin" || module == "lib" {
            continue;
        }
        let Some(allowed) = table.get(module) else {
            faults.push(format!("`{module}` is missing in the table of ARCHITECTURE.md"));
            continue;
        };
        for import in imports(&fs::read_to_string(&path).unwrap()) {
            if import != module && !GROUND.contains(&import.as_str()) && !allowed.contains(&import) {
                faults.push(format!("{}: `{module}` imports `{import}`", below.display()));
            }
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_row_is_a_module_and_has_its_line_in_lib() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: BTreeSet<String> = lib
        .lines()
        .filter_map(|l| l.strip_prefix("pub mod ").and_then(|l| l.strip_suffix(';')))
        .map(str::to_owned)
        .collect();
    let rows: BTreeSet<String> = table().into_keys().collect();
    assert_eq!(rows, declared);
}
