//! Who wrote and who photographed: bylines and picture credits.

use super::shape::{Ending, Shape};

const PICTURES: &[&str] = &[
    "AP",
    "AP Photo",
    "AP Images",
    "Reuters",
    "REUTERS",
    "AFP",
    "Getty",
    "Getty Images",
    "Getty Image",
    "EPA",
    "EPA-EFE",
    "Shutterstock",
    "Bloomberg",
    "Xinhua",
    "TASS",
    "Sputnik",
    "NurPhoto",
    "Anadolu",
    "Anadolu Agency",
    "Rex",
    "Alamy",
    "PA",
    "PA Wire",
    "PA Images",
    "ZUMA",
    "Zuma Press",
    "Landov",
    "Corbis",
    "Pool",
    "Handout",
    "Picture Alliance",
    "dpa",
    "Redux",
    "Polaris",
    "SIPA",
    "Sipa USA",
    "LightRocket",
    "iStock",
    "UPI",
    "Yonhap",
    "Kyodo",
    "Flickr",
    "Wikimedia Commons",
];

/// Whether a paragraph is a picture's credit, or a caption that ends with one: "Ann Bee/AP", "Ministers in Geneva. AP Photo/Ann Bee".
pub(super) fn is_credit(text: &str) -> bool {
    let bracketed = text.trim_end_matches(['.', ' ']).ends_with(')');
    if text.ends_with(['.', '!', '?', ',', ';', '"', '”', ':']) && !bracketed {
        return false;
    }
    if text.split_whitespace().count() > 70 {
        return false;
    }
    let tail = text.trim_end_matches(['.', ' ', ')']);
    // The credit is what follows the bracket, or the caption's last full stop.
    let credit = match tail.rfind('(') {
        Some(open) if bracketed => &tail[open + 1..],
        _ if bracketed => return false,
        _ => tail.rsplit(". ").next().unwrap_or(tail),
    };
    let slashed = credit.contains('/')
        && credit
            .split('/')
            .any(|part| PICTURES.iter().any(|name| part.trim() == *name || part.trim().ends_with(&format!(" {name}"))));
    let via = PICTURES.iter().any(|name| credit.ends_with(&format!("via {name}")));
    let photo = ["Photo by ", "Photo: ", "Image: ", "Photograph by ", "Credit: ", "AP Photo", "Photo courtesy "]
        .iter()
        .any(|start| credit.starts_with(start));
    let alone = PICTURES.iter().any(|name| name.contains(' ') && credit.ends_with(name))
        && credit.split_whitespace().count() <= 8;
    (slashed || via || photo || alone) && !credit.contains(['"', '“'])
}

const JOINS: &[&str] =
    &["and", "in", "of", "for", "the", "at", "with", "de", "van", "von", "al", "el", "bin", "di", "da", "&"];

/// "By Ann Bee and Carl Dee, Geneva correspondent".
pub(super) fn is_byline(text: &str) -> bool {
    let mut words = text.split_whitespace();
    if !matches!(words.next(), Some("By" | "BY" | "by")) || text.ends_with([':', '?', '!']) {
        return false;
    }
    let rest: Vec<&str> = words.collect();
    let Some(first) = rest.first() else { return false };
    if rest.len() > 16 || ["the", "a", "an", "any", "all", "this", "that"].contains(&first.to_lowercase().as_str()) {
        return false;
    }
    let name_end = rest.iter().position(|word| word.ends_with(',')).map_or(rest.len(), |n| n + 1);
    rest.len() >= 2
        && name_end >= 2
        && rest[..name_end].iter().all(|word| word.starts_with(char::is_uppercase) || JOINS.contains(word))
        && Shape::of(text).ending == Ending::Bare
}

const OUTLETS: &[&str] = &[
    "News",
    "Post",
    "Times",
    "Today",
    "Journal",
    "Herald",
    "Tribune",
    "Register",
    "Press",
    "Guardian",
    "Telegraph",
    "Gazette",
    "Star",
    "Chronicle",
    "Sentinel",
    "Leader",
    "Observer",
    "Magazine",
    "Agency",
    "Reuters",
    "Bloomberg",
];

/// Whether a paragraph is the name of an outlet: "USA TODAY", "The Geneva Herald".
pub(super) fn is_outlet(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = words.last().is_some_and(|last| OUTLETS.iter().any(|outlet| outlet.eq_ignore_ascii_case(last)));
    (2..=4).contains(&words.len()) && named && words.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// Whether a paragraph can be the short name of an outlet: "AP", "CNN".
pub(super) fn is_initials(text: &str) -> bool {
    (2..=5).contains(&text.len()) && text.chars().all(|c| c.is_ascii_uppercase())
}

/// Whether a paragraph can be the names of its authors: "Ann Bee, Carl Dee and Eve F. Gee".
pub(super) fn is_names(text: &str) -> bool {
    let people: Vec<&str> =
        text.split(',').flat_map(|part| part.split(" and ")).map(str::trim).filter(|name| !name.is_empty()).collect();
    !people.is_empty()
        && people.iter().all(|name| {
            let words: Vec<&str> = name.split_whitespace().collect();
            (2..=4).contains(&words.len())
                && words.iter().all(|word| {
                    word.starts_with(char::is_uppercase)
                        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
                })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_and_bylines() {
        for credit in [
            "Ann Bee/AP",
            "Ministers leave the hall. AP Photo/Ann Bee",
            "Ministers leave the hall on Monday. (Ann Bee/Reuters)",
            "Ann Bee, Pool Photo via AP",
            "Health minister Carl Dee Eve Gee/Getty Images",
        ] {
            assert!(is_credit(credit), "{credit}");
        }
        for prose in ["He told Reuters/Ipsos pollsters no.", "“Go,” he said.", "The AP/NORC poll was wrong."] {
            assert!(!is_credit(prose), "{prose}");
        }
        assert!(is_byline("By Ann Bee and Carl Dee, Geneva correspondent"));
        for other in ["By the numbers", "By Friday the talks had failed.", "By then"] {
            assert!(!is_byline(other), "{other}");
        }
        assert!(is_outlet("USA TODAY") && is_outlet("ABC News") && !is_outlet("Talks Resume") && is_initials("AP"));
        assert!(is_names("Ann Bee, Carl Dee and Eve F. Gee") && !is_names("Ministers meet"));
    }
}
