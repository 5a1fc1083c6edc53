//! The pass over the functions that send requests.

use std::collections::BTreeMap;

use syn::punctuated::Punctuated;
use syn::{File, FnArg, ImplItem, Item, Meta, Path, ReturnType, Token, Type, parse_quote};

use super::error::{UnexpectedCode, expect_count};
use super::matchers::module_items;
use crate::codegen::operation::{self, BodyKind, Call};

const PASS: &str = "replace_send";

/// Replaces what each `send` does with its parameters.
pub(super) fn replace_send(file: &mut File, calls: &[Call]) -> Result<(), UnexpectedCode> {
    let calls: BTreeMap<&str, &Call> = calls.iter().map(|call| (call.builder.as_str(), call)).collect();
    if calls.is_empty() {
        return Ok(());
    }
    let items = module_items(file, "builder").ok_or_else(|| UnexpectedCode::new(PASS, "found no module `builder`"))?;
    let mut replaced = 0;
    for item in items {
        match item {
            Item::Struct(item) => {
                // A body can be a stream, which can be sent once.
                let streams = calls.get(item.ident.to_string().as_str()).and_then(|call| call.body.as_ref());
                if streams.is_some_and(|body| matches!(body.kind, BodyKind::Bytes | BodyKind::Multipart)) {
                    remove_clone(&mut item.attrs);
                }
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let Some(call) = builder_name(&item.self_ty).and_then(|name| calls.get(name.as_str()).copied()) else {
                    continue;
                };
                for item in &mut item.items {
                    if let ImplItem::Fn(function) = item
                        && function.sig.ident == "send"
                        && matches!(function.sig.inputs.first(), Some(FnArg::Receiver(_)))
                        && function.sig.asyncness.is_some()
                    {
                        replace(function, call)?;
                        replaced += 1;
                    }
                }
            }
            _ => {}
        }
    }
    expect_count(PASS, "functions `send`", replaced, calls.len())
}

fn replace(function: &mut syn::ImplItemFn, call: &Call) -> Result<(), UnexpectedCode> {
    // The first statement takes the builder apart, and one for each parameter follows.
    let known = 1 + call.parameters.len() + usize::from(call.body.is_some());
    let locals = function.block.stmts.iter().take_while(|statement| matches!(statement, syn::Stmt::Local(_))).count();
    if locals < known {
        return Err(UnexpectedCode::new(
            PASS,
            format!("expected {known} variables in `{}`, found {locals}", call.function),
        ));
    }
    let (statements, output) = operation::to_code(call);
    function.block.stmts.truncate(known);
    function.block.stmts.extend(statements);
    let output: Type = parse_quote!(#output);
    function.sig.output = ReturnType::Type(Token![->](proc_macro2::Span::call_site()), Box::new(output));
    Ok(())
}

fn builder_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

fn remove_clone(attributes: &mut [syn::Attribute]) {
    for attribute in attributes.iter_mut().filter(|attribute| attribute.path().is_ident("derive")) {
        let Meta::List(list) = &mut attribute.meta else { continue };
        let derives = list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).unwrap_or_default();
        let derives = derives.into_iter().filter(|path| !path.is_ident("Clone"));
        list.tokens = quote::quote!(#(#derives),*);
    }
}

/// Marks the functions of deprecated operations.
pub(super) fn mark_deprecated(file: &mut File, calls: &[Call]) {
    let is_deprecated = |name: String| calls.iter().any(|call| call.deprecated && call.function == name);
    for item in &mut file.items {
        if let Item::Impl(item) = item
            && item.trait_.is_none()
            && super::matchers::is_type(&item.self_ty, &["Client"])
        {
            for item in &mut item.items {
                if let ImplItem::Fn(function) = item
                    && is_deprecated(function.sig.ident.to_string())
                {
                    function.attrs.push(parse_quote!(#[deprecated]));
                }
            }
        }
    }
}
