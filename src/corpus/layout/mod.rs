//! Cuts a text into blocks: headings, prose, list entries, datelines, and the debris of the page that it comes from.
//!
//! Only looks are judged (length, capitals, punctuation, the phrases of `data/debris.tsv`), never what a sentence means.
//! In doubt a paragraph is prose, so that nothing an article says is lost. Start at [`blocks`].

mod bullets;
mod credits;
mod dateline;
mod debris;
mod interruptions;
mod lines;
mod shape;

pub use self::interruptions::interruptions;

use self::debris::Role;
use self::shape::{Ending, Shape};
use super::document::{Block, BlockKind};
use crate::span::Span;

/// What the mark-up of a page says of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// Plain text: nothing.
    Unknown,
    /// A heading.
    Heading,
    /// An entry of a list.
    ListItem,
    /// A caption, code, a form.
    Debris,
}

/// A paragraph before it is judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Its text; white space around it is left out.
    pub(super) span: Span,
    /// What is known of it.
    pub(super) hint: Hint,
}

/// The blocks of plain text: in text order, not empty, without overlaps, on character borders.
///
/// # Example
/// ```
/// use demarche::corpus::{BlockKind, blocks};
/// let text = "Talks resume in Geneva\n\nGENEVA (Reuters) – Both sides met on Monday.\n\nShare this:\n";
/// let kinds: Vec<BlockKind> = blocks(text).into_iter().map(|block| block.kind).collect();
/// assert_eq!(kinds, [BlockKind::Heading, BlockKind::Dateline, BlockKind::Prose, BlockKind::Debris]);
/// ```
pub fn blocks(text: &str) -> Vec<Block> {
    let spans = lines::paragraphs(text, |line| bullets::bullet(line).is_some());
    let parts: Vec<Part> = spans.into_iter().map(|span| Part { span, hint: Hint::Unknown }).collect();
    judge(text, &parts)
}

/// The blocks of a text whose paragraphs are known.
pub(super) fn judge(text: &str, parts: &[Part]) -> Vec<Block> {
    let mut pieces = pieces(text, parts);
    mark_bylines(text, &mut pieces);
    mark_headings(text, &mut pieces);
    mark_pointers(&mut pieces);
    mark_tail(&mut pieces);
    split_dateline(text, pieces)
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    span: Span,
    kind: BlockKind,
    shape: Shape,
    hint: Hint,
    role: Option<Role>,
    /// Whether a bullet stood before it.
    bullet: bool,
}

/// First look at each paragraph by itself: debris, list entries, and for the time being all else prose.
fn pieces(text: &str, parts: &[Part]) -> Vec<Piece> {
    let mut found = Vec::with_capacity(parts.len());
    let mut list = false;
    for part in parts {
        let mut span = lines::trim(text, part.span);
        if span.is_empty() {
            continue;
        }
        let mut hint = part.hint;
        let length = match hint {
            Hint::Unknown | Hint::ListItem => bullets::bullet(span.of(text)),
            Hint::Heading | Hint::Debris => None,
        };
        let bullet = length.is_some();
        span.start += length.unwrap_or_default();
        let mut role = debris::debris(span.of(text));
        if let Some(Role::Prefix(end)) = role {
            let words = Span::new(span.start, span.start + end);
            found.push(Piece {
                span: words,
                kind: BlockKind::Debris,
                shape: Shape::of(words.of(text)),
                hint,
                role: Some(Role::Line),
                bullet: false,
            });
            span = lines::trim(text, Span::new(words.end, span.end));
            span.start += bullets::bullet(span.of(text)).unwrap_or_default();
            role = debris::debris(span.of(text)).filter(|role| !matches!(role, Role::Prefix(_)));
            // "Story highlights" opens a list, "EXCLUSIVE:" does not.
            list = hint == Hint::Unknown && !words.of(text).ends_with(':');
            hint = if list { Hint::ListItem } else { hint };
        }
        let credit = || credits::is_credit(span.of(text)) || credits::is_byline(span.of(text));
        if role.is_none() && (hint == Hint::Debris || hint != Hint::Heading && credit()) {
            role = Some(Role::Line);
        }
        let shape = Shape::of(span.of(text));
        list &= shape.words <= 24 && !shape.sentences && shape.ending == Ending::Bare;
        let kind = match (role, hint) {
            (Some(_), _) => BlockKind::Debris,
            (None, Hint::Heading) => BlockKind::Heading,
            (None, Hint::ListItem) => BlockKind::ListItem,
            _ if bullet || list => BlockKind::ListItem,
            _ if dateline::is_dateline(span.of(text)) => BlockKind::Dateline,
            _ => BlockKind::Prose,
        };
        found.push(Piece { span, kind, shape, hint, role, bullet });
    }
    found
}

/// Names of outlets, and names of authors over them before the article begins.
fn mark_bylines(text: &str, pieces: &mut [Piece]) {
    let open = |piece: &Piece| piece.kind == BlockKind::Prose && piece.hint == Hint::Unknown;
    let head = pieces.iter().position(|piece| piece.kind == BlockKind::Prose && !piece.shape.is_heading()).unwrap_or(0);
    for n in 0..pieces.len() {
        let words = pieces[n].span.of(text);
        let names = n > 0 && n < head && open(&pieces[n - 1]) && credits::is_names(pieces[n - 1].span.of(text));
        if !open(&pieces[n]) || !(credits::is_outlet(words) || names && credits::is_initials(words)) {
            continue;
        }
        for piece in &mut pieces[n - usize::from(names)..=n] {
            piece.kind = BlockKind::Debris;
            piece.role = Some(Role::Line);
        }
    }
}

