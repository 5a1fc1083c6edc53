//! Bodies of forms, which the generator writes itself: progenitor's fail at run time when a field is a list, and know neither
//! JSON in a field nor ranges.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
use serde_json::Value;
use syn::{Item, parse_quote};

use super::document_visitor::{SCHEMAS, add_schemas, for_each_operation, is_string_enum, referenced_schema};
use super::naming::{pascal_case, snake_case, type_name};
use crate::formats::Formats;

const FORM: &str = "application/x-www-form-urlencoded";

/// The body of a form.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) name: String,
    description: String,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    /// Its name on the wire, and in Rust.
    wire: String,
    name: String,
    description: String,
    required: bool,
    rust: TokenStream,
    shape: Shape,
    /// Of a number, or of how many characters a string has.
    bounds: Option<Bounds>,
}

/// The least and the most of a value; a side without limit is open.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    least: Option<i64>,
    most: Option<i64>,
}

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    /// A whole number, which some hand-written types are inside.
    Count,
    /// A list whose key is repeated.
    Each,
    Json,
}

/// Gives the forms that stand right in an operation a name: `CreateRoomRequest` for the operation `create_room`.
pub(super) fn name_inline(document: &mut Value) {
    let mut named = Vec::new();
    for_each_operation(document, &mut |operation| {
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default();
        let name = format!("{}Request", pascal_case(id));
        if let Some(schema) = schema_mut(operation)
            && schema.get("properties").is_some()
        {
            let reference = serde_json::json!({ "$ref": format!("{SCHEMAS}{name}") });
            named.push((name, std::mem::replace(schema, reference)));
        }
    });
    add_schemas(document, named);
}

/// Moves the fields that are JSON from `encoding`, which progenitor panics on, to their properties as `x-json`.
pub(super) fn move_encodings(document: &mut Value) {
    let mut json = Vec::new();
    for_each_operation(document, &mut |operation| {
        let Some(media) = media_mut(operation) else { return };
        let encodings = media.as_object_mut().and_then(|media| media.remove("encoding"));
        let Some(form) = media.get("schema").and_then(referenced_schema).map(str::to_owned) else { return };
        for (field, encoding) in encodings.as_ref().and_then(Value::as_object).into_iter().flatten() {
            if encoding.get("contentType").and_then(Value::as_str) == Some("application/json") {
                json.push((form.clone(), field.clone()));
            }
        }
    });
    for (form, field) in json {
        let property = document.pointer_mut("/components/schemas").and_then(|schemas| schemas.get_mut(&form));
        let property = property.and_then(|form| form.get_mut("properties")?.get_mut(&field));
        if let Some(property) = property.and_then(Value::as_object_mut) {
            property.insert("x-json".to_owned(), Value::Bool(true));
        }
    }
}

/// The forms of the document, in the order of their names.
pub(super) fn collect(document: &mut Value, formats: &Formats) -> Vec<Form> {
    let mut names = std::collections::BTreeSet::new();
    for_each_operation(document, &mut |operation| {
        names.extend(schema_mut(operation).and_then(|schema| referenced_schema(schema).map(str::to_owned)));
    });
    let types = Types { document, formats };
    names.iter().filter_map(|name| Some(Form::new(name, types.component(name)?, types))).collect()
}

fn media_mut(operation: &mut Value) -> Option<&mut Value> {
    operation.get_mut("requestBody")?.get_mut("content")?.get_mut(FORM)
}

fn schema_mut(operation: &mut Value) -> Option<&mut Value> {
    media_mut(operation)?.get_mut("schema")
}

impl Form {
    fn new(name: &str, schema: &Value, types: Types<'_>) -> Self {
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let fields =
            properties.map(|(wire, schema)| Field::new(wire, schema, required.contains(&wire.as_str()), types));
        Self { name: type_name(name), description: description(schema), fields: fields.collect() }
    }

