//! Anchors, aliases, merge keys and tags.

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
