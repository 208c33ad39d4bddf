//! The file of decisions: TOML, one table a decision.

use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use toml::Spanned;

use super::{Action, Change, Corrections, Decision, ID_RULE, Place, Topic, Who, id_start};
use crate::act::{Act, Stance};
use crate::actors::{ActorKind, slug};
use crate::diag::{Error, Result};
use crate::ontology::Ontology;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Who decided, where a decision does not say otherwise.
    author: Option<String>,
    /// When, where a decision does not say otherwise.
    date: Option<Spanned<Date>>,
    #[serde(default)]
    claim: Vec<Spanned<ClaimTable>>,
    #[serde(default)]
    split: Vec<Spanned<SplitTable>>,
    #[serde(default)]
    merge: Vec<Spanned<MergeTable>>,
    #[serde(default)]
    distinct: Vec<Spanned<DistinctTable>>,
    #[serde(default)]
    actor: Vec<Spanned<ActorTable>>,
    #[serde(default)]
    issue: Vec<Spanned<IssueTable>>,
}

/// A date with or without quotation marks.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a date is written as 2026-03-01")]
enum Date {
    Date(toml::value::Datetime),
    Words(String),
}

/// An actor by name or id, or with all that is to be known of it.
#[derive(Deserialize)]
#[serde(untagged, expecting = "an actor is a name, an id, or { label = \"…\", kind = \"…\", bloc = \"…\" }")]
enum Named {
    Name(String),
    Whole(WholeActor),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WholeActor {
    id: Option<String>,
    label: String,
    kind: Option<ActorKind>,
    bloc: Option<String>,
}

/// The tables of decisions: each may say who decided, when and why.
macro_rules! tables {
    ($($table:ident { $($field:ident: $kind:ty),+ $(,)? })+) => {
        $(
            #[derive(Deserialize)]
            #[serde(deny_unknown_fields)]
            struct $table {
                $($field: $kind,)+
                reason: Option<String>,
                author: Option<String>,
                date: Option<Spanned<Date>>,
            }

            impl $table {
                fn said(&mut self) -> Said {
                    (self.reason.take(), self.author.take(), self.date.take())
                }
            }
        )+
    };
}

/// Reason, author, date.
type Said = (Option<String>, Option<String>, Option<Spanned<Date>>);

tables! {
    ClaimTable {
        claim: Option<String>,
        article: Option<String>,
        quote: Option<String>,
        who: Option<String>,
        drop: Option<bool>,
        act: Option<Act>,
        source: Option<Vec<Named>>,
        addressee: Option<Vec<Named>>,
        issue: Option<Vec<String>>,
        stance: Option<Stance>,
        negated: Option<bool>,
        hedged: Option<bool>,
        right: Option<bool>,
    }
    SplitTable { actor: String, alias: String, article: Option<String>, into: Named }
    MergeTable { actors: Vec<String>, into: Named }
    DistinctTable { actors: Vec<String> }
    ActorTable { actor: String, label: Option<String>, kind: Option<ActorKind>, bloc: Option<String> }
    IssueTable { issue: String, label: Option<String>, into: Option<String> }
}

impl Corrections {
    /// Reads decisions from TOML. `name` is the file's, for messages; names of actors and issues that the ontology knows are looked up there.
    ///
    /// # Errors
    ///
    /// What is not TOML or no decision, two decisions that say the same, actors that are merged in a circle; with the line.
    pub fn parse(name: &str, text: &str, ontology: &Ontology) -> Result<Self> {
        let line_of = |at: usize| 1 + text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count();
        let fault = |line: usize, why: &str| Error::invalid("corrections", format!("{name}:{line}"), why);
        let file: File = toml::from_str(text).map_err(|e| {
            let (line, why) = (line_of(e.span().map_or(0, |span| span.start)), e.message().trim());
            // Of a date without quotation marks the parser does not say which.
            match e.span().and_then(|span| text.get(span)) {
                Some(value) if why.starts_with("invalid date") => fault(line, &format!("`{value}`: {why}")),
                _ => fault(line, why),
            }
        })?;
        let written = |date: Spanned<Date>| -> Result<String> {
            let line = line_of(date.span().start);
            let words = match date.into_inner() {
                Date::Date(date) => date.to_string(),
                Date::Words(words) => words,
            };
            if is_date(&words) {
                Ok(words)
            } else {
                Err(fault(line, &format!("`{words}` is no date; write it as 2026-03-01")))
            }
        };
        let author = file.author;
        let date = file.date.map(&written).transpose()?;
        let mut out = Self::default();
        let mut add = |at: usize, said: Said, action: Result<Action, String>| -> Result<()> {
            let line = line_of(at);
            let action = action.map_err(|why| fault(line, &why))?;
            let date = said.2.map(&written).transpose()?.or_else(|| date.clone());
            let decision = Decision::new(line, said.0, said.1.or_else(|| author.clone()), date, action);
            if let Some(same) = out.decisions.iter().find(|other| other.action == decision.action) {
                return Err(fault(line, &format!("it decides the same as line {}; take one of them out", same.line)));
            }
            out.decisions.push(decision);
            Ok(())
        };
        for table in file.claim {
            let (at, mut it) = (table.span().start, table.into_inner());
            add(at, it.said(), it.action(ontology))?;
        }
        for table in file.split {
            let (at, mut it) = (table.span().start, table.into_inner());
            let said = it.said();
            let into = who(it.into, ontology);
            let actor = as_found(it.actor, ontology);
            add(at, said, Ok(Action::Split { actor, alias: it.alias, article: it.article, into }))?;
        }
        for table in file.merge {
            let (at, mut it) = (table.span().start, table.into_inner());
            let said = it.said();
            let into = who(it.into, ontology);
            let action = match it.actors.iter().find(|actor| id_of(actor, ontology) == into.id) {
                _ if it.actors.is_empty() => Err("`actors` names nobody".to_owned()),
                Some(same) => Err(format!("`{same}` is merged into itself; name the others only")),
                None => {
                    let actors = it.actors.into_iter().map(|actor| as_found(actor, ontology)).collect();
                    Ok(Action::Merge { actors, into })
                }
            };
            add(at, said, action)?;
        }
        for table in file.distinct {
            let (at, mut it) = (table.span().start, table.into_inner());
            let said = it.said();
            let action = if it.actors.len() < 2 {
                Err("`actors` needs two names at least".to_owned())
            } else {
                Ok(Action::Distinct { actors: it.actors.into_iter().map(|actor| as_found(actor, ontology)).collect() })
            };
            add(at, said, action)?;
        }
        for table in file.actor {
            let (at, mut it) = (table.span().start, table.into_inner());
            let said = it.said();
            let action = if it.label.is_none() && it.kind.is_none() && it.bloc.is_none() {
                Err("it changes nothing; give `label`, `kind` or `bloc`".to_owned())
            } else {
                Ok(Action::Actor { actor: as_found(it.actor, ontology), label: it.label, kind: it.kind, bloc: it.bloc })
            };
            add(at, said, action)?;
        }
        for table in file.issue {
            let (at, mut it) = (table.span().start, table.into_inner());
            let said = it.said();
            let action = match (it.into, it.label) {
                (None, None) => Err("it changes nothing; give `label` or `into`".to_owned()),
                (into, label) => {
                    let mut topic = topic(into.as_deref().unwrap_or(&it.issue), ontology);
                    topic.label = label.or(topic.label);
                    Ok(Action::Issue { issue: it.issue, into: topic })
                }
            };
            add(at, said, action)?;
        }
        out.order_merges(ontology).map_err(|(line, why)| fault(line, &why))?;
        Ok(out)
    }

