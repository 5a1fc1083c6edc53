//! The ids of sections, and the links to them.

use std::collections::HashSet;
use std::fmt::Write;

/// Collects the ids of a page, so that each is there once.
#[derive(Debug, Default)]
pub(crate) struct Anchors(HashSet<String>);

impl Anchors {
    /// Takes an id. It depends only on the name, so that a link to it stays when the document changes its order; only a second section
    /// of the same name gets a number.
    pub(crate) fn take(&mut self, name: &str) -> String {
        let id: String =
            name.chars().map(|character| if character.is_whitespace() { '_' } else { character }).collect();
        let numbered = (2..).map(|number| format!("{id}~{number}"));
        let free = std::iter::once(id.clone()).chain(numbered).find(|id| !self.0.contains(id)).unwrap_or(id);
        self.0.insert(free.clone());
        free
    }

    /// Returns whether the page has this id.
    pub(crate) fn contains(&self, id: &str) -> bool {
        self.0.contains(id)
    }
}

/// The link to a section of the same page. Characters that a URL cannot have are percent-encoded.
pub(crate) fn link(id: &str) -> String {
    let mut link = String::from("#");
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' | b'@' => {
                link.push(char::from(byte));
            }
            _ => drop(write!(link, "%{byte:02X}")),
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_free_of_spaces_and_taken_once() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.take("tag/Video rooms"), "tag/Video_rooms");
        assert_eq!(anchors.take("tag/Video rooms"), "tag/Video_rooms~2");
    }

    #[test]
    fn a_link_encodes_the_characters_that_a_url_cannot_have() {
        assert_eq!(link("operation/get/v1/Rooms/{Sid}"), "#operation/get/v1/Rooms/%7BSid%7D");
        assert_eq!(link("schema/ä\"<"), "#schema/%C3%A4%22%3C");
    }
}
