//! Which actors may be one, and which issues: by family names and initials, other spellings, abbreviations, the order and the endings of words.
//!
//! Candidates share a key, so that not every name is compared with every other.
//!
//! # References
//!
//! Keys by deletion of single letters after Garbe's symmetric delete (2012, <https://github.com/wolfgarbe/SymSpell>): two words at a distance of one
//! insertion, deletion or replacement share a key. The distance itself is Damerau's (1964), neighbouring letters exchanged counting as one.

use std::collections::{BTreeMap, BTreeSet};

use super::Known;
use crate::actors::{ActorKind, slug};

/// Two of a list that may be one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    /// Index of the one whose name would stay.
    pub(super) one: usize,
    /// Index of the other.
    pub(super) other: usize,
    pub(super) why: &'static str,
    pub(super) likelihood: f64,
}

/// Words that tell names of bodies not apart.
const SMALL: [&str; 12] = ["the", "of", "for", "and", "on", "in", "to", "a", "an", "its", "government", "s"];

/// Words of a name in lower case without accents.
fn words(label: &str) -> Vec<String> {
    slug(label).split('-').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Pairs of actors, likeliest first.
pub(super) fn actors(all: &[Known]) -> Vec<Pair> {
    let names: Vec<Vec<String>> = all.iter().map(|known| words(&known.label)).collect();
    let mut keys: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (n, (known, words)) in all.iter().zip(&names).enumerate() {
        let mut put = |key: String| {
            keys.entry(key).or_default().insert(n);
        };
        let Some(last) = words.last() else { continue };
        if is_person(known) {
            put(format!("family {last}"));
            for key in spellings(last) {
                put(format!("spelt {key}"));
            }
        } else {
            put(format!("set {}", bag(words)));
            put(format!("short {}", initials(words)));
            put(format!("short {}", words.concat()));
            for key in spellings(&words.concat()) {
                put(format!("spelt {key}"));
            }
        }
    }
    let mut found: BTreeMap<(usize, usize), (f64, &'static str)> = BTreeMap::new();
    for group in keys.values() {
        for &a in group {
            for &b in group.range(a + 1..) {
                if let Some(reason) = one_actor((&all[a], &names[a]), (&all[b], &names[b])) {
                    found.insert((a, b), reason);
                }
            }
        }
    }
    // A family name alone that fits several persons fits none of them well.
    let mut bare: BTreeMap<usize, usize> = BTreeMap::new();
    for &(a, b) in found.keys() {
        for n in [a, b].into_iter().filter(|&n| names[n].len() == 1 && is_person(&all[n])) {
            *bare.entry(n).or_default() += 1;
        }
    }
    let mut pairs: Vec<Pair> = found
        .into_iter()
        .map(|((a, b), (likelihood, why))| {
            let (one, other) = if better((&all[a], &names[a]), (&all[b], &names[b])) { (a, b) } else { (b, a) };
            let several = bare.get(&a).max(bare.get(&b)).is_some_and(|count| *count > 1);
            let same_bloc = all[a].bloc.is_some() && all[a].bloc == all[b].bloc;
            let likelihood = likelihood + if same_bloc { 0.1 } else { 0.0 } - if several { 0.3 } else { 0.0 };
            Pair { one, other, why, likelihood: (likelihood * 100.0).round() / 100.0 }
        })
        .collect();
    pairs.sort_by(|x, y| {
        let uses = |pair: &Pair| all[pair.one].claims + all[pair.other].claims;
        y.likelihood.total_cmp(&x.likelihood).then(uses(y).cmp(&uses(x))).then((x.one, x.other).cmp(&(y.one, y.other)))
    });
    pairs
}

fn is_person(known: &Known) -> bool {
    known.kind == Some(ActorKind::Person)
}

/// Whether the first should give its name: the fuller name of a person, else the one that is used more.
fn better(a: (&Known, &[String]), b: (&Known, &[String])) -> bool {
    let rank = |(known, words): (&Known, &[String])| {
        let full = if is_person(known) { words.iter().filter(|word| word.chars().count() > 1).count() } else { 0 };
        (full.min(2), known.claims, words.len(), std::cmp::Reverse(known.id.clone()))
    };
    rank(a) >= rank(b)
}

/// Why two actors may be one, and how likely that is.
fn one_actor((a, x): (&Known, &[String]), (b, y): (&Known, &[String])) -> Option<(f64, &'static str)> {
    if a.bloc.is_some() && b.bloc.is_some() && a.bloc != b.bloc && !names_each_other(a, b) {
        return None;
    }
    if is_person(a) != is_person(b) || x.is_empty() || y.is_empty() {
        return None;
    }
    if x == y {
        return Some((0.85, "the same name but for case, accents or punctuation"));
    }
    match (a.kind, b.kind) {
        (Some(ActorKind::Person), _) => one_person(x, y),
        // "A spokesman" and "sides" mean somebody else in each article.
        (Some(ActorKind::Role | ActorKind::Group), _) | (_, Some(ActorKind::Role | ActorKind::Group)) => None,
        _ => one_body(a, b, x, y),
    }
}

/// Whether the bloc of one is the name of the other: "European Commission (for European Union)" and so on say nothing against it.
fn names_each_other(a: &Known, b: &Known) -> bool {
    a.bloc.as_deref() == Some(a.label.as_str()) && b.bloc.as_deref() == Some(b.label.as_str())
}

fn one_person(x: &[String], y: &[String]) -> Option<(f64, &'static str)> {
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let ((family, given), (other, others)) = (short.split_last()?, long.split_last()?);
    let near = distance(family, other);
    let initial = |one: &str, of: &str| one.chars().count() == 1 && of.starts_with(one);
    if near == 0 {
        if given.is_empty() {
            return Some((0.6, "the family name alone"));
        }
        let mut rest = others.iter();
        let fits = given.iter().all(|word| rest.any(|name| name == word || initial(word, name) || initial(name, word)));
        if fits && given.len() < others.len() && given.iter().zip(others).all(|(word, name)| word == name) {
            return Some((0.8, "the same name with a further given name"));
        }
        if fits {
            return Some((0.8, "the same family name, and the initials fit"));
        }
        let (first, second) = (given.first()?, others.first()?);
        if given.len() == others.len() && first.len() >= 4 && distance(first, second) == 1 {
            return Some((0.6, "another spelling of the given name"));
        }
        return None;
    }
    let spelt = near == 1 && family.chars().count().min(other.chars().count()) >= 5;
    (spelt && !given.is_empty() && given == others).then_some((0.7, "another spelling of the family name"))
}

fn one_body(a: &Known, b: &Known, x: &[String], y: &[String]) -> Option<(f64, &'static str)> {
    if bag(x) == bag(y) {
        return Some((0.65, "the same words in another order or form"));
    }
    let short = |known: &Known, words: &[String], long: &[String]| {
        words.len() == 1
            && long.len() >= 2
            && words[0] == initials(long)
            && words[0].len() >= 2
            && known.label.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    };
    if short(a, x, y) || short(b, y, x) {
        return Some((0.6, "an abbreviation of the name"));
    }
    (spelt(&x.concat(), &y.concat(), 7) && a.kind == b.kind).then_some((0.55, "another spelling"))
}

/// Whether two names of that length at least are at a distance of one.
fn spelt(one: &str, other: &str, least: usize) -> bool {
    one.chars().count().min(other.chars().count()) >= least && distance(one, other) <= 1
}

/// First letters of the words that count.
fn initials(words: &[String]) -> String {
    words.iter().filter(|word| !SMALL.contains(&word.as_str())).filter_map(|word| word.chars().next()).collect()
}

/// The words that count, without the commonest endings, sorted.
fn bag(words: &[String]) -> String {
    let mut out: Vec<&str> =
        words.iter().filter(|word| !SMALL.contains(&word.as_str())).map(|word| stem(word)).collect();
    out.sort_unstable();
    out.dedup();
    out.join(" ")
}

/// The word without the ending of a plural: enough to tell "tariff" and "tariffs" to be one.
fn stem(word: &str) -> &str {
    match word
        .strip_suffix("es")
        .filter(|rest| rest.ends_with(['s', 'x', 'z']) || rest.ends_with("sh") || rest.ends_with("ch"))
    {
        Some(rest) => rest,
        None => word.strip_suffix('s').filter(|rest| rest.len() >= 3 && !rest.ends_with('s')).unwrap_or(word),
    }
}

/// The word, and the word without each of its letters.
fn spellings(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut out = vec![word.to_owned()];
    if (5..=24).contains(&letters.len()) {
        out.extend(
            (0..letters.len()).map(|skip| {
                letters.iter().enumerate().filter(|(n, _)| *n != skip).map(|(_, c)| *c).collect::<String>()
            }),
        );
    }
    out
}

/// Letters to insert, delete, replace or exchange with their neighbours, up to 2; 2 stands for more.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a == b {
        return 0;
    }
    let before = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[before..], &b[before..]);
    let after = x.iter().rev().zip(y.iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&x[..x.len() - after], &y[..y.len() - after]);
    let exchanged = x.len() == 2 && y.len() == 2 && x[0] == y[1] && x[1] == y[0];
    if x.len() <= 1 && y.len() <= 1 || exchanged { 1 } else { 2 }
}

