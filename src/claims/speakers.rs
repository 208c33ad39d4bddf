//! Who speaks: in each quotation, and behind each mention that is named as a source.

use super::draft::{Draft, Source};
use super::extract::{Scene, Sourced};
use super::owners::{is_definite, is_document};
use super::quotes::{self, Quote};
use crate::actors::{ActorKind, Form, Mention};
use crate::nlp::Trees;

/// Actors that hold a stance, and the tokens that name them where they are named.
pub(super) type Holder = (Vec<usize>, Option<(usize, usize)>);

/// Who speaks in each quotation: indices of actors.
#[derive(Debug)]
pub(super) struct Speakers {
    of: Vec<Option<Vec<usize>>>,
}

impl Speakers {
    pub(super) fn new(scene: &Scene<'_>, drafts: &[Draft]) -> Self {
        let mut speakers = Self { of: vec![None; scene.quotes.len()] };
        speakers.learn(scene, drafts, true);
        speakers.carry(scene);
        speakers
    }

    /// Whether the quotation before was left open and this one stands in the next paragraph.
    fn after_open(scene: &Scene<'_>, number: usize) -> bool {
        let block = |t: usize| scene.trees.block_of(t);
        let before = number.checked_sub(1).map(|p| scene.quotes[p]);
        before.is_some_and(|b| b.open_end && block(scene.quotes[number].first) == block(b.last) + 1)
    }

    /// Whether a quotation goes on with the one before: its paragraph begins with a mark, and the one before was left open.
    fn carried(scene: &Scene<'_>, number: usize) -> bool {
        let first = scene.quotes[number].first;
        let begins = first < 2 || scene.trees.block_of(first - 2) != scene.trees.block_of(first);
        begins && Self::after_open(scene, number)
    }

    /// One speaker for all paragraphs of a quotation.
    fn carry(&mut self, scene: &Scene<'_>) {
        let joined: Vec<usize> = (1..self.of.len()).filter(|&n| Self::carried(scene, n)).collect();
        for &number in &joined {
            self.of[number] = self.of[number].take().or_else(|| self.of[number - 1].clone());
        }
        for &number in joined.iter().rev() {
            self.of[number - 1] = self.of[number - 1].take().or_else(|| self.of[number].clone());
        }
    }

    /// Speakers from drafts whose content is (in) a quotation and whose cue stands outside of it;
    /// a quotation that goes on with the one before may wait for what is found out of that one.
    fn learn(&mut self, scene: &Scene<'_>, drafts: &[Draft], also_carried: bool) {
        for (number, quote) in scene.quotes.iter().enumerate() {
            if self.of[number].is_some() || !also_carried && Self::carried(scene, number) {
                continue;
            }
            let mut best: Option<((bool, usize), Vec<usize>)> = None;
            for draft in drafts {
                let Source::Head(head) = draft.source else { continue };
                let cue = draft.cue.map_or(head, |c| c.0);
                if (quote.first..=quote.last).contains(&cue) || (quote.first..=quote.last).contains(&head) {
                    continue;
                }
                let overlaps =
                    std::iter::once(&draft.content).chain(&draft.more).any(|c| c.0 <= quote.last && quote.first <= c.1);
                if !overlaps {
                    continue;
                }
                let distance = if cue > quote.last { cue - quote.last } else { quote.first.saturating_sub(cue) };
                let actors = coordinated(scene, head);
                if !actors.is_empty() {
                    // An outlet is where it was said: whoever else is credited said it.
                    let rank = (outlets(scene, &actors), distance);
                    if best.as_ref().is_none_or(|(r, _)| rank < *r) {
                        best = Some((rank, actors));
                    }
                }
            }
            self.of[number] = best.map(|(_, actors)| speaker_quoted(scene, quote, actors));
        }
    }

    /// Speakers that the model points at from inside a quotation.
    fn learn_from_signals(&mut self, scene: &Scene<'_>) {
        for number in 0..self.of.len() {
            let quote = scene.quotes[number];
            if self.of[number].is_some() || Self::carried(scene, number) {
                continue;
            }
            let signals = &scene.trees.analysis.signals;
            let pointed =
                signals.iter().filter(|s| (quote.first..=quote.last).contains(&s.content.0)).find_map(|signal| {
                    let block = |t: usize| scene.trees.block_of(t);
                    let token = signal.source.filter(|t| !(quote.first..=quote.last).contains(t))?;
                    // What a later paragraph names is a heading or another matter.
                    if block(token) > block(quote.last) {
                        return None;
                    }
                    let mention = mention_ending(scene, token)?;
                    (!mention.actors.is_empty()).then(|| coordinated(scene, mention.head))
                });
            self.of[number] = pointed.map(|actors| speaker_quoted(scene, &quote, actors));
        }
    }

