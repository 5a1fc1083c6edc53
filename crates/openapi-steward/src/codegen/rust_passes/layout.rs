//! The text of the generated code.

use syn::{File, ImplItem, Item, UseTree, parse_quote};

/// The macro call that stands for a blank line, which a syntax tree cannot hold and prettyplease does not write.
const BLANK_LINE: &str = "openapi_steward_blank_line!();";

/// Prints a file with blank lines between its items, between those of its modules, and between the methods of the client.
///
/// A marker stands for each blank line while the tree is printed. No other line can equal it: a line of a comment begins with
/// slashes, and a string is printed on one line, in quotes.
pub(in crate::codegen) fn print(mut file: File) -> String {
    separate_items(&mut file.items);
    for item in &mut file.items {
        match item {
            Item::Mod(module) => {
                module.content.iter_mut().for_each(|(_, items)| separate_items(items));
            }
            Item::Impl(item) => item.items = separated(std::mem::take(&mut item.items), |_, _| true, marker_in_impl),
            _ => {}
        }
    }
    let mut text = String::new();
    for line in prettyplease::unparse(&file).lines() {
        text.push_str(if line.trim() == BLANK_LINE { "" } else { line });
        text.push('\n');
    }
    text
}

fn separate_items(items: &mut Vec<Item>) {
    *items = separated(std::mem::take(items), are_apart, marker);
}

fn marker() -> Item {
    Item::Macro(parse_quote!(openapi_steward_blank_line!();))
}

fn marker_in_impl() -> ImplItem {
    ImplItem::Macro(parse_quote!(openapi_steward_blank_line!();))
}

/// Puts a marker between neighbours that are apart.
fn separated<T>(items: Vec<T>, are_apart: fn(&T, &T) -> bool, marker: fn() -> T) -> Vec<T> {
    let mut separated: Vec<T> = Vec::with_capacity(items.len() * 2);
    for item in items {
        if separated.last().is_some_and(|previous| are_apart(previous, &item)) {
            separated.push(marker());
        }
        separated.push(item);
    }
    separated
}

/// Returns whether a blank line is between two items. Imports are a block, which an import of the crate ends.
fn are_apart(item: &Item, next: &Item) -> bool {
    match (item, next) {
        (Item::Use(item), Item::Use(_)) => matches!(&item.tree, UseTree::Path(path) if path.ident == "crate"),
        _ => true,
    }
}
