//! Whom pronouns stand for: the actors named before, weighed by recency, grammar, agreement and who spoke last.
//!
//! The features are those of salience models (Lappin and Leass 1994; Kennedy and Boguraev 1996); the weights of a conditional logit
//! (`McFadden` 1974) over them are learned from annotated articles by `training/pronouns.py` and stand in `models/pronouns.json`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::ActorKind;
use super::mentions::Form;
use super::resolve::{Actor, Mention};
use crate::nlp::{Part, Trees};

/// The text of the weights.
pub(crate) const TABLE: &str = include_str!("../../models/pronouns.json");

static WEIGHTS: LazyLock<BTreeMap<String, f64>> = LazyLock::new(|| serde_json::from_str(TABLE).unwrap_or_default());

/// Sentences before the pronoun in which its antecedent is looked for.
const REACH: usize = 6;

/// Somebody that a pronoun may stand for.
#[derive(Debug, Clone)]
pub(crate) struct Antecedent {
    /// Indices of actors: one, or several that are coordinated.
    pub actors: Vec<usize>,
    /// What speaks for it, by name.
    pub features: BTreeMap<String, f64>,
}

/// Number and kind that a pronoun asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    He,
    She,
    It,
    They,
}

impl Wants {
    fn of(word: &str) -> Option<Self> {
        Some(match word.to_lowercase().as_str() {
            "he" | "him" | "his" | "himself" => Self::He,
            "she" | "her" | "hers" | "herself" => Self::She,
            "it" | "its" | "itself" => Self::It,
            "they" | "them" | "their" | "theirs" | "themselves" | "both" | "some" | "many" | "all" | "others"
            | "neither" => Self::They,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::He | Self::She => "person",
            Self::It => "it",
            Self::They => "they",
        }
    }

    fn admits(self, actor: &Actor) -> bool {
        let person = matches!(actor.kind, ActorKind::Person | ActorKind::Role);
        match self {
            Self::He => person && actor.female != Some(true),
            Self::She => person && actor.female != Some(false),
            Self::It => matches!(actor.kind, ActorKind::Country | ActorKind::Organization),
            Self::They => actor.kind != ActorKind::Person,
        }
    }
}

/// Gives the pronouns among the mentions their actors, in text order; all other mentions have theirs already.
pub(super) fn resolve(trees: &Trees<'_>, actors: &[Actor], mentions: &mut [Mention]) {
    let prominence = prominence(actors, mentions);
    for index in 0..mentions.len() {
        if mentions[index].form != Form::Pronoun {
            continue;
        }
        let word = trees.word(mentions[index].head);
        if matches!(word.to_lowercase().as_str(), "who" | "whom" | "which" | "that") {
            mentions[index].actors = antecedent_of_relative(trees, mentions, index);
            continue;
        }
        let mut best: Option<(f64, Vec<usize>)> = None;
        for one in antecedents(trees, actors, mentions, &prominence, index) {
            let score = score(&one.features);
            if best.as_ref().is_none_or(|(s, _)| score > *s) {
                best = Some((score, one.actors));
            }
        }
        if let Some((_, found)) = best {
            mentions[index].actors = found;
        }
    }
}

fn score(features: &BTreeMap<String, f64>) -> f64 {
    features.iter().map(|(name, value)| WEIGHTS.get(name).copied().unwrap_or(0.0) * value).sum()
}

/// "who" stands for the noun that its clause hangs on.
fn antecedent_of_relative(trees: &Trees<'_>, mentions: &[Mention], index: usize) -> Vec<usize> {
    let mut at = Some(mentions[index].head);
    for _ in 0..6 {
        let Some(here) = at else { return Vec::new() };
        let head = trees.token(here).head;
        if trees.rel(here) == "acl:relcl" {
            let Some(noun) = head else { return Vec::new() };
            return mentions.iter().find(|m| m.head == noun).map(|m| m.actors.clone()).unwrap_or_default();
        }
        at = head;
    }
    Vec::new()
}

/// What is gathered of an antecedent from all its mentions within reach.
struct Seen<'a> {
    latest: &'a Mention,
    count: usize,
    named: bool,
    /// Named in the words that the pronoun's sentence or the one before credits to somebody: nearest first.
    in_words: [bool; 2],
}

