//! Claims as JSON Lines and as CSV.

use std::path::PathBuf;

use super::csv;
use crate::claims::{ActorRef, Claim, Quote};
use crate::diag::Result;
use crate::graph::Store;

/// All claims of a store, corrected: in the order of the paths that their articles were read from, or else of their addresses, and in the order of
/// the text within each.
///
/// # Errors
///
/// As [`Store::claims`].
pub fn of_store(store: &Store) -> Result<Vec<Claim>> {
    // The path of a publication comes before its address. Paths are compared name by name, as folders are read.
    let place = |places: Vec<String>| places.into_iter().next().map(PathBuf::from);
    let mut articles: Vec<(Option<PathBuf>, String)> =
        store.places()?.into_iter().map(|(id, all)| (all.into_iter().filter_map(place).min(), id)).collect();
    articles.sort();
    let mut claims = Vec::new();
    for (_, id) in articles {
        claims.append(&mut store.corrected(&id)?.claims);
    }
    Ok(claims)
}

/// One claim record a line, the public contract.
///
/// # Errors
///
/// None in practice: a record of strings, numbers and lists can always be written. A confidence that is not a number becomes `null`.
pub fn json_lines(claims: &[Claim]) -> Result<String, serde_json::Error> {
    let mut out = String::new();
    for claim in claims {
        out.push_str(&serde_json::to_string(claim)?);
        out.push('\n');
    }
    Ok(out)
}

/// Columns of [`table`].
const COLUMNS: [&str; 30] = [
    "id",
    "document",
    "title",
    "publisher",
    "published",
    "url",
    "date",
    "source",
    "source_id",
    "source_kind",
    "source_bloc",
    "act",
    "negated",
    "hedged",
    "addressee",
    "addressee_id",
    "cue",
    "content",
    "content_start",
    "content_end",
    "quotation",
    "condition",
    "via",
    "stance",
    "issue",
    "issue_id",
    "confidence",
    "rule",
    "path",
    "sha256",
];

/// One claim a line with a header line, for pandas, R and spreadsheets. Several actors or issues of one claim stand in one cell, joined with "; ".
pub fn table(claims: &[Claim]) -> String {
    let mut out = csv::line(COLUMNS);
    for claim in claims {
        let document = &claim.document;
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let words = |quote: &Option<Quote>| quote.as_ref().map(|q| q.text.clone()).unwrap_or_default();
        let list =
            |actors: &[ActorRef], of: fn(&ActorRef) -> String| actors.iter().map(of).collect::<Vec<_>>().join("; ");
        let label = |actor: &ActorRef| actor.label.clone();
        let id = |actor: &ActorRef| actor.id.clone();
        let quotation = match claim.quotation {
            crate::claims::Quotation::Direct => "direct",
            crate::claims::Quotation::Indirect => "indirect",
            crate::claims::Quotation::Mixed => "mixed",
        };
        let issues =
            |of: fn(&crate::claims::IssueRef) -> String| claim.issue.iter().map(of).collect::<Vec<_>>().join("; ");
        out.push_str(&csv::line([
            claim.id.clone(),
            document.id.clone(),
            text(&document.title),
            text(&document.publisher),
            text(&document.published),
            text(&document.url),
            text(&claim.date),
            list(&claim.source, label),
            list(&claim.source, id),
            list(&claim.source, |actor| crate::network::NodeKind::Actor(actor.kind).as_str().to_owned()),
            list(&claim.source, |actor| actor.bloc.clone().unwrap_or_default()),
            claim.act.as_str().to_owned(),
            claim.negated.to_string(),
            claim.hedged.to_string(),
            list(&claim.addressee, label),
            list(&claim.addressee, id),
            words(&claim.cue),
            claim.content.text.clone(),
            claim.content.start.to_string(),
            claim.content.end.to_string(),
            quotation.to_owned(),
            words(&claim.condition),
            list(&claim.via, label),
            claim.stance.as_str().to_owned(),
            issues(|issue| issue.label.clone()),
            issues(|issue| issue.id.clone()),
            claim.confidence.to_string(),
            claim.rule.clone(),
            text(&document.path),
            document.sha256.clone(),
        ]));
    }
    out
}
