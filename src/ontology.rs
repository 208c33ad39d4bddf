//! What terms mean: actors with their names and dated offices, issues with their words. Read from the Turtle files of `ontology/`,
//! which a user extends with further files. Start at [`Ontology::embedded`].

use std::collections::BTreeMap;

use oxrdf::{NamedOrBlankNode, Term};
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
    /// A newspaper, broadcaster or agency: a place to speak, seldom an actor.
    pub outlet: bool,
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

impl Tenure {
    /// Whether the office was held on a day (ISO 8601).
    pub fn covers(&self, day: &str) -> bool {
        self.since.as_str() <= day && self.until.as_deref().is_none_or(|until| day <= until)
    }
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

/// The properties that the loader understands; all others are for other readers of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Property {
    Type,
    Label,
    AltLabel,
    Broader,
    Demonym,
    Metonym,
    SpeaksFor,
    Title,
    Term,
    Office,
    Since,
    Until,
    PostIn,
    Member,
}

impl Property {
    fn of(iri: &str) -> Option<Self> {
        if let Some(name) = iri.strip_prefix(NS) {
            return Some(match name {
                "demonym" => Self::Demonym,
                "metonym" => Self::Metonym,
                "speaksFor" => Self::SpeaksFor,
                "title" => Self::Title,
                "term" => Self::Term,
                "office" => Self::Office,
                "since" => Self::Since,
                "until" => Self::Until,
                _ => return None,
            });
        }
        if let Some(name) = iri.strip_prefix(SKOS) {
            return Some(match name {
                "prefLabel" => Self::Label,
                "altLabel" => Self::AltLabel,
                "broader" => Self::Broader,
                _ => return None,
            });
        }
        Some(match iri.strip_prefix(ORG) {
            Some("postIn") => Self::PostIn,
            Some("member") => Self::Member,
            None if iri == RDF_TYPE => Self::Type,
            _ => return None,
        })
    }
}

/// What the files say of one subject, in the order of the files. Subjects are named by the part of their IRI after [`ID`].
type Properties = Vec<(Property, String)>;

impl Ontology {
    /// The ontology that comes with the program.
    ///
    /// # Errors
    /// When an embedded file is broken, which a test rules out.
    pub fn embedded() -> Result<Self> {
        Self::with(&[])
    }

    /// Names and texts of the embedded files.
    pub fn embedded_files() -> &'static [(&'static str, &'static str)] {
        &EMBEDDED
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
            } else if is_a(properties, SKOS, "Concept")
                && let Some(id) = iri.strip_prefix("issue/")
            {
                let label = first(properties, Property::Label).unwrap_or(id).to_owned();
                let mut terms = vec![label.to_lowercase()];
                terms.extend(all(properties, Property::AltLabel).map(str::to_lowercase));
                terms.extend(all(properties, Property::Term).map(str::to_lowercase));
                let broader = first(properties, Property::Broader).map(local).map(str::to_owned);
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
            if is_a(properties, ORG, "Post") {
                let of = self.index_of(local(first(properties, Property::PostIn).unwrap_or_default()), iri)?;
                let titles = all(properties, Property::Title).map(str::to_lowercase).collect();
                office_at.insert(iri, self.offices.len());
                self.offices.push(Office { titles, of, tenures: Vec::new() });
            }
        }
        for (iri, properties) in subjects {
            if !is_a(properties, ORG, "Membership") {
                continue;
            }
            let holder = self.index_of(local(first(properties, Property::Member).unwrap_or_default()), iri)?;
            let office = first(properties, Property::Office).unwrap_or_default();
            let Some(&at) = office_at.get(office) else {
                return Err(Error::invalid(
                    "ontology",
                    iri,
                    format!("names the office `{office}`, which is not defined"),
                ));
            };
            let since = first(properties, Property::Since).unwrap_or_default().to_owned();
            let until = first(properties, Property::Until).map(str::to_owned);
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
            Some(day) => tenures.filter(|t| t.covers(day)).max_by(|a, b| a.since.cmp(&b.since)),
            None => tenures.max_by(|a, b| a.since.cmp(&b.since)),
        }
        .map(|t| t.holder)
    }

    /// Label of the country or organisation that an actor spoke for on a day (ISO 8601): that of an office held then, where it differs from
    /// [`KnownActor::bloc`], which is the one that the actor is best known for. Mark Rutte spoke for the Netherlands until 2024, for NATO since.
    pub fn bloc_on(&self, actor: usize, day: &str) -> Option<&str> {
        let usual = self.actors.get(actor)?.bloc.as_deref();
        let held = self.offices.iter().filter_map(|office| {
            let held = |t: &&Tenure| t.holder == actor && t.covers(day);
            let tenure = office.tenures.iter().find(held)?;
            let of = &self.actors[office.of];
            Some((tenure.since.as_str(), of.label.as_str(), of.bloc.as_deref().unwrap_or(&of.label)))
        });
        let held: Vec<_> = held.collect();
        if held.iter().any(|(_, label, bloc)| usual == Some(*bloc) || usual == Some(*label)) {
            return usual;
        }
        held.into_iter().max().map(|(_, _, bloc)| bloc).or(usual)
    }

    /// Label of the country or organisation that an actor spoke for in an office with one of these titles; `None` where he held none, or several of
    /// different sides. For articles without a date.
    pub fn bloc_as(&self, actor: usize, titles: &[String]) -> Option<&str> {
        let held = |office: &&Office| {
            office.titles.iter().any(|t| titles.contains(t)) && office.tenures.iter().any(|t| t.holder == actor)
        };
        let mut sides = self.offices.iter().filter(held).map(|office| {
            let of = &self.actors[office.of];
            of.bloc.as_deref().unwrap_or(&of.label)
        });
        let side = sides.next()?;
        sides.all(|other| other == side).then_some(side)
    }
}

