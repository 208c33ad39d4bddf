//! Who could be addressed by a claim, and what speaks for each: where it stands in the sentence, how it is named, how it relates to the source.

use std::collections::BTreeMap;

use super::extract::{Scene, Sourced};
use super::owners::Owners;
use crate::act::Act;
use crate::actors::{Actor, ActorKind, Form, Mention};
use crate::lexicon::WordClass;
use crate::nlp::Part;

/// An actor that a claim may be directed at.
pub(super) struct Candidate {
    /// Index in the cast.
    pub actor: usize,
    /// Tokens of the mention nearest to the claim.
    pub mention: (usize, usize),
    /// What speaks for it, by name.
    pub features: BTreeMap<String, f64>,
}

/// How present each actor is in the document as a whole.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Number of mentions, adjectives among them.
    mentions: Vec<usize>,
    /// Sum of the model's probabilities that claims address it.
    addressed: Vec<f64>,
    /// Number of mentions to which words are credited.
    speaks: Vec<usize>,
    /// The actors mentioned most often, at most three.
    leading: Vec<usize>,
    /// Whose things are.
    pub(super) owners: Owners,
}

impl Standing {
    /// Counts over the document.
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        let cast = scene.cast;
        let mut mentions = vec![0; cast.actors.len()];
        let mut addressed = vec![0.0; cast.actors.len()];
        let mut speaks = vec![0; cast.actors.len()];
        for mention in &cast.mentions {
            let credited = usize::from(scene.trees.token(mention.head).part == Part::Source);
            for &actor in &mention.actors {
                mentions[actor] += 1;
                speaks[actor] += credited;
            }
        }
        for (token, chance) in scene.trees.analysis.signals.iter().flat_map(|s| &s.addressees) {
            for &actor in ending_at(cast.mentions.as_slice(), *token).into_iter().flat_map(|m| &m.actors) {
                addressed[actor] += f64::from(*chance);
            }
        }
        let mut leading: Vec<usize> = (0..mentions.len()).filter(|&a| mentions[a] > 2).collect();
        leading.sort_by_key(|&a| (std::cmp::Reverse(mentions[a]), a));
        leading.truncate(3);
        Self { mentions, addressed, speaks, leading, owners: Owners::new(scene.trees, cast, scene.words) }
    }
}

/// Sentences before the claim in which somebody addressed may be named.
const REACH: usize = 2;
/// An actor named farther away is a candidate where the model gives it this chance.
const LIKELY: f64 = 0.1;

