//! The tree of a document.

use std::collections::HashMap;
use std::ops::Deref;

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
    Map(Map),
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
        if let Value::Map(map) = &self.value { map.entry(key) } else { None }
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

    /// Moves all positions of this tree by this number of bytes, for a file that is a part of a longer text.
    pub(super) fn offset_by(&mut self, bytes: usize) {
        self.span = self.span.start + bytes..self.span.end + bytes;
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.offset_by(bytes)),
            Value::Map(map) => map.offset_by(bytes),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
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

/// The number of entries above which a key is looked up in the index.
const INDEXED: usize = 16;

/// The entries of a map.
#[derive(Debug, Clone, Default)]
pub(crate) struct Map {
    entries: Box<[Entry]>,
    index: Option<Box<Index>>,
}

/// The positions of the entries, in the order of their keys.
#[derive(Debug, Clone)]
struct Index(Box<[u32]>);

impl Map {
    /// The entry of a key.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        let Some(index) = &self.index else {
            return self.entries.iter().find(|entry| entry.key == key);
        };
        let at = index.0.binary_search_by(|position| self.key(*position).cmp(key)).ok()?;
        self.entries.get(position(*index.0.get(at)?))
    }

    /// Changes the entries.
    pub(super) fn edit(&mut self, edit: impl FnOnce(&mut Vec<Entry>)) {
        let mut entries = std::mem::take(&mut self.entries).into_vec();
        edit(&mut entries);
        *self = entries.into();
    }

    /// The values of the entries, by their key.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        self.entries.iter_mut().map(|entry| (entry.key.as_str(), &mut entry.node))
    }

    /// The map of a key, which is added if the key is missing. `None` if the key has another value.
    pub(super) fn map_of(&mut self, key: &str) -> Option<&mut Self> {
        if self.entry(key).is_none() {
            let node = Node { value: Value::Map(Self::default()), span: 0..0, plain: false };
            self.edit(|entries| entries.push(Entry { key: key.to_owned(), key_span: 0..0, node }));
        }
        let entry = self.entries.iter_mut().find(|entry| entry.key == key)?;
        if let Value::Map(map) = &mut entry.node.value { Some(map) } else { None }
    }

    /// Moves the positions of all entries by this number of bytes.
    pub(super) fn offset_by(&mut self, bytes: usize) {
        for entry in &mut self.entries {
            entry.key_span = entry.key_span.start + bytes..entry.key_span.end + bytes;
            entry.node.offset_by(bytes);
        }
    }

    fn key(&self, at: u32) -> &str {
        self.entries.get(position(at)).map_or("", |entry| entry.key.as_str())
    }
}

fn position(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

impl From<Vec<Entry>> for Map {
    fn from(entries: Vec<Entry>) -> Self {
        let mut map = Self { entries: entries.into(), index: None };
        if map.entries.len() > INDEXED
            && let Ok(count) = u32::try_from(map.entries.len())
        {
            let mut positions: Vec<u32> = (0..count).collect();
            positions.sort_by(|one, other| map.key(*one).cmp(map.key(*other)));
            map.index = Some(Box::new(Index(positions.into())));
        }
        map
    }
}

/// Collects the entries of a map while it is read.
#[derive(Debug, Default)]
pub(super) struct MapBuilder {
    entries: Vec<Entry>,
    /// The positions of the entries by their key, once the map is large.
    positions: HashMap<String, usize>,
}

impl MapBuilder {
    /// The entry of a key that has been read.
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        if self.positions.is_empty() {
            return self.entries.iter().find(|entry| entry.key == key);
        }
        self.entries.get(*self.positions.get(key)?)
    }

    /// Adds an entry, whose key has not been read before.
    pub(super) fn push(&mut self, entry: Entry) {
        if self.entries.len() == INDEXED {
            self.positions = self.entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)).collect();
        }
        if self.entries.len() >= INDEXED {
            self.positions.insert(entry.key.clone(), self.entries.len());
        }
        self.entries.push(entry);
    }

    pub(super) fn build(self) -> Map {
        self.entries.into()
    }
}

impl Deref for Map {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.entries
    }
}

impl<'a> IntoIterator for &'a Map {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl IntoIterator for Map {
    type Item = Entry;
    type IntoIter = std::vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_vec().into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::super::yaml::read;

    #[test]
    fn a_key_of_a_large_map_is_found() {
        let keys: Vec<String> = (0..100).map(|index| format!("k{}", index * 37 % 100)).collect();
        let text: String = keys.iter().flat_map(|key| [key, ": { ", key, ": 1 }\n"]).collect();
        let (root, _) = read(&text).unwrap_or_else(|finding| panic!("{finding:?}"));
        assert!(root.entries().iter().map(|entry| &entry.key).eq(&keys));
        for key in &keys {
            assert!(root.get(key).is_some_and(|node| node.get(key).is_some()), "{key}");
        }
        assert!(root.get("k").is_none() && root.get("k100").is_none());
    }
}
