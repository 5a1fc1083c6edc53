//! Reads a document with the files that it refers to into one tree.
//!
//! The target of a reference into another file becomes a component, and the reference leads to it, so that everything that reads a
//! document finds all parts in it. Positions stay those of the files. A reference whose target cannot be read is written as the
//! document itself would write it. A path that is a reference gets the content of its target,
//! because OpenAPI 3.0 has no components for paths.

use std::collections::{HashMap, HashSet, VecDeque};

use super::diagnostic::Diagnostic;
use super::embedded;
use super::node::{Entry, Node, Value};
use super::read::read_file;
use super::shape::{
    CALLBACK, DISCRIMINATOR, DOCUMENT, EXAMPLE, HEADER, LINK, ObjectKind, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE,
    SCHEMA, SECURITY_SCHEME, Shape,
};
use super::source::{Source, Target};
use super::version::Version;
use super::visit::{Visitor, visit};

/// The number of values that may be copied from other files and from the targets of paths.
const MAX_COPIED_NODES: usize = 2_000_000;
/// The longest chain of paths that refer to one another.
const MAX_CHAIN: usize = 8;

/// The section of the components for each kind of object that has one.
pub(crate) static SECTIONS: [(&ObjectKind, &str); 9] = [
    (&SCHEMA, "schemas"),
    (&RESPONSE, "responses"),
    (&PARAMETER, "parameters"),
    (&EXAMPLE, "examples"),
    (&REQUEST_BODY, "requestBodies"),
    (&HEADER, "headers"),
    (&SECURITY_SCHEME, "securitySchemes"),
    (&LINK, "links"),
    (&CALLBACK, "callbacks"),
];

/// The findings of the readers in a document that could be read.
#[derive(Debug, Default)]
pub(crate) struct ReadFindings {
    pub(crate) duplicate_keys: Vec<Diagnostic>,
    /// The syntax errors of files that the document refers to.
    pub(crate) broken_files: Vec<Diagnostic>,
}

/// Reads a document and the files that it refers to.
pub(crate) fn read_document(source: &Source) -> Result<(Node, ReadFindings), Diagnostic> {
    let (mut root, duplicate_keys) = read_file(source.document_text(), &source.path)?;
    let mut findings = ReadFindings { duplicate_keys, broken_files: Vec::new() };
    let mut files = Vec::with_capacity(source.files().len());
    for file in source.files() {
        let text = source.text.get(file.span.clone()).unwrap_or_default();
        match read_file(text, &file.path) {
            Ok((mut node, found)) => {
                node.offset_by(file.span.start);
                let found = found.into_iter().map(|finding| finding.offset_by(file.span.start));
                findings.duplicate_keys.extend(found);
                files.push(Some(node));
            }
            Err(finding) => {
                findings.broken_files.push(finding.offset_by(file.span.start));
                files.push(None);
            }
        }
    }
    let paths = ["paths", "webhooks"].into_iter().flat_map(|key| root.entries_of(key));
    let has_path_references = paths.into_iter().any(|path| path.node.get("$ref").is_some());
    if !files.is_empty() || has_path_references {
        let original = root.clone();
        Bundler::new(source, &original, &files).bundle(&mut root);
    }
    if source.text.contains("$id") && Version::of(&root).has_json_schema() {
        embedded::rebase(&mut root);
    }
    Ok((root, findings))
}

/// A component that is made of a part of a file.
struct Part {
    section: &'static str,
    kind: &'static ObjectKind,
    entry: Entry,
}

