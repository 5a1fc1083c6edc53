//! The folders of this workspace.

use std::path::{Path, PathBuf};

/// The document, from the root of the workspace.
pub(crate) const SPEC: &str = "spec/rooms.yaml";

/// The root of the workspace, wherever the task was called.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}
