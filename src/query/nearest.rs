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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_found() {
        let names = ["demands", "answers", "red-lines"];
        assert_eq!(nearest("Demand", names), Some("demands"));
        assert_eq!(nearest("redlines", names), Some("red-lines"));
        assert_eq!(nearest("weather", names), None);
        assert_eq!(nearest("", names), None);
    }
}
