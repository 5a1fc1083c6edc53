//! Passes over the Rust that progenitor has written: each takes out or mends one thing.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, ExprLit, Field, File, ImplItem, Item, ItemStruct, Lit, Meta, Stmt, parse_quote};

use super::Prepared;
use super::decode;
use super::forms::Form;
use super::open_enum::OpenEnum;
use super::passes::Properties;

/// All passes, in the order in which they build on each other.
pub(super) fn finish(mut file: File, prepared: &Prepared) -> File {
    remove_api_version_header(&mut file);
    remove_policy(&mut file);
    remove_struct_builders(&mut file);
    remove_prelude(&mut file);
    encode_paths_ourselves(&mut file);
    decode::read_bodies_ourselves(&mut file);
    mend_structs(&mut file, &prepared.properties);
    decode::read_instants_ourselves(&mut file);
    add_constructors(&mut file);
    add_operations(&mut file, &prepared.document);
    add_types(&mut file, prepared);
    tidy_docs(&mut file);
    file
}

/// The code with an empty line between the items of the file and of its modules.
pub(super) fn space_out(code: &str) -> String {
    let mut spaced = String::new();
    let mut lines = code.lines().peekable();
    while let Some(line) = lines.next() {
        spaced.push_str(line);
        spaced.push('\n');
        let indented = line.len() - line.trim_start().len();
        let ends_item = indented <= 4 && (["}", "};"].contains(&line.trim()) || line.ends_with(");"));
        let begins_item = |next: &&str| !["", "}"].contains(&next.trim());
        let after_imports = line.starts_with("use ") && line.ends_with(';');
        if (ends_item || after_imports) && lines.peek().is_some_and(begins_item) {
            spaced.push('\n');
        }
    }
    spaced
}

/// Removes the `api-version` header, which this API does not know, and the map that held nothing else.
fn remove_api_version_header(file: &mut File) {
    struct Remover;
    impl VisitMut for Remover {
        fn visit_block_mut(&mut self, block: &mut syn::Block) {
            block.stmts.retain(|stmt| !(appends_header(stmt) && text(stmt).contains("\"api-version\"")));
            if !block.stmts.iter().any(appends_header) {
                let makes_map =
                    |stmt: &Stmt| matches!(stmt, Stmt::Local(local) if text(&local.pat) == "mut header_map");
                block.stmts.retain(|stmt| !makes_map(stmt));
                visit_mut::visit_block_mut(self, block);
            }
        }

        fn visit_expr_mut(&mut self, expr: &mut Expr) {
            visit_mut::visit_expr_mut(self, expr);
            if let Expr::MethodCall(call) = expr
                && call.method == "headers"
                && call.args.iter().map(text).eq(["header_map"])
            {
                *expr = (*call.receiver).clone();
            }
        }
    }
    Remover.visit_file_mut(file);
}

fn appends_header(stmt: &Stmt) -> bool {
    let Stmt::Expr(Expr::MethodCall(call), _) = stmt else { return false };
    call.method == "append" && matches!(&*call.receiver, Expr::Path(_)) && text(&call.receiver) == "header_map"
}

/// Removes the constructor that makes an HTTP client of its own: it has a timeout of progenitor's taste, and panics.
fn remove_policy(file: &mut File) {
    for item in &mut file.items {
        if let Item::Impl(item) = item {
            item.items.retain(|item| !matches!(item, ImplItem::Fn(function) if makes_a_client(function)));
        }
    }
}

fn makes_a_client(function: &syn::ImplItemFn) -> bool {
    function.sig.ident == "new" && text(&function.block).contains("reqwest :: ClientBuilder")
}

