//! The keys with which a pass over the document leaves information for a later pass. OpenAPI has no such keys.

/// The `operationId` of the document.
pub(super) const ORIGINAL_ID: &str = "x-original-id";

/// The alternatives of a component that is a union.
pub(super) const UNION: &str = "x-union";

/// The schema allows null only.
pub(super) const NULL: &str = "x-null";

/// The field of a form is JSON.
pub(super) const JSON: &str = "x-json";

/// The property is required and can be null.
pub(super) const REQUIRED_NULL: &str = "x-required-null";

/// The name that `steward.toml` chooses for the type of a schema, the function of an operation or the setter of a parameter.
pub(super) const CHOSEN_NAME: &str = "x-openapi-steward-name";

/// The name that `steward.toml` chooses for the field of a property.
pub(super) const CHOSEN_FIELD: &str = "x-openapi-steward-field";

/// The name that `steward.toml` chooses for the variant of an alternative.
pub(super) const CHOSEN_VARIANT: &str = "x-openapi-steward-variant";

/// The names that `steward.toml` chooses for the variants of an enum, by their values.
pub(super) const CHOSEN_VARIANTS: &str = "x-openapi-steward-variants";