    /// Quotations without a verb of speech: introduced by a colon, carried on from the one before, or of whoever spoke last in the paragraph.
    pub(super) fn complete(&mut self, scene: &Scene<'_>, drafts: &[Draft]) {
        let block = |t: usize| scene.trees.block_of(t);
        for number in 0..self.of.len() {
            if self.of[number].is_none() {
                self.of[number] = introduced(scene, scene.quotes[number]);
            }
        }
        // A quotation that follows an attributed one in the same paragraph goes on with it.
        for number in 1..self.of.len() {
            let (before, quote) = (scene.quotes[number - 1], scene.quotes[number]);
            if self.of[number].is_none() && block(before.last) == block(quote.first) && quote.last - quote.first >= 4 {
                self.of[number] = self.of[number - 1].clone();
            }
        }
        self.carry(scene);
        self.learn_from_signals(scene);
        self.learn(scene, drafts, false);
        for number in 0..self.of.len() {
            if self.of[number].is_some() {
                continue;
            }
            let quote = scene.quotes[number];
            // A sentence cut after a quotation mark: "…" Merkel said.
            let previous = number.checked_sub(1);
            let same_paragraph = previous.is_some_and(|p| block(scene.quotes[p].last) == block(quote.first));
            if (same_paragraph || Self::after_open(scene, number))
                && let Some(p) = previous
                && let Some(actors) = self.of[p].clone()
            {
                self.of[number] = Some(actors);
                continue;
            }
            // The next quotation of the same paragraph is attributed ("A. B," he said).
            let next = (number + 1 < self.of.len()).then_some(number + 1);
            if let Some(n) = next.filter(|&n| block(scene.quotes[n].first) == block(quote.last))
                && let Some(actors) = self.of[n].clone()
            {
                self.of[number] = Some(actors);
                continue;
            }
            // Whoever the last sentence before is about.
            let sentence = scene.trees.sentence_of(quote.first);
            let before = scene.trees.analysis.sentences[..sentence].iter().rev().take(2);
            for earlier in before {
                let subject = earlier.tokens.clone().find(|&t| {
                    scene.trees.base_rel(t) == "nsubj"
                        && scene.trees.token(t).head.is_some_and(|h| scene.trees.token(h).head.is_none())
                });
                if let Some(mention) = subject.and_then(|s| scene.cast.at_head(s)).filter(|m| !m.actors.is_empty()) {
                    self.of[number] = Some(mention.actors.clone());
                    break;
                }
            }
        }
    }

    /// Speakers of the quotation around a token.
    pub(super) fn at(&self, scene: &Scene<'_>, token: usize) -> Option<&[usize]> {
        quotes::around(scene.quotes, token).and_then(|q| self.of[q].as_deref())
    }

    /// Actors and mention of a source; nothing where nobody is found.
    pub(super) fn source(&self, scene: &Scene<'_>, draft: Draft) -> Option<Sourced> {
        let (actors, mention) = match draft.source {
            Source::Speaker => (self.at(scene, draft.content.0)?.to_vec(), None),
            Source::Head(head) => self.of_head(scene, head)?,
        };
        if matches!(draft.source, Source::Head(head) if is_nobody(scene, head)) {
            return None;
        }
        Some(Sourced {
            draft,
            actors,
            mention,
            signal: 0.0,
            acts: [0.0; 13],
            lexicon: None,
            signal_addressees: Vec::new(),
            by_rule: true,
            attributed: 0.0,
            via: Vec::new(),
            features: std::collections::BTreeMap::new(),
            confidence: 0.0,
        })
    }

