//! The events of a text in Markdown as HTML.

use maud::{Render, html};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd, TextMergeStream};

use super::anchor::Anchors;
use super::links::{self, safe_link};
use super::raw_html::{self, OpenElements};

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// The level in the text, from 1.
    pub(crate) level: usize,
    pub(crate) id: String,
    pub(crate) text: String,
}

/// Writes the events of a text.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) html: String,
    /// The level of the highest heading.
    heading: u8,
    /// The ids of headings, and their prefix.
    anchors: Option<(Anchors, &'static str)>,
    pub(super) headings: Vec<Heading>,
    /// The start of the open paragraph.
    paragraph: Option<usize>,
    /// The start of the open heading, and its text.
    open_heading: Option<(usize, String)>,
    /// For each open link, whether it has an element.
    links: Vec<bool>,
    /// The elements of HTML that are open, and the text of a block of it.
    elements: OpenElements,
    block: String,
    in_code: bool,
    in_table_head: bool,
    /// The alignments of the columns of the open table, and the column.
    columns: Vec<Alignment>,
    column: usize,
}

impl Writer {
    /// A heading is at least of this level. If there is a prefix, headings have ids, which begin with it.
    pub(super) fn new(heading: u8, prefix: Option<&'static str>) -> Self {
        Self { heading, anchors: prefix.map(|prefix| (Anchors::default(), prefix)), ..Self::default() }
    }

    pub(super) fn write<'a>(&mut self, events: impl Iterator<Item = Event<'a>>) {
        TextMergeStream::new(events).for_each(|event| self.event(event));
        self.elements.leave(&mut self.html);
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => {
                self.start(tag);
                self.elements.enter();
            }
            Event::End(TagEnd::HtmlBlock) => {
                // Its elements can end in a later block.
                self.elements.merge();
                self.end_block();
            }
            Event::End(tag) => {
                self.elements.leave(&mut self.html);
                self.end(tag);
            }
            Event::Code(code) => {
                self.html.push_str("<code>");
                self.in_code = true;
                self.text(&code);
                self.in_code = false;
                self.html.push_str("</code>");
            }
            Event::InlineHtml(html) => {
                // A paragraph cannot have such an element.
                if !raw_html::is_paragraph(&html)
                    && let Some(at) = self.paragraph.take()
                {
                    self.html.replace_range(at..at + "<p>".len(), "<div>");
                }
                self.elements.write(&html, self.heading, &mut self.html);
            }
            Event::Html(html) => self.block.push_str(&html),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
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
        if self.in_code || self.links.contains(&true) || self.elements.has("a") {
            text.render_to(&mut self.html);
        } else {
            links::write_linked(text, &mut self.html);
        }
    }

    /// A block of HTML.
    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let block = block.trim_end();
        if raw_html::is_paragraph(block) {
            self.html.push_str("<p>");
            self.elements.enter();
            self.elements.write(block, self.heading, &mut self.html);
            self.elements.leave(&mut self.html);
            self.html.push_str("</p>");
        } else {
            self.elements.write(block, self.heading, &mut self.html);
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                self.paragraph = Some(self.html.len());
                self.html.push_str("<p>");
            }
            Tag::Heading { level, .. } => {
                let level = self.level(level);
                self.html.push_str(["<h1>", "<h2>", "<h3>", "<h4>", "<h5>", "<h6>"][level]);
                self.open_heading = self.anchors.is_some().then(|| (self.html.len() - 1, String::new()));
            }
            Tag::BlockQuote(_) => self.html.push_str("<blockquote>"),
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                self.html.push_str("<pre tabindex=\"0\"><code data-lang=\"");
                if let CodeBlockKind::Fenced(language) = kind {
                    // The words after a comma are for rustdoc.
                    let is_end = |character: char| character == ',' || character.is_whitespace();
                    self.text(language.split(is_end).next().unwrap_or_default());
                }
                self.html.push_str("\">");
            }
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
        let target = safe_link(target).filter(|_| !self.elements.has("a") && !self.links.contains(&true));
        self.links.push(target.is_some());
        if let Some(target) = target {
            links::start(target, &mut self.html);
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if let TagEnd::Heading(level) = tag {
            self.name_heading(level);
        }
        self.in_code = false;
        self.html.push_str(match tag {
            TagEnd::Paragraph if self.paragraph.take().is_none() => "</div>",
            TagEnd::Paragraph => "</p>",
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
        let (Some((at, text)), Some((anchors, prefix))) = (self.open_heading.take(), &mut self.anchors) else { return };
        let id = anchors.take(&format!("{prefix}{}", slug(&text, !prefix.is_empty())));
        let attribute = html! { span id=(id) {} }.into_string();
        let attribute =
            attribute.strip_prefix("<span").and_then(|rest| rest.strip_suffix("></span>")).unwrap_or_default();
        self.html.insert_str(at, attribute);
        self.headings.push(Heading { level: level as usize, id, text });
    }
}

/// The text of a heading as a part of an id: in lowercase and without punctuation, or only without spaces.
fn slug(text: &str, keeps_case: bool) -> String {
    if keeps_case {
        return text.split_whitespace().collect::<Vec<_>>().join("-");
    }
    let is_kept = |character: &char| character.is_alphanumeric() || [' ', '-', '_'].contains(character);
    text.to_lowercase().chars().filter(is_kept).collect::<String>().trim().replace(' ', "-")
}
