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
