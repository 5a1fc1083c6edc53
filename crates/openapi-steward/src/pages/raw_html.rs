//! HTML in a text. The elements of prose stay elements, without their attributes; everything else is text, and a comment is nothing.

use maud::Render;

use super::html_parts::{Part, attribute, parts};
use super::links::{self, safe_link};

/// The elements that stand inside a paragraph.
const INLINE: [&str; 9] = ["a", "br", "code", "del", "em", "img", "kbd", "strong", ""];
/// The elements inside each other of which a page has all. A browser would stop at a similar number.
const MAX_OPEN: usize = 64;
/// The elements of HTML that are open in a text.
#[derive(Debug, Default)]
pub(super) struct OpenElements {
    names: Vec<&'static str>,
    /// The number of elements that were open at the start of each part of the text that has to end them.
    scopes: Vec<usize>,
}

impl OpenElements {
    /// Begins a part of the text that ends the elements which begin in it.
    pub(super) fn enter(&mut self) {
        self.scopes.push(self.names.len());
    }

    /// Ends the elements that began in the part.
    pub(super) fn leave(&mut self, html: &mut String) {
        let outer = self.scopes.pop().unwrap_or_default();
        self.close(outer, html);
    }

    /// Ends the part, and leaves its elements to the part around it.
    pub(super) fn merge(&mut self) {
        self.scopes.pop();
    }

    /// Writes a text with HTML. `heading` is the level of the highest heading.
    pub(super) fn write(&mut self, text: &str, heading: u8, html: &mut String) {
        for part in parts(text) {
            match part {
                Part::Text(text) => write_text(text, html),
                Part::Start(element @ ("br" | "hr"), _) => write_tag("<", element, html),
                Part::Start("img", attributes) => image(attributes, html),
                Part::Start("schema", attributes) => schema(attributes, html),
                Part::Start(element, attributes) => self.start(element, attributes, heading, html),
                Part::End(element) => self.end(element, html),
                Part::Comment => {}
            }
        }
    }

    /// Returns whether an element is open.
    pub(super) fn has(&self, element: &str) -> bool {
        self.names.contains(&element)
    }

    fn start(&mut self, element: &'static str, attributes: &str, heading: u8, html: &mut String) {
        if element.is_empty() || self.names.len() >= MAX_OPEN || (element == "a" && self.has("a")) {
            return;
        }
        // A paragraph or an item ends the one before it.
        if ["p", "li", "dt", "dd", "tr", "td", "th"].contains(&element) && self.names.last() == Some(&element) {
            self.end(element, html);
        }
        match element {
            "a" => {
                let target = attribute(attributes, "href").unwrap_or_default().replace("&amp;", "&");
                let Some(target) = safe_link(target.trim()) else { return };
                links::start(target, html);
            }
            "table" => html.push_str("<div class=\"table\" tabindex=\"0\"><table>"),
            "pre" => html.push_str("<pre tabindex=\"0\">"),
            "details" => html.push_str("<details class=\"more\">"),
            _ => write_tag("<", at_level(element, heading), html),
        }
        self.names.push(if element.starts_with('h') { at_level(element, heading) } else { element });
    }

    fn end(&mut self, element: &'static str, html: &mut String) {
        let outer = self.scopes.last().copied().unwrap_or_default();
        let is_heading = is_heading(element);
        let matches = |name: &&'static str| **name == *element || (is_heading && self::is_heading(name));
        if let Some(at) = self.names.iter().rposition(matches).filter(|at| *at >= outer) {
            self.close(at, html);
        }
    }

    fn close(&mut self, outer: usize, html: &mut String) {
        while self.names.len() > outer {
            match self.names.pop() {
                Some("table") => html.push_str("</table></div>"),
                Some(name) => write_tag("</", name, html),
                None => {}
            }
        }
    }
}

/// Returns whether a text is a paragraph: it begins with text, or with an element that stands inside one.
pub(super) fn is_paragraph(text: &str) -> bool {
    let first =
        parts(text).find(|part| !matches!(part, Part::Text(text) if text.trim().is_empty()) && *part != Part::Comment);
    match first {
        Some(Part::Text(_)) => true,
        Some(Part::Start(element, _) | Part::End(element)) => INLINE.contains(&element),
        Some(Part::Comment) | None => false,
    }
}

/// The text without its elements and comments.
pub(super) fn without_elements(text: &str) -> String {
    let text: String = parts(text).map(|part| if let Part::Text(text) = part { text } else { " " }).collect();
    let entities = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.into_iter().fold(text, |text, (entity, character)| text.replace(entity, character))
}

fn write_tag(start: &str, element: &str, html: &mut String) {
    html.push_str(start);
    html.push_str(element);
    html.push('>');
}

/// Writes a text whose characters can be written as entities.
fn write_text(text: &str, html: &mut String) {
    for (index, part) in text.split('&').enumerate() {
        if index > 0 {
            let name = part.split(';').next().unwrap_or_default();
            let is_entity = name.len() < part.len()
                && (2..=12).contains(&name.len())
                && name.chars().enumerate().all(|(at, one)| one.is_ascii_alphanumeric() || (at == 0 && one == '#'));
            html.push_str(if is_entity { "&" } else { "&amp;" });
        }
        part.render_to(html);
    }
}

/// An image would be a request: it is a link.
fn image(attributes: &str, html: &mut String) {
    let (target, text) = (attribute(attributes, "src").unwrap_or_default(), attribute(attributes, "alt"));
    let text = text.filter(|text| !text.trim().is_empty()).unwrap_or("image");
    match safe_link(target.trim()).filter(|target| !target.starts_with('#')) {
        Some(target) => *html += &maud::html! { a rel="noreferrer" href=(target) { (text) } }.0,
        None => text.render_to(html),
    }
}

/// The link to a schema.
fn schema(attributes: &str, html: &mut String) {
    if let Some((_, name)) = attribute(attributes, "schemaRef").and_then(|target| target.rsplit_once('/')) {
        links::start(&format!("#schema/{name}"), html);
        name.render_to(html);
        html.push_str("</a>");
    }
}

/// A heading of HTML as one below that of the text.
fn at_level(element: &'static str, heading: u8) -> &'static str {
    let Some(level) = element.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()) else { return element };
    ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from((level + heading - 2).min(5))]
}

fn is_heading(element: &str) -> bool {
    element.starts_with('h') && element.len() == 2 && element != "hr"
}

#[cfg(test)]
#[path = "raw_html_tests.rs"]
mod tests;
