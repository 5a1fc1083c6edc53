//! The parts that all rules share: the rule itself, its group, and the document that it checks.

use std::path::Path;

use super::findings::Findings;
use crate::document::shape::ObjectKind;
use crate::document::{
    Class, Diagnostic, DocumentObject, Entry, METHODS, Node, Severity, Source, Span, Version, Walk, walk,
};
use crate::formats::Formats;

/// The rules about OpenAPI 3.0, which later versions have changed. The other rules hold for all versions.
static ONLY_3_0: &[&str] = &["openapi-3.1", "array-without-items", "nullable-without-type"];

/// A rule for documents.
#[derive(Debug)]
pub(crate) struct Rule {
    /// The name that findings, `explain` and `--allow` use.
    pub(crate) id: &'static str,
    pub(crate) group: Group,
    /// An error breaks OpenAPI, or stops the generator. A warning is advice.
    pub(crate) severity: Severity,
    /// The requirement, in one sentence.
    pub(crate) summary: &'static str,
    /// The reason for the requirement.
    pub(crate) rationale: &'static str,
    /// A document, or a part of one, that breaks the rule. Each line with a finding ends in `# here`.
    pub(crate) bad: &'static str,
    /// The same document with the mistake fixed.
    pub(crate) good: &'static str,
    pub(crate) check: fn(&Context<'_>) -> Vec<Diagnostic>,
}

impl Rule {
    /// Returns whether the rule is about documents of this version.
    pub(crate) fn holds_for(&self, version: Version) -> bool {
        version == Version::V3_0 || !ONLY_3_0.contains(&self.id)
    }

    /// The class of the findings of the rule. A finding can lower its own class.
    pub(crate) const fn class(&self) -> Class {
        match (self.severity, self.group) {
            (Severity::Warning, _) => Class::Advice,
            (Severity::Error, Group::Codegen) => Class::Generator,
            (Severity::Error, _) => Class::Error,
        }
    }
}

/// The groups of rules, in the order in which they run: each relies on those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Yaml,
    Structure,
    References,
    Semantics,
    Codegen,
    Examples,
    Style,
}

impl Group {
    pub(crate) const ALL: [Self; 7] =
        [Self::Yaml, Self::Structure, Self::References, Self::Semantics, Self::Codegen, Self::Examples, Self::Style];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Structure => "structure",
            Self::References => "references",
            Self::Semantics => "semantics",
            Self::Codegen => "codegen",
            Self::Examples => "examples",
            Self::Style => "style",
        }
    }

    /// The requirement that the rules of the group have in common.
    pub(crate) const fn description(self) -> &'static str {
        match self {
            Self::Yaml => "The file is YAML that every parser reads in the same way.",
            Self::Structure => "The document has the structure of OpenAPI.",
            Self::References => "Every reference leads to a component of the right kind.",
            Self::Semantics => "The parts of the document do not contradict each other.",
            Self::Codegen => "The generator supports the document and generates the code that it describes.",
            Self::Examples => "Examples match their schemas.",
            Self::Style => "Conventions beyond OpenAPI, for readable documents and clients.",
        }
    }
}

/// The document that rules check.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    /// The document with the schemas of OpenAPI 3.0, whatever its version is.
    pub(crate) root: &'a Node,
    /// The document as it is written.
    pub(crate) written: &'a Node,
    /// The walk over the document as it is written, if it differs from `root`.
    written_walk: Option<Walk<'a>>,
    pub(crate) version: Version,
    pub(crate) source: &'a Source,
    /// The folder that example files are relative to.
    pub(crate) directory: Option<&'a Path>,
    pub(crate) formats: &'a Formats,
    /// Reports properties of examples that their schema does not define.
    pub(crate) strict: bool,
    pub(crate) walk: Walk<'a>,
    /// The findings of the rules that have already run.
    pub(crate) findings: Findings,
    /// Looks at the document as the generator does, so that rules report what it does not support.
    pub(crate) for_generator: bool,
}

/// An operation and its path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation<'a> {
    pub(crate) path: &'a Entry,
    pub(crate) entry: &'a Entry,
}