/// The actors named in the claim's sentences and shortly before, those that the article is about, those that the model points to and those that own
/// what the claim is about; the source is none of them.
pub(super) fn of_claim(scene: &Scene<'_>, one: &Sourced, act: Act) -> Vec<Candidate> {
    let trees = scene.trees;
    let (first, last) = one.draft.content;
    let low = one.draft.cue.map_or(first, |c| c.0.min(first));
    let high = one.draft.cue.map_or(last, |c| c.1.max(last));
    let sentence = trees.sentence_of(low);
    let from = trees.analysis.sentences[sentence.saturating_sub(REACH)].tokens.start;
    let to = trees.sentence_tokens(high).end;
    let mentions = &scene.cast.mentions;
    let begin = mentions.partition_point(|m| m.first < from);
    let near: Vec<&Mention> = mentions[begin..].iter().take_while(|m| m.first < to).collect();

    // Of each actor the mention that says most: in the content before beside it, beside it before earlier.
    let mut best: BTreeMap<usize, (u8, &Mention, Place)> = BTreeMap::new();
    for mention in near {
        let place = place(scene, one, mention);
        for &actor in &mention.actors {
            let rank = place.rank();
            let better = best.get(&actor).is_none_or(|(r, _, _)| rank < *r || rank == *r && place.is_earlier());
            if better {
                best.insert(actor, (rank, mention, place));
            }
        }
    }
    let chances = chances(scene, one);
    let likely = chances.iter().filter(|(_, chance)| **chance >= LIKELY).map(|(actor, _)| actor);
    let owning = scene.standing.owners.of_content(trees, scene.cast, one.draft.content);
    let speakers_before = spoke_before(scene, one);
    for &actor in scene.standing.leading.iter().chain(likely).chain(owning.keys()).chain(speakers_before) {
        if let std::collections::btree_map::Entry::Vacant(free) = best.entry(actor)
            && let Some(mention) = mentions.iter().find(|m| m.actors == [actor])
        {
            free.insert((u8::MAX, mention, Place::named("elsewhere")));
        }
    }
    // Nobody addresses the state that he speaks for, unless the words say so ("told his own country").
    // Who only states something addresses nobody but whom he tells it.
    let principals = principals(scene, one);
    best.retain(|&actor, (_, _, place)| {
        let told = matches!(place.role, "told" | "cue object");
        let own = || relation(scene, one, &scene.cast.actors[actor]) == "own body";
        (told || !act.only_states())
            && !one.actors.contains(&actor)
            && (place.role == "told" || !own() && !principals.contains(&actor))
            && !is_thing(scene, &scene.cast.actors[actor])
    });

    // "Russian President Vladimir Putin" names one who may be addressed, not two.
    let titles: Vec<usize> = best
        .iter()
        .filter(|&(&actor, &(_, mention, _))| {
            best.iter().any(|(&other, &(_, around, _))| {
                let titled = around.form == Form::Name && around.head != mention.head;
                let wider = around.first <= mention.first && mention.last <= around.last;
                let label = &scene.cast.actors[actor].label;
                titled && wider && other != actor && scene.cast.actors[other].bloc.as_ref() == Some(label)
            })
        })
        .map(|(&actor, _)| actor)
        .collect();
    best.retain(|actor, _| !titles.contains(actor));

    let inside = best.values().filter(|(_, m, _)| first <= m.head && m.head <= last).count();
    let earliest = best.values().filter(|(_, m, _)| first <= m.head && m.head <= last).map(|(_, m, _)| m.first).min();
    let back = points_back(scene, one);
    let surest = chances.iter().max_by(|a, b| a.1.total_cmp(b.1)).map(|(&a, _)| a);
    let times = |actor: usize| {
        mentions[begin..]
            .iter()
            .take_while(|m| m.first <= last)
            .filter(|m| first <= m.head && m.actors.contains(&actor))
            .count()
    };
    best.into_iter()
        .map(|(actor, (_, mention, place))| {
            let mut features = BTreeMap::new();
            let mut put = |name: String, value: f64| {
                features.insert(name, value);
            };
            let group = group(act);
            let who = &scene.cast.actors[actor];
            put(format!("act {}", act.as_str()), 1.0);
            put(format!("place {}", place.name()), 1.0);
            put(format!("{group} {}", place.name()), 1.0);
            put(format!("{} {}", act.as_str(), place.role), 1.0);
            put(format!("{group} form {}", mention.form.as_str()), 1.0);
            if place.is_earlier() {
                put(
                    format!("sentences before {}", sentence.saturating_sub(trees.sentence_of(mention.head)).min(4)),
                    1.0,
                );
            }
            put("named inside again".to_owned(), f64::from(times(actor) > 1));
            put(format!("form {}", mention.form.as_str()), 1.0);
            put(format!("kind {}", who.kind.as_str()), 1.0);
            put(format!("{group} kind {}", who.kind.as_str()), 1.0);
            let relation = relation(scene, one, who);
            put(format!("relation {relation}"), 1.0);
            put(format!("{group} relation {relation}"), 1.0);
            let chance = chances.get(&actor).copied().unwrap_or(0.0);
            put("model".to_owned(), chance);
            put(format!("model {}", level(chance)), 1.0);
            put("model prefers".to_owned(), f64::from(surest == Some(actor) && chance > 0.0));
            put("model prefers another".to_owned(), f64::from(surest.is_some_and(|s| s != actor)));
            put("model saw the claim".to_owned(), f64::from(one.signal > 0.0));
            if first <= mention.head && mention.head <= last {
                put("first inside".to_owned(), f64::from(Some(mention.first) == earliest));
                put(format!("inside {}", inside.min(4)), 1.0);
            } else {
                put("none inside".to_owned(), f64::from(inside == 0));
                put(format!("{group} none inside"), f64::from(inside == 0));
            }
            let standing = &scene.standing;
            put("mentions".to_owned(), (standing.mentions[actor] as f64).ln_1p());
            put("speaks".to_owned(), (standing.speaks[actor] as f64).ln_1p());
            put(format!("{group} speaks"), f64::from(standing.speaks[actor] > 0));
            put("leading".to_owned(), f64::from(standing.leading.first() == Some(&actor)));
            put("addressed elsewhere".to_owned(), (standing.addressed[actor] - chance).max(0.0).ln_1p());
            let owns = owning.get(&actor).copied().unwrap_or(0.0);
            put("owns".to_owned(), owns);
            put(format!("{group} owns"), owns);
            put("outlet".to_owned(), f64::from(who.outlet));
            if speakers_before.contains(&actor) {
                put("spoke before".to_owned(), 1.0);
                put(format!("{group} spoke before"), 1.0);
                put("spoke before, none inside".to_owned(), f64::from(inside == 0));
                put("spoke before, points back".to_owned(), f64::from(back));
            }
            Candidate { actor, mention: (mention.first, mention.last), features }
        })
        .collect()
}

