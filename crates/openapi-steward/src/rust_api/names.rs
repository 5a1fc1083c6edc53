//! Resolves the names in a module, and replaces paths by those that users of the crate write.

use std::collections::{BTreeMap, BTreeSet};

use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::visit_mut::{self, VisitMut};
use syn::{Ident, Item, Path, PathSegment, TypePath};

use super::modules::{Module, Modules, Use, is_public, join};

/// The target of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// An item of this crate: its module, its name, and the rest of the path.
    Item(String, String, Vec<String>),
    /// A module of this crate.
    Module(String),
    /// An item or a module of another crate.
    Foreign(Vec<String>),
}

/// The names of a crate.
pub(super) struct Names<'a> {
    pub(super) modules: &'a Modules,
    /// The public path of each item that has one, by its module and name.
    pub(super) public: BTreeMap<(String, String), String>,
}

type Seen = BTreeSet<(String, String)>;

impl Names<'_> {
    /// Resolves a path in a module. A single name that is not found is one of the prelude, or a generic parameter.
    pub(super) fn resolve(&self, module: &str, path: &[String]) -> Option<Target> {
        self.follow(module, path, &mut Seen::new())
    }

    fn follow(&self, module: &str, path: &[String], seen: &mut Seen) -> Option<Target> {
        let (head, rest) = path.split_first()?;
        let start = match head.as_str() {
            "crate" => Some(Target::Module(String::new())),
            "self" => Some(Target::Module(module.to_owned())),
            "super" => Some(Target::Module(parent(module).to_owned())),
            head => self.find(module, head, seen),
        };
        let foreign = || (!rest.is_empty() && head != "Self").then(|| Target::Foreign(path.to_vec()));
        let Some(mut target) = start else { return foreign() };
        for name in rest {
            target = match target {
                Target::Module(module) if name == "super" => Target::Module(parent(&module).to_owned()),
                Target::Module(module) => self.find(&module, name, seen)?,
                Target::Item(module, item, mut rest) => {
                    rest.push(name.clone());
                    Target::Item(module, item, rest)
                }
                Target::Foreign(mut path) => {
                    path.push(name.clone());
                    Target::Foreign(path)
                }
            };
        }
        Some(target)
    }

    /// Resolves a name in a module: an item, a module, or a `use`. A `use` that leads back to itself has no target.
    fn find(&self, module: &str, name: &str, seen: &mut Seen) -> Option<Target> {
        let here = self.modules.by_path.get(module)?;
        if !seen.insert((module.to_owned(), name.to_owned())) {
            return None;
        }
        if here.items.iter().any(|item| item_name(item).is_some_and(|ident| ident == name)) {
            return Some(Target::Item(module.to_owned(), name.to_owned(), Vec::new()));
        }
        let inner = join(module, name);
        if self.modules.by_path.contains_key(&inner) {
            return Some(Target::Module(inner));
        }
        if let Some(one) = here.uses.iter().find(|one| one.name.as_deref() == Some(name)) {
            return Some(self.follow(module, &one.path, seen).unwrap_or_else(|| Target::Foreign(one.path.clone())));
        }
        let mut globs = here.uses.iter().filter(|one| one.name.is_none());
        globs.find_map(|glob| match self.follow(module, &glob.path, seen)? {
            Target::Module(module) => self.find(&module, name, seen),
            _ => None,
        })
    }

    /// Resolves a `use`. It always has a target.
    pub(super) fn used(&self, module: &str, one: &Use) -> Target {
        // The new name is not the target: `pub use http`.
        let mut seen = Seen::from([(module.to_owned(), one.name.clone().unwrap_or_default())]);
        let own = one.path.first().is_some_and(|head| ["crate", "self", "super"].contains(&head.as_str()));
        let seen = if own { &mut Seen::new() } else { &mut seen };
        self.follow(module, &one.path, seen).unwrap_or_else(|| Target::Foreign(one.path.clone()))
    }

    /// Returns the public path of a target, or a path that begins with `crate` if it is private.
    fn public_path(&self, target: &Target) -> Vec<String> {
        let steps = |path: &str| path.split("::").map(str::to_owned).collect::<Vec<_>>();
        match target {
            Target::Item(module, name, rest) => {
                let public = self.public.get(&(module.clone(), name.clone())).cloned();
                let path = public.unwrap_or_else(|| format!("crate::{}", join(module, name)));
                [steps(&path), rest.clone()].concat()
            }
            Target::Module(module) => steps(module),
            Target::Foreign(path) => without_prelude_path(path.clone()),
        }
    }

    /// Returns `node` with every path replaced by its public path.
    pub(super) fn with_public_paths<'s, T>(
        &'s self,
        module: &'s str,
        node: &T,
        visit: impl FnOnce(&mut PathReplacer<'s>, &mut T),
    ) -> T
    where
        T: Clone,
    {
        let mut node = node.clone();
        visit(&mut PathReplacer { names: self, module }, &mut node);
        node
    }
}

