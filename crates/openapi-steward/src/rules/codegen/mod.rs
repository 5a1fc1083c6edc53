//! Rules for the limits of the generator.

pub(super) mod cookie_parameter;
pub(super) mod generation_failure;
pub(super) mod missing_operation_id;
pub(super) mod missing_schema;
pub(super) mod name_collision;
pub(super) mod operation_name;
pub(super) mod parameter_style;
pub(super) mod request_body_type;
pub(super) mod response_types;
pub(super) mod unknown_format;
