//! YAML as a tree that knows where each of its parts stands in the source.

use std::borrow::Cow;

use saphyr::{Scalar, ScalarStyle};
use saphyr_parser::{Event, Marker, Parser, ScanError, Tag};
use serde_json::Number;

use super::diagnostic::{Diagnostic, Span};
use super::node::{Entry, Node, Value};

/// How deep a document may be nested: more than any document needs, and less than what recursion can take.
const DEPTH: usize = 128;

/// Reads JSON, as the YAML that it is.
pub(crate) fn parse_json(source: &str) -> Result<Node, Diagnostic> {
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(source) {
        let line = source.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let at = (line + error.column().saturating_sub(1)).min(source.len());
        let said = error.to_string();
        let why = said.split(" at line ").next().unwrap_or_default();
        return Err(Diagnostic::new("this is not JSON", at..at).label(why));
    }
    parse(source)
}

/// Reads a YAML document. A key that is there twice is an error.
pub(crate) fn parse(source: &str) -> Result<Node, Diagnostic> {
    let (root, duplicates) = read(source)?;
    duplicates.into_iter().next().map_or(Ok(root), Err)
}

/// Reads a YAML document, and says which keys are there twice: the first of each counts.
pub(crate) fn read(source: &str) -> Result<(Node, Vec<Diagnostic>), Diagnostic> {
    // Tabs are no indentation in YAML, and mean nothing in JSON outside of a string, where they are not allowed.
    let untabbed = is_json(source).then(|| source.replace('\t', " "));
    let source = untabbed.as_deref().unwrap_or(source);
    let mut builder = Builder::new(source);
    for event in Parser::new_from_str(source) {
        let (event, span) = event.map_err(|error| super::yaml_error::explain(source, &error, &builder.offsets))?;
        let span = builder.offsets.byte(span.start)..builder.offsets.byte(span.end);
        builder.event(event, span)?;
    }
    match builder.documents.len() {
        0 => {
            Err(Diagnostic::new("the document is empty", 0..0).help("an OpenAPI document begins with `openapi: 3.0.3`"))
        }
        1 => Ok((builder.documents.remove(0), builder.duplicates)),
        _ => {
            let at = builder.second.unwrap_or_default();
            Err(Diagnostic::new("there is more than one YAML document in this file", at)
                .help("remove the `---` line and what follows it"))
        }
    }
}

fn is_json(source: &str) -> bool {
    source.trim_start().starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(source).is_ok()
}

/// A list or map whose end has not been read yet.
enum Open {
    List {
        start: usize,
        items: Vec<Node>,
    },
    /// With the index of what was said of the first key that is there twice.
    Map {
        start: usize,
        entries: Vec<Entry>,
        key: Option<(String, Span)>,
        twice: Option<usize>,
    },
}

/// Makes nodes of events.
struct Builder<'a> {
    offsets: Offsets<'a>,
    open: Vec<Open>,
    documents: Vec<Node>,
    /// Where the second document begins.
    second: Option<Span>,
    duplicates: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str) -> Self {
        let offsets = Offsets::new(source);
        Self { offsets, open: Vec::new(), documents: Vec::new(), second: None, duplicates: Vec::new() }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            Event::DocumentStart(_) => {
                if !self.documents.is_empty() {
                    self.second.get_or_insert(span);
                }
            }
            Event::Alias(_) => {
                return Err(unsupported("an alias", span).help("write `$ref` to refer to what stands elsewhere"));
            }
            Event::Scalar(text, style, _, tag) => {
                let value = scalar(text, style, tag.as_ref(), &span)?;
                self.node(Node { value, span, plain: style == ScalarStyle::Plain })?;
            }
            Event::SequenceStart(_, tag) => {
                self.begin(tag.as_ref(), Open::List { start: span.start, items: vec![] }, span)?;
            }
            Event::MappingStart(_, tag) => {
                self.begin(
                    tag.as_ref(),
                    Open::Map { start: span.start, entries: vec![], key: None, twice: None },
                    span,
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (start, value) = match self.open.pop() {
                    Some(Open::List { start, items }) => (start, Value::List(items)),
                    Some(Open::Map { start, entries, .. }) => (start, Value::Map(entries)),
                    None => return Ok(()),
                };
                self.node(Node { value, span: start..span.end.max(start), plain: false })?;
            }
        }
        Ok(())
    }

    fn begin(&mut self, tag: Option<&Cow<'_, Tag>>, open: Open, span: Span) -> Result<(), Diagnostic> {
        if tag.is_some() {
            return Err(unsupported("a YAML tag", span).help("remove the `!…` in front of the value"));
        }
        if self.open.len() >= DEPTH {
            return Err(Diagnostic::new(format!("this is nested more than {DEPTH} levels deep"), span)
                .help("move what is inside into a component and refer to it"));
        }
        self.open.push(open);
        Ok(())
    }

    /// Puts a node where it belongs: it is a document, an item, a key or the value of one.
    fn node(&mut self, node: Node) -> Result<(), Diagnostic> {
        match self.open.last_mut() {
            None => self.documents.push(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, twice, .. }) => match key.take() {
                None => *key = Some((self.offsets.key(&node)?, node.span)),
                Some((key, key_span)) => match entries.iter().find(|entry| entry.key == key) {
                    None => entries.push(Entry { key, key_span, node }),
                    Some(first) => duplicate(&mut self.duplicates, twice, &key, key_span, first),
                },
            },
        }
        Ok(())
    }
}

