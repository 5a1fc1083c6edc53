//! Media types.

/// Returns a media type without its parameters, in small letters.
pub(crate) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns whether a media type is JSON: `application/json`, `text/json`, or one that ends with `+json` (RFC 6839, section 3.1).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn json_has_several_media_types() {
        for media_type in ["application/json; charset=utf-8", "Text/JSON", "application/hal+json"] {
            assert!(is_json(media_type), "{media_type}");
        }
        assert!(!is_json("application/jsonl") && !is_json("*/*"));
    }
}
