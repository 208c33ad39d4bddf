//! One article and its claims as quads: everything that is known from the article, in the article's own named graph.
//!
//! Start at [`article_quads`]. What is common to many articles (names of actors and issues, derived edges) is made in [`super::catalogue`]
//! and [`super::derive`] from these quads, so that the graph is a function of the set of articles alone.

use std::collections::BTreeMap;

use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use serde::{Deserialize, Serialize};

use super::vocab::{self, dm, other};
use super::{dates, iri};
use crate::actors::ActorKind;
use crate::claims::{ActorRef, Claim, Correction, DocumentRef, Quote};
use crate::corpus::Document;
use crate::corrections::{Corrected, Corrections, Dropped};
use crate::diag::{Error, Result};
use crate::span::CodePoints;

/// Code points before and after a span that its quote selector tells.
const CONTEXT: usize = 32;

/// What made the claims: enough to make them again. No clock: the same run on another day is the same run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Version of the program.
    pub version: String,
    /// Hash of the model files, in hexadecimal; `None` where no model was used.
    pub model: Option<String>,
    /// Hash of the lexicon, the rules and the ontology, in hexadecimal.
    pub rules: Option<String>,
}

impl Default for Run {
    /// This program, with neither model nor rules told.
    fn default() -> Self {
        Self { version: env!("CARGO_PKG_VERSION").to_owned(), model: None, rules: None }
    }
}

/// All quads of an article's graph. Their order is not defined; the same input gives the same set.
///
/// # Errors
///
/// A claim of another document, two claims with one id, or a span whose words are not the text's: the message names claim and span.
pub fn article_quads(document: &Document, claims: &[Claim], run: &Run) -> Result<Vec<Quad>> {
    let corrected = Corrected { claims: claims.to_vec(), dropped: Vec::new() };
    corrected_quads(&[reference(document)], &document.text, &corrected, run)
}

/// What claims say of their document.
pub(super) fn reference(document: &Document) -> DocumentRef {
    let metadata = document.metadata.clone();
    DocumentRef {
        id: document.id.clone(),
        path: document.path.clone(),
        sha256: document.sha256.clone(),
        title: metadata.title,
        url: metadata.url,
        published: metadata.published,
        publisher: metadata.publisher,
        language: metadata.language,
    }
}

/// As [`article_quads`], with all publications of the text, the first of which gives the article its facts, and with what was changed about the claims.
pub(super) fn corrected_quads(
    publications: &[DocumentRef],
    text: &str,
    corrected: &Corrected,
    run: &Run,
) -> Result<Vec<Quad>> {
    let Some(document) = publications.first() else { return Ok(Vec::new()) };
    let mut writer = Writer::new(document, text);
    writer.article(document, run);
    for publication in publications {
        writer.publication(publication);
    }
    let mut seen = std::collections::BTreeSet::new();
    for claim in &corrected.claims {
        if claim.document.id != document.id {
            let why = format!("it belongs to document `{}`, not to `{}`", claim.document.id, document.id);
            return Err(Error::invalid("claim", &claim.id, why));
        }
        if !seen.insert(claim.id.as_str()) {
            return Err(Error::invalid("claim", &claim.id, "two claims of one document have this id"));
        }
        writer.claim(claim)?;
        for (n, correction) in claim.corrections.iter().enumerate() {
            let node = writer.correction(&claim.id, n + 1, correction);
            writer.put(&iri::claim(&claim.id), dm::CORRECTED_BY, node);
        }
    }
    for Dropped { claim, correction } in &corrected.dropped {
        let node = writer.correction(&claim.id, 1, correction);
        writer.put_text(&node, dm::DROPPED_CLAIM, Some(&claim.id));
    }
    writer.namings();
    Ok(writer.quads)
}

/// The graph of the decisions: what was decided, by whom, when and why.
pub(super) fn decision_quads(corrections: &Corrections) -> Vec<Quad> {
    let graph = GraphName::from(iri::decisions_graph());
    let mut quads = Vec::new();
    let mut put = |s: &NamedNode, p: NamedNodeRef<'_>, o: Term| {
        quads.push(Quad::new(s.clone(), p.into_owned(), o, graph.clone()));
    };
    let words = |text: &str| Term::from(Literal::new_simple_literal(text));
    for decision in corrections.decisions() {
        let node = iri::decision(&decision.id);
        put(&node, other::TYPE, dm::DECISION.into_owned().into());
        put(&node, other::IDENTIFIER, words(&decision.id));
        put(&node, other::LABEL, words(&decision.summary()));
        if let Some(reason) = &decision.reason {
            put(&node, dm::REASON, words(reason));
        }
        if let Some(author) = &decision.author {
            let agent = iri::author(author);
            put(&agent, other::TYPE, other::AGENT.into_owned().into());
            put(&agent, other::LABEL, words(author));
            put(&node, other::WAS_ATTRIBUTED_TO, agent.into());
        }
        if let Some(date) = &decision.date {
            put(&node, other::DATE, dates::literal(date).into());
        }
    }
    quads
}

