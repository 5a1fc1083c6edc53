//! Pages for browsers: one HTML file each, with its design, its scripts and its data in it. A page requests nothing.
//!
//! Text from documents gets into a page through the templates of `maud`, which escape it, or through [`markdown`], which escapes it
//! as well. The design is in `design/`; a content security policy allows its style and its scripts by their hashes, and nothing else.

pub(crate) mod anchor;
pub(crate) mod embed;
mod html_parts;
pub(crate) mod icon;
pub(crate) mod links;
pub(crate) mod markdown;
mod markdown_writer;
mod page;
mod raw_html;
pub(crate) mod report;
pub(crate) mod search;
mod site;

use maud::{Markup, html};

pub(crate) use self::markdown_writer::Heading;
pub(crate) use self::page::Page;
pub use self::site::{SiteIndex, SitePage};

/// A message, in which a name between back-ticks is code.
pub(crate) fn message(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if index % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// The text with at most this number of characters.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit).collect();
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_between_back_ticks_is_code() {
        assert_eq!(message("was `<a>` and").into_string(), "was <code>&lt;a&gt;</code> and");
        assert_eq!((cut("äöü", 2), cut("äö", 2)), ("äö…".to_owned(), "äö".to_owned()));
    }
}
