//! Rules for the limits of the generator.

pub(super) mod generation_failure;
pub(super) mod missing_operation_id;
pub(super) mod missing_schema;
pub(super) mod request_body_type;
pub(super) mod unknown_format;