/// Names that an article gives to one actor or issue.
#[derive(Default)]
struct Names {
    /// Uses of each (label, kind, bloc).
    forms: BTreeMap<(String, Option<ActorKind>, Option<String>), usize>,
}

struct Writer<'a> {
    text: &'a str,
    points: CodePoints,
    id: &'a str,
    graph: GraphName,
    published: Option<&'a str>,
    /// Names by sort (`actor`, `issue`) and id.
    names: BTreeMap<(&'static str, String), Names>,
    spans: std::collections::BTreeSet<(usize, usize)>,
    quads: Vec<Quad>,
}

impl<'a> Writer<'a> {
    fn new(document: &'a DocumentRef, text: &'a str) -> Self {
        Self {
            text,
            points: CodePoints::new(text),
            id: &document.id,
            graph: iri::article_graph(&document.id).into(),
            published: document.published.as_deref(),
            names: BTreeMap::new(),
            spans: std::collections::BTreeSet::new(),
            quads: Vec::new(),
        }
    }

    fn put(&mut self, s: &NamedNode, p: NamedNodeRef<'_>, o: impl Into<Term>) {
        let subject = NamedOrBlankNode::from(s.clone());
        self.quads.push(Quad::new(subject, p.into_owned(), o.into(), self.graph.clone()));
    }

    fn put_text(&mut self, s: &NamedNode, p: NamedNodeRef<'_>, value: Option<&str>) {
        if let Some(value) = value {
            self.put(s, p, Literal::new_simple_literal(value));
        }
    }

    fn put_flag(&mut self, s: &NamedNode, p: NamedNodeRef<'_>, value: bool) {
        self.put(s, p, Literal::from(value));
    }

    fn article(&mut self, document: &DocumentRef, run: &Run) {
        let article = iri::article(self.id);
        self.put(&article, other::TYPE, dm::ARTICLE.into_owned());
        self.put(&article, other::TYPE, other::S_NEWS_ARTICLE.into_owned());
        self.put_text(&article, other::IDENTIFIER, Some(&document.id));
        self.put_text(&article, other::LANGUAGE, document.language.as_deref());
        self.facts(&article, document);

        let text = iri::text(self.id);
        self.put(&text, other::TYPE, dm::TEXT.into_owned());
        self.put(&text, other::WAS_DERIVED_FROM, article);
        self.put_text(&text, dm::TEXT_OF, Some(self.text));
        self.put_text(&text, dm::SHA256, Some(&document.sha256));
        self.put(&text, dm::LENGTH, integer(self.points.count()));

        let activity = iri::run(self.id);
        self.put(&activity, other::TYPE, dm::EXTRACTION_RUN.into_owned());
        self.put(&activity, other::TYPE, other::ACTIVITY.into_owned());
        self.put(&activity, other::USED, text);
        self.put(&activity, other::WAS_ASSOCIATED_WITH, iri::tool(&run.version));
        self.put_text(&activity, other::S_SOFTWARE_VERSION, Some(&run.version));
        self.put_text(&activity, dm::MODEL_HASH, run.model.as_deref());
        self.put_text(&activity, dm::RULES_HASH, run.rules.as_deref());
    }

    /// The text as one outlet published it.
    fn publication(&mut self, document: &DocumentRef) {
        let place = [&document.publisher, &document.url].map(|part| part.as_deref().unwrap_or_default());
        let node = iri::publication(self.id, place[0], place[1]);
        self.put(&iri::article(self.id), dm::PUBLICATION_OF, node.clone());
        self.put(&node, other::TYPE, dm::PUBLICATION.into_owned());
        self.facts(&node, document);
    }

