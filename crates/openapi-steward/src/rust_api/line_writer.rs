//! Writes the lines for an item and its public parts.

use syn::visit_mut::VisitMut;
use syn::{Attribute, Fields, Generics, Ident, Item, ItemEnum, ItemStruct, ItemTrait, Signature, TraitItem, Type};

use super::modules::{cfg, is_public};
use super::names::Names;
use super::text::text;

/// Writes the lines for the items of a module.
pub(super) struct LineWriter<'a> {
    pub(super) names: &'a Names<'a>,
    pub(super) module: &'a str,
    /// The `cfg` attributes of the modules around, which are before each line.
    pub(super) cfg: String,
    pub(super) written: Vec<String>,
}

impl LineWriter<'_> {
    pub(super) fn item(&mut self, path: &str, item: &Item) {
        match item {
            Item::Const(item) => self.add(&item.attrs, &format!("pub const {path}: {}", self.ty(&item.ty))),
            Item::Enum(item) => self.enumeration(path, item),
            Item::Fn(item) => self.add(&item.attrs, &self.function("pub ", path, &item.sig)),
            Item::Static(item) => self.add(&item.attrs, &format!("pub static {path}: {}", self.ty(&item.ty))),
            Item::Struct(item) => self.structure(path, item),
            Item::Trait(item) => self.trait_(path, item),
            Item::Type(item) => {
                let (generics, bounds) = self.generics(&item.generics);
                self.add(&item.attrs, &format!("pub type {path}{generics} = {}{bounds}", self.ty(&item.ty)));
            }
            Item::Union(item) => self.add(&item.attrs, &format!("pub union {path}{}", self.generics(&item.generics).0)),
            _ => {}
        }
    }

    pub(super) fn add(&mut self, attributes: &[Attribute], line: &str) {
        let marked = |mark: &str| attributes.iter().any(|attribute| attribute.path().is_ident(mark));
        let marks = [("non_exhaustive", "#[non_exhaustive] "), ("deprecated", "#[deprecated] ")].into_iter();
        let marks: String = marks.filter(|(mark, _)| marked(mark)).map(|(_, text)| text).collect();
        self.written.push(format!("{}{}{marks}{line}", self.cfg, cfg(attributes)));
    }

    pub(super) fn ty(&self, ty: &Type) -> String {
        text(self.names.with_public_paths(self.module, ty, VisitMut::visit_type_mut))
    }

    /// Returns the generics with their bounds, and the `where` clause.
    pub(super) fn generics(&self, generics: &Generics) -> (String, String) {
        let generics = self.names.with_public_paths(self.module, generics, VisitMut::visit_generics_mut);
        let bounds = generics.where_clause.as_ref().filter(|bounds| !bounds.predicates.is_empty());
        (text(&generics), bounds.map_or_else(String::new, |bounds| format!(" {}", text(bounds))))
    }

    pub(super) fn function(&self, before: &str, path: &str, signature: &Signature) -> String {
        let mut signature = self.names.with_public_paths(self.module, signature, VisitMut::visit_signature_mut);
        for argument in &mut signature.inputs {
            match argument {
                // Callers do not see whether an argument is mutable inside.
                syn::FnArg::Receiver(receiver) if matches!(receiver.kind, syn::ReceiverKind::Value) => {
                    receiver.mutability = None;
                }
                syn::FnArg::Typed(argument) => {
                    if let syn::Pat::Ident(name) = argument.pat.as_mut() {
                        name.mutability = None;
                    }
                }
                syn::FnArg::Receiver(_) => {}
            }
        }
        // The path is not an identifier: it replaces a placeholder in the text.
        signature.ident = Ident::new("PATH", signature.ident.span());
        format!("{before}{}", text(&signature)).replacen("fn PATH", &format!("fn {path}"), 1)
    }

    fn structure(&mut self, path: &str, item: &ItemStruct) {
        let (generics, bounds) = self.generics(&item.generics);
        let rest = match &item.fields {
            Fields::Named(fields) => {
                let hidden = fields.named.iter().any(|field| !is_public(&field.vis));
                format!("{bounds}{}", if hidden { " { .. }" } else { "" })
            }
            Fields::Unnamed(fields) => {
                let shown = |field: &syn::Field| {
                    if is_public(&field.vis) { self.ty(&field.ty) } else { "_".to_owned() }
                };
                let fields: Vec<String> = fields.unnamed.iter().map(shown).collect();
                format!("({}){bounds}", fields.join(", "))
            }
            Fields::Unit => format!("{bounds};"),
        };
        self.add(&item.attrs, &format!("pub struct {path}{generics}{rest}"));
        for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
            if let Some(name) = &field.ident {
                self.add(&field.attrs, &format!("field {path}.{name}: {}", self.ty(&field.ty)));
            }
        }
        self.derived(path, &item.attrs, &item.generics);
    }

    fn enumeration(&mut self, path: &str, item: &ItemEnum) {
        let (generics, bounds) = self.generics(&item.generics);
        self.add(&item.attrs, &format!("pub enum {path}{generics}{bounds}"));
        for variant in &item.variants {
            let typed = |field: &syn::Field| match &field.ident {
                Some(name) => format!("{name}: {}", self.ty(&field.ty)),
                None => self.ty(&field.ty),
            };
            let fields = variant.fields.iter().map(typed).collect::<Vec<_>>().join(", ");
            let fields = match variant.fields {
                Fields::Named(_) => format!(" {{ {fields} }}"),
                Fields::Unnamed(_) => format!("({fields})"),
                Fields::Unit => String::new(),
            };
            let value =
                variant.discriminant.as_ref().map(|(_, value)| format!(" = {}", text(value))).unwrap_or_default();
            self.add(&variant.attrs, &format!("variant {path}::{}{fields}{value}", variant.ident));
        }
        self.derived(path, &item.attrs, &item.generics);
    }

    fn trait_(&mut self, path: &str, item: &ItemTrait) {
        let replaced = self.names.with_public_paths(self.module, item, |replacer, item| {
            item.supertraits.iter_mut().for_each(|bound| replacer.visit_type_param_bound_mut(bound));
        });
        let (generics, bounds) = self.generics(&item.generics);
        let above =
            if replaced.supertraits.is_empty() { String::new() } else { format!(": {}", text(&replaced.supertraits)) };
        self.add(&item.attrs, &format!("pub trait {path}{generics}{above}{bounds}"));
        for item in &item.items {
            match item {
                TraitItem::Fn(item) => {
                    let provided = if item.default.is_some() { " { .. }" } else { "" };
                    let line = self.function("", &format!("{path}::{}", item.sig.ident), &item.sig);
                    self.add(&item.attrs, &format!("{line}{provided}"));
                }
                TraitItem::Const(item) => {
                    let provided = if item.default.is_some() { " = .." } else { "" };
                    self.add(&item.attrs, &format!("const {path}::{}: {}{provided}", item.ident, self.ty(&item.ty)));
                }
                TraitItem::Type(item) => {
                    let provided = if item.default.is_some() { " = .." } else { "" };
                    let item = &self.names.with_public_paths(self.module, item, |replacer, item| {
                        item.bounds.iter_mut().for_each(|bound| replacer.visit_type_param_bound_mut(bound));
                    });
                    let bounds =
                        if item.bounds.is_empty() { String::new() } else { format!(": {}", text(&item.bounds)) };
                    self.add(&item.attrs, &format!("type {path}::{}{bounds}{provided}", item.ident));
                }
                _ => {}
            }
        }
    }

    /// Adds the derived traits, as if they were implemented by hand.
    fn derived(&mut self, path: &str, attributes: &[Attribute], generics: &Generics) {
        for attribute in attributes {
            let mut found: Vec<(String, syn::Path)> = Vec::new();
            let mut condition = String::new();
            let _ = attribute.parse_nested_meta(|meta| {
                if attribute.path().is_ident("derive") {
                    found.push((String::new(), meta.path));
                } else if attribute.path().is_ident("cfg_attr") && meta.path.is_ident("derive") {
                    meta.parse_nested_meta(|meta| {
                        found.push((format!("#[cfg({condition})] "), meta.path));
                        Ok(())
                    })?;
                } else if attribute.path().is_ident("cfg_attr") {
                    let rest =
                        if meta.input.peek(syn::Token![=]) { meta.value()?.parse::<syn::Lit>().ok() } else { None };
                    let rest = rest.map(|value| format!(" = {}", text(value))).unwrap_or_default();
                    condition = format!("{}{rest}", text(&meta.path));
                }
                Ok(())
            });
            for (cfg, derived) in found {
                let line = self.derived_impl(path, &derived, generics);
                self.written.push(format!("{}{cfg}{line}", self.cfg));
            }
        }
    }

    fn derived_impl(&self, path: &str, derived: &syn::Path, generics: &Generics) -> String {
        let replaced = self.names.with_public_paths(self.module, derived, VisitMut::visit_path_mut);
        let mut name = match text(&replaced).as_str() {
            "Debug" => "std::fmt::Debug".to_owned(),
            "Hash" => "std::hash::Hash".to_owned(),
            name => name.to_owned(),
        };
        let mut generics = generics.clone();
        generics.type_params_mut().for_each(|parameter| parameter.default = None);
        if let Ok(bound) = syn::parse_str::<syn::TypeParamBound>(&name) {
            generics.type_params_mut().for_each(|parameter| parameter.bounds.push(bound.clone()));
        }
        if name == "serde::Deserialize" {
            name.push_str("<'de>");
            let lifetime = syn::Lifetime::new("'de", proc_macro2::Span::call_site());
            generics.params.insert(0, syn::GenericParam::Lifetime(syn::LifetimeParam::new(lifetime)));
        }
        let (_, arguments, _) = generics.split_for_impl();
        // The lifetime of the trait is not an argument of the type.
        let arguments = text(arguments).replacen("<'de>", "", 1).replacen("<'de, ", "<", 1);
        let (written, bounds) = self.generics(&generics);
        format!("impl{written} {name} for {path}{arguments}{bounds}")
    }
}
