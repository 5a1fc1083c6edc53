//! The generator can take it, and takes it as it is meant.

pub(super) mod format;
pub(super) mod generator;
pub(super) mod missing_schema;
pub(super) mod name_collision;
pub(super) mod operation_id;
pub(super) mod parameter_place;
pub(super) mod parameter_style;
pub(super) mod path_reference;
pub(super) mod request_body;
pub(super) mod response_types;
