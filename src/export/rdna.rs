//! Statements for Discourse Network Analyzer: an R script for rDNA 3.1 or newer, and the same as a CSV table.
//!
//! DNA counts Java string positions, that is UTF-16 code units. Where the article's text is not at hand, each statement comes as a document of its own
//! whose text is the passage, so that positions are right by construction.
//!
//! # References
//!
//! rDNA 3.1: `dna_addDocuments`, `dna_addStatement`, <https://github.com/leifeld-lab/dna>.

use std::fmt::Write as _;

use super::csv::line;
use super::text::{one_line, shorten};
use crate::act::Stance;
use crate::network::{Actor, Network, Statement};

const COLUMNS: [&str; 15] = [
    "document_title",
    "document_author",
    "document_source",
    "document_section",
    "document_type",
    "document_date",
    "text",
    "start_position",
    "stop_position",
    "person",
    "organization",
    "concept",
    "agreement",
    "act",
    "addressee",
];

/// DNA takes short texts of less than 191 characters.
fn short(text: &str) -> String {
    shorten(text, 190)
}

/// A person as DNA sees it, and the body it belongs to.
fn person(actor: &Actor) -> (String, String) {
    match actor.kind {
        crate::actors::ActorKind::Person | crate::actors::ActorKind::Role => {
            (short(&actor.label), short(actor.bloc.as_deref().unwrap_or_default()))
        }
        _ => (String::new(), short(&actor.label)),
    }
}

/// One line for each statement, source and issue. DNA's agreement is true or false, so neutral statements are left out.
fn rows(network: &Network) -> Vec<[String; COLUMNS.len()]> {
    let mut rows = Vec::new();
    for statement in network.statements.iter().filter(|s| s.stance != Stance::Neutral) {
        let text = one_line(&statement.passage);
        let stop = text.encode_utf16().count();
        let addressees: Vec<&str> = statement.addressee.iter().map(|actor| actor.label.as_str()).collect();
        let concepts: Vec<String> = match statement.issue.as_slice() {
            [] => vec![short(&statement.passage)],
            issues => issues.iter().map(|issue| short(&issue.label)).collect(),
        };
        for actor in &statement.source {
            let (person, organization) = person(actor);
            for concept in &concepts {
                rows.push([
                    title(statement),
                    String::new(),
                    short(statement.article.publisher.as_deref().unwrap_or_default()),
                    String::new(),
                    "article".to_owned(),
                    statement.date.clone().unwrap_or_default(),
                    text.clone(),
                    "0".to_owned(),
                    stop.to_string(),
                    person.clone(),
                    organization.clone(),
                    concept.clone(),
                    if statement.stance == Stance::Favour { "1" } else { "0" }.to_owned(),
                    statement.act.as_str().to_owned(),
                    short(&addressees.join("; ")),
                ]);
            }
        }
    }
    rows
}

/// Titles are unique: headline and id of the claim.
fn title(statement: &Statement) -> String {
    let headline = statement.article.title.as_deref().unwrap_or("untitled");
    format!("{} [{}]", shorten(headline, 160), statement.claim)
}

/// The table.
pub(super) fn statements(network: &Network) -> String {
    let mut out = line(COLUMNS);
    for row in rows(network) {
        out.push_str(&line(row));
    }
    out
}

/// An R string.
fn r(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
    format!("\"{escaped}\"")
}

/// The script. It writes to the DNA database that is open in rDNA.
pub(super) fn script(network: &Network) -> String {
    let rows = rows(network);
    let mut out = String::from(concat!(
        "# Made by demarche. Adds documents and statements to the DNA database that is open in rDNA (3.1 or newer):\n",
        "#   library(\"rDNA\"); dna_init(); dna_openDatabase(coderId = 1, coderPassword = \"…\", db_url = \"my.dna\"); source(\"THIS FILE\")\n",
        "# The statement type \"DNA Statement\" with person, organization, concept and agreement comes with every new database and is its number 1\n",
        "# (rDNA 3.1.2 takes the number only, whatever its help says of names).\n",
    ));
    out.push_str("demarche <- data.frame(\n");
    for (at, name) in COLUMNS.iter().enumerate() {
        let number = matches!(*name, "start_position" | "stop_position" | "agreement");
        let cells: Vec<String> =
            rows.iter().map(|row| if number { format!("{}L", row[at]) } else { r(&row[at]) }).collect();
        let empty = if number { "integer(0)" } else { "character(0)" };
        if cells.is_empty() {
            let _ = writeln!(out, "  {name} = {empty},");
        } else {
            let _ = writeln!(out, "  {name} = c({}),", cells.join(", "));
        }
    }
    out.push_str("  stringsAsFactors = FALSE\n)\n\n");
    out.push_str(concat!(
        "documents <- demarche[!duplicated(demarche$document_title), ]\n",
        "days <- as.numeric(as.POSIXct(ifelse(nchar(documents$document_date) == 10, documents$document_date, \"1970-01-01\"), tz = \"UTC\"))\n",
        "if (nrow(documents) > 0) {\n",
        "  ids <- dna_addDocuments(coder_id = 1, title = documents$document_title, text = documents$text,\n",
        "    author = documents$document_author, source = documents$document_source, section = documents$document_section,\n",
        "    type = documents$document_type, notes = rep(\"\", nrow(documents)), date_time = days)\n",
        "  names(ids) <- documents$document_title\n",
        "}\n",
        "for (i in seq_len(nrow(demarche))) {\n",
        "  s <- demarche[i, ]\n",
        "  dna_addStatement(documentID = ids[[s$document_title]], startCaret = s$start_position, endCaret = s$stop_position,\n",
        "    statementType = 1L, coder = 1, person = s$person, organization = s$organization,\n",
        "    concept = s$concept, agreement = s$agreement)\n",
        "}\n",
    ));
    out
}
