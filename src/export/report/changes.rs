//! Who changed sides: an actor for an issue on one day and against it on a later one, or the reverse.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::answers::line;
use crate::act::Stance;
use crate::export::text::xml;
use crate::network::Statement;

/// A change of one actor on one issue.
struct Change<'a> {
    actor: &'a str,
    issue: &'a str,
    before: &'a Statement,
    after: &'a Statement,
}

fn changes(statements: &[Statement]) -> Vec<Change<'_>> {
    let mut last: BTreeMap<(&str, &str), &Statement> = BTreeMap::new();
    let mut changes = Vec::new();
    let plain = |s: &&Statement| !s.hedged && s.via.is_empty() && s.stance != Stance::Neutral && s.date.is_some();
    for statement in statements.iter().filter(plain) {
        for actor in &statement.source {
            for issue in &statement.issue {
                let before = last.insert((&actor.id, &issue.id), statement);
                if let Some(before) = before
                    && before.stance != statement.stance
                    && before.date < statement.date
                {
                    changes.push(Change { actor: &actor.label, issue: &issue.label, before, after: statement });
                }
            }
        }
    }
    changes
}

/// The section as HTML.
pub(super) fn html(statements: &[Statement]) -> String {
    let all = changes(statements);
    if all.is_empty() {
        return "<p>No actor is for an issue on one day and against it on a later one.</p>\n".to_owned();
    }
    let mut out = String::from("<ul class=\"exchanges\">\n");
    for change in all {
        let turn = if change.after.stance == Stance::Favour { "against to for" } else { "for to against" };
        let _ = writeln!(
            out,
            "<li><strong>{}</strong> on {}: from {turn}<ul><li>{}</li><li>{}</li></ul></li>",
            xml(change.actor),
            xml(change.issue),
            line(change.before, true),
            line(change.after, true)
        );
    }
    out.push_str("</ul>\n");
    out
}
