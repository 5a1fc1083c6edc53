//! Changes of the public items of a crate, as its list has them: a schema that is renamed breaks no wire, and every user.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{FnArg, TraitItemFn};

use super::change::{At, Change, Surface, Weight};
use crate::rust_api::line::{bare, is_impl, is_within, name, subject};

/// What has changed between two lists of items.
pub(crate) fn changes(surface: Surface, old: &[String], new: &[String]) -> Vec<Change> {
    let (old, new) = (by_key(old), by_key(new));
    let change =
        |weight, line: &str, how: String| Change { surface, weight, what: name(line).to_owned(), how, at: At::Nowhere };
    let mut changes: BTreeSet<Change> = BTreeSet::new();
    // What is inside of something that is new or gone is not told of its own.
    let is_inside = |line: &str, others: &BTreeMap<String, &str>| {
        let (name, subject) = (name(line), subject(line));
        let is_outer =
            |outer: &str| is_within(name, outer) || (is_impl(line) && (subject == outer || is_within(subject, outer)));
        let mut missing = [&old, &new].into_iter().flat_map(BTreeMap::iter);
        missing.any(|(key, outer)| !others.contains_key(key) && !is_impl(outer) && is_outer(key))
    };
    for (key, was) in &old {
        match new.get(key) {
            None if is_inside(was, &new) => {}
            None => {
                changes.insert(change(Weight::Breaking, was, "is gone".to_owned()));
            }
            Some(is) if is != was => {
                let (weight, how) = judge(was, is);
                changes.insert(change(weight, was, how));
            }
            Some(_) => {}
        }
    }
    for (_, line) in new.iter().filter(|(key, line)| !old.contains_key(*key) && !is_inside(line, &old)) {
        let (weight, how) = addition(line, &old);
        changes.insert(change(weight, line, how.to_owned()));
    }
    changes.into_iter().collect()
}

/// The lines by what they are of. What is there for some of the types only is another thing.
fn by_key(lines: &[String]) -> BTreeMap<String, &str> {
    let key = |line: &str| match line.split_once(" in impl") {
        Some((_, types)) if !is_impl(line) => format!("{} in impl{types}", name(line)),
        _ => name(line).to_owned(),
    };
    lines.iter().map(|line| (key(line), line.as_str())).collect()
}

/// What it means that a line is another than it was.
fn judge(was: &str, is: &str) -> (Weight, String) {
    let without = |line: &str, mark: &str| line.replacen(mark, "", 1);
    let (open, deprecated) = ("#[non_exhaustive] ", "#[deprecated] ");
    if was.contains(open) && without(was, open) == is {
        return (Weight::Additive, "is not `#[non_exhaustive]` any more".to_owned());
    }
    if is.contains(deprecated) && without(is, deprecated) == was {
        return (Weight::Notice, "is deprecated now".to_owned());
    }
    if was.contains(deprecated) && without(was, deprecated) == is {
        return (Weight::Notice, "is not deprecated any more".to_owned());
    }
    if is.strip_prefix(was).is_some_and(|rest| [" { .. }", " = .."].contains(&rest)) && is_of_trait(was) {
        return (Weight::Additive, "need not be implemented any more".to_owned());
    }
    let weight = match (unnamed(was), unnamed(is)) {
        (Some(was), Some(is)) if was == is => Weight::Words,
        _ => Weight::Breaking,
    };
    (weight, format!("was `{}` and is `{}`", shown(was), shown(is)))
}

/// What it means that a line is new: some things cannot grow.
fn addition(line: &str, old: &BTreeMap<String, &str>) -> (Weight, &'static str) {
    let name = name(line);
    let owner = name.rsplit_once(if bare(line).starts_with("field ") { "." } else { "::" }).map(|(owner, _)| owner);
    let Some(owner) = owner.and_then(|owner| old.get(owner)) else { return (Weight::Additive, "is new") };
    let can_grow = owner.contains("#[non_exhaustive] ");
    if bare(line).starts_with("variant ") && !can_grow {
        return (Weight::Breaking, "is new, in an enum that others may match in full");
    }
    if bare(line).starts_with("field ") && !can_grow && !owner.ends_with(" { .. }") {
        return (Weight::Breaking, "is new, in a struct that others may build");
    }
    let is_provided = line.ends_with(" { .. }") || line.ends_with(" = ..");
    if is_of_trait(line) && bare(owner).starts_with("pub trait ") && !is_provided {
        return (Weight::Breaking, "is new, in a trait that others may implement");
    }
    (Weight::Additive, "is new")
}

