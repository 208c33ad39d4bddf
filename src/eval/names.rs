//! Names made comparable, and the words of a stretch of text.

use std::collections::BTreeSet;

/// A name without case, article, possessive and kinds of apostrophe.
pub(super) fn norm(name: &str) -> String {
    let name = name.replace(['’', '‘', '`'], "'").to_lowercase();
    let name = name.trim();
    let name = ["the ", "a ", "an "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    name.strip_suffix("'s").unwrap_or(&name).to_owned()
}

/// Offsets (code points) at which the words inside the spans start. A word is a run of letters, digits and underscores.
pub(super) fn words(text: &[char], spans: impl IntoIterator<Item = (usize, usize)>) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    for (start, end) in spans {
        let mut inside = false;
        for (at, &c) in text.iter().enumerate().take(end).skip(start) {
            let word = c.is_alphanumeric() || c == '_';
            if word && !inside {
                out.insert(at);
            }
            inside = word;
        }
    }
    out
}

/// Size of the intersection over size of the union; 1 of two empty sets.
pub(super) fn jaccard(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let union = a.union(b).count();
    if union == 0 { 1.0 } else { a.intersection(b).count() as f64 / union as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_does_not_matter() {
        assert_eq!(norm(" The  Kremlin’s "), "kremlin");
        assert_eq!(norm("Theresa May"), "theresa may");
    }

    #[test]
    fn words_start_inside_the_span() {
        let text: Vec<char> = "No “deal”, he said".chars().collect();
        assert_eq!(words(&text, [(0, 9)]), [0, 4].into());
        assert_eq!(words(&text, [(5, 8), (11, 99)]), [5, 11, 14].into());
    }
}
