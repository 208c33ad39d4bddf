//! What terms mean: actors with their names and dated offices, issues with their words. Read from the Turtle files of `ontology/`,
//! which a user extends with further files. Start at [`Ontology::embedded`].

use std::collections::BTreeMap;

use oxrdf::Term;
use oxttl::TurtleParser;

use crate::actors::ActorKind;
use crate::diag::{Error, Result};

/// Namespace of the vocabulary.
pub const NS: &str = "https://w3id.org/demarche/ns#";
/// Namespace of actors, offices, issues and everything else that is minted.
pub const ID: &str = "https://w3id.org/demarche/id/";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const ORG: &str = "http://www.w3.org/ns/org#";
const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// The Turtle files that come with the program.
const EMBEDDED: [(&str, &str); 2] = [
    ("ontology/actors.ttl", include_str!("../ontology/actors.ttl")),
    ("ontology/issues.ttl", include_str!("../ontology/issues.ttl")),
];

/// An actor that is known before any article is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownActor {
    /// Stable name: the last part of its IRI.
    pub id: String,
    /// Canonical name.
    pub label: String,
    /// Country, organisation, person or group.
    pub kind: ActorKind,
    /// Label of the country or organisation that it speaks for.
    pub bloc: Option<String>,
    /// All names and spellings, the label first.
    pub names: Vec<String>,
    /// Adjectives and nouns of belonging: "Russian", "Russians".
    pub demonyms: Vec<String>,
    /// Places that stand for it: "Kremlin", "Moscow".
    pub metonyms: Vec<String>,
}

/// A post that persons hold one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Lower-case titles: "president", "head of state".
    pub titles: Vec<String>,
    /// Index of the country or organisation that it belongs to.
    pub of: usize,
    /// Who held it when.
    pub tenures: Vec<Tenure>,
}

/// A person's time in an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenure {
    /// Index of the person.
    pub holder: usize,
    /// First day, ISO 8601.
    pub since: String,
    /// Last day; `None` while it lasts.
    pub until: Option<String>,
}

/// An issue of the scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Stable name: the last part of its IRI.
    pub id: String,
    /// What to show.
    pub label: String,
    /// Words and phrases that speak of it, lower case, the label first.
    pub terms: Vec<String>,
    /// Id of the wider issue.
    pub broader: Option<String>,
}

/// All known actors, offices and issues.
#[derive(Debug, Clone, Default)]
pub struct Ontology {
    /// Actors, sorted by id.
    pub actors: Vec<KnownActor>,
    /// Offices, in the order of their IRIs.
    pub offices: Vec<Office>,
    /// Issues, sorted by id.
    pub issues: Vec<Issue>,
}

type Properties = BTreeMap<String, Vec<String>>;

impl Ontology {
    /// The ontology that comes with the program.
    ///
    /// # Errors
    /// When an embedded file is broken, which a test rules out.
    pub fn embedded() -> Result<Self> {
        Self::with(&[])
    }

    /// The embedded ontology extended by further Turtle files, each given as name and text.
    ///
    /// # Errors
    /// When a file is not Turtle, or an office or tenure names something that is not defined.
    pub fn with(more: &[(String, String)]) -> Result<Self> {
        let mut subjects: BTreeMap<String, Properties> = BTreeMap::new();
        for (name, text) in EMBEDDED.iter().copied().chain(more.iter().map(|(n, t)| (n.as_str(), t.as_str()))) {
            read(name, text, &mut subjects)?;
        }
        Self::collect(&subjects)
    }

    fn collect(subjects: &BTreeMap<String, Properties>) -> Result<Self> {
        let mut out = Self::default();
        for (iri, properties) in subjects {
            if let Some(actor) = actor(iri, properties) {
                out.actors.push(actor);
            } else if is_a(properties, &format!("{SKOS}Concept"))
                && let Some(id) = iri.strip_prefix(ID).and_then(|rest| rest.strip_prefix("issue/"))
            {
                let label = first(properties, SKOS, "prefLabel").unwrap_or(id).to_owned();
                let mut terms = vec![label.to_lowercase()];
                terms.extend(all(properties, SKOS, "altLabel").map(str::to_lowercase));
                terms.extend(all(properties, NS, "term").map(str::to_lowercase));
                let broader = first(properties, SKOS, "broader").and_then(local).map(str::to_owned);
                out.issues.push(Issue { id: id.to_owned(), label, terms, broader });
            }
        }
        out.actors.sort_by(|a, b| a.id.cmp(&b.id));
        out.issues.sort_by(|a, b| a.id.cmp(&b.id));
        let labels: BTreeMap<String, String> = out.actors.iter().map(|a| (a.id.clone(), a.label.clone())).collect();
        for actor in &mut out.actors {
            actor.bloc = actor.bloc.as_ref().and_then(|id| labels.get(id).cloned());
            if actor.bloc.is_none() && matches!(actor.kind, ActorKind::Country) {
                actor.bloc = Some(actor.label.clone());
            }
        }
        out.collect_offices(subjects)?;
        Ok(out)
    }