/// Who spoke last before a claim, but for its own source.
fn spoke_before<'a>(scene: &Scene<'a>, one: &Sourced) -> &'a [usize] {
    const NEAR: usize = 4;
    let trees = scene.trees;
    let starts = [Some(one.draft.content.0), one.draft.cue.map(|c| c.0), one.mention.map(|m| m.0)];
    let Some(start) = starts.into_iter().flatten().min() else { return &[] };
    let mentions = &scene.cast.mentions;
    let before = mentions[..mentions.partition_point(|m| m.first < start)].iter().rev();
    let near = before.take_while(|m| trees.sentence_of(m.head) + NEAR >= trees.sentence_of(start));
    let mut speakers = near.filter(|m| trees.token(m.head).part == Part::Source && !m.actors.is_empty());
    let other = speakers.find(|m| !m.actors.iter().any(|actor| one.actors.contains(actor)));
    other.map_or(&[], |m| m.actors.as_slice())
}

/// Whether a content is no more than words for something told before: "the proposal", "that".
fn points_back(scene: &Scene<'_>, one: &Sourced) -> bool {
    const LONG: usize = 4;
    let (first, last) = one.draft.content;
    let word = scene.trees.word(first).to_lowercase();
    last < first + LONG
        && matches!(&*word, "the" | "that" | "this" | "these" | "those" | "such" | "it" | "both" | "all")
}

/// Whom the source speaks for by what it is called: "the senator's spokesman", "a lawyer for the senator".
fn principals(scene: &Scene<'_>, one: &Sourced) -> Vec<usize> {
    let trees = scene.trees;
    let Some((first, last)) = one.mention else { return Vec::new() };
    let speaks = |t: usize| {
        let noun = trees.lemma(t).to_lowercase();
        scene.words.is(&noun, WordClass::Spokesperson) || matches!(&*noun, "lawyer" | "attorney" | "aide")
    };
    let Some(noun) = (first..=last).find(|&t| speaks(t)) else { return Vec::new() };
    let owned = |m: &&Mention| m.head != noun && (m.last < noun || trees.token(m.head).head == Some(noun));
    let from = scene.cast.mentions.partition_point(|m| m.first < first);
    let inside = scene.cast.mentions[from..].iter().take_while(|m| m.first <= last).filter(|m| m.last <= last);
    inside.filter(owned).flat_map(|mention| mention.actors.iter().copied()).collect()
}

