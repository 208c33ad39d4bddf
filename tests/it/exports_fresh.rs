//! The committed exports are what the program makes of the sample articles.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn exports_are_those_of_the_seeds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some(program) = option_env!("CARGO_BIN_EXE_demarche") else {
        println!("SKIPPED: built without the command line");
        return;
    };
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
    let _ = fs::remove_dir_all(&temporary);
    let (out, store) = (temporary.join("out"), temporary.join("store"));
    let run = Command::new(program)
        .current_dir(root)
        .args(["build", "seeds", "--out"])
        .arg(&out)
        .arg("--store")
        .arg(&store)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut names: Vec<_> = fs::read_dir(&out).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert!(names.len() >= 5, "too few files: {names:?}");
    let stale: Vec<String> = names
        .iter()
        .filter(|name| {
            let committed = fs::read(root.join("exports").join(name)).unwrap_or_default();
            // Git may have changed line ends of text files on the way.
            let plain = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
            plain(committed) != plain(fs::read(out.join(name)).unwrap())
        })
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    assert!(
        stale.is_empty(),
        "these files of exports/ are not what the program makes now: {}\nmake them anew: cargo run --release -- build seeds --out exports",
        stale.join(", ")
    );
}
