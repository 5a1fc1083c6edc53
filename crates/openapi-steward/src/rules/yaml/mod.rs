//! Rules for the YAML of a document.

pub(super) mod yaml_ambiguous;
pub(super) mod yaml_duplicate_key;
pub(super) mod yaml_syntax;
pub(super) mod yaml_value;