    /// Who published it, when, where, under which headline, and where it was read.
    fn facts(&mut self, node: &NamedNode, document: &DocumentRef) {
        self.put_text(node, other::TITLE, document.title.as_deref());
        self.put_text(node, other::PUBLISHER, document.publisher.as_deref());
        self.put_text(node, dm::PATH, document.path.as_deref());
        if let Some(published) = &document.published {
            self.put(node, other::ISSUED, dates::literal(published));
        }
        if let Some(address) = &document.url {
            match iri::outside(address) {
                Some(page) => self.put(node, other::REFERENCES, page),
                None => self.put_text(node, other::REFERENCES, Some(address)),
            }
        }
    }

    fn claim(&mut self, claim: &Claim) -> Result<()> {
        let node = iri::claim(&claim.id);
        let reported = !claim.via.is_empty();
        let conditional = claim.condition.is_some();
        self.put(&node, other::TYPE, dm::CLAIM.into_owned());
        self.put(&node, dm::ARTICLE_OF, iri::article(self.id));
        self.put(&node, other::WAS_GENERATED_BY, iri::run(self.id));
        self.put(&node, dm::ACT, vocab::act(claim.act));
        self.put(&node, dm::STANCE, vocab::stance(claim.stance).into_owned());
        self.put(&node, dm::QUOTATION, vocab::quotation(claim.quotation).into_owned());
        self.put_flag(&node, dm::NEGATED, claim.negated);
        self.put_flag(&node, dm::HEDGED, claim.hedged);
        self.put_flag(&node, dm::REPORTED, reported);
        self.put_flag(&node, dm::CONDITIONAL, conditional);
        self.put_flag(&node, dm::PLAIN, !(claim.negated || claim.hedged || reported || conditional));
        self.put(&node, dm::CONFIDENCE, decimal(claim.confidence));
        self.put_text(&node, dm::RULE, Some(&claim.rule));
        if let Some(date) = &claim.date {
            self.put(&node, dm::SAID_ON, dates::literal(date));
        }
        let day = claim.date.as_deref().and_then(dates::day).or_else(|| self.published.and_then(dates::day));
        if let Some(day) = day {
            self.put(&node, dm::DATE, dates::literal(day));
        }

        for (actors, who, whence) in
            [(&claim.source, dm::SOURCE, dm::SOURCE_SPAN), (&claim.addressee, dm::ADDRESSEE, dm::ADDRESSEE_SPAN)]
        {
            for actor in actors {
                self.actor(&node, who, whence, actor, &claim.id)?;
            }
        }
        for (n, reporter) in claim.via.iter().enumerate() {
            let report = iri::report(&claim.id, n + 1);
            self.put(&node, dm::VIA, report.clone());
            self.put(&report, other::TYPE, dm::REPORT.into_owned());
            self.put(&report, dm::ORDER, integer(n + 1));
            self.actor(&report, dm::REPORTER, dm::REPORTER_SPAN, reporter, &claim.id)?;
        }
        for issue in &claim.issue {
            self.put(&node, dm::ISSUE_OF, iri::issue(&issue.id));
            self.name("issue", &issue.id, (issue.label.clone(), None, None));
        }

        let content = &claim.content;
        let span = self.span(content.start, content.end, Some(&content.text), &claim.id, "content")?;
        self.put(&node, dm::CONTENT_SPAN, span);
        let mut words = content.text.clone();
        for &[start, end] in &content.more {
            let part = self.span(start, end, None, &claim.id, "content")?;
            self.put(&node, dm::CONTENT_PART, part);
            words.push_str(" … ");
            words.push_str(self.slice(start, end));
        }
        self.put_text(&node, dm::CONTENT_TEXT, Some(&words));
        for (quote, p, what) in [(&claim.cue, dm::CUE_SPAN, "cue"), (&claim.condition, dm::CONDITION_SPAN, "condition")]
        {
            if let Some(quote) = quote {
                let span = self.quote(quote, &claim.id, what)?;
                self.put(&node, p, span);
            }
        }
        Ok(())
    }

    /// What a decision changed about a claim: an activity that follows the extraction.
    fn correction(&mut self, claim: &str, order: usize, correction: &Correction) -> NamedNode {
        let node = iri::correction(claim, order);
        self.put(&node, other::TYPE, dm::CORRECTION.into_owned());
        self.put(&node, other::TYPE, other::ACTIVITY.into_owned());
        self.put(&node, other::USED, iri::decision(&correction.decision));
        self.put(&node, other::WAS_INFORMED_BY, iri::run(self.id));
        self.put_text(&node, dm::CHANGE, Some(&correction.change));
        node
    }

