//! Open enums: they keep a value that is not in the document, and serialize it unchanged. A request can send a value that the
//! service knows and the document does not have yet.

use quote::format_ident;
use serde_json::Value;
use syn::Item;

use super::document_visitor::is_string_enum;
use super::extensions::CHOSEN_VARIANTS;
use super::names::{Kind, Names, Taken};

/// An enum whose type the steward writes itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenEnum {
    pub(super) name: String,
    description: String,
    variants: Vec<Variant>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Variant {
    value: String,
    name: String,
    description: String,
}

/// Collects the enums of the components, in the order of their names.
pub(super) fn collect(document: &Value) -> Result<Vec<OpenEnum>, Taken> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let enums = schemas.into_iter().flatten().filter(|(_, schema)| is_string_enum(schema));
    let mut enums =
        enums.map(|(name, schema)| OpenEnum::new(name, schema)).collect::<Result<Vec<OpenEnum>, Taken>>()?;
    enums.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(enums)
}

impl OpenEnum {
    fn new(name: &str, schema: &Value) -> Result<Self, Taken> {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let descriptions = schema.get("x-enumDescriptions");
        let values = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
        let chosen = schema.get(CHOSEN_VARIANTS);
        let scope: Vec<(&str, Option<&str>)> = values
            .filter_map(Value::as_str)
            .map(|value| (value, chosen.and_then(|chosen| chosen.get(value)?.as_str())))
            .collect();
        let names = Names::reserving(["Unknown", "Self"]).assign(Kind::Variant, &scope)?;
        let variants = scope
            .iter()
            .zip(names)
            .map(|((value, _), name)| Variant {
                value: (*value).to_owned(),
                name,
                description: text(descriptions.and_then(|descriptions| descriptions.get(value))),
            })
            .collect();
        Ok(Self { name: name.to_owned(), description: text(schema.get("description")), variants })
    }

    /// Returns the items of the enum: the type, and its implementation of `OpenEnum`.
    pub(super) fn to_items(&self) -> [Item; 3] {
        let name = format_ident!("{}", self.name);
        let doc = &self.description;
        let variants: Vec<_> = self.variants.iter().map(|variant| format_ident!("{}", variant.name)).collect();
        let values: Vec<_> = self.variants.iter().map(|variant| &variant.value).collect();
        let docs = self.variants.iter().map(|variant| match variant.description.as_str() {
            "" => format!("`{}`", variant.value),
            description => format!("`{}`: {description}", variant.value),
        });
        [
            syn::parse_quote! {
                #[doc = #doc]
                #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
                #[non_exhaustive]
                pub enum #name {
                    #(#[doc = #docs] #variants,)*
                    /// A value that this version of the crate does not know, as it was sent.
                    Unknown(::std::string::String),
                }
            },
            syn::parse_quote! {
                impl crate::runtime::OpenEnum for #name {
                    const KNOWN: &'static [&'static str] = &[#(#values),*];
                    fn as_str(&self) -> &str {
                        match self {
                            #(Self::#variants => #values,)*
                            Self::Unknown(value) => value,
                        }
                    }
                    fn known(value: &str) -> ::std::option::Option<Self> {
                        match value {
                            #(#values => ::std::option::Option::Some(Self::#variants),)*
                            _ => ::std::option::Option::None,
                        }
                    }
                }
            },
            Item::Macro(syn::parse_quote! { crate::runtime::open_enum!(#name); }),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enum_becomes_a_type_that_keeps_unknown_values() {
        let schema = serde_json::json!({
            "type": "string",
            "description": "The status of a room.",
            "enum": ["in-progress", "failed"],
            "x-enumDescriptions": { "failed": "It could not be set up." },
        });
        let items = OpenEnum::new("RoomStatus", &schema).map(|item| item.to_items().to_vec()).unwrap_or_default();
        let file = syn::File { shebang: None, frontmatter: None, attrs: vec![], items };
        insta::assert_snapshot!("an_open_enum", prettyplease::unparse(&file));
    }
}
