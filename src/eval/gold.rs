//! Annotation files.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::matching::Item;
use super::names::{norm, words};
use super::predicted::Predicted;
use crate::diag::{Error, Result};

/// The file as written.
#[derive(Deserialize)]
struct File {
    doc: String,
    sha256: String,
    actors: BTreeMap<String, FileActor>,
    claims: Vec<FileClaim>,
}

#[derive(Deserialize)]
struct FileActor {
    #[serde(default)]
    aliases: Vec<String>,
    bloc: Option<String>,
}

#[derive(Deserialize)]
struct FileClaim {
    source: Vec<String>,
    act: String,
    #[serde(default)]
    addressee: Vec<String>,
    content_span: [usize; 2],
    #[serde(default)]
    content_more: Vec<[usize; 2]>,
    #[serde(default)]
    negated: Option<bool>,
    #[serde(default)]
    hedged: Option<bool>,
    #[serde(default)]
    via: Vec<String>,
}

/// The annotated claims of one article.
#[derive(Debug, Clone)]
pub struct Gold {
    /// Name of the document.
    pub doc: String,
    /// SHA-256 of its text, in hexadecimal.
    pub sha256: String,
    /// The claims, in the order of the file.
    pub claims: Vec<Item>,
    text: Vec<char>,
    /// Any name → canonical name, both normalised.
    canonical: BTreeMap<String, String>,
    /// Canonical name → bloc, both normalised.
    bloc: BTreeMap<String, String>,
    /// Canonical name → all names as written, canonical one first.
    names: BTreeMap<String, Vec<String>>,
}

impl Gold {
    /// Reads an annotation file; `Ok(None)` where the JSON is no annotation (it has no `claims`). `text_of` gives the article with that SHA-256.
    ///
    /// # Errors
    /// Broken JSON, a field of the wrong type, an article that is not there, a span outside of its text. `path` is for the message.
    pub fn parse(path: &str, json: &str, text_of: impl Fn(&str) -> Option<String>) -> Result<Option<Self>> {
        let wrong = |why: String| Error::invalid("annotation", path, why);
        let value: serde_json::Value = serde_json::from_str(json).map_err(|e| wrong(format!("not JSON: {e}")))?;
        if value.get("claims").is_none() {
            return Ok(None);
        }
        let file: File = serde_json::from_value(value).map_err(|e| wrong(e.to_string()))?;
        let text: Vec<char> = text_of(&file.sha256)
            .ok_or_else(|| wrong(format!("no text with sha256 {}; name its folder with --text", file.sha256)))?
            .chars()
            .collect();
        let mut gold = Self {
            doc: file.doc,
            sha256: file.sha256,
            claims: Vec::new(),
            text,
            canonical: BTreeMap::new(),
            bloc: BTreeMap::new(),
            names: BTreeMap::new(),
        };
        for (name, actor) in &file.actors {
            let bloc = actor.bloc.as_deref().filter(|b| !b.is_empty()).unwrap_or(name);
            gold.bloc.insert(norm(name), norm(bloc));
            let all = gold.names.entry(norm(name)).or_default();
            for alias in std::iter::once(name).chain(&actor.aliases) {
                gold.canonical.entry(norm(alias)).or_insert_with(|| norm(name));
                all.push(alias.clone());
            }
        }
        for name in file.actors.keys() {
            gold.canonical.insert(norm(name), norm(name));
        }
        for claim in file.claims {
            let spans: Vec<(usize, usize)> =
                std::iter::once(&claim.content_span).chain(&claim.content_more).map(|s| (s[0], s[1])).collect();
            if let Some((start, end)) = spans.iter().find(|(start, end)| start > end || *end > gold.text.len()) {
                return Err(wrong(format!(
                    "span {start}-{end} does not fit the text of {} code points",
                    gold.text.len()
                )));
            }
            let item = gold.item(&spans, claim.act, (&claim.source, &claim.addressee, &claim.via), |gold, names| {
                names.iter().map(|name| gold.bloc_of(&gold.actor(name, None), None)).collect()
            });
            gold.claims.push(Item {
                negated: claim.negated.unwrap_or(false),
                hedged: claim.hedged.unwrap_or(false),
                ..item
            });
        }
        Ok(Some(gold))
    }

