//! A repository of somebody else, with a document of its own, in which the action and the hooks run.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use openapi_steward::cli;

use crate::cargo;
use crate::cargo::PROGRAMS;
use crate::folders::clear;
use crate::workspace::root;

/// The folder of the repositories, and the variables of git that keep the settings of this machine out of them.
const FOLDER: &str = "target/foreign";
const GIT: [(&str, &str); 6] = [
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_AUTHOR_NAME", "a"),
    ("GIT_AUTHOR_EMAIL", "a@example.com"),
    ("GIT_COMMITTER_NAME", "a"),
    ("GIT_COMMITTER_EMAIL", "a@example.com"),
];

/// A document that no rule has an error in.
pub(crate) const DOCUMENT: &str = "\
openapi: 3.0.3
info:
  title: Books
  version: 1.0.0
paths:
  /books:
    get:
      operationId: list_books
      parameters:
        - name: limit
          in: query
          schema:
            type: integer
            maximum: 100
      responses:
        '200':
          description: The books.
";

/// The same document with a mistake on its line 13.
pub(crate) fn with_mistake() -> String {
    DOCUMENT.replace("type: integer", "type: intger")
}

/// A version that refuses requests which that document allows.
pub(crate) fn breaking() -> String {
    DOCUMENT.replace("maximum: 100", "maximum: 10")
}

/// A repository below the target folder.
#[derive(Debug)]
pub(crate) struct Repository {
    pub(crate) folder: PathBuf,
}

/// The end of a program.
#[derive(Debug)]
pub(crate) struct End {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Repository {
    /// Creates a repository without a commit.
    pub(crate) fn new(name: &str) -> Result<Self, String> {
        Self::in_folder(root().join(FOLDER).join(name))
    }

    /// Creates a repository in this folder.
    pub(crate) fn in_folder(folder: PathBuf) -> Result<Self, String> {
        let repository = Self { folder };
        clear(&repository.folder)?;
        std::fs::create_dir_all(&repository.folder).map_err(|error| format!("cannot create a folder: {error}"))?;
        repository.git(&["init", "--quiet", "--initial-branch", "main"])?;
        Ok(repository)
    }

    /// Clones the last commit of a branch, as CI does.
    pub(crate) fn shallow_clone(&self, name: &str, branch: &str) -> Result<Self, String> {
        let clone = Self { folder: root().join(FOLDER).join(name) };
        clear(&clone.folder)?;
        let url = format!("file://{}", self.folder.display());
        let folder = clone.folder.to_string_lossy();
        self.git(&["clone", "--quiet", "--depth", "1", "--branch", branch, "--single-branch", &url, &folder])?;
        Ok(clone)
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> Result<(), String> {
        cli::write(&self.folder.join(path), text).map_err(|error| error.0)
    }

    pub(crate) fn commit(&self) -> Result<(), String> {
        self.git(&["add", "."])?;
        self.git(&["commit", "--quiet", "--message", "A commit"]).map(|_| ())
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> Result<String, String> {
        let output = cargo::output(self.command("git").args(arguments))?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// A program in the folder of the repository. It does not know that it runs in a CI of this repository.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            let is_foreign = ["GIT_", "GITHUB_", "STEWARD_", "RUNNER_"];
            if is_foreign.iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
                command.env_remove(name);
            }
        }
        command.current_dir(&self.folder).envs(GIT);
        command
    }
}

impl End {
    pub(crate) fn of(command: &mut Command) -> Result<Self, String> {
        let output =
            command.stdin(Stdio::null()).output().map_err(|error| format!("cannot run {command:?}: {error}"))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(Self { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) })
    }

    /// Checks the exit code, and that the output contains a text.
    pub(crate) fn expect(&self, what: &str, code: i32, text: &str) -> Result<(), String> {
        if self.code == Some(code) && (self.stdout.contains(text) || self.stderr.contains(text)) {
            return Ok(());
        }
        let Self { code: actual, stdout, stderr } = self;
        Err(format!("{what}: expected exit code {code} and `{text}`, but got {actual:?} and:\n{stdout}{stderr}"))
    }
}

/// Builds the command. It is the one of this workspace, and not a published one.
pub(crate) fn steward() -> Result<PathBuf, String> {
    let arguments = [&PROGRAMS[..], &["--bin", "openapi-steward"]].concat();
    cargo::executables(&arguments)?.remove("openapi-steward").ok_or_else(|| "cargo built no openapi-steward".to_owned())
}

/// The value of `PATH` with another folder at its front.
pub(crate) fn path_with(folder: &Path) -> Result<OsString, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).map_err(|error| format!("cannot extend PATH: {error}"))
}

/// Returns whether git and a shell are there. The checks of foreign repositories are about both.
pub(crate) fn can_run() -> bool {
    let runs = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).stdout(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    runs("git", &["--version"]) && runs("sh", &["-c", ":"])
}
