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
        Some(title.trim().to_owned()).filter(|title| !title.is_empty())
    });
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
            for paragraph in body.split('\n') {
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