    /// The form as Rust: the type, what makes one when it needs something, how it is written, and what it may hold.
    pub(super) fn to_items(&self) -> Vec<Item> {
        let (name, doc) = (format_ident!("{}", self.name), &self.description);
        let fields = self.fields.iter().map(Field::declaration);
        let pairs = self.fields.iter().map(Field::pair);
        let checks = self.fields.iter().filter_map(Field::check);
        let required: Vec<&Field> = self.fields.iter().filter(|field| field.required).collect();
        let default = required.is_empty().then(|| quote!(Default,));
        let mut items: Vec<Item> = vec![parse_quote! {
            #[doc = #doc]
            #[derive(Clone, Debug, #default PartialEq)]
            #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
            #[non_exhaustive]
            pub struct #name { #(#fields,)* }
        }];
        if !required.is_empty() {
            items.push(self.constructor(&required));
        }
        items.push(parse_quote! {
            impl crate::runtime::Form for #name {
                fn pairs(&self) -> crate::runtime::Pairs {
                    crate::runtime::Pairs::new() #(#pairs)*
                }
                fn check(&self) -> ::std::result::Result<(), crate::runtime::OutOfRange> {
                    #(#checks)*
                    ::std::result::Result::Ok(())
                }
            }
        });
        items.push(Item::Macro(parse_quote! { crate::runtime::form!(#name); }));
        items
    }

    fn constructor(&self, required: &[&Field]) -> Item {
        let name = format_ident!("{}", self.name);
        let idents: Vec<_> = required.iter().map(|field| format_ident!("{}", field.name)).collect();
        let types = required.iter().map(|field| &field.rust);
        let others = self.fields.iter().filter(|field| !field.required).map(|field| format_ident!("{}", field.name));
        parse_quote! {
            impl #name {
                /// The form with what it cannot do without.
                pub fn new(#(#idents: #types),*) -> Self {
                    Self { #(#idents,)* #(#others: ::std::option::Option::None,)* }
                }
            }
        }
    }
}

impl Field {
    fn new(wire: &str, schema: &Value, required: bool, types: Types<'_>) -> Self {
        let (rust, mut shape) = types.rust_type(schema);
        if schema.get("x-json") == Some(&Value::Bool(true)) {
            shape = Shape::Json;
        }
        let target = referenced_schema(schema).and_then(|name| types.component(name));
        let words = Some(description(schema)).filter(|words| !words.is_empty());
        Self {
            wire: wire.to_owned(),
            name: snake_case(wire),
            description: words.or_else(|| target.map(description)).unwrap_or_default(),
            required,
            rust,
            shape,
            bounds: bounds(schema),
        }
    }

    fn declaration(&self) -> TokenStream {
        let (name, doc, rust) = (format_ident!("{}", self.name), &self.description, &self.rust);
        let rust = if self.required { quote!(#rust) } else { quote!(::std::option::Option<#rust>) };
        let (wire, range) = (&self.wire, self.range());
        quote! {
            #[doc = #doc]
            #[cfg_attr(feature = "schemars", schemars(rename = #wire #range))]
            pub #name: #rust
        }
    }

    /// What the JSON Schema of the field says of its range.
    fn range(&self) -> Option<TokenStream> {
        let Bounds { least, most } = self.bounds?;
        let literal = |bound: i64| Literal::i64_unsuffixed(bound);
        let least = least.map(literal).map(|least| quote!(min = #least));
        let most = most.map(literal).map(|most| quote!(max = #most));
        let sides = least.into_iter().chain(most);
        match self.shape {
            Shape::Text => Some(quote!(, length(#(#sides),*))),
            Shape::Count => Some(quote!(, range(#(#sides),*))),
            Shape::Each | Shape::Json => None,
        }
    }

    /// What there is of the field, as something to iterate over.
    fn values(&self) -> TokenStream {
        let name = format_ident!("{}", self.name);
        match (self.shape, self.required) {
            (Shape::Each, false) => quote!(self.#name.iter().flatten()),
            (_, false) | (Shape::Each, true) => quote!(&self.#name),
            (_, true) => quote!([&self.#name]),
        }
    }

    fn pair(&self) -> TokenStream {
        let (wire, values) = (&self.wire, self.values());
        match self.shape {
            Shape::Text | Shape::Each => quote!(.text(#wire, #values)),
            Shape::Count => quote!(.count(#wire, #values)),
            Shape::Json => quote!(.json(#wire, #values)),
        }
    }

    fn check(&self) -> Option<TokenStream> {
        let (bounds, name, values) = (self.bounds?, &self.name, self.values());
        let check = match self.shape {
            Shape::Text => quote!(length),
            Shape::Count => quote!(range),
            Shape::Each | Shape::Json => return None,
        };
        Some(quote!(crate::runtime::#check(#name, #values, #bounds)?;))
    }
}

impl ToTokens for Bounds {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let literal = |bound: i64| Literal::i64_unsuffixed(bound);
        let (least, most) = (self.least.map(literal), self.most.map(literal));
        tokens.extend(if let Some(most) = most { quote!(#least..=#most) } else { quote!(#least..) });
    }
}

/// What the types of fields depend on.
#[derive(Clone, Copy)]
struct Types<'a> {
    document: &'a Value,
    formats: &'a Formats,
}

impl<'a> Types<'a> {
    fn component(self, name: &str) -> Option<&'a Value> {
        self.document.pointer("/components/schemas")?.get(name)
    }

    /// The Rust type of a value in a form, and how it is written.
    fn rust_type(self, schema: &Value) -> (TokenStream, Shape) {
        let text = |key: &str| schema.get(key).and_then(Value::as_str).unwrap_or_default();
        if let Some(name) = referenced_schema(schema) {
            let target = self.component(name);
            let ident = format_ident!("{}", type_name(name));
            let shape = if target.is_some_and(is_string_enum) { Shape::Text } else { Shape::Json };
            return (quote!(crate::types::#ident), shape);
        }
        if let Some(rust) = self.formats.hand_written(text("type"), text("format")) {
            let shape = if text("type") == "integer" { Shape::Count } else { Shape::Text };
            return (rust.parse().unwrap_or_default(), shape);
        }
        match (text("type"), text("format")) {
            ("string", _) => (quote!(::std::string::String), Shape::Text),
            ("integer", "uint32") => (quote!(u32), Shape::Count),
            ("integer", "int32") => (quote!(i32), Shape::Count),
            ("integer", "uint64") => (quote!(u64), Shape::Count),
            ("integer", _) => (quote!(i64), Shape::Count),
            ("number", _) => (quote!(f64), Shape::Text),
            ("boolean", _) => (quote!(bool), Shape::Text),
            ("array", _) => {
                let (item, shape) = self.rust_type(schema.get("items").unwrap_or(&Value::Null));
                let shape = if shape == Shape::Text { Shape::Each } else { Shape::Json };
                (quote!(::std::vec::Vec<#item>), shape)
            }
            _ => (quote!(::serde_json::Value), Shape::Json),
        }
    }
}

fn bounds(schema: &Value) -> Option<Bounds> {
    let bound = |keys: [&str; 2]| keys.into_iter().find_map(|key| schema.get(key)?.as_i64());
    let bounds = Bounds { least: bound(["minimum", "minLength"]), most: bound(["maximum", "maxLength"]) };
    (bounds.least.is_some() || bounds.most.is_some()).then_some(bounds)
}

fn description(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{CustomFormat, Kind};

    #[test]
    fn a_form_becomes_a_type_that_writes_pairs_and_knows_its_ranges() {
        let mut document = serde_json::json!({
            "paths": { "/rooms": { "post": {
                "operationId": "create_room",
                "requestBody": { "content": { FORM: {
                    "schema": { "type": "object", "description": "How a room is to be.", "required": ["Status"], "properties": {
                        "Codecs": { "type": "array", "items": { "$ref": "#/components/schemas/Codec" } },
                        "Limit": { "type": "integer", "format": "uint32", "minimum": 1, "maximum": 50 },
                        "Rules": { "type": "array", "items": { "type": "string" } },
                        "Status": { "type": "string", "maxLength": 9, "description": "The status." },
                        "Timeout": { "type": "integer", "format": "minutes", "minimum": 1 },
                        "Type": {},
                    } },
                    "encoding": { "Rules": { "contentType": "application/json" } },
                } } },
            } } },
            "components": { "schemas": { "Codec": { "type": "string", "enum": ["VP8"] } } },
        });
        let [format, rust] = ["minutes", "crate::Minutes"].map(str::to_owned);
        let minutes = CustomFormat { format, kind: Kind::Integer, rust, minimum: Some(0), maximum: None };
        let formats = Formats::new(vec![minutes]);
        name_inline(&mut document);
        move_encodings(&mut document);
        assert!(!document["paths"].to_string().contains("encoding"));
        let items = collect(&mut document, &formats).iter().flat_map(Form::to_items).collect();
        let file = syn::File { shebang: None, frontmatter: None, attrs: vec![], items };
        insta::assert_snapshot!("a_form", prettyplease::unparse(&file));
    }
}
