//! Unions: the types of `oneOf` and `anyOf`. One with a discriminator is read by it, and any other by what its alternatives require;
//! a value that fits none is kept whole.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value};
use syn::{Item, parse_quote};

use super::document_visitor::referenced_schema;
use super::extensions::UNION;
use super::rust_type::RustTypes;

/// A union whose type the steward writes itself.
#[derive(Debug)]
pub(super) struct Union {
    pub(super) name: String,
    description: String,
    /// The property of the discriminator.
    tag: Option<String>,
    /// That property is a string: it is written as one.
    is_text: bool,
    arms: Vec<Arm>,
}

#[derive(Debug)]
struct Arm {
    name: String,
    rust: TokenStream,
    /// It is kept in a box: its type can hold the union.
    is_boxed: bool,
    tags: Vec<String>,
    shape: Shape,
}

/// The form of the values of an alternative, without the values inside them.
#[derive(Debug, Default)]
struct Shape {
    kind: String,
    required: Vec<String>,
    /// The properties and the kinds of their values; an empty one is any.
    properties: Vec<(String, String)>,
    /// It keeps other properties.
    is_open: bool,
    constants: Vec<(String, Vec<String>)>,
    values: Vec<String>,
}

/// Collects the unions of the components, in the order of their names.
pub(super) fn collect(types: RustTypes<'_>) -> Vec<Union> {
    let schemas = types.document.pointer("/components/schemas").and_then(Value::as_object);
    let mut unions: Vec<Union> =
        schemas.into_iter().flatten().filter_map(|(name, schema)| Union::new(name, schema, types)).collect();
    unions.sort_by(|one, other| one.name.cmp(&other.name));
    unions
}

impl Union {
    fn new(name: &str, schema: &Value, types: RustTypes<'_>) -> Option<Self> {
        let union = schema.get(UNION)?;
        let mut arms: Vec<Arm> = Vec::new();
        for arm in union.get("arms").and_then(Value::as_array).into_iter().flatten() {
            let schema = arm.get("schema").unwrap_or(&Value::Null);
            let rust = types.without_null(schema);
            let is_repeated = arms.iter().any(|other| other.rust.to_string() == rust.to_string());
            // An alternative that allows any value is the variant `Unknown`.
            if is_repeated || rust.to_string() == quote!(::serde_json::Value).to_string() {
                continue;
            }
            arms.push(Arm {
                name: arm.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(),
                rust,
                is_boxed: referenced_schema(schema).is_some(),
                tags: texts(arm.get("tags")),
                shape: shape(schema, types),
            });
        }
        Some(Self {
            name: name.to_owned(),
            description: schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned(),
            tag: union.get("tag").and_then(Value::as_str).map(str::to_owned),
            is_text: union.get("is_text") != Some(&Value::Bool(false)),
            arms,
        })
    }

    /// Returns the items of the union: the type, its conversions, and how it is read and written.
    pub(super) fn to_items(&self) -> Vec<Item> {
        let (name, doc) = (format_ident!("{}", self.name), &self.description);
        let variants = self.arms.iter().map(|arm| {
            let (variant, rust) = (format_ident!("{}", arm.name), arm.ty());
            let doc = match arm.tags.as_slice() {
                [] => String::new(),
                tags => format!("`{}`", tags.join("`, `")),
            };
            quote!(#[doc = #doc] #variant(#rust))
        });
        let mut items: Vec<Item> = vec![parse_quote! {
            #[doc = #doc]
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
                /// A value that is none of the others, as it was sent.
                Unknown(::serde_json::Value),
            }
        }];
        items.extend(self.arms.iter().map(|arm| self.conversion(arm)));
        let text = quote!(::std::string::String).to_string();
        items.extend(self.arms.iter().find(|arm| arm.rust.to_string() == text).map(|arm| self.text_conversion(arm)));
        items.push(self.serialize());
        items.push(self.deserialize());
        let types = self.arms.iter().map(|arm| &arm.rust);
        let title = &self.name;
        items.push(parse_quote! {
            #[cfg(feature = "schemars")]
            impl ::schemars::JsonSchema for #name {
                fn schema_name() -> ::std::borrow::Cow<'static, str> {
                    #title.into()
                }
                fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                    ::schemars::json_schema!({ "anyOf": [#(generator.subschema_for::<#types>(),)* true] })
                }
            }
        });
        items
    }

