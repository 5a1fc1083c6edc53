//! Request bodies of the media type `multipart/form-data`, which progenitor does not take: one type for each, whose files are
//! streamed.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value, json};
use syn::{Item, parse_quote};

use super::chosen_names::{chosen, field};
use super::document_visitor::{SCHEMAS, add_schemas, for_each_operation};
use super::names::{Kind as NameKind, Names, Taken};
use super::naming::pascal_case;
use super::operation::is_multipart;
use super::rust_type::RustTypes;
use crate::document::is_json;

/// A body of several parts as a Rust type.
#[derive(Debug)]
pub(super) struct Multipart {
    pub(super) name: String,
    description: String,
    pub(super) parts: Vec<Part>,
    /// The field for parts that the document does not name, if it allows them explicitly.
    extra: Option<String>,
}

#[derive(Debug)]
pub(super) struct Part {
    /// Its name in the request.
    pub(super) name: String,
    pub(super) ident: String,
    description: String,
    pub(super) required: bool,
    pub(super) rust: TokenStream,
    kind: Kind,
    /// The media type that the document gives it.
    media: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Files,
    Text,
    Texts,
    /// JSON text.
    Json,
    /// A value whose form depends on it.
    Value,
    /// A text of the caller, in another media type than JSON.
    Written,
    /// Several of those.
    WrittenList,
}

/// Gives each body of several parts a type, and puts a reference to it in its place.
pub(super) fn collect(document: &mut Value, formats: &crate::formats::Formats) -> Result<Vec<Multipart>, Taken> {
    let source = document.clone();
    let types = RustTypes { document: &source, formats };
    let schemas = source.pointer("/components/schemas").and_then(Value::as_object);
    let mut names = Names::reserving(schemas.into_iter().flat_map(|schemas| schemas.keys().map(String::as_str)));
    let (mut multiparts, mut components, mut taken) = (Vec::new(), Vec::new(), Ok(()));
    // The chosen names come first.
    for_each_operation(document, &mut |operation| {
        if let (Some(name), Ok(())) = (media_mut(operation).and_then(|media| chosen(&media["schema"])), &taken) {
            taken = names.choose(NameKind::Type, name, None);
        }
    });
    taken?;
    for_each_operation(document, &mut |operation| {
        let id = pascal_case(operation.get("operationId").and_then(Value::as_str).unwrap_or_default());
        let Some(media) = media_mut(operation) else { return };
        // A value that is no object is refused later.
        if media["schema"].get("type").is_some_and(|kind| kind == "string") {
            return;
        }
        // Without named parts it is any.
        if media["schema"].get("properties").and_then(Value::as_object).is_none_or(Map::is_empty) {
            media["schema"] = json!({});
            return;
        }
        let name = chosen(&media["schema"]).map(str::to_owned);
        let name = name.unwrap_or_else(|| names.type_(&format!("{id}Request")));
        let schema = std::mem::replace(&mut media["schema"], json!({ "$ref": format!("{SCHEMAS}{name}") }));
        multiparts.push(Multipart::new(&name, &schema, media.get("encoding"), types));
        // The types of its parts are used through it.
        let used = schema.get("properties").cloned().unwrap_or_else(|| json!({}));
        components.push((name, json!({ "type": "object", "properties": used })));
    });
    add_schemas(document, components);
    multiparts.into_iter().collect()
}

fn media_mut(operation: &mut Value) -> Option<&mut Value> {
    let content = operation.get_mut("requestBody")?.get_mut("content")?.as_object_mut()?;
    content.iter_mut().find(|(media, _)| is_multipart(media)).map(|(_, value)| value)
}

impl Multipart {
    fn new(name: &str, schema: &Value, encoding: Option<&Value>, types: RustTypes<'_>) -> Result<Self, Taken> {
        let required: Vec<&str> =
            schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        let properties = || schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let scope: Vec<_> = properties().map(|(name, schema)| (name.as_str(), field(schema))).collect();
        let mut names = Names::reserving(["new"]);
        let idents = names.assign(NameKind::Field, &scope)?;
        let is_open = schema.get("additionalProperties").is_some_and(|additional| *additional != Value::Bool(false));
        let extra = is_open.then(|| names.field("extra"));
        let parts = properties().zip(idents).map(|((name, schema), ident)| {
            let media = encoding.and_then(|encoding| encoding.get(name)?.get("contentType")?.as_str());
            // Several media types are a choice, and a range is none.
            let media = media.filter(|media| !media.contains([',', '*'])).map(|media| media.trim().to_owned());
            let (rust, kind) = part_type(types.list(schema), media.as_deref(), types);
            Part {
                name: name.clone(),
                ident,
                description: schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned(),
                required: required.contains(&name.as_str()),
                rust,
                kind,
                media,
            }
        });
        let description = schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(Self { name: name.to_owned(), description, parts: parts.collect(), extra })
    }