    /// Actors that the mention with this head stands for, "I" and "we" as the speaker.
    pub(super) fn of_head(&self, scene: &Scene<'_>, head: usize) -> Option<Holder> {
        let head = super::clause::holder(scene.trees, scene.words, head);
        let named = scene.cast.at_head(head);
        if named.is_none() && is_document(scene.trees, scene.words, head) {
            return authors(scene, head).map(|actors| (actors.to_vec(), Some((head, head))));
        }
        let mention = named.or_else(|| scene.cast.around(head))?;
        let first_person = mention.form == Form::Pronoun
            && quotes::FIRST_PERSON.contains(&scene.trees.word(mention.head).to_lowercase().as_str());
        let actors = if first_person {
            self.at(scene, mention.head)?.to_vec()
        } else if mention.actors.is_empty() || mention.form == Form::Adjective && mention.head != head {
            return None;
        } else {
            coordinated(scene, mention.head)
        };
        let actors = if first_person { actors } else { titled(scene, mention, actors) };
        let last = scene
            .trees
            .coordinated(mention.head)
            .iter()
            .filter_map(|&h| scene.cast.at_head(h))
            .map(|m| m.last)
            .max()
            .unwrap_or(mention.last);
        Some((actors, Some((mention.first, last.max(mention.last)))))
    }
}

/// "Former Governor and presidential candidate Bill Weld": titles that the tree takes for persons of their own give way to the name they lead to.
fn titled(scene: &Scene<'_>, mention: &Mention, actors: Vec<usize>) -> Vec<usize> {
    let trees = scene.trees;
    let kind = |a: usize| scene.cast.actors[a].kind;
    if mention.form == Form::Pronoun || actors.iter().all(|&a| kind(a) == ActorKind::Person) {
        return actors;
    }
    let sentence = trees.sentence_tokens(mention.head);
    let parts = trees.coordinated(mention.head);
    let reach = parts.iter().map(|&h| trees.extent(h).1).max().unwrap_or(mention.last);
    // One more title in small letters leads to the name right behind it.
    let reach = if parts.len() > 1 { reach + 1 } else { reach };
    let from = scene.cast.mentions.partition_point(|m| m.first < mention.first);
    // Names of persons with nothing but a noun before them.
    let named: Vec<&Mention> = scene.cast.mentions[from..]
        .iter()
        .take_while(|m| m.first <= reach.min(sentence.end.saturating_sub(1)))
        .filter(|m| m.form == Form::Name && m.actors.iter().all(|&a| kind(a) == ActorKind::Person))
        .filter(|m| {
            let before = m.first.checked_sub(1).filter(|&t| t >= mention.first && sentence.contains(&t));
            before.is_some_and(|t| &*trees.token(t).xpos == "NN" || trees.token(t).xpos.starts_with("NNP"))
        })
        .collect();
    if named.is_empty() {
        return actors;
    }
    let mut out: Vec<usize> = actors.iter().copied().filter(|&a| kind(a) == ActorKind::Person).collect();
    for &actor in named.iter().flat_map(|m| &m.actors) {
        if !out.contains(&actor) {
            out.push(actor);
        }
    }
    out
}

/// Whether all of these actors are news outlets.
pub(super) fn outlets(scene: &Scene<'_>, actors: &[usize]) -> bool {
    actors.iter().all(|&a| scene.cast.actors[a].outlet)
}

/// Whom an outlet quotes where it quotes somebody, else the actors themselves.
fn speaker_quoted(scene: &Scene<'_>, quote: &Quote, actors: Vec<usize>) -> Vec<usize> {
    quoted_by(scene, quote, &actors).unwrap_or(actors)
}

/// "… Izvestia reported the minister stating": whom an outlet quotes, where a participle of speech beside the quotation names him.
fn quoted_by(scene: &Scene<'_>, quote: &Quote, actors: &[usize]) -> Option<Vec<usize>> {
    if !outlets(scene, actors) {
        return None;
    }
    let trees = scene.trees;
    let sentence = trees.sentence_tokens(quote.last);
    sentence.filter(|t| !(quote.first..=quote.last).contains(t)).find_map(|t| {
        let speaks = matches!(
            trees.word(t),
            "saying" | "stating" | "telling" | "adding" | "noting" | "writing" | "warning" | "insisting" | "declaring"
        );
        if !speaks {
            return None;
        }
        // The name before the participle, whatever the tree says.
        let subject = super::clause::subject(trees, t).and_then(|s| scene.cast.at_head(s));
        let before = t.checked_sub(1).and_then(|last| mention_ending(scene, last));
        let beside = t.checked_sub(1).and_then(|last| scene.cast.at_head(last));
        let mention = [subject, before, beside]
            .into_iter()
            .flatten()
            .find(|m| !m.actors.is_empty() && !outlets(scene, &m.actors))?;
        Some(mention.actors.clone())
    })
}

