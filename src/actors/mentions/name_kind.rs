//! What kind of actor an unknown name looks like.

use super::super::ActorKind;
use super::Finder;
use crate::lexicon::WordClass;
use crate::nlp::EntityKind;

impl Finder<'_> {
    /// Whether the run ends in (or holds) a word for a body: "Foreign Ministry", "Trump Organization".
    pub(super) fn names_body(&self, begin: usize, end: usize) -> bool {
        self.is(end - 1, WordClass::Body)
            || (begin..end).any(|i| {
                self.is(i, WordClass::Body) && i + 1 < end && matches!(self.trees.word(i + 1), "of" | "for" | "on")
            })
    }

    pub(super) fn kind_of_name(&self, begin: usize, end: usize) -> Option<ActorKind> {
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
        // "T.K. Brook".
        let initials = |word: &str| word.ends_with('.') && word.chars().all(|c| c == '.' || c.is_uppercase());
        let body = || self.trees.token(self.head(begin, end)).entity == Some(EntityKind::Organization);
        if (2..=3).contains(&(end - begin))
            && initials(self.trees.word(begin))
            && self.gazetteer.longest(&[self.trees.word(begin)]).is_none()
            && !self.is(begin, WordClass::Region)
            && !place
            && !body()
        {
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
        if end - begin >= 2 && self.is(end - 1, WordClass::Masthead) {
            return Some(ActorKind::Organization);
        }
        let head = self.head(begin, end);
        match self.trees.token(head).entity.or(self.trees.token(begin).entity) {
            Some(EntityKind::Person) => Some(ActorKind::Person),
            Some(EntityKind::Organization) => Some(ActorKind::Organization),
            Some(EntityKind::Place) => Some(ActorKind::Country),
            _ => None,
        }
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
