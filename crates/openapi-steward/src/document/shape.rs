//! The shape of an OpenAPI 3.0 document: which keys each of its objects has, and what they hold.
//!
//! From the OpenAPI Specification 3.0.3, section 4.7. A key that begins with `x-` is allowed in each of them.

/// What a value has to be.
#[derive(Debug)]
pub(crate) enum Shape {
    Any,
    Bool,
    Integer,
    Number,
    String,
    /// An object with the keys of the specification.
    Object(&'static Object),
    /// The same, or a reference to one.
    OrRef(&'static Object),
    /// A map from names of the author's choice.
    Map(&'static Shape),
    List(&'static Shape),
    /// One of these words.
    Word(&'static [&'static str]),
    /// True or false, or something else.
    BoolOr(&'static Shape),
}

/// An object of the specification.
#[derive(Debug)]
pub(crate) struct Object {
    /// Its name there, with an article.
    pub(crate) name: &'static str,
    pub(crate) required: &'static [&'static str],
    pub(crate) keys: &'static [(&'static str, Shape)],
}

use Shape::{Any, Bool, BoolOr, Integer, List, Map, Number, OrRef, String, Word};

pub(crate) static DOCUMENT: Object = Object {
    name: "an OpenAPI document",
    required: &["openapi", "info", "paths"],
    keys: &[
        ("openapi", String),
        ("info", Shape::Object(&INFO)),
        ("servers", List(&Shape::Object(&SERVER))),
        ("paths", Map(&Shape::Object(&PATH_ITEM))),
        ("components", Shape::Object(&COMPONENTS)),
        ("security", List(&Map(&List(&String)))),
        ("tags", List(&Shape::Object(&TAG))),
        ("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION)),
    ],
};

pub(crate) static INFO: Object = Object {
    name: "an info object",
    required: &["title", "version"],
    keys: &[
        ("title", String),
        ("description", String),
        ("termsOfService", String),
        ("contact", Shape::Object(&CONTACT)),
        ("license", Shape::Object(&LICENSE)),
        ("version", String),
    ],
};

pub(crate) static CONTACT: Object =
    Object { name: "a contact", required: &[], keys: &[("name", String), ("url", String), ("email", String)] };

pub(crate) static LICENSE: Object =
    Object { name: "a license", required: &["name"], keys: &[("name", String), ("url", String)] };

pub(crate) static SERVER: Object = Object {
    name: "a server",
    required: &["url"],
    keys: &[("url", String), ("description", String), ("variables", Map(&Shape::Object(&SERVER_VARIABLE)))],
};

pub(crate) static SERVER_VARIABLE: Object = Object {
    name: "a server variable",
    required: &["default"],
    keys: &[("enum", List(&String)), ("default", String), ("description", String)],
};

pub(crate) static TAG: Object = Object {
    name: "a tag",
    required: &["name"],
    keys: &[("name", String), ("description", String), ("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION))],
};

pub(crate) static EXTERNAL_DOCUMENTATION: Object =
    Object { name: "external documentation", required: &["url"], keys: &[("description", String), ("url", String)] };

pub(crate) static COMPONENTS: Object = Object {
    name: "the components",
    required: &[],
    keys: &[
        ("schemas", Map(&OrRef(&SCHEMA))),
        ("responses", Map(&OrRef(&RESPONSE))),
        ("parameters", Map(&OrRef(&PARAMETER))),
        ("examples", Map(&OrRef(&EXAMPLE))),
        ("requestBodies", Map(&OrRef(&REQUEST_BODY))),
        ("headers", Map(&OrRef(&HEADER))),
        ("securitySchemes", Map(&OrRef(&SECURITY_SCHEME))),
        ("links", Map(&OrRef(&LINK))),
        ("callbacks", Map(&Any)),
    ],
};

pub(crate) static PATH_ITEM: Object = Object {
    name: "a path",
    required: &[],
    keys: &[
        ("$ref", String),
        ("summary", String),
        ("description", String),
        ("get", Shape::Object(&OPERATION)),
        ("put", Shape::Object(&OPERATION)),
        ("post", Shape::Object(&OPERATION)),
        ("delete", Shape::Object(&OPERATION)),
        ("options", Shape::Object(&OPERATION)),
        ("head", Shape::Object(&OPERATION)),
        ("patch", Shape::Object(&OPERATION)),
        ("trace", Shape::Object(&OPERATION)),
        ("servers", List(&Shape::Object(&SERVER))),
        ("parameters", List(&OrRef(&PARAMETER))),
    ],
};

pub(crate) static OPERATION: Object = Object {
    name: "an operation",
    required: &["responses"],
    keys: &[
        ("tags", List(&String)),
        ("summary", String),
        ("description", String),
        ("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION)),
        ("operationId", String),
        ("parameters", List(&OrRef(&PARAMETER))),
        ("requestBody", OrRef(&REQUEST_BODY)),
        ("responses", Map(&OrRef(&RESPONSE))),
        ("callbacks", Map(&Any)),
        ("deprecated", Bool),
        ("security", List(&Map(&List(&String)))),
        ("servers", List(&Shape::Object(&SERVER))),
    ],
};

pub(crate) static PARAMETER: Object = Object {
    name: "a parameter",
    required: &["name", "in"],
    keys: &[
        ("name", String),
        ("in", Word(&["query", "header", "path", "cookie"])),
        ("description", String),
        ("required", Bool),
        ("deprecated", Bool),
        ("allowEmptyValue", Bool),
        ("style", Word(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"])),
        ("explode", Bool),
        ("allowReserved", Bool),
        ("schema", OrRef(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&OrRef(&EXAMPLE))),
        ("content", Map(&Shape::Object(&MEDIA_TYPE))),
    ],
};

pub(crate) static HEADER: Object = Object {
    name: "a header",
    required: &[],
    keys: &[
        ("description", String),
        ("required", Bool),
        ("deprecated", Bool),
        ("style", Word(&["simple"])),
        ("explode", Bool),
        ("schema", OrRef(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&OrRef(&EXAMPLE))),
        ("content", Map(&Shape::Object(&MEDIA_TYPE))),
    ],
};

pub(crate) static REQUEST_BODY: Object = Object {
    name: "a request body",
    required: &["content"],
    keys: &[("description", String), ("content", Map(&Shape::Object(&MEDIA_TYPE))), ("required", Bool)],
};

pub(crate) static MEDIA_TYPE: Object = Object {
    name: "a media type",
    required: &[],
    keys: &[
        ("schema", OrRef(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&OrRef(&EXAMPLE))),
        ("encoding", Map(&Shape::Object(&ENCODING))),
    ],
};

pub(crate) static ENCODING: Object = Object {
    name: "an encoding",
    required: &[],
    keys: &[
        ("contentType", String),
        ("headers", Map(&OrRef(&HEADER))),
        ("style", Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        ("explode", Bool),
        ("allowReserved", Bool),
    ],
};

pub(crate) static RESPONSE: Object = Object {
    name: "a response",
    required: &["description"],
    keys: &[
        ("description", String),
        ("headers", Map(&OrRef(&HEADER))),
        ("content", Map(&Shape::Object(&MEDIA_TYPE))),
        ("links", Map(&OrRef(&LINK))),
    ],
};

pub(crate) static EXAMPLE: Object = Object {
    name: "an example",
    required: &[],
    keys: &[("summary", String), ("description", String), ("value", Any), ("externalValue", String)],
};

pub(crate) static LINK: Object = Object {
    name: "a link",
    required: &[],
    keys: &[
        ("operationRef", String),
        ("operationId", String),
        ("parameters", Map(&Any)),
        ("requestBody", Any),
        ("description", String),
        ("server", Shape::Object(&SERVER)),
    ],
};

pub(crate) static SECURITY_SCHEME: Object = Object {
    name: "a security scheme",
    required: &["type"],
    keys: &[
        ("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
        ("description", String),
        ("name", String),
        ("in", Word(&["query", "header", "cookie"])),
        ("scheme", String),
        ("bearerFormat", String),
        ("flows", Shape::Object(&OAUTH_FLOWS)),
        ("openIdConnectUrl", String),
    ],
};

pub(crate) static OAUTH_FLOWS: Object = Object {
    name: "the flows of OAuth",
    required: &[],
    keys: &[
        ("implicit", Shape::Object(&OAUTH_FLOW)),
        ("password", Shape::Object(&OAUTH_FLOW)),
        ("clientCredentials", Shape::Object(&OAUTH_FLOW)),
        ("authorizationCode", Shape::Object(&OAUTH_FLOW)),
    ],
};

pub(crate) static OAUTH_FLOW: Object = Object {
    name: "a flow of OAuth",
    required: &["scopes"],
    keys: &[("authorizationUrl", String), ("tokenUrl", String), ("refreshUrl", String), ("scopes", Map(&String))],
};

pub(crate) static SCHEMA: Object = Object {
    name: "a schema",
    required: &[],
    keys: &[
        ("title", String),
        ("multipleOf", Number),
        ("maximum", Number),
        ("exclusiveMaximum", Bool),
        ("minimum", Number),
        ("exclusiveMinimum", Bool),
        ("maxLength", Integer),
        ("minLength", Integer),
        ("pattern", String),
        ("maxItems", Integer),
        ("minItems", Integer),
        ("uniqueItems", Bool),
        ("maxProperties", Integer),
        ("minProperties", Integer),
        ("required", List(&String)),
        ("enum", List(&Any)),
        ("type", Word(&["string", "integer", "number", "boolean", "object", "array"])),
        ("allOf", List(&OrRef(&SCHEMA))),
        ("oneOf", List(&OrRef(&SCHEMA))),
        ("anyOf", List(&OrRef(&SCHEMA))),
        ("not", OrRef(&SCHEMA)),
        ("items", OrRef(&SCHEMA)),
        ("properties", Map(&OrRef(&SCHEMA))),
        ("additionalProperties", BoolOr(&OrRef(&SCHEMA))),
        ("description", String),
        ("format", String),
        ("default", Any),
        ("nullable", Bool),
        ("discriminator", Shape::Object(&DISCRIMINATOR)),
        ("readOnly", Bool),
        ("writeOnly", Bool),
        ("xml", Shape::Object(&XML)),
        ("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION)),
        ("example", Any),
        ("deprecated", Bool),
    ],
};

pub(crate) static DISCRIMINATOR: Object = Object {
    name: "a discriminator",
    required: &["propertyName"],
    keys: &[("propertyName", String), ("mapping", Map(&String))],
};

pub(crate) static XML: Object = Object {
    name: "the XML of a schema",
    required: &[],
    keys: &[("name", String), ("namespace", String), ("prefix", String), ("attribute", Bool), ("wrapped", Bool)],
};
