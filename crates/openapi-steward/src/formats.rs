//! The values of `format`: the standard ones that the generator supports, and the custom ones of `steward.toml`.

use serde::Deserialize;

/// A `format` with its Rust type.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomFormat {
    /// The value of `format`.
    pub(crate) format: String,
    /// The `type` beside it.
    #[serde(rename = "type")]
    pub(crate) kind: Kind,
    /// The path of the Rust type, such as `crate::Seconds`.
    pub(crate) rust: String,
    /// The smallest value of a number with this format.
    pub(crate) minimum: Option<i64>,
    /// The largest value of a number with this format.
    pub(crate) maximum: Option<i64>,
}

/// The types that a custom format can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Integer,
    String,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::String => "string",
        }
    }
}

/// The formats whose Rust type the generator chooses, each with its `type`.
const STANDARD: [(&str, &str); 9] = [
    ("string", "date-time"),
    ("string", "uri"),
    ("string", "uri-reference"),
    ("integer", "int32"),
    ("integer", "int64"),
    ("integer", "uint32"),
    ("integer", "uint64"),
    ("number", "float"),
    ("number", "double"),
];

/// The formats that a document can use.
#[derive(Debug, Clone, Default)]
pub(crate) struct Formats {
    custom: Vec<CustomFormat>,
}

impl Formats {
    pub(crate) fn new(custom: Vec<CustomFormat>) -> Self {
        Self { custom }
    }

    /// The formats that `steward.toml` adds.
    pub(crate) fn custom(&self) -> &[CustomFormat] {
        &self.custom
    }

    /// Returns whether a schema of this type can have this format.
    pub(crate) fn is_known(&self, kind: &str, name: &str) -> bool {
        self.of_kind(kind).any(|known| known == name)
    }

    /// Returns the formats that a schema of this type can have, the custom ones first.
    pub(crate) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        let custom = self.custom.iter().filter(move |format| format.kind.name() == kind);
        let standard = STANDARD.iter().filter(move |(other, _)| *other == kind).map(|(_, name)| *name);
        custom.map(|format| format.format.as_str()).chain(standard)
    }

    /// Returns the hand-written Rust type of a schema with this type and format, if it has one.
    pub(crate) fn hand_written(&self, kind: &str, name: &str) -> Option<&str> {
        let format = self.custom.iter().find(|format| format.kind.name() == kind && format.format == name)?;
        Some(&format.rust)
    }

    /// Returns the smallest and the largest number that a format allows. A JSON Schema validator does not check them.
    pub(crate) fn range(&self, name: &str) -> (Option<i64>, Option<i64>) {
        match name {
            "int32" => (Some(i64::from(i32::MIN)), Some(i64::from(i32::MAX))),
            "uint32" => (Some(0), Some(i64::from(u32::MAX))),
            "uint64" => (Some(0), None),
            _ => {
                let format = self.custom.iter().find(|format| format.kind == Kind::Integer && format.format == name);
                format.map_or((None, None), |format| (format.minimum, format.maximum))
            }
        }
    }
}
