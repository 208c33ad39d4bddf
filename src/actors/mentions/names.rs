//! Names: known ones, and unknown ones with the titles and sides before them.

use super::super::gazetteer::NameForm;
use super::super::{ActorKind, is_suffix};
use super::{Finder, Form, RawMention};
use crate::lexicon::WordClass;
use crate::nlp::{Upos, is_base_form};

/// Conjuncts that are followed up to the first: "British, French and German officials".
const CONJUNCTS: usize = 8;

impl Finder<'_> {
    /// Names in a sentence: known ones anywhere, unknown ones as runs of proper nouns.
    pub(super) fn names(&self, tokens: std::ops::Range<usize>, taken: &mut [bool], out: &mut Vec<RawMention>) {
        let mut at = tokens.start;
        while at < tokens.end {
            let words: Vec<&str> = (at..tokens.end.min(at + 8)).map(|i| self.trees.word(i)).collect();
            // An article is part of few names, whatever the tagger takes it for.
            // "The National Mining Association" is not the newspaper "The National".
            let goes_on = |length: usize| {
                let next = at + length;
                length == 2
                    && self.trees.word(at) == "The"
                    && next < tokens.end
                    && self.trees.upos(next) == Upos::Propn
                    && !self.is(next, WordClass::Title)
            };
            let known = self.gazetteer.longest(&words).filter(|&(length, ..)| !goes_on(length));
            let article = ["the", "a", "an"].iter().any(|article| words[0].eq_ignore_ascii_case(article));
            if known.is_none() && article {
                at += 1;
                continue;
            }
            // "@realDonaldTrump": whoever is known by the name in it; other handles are nobody.
            if let Some(handle) = words[0].strip_prefix('@') {
                if let Some(actor) = self.of_handle(handle) {
                    self.known(at, at + 1, actor, NameForm::Name, taken, out);
                }
                taken[at] = true;
                at += 1;
                continue;
            }
            // God takes no part in the news.
            if self.is_one_of_them(at) || matches!(words[0], "God" | "Allah" | "Jesus" | "Christ") && known.is_none() {
                at += 1;
                continue;
            }
            let end = self.run_end(at, tokens.end);
            // "The South Dakota Republican" names nobody.
            let article = || at > tokens.start && self.trees.word(at - 1).eq_ignore_ascii_case("the");
            if end > at + 1
                && known.is_none_or(|(length, ..)| length < end - at)
                && article()
                && self.is_one_of_them(end - 1)
            {
                at = end;
                continue;
            }
            // "UN nuclear watchdog": a known name that goes on in small letters.
            let noun = || self.gazetteer.longest(&words[..1]).is_none_or(|(.., form)| form == NameForm::Name);
            let body =
                |actor: usize| matches!(self.ontology.actors[actor].kind, ActorKind::Organization | ActorKind::Country);
            let longer = known.filter(|&(length, actor, _)| end > at && at + length > end && body(actor) && noun());
            if let Some((length, actor, form)) = longer {
                self.known(at, at + length, actor, form, taken, out);
                at += length;
                continue;
            }
            if end > at {
                self.run(at, end, taken, out);
                at = end;
                continue;
            }
            // A known name that the tagger did not see as one ("Russian", "the Taliban", "al-Qaeda").
            if let Some((length, actor, form)) = known.filter(|&(_, actor, _)| !self.is_abroad(at, actor)) {
                self.known(at, at + length, actor, form, taken, out);
                at += length;
                continue;
            }
            at += 1;
        }
    }

    /// The known person or body whose name ends the words of a handle: "realDonaldTrump" is read as "real Donald Trump".
    fn of_handle(&self, handle: &str) -> Option<usize> {
        let starts = |(at, c): (usize, char)| {
            let after_lower = handle[..at].chars().next_back().is_some_and(char::is_lowercase);
            (at == 0 || c == '_' || c.is_uppercase() && after_lower).then_some(at)
        };
        let mut borders: Vec<usize> = handle.char_indices().filter_map(starts).collect();
        borders.push(handle.len());
        let words: Vec<&str> = borders.windows(2).map(|w| handle[w[0]..w[1]].trim_matches('_')).collect();
        (0..words.len()).find_map(|from| {
            let (length, actor, _) = self.gazetteer.longest(&words[from..])?;
            (length == words.len() - from).then_some(actor)
        })
    }

    /// One run of name tokens: known names in it, titles before a personal name, else a new name.
    fn run(&self, start: usize, end: usize, taken: &mut [bool], out: &mut Vec<RawMention>) {
        // "Trump-Putin", "China-U.S.": two known names joined by a hyphen are two actors.
        let whole = |from: usize, to: usize| {
            let words: Vec<&str> = (from..to).map(|i| self.trees.word(i)).collect();
            self.gazetteer.longest(&words).filter(|(length, _, _)| *length == words.len())
        };
        let hyphen = (start + 1..end.saturating_sub(1)).find(|&i| matches!(self.trees.word(i), "-" | "–"));
        if let Some(hyphen) = hyphen
            && whole(start, end).is_none()
            && let (Some(left), Some(right)) = (whole(start, hyphen), whole(hyphen + 1, end))
        {
            self.known(start, hyphen, left.1, left.2, taken, out);
            self.known(hyphen + 1, end, right.1, right.2, taken, out);
            return;
        }
        // "the Trump-Kim summit": one side is known as a person, the other may be somebody of the article.
        if let Some(hyphen) = hyphen
            && (hyphen, end) == (start + 1, start + 3)
            && matches!(self.trees.base_rel(self.head(start, end)), "compound" | "amod" | "nmod")
            && [whole(start, hyphen), whole(hyphen + 1, end)]
                .iter()
                .flatten()
                .any(|(_, actor, _)| self.ontology.actors[*actor].kind == ActorKind::Person)
        {
            self.run(start, hyphen, taken, out);
            self.run(hyphen + 1, end, taken, out);
            return;
        }
        // "Rep. Mike Rogers, R-Mich.": party and state of the name before.
        if matches!(self.trees.word(start), "R" | "D" | "I") && hyphen == Some(start + 1) {
            taken[start..end].fill(true);
            return;
        }
        let mut begin = start;
        let mut roles: Vec<String> = Vec::new();
        let mut belongs = None;
        while begin < end {
            let words: Vec<&str> = (begin..end).map(|i| self.trees.word(i)).collect();
            let known = self.gazetteer.longest(&words).filter(|(length, actor, _)| {
                // A family name inside a longer name is somebody else's ("Melania Trump", "Trump Organization").
                let whole = begin + length == end;
                (whole || self.ontology.actors[*actor].kind != ActorKind::Person) && !self.is_abroad(begin, *actor)
            });
            // All of the rest is known.
            if let Some((length, actor, form)) = known
                && begin + length == end
            {
                let mut mention = self.name_mention(begin, end, taken);
                mention.known = Some(actor);
                mention.kind = Some(self.ontology.actors[actor].kind);
                mention.form = self.form_of(begin, mention.head, form);
                mention.people =
                    form == NameForm::Demonym && mention.form == Form::Name && self.names_people(begin, end);
                mention.roles.extend(roles);
                mention.belongs = belongs;
                mention.first = mention.first.min(start);
                taken[start..begin].fill(true);
                out.push(mention);
                return;
            }
            // A country or body before a title: "U.S. President Donald Trump"; a body between title and name: "President of the European Commission
            // Ana Ruiz"; an origin before a name: "Briton Mike Lesley".
            if let Some((length, actor, form)) = known
                && begin + length < end
                && (self.is(begin + length, WordClass::Title)
                    || (form == NameForm::Demonym || !roles.is_empty() || self.is_post_in(begin))
                        && self.given_name(begin + length))
                && !self.names_body(begin + length, end)
            {
                // An ambassador to a country is not of it.
                belongs = (!self.is_post_in(begin)).then_some(begin + length - 1).or(belongs);
                self.known(begin, begin + length, actor, NameForm::Name, taken, out);
                begin += length;
                continue;
            }
            // "USCIRF Nadine Mazen": a body by its initials, before one of its people.
            let initials = self.trees.word(begin);
            if begin + 2 < end
                && initials.len() >= 3
                && initials.bytes().all(|b| b.is_ascii_uppercase())
                && !self.trees.word(end - 1).bytes().all(|b| b.is_ascii_uppercase())
                && self.given_name(begin + 1)
            {
                let mut body = self.name_mention(begin, begin + 1, taken);
                body.kind = Some(ActorKind::Organization);
                (body.first, body.last) = (begin, begin);
                out.push(body);
                belongs = Some(begin);
                begin += 1;
                continue;
            }
            // Titles before a name; "Dean Phelps" has a given name.
            let given = begin + 2 == end && self.given_name(begin);
            if self.is(begin, WordClass::Title) && !given && !self.names_body(begin, end) {
                let mut title = self.trees.word(begin).to_lowercase();
                let mut next = begin + 1;
                while next < end && self.is(next, WordClass::Title) {
                    title = format!("{title} {}", self.trees.word(next).to_lowercase());
                    next += 1;
                }
                if let Some(after) = self.after_elect(next) {
                    next = after.min(end);
                }
                // "Secretary of State John Kerry", "Ambassador to the United Nations Ana Ruiz": what follows "of" belongs to the title.
                while next < end && matches!(self.trees.word(next), "of" | "for" | "to") {
                    title = format!("{title} {}", self.trees.word(next));
                    next += 1;
                    let words: Vec<&str> = (next..end).map(|i| self.trees.word(i)).collect();
                    let article = usize::from(words.first() == Some(&"the"));
                    let name = self.gazetteer.longest(&words[article..]).map_or(1, |(length, _, _)| length);
                    for word in words.iter().take(article + name) {
                        title = format!("{title} {}", word.to_lowercase());
                        next += 1;
                    }
                }
                roles.push(title);
                if next == end {
                    // A title alone is a role: left to the nominal mentions.
                    return;
                }
                begin = next;
                continue;
            }
            // "Democrat Mike Lesley", "Comedian Laura Pell".
            let says_what = self.is(begin, WordClass::Role) && begin + 2 < end && self.given_name(begin + 1);
            if says_what || self.camp_of_person(begin, end) {
                belongs = self.party_of_camp(begin).or(belongs);
                roles.push(self.trees.word(begin).to_lowercase());
                begin += 1;
                continue;
            }
            // "Trade Minister Laura Pell", "Ohio Democratic Sen. Reza Karimi": all before the last title is title.
            let title = (begin + 1..end.saturating_sub(1))
                .rev()
                .find(|&i| {
                    if self.is_of_camp(i) && self.given_name(i + 1) || self.camp_of_person(i, end) {
                        return true;
                    }
                    let leads =
                        self.is(i, WordClass::Role) || self.given_name(i + 1) || self.trees.word(i).ends_with('.');
                    self.is(i, WordClass::Title) && leads
                })
                .filter(|&i| !self.names_body(i + 1, end) && (end - i > 2 || !self.names_body(begin, end)));
            if let Some(last) = title {
                // Whose office it is: a country, else a body ("Ohio Democratic Sen. Reza Karimi").
                let known = |i: &usize| {
                    let (_, actor, _) = self.gazetteer.longest(&[self.trees.word(*i)])?;
                    Some(self.ontology.actors[actor].kind)
                };
                let country = (begin..last).find(|i| known(i) == Some(ActorKind::Country));
                let body = || (begin..last).rev().find(|i| known(i) == Some(ActorKind::Organization));
                belongs = belongs.or(country).or_else(body).or_else(|| self.party_of_camp(last));
                let words: Vec<String> = (begin..=last).map(|i| self.trees.word(i).to_lowercase()).collect();
                roles.push(words.join(" "));
                begin = last + 1;
                continue;
            }
            break;
        }
        // "Director of National Intelligence Dan Mills": the field of an office is part of the title.
        let of = |i: usize| matches!(self.trees.word(i), "of" | "for");
        if (start..=begin).any(|i| i < end && of(i)) && !self.given_name(begin.min(end - 1)) {
            let name = self.person_within(begin + 1, end);
            begin = name.or_else(|| (of(begin) && end > begin + 2).then(|| end - 2)).unwrap_or(begin);
        }
        // "the retired Army General": an office without a name is left to the nominal mentions.
        if roles.is_empty()
            && end - begin >= 2
            && self.is(end - 1, WordClass::Title)
            && self.is(end - 1, WordClass::Role)
        {
            return;
        }
        // "of Milford, Conn.": where a place lies is nobody.
        if end - start == 1 && start > 0 && self.trees.word(start - 1) == "," && self.is(start, WordClass::Region) {
            taken[start] = true;
            return;
        }
        // "Martin Luther King, Jr.": the rest of a name is nobody.
        if (begin..end).all(|i| is_suffix(self.trees.word(i))) {
            return;
        }
        let mut mention = self.name_mention(begin, end, taken);
        mention.first = mention.first.min(start);
        taken[start..begin].fill(true);
        // "The mayor Lin Bao-tek": a title in small letters before a whole name.
        let titled = end - begin >= 2
            && begin > self.trees.sentence_tokens(begin).start
            && self.trees.upos(begin - 1) == Upos::Noun
            && self.is(begin - 1, WordClass::Title)
            && !self.names_body(begin, end);
        let person = !roles.is_empty() || titled;
        mention.kind = if person { Some(ActorKind::Person) } else { self.kind_of_name(begin, end) };
        // "South American leaders", "the Northern Ridge": adjectives, and names made of common words, tell no person.
        let modifies = end < self.trees.sentence_tokens(start).end
            && self.trees.word(end).starts_with(char::is_lowercase)
            && self.trees.upos(end) == Upos::Noun
            && self.trees.base_rel(end - 1) == "amod";
        let common = |i: usize| is_base_form(&self.trees.word(i).to_lowercase());
        if mention.kind.is_none() && (modifies || (begin..end).all(common)) {
            mention.kind = Some(ActorKind::Organization);
        }
        mention.roles.extend(roles);
        mention.belongs = belongs;
        // A known country inside an unknown body's name tells its bloc: "Russian Foreign Ministry", "Bank of England".
        if mention.kind == Some(ActorKind::Organization) && mention.belongs.is_none() {
            mention.belongs = (begin..end).find(|&i| {
                let word = [self.trees.word(i)];
                self.gazetteer
                    .longest(&word)
                    .is_some_and(|(_, a, _)| self.ontology.actors[a].kind == ActorKind::Country)
            });
        }
        out.push(mention);
    }

    /// "the ambassador to Iraq Dana Brook": whether a name stands where that of a post's country does.
    fn is_post_in(&self, at: usize) -> bool {
        let start = self.trees.sentence_tokens(at).start;
        at >= start + 2 && matches!(self.trees.word(at - 1), "to" | "in") && self.is(at - 2, WordClass::Title)
    }

    /// The token of `begin..end` whose head lies outside.
    pub(super) fn head(&self, begin: usize, end: usize) -> usize {
        (begin..end).find(|&i| self.trees.token(i).head.is_none_or(|h| h < begin || h >= end)).unwrap_or(end - 1)
    }

    fn name_mention(&self, begin: usize, end: usize, taken: &mut [bool]) -> RawMention {
        for slot in &mut taken[begin..end] {
            *slot = true;
        }
        let head = self.head(begin, end);
        let (first, last) = self.phrase(head);
        RawMention {
            head,
            first: first.min(begin),
            last: last.max(end - 1),
            name: Some((begin, end - 1)),
            form: Form::Name,
            known: None,
            kind: None,
            roles: self.roles_around(head, begin),
            people: false,
            belongs: None,
        }
    }

    /// "the Canadian Chamber of Commerce" is not the one that is so called in the United States: whether the origin before a name is another country than
    /// that of the body which the name means.
    fn is_abroad(&self, begin: usize, actor: usize) -> bool {
        let country =
            |word: &str| self.gazetteer.country(self.ontology, &[word]).map(|state| &self.ontology.actors[state].label);
        let body = &self.ontology.actors[actor];
        let Some(before) = begin.checked_sub(1).and_then(|t| country(self.trees.word(t))) else { return false };
        let side = body.bloc.as_ref().or_else(|| body.label.split(' ').next().and_then(country));
        body.kind == ActorKind::Organization && side.is_some_and(|side| side != before)
    }

    fn known(
        &self,
        begin: usize,
        end: usize,
        actor: usize,
        form: NameForm,
        taken: &mut [bool],
        out: &mut Vec<RawMention>,
    ) {
        let mut mention = self.name_mention(begin, end, taken);
        mention.form = self.form_of(begin, mention.head, form);
        let modifier = matches!(self.trees.base_rel(mention.head), "amod" | "compound");
        if mention.form == Form::Adjective || modifier {
            mention.first = begin;
            mention.last = end - 1;
        }
        mention.known = Some(actor);
        mention.kind = Some(self.ontology.actors[actor].kind);
        mention.people = form == NameForm::Demonym && mention.form == Form::Name && self.names_people(begin, end);
        out.push(mention);
    }

    /// "Democrat Mike Lesley": the token, where its party is known.
    fn party_of_camp(&self, at: usize) -> Option<usize> {
        (self.is_of_camp(at) && self.gazetteer.longest(&[self.trees.word(at)]).is_some()).then_some(at)
    }

    /// "British, French and German officials": modifiers stay modifiers, whatever the tagger calls them; a noun ("Russians") is a name.
    fn form_of(&self, begin: usize, head: usize, form: NameForm) -> Form {
        let conjunct = |t: &usize| self.trees.token(*t).head.filter(|_| self.trees.base_rel(*t) == "conj");
        let first = std::iter::successors(Some(head), conjunct).take(CONJUNCTS).last().unwrap_or(head);
        let modifier = matches!(self.trees.base_rel(first), "amod" | "compound");
        let adjective =
            self.trees.upos(begin) == Upos::Adj && !matches!(self.trees.rel(begin), "nsubj" | "obj" | "obl");
        if form == NameForm::Demonym && (adjective || modifier) { Form::Adjective } else { Form::Name }
    }

    /// "Most Americans", "Israelis": people; "the Americans" may well be the state.
    fn names_people(&self, begin: usize, end: usize) -> bool {
        let head = end - 1;
        begin == head
            && matches!(&*self.trees.token(head).xpos, "NNS" | "NNPS")
            && self.trees.word(head).ends_with('s')
            && !self.trees.children(head).iter().any(|&c| self.trees.word(c).eq_ignore_ascii_case("the"))
    }

    /// Role words in apposition or before a name: "Alexander Grushko, deputy foreign minister", "the envoy Steve Witkoff".
    fn roles_around(&self, head: usize, begin: usize) -> Vec<String> {
        let mut roles = Vec::new();
        let mut add = |index: usize| {
            if self.is(index, WordClass::Role) || self.is(index, WordClass::Title) {
                let mut words: Vec<String> = self
                    .trees
                    .children_by(index, &["compound", "amod"])
                    .filter(|&c| c < index && self.trees.token(c).upos != Upos::Propn || self.is(c, WordClass::Title))
                    .map(|c| self.trees.lemma(c).to_lowercase())
                    .collect();
                words.push(self.trees.lemma(index).to_lowercase());
                roles.push(words.join(" "));
            }
        };
        for child in self.trees.children_by(head, &["appos", "nmod:desc", "compound", "flat"]) {
            if child < begin || self.trees.base_rel(child) == "appos" {
                add(child);
            }
        }
        if let Some(up) = self.trees.token(head).head
            && self.trees.base_rel(head) == "appos"
        {
            add(up);
        }
        roles
    }
}
