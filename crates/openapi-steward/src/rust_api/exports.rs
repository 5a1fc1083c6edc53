//! What of a crate can be reached from outside, and by which path.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Names, Target, public_items};
use super::tree::{Tree, join};

/// What is public of a crate.
#[derive(Debug, Default)]
pub(super) struct Exports {
    /// The paths of each item that has any, with the attributes of the `use` that gives it the path; by its module and name.
    pub(super) items: BTreeMap<(String, String), BTreeMap<String, String>>,
    /// Lines for the modules, and for what is of other crates.
    pub(super) lines: BTreeSet<String>,
    /// The modules that have been visited, each under its path.
    visited: BTreeSet<(String, String)>,
}

/// How deep modules may be in one another: a crate can show one of them in itself.
const DEPTH: usize = 8;

impl Exports {
    pub(super) fn of(tree: &Tree) -> Self {
        let names = Names { tree, public: BTreeMap::new() };
        let mut exports = Self::default();
        exports.visit(&names, "", "", "", 0);
        exports
    }

    /// The path by which each item is called: the shortest.
    pub(super) fn names(&self) -> BTreeMap<(String, String), String> {
        let shortest = |paths: &BTreeMap<String, String>| {
            paths.keys().min_by_key(|path| (path.matches("::").count(), path.len())).cloned()
        };
        self.items.iter().filter_map(|(item, paths)| Some((item.clone(), shortest(paths)?))).collect()
    }

    fn visit(&mut self, names: &Names<'_>, module: &str, path: &str, cfg: &str, depth: usize) {
        let Some(here) = names.tree.modules.get(module) else { return };
        if depth > DEPTH || !self.visited.insert((module.to_owned(), path.to_owned())) {
            return;
        }
        for (name, _) in public_items(here) {
            self.item(module, &name.to_string(), &join(path, &name.to_string()), cfg);
        }
        let inner = names.tree.modules.iter().filter(|(_, inner)| inner.is_public);
        for (inner, _) in inner {
            let name = inner.strip_prefix(module).map(|rest| rest.trim_start_matches("::"));
            if let Some(name) =
                name.filter(|name| !name.is_empty() && join(module, name) == *inner && !name.contains("::"))
            {
                self.module(names, inner, &join(path, name), cfg, depth);
            }
        }
        for one in here.uses.iter().filter(|one| one.is_public) {
            let cfg = format!("{cfg}{}", one.cfg);
            match (names.used(module, one), &one.name) {
                (Target::Item(of, item, rest), Some(name)) if rest.is_empty() => {
                    self.item(&of, &item, &join(path, name), &cfg);
                }
                (Target::Module(inner), Some(name)) => self.module(names, &inner, &join(path, name), &cfg, depth),
                // What a glob brings in stands right here.
                (Target::Module(inner), None) => self.visit(names, &inner, path, &cfg, depth + 1),
                (Target::Item(of, item, rest), name) => {
                    let target = [vec![join(&of, &item)], rest].concat();
                    self.foreign(&target, name.as_deref(), path, &format!("{cfg}{}", here.cfg));
                }
                (Target::Foreign(target), name) => {
                    self.foreign(&target, name.as_deref(), path, &format!("{cfg}{}", here.cfg));
                }
            }
        }
    }

    fn item(&mut self, module: &str, name: &str, path: &str, cfg: &str) {
        let paths = self.items.entry((module.to_owned(), name.to_owned())).or_default();
        paths.insert(path.to_owned(), cfg.to_owned());
    }

    fn module(&mut self, names: &Names<'_>, module: &str, path: &str, cfg: &str, depth: usize) {
        let own = names.tree.modules.get(module).map(|module| module.cfg.as_str()).unwrap_or_default();
        self.lines.insert(format!("{cfg}{own}pub mod {path}"));
        self.visit(names, module, path, cfg, depth + 1);
    }

    fn foreign(&mut self, target: &[String], name: Option<&str>, path: &str, cfg: &str) {
        let target = target.join("::");
        let line = match name.map(|name| join(path, name)) {
            None if path.is_empty() => format!("pub use {target}::*"),
            None => format!("pub use {target}::* as {path}::*"),
            Some(name) if target.rsplit("::").next() == Some(&name) => format!("pub use {target}"),
            Some(name) => format!("pub use {target} as {name}"),
        };
        self.lines.insert(format!("{cfg}{line}"));
    }
}
