//! How documents are written here, beyond what OpenAPI asks.

pub(super) mod description;
pub(super) mod error_responses;
pub(super) mod operation_name;
pub(super) mod schema_name;
pub(super) mod success_response;
pub(super) mod unused_component;
