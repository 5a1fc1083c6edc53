//! The workloads as separate processes, so that a measurement covers one client alone.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use serde::Deserialize;
use serde_json::Value;

use super::setup::folder;
use crate::cargo;

/// The selection of the program for release: alone, so that no other package adds features to it.
const RELEASE: [&str; 3] = ["--package", "bench", "--release"];

/// One run of a workload: the rooms that it read, and its time and memory.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Run {
    pub(super) rooms: u64,
    checksum: u64,
    pub(super) seconds: f64,
    pub(super) cpu_seconds: Option<f64>,
    pub(super) peak_bytes: Option<f64>,
    /// The size of the response, if the workload measures that.
    pub(super) bytes: Option<f64>,
}

impl Run {
    /// A run of a program that reads no rooms.
    pub(super) fn timed(seconds: f64) -> Self {
        Self { rooms: 0, checksum: 0, seconds, cpu_seconds: None, peak_bytes: None, bytes: None }
    }

    /// The difference from a run that should have read the same rooms.
    pub(super) fn difference(&self, other: &Self) -> Option<String> {
        let [one, another] = [self, other].map(|run| (run.rooms, run.checksum));
        let text = |(rooms, checksum)| format!("{rooms} rooms (checksum {checksum})");
        (one != another).then(|| format!("it read {}, but the other read {}", text(one), text(another)))
    }
}

/// The program that contains the workloads.
#[derive(Debug)]
pub(super) struct Workloads {
    pub(super) program: PathBuf,
}

impl Workloads {
    /// Builds the program: for release, or as the tests use it.
    pub(super) fn build(release: bool) -> Result<Self, String> {
        Self::build_with(if release { &RELEASE } else { &cargo::PROGRAMS })
    }

    /// The program for release with the feature `compression`, and a copy of the program without it.
    pub(super) fn with_compression(&self) -> Result<[Self; 2], String> {
        let program = folder()?.join("without-compression");
        let copied = std::fs::copy(&self.program, &program);
        copied.map_err(|error| format!("cannot write {}: {error}", program.display()))?;
        Ok([Self::build_with(&[&RELEASE[..], &["--features", "compression"]].concat())?, Self { program }])
    }

    /// A copy of the program for release with another decoder.
    pub(super) fn with_sonic() -> Result<Self, String> {
        let built = Self::build_with(&[&RELEASE[..], &["--features", "sonic"]].concat())?;
        let program = folder()?.join("with-sonic");
        let copied = std::fs::copy(&built.program, &program);
        copied.map_err(|error| format!("cannot write {}: {error}", program.display()))?;
        // Cargo has replaced the program of the other workloads.
        Self::build(true)?;
        Ok(Self { program })
    }

    fn build_with(arguments: &[&str]) -> Result<Self, String> {
        let program = cargo::executables(arguments)?.remove("bench");
        Ok(Self { program: program.ok_or("cargo built no program `bench`")? })
    }

    /// Runs a workload.
    pub(super) fn run(&self, arguments: &[&str], server: Option<&Server>) -> Result<Run, String> {
        let mut command = Command::new(&self.program);
        command.args(arguments);
        measure(&mut command, server)
    }

    /// Writes the body of a page with this number of rooms to the file.
    pub(super) fn page(&self, rooms: u32, file: &Path) -> Result<(), String> {
        let rooms = rooms.to_string();
        let body = output(Command::new(&self.program).args(["page", "--rooms", &rooms]))?;
        std::fs::write(file, body).map_err(|error| format!("cannot write {}: {error}", file.display()))
    }

    /// Starts a server, which stops when it is dropped.
    pub(super) fn serve(&self, arguments: &[&str]) -> Result<Server, String> {
        let mut command = Command::new(&self.program);
        command.arg("serve").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| failed(&command, &error))?;
        let (input, out) = (child.stdin.take(), child.stdout.take());
        let mut greeting = String::new();
        let read = out.map(|out| BufReader::new(out).read_line(&mut greeting));
        let mut server =
            Server { child, input, url: String::new(), variables: [("", String::new()), ("", String::new())] };
        let greeting: Value = match read {
            Some(Ok(_)) => serde_json::from_str(&greeting).map_err(|error| failed(&command, &error))?,
            _ => return Err(failed(&command, &"it printed nothing")),
        };
        let text = |key: &str| greeting[key].as_str().unwrap_or_default().to_owned();
        server.url = text("url");
        server.variables = [("TWILIO_ACCOUNT_SID", text("account_sid")), ("TWILIO_AUTH_TOKEN", text("auth_token"))];
        Ok(server)
    }
}

/// A running sandbox.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    /// The sandbox stops when this is closed.
    input: Option<ChildStdin>,
    pub(super) url: String,
    /// The credentials, as the environment variables that all clients read.
    variables: [(&'static str, String); 2],
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

/// Runs a program that reads from the server, and parses its report.
pub(super) fn measure(command: &mut Command, server: Option<&Server>) -> Result<Run, String> {
    for (name, value) in server.into_iter().flat_map(|server| &server.variables) {
        command.env(name, value);
    }
    let output = output(command)?;
    serde_json::from_str(&output).map_err(|error| failed(command, &error))
}

/// Runs the program, and returns its standard output.
pub(super) fn output(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| failed(command, &error))?;
    if output.status.success() {
        return String::from_utf8(output.stdout).map_err(|error| failed(command, &error));
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = errors.trim_end().lines().rev().take(3).collect();
    let last = last.into_iter().rev().collect::<Vec<_>>().join(" / ");
    Err(failed(command, &format_args!("it ended with {}: {last}", output.status)))
}

fn failed(command: &Command, error: &dyn std::fmt::Display) -> String {
    format!("cannot run {}: {error}", command.get_program().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_read_other_rooms_differ() -> Result<(), serde_json::Error> {
        let read = |rooms, checksum| {
            serde_json::from_value::<Run>(serde_json::json!({
                "rooms": rooms, "checksum": checksum, "seconds": 1.0, "cpu_seconds": null
            }))
        };
        assert_eq!(read(20_000, 7)?.difference(&read(20_000, 7)?), None);
        let difference = read(19_999, 7)?.difference(&read(20_000, 7)?);
        assert_eq!(
            difference.as_deref(),
            Some("it read 19999 rooms (checksum 7), but the other read 20000 rooms (checksum 7)")
        );
        assert!(read(20_000, 8)?.difference(&read(20_000, 7)?).is_some());
        Ok(())
    }
}