    /// Puts merges into actors that are merged further before these further ones. Each chain must end somewhere.
    fn order_merges(&mut self, ontology: &Ontology) -> Result<(), (usize, String)> {
        let merges: Vec<(Vec<String>, String)> = self
            .decisions
            .iter()
            .filter_map(|decision| match &decision.action {
                Action::Merge { actors, into } => {
                    Some((actors.iter().map(|actor| id_of(actor, ontology)).collect(), into.id.clone()))
                }
                _ => None,
            })
            .collect();
        let further = |id: &String| merges.iter().find(|(actors, _)| actors.contains(id)).map(|(_, into)| into);
        let mut steps = Vec::with_capacity(self.decisions.len());
        for decision in &self.decisions {
            let Action::Merge { into, .. } = &decision.action else {
                steps.push(None);
                continue;
            };
            let chain: Vec<&String> =
                std::iter::successors(further(&into.id), |id| further(id)).take(merges.len() + 1).collect();
            if chain.len() > merges.len() {
                let why = format!("`{}` is merged into others, which are merged into it again", into.name());
                return Err((decision.line, why));
            }
            steps.push(Some(chain.len()));
        }
        let first = steps.iter().position(Option::is_some).unwrap_or(0);
        let count = steps.iter().flatten().count();
        let mut order: Vec<usize> = (first..first + count).collect();
        order.sort_by_key(|&n| std::cmp::Reverse(steps[n]));
        let sorted: Vec<Decision> = order.iter().map(|&n| self.decisions[n].clone()).collect();
        self.decisions.splice(first..first + count, sorted);
        Ok(())
    }
}

impl Decision {
    fn new(line: usize, reason: Option<String>, author: Option<String>, date: Option<String>, action: Action) -> Self {
        let mut hash = Sha256::new();
        for part in [&reason, &author, &date] {
            hash.update(part.as_deref().unwrap_or_default());
            hash.update([0]);
        }
        // The order of the fields is that of the types, so the same decision has the same text.
        hash.update(serde_json::to_vec(&action).unwrap_or_default());
        let id = crate::span::hex(&hash.finalize()[..6]);
        Self { id, line, reason, author, date, action }
    }
}

impl ClaimTable {
    fn action(&mut self, ontology: &Ontology) -> Result<Action, String> {
        let no_id = |typed: &str| format!("`{typed}` is no id of a claim ({ID_RULE})");
        let claim = self.claim.take().map(|typed| id_start(&typed).ok_or_else(|| no_id(&typed))).transpose()?;
        let at = Place { claim, article: self.article.take(), quote: self.quote.take(), who: self.who.take() };
        if at.claim.is_none() && (at.article.is_none() || at.quote.is_none()) {
            return Err("it says not which claim; give `claim`, or `article` and `quote`".to_owned());
        }
        if at.quote.as_ref().is_some_and(|quote| quote.trim().is_empty()) {
            return Err("`quote` is empty".to_owned());
        }
        let whos = |list: Vec<Named>| list.into_iter().map(|one| who(one, ontology)).collect::<Vec<_>>();
        let change = Change {
            act: self.act,
            source: self.source.take().map(whos),
            addressee: self.addressee.take().map(whos),
            issue: self.issue.take().map(|list| list.iter().map(|name| topic(name, ontology)).collect()),
            stance: self.stance,
            negated: self.negated,
            hedged: self.hedged,
            right: self.right.unwrap_or(false),
        };
        let nothing = change == Change::default();
        match self.drop {
            Some(true) if nothing => Ok(Action::Claim { at, change: None }),
            Some(true) => Err("a claim that is dropped can have no other act, source …; choose one".to_owned()),
            _ if nothing => Err("it changes nothing; give `drop = true`, `act`, `source`, `addressee`, `issue`, `stance`, `negated` or `hedged`, or `right = true`".to_owned()),
            _ if change.source.as_ref().is_some_and(Vec::is_empty) => Err("a claim needs a source; `drop = true` drops it".to_owned()),
            _ => Ok(Action::Claim { at, change: Some(change) }),
        }
    }
}

/// Whether it is a year, a month, or a day with or without a time after it, in ISO 8601.
fn is_date(text: &str) -> bool {
    let (day, time) = text.split_at(text.find(['T', 't', ' ']).unwrap_or(text.len()));
    let fields: Vec<&str> = day.split('-').collect();
    // What is left out is the first.
    let number = |at: usize, digits: usize| -> Option<i16> {
        let Some(field) = fields.get(at) else { return Some(1) };
        let good = field.len() == digits && field.bytes().all(|b| b.is_ascii_digit());
        good.then(|| field.parse().ok()).flatten()
    };
    let exists = |year: i16, month: i16, day: i16| -> Option<jiff::civil::Date> {
        jiff::civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
    };
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(1, 2), number(2, 2)) else { return false };
    fields.len() <= 3 && (time.is_empty() || fields.len() == 3) && exists(year, month, day).is_some()
}