    fn collect_offices(&mut self, subjects: &BTreeMap<String, Properties>) -> Result<()> {
        let mut office_at: BTreeMap<&str, usize> = BTreeMap::new();
        for (iri, properties) in subjects {
            if is_a(properties, &format!("{ORG}Post")) {
                let of = first(properties, ORG, "postIn").unwrap_or_default();
                let of = self.index_of(local(of).unwrap_or(of), iri)?;
                let titles = all(properties, NS, "title").map(str::to_lowercase).collect();
                office_at.insert(iri, self.offices.len());
                self.offices.push(Office { titles, of, tenures: Vec::new() });
            }
        }
        for (iri, properties) in subjects {
            if !is_a(properties, &format!("{ORG}Membership")) {
                continue;
            }
            let member = first(properties, ORG, "member").unwrap_or_default();
            let holder = self.index_of(local(member).unwrap_or(member), iri)?;
            let office = first(properties, NS, "office").unwrap_or_default();
            let Some(&at) = office_at.get(office) else {
                return Err(Error::invalid(
                    "ontology",
                    iri,
                    format!("names the office `{office}`, which is not defined"),
                ));
            };
            let since = first(properties, NS, "since").unwrap_or_default().to_owned();
            let until = first(properties, NS, "until").map(str::to_owned);
            self.offices[at].tenures.push(Tenure { holder, since, until });
        }
        Ok(())
    }

    fn index_of(&self, id: &str, user: &str) -> Result<usize> {
        self.actors
            .binary_search_by(|a| a.id.as_str().cmp(id))
            .map_err(|_| Error::invalid("ontology", user, format!("names the actor `{id}`, which is not defined")))
    }

    /// The actor of that id.
    pub fn actor(&self, id: &str) -> Option<&KnownActor> {
        self.actors.binary_search_by(|a| a.id.as_str().cmp(id)).ok().map(|at| &self.actors[at])
    }

    /// Who held an office with this title of this country or organisation on a day (ISO 8601; `None` takes the latest).
    pub fn holder(&self, title: &str, of: usize, day: Option<&str>) -> Option<usize> {
        let offices = self.offices.iter().filter(|o| o.of == of && o.titles.iter().any(|t| t == title));
        let tenures = offices.flat_map(|o| &o.tenures);
        match day {
            Some(day) => tenures
                .filter(|t| t.since.as_str() <= day && t.until.as_deref().is_none_or(|until| day <= until))
                .max_by(|a, b| a.since.cmp(&b.since)),
            None => tenures.max_by(|a, b| a.since.cmp(&b.since)),
        }
        .map(|t| t.holder)
    }
}

fn read(name: &str, text: &str, subjects: &mut BTreeMap<String, Properties>) -> Result<()> {
    for triple in TurtleParser::new().for_slice(text) {
        let triple = triple.map_err(|e| Error::invalid("ontology", name, e.to_string()))?;
        let subject = triple.subject.to_string();
        let object = match &triple.object {
            Term::NamedNode(node) => node.as_str().to_owned(),
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        let subject = subject.trim_start_matches('<').trim_end_matches('>').to_owned();
        let values = subjects.entry(subject).or_default().entry(triple.predicate.as_str().to_owned()).or_default();
        if !values.contains(&object) {
            values.push(object);
        }
    }
    Ok(())
}

fn local(iri: &str) -> Option<&str> {
    iri.strip_prefix(ID).and_then(|rest| rest.split_once('/')).map(|(_, id)| id)
}

fn first<'a>(properties: &'a Properties, namespace: &str, name: &str) -> Option<&'a str> {
    properties.get(&format!("{namespace}{name}")).and_then(|v| v.first()).map(String::as_str)
}

fn all<'a>(properties: &'a Properties, namespace: &str, name: &str) -> impl Iterator<Item = &'a str> {
    properties.get(&format!("{namespace}{name}")).into_iter().flatten().map(String::as_str)
}

fn is_a(properties: &Properties, class: &str) -> bool {
    properties.get(RDF_TYPE).is_some_and(|types| types.iter().any(|t| t == class))
}

fn actor(iri: &str, properties: &Properties) -> Option<KnownActor> {
    let id = iri.strip_prefix(ID)?.strip_prefix("actor/")?;
    let kinds = [
        ("Country", ActorKind::Country),
        ("Organization", ActorKind::Organization),
        ("Person", ActorKind::Person),
        ("Group", ActorKind::Group),
        ("Role", ActorKind::Role),
    ];
    let kind = kinds.into_iter().find(|(class, _)| is_a(properties, &format!("{NS}{class}")))?.1;
    let label = first(properties, SKOS, "prefLabel").unwrap_or(id).to_owned();
    let mut names = vec![label.clone()];
    names.extend(all(properties, SKOS, "altLabel").map(str::to_owned));
    Some(KnownActor {
        id: id.to_owned(),
        label,
        kind,
        bloc: first(properties, NS, "speaksFor").and_then(local).map(str::to_owned),
        names,
        demonyms: all(properties, NS, "demonym").map(str::to_owned).collect(),
        metonyms: all(properties, NS, "metonym").map(str::to_owned).collect(),
    })
}
