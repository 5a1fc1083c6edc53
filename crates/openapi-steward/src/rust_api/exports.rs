//! Finds the items that users of a crate can reach, and their paths.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{Modules, join};
use super::names::{Names, Target, public_items};

/// The public items of a crate.
#[derive(Debug, Default)]
pub(super) struct Exports {
    /// The public paths of each item, by its module and name. Each path has the `cfg` attributes of the `use` that makes it.
    pub(super) items: BTreeMap<(String, String), BTreeMap<String, String>>,
    /// The lines for modules, and for items of other crates.
    pub(super) lines: BTreeSet<String>,
    /// The visited modules, each with the path under which it was visited.
    visited: BTreeSet<(String, String)>,
}

/// The maximum depth of modules: a crate can re-export a module inside itself.
const DEPTH: usize = 8;

impl Exports {
    pub(super) fn of(modules: &Modules) -> Self {
        let names = Names { modules, public: BTreeMap::new() };
        let mut exports = Self::default();
        exports.visit(&names, "", "", "", 0);
        exports
    }

    /// Returns the shortest path of each item.
    pub(super) fn names(&self) -> BTreeMap<(String, String), String> {
        let shortest = |paths: &BTreeMap<String, String>| {
            paths.keys().min_by_key(|path| (path.matches("::").count(), path.len())).cloned()
        };
        self.items.iter().filter_map(|(item, paths)| Some((item.clone(), shortest(paths)?))).collect()
    }

    fn visit(&mut self, names: &Names<'_>, module: &str, path: &str, cfg: &str, depth: usize) {
        let Some(here) = names.modules.by_path.get(module) else { return };
        if depth > DEPTH || !self.visited.insert((module.to_owned(), path.to_owned())) {
            return;
        }
        for (name, _) in public_items(here) {
            self.item(module, &name.to_string(), &join(path, &name.to_string()), cfg);
        }
        let inner = names.modules.by_path.iter().filter(|(_, inner)| inner.is_public);
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
                // A glob adds the items to this module.
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
        let own = names.modules.by_path.get(module).map(|module| module.cfg.as_str()).unwrap_or_default();
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
