//! `demarche add` and `demarche remove`.

use std::collections::{BTreeMap, BTreeSet};

use demarche::corrections::{ID_RULE, id_start};
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
    let mut ids = BTreeSet::new();
    let mut whole = true;
    for name in &it.articles {
        match named(name, &places) {
            Ok(id) => ids.extend(id),
            Err(why) => {
                whole = false;
                Printer::error(&anyhow::anyhow!("{why} in `{}`", it.store.store.display()));
            }
        }
    }
    if !whole {
        printer.say("nothing was removed; `demarche ask articles` lists what can be");
        return Ok(false);
    }
    let is_named = |place: &str| it.articles.iter().any(|name| is_place(place, name));
    let mut removed = 0;
    for id in places.keys() {
        let change = if ids.contains(id) { store.remove(id)? } else { store.withdraw(id, is_named)? };
        removed += usize::from(change == Change::Removed);
    }
    store.commit()?;
    printer.say(&format!("{removed} removed from `{}`", it.store.store.display()));
    Ok(true)
}

/// The id that a name given to `remove` begins; `None` where it names paths or addresses.
///
/// # Errors
///
/// What names no article, or could be several.
fn named(name: &str, places: &BTreeMap<String, Vec<Vec<String>>>) -> Result<Option<String>, String> {
    if places.values().flatten().flatten().any(|place| is_place(place, name)) {
        return Ok(None);
    }
    let Some(start) = id_start(name) else { return Err(format!("no article `{name}` ({ID_RULE})")) };
    let ids: Vec<&str> = places.keys().map(String::as_str).filter(|id| id.starts_with(&start)).collect();
    match ids.as_slice() {
        [] => Err(format!("no article `{name}`")),
        [id] => Ok(Some((*id).to_owned())),
        several => Err(format!("`{name}` begins the ids of several articles, {},", several.join(", "))),
    }
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
    use std::collections::BTreeMap;

    use super::{is_place, named};

    #[test]
    fn an_article_goes_by_six_digits_of_its_id_if_no_other_begins_so() {
        let places: BTreeMap<String, Vec<Vec<String>>> = ["2c26b46b68ffc68f", "2c26b46c00000000", "aa00000000000000"]
            .map(|id| (id.to_owned(), vec![vec![format!("in/{id}.txt")]]))
            .into();
        let of = |name: &str| named(name, &places);
        assert_eq!(of("AA0000"), Ok(Some("aa00000000000000".to_owned())));
        assert_eq!(of("2c26b46b…"), Ok(Some("2c26b46b68ffc68f".to_owned())));
        assert_eq!(of("in"), Ok(None));
        assert!(of("2c26b4").is_err_and(|why| why.contains("several articles")));
        assert!(of("aa000").is_err_and(|why| why.contains("at least 6")));
        assert_eq!(of("bb00000"), Err("no article `bb00000`".to_owned()));
    }

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
