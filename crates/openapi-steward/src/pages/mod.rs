//! Pages for browsers: one HTML file each, with its design, its scripts and its data in it. A page requests nothing.
//!
//! Text from documents gets into a page through the templates of `maud`, which escape it, or through [`markdown`], which escapes it
//! as well. The design is in `design/`; a content security policy allows its style and its scripts by their hashes, and nothing else.

pub(crate) mod anchor;
pub(crate) mod embed;
pub(crate) mod icon;
pub(crate) mod markdown;
mod page;
pub(crate) mod report;
mod site;

pub(crate) use self::page::Page;
pub use self::site::SitePage;

/// The text with at most this number of characters.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit).collect();
    format!("{kept}…")
}
