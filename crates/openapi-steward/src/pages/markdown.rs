//! `CommonMark` as HTML. HTML in it is shown as text, and a link leads only to the web, to an address, or into the page.

use super::anchor::Anchors;
use maud::{Markup, PreEscaped, Render, html};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Returns a text as HTML. A heading in it is at least of this level.
pub(crate) fn markdown(text: &str, heading: u8) -> Markup {
    // A text without markup is common, and needs no parser.
    let mut writer = Writer { html: String::with_capacity(text.len() + 16), heading, ..Writer::default() };
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        writer.event(event);
    }
    PreEscaped(writer.html)
}

/// A text of a page of its own.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) html: Markup,
    /// The headings of the second level: the id and the text of each.
    pub(crate) headings: Vec<(String, String)>,
}

/// Returns a text as a page of its own, whose headings have ids.
pub(crate) fn article(text: &str) -> Article {
    let mut writer = Writer { heading: 1, anchors: Some(Anchors::default()), ..Writer::default() };
    // A reference without a definition is a link of rustdoc, which leads nowhere here.
    let mut broken = |_: pulldown_cmark::BrokenLink<'_>| Some(("".into(), "".into()));
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_with_broken_link_callback(text, options, Some(&mut broken)) {
        writer.event(event);
    }
    Article { html: PreEscaped(writer.html), headings: writer.headings }
}

/// Returns a text as a block. One paragraph needs no element around it.
pub(crate) fn block(text: &str, heading: u8) -> Markup {
    let PreEscaped(inner) = markdown(text, heading);
    let is_one =
        inner.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")).is_some_and(|rest| !rest.contains("</p>"));
    PreEscaped(if is_one { inner } else { format!("<div class=\"text\">{inner}</div>") })
}

/// Returns a text without its markup, for a search. At most this number of characters.
pub(crate) fn plain(text: &str, limit: usize) -> String {
    let mut plain = String::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                plain.push_str(&text);
            }
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

/// Returns the target of a link if it leads to the web, to an address, or into the page.
pub(crate) fn safe_link(target: &str) -> Option<&str> {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_safe = match scheme.as_deref() {
        Some("http" | "https" | "mailto") => true,
        _ => target.starts_with('#'),
    };
    is_safe.then_some(target)
}

