//! The shape of an OpenAPI 3.0 document: the keys of each of its objects, and the type of each value.
//!
//! From the OpenAPI Specification 3.0.3, section 4.7. Every object also allows keys that begin with `x-`.

/// The expected shape of a value.
#[derive(Debug)]
pub(crate) enum Shape {
    Any,
    Bool,
    /// An integer that is not negative.
    Integer,
    Number,
    String,
    /// An object of the specification.
    Object(&'static ObjectKind),
    /// An object of the specification, or a reference to one.
    ObjectOrRef(&'static ObjectKind),
    /// A map with any keys.
    Map(&'static Shape),
    /// A map whose keys that begin with `x-` are extensions.
    ExtensibleMap(&'static Shape),
    /// A map from expressions to path items, or a reference to one.
    CallbackOrRef,
    List(&'static Shape),
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A boolean, or a value of another shape.
    BoolOr(&'static Shape),
    /// A string of the first shape, or a value of the second one.
    StringOr(&'static Shape, &'static Shape),
}

/// A kind of object that the specification defines.
#[derive(Debug)]
pub(crate) struct ObjectKind {
    /// Its name in messages, with an article.
    pub(crate) name: &'static str,
    pub(crate) required: &'static [&'static str],
    pub(crate) keys: &'static [(&'static str, Shape)],
}

use Shape::{Any, Bool, BoolOr, CallbackOrRef, ExtensibleMap, Integer, List, Map, Number, ObjectOrRef, OneOf, String};

pub(crate) static DOCUMENT: ObjectKind = ObjectKind {
    name: "an OpenAPI document",
    required: &["openapi", "info", "paths"],
    keys: &[
        ("openapi", String),
        ("info", Shape::Object(&INFO)),
        ("servers", List(&Shape::Object(&SERVER))),
        ("paths", ExtensibleMap(&Shape::Object(&PATH_ITEM))),
        ("components", Shape::Object(&COMPONENTS)),
        ("security", List(&Map(&List(&String)))),
        ("tags", List(&Shape::Object(&TAG))),
        ("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION)),
    ],
};

pub(crate) static INFO: ObjectKind = ObjectKind {
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

pub(crate) static CONTACT: ObjectKind =
    ObjectKind { name: "a contact", required: &[], keys: &[("name", String), ("url", String), ("email", String)] };

pub(crate) static LICENSE: ObjectKind =
    ObjectKind { name: "a license", required: &["name"], keys: &[("name", String), ("url", String)] };

pub(crate) static SERVER: ObjectKind = ObjectKind {
    name: "a server",
    required: &["url"],
    keys: &[("url", String), ("description", String), ("variables", Map(&Shape::Object(&SERVER_VARIABLE)))],
};

pub(crate) static SERVER_VARIABLE: ObjectKind = ObjectKind {
    name: "a server variable",
    required: &["default"],
    keys: &[("enum", List(&String)), ("default", String), ("description", String)],
};

pub(crate) static TAG: ObjectKind = ObjectKind {
    name: "a tag",
    required: &["name"],
    keys: &[("name", String), ("description", String), ("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION))],
};

pub(crate) static EXTERNAL_DOCUMENTATION: ObjectKind = ObjectKind {
    name: "an external documentation object",
    required: &["url"],
    keys: &[("description", String), ("url", String)],
};

pub(crate) static COMPONENTS: ObjectKind = ObjectKind {
    name: "the components object",
    required: &[],
    keys: &[
        ("schemas", Map(&ObjectOrRef(&SCHEMA))),
        ("responses", Map(&ObjectOrRef(&RESPONSE))),
        ("parameters", Map(&ObjectOrRef(&PARAMETER))),
        ("examples", Map(&ObjectOrRef(&EXAMPLE))),
        ("requestBodies", Map(&ObjectOrRef(&REQUEST_BODY))),
        ("headers", Map(&ObjectOrRef(&HEADER))),
        ("securitySchemes", Map(&ObjectOrRef(&SECURITY_SCHEME))),
        ("links", Map(&ObjectOrRef(&LINK))),
        ("callbacks", Map(&CallbackOrRef)),
    ],
};

pub(crate) static PATH_ITEM: ObjectKind = ObjectKind {
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
        ("parameters", List(&ObjectOrRef(&PARAMETER))),
    ],
};

pub(crate) static CALLBACK: ObjectKind = ObjectKind { name: "a callback", required: &[], keys: &[] };

pub(crate) static OPERATION: ObjectKind = ObjectKind {
    name: "an operation",
    required: &["responses"],
    keys: &[
        ("tags", List(&String)),
        ("summary", String),
        ("description", String),
        ("externalDocs", Shape::Object(&EXTERNAL_DOCUMENTATION)),
        ("operationId", String),
        ("parameters", List(&ObjectOrRef(&PARAMETER))),
        ("requestBody", ObjectOrRef(&REQUEST_BODY)),
        ("responses", ExtensibleMap(&ObjectOrRef(&RESPONSE))),
        ("callbacks", Map(&CallbackOrRef)),
        ("deprecated", Bool),
        ("security", List(&Map(&List(&String)))),
        ("servers", List(&Shape::Object(&SERVER))),
    ],
};

pub(crate) static PARAMETER: ObjectKind = ObjectKind {
    name: "a parameter",
    required: &["name", "in"],
    keys: &[
        ("name", String),
        ("in", OneOf(&["query", "header", "path", "cookie"])),
        ("description", String),
        ("required", Bool),
        ("deprecated", Bool),
        ("allowEmptyValue", Bool),
        ("style", OneOf(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"])),
        ("explode", Bool),
        ("allowReserved", Bool),
        ("schema", ObjectOrRef(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&ObjectOrRef(&EXAMPLE))),
        ("content", Map(&Shape::Object(&MEDIA_TYPE))),
    ],
};

pub(crate) static HEADER: ObjectKind = ObjectKind {
    name: "a header",
    required: &[],
    keys: &[
        ("description", String),
        ("required", Bool),
        ("deprecated", Bool),
        ("style", OneOf(&["simple"])),
        ("explode", Bool),
        ("schema", ObjectOrRef(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&ObjectOrRef(&EXAMPLE))),
        ("content", Map(&Shape::Object(&MEDIA_TYPE))),
    ],
};

pub(crate) static REQUEST_BODY: ObjectKind = ObjectKind {
    name: "a request body",
    required: &["content"],
    keys: &[("description", String), ("content", Map(&Shape::Object(&MEDIA_TYPE))), ("required", Bool)],
};

pub(crate) static MEDIA_TYPE: ObjectKind = ObjectKind {
    name: "a media type",
    required: &[],
    keys: &[
        ("schema", ObjectOrRef(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&ObjectOrRef(&EXAMPLE))),
        ("encoding", Map(&Shape::Object(&ENCODING))),
    ],
};

pub(crate) static ENCODING: ObjectKind = ObjectKind {
    name: "an encoding",
    required: &[],
    keys: &[
        ("contentType", String),
        ("headers", Map(&ObjectOrRef(&HEADER))),
        ("style", OneOf(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        ("explode", Bool),
        ("allowReserved", Bool),
    ],
};

pub(crate) static RESPONSE: ObjectKind = ObjectKind {
    name: "a response",
    required: &["description"],
    keys: &[
        ("description", String),
        ("headers", Map(&ObjectOrRef(&HEADER))),
        ("content", Map(&Shape::Object(&MEDIA_TYPE))),
        ("links", Map(&ObjectOrRef(&LINK))),
    ],
};

pub(crate) static EXAMPLE: ObjectKind = ObjectKind {
    name: "an example",
    required: &[],
    keys: &[("summary", String), ("description", String), ("value", Any), ("externalValue", String)],
};

pub(crate) static LINK: ObjectKind = ObjectKind {
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

pub(crate) static SECURITY_SCHEME: ObjectKind = ObjectKind {
    name: "a security scheme",
    required: &["type"],
    keys: &[
        ("type", OneOf(&["apiKey", "http", "oauth2", "openIdConnect"])),
        ("description", String),
        ("name", String),
        ("in", OneOf(&["query", "header", "cookie"])),
        ("scheme", String),
        ("bearerFormat", String),
        ("flows", Shape::Object(&OAUTH_FLOWS)),
        ("openIdConnectUrl", String),
    ],
};

pub(crate) static OAUTH_FLOWS: ObjectKind = ObjectKind {
    name: "an OAuth flows object",
    required: &[],
    keys: &[
        ("implicit", Shape::Object(&OAUTH_FLOW)),
        ("password", Shape::Object(&OAUTH_FLOW)),
        ("clientCredentials", Shape::Object(&OAUTH_FLOW)),
        ("authorizationCode", Shape::Object(&OAUTH_FLOW)),
    ],
};

pub(crate) static OAUTH_FLOW: ObjectKind = ObjectKind {
    name: "an OAuth flow",
    required: &["scopes"],
    keys: &[("authorizationUrl", String), ("tokenUrl", String), ("refreshUrl", String), ("scopes", Map(&String))],
};

pub(crate) static SCHEMA: ObjectKind = ObjectKind {
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
        ("type", OneOf(&["string", "integer", "number", "boolean", "object", "array"])),
        ("allOf", List(&ObjectOrRef(&SCHEMA))),
        ("oneOf", List(&ObjectOrRef(&SCHEMA))),
        ("anyOf", List(&ObjectOrRef(&SCHEMA))),
        ("not", ObjectOrRef(&SCHEMA)),
        ("items", ObjectOrRef(&SCHEMA)),
        ("properties", Map(&ObjectOrRef(&SCHEMA))),
        ("additionalProperties", BoolOr(&ObjectOrRef(&SCHEMA))),
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

pub(crate) static DISCRIMINATOR: ObjectKind = ObjectKind {
    name: "a discriminator",
    required: &["propertyName"],
    keys: &[("propertyName", String), ("mapping", Map(&String))],
};

pub(crate) static XML: ObjectKind = ObjectKind {
    name: "an XML object",
    required: &[],
    keys: &[("name", String), ("namespace", String), ("prefix", String), ("attribute", Bool), ("wrapped", Bool)],
};
