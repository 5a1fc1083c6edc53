//! Anchors, aliases, merge keys and tags.

use super::super::read::read_file;
use super::*;

fn json(source: &str) -> Result<serde_json::Value, String> {
    let (root, _) = read(source).map_err(|finding| finding.message)?;
    Ok(root.to_json())
}

#[test]
fn an_alias_has_the_value_of_its_anchor() {
    let expected = serde_json::json!({ "a": { "x": [1] }, "b": { "x": [1] } });
    assert_eq!(json("a: &anchor { x: [1] }\nb: *anchor\n"), Ok(expected));
}

#[test]
fn a_merge_key_adds_the_entries_that_are_not_there() {
    let source = "base: &base { a: 1, b: 2 }\nother: &other { c: 3 }\nmerged:\n  <<: [*base, *other]\n  b: 4\n";
    let merged = json(source).map(|document| document["merged"].clone());
    assert_eq!(merged, Ok(serde_json::json!({ "b": 4, "a": 1, "c": 3 })));
    assert_eq!(json("'<<': 1\n"), Ok(serde_json::json!({ "<<": 1 })));
    assert_eq!(json("<<: 1\n"), Err("a merge key `<<` needs a map, or a list of maps".to_owned()));
}

#[test]
fn aliases_cannot_make_a_short_document_huge() {
    let mut source = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let below = vec![format!("*a{}", level - 1); 10].join(", ");
        source = format!("{source}a{level}: &a{level} [{below}]\n");
    }
    assert_eq!(json(&source), Err(format!("aliases add more than {MAX_ALIASED_NODES} values")));
    let inside = json("a: &a { b: *a }\n");
    assert_eq!(inside, Err("this alias refers to a value that contains it".to_owned()));
}

#[test]
fn a_tag_of_the_core_schema_is_allowed_if_the_value_has_its_type() {
    let expected = serde_json::json!({ "a": "200", "b": 1, "c": {}, "d": [] });
    assert_eq!(json("a: !!str 200\nb: !!int 1\nc: !!map {}\nd: !!seq []\n"), Ok(expected));
    let wrong = Err("this value is not of the type that its YAML tag names".to_owned());
    assert_eq!(json("a: !!int x\n"), wrong);
    assert_eq!(json("a: !other x\n"), Err("an OpenAPI document cannot contain this YAML tag".to_owned()));
}

#[test]
fn a_second_merge_key_is_a_duplicate_key() {
    let duplicates = |source: &str| read(source).map(|(_, duplicates)| duplicates.len()).unwrap_or_default();
    assert_eq!(duplicates("a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n"), 1);
    assert_eq!(duplicates("a: &a {x: 1}\nb:\n  <<: *a\nc:\n  <<: *a\n"), 0);
}

#[test]
fn a_file_named_json_is_read_strictly() {
    let text = "{\"a\": 1,}";
    assert!(read_file(text, "a.yaml").is_ok());
    assert!(read_file(text, "a.JSON").is_err_and(|finding| finding.message.contains("not valid JSON")));
    assert!(read_file("\u{feff}{\"a\": 1}", "a.json").is_ok() && read_file("\u{feff}a: 1", "a.yaml").is_ok());
}

#[test]
fn an_open_quote_and_a_line_with_too_little_indentation_are_told_apart() {
    let message = |source: &str| read(source).err().map(|finding| finding.message).unwrap_or_default();
    assert_eq!(message("a:\n  b: 'text\n  goes on'\n"), "a line of this quoted text is not indented enough");
    assert_eq!(message("a:\n  b: 'text\n  c: 'd'\n"), "this quote is not closed");
}

#[test]
fn an_integer_of_64_bits_stays_one() {
    let source = "[18446744073709551615, 9223372036854775808, 1e400, 0o17, -0]";
    assert_eq!(json(&source.replace("1e400, ", "")), Ok(serde_json::json!([u64::MAX, 1_u64 << 63, 15, 0])));
    assert_eq!(json(source), Err("an OpenAPI document cannot contain this number".to_owned()));
}

#[test]
fn a_tab_between_a_colon_and_a_value_is_a_space() {
    let source = "a:\tx\nb: {c:\t\ty, d: \t z}\ne: \"f:\tg\"\nh: |\n  i:\tj\n";
    let expected = serde_json::json!({ "a": "x", "b": { "c": "y", "d": "z" }, "e": "f:\tg", "h": "i:\tj\n" });
    assert_eq!(json(source), Ok(expected));
    assert!(json("a:\tb: c\n").is_err() && json("a:\t- b\n").is_err());
}
