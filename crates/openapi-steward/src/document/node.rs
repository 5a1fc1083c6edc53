//! The tree of a document.

use std::fmt::Write;

use serde_json::Number;

use super::diagnostic::Span;

/// A value with its position in the source.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Span,
    /// `true` for a scalar without quotes, whose type YAML derives from its text.
    pub(crate) plain: bool,
}

/// The value of a node, which is a JSON value. The entries of a map keep their order.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// An entry of a map.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) node: Node,
}

impl Node {
    pub(crate) fn entries(&self) -> &[Entry] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    pub(crate) fn items(&self) -> &[Node] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    pub(crate) fn str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value { Some(text) } else { None }
    }

    /// The string of this key.
    pub(crate) fn get_str(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Node::str)
    }

    /// The entries of the map of this key.
    pub(crate) fn entries_of(&self, key: &str) -> &[Entry] {
        self.get(key).map(Node::entries).unwrap_or_default()
    }

    /// The items of the list of this key.
    pub(crate) fn items_of(&self, key: &str) -> &[Node] {
        self.get(key).map(Node::items).unwrap_or_default()
    }

    /// Returns whether the value of this key is `true`.
    pub(crate) fn is_true(&self, key: &str) -> bool {
        matches!(self.get(key).map(|node| &node.value), Some(Value::Bool(true)))
    }

    /// The number of nodes in this tree.
    pub(crate) fn count(&self) -> usize {
        let inner = self.entries().iter().map(|entry| &entry.node).chain(self.items());
        inner.fold(1_usize, |sum, node| sum.saturating_add(node.count()))
    }

    /// The type of the value, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }

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
                    pointer.push_str(&entry.key.replace('~', "~0").replace('/', "~1"));
                    node = &entry.node;
                }
                (None, Some((index, item))) => {
                    let _ = write!(pointer, "/{index}");
                    node = item;
                }
                (None, None) => return pointer,
            }
        }
    }

    /// The node that the fragment of a reference leads to: a JSON pointer, in which `%7B` stands for `{` (RFC 6901, section 6).
    pub(crate) fn fragment(&self, fragment: &str) -> Option<&Node> {
        self.pointer(fragment).or_else(|| self.pointer(&percent_decode(fragment)?))
    }

    /// The node at a JSON pointer such as `/components/schemas/Room`.
    pub(crate) fn pointer(&self, pointer: &str) -> Option<&Node> {
        pointer.split('/').skip(1).try_fold(self, |node, step| {
            let step = step.replace("~1", "/").replace("~0", "~");
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

    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(bool) => (*bool).into(),
            Value::Number(number) => number.clone().into(),
            Value::String(text) => text.clone().into(),
            Value::List(items) => items.iter().map(Node::to_json).collect(),
            Value::Map(entries) => entries.iter().map(|entry| (entry.key.clone(), entry.node.to_json())).collect(),
        }
    }
}

/// The text with its percent-encoded bytes decoded, if that is UTF-8.
fn percent_decode(text: &str) -> Option<String> {
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
