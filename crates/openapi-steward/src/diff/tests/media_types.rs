//! Several media types of one body.

use super::documents::DOCUMENT;
use super::schemas::kinds;
use super::*;

#[test]
fn a_media_type_has_one_counterpart() -> Result<(), CouldNotRun> {
    let with = |types: &[&str]| {
        let types: Vec<String> = types.iter().map(|name| format!("{name}: {{ schema: {{ type: string }} }}")).collect();
        DOCUMENT.replace("application/json: { schema: { type: string } }", &types.join(", "))
    };
    let (json, charset) = ("application/json", "application/json; charset=utf-8");
    assert_eq!(kinds(&with(&[json, charset]), &with(&[charset, json]))?, "");
    assert_eq!(kinds(&with(&[json, charset]), &with(&[json]))?, "");
    assert_eq!(kinds(&with(&[json]), &with(&[charset, json]))?, "");
    assert_eq!(kinds(&with(&["'*/*'", json]), &with(&[json, "'*/*'"]))?, "");
    assert_eq!(kinds(&with(&[json, "text/plain"]), &with(&[json, "text/*"]))?, "notice media-type-rewritten");
    assert_eq!(kinds(&with(&[json, "'*/*'"]), &with(&[json]))?, "breaking media-type-removed");
    Ok(())
}
