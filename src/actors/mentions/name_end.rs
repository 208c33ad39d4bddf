//! Where a run of name tokens ends: what joins the words of one name.

use super::super::ActorKind;
use super::Finder;
use crate::lexicon::WordClass;
use crate::nlp::{Upos, is_base_form};

/// A way in which a name goes on behind its words from the first to the end (exclusive), within a limit: the new end.
type Join<'a> = fn(&Finder<'a>, usize, usize, usize) -> Option<usize>;

impl<'a> Finder<'a> {
    /// All ways, in the order in which they are tried.
    const JOINS: [Join<'a>; 13] = [
        Self::elect,
        Self::particle,
        Self::belonging,
        Self::office_of_the,
        Self::body_behind_and,
        Self::field_of_body,
        Self::field_of_office,
        Self::partners,
        Self::of_body_or_title,
        Self::circuit_of_court,
        Self::body_of_people,
        Self::capital_preposition,
        Self::affairs,
    ];

    /// End of the run of name tokens that starts at `at` (equal to `at` if none does).
    pub(super) fn run_end(&self, at: usize, limit: usize) -> usize {
        if !self.is_name_token(at) {
            return at;
        }
        let mut end = at + 1;
        while end < limit {
            if self.is_name_token(end) {
                end += 1;
                continue;
            }
            match Self::JOINS.iter().find_map(|join| join(self, at, end, limit)) {
                Some(next) => end = next,
                None => break,
            }
        }
        // "Moon Jae-in said", "Office of Health and Care": a known name goes on beyond what the tagger takes for one.
        let known = |from: usize| {
            let words: Vec<&str> = (from..limit.min(from + 8)).map(|i| self.trees.word(i)).collect();
            let named = |length: usize, actor: usize| match self.ontology.actors[actor].kind {
                ActorKind::Person => true,
                ActorKind::Organization => words[length - 1].starts_with(char::is_uppercase),
                _ => false,
            };
            let whole = self.gazetteer.longest(&words).filter(|&(length, actor, _)| named(length, actor));
            whole.map_or(end, |(length, ..)| from + length)
        };
        (at..end).map(known).max().unwrap_or(end).max(end)
    }

