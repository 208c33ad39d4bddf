//! The name that a user may have meant by one that there is not.

/// The name that takes the fewest changed letters; `None` where even that takes more than a third of them. Of equals, the first in the alphabet.
pub(super) fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let most = word.chars().count().div_ceil(3);
    names
        .into_iter()
        .map(|name| (strsim::levenshtein(&word, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, name)| name)
}

/// The label that was meant by a misspelt one, or by one of its words: "Zelenski" for "Volodymyr Zelensky".
pub(super) fn nearest_label<'a>(name: &str, labels: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let labels: Vec<&str> = labels.into_iter().collect();
    let whole = nearest(name, labels.iter().copied());
    whole.or_else(|| {
        let word = nearest(name, labels.iter().flat_map(|label| label.split_whitespace()))?;
        labels.into_iter().find(|label| label.split_whitespace().any(|w| w == word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_label_is_enough() {
        let labels = ["Volodymyr Zelensky", "Donald Trump", "European Union"];
        assert_eq!(nearest_label("Donald Trmp", labels), Some("Donald Trump"));
        assert_eq!(nearest_label("Zelenski", labels), Some("Volodymyr Zelensky"));
        assert_eq!(nearest_label("Okafor", labels), None);
    }

    #[test]
    fn what_is_near_is_found() {
        let names = ["demands", "answers", "red-lines"];
        assert_eq!(nearest("Demand", names), Some("demands"));
        assert_eq!(nearest("redlines", names), Some("red-lines"));
        assert_eq!(nearest("weather", names), None);
        assert_eq!(nearest("", names), None);
    }
}
