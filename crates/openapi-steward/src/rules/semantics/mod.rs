//! Rules for contradictions between the parts of a document.

pub(super) mod ambiguous_path;
pub(super) mod array_without_items;
pub(super) mod default_mismatch;
pub(super) mod duplicate_operation_id;
pub(super) mod duplicate_parameter;
pub(super) mod empty_range;
pub(super) mod encoding_without_property;
pub(super) mod enum_descriptions;
pub(super) mod enum_values;
pub(super) mod invalid_pattern;
pub(super) mod keyword_without_effect;
pub(super) mod nullable_without_type;
pub(super) mod path_form;
pub(super) mod path_parameter;
pub(super) mod required_without_property;
pub(super) mod server_variable;
pub(super) mod status_code;
pub(super) mod undefined_security_scheme;
pub(super) mod undefined_tag;
