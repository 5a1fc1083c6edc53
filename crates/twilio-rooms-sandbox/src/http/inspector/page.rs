//! The page, with its style and its script in it.

use axum::http::header;
use axum::response::{Html, IntoResponse};

/// The page, which `cargo xtask doc-pages` writes from `design/`.
const PAGE: &str = include_str!("page.html");
/// The policy that goes with it: its own style and scripts, by their hashes, and requests to its own origin.
const POLICY: &str = include_str!("policy.txt");

pub(super) async fn page() -> impl IntoResponse {
    ([(header::CONTENT_SECURITY_POLICY, POLICY.trim_end())], Html(PAGE))
}
