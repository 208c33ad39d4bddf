//! Which actor or issue of a store a user means by a name.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::StorageError;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::nearest::nearest_label;
use crate::diag::{Error, Result};
use crate::graph::vocab::{dm, other};
use crate::graph::{Store, iri};
use crate::ontology::Ontology;

/// What a name is looked up among.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Actor,
    Issue,
}

impl Sort {
    fn class(self) -> NamedNodeRef<'static> {
        match self {
            Self::Actor => dm::ACTOR,
            Self::Issue => dm::ISSUE,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Issue => "issue",
        }
    }

    fn iri(self, id: &str) -> NamedNode {
        match self {
            Self::Actor => iri::actor(id),
            Self::Issue => iri::issue(id),
        }
    }
}

/// An actor or issue of the store.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    label: String,
    node: NamedNode,
    person: bool,
}

/// What the ontology that comes with the program calls an actor or issue; all folded.
struct Known {
    node: NamedNode,
    /// Its own names and spellings.
    names: Vec<String>,
    /// Words that stand for it: "moscow" for Russia, "truce" for the ceasefire.
    others: Vec<String>,
}

/// The actor or issue that a user names, the first of these that fits any: its IRI or id; its label; a name of its own in the ontology; a word that
/// stands for it there; the last words of a person's name, in the spelling of the store or of the ontology; whole words of the label. Case,
/// diacritics and full stops make no difference. A part of a word never fits: "US" is neither Russia nor Belarus.
pub(super) fn find(store: &Store, sort: Sort, name: &str) -> Result<NamedNode> {
    let entries = entries(store, sort).map_err(|e| Error::invalid("store", name, e.to_string()))?;
    let id = name.strip_prefix(sort.word()).and_then(|rest| rest.strip_prefix(':')).unwrap_or(name);
    let iri = sort.iri(id);
    if let Some(entry) = entries.iter().find(|entry| entry.node == iri || entry.node.as_str() == name) {
        return Ok(entry.node.clone());
    }
    let wanted = fold(name);
    let mut found = pick(&entries, |entry| fold(&entry.label) == wanted);
    if found.is_empty() {
        found = by_other_names(&entries, &known(sort)?, &wanted);
    }
    match found.as_slice() {
        [entry] => Ok(entry.node.clone()),
        [] => Err(unknown(sort.word(), name, entries.iter().map(|entry| entry.label.as_str()))),
        several => Err(ambiguous(sort, name, several)),
    }
}

/// The error for a name that no actor, or no issue, of a store has; it names the label that was probably meant.
pub(crate) fn unknown<'a>(sort: &'static str, name: &str, labels: impl IntoIterator<Item = &'a str>) -> Error {
    let meant = nearest_label(name, labels).map(|label| format!(" (perhaps `{label}`)")).unwrap_or_default();
    Error::invalid(sort, name, format!("the store knows none of that name{meant}; `demarche ask {sort}s` lists them"))
}

fn pick(entries: &[Entry], fits: impl Fn(&Entry) -> bool) -> Vec<&Entry> {
    entries.iter().filter(|entry| fits(entry)).collect()
}

/// Those that a name other than the label fits.
fn by_other_names<'a>(entries: &'a [Entry], known: &[Known], wanted: &str) -> Vec<&'a Entry> {
    let among = |nodes: &BTreeSet<&NamedNode>| pick(entries, |entry| nodes.contains(&entry.node));
    let knowing = |fits: &dyn Fn(&Known) -> bool| -> BTreeSet<&NamedNode> {
        known.iter().filter(|known| fits(known)).map(|known| &known.node).collect()
    };
    let wanted_words = words(wanted);
    let mut found = among(&knowing(&|known| known.names.iter().any(|name| name == wanted)));
    if found.is_empty() {
        found = among(&knowing(&|known| known.others.iter().any(|name| name == wanted)));
    }
    if found.is_empty() {
        let spelled = knowing(&|known| known.names.iter().any(|name| ends(&words(name), &wanted_words)));
        found = pick(entries, |entry| {
            entry.person && (spelled.contains(&entry.node) || ends(&words(&fold(&entry.label)), &wanted_words))
        });
    }
    if found.is_empty() {
        found = pick(entries, |entry| holds(&words(&fold(&entry.label)), &wanted_words));
    }
    found
}

