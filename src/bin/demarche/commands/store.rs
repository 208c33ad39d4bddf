//! `demarche add` and `demarche remove`.

use demarche::graph::{Change, Store};

use crate::args::{Add, Args, Remove};
use crate::commands::{engine, read, threads};
use crate::printer::Printer;

pub(crate) fn add(it: &Add, args: &Args, printer: &Printer) -> anyhow::Result<bool> {
    let engine = engine(args)?;
    let mut store = Store::edit(&it.store.store)?;
    let (documents, whole) = read(&it.paths, printer)?;
    let bar = printer.progress(documents.len(), "reading");
    let claims = engine.claims_of(&documents, threads(args), &|n| bar.set_position(n as u64));
    bar.finish_and_clear();
    let (mut added, mut replaced, mut same) = (0, 0, 0);
    for (document, claims) in documents.iter().zip(&claims) {
        match store.add(document, claims, &engine.run())? {
            Change::Added => added += 1,
            Change::Replaced => replaced += 1,
            _ => same += 1,
        }
    }
    store.commit()?;
    printer.say(&format!("{added} added, {replaced} replaced, {same} unchanged in `{}`", it.store.store.display()));
    Ok(whole)
}

pub(crate) fn remove(it: &Remove, _printer: &Printer) -> anyhow::Result<bool> {
    let mut store = Store::edit(&it.store.store)?;
    let known: Vec<String> = store.articles().map(str::to_owned).collect();
    let mut whole = true;
    for name in &it.articles {
        let ids: Vec<&String> = known.iter().filter(|id| *id == name).collect();
        if ids.is_empty() {
            whole = false;
            Printer::error(&anyhow::anyhow!(
                "no article `{name}` in `{}`; `demarche ask articles` lists them",
                it.store.store.display()
            ));
        }
        for id in ids {
            store.remove(id)?;
        }
    }
    store.commit()?;
    Ok(whole)
}
