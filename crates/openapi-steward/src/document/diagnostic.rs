//! A finding: an error or a warning at a position of a document, with its fix.

use std::ops::Range;

/// A range of bytes of a source. Every position is one of these until a report turns it into a line and a column.
pub(crate) type Span = Range<usize>;

/// The class of a finding, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    /// The document breaks OpenAPI 3.0.
    Error,
    /// The document is valid, and the generator does not support it.
    Generator,
    /// The document is valid and could be better.
    Advice,
}

impl Class {
    pub(crate) const ALL: [Self; 3] = [Self::Error, Self::Generator, Self::Advice];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Generator => "generator",
            Self::Advice => "advice",
        }
    }
}

/// The severity of a finding in a report: only errors fail a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Severity {
    Error,
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

/// One mistake at one position of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    /// The id of the rule that found it. Empty for a finding of another part of the tool.
    pub(crate) rule: &'static str,
    pub(crate) class: Class,
    pub(crate) severity: Severity,
    /// The mistake, in one line.
    pub(crate) message: String,
    /// The position of the mistake.
    pub(crate) span: Span,
    /// A short explanation, which is shown next to the position.
    pub(crate) label: Box<str>,
    /// The fix.
    pub(crate) help: Option<Box<str>>,
    /// The object of the document that holds the mistake.
    pub(crate) object_span: Span,
    /// The parts that most findings do not have.
    pub(crate) details: Option<Box<Details>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Details {
    /// Another position that is involved, with its explanation.
    related: Option<(Span, String)>,
    /// The cause, which all findings of one rule with the same cause share. They become one finding with several places.
    cause: Option<Box<str>>,
    /// The further positions with the same cause.
    places: Vec<Span>,
}

impl Diagnostic {
    pub(crate) fn new(message: impl Into<String>, span: Span) -> Self {
        let object_span = span.clone();
        Self {
            rule: "",
            class: Class::Error,
            severity: Severity::Error,
            message: message.into(),
            span,
            label: Box::default(),
            help: None,
            object_span,
            details: None,
        }
    }

    pub(crate) fn label(mut self, label: impl Into<Box<str>>) -> Self {
        self.label = label.into();
        self
    }

    pub(crate) fn related(mut self, span: Span, explanation: impl Into<String>) -> Self {
        self.details().related = Some((span, explanation.into()));
        self
    }

    pub(crate) fn help(mut self, help: impl Into<Box<str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the object that holds the mistake. By default it is the position of the mistake.
    pub(crate) fn in_object(mut self, object: &Span) -> Self {
        self.object_span = object.clone();
        self
    }

    /// Sets the class of the finding, for one that is less grave than its rule. A rule never reports a graver class than its own.
    pub(crate) fn class(mut self, class: Class) -> Self {
        self.class = class;
        self
    }

    /// Lowers the finding to advice.
    pub(crate) fn advice(self) -> Self {
        self.class(Class::Advice)
    }

    /// Sets the cause. The findings of one rule with the same cause are reported once, at the first position, with the number of
    /// further places.
    pub(crate) fn cause(mut self, cause: impl Into<Box<str>>) -> Self {
        self.details().cause = Some(cause.into());
        self
    }

    /// The other position that is involved, with its explanation.
    pub(crate) fn related_position(&self) -> Option<&(Span, String)> {
        self.details.as_ref()?.related.as_ref()
    }

    /// The cause that findings of one rule share.
    pub(crate) fn shared_cause(&self) -> Option<&str> {
        self.details.as_ref()?.cause.as_deref()
    }

    /// The further positions with the same cause.
    pub(crate) fn places(&self) -> &[Span] {
        self.details.as_ref().map(|details| details.places.as_slice()).unwrap_or_default()
    }

    /// Adds the position of a finding with the same cause, and its further positions.
    pub(crate) fn add_places_of(&mut self, other: Self) {
        let places = &mut self.details().places;
        places.push(other.span);
        places.extend(other.details.into_iter().flat_map(|details| details.places));
    }

    fn details(&mut self) -> &mut Details {
        self.details.get_or_insert_default()
    }

    /// Moves all positions by this number of bytes, for a source that is a part of a longer text.
    pub(crate) fn offset_by(mut self, bytes: usize) -> Self {
        let details = self.details.iter_mut().flat_map(|details| {
            let related = details.related.as_mut().map(|(span, _)| span);
            related.into_iter().chain(&mut details.places)
        });
        for span in [&mut self.span, &mut self.object_span].into_iter().chain(details) {
            *span = span.start + bytes..span.end + bytes;
        }
        self
    }

    /// The message and the label in one line, for reports that cannot show the label at its position.
    pub(crate) fn message_with_label(&self) -> String {
        if self.label.is_empty() { self.message.clone() } else { format!("{}: {}", self.message, self.label) }
    }
}
