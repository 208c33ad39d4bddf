//! Every term that the graph is written with. Nothing else in the program spells the IRI of a term; `ontology/demarche.ttl` says what each of ours means.

use oxigraph::model::{NamedNode, NamedNodeRef};

use crate::act::{Act, Stance};
use crate::actors::ActorKind;
use crate::claims::Quotation;

/// Namespace of our classes and properties, prefix `dm:`.
pub const NS: &str = "https://w3id.org/demarche/ns#";
/// Namespace of the acts, prefix `act:`.
pub const ACT_NS: &str = "https://w3id.org/demarche/act#";
/// What all identifiers of things begin with, prefix `id:`.
pub const ID_BASE: &str = "https://w3id.org/demarche/id/";
/// Namespace of nanopublications, prefix `np:`.
pub const NP_NS: &str = "http://www.nanopub.org/nschema#";

/// Prefixes that every query and every export starts with, in order of writing.
pub const PREFIXES: [(&str, &str); 14] = [
    ("dm", NS),
    ("act", ACT_NS),
    ("id", ID_BASE),
    ("actor", "https://w3id.org/demarche/id/actor/"),
    ("issue", "https://w3id.org/demarche/id/issue/"),
    ("claim", "https://w3id.org/demarche/id/claim/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

macro_rules! terms {
    ($list:ident, $what:literal, $base:literal, $($name:ident = $local:literal),+ $(,)?) => {
        $(
            #[doc = concat!("`", $base, $local, "`")]
            pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($base, $local));
        )+
        #[doc = $what]
        pub const $list: &[NamedNodeRef<'static>] = &[$($name),+];
    };
}

/// Our own terms.
pub mod dm {
    use super::NamedNodeRef;

    terms!(
        ALL,
        "All terms of this module; each is defined in `ontology/demarche.ttl`.",
        "https://w3id.org/demarche/ns#",
        // Classes.
        ACTOR = "Actor",
        ARTICLE = "Article",
        CLAIM = "Claim",
        CORRECTION = "Correction",
        COUNTRY = "Country",
        DECISION = "Decision",
        EXTRACTION_RUN = "ExtractionRun",
        GROUP = "Group",
        ISSUE = "Issue",
        NAMING = "Naming",
        ORGANIZATION = "Organization",
        PERSON = "Person",
        POSITION = "Position",
        PUBLICATION = "Publication",
        RELATION = "Relation",
        REPORT = "Report",
        ROLE = "Role",
        TEXT = "Text",
        TOOL = "Tool",
        // A claim and its parts.
        ACT = "act",
        ADDRESSEE = "addressee",
        ADDRESSEE_SPAN = "addresseeSpan",
        ARTICLE_OF = "article",
        CONDITIONAL = "conditional",
        CONDITION_SPAN = "conditionSpan",
        CONFIDENCE = "confidence",
        CONTENT_PART = "contentPart",
        CONTENT_SPAN = "contentSpan",
        CONTENT_TEXT = "contentText",
        COPY_OF = "copyOf",
        CUE_SPAN = "cueSpan",
        DATE = "date",
        HEDGED = "hedged",
        ISSUE_OF = "issue",
        NEGATED = "negated",
        PLAIN = "plain",
        QUOTATION = "quotation",
        REPORTED = "reported",
        RULE = "rule",
        SAID_ON = "saidOn",
        SOURCE = "source",
        SOURCE_SPAN = "sourceSpan",
        STANCE = "stance",
        VIA = "via",
        // A reporter between source and article.
        ORDER = "order",
        REPORTER = "reporter",
        REPORTER_SPAN = "reporterSpan",
        // Spans, texts, articles, runs.
        LENGTH = "length",
        MENTION_OF = "mentionOf",
        MODEL_HASH = "modelHash",
        PATH = "path",
        PUBLICATION_OF = "publication",
        RULES_HASH = "rulesHash",
        SHA256 = "sha256",
        TEXT_OF = "text",
        // What an article calls an actor or an issue.
        NAMED = "named",
        NAME_BLOC = "nameBloc",
        NAME_KIND = "nameKind",
        NAME_LABEL = "nameLabel",
        NAME_USES = "nameUses",
        // What a person decided about it.
        CHANGE = "change",
        CORRECTED_BY = "correctedBy",
        DROPPED_CLAIM = "droppedClaim",
        REASON = "reason",
        // Actors.
        BLOC = "bloc",
        SPEAKS_FOR = "speaksFor",
        // Values.
        AGAINST = "against",
        DIRECT = "direct",
        FAVOUR = "favour",
        INDIRECT = "indirect",
        MIXED = "mixed",
        NEUTRAL = "neutral",
        // Made by rules: relations and positions.
        ACCEPTS_FROM = "acceptsFrom",
        ACCUSES = "accuses",
        ACKNOWLEDGES_TO = "acknowledgesTo",
        ASKS = "asks",
        ASSERTS_TO = "assertsTo",
        CLAIMS_AGAINST = "claimsAgainst",
        CLAIMS_ALL = "claims",
        CLAIMS_CONDITIONAL = "claimsConditional",
        CLAIMS_FAVOUR = "claimsFavour",
        CLAIMS_HEDGED = "claimsHedged",
        CLAIMS_NEGATED = "claimsNegated",
        CLAIMS_NEUTRAL = "claimsNeutral",
        CLAIMS_PLAIN = "claimsPlain",
        CLAIMS_REPORTED = "claimsReported",
        CRITICISES = "criticises",
        DEMANDS_FROM = "demandsFrom",
        DENIES_TO = "deniesTo",
        DIRECT_EDGE = "directEdge",
        EXAMPLE = "example",
        FIRST_DATE = "firstDate",
        FROM = "from",
        HOLDER = "holder",
        LAST_DATE = "lastDate",
        OFFERS_TO = "offersTo",
        ON = "on",
        PROPOSES_TO = "proposesTo",
        REJECTS = "rejects",
        RELATION_ACT = "relationAct",
        SUPPORTS = "supports",
        THREATENS = "threatens",
        TO = "to",
    );
}

/// Terms of others.
pub mod other {
    use super::NamedNodeRef;

    terms!(RDF, "Used of RDF.", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", TYPE = "type",);
    terms!(RDFS, "Used of RDFS.", "http://www.w3.org/2000/01/rdf-schema#", LABEL = "label");
    terms!(
        OA,
        "Used of Web Annotation.",
        "http://www.w3.org/ns/oa#",
        SPECIFIC_RESOURCE = "SpecificResource",
        TEXT_POSITION_SELECTOR = "TextPositionSelector",
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector",
        HAS_SOURCE = "hasSource",
        HAS_SELECTOR = "hasSelector",
        START = "start",
        END = "end",
        EXACT = "exact",
        PREFIX = "prefix",
        SUFFIX = "suffix",
    );
    terms!(
        PROV,
        "Used of PROV-O.",
        "http://www.w3.org/ns/prov#",
        ACTIVITY = "Activity",
        AGENT = "Agent",
        SOFTWARE_AGENT = "SoftwareAgent",
        USED = "used",
        WAS_ASSOCIATED_WITH = "wasAssociatedWith",
        WAS_ATTRIBUTED_TO = "wasAttributedTo",
        WAS_DERIVED_FROM = "wasDerivedFrom",
        WAS_GENERATED_BY = "wasGeneratedBy",
        WAS_INFORMED_BY = "wasInformedBy",
    );
    terms!(
        DCTERMS,
        "Used of Dublin Core.",
        "http://purl.org/dc/terms/",
        DATE = "date",
        IDENTIFIER = "identifier",
        ISSUED = "issued",
        LANGUAGE = "language",
        PUBLISHER = "publisher",
        REFERENCES = "source",
        TITLE = "title",
    );
    terms!(
        SCHEMA,
        "Used of schema.org.",
        "https://schema.org/",
        S_COUNTRY = "Country",
        S_NEWS_ARTICLE = "NewsArticle",
        S_ORGANIZATION = "Organization",
        S_PERSON = "Person",
        S_SOFTWARE_VERSION = "softwareVersion",
    );
    terms!(
        SKOS,
        "Used of SKOS.",
        "http://www.w3.org/2004/02/skos/core#",
        CONCEPT = "Concept",
        PREF_LABEL = "prefLabel",
    );
    terms!(ORG, "Used of ORG.", "http://www.w3.org/ns/org#", O_ORGANIZATION = "Organization");
    terms!(FOAF, "Used of FOAF.", "http://xmlns.com/foaf/0.1/", F_GROUP = "Group");

    /// All terms of others that the graph is written with.
    pub const ALL: &[&[NamedNodeRef<'static>]] = &[RDF, RDFS, OA, PROV, DCTERMS, SCHEMA, SKOS, ORG, FOAF];
}

/// Terms that only exports in a profile use, see [`super::Profile`].
pub mod np {
    use super::NamedNodeRef;

    terms!(
        NP,
        "Used of nanopublications.",
        "http://www.nanopub.org/nschema#",
        NANOPUBLICATION = "Nanopublication",
        HAS_ASSERTION = "hasAssertion",
        HAS_PROVENANCE = "hasProvenance",
        HAS_PUBLICATION_INFO = "hasPublicationInfo",
    );
    terms!(RDF12, "Used of RDF 1.2.", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", REIFIES = "reifies");
}

/// IRI of an act.
///
/// ```
/// use demarche::{act::Act, graph::vocab};
/// assert_eq!(vocab::act(Act::Demand).as_str(), "https://w3id.org/demarche/act#demand");
/// ```
pub fn act(act: Act) -> NamedNode {
    NamedNode::new_unchecked(format!("{ACT_NS}{}", act.as_str()))
}

/// The act of that IRI, if it is one.
pub fn act_of(iri: NamedNodeRef<'_>) -> Option<Act> {
    Act::from_name(iri.as_str().strip_prefix(ACT_NS)?)
}

/// The direct edge that plain claims of that act give: `dm:demandsFrom`, `dm:rejects` …
pub fn direct_edge(act: Act) -> NamedNodeRef<'static> {
    match act {
        Act::Demand => dm::DEMANDS_FROM,
        Act::Request => dm::ASKS,
        Act::Propose => dm::PROPOSES_TO,
        Act::Commit => dm::OFFERS_TO,
        Act::Accept => dm::ACCEPTS_FROM,
        Act::Reject => dm::REJECTS,
        Act::Support => dm::SUPPORTS,
        Act::Criticise => dm::CRITICISES,
        Act::Accuse => dm::ACCUSES,
        Act::Threaten => dm::THREATENS,
        Act::Deny => dm::DENIES_TO,
        Act::Acknowledge => dm::ACKNOWLEDGES_TO,
        Act::Assert => dm::ASSERTS_TO,
    }
}

/// IRI of a stance.
pub fn stance(stance: Stance) -> NamedNodeRef<'static> {
    match stance {
        Stance::Favour => dm::FAVOUR,
        Stance::Against => dm::AGAINST,
        Stance::Neutral => dm::NEUTRAL,
    }
}

/// IRI of a manner of quoting.
pub fn quotation(quotation: Quotation) -> NamedNodeRef<'static> {
    match quotation {
        Quotation::Direct => dm::DIRECT,
        Quotation::Indirect => dm::INDIRECT,
        Quotation::Mixed => dm::MIXED,
    }
}

/// Class of a kind of actor.
pub fn kind(kind: ActorKind) -> NamedNodeRef<'static> {
    match kind {
        ActorKind::Person => dm::PERSON,
        ActorKind::Country => dm::COUNTRY,
        ActorKind::Organization => dm::ORGANIZATION,
        ActorKind::Group => dm::GROUP,
        ActorKind::Role => dm::ROLE,
    }
}

/// What tools that know only established vocabularies should see an actor of that class as.
pub fn established(class: NamedNodeRef<'_>) -> &'static [NamedNodeRef<'static>] {
    match class {
        c if c == dm::PERSON => &[other::S_PERSON],
        c if c == dm::COUNTRY => &[other::S_COUNTRY],
        c if c == dm::ORGANIZATION => &[other::S_ORGANIZATION, other::O_ORGANIZATION],
        c if c == dm::GROUP => &[other::F_GROUP],
        _ => &[],
    }
}
