//! The document has the form of OpenAPI 3.0.

pub(super) mod component_name;
pub(super) mod meta_schema;
pub(super) mod missing_key;
pub(super) mod newer_key;
pub(super) mod unknown_key;
pub(super) mod unknown_value;
pub(super) mod version;
pub(super) mod wrong_type;
