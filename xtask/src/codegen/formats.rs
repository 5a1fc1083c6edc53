//! `format` in the spec is the vocabulary between the spec and Rust: this is the dictionary.

use typify_schemars::schema::{InstanceType, SchemaObject};

/// One word of the vocabulary.
struct Format {
    /// The `type` of the schema.
    kind: &'static str,
    /// Its `format`.
    name: &'static str,
    /// The hand-written Rust type, where typify would not choose the right one by itself.
    rust: Option<&'static str>,
}

const fn known(kind: &'static str, name: &'static str) -> Format {
    Format { kind, name, rust: None }
}

const fn ours(kind: &'static str, name: &'static str, rust: &'static str) -> Format {
    Format { kind, name, rust: Some(rust) }
}

const FORMATS: &[Format] = &[
    ours("string", "account-sid", "crate::AccountSid"),
    ours("string", "room-sid", "crate::RoomSid"),
    ours("string", "participant-sid", "crate::ParticipantSid"),
    ours("string", "track-sid", "crate::TrackSid"),
    ours("string", "recording-sid", "crate::RecordingSid"),
    ours("string", "call-sid", "crate::CallSid"),
    ours("string", "transcription-id", "crate::TranscriptionId"),
    ours("integer", "bytes", "crate::ByteSize"),
    ours("integer", "milliseconds", "crate::Milliseconds"),
    ours("integer", "minutes", "crate::Minutes"),
    ours("integer", "seconds", "crate::Seconds"),
    known("string", "date-time"),
    known("string", "uri"),
    known("string", "uri-reference"),
    known("integer", "int32"),
    known("integer", "int64"),
    known("integer", "uint32"),
    known("integer", "uint64"),
    known("number", "float"),
    known("number", "double"),
];

/// Whether a schema of this type can have this format.
pub(crate) fn is_known(kind: &str, name: &str) -> bool {
    FORMATS.iter().any(|format| format.kind == kind && format.name == name)
}

/// The formats that a schema of this type can have.
pub(crate) fn of_kind(kind: &str) -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(move |format| format.kind == kind).map(|format| format.name)
}

/// The hand-written type of a schema of this type and format, if it has one.
pub(super) fn hand_written(kind: &str, name: &str) -> Option<&'static str> {
    FORMATS.iter().find(|format| format.kind == kind && format.name == name)?.rust
}

/// The schemas that are replaced by a hand-written type.
pub(super) fn conversions() -> impl Iterator<Item = (SchemaObject, &'static str)> {
    FORMATS.iter().filter_map(|format| {
        let instance_type = if format.kind == "integer" { InstanceType::Integer } else { InstanceType::String };
        let schema = SchemaObject {
            instance_type: Some(instance_type.into()),
            format: Some(format.name.to_owned()),
            ..SchemaObject::default()
        };
        Some((schema, format.rust?))
    })
}
