//! Finds the words that name somebody: names, roles and groups, pronouns.

use super::ActorKind;
use super::gazetteer::{Gazetteer, NameForm};
use crate::lexicon::{WordClass, Words};
use crate::nlp::{EntityKind, Part, Trees, Upos, is_base_form};
use crate::ontology::Ontology;

/// How a mention names its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By name.
    Name,
    /// By a noun: "the president", "European leaders".
    Nominal,
    /// By a pronoun.
    Pronoun,
    /// By an adjective of belonging: "Russian".
    Adjective,
}

impl Form {
    /// The name in features.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nominal => "noun",
            Self::Pronoun => "pronoun",
            Self::Adjective => "adjective",
        }
    }
}

/// Words that name somebody, before it is known whom.
#[derive(Debug, Clone)]
pub(super) struct RawMention {
    /// Syntactic head.
    pub head: usize,
    /// First and last token of the phrase, titles and modifiers included.
    pub first: usize,
    /// See `first`.
    pub last: usize,
    /// First and last token of the name alone, for names.
    pub name: Option<(usize, usize)>,
    /// How it names.
    pub form: Form,
    /// Index in the ontology, where the name is known.
    pub known: Option<usize>,
    /// What kind of actor it looks like, where anything tells.
    pub kind: Option<ActorKind>,
    /// Lower-case title and role words that go with it: "president", "deputy foreign minister".
    pub roles: Vec<String>,
    /// Whether it names people of a country, not the state: "most Americans".
    pub people: bool,
    /// Token of a country, body or person that it belongs to: "Russian" in "the Russian president".
    pub belongs: Option<usize>,
}

/// Everything needed to find mentions.
pub(super) struct Finder<'a> {
    pub trees: &'a Trees<'a>,
    pub ontology: &'a Ontology,
    pub gazetteer: &'a Gazetteer,
    pub words: &'a Words,
}

/// Conjuncts that are followed up to the first: "British, French and German officials".
const CONJUNCTS: usize = 8;

