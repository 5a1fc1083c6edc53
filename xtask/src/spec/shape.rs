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
    /// Either of two.
    Either(&'static Shape, &'static Shape),
}

/// An object of the specification.
#[derive(Debug)]
pub(crate) struct Object {
    /// Its name there, with an article.
    pub(crate) name: &'static str,
    pub(crate) required: &'static [&'static str],
    pub(crate) keys: &'static [(&'static str, Shape)],
}

use Shape::{Any, Bool, Either, Integer, List, Map, Number, OrRef, String};

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

static INFO: Object = Object {
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

static CONTACT: Object =
    Object { name: "a contact", required: &[], keys: &[("name", String), ("url", String), ("email", String)] };

static LICENSE: Object = Object { name: "a license", required: &["name"], keys: &[("name", String), ("url", String)] };

static SERVER: Object = Object {
    name: "a server",
    required: &["url"],
    keys: &[("url", String), ("description", String), ("variables", Map(&Shape::Object(&SERVER_VARIABLE)))],
};

static SERVER_VARIABLE: Object = Object {
    name: "a server variable",
    required: &["default"],
    keys: &[("enum", List(&String)), ("default", String), ("description", String)],
};

static TAG: Object = Object {
    name: "a tag",
    required: &["name"],
    keys: &[("name", String), ("description", String), ("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION))],
};

static EXTERNAL_DOCUMENTATION: Object =
    Object { name: "external documentation", required: &["url"], keys: &[("description", String), ("url", String)] };

static COMPONENTS: Object = Object {
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

static PATH_ITEM: Object = Object {
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

static OPERATION: Object = Object {
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

static PARAMETER: Object = Object {
    name: "a parameter",
    required: &["name", "in"],
    keys: &[
        ("name", String),
        ("in", String),
        ("description", String),
        ("required", Bool),
        ("deprecated", Bool),
        ("allowEmptyValue", Bool),
        ("style", String),
        ("explode", Bool),
        ("allowReserved", Bool),
        ("schema", OrRef(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&OrRef(&EXAMPLE))),
        ("content", Map(&Shape::Object(&MEDIA_TYPE))),
    ],
};

static HEADER: Object = Object {
    name: "a header",
    required: &[],
    keys: &[
        ("description", String),
        ("required", Bool),
        ("deprecated", Bool),
        ("style", String),
        ("explode", Bool),
        ("schema", OrRef(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&OrRef(&EXAMPLE))),
        ("content", Map(&Shape::Object(&MEDIA_TYPE))),
    ],
};

static REQUEST_BODY: Object = Object {
    name: "a request body",
    required: &["content"],
    keys: &[("description", String), ("content", Map(&Shape::Object(&MEDIA_TYPE))), ("required", Bool)],
};

static MEDIA_TYPE: Object = Object {
    name: "a media type",
    required: &[],
    keys: &[
        ("schema", OrRef(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&OrRef(&EXAMPLE))),
        ("encoding", Map(&Shape::Object(&ENCODING))),
    ],
};

static ENCODING: Object = Object {
    name: "an encoding",
    required: &[],
    keys: &[
        ("contentType", String),
        ("headers", Map(&OrRef(&HEADER))),
        ("style", String),
        ("explode", Bool),
        ("allowReserved", Bool),
    ],
};

static RESPONSE: Object = Object {
    name: "a response",
    required: &["description"],
    keys: &[
        ("description", String),
        ("headers", Map(&OrRef(&HEADER))),
        ("content", Map(&Shape::Object(&MEDIA_TYPE))),
        ("links", Map(&OrRef(&LINK))),
    ],
};

static EXAMPLE: Object = Object {
    name: "an example",
    required: &[],
    keys: &[("summary", String), ("description", String), ("value", Any), ("externalValue", String)],
};

static LINK: Object = Object {
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

static SECURITY_SCHEME: Object = Object {
    name: "a security scheme",
    required: &["type"],
    keys: &[
        ("type", String),
        ("description", String),
        ("name", String),
        ("in", String),
        ("scheme", String),
        ("bearerFormat", String),
        ("flows", Any),
        ("openIdConnectUrl", String),
    ],
};

static SCHEMA: Object = Object {
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
        ("type", String),
        ("allOf", List(&OrRef(&SCHEMA))),
        ("oneOf", List(&OrRef(&SCHEMA))),
        ("anyOf", List(&OrRef(&SCHEMA))),
        ("not", OrRef(&SCHEMA)),
        ("items", OrRef(&SCHEMA)),
        ("properties", Map(&OrRef(&SCHEMA))),
        ("additionalProperties", Either(&Bool, &OrRef(&SCHEMA))),
        ("description", String),
        ("format", String),
        ("default", Any),
        ("nullable", Bool),
        ("discriminator", Shape::Object(&DISCRIMINATOR)),
        ("readOnly", Bool),
        ("writeOnly", Bool),
        ("xml", Any),
        ("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION)),
        ("example", Any),
        ("deprecated", Bool),
    ],
};

static DISCRIMINATOR: Object = Object {
    name: "a discriminator",
    required: &["propertyName"],
    keys: &[("propertyName", String), ("mapping", Map(&String))],
};
