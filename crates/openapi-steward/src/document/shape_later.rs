//! The differences between the shape of OpenAPI 3.0 documents and those of later versions.
//!
//! From the OpenAPI Specification 3.1.1 and 3.2.0, sections 4.8 and 4. A key that is here replaces that of an earlier version.

use super::shape::Shape::{Any, Bool, BoolOr, Integer, List, Map, Number, ObjectOrRef, OneOf, String, StringOr};
use super::shape::{
    COMPONENTS, DISCRIMINATOR, DOCUMENT, ENCODING, EXAMPLE, HEADER, INFO, LICENSE, MEDIA_TYPE, OAUTH_FLOW, OAUTH_FLOWS,
    OPERATION, ObjectKind, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE, SCHEMA, SECURITY_SCHEME, SERVER, Shape, TAG,
    XML,
};
use super::version::Version;
use super::version::Version::{V3_1, V3_2};

/// A schema, or a boolean: `true` allows every value, `false` none.
static ANY_SCHEMA: Shape = BoolOr(&ObjectOrRef(&SCHEMA));
static TYPE: Shape = OneOf(&["null", "boolean", "object", "array", "number", "string", "integer"]);

/// The keys that a version adds or changes.
static KEYS: &[(&ObjectKind, &str, Shape, Version)] = &[
    (&DOCUMENT, "webhooks", Map(&ObjectOrRef(&PATH_ITEM)), V3_1),
    (&DOCUMENT, "jsonSchemaDialect", String, V3_1),
    (&DOCUMENT, "$self", String, V3_2),
    (&INFO, "summary", String, V3_1),
    (&LICENSE, "identifier", String, V3_1),
    (&SERVER, "name", String, V3_2),
    (&TAG, "summary", String, V3_2),
    (&TAG, "parent", String, V3_2),
    (&TAG, "kind", String, V3_2),
    (&COMPONENTS, "schemas", Map(&ANY_SCHEMA), V3_1),
    (&COMPONENTS, "pathItems", Map(&ObjectOrRef(&PATH_ITEM)), V3_1),
    (&COMPONENTS, "mediaTypes", Map(&ObjectOrRef(&MEDIA_TYPE)), V3_2),
    (&PATH_ITEM, "query", Shape::Object(&OPERATION), V3_2),
    (&PATH_ITEM, "additionalOperations", Map(&Shape::Object(&OPERATION)), V3_2),
    (&PARAMETER, "in", OneOf(&["query", "header", "path", "cookie", "querystring"]), V3_2),
    (
        &PARAMETER,
        "style",
        OneOf(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"]),
        V3_2,
    ),
    (&PARAMETER, "schema", ANY, V3_1),
    (&PARAMETER, "content", CONTENT, V3_2),
    (&HEADER, "schema", ANY, V3_1),
    (&HEADER, "content", CONTENT, V3_2),
    (&REQUEST_BODY, "content", CONTENT, V3_2),
    (&RESPONSE, "content", CONTENT, V3_2),
    (&RESPONSE, "summary", String, V3_2),
    (&MEDIA_TYPE, "schema", ANY, V3_1),
    (&MEDIA_TYPE, "itemSchema", ANY, V3_2),
    (&MEDIA_TYPE, "prefixEncoding", List(&Shape::Object(&ENCODING)), V3_2),
    (&MEDIA_TYPE, "itemEncoding", Shape::Object(&ENCODING), V3_2),
    (&ENCODING, "encoding", Map(&Shape::Object(&ENCODING)), V3_2),
    (&ENCODING, "prefixEncoding", List(&Shape::Object(&ENCODING)), V3_2),
    (&ENCODING, "itemEncoding", Shape::Object(&ENCODING), V3_2),
    (&EXAMPLE, "dataValue", Any, V3_2),
    (&EXAMPLE, "serializedValue", String, V3_2),
    (&SECURITY_SCHEME, "type", OneOf(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]), V3_1),
    (&SECURITY_SCHEME, "oauth2MetadataUrl", String, V3_2),
    (&SECURITY_SCHEME, "deprecated", Bool, V3_2),
    (&OAUTH_FLOWS, "deviceAuthorization", Shape::Object(&OAUTH_FLOW), V3_2),
    (&OAUTH_FLOW, "deviceAuthorizationUrl", String, V3_2),
    (&DISCRIMINATOR, "defaultMapping", String, V3_2),
    (&XML, "nodeType", OneOf(&["element", "attribute", "text", "cdata", "none"]), V3_2),
    (&SCHEMA, "type", StringOr(&TYPE, &List(&TYPE)), V3_1),
    (&SCHEMA, "exclusiveMaximum", Number, V3_1),
    (&SCHEMA, "exclusiveMinimum", Number, V3_1),
    (&SCHEMA, "allOf", List(&ANY_SCHEMA), V3_1),
    (&SCHEMA, "oneOf", List(&ANY_SCHEMA), V3_1),
    (&SCHEMA, "anyOf", List(&ANY_SCHEMA), V3_1),
    (&SCHEMA, "not", ANY, V3_1),
    (&SCHEMA, "items", ANY, V3_1),
    (&SCHEMA, "properties", Map(&ANY_SCHEMA), V3_1),
    (&SCHEMA, "nullable", Any, V3_1),
    (&SCHEMA, "const", Any, V3_1),
    (&SCHEMA, "examples", List(&Any), V3_1),
    (&SCHEMA, "$schema", String, V3_1),
    (&SCHEMA, "$id", String, V3_1),
    (&SCHEMA, "$anchor", String, V3_1),
    (&SCHEMA, "$dynamicAnchor", String, V3_1),
    (&SCHEMA, "$dynamicRef", String, V3_1),
    (&SCHEMA, "$ref", String, V3_1),
    (&SCHEMA, "$comment", String, V3_1),
    (&SCHEMA, "$vocabulary", Map(&Bool), V3_1),
    (&SCHEMA, "$defs", Map(&ANY_SCHEMA), V3_1),
    (&SCHEMA, "definitions", Map(&ANY_SCHEMA), V3_1),
    (&SCHEMA, "if", ANY, V3_1),
    (&SCHEMA, "then", ANY, V3_1),
    (&SCHEMA, "else", ANY, V3_1),
    (&SCHEMA, "dependentSchemas", Map(&ANY_SCHEMA), V3_1),
    (&SCHEMA, "dependentRequired", Map(&List(&String)), V3_1),
    (&SCHEMA, "prefixItems", List(&ANY_SCHEMA), V3_1),
    (&SCHEMA, "contains", ANY, V3_1),
    (&SCHEMA, "minContains", Integer, V3_1),
    (&SCHEMA, "maxContains", Integer, V3_1),
    (&SCHEMA, "patternProperties", Map(&ANY_SCHEMA), V3_1),
    (&SCHEMA, "propertyNames", ANY, V3_1),
    (&SCHEMA, "unevaluatedItems", ANY, V3_1),
    (&SCHEMA, "unevaluatedProperties", ANY, V3_1),
    (&SCHEMA, "contentMediaType", String, V3_1),
    (&SCHEMA, "contentEncoding", String, V3_1),
    (&SCHEMA, "contentSchema", ANY, V3_1),
];

