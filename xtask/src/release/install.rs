//! The packages as a stranger uses them: in an empty folder outside of this repository, and from the packaged files alone.
//!
//! A new program lists the rooms of the installed sandbox, and a repository of somebody else validates and compares its own document
//! with the installed steward. Only the compiled dependencies are shared with the workspace, and their versions are those of its
//! `Cargo.lock`; a `[patch]` stands for the packages that are not on crates.io yet.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use openapi_steward::cli::{self, Shell};

use super::Notes;
use crate::cargo::{cargo, output, run};
use crate::ci::foreign::{self, End, Repository};
use crate::ci::markdown;
use crate::dist;
use crate::folders::clear;
use crate::packages::{Published, Unpacked};
use crate::workspace::root;

/// The number of rooms of the sandbox.
const ROOMS: usize = 30;
/// A program that a newcomer writes. The variable is for the sandbox; Twilio needs none.
const PROGRAM: &str = r#"use twilio_rooms::ClientBuilder;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = ClientBuilder::from_env()?.base_url(std::env::var("SANDBOX_URL")?).build()?;
    let mut rooms = client.rooms().list().any_status().stream();
    while let Some(room) = rooms.next().await {
        println!("{}", room?.sid);
    }
    Ok(())
}
"#;

/// Installs and uses the packages.
pub(super) fn check(shell: &Shell, notes: &mut Notes) -> Result<(), String> {
    let folder = Folder::new()?;
    let unpacked = Unpacked::in_folder(&folder.0.join("packages"))?;
    for program in dist::programs(&unpacked.packages) {
        shell.status("Installing", &program.name);
        install(program.package, &unpacked, &folder.0)?;
        End::of(Command::new(folder.program(&program.name)).arg("--help"))?.expect(&program.name, 0, "Usage")?;
    }
    list_rooms(&unpacked, &folder)?;
    shell.status("Listed", format_args!("{ROOMS} rooms of the packaged sandbox by a new program"));
    if !foreign::can_run() {
        notes
            .not_run
            .push("the packaged steward in a repository of somebody else: there is no git or no sh".to_owned());
        return Ok(());
    }
    judge_document(&folder)?;
    shell.status("Compared", "the document of another repository by the packaged steward");
    Ok(())
}

