//! Networks of positions: who is for and against what, and who shares a side with whom.
//!
//! # References
//!
//! P. Leifeld: Discourse Network Analysis (2017), in: The Oxford Handbook of Political Networks; with the definitions of congruence, conflict
//! and subtract that Discourse Network Analyzer uses. Stances have two values here, so its range R is 1.

use std::collections::{BTreeMap, BTreeSet};

use super::build::{Builder, Tie, plural};
use super::model::Relation;
use super::options::{Kind, Normalisation};
use crate::act::{Act, Stance};

/// Statements of one actor on one issue, for it and against it.
#[derive(Default)]
struct Sides {
    favour: BTreeSet<usize>,
    against: BTreeSet<usize>,
}

/// By actor and issue.
type Table = BTreeMap<String, BTreeMap<String, Sides>>;

fn table(builder: &mut Builder<'_>, as_nodes: bool, notes: &mut Vec<String>) -> Table {
    let mut table = Table::new();
    let (mut neutral, mut without) = (0, 0);
    for (index, statement) in builder.statements.iter().enumerate() {
        if !builder.takes(statement.act, &Act::ALL) {
            continue;
        }
        if statement.issue.is_empty() {
            without += 1;
            continue;
        }
        if statement.stance == Stance::Neutral {
            neutral += 1;
            continue;
        }
        let actors = builder.actors(&statement.source);
        for issue in &statement.issue {
            let id = if as_nodes { builder.issue(issue) } else { Some(issue.id.clone()) };
            let Some(id) = id else { continue };
            for actor in &actors {
                let sides = table.entry(actor.clone()).or_default().entry(id.clone()).or_default();
                let side = if statement.stance == Stance::Favour { &mut sides.favour } else { &mut sides.against };
                side.insert(index);
            }
        }
    }
    if neutral > 0 {
        notes.push(format!("Not counted: {} neither for nor against.", plural(neutral, "statement")));
    }
    if without > 0 {
        notes.push(format!("Not counted: {} without an issue.", plural(without, "statement")));
    }
    table
}

fn misfit(builder: &Builder<'_>, fits: &[Normalisation], notes: &mut Vec<String>) {
    let asked = builder.options.normalisation;
    if asked != Normalisation::None && !fits.contains(&asked) {
        notes.push(format!(
            "The normalisation `{}` does not fit this sort of network and was not used.",
            asked.as_str()
        ));
    }
}

/// Actor → issue.
pub(super) fn stances(builder: &mut Builder<'_>, notes: &mut Vec<String>) {
    misfit(builder, &[Normalisation::Activity, Normalisation::Prominence], notes);
    let table = table(builder, true, notes);
    let both = |sides: &Sides| builder.units(&sides.favour) + builder.units(&sides.against);
    let activity: BTreeMap<&str, f64> =
        table.iter().map(|(a, row)| (a.as_str(), row.values().map(both).sum())).collect();
    let mut prominence: BTreeMap<&str, f64> = BTreeMap::new();
    for (issue, sides) in table.values().flatten() {
        *prominence.entry(issue).or_default() += both(sides);
    }
    let mut ties = Vec::new();
    for (actor, row) in &table {
        for (issue, sides) in row {
            let balance = builder.units(&sides.favour) - builder.units(&sides.against);
            let relation = sign(balance, [Relation::Opposes, Relation::Wavers, Relation::Favours]);
            let divisor = match builder.options.normalisation {
                Normalisation::Activity => activity[actor.as_str()],
                Normalisation::Prominence => prominence[issue.as_str()],
                _ => 1.0,
            };
            let evidence = sides.favour.union(&sides.against).copied().collect();
            ties.push(((actor.clone(), issue.clone(), relation), Tie { evidence, weight: Some(balance / divisor) }));
        }
    }
    builder.ties.extend(ties);
}

fn sign(value: f64, [below, zero, above]: [Relation; 3]) -> Relation {
    if value > 0.0 {
        above
    } else if value < 0.0 {
        below
    } else {
        zero
    }
}

/// Actor – actor.
pub(super) fn between(builder: &mut Builder<'_>, kind: Kind, notes: &mut Vec<String>) {
    misfit(builder, &[Normalisation::Average, Normalisation::Jaccard, Normalisation::Cosine], notes);
    let table = table(builder, false, notes);
    let count = |set: &BTreeSet<usize>| builder.units(set);
    let total = |row: &BTreeMap<String, Sides>| row.values().map(|s| count(&s.favour) + count(&s.against)).sum::<f64>();
    let actors: Vec<(&String, &BTreeMap<String, Sides>)> = table.iter().collect();
    let mut ties = Vec::new();
    for (place, (a, of_a)) in actors.iter().enumerate() {
        for (b, of_b) in &actors[place + 1..] {
            let (mut same, mut other, mut evidence) = (0.0, 0.0, BTreeSet::new());
            for (issue, x) in *of_a {
                let Some(y) = of_b.get(issue) else { continue };
                let agree = count(&x.favour) * count(&y.favour) + count(&x.against) * count(&y.against);
                let differ = count(&x.favour) * count(&y.against) + count(&x.against) * count(&y.favour);
                same += agree;
                other += differ;
                let mut rest = |p: &BTreeSet<usize>, q: &BTreeSet<usize>| {
                    if !p.is_empty() && !q.is_empty() {
                        evidence.extend(p.iter().chain(q).copied());
                    }
                };
                if kind != Kind::Conflict {
                    rest(&x.favour, &y.favour);
                    rest(&x.against, &y.against);
                }
                if kind != Kind::Agreement {
                    rest(&x.favour, &y.against);
                    rest(&x.against, &y.favour);
                }
            }
            if evidence.is_empty() {
                continue;
            }
            let (value, relation) = match kind {
                Kind::Agreement => (same, Relation::Agrees),
                Kind::Conflict => (other, Relation::Differs),
                _ => (same - other, sign(same - other, [Relation::Differs, Relation::Splits, Relation::Agrees])),
            };
            let divisor = match builder.options.normalisation {
                Normalisation::Average => f64::midpoint(total(of_a), total(of_b)),
                Normalisation::Cosine => total(of_a) * total(of_b),
                Normalisation::Jaccard => jaccard(of_a, of_b, &count),
                _ => 1.0,
            };
            ties.push((((*a).clone(), (*b).clone(), relation), Tie { evidence, weight: Some(value / divisor) }));
        }
    }
    builder.ties.extend(ties);
}

/// What only the one says, what only the other says, and the products of what both say.
fn jaccard(
    of_a: &BTreeMap<String, Sides>,
    of_b: &BTreeMap<String, Sides>,
    count: &dyn Fn(&BTreeSet<usize>) -> f64,
) -> f64 {
    let issues: BTreeSet<&String> = of_a.keys().chain(of_b.keys()).collect();
    let mut sum = 0.0;
    for issue in issues {
        for side in [|s: &Sides| s.favour.clone(), |s: &Sides| s.against.clone()] {
            let of = |row: &BTreeMap<String, Sides>| row.get(issue).map_or(0.0, |sides| count(&side(sides)));
            let (x, y) = (of(of_a), of(of_b));
            sum += if x > 0.0 && y > 0.0 { x * y } else { x + y };
        }
    }
    sum
}