/// The name without `actor:` or `issue:` or the namespace, and whether it was an id by its form.
pub(super) fn bare<'a>(name: &'a str, sort: &str) -> (&'a str, bool) {
    let name = name.trim();
    let cut = name
        .strip_prefix(sort)
        .and_then(|rest| rest.strip_prefix(':'))
        .or_else(|| name.strip_prefix(crate::ontology::ID)?.strip_prefix(sort)?.strip_prefix('/'));
    match cut {
        Some(id) => (id, true),
        None => (name, !name.is_empty() && slug(name) == name),
    }
}

/// The id that a name stands for.
fn id_of(name: &str, ontology: &Ontology) -> String {
    who(Named::Name(name.to_owned()), ontology).id
}

/// The label that the extractor gives an actor of that name, if the ontology knows it by another one.
fn as_found(name: String, ontology: &Ontology) -> String {
    let known = ontology.actors.iter().find(|actor| actor.names.contains(&name));
    known.map_or(name, |known| known.label.clone())
}

fn who(named: Named, ontology: &Ontology) -> Who {
    let named = match named {
        Named::Name(name) => name,
        Named::Whole(it) => {
            let id = it.id.unwrap_or_else(|| slug(&it.label));
            let id = bare(&id, "actor").0.to_owned();
            return Who { id, label: Some(it.label), kind: it.kind, bloc: it.bloc };
        }
    };
    let (name, is_id) = bare(&named, "actor");
    let known = ontology
        .actors
        .iter()
        .find(|actor| actor.id == name)
        .or_else(|| ontology.actors.iter().find(|actor| actor.names.iter().any(|other| other == name)));
    match known {
        Some(known) => Who {
            id: known.id.clone(),
            label: Some(known.label.clone()),
            kind: Some(known.kind),
            bloc: known.bloc.clone(),
        },
        None if is_id => Who { id: name.to_owned(), label: None, kind: None, bloc: None },
        None => Who { id: slug(name), label: Some(name.to_owned()), kind: None, bloc: None },
    }
}

