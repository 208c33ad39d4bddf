//! Names that a user gives for actors, issues and outlets.

use super::build::nodes;
use super::model::NodeKind;
use super::options::{Level, Options};
use super::statement::Statement;
use crate::diag::{Error, Result};
use crate::query::unknown_name as unknown;

/// Whether one of the names means the node: by its id, with or without its sort before it (`actor:russia`), or by its label, in any case of letters.
pub(super) fn named(list: &[String], kind: NodeKind, id: &str, label: &str) -> bool {
    list.iter().any(|name| means(name, kind.sort(), id, label))
}

fn means(name: &str, sort: &str, id: &str, label: &str) -> bool {
    bare(name, sort).eq_ignore_ascii_case(bare(id, sort)) || name.to_lowercase() == label.to_lowercase()
}

/// A name without its sort.
fn bare<'a>(name: &'a str, sort: &str) -> &'a str {
    name.strip_prefix(sort).and_then(|rest| rest.strip_prefix(':')).unwrap_or(name)
}

/// Checks that the statements know each name that the options keep or leave out: a network of nobody is seldom what was meant.
///
/// # Errors
///
/// A name that no actor or issue (of those left out: or outlet) has; an actor that the level draws as its bloc.
pub fn check_names(statements: &[Statement], options: &Options) -> Result<()> {
    if options.include.is_empty() && options.exclude.is_empty() && options.issues.is_empty() {
        return Ok(());
    }
    let nodes = nodes(statements, options.level);
    let knows = |name: &str, sorts: &[&str]| {
        nodes.iter().any(|node| {
            let sort = node.kind.sort();
            sorts.contains(&sort) && means(name, sort, &node.id, &node.label)
        })
    };
    for name in &options.issues {
        if !knows(name, &["issue"]) {
            return Err(unknown("issue", name, statements.iter().flat_map(|s| &s.issue).map(|i| i.label.as_str())));
        }
    }
    for (list, sorts) in [(&options.include, &["actor"][..]), (&options.exclude, &["actor", "issue", "outlet"][..])] {
        for name in list {
            if !knows(name, sorts) {
                return Err(no_node(statements, options.level, name));
            }
        }
    }
    Ok(())
}

/// Why a name means no node.
fn no_node(statements: &[Statement], level: Level, name: &str) -> Error {
    if name.starts_with("issue:") {
        return unknown("issue", name, []);
    }
    let actors = || statements.iter().flat_map(|s| s.source.iter().chain(&s.addressee).chain(&s.via));
    let bloc =
        actors().find(|actor| means(name, "actor", &actor.id, &actor.label)).and_then(|actor| actor.bloc.as_ref());
    match bloc {
        Some(bloc) if level == Level::Bloc => {
            Error::invalid("actor", name, format!("at the level of blocs it is drawn as `{bloc}`; give that name"))
        }
        _ => unknown("actor", name, actors().map(|actor| actor.label.as_str())),
    }
}
