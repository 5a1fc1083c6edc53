//! What a rule is, and what it looks at.

use std::path::Path;

use crate::document::shape::Object;
use crate::document::{Diagnostic, Entry, Found, METHODS, Node, Severity, Span, Walk, walk};
use crate::formats::Formats;

/// One thing that is asked of a document.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Its name, by which findings, `--explain` and `--allow` call it.
    pub(crate) id: &'static str,
    pub(crate) group: Group,
    pub(crate) severity: Severity,
    /// What it asks for, in one sentence.
    pub(crate) asks: &'static str,
    /// Why, and what happens otherwise.
    pub(crate) why: &'static str,
    /// A document that breaks it, or a part of one. The lines that it is found on end in `# here`.
    pub(crate) bad: &'static str,
    /// The same with the mistake mended.
    pub(crate) good: &'static str,
    pub(crate) check: fn(&Context<'_>) -> Vec<Diagnostic>,
}

/// The kinds of rules, in the order in which they are checked: each relies on those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Yaml,
    Structure,
    References,
    Meaning,
    Codegen,
    Examples,
    House,
}

impl Group {
    pub(crate) const ALL: [Self; 7] =
        [Self::Yaml, Self::Structure, Self::References, Self::Meaning, Self::Codegen, Self::Examples, Self::House];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Structure => "structure",
            Self::References => "references",
            Self::Meaning => "meaning",
            Self::Codegen => "codegen",
            Self::Examples => "examples",
            Self::House => "house",
        }
    }

    /// What its rules are about.
    pub(crate) const fn about(self) -> &'static str {
        match self {
            Self::Yaml => "The text is YAML, and means what its author meant.",
            Self::Structure => "The document has the form of OpenAPI 3.0.",
            Self::References => "References lead to what they should.",
            Self::Meaning => "What the document says makes sense.",
            Self::Codegen => "The generator can take it, and takes it as it is meant.",
            Self::Examples => "Examples are what they are examples of.",
            Self::House => "How documents are written here, beyond what OpenAPI asks.",
        }
    }
}

/// A document that rules look at.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) root: &'a Node,
    pub(crate) text: &'a str,
    /// Where the files are that it points at.
    pub(crate) directory: Option<&'a Path>,
    pub(crate) formats: &'a Formats,
    pub(crate) walk: Walk<'a>,
    /// What has been found by the rules so far.
    pub(crate) findings: Vec<Diagnostic>,
}

/// One operation, and the path it is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation<'a> {
    pub(crate) path: &'a Entry,
    pub(crate) entry: &'a Entry,
}

impl<'a> Context<'a> {
    pub(crate) fn new(root: &'a Node, text: &'a str, directory: Option<&'a Path>, formats: &'a Formats) -> Self {
        Self { root, text, directory, formats, walk: walk(root), findings: Vec::new() }
    }

    /// The objects of a kind, wherever they stand.
    pub(crate) fn objects(&self, kind: &'static Object) -> impl Iterator<Item = &Found<'a>> {
        self.walk.objects.iter().filter(move |found| std::ptr::eq(found.kind, kind))
    }

    pub(crate) fn operations(&self) -> impl Iterator<Item = Operation<'a>> {
        let paths = self.root.entries_of("paths").iter().filter(|path| !path.key.starts_with("x-"));
        paths.flat_map(|path| {
            let operations = path.node.entries().iter().filter(|entry| METHODS.contains(&entry.key.as_str()));
            operations.map(move |entry| Operation { path, entry })
        })
    }

    /// The components of a section, such as `schemas`.
    pub(crate) fn components(&self, section: &str) -> &'a [Entry] {
        self.root.get("components").map(|components| components.entries_of(section)).unwrap_or_default()
    }

    /// Whether an error has been found so far.
    pub(crate) fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Whether an error has been found so far in this part of the document.
    pub(crate) fn is_wrong(&self, node: &Node) -> bool {
        let within = |span: &Span| node.span.start <= span.start && span.start < node.span.end;
        self.findings.iter().any(|finding| finding.severity == Severity::Error && within(&finding.span))
    }

    pub(crate) fn resolve(&self, node: &'a Node) -> &'a Node {
        node.resolve(self.root)
    }

    pub(crate) fn text_of(&self, span: &Span) -> &'a str {
        self.text.get(span.clone()).unwrap_or_default()
    }
}

impl<'a> Operation<'a> {
    /// Its parameters and those of its path, as they are written.
    pub(crate) fn parameters(self) -> impl Iterator<Item = &'a Node> {
        self.path.node.items_of("parameters").iter().chain(self.entry.node.items_of("parameters"))
    }

    /// Its method and path.
    pub(crate) fn name(self) -> String {
        format!("{} {}", self.entry.key.to_uppercase(), self.path.key)
    }

    pub(crate) fn blame(self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(message, self.entry.key_span.clone()).about(&self.entry.node.span)
    }
}

impl<'a> Found<'a> {
    /// A finding about the object as a whole.
    pub(crate) fn blame(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(message, self.at.clone()).about(&self.node.span)
    }

    /// A finding about the value that one of its keys has.
    pub(crate) fn blame_value(&self, entry: &Entry, message: impl Into<String>) -> Diagnostic {
        // A value over several lines is shown by its key.
        let long = !entry.node.entries().is_empty() || !entry.node.items().is_empty();
        let span = if long { &entry.key_span } else { &entry.node.span };
        Diagnostic::new(message, span.clone()).about(&self.node.span)
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.node.entry(key)
    }
}
