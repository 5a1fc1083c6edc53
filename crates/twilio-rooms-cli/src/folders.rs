//! The folders of the program, in the places that the platform has for such.

use std::path::PathBuf;

use crate::environment::variable;
use crate::failure::Failure;

/// The folder of the profiles, instead of that of the platform.
pub(crate) const CONFIG: &str = "TWILIO_ROOMS_CONFIG_DIR";
/// The folder of the journals, instead of that of the platform.
pub(crate) const STATE: &str = "TWILIO_ROOMS_STATE_DIR";
/// The folder of the cache, instead of that of the platform.
const CACHE: &str = "TWILIO_ROOMS_CACHE_DIR";

/// The folder of macOS for everything but caches.
const SUPPORT: &str = "Library/Application Support";

/// The folder of the profiles.
pub(crate) fn config() -> Result<PathBuf, Failure> {
    folder(CONFIG, "XDG_CONFIG_HOME", ".config", SUPPORT, "APPDATA", "profiles")
}

/// The folder of the journals.
pub(crate) fn state() -> Result<PathBuf, Failure> {
    folder(STATE, "XDG_STATE_HOME", ".local/state", SUPPORT, "LOCALAPPDATA", "journals")
}

/// The folder of what can be asked for again.
pub(crate) fn cache() -> Result<PathBuf, Failure> {
    folder(CACHE, "XDG_CACHE_HOME", ".cache", "Library/Caches", "LOCALAPPDATA", "caches")
}

/// The folder that a variable names, or else that of the platform: by the XDG Base Directory Specification, where there is no
/// other.
fn folder(
    chosen: &str,
    xdg: &str,
    below_home: &str,
    macos: &str,
    windows: &str,
    contents: &str,
) -> Result<PathBuf, Failure> {
    if let Some(folder) = variable(chosen)? {
        return Ok(folder.into());
    }
    let home = |below: &str| std::env::home_dir().map(|home| home.join(below));
    let folder = if cfg!(windows) {
        variable(windows)?.map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        home(macos)
    } else {
        // The specification has relative paths ignored.
        let configured = variable(xdg)?.map(PathBuf::from).filter(|path| path.is_absolute());
        configured.or_else(|| home(below_home))
    };
    let failure = || Failure::usage(format!("there is no home folder for {contents}"));
    Ok(folder.ok_or_else(|| failure().hint(format!("Set {chosen} to a folder.")))?.join("twilio-rooms"))
}
