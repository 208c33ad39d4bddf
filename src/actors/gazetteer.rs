//! Finds known names in running tokens. Start at [`Gazetteer::longest`].

use std::collections::BTreeMap;

use super::ActorKind;
use crate::ontology::Ontology;

/// How a name stands for its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameForm {
    /// A name of its own.
    Name,
    /// "Russian": belongs to the actor, stands for it only in some places.
    Demonym,
    /// "Kremlin", "Kyiv": a place that stands for a government.
    Metonym,
}

/// The names of an ontology, ready to be found in a text.
#[derive(Debug)]
pub struct Gazetteer {
    /// First word (folded) → (all words folded, actor, form), longest first.
    by_first: BTreeMap<String, Vec<(Vec<String>, usize, NameForm)>>,
}

impl Gazetteer {
    /// Indexes all names of all actors.
    pub fn new(ontology: &Ontology) -> Self {
        let mut by_first: BTreeMap<String, Vec<(Vec<String>, usize, NameForm)>> = BTreeMap::new();
        for (index, actor) in ontology.actors.iter().enumerate() {
            let forms = [
                (&actor.names, NameForm::Name),
                (&actor.demonyms, NameForm::Demonym),
                (&actor.metonyms, NameForm::Metonym),
            ];
            for (names, form) in forms {
                for name in names {
                    let words: Vec<String> = split(name).map(fold).collect();
                    if let Some(first) = words.first() {
                        by_first.entry(first.clone()).or_default().push((words, index, form));
                    }
                }
            }
        }
        for list in by_first.values_mut() {
            // Longest first; of equal names, those of states and bodies before persons, names before what stands for them.
            list.sort_by_key(|(words, actor, form)| {
                let person = ontology.actors[*actor].kind == ActorKind::Person;
                (std::cmp::Reverse(words.len()), *form as u8, person, *actor)
            });
        }
        Self { by_first }
    }

    /// The longest known name that begins with the first of `words` (raw forms of consecutive tokens): its length in tokens, actor, form.
    pub fn longest(&self, words: &[&str]) -> Option<(usize, usize, NameForm)> {
        let folded: Vec<String> = words.iter().map(|w| fold(w)).collect();
        let list = self.by_first.get(folded.first()?)?;
        list.iter()
            .find(|(name, ..)| name.len() <= folded.len() && name.iter().zip(&folded).all(|(a, b)| a == b))
            .map(|(name, actor, form)| (name.len(), *actor, *form))
    }

    /// The country, by its place in the ontology, whose name or demonym the words begin with; `None` where the longest known name there is no country's.
    pub fn country(&self, ontology: &Ontology, words: &[&str]) -> Option<usize> {
        let (_, actor, _) = self.longest(words)?;
        (ontology.actors[actor].kind == ActorKind::Country).then_some(actor)
    }
}

/// Cuts a name as the tokenizer would: at white space, around hyphens, before a possessive.
fn split(name: &str) -> impl Iterator<Item = &str> {
    name.split_whitespace().flat_map(|word| {
        let mut parts = Vec::new();
        let mut rest = word;
        while let Some(at) = rest.find('-') {
            if at > 0 {
                parts.push(&rest[..at]);
            }
            parts.push(&rest[at..=at]);
            rest = &rest[at + 1..];
        }
        if !rest.is_empty() {
            match rest.strip_suffix("'s").or_else(|| rest.strip_suffix("’s")) {
                Some(stem) if !stem.is_empty() => {
                    parts.push(stem);
                    parts.push(&rest[stem.len()..]);
                }
                _ => parts.push(rest),
            }
        }
        parts
    })
}

/// One form for spellings that differ in diacritics and quotes; case is kept, but for words in capitals of five letters and more ("RUSSIA").
pub(super) fn fold(word: &str) -> String {
    let mut out: String = word
        .chars()
        .map(|c| match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' => 'a',
            'ç' | 'ć' | 'č' => 'c',
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ě' | 'ė' => 'e',
            'ğ' => 'g',
            'ì' | 'í' | 'î' | 'ï' | 'ı' | 'ī' | 'İ' => 'i',
            'ñ' | 'ń' | 'ň' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => 'o',
            'ř' => 'r',
            'ş' | 'š' | 'ś' => 's',
            'ù' | 'ú' | 'û' | 'ü' | 'ū' => 'u',
            'ý' | 'ÿ' => 'y',
            'ž' | 'ż' | 'ź' => 'z',
            'ł' => 'l',
            'É' | 'È' => 'E',
            'Á' | 'À' => 'A',
            'Ö' | 'Ó' => 'O',
            'Ü' => 'U',
            'Ş' | 'Š' => 'S',
            'Ç' | 'Č' => 'C',
            '’' | 'ʼ' | '‘' => '\'',
            '–' | '‑' => '-',
            c => c,
        })
        .collect();
    if out.chars().count() >= 5 && out.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()) {
        let mut chars = out.chars();
        out = chars.next().map(|first| first.to_string() + &chars.as_str().to_lowercase()).unwrap_or_default();
    }
    if out.contains('.') && out.len() > 2 && out.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) {
        out.retain(|c| c != '.');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_name_wins_and_spelling_folds() {
        let gazetteer = Gazetteer::new(&Ontology::embedded().unwrap());
        let (length, ..) = gazetteer.longest(&["United", "States", "said"]).unwrap();
        assert_eq!(length, 2);
        assert_eq!(
            gazetteer.longest(&["U.S.", "envoy"]).unwrap().1,
            gazetteer.longest(&["United", "States"]).unwrap().1
        );
        assert!(gazetteer.longest(&["us", "all"]).is_none());
    }
}
