//! Passes that add items: constructors, the list of the operations, and the types that the steward writes itself.

use syn::{Field, File, Item, ItemStruct, parse_quote};

use super::error::UnexpectedCode;
use super::matchers::{derives, module_items, option_argument};
use super::types::is_flattened;
use crate::codegen::forms::Form;
use crate::codegen::input::{Input, OperationFacts};
use crate::codegen::multipart::Multipart;
use crate::codegen::open_enum::OpenEnum;
use crate::codegen::operation::Answer;
use crate::codegen::settings::Scope;
use crate::codegen::unions::Union;

/// Adds a constructor to each struct without a default. It takes the required fields: a `#[non_exhaustive]` struct cannot be made
/// in another way by another crate.
pub(super) fn add_constructors(file: &mut File) -> Result<(), UnexpectedCode> {
    let items = module_items(file, "types").ok_or_else(|| no_types("add_constructors"))?;
    let mut with_constructors = Vec::new();
    for item in std::mem::take(items) {
        let constructor = if let Item::Struct(item) = &item { constructor(item) } else { None };
        with_constructors.push(item);
        with_constructors.extend(constructor);
    }
    *items = with_constructors;
    Ok(())
}

fn no_types(pass: &'static str) -> UnexpectedCode {
    UnexpectedCode::new(pass, "found no module `types`")
}

fn constructor(item: &ItemStruct) -> Option<Item> {
    let syn::Fields::Named(fields) = &item.fields else { return None };
    if derives(&item.attrs, "Default") {
        return None;
    }
    let name = &item.ident;
    let (others, fields): (Vec<&Field>, Vec<&Field>) = fields.named.iter().partition(|field| is_flattened(field));
    let (optional, required): (Vec<&Field>, Vec<&Field>) =
        fields.into_iter().partition(|field| option_argument(&field.ty).is_some());
    let parameters = required.iter().map(|field| {
        let (ident, ty) = (&field.ident, &field.ty);
        quote::quote!(#ident: #ty)
    });
    let [required, optional, others] =
        [&required, &optional, &others].map(|fields| fields.iter().map(|field| &field.ident));
    Some(parse_quote! {
        impl #name {
            /// Creates a value with its required fields. The optional ones are `None`.
            pub fn new(#(#parameters),*) -> Self {
                Self {
                    #(#required,)*
                    #(#optional: ::std::option::Option::None,)*
                    #(#others: ::std::default::Default::default(),)*
                }
            }
        }
    })
}

/// Adds a constant with the operations of the document.
pub(super) fn add_operations(file: &mut File, operations: &[OperationFacts]) {
    let operations = operations.iter().map(|OperationFacts { id, method, path }| {
        quote::quote!(crate::runtime::Operation { id: #id, method: #method, path: #path })
    });
    file.items.push(parse_quote! {
        /// The operations of the document, in its order.
        pub const OPERATIONS: &[crate::runtime::Operation] = &[#(#operations),*];
    });
}

/// Adds the types that take the place of progenitor's.
pub(super) fn add_types(file: &mut File, input: &Input, scope: Scope) -> Result<(), UnexpectedCode> {
    const PASS: &str = "add_types";
    let items = module_items(file, "types").ok_or_else(|| no_types(PASS))?;
    let names = || input.replaced_types();
    for item in &*items {
        let written = match item {
            Item::Struct(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Type(item) => &item.ident,
            _ => continue,
        };
        // progenitor can split a name into other words: it was given a type to use, and has written its own.
        if let Some(name) = names().find(|name| written == name) {
            return Err(UnexpectedCode::new(PASS, format!("found a type `{written}` in place of `{name}`")));
        }
    }
    items.extend(input.enums.iter().flat_map(OpenEnum::to_items));
    items.extend(input.unions.iter().flat_map(Union::to_items));
    items.extend(input.forms.iter().flat_map(Form::to_items));
    // These are only sent and received by a client.
    if scope == Scope::Types {
        return Ok(());
    }
    items.extend(input.multiparts.iter().flat_map(Multipart::to_items));
    for call in &input.calls {
        let answers = [&call.success, &call.failure];
        items
            .extend(answers.into_iter().filter_map(Answer::as_enum).flat_map(|answer| answer.to_items(&call.function)));
    }
    Ok(())
}