/// Who introduces a quotation with a colon: "The BBC reports: …", "Brook's statement reads in full:".
fn introduced(scene: &Scene<'_>, quote: Quote) -> Option<Vec<usize>> {
    let trees = scene.trees;
    // A paragraph that is set apart has no mark between.
    let mark = quote.first.checked_sub(1)?;
    let colon = if trees.word(mark) == ":" { Some(mark) } else { mark.checked_sub(1) };
    let colon = colon.filter(|&t| trees.word(t) == ":")?;
    let sentence = trees.sentence_tokens(colon);
    let named = |t: usize| scene.cast.at_head(t).filter(|m| !m.actors.is_empty());
    let speaks = |t: &usize| {
        let verb = trees.token(*t).head.filter(|&h| h < mark && trees.upos(h) == crate::nlp::Upos::Verb);
        trees.base_rel(*t) == "nsubj" && verb.is_some() && named(*t).is_some()
    };
    let owns = |t: &usize| {
        let what = trees.token(*t).head.filter(|&h| is_document(trees, scene.words, h));
        trees.rel(*t) == "nmod:poss" && what.is_some() && named(*t).is_some()
    };
    let by = (sentence.start..colon).rev().find(speaks).or_else(|| (sentence.start..colon).rev().find(owns))?;
    Some(coordinated(scene, by))
}

/// The mention that ends at a token: the longest such phrase, else the one around it.
pub(super) fn mention_ending<'a>(scene: &Scene<'a>, token: usize) -> Option<&'a Mention> {
    let ending =
        scene.cast.mentions.iter().filter(|m| m.last == token && m.form != Form::Adjective && !m.actors.is_empty());
    ending.max_by_key(|m| m.last - m.first).or_else(|| scene.cast.around(token))
}

/// "China's Xi Jinping", "Ministry of Justice spokesman Omar Hale": the person that the name of a state or body leads to by a possessive or a
/// title, whatever the tree says.
fn led_to<'a>(scene: &Scene<'a>, mention: &Mention) -> Option<&'a Mention> {
    const FAR: usize = 4;
    let trees = scene.trees;
    let kind = |a: usize| scene.cast.actors[a].kind;
    let body = |&a: &usize| matches!(kind(a), ActorKind::Country | ActorKind::Organization);
    if mention.form != Form::Name || !mention.actors.iter().all(body) {
        return None;
    }
    let end = trees.sentence_tokens(mention.head).end;
    let from = scene.cast.mentions.partition_point(|m| m.first <= mention.last);
    let person =
        scene.cast.mentions[from..].iter().take_while(|m| m.first <= mention.last + FAR && m.first < end).find(
            |m| m.form == Form::Name && !m.actors.is_empty() && m.actors.iter().all(|&a| kind(a) == ActorKind::Person),
        )?;
    let between = mention.last + 1..person.first;
    let joins = |t: usize| {
        matches!(trees.word(t), "'s" | "’s" | "'" | "’") || matches!(&*trees.token(t).xpos, "NN" | "NNP" | "POS")
    };
    (!between.is_empty() && between.clone().all(joins)).then_some(person)
}

/// "The report said" after "a report by the auditors": who wrote it, where the article says so anywhere.
fn authors<'a>(scene: &'a Scene<'_>, noun: usize) -> Option<&'a [usize]> {
    let document = is_document(scene.trees, scene.words, noun);
    document.then(|| press(scene, noun).or_else(|| scene.standing.owners.authors(scene.trees, noun))).flatten()
}

/// "The paper said" after a newspaper was named: the one named last.
fn press<'a>(scene: &'a Scene<'_>, noun: usize) -> Option<&'a [usize]> {
    if scene.trees.word(noun) != "paper" || !is_definite(scene.trees, noun) {
        return None;
    }
    let outlet = |m: &&Mention| !m.actors.is_empty() && m.actors.iter().all(|&a| scene.cast.actors[a].outlet);
    let before = scene.cast.mentions.partition_point(|m| m.first < noun);
    scene.cast.mentions[..before].iter().rev().find(outlet).map(|m| m.actors.as_slice())
}

/// Whether a token names nobody who could hold a stance: a poll that the article gives to nobody (what it finds is held by those who were asked),
/// or hearsay.
pub(super) fn is_nobody(scene: &Scene<'_>, token: usize) -> bool {
    let poll = matches!(scene.trees.lemma(token), "poll" | "survey");
    poll && authors(scene, token).is_none() || is_hearsay(scene.trees, token)
}