/// Says that a key is there twice. Several keys of one map most often come of one line that is gone: they are told at once.
fn duplicate(said: &mut Vec<Diagnostic>, twice: &mut Option<usize>, key: &str, at: Span, first: &Entry) {
    if let Some(earlier) = twice.and_then(|index| said.get_mut(index)) {
        earlier.label = format!("{}; so is `{key}`", earlier.label).into();
        return;
    }
    *twice = Some(said.len());
    let finding = Diagnostic::new(format!("the key `{key}` is there twice"), at);
    let finding = finding.label("the second time").related(first.key_span.clone(), "the first time");
    said.push(finding.help("remove or rename one of the two, or look for a line above that is gone"));
}

fn scalar(
    text: Cow<'_, str>,
    style: ScalarStyle,
    tag: Option<&Cow<'_, Tag>>,
    span: &Span,
) -> Result<Value, Diagnostic> {
    if tag.is_some() {
        return Err(unsupported("a YAML tag", span.clone()).help("remove the `!…` in front of the value"));
    }
    Ok(match Scalar::parse_from_cow_and_metadata(text, style, None) {
        Some(Scalar::Null) | None => Value::Null,
        Some(Scalar::Boolean(bool)) => Value::Bool(bool),
        Some(Scalar::Integer(integer)) => Value::Number(integer.into()),
        Some(Scalar::FloatingPoint(float)) => {
            Value::Number(Number::from_f64(float.0).ok_or_else(|| unsupported("this number", span.clone()))?)
        }
        Some(Scalar::String(text)) => Value::String(text.into_owned()),
    })
}

fn unsupported(what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(format!("{what} is not part of JSON, and so not of an OpenAPI document"), span)
}

/// Where each character of the source begins: saphyr counts characters, everybody else bytes.
pub(super) struct Offsets<'a> {
    source: &'a str,
    bytes: Option<Vec<usize>>,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let bytes = (!source.is_ascii()).then(|| source.char_indices().map(|(byte, _)| byte).collect());
        Self { source, bytes }
    }

    pub(super) fn byte(&self, marker: Marker) -> usize {
        let index = marker.index();
        match &self.bytes {
            Some(bytes) => bytes.get(index).copied().unwrap_or(self.source.len()),
            None => index.min(self.source.len()),
        }
    }

    pub(super) fn of_error(&self, error: &ScanError) -> usize {
        self.byte(*error.marker())
    }

    /// The text of a key. YAML takes an unquoted 200 for a number; as the key of a JSON object it is what was written.
    fn key(&self, node: &Node) -> Result<String, Diagnostic> {
        match &node.value {
            Value::String(text) => Ok(text.clone()),
            Value::Bool(_) | Value::Number(_) | Value::Null => {
                Ok(self.source.get(node.span.clone()).unwrap_or_default().to_owned())
            }
            Value::List(_) | Value::Map(_) => {
                Err(Diagnostic::new("the key of a map has to be a string", node.span.clone())
                    .help("quote it, or remove the `?`, brackets or braces"))
            }
        }
    }
}
