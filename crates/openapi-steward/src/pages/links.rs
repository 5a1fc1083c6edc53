//! Links of a document: those that a page has, and addresses in a text.

use maud::Render;

use crate::document::percent_decode;

/// Returns the target of a link if it leads to the web, to an address, or into the page.
pub(crate) fn safe_link(target: &str) -> Option<&str> {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_safe = match scheme.as_deref() {
        Some("http" | "https" | "mailto") => true,
        _ => target.len() > 1 && target.starts_with('#'),
    };
    is_safe.then_some(target)
}

/// Writes the start of a link to a safe target.
pub(super) fn start(target: &str, html: &mut String) {
    html.push_str(if target.starts_with('#') { "<a class=\"in\" href=\"" } else { "<a rel=\"noreferrer\" href=\"" });
    target.render_to(html);
    html.push_str("\">");
}

/// Writes a text in which each address of the web is a link.
pub(super) fn write_linked(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = address(rest) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|one: char| one.is_whitespace() || "<>\"`|\\^{}[]".contains(one)).unwrap_or(from.len());
        let link =
            from.get(..end).unwrap_or_default().trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
        // A parenthesis that does not begin in the address belongs to the text.
        let link = if link.contains('(') { link } else { link.trim_end_matches(')') };
        before.render_to(html);
        start(link, html);
        link.render_to(html);
        html.push_str("</a>");
        rest = from.get(link.len()..).unwrap_or_default();
    }
    rest.render_to(html);
}

/// The position of an address that is a word.
fn address(text: &str) -> Option<usize> {
    text.match_indices("http").map(|(at, _)| at).find(|at| {
        let (before, from) = text.split_at(*at);
        let after = from.strip_prefix("https://").or_else(|| from.strip_prefix("http://"));
        after.is_some_and(|after| after.starts_with(|one: char| one.is_alphanumeric()))
            && !before.ends_with(|one: char| one.is_alphanumeric())
    })
}

/// The text of a page without the links of its texts into the page that lead nowhere. Their words stay.
pub(crate) fn without_dead(html: String, is_there: impl Fn(&str) -> bool) -> String {
    const START: &str = "<a class=\"in\" href=\"#";
    if !html.contains(START) {
        return html;
    }
    let (mut kept, mut rest) = (String::with_capacity(html.len()), html.as_str());
    while let Some((before, from)) = rest.split_once(START) {
        kept.push_str(before);
        let (target, after) = from.split_once("\">").unwrap_or((from, ""));
        if is_there(&decoded(target)) {
            kept.push_str(START);
            kept.push_str(target);
            kept.push_str("\">");
            rest = after;
        } else {
            let (text, after) = after.split_once("</a>").unwrap_or((after, ""));
            kept.push_str(text);
            rest = after;
        }
    }
    kept.push_str(rest);
    kept
}

/// The id that an escaped and percent-encoded target leads to.
fn decoded(target: &str) -> String {
    let target = target.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    percent_decode(&target).unwrap_or(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_a_text_is_a_link_without_the_punctuation_around_it() {
        let linked = |text: &str| {
            let mut html = String::new();
            write_linked(text, &mut html);
            html.replace("<a rel=\"noreferrer\" href=", "[")
        };
        assert_eq!(linked("(see https://a.example/b)."), "(see [\"https://a.example/b\">https://a.example/b</a>).");
        assert_eq!(linked("x https://a/b(c) y"), "x [\"https://a/b(c)\">https://a/b(c)</a> y");
        for text in ["xhttps://a", "https://", "http://{host}/", "ftp://a", "http"] {
            assert_eq!(linked(text), text);
        }
        assert_eq!(linked("https://a/<b>\"'"), "[\"https://a/\">https://a/</a>&lt;b&gt;&quot;'");
    }

    #[test]
    fn a_dead_link_into_the_page_is_text() {
        let html =
            "<a class=\"in\" href=\"#a%20b\"><b>x</b></a> <a class=\"in\" href=\"#c&quot;\">y</a> <a href=\"#z\">z</a>";
        assert_eq!(
            without_dead(html.to_owned(), |id| id == "c\""),
            "<b>x</b> <a class=\"in\" href=\"#c&quot;\">y</a> <a href=\"#z\">z</a>"
        );
        assert_eq!(decoded("%C3%A4%zz%&amp;"), "ä%zz%&");
    }
}