/// Replaces paths by their public paths.
pub(super) struct PathReplacer<'a> {
    names: &'a Names<'a>,
    module: &'a str,
}

impl VisitMut for PathReplacer<'_> {
    fn visit_type_path_mut(&mut self, path: &mut TypePath) {
        if path.qself.is_some() {
            // Replacing the path of the trait would change the number of its segments, which the node counts.
            path.path.segments.iter_mut().for_each(|segment| self.visit_path_segment_mut(segment));
            path.qself.iter_mut().for_each(|own| self.visit_type_mut(&mut own.ty));
        } else {
            self.visit_path_mut(&mut path.path);
        }
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        // A segment with arguments is the last that can be resolved; those after it belong to it.
        let old: Vec<PathSegment> = path.segments.iter().cloned().collect();
        let known = old.iter().position(|segment| !segment.arguments.is_none()).map_or(old.len(), |at| at + 1);
        let (looked_up, rest) = old.split_at(known);
        let names: Vec<String> = looked_up.iter().map(|segment| segment.ident.to_string()).collect();
        let target = match path.leading_colon {
            Some(_) => Some(Target::Foreign(names)),
            None => self.names.resolve(self.module, &names),
        };
        let Some(target) = target else { return };
        let idents =
            self.names.public_path(&target).into_iter().filter_map(|name| Ident::parse_any.parse_str(&name).ok());
        let mut segments: Vec<PathSegment> = idents.map(PathSegment::from).collect();
        if let (Some(last), Some(known)) = (segments.last_mut(), looked_up.last()) {
            last.arguments = known.arguments.clone();
            segments.extend(rest.iter().cloned());
            path.leading_colon = None;
            path.segments = segments.into_iter().collect();
        }
    }
}

/// The items of the prelude, by their modules.
const PRELUDE: [(&str, &[&str]); 13] = [
    ("borrow", &["ToOwned"]),
    ("boxed", &["Box"]),
    ("clone", &["Clone"]),
    ("cmp", &["Eq", "Ord", "PartialEq", "PartialOrd"]),
    ("convert", &["AsMut", "AsRef", "From", "Into", "TryFrom", "TryInto"]),
    ("default", &["Default"]),
    ("future", &["Future", "IntoFuture"]),
    ("iter", &["Extend", "IntoIterator", "Iterator"]),
    ("marker", &["Copy", "Send", "Sized", "Sync", "Unpin"]),
    ("ops", &["Drop", "Fn", "FnMut", "FnOnce"]),
    ("option", &["Option"]),
    ("result", &["Result"]),
    ("string", &["String", "ToString"]),
];

/// Returns a path of the standard library as one writes it: only the name if it is in the prelude.
fn without_prelude_path(mut path: Vec<String>) -> Vec<String> {
    if let Some(first) = path.first_mut()
        && ["alloc", "core"].contains(&first.as_str())
    {
        "std".clone_into(first);
    }
    match path.as_slice() {
        [first, module, name] if first == "std" && (in_prelude(module, name) || (module == "vec" && name == "Vec")) => {
            vec![name.clone()]
        }
        _ => path,
    }
}

fn in_prelude(module: &str, name: &str) -> bool {
    PRELUDE.iter().any(|(known, names)| *known == module && names.contains(&name))
}

fn parent(module: &str) -> &str {
    module.rsplit_once("::").map_or("", |(parent, _)| parent)
}

/// Returns the name of an item that can have a path.
pub(super) fn item_name(item: &Item) -> Option<&Ident> {
    Some(match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    })
}

/// Returns the public items of a module.
pub(super) fn public_items(module: &Module) -> impl Iterator<Item = (&Ident, &Item)> {
    let is_public_item = |item: &Item| {
        is_public(match item {
            Item::Const(item) => &item.vis,
            Item::Enum(item) => &item.vis,
            Item::Fn(item) => &item.vis,
            Item::Static(item) => &item.vis,
            Item::Struct(item) => &item.vis,
            Item::Trait(item) => &item.vis,
            Item::Type(item) => &item.vis,
            Item::Union(item) => &item.vis,
            _ => return false,
        })
    };
    module.items.iter().filter(move |item| is_public_item(item)).filter_map(|item| Some((item_name(item)?, item)))
}
