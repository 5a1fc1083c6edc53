//! Expands the calls of a crate's own macros, since they can make public items.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ImplItem, Item, ItemImpl, ItemMacro};

use super::macro_rules::{self, Pattern};

/// The number of levels to which macros that call others are expanded.
const DEPTH: usize = 8;

/// The macros that a crate defines, by name.
#[derive(Debug, Default)]
pub(super) struct Macros {
    rules: BTreeMap<String, Vec<(Vec<Pattern>, TokenStream)>>,
}

impl Macros {
    /// Adds the macros that these items define.
    pub(super) fn collect(&mut self, items: &[Item]) {
        for item in items {
            if let Item::Macro(ItemMacro { ident: Some(name), mac, .. }) = item {
                self.rules.insert(name.to_string(), macro_rules::rules(mac.tokens.clone()));
            }
        }
    }

    /// Returns the items with each call replaced by the items that it makes. A call of an unknown macro stays.
    pub(super) fn expand(&self, items: Vec<Item>) -> Vec<Item> {
        self.expand_items(items, DEPTH)
    }

    fn expand_items(&self, items: Vec<Item>, depth: usize) -> Vec<Item> {
        let expanded = items.into_iter().flat_map(|item| match item {
            Item::Macro(ItemMacro { ident: None, ref mac, .. }) if depth > 0 => {
                let made = self.call(mac).and_then(|tokens| syn::parse2::<syn::File>(tokens).ok());
                made.map_or_else(|| vec![item], |file| self.expand_items(file.items, depth - 1))
            }
            Item::Impl(mut item) => {
                item.items = self.expand_methods(item.items, depth);
                vec![Item::Impl(item)]
            }
            item => vec![item],
        });
        expanded.collect()
    }

    fn expand_methods(&self, items: Vec<ImplItem>, depth: usize) -> Vec<ImplItem> {
        let expanded = items.into_iter().flat_map(|item| match &item {
            ImplItem::Macro(call) if depth > 0 => {
                let made = self.call(&call.mac);
                let made = made.and_then(|tokens| syn::parse2::<ItemImpl>(quote!(impl Made { #tokens })).ok());
                made.map_or_else(|| vec![item], |made| self.expand_methods(made.items, depth - 1))
            }
            _ => vec![item],
        });
        expanded.collect()
    }

    /// Returns the expansion of a call, if one of the arms matches.
    fn call(&self, mac: &syn::Macro) -> Option<TokenStream> {
        let name = mac.path.segments.last()?.ident.to_string();
        let arms = self.rules.get(&name)?;
        arms.iter().find_map(|(pattern, body)| {
            let bindings = macro_rules::matches(pattern, mac.tokens.clone())?;
            Some(macro_rules::transcribe(body.clone(), &bindings))
        })
    }
}
