//! The servers of operations that have their own.

/// Returns the base URL of an operation that has its own server.
///
/// A client with another base URL than that of the document, such as a test server or a proxy, sends everything there.
pub(crate) fn server<'a>(base_url: &'a str, document: &str, own: &'a str) -> &'a str {
    if base_url.trim_end_matches('/') == document { own } else { base_url }
}

#[cfg(test)]
mod tests {
    use super::server;

    #[test]
    fn the_server_of_an_operation_is_used_unless_the_client_has_another_one() {
        let [document, own] = ["https://a.com", "https://b.com"];
        assert_eq!(server("https://a.com/", document, own), own);
        assert_eq!(server("http://127.0.0.1:1", document, own), "http://127.0.0.1:1");
    }
}
