//! The report page from invented articles.

use demarche::act::Act;
use demarche::claims::{Claim, Quote};
use demarche::export::report::{Report, Source, page};
use demarche::network::{Kind, Options, build};

use crate::network::{actor, claim, statements};

/// An article whose sentences say what its claims claim, with all spans where they stand.
pub(crate) fn article(number: usize, actors: usize, sentences: usize) -> (Source, Vec<Claim>) {
    let mut text = format!(
        "Strait talks, day {number}\n\nHARBOUR CITY – The parties met again on the quay. “Nobody” left early. "
    );
    let mut claims = Vec::new();
    for n in 0..sentences {
        let (from, to) = ((n * 5 + number) % actors, (n * 3 + number * 2 + 1) % actors);
        if from == to {
            continue;
        }
        let act = Act::ALL[(n + number) % Act::ALL.len()];
        // A number of the article that the invented claims give the same day and outlet to.
        let mut new = claim(number + 9 * (n + 1), from, act, Some(to));
        let put = |text: &mut String, words: &str| {
            let start = text.chars().count();
            text.push_str(words);
            Quote { start, end: start + words.chars().count(), text: words.to_owned() }
        };
        new.source[0].mention = Some(put(&mut text, &actor(from).label));
        text.push(' ');
        new.cue = Some(put(&mut text, &format!("{}ed", act.as_str().trim_end_matches('e'))));
        text.push_str(" before ");
        new.addressee[0].mention = Some(put(&mut text, &actor(to).label));
        text.push_str(": ");
        let words = new.content.text.clone();
        let content = put(&mut text, &words);
        (new.content.start, new.content.end) = (content.start, content.end);
        text.push_str(if n % 4 == 3 { ".\n\n" } else { ". Then there was tea & <biscuits>. " });
        new.negated = n % 17 == 4;
        claims.push(new);
    }
    let document = claims.first().map_or_else(|| claim(number, 0, Act::Assert, None).document, |c| c.document.clone());
    (Source { document, text }, claims)
}

pub(crate) fn report(articles: usize, actors: usize, sentences: usize) -> String {
    let (mut sources, mut claims) = (Vec::new(), Vec::new());
    for number in 0..articles {
        let (source, mut list) = article(number, actors, sentences);
        sources.push(source);
        claims.append(&mut list);
    }
    let network = build(Kind::Demands, &statements(&claims), &Options::default());
    page(&Report { title: "Strait talks".to_owned(), articles: &sources, claims: &claims, network: &network })
}

#[test]
fn every_link_of_the_page_has_its_target() {
    let page = report(4, 12, 20);
    assert_eq!(page, report(4, 12, 20));
    let values = |key: &str| -> Vec<String> {
        page.split(key).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
    };
    let ids = values(" id=\"");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "an id twice");
    for link in values(" href=\"#") {
        assert!(unique.contains(&link), "`#{link}` leads nowhere");
    }
    assert!(!page.contains("<biscuits>"));
    // Nothing is fetched: no address but those that a reader may click.
    for fetched in ["src=", "url(", "@import", "<link", "<iframe"] {
        assert!(!page.contains(fetched), "{fetched}");
    }
    assert_eq!(page.matches("class=\"claim ").count(), page.matches("<blockquote>").count());
}

#[test]
fn marks_stand_on_the_words() {
    let page = report(1, 12, 20);
    assert!(page.contains("<mark class=\"source\" title=\"source\">Valdoria</mark>"));
    assert!(page.contains("<mark class=\"content\" title=\"content\">lift the tariff on salt &amp; timber</mark>"));
}

#[test]
fn an_empty_report_is_a_whole_page() {
    let page = report(0, 1, 0);
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
}

/// Writes pages to `target/samples`, for `tests/external/check_report.py` and the eye.
#[test]
#[ignore = "writes files for tests/external/check_report.py and for the eye"]
fn samples() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/samples");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("report.html"), report(6, 14, 22)).expect("a file");
    std::fs::write(folder.join("report-empty.html"), report(0, 1, 0)).expect("a file");
}

#[test]
fn the_store_gives_back_what_the_report_needs() {
    let mut store = demarche::graph::Store::in_memory().expect("a store");
    let mut given = Vec::new();
    for (document, claims) in &crate::fixture::articles() {
        store.add(document, claims, &demarche::graph::Run::default()).expect("added");
        given.extend(claims.clone());
    }
    store.commit().expect("committed");
    let (articles, claims) =
        demarche::export::report::read(&store, &demarche::query::Limits::default()).expect("articles and claims");
    assert_eq!(articles.len(), crate::fixture::articles().len());
    let key = |c: &Claim| {
        let mentions = |actors: &[demarche::claims::ActorRef]| {
            let mut list: Vec<_> = actors.iter().map(|a| (a.id.clone(), a.mention.clone().map(|m| m.text))).collect();
            list.sort();
            list
        };
        let via: Vec<String> = c.via.iter().map(|a| a.id.clone()).collect();
        (
            (c.document.id.clone(), c.id.clone(), c.act, c.content.clone().text, c.content.more.clone()),
            (c.cue.clone(), c.condition.clone(), c.quotation, c.stance, c.negated, c.hedged),
            (mentions(&c.source), mentions(&c.addressee), via, c.date.clone(), c.rule.clone()),
        )
    };
    let sorted = |list: &[Claim]| {
        let mut keys: Vec<String> = list.iter().map(|c| format!("{:?}", key(c))).collect();
        keys.sort();
        keys
    };
    assert_eq!(sorted(&claims), sorted(&given));
}
