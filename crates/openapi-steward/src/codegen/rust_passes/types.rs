//! Passes over the types: builders go, structs can grow, have a JSON Schema behind a feature, and read and write null.

use std::collections::BTreeSet;

use syn::punctuated::Punctuated;
use syn::{Field, File, ImplItem, Item, ItemStruct, LitStr, Meta, Token, parse_quote};

use super::error::{UnexpectedCode, expect_count};
use super::matchers::{argument_of, derives, file_mentions, is_instant, item_mentions, module_items, option_argument};
use crate::codegen::document_passes::{Properties, Property};

/// Removes the functions that make builders of the types, and the conversions from them. Their module is not read.
pub(super) fn remove_struct_builders(file: &mut File) -> Result<(), UnexpectedCode> {
    const PASS: &str = "remove_struct_builders";
    if file_mentions(file, &["types", "builder"]) {
        return Err(UnexpectedCode::new(PASS, "found an operation that takes a builder of a type"));
    }
    let items = module_items(file, "types").ok_or_else(|| UnexpectedCode::new(PASS, "found no module `types`"))?;
    let structs = items.iter().filter(|item| matches!(item, Item::Struct(item) if is_named(item))).count();
    let mut builders = 0;
    items.retain_mut(|item| match item {
        Item::Mod(module) => module.ident != "builder",
        Item::Impl(implementation) if implementation.trait_.is_none() => {
            let before = implementation.items.len();
            let is_builder = |item: &ImplItem| matches!(item, ImplItem::Fn(item) if item.sig.ident == "builder");
            implementation.items.retain(|item| !is_builder(item));
            builders += before - implementation.items.len();
            !implementation.items.is_empty()
        }
        Item::Impl(_) => !item_mentions(item, &["builder"]),
        _ => true,
    });
    expect_count(PASS, "functions `builder`", builders, structs)?;
    let is_error = |item: &Item| matches!(item, Item::Mod(module) if module.ident == "error");
    if !items.iter().any(|item| !is_error(item) && item_mentions(item, &["error", "ConversionError"])) {
        items.retain(|item| !is_error(item));
    }
    Ok(())
}

fn is_named(item: &ItemStruct) -> bool {
    matches!(item.fields, syn::Fields::Named(_))
}

/// Adapts the structs to the document: what it says about their properties is in `properties`.
pub(super) fn adapt_structs(file: &mut File, properties: &Properties) -> Result<(), UnexpectedCode> {
    let items =
        module_items(file, "types").ok_or_else(|| UnexpectedCode::new(ADAPT_STRUCTS, "found no module `types`"))?;
    let mut adapted = BTreeSet::new();
    for item in items {
        if let Item::Struct(item) = item {
            item.attrs.push(parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]));
            if is_named(item) {
                item.attrs.push(parse_quote!(#[non_exhaustive]));
            }
            adapt_fields(item, properties, &mut adapted)?;
        }
    }
    match properties.iter().find(|(name, property)| property.has_field && !adapted.contains(*name)) {
        Some(((name, property), _)) => Err(UnexpectedCode::new(
            ADAPT_STRUCTS,
            format!("found no field of a struct `{name}` for the property `{property}`"),
        )),
        None => Ok(()),
    }
}

const ADAPT_STRUCTS: &str = "adapt_structs";