#[derive(Debug, Default)]
struct Writer {
    html: String,
    heading: u8,
    /// The ids of headings, in a page of its own.
    anchors: Option<Anchors>,
    headings: Vec<(String, String)>,
    /// The start of the open heading, and its text.
    open_heading: Option<(usize, String)>,
    /// For each open link, whether it has an element.
    links: Vec<bool>,
    in_table_head: bool,
    /// The alignments of the columns of the open table, and the column.
    columns: Vec<Alignment>,
    column: usize,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Code(code) => {
                self.html.push_str("<code>");
                self.text(&code);
                self.html.push_str("</code>");
            }
            Event::InlineHtml(html) | Event::Html(html) if is_line_break(&html) => self.html.push_str("<br>"),
            Event::Text(text)
            | Event::InlineHtml(text)
            | Event::Html(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.text(&text),
            Event::SoftBreak => self.html.push('\n'),
            Event::HardBreak => self.html.push_str("<br>"),
            Event::Rule => self.html.push_str("<hr>"),
            Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, heading)) = &mut self.open_heading {
            heading.push_str(text);
        }
        text.render_to(&mut self.html);
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.html.push_str("<p>"),
            Tag::Heading { level, .. } => {
                let level = self.level(level);
                self.html.push_str(["<h1>", "<h2>", "<h3>", "<h4>", "<h5>", "<h6>"][level]);
                self.open_heading = self.anchors.is_some().then(|| (self.html.len() - 1, String::new()));
            }
            Tag::BlockQuote(_) => self.html.push_str("<blockquote>"),
            Tag::CodeBlock(kind) => {
                self.html.push_str("<pre tabindex=\"0\"><code data-lang=\"");
                if let CodeBlockKind::Fenced(language) = kind {
                    self.text(language.split_whitespace().next().unwrap_or_default());
                }
                self.html.push_str("\">");
            }
            Tag::HtmlBlock => self.html.push_str("<p class=\"html\">"),
            Tag::List(Some(_)) => self.html.push_str("<ol>"),
            Tag::List(None) => self.html.push_str("<ul>"),
            Tag::Item => self.html.push_str("<li>"),
            Tag::Table(columns) => {
                self.columns = columns;
                self.html.push_str("<div class=\"table\" tabindex=\"0\"><table>");
            }
            Tag::TableHead => {
                (self.in_table_head, self.column) = (true, 0);
                self.html.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.html.push_str("<tr>");
            }
            Tag::TableCell => {
                let right = self.columns.get(self.column) == Some(&Alignment::Right);
                self.html.push_str(match (self.in_table_head, right) {
                    (true, false) => "<th>",
                    (true, true) => "<th class=\"right\">",
                    (false, false) => "<td>",
                    (false, true) => "<td class=\"right\">",
                });
                self.column += 1;
            }
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Strikethrough => self.html.push_str("<del>"),
            // An image would be a request: it is a link.
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => self.link(&dest_url),
            _ => {}
        }
    }

    fn link(&mut self, target: &str) {
        let target = safe_link(target);
        self.links.push(target.is_some());
        if let Some(target) = target {
            self.html.push_str("<a href=\"");
            self.text(target);
            self.html.push_str(if target.starts_with('#') { "\">" } else { "\" rel=\"noreferrer\">" });
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if let TagEnd::Heading(level) = tag {
            self.name_heading(level);
        }
        self.html.push_str(match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>",
            TagEnd::Heading(level) => {
                let level = self.level(level);
                ["</h1>", "</h2>", "</h3>", "</h4>", "</h5>", "</h6>"][level]
            }
            TagEnd::BlockQuote(_) => "</blockquote>",
            TagEnd::CodeBlock => "</code></pre>",
            TagEnd::List(true) => "</ol>",
            TagEnd::List(false) => "</ul>",
            TagEnd::Item => "</li>",
            TagEnd::Table => "</tbody></table></div>",
            TagEnd::TableHead => {
                self.in_table_head = false;
                "</tr></thead><tbody>"
            }
            TagEnd::TableRow => "</tr>",
            TagEnd::TableCell if self.in_table_head => "</th>",
            TagEnd::TableCell => "</td>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Link | TagEnd::Image if self.links.pop() == Some(true) => "</a>",
            _ => "",
        });
    }

    /// The index of the element for a heading.
    fn level(&self, level: HeadingLevel) -> usize {
        let level = match level {
            HeadingLevel::H1 => 0,
            HeadingLevel::H2 => 1,
            HeadingLevel::H3 => 2,
            _ => 3,
        };
        (level + usize::from(self.heading.clamp(1, 6) - 1)).min(5)
    }

    /// Gives the open heading an id that is made of its text.
    fn name_heading(&mut self, level: HeadingLevel) {
        let (Some((at, text)), Some(anchors)) = (self.open_heading.take(), &mut self.anchors) else { return };
        let words: String = text
            .to_lowercase()
            .chars()
            .filter(|character| character.is_alphanumeric() || [' ', '-', '_'].contains(character))
            .collect();
        let id = anchors.take(&words.trim().replace(' ', "-"));
        let attribute = html! { span id=(id) {} }.into_string();
        let attribute =
            attribute.strip_prefix("<span").and_then(|rest| rest.strip_suffix("></span>")).unwrap_or_default();
        self.html.insert_str(at, attribute);
        if level == HeadingLevel::H2 {
            self.headings.push((id, text));
        }
    }
}

fn is_line_break(html: &str) -> bool {
    ["<br>", "<br/>", "<br />"].contains(&html.trim())
}

#[cfg(test)]
#[path = "markdown_tests.rs"]
mod tests;
