//! The tree that a document is read into.

use serde_json::Number;

use super::diagnostic::Span;

/// A value and the bytes of the source that it was read from.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Span,
    /// Whether it is a scalar without quotes, whose type YAML has guessed.
    pub(crate) plain: bool,
}

/// What a node holds: the values of JSON, with the entries of a map in their order.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// One entry of a map.
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

    /// The string that stands under `key`.
    pub(crate) fn get_str(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Node::str)
    }

    /// The entries of the map that stands under `key`.
    pub(crate) fn entries_of(&self, key: &str) -> &[Entry] {
        self.get(key).map(Node::entries).unwrap_or_default()
    }

    /// The items of the list that stands under `key`.
    pub(crate) fn items_of(&self, key: &str) -> &[Node] {
        self.get(key).map(Node::items).unwrap_or_default()
    }

    /// Whether `true` stands under `key`.
    pub(crate) fn is_true(&self, key: &str) -> bool {
        matches!(self.get(key).map(|node| &node.value), Some(Value::Bool(true)))
    }

    /// What kind of value it is, in words.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }

    /// What to blame for the value at this path: the key of an entry, the item of a list. A path that leads nowhere is
    /// followed as far as it goes.
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

    /// The JSON pointer of the innermost value whose key or text holds this byte.
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
                    pointer.push_str(&format!("/{index}"));
                    node = item;
                }
                (None, None) => return pointer,
            }
        }
    }

    /// The node that a JSON pointer such as `/components/schemas/Room` leads to.
    pub(crate) fn pointer(&self, pointer: &str) -> Option<&Node> {
        pointer.split('/').skip(1).try_fold(self, |node, step| {
            let step = step.replace("~1", "/").replace("~0", "~");
            node.get(&step).or_else(|| node.items().get(step.parse::<usize>().ok()?))
        })
    }

    /// What a reference leads to in this document, or the node itself. One that leads nowhere is followed as far as it goes.
    pub(crate) fn resolve<'a>(&'a self, root: &'a Node) -> &'a Node {
        let mut node = self;
        for _ in 0..8 {
            let Some(pointer) = node.get_str("$ref").and_then(|target| target.strip_prefix('#')) else { break };
            let Some(target) = root.pointer(pointer) else { break };
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