/// Removes the builders of the types and what converts from them, unless an operation takes one.
fn remove_struct_builders(file: &mut File) {
    if text(&*file).contains("types :: builder ::") {
        return;
    }
    let Some(items) = module(file, "types") else { return };
    items.retain_mut(|item| match item {
        Item::Mod(module) => module.ident != "builder",
        Item::Impl(item) => {
            item.items.retain(|item| !matches!(item, ImplItem::Fn(function) if function.sig.ident == "builder"));
            let converts = item.trait_.as_ref().is_some_and(|_| text(&*item).contains("builder ::"));
            !converts && (item.trait_.is_some() || !item.items.is_empty())
        }
        _ => true,
    });
    let uses_error =
        items.iter().any(|item| !matches!(item, Item::Mod(_)) && text(item).contains("error :: ConversionError"));
    if !uses_error {
        items.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "error"));
    }
}

/// Removes the prelude: the client has one name only.
fn remove_prelude(file: &mut File) {
    file.items.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "prelude"));
}

/// Mends the types: they can grow, have a JSON Schema behind a feature, and give null back where the spec has null.
fn mend_structs(file: &mut File, properties: &Properties) {
    for item in module(file, "types").into_iter().flatten() {
        if let Item::Struct(item) = item {
            item.attrs.push(parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]));
            if matches!(item.fields, syn::Fields::Named(_)) {
                item.attrs.push(parse_quote!(#[non_exhaustive]));
            }
            mend_fields(item, properties);
        }
    }
}

/// Adds a constructor to each type that has no default, of what it cannot do without: no one else can make a type that grows.
fn add_constructors(file: &mut File) {
    let Some(items) = module(file, "types") else { return };
    let mut with_constructors = Vec::new();
    for item in std::mem::take(items) {
        let constructor = if let Item::Struct(item) = &item { constructor(item) } else { None };
        with_constructors.push(item);
        with_constructors.extend(constructor);
    }
    *items = with_constructors;
}

fn constructor(item: &ItemStruct) -> Option<Item> {
    let derives_default =
        item.attrs.iter().any(|attr| attr.path().is_ident("derive") && text(attr).contains("Default"));
    let syn::Fields::Named(fields) = &item.fields else { return None };
    if derives_default {
        return None;
    }
    let name = &item.ident;
    let (optional, required): (Vec<&Field>, Vec<&Field>) =
        fields.named.iter().partition(|field| text(&field.ty).contains("option :: Option <"));
    let parameters = required.iter().map(|field| {
        let (ident, ty) = (&field.ident, &field.ty);
        quote::quote!(#ident: #ty)
    });
    let (required, optional) = (required.iter().map(|field| &field.ident), optional.iter().map(|field| &field.ident));
    Some(parse_quote! {
        impl #name {
            /// With what it cannot do without, and nothing else.
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#required,)* #(#optional: ::std::option::Option::None,)* }
            }
        }
    })
}

