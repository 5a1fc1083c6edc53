//! The amount of work, and the folder of the results.

use std::fs;
use std::path::PathBuf;

use crate::workspace::root;

/// The folder of the results, from the root of the workspace.
pub(super) const FOLDER: &str = "target/bench";

/// The amount of work to measure.
#[derive(Debug)]
pub(super) struct Scale {
    /// The number of rooms in a listing.
    pub(super) rooms: u32,
    /// The number of rooms in a listing of many pages.
    pub(super) more: u32,
    /// The number of rooms in a large listing.
    pub(super) many: u32,
    /// The latency of a distant server, in milliseconds.
    pub(super) latency: u32,
    /// The number of times that a run decodes a page.
    pub(super) decodes: u32,
    /// The number of runs of each program.
    pub(super) rounds: u32,
    /// `true` if the numbers are meaningful, and compared with the aims.
    pub(super) judged: bool,
}

impl Scale {
    pub(super) fn full() -> Self {
        Self { rooms: 20_000, more: 200_000, many: 1_000_000, latency: 50, decodes: 200, rounds: 5, judged: true }
    }

    /// The least that shows whether everything works.
    pub(super) fn quick() -> Self {
        Self { rooms: 2_000, more: 3_000, many: 5_000, latency: 2, decodes: 2, rounds: 1, judged: false }
    }
}

/// The folder of the results, which it creates.
pub(super) fn folder() -> Result<PathBuf, String> {
    let folder = root().join(FOLDER);
    let made = fs::create_dir_all(&folder);
    made.map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    Ok(folder)
}