/// Headlines, headings, and lists without bullets.
fn mark_headings(text: &str, pieces: &mut [Piece]) {
    let spoken = is_conversation(text, pieces);
    let open = |piece: &Piece| {
        piece.kind == BlockKind::Prose && piece.hint == Hint::Unknown && !(spoken && names_speaker(piece.span.of(text)))
    };
    let mut headline = pieces.iter().position(|piece| piece.kind != BlockKind::Debris);
    if let Some(first) = headline
        && !(open(&pieces[first]) && pieces[first].shape.is_headline() && first + 1 < pieces.len())
    {
        headline = None;
    }
    if let Some(first) = headline {
        let title = pieces[first].span.of(text);
        for piece in pieces.iter_mut().filter(|piece| open(piece) && piece.span.of(text) == title) {
            piece.kind = BlockKind::Heading;
        }
    }
    let mut n = 0;
    while n < pieces.len() {
        let run = pieces[n..].iter().take_while(|piece| open(piece) && piece.shape.is_heading()).count();
        if run == 0 {
            n += 1;
            continue;
        }
        let before = pieces[..n].iter().rev().find(|piece| piece.kind != BlockKind::Debris);
        let announced =
            before.is_some_and(|piece| piece.kind == BlockKind::Prose && piece.shape.ending == Ending::Colon);
        let follows = pieces[n + run..]
            .iter()
            .any(|piece| matches!(piece.kind, BlockKind::Prose | BlockKind::ListItem) && piece.role.is_none());
        let questions =
            pieces[n..n + run].iter().any(|piece| piece.shape.ending == Ending::Question || piece.shape.shouted);
        // Lines that nothing follows have nothing to be the heading of; three and more in a row are a list.
        let kind = match run {
            2.. if announced => BlockKind::ListItem,
            3.. if !questions && before.is_some() => BlockKind::ListItem,
            _ if follows => BlockKind::Heading,
            _ => BlockKind::Prose,
        };
        for piece in &mut pieces[n..n + run] {
            piece.kind = kind;
        }
        n += run;
    }
}

/// After "Must Read" come headlines of other articles, up to the next paragraph of prose.
fn mark_pointers(pieces: &mut [Piece]) {
    for n in 0..pieces.len() {
        if pieces[n].role != Some(Role::More) {
            continue;
        }
        let run = pieces[n + 1..]
            .iter()
            .take_while(|piece| {
                piece.kind == BlockKind::Debris || piece.shape.is_heading() || piece.bullet && piece.shape.words <= 24
            })
            .count();
        let lines = pieces[n + 1..=n + run].iter().filter(|piece| piece.kind != BlockKind::Debris).count();
        // One line may well be the next heading of the article itself.
        let other =
            lines > 1 || pieces[n + 1..=n + run].iter().any(|piece| piece.bullet) || n + run + 1 == pieces.len();
        if other {
            for piece in &mut pieces[n + 1..=n + run] {
                piece.kind = BlockKind::Debris;
            }
        }
    }
}

/// After "Leave a Comment" nothing of the article comes, once the article has been read.
fn mark_tail(pieces: &mut [Piece]) {
    let weight = |pieces: &[Piece]| -> usize {
        pieces.iter().filter(|piece| piece.kind != BlockKind::Debris).map(|piece| piece.shape.chars).sum()
    };
    let prose = |pieces: &[Piece]| pieces.iter().filter(|piece| piece.kind == BlockKind::Prose).count();
    let tail = (0..pieces.len()).find(|&n| {
        pieces[n].role == Some(Role::Tail) && prose(&pieces[..n]) >= 2 && weight(&pieces[n..]) < weight(&pieces[..n])
    });
    if let Some(tail) = tail {
        for piece in &mut pieces[tail..] {
            piece.kind = BlockKind::Debris;
        }
    }
}

/// Cuts the dateline from the first paragraph of prose.
fn split_dateline(text: &str, pieces: Vec<Piece>) -> Vec<Block> {
    let first = pieces.iter().position(|piece| piece.kind == BlockKind::Prose);
    let spoken = is_conversation(text, &pieces);
    let mut found = Vec::with_capacity(pieces.len() + 1);
    for (n, piece) in pieces.into_iter().enumerate() {
        let paragraph = piece.span.of(text);
        let end = if Some(n) == first { dateline::dateline(paragraph) } else { None };
        let end = end.filter(|&end| !(spoken && paragraph[..end].ends_with(':'))).map(|end| piece.span.start + end);
        match end {
            Some(end) => {
                let rest = lines::trim(text, Span::new(end, piece.span.end));
                found.push(Block {
                    span: lines::trim(text, Span::new(piece.span.start, end)),
                    kind: BlockKind::Dateline,
                });
                if !rest.is_empty() {
                    found.push(Block { span: rest, kind: BlockKind::Prose });
                }
            }
            None => found.push(Block { span: piece.span, kind: piece.kind }),
        }
    }
    found
}

/// "MINISTER: We agreed." over and over is a conversation.
fn is_conversation(text: &str, pieces: &[Piece]) -> bool {
    let prose = pieces.iter().filter(|piece| piece.kind == BlockKind::Prose);
    prose.filter(|piece| names_speaker(piece.span.of(text))).count() > 1
}

fn names_speaker(paragraph: &str) -> bool {
    paragraph.split_once(':').is_some_and(|(name, _)| {
        name.chars().count() <= 40
            && name.chars().any(char::is_uppercase)
            && !name.chars().any(|c| c.is_lowercase() || c.is_ascii_digit())
    })
}
