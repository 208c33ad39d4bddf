//! Entries for the file of decisions.

use std::fmt::Write as _;

use super::Known;
use crate::claims::{Claim, DocumentRef};

/// A string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A comment to the end of the line.
fn comment(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("# {line}")
}

/// What an article goes by in a decision: its path, else its address, else its id.
pub(super) fn article(document: &DocumentRef) -> &str {
    document.path.as_deref().or(document.url.as_deref()).unwrap_or(&document.id)
}

/// An actor in a decision: by its id; its name goes beside it.
fn actor(known: &Known) -> String {
    quoted(&format!("actor:{}", known.id))
}

pub(super) fn merge(one: &Known, other: &Known, why: &str) -> String {
    format!(
        "[[merge]]  {}\nactors = [{}]\ninto = {}\nreason = {}\n",
        comment(&format!("{} is {}; if not, write [[distinct]] with both as `actors`", other.label, one.label)),
        actor(other),
        whole(one),
        quoted(why),
    )
}

/// An actor with its name, so that the name stays where only the other is mentioned.
fn whole(known: &Known) -> String {
    let mut out = format!("{{ id = {}, label = {}", quoted(&known.id), quoted(&known.label));
    if let Some(kind) = known.kind {
        let _ = write!(out, ", kind = {}", quoted(kind.as_str()));
    }
    if let Some(bloc) = &known.bloc {
        let _ = write!(out, ", bloc = {}", quoted(bloc));
    }
    out.push_str(" }");
    out
}

pub(super) fn join(one: &Known, other: &Known) -> String {
    format!(
        "[[issue]]  {}\nissue = {}\ninto = {}\nlabel = {}\n",
        comment(&format!("{} is {}", other.label, one.label)),
        quoted(&format!("issue:{}", other.id)),
        quoted(&format!("issue:{}", one.id)),
        quoted(&one.label)
    )
}

pub(super) fn claim(claim: &Claim) -> String {
    let names =
        |list: &[crate::claims::ActorRef]| list.iter().map(|a| a.label.as_str()).collect::<Vec<_>>().join(" and ");
    let to = if claim.addressee.is_empty() { String::new() } else { format!(" → {}", names(&claim.addressee)) };
    let mut out = format!(
        "[[claim]]  {}\nclaim = {}\narticle = {}\nquote = {}\n",
        comment(&format!("{} {}{to}, {:.2}", names(&claim.source), claim.act.as_str(), claim.confidence)),
        quoted(&claim.id),
        quoted(article(&claim.document)),
        quoted(&claim.content.text.split_whitespace().collect::<Vec<_>>().join(" ")),
    );
    if claim.corrections.is_empty()
        && let Some(source) = claim.source.first()
    {
        let _ = writeln!(out, "who = {}", quoted(&format!("actor:{}", source.id)));
    }
    out.push_str("drop = true  # or: right = true; or act = \"…\", source = [\"…\"], addressee = [\"…\"], issue = [\"…\"], stance = \"…\"\n");
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn odd_characters_come_back_from_toml() {
        for odd in ["a \"b\" \\ c", "line\r\nline\ttab", "\u{0}\u{7f}\u{85}é😀", "'''\"\"\""] {
            let table: toml::Table = format!("x = {}", quoted(odd)).parse().unwrap_or_default();
            assert_eq!(table.get("x").and_then(toml::Value::as_str), Some(odd));
        }
    }
}
