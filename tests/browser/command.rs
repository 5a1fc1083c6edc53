//! Calls of the steward, which write the pages into a folder of the test.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;

/// A folder that is removed at the end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("steward-browser-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    /// Writes a file, and returns its path.
    pub fn write(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.0.join(name);
        std::fs::write(&path, text)?;
        Ok(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Runs the steward in this folder, and returns its standard output. Findings are no error.
    pub fn steward(&self, arguments: &[&str]) -> Result<String> {
        let program =
            std::env::var_os("OPENAPI_STEWARD").ok_or("OPENAPI_STEWARD is not set: run `cargo xtask ci browser`")?;
        let output = Command::new(program).args(arguments).current_dir(&self.0).output()?;
        match output.status.code() {
            Some(0 | 1 | 5) => Ok(String::from_utf8(output.stdout)?),
            _ => Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into()),
        }
    }

    /// Runs git in this folder.
    pub fn git(&self, arguments: &[&str]) -> Result {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"];
        let status = Command::new("git").args(identity).args(arguments).current_dir(&self.0).status()?;
        if status.success() { Ok(()) } else { Err(format!("git {arguments:?} ended with {status}").into()) }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The document of this repository.
pub fn spec() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/rooms.yaml")
}

/// A string that is harmful wherever it is not text.
pub const HOSTILE: &str = "\"'><script>hostile=1</script><img src=x onerror=hostile=1></style></title>";

/// The hostile string as YAML.
pub fn hostile() -> String {
    serde_json::Value::String(HOSTILE.to_owned()).to_string()
}
