//! The list of all rules.

use super::rule::Rule;
use super::{codegen, examples, references, semantics, structure, style, yaml};
use crate::text::did_you_mean;

/// All rules, in the order in which they run. `meta-schema` and `generation-failure` report only the errors that no rule before them
/// explains.
pub(crate) static RULES: &[&Rule] = &[
    &yaml::yaml_syntax::RULE,
    &yaml::yaml_duplicate_key::RULE,
    &yaml::yaml_value::RULE,
    &yaml::yaml_ambiguous::RULE,
    &structure::openapi_version::RULE,
    &structure::openapi_3_1::RULE,
    &structure::unknown_key::RULE,
    &structure::missing_key::RULE,
    &structure::wrong_type::RULE,
    &structure::unknown_value::RULE,
    &structure::component_name::RULE,
    &references::remote_reference::RULE,
    &references::dangling_reference::RULE,
    &references::reference_kind::RULE,
    &references::reference_cycle::RULE,
    &references::reference_sibling::RULE,
    &semantics::path_form::RULE,
    &semantics::duplicate_path_name::RULE,
    &semantics::path_parameter::RULE,
    &semantics::duplicate_parameter::RULE,
    &semantics::parameter_schema::RULE,
    &semantics::style_location::RULE,
    &semantics::ignored_header::RULE,
    &semantics::duplicate_path::RULE,
    &semantics::ambiguous_path::RULE,
    &semantics::duplicate_operation_id::RULE,
    &semantics::status_code::RULE,
    &semantics::empty_responses::RULE,
    &semantics::security_scheme::RULE,
    &semantics::undefined_security_scheme::RULE,
    &semantics::security_scopes::RULE,
    &semantics::duplicate_tag::RULE,
    &semantics::undefined_tag::RULE,
    &semantics::server_variable::RULE,
    &semantics::invalid_url::RULE,
    &semantics::link_operation::RULE,
    &semantics::duplicate_required::RULE,
    &semantics::required_without_property::RULE,
    &semantics::enum_values::RULE,
    &semantics::enum_descriptions::RULE,
    &semantics::empty_composition::RULE,
    &semantics::empty_range::RULE,
    &semantics::invalid_pattern::RULE,
    &semantics::read_write_only::RULE,
    &semantics::discriminator_property::RULE,
    &semantics::discriminator_mapping::RULE,
    &semantics::array_without_items::RULE,
    &semantics::nullable_without_type::RULE,
    &semantics::keyword_without_effect::RULE,
    &semantics::xml_object::RULE,
    &semantics::encoding_without_property::RULE,
    &semantics::default_mismatch::RULE,
    &examples::example_value::RULE,
    &structure::meta_schema::RULE,
    &codegen::missing_operation_id::RULE,
    &codegen::missing_schema::RULE,
    &codegen::request_body_type::RULE,
    &codegen::unknown_format::RULE,
    &codegen::generation_failure::RULE,
    &examples::example_mismatch::RULE,
    &examples::example_file::RULE,
    &examples::unused_example_file::RULE,
    &style::success_response::RULE,
    &style::error_responses::RULE,
    &style::description::RULE,
    &style::operation_id_form::RULE,
    &style::schema_name_form::RULE,
    &style::unused_component::RULE,
];

/// Finds a rule by its id. The error is the id that resembles it most, if any does.
pub(crate) fn find(id: &str) -> Result<&'static Rule, Option<&'static str>> {
    let rule = RULES.iter().find(|rule| rule.id == id);
    rule.copied().ok_or_else(|| did_you_mean(id, RULES.iter().map(|rule| rule.id)))
}
