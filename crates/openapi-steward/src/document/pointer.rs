//! JSON pointers and references in the tree of a document.

use std::fmt::Write;

use super::diagnostic::Span;
use super::node::Node;

impl Node {
    /// The position of the value at this path: the key of an entry, or the item of a list. A path that leads nowhere is followed
    /// as far as possible.
    pub(crate) fn locate<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> Span {
        let (mut node, mut span) = (self, self.span.clone());
        for step in path {
            if let Some(entry) = node.entry(step) {
                (node, span) = (&entry.node, entry.key_span.clone());
            } else if let Some(item) = step.parse::<usize>().ok().and_then(|index| node.items().get(index)) {
                (node, span) = (item, item.span.clone());
            } else {
                break;
            }
        }
        span
    }

    /// The JSON pointer of the innermost value whose key or text contains this byte.
    pub(crate) fn pointer_at(&self, byte: usize) -> String {
        let (mut node, mut pointer) = (self, String::new());
        loop {
            let entry = node
                .entries()
                .iter()
                .find(|entry| entry.key_span.start <= byte && byte < entry.node.span.end.max(entry.key_span.end));
            let item =
                node.items().iter().enumerate().find(|(_, item)| item.span.start <= byte && byte < item.span.end);
            match (entry, item) {
                (Some(entry), _) => {
                    pointer.push('/');
                    pointer.push_str(&escape(&entry.key));
                    node = &entry.node;
                }
                (None, Some((index, item))) => {
                    let _ = write!(pointer, "/{index}");
                    node = item;
                }
                // The parts of other files are not where their positions are.
                (None, None) if pointer.is_empty() => {
                    self.pointer_by_search(byte, &mut pointer);
                    return pointer;
                }
                (None, None) => return pointer,
            }
        }
    }

    /// Extends the pointer to the first value whose key or text contains this byte. Returns whether there is one.
    fn pointer_by_search(&self, byte: usize, pointer: &mut String) -> bool {
        let length = pointer.len();
        let steps = self.entries().iter().map(|entry| {
            let step = escape(&entry.key);
            (step, entry.key_span.contains(&byte) || entry.node.span.contains(&byte), &entry.node)
        });
        let items = self.items().iter().enumerate();
        for (step, contains, node) in
            steps.chain(items.map(|(at, item)| (at.to_string(), item.span.contains(&byte), item)))
        {
            let _ = write!(pointer, "/{step}");
            if node.pointer_by_search(byte, pointer) || contains {
                return true;
            }
            pointer.truncate(length);
        }
        false
    }

    /// The node that the fragment of a reference leads to: a JSON pointer, in which `%7B` stands for `{` (RFC 6901, section 6).
    pub(crate) fn fragment(&self, fragment: &str) -> Option<&Node> {
        self.pointer(fragment).or_else(|| self.pointer(&percent_decode(fragment)?))
    }

    /// The node at a JSON pointer such as `/components/schemas/Room`.
    pub(crate) fn pointer(&self, pointer: &str) -> Option<&Node> {
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return None;
        }
        pointer.split('/').skip(1).try_fold(self, |node, step| {
            let step = unescape(step);
            node.get(&step).or_else(|| node.items().get(step.parse::<usize>().ok()?))
        })
    }

    /// The target of the node if it is a reference, otherwise the node itself. A chain of references is followed at most 8 steps,
    /// and as far as their targets exist.
    pub(crate) fn resolve<'a>(&'a self, root: &'a Node) -> &'a Node {
        let mut node = self;
        for _ in 0..8 {
            let Some(pointer) = node.get_str("$ref").and_then(|target| target.strip_prefix('#')) else { break };
            let Some(target) = root.fragment(pointer) else { break };
            node = target;
        }
        node
    }
}

/// Calls the function for each entry and item of the node, with the pointer of that. The pointer leads to the node, and does so again
/// afterwards.
pub(super) fn each_inside(node: &Node, pointer: &mut String, mut inside: impl FnMut(&str, &Node, &mut String)) {
    for entry in node.entries() {
        within(pointer, &escape(&entry.key), |pointer| inside(&entry.key, &entry.node, pointer));
    }
    for (index, item) in node.items().iter().enumerate() {
        within(pointer, &index.to_string(), |pointer| inside("", item, pointer));
    }
}

/// Calls the function with the pointer extended by an escaped step.
pub(super) fn within(pointer: &mut String, step: &str, inside: impl FnOnce(&mut String)) {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(step);
    inside(pointer);
    pointer.truncate(length);
}

/// A key as a step of a JSON pointer (RFC 6901, section 3).
pub(crate) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The key of a step of a JSON pointer.
pub(crate) fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// The text with its percent-encoded bytes decoded, if that is UTF-8.
pub(crate) fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::super::read_yaml;

    #[test]
    fn a_fragment_may_be_percent_encoded() {
        let (root, _) = read_yaml("paths: { '/a/{b}': 1 }\n").unwrap_or_else(|finding| panic!("{finding:?}"));
        for fragment in ["/paths/~1a~1{b}", "/paths/~1a~1%7Bb%7D", "/paths/%7E1a%7E1%7bb%7d"] {
            assert!(root.fragment(fragment).is_some(), "{fragment}");
        }
        assert!(root.fragment("/paths/~1a~1%7").is_none());
    }
}