/// Pairs of issues, most used first.
pub(super) fn issues(all: &[Known]) -> Vec<Pair> {
    let names: Vec<Vec<String>> = all.iter().map(|known| words(&known.label)).collect();
    let mut keys: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (n, words) in names.iter().enumerate() {
        keys.entry(format!("set {}", bag(words))).or_default().insert(n);
        for key in spellings(&words.concat()) {
            keys.entry(format!("spelt {key}")).or_default().insert(n);
        }
    }
    let mut found: BTreeMap<(usize, usize), &'static str> = BTreeMap::new();
    for group in keys.values() {
        for &a in group {
            for &b in group.range(a + 1..) {
                let (x, y) = (&names[a], &names[b]);
                if bag(x) == bag(y) && !bag(x).is_empty() {
                    found.insert((a, b), "the same words in another order or form");
                } else if spelt(&x.concat(), &y.concat(), 6) {
                    found.entry((a, b)).or_insert("another spelling");
                }
            }
        }
    }
    let uses = |n: usize| all[n].claims;
    let mut pairs: Vec<Pair> = found
        .into_iter()
        .map(|((a, b), why)| {
            let (one, other) = if uses(a) >= uses(b) { (a, b) } else { (b, a) };
            Pair { one, other, why, likelihood: 0.5 }
        })
        .collect();
    pairs.sort_by_key(|pair| (std::cmp::Reverse(uses(pair.one) + uses(pair.other)), pair.one, pair.other));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(label: &str, kind: ActorKind, bloc: &str, claims: usize) -> Known {
        let bloc = (!bloc.is_empty()).then(|| bloc.to_owned());
        Known { id: slug(label), label: label.to_owned(), kind: Some(kind), bloc, claims }
    }

    fn told(all: &[Known]) -> Vec<String> {
        let name = |n: usize| all[n].label.clone();
        actors(all).into_iter().map(|p| format!("{} = {}: {}", name(p.other), name(p.one), p.why)).collect()
    }

    #[test]
    fn persons() {
        use ActorKind::Person;
        let all = [
            known("Ana Reyes", Person, "Norland", 5),
            known("A. Reyes", Person, "Norland", 9),
            known("Reyes", Person, "", 1),
            known("Luis Reyes", Person, "Sudria", 2),
            known("Oskar Lindqvist", Person, "", 2),
            known("Oskar Lindquist", Person, "", 1),
            known("Elena María Sosa", Person, "Estmark", 1),
            known("Elena Maria Sosa", Person, "", 3),
            known("Elena Sosa", Person, "Estmark", 2),
            known("Omar Sosa", Person, "", 2),
        ];
        assert_eq!(
            told(&all),
            [
                "A. Reyes = Ana Reyes: the same family name, and the initials fit",
                "Elena María Sosa = Elena Sosa: the same name with a further given name",
                "Elena María Sosa = Elena Maria Sosa: the same name but for case, accents or punctuation",
                "Elena Sosa = Elena Maria Sosa: the same name with a further given name",
                "Oskar Lindquist = Oskar Lindqvist: another spelling of the family name",
                "Reyes = A. Reyes: the family name alone",
                "Reyes = Ana Reyes: the family name alone",
                "Reyes = Luis Reyes: the family name alone",
            ]
        );
    }

    #[test]
    fn bodies() {
        use ActorKind::{Country, Organization};
        let all = [
            known("Coastal Defence League", Organization, "", 5),
            known("CDL", Organization, "", 2),
            known("Ministry of Defence", Organization, "Norland", 4),
            known("Defence Ministry", Organization, "Norland", 3),
            known("Ministry of the Defence", Organization, "Sudria", 3),
            known("Zembla", Country, "Zembla", 3),
            known("Zemblan Council", Organization, "", 3),
            known("Zemblam Council", Organization, "", 1),
        ];
        assert_eq!(
            told(&all),
            [
                "Defence Ministry = Ministry of Defence: the same words in another order or form",
                "CDL = Coastal Defence League: an abbreviation of the name",
                "Zemblam Council = Zemblan Council: another spelling",
            ]
        );
    }

    #[test]
    fn topics() {
        let issue = |label: &str, claims| Known { kind: None, ..known(label, ActorKind::Group, "", claims) };
        let all = [
            issue("import tariffs", 2),
            issue("tariff on imports", 5),
            issue("fishing", 1),
            issue("harbour", 1),
            issue("harbor", 3),
        ];
        let name = |n: usize| all[n].label.clone();
        let told: Vec<String> = issues(&all).iter().map(|p| format!("{} = {}", name(p.other), name(p.one))).collect();
        assert_eq!(told, ["import tariffs = tariff on imports", "harbour = harbor"]);
    }

    #[test]
    fn distances() {
        for (a, b, far) in
            [("", "", 0), ("ab", "ba", 1), ("abc", "abd", 1), ("abc", "ac", 1), ("abcd", "badc", 2), ("a", "xyz", 2)]
        {
            assert_eq!(distance(a, b), far, "{a} {b}");
        }
        assert!(spellings("lindqvist").iter().any(|key| spellings("lindquist").contains(key)));
    }
}
