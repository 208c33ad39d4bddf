//! Whom names stand for: known actors, actors of the article by another spelling, a family name alone, namesakes.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::super::gazetteer::fold;
use super::super::mentions::{Form, RawMention};
use super::super::{ActorKind, is_suffix};
use super::{Actor, Build, capitalised, tidy};
use crate::lexicon::{WordClass, Words};
use crate::nlp::Upos;

/// Times that somebody known is called by his family name alone before a relative does not take it from him.
const OFTEN: usize = 2;

/// Words between a country and the name of its office holder at most: "UK's acting Prime Minister".
const OFFICE_WORDS: usize = 6;

impl Build<'_> {
    /// Names: longer ones first, so that "Grushko" finds "Alexander Grushko" wherever that stands.
    pub(super) fn names(&mut self) {
        let mut order: Vec<usize> = (0..self.raw.len()).filter(|&i| self.raw[i].name.is_some()).collect();
        let length = |m: &RawMention| m.name.map_or(0, |(a, b)| b - a);
        for (index, mention) in self.raw.iter().enumerate() {
            if let Some(known) = mention.known.filter(|&known| self.in_office(index, known)) {
                self.titled.insert(known);
            }
        }
        for (word, bearers) in &self.index.ending {
            let relatives: Vec<usize> = bearers.iter().copied().filter(|&i| self.is_relative(i)).collect();
            if !relatives.is_empty() {
                self.relatives.insert(word.clone(), relatives);
            }
        }
        let known: Vec<Option<usize>> = (0..self.raw.len()).map(|i| self.known_by(i)).collect();
        order.sort_by_key(|&i| (known[i].is_none(), Reverse(length(&self.raw[i])), i));
        for index in order {
            let mention = &self.raw[index];
            let Some(name) = mention.name else { continue };
            let words = self.words_of(name);
            let text = self.trees.text_of(name.0, name.1);
            let at = match known[index] {
                Some(known) => self.people(index, known).unwrap_or_else(|| self.known_actor(known)),
                None => match self
                    .introduced(index)
                    .or_else(|| self.office_holder(index))
                    .or_else(|| self.seen_name(&words, mention.kind))
                {
                    Some(at) => at,
                    None => self.new_actor(tidy(&text), mention.kind.unwrap_or_else(|| unknown_kind(&words)), None),
                },
            };
            self.add_roles(at, index);
            if let Some(female) = self.female_by_title(index) {
                self.actors[at].female = Some(female);
            }
            self.of[index] = vec![at];
        }
    }

    /// The group that the name of a country's people, or of a part of a party, stands for.
    fn people(&mut self, index: usize, known: usize) -> Option<usize> {
        let ontology = &self.resolver.ontology;
        let RawMention { people, name, .. } = self.raw[index];
        let camp = &ontology.actors[known];
        if !people && camp.kind != ActorKind::Group {
            return None;
        }
        let whole = || name.filter(|_| people).map(|(first, last)| tidy(&self.trees.text_of(first, last)));
        let label = self.part_of_people(index).or_else(whole)?;
        let side = camp.bloc.as_ref().filter(|_| !people).unwrap_or(&camp.label).clone();
        Some(self.group_called(label, Some(side)))
    }

    /// "House Republicans", "moderate Democrats", "young Americans": what those are called whom the words before the name of a party or people set apart
    /// from the rest.
    fn part_of_people(&self, index: usize) -> Option<String> {
        const VAGUE: &[&str] = &[
            "all", "both", "certain", "enough", "few", "fellow", "many", "more", "most", "numerous", "other", "own",
            "same", "several", "some", "such", "various",
        ];
        let mention = &self.raw[index];
        let (first, last) = mention.name.filter(|_| mention.form == Form::Name)?;
        let apart = |t: usize| {
            matches!(self.trees.base_rel(t), "amod" | "compound")
                && matches!(self.trees.upos(t), Upos::Adj | Upos::Noun | Upos::Propn)
                && !VAGUE.contains(&self.trees.word(t).to_lowercase().as_str())
        };
        let own: Vec<usize> =
            self.trees.children(mention.head).iter().copied().filter(|&t| t < first && apart(t)).collect();
        let from = own.first().map_or(first, |&t| self.trees.extent(t).0.max(mention.first));
        // "Republicans on the trade committee".
        let of = self.trees.children_by(mention.head, &["nmod"]).find(|&t| t > last);
        let to = of
            .filter(|&t| {
                self.trees.children_by(t, &["case"]).any(|c| matches!(self.trees.lemma(c), "on" | "in" | "from"))
            })
            .map_or(last, |t| self.trees.extent(t).1);
        const LONGEST: usize = 8;
        let mark = |t: usize| self.trees.is_punct(t) && !matches!(self.trees.word(t), "-" | "–" | ".");
        let to = if to - last <= LONGEST && !(last..to).any(mark) { to } else { last };
        let whole = (from < first || last < to) && !(from..first).any(mark);
        whole.then(|| tidy(&capitalised(&self.trees.text_of(from, to))))
    }

    /// The titles of a name, without words of origin.
    fn titles(&self, index: usize) -> Vec<String> {
        self.raw[index].roles.iter().map(|role| self.plain_role(role)).collect()
    }

    /// Whether a name has the title of an office that somebody known holds or held: "President", "Chancellor".
    fn in_office(&self, index: usize, known: usize) -> bool {
        let titles = self.titles(index);
        let held = self.resolver.ontology.offices.iter().filter(|o| o.tenures.iter().any(|t| t.holder == known));
        !titles.is_empty() && held.flat_map(|o| &o.titles).any(|title| titles.contains(title))
    }

    /// Whom the ontology has for a name; nobody where it is a family name that the document gives to somebody else, alone or first
    /// ("Cameron" after "Tim Cameron").
    fn known_by(&self, index: usize) -> Option<usize> {
        let mention = &self.raw[index];
        let known = mention.known?;
        let (first, last) = mention.name?;
        if first < last {
            return Some(known);
        }
        if self.resolver.ontology.actors[known].kind != ActorKind::Person {
            return (!self.bears_name_of(index, known)).then_some(known);
        }
        // "the investment bank Marlow" is named after somebody else.
        let before = first.checked_sub(1).filter(|&t| self.trees.sentence_tokens(first).contains(&t));
        let firm = |t: usize| {
            matches!(self.trees.lemma(t), "bank" | "company" | "firm" | "brokerage" | "consultancy" | "retailer")
        };
        if before.is_some_and(firm) {
            return None;
        }
        // "Mrs. Brook" is no man; "President Brook" is who was one, whoever else has that name.
        let female = self.female_by_given_name(&self.resolver.ontology.actors[known].label);
        if self.female_by_title(index).zip(female).is_some_and(|(title, known)| title != known) {
            return None;
        }
        let word = self.trees.word(last);
        let namesakes = self.index.ending.get(word).map_or(&[][..], Vec::as_slice);
        if self.in_office(index, known)
            && !namesakes.iter().any(|&i| self.raw[i].known != Some(known) && self.in_office(i, known))
        {
            return Some(known);
        }
        let persons = |&&i: &&usize| self.raw[i].kind == Some(ActorKind::Person);
        let mut whole = namesakes.iter().filter(persons);
        let Some(&earliest) = whole.clone().next() else { return Some(known) };
        // Named in full he is only later, and another was already, who was not called so before that; or he never is, and another has the name, who is no
        // relative that comes in after it was used over and over.
        let alone = self.index.alone.get(&known).map_or(&[][..], Vec::as_slice);
        let called = alone.partition_point(|&alone| alone < earliest);
        let relative = self.relatives.get(word).is_some_and(|all| all.contains(&earliest));
        let other = match whole.find(|&&i| self.raw[i].known == Some(known)) {
            Some(&own) => earliest < index && index < own && called == 0,
            None => !(self.titled.contains(&known) || called >= OFTEN && relative),
        };
        (!other).then_some(known)
    }

    /// "Jordan" after "Representative Tim Jordan": whether a body or country was not spoken of before somebody who has its name, and nobody goes there.
    fn bears_name_of(&self, index: usize, known: usize) -> bool {
        let mention = &self.raw[index];
        let Some((_, last)) = mention.name.filter(|_| mention.form == Form::Name) else { return false };
        let namesakes = self.index.ending.get(self.trees.word(last)).map_or(&[][..], Vec::as_slice);
        let person =
            |&&i: &&usize| self.raw[i].kind == Some(ActorKind::Person) && self.raw[i].known.is_none_or(|k| k != known);
        let Some(&first) = namesakes.iter().find(person).filter(|&&first| first < index) else { return false };
        let before = self.index.alone.get(&known).is_some_and(|alone| alone[0] < first);
        let mut prepositions = self.trees.children_by(last, &["case"]);
        let there = prepositions
            .any(|p| matches!(self.trees.lemma(p), "in" | "at" | "to" | "into" | "from" | "across" | "throughout"));
        !before && !there && !matches!(self.trees.rel(last), "compound" | "amod")
    }

    /// Whom a family name alone stands for where several bear it: who was named in full in the sentences just before, else who was first (the others keep
    /// their given names to be told apart); a man for "Mr", a woman for "Ms".
    fn introduced(&self, index: usize) -> Option<usize> {
        const SENTENCES: usize = 2;
        let (first, last) = self.raw[index].name.filter(|(first, last)| first == last)?;
        let female = self.female_by_title(index);
        let bearers = self.index.ending.get(self.trees.word(last))?;
        let before = bearers.partition_point(|&i| self.raw[i].name.is_some_and(|(_, end)| end < first));
        let bearer = |i: usize| {
            let &at = self.of[i].first()?;
            let actor = &self.actors[at];
            let fits = female.is_none() || actor.female.is_none() || female == actor.female;
            (actor.kind == ActorKind::Person && fits).then_some(at)
        };
        // "his late father, Tim Brook", is called by his whole name later on.
        let relatives = self.relatives.get(self.trees.word(last)).into_iter().flatten();
        let relatives: BTreeSet<usize> = relatives.filter_map(|&i| bearer(i)).collect();
        let near = |&&i: &&usize| self.sentences_back(i, index) <= SENTENCES;
        let meant = |all: &[usize], relative: bool| {
            let one = |&i: &usize| bearer(i).filter(|at| relatives.contains(at) == relative);
            all.iter().rev().take_while(near).find_map(one).or_else(|| all.iter().find_map(one))
        };
        let all = &bearers[..before];
        meant(all, false)
            .or_else(|| bearers[before..].iter().find_map(|&i| bearer(i)).filter(|at| !relatives.contains(at)))
            .or_else(|| meant(all, true))
    }

    /// Whether a name is given only to tell whose relative somebody is: "her brother, Tim Brook", "a daughter of Tim Brook".
    fn is_relative(&self, index: usize) -> bool {
        const APART: usize = 4;
        let Some((first, _)) = self.raw[index].name else { return false };
        let kin = |t: usize| self.resolver.words.is(&self.trees.lemma(t).to_lowercase(), WordClass::Kin);
        let whose = |t: usize| self.trees.children_by(t, &["nmod:poss"]).next().is_some();
        let sentence = self.trees.sentence_tokens(first);
        let before = first.saturating_sub(APART).max(sentence.start)..first;
        let child_of = self.trees.token(self.raw[index].head).head.filter(|&up| up < first);
        before.rev().any(|t| kin(t) && whose(t))
            || child_of.is_some_and(|up| kin(up) && self.trees.base_rel(self.raw[index].head) == "nmod")
    }

    /// "British Prime Minister May": who held that office on the article's day (where it has none, at any time) under a family name that is no known name by itself.
    fn office_holder(&mut self, index: usize) -> Option<usize> {
        let mention = &self.raw[index];
        let (first, last) = mention.name.filter(|(first, last)| first == last)?;
        let word = fold(self.trees.word(last));
        let country = self.trees.sentence_tokens(first).start..first;
        let country = country.rev().take(OFFICE_WORDS).find_map(|t| self.country_at(t))?;
        let ontology = &self.resolver.ontology;
        let of = ontology.actors.iter().position(|a| a.label == country)?;
        let named =
            |&known: &usize| ontology.actors[known].label.rsplit(' ').next().is_some_and(|own| fold(own) == word);
        let titles = self.titles(index);
        let offices = ontology.offices.iter().filter(|o| o.of == of && o.titles.iter().any(|t| titles.contains(t)));
        let ever = offices.flat_map(|o| &o.tenures).map(|t| t.holder);
        let known = match self.day.as_deref() {
            Some(day) => titles.iter().filter_map(|title| ontology.holder(title, of, Some(day))).find(named),
            None => ever.into_iter().find(named),
        }?;
        Some(self.known_actor(known))
    }

    /// [`Self::same_name`], asked once for each name.
    fn seen_name(&mut self, words: &[String], kind: Option<ActorKind>) -> Option<usize> {
        let key = (words.to_vec(), kind);
        if let Some(&at) = self.by_words.get(&key) {
            return Some(at);
        }
        let at = self.same_name(words, kind)?;
        self.by_words.insert(key, at);
        Some(at)
    }

    /// An actor that these name words stand for too: same name, family name, acronym, or a near spelling of a family name.
    fn same_name(&self, words: &[String], kind: Option<ActorKind>) -> Option<usize> {
        let person = |a: &Actor| a.kind == ActorKind::Person;
        let label_words = |a: &Actor| -> Vec<String> {
            let own = a.label.split([' ', '-']).filter(|word| words.len() > 1 || !is_suffix(word));
            own.map(fold).collect()
        };
        if let Some(at) = self.actors.iter().position(|a| fold(&a.label).eq_ignore_ascii_case(&words.join(" "))) {
            return Some(at);
        }
        if kind != Some(ActorKind::Organization) || words.len() == 1 {
            let ends = |a: &Actor| {
                let own = label_words(a);
                own.len() > words.len() && own.ends_with(words)
            };
            if let Some(at) = self.actors.iter().position(|a| person(a) && ends(a)) {
                return Some(at);
            }
        }
        if let [word] = words {
            // "the North" in an article on North Korea.
            if matches!(word.as_str(), "North" | "South") {
                let half = |a: &Actor| a.kind == ActorKind::Country && a.label.starts_with(&format!("{word} "));
                if let Some(at) = self.actors.iter().position(half) {
                    return Some(at);
                }
            }
            // "ICC" for "International Criminal Court".
            if word.len() >= 2 && word.chars().all(char::is_uppercase) {
                let initials = |a: &Actor| -> String {
                    label_words(a).iter().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect()
                };
                if let Some(at) =
                    self.actors.iter().position(|a| !person(a) && a.label.contains(' ') && initials(a) == *word)
                {
                    return Some(at);
                }
            }
            // "the Post" for "The Harbour Post".
            if words_of_body(&self.resolver.words, word) {
                let ends = |a: &Actor| !person(a) && a.label.contains(' ') && label_words(a).last() == Some(word);
                if let Some(at) = self.actors.iter().position(ends) {
                    return Some(at);
                }
            }
            // "Zelenskiy" for "Zelensky"; a given name alone ("Hillary").
            let near = |a: &Actor| person(a) && label_words(a).last().is_some_and(|own| near_spelling(own, word));
            if let Some(at) = self.actors.iter().position(near) {
                return Some(at);
            }
            // What stands first is a family name where it is no given one ("Park" for "Park Geun-hye"), whatever it was taken for.
            if (kind != Some(ActorKind::Organization) || !self.resolver.words.is_given_name(word))
                && let Some(at) = self
                    .actors
                    .iter()
                    .position(|a| person(a) && a.label.contains(' ') && label_words(a).first() == Some(word))
            {
                return Some(at);
            }
        } else if kind != Some(ActorKind::Organization) {
            // Same family name, given name spelled another way or shortened ("Volodymyr"/"Vladimir" stay apart, "Mike"/"Michael Flynn" too unless initial agrees).
            let (first, last) = (&words[0], &words[words.len() - 1]);
            let same = |a: &Actor| {
                let own = label_words(a);
                person(a)
                    && own.len() > 1
                    && own.last().is_some_and(|l| l == last || near_spelling(l, last))
                    && own[0].chars().next() == first.chars().next()
            };
            return self.actors.iter().position(same);
        }
        None
    }
}

/// Whether a word of a name tells what kind of body it is: "Post", "Committee".
fn words_of_body(words: &Words, word: &str) -> bool {
    let word = word.to_lowercase();
    words.is(&word, WordClass::Body) || words.is(&word, WordClass::Outlet)
}

/// Two or three words in plain capitals that nothing else is known of name a person, other names a body.
fn unknown_kind(words: &[String]) -> ActorKind {
    let plain = |w: &String| w.chars().skip(1).all(|c| c.is_lowercase() || matches!(c, '-' | '\'' | '’'));
    if (2..=3).contains(&words.len()) && words.iter().all(plain) { ActorKind::Person } else { ActorKind::Organization }
}

/// Family names that differ as transliterations do: same first letter, same consonants, or one letter off in a long name.
fn near_spelling(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    if a == b {
        return true;
    }
    let long = a.chars().count().min(b.chars().count()) >= 6;
    let skeleton = |w: &str| -> String {
        let mut out = String::new();
        for c in w.chars().filter(|c| !"aeiouyj'".contains(*c)) {
            if !out.ends_with(c) {
                out.push(c);
            }
        }
        out
    };
    long && a.chars().next() == b.chars().next() && skeleton(&a) == skeleton(&b)
}
