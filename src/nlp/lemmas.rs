//! Base forms by edit scripts: the model chooses a script, the script makes the base form of the word.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::wordpiece::normalise;

/// Base forms of irregular forms, of verbs and of nouns.
static IRREGULAR: LazyLock<[HashMap<&'static str, &'static str>; 2]> = LazyLock::new(|| {
    ["V", "N"].map(|part| {
        let of_part =
            include_str!("irregular.tsv").lines().filter_map(|line| line.strip_prefix(part)?.strip_prefix('\t'));
        let entries = of_part.filter_map(|line| line.split_once('\t'));
        entries.flat_map(|(base, forms)| forms.split(' ').map(move |form| (form, base))).collect()
    })
});

/// How to make a base form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Script {
    /// Change the case, cut letters off the end, add others.
    Edit {
        /// What happens to the case before.
        case: Case,
        /// Characters to cut from the end.
        cut: usize,
        /// Characters to add.
        add: Box<str>,
    },
    /// A whole form.
    Whole(Box<str>),
}

/// What happens to the case of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    Keep,
    Title,
}

impl Script {
    /// Reads "L2+y" (lower case, cut two, add "y"; K keeps the case, T makes Title case) or "=whole".
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some(whole) = text.strip_prefix('=') {
            return Some(Self::Whole(whole.into()));
        }
        let (cut, add) = text.get(1..)?.split_once('+')?;
        let case = match text.as_bytes()[0] {
            b'L' => Case::Lower,
            b'K' => Case::Keep,
            b'T' => Case::Title,
            _ => return None,
        };
        Some(Self::Edit { case, cut: cut.parse().ok()?, add: add.into() })
    }

    /// The base form of `form`; the form itself where the script would leave nothing.
    pub(super) fn apply(&self, form: &str) -> Box<str> {
        match self {
            Self::Whole(whole) => whole.clone(),
            Self::Edit { case, cut, add } => {
                let plain: String = form.chars().map(|c| if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c }).collect();
                let mut base = match case {
                    Case::Lower => plain.to_lowercase(),
                    Case::Keep => plain,
                    Case::Title => {
                        let mut chars = plain.chars();
                        chars.next().map_or_else(String::new, |first| {
                            first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect()
                        })
                    }
                };
                let end =
                    if *cut == 0 { base.len() } else { base.char_indices().rev().nth(cut - 1).map_or(0, |(i, _)| i) };
                base.truncate(end);
                base.push_str(add);
                if base.is_empty() { normalise(form).into() } else { base.into() }
            }
        }
    }
}

/// What a word may be a regular inflection of: "mentioned" of "mention", "urges" of "urge", "denied" of "deny".
pub(crate) fn base_forms(word: &str) -> Vec<String> {
    let mut out = vec![word.to_owned()];
    let mut add = |stem: &str, ending: &str| out.push(format!("{stem}{ending}"));
    if let Some(stem) = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied")) {
        add(stem, "y");
    }
    for suffix in ["ed", "ing", "es", "s", "d"] {
        if let Some(stem) = word.strip_suffix(suffix)
            && stem.len() > 2
        {
            add(stem, "");
            add(stem, "e");
            let mut letters = stem.chars().rev();
            if let (Some(last), Some(before)) = (letters.next(), letters.next())
                && last == before
            {
                add(&stem[..stem.len() - last.len_utf8()], "");
            }
        }
    }
    out
}

/// The base form of an irregular past or participle ("met") or plural ("crises", "spokesmen") with this tag.
pub(super) fn irregular(form: &str, xpos: &str) -> Option<Box<str>> {
    if !matches!(xpos, "VBD" | "VBN" | "VBG" | "VBZ" | "NNS") {
        return None;
    }
    let [verbs, nouns] = &*IRREGULAR;
    let lower = form.to_lowercase();
    match xpos {
        "NNS" => nouns.get(&*lower).map(|&base| base.into()).or_else(|| {
            let stem = lower.strip_suffix("men").filter(|stem| stem.len() > 1)?;
            Some(format!("{stem}man").into())
        }),
        _ => verbs.get(&*lower).map(|&base| base.into()),
    }
}

/// What a regularly inflected verb in lower case is a form of, where the model's `lemma` is no known word: a known one, else one that it can be
/// ("criticised" of "criticise").
pub(super) fn regular_verb(form: &str, lemma: &str, known: impl Fn(&str) -> bool) -> Option<Box<str>> {
    const WITH_E: [&str; 17] =
        ["is", "iz", "ys", "yz", "at", "v", "c", "u", "dg", "rg", "rs", "bl", "dl", "gl", "pl", "tl", "zl"];
    if known(lemma) || !form.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let stem =
        ["ed", "ing", "es", "s"].iter().find_map(|ending| form.strip_suffix(ending)).filter(|stem| stem.len() > 2)?;
    if let Some(base) = base_forms(form)[1..].iter().find(|base| known(base.as_str())) {
        return Some(base.as_str().into());
    }
    if form.ends_with('s') {
        return singular(form);
    }
    if let Some(stem) = stem.strip_suffix('i') {
        return Some(format!("{stem}y").into());
    }
    if WITH_E.iter().any(|end| stem.ends_with(end)) {
        return Some(format!("{stem}e").into());
    }
    let [.., before, last] = stem.as_bytes() else { return None };
    let double = before == last && !matches!(last, b's' | b'f' | b'z' | b'e' | b'o');
    Some(if double { stem[..stem.len() - 1].into() } else { stem.into() })
}

