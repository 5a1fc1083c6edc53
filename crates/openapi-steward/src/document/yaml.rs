//! Reads YAML into a tree with positions.

use std::borrow::Cow;

use saphyr::{Scalar, ScalarStyle};
use saphyr_parser::{Event, Parser, Tag};
use serde_json::Number;

use super::diagnostic::{Diagnostic, Span};
use super::node::{Entry, Node, Value};
use super::offsets::ByteOffsets;

/// The maximum depth of a document: more than any document needs, and less than recursive code can handle.
const MAX_DEPTH: usize = 128;

/// Reads JSON, which is also YAML.
pub(crate) fn parse_json(source: &str) -> Result<Node, Diagnostic> {
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(source) {
        let line = source.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let at = (line + error.column().saturating_sub(1)).min(source.len());
        let message = error.to_string();
        let reason = message.split(" at line ").next().unwrap_or_default();
        return Err(Diagnostic::new("this is not valid JSON", at..at).label(reason));
    }
    parse(source)
}

/// Reads a YAML document. A duplicate key is an error.
pub(crate) fn parse(source: &str) -> Result<Node, Diagnostic> {
    let (root, duplicates) = read(source)?;
    duplicates.into_iter().next().map_or(Ok(root), Err)
}

/// Reads a YAML document, and reports its duplicate keys. The first of them counts.
pub(crate) fn read(source: &str) -> Result<(Node, Vec<Diagnostic>), Diagnostic> {
    // YAML does not allow tabs as indentation. JSON does, and does not allow them in strings.
    let without_tabs = is_json(source).then(|| source.replace('\t', " "));
    let source = without_tabs.as_deref().unwrap_or(source);
    let mut builder = TreeBuilder::new(source);
    for event in Parser::new_from_str(source) {
        let (event, span) = event.map_err(|error| super::yaml_error::explain(source, &error, &builder.offsets))?;
        let span = builder.offsets.byte(span.start)..builder.offsets.byte(span.end);
        builder.event(event, span)?;
    }
    match builder.documents.len() {
        0 => Err(Diagnostic::new("the document is empty", 0..0).help("start it with `openapi: 3.0.3`")),
        1 => Ok((builder.documents.remove(0), builder.duplicates)),
        _ => {
            let at = builder.second_document.unwrap_or_default();
            Err(Diagnostic::new("this file contains more than one YAML document", at)
                .help("remove the `---` line and everything after it"))
        }
    }
}

fn is_json(source: &str) -> bool {
    source.trim_start().starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(source).is_ok()
}

/// A list or a map that has not ended yet.
enum OpenCollection {
    List {
        start: usize,
        items: Vec<Node>,
    },
    /// `duplicate` is the index of the finding about its first duplicate key.
    Map {
        start: usize,
        entries: Vec<Entry>,
        key: Option<(String, Span)>,
        duplicate: Option<usize>,
    },
}

/// Builds the tree from the events of the parser.
struct TreeBuilder<'a> {
    offsets: ByteOffsets<'a>,
    open: Vec<OpenCollection>,
    documents: Vec<Node>,
    /// The start of a second document.
    second_document: Option<Span>,
    duplicates: Vec<Diagnostic>,
}

impl<'a> TreeBuilder<'a> {
    fn new(source: &'a str) -> Self {
        let offsets = ByteOffsets::new(source);
        Self { offsets, open: Vec::new(), documents: Vec::new(), second_document: None, duplicates: Vec::new() }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            Event::DocumentStart(_) => {
                if !self.documents.is_empty() {
                    self.second_document.get_or_insert(span);
                }
            }
            Event::Alias(_) => {
                return Err(unsupported("an alias", span).help("use `$ref` to refer to another part of the document"));
            }
            Event::Scalar(text, style, _, tag) => {
                let value = scalar(text, style, tag.as_ref(), &span)?;
                self.node(Node { value, span, plain: style == ScalarStyle::Plain })?;
            }
            Event::SequenceStart(_, tag) => {
                self.begin(tag.as_ref(), OpenCollection::List { start: span.start, items: vec![] }, span)?;
            }
            Event::MappingStart(_, tag) => {
                self.begin(
                    tag.as_ref(),
                    OpenCollection::Map { start: span.start, entries: vec![], key: None, duplicate: None },
                    span,
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (start, value) = match self.open.pop() {
                    Some(OpenCollection::List { start, items }) => (start, Value::List(items)),
                    Some(OpenCollection::Map { start, entries, .. }) => (start, Value::Map(entries)),
                    None => return Ok(()),
                };
                self.node(Node { value, span: start..span.end.max(start), plain: false })?;
            }
        }
        Ok(())
    }