/// "the Shipping Act", "the Strait of Otranto".
fn is_thing(scene: &Scene<'_>, actor: &Actor) -> bool {
    let mut words = actor.label.split(' ').map(str::to_lowercase);
    let (first, last) = (words.next(), words.next_back());
    let thing = |word: &str| scene.words.is(word, WordClass::Thing);
    let of = || first.as_deref().is_some_and(thing) && actor.label.contains(" of ");
    actor.known.is_none() && (last.as_deref().is_some_and(thing) || of())
}

/// Probability of the model for each actor that it takes for addressed.
fn chances(scene: &Scene<'_>, one: &Sourced) -> BTreeMap<usize, f64> {
    let mut out: BTreeMap<usize, f64> = BTreeMap::new();
    for &(token, chance) in &one.signal_addressees {
        for &actor in ending_at(&scene.cast.mentions, token).into_iter().flat_map(|m| &m.actors) {
            *out.entry(actor).or_default() += f64::from(chance);
        }
    }
    out
}

/// The longest mention that ends with a token, else the shortest around it.
fn ending_at(mentions: &[Mention], token: usize) -> Option<&Mention> {
    let until = mentions.partition_point(|m| m.first <= token);
    let near = &mentions[until.saturating_sub(8)..until];
    let ends = near.iter().filter(|m| m.last == token && !m.actors.is_empty()).max_by_key(|m| m.last - m.first);
    ends.or_else(|| near.iter().filter(|m| token <= m.last && !m.actors.is_empty()).min_by_key(|m| m.last - m.first))
}

/// Acts that choose their addressees alike.
fn group(act: Act) -> &'static str {
    match act {
        Act::Demand | Act::Request => "ask",
        Act::Propose => "propose",
        Act::Commit => "commit",
        Act::Accept | Act::Reject => "answer",
        Act::Support => "support",
        Act::Criticise => "criticise",
        Act::Accuse => "accuse",
        Act::Threaten => "threaten",
        Act::Deny | Act::Acknowledge | Act::Assert => "state",
    }
}

fn level(chance: f64) -> &'static str {
    match chance {
        c if c >= 0.75 => "high",
        c if c >= 0.5 => "likely",
        c if c >= 0.25 => "possible",
        c if c > 0.0 => "low",
        _ => "none",
    }
}