    fn conversion(&self, arm: &Arm) -> Item {
        let (name, variant, rust) = (format_ident!("{}", self.name), format_ident!("{}", arm.name), &arm.rust);
        let value = if arm.is_boxed { quote!(::std::boxed::Box::new(value)) } else { quote!(value) };
        parse_quote! {
            impl ::std::convert::From<#rust> for #name {
                fn from(value: #rust) -> Self {
                    Self::#variant(#value)
                }
            }
        }
    }

    /// A string literal is a string.
    fn text_conversion(&self, arm: &Arm) -> Item {
        let (name, variant) = (format_ident!("{}", self.name), format_ident!("{}", arm.name));
        parse_quote! {
            impl ::std::convert::From<&str> for #name {
                fn from(value: &str) -> Self {
                    Self::#variant(::std::borrow::ToOwned::to_owned(value))
                }
            }
        }
    }

    fn serialize(&self) -> Item {
        let name = format_ident!("{}", self.name);
        let arms = self.arms.iter().map(|arm| {
            let (variant, tags) = (format_ident!("{}", arm.name), &arm.tags);
            let written = if let Some(tag) = &self.tag {
                let is_text = self.is_text;
                quote!(crate::runtime::write_tagged(value, #tag, #is_text, &[#(#tags),*], serializer))
            } else {
                quote!(::serde::Serialize::serialize(value, serializer))
            };
            quote!(Self::#variant(value) => #written)
        });
        parse_quote! {
            impl ::serde::Serialize for #name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    match self {
                        #(#arms,)*
                        Self::Unknown(value) => ::serde::Serialize::serialize(value, serializer),
                    }
                }
            }
        }
    }

    fn deserialize(&self) -> Item {
        let name = format_ident!("{}", self.name);
        let read = if let Some(tag) = &self.tag {
            let arms = self.arms.iter().map(|arm| {
                let (variant, tags) = (format_ident!("{}", arm.name), &arm.tags);
                quote!(#(::std::option::Option::Some(#tags))|* => crate::runtime::read_value(value).map(Self::#variant))
            });
            quote! {
                match crate::runtime::tag(&value, #tag).as_deref() {
                    #(#arms,)*
                    _ => ::std::result::Result::Ok(Self::Unknown(value)),
                }
            }
        } else {
            let shapes = self.arms.iter().map(|arm| arm.shape.to_tokens());
            let arms = self.arms.iter().enumerate().map(|(index, arm)| {
                let variant = format_ident!("{}", arm.name);
                quote!(#index => crate::runtime::try_value(&value).map(Self::#variant))
            });
            quote! {
                for arm in crate::runtime::fitting(&value, &[#(#shapes),*]) {
                    let read = match arm {
                        #(#arms,)*
                        _ => ::std::option::Option::None,
                    };
                    if let ::std::option::Option::Some(read) = read {
                        return ::std::result::Result::Ok(read);
                    }
                }
                ::std::result::Result::Ok(Self::Unknown(value))
            }
        };
        parse_quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                    let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                    #read
                }
            }
        }
    }
}

impl Arm {
    fn ty(&self) -> TokenStream {
        let rust = &self.rust;
        if self.is_boxed { quote!(::std::boxed::Box<#rust>) } else { quote!(#rust) }
    }
}

impl Shape {
    fn to_tokens(&self) -> TokenStream {
        let Self { kind, required, properties, is_open, constants, values } = self;
        let properties = properties.iter().map(|(name, kind)| quote!((#name, #kind)));
        let constants = constants.iter().map(|(name, values)| quote!((#name, &[#(#values),*])));
        quote! {
            crate::runtime::Shape {
                kind: #kind,
                required: &[#(#required),*],
                properties: &[#(#properties),*],
                is_open: #is_open,
                constants: &[#(#constants),*],
                values: &[#(#values),*],
            }
        }
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Returns the component at the end of a reference, or the schema itself.
fn target<'a>(schema: &'a Value, types: RustTypes<'a>) -> &'a Value {
    referenced_schema(schema).and_then(|name| types.component(name)).unwrap_or(schema)
}

fn kind_of(schema: &Value, types: RustTypes<'_>) -> String {
    let target = target(schema, types);
    let nullable = [schema, target].iter().any(|schema| schema.get("nullable") == Some(&Value::Bool(true)));
    // A null has another kind.
    let kind = if nullable { None } else { target.get("type").and_then(Value::as_str) };
    kind.unwrap_or_default().to_owned()
}

fn shape(schema: &Value, types: RustTypes<'_>) -> Shape {
    let target = target(schema, types);
    let properties = target.get("properties").and_then(Value::as_object);
    let constants = properties.into_iter().flat_map(Map::iter).filter_map(|(name, schema)| {
        let values = texts(self::target(schema, types).get("enum"));
        // Open enums of many values are no constants: a new value of one is expected.
        (values.len() == 1).then(|| (name.clone(), values))
    });
    Shape {
        kind: kind_of(schema, types),
        required: texts(target.get("required")),
        properties: properties
            .into_iter()
            .flat_map(Map::iter)
            .map(|(name, schema)| (name.clone(), kind_of(schema, types)))
            .collect(),
        is_open: target.get("additionalProperties").is_some() || properties.is_none(),
        constants: constants.collect(),
        values: texts(target.get("enum")),
    }
}
