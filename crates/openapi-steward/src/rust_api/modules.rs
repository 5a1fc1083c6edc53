//! Reads the modules of a crate from its files.

use std::collections::BTreeMap;

use syn::{Attribute, Item, UseTree, Visibility};

use super::macro_expansion::Macros;
use super::text::text;

/// The text of each file of a crate, by its path below `src`.
pub(crate) type Sources = BTreeMap<String, String>;

/// The modules of a crate by their paths. The path of the root is empty.
#[derive(Default)]
pub(super) struct Modules {
    pub(super) by_path: BTreeMap<String, Module>,
}

/// The contents of a module, without items for tests and with macros expanded.
#[derive(Default)]
pub(super) struct Module {
    pub(super) items: Vec<Item>,
    pub(super) uses: Vec<Use>,
    /// The `cfg` attributes of the module and those around it.
    pub(super) cfg: String,
    pub(super) is_public: bool,
}

/// One name that a `use` brings into a module.
#[derive(Debug)]
pub(super) struct Use {
    pub(super) path: Vec<String>,
    /// The new name, or `None` for a glob.
    pub(super) name: Option<String>,
    pub(super) cfg: String,
    pub(super) is_public: bool,
}

impl Modules {
    pub(super) fn read(sources: &Sources) -> Result<Self, String> {
        let mut reader = Reader { sources, modules: Self::default(), macros: Macros::default() };
        let file = parse("lib.rs", sources.get("lib.rs").ok_or("there is no lib.rs")?)?;
        reader.module("", Module { is_public: true, ..Module::default() }, file, "")?;
        let Reader { mut modules, macros, .. } = reader;
        for module in modules.by_path.values_mut() {
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
        Ok(modules)
    }
}

struct Reader<'a> {
    sources: &'a Sources,
    modules: Modules,
    macros: Macros,
}

impl Reader<'_> {
    /// Reads a module. The files of its own modules are in `folder`.
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
        self.modules.by_path.insert(path.to_owned(), module);
        Ok(())
    }

    /// Returns the items of the file of a module, whose own modules are in `folder`.
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

/// Calls `add` with each path of a `use`, and its new name.
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

/// Appends a name to a path.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}::{name}") }
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Returns the `cfg` attributes, each with a space after it.
pub(super) fn cfg(attributes: &[Attribute]) -> String {
    let cfgs = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    cfgs.flat_map(|attribute| [text(attribute), " ".to_owned()]).collect()
}

/// Returns the `cfg` attributes of two places, without repeating them.
pub(super) fn merge_cfg(one: &str, other: &str) -> String {
    if one.contains(other) { one.to_owned() } else { format!("{one}{other}") }
}

/// Returns whether an item is built for tests only.
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