    /// Returns the items of the type: the struct, its constructor, and the conversion to parts.
    pub(super) fn to_items(&self) -> Vec<Item> {
        let (name, doc) = (format_ident!("{}", self.name), &self.description);
        let fields = self.parts.iter().map(|part| {
            let (ident, doc, rust) = (format_ident!("{}", part.ident), &part.description, part.ty());
            quote!(#[doc = #doc] pub #ident: #rust)
        });
        let required = self.parts.iter().filter(|part| part.required).map(|part| {
            let (ident, rust) = (format_ident!("{}", part.ident), &part.rust);
            quote!(#ident: #rust)
        });
        let values = self.parts.iter().map(|part| {
            let ident = format_ident!("{}", part.ident);
            if part.required { quote!(#ident) } else { quote!(#ident: ::std::option::Option::None) }
        });
        let written = self.parts.iter().map(Part::written);
        let extra: Vec<_> = self.extra.iter().map(|ident| format_ident!("{ident}")).collect();
        vec![
            parse_quote! {
                #[doc = #doc]
                #[derive(Debug)]
                #[non_exhaustive]
                pub struct #name {
                    #(#fields,)*
                    #(
                        /// Further parts.
                        pub #extra: crate::runtime::Multipart,
                    )*
                }
            },
            parse_quote! {
                impl #name {
                    /// Creates a body with its required parts. The optional ones are `None`.
                    pub fn new(#(#required),*) -> Self {
                        Self { #(#values,)* #(#extra: crate::runtime::Multipart::new(),)* }
                    }
                }
            },
            parse_quote! {
                impl ::std::convert::From<#name> for crate::runtime::Multipart {
                    fn from(body: #name) -> Self {
                        crate::runtime::Multipart::new() #(#written)* #(.and(body.#extra))*
                    }
                }
            },
        ]
    }
}

impl Part {
    /// Returns whether it is a file, or several.
    pub(super) fn holds_files(&self) -> bool {
        matches!(self.kind, Kind::File | Kind::Files)
    }

    /// Returns whether the caller writes its text.
    pub(super) fn is_written(&self) -> bool {
        matches!(self.kind, Kind::Written | Kind::WrittenList)
    }

    fn ty(&self) -> TokenStream {
        let rust = &self.rust;
        if self.required { quote!(#rust) } else { quote!(::std::option::Option<#rust>) }
    }

    fn written(&self) -> TokenStream {
        let (ident, name) = (format_ident!("{}", self.ident), &self.name);
        let value = if self.required { quote!(::std::option::Option::Some(body.#ident)) } else { quote!(body.#ident) };
        let media = if let Some(media) = &self.media {
            quote!(::std::option::Option::Some(#media))
        } else {
            quote!(::std::option::Option::None)
        };
        match self.kind {
            Kind::File => quote!(.files(#name, #media, #value)),
            Kind::Files => quote!(.files(#name, #media, #value.into_iter().flatten())),
            Kind::Text | Kind::Written => quote!(.texts(#name, #media, #value)),
            Kind::Texts | Kind::WrittenList => quote!(.texts(#name, #media, #value.into_iter().flatten())),
            Kind::Json => quote!(.json(#name, #media, #value)),
            Kind::Value => quote!(.values(#name, #media, #value)),
        }
    }
}

fn part_type(schema: &Value, media: Option<&str>, types: RustTypes<'_>) -> (TokenStream, Kind) {
    let is_file = |schema: &Value| schema.get("format").is_some_and(|format| format == "binary");
    let items = schema.get("items");
    if is_file(schema) {
        return (quote!(crate::runtime::Part), Kind::File);
    }
    if items.is_some_and(is_file) {
        return (quote!(::std::vec::Vec<crate::runtime::Part>), Kind::Files);
    }
    let rust = types.without_null(schema);
    let items_are_text = items.is_some_and(|items| types.is_text(items) && items.get("nullable").is_none());
    let kind = match media {
        _ if types.is_text(schema) => Kind::Text,
        None if items_are_text => Kind::Texts,
        None => Kind::Value,
        _ if schema.get("type").is_some_and(|kind| kind == "string") => Kind::Value,
        Some(media) if is_json(media) => Kind::Json,
        Some(_) if items_are_text => Kind::Texts,
        // The steward writes no XML and the like: the caller does.
        Some(_) if items.is_some() => return (quote!(::std::vec::Vec<::std::string::String>), Kind::WrittenList),
        Some(_) => return (quote!(::std::string::String), Kind::Written),
    };
    (rust, kind)
}
