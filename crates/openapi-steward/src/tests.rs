//! The document that tests of several modules share.

use std::path::{Path, PathBuf};

use crate::document::Source;
use crate::formats::Formats;
use crate::outcome::CouldNotRun;
use crate::project::Project;

/// The document of this workspace, which uses every part of the tool.
pub(crate) const ROOMS: &str = include_str!("../../../spec/rooms.yaml");

/// A version of that document, with this text.
pub(crate) fn source(text: impl Into<String>) -> Source {
    Source::new("rooms.yaml", text.into())
}

/// The folder of that document.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec")
}

/// That document, with its `steward.toml`.
pub(crate) fn project() -> Result<Project, CouldNotRun> {
    Project::open(Some(&folder().join("rooms.yaml")))
}

/// The custom formats of that document.
pub(crate) fn formats() -> Formats {
    project().map(|project| project.config.formats).unwrap_or_default()
}

/// An HTTP client that sends nothing. In the build of the whole workspace, reqwest has TLS without cryptography of its own.
pub(crate) fn http_client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}
