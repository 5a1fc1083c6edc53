//! The JSON beside that of `serde_json`.

use std::collections::BTreeMap;

use serde_json::json;

use super::*;

fn agrees<T: Serialize>(value: &T) -> Result<bool> {
    let mut written = b"before".to_vec();
    write_json(&mut written, value)?;
    Ok(written.strip_prefix(b"before") == Some(&serde_json::to_vec(value)?))
}

#[test]
fn every_character_is_written_as_serde_json_writes_it() -> Result<()> {
    for character in ('\0'..='\u{200}').chain(['\u{2028}', '\u{d7ff}', '😀', char::MAX]) {
        for length in [0, 1, 6, 7, 14, 15, 16, 30, 31, 32, 90] {
            for at in [0, length / 2, length] {
                let text = format!("{}{character}{}", "a".repeat(at), "ü".repeat((length - at) / 2));
                assert!(agrees(&text)?, "{text:?}");
            }
        }
    }
    assert!(agrees(&"")?);
    Ok(())
}

#[test]
fn every_kind_of_value_is_written_as_serde_json_writes_it() -> Result<()> {
    #[derive(Serialize)]
    enum Variant {
        Unit,
        New(u8),
        Tuple(i64, f64),
        Struct { field: Option<bool>, r#type: char },
    }
    #[derive(Serialize)]
    struct New(Vec<Variant>);
    #[derive(Serialize)]
    struct Whole<'a> {
        variants: New,
        unit: (),
        tuple: (u64, i8, f32),
        none: Option<()>,
        #[serde(skip_serializing_if = "Option::is_none")]
        skipped: Option<()>,
        map: BTreeMap<&'a str, Vec<u8>>,
        empty: (Vec<u8>, BTreeMap<String, u8>),
        #[serde(rename = "quoted \"name\"")]
        json: serde_json::Value,
    }
    let variants = vec![
        Variant::Unit,
        Variant::New(255),
        Variant::Tuple(i64::MIN, 1e300),
        Variant::Struct { field: Some(true), r#type: '"' },
    ];
    let whole = Whole {
        variants: New(variants),
        unit: (),
        tuple: (u64::MAX, -128, f32::NAN),
        none: None,
        skipped: None,
        map: BTreeMap::from([("a", vec![1, 2]), ("b\n", vec![])]),
        empty: (Vec::new(), BTreeMap::new()),
        json: json!({ "a": [null, true, 1.5, -7, "x\\y"], "b": {} }),
    };
    assert!(agrees(&whole)?);
    Ok(())
}

#[test]
fn a_key_that_is_no_string_is_an_error() {
    assert!(write_json(&mut Vec::new(), &BTreeMap::from([(1, 2)])).is_err());
}