impl Finder<'_> {
    /// All mentions of the document, by first token.
    pub(super) fn find(&self) -> Vec<RawMention> {
        let mut taken = vec![false; self.trees.analysis.tokens.len()];
        let mut out = Vec::new();
        for sentence in &self.trees.analysis.sentences {
            self.names(sentence.tokens.clone(), &mut taken, &mut out);
        }
        let free = taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(index, _)| index);
        out.extend(free.filter_map(|index| self.pronoun(index).or_else(|| self.nominal(index))));
        out.sort_by_key(|m| (m.first, std::cmp::Reverse(m.last)));
        out
    }

    fn is(&self, index: usize, class: WordClass) -> bool {
        let word = self.trees.word(index).to_lowercase();
        self.words.is(&word, class) || self.words.is(&self.trees.lemma(index).to_lowercase(), class)
    }

    fn is_name_token(&self, index: usize) -> bool {
        let token = self.trees.token(index);
        let word = self.trees.word(index);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let pronoun = matches!(
            word,
            "He" | "She"
                | "They"
                | "It"
                | "We"
                | "I"
                | "You"
                | "Him"
                | "Her"
                | "His"
                | "Them"
                | "Us"
                | "Its"
                | "Their"
                | "My"
                | "Our"
                | "Your"
                | "All"
                | "Both"
                | "Few"
                | "Many"
                | "More"
                | "Most"
                | "Others"
                | "Several"
                | "Some"
        );
        // "Officials said", "Labour unions said": the capital of a sentence's first word tells nothing.
        let plain = |next: usize| {
            let sentence = self.trees.sentence_tokens(index);
            index == sentence.start
                && self.trees.base_rel(index) == "compound"
                && next < sentence.end
                && self.trees.token(index).head == Some(next)
                && self.is(next, WordClass::Group)
                && self.trees.word(next).starts_with(char::is_lowercase)
                && is_base_form(&word.to_lowercase())
                && self.gazetteer.longest(&[word]).is_none()
        };
        let common = |next: usize| {
            let sentence = self.trees.sentence_tokens(index);
            index == sentence.start
                && self.is(index, WordClass::Group)
                && !self.is(index, WordClass::Camp)
                && !(next < sentence.end && self.trees.word(next).starts_with(char::is_uppercase))
                && self.gazetteer.longest(&[word]).is_none()
        };
        capital
            && !pronoun
            && (token.upos == Upos::Propn || matches!(&*token.xpos, "NNP" | "NNPS") || self.leads_office(index))
            && (!self.is(index, WordClass::Calendar) || self.is_person_of_calendar(index))
            && !common(index + 1)
            && !plain(index + 1)
    }

    /// "A senior Democrat", "an Israeli": one person, of whom only a party or an origin is told. Neither party nor country speaks.
    fn is_one_of_them(&self, index: usize) -> bool {
        let sentence = self.trees.sentence_tokens(index);
        let leads_on = index + 1 < sentence.end && (self.is_name_token(index + 1) || self.trees.word(index + 1) == "-");
        let singular = matches!(&*self.trees.token(index).xpos, "NN" | "NNP");
        let modifier = matches!(self.trees.base_rel(index), "compound" | "amod" | "flat" | "nmod");
        // "the Islamist group": what only tells the kind of a body, by a word that names nobody itself.
        if modifier
            && !leads_on
            && self.is_of_camp(index)
            && self.gazetteer.longest(&[self.trees.word(index)]).is_none()
        {
            return true;
        }
        if leads_on || !singular || modifier && !self.is_counted(index) {
            return false;
        }
        let origin = || self.gazetteer.longest(&[self.trees.word(index)]).is_some_and(|(.., f)| f == NameForm::Demonym);
        self.is_of_camp(index) || self.is_counted(index) && origin()
    }

    /// Whether a noun has an article or a number that asks for one: "an", "another".
    fn is_counted(&self, index: usize) -> bool {
        let one = |c: usize| matches!(&*self.trees.word(c).to_lowercase(), "a" | "an" | "another" | "one");
        self.trees.children_by(index, &["det", "nummod"]).any(one)
    }

    /// "Ambassador to the United Nations Carla Whitfield": a title in capitals begins a name, whatever the tagger takes it for.
    fn leads_office(&self, index: usize) -> bool {
        let sentence = self.trees.sentence_tokens(index);
        let of = index + 1 < sentence.end && matches!(self.trees.word(index + 1), "of" | "to" | "for");
        of && self.is(index, WordClass::Title) && self.trees.upos(index) == Upos::Noun
    }

    /// "Theresa May", "May said": a word of the calendar that names a person, beside no number. Days alone never do, months that are names may.
    fn is_person_of_calendar(&self, index: usize) -> bool {
        let sentence = self.trees.sentence_tokens(index);
        let number = |at: usize| self.trees.word(at).starts_with(|c: char| c.is_ascii_digit());
        let dated = index > sentence.start && number(index - 1) || index + 1 < sentence.end && number(index + 1);
        // "Said" is a given name, "said Saturday" is none.
        let capital = |at: usize| self.trees.word(at).starts_with(char::is_uppercase);
        let after_given = index > sentence.start && self.given_name(index - 1) && capital(index - 1);
        let name = matches!(self.trees.word(index), "May" | "April" | "June" | "August");
        !dated && (after_given || name && self.trees.token(index).entity == Some(EntityKind::Person))
    }

    /// Names in a sentence: known ones anywhere, unknown ones as runs of proper nouns.
    fn names(&self, tokens: std::ops::Range<usize>, taken: &mut [bool], out: &mut Vec<RawMention>) {
        let mut at = tokens.start;
        while at < tokens.end {
            let words: Vec<&str> = (at..tokens.end.min(at + 8)).map(|i| self.trees.word(i)).collect();
            // An article is part of few names, whatever the tagger takes it for.
            let known = self.gazetteer.longest(&words);
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
            if self.is_one_of_them(at) {
                at += 1;
                continue;
            }
            let end = self.run_end(at, tokens.end);
            if end > at {
                self.run(at, end, taken, out);
                at = end;
                continue;
            }
            // A known name that the tagger did not see as one ("Russian", "the Taliban", "al-Qaeda").
            if let Some((length, actor, form)) = known {
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

    /// End of the run of name tokens that starts at `at` (equal to `at` if none does).
    fn run_end(&self, at: usize, limit: usize) -> usize {
        if !self.is_name_token(at) {
            return at;
        }
        let mut end = at + 1;
        while end < limit {
            if self.is_name_token(end) {
                end += 1;
                continue;
            }
            // "President-elect Laura Pell"; "the President-elect" alone is no name.
            if let Some(next) = self.after_elect(end) {
                if next < limit && self.is_name_token(next) {
                    end = next + 1;
                    continue;
                }
                break;
            }
            // Particles, hyphens and "of" hold a name together when a name token follows.
            let mut next = end;
            while next < limit
                && next < end + 3
                && (self.is(next, WordClass::Particle) || matches!(self.trees.word(next), "-" | "–"))
            {
                next += 1;
            }
            if next > end && next < limit && self.trees.word(next).chars().next().is_some_and(char::is_alphabetic) {
                let hyphen = matches!(self.trees.word(next - 1), "-" | "–");
                // "Lin Bao-tek": a family name and the first half of a given one before the hyphen.
                let second_half = hyphen
                    && end - at >= 2
                    && next == end + 1
                    && self.trees.token(next).span.start
                        == self.trees.token(end - 1).span.end + self.trees.word(end).len()
                    && self.trees.upos(next) == Upos::Noun
                    && self.trees.word(next).len() <= 6
                    && !self.is(next, WordClass::Title)
                    && !matches!(self.trees.word(next), "era" | "style" | "wing" | "area" | "year" | "size" | "elect");
                if self.is_name_token(next) || hyphen && self.trees.upos(next) == Upos::Propn || second_half {
                    end = next + 1;
                    continue;
                }
            }
            // "Workers for Clean Rivers": what the tree hangs on the run, but for "Dana Brook of East Fenwick".
            if matches!(self.trees.word(end), "of" | "for")
                && end + 1 < limit
                && (end - at < 2
                    || !(at..end).any(|i| self.given_name(i) || self.trees.word(end) == "of" && self.is_person(i)))
                && self.is_name_token(end + 1)
                && (at..end).any(|t| self.trees.dominates(t, end + 1))
                && self.gazetteer.longest(&[self.trees.word(end - 1)]).is_none()
            {
                end += 2;
                continue;
            }
            // "Chairman of the Joint Chiefs of Staff General Mark Dunn", where a person's name follows.
            if self.is(end - 1, WordClass::Title)
                && matches!(self.trees.word(end), "of" | "to")
                && end + 2 < limit
                && self.trees.word(end + 1) == "the"
                && self.person_within(end + 3, self.names_until(end + 2, limit)).is_some()
            {
                end += 3;
                continue;
            }
            // "Border Relief and Refugee Services": what stands before "and" depends on the body's name behind it.
            if matches!(self.trees.word(end), "and" | "&") && end - at >= 2 {
                let rest =
                    (end + 1..limit.min(end + 5)).find(|&i| !self.is_name_token(i)).unwrap_or(limit.min(end + 5));
                let depends = |i: usize| self.trees.token(i).head.is_some_and(|h| end < h && h < rest);
                if rest > end + 1 && self.is(rest - 1, WordClass::Body) && (at..end).any(depends) {
                    end = rest;
                    continue;
                }
            }
            // "Department of Health and Human Services", "Centres for Disease Control and Prevention".
            if self.trees.word(end) == "and"
                && end + 1 < limit
                && self.names_body(at, end)
                && (at..end).any(|i| matches!(self.trees.word(i), "of" | "for" | "on"))
                && self.is_name_token(end + 1)
                && !self.is(end + 1, WordClass::Body)
                && is_base_form(&self.trees.word(end + 1).to_lowercase())
                && self.gazetteer.longest(&[self.trees.word(end + 1)]).is_none()
            {
                end += 2;
                continue;
            }
            // "Secretary of Work and Pensions Dana Brook".
            if self.trees.word(end) == "and"
                && (at..end).any(|i| self.is(i, WordClass::Title))
                && (at..end).any(|i| matches!(self.trees.word(i), "of" | "for"))
                && end + 2 < limit
                && self.is_name_token(end + 1)
                && self.person_within(end + 2, self.names_until(end + 2, limit)).is_some()
            {
                end += 2;
                continue;
            }
            // "Harbour & Sons", "Marlow and Co."
            if matches!(self.trees.word(end), "and" | "&")
                && end + 1 < limit
                && matches!(self.trees.word(end + 1), "Co" | "Co." | "Sons" | "Brothers" | "Partners" | "Associates")
            {
                end += 2;
                continue;
            }
            if matches!(self.trees.word(end), "of" | "for" | "on")
                && end + 1 < limit
                && (self.is(end - 1, WordClass::Body) || self.is(end - 1, WordClass::Title))
                && self.is_name_token(end + 1)
            {
                end += 2;
                continue;
            }
            // "Secretary of State for European Affairs Lena Horst", "Deputy Minister for Arab and African Affairs Omar Hale": the field of an office may
            // begin with adjectives.
            if self.trees.word(end) == "for" && (at..end).any(|i| self.is(i, WordClass::Title)) {
                let field =
                    |&i: &usize| self.trees.word(i) == "and" || self.trees.word(i).starts_with(char::is_uppercase);
                let reach = (end + 1..limit.min(end + 9)).take_while(field).last().map_or(end, |i| i + 1);
                if let Some(person) = self.person_within(end + 2, reach) {
                    end = person + 1;
                    continue;
                }
            }
            break;
        }
        // "Moon Jae-in said": a known name goes on beyond what the tagger takes for one.
        let known = |from: usize| {
            let words: Vec<&str> = (from..limit.min(from + 8)).map(|i| self.trees.word(i)).collect();
            let person = |actor: usize| self.ontology.actors[actor].kind == ActorKind::Person;
            self.gazetteer.longest(&words).filter(|known| person(known.1)).map_or(end, |(length, ..)| from + length)
        };
        (at..end).map(known).max().unwrap_or(end).max(end)
    }

    /// The token after the "-elect" that stands at `at`, behind a title.
    fn after_elect(&self, at: usize) -> Option<usize> {
        let tokens = self.trees.analysis.tokens.len();
        let hyphen = at > 0 && at + 1 < tokens && matches!(self.trees.word(at), "-" | "–");
        let elect = hyphen && matches!(self.trees.word(at + 1), "elect" | "designate" | "Elect");
        (elect && self.is(at - 1, WordClass::Title)).then_some(at + 2)
    }

    /// End of the name tokens from `at` on, the words that join them included; looks at a few only, so that cost stays linear.
    fn names_until(&self, at: usize, limit: usize) -> usize {
        const FEW: usize = 12;
        let joins = |i: usize| matches!(self.trees.word(i), "of" | "for" | "and" | "&");
        let reach = limit.min(at + FEW);
        (at..reach).find(|&i| !self.is_name_token(i) && !joins(i)).unwrap_or(reach)
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
                whole || self.ontology.actors[*actor].kind != ActorKind::Person
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
                    || (form == NameForm::Demonym || !roles.is_empty()) && self.given_name(begin + length))
                && !self.names_body(begin + length, end)
            {
                self.known(begin, begin + length, actor, NameForm::Name, taken, out);
                belongs = Some(begin + length - 1);
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
            let says_what = self.is_of_camp(begin) || self.is(begin, WordClass::Role);
            if says_what && begin + 2 < end && self.given_name(begin + 1) {
                roles.push(self.trees.word(begin).to_lowercase());
                begin += 1;
                continue;
            }
            // "Trade Minister Laura Pell", "Ohio Democratic Sen. Reza Karimi": all before the last title is title.
            let title = (begin + 1..end.saturating_sub(1))
                .rev()
                .find(|&i| {
                    if self.given_name(i + 1) && self.is_of_camp(i) {
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
                belongs = belongs.or(country).or_else(body);
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
        let suffix = |i: usize| matches!(self.trees.word(i), "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III");
        if (begin..end).all(suffix) {
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

    /// Whether the run ends in (or holds) a word for a body: "Foreign Ministry", "Trump Organization".
    fn names_body(&self, begin: usize, end: usize) -> bool {
        self.is(end - 1, WordClass::Body)
            || (begin..end).any(|i| {
                self.is(i, WordClass::Body) && i + 1 < end && matches!(self.trees.word(i + 1), "of" | "for" | "on")
            })
    }

    /// Whether a word names one of a party or a faith: "Democrat".
    fn is_of_camp(&self, index: usize) -> bool {
        self.words.is(&format!("{}s", self.trees.word(index).to_lowercase()), WordClass::Camp)
    }

    fn is_person(&self, index: usize) -> bool {
        self.trees.token(index).entity == Some(EntityKind::Person)
    }

    fn given_name(&self, index: usize) -> bool {
        self.words.is_given_name(self.trees.word(index))
    }

    /// The first given name in `begin..end` that another word of the name follows.
    fn person_within(&self, begin: usize, end: usize) -> Option<usize> {
        (begin..end.saturating_sub(1)).find(|&i| self.given_name(i))
    }

    fn kind_of_name(&self, begin: usize, end: usize) -> Option<ActorKind> {
        if self.names_body(begin, end) || end - begin >= 2 && self.is(end - 1, WordClass::Outlet) {
            return Some(ActorKind::Organization);
        }
        let place = matches!(
            self.trees.word(end - 1),
            "County"
                | "City"
                | "Street"
                | "Avenue"
                | "Park"
                | "Island"
                | "Islands"
                | "Province"
                | "Valley"
                | "Township"
        );
        if end - begin >= 2 && self.given_name(begin) && !place {
            return Some(ActorKind::Person);
        }
        if end - begin == 1 {
            // "Northerners", "the Clintons"; "SurveyMaker", "example.org".
            let word = self.trees.word(begin);
            let plural = word.ends_with('s') && !word.ends_with("ss");
            if plural && matches!(&*self.trees.token(begin).xpos, "NNS" | "NNPS") {
                return Some(ActorKind::Group);
            }
            if is_brand(word) {
                return Some(ActorKind::Organization);
            }
        }
        let head = self.head(begin, end);
        match self.trees.token(head).entity.or(self.trees.token(begin).entity) {
            Some(EntityKind::Person) => Some(ActorKind::Person),
            Some(EntityKind::Organization) => Some(ActorKind::Organization),
            Some(EntityKind::Place) => Some(ActorKind::Country),
            _ => None,
        }
    }

    /// The token of `begin..end` whose head lies outside.
    fn head(&self, begin: usize, end: usize) -> usize {
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

    /// First and last token of the phrase of a nominal head: determiners, modifiers and what hangs on it by a preposition, but no clauses, appositions, coordination.
    fn phrase(&self, head: usize) -> (usize, usize) {
        let skip = |c: usize| {
            matches!(
                self.trees.base_rel(c),
                "case"
                    | "punct"
                    | "appos"
                    | "acl"
                    | "advcl"
                    | "conj"
                    | "cc"
                    | "parataxis"
                    | "cop"
                    | "nsubj"
                    | "aux"
                    | "mark"
                    | "obl"
                    | "advmod"
                    | "discourse"
                    | "orphan"
                    | "dep"
                    | "obj"
                    | "xcomp"
                    | "ccomp"
                    | "expl"
                    | "dislocated"
                    | "vocative"
            ) || (self.trees.base_rel(c) == "nmod"
                && c > head
                && self.trees.children_by(c, &["case"]).any(|p| {
                    !matches!(self.trees.lemma(p), "of" | "for" | "to" | "in" | "from" | "at" | "'s" | "’s" | "'")
                }))
        };
        let all = self.trees.subtree(head, &|c| {
            // The possessive mark of a possessor stays with it.
            !(self.trees.rel(c) == "case"
                && matches!(self.trees.lemma(c), "'s" | "’s" | "'" | "of" | "for" | "in" | "to" | "from" | "at")
                && self.trees.token(c).head.is_some_and(|h| h != head))
                && skip(c)
        });
        // A phrase ends before a quotation mark or another stop.
        let gap = |t: usize| t > 0 && self.trees.token(t).span.start > self.trees.token(t - 1).span.end;
        let stop = |t: &usize| {
            let dash = matches!(self.trees.word(*t), "-" | "–") && gap(*t);
            self.trees.is_punct(*t) && !matches!(self.trees.word(*t), "-" | "–" | "'" | "’" | "." | "/" | "&") || dash
        };
        // Nor does it hold a clause, whatever the tree says: "you have a trade council".
        let clause = |t: &usize| {
            matches!(&*self.trees.token(*t).xpos, "VBD" | "VBZ" | "VBP" | "MD") && self.trees.upos(*t) != Upos::Adj
                || self.trees.word(*t).eq_ignore_ascii_case("according")
        };
        let mut from = (all[0]..head).rev().find(|t| stop(t) || clause(t)).map_or(all[0], |t| t + 1);
        while from < head && self.trees.upos(from) == Upos::Adp {
            from += 1;
        }
        // "migrants, mostly from Syria", "voters also", "a source familiar with it": what an adverb or adjective begins is no part of what somebody
        // is called, but "attorney general".
        let apart = |t: &usize| {
            let own =
                self.trees.upos(*t) == Upos::Adj && self.trees.token(*t).head.is_some_and(|h| head <= h && h < *t);
            (self.trees.upos(*t) == Upos::Adv || own && !self.is(*t, WordClass::Title))
                && self.trees.word(*t).starts_with(char::is_lowercase)
        };
        let last = all[all.len() - 1];
        let to = (head + 1..=last).find(|t| stop(t) || apart(t)).map_or(last, |t| t - 1);
        (from, self.with_insight(head, self.with_list(head, to)))
    }

    /// The end of "leaders of the UK, France and Germany", of which `to` is the end of the first name.
    fn with_list(&self, head: usize, to: usize) -> usize {
        let sentence = self.trees.sentence_tokens(head);
        let plural = &*self.trees.token(head).xpos == "NNS";
        let mut end = to;
        let mut next = to + 1;
        while plural && to > head && next < sentence.end {
            let named = self.trees.upos(next) == Upos::Propn && self.trees.dominates(head, next);
            let joins = matches!(self.trees.word(next), "," | "and" | "&" | "the");
            if named {
                end = next;
            } else if !joins {
                break;
            }
            next += 1;
        }
        end
    }

    /// The end of "a source close to the talks", "an official with knowledge of the plan": what tells why somebody unnamed knows.
    fn with_insight(&self, head: usize, to: usize) -> usize {
        const LONGEST: usize = 10;
        let sentence = self.trees.sentence_tokens(head);
        let next = to + 1;
        if next >= sentence.end || self.trees.upos(head) != Upos::Noun {
            return to;
        }
        let insight = match self.trees.word(next) {
            "close" | "familiar" | "briefed" | "privy" => Some(next),
            "with" => (next + 1..sentence.end.min(next + 4))
                .find(|&t| matches!(self.trees.lemma(t), "knowledge" | "tie" | "link" | "access" | "connection")),
            _ => None,
        };
        if insight.is_none_or(|t| !self.trees.dominates(head, t)) {
            return to;
        }
        let verb = |t: usize| matches!(&*self.trees.token(t).xpos, "VBD" | "VBZ" | "VBP" | "MD");
        let mark = |t: usize| self.trees.is_punct(t) && self.trees.word(t) != "-";
        let reach = sentence.end.min(next + LONGEST);
        (next..reach).take_while(|&t| self.trees.dominates(head, t) && !mark(t) && !verb(t)).last().unwrap_or(to)
    }

    fn pronoun(&self, index: usize) -> Option<RawMention> {
        let word = self.trees.word(index).to_lowercase();
        // These are pronouns whatever the tagger says of them.
        let always = matches!(word.as_str(), "he" | "she" | "they" | "we" | "him" | "them");
        if self.trees.upos(index) != Upos::Pron && !always {
            return None;
        }
        let known = self.words.is(&word, WordClass::Pronoun);
        known.then(|| RawMention {
            head: index,
            first: index,
            last: index,
            name: None,
            form: Form::Pronoun,
            known: None,
            kind: None,
            roles: Vec::new(),
            people: false,
            belongs: None,
        })
    }

    fn nominal(&self, index: usize) -> Option<RawMention> {
        let token = self.trees.token(index);
        if !matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj)
            || matches!(self.trees.base_rel(index), "compound" | "flat" | "amod" | "fixed" | "goeswith")
        {
            return None;
        }
        if self.trees.rel(index) == "nmod:desc" {
            return None;
        }
        // "talk show host Maria Delgado" is her, whatever the tree says.
        let leads_to_person = self.is(index, WordClass::Title) && index + 2 < self.trees.sentence_tokens(index).end;
        if leads_to_person && (index + 1..index + 3).all(|i| self.is_name_token(i)) && self.given_name(index + 1) {
            return None;
        }
        // A share of people is nobody that could be named; "many of whom" are those named before.
        let share = matches!(
            &*token.lemma,
            "percent" | "%" | "percentage" | "cent" | "number" | "half" | "fourth" | "quarter" | "rest"
        );
        let of_whom = |c: usize| matches!(self.trees.lemma(c), "who" | "whom" | "which");
        if share || self.trees.children_by(index, &["nmod"]).any(of_whom) {
            return None;
        }
        // "the authority of the court" is no body, the port authority is.
        let of_something = self.trees.children_by(index, &["compound"]).next().is_some();
        if token.lemma.eq_ignore_ascii_case("authority") && &*token.xpos == "NN" && !of_something {
            return None;
        }
        let plural = matches!(&*token.xpos, "NNS" | "NNPS")
            || self.words.is(&self.trees.word(index).to_lowercase(), WordClass::Group);
        // "urged the world to act": everybody, but not where something is or goes.
        let world = self.trees.word(index).eq_ignore_ascii_case("world")
            && matches!(self.trees.rel(index), "nsubj" | "obj" | "iobj")
            && self.trees.children_by(index, &["det"]).next().is_some();
        let kind = if self.is(index, WordClass::Group) && plural || world {
            ActorKind::Group
        } else if self.is(index, WordClass::Government) || self.is(index, WordClass::Body) {
            if plural { ActorKind::Group } else { ActorKind::Organization }
        } else if self.is(index, WordClass::Role) || self.is(index, WordClass::Title) || self.is_one_of_them(index) {
            if plural { ActorKind::Group } else { ActorKind::Role }
        } else {
            match token.entity {
                // "The lawsuit said": a document speaks for its author, named or not.
                _ if self.is(index, WordClass::Document) && token.part == Part::Source && token.upos == Upos::Noun => {
                    ActorKind::Organization
                }
                // "a source close to the talks".
                _ if &*token.lemma == "source" && token.part == Part::Source && !plural => ActorKind::Role,
                Some(EntityKind::Person) if plural => ActorKind::Group,
                Some(EntityKind::Person) => ActorKind::Role,
                // Things that the model takes for bodies count where they act or own.
                Some(EntityKind::Organization) if matches!(self.trees.rel(index), "nsubj" | "nmod:poss") => {
                    ActorKind::Organization
                }
                _ => return None,
            }
        };
        let (first, last) = self.phrase(index);
        let mut role: Vec<String> = self
            .trees
            .children_by(index, &["compound", "amod", "nmod:desc"])
            .filter(|&c| {
                let name = self.trees.upos(c) == Upos::Propn && self.trees.word(c).starts_with(char::is_uppercase);
                // "the Vice President", "the Foreign Minister".
                let office = || self.is(index, WordClass::Title) && is_base_form(&self.trees.word(c).to_lowercase());
                c < index && (!name || office())
            })
            .map(|c| self.trees.lemma(c).to_lowercase())
            .collect();
        role.push(self.trees.lemma(index).to_lowercase());
        let belongs =
            self.trees.children(index).iter().copied().filter(|&c| !self.is(c, WordClass::Platform)).find(|&c| {
                self.trees.rel(c) == "nmod:poss"
                    || (matches!(self.trees.base_rel(c), "amod" | "compound" | "nmod")
                        && self.trees.word(c).chars().next().is_some_and(char::is_uppercase))
            });
        Some(RawMention {
            head: index,
            first,
            last,
            name: None,
            form: Form::Nominal,
            known: None,
            kind: Some(kind),
            roles: vec![role.join(" ")],
            people: false,
            belongs,
        })
    }
}

/// Whether a word is written as companies and sites write their names: a capital within that no personal name has, or the ending of an address.
fn is_brand(word: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "Mc", "Mac", "De", "Del", "La", "Le", "Di", "Du", "Da", "Van", "Von", "Fitz", "St", "Al", "El", "Ben", "Bin",
        "O'", "O’",
    ];
    let inner = word.char_indices().skip(1).find(|(_, c)| c.is_uppercase()).map(|(at, _)| at);
    let camel = inner.is_some_and(|at| {
        word[..at].ends_with(char::is_lowercase) && !BEGINNINGS.iter().any(|b| b.eq_ignore_ascii_case(&word[..at]))
    });
    let address = word.rsplit_once('.').is_some_and(|(_, end)| matches!(end, "com" | "org" | "net" | "gov" | "io"));
    camel || address
}

#[cfg(test)]
mod tests {
    use super::is_brand;

    #[test]
    fn brands_are_told_from_names() {
        assert!(["SurveyMaker", "FactCheck", "example.org", "iTunes"].iter().all(|w| is_brand(w)));
        assert!(["McAllen", "DeLuca", "O’Hara", "Smith", "NATO", "J.P"].iter().all(|w| !is_brand(w)));
    }
}
