//! The workloads as processes of their own, so that what is measured is of one client alone.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use serde::Deserialize;
use serde_json::Value;

use crate::generate::root;

/// What a workload has read, and what that took.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Reading {
    pub(super) rooms: u64,
    checksum: u64,
    pub(super) seconds: f64,
    pub(super) cpu_seconds: Option<f64>,
    pub(super) peak_bytes: Option<f64>,
    /// How much has come, where that is looked at.
    pub(super) bytes: Option<f64>,
}

impl Reading {
    /// Of a program that reads no rooms.
    pub(super) fn of_time(seconds: f64) -> Self {
        Self { rooms: 0, checksum: 0, seconds, cpu_seconds: None, peak_bytes: None, bytes: None }
    }

    /// The same, if it took so long.
    pub(super) fn taking(self, seconds: f64) -> Self {
        Self { seconds, ..self }
    }

    /// What differs from another that has read the same.
    pub(super) fn difference(&self, other: &Self) -> Option<String> {
        let [one, another] = [self, other].map(|reading| (reading.rooms, reading.checksum));
        let text = |(rooms, checksum)| format!("{rooms} rooms (checksum {checksum})");
        (one != another).then(|| format!("it has read {}, but the other {}", text(one), text(another)))
    }
}

/// The program of the workloads.
#[derive(Debug)]
pub(super) struct Workloads {
    pub(super) program: PathBuf,
}

impl Workloads {
    /// Builds the program: for release, or as the tests have it.
    pub(super) fn build(release: bool) -> Result<Self, String> {
        Self::build_with(release, &[])
    }

    /// The program for release with what it has behind a feature, and a copy of it without.
    pub(super) fn with_compression(&self) -> Result<[Self; 2], String> {
        let program = super::folder()?.join("without-compression");
        let copied = std::fs::copy(&self.program, &program);
        copied.map_err(|error| format!("cannot write {}: {error}", program.display()))?;
        Ok([Self::build_with(true, &["--features", "compression"])?, Self { program }])
    }

    fn build_with(release: bool, features: &[&str]) -> Result<Self, String> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(root()).args([
            "build",
            "--package",
            "bench",
            "--message-format",
            "json-render-diagnostics",
        ]);
        if release {
            command.arg("--release");
        }
        command.args(features);
        let output = output(command.stderr(Stdio::inherit()))?;
        let messages = output.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let program = messages.filter_map(|message| Some(PathBuf::from(message["executable"].as_str()?))).next_back();
        Ok(Self { program: program.ok_or("cargo does not say where it has built the workloads")? })
    }

    /// Runs a workload.
    pub(super) fn run(&self, arguments: &[&str], server: Option<&Server>) -> Result<Reading, String> {
        let mut command = Command::new(&self.program);
        command.args(arguments);
        reading(&mut command, server)
    }

    /// The body of a page of so many rooms, in a file.
    pub(super) fn page(&self, rooms: u32, file: &Path) -> Result<(), String> {
        let rooms = rooms.to_string();
        let body = output(Command::new(&self.program).args(["page", "--rooms", &rooms]))?;
        std::fs::write(file, body).map_err(|error| format!("cannot write {}: {error}", file.display()))
    }

    /// Starts a server, which ends when it is dropped.
    pub(super) fn serve(&self, arguments: &[&str]) -> Result<Server, String> {
        let mut command = Command::new(&self.program);
        command.arg("serve").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| failed(&command, &error))?;
        let (input, out) = (child.stdin.take(), child.stdout.take());
        let mut greeting = String::new();
        let said = out.map(|out| BufReader::new(out).read_line(&mut greeting));
        let mut server =
            Server { child, input, url: String::new(), variables: [("", String::new()), ("", String::new())] };
        let greeting: Value = match said {
            Some(Ok(_)) => serde_json::from_str(&greeting).map_err(|error| failed(&command, &error))?,
            _ => return Err(failed(&command, &"it says nothing")),
        };
        let text = |key: &str| greeting[key].as_str().unwrap_or_default().to_owned();
        server.url = text("url");
        server.variables = [("TWILIO_ACCOUNT_SID", text("account_sid")), ("TWILIO_AUTH_TOKEN", text("auth_token"))];
        Ok(server)
    }
}

/// A sandbox that runs.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    /// It ends when this is closed.
    input: Option<ChildStdin>,
    pub(super) url: String,
    /// The credentials, as all clients read them.
    variables: [(&'static str, String); 2],
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

/// Runs a program that reads from the server, and says in the end what it has read.
pub(super) fn reading(command: &mut Command, server: Option<&Server>) -> Result<Reading, String> {
    for (name, value) in server.into_iter().flat_map(|server| &server.variables) {
        command.env(name, value);
    }
    let output = output(command)?;
    serde_json::from_str(&output).map_err(|error| failed(command, &error))
}

/// What the program prints.
pub(super) fn output(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| failed(command, &error))?;
    if output.status.success() {
        return String::from_utf8(output.stdout).map_err(|error| failed(command, &error));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = said.trim_end().lines().rev().take(3).collect();
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
    fn those_who_have_read_something_else_are_told_apart() -> Result<(), serde_json::Error> {
        let read = |rooms, checksum| {
            serde_json::from_value::<Reading>(serde_json::json!({
                "rooms": rooms, "checksum": checksum, "seconds": 1.0, "cpu_seconds": null
            }))
        };
        assert_eq!(read(20_000, 7)?.difference(&read(20_000, 7)?), None);
        let difference = read(19_999, 7)?.difference(&read(20_000, 7)?);
        assert_eq!(
            difference.as_deref(),
            Some("it has read 19999 rooms (checksum 7), but the other 20000 rooms (checksum 7)")
        );
        assert!(read(20_000, 8)?.difference(&read(20_000, 7)?).is_some());
        Ok(())
    }
}