/// All actors or issues of the store, by label.
fn entries(store: &Store, sort: Sort) -> Result<Vec<Entry>, StorageError> {
    let data = store.dataset();
    let of_class = |class: NamedNodeRef<'static>| -> Result<BTreeSet<NamedNode>, StorageError> {
        let mut nodes = BTreeSet::new();
        for quad in data.quads_for_pattern(None, Some(other::TYPE), Some(class.into()), None) {
            if let NamedOrBlankNode::NamedNode(node) = quad?.subject {
                nodes.insert(node);
            }
        }
        Ok(nodes)
    };
    let persons = if sort == Sort::Actor { of_class(dm::PERSON)? } else { BTreeSet::new() };
    let mut entries = Vec::new();
    for node in of_class(sort.class())? {
        for quad in data.quads_for_pattern(Some(node.as_ref().into()), Some(other::LABEL), None, None) {
            if let Term::Literal(label) = quad?.object {
                let person = persons.contains(&node);
                entries.push(Entry { label: label.value().to_owned(), node: node.clone(), person });
            }
        }
    }
    entries.sort_unstable();
    entries.dedup();
    Ok(entries)
}

/// What the ontology lists. Read only where a label does not fit, since it takes longer than most questions; and from the program, not the store,
/// which does not keep what an actor may be called.
fn known(sort: Sort) -> Result<Vec<Known>> {
    let ontology = Ontology::embedded()?;
    let folded = |names: &[String]| -> Vec<String> { names.iter().map(|name| fold(name)).collect() };
    Ok(match sort {
        Sort::Actor => ontology
            .actors
            .iter()
            .map(|actor| Known {
                node: sort.iri(&actor.id),
                names: folded(&actor.names),
                others: folded(&actor.metonyms),
            })
            .collect(),
        Sort::Issue => ontology
            .issues
            .iter()
            .map(|issue| Known {
                node: sort.iri(&issue.id),
                names: vec![fold(&issue.label)],
                others: folded(&issue.terms),
            })
            .collect(),
    })
}

fn ambiguous(sort: Sort, name: &str, several: &[&Entry]) -> Error {
    let names: Vec<String> = several
        .iter()
        .take(8)
        .map(|entry| format!("{} ({})", entry.label, entry.node.as_str().rsplit('/').next().unwrap_or_default()))
        .collect();
    let more = if several.len() > 8 { ", …" } else { "" };
    let why = format!(
        "it may be each of {}: {}{more}; give the whole name, or the id in brackets",
        several.len(),
        names.join(", ")
    );
    Error::invalid(sort.word(), name, why)
}

/// One form for spellings that differ in case, diacritics, quotes, dashes, spaces or full stops: "u.s." is "US".
fn fold(name: &str) -> String {
    let plain: String = name
        .to_lowercase()
        .as_str()
        .nfd()
        .filter(|&c| !is_combining_mark(c) && c != '.')
        .map(|c| match c {
            'ø' => 'o',
            'ł' => 'l',
            'ı' => 'i',
            'đ' => 'd',
            '’' | 'ʼ' | '‘' => '\'',
            '–' | '‑' => '-',
            c => c,
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a folded name. A possessive and what stands between hyphens are not words of their own: in "Zelenskyy's advisers" there is no
/// Zelenskyy, nor is the "US-led coalition" the US.
fn words(name: &str) -> Vec<&str> {
    name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '-')).filter(|word| !word.is_empty()).collect()
}

/// Whether the wanted words are the last ones, and there are some.
fn ends(words: &[&str], wanted: &[&str]) -> bool {
    !wanted.is_empty() && words.ends_with(wanted)
}

/// Whether the wanted words stand there side by side, and there are some.
fn holds(words: &[&str], wanted: &[&str]) -> bool {
    !wanted.is_empty() && words.windows(wanted.len()).any(|some| some == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_fold() {
        for (one, two) in [
            ("U.S.", "us"),
            ("Erdoğan", "ERDOGAN"),
            ("Løkke  Rasmussen", "Lokke Rasmussen"),
            ("N’Djamena", "N'djamena"),
        ] {
            assert_eq!(fold(one), fold(two));
        }
    }

    #[test]
    fn words_are_whole() {
        let ends = |name: &str, wanted: &str| ends(&words(&fold(name)), &words(&fold(wanted)));
        let holds = |name: &str, wanted: &str| holds(&words(&fold(name)), &words(&fold(wanted)));
        assert!(ends("Volodymyr Zelenskyy", "Zelenskyy") && !ends("Volodymyr Zelenskyy", "Volodymyr"));
        assert!(holds("Kremlin official", "Kremlin") && holds("Russian foreign ministry", "foreign ministry"));
        for (name, wanted) in [
            ("Zelenskyy's advisers", "Zelenskyy"),
            ("US-led coalition", "US"),
            ("Russia", "US"),
            ("Russia", ""),
            ("Russia", "…"),
        ] {
            assert!(!ends(name, wanted) && !holds(name, wanted), "{name} {wanted}");
        }
    }
}