/// Adds the triples of one file. Files list all that they say of a subject in one place, so the subject at hand is kept out of the map
/// until the next one begins.
fn read(name: &str, text: &str, subjects: &mut BTreeMap<String, Properties>) -> Result<()> {
    let mut at_hand: Option<(String, Properties)> = None;
    for triple in TurtleParser::new().for_slice(text) {
        let triple = triple.map_err(|e| Error::invalid("ontology", name, e.to_string()))?;
        let (NamedOrBlankNode::NamedNode(subject), Some(property)) =
            (&triple.subject, Property::of(triple.predicate.as_str()))
        else {
            continue;
        };
        let object = match triple.object {
            Term::NamedNode(node) => short(node.as_str()).to_owned(),
            Term::Literal(literal) => literal.destruct().0,
            Term::BlankNode(_) => continue,
        };
        let subject = short(subject.as_str());
        if at_hand.as_ref().is_none_or(|(name, _)| name != subject) {
            let properties = subjects.remove(subject).unwrap_or_default();
            if let Some((name, properties)) = at_hand.replace((subject.to_owned(), properties)) {
                subjects.insert(name, properties);
            }
        }
        if let Some((_, properties)) = &mut at_hand
            && !properties.iter().any(|(p, o)| *p == property && *o == object)
        {
            properties.push((property, object));
        }
    }
    subjects.extend(at_hand);
    Ok(())
}

/// An IRI without the namespace of what is minted: `actor/russia`.
fn short(iri: &str) -> &str {
    iri.strip_prefix(ID).unwrap_or(iri)
}

/// The stable name in a shortened IRI: `russia` of `actor/russia`.
fn local(iri: &str) -> &str {
    iri.split_once('/').map_or(iri, |(_, id)| id)
}

fn first(properties: &Properties, property: Property) -> Option<&str> {
    all(properties, property).next()
}

fn all(properties: &Properties, property: Property) -> impl Iterator<Item = &str> {
    properties.iter().filter(move |(p, _)| *p == property).map(|(_, value)| value.as_str())
}

fn is_a(properties: &Properties, namespace: &str, class: &str) -> bool {
    all(properties, Property::Type).any(|t| t.strip_prefix(namespace) == Some(class))
}

fn actor(iri: &str, properties: &Properties) -> Option<KnownActor> {
    let id = iri.strip_prefix("actor/")?;
    let kinds = [
        ("Country", ActorKind::Country),
        ("Organization", ActorKind::Organization),
        ("Person", ActorKind::Person),
        ("Group", ActorKind::Group),
        ("Role", ActorKind::Role),
    ];
    let kind = kinds.into_iter().find(|(class, _)| is_a(properties, NS, class))?.1;
    let label = first(properties, Property::Label).unwrap_or(id).to_owned();
    let mut names = vec![label.clone()];
    names.extend(all(properties, Property::AltLabel).map(str::to_owned));
    Some(KnownActor {
        id: id.to_owned(),
        label,
        kind,
        outlet: is_a(properties, NS, "Outlet"),
        bloc: first(properties, Property::SpeaksFor).map(|iri| local(iri).to_owned()),
        names,
        demonyms: all(properties, Property::Demonym).map(str::to_owned).collect(),
        metonyms: all(properties, Property::Metonym).map(str::to_owned).collect(),
    })
}
