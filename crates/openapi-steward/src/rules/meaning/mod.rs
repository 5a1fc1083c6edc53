//! What the document says makes sense.

pub(super) mod ambiguous_path;
pub(super) mod array_items;
pub(super) mod default_value;
pub(super) mod duplicate_operation;
pub(super) mod duplicate_parameter;
pub(super) mod empty_range;
pub(super) mod encoding;
pub(super) mod enum_descriptions;
pub(super) mod enum_values;
pub(super) mod keyword_effect;
pub(super) mod nullable;
pub(super) mod path_form;
pub(super) mod path_parameter;
pub(super) mod pattern;
pub(super) mod required;
pub(super) mod security;
pub(super) mod server_variable;
pub(super) mod status;
pub(super) mod tags;
