use super::super::passes::Property;
use super::*;

fn file(code: &str) -> File {
    syn::parse_file(code).unwrap_or_else(|error| panic!("{error}"))
}

/// The code after a pass.
fn after(pass: impl FnOnce(&mut File), code: &str) -> String {
    let mut file = file(code);
    pass(&mut file);
    prettyplease::unparse(&file)
}

/// Code in the form that everything is compared in.
fn tidy(code: &str) -> String {
    prettyplease::unparse(&file(code))
}

#[test]
fn the_api_version_header_goes_with_the_map_that_held_nothing_else() {
    let code = r#"
        fn send() {
            let mut header_map = HeaderMap::with_capacity(1usize);
            header_map.append(HeaderName::from_static("api-version"), HeaderValue::from_static(version()));
            let request = client.get(url).query(&q).headers(header_map).build()?;
        }
    "#;
    let expected = "fn send() { let request = client.get(url).query(&q).build()?; }";
    assert_eq!(after(remove_api_version_header, code), tidy(expected));
}

#[test]
fn another_header_keeps_the_map() {
    let code = r#"
        fn send() {
            let mut header_map = HeaderMap::with_capacity(2usize);
            header_map.append(HeaderName::from_static("api-version"), HeaderValue::from_static(version()));
            header_map.append("if-match", value.to_string().try_into()?);
            let request = client.get(url).headers(header_map).build()?;
        }
    "#;
    let expected = r#"
        fn send() {
            let mut header_map = HeaderMap::with_capacity(2usize);
            header_map.append("if-match", value.to_string().try_into()?);
            let request = client.get(url).headers(header_map).build()?;
        }
    "#;
    assert_eq!(after(remove_api_version_header, code), tidy(expected));
}

#[test]
fn the_constructor_with_a_policy_goes_and_the_other_stays() {
    let code = "
        impl Client {
            pub fn new(baseurl: &str) -> Self { reqwest::ClientBuilder::new().build().unwrap() }
            pub fn new_with_client(baseurl: &str) -> Self { Self }
        }
        impl Builder { pub fn new(client: &Client) -> Self { Self } }
    ";
    let expected = "
        impl Client { pub fn new_with_client(baseurl: &str) -> Self { Self } }
        impl Builder { pub fn new(client: &Client) -> Self { Self } }
    ";
    assert_eq!(after(remove_policy, code), tidy(expected));
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
fn the_builders_of_types_go_with_their_conversions() {
    let expected = "pub mod types { pub struct Room { pub sid: String } }";
    let without: String = WITH_BUILDERS.lines().filter(|line| !line.contains("TryFrom")).collect();
    assert_eq!(after(remove_struct_builders, &without), tidy(expected));
}

#[test]
fn the_builders_of_types_stay_where_an_operation_takes_one() {
    let code = format!("{WITH_BUILDERS} fn send(body: types::builder::Room) {{}}");
    assert_eq!(after(remove_struct_builders, &code), tidy(&code));
}

#[test]
fn the_prelude_goes() {
    let code = "pub mod prelude { pub use super::Client; } pub mod types {}";
    assert_eq!(after(remove_prelude, code), tidy("pub mod types {}"));
}

#[test]
fn structs_can_grow_have_a_schema_behind_a_feature_and_give_null_back() {
    let properties = [("end_time", true), ("type", true), ("links", false)].map(|(name, nullable)| {
        let description = Some(format!("What {name} is."));
        (("Room".to_owned(), name.to_owned()), Property { nullable, description })
    });
    let code = r#"
        pub mod types {
            pub struct Room {
                #[serde(skip_serializing_if = "Option::is_none")]
                pub end_time: Option<String>,
                #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
                pub type_: Option<String>,
                /// Its own words.
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
                #[doc = "What end_time is."]
                pub end_time: Option<String>,
                #[doc = "What type is."]
                #[serde(rename = "type")]
                pub type_: Option<String>,
                /// Its own words.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub links: Option<String>,
            }
            #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
            pub struct Sid(String);
        }
    "#;
    assert_eq!(after(|file| mend_structs(file, &properties.into()), code), tidy(expected));
}

#[test]
fn documentation_has_no_schema_and_no_example_that_is_not_compiled() {
    let code = r#"
        #[doc = "A room.\n\n<details><summary>JSON schema</summary>\n\n```json\n{}\n```\n</details>\n"]
        #[derive(Debug)]
        pub struct Room;
        #[doc = "Lists rooms.\n```ignore\nlet a = b;\n```"]
        fn list_rooms() {}
    "#;
    let expected = "
        /// A room.
        #[derive(Debug)]
        pub struct Room;
        /// Lists rooms.
        fn list_rooms() {}
    ";
    assert_eq!(after(tidy_docs, code), tidy(expected));
}

#[test]
fn items_are_spaced_out_and_their_insides_are_not() {
    let code = "use a;\nstruct A {\n    b: C,\n}\nmod d {\n    fn e() {\n        if f {\n        }\n        g();\n    }\n    h!(I);\n    struct J;\n}\n";
    let expected = "use a;\n\nstruct A {\n    b: C,\n}\n\nmod d {\n    fn e() {\n        if f {\n        }\n        g();\n    }\n\n    h!(I);\n\n    struct J;\n}\n";
    assert_eq!(space_out(code), expected);
}

#[test]
fn bodies_and_instants_are_read_by_our_own_code() {
    let code = "
        fn send() { match status { 200 => ResponseValue::from_response(response).await, _ => Err(other(response)) } }
        #[derive(::serde::Deserialize)]
        struct Room {
            #[serde(rename = \"dateCreated\")]
            created: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
            ended: ::chrono::DateTime<::chrono::offset::Utc>,
        }
        struct Other { at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>> }
    ";
    let expected = "
        fn send() { match status { 200 => crate::runtime::read_body(response).await, _ => Err(other(response)) } }
        #[derive(::serde::Deserialize)]
        struct Room {
            #[serde(rename = \"dateCreated\")]
            #[serde(default, deserialize_with = \"crate::runtime::instant\")]
            created: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
            ended: ::chrono::DateTime<::chrono::offset::Utc>,
        }
        struct Other { at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>> }
    ";
    let passes = |file: &mut File| {
        decode::read_bodies_ourselves(file);
        decode::read_instants_ourselves(file);
    };
    assert_eq!(after(passes, code), tidy(expected));
}