struct Bundler<'a> {
    source: &'a Source,
    root: &'a Node,
    version: Version,
    files: &'a [Option<Node>],
    /// The names of the components that are made of parts of files, by section, file and pointer.
    names: HashMap<(&'static str, usize, String), String>,
    taken: HashSet<(&'static str, String)>,
    queue: VecDeque<Part>,
    copied: usize,
}

impl<'a> Bundler<'a> {
    fn new(source: &'a Source, root: &'a Node, files: &'a [Option<Node>]) -> Self {
        let components = root.get("components");
        let taken = SECTIONS.iter().flat_map(|(_, section)| {
            let components = components.map(|components| components.entries_of(section)).unwrap_or_default();
            components.iter().map(|component| (*section, component.key.clone()))
        });
        let taken = taken.collect();
        Self {
            source,
            root,
            version: Version::of(root),
            files,
            names: HashMap::new(),
            taken,
            queue: VecDeque::new(),
            copied: 0,
        }
    }

    fn bundle(mut self, root: &mut Node) {
        visit(&mut self, root, &Shape::Object(&DOCUMENT), 0);
        let mut parts: Vec<Part> = Vec::new();
        while let Some(mut part) = self.queue.pop_front() {
            visit(&mut self, &mut part.entry.node, &Shape::ObjectOrRef(part.kind), 0);
            parts.push(part);
        }
        for (_, section) in SECTIONS {
            let (own, others): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(|part| part.section == section);
            parts = others;
            if own.is_empty() {
                continue;
            }
            let Value::Map(document) = &mut root.value else { return };
            let section = document.map_of("components").and_then(|components| components.map_of(section));
            if let Some(section) = section {
                section.edit(|entries| entries.extend(own.into_iter().map(|part| part.entry)));
            }
        }
    }

    /// The values of a mapping are references, or names of schemas.
    fn mapping(&mut self, node: &mut Node) {
        let Value::Map(discriminator) = &mut node.value else { return };
        for (_, mapping) in discriminator.values_mut().filter(|(key, _)| *key == "mapping") {
            let Value::Map(mapping) = &mut mapping.value else { continue };
            for (_, value) in mapping.values_mut() {
                let is_reference = value.str().is_some_and(|text| text.contains(['#', '/', '.']));
                if is_reference {
                    self.redirect(value, &SCHEMA);
                }
            }
        }
    }

    fn redirect(&mut self, value: &mut Node, kind: &'static ObjectKind) {
        let Some(reference) = value.str() else { return };
        let pointer = reference.split_once('#').map_or("", |(_, pointer)| pointer);
        let redirected = match self.source.target(reference, value.span.start) {
            Target::Document if reference.starts_with('#') => return,
            Target::Document => Some(format!("#{pointer}")),
            Target::File(index) => {
                let pointer = pointer.to_owned();
                self.component(index, &pointer, kind)
            }
            Target::Unreadable(_) | Target::Elsewhere => None,
        };
        if let Some(redirected) = redirected.or_else(|| self.source.seen_from_document(reference, value.span.start)) {
            value.value = Value::String(redirected);
        }
    }

    /// The reference to the component that is made of a part of a file. Missing if the file has no such part.
    fn component(&mut self, index: usize, pointer: &str, kind: &'static ObjectKind) -> Option<String> {
        let (_, section) = SECTIONS.into_iter().find(|(known, _)| std::ptr::eq(*known, kind))?;
        let key = (section, index, pointer.to_owned());
        if let Some(name) = self.names.get(&key) {
            return Some(format!("#/components/{section}/{name}"));
        }
        let target = self.files.get(index)?.as_ref()?.fragment(pointer)?;
        self.copied = self.copied.saturating_add(target.count());
        if self.copied > MAX_COPIED_NODES {
            return None;
        }
        let name = self.new_name(section, index, pointer);
        let key_span = target.span.start..target.span.start;
        let entry = Entry { key: name.clone(), key_span, node: target.clone() };
        self.queue.push_back(Part { section, kind, entry });
        let reference = format!("#/components/{section}/{name}");
        self.names.insert(key, name);
        Some(reference)
    }

    /// A name for a component: the last part of the pointer, or the name of the file.
    fn new_name(&mut self, section: &'static str, index: usize, pointer: &str) -> String {
        let file = self.source.files().get(index).map_or("", |file| file.relative.as_str());
        let stem = file.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
        let last = pointer.rsplit('/').next().filter(|last| !last.is_empty()).unwrap_or(stem);
        let allowed = |char: char| char.is_ascii_alphanumeric() || "._-".contains(char);
        let name: String = last.chars().map(|char| if allowed(char) { char } else { '_' }).collect();
        let names = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}_{number}")));
        let free = names.into_iter().find(|name| self.taken.insert((section, name.clone())));
        free.unwrap_or(name)
    }

    /// Gives a path that is a reference the content of its target. Its own keys go first.
    fn path(&mut self, node: &mut Node) {
        for _ in 0..MAX_CHAIN {
            let Some(reference) = node.get("$ref") else { return };
            let text = reference.str().unwrap_or_default();
            let seen = self.source.seen_from_document(text, reference.span.start);
            let holder = match self.source.target(text, reference.span.start) {
                Target::Document => Some(self.root),
                Target::File(index) => self.files.get(index).and_then(Option::as_ref),
                Target::Unreadable(_) | Target::Elsewhere => None,
            };
            let pointer = text.split_once('#').map_or("", |(_, pointer)| pointer);
            let target = holder.and_then(|holder| holder.fragment(pointer));
            let Some((target, Value::Map(content))) = target.map(|target| (target, &target.value)) else {
                let Value::Map(own) = &mut node.value else { return };
                for (_, value) in own.values_mut().filter(|(key, _)| *key == "$ref") {
                    value.value = seen.clone().map_or_else(|| value.value.clone(), Value::String);
                }
                return;
            };
            self.copied = self.copied.saturating_add(target.count());
            if self.copied > MAX_COPIED_NODES {
                return;
            }
            let others = content.iter().filter(|entry| entry.key == "$ref" || node.get(&entry.key).is_none());
            let others: Vec<Entry> = others.cloned().collect();
            let Value::Map(own) = &mut node.value else { return };
            own.edit(|entries| {
                entries.retain(|entry| entry.key != "$ref");
                entries.extend(others);
            });
        }
    }
}

impl Visitor for Bundler<'_> {
    fn version(&self) -> Version {
        self.version
    }

    fn enter(&mut self, node: &mut Node, kind: &'static ObjectKind) {
        if std::ptr::eq(kind, &raw const PATH_ITEM) {
            self.path(node);
        }
        if std::ptr::eq(kind, &raw const DISCRIMINATOR) {
            self.mapping(node);
        }
    }

    /// Lets a reference into a file lead to the component that is made of its target.
    fn reference(&mut self, node: &mut Node, kind: &'static ObjectKind) {
        let Value::Map(map) = &mut node.value else { return };
        for (_, value) in map.values_mut().filter(|(key, _)| *key == "$ref") {
            self.redirect(value, kind);
        }
    }
}
