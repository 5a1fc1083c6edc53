//! Matchers of syntax nodes, which the passes share.

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, File, GenericArgument, Item, Path, PathArguments, Token, Type};

/// Returns whether the last segments of a path have these names, whatever is before them: `HeaderName::from_static`.
pub(super) fn path_ends_with(path: &Path, names: &[&str]) -> bool {
    path.segments.len() >= names.len()
        && path.segments.iter().rev().zip(names.iter().rev()).all(|(segment, name)| segment.ident == name)
}

/// Returns whether a path has these names next to each other somewhere.
fn path_contains(path: &Path, names: &[&str]) -> bool {
    let segments: Vec<_> = path.segments.iter().map(|segment| &segment.ident).collect();
    segments.windows(names.len()).any(|window| window.iter().zip(names).all(|(ident, name)| *ident == name))
}

/// Returns whether a type is a path that ends with these names.
pub(super) fn is_type(ty: &Type, names: &[&str]) -> bool {
    matches!(ty, Type::Path(path) if path.qself.is_none() && path_ends_with(&path.path, names))
}

/// Returns the type in an `Option`.
pub(super) fn option_argument(ty: &Type) -> Option<&Type> {
    argument_of(ty, "Option")
}

/// Returns whether a type is `DateTime<Utc>`.
pub(super) fn is_instant(ty: &Type) -> bool {
    argument_of(ty, "DateTime").is_some_and(|zone| is_type(zone, &["Utc"]))
}

/// Returns the only generic argument of a type with this name.
pub(super) fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(ty)) if arguments.args.len() == 1 => Some(ty),
        _ => None,
    }
}

/// Returns whether attributes derive a trait with this name.
pub(super) fn derives(attributes: &[Attribute], name: &str) -> bool {
    let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let mut traits = derives.flat_map(|attribute| {
        attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).into_iter().flatten()
    });
    traits.any(|path| path_ends_with(&path, &[name]))
}

/// Returns whether a path with these names next to each other is anywhere in a file.
pub(super) fn file_mentions(file: &File, names: &[&str]) -> bool {
    let mut search = Search { names, found: false };
    search.visit_file(file);
    search.found
}

/// Returns whether a path with these names next to each other is anywhere in an item.
pub(super) fn item_mentions(item: &Item, names: &[&str]) -> bool {
    let mut search = Search { names, found: false };
    search.visit_item(item);
    search.found
}

struct Search<'a> {
    names: &'a [&'a str],
    found: bool,
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        self.found |= path_contains(path, self.names);
        visit::visit_path(self, path);
    }
}

/// Returns the items of a module of the file.
pub(super) fn module_items<'a>(file: &'a mut File, name: &str) -> Option<&'a mut Vec<Item>> {
    file.items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => module.content.as_mut().map(|(_, items)| items),
        _ => None,
    })
}
