//! Is it English?

use whatlang::{Lang, detect};

use super::document::{BlockKind, Document};

/// Characters that are enough to tell.
const ENOUGH: usize = 20_000;

/// The English name of the language that an article is in, if that is not English; and sets the language of the article where it is found out.
///
/// The detector looks at the whole article, and is believed only where it is sure; otherwise what the article says of itself holds.
///
/// # References
/// whatlang: trigram profiles after Cavnar and Trenkle (1994), <https://docs.rs/whatlang>.
pub(super) fn foreign(document: &mut Document) -> Option<String> {
    let mut sample = String::new();
    for block in document.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Debris | BlockKind::Dateline)) {
        if sample.len() > ENOUGH {
            break;
        }
        sample.push_str(block.span.of(&document.text));
        sample.push('\n');
    }
    let declared = document.metadata.language.clone();
    match detect(&sample).filter(whatlang::Info::is_reliable).map(|info| info.lang()) {
        Some(Lang::Eng) => {
            if !declared.is_some_and(|tag| is_english(&tag)) {
                document.metadata.language = Some("en".to_owned());
            }
            None
        }
        Some(other) => Some(other.eng_name().to_owned()),
        None => declared.filter(|tag| !is_english(tag)),
    }
}

fn is_english(tag: &str) -> bool {
    let first = tag.split('-').next().unwrap_or_default().to_lowercase();
    first == "en" || first == "eng" || first == "english"
}
