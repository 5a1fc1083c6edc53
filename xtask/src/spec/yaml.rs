//! YAML as a tree that knows where each of its parts stands in the source.

use std::ops::Range;

use saphyr::{LoadableYamlNode, MarkedYaml, Marker, Scalar, YamlData};
use serde_json::Number;

use super::diagnostic::Diagnostic;

/// A value and the bytes of the source that it was read from.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Range<usize>,
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
    pub(crate) key_span: Range<usize>,
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

    /// What to blame for the value at this path: the key of an entry, the item of a list. A path that leads nowhere is
    /// followed as far as it goes.
    pub(crate) fn locate<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> Range<usize> {
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

/// Reads JSON, as the YAML that it is.
pub(crate) fn parse_json(source: &str) -> Result<Node, Diagnostic> {
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(source) {
        let line = source.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let at = (line + error.column().saturating_sub(1)).min(source.len());
        let said = error.to_string();
        let why = said.split(" at line ").next().unwrap_or_default();
        return Err(Diagnostic::new("this is not JSON", at..at).label(why));
    }
    // Tabs are no indentation in YAML, and mean nothing in JSON outside of a string, where they are not allowed.
    parse(&source.replace('\t', " "))
}

/// Reads a YAML document.
pub(crate) fn parse(source: &str) -> Result<Node, Diagnostic> {
    let offsets = Offsets::new(source);
    let documents = MarkedYaml::load_from_str(source).map_err(|error| {
        let at = offsets.byte(*error.marker());
        let width = source.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Diagnostic::new(format!("this is not valid YAML: {}", error.info()), at..at + width).help(advice(error.info()))
    })?;
    match documents.as_slice() {
        [document] => node(document, &offsets),
        [] => {
            Err(Diagnostic::new("the document is empty", 0..0).help("an OpenAPI document begins with `openapi: 3.0.3`"))
        }
        [_, second, ..] => {
            let at = offsets.byte(second.span.start);
            Err(Diagnostic::new("there is more than one YAML document in this file", at..at)
                .help("remove the `---` line and what follows it"))
        }
    }
}

/// What to do about an error of the parser.
fn advice(info: &str) -> &'static str {
    let table = [
        ("unprintable", "remove the control character, or save the file as UTF-8"),
        ("duplicate", "the map has this key already: remove or rename one of the two"),
        ("quoted scalar", "close the quote that is opened here"),
        ("tab", "indent with spaces: YAML allows no tabs, here or on the next line"),
    ];
    let known = table.into_iter().find(|(word, _)| info.contains(word)).map(|(_, advice)| advice);
    known.unwrap_or("YAML goes by indentation: compare this line and those above it with their neighbours")
}

fn node(yaml: &MarkedYaml<'_>, offsets: &Offsets) -> Result<Node, Diagnostic> {
    let start = offsets.byte(yaml.span.start);
    let span = start..offsets.byte(yaml.span.end).max(start);
    let unsupported = |what: &str| {
        Diagnostic::new(format!("{what} is not part of JSON, and so not of an OpenAPI document"), span.clone())
    };
    let value = match &yaml.data {
        YamlData::Value(scalar) => match scalar {
            Scalar::Null => Value::Null,
            Scalar::Boolean(bool) => Value::Bool(*bool),
            Scalar::Integer(integer) => Value::Number((*integer).into()),
            Scalar::FloatingPoint(float) => {
                Value::Number(Number::from_f64(float.0).ok_or_else(|| unsupported("this number"))?)
            }
            Scalar::String(text) => Value::String(text.to_string()),
        },
        YamlData::Sequence(items) => {
            Value::List(items.iter().map(|item| node(item, offsets)).collect::<Result<_, _>>()?)
        }
        YamlData::Mapping(map) => {
            Value::Map(map.iter().map(|(key, value)| entry(key, value, offsets)).collect::<Result<_, _>>()?)
        }
        YamlData::Tagged(..) => return Err(unsupported("a YAML tag").help("remove the `!…` in front of the value")),
        YamlData::Representation(..) | YamlData::Alias(_) | YamlData::BadValue => {
            return Err(unsupported("this value"));
        }
    };
    Ok(Node { value, span })
}

fn entry(key: &MarkedYaml<'_>, value: &MarkedYaml<'_>, offsets: &Offsets) -> Result<Entry, Diagnostic> {
    let key = node(key, offsets)?;
    let text = match &key.value {
        Value::String(text) => text.clone(),
        // YAML takes an unquoted 200 for a number; as the key of a JSON object it is what was written.
        Value::Bool(_) | Value::Number(_) | Value::Null => offsets.text(&key.span).to_owned(),
        Value::List(_) | Value::Map(_) => {
            return Err(Diagnostic::new("the key of a map has to be a string", key.span)
                .help("quote it, or remove the `?`, brackets or braces"));
        }
    };
    Ok(Entry { key: text, key_span: key.span, node: node(value, offsets)? })
}

/// Where each character of the source begins: saphyr counts characters, everybody else bytes.
struct Offsets<'a> {
    source: &'a str,
    bytes: Option<Vec<usize>>,
}

impl<'a> Offsets<'a> {
    fn new(source: &'a str) -> Self {
        let bytes = (!source.is_ascii()).then(|| source.char_indices().map(|(byte, _)| byte).collect());
        Self { source, bytes }
    }

    fn byte(&self, marker: Marker) -> usize {
        let index = marker.index();
        match &self.bytes {
            Some(bytes) => bytes.get(index).copied().unwrap_or(self.source.len()),
            None => index.min(self.source.len()),
        }
    }

    fn text(&self, span: &Range<usize>) -> &str {
        self.source.get(span.clone()).unwrap_or_default()
    }
}