    /// An actor in its part: the actor itself, the words that name it, and what the article calls it.
    fn actor(
        &mut self,
        node: &NamedNode,
        who: NamedNodeRef<'_>,
        whence: NamedNodeRef<'_>,
        actor: &ActorRef,
        claim: &str,
    ) -> Result<()> {
        let iri = iri::actor(&actor.id);
        self.put(node, who, iri.clone());
        self.name("actor", &actor.id, (actor.label.clone(), Some(actor.kind), actor.bloc.clone()));
        if let Some(mention) = &actor.mention {
            let span = self.quote(mention, claim, "mention")?;
            self.put(node, whence, span.clone());
            self.put(&span, dm::MENTION_OF, iri);
        }
        Ok(())
    }

    fn name(&mut self, sort: &'static str, id: &str, form: (String, Option<ActorKind>, Option<String>)) {
        *self.names.entry((sort, id.to_owned())).or_default().forms.entry(form).or_default() += 1;
    }

    /// The form that the article uses most stands for the article; of equals, the first in order.
    fn namings(&mut self) {
        for ((sort, id), names) in std::mem::take(&mut self.names) {
            let uses = names.forms.values().sum::<usize>();
            let Some(((label, kind, bloc), _)) = names.forms.into_iter().rev().max_by_key(|(_, count)| *count) else {
                continue;
            };
            let node = iri::naming(self.id, sort, &id);
            let named = if sort == "actor" { iri::actor(&id) } else { iri::issue(&id) };
            self.put(&node, dm::NAMED, named);
            self.put_text(&node, dm::NAME_LABEL, Some(&label));
            if let Some(kind) = kind {
                self.put(&node, dm::NAME_KIND, vocab::kind(kind).into_owned());
            }
            self.put_text(&node, dm::NAME_BLOC, bloc.as_deref());
            if uses > 1 {
                self.put(&node, dm::NAME_USES, integer(uses));
            }
        }
    }

    fn quote(&mut self, quote: &Quote, claim: &str, what: &str) -> Result<NamedNode> {
        self.span(quote.start, quote.end, Some(&quote.text), claim, what)
    }

    /// The node of a span with both selectors, checked against the text.
    fn span(&mut self, start: usize, end: usize, words: Option<&str>, claim: &str, what: &str) -> Result<NamedNode> {
        if start >= end || end > self.points.count() {
            let why = format!("{what} {start}-{end} does not fit the text of {} code points", self.points.count());
            return Err(Error::invalid("claim", claim, why));
        }
        let exact = self.slice(start, end);
        if let Some(words) = words
            && words != exact
        {
            return Err(Error::invalid(
                "claim",
                claim,
                format!("{what} {start}-{end} is `{exact}` in the text, but `{words}` in the claim"),
            ));
        }
        let node = iri::span(self.id, start, end);
        if self.spans.insert((start, end)) {
            let before = self.slice(start.saturating_sub(CONTEXT), start);
            let after = self.slice(end, end + CONTEXT);
            let position = iri::position_selector(self.id, start, end);
            let quote = iri::quote_selector(self.id, start, end);
            self.put(&node, other::TYPE, other::SPECIFIC_RESOURCE.into_owned());
            self.put(&node, other::HAS_SOURCE, iri::text(self.id));
            self.put(&node, other::HAS_SELECTOR, position.clone());
            self.put(&node, other::HAS_SELECTOR, quote.clone());
            self.put(&position, other::TYPE, other::TEXT_POSITION_SELECTOR.into_owned());
            self.put(&position, other::START, integer(start));
            self.put(&position, other::END, integer(end));
            self.put(&quote, other::TYPE, other::TEXT_QUOTE_SELECTOR.into_owned());
            self.put_text(&quote, other::EXACT, Some(exact));
            self.put_text(&quote, other::PREFIX, Some(before));
            self.put_text(&quote, other::SUFFIX, Some(after));
        }
        Ok(node)
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        let text = self.text;
        &text[self.points.to_byte(text, start)..self.points.to_byte(text, end)]
    }
}

/// A count or an offset. Plain `xsd:integer`, which every engine computes with.
pub(super) fn integer(value: usize) -> Literal {
    Literal::from(i64::try_from(value).unwrap_or(i64::MAX))
}

/// A number between 0 and 1 with four decimals at most, in canonical form.
fn decimal(value: f64) -> Literal {
    let value = if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.0 };
    let digits = format!("{value:.4}");
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    Literal::new_typed_literal(digits, oxigraph::model::vocab::xsd::DECIMAL)
}
