//! Values of a document as text.

use maud::{Markup, html};

use crate::document::{Node, Value};
use crate::pages::cut;

/// The number of characters of a value that are shown in a line.
const SHORT: usize = 120;

/// A value in a line. A string stands without quotes if nothing is lost by that.
pub(super) fn inline(node: &Node) -> Markup {
    html! { samp { (short(node)) } }
}

/// The text of a value, of which a long one is cut.
pub(super) fn short(node: &Node) -> String {
    let text = match &node.value {
        Value::String(text) if is_plain(text) => text.clone(),
        _ => node.to_json().to_string(),
    };
    cut(&text, SHORT)
}

/// Returns whether a string needs no quotes: it has a beginning and an end that show, and is no other JSON value.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.trim() == text
        && !["true", "false", "null"].contains(&text)
        && text.parse::<f64>().is_err()
}
