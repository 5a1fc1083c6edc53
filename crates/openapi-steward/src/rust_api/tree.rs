//! The modules of a crate, from the texts of its files.

use std::collections::BTreeMap;

use syn::{Attribute, Item, UseTree, Visibility};

use super::macros::Macros;
use super::text::text;

/// The text of each file of a crate, by its path below `src`.
pub(crate) type Sources = BTreeMap<String, String>;

/// The modules of a crate by their paths, of which that of the root is empty.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) modules: BTreeMap<String, Module>,
}

/// What a module holds. What is only built for tests is left out, and macros are expanded.
#[derive(Default)]
pub(super) struct Module {
    pub(super) items: Vec<Item>,
    pub(super) uses: Vec<Use>,
    /// The features that it is there for, as attributes.
    pub(super) cfg: String,
    pub(super) is_public: bool,
}

/// One name that a `use` brings into a module.
#[derive(Debug)]
pub(super) struct Use {
    pub(super) path: Vec<String>,
    /// Under which name; all that there is for a glob.
    pub(super) name: Option<String>,
    pub(super) cfg: String,
    pub(super) is_public: bool,
}

impl Tree {
    pub(super) fn read(sources: &Sources) -> Result<Self, String> {
        let mut reader = Reader { sources, tree: Self::default(), macros: Macros::default() };
        let file = parse("lib.rs", sources.get("lib.rs").ok_or("there is no lib.rs")?)?;
        reader.module("", Module { is_public: true, ..Module::default() }, file, "")?;
        let Reader { mut tree, macros, .. } = reader;
        for module in tree.modules.values_mut() {
            let items = macros.expand(std::mem::take(&mut module.items));
            for item in items.into_iter().filter(|item| !is_for_tests(attributes(item))) {
                if let Item::Use(item) = &item {
                    let (cfg, is_public) = (cfg(&item.attrs), is_public(&item.vis));
                    collect_uses(&item.tree, &[], &mut |path, name| {
                        module.uses.push(Use { path, name, cfg: cfg.clone(), is_public });
                    });
                } else {
                    module.items.push(item);
                }
            }
        }
        Ok(tree)
    }
}

struct Reader<'a> {
    sources: &'a Sources,
    tree: Tree,
    macros: Macros,
}

impl Reader<'_> {
    /// Reads a module of this path, whose own modules are in files of this folder.
    fn module(&mut self, path: &str, mut module: Module, items: Vec<Item>, folder: &str) -> Result<(), String> {
        self.macros.collect(&items);
        for item in items.into_iter().filter(|item| !is_for_tests(attributes(item))) {
            let Item::Mod(item) = item else {
                module.items.push(item);
                continue;
            };
            let name = item.ident.to_string();
            let (inner, folder) = (join(path, &name), format!("{folder}{name}/"));
            let content = match item.content {
                Some((_, items)) => items,
                None => self.file(&folder)?,
            };
            let cfg = format!("{}{}", module.cfg, cfg(&item.attrs));
            let empty = Module { cfg, is_public: is_public(&item.vis), ..Module::default() };
            self.module(&inner, empty, content, &folder)?;
        }
        self.tree.modules.insert(path.to_owned(), module);
        Ok(())
    }

    /// The items of the file of a module that has this folder.
    fn file(&self, folder: &str) -> Result<Vec<Item>, String> {
        let names = [format!("{}.rs", folder.trim_end_matches('/')), format!("{folder}mod.rs")];
        let found = names.iter().find_map(|name| Some((name, self.sources.get(name)?)));
        let (name, text) = found.ok_or_else(|| format!("there is neither {} nor {}", names[0], names[1]))?;
        parse(name, text)
    }
}

fn parse(name: &str, text: &str) -> Result<Vec<Item>, String> {
    syn::parse_file(text).map(|file| file.items).map_err(|error| format!("{name} cannot be read: {error}"))
}

/// Calls `add` with each path of a `use`, and the name it gets.
fn collect_uses(tree: &UseTree, before: &[String], add: &mut impl FnMut(Vec<String>, Option<String>)) {
    let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
    match tree {
        UseTree::Path(path) => collect_uses(&path.tree, &with(&path.ident), add),
        UseTree::Name(name) if name.ident == "self" => add(before.to_vec(), before.last().cloned()),
        UseTree::Name(name) => add(with(&name.ident), Some(name.ident.to_string())),
        UseTree::Rename(name) if name.ident == "self" => add(before.to_vec(), Some(name.rename.to_string())),
        UseTree::Rename(name) => add(with(&name.ident), Some(name.rename.to_string())),
        UseTree::Glob(_) => add(before.to_vec(), None),
        UseTree::Group(group) => group.items.iter().for_each(|tree| collect_uses(tree, before, add)),
    }
}

/// A path with one more name.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}::{name}") }
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The attributes that say when an item is there, each with a space after it.
pub(super) fn cfg(attributes: &[Attribute]) -> String {
    let cfgs = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    cfgs.flat_map(|attribute| [text(attribute), " ".to_owned()]).collect()
}

/// The attributes of two places that an item depends on: those that say the same are there once.
pub(super) fn both(one: &str, other: &str) -> String {
    if one.contains(other) { one.to_owned() } else { format!("{one}{other}") }
}

/// Whether something is built for tests only.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    let cfg = cfg(attributes);
    cfg.contains("cfg(test)") || cfg.contains("cfg(all(test")
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
