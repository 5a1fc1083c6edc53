//! Request bodies of forms. The steward writes their types itself: those of progenitor fail at run time when a field is a list,
//! and support neither JSON in a field nor ranges.

use std::collections::BTreeSet;

use quote::{format_ident, quote};
use serde_json::{Map, Value, json};
use syn::{Item, parse_quote};

use super::chosen_names::field;
use super::document_passes::reachable;
use super::document_visitor::{SCHEMAS, add_schemas, for_each_operation, referenced_schema};
use super::extensions::JSON;
use super::form_field::{Field, description};
use super::names::{Kind, Names, Taken};
use super::naming::pascal_case;
use super::operation::FORM;
use super::rust_type::RustTypes;
use crate::formats::Formats;

/// A form as a Rust type.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) name: String,
    description: String,
    pub(super) fields: Vec<Field>,
}

/// Gives each form a component of its own: the type of one that is also JSON would be written as a form there.
pub(super) fn separate(document: &mut Value) {
    let mut others = document.clone();
    for_each_operation(&mut others, &mut |operation| {
        if let Some(schema) = schema_mut(operation).filter(|schema| schema.get("$ref").is_some()) {
            *schema = Value::Null;
        }
    });
    let used = reachable(&others, others.get("paths").into_iter().collect());
    let schemas = document.pointer("/components/schemas").cloned().unwrap_or_default();
    let taken = schemas.as_object().into_iter().flat_map(|schemas| schemas.keys().map(String::as_str));
    let (mut names, mut copies) = (Names::reserving(taken), Vec::new());
    for_each_operation(document, &mut |operation| {
        let id = pascal_case(operation.get("operationId").and_then(Value::as_str).unwrap_or_default());
        if media_mut(operation).is_none_or(|media| has_style(media)) {
            return;
        }
        let Some(schema) = schema_mut(operation) else { return };
        if let Some(form) = referenced_schema(schema).filter(|name| used.contains(*name)) {
            let name = names.type_(&format!("{id}Request"));
            copies.push((name.clone(), schemas[form].clone()));
            schema["$ref"] = json!(format!("{SCHEMAS}{name}"));
        }
    });
    add_schemas(document, copies);
}

/// Marks the properties of forms that are JSON with [`JSON`].
pub(super) fn move_encodings(document: &mut Value) {
    let mut json = Vec::new();
    for_each_operation(document, &mut |operation| {
        let Some(media) = media_mut(operation) else { return };
        let encodings = media.get("encoding").cloned();
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
            property.insert(JSON.to_owned(), Value::Bool(true));
        }
    }
}

/// Collects the forms of the document, in the order of their names: objects whose fields have no style of their own.
pub(super) fn collect(document: &mut Value, formats: &Formats) -> Result<Vec<Form>, Taken> {
    let (mut names, mut styled) = (BTreeSet::new(), BTreeSet::new());
    for_each_operation(document, &mut |operation| {
        let Some(media) = media_mut(operation) else { return };
        let has_style = has_style(media);
        if let Some(name) = media.get("schema").and_then(referenced_schema).map(str::to_owned) {
            if has_style {
                styled.insert(name.clone());
            }
            names.insert(name);
        }
    });
    let types = RustTypes { document, formats };
    let is_plain = |schema: &Value| schema.get("properties").is_some() && schema.get("additionalProperties").is_none();
    let plain = names.difference(&styled).filter_map(|name| Some((name, types.component(name)?)));
    plain.filter(|(_, schema)| is_plain(schema)).map(|(name, schema)| Form::new(name, schema, types)).collect()
}

/// Returns whether a field has a style of its own: such a form is written by the runtime, whatever its type.
fn has_style(media: &Value) -> bool {
    let encodings = media.get("encoding").and_then(Value::as_object).into_iter().flat_map(Map::values);
    encodings.into_iter().any(|encoding| encoding.get("style").or(encoding.get("explode")).is_some())
}

fn media_mut(operation: &mut Value) -> Option<&mut Value> {
    operation.get_mut("requestBody")?.get_mut("content")?.get_mut(FORM)
}

fn schema_mut(operation: &mut Value) -> Option<&mut Value> {
    media_mut(operation)?.get_mut("schema")
}

impl Form {
    fn new(name: &str, schema: &Value, types: RustTypes<'_>) -> Result<Self, Taken> {
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let properties = || schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let scope: Vec<_> = properties().map(|(name, schema)| (name.as_str(), field(schema))).collect();
        let idents = Names::default().assign(Kind::Field, &scope)?;
        let fields = properties().zip(idents).map(|((form_name, schema), ident)| {
            Field::new(form_name, ident, schema, required.contains(&form_name.as_str()), types)
        });
        Ok(Self { name: name.to_owned(), description: description(schema), fields: fields.collect() })
    }

    /// Returns the items of the form: the type, a constructor if fields are required, and the implementation of `Form`.
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
                /// Creates a form with its required fields. The optional ones are `None`.
                pub fn new(#(#idents: #types),*) -> Self {
                    Self { #(#idents,)* #(#others: ::std::option::Option::None,)* }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{CustomFormat, Kind};

    #[test]
    fn a_field_that_refers_to_a_list_repeats_its_name() {
        let list = serde_json::json!({ "type": "array", "items": { "type": "string" } });
        let document = serde_json::json!({ "components": { "schemas": { "Tags": list } } });
        let types = RustTypes { document: &document, formats: &Formats::default() };
        let form = serde_json::json!({ "properties": { "Tags": { "$ref": "#/components/schemas/Tags" } } });
        let form = Form::new("CreateRoomRequest", &form, types);
        let field = form.map(|form| form.fields[0].pair().to_string()).unwrap_or_default();
        assert_eq!(field, ". text (\"Tags\" , self . tags . iter () . flatten ())");
    }

    #[test]
    fn a_form_becomes_a_type_that_writes_pairs_and_checks_ranges() {
        let mut document = serde_json::json!({
            "paths": { "/rooms": { "post": {
                "operationId": "create_room",
                "requestBody": { "content": { FORM: {
                    "schema": { "type": "object", "description": "The settings of a room.", "required": ["Status"], "properties": {
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
        assert_eq!(crate::codegen::lower::lower(&mut document), Ok(()));
        move_encodings(&mut document);
        let forms = collect(&mut document, &formats).unwrap_or_default();
        let items = forms.iter().flat_map(Form::to_items).collect();
        let file = syn::File { shebang: None, frontmatter: None, attrs: vec![], items };
        insta::assert_snapshot!("a_form", prettyplease::unparse(&file));
    }
}