/// Adds a list of the operations, for what has to name them.
fn add_operations(file: &mut File, document: &serde_json::Value) {
    let operations = super::passes::operations(document);
    let (ids, methods, paths): (Vec<_>, Vec<_>, Vec<_>) = operations.into_iter().collect();
    file.items.push(parse_quote! {
        /// The operations of the spec, in its order.
        pub const OPERATIONS: &[crate::runtime::Operation] = &[#(crate::runtime::Operation { id: #ids, method: #methods, path: #paths }),*];
    });
}

fn mend_fields(item: &mut ItemStruct, properties: &Properties) {
    let name = item.ident.to_string();
    for field in &mut item.fields {
        let Some(property) = properties.get(&(name.clone(), wire_name(field))) else { continue };
        if property.nullable {
            write_null(field);
        }
        if let Some(description) = &property.description
            && !field.attrs.iter().any(|attr| attr.path().is_ident("doc"))
        {
            field.attrs.insert(0, parse_quote!(#[doc = #description]));
        }
    }
}

/// The name of a field on the wire.
fn wire_name(field: &Field) -> String {
    let renamed = field.attrs.iter().filter(|attr| attr.path().is_ident("serde")).find_map(|attr| {
        let mut name = None;
        // The other parts of the attribute are of no interest, so neither is where parsing stops.
        let _ = attr.parse_nested_meta(|meta| {
            let value = meta.value().and_then(syn::parse::ParseBuffer::parse::<syn::LitStr>)?;
            if meta.path.is_ident("rename") {
                name = Some(value.value());
            }
            Ok(())
        });
        name
    });
    renamed.unwrap_or_else(|| field.ident.as_ref().map(ToString::to_string).unwrap_or_default())
}

/// Removes `skip_serializing_if` from a field, so that `None` is written as null.
fn write_null(field: &mut Field) {
    for attr in &mut field.attrs {
        if let Meta::List(list) = &attr.meta
            && list.path.is_ident("serde")
        {
            let kept: Vec<Meta> = list
                .parse_args_with(syn::punctuated::Punctuated::<Meta, syn::Token![,]>::parse_terminated)
                .into_iter()
                .flatten()
                .filter(|meta| !meta.path().is_ident("skip_serializing_if"))
                .collect();
            *attr = parse_quote!(#[serde(#(#kept),*)]);
        }
    }
    field.attrs.retain(|attr| text(attr) != "# [serde ()]");
}

/// Adds the types that the generator writes itself.
fn add_types(file: &mut File, prepared: &Prepared) {
    if let Some(items) = module(file, "types") {
        items.extend(prepared.enums.iter().flat_map(OpenEnum::to_items));
        items.extend(prepared.forms.iter().flat_map(Form::to_items));
    }
}

/// Lets the code encode path parameters with our function: that of progenitor leaves `\`, which a URL takes for `/`.
fn encode_paths_ourselves(file: &mut File) {
    struct Remover;
    impl VisitMut for Remover {
        fn visit_use_group_mut(&mut self, group: &mut syn::UseGroup) {
            let items = std::mem::take(&mut group.items);
            group.items = items.into_iter().filter(|tree| text(tree) != "encode_path").collect();
        }
    }
    let of_progenitor = |item: &Item| matches!(item, Item::Use(item) if text(item).contains("encode_path"));
    if let Some(position) = file.items.iter().position(of_progenitor) {
        Remover.visit_item_mut(&mut file.items[position]);
        // The modules below import it from here.
        file.items.insert(
            position,
            parse_quote!(
                #[allow(unused_imports)]
                use crate::runtime::encode_path;
            ),
        );
    }
}

/// Makes the documentation what a person would write: a line a comment, no JSON Schema, no example that is not compiled.
fn tidy_docs(file: &mut File) {
    struct Tidier;
    impl VisitMut for Tidier {
        fn visit_attributes_mut(&mut self, attrs: &mut Vec<Attribute>) {
            let (docs, mut others): (Vec<_>, Vec<_>) = attrs.drain(..).partition(|attr| attr.path().is_ident("doc"));
            let lines: Vec<String> = docs.iter().filter_map(doc_text).flat_map(|doc| tidy_lines(&doc)).collect();
            let end = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
            attrs.extend(lines[..end].iter().map(|line| -> Attribute {
                let line = if line.is_empty() { String::new() } else { format!(" {line}") };
                parse_quote!(#[doc = #line])
            }));
            attrs.append(&mut others);
        }
    }
    Tidier.visit_file_mut(file);
}

fn doc_text(attr: &Attribute) -> Option<String> {
    match &attr.meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

fn tidy_lines(doc: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut skipping = None;
    for line in doc.lines() {
        let trimmed = line.trim();
        match skipping {
            Some(end) if trimmed == end => skipping = None,
            Some(_) => {}
            None if trimmed == "<details><summary>JSON schema</summary>" => skipping = Some("</details>"),
            None if trimmed == "```ignore" => skipping = Some("```"),
            None => lines.push(line.trim_end().trim_start_matches(' ').to_owned()),
        }
    }
    lines
}

fn module<'a>(file: &'a mut File, name: &str) -> Option<&'a mut Vec<Item>> {
    file.items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => module.content.as_mut().map(|(_, items)| items),
        _ => None,
    })
}

pub(super) fn text(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

#[cfg(test)]
#[path = "rust_tests.rs"]
mod tests;
