//! On whose side actors are: what the tables of `tests/cases` do not say.

use demarche::corpus::{Document, Metadata};
use demarche::pipeline::Engine;

/// Sources and addressees with their sides, in the order of the claims.
fn sides(text: &str) -> Vec<(String, Option<String>)> {
    let document = Document::from_text(text.to_owned(), None, Metadata::default());
    let claims = Engine::new(&[]).unwrap().claims(&document);
    let actors = claims.into_iter().flat_map(|claim| claim.source.into_iter().chain(claim.addressee));
    actors.map(|actor| (actor.label, actor.bloc)).collect()
}

fn side_of(text: &str, label: &str) -> Option<String> {
    let all = sides(text);
    let actor = all.iter().find(|(name, _)| name == label);
    actor.unwrap_or_else(|| panic!("{label} is not among {all:?}")).1.clone()
}

#[test]
fn spokespeople_are_on_the_side_of_the_body_that_spoke() {
    let named = "The European Commission dismissed the charge. A spokesman, Omar Hale, said that the quota was legal.";
    assert_eq!(side_of(named, "Omar Hale").as_deref(), Some("European Union"));
    let described = "Kenya's foreign ministry blamed Uganda for the clash. \
                     \"Uganda should keep its promise to open the bridge,\" spokesperson Ana Ruiz said.";
    assert_eq!(side_of(described, "Ana Ruiz").as_deref(), Some("Kenya"));
    let own = "The European Commission dismissed the charge. \"The quota was legal,\" said Omar Hale, a spokesman for the fishermen.";
    assert_eq!(side_of(own, "Omar Hale"), None);
}

#[test]
fn an_unnamed_minister_is_of_the_country_spoken_of() {
    let text = "OTTAWA, March 12 - The union accused the mill of waste. It demanded that the prime minister recall parliament.";
    assert_eq!(side_of(text, "Prime minister").as_deref(), Some("Canada"));
}
