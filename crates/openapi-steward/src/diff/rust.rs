//! Changes of the public items of a crate, from two listings of them. Renaming a schema breaks no request, but every user.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{FnArg, TraitItemFn};

use super::change::{Change, ChangeSeverity, Surface};
use crate::rust_api::listed_item::{is_impl, is_within, name, subject, without_attributes};

/// Returns the changes between two listings.
pub(crate) fn changes(surface: Surface, old: &[String], new: &[String]) -> Vec<Change> {
    let (old, new) = (by_key(old), by_key(new));
    let change = |severity, kind, line: &str, how: String| Change::new(surface, severity, kind, name(line), how);
    let mut changes: BTreeSet<Change> = BTreeSet::new();
    // The parts of an item that was added or removed are not reported.
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
                let how = "was removed".to_owned();
                changes.insert(change(ChangeSeverity::Breaking, "rust-item-removed", was, how));
            }
            Some(is) if is != was => {
                let (severity, how) = classify_change(was, is);
                let is_deprecation = how.ends_with("deprecated");
                let kind = if is_deprecation { "rust-item-deprecated" } else { "rust-item-changed" };
                changes.insert(change(severity, kind, was, how));
            }
            Some(_) => {}
        }
    }
    for (_, line) in new.iter().filter(|(key, line)| !old.contains_key(*key) && !is_inside(line, &old)) {
        let (severity, how) = classify_addition(line, &old);
        changes.insert(change(severity, "rust-item-added", line, how.to_owned()));
    }
    siblings_together(changes)
}

/// Merges the removed and the added variants of an enum into one change each: `types::Codec::{H264, VP8}`.
fn siblings_together(changes: BTreeSet<Change>) -> Vec<Change> {
    let owner = |item: &str| item.rsplit_once("::").map(|(owner, last)| (owner.to_owned(), last.to_owned()));
    let mut groups: BTreeMap<(ChangeSeverity, Surface, &str, String, String), Vec<String>> = BTreeMap::new();
    let mut merged = Vec::new();
    for change in changes {
        match owner(&change.item).filter(|(_, last)| last.starts_with(char::is_uppercase)) {
            Some((owner, last))
                if owner.starts_with("types::") && owner != "types" && change.kind != "rust-item-changed" =>
            {
                let key = (change.severity, change.surface, change.kind, owner, change.predicate.clone());
                groups.entry(key).or_default().push(last);
            }
            _ => merged.push(change),
        }
    }
    for ((severity, surface, kind, owner, how), names) in groups {
        let (item, how) = match names.as_slice() {
            [only] => (format!("{owner}::{only}"), how),
            all => (format!("{owner}::{{{}}}", all.join(", ")), how.replacen("was ", "were ", 1)),
        };
        merged.push(Change::new(surface, severity, kind, item, how));
    }
    merged.sort();
    merged
}

/// Returns the lines by the item that they describe. A method that only some types have is another item.
fn by_key(lines: &[String]) -> BTreeMap<String, &str> {
    let key = |line: &str| match line.split_once(" in impl") {
        Some((_, types)) if !is_impl(line) => format!("{} in impl{types}", name(line)),
        _ => name(line).to_owned(),
    };
    lines.iter().map(|line| (key(line), line.as_str())).collect()
}

/// Weighs a change of an item.
fn classify_change(was: &str, is: &str) -> (ChangeSeverity, String) {
    let without = |line: &str, mark: &str| line.replacen(mark, "", 1);
    let (open, deprecated) = ("#[non_exhaustive] ", "#[deprecated] ");
    if was.contains(open) && without(was, open) == is {
        return (ChangeSeverity::Additive, "is no longer `#[non_exhaustive]`".to_owned());
    }
    if is.contains(deprecated) && without(is, deprecated) == was {
        return (ChangeSeverity::Notice, "is now deprecated".to_owned());
    }
    if was.contains(deprecated) && without(was, deprecated) == is {
        return (ChangeSeverity::Notice, "is no longer deprecated".to_owned());
    }
    if is.strip_prefix(was).is_some_and(|rest| [" { .. }", " = .."].contains(&rest)) && is_of_trait(was) {
        return (ChangeSeverity::Additive, "no longer has to be implemented".to_owned());
    }
    let severity = match (without_argument_names(was), without_argument_names(is)) {
        (Some(was), Some(is)) if was == is => ChangeSeverity::Documentation,
        _ => ChangeSeverity::Breaking,
    };
    (severity, format!("was `{}` and is `{}`", display_line(was), display_line(is)))
}

/// Weighs an added item, which breaks users of an enum, a struct or a trait that cannot grow.
fn classify_addition(line: &str, old: &BTreeMap<String, &str>) -> (ChangeSeverity, &'static str) {
    let name = name(line);
    let owner = name
        .rsplit_once(if without_attributes(line).starts_with("field ") { "." } else { "::" })
        .map(|(owner, _)| owner);
    let Some(owner) = owner.and_then(|owner| old.get(owner)) else { return (ChangeSeverity::Additive, "was added") };
    let can_grow = owner.contains("#[non_exhaustive] ");
    if without_attributes(line).starts_with("variant ") && !can_grow {
        return (ChangeSeverity::Breaking, "was added to an enum that other crates can match exhaustively");
    }
    if without_attributes(line).starts_with("field ") && !can_grow && !owner.ends_with(" { .. }") {
        return (ChangeSeverity::Breaking, "was added to a struct that other crates can build");
    }
    let is_provided = line.ends_with(" { .. }") || line.ends_with(" = ..");
    if is_of_trait(line) && without_attributes(owner).starts_with("pub trait ") && !is_provided {
        return (ChangeSeverity::Breaking, "was added to a trait that other crates can implement");
    }
    (ChangeSeverity::Additive, "was added")
}

