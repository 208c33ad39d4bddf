//! HTML pages: the article without the page around it, and what the page says of it.

use dom_query::{Document as Page, NodeRef};
use dom_smoothie::Readability;
use serde_json::{Map, Value};

use super::compose::Composer;
use super::document::Document;
use super::layout::Hint;
use super::record::{Facts, words};
use crate::diag::Diagnostic;

/// Fewer characters than this are no article.
const SHORTEST: usize = 140;

/// The article in a page: its headline and paragraphs, one empty line between them.
///
/// # References
/// The article is found by `dom_smoothie`, after Mozilla's Readability (Arc90 2010), <https://docs.rs/dom_smoothie>.
///
/// # Errors
/// What is wrong with the page, in words.
pub(super) fn document(
    source: &str,
    path: Option<String>,
    at: &str,
    notes: &mut Vec<Diagnostic>,
) -> Result<Document, &'static str> {
    let page = Page::from(source);
    let data = structured(&page);
    let facts = facts(&page, data.as_ref());
    let mut metadata = facts.metadata(at, notes);
    let mut reader = Readability::with_document(page.clone(), None, None).ok();
    metadata.title = metadata.title.or_else(|| {
        let title = reader.as_ref()?.get_article_title();
        Some(without_outlet(title.trim()).to_owned()).filter(|title| !title.is_empty())
    });
    metadata.title = metadata.title.map(|title| decoded(&title));
    metadata.publisher = metadata.publisher.map(|publisher| decoded(&publisher));
    let mut composer = Composer::default();
    if let Some(title) = &metadata.title {
        composer.push(title, false);
        composer.close(Hint::Heading);
    }
    let title = composer.weight();
    if let Some(article) = reader.as_mut().and_then(|reader| reader.parse().ok()) {
        walk(&Page::fragment(article.content).root(), &mut composer, Context::default(), metadata.title.as_deref());
        composer.close(Hint::Unknown);
    }
    if composer.weight() < title + SHORTEST {
        // The article may be in the structured data only.
        if let Some(body) = data.as_ref().and_then(|data| data.get("articleBody")).and_then(Value::as_str) {
            for paragraph in decoded(body).split('\n') {
                composer.push(paragraph, false);
                composer.close(Hint::Unknown);
            }
        }
    }
    if composer.weight() < title + SHORTEST {
        return Err("no article found in the page");
    }
    Ok(composer.document(path, metadata))
}

/// "Road to open | The Example" as "Road to open".
fn without_outlet(title: &str) -> &str {
    let cut = [" | ", " - ", " – ", " — ", " :: "]
        .iter()
        .filter_map(|sign| title.rsplit_once(sign))
        .min_by_key(|(_, outlet)| outlet.len());
    match cut {
        Some((headline, outlet))
            if outlet.split_whitespace().count() <= 4 && headline.split_whitespace().count() >= 3 =>
        {
            headline.trim_end()
        }
        _ => title,
    }
}

/// Text in which `&amp;` and its like may be left over.
fn decoded(text: &str) -> String {
    if text.contains('&') && text.contains(';') { Page::fragment(text).text().to_string() } else { text.to_owned() }
}

/// Where in the page a node stands.
#[derive(Debug, Clone, Copy)]
struct Context {
    hint: Hint,
    link: bool,
}

impl Default for Context {
    fn default() -> Self {
        Self { hint: Hint::Unknown, link: false }
    }
}

fn walk(node: &NodeRef<'_>, composer: &mut Composer, here: Context, title: Option<&str>) {
    for child in node.children_it(false) {
        if child.is_text() {
            composer.push(&child.text(), here.link);
            continue;
        }
        let Some(name) = child.node_name() else { continue };
        let inside = match &*name {
            "script" | "style" | "noscript" | "svg" | "form" | "button" | "input" | "select" | "textarea"
            | "iframe" | "template" | "nav" | "footer" | "video" | "audio" | "object" | "dialog" => continue,
            "br" | "hr" => {
                composer.close(here.hint);
                continue;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Hint::Heading),
            "li" | "dd" | "dt" => Some(Hint::ListItem),
            "figcaption" | "caption" | "pre" | "aside" => Some(Hint::Debris),
            "p" | "div" | "section" | "article" | "main" | "header" | "blockquote" | "figure" | "ul" | "ol" | "dl"
            | "table" | "tbody" | "thead" | "tr" | "td" | "th" | "address" | "details" | "summary" | "body"
            | "html" => Some(here.hint),
            _ => None,
        };
        let link = here.link || &*name == "a";
        let Some(hint) = inside else {
            walk(&child, composer, Context { link, ..here }, title);
            continue;
        };
        // The page's own headline stands at the top already.
        if hint == Hint::Heading && title.is_some_and(|title| same(title, &child.text())) {
            continue;
        }
        composer.close(here.hint);
        let hint = if here.hint == Hint::Debris { Hint::Debris } else { hint };
        walk(&child, composer, Context { hint, link }, title);
        composer.close(hint);
    }
}

fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// What the page says of the article: structured data first, then the tags for social networks, then other tags.
fn facts(page: &Page, data: Option<&Map<String, Value>>) -> Facts {
    let mut facts = Facts::default();
    if let Some(data) = data {
        facts = Facts::of(data);
        if let Some(url) = data.get("mainEntityOfPage").and_then(words).filter(|url| url.starts_with("http")) {
            facts.set("url", &Value::String(url));
        }
    }
    let mut take = |field: &str, selector: &str, attribute: &str| {
        let found = page.select_single(selector);
        let value = if attribute.is_empty() { Some(found.text()) } else { found.attr(attribute) };
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            facts.set(field, &Value::String(value.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    };
    take("url", "link[rel='canonical']", "href");
    take("url", "meta[property='og:url']", "content");
    take("title", "meta[property='og:title']", "content");
    take("title", "meta[name='twitter:title']", "content");
    take("title", "article h1", "");
    take("publisher", "meta[property='og:site_name']", "content");
    take("publisher", "meta[name='application-name']", "content");
    for name in ["article:published_time", "og:article:published_time", "datePublished", "og:published_time"] {
        take("published", &format!("meta[property='{name}']"), "content");
    }
    for name in [
        "article:published_time",
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publication_date",
        "dc.date",
        "DC.date",
        "DC.date.issued",
        "dcterms.date",
        "parsely-pub-date",
        "sailthru.date",
        "cXenseParse:recs:publishtime",
    ] {
        take("published", &format!("meta[name='{name}']"), "content");
    }
    take("published", "meta[itemprop='datePublished']", "content");
    take("published", "[itemprop='datePublished']", "datetime");
    take("published", "article time[datetime]", "datetime");
    take("published", "header time[datetime]", "datetime");
    take("language", "html", "lang");
    take("language", "meta[http-equiv='content-language']", "content");
    facts
}

/// The record of the article in the page's JSON-LD.
fn structured(page: &Page) -> Option<Map<String, Value>> {
    let scripts = page.select("script[type='application/ld+json']");
    scripts
        .nodes()
        .iter()
        .find_map(|script| serde_json::from_str(&script.text()).ok().and_then(|value| article(&value)))
}

fn article(value: &Value) -> Option<Map<String, Value>> {
    match value {
        Value::Array(list) => list.iter().find_map(article),
        Value::Object(map) => {
            let kinds = match map.get("@type") {
                Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
                Some(Value::String(kind)) => vec![kind.as_str()],
                _ => Vec::new(),
            };
            if kinds
                .iter()
                .any(|kind| kind.ends_with("Article") || matches!(*kind, "BlogPosting" | "LiveBlogPosting" | "Report"))
            {
                return Some(map.clone());
            }
            ["@graph", "mainEntity"].iter().find_map(|key| map.get(*key).and_then(article))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_cleaned() {
        assert_eq!(without_outlet("Road stays closed - Example News"), "Road stays closed");
        assert_eq!(
            without_outlet("Road stays closed – what the south wants now from us"),
            "Road stays closed – what the south wants now from us"
        );
        assert_eq!(decoded("Road &amp; bridge; &#8220;closed&#8221;"), "Road & bridge; “closed”");
    }

    #[test]
    fn an_article_may_be_in_the_structured_data_alone() {
        let sentence =
            "The minister said on Monday that the road would stay closed until the guards of the south had gone.";
        let page = format!(
            r#"<html><head><script type="application/ld+json">[{{"@type": ["NewsArticle"], "headline": "Road &amp; bridge closed",
            "articleBody": "{sentence}\n{sentence}"}}]</script></head><body><div id="app"></div></body></html>"#
        );
        let mut notes = Vec::new();
        let found = document(&page, None, "a", &mut notes).unwrap();
        assert_eq!(found.text, format!("Road & bridge closed\n\n{sentence}\n\n{sentence}"));
        assert!(document("<html><body><p>Hi</p></body></html>", None, "a", &mut notes).is_err());
    }
}
