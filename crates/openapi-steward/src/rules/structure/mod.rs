//! Rules for the structure of OpenAPI 3.0.

pub(super) mod component_name;
pub(super) mod meta_schema;
pub(super) mod missing_key;
pub(super) mod openapi_3_1;
pub(super) mod openapi_version;
pub(super) mod unknown_key;
pub(super) mod unknown_value;
pub(super) mod wrong_type;