/// All that the pronoun at this place in the mentions may stand for, nearest first; nothing for "I", "we", "you", "who".
/// `prominence` is what the function of that name tells.
pub(crate) fn antecedents(
    trees: &Trees<'_>,
    actors: &[Actor],
    mentions: &[Mention],
    prominence: &[usize],
    index: usize,
) -> Vec<Antecedent> {
    let pronoun = mentions[index].head;
    let Some(wants) = Wants::of(trees.word(pronoun)) else { return Vec::new() };
    let sentence = trees.sentence_of(pronoun);
    let possessive = trees.rel(pronoun) == "nmod:poss";
    let mut found: Vec<(Vec<usize>, Seen<'_>)> = Vec::new();
    // Whoever was credited with words, latest first; whom the same pronoun meant last.
    let mut speakers: Vec<&[usize]> = Vec::new();
    let mut same_word: Option<&[usize]> = None;
    for other in mentions[..index].iter().rev() {
        let distance = sentence - trees.sentence_of(other.head);
        if distance > REACH {
            break;
        }
        if other.actors.is_empty() || other.form == Form::Adjective {
            continue;
        }
        if trees.token(other.head).part == Part::Source && !speakers.contains(&other.actors.as_slice()) {
            speakers.push(&other.actors);
        }
        if same_word.is_none() && other.form == Form::Pronoun && Wants::of(trees.word(other.head)) == Some(wants) {
            same_word = Some(&other.actors);
        }
        // "No minister" is nobody.
        let none = || matches!(&*trees.word(other.first).to_lowercase(), "no" | "neither" | "any");
        if other.form == Form::Nominal && none() {
            continue;
        }
        // The phrase that holds the pronoun is not its antecedent ("his adviser").
        if other.first <= pronoun && pronoun <= other.last || co_argument(trees, pronoun, other.head, possessive) {
            continue;
        }
        let group = if wants == Wants::They { coordinated(trees, mentions, other) } else { other.actors.clone() };
        let plural = group.len() > 1;
        let fits = if plural { wants == Wants::They } else { wants.admits(&actors[group[0]]) };
        if !fits {
            continue;
        }
        let at = found.iter().position(|(held, _)| *held == group).unwrap_or_else(|| {
            found.push((group, Seen { latest: other, count: 0, named: false, in_words: [false; 2] }));
            found.len() - 1
        });
        let seen = &mut found[at].1;
        seen.count += 1;
        let name = other.form == Form::Name;
        seen.named |= name;
        if distance < 2 && name && trees.token(other.head).part == Part::Content {
            seen.in_words[distance] = true;
        }
    }
    let only = found.len() == 1;
    let rank = |group: &[usize]| speakers.iter().position(|s| s.iter().any(|a| group.contains(a)));
    let credited = trees.token(pronoun).part == Part::Source;
    let within = trees.token(pronoun).part == Part::Content;
    let last_same = same_word.map(<[usize]>::to_vec);
    let quoting = quoting(trees, mentions, pronoun);
    let named_there = if credited { named_in_own_words(trees, mentions, pronoun) } else { Vec::new() };
    let most = found.iter().map(|(group, _)| prominence[group[0]]).max().unwrap_or(0);
    found
        .into_iter()
        .enumerate()
        .map(|(place, (group, seen))| {
            let mut features = BTreeMap::new();
            let class = wants.name();
            let mut put = |name: String| {
                features.insert(name, 1.0);
            };
            let latest = seen.latest;
            let distance = sentence - trees.sentence_of(latest.head);
            let who = &actors[group[0]];
            put(format!("distance {distance}"));
            put(format!("{class} distance {}", distance.min(3)));
            put(format!("place {}", place.min(4)));
            let role = role(trees, latest.head);
            put(format!("latest {role}"));
            if distance <= 1 {
                put(format!("distance {distance} latest {role}"));
            }
            if trees.base_rel(pronoun) == "nsubj" {
                put(format!("subject after {role}"));
            }
            if possessive {
                put(format!("possessive after {role}"));
            }
            put(format!("latest {}", latest.form.as_str()));
            if !seen.named {
                put(format!("{class} never named"));
            }
            let kind = if group.len() > 1 { "several" } else { who.kind.as_str() };
            put(format!("{class} {kind}"));
            if matches!(wants, Wants::He | Wants::She) {
                put(if who.female.is_some() { "gender known".to_owned() } else { "gender unknown".to_owned() });
            }
            let spoke = match rank(&group) {
                Some(0) => "last",
                Some(1) => "last but one",
                Some(_) => "earlier",
                None => "no",
            };
            put(format!("speaker {spoke}"));
            let part = match (credited, within) {
                (true, _) => "speaks",
                (_, true) => "in content",
                _ => "elsewhere",
            };
            put(format!("pronoun {part} speaker {spoke}"));
            put(format!("pronoun {part} distance {}", distance.min(2)));
            if trees.token(latest.head).part == Part::Content {
                put(format!("pronoun {part} latest in content"));
            }
            // Nobody calls himself by his name.
            for (far, _) in seen.in_words.iter().enumerate().filter(|(_, there)| credited && **there) {
                put(format!("pronoun speaks, named in words {far}"));
            }
            if group.iter().any(|a| named_there.contains(a)) {
                put(format!("{class} speaks, named in own quotation"));
            }
            // In his own quoted words a speaker is "I".
            if group.iter().any(|a| quoting.contains(a)) {
                put(format!("{class} in own quotation"));
            }
            if last_same.as_ref() == Some(&group) {
                put("same pronoun".to_owned());
            }
            if only {
                put("only".to_owned());
            }
            // Pronouns in one sentence agree with the subject above them.
            if distance == 0
                && role.ends_with("subject")
                && trees.dominates(trees.token(latest.head).head.unwrap_or(latest.head), pronoun)
            {
                put(format!("below the verb of the {role}"));
            }
            if trees.block_of(latest.head) == trees.block_of(pronoun) {
                put("same paragraph".to_owned());
            }
            if prominence[group[0]] == most && most > 1 {
                put(format!("{class} most named of them"));
            }
            features.insert("mentions".to_owned(), (seen.count as f64).ln());
            features.insert(format!("{class} named in the article"), (prominence[group[0]] as f64 + 1.0).ln());
            Antecedent { actors: group, features }
        })
        .collect()
}

/// Attributions before a place that are looked at for the one that holds it.
const ATTRIBUTIONS_BACK: usize = 8;

/// How often the document names each actor.
pub(crate) fn prominence(actors: &[Actor], mentions: &[Mention]) -> Vec<usize> {
    let mut counts = vec![0; actors.len()];
    for &actor in mentions.iter().filter(|m| m.form == Form::Name).flat_map(|m| &m.actors) {
        counts[actor] += 1;
    }
    counts
}

/// Words between a quotation and the pronoun that it is credited to.
const BESIDE: usize = 3;

/// Who is named in the quotation just before or after a pronoun, as in "…," he said.
fn named_in_own_words(trees: &Trees<'_>, mentions: &[Mention], pronoun: usize) -> Vec<usize> {
    let quotations = &trees.analysis.quotations;
    let next = quotations.partition_point(|q| q.start <= pronoun);
    let before =
        next.checked_sub(1).map(|at| &quotations[at]).filter(|q| q.end <= pronoun && pronoun <= q.end + BESIDE);
    let after = quotations.get(next).filter(|q| q.start <= pronoun + BESIDE);
    let Some(quotation) = before.or(after) else { return Vec::new() };
    let from = mentions.partition_point(|m| m.first < quotation.start);
    let inside = mentions[from..].iter().take_while(|m| m.first < quotation.end);
    inside.filter(|m| m.form == Form::Name).flat_map(|m| m.actors.iter().copied()).collect()
}

/// Who is credited with the quotation that a token stands in; nobody outside of quotation marks.
fn quoting(trees: &Trees<'_>, mentions: &[Mention], token: usize) -> Vec<usize> {
    let analysis = trees.analysis;
    let next = analysis.quotations.partition_point(|q| q.start <= token);
    let quoted = next.checked_sub(1).is_some_and(|at| analysis.quotations[at].contains(&token));
    if !quoted {
        return Vec::new();
    }
    let place = trees.token(token).span.start;
    let until = analysis.attributions.partition_point(|a| a.start() <= place);
    let holding = analysis.attributions[until.saturating_sub(ATTRIBUTIONS_BACK)..until]
        .iter()
        .find(|a| !a.source.is_empty() && a.content.iter().any(|c| c.start <= place && place < c.end));
    let Some(holding) = holding else { return Vec::new() };
    let named = |source: &crate::span::Span| {
        let from = mentions.partition_point(|m| trees.token(m.first).span.start < source.start);
        let until = source.end;
        mentions[from..].iter().take_while(move |m| trees.token(m.first).span.start < until)
    };
    holding.source.iter().flat_map(named).flat_map(|m| m.actors.iter().copied()).collect()
}

fn role(trees: &Trees<'_>, head: usize) -> &'static str {
    match trees.rel(head) {
        "nsubj" | "nsubj:pass" => {
            let verb = trees.token(head).head;
            if verb.is_some_and(|v| matches!(trees.base_rel(v), "root" | "parataxis")) {
                "main subject"
            } else {
                "subject"
            }
        }
        "obj" | "iobj" => "object",
        "nmod:poss" => "possessor",
        "obl" | "obl:agent" => "oblique",
        "nmod" | "compound" | "nmod:desc" => "modifier",
        "conj" => "conjunct",
        "appos" => "apposition",
        _ => "other",
    }
}

/// Coordinated names answer for "they" together.
fn coordinated(trees: &Trees<'_>, mentions: &[Mention], other: &Mention) -> Vec<usize> {
    let mut all = Vec::new();
    for head in trees.coordinated(other.head) {
        let from = mentions.partition_point(|m| m.first <= head);
        let near = &mentions[from.saturating_sub(6)..(from + 6).min(mentions.len())];
        if let Some(mention) = near.iter().find(|m| m.head == head) {
            for &actor in &mention.actors {
                if !all.contains(&actor) {
                    all.push(actor);
                }
            }
        }
    }
    if all.is_empty() { other.actors.clone() } else { all }
}

/// Two arguments of one verb are different persons, unless one is a possessive.
fn co_argument(trees: &Trees<'_>, pronoun: usize, other: usize, possessive: bool) -> bool {
    let word = trees.word(pronoun).to_lowercase();
    if possessive || word.ends_with("self") || word.ends_with("selves") {
        return false;
    }
    let up = |t: usize| trees.token(t).head;
    up(pronoun).is_some()
        && up(pronoun) == up(other)
        && trees.base_rel(other) == "nsubj"
        && trees.base_rel(pronoun) != "conj"
}
