//! Markdown: the text without its marks, and the front matter.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::compose::Composer;
use super::document::Document;
use super::layout::Hint;
use super::record::Facts;
use crate::diag::Diagnostic;

/// The article in a Markdown file. Its text is what a reader sees: no marks, one empty line between paragraphs.
pub(super) fn document(source: &str, path: Option<String>, at: &str, notes: &mut Vec<Diagnostic>) -> Document {
    let (front, body) = front_matter(source);
    let mut facts = Facts::default();
    for (key, value) in front {
        facts.set(&key, &serde_json::Value::String(value));
    }
    let mut metadata = facts.metadata(at, notes);
    let (composer, title) = compose(body);
    metadata.title = metadata.title.or(title);
    composer.document(path, metadata)
}

/// The pairs between `---` lines (YAML) or `+++` lines (TOML) at the top, as far as they are plain `key: value`, and the rest.
fn front_matter(source: &str) -> (Vec<(String, String)>, &str) {
    let text = source.trim_start_matches('\u{feff}');
    for (fence, sign) in [("---", ':'), ("+++", '=')] {
        let Some(rest) = text.strip_prefix(fence) else { continue };
        let Some(end) = rest.find(&format!("\n{fence}")) else { continue };
        if !rest.starts_with(['\n', '\r']) {
            continue;
        }
        let after = &rest[end + 1 + fence.len()..];
        let pairs = rest[..end].lines().filter_map(|line| {
            let (key, value) = line.split_once(sign)?;
            let value = value.trim().trim_matches(['"', '\'']);
            (!key.starts_with([' ', '\t', '#', '-']) && !value.is_empty())
                .then(|| (key.trim().to_owned(), value.to_owned()))
        });
        return (pairs.collect(), after.find('\n').map_or("", |line| &after[line..]));
    }
    (Vec::new(), text)
}

/// The paragraphs, and the first heading of the first level.
fn compose(body: &str) -> (Composer, Option<String>) {
    let mut composer = Composer::default();
    let mut title: Option<String> = None;
    let mut heading: Option<String> = None;
    let (mut lists, mut links, mut hidden) = (0_usize, 0_usize, 0_usize);
    let here = |lists: usize| if lists > 0 { Hint::ListItem } else { Hint::Unknown };
    for event in
        Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES)
    {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                composer.close(here(lists));
                heading = (level as usize == 1 && title.is_none()).then(String::new);
            }
            Event::End(TagEnd::Heading(_)) => {
                composer.close(Hint::Heading);
                title = title.or_else(|| heading.take());
                heading = None;
            }
            Event::Start(Tag::Item) => {
                composer.close(here(lists));
                lists += 1;
            }
            Event::End(TagEnd::Item) => {
                composer.close(Hint::ListItem);
                lists = lists.saturating_sub(1);
            }
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. } | Tag::FootnoteDefinition(_)) => {
                hidden += 1;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image | TagEnd::FootnoteDefinition) => {
                hidden = hidden.saturating_sub(1);
            }
            Event::Start(Tag::Link { .. }) => links += 1,
            Event::End(TagEnd::Link) => links = links.saturating_sub(1),
            Event::Start(
                Tag::Paragraph
                | Tag::BlockQuote(_)
                | Tag::List(_)
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            )
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::BlockQuote(_)
                | TagEnd::List(_)
                | TagEnd::Table
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::TableCell,
            )
            | Event::Rule => composer.close(here(lists)),
            Event::Text(words) | Event::Code(words) if hidden == 0 => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
                composer.push(&words, links > 0);
            }
            Event::SoftBreak | Event::HardBreak => composer.push(" ", false),
            _ => {}
        }
    }
    composer.close(here(lists));
    (composer, title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty()))
}