/// Plurals that are their own base form.
const PLURAL_ONLY: [&str; 27] = [
    "barracks",
    "clothes",
    "contents",
    "crossroads",
    "finances",
    "glasses",
    "goods",
    "grounds",
    "headquarters",
    "jeans",
    "manners",
    "means",
    "news",
    "pants",
    "politics",
    "premises",
    "proceedings",
    "regards",
    "remains",
    "series",
    "species",
    "supplies",
    "surroundings",
    "thanks",
    "troops",
    "whereabouts",
    "works",
];

/// The singular of a regular plural in lower case that the model left as it was.
pub(super) fn singular(plural: &str) -> Option<Box<str>> {
    if !plural.bytes().all(|b| b.is_ascii_lowercase()) || PLURAL_ONLY.contains(&plural) {
        return None;
    }
    if let Some(stem) = plural.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return Some(format!("{stem}y").into());
    }
    let hiss = |stem: &&str| ["ch", "sh", "x", "ss", "zz"].iter().any(|end| stem.ends_with(end));
    if let Some(stem) = plural.strip_suffix("es").filter(hiss) {
        return Some(stem.into());
    }
    let stem = plural.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with(['s', 'u', 'i']))?;
    Some(stem.into())
}

/// Nouns that end in "ie" themselves.
const IN_IE: &[&str] = &[
    "auntie", "bookie", "brownie", "calorie", "collie", "cookie", "eerie", "foodie", "freebie", "genie", "goalie",
    "hippie", "hoodie", "indie", "junkie", "movie", "newbie", "pixie", "prairie", "rookie", "selfie", "smoothie",
    "sortie", "veggie", "walkie", "yuppie", "zombie",
];

/// The singular in "y" of a plural in "ies" that only lost its last letter.
pub(super) fn clipped(plural: &str, lemma: &str) -> Option<Box<str>> {
    let stem = lemma.strip_suffix("ie").filter(|stem| stem.len() > 2)?;
    let clipped = plural.to_ascii_lowercase().strip_suffix('s') == Some(lemma);
    (clipped && !IN_IE.contains(&lemma)).then(|| format!("{stem}y").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts() {
        let apply = |script: &str, form: &str| Script::parse(script).expect("a script").apply(form);
        assert_eq!(&*apply("L3+y", "Countries"), "country");
        assert_eq!(&*apply("K1+", "Talks"), "Talk");
        assert_eq!(&*apply("T0+", "NATO"), "Nato");
        assert_eq!(&*apply("=be", "was"), "be");
        assert_eq!(&*apply("L9+", "gone"), "gone");
        assert_eq!(&*apply("L0+", "’S"), "'s");
        assert!(Script::parse("").is_none() && Script::parse("é1+").is_none() && Script::parse("Lx+").is_none());
    }

    #[test]
    fn irregular_forms() {
        let of = |form, tag| irregular(form, tag);
        assert_eq!(of("Met", "VBD").as_deref(), Some("meet"));
        assert_eq!(of("written", "VBN").as_deref(), Some("write"));
        assert_eq!(of("spokesmen", "NNS").as_deref(), Some("spokesman"));
        assert_eq!(of("lives", "NNS").as_deref(), Some("life"));
        assert_eq!((of("lives", "VBZ"), of("found", "VB"), of("demanded", "VBD")), (None, None, None));
    }

    #[test]
    fn regular_verbs() {
        let known = |word: &str| ["report", "urge", "plan"].contains(&word);
        let of = |form, lemma| regular_verb(form, lemma, known);
        assert_eq!(of("urged", "urg").as_deref(), Some("urge"));
        assert_eq!(of("planning", "plann").as_deref(), Some("plan"));
        assert_eq!(of("criticised", "criticis").as_deref(), Some("criticise"));
        assert_eq!(of("tweezled", "tweezly").as_deref(), Some("tweezle"));
        assert_eq!(of("envisages", "envisag").as_deref(), Some("envisage"));
        assert_eq!(of("decried", "decri").as_deref(), Some("decry"));
        assert_eq!(of("kidnapped", "kidnapp").as_deref(), Some("kidnap"));
        assert_eq!(of("enacted", "enacte").as_deref(), Some("enact"));
        assert_eq!((of("reported", "report"), of("was", "wa")), (None, None));
    }

    #[test]
    fn clipped_plurals() {
        assert_eq!(clipped("countries", "countrie").as_deref(), Some("country"));
        assert_eq!(clipped("Allies", "allie").as_deref(), Some("ally"));
        assert_eq!(clipped("movies", "movie"), None);
        assert_eq!(clipped("ties", "tie"), None);
        assert_eq!(clipped("countries", "country"), None);
    }

    #[test]
    fn plurals() {
        let of = |word| singular(word).unwrap_or_else(|| word.into());
        for (plural, expected) in [
            ("members", "member"),
            ("parties", "party"),
            ("speeches", "speech"),
            ("taxes", "tax"),
            ("headquarters", "headquarters"),
            ("people", "people"),
            ("1990s", "1990s"),
        ] {
            assert_eq!(&*of(plural), expected);
        }
    }
}