/// How an actor relates to the source: its own state or body, of the same side, of another.
fn relation(scene: &Scene<'_>, one: &Sourced, who: &Actor) -> &'static str {
    let sources = || one.actors.iter().map(|&s| &scene.cast.actors[s]);
    if sources().any(|s| s.bloc.as_deref() == Some(who.label.as_str())) {
        return "own body";
    }
    let own_leader = |s: &Actor| who.bloc.as_deref() == Some(s.label.as_str());
    if sources().any(own_leader) {
        return "own member";
    }
    match &who.bloc {
        Some(_) if sources().any(|s| is_of_party(s, who)) => "same side",
        Some(bloc) if sources().any(|s| s.bloc.as_ref() == Some(bloc)) => "same side",
        None if who.kind != ActorKind::Country => "no side",
        _ => "other side",
    }
}

/// Whether what somebody is called names the party that another stands for: "his Democratic counterpart" and Democrats.
fn is_of_party(source: &Actor, who: &Actor) -> bool {
    let party = who.bloc.as_deref().unwrap_or(&who.label);
    let Some(party) = party.strip_suffix(" Party").map(str::to_lowercase) else { return false };
    source.kind == ActorKind::Person && source.roles.iter().any(|role| role.split(' ').any(|word| word == party))
}

/// Where a mention stands as seen from a claim.
#[derive(Debug, Clone, Copy)]
struct Place {
    role: &'static str,
    preposition: &'static str,
}

impl Place {
    fn named(role: &'static str) -> Self {
        Self { role, preposition: "" }
    }

    fn name(self) -> String {
        if self.preposition.is_empty() { self.role.to_owned() } else { format!("{} {}", self.role, self.preposition) }
    }

    /// Lower is nearer.
    fn rank(self) -> u8 {
        match self.role {
            "told" => 0,
            "root" | "subject" | "subject of passive" | "object" | "owner" | "with" => 1,
            "in subject" | "in object" | "in phrase" | "inside" => 2,
            "cue object" | "cue with" | "cue subject" | "cue owner" => 3,
            "beside, left" | "beside, right" => 4,
            _ => 5,
        }
    }

    fn is_earlier(self) -> bool {
        self.role.starts_with("before")
    }
}

const PREPOSITIONS: &[&str] = &[
    "to", "with", "from", "for", "against", "of", "by", "on", "in", "at", "between", "over", "about", "toward",
    "towards", "after", "under", "among", "as", "into",
];

fn preposition(scene: &Scene<'_>, head: usize) -> &'static str {
    let trees = scene.trees;
    trees
        .children_by(head, &["case"])
        .find_map(|p| PREPOSITIONS.iter().find(|known| **known == trees.lemma(p)).copied())
        .unwrap_or("")
}

fn place(scene: &Scene<'_>, one: &Sourced, mention: &Mention) -> Place {
    let trees = scene.trees;
    let (first, last) = one.draft.content;
    if one
        .draft
        .addressee
        .as_ref()
        .is_some_and(|heads| heads.iter().any(|&h| h == mention.head || trees.coordinated(h).contains(&mention.head)))
    {
        return Place::named("told");
    }
    if one.mention.is_some_and(|(first, last)| first <= mention.first && mention.last <= last) {
        return Place::named("in source");
    }
    // A conjunct stands where the first one stands.
    let mut head = mention.head;
    while trees.base_rel(head) == "conj"
        && let Some(up) = trees.token(head).head
        && scene.cast.at_head(up).is_some()
    {
        head = up;
    }
    let inside = |t: usize| first <= t && t <= last;
    let rel = trees.base_rel(head);
    if inside(mention.head) {
        let Some(root) = super::clause::root(trees, one.draft.content) else { return Place::named("inside") };
        if head == root {
            return Place { role: "root", preposition: preposition(scene, head) };
        }
        if trees.token(head).head == Some(root) {
            return match trees.rel(head) {
                "nsubj:pass" => Place::named("subject of passive"),
                "nmod:poss" => Place::named("owner"),
                _ => match rel {
                    "nsubj" | "csubj" => Place::named("subject"),
                    "obj" | "iobj" => Place::named("object"),
                    "compound" | "amod" | "nmod" | "obl" => match preposition(scene, head) {
                        "" if rel != "obl" => Place::named("owner"),
                        preposition => Place { role: "with", preposition },
                    },
                    _ => Place::named("inside"),
                },
            };
        }
        // Inside of an argument of the root.
        let mut top = head;
        for _ in 0..12 {
            match trees.token(top).head {
                Some(up) if up == root || !inside(up) => break,
                Some(up) => top = up,
                None => break,
            }
        }
        return match trees.base_rel(top) {
            "nsubj" | "csubj" => Place::named("in subject"),
            "obj" | "iobj" => Place::named("in object"),
            "obl" | "nmod" => Place::named("in phrase"),
            _ => match rel {
                "nsubj" => Place::named("subject of clause"),
                "obj" => Place::named("object of clause"),
                _ => Place::named("inside"),
            },
        };
    }
    if let Some(cue) = one.draft.cue
        && trees.token(head).head.is_some_and(|h| cue.0 <= h && h <= cue.1)
    {
        return match rel {
            "obj" | "iobj" => Place::named("cue object"),
            "obl" | "nmod" if trees.rel(head) != "nmod:poss" => {
                Place { role: "cue with", preposition: preposition(scene, head) }
            }
            "nsubj" => Place::named("cue subject"),
            _ => Place::named("cue owner"),
        };
    }
    let sentence = trees.sentence_of(mention.head);
    if sentence == trees.sentence_of(first) {
        return Place::named(if mention.head < first { "beside, left" } else { "beside, right" });
    }
    match (sentence < trees.sentence_of(first), rel) {
        (true, "nsubj") => Place::named("before, subject"),
        (true, _) => Place::named("before"),
        _ => Place::named("after"),
    }
}
