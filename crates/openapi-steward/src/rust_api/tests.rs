use super::*;

/// Returns the listing of a crate with these files.
fn lines_of(files: &[(&str, &str)]) -> Result<Vec<String>, String> {
    listing(&files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
}

/// Returns the listing of a crate with one file.
fn of(text: &str) -> Result<Vec<String>, String> {
    lines_of(&[("lib.rs", text)])
}

#[test]
fn reachable_items_are_listed_with_their_public_paths() -> Result<(), String> {
    let lib = "
        mod inner;
        pub mod open { pub fn shown() {} fn hidden() {} pub(crate) fn ours() {} }
        mod closed { pub fn nobody() {} }
        #[cfg(test)] pub mod tests { pub fn t() {} }
        pub use inner::{Room as Place, deep::Deep};
        pub use self::open::shown as again;
    ";
    let inner =
        "pub mod deep; pub struct Room; pub struct Left; impl Room { pub fn new(of: deep::Deep) -> Left { todo!() } }";
    let lines = lines_of(&[("lib.rs", lib), ("inner.rs", inner), ("inner/deep.rs", "pub struct Deep(u8, pub u8);")])?;
    let expected = [
        "pub struct Deep(_, u8)",
        "pub struct Place;",
        "pub fn Place::new(of: Deep) -> crate::inner::Left",
        "pub fn again()",
        "pub mod open",
        "pub use again as open::shown",
    ];
    assert_eq!(lines, expected);
    Ok(())
}

#[test]
fn an_item_behind_a_feature_has_the_feature_once() -> Result<(), String> {
    let lib = "
        #[cfg(feature = \"x\")] mod inner { pub struct A(u8); impl A { pub fn a() {} } #[cfg(unix)] pub struct B; }
        #[cfg(feature = \"x\")] pub use inner::A;
        #[cfg(feature = \"y\")] pub use inner::B;
    ";
    let expected = [
        "#[cfg(feature = \"x\")] pub struct A(_)",
        "#[cfg(feature = \"x\")] pub fn A::a()",
        "#[cfg(feature = \"y\")] #[cfg(feature = \"x\")] #[cfg(unix)] pub struct B;",
    ];
    assert_eq!(of(lib)?, expected);
    Ok(())
}

#[test]
fn globs_add_public_items_and_modules_that_contain_each_other_end() -> Result<(), String> {
    let lib = "
        mod all { pub struct A; struct B; pub mod more { pub use super::*; } }
        pub use all::*;
        pub use other_crate::*;
        pub mod prelude { pub use crate::A as First; pub use other_crate::{Room, Page as Sheet}; pub use crate::prelude; }
    ";
    let lines = of(lib)?;
    for line in [
        "pub struct A;",
        "pub mod more",
        "pub use A as more::A",
        "pub use A as prelude::First",
        "pub use other_crate::*",
        "pub use other_crate::Room as prelude::Room",
        "pub use other_crate::Page as prelude::Sheet",
    ] {
        assert!(lines.iter().any(|found| found == line), "{line} is not in {lines:#?}");
    }
    assert!(!lines.iter().any(|line| line.contains('B')), "{lines:#?}");
    Ok(())
}

#[test]
fn types_are_listed_with_their_public_parts() -> Result<(), String> {
    let lib = "
        use std::fmt::{self, Display};
        /// Words.
        #[derive(Debug, Clone, ::serde::Deserialize)]
        #[cfg_attr(feature = \"schemars\", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub struct Page<T: Default = u8> where T: Copy { pub items: Vec<T>, #[cfg(feature = \"more\")] pub more: bool, next: u8 }
        impl<T> Page<T> { pub const LEAST: usize = 1; pub fn next(mut self, mut by: usize) -> Option<T> { None } fn own(&self) {} }
        impl Page<String> { #[deprecated] pub async unsafe fn join<'a>(&'a self) -> &'a str { \"\" } }
        impl<T> IntoIterator for Page<T> { type Item = T; type IntoIter = std::vec::IntoIter<T>; fn into_iter(self) {} }
        impl<T: Display> fmt::Display for Page<T> { fn fmt(&self) {} }
        impl From<Page<u8>> for Vec<u8> { fn from(page: Page<u8>) -> Self { page.items } }
        impl From<Hidden> for Page<u8> { fn from(_: Hidden) -> Self { todo!() } }
        struct Hidden;
        impl Clone for Hidden { fn clone(&self) -> Self { Hidden } }
        pub enum Status { Open, Other(String), #[doc(hidden)] Both { code: u16 } = 4 }
    ";
    insta::assert_snapshot!("types", of(lib)?.join("\n"));
    Ok(())
}

#[test]
fn traits_functions_and_the_rest_are_listed_with_their_signatures() -> Result<(), String> {
    let lib = "
        use std::fmt::Debug as Shown;
        pub trait Execute: Shown + Send { const N: u8; const M: u8 = 1; type Out: Shown; fn run(&self) -> Self::Out; fn twice(&self) {} }
        impl<E: Execute> Execute for &E { type Out = E::Out; }
        impl Execute for u8 { type Out = u8; }
        trait Own {} impl Own for Made {} pub struct Made;
        pub type Result<T, E = Made> = core::result::Result<T, E>;
        pub const ALL: &[Made] = &[]; pub static ONE: u8 = 1;
        pub const fn pick<const N: usize>(from: [Made; N]) -> impl Iterator<Item = ::std::string::String> where Made: Send { from }
        #[macro_export] macro_rules! made { () => {} }
        other::unknown! { a, b }
    ";
    insta::assert_snapshot!("traits_and_functions", of(lib)?.join("\n"));
    Ok(())
}

#[test]
fn own_macros_are_expanded_and_others_are_listed_as_calls() -> Result<(), String> {
    let lib = "
        macro_rules! setters { () => { pub fn retry(mut self, retry: u8) -> Self { self } }; }
        macro_rules! id { ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
            $(#[$doc])* pub struct $name(Box<str>);
            impl $name { pub const PREFIX: &'static str = $prefix; setters!(); }
            shown!($name);
        }; }
        macro_rules! shown { ($one:ident) => { impl std::fmt::Display for $one {} }; ($($one:ident),* $(,)?) => { $(shown!($one);)* }; }
        macro_rules! fields { ($($name:ident: $type:ty = |$v:ident| $set:expr;)*) => { $(pub fn $name(self, $name: $type) {})* }; }
        id! { /// Words.
              RoomSid, \"RM\" }
        pub struct Room;
        impl Room { fields! { a: impl Into<String> = |value| value.into(); b: Vec<u8> = |value| value; } other!(1); }
        shown!(Room,);
    ";
    let expected = [
        "pub struct Room;",
        "impl std::fmt::Display for Room",
        "pub fn Room::a(self, a: impl Into<String>)",
        "pub fn Room::b(self, b: Vec<u8>)",
        "macro Room::other!(1)",
        "pub struct RoomSid(_)",
        "impl std::fmt::Display for RoomSid",
        "pub const RoomSid::PREFIX: &'static str",
        "pub fn RoomSid::retry(self, retry: u8) -> Self",
    ];
    assert_eq!(of(lib)?, expected);
    Ok(())
}

#[test]
fn equal_items_give_equal_lines_however_they_are_written() -> Result<(), String> {
    let one = "use std::time::Duration; #[derive(Clone, Debug)] pub struct A; impl A { pub fn f(&self, a: Duration) -> crate::A { A } }";
    let other = "
        pub struct A;
        impl Clone for A { fn clone(&self) -> Self { A } }
        impl std::fmt::Debug for A {}
        mod elsewhere { use super::A as B; impl B { pub fn f(&self, a: ::core::time::Duration,) -> B { B } } }
    ";
    assert_eq!(of(one)?, of(other)?.into_iter().map(|line| line.replace("core::", "std::")).collect::<Vec<_>>());
    Ok(())
}

#[test]
fn an_unreadable_crate_is_an_error() {
    assert_eq!(lines_of(&[]), Err("there is no lib.rs".to_owned()));
    assert_eq!(of("mod gone;"), Err("there is neither gone.rs nor gone/mod.rs".to_owned()));
    assert!(of("pub fn").is_err_and(|error| error.starts_with("lib.rs cannot be read: ")));
    for odd in [
        "pub use self::gone::A; pub use crate::b; pub use b as c; use super::super::x;",
        "pub use a as a; impl a {}",
        "r#x!{}",
    ] {
        assert!(of(odd).is_ok(), "{odd}");
    }
    assert!(of("pub struct r#type; impl r#type { pub fn r#fn(of: r#type) {} }").is_ok());
}

#[test]
fn a_line_gives_the_name_and_the_subject_of_its_item() {
    for (line, name, subject) in [
        ("pub fn Client::new(a: A::B) -> Self", "Client::new", "Client::new"),
        ("#[cfg(feature = \"x\")] #[non_exhaustive] pub struct types::Room { .. }", "types::Room", "types::Room"),
        ("field Room.sid: Option<types::Sid>", "Room.sid", "Room.sid"),
        ("variant E::A(u8)", "E::A", "E::A"),
        ("pub const unsafe fn f<T>(t: T)", "f", "f"),
        ("pub use other::Room as types::Place", "types::Place", "types::Place"),
        ("pub use other::Room", "Room", "Room"),
        ("pub trait T: Send", "T", "T"),
        ("pub type A<'a> = B", "A", "A"),
        ("impl<'de> a::D<'de> for types::Room", "impl<'de> a::D<'de> for types::Room", "types::Room"),
        ("impl<T> I for Page<T> { type Item = T; }", "impl<T> I for Page<T>", "Page"),
        ("macro types::open!(A)", "types::open!", "types::open!"),
    ] {
        assert_eq!((listed_item::name(line), listed_item::subject(line)), (name, subject), "{line}");
    }
}

#[test]
fn a_file_keeps_its_listing() {
    let items = ["pub struct A;".to_owned(), "pub fn f()".to_owned()];
    assert_eq!(from_file(&to_file(&items, "steward api")), items);
}
