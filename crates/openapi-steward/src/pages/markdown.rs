//! `CommonMark` as HTML. Of the HTML in it, the elements of prose stay, and the rest is text; a link leads only to the web, to an
//! address, or into the page.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{BrokenLink, Event, Options, Parser, TagEnd};

use super::markdown_writer::{Heading, Writer};
use super::raw_html;

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// Returns a text as HTML. A heading in it is at least of this level.
pub(crate) fn markdown(text: &str, heading: u8) -> Markup {
    let mut writer = Writer::new(heading, None);
    writer.write(Parser::new_ext(text, OPTIONS));
    PreEscaped(writer.html)
}

/// A text whose headings have ids.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) html: Markup,
    pub(crate) headings: Vec<Heading>,
}

/// Returns a text as a page of its own, whose headings have ids.
pub(crate) fn article(text: &str) -> Article {
    let mut writer = Writer::new(1, Some(""));
    // A reference without a definition is a link of rustdoc, which leads nowhere here.
    let mut broken = |_: BrokenLink<'_>| Some(("".into(), "".into()));
    writer.write(Parser::new_with_broken_link_callback(text, OPTIONS, Some(&mut broken)));
    Article { html: PreEscaped(writer.html), headings: writer.headings }
}

/// Returns a text that is a part of a page, whose headings have ids that begin with `section/`.
pub(crate) fn chapters(text: &str, heading: u8) -> Article {
    let mut writer = Writer::new(heading, Some("section/"));
    writer.write(Parser::new_ext(text, OPTIONS));
    Article { html: PreEscaped(writer.html), headings: writer.headings }
}

/// Returns a text as a block. One paragraph needs no element around it.
pub(crate) fn block(text: &str, heading: u8) -> Markup {
    let PreEscaped(inner) = markdown(text, heading);
    let is_one =
        inner.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")).is_some_and(|rest| !rest.contains("</p>"));
    PreEscaped(if is_one { inner } else { format!("<div class=\"text\">{inner}</div>") })
}

/// The text below each heading of an article, in their order, without markup and with at most this number of characters.
pub(crate) fn texts(text: &str, limit: usize) -> Vec<String> {
    let mut starts: Vec<usize> = Vec::new();
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        if matches!(event, Event::End(TagEnd::Heading(_))) {
            starts.push(range.end);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = starts.iter().zip(ends).map(|(start, end)| text.get(*start..end).unwrap_or_default());
    // The heading of the next part ends it.
    let before = |part: &str| part.rsplit_once("\n#").map_or(part.to_owned(), |(before, _)| before.to_owned());
    let last = starts.len().saturating_sub(1);
    parts.enumerate().map(|(at, part)| plain(&if at == last { part.to_owned() } else { before(part) }, limit)).collect()
}

/// Returns a text without its markup, for a search. At most this number of characters.
pub(crate) fn plain(text: &str, limit: usize) -> String {
    let mut plain = String::new();
    for event in Parser::new_ext(text, OPTIONS) {
        match event {
            Event::Text(text) | Event::Code(text) => plain.push_str(&text),
            Event::Html(text) | Event::InlineHtml(text) => plain.push_str(&raw_html::without_elements(&text)),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => plain.push(' '),
            _ => {}
        }
        if plain.len() > limit * 4 {
            break;
        }
    }
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(limit).collect()
}

#[cfg(test)]
#[path = "markdown_tests.rs"]
mod tests;
