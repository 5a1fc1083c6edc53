use super::*;
use crate::codegen::document_passes::{Properties, Property};
use crate::codegen::settings::Settings;

fn file(code: &str) -> File {
    syn::parse_file(code).unwrap_or_else(|error| panic!("{error}"))
}

/// The code after a pass, or the error of the pass.
fn after(pass: impl FnOnce(&mut File) -> Result<(), UnexpectedCode>, code: &str) -> String {
    let mut file = file(code);
    match pass(&mut file) {
        Ok(()) => prettyplease::unparse(&file),
        Err(error) => error.to_string(),
    }
}

/// Code as prettyplease prints it, for comparisons.
fn tidy(code: &str) -> String {
    prettyplease::unparse(&file(code))
}

#[test]
fn only_the_constructor_with_timeouts_is_removed() {
    let code = "
        impl Client {
            pub fn new(baseurl: &str) -> Self { reqwest::ClientBuilder::new().build().unwrap() }
            pub fn new_with_client(baseurl: &str) -> Self { Self }
        }
        impl Client { pub fn new(&self) -> builder::New<'_> { todo!() } }
        impl Builder { pub fn new(client: &Client) -> Self { Self } }
    ";
    let expected = "
        impl Client { pub fn new_with_client(baseurl: &str) -> Self { Self } }
        impl Client { pub fn new(&self) -> builder::New<'_> { todo!() } }
        impl Builder { pub fn new(client: &Client) -> Self { Self } }
    ";
    assert_eq!(after(client::remove_constructor_with_timeouts, code), tidy(expected));
}

const WITH_BUILDERS: &str = "
    pub mod types {
        pub mod error { pub struct ConversionError; }
        pub struct Room { pub sid: String }
        impl Room { pub fn builder() -> builder::Room { Default::default() } }
        pub mod builder { pub struct Room; }
        impl TryFrom<builder::Room> for Room { type Error = super::error::ConversionError; }
        impl From<Room> for builder::Room { fn from(room: Room) -> Self { Self } }
    }
";

#[test]
fn the_builders_of_types_are_removed_with_their_conversions() {
    let expected = "pub mod types { pub struct Room { pub sid: String } }";
    let without: String = WITH_BUILDERS.lines().filter(|line| !line.contains("TryFrom")).collect();
    assert_eq!(after(types::remove_struct_builders, &without), tidy(expected));
}

#[test]
fn an_operation_that_takes_a_builder_of_a_type_is_an_error() {
    let code = format!("{WITH_BUILDERS} fn send(body: types::builder::Room) {{}}");
    assert_eq!(
        after(types::remove_struct_builders, &code),
        "remove_struct_builders: found an operation that takes a builder of a type"
    );
}

#[test]
fn the_prelude_is_removed() {
    let code = "pub mod prelude { pub use super::Client; } pub mod types {}";
    assert_eq!(after(client::remove_prelude, code), tidy("pub mod types {}"));
}

/// The input of progenitor for a document.
fn input(document: &serde_json::Value) -> Input {
    let formats = crate::formats::Formats::default();
    let settings = Settings { formats: &formats, names: &[], scope: Scope::Client };
    Input::new(document.clone(), settings).unwrap_or_else(|problem| panic!("{problem:?}"))
}

fn one_operation() -> serde_json::Value {
    serde_json::json!({ "paths": { "/a": { "get": { "operationId": "get_a", "responses": {} } } } })
}

/// Properties of a type `Room`.
fn properties(properties: &[(&str, Property)]) -> Properties {
    let named = properties.iter().map(|(name, property)| (("Room".to_owned(), (*name).to_owned()), property.clone()));
    named.collect()
}

#[test]
fn structs_can_grow_have_a_schema_behind_a_feature_and_write_null() {
    let properties = properties(&[("end_time", true), ("type", true), ("links", false)].map(|(name, nullable)| {
        let description = Some(format!("The {name} of the room."));
        (name, Property { nullable, description, has_field: true, ..Property::default() })
    }));
    let code = r#"
        pub mod types {
            pub struct Room {
                #[serde(skip_serializing_if = "Option::is_none")]
                pub end_time: Option<String>,
                #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
                pub type_: Option<String>,
                /// A comment of progenitor's.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub links: Option<String>,
            }
            pub struct Sid(String);
        }
    "#;
    let expected = r#"
        pub mod types {
            #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
            #[non_exhaustive]
            pub struct Room {
                #[doc = "The end_time of the room."]
                pub end_time: Option<String>,
                #[doc = "The type of the room."]
                #[serde(rename = "type")]
                pub type_: Option<String>,
                /// A comment of progenitor's.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub links: Option<String>,
            }
            #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
            pub struct Sid(String);
        }
    "#;
    assert_eq!(after(|file| types::adapt_structs(file, &properties), code), tidy(expected));
}

#[test]
fn optional_instants_are_read_and_written_by_the_runtime() {
    let code = r#"
        pub mod types {
            #[derive(::serde::Deserialize, ::serde::Serialize)]
            pub struct Room {
                #[serde(rename = "dateCreated")]
                created: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ended: ::chrono::DateTime<::chrono::offset::Utc>,
                #[serde(deserialize_with = "::std::option::Option::deserialize")]
                updated: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
            }
            pub struct Sent { at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>> }
        }
    "#;
    let code_after = after(|file| types::adapt_structs(file, &Properties::new()), code);
    assert_eq!(code_after.matches("deserialize_with = \"crate::runtime::instant\"").count(), 2, "{code_after}");
    assert_eq!(code_after.matches("deserialize_with").count(), 2, "{code_after}");
    assert_eq!(code_after.matches("#[serde(default, deserialize_with").count(), 1, "{code_after}");
    assert_eq!(code_after.matches("(serialize_with = \"crate::runtime::write_instant\")").count(), 2, "{code_after}");
    assert!(code_after.find("deserialize_with") < code_after.find("created:"), "{code_after}");
}

#[test]
fn a_constructor_takes_the_required_fields() {
    let code = "
        pub mod types {
            pub struct Page { pub rooms: Vec<Option<u8>>, pub next: Option<String> }
            #[derive(Clone, Default)]
            pub struct Empty { pub next: Option<String> }
        }
    ";
    let code_after = after(additions::add_constructors, code);
    assert!(code_after.contains("pub fn new(rooms: Vec<Option<u8>>) -> Self"), "{code_after}");
    assert_eq!(code_after.matches("fn new").count(), 1, "{code_after}");
}

#[test]
fn documentation_has_no_example_that_is_not_compiled() {
    let code = r#"
        /// Rooms.
        #[derive(Debug)]
        pub struct Room;
        impl Client {
            #[doc = "Lists rooms.\n```ignore\nlet a = b;\n```"]
            pub fn list_rooms() {}
            #[doc = "Writes.\n```ignore\nwithout an end"]
            pub fn write() {}
        }
    "#;
    let expected = r#"
        /// Rooms.
        #[derive(Debug)]
        pub struct Room;
        impl Client {
            /// Lists rooms.
            pub fn list_rooms() {}
            #[doc = " Writes."]
            #[doc = " ```ignore"]
            #[doc = " without an end"]
            pub fn write() {}
        }
    "#;
    assert_eq!(after(|file| docs::tidy(file, 2), code), tidy(expected));
}

#[test]
fn blank_lines_are_between_items_and_never_inside_comments_and_strings() {
    let code = r#"
        pub use p::Q; use crate::a; use b::C;
        struct A { b: C }
        impl A { fn f() { if g { } h(); } /** f(x);
        } */ fn i() { "}\n f();" } }
        mod d { use super::e; use super::f; fn e() {} h!(I); struct J; impl J { fn k() {} fn l() {} } }
    "#;
    insta::assert_snapshot!("blank_lines", print(file(code)));
}

#[test]
fn paths_are_encoded_by_the_runtime() {
    let code = "use progenitor_client::{encode_path, ClientHooks};";
    let expected = "
        #[allow(unused_imports)]
        use crate::runtime::encode_path;
        use progenitor_client::ClientHooks;
    ";
    let code_after = after(client::replace_encode_path, code).replace("{ClientHooks}", "ClientHooks");
    assert_eq!(code_after, tidy(expected));
}

#[test]
fn a_field_gets_its_name_in_json() {
    let named = Property { wire_name: Some("+1".to_owned()), has_field: true, ..Property::default() };
    let code = "pub mod types { pub struct Room { #[serde(default)] pub plus1: u8 } }";
    let code_after = after(|file| types::adapt_structs(file, &properties(&[("plus1", named)])), code);
    assert!(code_after.contains("#[serde(default)]\n        #[serde(rename = \"+1\")]"), "{code_after}");
}

#[test]
fn code_in_a_description_is_no_test_and_a_carriage_return_ends_a_line() {
    let code = r#"
        #[doc = "A.\n```\nlet a = b;\n```\n```json\n{}\n```\r``` rust\r\nc\n```"]
        pub struct Room;
    "#;
    let expected = r"
        /// A.
        /// ```text
        /// let a = b;
        /// ```
        /// ```json
        /// {}
        /// ```
        /// ```text
        /// c
        /// ```
        pub struct Room;
    ";
    assert_eq!(after(|file| docs::tidy(file, 0), code), tidy(expected));
}

#[test]
fn a_pass_that_does_not_find_its_code_is_an_error() {
    let room = |property| properties(&[("sid", Property { has_field: true, ..property })]);
    let (missing, instant) = (room(Property::default()), room(Property { is_date_time: true, ..Property::default() }));
    let errors = [
        after(client::remove_constructor_with_timeouts, "impl Client { fn make() {} }"),
        after(client::remove_prelude, ""),
        after(client::replace_encode_path, "use elsewhere::{encode_path, B};"),
        after(types::remove_struct_builders, ""),
        after(types::remove_struct_builders, "mod types { struct Room { sid: u8 } }"),
        after(|file| types::adapt_structs(file, &missing), "mod types { struct Room { id: u8 } }"),
        after(|file| types::adapt_structs(file, &instant), "mod types { struct Room { sid: Option<String> } }"),
        after(additions::add_constructors, ""),
        after(|file| additions::add_types(file, &input(&serde_json::json!({})), Scope::Client), ""),
        after(|file| send::replace_send(file, &input(&one_operation()).calls), ""),
        after(
            |file| send::replace_send(file, &input(&one_operation()).calls),
            "mod builder { impl GetA { fn send() {} } }",
        ),
        after(|file| docs::tidy(file, 1), "impl Client { /** Lists rooms. */ fn list_rooms() {} }"),
    ];
    insta::assert_snapshot!("errors_of_passes", errors.join("\n"));
}