const ANY: Shape = BoolOr(&ObjectOrRef(&SCHEMA));
const CONTENT: Shape = Map(&ObjectOrRef(&MEDIA_TYPE));

/// The keys that a version requires no longer. Another rule says what a document requires instead.
static OPTIONAL: &[(&ObjectKind, &str, Version)] =
    &[(&DOCUMENT, "paths", V3_1), (&OPERATION, "responses", V3_1), (&RESPONSE, "description", V3_2)];

impl ObjectKind {
    /// The shape of a key in documents of a version.
    pub(crate) fn shape(&self, key: &str, version: Version) -> Option<&'static Shape> {
        let mut later = KEYS
            .iter()
            .filter(|(kind, known, _, since)| *since <= version && *known == key && std::ptr::eq(*kind, self));
        let later = if version.has_json_schema() { later.next_back() } else { None };
        let own = || self.keys.iter().find(|(known, _)| *known == key).map(|(_, shape)| shape);
        later.map(|(_, _, shape, _)| shape).or_else(own)
    }

    /// The keys that documents of a version can have.
    pub(crate) fn keys(&self, version: Version) -> impl Iterator<Item = &'static str> + '_ {
        let later = KEYS.iter().filter(move |(kind, _, _, since)| *since <= version && std::ptr::eq(*kind, self));
        let later = later.filter(move |_| version.has_json_schema()).map(|(_, key, ..)| *key);
        self.keys.iter().map(|(key, _)| *key).chain(later)
    }

    /// The keys that documents of a version have to have.
    pub(crate) fn required(&self, version: Version) -> impl Iterator<Item = &'static str> + '_ {
        self.required.iter().copied().filter(move |key| {
            !OPTIONAL.iter().any(|(kind, name, since)| *since <= version && name == key && std::ptr::eq(*kind, self))
        })
    }

    /// Returns whether the object can have keys that the specification does not define: the keywords of other vocabularies.
    pub(crate) fn is_open(&self, version: Version) -> bool {
        version.has_json_schema() && std::ptr::eq(self, &raw const SCHEMA)
    }
}