fn adapt_fields(
    item: &mut ItemStruct,
    properties: &Properties,
    adapted: &mut BTreeSet<(String, String)>,
) -> Result<(), UnexpectedCode> {
    let name = item.ident.to_string();
    let [is_read, is_written] = ["Deserialize", "Serialize"].map(|derived| derives(&item.attrs, derived));
    for field in &mut item.fields {
        box_in_option(field)?;
        let key = (name.clone(), json_name(field)?);
        if let Some(property) = properties.get(&key) {
            adapt_field(field, property, &key)?;
            adapted.insert(key);
        }
        if is_read && option_argument(&field.ty).is_some_and(is_instant) {
            // A field that has to be there, and can be null, has a function already.
            let attribute = if remove_argument(field, "deserialize_with")? {
                parse_quote!(#[serde(deserialize_with = "crate::runtime::instant")])
            } else {
                parse_quote!(#[serde(default, deserialize_with = "crate::runtime::instant")])
            };
            field.attrs.push(attribute);
            if is_written {
                field.attrs.push(parse_quote!(#[serde(serialize_with = "crate::runtime::write_instant")]));
            }
        }
    }
    Ok(())
}

fn adapt_field(field: &mut Field, property: &Property, key: &(String, String)) -> Result<(), UnexpectedCode> {
    let ty = option_argument(&field.ty).unwrap_or(&field.ty);
    if property.is_date_time && !is_instant(ty) {
        let problem = format!("expected `{}.{}` to be a `DateTime<Utc>`", key.0, key.1);
        return Err(UnexpectedCode::new(ADAPT_STRUCTS, problem));
    }
    if property.nullable {
        write_null(field)?;
    }
    if let Some(name) = &property.wire_name {
        rename(field, name)?;
    }
    if let Some(description) = &property.description
        && !field.attrs.iter().any(|attribute| attribute.path().is_ident("doc"))
    {
        field.attrs.insert(0, parse_quote!(#[doc = #description]));
    }
    Ok(())
}

/// Returns the arguments of each `serde` attribute of a field.
fn serde_arguments(meta: &Meta) -> Result<Option<Vec<Meta>>, UnexpectedCode> {
    let Meta::List(list) = meta else { return Ok(None) };
    if !list.path.is_ident("serde") {
        return Ok(None);
    }
    let arguments = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    let arguments = arguments.map_err(|error| {
        UnexpectedCode::new(ADAPT_STRUCTS, format!("found an attribute of serde that cannot be read: {error}"))
    })?;
    Ok(Some(arguments.into_iter().collect()))
}

/// Returns the name of a field in JSON.
fn json_name(field: &Field) -> Result<String, UnexpectedCode> {
    for attribute in &field.attrs {
        for argument in serde_arguments(&attribute.meta)?.into_iter().flatten() {
            if let Meta::NameValue(argument) = argument
                && argument.path.is_ident("rename")
            {
                let value = &argument.value;
                let name = syn::parse2::<LitStr>(quote::quote!(#value)).map_err(|_| {
                    UnexpectedCode::new(ADAPT_STRUCTS, "found a `rename` of serde that is not a string")
                })?;
                return Ok(name.value());
            }
        }
    }
    Ok(field.ident.as_ref().map(ToString::to_string).unwrap_or_default())
}

/// Turns an option in a box into a box in an option, as every other optional field is one: it is left out if it is `None`.
fn box_in_option(field: &mut Field) -> Result<(), UnexpectedCode> {
    let Some(value) = argument_of(&field.ty, "Box").and_then(option_argument).cloned() else { return Ok(()) };
    field.ty = parse_quote!(::std::option::Option<::std::boxed::Box<#value>>);
    if remove_argument(field, "default")? {
        field.attrs.push(parse_quote!(#[serde(skip_serializing_if = "::std::option::Option::is_none")]));
    }
    Ok(())
}

/// Returns whether a field has the properties that no other field is for.
pub(super) fn is_flattened(field: &Field) -> bool {
    let arguments = field.attrs.iter().filter_map(|attribute| serde_arguments(&attribute.meta).ok().flatten());
    arguments.flatten().any(|argument| argument.path().is_ident("flatten"))
}

/// Sets the name of a field in JSON.
fn rename(field: &mut Field, name: &str) -> Result<(), UnexpectedCode> {
    remove_argument(field, "rename")?;
    field.attrs.push(parse_quote!(#[serde(rename = #name)]));
    Ok(())
}

/// Removes `skip_serializing_if` from a field, so that `None` is written as null.
fn write_null(field: &mut Field) -> Result<(), UnexpectedCode> {
    remove_argument(field, "skip_serializing_if").map(|_| ())
}

/// Removes an argument of the attributes of serde. Returns whether it was there.
fn remove_argument(field: &mut Field, name: &str) -> Result<bool, UnexpectedCode> {
    let (mut attributes, mut removed) = (Vec::new(), false);
    for attribute in std::mem::take(&mut field.attrs) {
        match serde_arguments(&attribute.meta)? {
            Some(mut arguments) => {
                let before = arguments.len();
                arguments.retain(|argument| !argument.path().is_ident(name));
                removed |= arguments.len() < before;
                if !arguments.is_empty() {
                    attributes.push(parse_quote!(#[serde(#(#arguments),*)]));
                }
            }
            None => attributes.push(attribute),
        }
    }
    field.attrs = attributes;
    Ok(removed)
}
