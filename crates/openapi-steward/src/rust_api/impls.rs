//! The lines for `impl` blocks: the methods of a type, and the traits that it has.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;
use syn::{GenericArgument, GenericParam, ImplItem, ItemImpl, PathArguments, Type};

use super::items::Lines;
use super::names::{Names, Target};
use super::text::text;
use super::tree::is_public;

impl Lines<'_> {
    pub(super) fn implementation(&mut self, item: &ItemImpl) {
        let mut met = Met { names: self.names, module: self.module, own: BTreeSet::new() };
        met.visit_type(&item.self_ty);
        if let Some((path, _)) = &item.trait_ {
            met.visit_path(path);
        }
        // What nobody can name, nobody can use; and what is all of others is not ours to list.
        if met.own.is_empty() || met.own.iter().any(|own| !self.names.public.contains_key(own)) {
            return;
        }
        if item.trait_.is_some() {
            self.trait_impl(item);
        } else if let Some(path) = self.own_path(&item.self_ty) {
            self.methods(&path, item);
        }
    }

    /// The public path of a type of this crate.
    fn own_path(&self, ty: &Type) -> Option<String> {
        let Type::Path(path) = ty else { return None };
        let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let Some(Target::Item(module, name, _)) = self.names.resolve(self.module, &names) else { return None };
        self.names.public.get(&(module, name)).cloned()
    }

    fn methods(&mut self, path: &str, item: &ItemImpl) {
        // What is there only for some of the types says for which.
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
        let path = text(self.names.spell(self.module, path, VisitMut::visit_path_mut));
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

/// Whether a block is for all that the type can be: `impl<T> Page<T>`.
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
    // A lifetime that is left open is any.
    !bounded && arguments.iter().filter(|argument| *argument != "'_").eq(parameters.iter())
}

fn argument(argument: &GenericArgument) -> String {
    text(argument)
}

/// The items of the crate that are met in a type or the path of a trait.
struct Met<'a> {
    names: &'a Names<'a>,
    module: &'a str,
    own: BTreeSet<(String, String)>,
}

impl<'ast> Visit<'ast> for Met<'_> {
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