    fn item(
        &self,
        spans: &[(usize, usize)],
        act: String,
        (source, addressee, via): (&[String], &[String], &[String]),
        blocs: impl Fn(&Self, &[String]) -> BTreeSet<String>,
    ) -> Item {
        let actors = |names: &[String]| names.iter().map(|name| self.actor(name, None)).collect();
        Item {
            words: words(&self.text, spans.iter().copied()),
            act,
            source: actors(source),
            addressee: actors(addressee),
            via: actors(via),
            source_bloc: blocs(self, source),
            addressee_bloc: blocs(self, addressee),
            negated: false,
            hedged: false,
            show: self.show(spans[0]),
        }
    }

    fn show(&self, (start, end): (usize, usize)) -> String {
        self.text.iter().take(end).skip(start).collect()
    }

    fn bloc_of(&self, name: &str, otherwise: Option<&str>) -> String {
        self.bloc.get(name).cloned().unwrap_or_else(|| otherwise.unwrap_or(name).to_owned())
    }

    /// Canonical name: by label, else by the words of the mention, else by a family name that is an alias.
    pub(super) fn actor(&self, label: &str, mention: Option<&str>) -> String {
        let last = label.split_whitespace().last().unwrap_or_default();
        let last = if last.starts_with(char::is_uppercase) { last } else { "" };
        [label, mention.unwrap_or_default(), last]
            .iter()
            .find_map(|name| self.canonical.get(&norm(name)))
            .cloned()
            .unwrap_or_else(|| norm(label))
    }

    /// A predicted claim in terms of this annotation.
    pub fn item_of(&self, predicted: &Predicted) -> Item {
        let actors = |list: &[super::predicted::Name]| -> BTreeSet<String> {
            list.iter().map(|a| self.actor(&a.label, a.mention.as_deref())).collect()
        };
        let blocs = |list: &[super::predicted::Name]| -> BTreeSet<String> {
            list.iter()
                .map(|a| {
                    let name = self.actor(&a.label, a.mention.as_deref());
                    self.bloc.get(&name).filter(|b| !b.is_empty()).cloned().unwrap_or_else(|| {
                        self.actor(a.bloc.as_deref().filter(|b| !b.is_empty()).unwrap_or(&a.label), None)
                    })
                })
                .collect()
        };
        Item {
            words: words(&self.text, predicted.content.iter().copied()),
            act: predicted.act.clone(),
            source: actors(&predicted.source),
            addressee: actors(&predicted.addressee),
            via: actors(&predicted.via),
            source_bloc: blocs(&predicted.source),
            addressee_bloc: blocs(&predicted.addressee),
            negated: predicted.negated,
            hedged: predicted.hedged,
            show: predicted.content.first().map(|&span| self.show(span)).unwrap_or_default(),
        }
    }

    /// The claims of another annotator of the same text, with the actors named as here: by any name that both use, else as the other does.
    pub fn items_of(&self, other: &Self) -> Vec<Item> {
        let here = |name: &String| -> String {
            let names = other.names.get(name).cloned().unwrap_or_default();
            names.iter().find_map(|n| self.canonical.get(&norm(n))).cloned().unwrap_or_else(|| name.clone())
        };
        let all = |names: &BTreeSet<String>| names.iter().map(here).collect::<BTreeSet<_>>();
        let blocs = |names: &BTreeSet<String>| {
            names
                .iter()
                .map(|name| {
                    let mine = here(name);
                    let theirs = other.bloc.get(name).unwrap_or(name);
                    self.bloc.get(&mine).unwrap_or(theirs).clone()
                })
                .collect::<BTreeSet<_>>()
        };
        let claims = other.claims.iter();
        claims
            .map(|c| Item {
                source: all(&c.source),
                addressee: all(&c.addressee),
                via: all(&c.via),
                source_bloc: blocs(&c.source),
                addressee_bloc: blocs(&c.addressee),
                ..c.clone()
            })
            .collect()
    }
}