    fn begin(&mut self, tag: Option<&Cow<'_, Tag>>, open: OpenCollection, span: Span) -> Result<(), Diagnostic> {
        if tag.is_some() {
            return Err(unsupported("a YAML tag", span).help("remove the `!…` before the value"));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Diagnostic::new(format!("this is nested more than {MAX_DEPTH} levels deep"), span)
                .help("move the inner values into a component, and refer to it with `$ref`"));
        }
        self.open.push(open);
        Ok(())
    }

    /// Adds a node to the tree. It is a document, an item of a list, a key, or the value of a key.
    fn node(&mut self, node: Node) -> Result<(), Diagnostic> {
        match self.open.last_mut() {
            None => self.documents.push(node),
            Some(OpenCollection::List { items, .. }) => items.push(node),
            Some(OpenCollection::Map { entries, key, duplicate, .. }) => match key.take() {
                None => *key = Some((key_text(self.offsets.source, &node)?, node.span)),
                Some((key, key_span)) => match entries.iter().find(|entry| entry.key == key) {
                    None => entries.push(Entry { key, key_span, node }),
                    Some(first) => report_duplicate(&mut self.duplicates, duplicate, &key, key_span, first),
                },
            },
        }
        Ok(())
    }
}

/// Reports a duplicate key. Several in one map often have one cause, a deleted line, and become one finding.
fn report_duplicate(
    findings: &mut Vec<Diagnostic>,
    earlier: &mut Option<usize>,
    key: &str,
    key_span: Span,
    first: &Entry,
) {
    if let Some(finding) = earlier.and_then(|index| findings.get_mut(index)) {
        finding.label = format!("{}, and so is `{key}`", finding.label).into();
        return;
    }
    *earlier = Some(findings.len());
    let finding = Diagnostic::new(format!("duplicate key `{key}`"), key_span);
    let finding = finding.label("defined again here").related(first.key_span.clone(), "first defined here");
    findings.push(finding.help("remove or rename one of them; if a line above was deleted by mistake, restore it"));
}

fn scalar(
    text: Cow<'_, str>,
    style: ScalarStyle,
    tag: Option<&Cow<'_, Tag>>,
    span: &Span,
) -> Result<Value, Diagnostic> {
    if tag.is_some() {
        return Err(unsupported("a YAML tag", span.clone()).help("remove the `!…` before the value"));
    }
    Ok(match Scalar::parse_from_cow_and_metadata(text, style, None) {
        Some(Scalar::Null) | None => Value::Null,
        Some(Scalar::Boolean(bool)) => Value::Bool(bool),
        Some(Scalar::Integer(integer)) => Value::Number(integer.into()),
        Some(Scalar::FloatingPoint(float)) => Value::Number(
            Number::from_f64(float.0)
                .ok_or_else(|| unsupported("this number", span.clone()).help("write a finite number"))?,
        ),
        Some(Scalar::String(text)) => Value::String(text.into_owned()),
    })
}

fn unsupported(what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(format!("an OpenAPI document cannot contain {what}"), span).label("JSON has no such value")
}

/// The text of a key. YAML reads an unquoted 200 as a number; as the key of a JSON object it is the text.
fn key_text(source: &str, node: &Node) -> Result<String, Diagnostic> {
    match &node.value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Null => {
            Ok(source.get(node.span.clone()).unwrap_or_default().to_owned())
        }
        Value::List(_) | Value::Map(_) => Err(Diagnostic::new("the key of a map must be a string", node.span.clone())
            .help("quote it, or remove the `?`, brackets or braces")),
    }
}
