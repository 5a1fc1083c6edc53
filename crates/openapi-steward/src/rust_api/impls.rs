//! Writes the lines for `impl` blocks: the methods of a type, and the traits that it implements.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;
use syn::{GenericArgument, GenericParam, ImplItem, ItemImpl, PathArguments, Type};

use super::line_writer::LineWriter;
use super::modules::is_public;
use super::names::{Names, Target};
use super::text::text;

impl LineWriter<'_> {
    pub(super) fn implementation(&mut self, item: &ItemImpl) {
        let mut mentioned = MentionedItems { names: self.names, module: self.module, own: BTreeSet::new() };
        mentioned.visit_type(&item.self_ty);
        if let Some((path, _)) = &item.trait_ {
            mentioned.visit_path(path);
        }
        // An implementation with a private item cannot be used, and one without an item of this crate is not listed.
        if mentioned.own.is_empty() || mentioned.own.iter().any(|own| !self.names.public.contains_key(own)) {
            return;
        }
        if item.trait_.is_some() {
            self.trait_impl(item);
        } else if let Some(path) = self.own_path(&item.self_ty) {
            self.methods(&path, item);
        }
    }

    /// Returns the public path of a type of this crate.
    fn own_path(&self, ty: &Type) -> Option<String> {
        let Type::Path(path) = ty else { return None };
        let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let Some(Target::Item(module, name, _)) = self.names.resolve(self.module, &names) else { return None };
        self.names.public.get(&(module, name)).cloned()
    }

    fn methods(&mut self, path: &str, item: &ItemImpl) {
        // Methods for only some arguments of the type name the type.
        let (generics, bounds) = self.generics(&item.generics);
        let around = format!(" in impl{generics} {}{bounds}", self.ty(&item.self_ty));
        let around = if is_plain(item) { "" } else { around.as_str() };
        for inner in &item.items {
            match inner {
                ImplItem::Fn(function) if is_public(&function.vis) => {
                    let line = self.function("pub ", &format!("{path}::{}", function.sig.ident), &function.sig);
                    self.add(&[&item.attrs[..], &function.attrs].concat(), &format!("{line}{around}"));
                }
                ImplItem::Const(one) if is_public(&one.vis) => {
                    let line = format!("pub const {path}::{}: {}{around}", one.ident, self.ty(&one.ty));
                    self.add(&[&item.attrs[..], &one.attrs].concat(), &line);
                }
                ImplItem::Macro(call) => {
                    let line = format!("macro {path}::{}!({})", text(&call.mac.path), text(&call.mac.tokens));
                    self.add(&[&item.attrs[..], &call.attrs].concat(), &line);
                }
                _ => {}
            }
        }
    }

    fn trait_impl(&mut self, item: &ItemImpl) {
        let Some((path, _)) = &item.trait_ else { return };
        let path = text(self.names.with_public_paths(self.module, path, VisitMut::visit_path_mut));
        let (generics, bounds) = self.generics(&item.generics);
        let types: String = item
            .items
            .iter()
            .filter_map(|inner| match inner {
                ImplItem::Type(one) => Some(format!("type {} = {}; ", one.ident, self.ty(&one.ty))),
                _ => None,
            })
            .collect();
        let types = if types.is_empty() { types } else { format!(" {{ {types}}}") };
        let unsafety = if item.unsafety.is_some() { "unsafe " } else { "" };
        let line = format!("{unsafety}impl{generics} {path} for {}{bounds}{types}", self.ty(&item.self_ty));
        self.add(&item.attrs, &line);
    }
}

/// Returns whether a block is for all arguments of its type: `impl<T> Page<T>`.
fn is_plain(item: &ItemImpl) -> bool {
    let bounded = item.generics.where_clause.is_some()
        || item.generics.params.iter().any(|parameter| match parameter {
            GenericParam::Type(parameter) => !parameter.bounds.is_empty(),
            GenericParam::Lifetime(parameter) => !parameter.bounds.is_empty(),
            GenericParam::Const(_) => false,
        });
    let parameters: Vec<String> = item
        .generics
        .params
        .iter()
        .map(|parameter| match parameter {
            GenericParam::Type(parameter) => parameter.ident.to_string(),
            GenericParam::Lifetime(parameter) => text(&parameter.lifetime),
            GenericParam::Const(parameter) => parameter.ident.to_string(),
        })
        .collect();
    let arguments: Vec<String> = match item.self_ty.as_ref() {
        Type::Path(path) => match path.path.segments.last().map(|segment| &segment.arguments) {
            Some(PathArguments::AngleBracketed(arguments)) => arguments.args.iter().map(argument).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    // An elided lifetime is any lifetime.
    !bounded && arguments.iter().filter(|argument| *argument != "'_").eq(parameters.iter())
}

fn argument(argument: &GenericArgument) -> String {
    text(argument)
}

/// Finds the items of the crate in a type or the path of a trait.
struct MentionedItems<'a> {
    names: &'a Names<'a>,
    module: &'a str,
    own: BTreeSet<(String, String)>,
}

impl<'ast> Visit<'ast> for MentionedItems<'_> {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        visit::visit_path(self, path);
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if path.leading_colon.is_none()
            && let Some(Target::Item(module, name, _)) = self.names.resolve(self.module, &names)
        {
            self.own.insert((module, name));
        }
    }
}