    fn word_in(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.trees.word(at))
    }

    /// Whether a token of a name follows `end` at once.
    fn name_follows(&self, end: usize, limit: usize) -> bool {
        end + 1 < limit && self.is_name_token(end + 1)
    }

    fn has_title(&self, at: usize, end: usize) -> bool {
        (at..end).any(|i| self.is(i, WordClass::Title))
    }

    /// "President-elect Laura Pell"; "the President-elect" alone is no name.
    fn elect(&self, _: usize, end: usize, limit: usize) -> Option<usize> {
        let next = self.after_elect(end)?;
        (next < limit && self.is_name_token(next)).then_some(next + 1)
    }

    /// Particles and hyphens hold a name together when a name token follows.
    fn particle(&self, at: usize, end: usize, limit: usize) -> Option<usize> {
        const OTHERS: &[&str] = &["era", "style", "wing", "area", "year", "size", "elect"];
        let mut next = end;
        while next < limit && next < end + 3 && (self.is(next, WordClass::Particle) || self.word_in(next, &["-", "–"]))
        {
            next += 1;
        }
        if next == end || next >= limit || !self.trees.word(next).starts_with(char::is_alphabetic) {
            return None;
        }
        let hyphen = self.word_in(next - 1, &["-", "–"]);
        // "Lin Bao-tek": a family name and the first half of a given one before the hyphen.
        let second_half = hyphen
            && end - at >= 2
            && next == end + 1
            && self.trees.token(next).span.start == self.trees.token(end - 1).span.end + self.trees.word(end).len()
            && self.trees.upos(next) == Upos::Noun
            && self.trees.word(next).len() <= 6
            && !self.is(next, WordClass::Title)
            && !self.word_in(next, OTHERS);
        (self.is_name_token(next) || hyphen && self.trees.upos(next) == Upos::Propn || second_half).then_some(next + 1)
    }

    /// "Workers for Clean Rivers": what the tree hangs on the run, but for "Dana Brook of East Fenwick".
    fn belonging(&self, at: usize, end: usize, limit: usize) -> Option<usize> {
        let person = |i: usize| self.given_name(i) || self.trees.word(end) == "of" && self.is_person(i);
        let holds = self.word_in(end, &["of", "for"])
            && (end - at < 2 || !(at..end).any(person))
            && self.name_follows(end, limit)
            && (at..end).any(|t| self.trees.dominates(t, end + 1))
            && self.gazetteer.longest(&[self.trees.word(end - 1)]).is_none();
        holds.then_some(end + 2)
    }

    /// "Chairman of the Joint Chiefs of Staff General Mark Dunn", where a person's name follows.
    fn office_of_the(&self, _: usize, end: usize, limit: usize) -> Option<usize> {
        let holds = self.is(end - 1, WordClass::Title)
            && self.word_in(end, &["of", "to"])
            && end + 2 < limit
            && self.trees.word(end + 1) == "the"
            && self.person_within(end + 3, self.names_until(end + 2, limit)).is_some();
        holds.then_some(end + 3)
    }

    /// "Border Relief and Refugee Services": what stands before "and" depends on the body's name behind it.
    fn body_behind_and(&self, at: usize, end: usize, limit: usize) -> Option<usize> {
        if !self.word_in(end, &["and", "&"]) || end - at < 2 {
            return None;
        }
        let depends = |rest: usize| (at..end).any(|i| self.trees.token(i).head.is_some_and(|h| end < h && h < rest));
        self.body_from(end + 1, limit).filter(|&rest| depends(rest))
    }

    /// "Department of Health and Human Services", "Centres for Disease Control and Prevention".
    fn field_of_body(&self, at: usize, end: usize, limit: usize) -> Option<usize> {
        let holds = self.trees.word(end) == "and"
            && self.names_body(at, end)
            && (at..end).any(|i| self.word_in(i, &["of", "for", "on"]))
            && self.name_follows(end, limit)
            && !self.is(end + 1, WordClass::Body)
            && is_base_form(&self.trees.word(end + 1).to_lowercase())
            && self.gazetteer.longest(&[self.trees.word(end + 1)]).is_none();
        holds.then_some(end + 2)
    }

    /// "Secretary of Work and Pensions Dana Brook".
    fn field_of_office(&self, at: usize, end: usize, limit: usize) -> Option<usize> {
        let holds = self.trees.word(end) == "and"
            && self.has_title(at, end)
            && (at..end).any(|i| self.word_in(i, &["of", "for"]))
            && end + 2 < limit
            && self.is_name_token(end + 1)
            && self.person_within(end + 2, self.names_until(end + 2, limit)).is_some();
        holds.then_some(end + 2)
    }

    /// "Harbour & Sons", "Marlow and Co."
    fn partners(&self, _: usize, end: usize, limit: usize) -> Option<usize> {
        const PARTNERS: &[&str] = &["Co", "Co.", "Sons", "Brothers", "Partners", "Associates"];
        let holds = self.word_in(end, &["and", "&"]) && end + 1 < limit && self.word_in(end + 1, PARTNERS);
        holds.then_some(end + 2)
    }

    /// "Ministry of Justice", "Committee on Trade", "Secretary of State".
    fn of_body_or_title(&self, _: usize, end: usize, limit: usize) -> Option<usize> {
        let holds = self.word_in(end, &["of", "for", "on"])
            && (self.is(end - 1, WordClass::Body) || self.is(end - 1, WordClass::Title))
            && self.name_follows(end, limit);
        holds.then_some(end + 2)
    }

    /// "Harbour Workers' Union", "Lowland Women's Federation": whose body it is, where they are several and no name of somebody.
    fn body_of_people(&self, at: usize, end: usize, limit: usize) -> Option<usize> {
        const PEOPLE: &[&str] = &["women", "men", "children", "people", "seamen", "fishermen", "policemen"];
        let word = self.trees.word(end - 1);
        let people = word.to_lowercase();
        let several = self.word_in(end, &["'", "’"])
            && (people.ends_with("ers") || people.ends_with('s') && is_base_form(people.trim_end_matches('s')))
            || self.word_in(end, &["'s", "’s"]) && PEOPLE.contains(&people.as_str());
        if !several || self.gazetteer.longest(&[word]).is_some() || (at..end).any(|i| self.given_name(i)) {
            return None;
        }
        self.body_from(end + 1, limit)
    }

    /// The end of the few name tokens from `at` on, where they end as a body's name does.
    fn body_from(&self, at: usize, limit: usize) -> Option<usize> {
        let reach = limit.min(at + 4);
        let end = (at..reach).find(|&i| !self.is_name_token(i)).unwrap_or(reach);
        (end > at && self.is(end - 1, WordClass::Body)).then_some(end)
    }

    /// "Court of Appeals for the 4th Circuit", "District Court for the Northern District of Ohio".
    fn circuit_of_court(&self, at: usize, end: usize, limit: usize) -> Option<usize> {
        let court = (at..end).any(|i| self.word_in(i, &["Court", "Courts"]));
        if !court || !self.word_in(end, &["for"]) || end + 3 >= limit || self.trees.word(end + 1) != "the" {
            return None;
        }
        let ordinal = |i: usize| self.trees.word(i).starts_with(|c: char| c.is_ascii_digit());
        let last = (end + 2..limit.min(end + 7))
            .take_while(|&i| ordinal(i) || self.is_name_token(i) || self.trees.word(i) == "of")
            .last()?;
        let circuit = (end + 2..=last).any(|i| self.word_in(i, &["Circuit", "District"]));
        (circuit && self.is_name_token(last)).then_some(last + 1)
    }

    /// "the Parents Against Noise Association": a preposition with a capital, where the whole ends as a body does.
    fn capital_preposition(&self, _: usize, end: usize, limit: usize) -> Option<usize> {
        const PREPOSITIONS: &[&str] = &["From", "For", "Of", "On", "To", "Against", "With", "In", "Without", "Before"];
        if !self.word_in(end, PREPOSITIONS) {
            return None;
        }
        let last = self.names_until(end + 1, limit);
        (last > end + 1 && self.is(last - 1, WordClass::Body)).then_some(last)
    }

    /// "Secretary of State for European Affairs Lena Horst": the field of an office may begin with adjectives, where a person's name follows.
    fn affairs(&self, at: usize, end: usize, limit: usize) -> Option<usize> {
        if self.trees.word(end) != "for" || !self.has_title(at, end) {
            return None;
        }
        let field = |&i: &usize| self.trees.word(i) == "and" || self.trees.word(i).starts_with(char::is_uppercase);
        let reach = (end + 1..limit.min(end + 9)).take_while(field).last().map_or(end, |i| i + 1);
        self.person_within(end + 2, reach).map(|person| person + 1)
    }
}
