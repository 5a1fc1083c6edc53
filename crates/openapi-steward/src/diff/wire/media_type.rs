//! The names of media types.

/// Returns a media type in lower case and without its charset, which changes no value.
pub(super) fn normalized(name: &str) -> String {
    let mut parts = name.split(';').map(|part| part.trim().to_ascii_lowercase());
    let first = parts.next().unwrap_or_default();
    let mut parameters: Vec<String> = parts.filter(|part| !part.is_empty() && !part.starts_with("charset=")).collect();
    parameters.sort();
    [vec![first], parameters].concat().join(";")
}

/// Returns a media type without its parameters.
pub(super) fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns whether a range such as `application/*` covers a media type.
pub(super) fn covers(range: &str, name: &str) -> bool {
    let (range, name) = (essence(range), essence(name));
    range == "*/*" || range.strip_suffix('*').is_some_and(|start| start.ends_with('/') && name.starts_with(start))
}

/// Returns whether the content of a media type is bytes, and no JSON, text or form.
pub(super) fn is_raw(name: &str) -> bool {
    let name = essence(name);
    let is_structured = name.ends_with("json") || name.ends_with("xml") || name.ends_with("yaml");
    let is_form = name == "application/x-www-form-urlencoded" || name.starts_with("multipart/");
    !is_structured && !is_form && !name.starts_with("text/") && !name.ends_with('*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_charset_and_the_case_are_no_part_of_a_name() {
        assert_eq!(normalized("Application/JSON; charset=utf-8"), "application/json");
        assert_eq!(normalized("application/json;version=1; Charset=x"), "application/json;version=1");
        assert!(covers("application/*", "application/json; x=1") && covers("*/*", "text/plain"));
        assert!(is_raw("image/png") && is_raw("application/octet-stream; a=b"));
        assert!(!is_raw("application/hal+json") && !is_raw("text/plain") && !is_raw("*/*"));
        assert!(!covers("application/json", "application/json") && !covers("text/*", "application/json"));
    }
}