/// Returns whether a line describes an item of a trait.
fn is_of_trait(line: &str) -> bool {
    ["fn ", "async fn ", "const ", "type ", "unsafe fn "].iter().any(|word| without_attributes(line).starts_with(word))
}

/// Returns a function without the names of its arguments, which callers do not write.
fn without_argument_names(line: &str) -> Option<String> {
    let (before, _) = without_attributes(line).split_once("fn ")?;
    let function = display_line(line);
    let mut function: TraitItemFn = syn::parse_str(&format!("{};", function.trim_end_matches(" { .. }"))).ok()?;
    for argument in &mut function.sig.inputs {
        if let FnArg::Typed(argument) = argument {
            *argument.pat = syn::parse_quote!(_);
        }
    }
    let provided = line.ends_with(" { .. }");
    Some(format!("{before}{}{provided}", function.to_token_stream()))
}

/// Returns the part of a line that is shown beside its name: the type of a field, the signature of a function.
fn display_line(line: &str) -> String {
    let path = name(line);
    let last = path.rsplit("::").next().unwrap_or(path);
    match without_attributes(line).strip_prefix("field ") {
        Some(field) => field.replacen(path, "", 1).trim_start_matches(": ").to_owned(),
        None if is_impl(line) => line.to_owned(),
        None => line.replacen("pub ", "", 1).replacen(path, last, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report_of(old: &[&str], new: &[&str]) -> Vec<String> {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let changes = changes(Surface::Crate, &lines(old), &lines(new));
        changes.into_iter().map(|change| format!("{} {} {}", change.severity, change.item, change.predicate)).collect()
    }

    #[test]
    fn removing_an_item_breaks_and_its_parts_are_not_reported() {
        let room = ["pub struct Room", "impl Clone for Room", "field Room.sid: Sid", "pub fn Room::new() -> Self"];
        assert_eq!(report_of(&room, &[]), ["breaking Room was removed"]);
        assert_eq!(report_of(&[], &room), ["additive Room was added"]);
        assert_eq!(
            report_of(&room, &["pub struct Room", room[2], room[3]]),
            ["breaking impl Clone for Room was removed"]
        );
        assert_eq!(
            report_of(&room[..2], &room),
            ["breaking Room.sid was added to a struct that other crates can build", "additive Room::new was added"]
        );
    }

    #[test]
    fn only_non_exhaustive_items_can_grow() {
        let closed = ["pub enum E", "pub struct S", "pub trait T"];
        let open = ["#[non_exhaustive] pub enum E", "pub struct S { .. }", "pub trait T"];
        let more = ["variant E::A", "field S.a: u8", "fn T::a(&self)"];
        let weights = |owners: [&str; 3], more: [&str; 3]| {
            let reported = report_of(&owners, &[owners, more].concat());
            reported.iter().map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(weights(closed, more), ["breaking", "breaking", "breaking"]);
        assert_eq!(weights(open, more), ["breaking", "additive", "additive"]);
        assert_eq!(weights(open, [more[0], more[1], "fn T::a(&self) { .. }"]), ["additive", "additive", "additive"]);
    }

    #[test]
    fn a_change_of_a_signature_breaks_unless_only_argument_names_change() {
        let one = |was: &str, is: &str| report_of(&[was], &[is]).join("; ");
        assert_eq!(
            one("pub fn A::f(&self, a: u8) -> B", "pub fn A::f(&self, a: u16) -> B"),
            "breaking A::f was `fn f(&self, a: u8) -> B` and is `fn f(&self, a: u16) -> B`"
        );
        assert!(one("pub fn A::f(&self, a: u8)", "pub fn A::f(&self, b: u8)").starts_with("documentation "));
        assert!(one("pub fn A::f(&self)", "pub async fn A::f(&self)").starts_with("breaking "));
        assert_eq!(
            one("#[non_exhaustive] pub struct A", "pub struct A"),
            "additive A is no longer `#[non_exhaustive]`"
        );
        assert!(one("pub struct A", "#[non_exhaustive] pub struct A").starts_with("breaking "));
        assert_eq!(one("pub fn f()", "#[deprecated] pub fn f()"), "notice f is now deprecated");
        assert_eq!(one("field A.b: u8", "field A.b: u16"), "breaking A.b was `u8` and is `u16`");
        assert!(one("fn T::f()", "fn T::f() { .. }").starts_with("additive "));
        assert!(one("fn T::f() { .. }", "fn T::f()").starts_with("breaking "));
        assert!(one("pub use other::A", "pub use another::A").starts_with("breaking "));
    }
}
