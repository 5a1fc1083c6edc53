//! What is wrong with a document, where, and what to do about it.

use std::ops::Range;

/// The bytes of a source that something stands at. Every position in xtask is one of these, until it is shown to somebody.
pub(crate) type Span = Range<usize>;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// The document is wrong, or what is made of it would be.
    Error,
    /// The document is right, and could be better.
    Warning,
}

impl Severity {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One thing that is wrong, at one place of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    /// The id of the rule that says so; empty where no rule does.
    pub(crate) rule: &'static str,
    pub(crate) severity: Severity,
    /// What is wrong, in one line.
    pub(crate) message: String,
    /// What is to blame.
    pub(crate) span: Span,
    /// What is to be said right beside it.
    pub(crate) label: Box<str>,
    /// Another place that has to do with it, and why.
    pub(crate) related: Option<Box<(Span, String)>>,
    /// What to do.
    pub(crate) help: Option<Box<str>>,
    /// The object of the document that it is about.
    pub(crate) about: Span,
}

impl Diagnostic {
    pub(crate) fn new(message: impl Into<String>, span: Span) -> Self {
        let about = span.clone();
        let (severity, label) = (Severity::Error, Box::default());
        Self { rule: "", severity, message: message.into(), span, label, related: None, help: None, about }
    }

    pub(crate) fn label(mut self, label: impl Into<Box<str>>) -> Self {
        self.label = label.into();
        self
    }

    pub(crate) fn related(mut self, span: Span, why: impl Into<String>) -> Self {
        self.related = Some(Box::new((span, why.into())));
        self
    }

    pub(crate) fn help(mut self, help: impl Into<Box<str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What it is about, where that is more than what is to blame.
    pub(crate) fn about(mut self, object: &Span) -> Self {
        self.about = object.clone();
        self
    }

    /// The same in a text that has so many bytes before it.
    pub(crate) fn moved(mut self, by: usize) -> Self {
        let related = self.related.as_mut().map(|related| &mut related.0);
        for span in [&mut self.span, &mut self.about].into_iter().chain(related) {
            *span = span.start + by..span.end + by;
        }
        self
    }
}
