//! The parts of a text with HTML: the elements of prose, comments, and text.

/// The length of a comment or of the attributes of an element, in bytes. What is longer is text.
const MAX_LENGTH: usize = 4_000;

/// A part of a text with HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    /// The element of the page, and the attributes.
    Start(&'static str, &'a str),
    End(&'static str),
    Comment,
}

/// The value of an attribute.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some((before, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let (value, next) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after.get(1..)?.split_once(quote)?,
            _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if before.split_whitespace().next_back().is_some_and(|own| own.eq_ignore_ascii_case(name)) {
            return Some(value);
        }
        rest = next;
    }
    None
}

/// The parts of a text.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((part, after)) = part(rest) {
            rest = after;
            return Some(part);
        }
        // A text that begins like an element and is none lasts up to the next one.
        let skipped = rest.chars().next().map_or(0, char::len_utf8);
        let next = rest.get(skipped..)?.match_indices('<').map(|(at, _)| at + skipped);
        let end = next.into_iter().find(|at| rest.get(*at..).is_some_and(|rest| part(rest).is_some()));
        let (text, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(Part::Text(text))
    })
}

/// The element or the comment at the start of a text, and the text after it.
fn part(text: &str) -> Option<(Part<'_>, &str)> {
    let inner = text.strip_prefix('<')?;
    if let Some(comment) = inner.strip_prefix("!--") {
        let comment_start = floor(comment, MAX_LENGTH);
        let end = comment_start.contains('>').then(|| comment_start.find("-->")).flatten()?;
        return Some((Part::Comment, comment.get(end + 3..)?));
    }
    let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let length = inner.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, after) = inner.split_at(length);
    let element = element(&name.to_ascii_lowercase())?;
    if !after.starts_with(['>', '/']) && !after.starts_with(char::is_whitespace) {
        return None;
    }
    let mut quote = None;
    let near = floor(after, MAX_LENGTH);
    // Most of what has no end is found out quickly.
    if !near.contains('>') {
        return None;
    }
    let end = near.find(|character| match (quote, character) {
        (None, '>') => true,
        (None, '"' | '\'') => {
            quote = Some(character);
            false
        }
        (Some(open), _) if open == character => {
            quote = None;
            false
        }
        _ => false,
    })?;
    let (attributes, after) = after.split_at(end);
    let after = after.get(1..)?;
    Some((if is_end { Part::End(element) } else { Part::Start(element, attributes.trim_end_matches('/')) }, after))
}

/// The beginning of a text with at most this number of bytes.
fn floor(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text.get(..end).unwrap_or_default()
}

/// The element that a page has for one of a text. Empty for one of which only the content stays.
fn element(name: &str) -> Option<&'static str> {
    const SAME: [&str; 33] = [
        "a",
        "blockquote",
        "br",
        "caption",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
    ];
    match name {
        "b" | "strong" => Some("strong"),
        "i" | "em" | "cite" | "dfn" | "q" => Some("em"),
        "samp" | "tt" | "var" => Some("code"),
        "s" | "strike" => Some("del"),
        "ul" | "menu" => Some("ul"),
        "center" | "figure" | "section" => Some("div"),
        // The boxes and the lists of schemas that other tools have.
        "note" | "tip" | "info" | "warning" | "callout" => Some("blockquote"),
        "schemadefinition" => Some("schema"),
        "securitydefinitions" | "abbr" | "big" | "font" | "ins" | "mark" | "nobr" | "small" | "span" | "u" => Some(""),
        name => SAME.into_iter().find(|same| *same == name),
    }
}
