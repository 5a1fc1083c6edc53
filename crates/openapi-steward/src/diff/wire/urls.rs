//! The parts of the URLs of servers.

use crate::document::Node;

/// The path of the first server, without a slash at its end.
pub(super) fn base_path(root: &Node) -> String {
    let url = root.items_of("servers").first().and_then(|server| server.get_str("url")).unwrap_or_default();
    let path = url.split_once("://").map_or(url, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    path.trim_end_matches('/').to_owned()
}

/// The part of a server's URL before its path.
pub(super) fn origin(url: &str) -> &str {
    match url.split_once("://") {
        Some((scheme, rest)) => {
            let host = rest.find('/').unwrap_or(rest.len());
            &url[..scheme.len() + 3 + host]
        }
        None => "",
    }
}

/// A URL with the scheme and the host in lower case, and without the default port.
pub(super) fn normalized(url: &str) -> String {
    let start = origin(url);
    // The names of variables have a case.
    if start.contains('{') {
        return url.to_owned();
    }
    let lower = start.to_ascii_lowercase();
    let port = if lower.starts_with("https:") { ":443" } else { ":80" };
    format!("{}{}", lower.strip_suffix(port).unwrap_or(&lower), &url[start.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_of_the_host_and_the_default_port_have_no_meaning() {
        assert_eq!(normalized("HTTPS://A.example:443/V1"), "https://a.example/V1");
        assert_eq!(normalized("http://a.example:80"), "http://a.example");
        assert_eq!(normalized("http://a.example:443"), "http://a.example:443");
        assert_eq!(normalized("https://{Host}.example"), "https://{Host}.example");
        assert_eq!(normalized("/V1"), "/V1");
    }
}
