//! Lists the public items of a crate, one line each. Pure: the contents of its files in, lines out.

use std::collections::BTreeSet;

use syn::Item;

use super::exports::Exports;
use super::line_writer::LineWriter;
use super::listed_item;
use super::modules::{Module, Modules, Sources, cfg, join, merge_cfg};
use super::names::{Names, item_name};
use super::text::text;

/// Returns the lines for all items that users of the crate can reach. The lines of a type are together.
pub(crate) fn listing(sources: &Sources) -> Result<Vec<String>, String> {
    let modules = Modules::read(sources)?;
    let exports = Exports::of(&modules);
    let names = Names { modules: &modules, public: exports.names() };
    let mut lines: BTreeSet<String> = exports.lines.clone();
    for (path, module) in &modules.by_path {
        let mut writer = LineWriter { names: &names, module: path, cfg: module.cfg.clone(), written: Vec::new() };
        for item in &module.items {
            match item {
                Item::Impl(item) => writer.implementation(item),
                Item::Macro(item) => lines.extend(macro_line(path, module, item)),
                _ => {}
            }
            let paths = item_name(item).and_then(|name| exports.items.get(&(path.clone(), name.to_string())));
            let Some(paths) = paths else { continue };
            let called = item_name(item).and_then(|name| names.public.get(&(path.clone(), name.to_string())));
            for (public, cfg) in paths {
                let cfg = merge_cfg(cfg, &module.cfg);
                if called == Some(public) {
                    writer.cfg = cfg;
                    writer.item(public, item);
                    writer.cfg.clone_from(&module.cfg);
                } else {
                    let called = called.map(String::as_str).unwrap_or_default();
                    lines.insert(format!("{cfg}pub use {called} as {public}"));
                }
            }
        }
        lines.extend(writer.written);
    }
    let mut lines: Vec<String> = lines.into_iter().collect();
    lines.sort_by_cached_key(|text| listed_item::sort_key(text));
    Ok(lines)
}

/// Returns the line for an exported macro, or for a call whose items are unknown.
fn macro_line(path: &str, module: &Module, item: &syn::ItemMacro) -> Option<String> {
    let cfg = format!("{}{}", module.cfg, cfg(&item.attrs));
    match &item.ident {
        Some(name) if item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export")) => {
            Some(format!("{cfg}pub macro {name}!"))
        }
        Some(_) => None,
        None => {
            let name = join(path, &text(&item.mac.path));
            Some(format!("{cfg}macro {name}!({})", text(&item.mac.tokens)))
        }
    }
}
