//! `demarche add` and `demarche remove`.

use std::collections::BTreeSet;

use demarche::graph::{Change, Store};

use crate::args::{Add, Args, Remove};
use crate::commands::Reading;
use crate::printer::Printer;

pub(crate) fn add(it: &Add, args: &Args, printer: &Printer) -> anyhow::Result<bool> {
    let mut reading = Reading::new(&it.articles, &it.store, &it.decisions, args, printer, |_, _| Ok(()))?;
    let places = reading.store.places()?;
    let (mut added, mut replaced, mut same) = (0, 0, 0);
    for (document, claims) in reading.documents.iter().zip(&reading.claims) {
        match reading.store.add(document, claims, &reading.engine.run())? {
            Change::Added => {
                added += 1;
                let path = document.path.as_ref();
                let older = places.iter().find(|(_, places)| path.is_some_and(|path| places.contains(path)));
                if let (Some((id, _)), Some(path)) = (older, path) {
                    printer.say(&format!(
                        "`{path}` was read before with another text, which the store keeps; `demarche remove {id}` removes it"
                    ));
                }
            }
            Change::Replaced => replaced += 1,
            _ => same += 1,
        }
    }
    let decided = reading.commit(printer)?;
    printer.say(&format!("{added} added, {replaced} replaced, {same} unchanged in `{}`", it.store.store.display()));
    Ok(reading.well && (decided || !it.articles.strict))
}

pub(crate) fn remove(it: &Remove, printer: &Printer) -> anyhow::Result<bool> {
    let mut store = Store::edit(&it.store.store)?;
    let places = store.places()?;
    let mut whole = true;
    let mut found = BTreeSet::new();
    for name in &it.articles {
        let is = |id: &str, places: &[String]| {
            (name.len() >= 8 && id.starts_with(name.as_str())) || places.iter().any(|place| is_place(place, name))
        };
        let ids: Vec<&String> = places.iter().filter(|(id, places)| is(id, places)).map(|(id, _)| id).collect();
        if ids.is_empty() {
            whole = false;
            Printer::error(&anyhow::anyhow!(
                "no article `{name}` in `{}`; `demarche ask articles` lists them",
                it.store.store.display()
            ));
        }
        found.extend(ids);
    }
    if !whole {
        printer.say("nothing was removed");
        return Ok(false);
    }
    for id in &found {
        store.remove(id)?;
    }
    store.commit()?;
    printer.say(&format!("{} removed from `{}`", found.len(), it.store.store.display()));
    Ok(true)
}

/// Whether an article with that path or address is meant: by the whole of it, or by the file or the folder that it was read from.
fn is_place(place: &str, name: &str) -> bool {
    let folder = name.strip_suffix(['/', '\\']).filter(|folder| !folder.is_empty());
    let rest = place.strip_prefix(folder.unwrap_or(name));
    rest.is_some_and(|rest| {
        rest.is_empty() && folder.is_none() || rest.starts_with(['#', '/', '\\']) && !place.contains("://")
    })
}

#[cfg(test)]
mod tests {
    use super::is_place;

    #[test]
    fn a_path_takes_what_was_read_from_it() {
        for (place, name, yes) in [
            ("a/b.txt", "a/b.txt", true),
            ("a/b.txt", "a", true),
            ("a/b.txt", "a/", true),
            ("a/b.txt", "b.txt", false),
            ("ab/c.txt", "a", false),
            ("f.jsonl#3", "f.jsonl", true),
            ("f.jsonl#3", "f.jsonl#3", true),
            ("f.jsonl#31", "f.jsonl#3", false),
            ("https://news.example/a", "https://news.example/a", true),
            ("https://news.example/a", "https://news.example", false),
        ] {
            assert_eq!(is_place(place, name), yes, "{place} by {name}");
        }
    }
}
