//! `demarche add` and `demarche remove`.

use demarche::graph::{Change, Store};

use crate::args::{Add, Args, Remove};
use crate::commands::Reading;
use crate::printer::Printer;

pub(crate) fn add(it: &Add, args: &Args, printer: &Printer) -> anyhow::Result<bool> {
    let mut reading = Reading::new(&it.articles, &it.store, &it.decisions, args, printer, |_, _| Ok(()))?;
    let places = reading.store.places()?;
    let (mut added, mut published, mut replaced, mut same) = (0, 0, 0, 0);
    for (document, claims) in reading.documents.iter().zip(&reading.claims) {
        match reading.store.add(document, claims, &reading.engine.run())? {
            Change::Added => {
                added += 1;
                let path = document.path.as_ref();
                let older = places
                    .iter()
                    .find(|(_, places)| path.is_some_and(|path| places.iter().flatten().any(|p| p == path)));
                if let (Some((id, _)), Some(path)) = (older, path) {
                    printer.say(&format!(
                        "`{path}` was read before with another text, which the store keeps; `demarche remove {id}` removes it"
                    ));
                }
            }
            Change::Published => published += 1,
            Change::Replaced => replaced += 1,
            _ => same += 1,
        }
    }
    let decided = reading.commit(printer)?;
    let further = if published == 0 { String::new() } else { format!("{published} known from another outlet, ") };
    let store = it.store.store.display();
    printer.say(&format!("{added} added, {further}{replaced} replaced, {same} unchanged in `{store}`"));
    Ok(reading.well && (decided || !it.articles.strict))
}

pub(crate) fn remove(it: &Remove, printer: &Printer) -> anyhow::Result<bool> {
    let mut store = Store::edit(&it.store.store)?;
    let places = store.places()?;
    let mut whole = true;
    let is_id = |id: &str| it.articles.iter().any(|name| name.len() >= 8 && id.starts_with(name.as_str()));
    let is_named = |place: &str| it.articles.iter().any(|name| is_place(place, name));
    for name in &it.articles {
        let is = |(id, publications): (&String, &Vec<Vec<String>>)| {
            (name.len() >= 8 && id.starts_with(name.as_str()))
                || publications.iter().flatten().any(|place| is_place(place, name))
        };
        if !places.iter().any(is) {
            whole = false;
            Printer::error(&anyhow::anyhow!(
                "no article `{name}` in `{}`; `demarche ask articles` lists them",
                it.store.store.display()
            ));
        }
    }
    if !whole {
        printer.say("nothing was removed");
        return Ok(false);
    }
    let mut removed = 0;
    for id in places.keys() {
        let change = if is_id(id) { store.remove(id)? } else { store.withdraw(id, is_named)? };
        removed += usize::from(change == Change::Removed);
    }
    store.commit()?;
    printer.say(&format!("{removed} removed from `{}`", it.store.store.display()));
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
