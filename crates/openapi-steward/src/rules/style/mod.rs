//! Rules for conventions beyond OpenAPI.

pub(super) mod description;
pub(super) mod error_responses;
pub(super) mod operation_id_form;
pub(super) mod schema_name_form;
pub(super) mod success_response;
pub(super) mod unused_component;
