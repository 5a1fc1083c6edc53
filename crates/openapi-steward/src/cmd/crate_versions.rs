//! The versions that the crates of a document need for its changes.

use super::revision::Revision;
use crate::diff::{Change, ChangeSeverity, Surface, Verdict, Version, verdict};
use crate::outcome::CouldNotRun;
use crate::project::Package;
use crate::rust_api::{self, Sources};

/// Returns a sentence about the version of each crate, and `true` if the versions announce every breaking change.
pub(super) fn versions(
    changes: &[Change],
    packages: &[Package],
    base: &Revision,
    base_version: Option<Version>,
) -> Result<(Vec<String>, bool), CouldNotRun> {
    let (mut lines, mut announced) = (Vec::new(), true);
    for package in packages.iter().filter(|package| package.config.diff) {
        let reexported = match package.config.reexports.as_deref() {
            Some(other) => reexported(&package.sources()?, other),
            None => Vec::new(),
        };
        let Some(severity) = heaviest(changes, package.config.generated.is_some(), &reexported) else { continue };
        let old = base.version(package).or(base_version);
        let (line, is_announced) = verdict(&Verdict { name: &package.name, severity, old, current: package.version });
        let line = if old.is_none() && !base.is_of_git() {
            format!("{line}; {} has no version of it, give it with --base-version", base.source.path)
        } else {
            line
        };
        lines.push(line);
        announced &= is_announced;
    }
    Ok((lines, announced))
}

/// The same for a document without crates: its `info.version` has to announce a breaking change.
pub(super) fn document_version(
    changes: &[Change],
    [old, current]: [Option<Version>; 2],
    base_version: Option<Version>,
) -> (Vec<String>, bool) {
    let Some(severity) = heaviest(changes, true, &[]) else { return (Vec::new(), true) };
    let old = base_version.or(old);
    if old.is_none() || current.is_none() {
        return (Vec::new(), severity != ChangeSeverity::Breaking);
    }
    let (line, is_announced) = verdict(&Verdict { name: "the info.version", severity, old, current });
    (vec![line], is_announced)
}

/// Returns the severity of the most serious change for the users of a crate. A change of the wire concerns every crate.
pub(crate) fn heaviest(changes: &[Change], is_generated: bool, reexported: &[String]) -> Option<ChangeSeverity> {
    let concerns = |change: &&Change| match change.surface {
        Surface::Wire => true,
        Surface::Rust => is_generated || is_reexported(change, reexported),
        Surface::Crate => !is_generated,
    };
    changes.iter().filter(concerns).map(|change| change.severity).min()
}

fn is_reexported(change: &Change, reexported: &[String]) -> bool {
    let item = rust_api::listed_item::subject(&change.item);
    let name = item.trim_start_matches("types::").split(['.', ':']).next().unwrap_or_default();
    reexported.iter().any(|other| other == name)
}

/// Lists the types of a generated crate that another crate re-exports.
fn reexported(sources: &Sources, generated: &str) -> Vec<String> {
    let text = sources.get("lib.rs").map(String::as_str).unwrap_or_default();
    let Ok(file) = syn::parse_file(text) else { return Vec::new() };
    let module = generated.replace('-', "_");
    let mut names = Vec::new();
    for item in &file.items {
        if let syn::Item::Use(item) = item
            && let syn::UseTree::Path(path) = &item.tree
            && path.ident == module
        {
            collect_names(&path.tree, &mut names);
        }
    }
    names
}

fn collect_names(tree: &syn::UseTree, names: &mut Vec<String>) {
    match tree {
        syn::UseTree::Path(path) => collect_names(&path.tree, names),
        syn::UseTree::Name(name) => names.push(name.ident.to_string()),
        syn::UseTree::Rename(rename) => names.push(rename.ident.to_string()),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| collect_names(tree, names)),
        syn::UseTree::Glob(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_a_reexport_are_found() {
        let lib = "pub use other::X;\npub use my_api::types::{A, B as C};\npub use my_api::{D, e::F};\n";
        let sources = Sources::from([("lib.rs".to_owned(), lib.to_owned())]);
        assert_eq!(reexported(&sources, "my-api"), ["A", "B", "D", "F"]);
    }
}