/// Bare "reports" and "sources", of which nothing more is said.
pub(super) fn is_hearsay(trees: &Trees<'_>, token: usize) -> bool {
    matches!(trees.lemma(token), "report" | "rumour" | "rumor" | "source" | "observer")
        && matches!(&*trees.token(token).xpos, "NNS" | "NNPS")
        && trees.children_by(token, &["nmod:poss", "compound", "amod", "nmod", "acl", "det"]).next().is_none()
}

/// Actors of a mention and of those coordinated with it.
pub(super) fn coordinated(scene: &Scene<'_>, head: usize) -> Vec<usize> {
    if let Some(all) = titled_list(scene, head) {
        return all;
    }
    let mut out = Vec::new();
    // "the leaders of the UK, France and Germany": names within the phrase are no more holders.
    let whole = scene.cast.at_head(head).filter(|m| m.form == Form::Nominal).map(|m| (m.first, m.last));
    let within = |part: usize| part != head && whole.is_some_and(|(first, last)| first <= part && part <= last);
    for part in scene.trees.coordinated(head).into_iter().flat_map(|part| listed(scene, part)).filter(|&p| !within(p)) {
        if let Some(mention) = scene.cast.at_head(part).map(|m| led_to(scene, m).unwrap_or(m)) {
            for &actor in authors(scene, part).unwrap_or(&mention.actors) {
                if !out.contains(&actor) {
                    out.push(actor);
                }
            }
        }
    }
    out
}

/// "Sens. Ana Ruiz of Ohio, Omar Hale and Dana Brook": all whom a title in the plural stands before, whatever the tree says; nothing where the mention with
/// this head is none of them.
fn titled_list(scene: &Scene<'_>, head: usize) -> Option<Vec<usize>> {
    const FAR: usize = 24;
    const PLURALS: &[&str] = &[
        "sens.",
        "senators",
        "reps.",
        "representatives",
        "govs.",
        "governors",
        "presidents",
        "ministers",
        "congressmen",
        "mayors",
    ];
    let trees = scene.trees;
    let sentence = trees.sentence_tokens(head);
    let plural = |t: &usize| PLURALS.contains(&trees.word(*t).to_lowercase().as_str());
    let title = (head.saturating_sub(FAR).max(sentence.start)..=head).rev().find(plural)?;
    let end = sentence.end.min(title + 2 * FAR);
    // "Senators and Dana Brook": no title of hers.
    if title + 1 >= end || matches!(trees.word(title + 1), "and" | "&" | ",") {
        return None;
    }
    let from = scene.cast.mentions.partition_point(|m| m.first < title.saturating_sub(FAR));
    let person = |m: &&Mention| {
        let named = m.form == Form::Name && !m.actors.is_empty();
        named && m.actors.iter().all(|&a| scene.cast.actors[a].kind == ActorKind::Person)
    };
    let mut found: Vec<usize> = Vec::new();
    let mut holds = false;
    let mut at = title + 1;
    while at < end {
        let name =
            scene.cast.mentions[from..].iter().take_while(|m| m.first <= at).filter(person).find(|m| m.head == at);
        if let Some(name) = name {
            holds |= name.head == head;
            found.extend(name.actors.iter().filter(|a| !found.contains(a)).copied().collect::<Vec<_>>());
        }
        let joins = matches!(trees.word(at), "," | "and" | "&" | "of" | "(" | ")" | "-");
        let proper = trees.word(at).starts_with(char::is_uppercase);
        if !joins && !proper {
            break;
        }
        at += 1;
    }
    (found.len() >= 2 && (holds || head == title)).then_some(found)
}

/// A conjunct and what the tree hangs on it as an apposition though it is one more of a list: "Ana Ruiz, Defence Minister Jan Roe and the envoy Li Na".
fn listed(scene: &Scene<'_>, part: usize) -> Vec<usize> {
    let person = |t: usize| {
        let mention = scene.cast.at_head(t).filter(|m| m.form == Form::Name)?;
        mention.actors.iter().all(|&a| scene.cast.actors[a].kind == ActorKind::Person).then_some(&mention.actors)
    };
    let named = person(part);
    let others = scene.trees.children_by(part, &["appos"]).filter(|&t| {
        let other = person(t);
        match named {
            Some(_) => other.is_some() && other != named && scene.trees.children_by(part, &["conj"]).next().is_some(),
            None => other.is_some() && scene.cast.at_head(part).is_none(),
        }
    });
    std::iter::once(part).chain(others).collect()
}
