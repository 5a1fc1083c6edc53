//! The notation of values on the wire, which decides what two types have in common.

/// The notation of the values of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) enum Notation {
    /// JSON, or another notation in which a number is no text.
    #[default]
    Typed,
    /// A text, as in XML: the number 5 is the text `5`.
    Text,
    /// The text of a parameter, a header or a field of a form: a list of one value is written like that value.
    Listed,
    /// A form, whose fields are such texts.
    Form,
}

impl Notation {
    /// The notation of the bodies with a media type.
    pub(super) fn of_media_type(essence: &str) -> Self {
        match essence {
            "application/x-www-form-urlencoded" | "multipart/form-data" => Self::Form,
            "application/xml" => Self::Text,
            name if name.starts_with("text/") || name.ends_with("+xml") => Self::Text,
            _ => Self::Typed,
        }
    }

    /// Returns whether a number, an integer and a boolean are texts.
    pub(super) fn is_text(self) -> bool {
        self != Self::Typed
    }
}