/// An empty folder, which is removed in the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self, String> {
        // The same for each run: cargo would keep what it compiled for every other path.
        let workspace = root().to_string_lossy().replace(['/', '\\', ':'], "-");
        let folder = std::env::temp_dir().join(format!("twilio-rooms-release{workspace}"));
        clear(&folder)?;
        fs::create_dir_all(&folder).map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
        Ok(Self(folder))
    }

    /// The path of an installed program.
    fn program(&self, name: &str) -> PathBuf {
        self.0.join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Calls cargo in the folder, with the profile and the target folder of the workspace, so that what is compiled is not compiled again.
fn cargo_in(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo(arguments);
    command.current_dir(folder).arg("--config").arg(root().join(".cargo/config.toml"));
    if std::env::var_os("CARGO_TARGET_DIR").is_none() {
        command.arg("--target-dir").arg(root().join("target"));
    }
    command
}

/// Installs the programs of a package, as `cargo install --locked` does.
fn install(package: &Published, unpacked: &Unpacked, folder: &Path) -> Result<(), String> {
    let source = unpacked.folder(&package.name)?;
    let patches = unpacked.patches(package)?;
    if !patches.is_empty() {
        // The `Cargo.lock` in the package has the checksums of crates.io for the packages that it needs.
        copy_lock(source)?;
        let mut metadata = cargo(&["metadata", "--format-version", "1", "--manifest-path"]);
        metadata.arg(source.join("Cargo.toml"));
        output(metadata.args(patches.iter().flat_map(|patch| ["--config".to_owned(), patch.setting()])))?;
    }
    let mut command = cargo_in(folder, &["install", "--locked", "--debug", "--quiet", "--no-track"]);
    command.arg("--path").arg(source).arg("--root").arg(folder);
    for patch in patches {
        command.args(["--config", &patch.setting()]);
    }
    run(&mut command).map(|_| ())
}

/// Copies the versions of the workspace to a package. Cargo removes those that the package does not need.
fn copy_lock(folder: &Path) -> Result<(), String> {
    let copied = fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"));
    copied.map(|_| ()).map_err(|error| format!("cannot copy Cargo.lock to {}: {error}", folder.display()))
}

/// Writes a new program with the dependencies that the packaged README names first, and lets it list the rooms of a sandbox.
fn list_rooms(unpacked: &Unpacked, folder: &Folder) -> Result<(), String> {
    let client = unpacked.packages.iter().find(|package| package.name == "twilio-rooms");
    let client = client.ok_or("twilio-rooms is not published")?;
    let readme = unpacked.folder(&client.name)?.join("README.md");
    let readme = fs::read_to_string(&readme).map_err(|error| format!("cannot read {}: {error}", readme.display()))?;
    let dependencies = markdown::blocks(&readme).into_iter().find(|block| block.language() == "toml");
    let dependencies = dependencies.ok_or("the README of twilio-rooms names no dependencies")?.text;

    let lister = folder.0.join("lister");
    let manifest = format!("[package]\nname = \"lister\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{dependencies}");
    let write = |path: &str, text: &str| cli::write(&lister.join(path), text).map_err(|error| error.0);
    write("Cargo.toml", &manifest)?;
    write("src/main.rs", PROGRAM)?;
    copy_lock(&lister)?;

    let sandbox = Sandbox::start(&folder.program("twilio-rooms-sandbox"))?;
    let mut command = cargo_in(&lister, &["run", "--quiet"]);
    let own = unpacked.patches(client)?.into_iter().chain([unpacked.patch(&client.name)?]);
    for patch in own {
        command.args(["--config", &patch.setting()]);
    }
    for variable in ["TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_REGION", "TWILIO_EDGE"] {
        command.env_remove(variable);
    }
    let output = run(command.envs(sandbox.variables.iter().map(|(name, value)| (name, value))))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let rooms = printed.lines().filter(|line| line.starts_with("RM") && line.len() == 34).count();
    if rooms != ROOMS || printed.lines().count() != ROOMS {
        return Err(format!("a new program should have listed {ROOMS} rooms, but printed:\n{printed}"));
    }
    Ok(())
}

/// A sandbox that runs as a program of its own.
struct Sandbox {
    child: Child,
    /// The variables that it prints, and its URL.
    variables: Vec<(String, String)>,
}

impl Sandbox {
    fn start(program: &Path) -> Result<Self, String> {
        let mut command = Command::new(program);
        command.args(["--rooms", &ROOMS.to_string()]).stdin(Stdio::null()).stdout(Stdio::piped());
        let child = command.spawn().map_err(|error| format!("cannot run {}: {error}", program.display()))?;
        let mut sandbox = Self { child, variables: Vec::new() };
        let stdout = sandbox.child.stdout.take().ok_or("the sandbox has no output")?;
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|error| format!("cannot read the output of the sandbox: {error}"))?;
            sandbox.variables.extend(variable(&line));
            if sandbox.variables.len() == 3 {
                return Ok(sandbox);
            }
        }
        Err(format!("the sandbox ended before it printed its URL and its credentials: {:?}", sandbox.variables))
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The variable that a line of the sandbox's output is about.
fn variable(line: &str) -> Option<(String, String)> {
    if let Some(rest) = line.strip_prefix("Listening on ") {
        let url = rest.split(". ").next().unwrap_or(rest);
        return Some(("SANDBOX_URL".to_owned(), url.to_owned()));
    }
    let (name, value) = line.strip_prefix("export ")?.split_once('=')?;
    Some((name.to_owned(), value.to_owned()))
}

/// Validates and compares the document of a repository that is not this one.
fn judge_document(folder: &Folder) -> Result<(), String> {
    let steward = folder.program("openapi-steward");
    let repository = Repository::in_folder(folder.0.join("books"))?;
    let judge = |arguments: &[&str]| End::of(repository.command(&steward.to_string_lossy()).args(arguments));
    repository.write("api.yaml", foreign::DOCUMENT)?;
    repository.commit()?;
    judge(&["validate", "api.yaml"])?.expect("a valid document", 0, "Valid api.yaml")?;
    repository.write("api.yaml", &foreign::with_mistake())?;
    judge(&["validate", "api.yaml"])?.expect("a mistake", 1, "api.yaml:13:")?;
    repository.write("api.yaml", &foreign::breaking())?;
    let diff = judge(&["diff", "--fail-on", "breaking", "api.yaml"])?;
    diff.expect("a breaking change", 5, "the maximum was 100 and is 10")?;
    output(repository.command(&steward.to_string_lossy()).args(["generate", "--out", "client", "api.yaml"]))?;
    let generated = repository.folder.join("client/src/generated.rs");
    if generated.is_file() { Ok(()) } else { Err(format!("{} was not generated", generated.display())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_of_the_sandbox_has_its_url_and_its_credentials() {
        let pair = |name: &str, value: &str| Some((name.to_owned(), value.to_owned()));
        assert_eq!(
            variable("Listening on http://127.0.0.1:8080. Press Ctrl-C to stop."),
            pair("SANDBOX_URL", "http://127.0.0.1:8080")
        );
        assert_eq!(variable("export TWILIO_ACCOUNT_SID=AC0"), pair("TWILIO_ACCOUNT_SID", "AC0"));
        assert_eq!(variable("curl -u 'AC0:token'"), None);
    }
}
