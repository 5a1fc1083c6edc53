//! Passes over the client: its constructor and its imports.

use syn::{File, ImplItem, Item, UseTree, parse_quote};

use super::error::{UnexpectedCode, expect_count};
use super::matchers::is_type;

/// Removes the constructor that makes an HTTP client: it has timeouts of progenitor's choice, and panics.
pub(super) fn remove_constructor_with_timeouts(file: &mut File) -> Result<(), UnexpectedCode> {
    let mut removed = 0;
    for item in &mut file.items {
        if let Item::Impl(item) = item
            && item.trait_.is_none()
            && is_type(&item.self_ty, &["Client"])
        {
            // An operation can be called `new` as well; it has a receiver.
            let is_constructor = |item: &ImplItem| matches!(item, ImplItem::Fn(item) if item.sig.ident == "new" && item.sig.receiver().is_none());
            let before = item.items.len();
            item.items.retain(|item| !is_constructor(item));
            removed += before - item.items.len();
        }
    }
    expect_count("remove_constructor_with_timeouts", "functions `Client::new`", removed, 1)
}

/// Removes the prelude, which holds nothing but the client.
pub(super) fn remove_prelude(file: &mut File) -> Result<(), UnexpectedCode> {
    let before = file.items.len();
    file.items.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "prelude"));
    expect_count("remove_prelude", "modules `prelude`", before - file.items.len(), 1)
}

/// Makes the code encode path parameters with the function of the runtime: progenitor's leaves `\`, which a URL takes for `/`.
pub(super) fn replace_encode_path(file: &mut File) -> Result<(), UnexpectedCode> {
    const PASS: &str = "replace_encode_path";
    let import = file.items.iter_mut().enumerate().find_map(|(position, item)| match item {
        Item::Use(item) => remove_import(&mut item.tree, "progenitor_client", "encode_path").then_some(position),
        _ => None,
    });
    let position = import.ok_or_else(|| UnexpectedCode::new(PASS, "found no import of `encode_path`"))?;
    // The modules below import it from here.
    let replacement = parse_quote!(
        #[allow(unused_imports)]
        use crate::runtime::encode_path;
    );
    file.items.insert(position, replacement);
    Ok(())
}

/// Removes a name from a `use` of these in a crate: `use progenitor_client::{encode_path, …}`. Returns whether it was there.
fn remove_import(tree: &mut UseTree, krate: &str, name: &str) -> bool {
    let UseTree::Path(path) = tree else { return false };
    let UseTree::Group(group) = path.tree.as_mut() else { return false };
    if path.ident != krate {
        return false;
    }
    let before = group.items.len();
    let items = std::mem::take(&mut group.items);
    group.items = items.into_iter().filter(|tree| !matches!(tree, UseTree::Name(item) if item.ident == name)).collect();
    group.items.len() < before
}