impl<'a> Context<'a> {
    pub(crate) fn new(root: &'a Node, source: &'a Source, directory: Option<&'a Path>, formats: &'a Formats) -> Self {
        let version = Version::of(root);
        let (walk, findings) = (walk(root, version), Findings::default());
        Self {
            root,
            written: root,
            written_walk: None,
            version,
            source,
            directory,
            formats,
            strict: false,
            walk,
            findings,
            for_generator: true,
        }
    }

    /// Adds the document as it is written, if that is not of OpenAPI 3.0.
    pub(crate) fn with_written(mut self, written: &'a Node) -> Self {
        self.written_walk = self.version.has_json_schema().then(|| walk(written, self.version));
        self.written = written;
        self
    }

    /// The objects, the references and the mismatches of the document as it is written.
    pub(crate) fn written_walk(&self) -> &Walk<'a> {
        self.written_walk.as_ref().unwrap_or(&self.walk)
    }

    /// The objects of a kind, anywhere in the document.
    pub(crate) fn objects(&self, kind: &'static ObjectKind) -> impl Iterator<Item = &DocumentObject<'a>> {
        self.walk.objects.iter().filter(move |object| std::ptr::eq(object.kind, kind))
    }

    /// The operations of the paths. A reference in the place of an operation has a finding, and is left out.
    pub(crate) fn operations(&self) -> impl Iterator<Item = Operation<'a>> {
        let paths = self.root.entries_of("paths").iter().filter(|path| !path.key.starts_with("x-"));
        let is_method = |key: &str| METHODS.contains(&key) || (key == "query" && self.version == Version::V3_2);
        paths.flat_map(move |path| {
            let is_operation = move |entry: &&Entry| is_method(&entry.key) && entry.node.get("$ref").is_none();
            let operations = path.node.entries().iter().filter(is_operation);
            operations.map(move |entry| Operation { path, entry })
        })
    }

    /// The components of a section, such as `schemas`.
    pub(crate) fn components(&self, section: &str) -> &'a [Entry] {
        self.root.get("components").map(|components| components.entries_of(section)).unwrap_or_default()
    }

    /// Returns whether an earlier rule has found an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.findings.has_errors()
    }

    /// The target of a node if it is a reference, otherwise the node itself.
    pub(crate) fn resolve(&self, node: &'a Node) -> &'a Node {
        // Each of the two follows a chain of references.
        node.resolve(self.root).resolve(self.root)
    }

    pub(crate) fn text_of(&self, span: &Span) -> &'a str {
        self.source.text.get(span.clone()).unwrap_or_default()
    }
}

impl<'a> Operation<'a> {
    /// The parameters of the operation and of its path. References are not followed.
    pub(crate) fn parameters(self) -> impl Iterator<Item = &'a Node> {
        self.path.node.items_of("parameters").iter().chain(self.entry.node.items_of("parameters"))
    }

    /// The method and the path: `GET /rooms`.
    pub(crate) fn name(self) -> String {
        format!("{} {}", self.entry.key.to_uppercase(), self.path.key)
    }

    /// A finding at the key of the operation.
    pub(crate) fn finding(self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(message, self.entry.key_span.clone()).in_object(&self.entry.node.span)
    }
}

impl<'a> DocumentObject<'a> {
    /// A finding at the key of the object.
    pub(crate) fn finding(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(message, self.key_span.clone()).in_object(&self.node.span)
    }

    /// A finding at the value of an entry of the object, or at its key if the value spans several lines.
    pub(crate) fn finding_at_value(&self, entry: &Entry, message: impl Into<String>) -> Diagnostic {
        let is_collection = !entry.node.entries().is_empty() || !entry.node.items().is_empty();
        let span = if is_collection { &entry.key_span } else { &entry.node.span };
        Diagnostic::new(message, span.clone()).in_object(&self.node.span)
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.node.entry(key)
    }

    /// Returns whether the object is of this kind.
    pub(crate) fn is(&self, kind: &'static ObjectKind) -> bool {
        std::ptr::eq(self.kind, kind)
    }
}