fn topic(named: &str, ontology: &Ontology) -> Topic {
    let (name, is_id) = bare(named, "issue");
    let known = ontology
        .issues
        .iter()
        .find(|issue| issue.id == name)
        .or_else(|| ontology.issues.iter().find(|issue| issue.label.eq_ignore_ascii_case(name)));
    match known {
        Some(known) => Topic { id: known.id.clone(), label: Some(known.label.clone()) },
        None if is_id => Topic { id: name.to_owned(), label: None },
        None => Topic { id: slug(name), label: Some(name.to_owned()) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Corrections> {
        Corrections::parse("d.toml", text, &Ontology::default())
    }

    fn error(text: &str) -> String {
        parse(text).map_or_else(|e| e.to_string(), |_| String::new())
    }

    #[test]
    fn all_kinds_are_read_with_lines_and_defaults() -> Result<()> {
        let all = parse(
            "author = \"K\"\ndate = 2026-03-01\n\n[[merge]]\nactors = [\"A. Reyes\"]\ninto = \"Ana Reyes\"\n\n[[claim]]\nclaim = \"3fa9bc\"\nact = \"request\"\nreason = \"asks\"\nauthor = \"L\"\n\n\
             [[claim]]\narticle = \"a.txt\"\nquote = \"leave\"\ndrop = true\n[[split]]\nactor = \"reyes\"\nalias = \"Reyes\"\ninto = { label = \"Luis Reyes\", kind = \"person\" }\n\
             [[actor]]\nactor = \"League\"\nkind = \"group\"\nbloc = \"\"\n[[issue]]\nissue = \"tariff\"\ninto = \"Import tariffs\"\n",
        )?;
        let lines: Vec<(usize, String)> = all.decisions().iter().map(|d| (d.line, d.summary())).collect();
        assert_eq!(
            lines,
            [
                (8, "claim 3fa9bc has act request".to_owned()),
                (14, "claim “leave” is dropped".to_owned()),
                (18, "“Reyes”, taken for reyes, is Luis Reyes".to_owned()),
                (4, "A. Reyes is Ana Reyes".to_owned()),
                (22, "League is of the kind group, speaks for nobody else".to_owned()),
                (26, "the issue tariff is Import tariffs".to_owned()),
            ]
        );
        let first = &all.decisions()[0];
        assert_eq!((first.author.as_deref(), first.date.as_deref()), (Some("L"), Some("2026-03-01")));
        Ok(())
    }

    #[test]
    fn dates_may_be_less_or_more_than_a_day() {
        for good in ["2026", "2026-03", "2026-03-01", "2024-02-29", "2026-03-01T09:30:00Z", "2026-03-01 09:30"] {
            assert!(is_date(good), "{good}");
        }
        for bad in ["", "26-03-01", "2026-3-1", "2026-13", "2026-02-29", "09:30:00", "2026-03T09:30", "2026-03-01-01"] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn an_id_is_taken_in_capitals_too() -> Result<()> {
        let all = parse("[[claim]]\nclaim = \"claim:3FA9BC…\"\ndrop = true\n")?;
        assert_eq!(all.decisions()[0].summary(), "claim 3fa9bc is dropped");
        Ok(())
    }

    #[test]
    fn merges_are_put_in_the_order_of_their_chains() -> Result<()> {
        let all = parse("[[merge]]\nactors = [\"b\"]\ninto = \"c\"\n[[merge]]\nactors = [\"a\"]\ninto = \"b\"\n")?;
        let said: Vec<String> = all.decisions().iter().map(Decision::summary).collect();
        assert_eq!(said, ["a is b", "b is c"]);
        Ok(())
    }

    #[test]
    fn errors_name_the_line_and_what_to_do() {
        let of = |text: &str, words: &str| {
            let said = error(text);
            assert!(said.contains(words), "{said}");
        };
        of(
            "\n[[claim]]\nact = \"request\"\n",
            "`d.toml:2`: it says not which claim; give `claim`, or `article` and `quote`",
        );
        of("[[claim]]\nclaim = \"3fa9bc\"\n", "it changes nothing");
        of("[[claim]]\nclaim = \"3\"\ndrop = true", "at least 6");
        of("[[claim]]\nclaim = \"reyes1\"\ndrop = true", "`reyes1` is no id");
        of("\ndate = \"2026-13-45\"\n", "`d.toml:2`: `2026-13-45` is no date");
        of("\ndate = 2026-13-45\n", "`d.toml:2`: `2026-13-45`: ");
        of("date = \"soon\"\n", "`soon` is no date");
        of("[[merge]]\nactors = [\"a\"]\ninto = \"b\"\ndate = \"2026-02-30\"\n", "`d.toml:4`: `2026-02-30` is no date");
        of("[[claim]]\nclaim = \"3fa9bc\"\nact = \"sing\"\n", "`d.toml:3`: unknown variant `sing`, expected one of");
        of("[[claim]]\nclaim = \"3fa9bc\"\nsource = []\n", "needs a source");
        of("[[merge]]\nactors = [\"a\"]\nintro = \"b\"\n", "unknown field `intro`");
        of("[[merge]]\nactors = [\"A b\"]\ninto = \"a-b\"\n", "merged into itself");
        of(
            "[[merge]]\nactors = [\"a\"]\ninto = \"b\"\n[[merge]]\nactors = [\"b\"]\ninto = \"a\"\n",
            "merged into it again",
        );
        of(
            "[[merge]]\nactors = [\"a\"]\ninto = \"b\"\n[[merge]]\nactors = [\"a\"]\ninto = \"b\"\n",
            "`d.toml:4`: it decides the same as line 1",
        );
        of("[[issue]]\nissue = \"x\"\n", "give `label` or `into`");
        of("x = \n", "`d.toml:1`");
    }
}