/// Whether a line is of an item of a trait.
fn is_of_trait(line: &str) -> bool {
    ["fn ", "async fn ", "const ", "type ", "unsafe fn "].iter().any(|word| bare(line).starts_with(word))
}

/// A function without the names of its parameters, which mean nothing to those who call it.
fn unnamed(line: &str) -> Option<String> {
    let (before, _) = bare(line).split_once("fn ")?;
    let function = shown(line);
    let mut function: TraitItemFn = syn::parse_str(&format!("{};", function.trim_end_matches(" { .. }"))).ok()?;
    for argument in &mut function.sig.inputs {
        if let FnArg::Typed(argument) = argument {
            *argument.pat = syn::parse_quote!(_);
        }
    }
    let provided = line.ends_with(" { .. }");
    Some(format!("{before}{}{provided}", function.to_token_stream()))
}

/// A line as it is shown beside its name: the type of a field, the signature of a function.
fn shown(line: &str) -> String {
    let path = name(line);
    let last = path.rsplit("::").next().unwrap_or(path);
    match bare(line).strip_prefix("field ") {
        Some(field) => field.replacen(path, "", 1).trim_start_matches(": ").to_owned(),
        None if is_impl(line) => line.to_owned(),
        None => line.replacen("pub ", "", 1).replacen(path, last, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(old: &[&str], new: &[&str]) -> Vec<String> {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let changes = changes(Surface::Crate, &lines(old), &lines(new));
        changes.into_iter().map(|change| format!("{} {} {}", change.weight, change.what, change.how)).collect()
    }

    #[test]
    fn a_line_that_goes_breaks_and_what_was_in_it_is_not_told() {
        let room = ["pub struct Room", "impl Clone for Room", "field Room.sid: Sid", "pub fn Room::new() -> Self"];
        assert_eq!(said(&room, &[]), ["breaking Room is gone"]);
        assert_eq!(said(&[], &room), ["additive Room is new"]);
        assert_eq!(said(&room, &["pub struct Room", room[2], room[3]]), ["breaking impl Clone for Room is gone"]);
        assert_eq!(
            said(&room[..2], &room),
            ["breaking Room.sid is new, in a struct that others may build", "additive Room::new is new"]
        );
    }

    #[test]
    fn only_what_says_so_can_grow() {
        let closed = ["pub enum E", "pub struct S", "pub trait T"];
        let open = ["#[non_exhaustive] pub enum E", "pub struct S { .. }", "pub trait T"];
        let more = ["variant E::A", "field S.a: u8", "fn T::a(&self)"];
        let weights = |owners: [&str; 3], more: [&str; 3]| {
            let said = said(&owners, &[owners, more].concat());
            said.iter().map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(weights(closed, more), ["breaking", "breaking", "breaking"]);
        assert_eq!(weights(open, more), ["breaking", "additive", "additive"]);
        assert_eq!(weights(open, [more[0], more[1], "fn T::a(&self) { .. }"]), ["additive", "additive", "additive"]);
    }

    #[test]
    fn a_signature_is_another_unless_only_its_words_are() {
        let one = |was: &str, is: &str| said(&[was], &[is]).join("; ");
        assert_eq!(
            one("pub fn A::f(&self, a: u8) -> B", "pub fn A::f(&self, a: u16) -> B"),
            "breaking A::f was `fn f(&self, a: u8) -> B` and is `fn f(&self, a: u16) -> B`"
        );
        assert!(one("pub fn A::f(&self, a: u8)", "pub fn A::f(&self, b: u8)").starts_with("documentation "));
        assert!(one("pub fn A::f(&self)", "pub async fn A::f(&self)").starts_with("breaking "));
        assert_eq!(
            one("#[non_exhaustive] pub struct A", "pub struct A"),
            "additive A is not `#[non_exhaustive]` any more"
        );
        assert!(one("pub struct A", "#[non_exhaustive] pub struct A").starts_with("breaking "));
        assert_eq!(one("pub fn f()", "#[deprecated] pub fn f()"), "notice f is deprecated now");
        assert_eq!(one("field A.b: u8", "field A.b: u16"), "breaking A.b was `u8` and is `u16`");
        assert!(one("fn T::f()", "fn T::f() { .. }").starts_with("additive "));
        assert!(one("fn T::f() { .. }", "fn T::f()").starts_with("breaking "));
        assert!(one("pub use other::A", "pub use another::A").starts_with("breaking "));
    }
}
