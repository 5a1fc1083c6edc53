//! A sandbox, and calls of the program as a person types them.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use twilio_rooms_sandbox::{Sandbox, TrackKind};

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// 2026-11-01T18:00:00Z, six hours after the newest seeded room.
pub(crate) const NOW: &str = "2026-11-01T18:00:00Z";
const NOW_SECONDS: u64 = 1_793_556_000;

/// A folder that is removed when it is dropped. It is not there until something is written to it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("twilio-rooms-{name}-{}", std::process::id())))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

pub(crate) fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|it| it == extension)
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The time of the sandbox's clock.
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(NOW_SECONDS)
}

/// A sandbox with some seeded rooms, whose clock stands still.
pub(crate) async fn sandbox(rooms: usize) -> Result<Sandbox> {
    Ok(Sandbox::builder().rooms(rooms).now(now()).start().await?)
}

/// A sandbox with seeded rooms that have all ended, whose clock stands still.
pub(crate) async fn ended(rooms: usize) -> Result<Sandbox> {
    Ok(Sandbox::builder().rooms(rooms).all_completed().now(now()).start().await?)
}

/// A sandbox with the room "Talk", in which alice has published two tracks, and which bob has left.
pub(crate) async fn talk() -> Result<Sandbox> {
    let sandbox = sandbox(0).await?;
    expect_success(&run(&sandbox, 80, "rooms create --name Talk --record")?)?;
    for identity in ["alice", "bob"] {
        sandbox.join("Talk", identity)?;
        sandbox.publish("Talk", identity, TrackKind::Audio, "microphone")?;
    }
    sandbox.publish("Talk", "alice", TrackKind::Video, "camera")?;
    sandbox.leave("Talk", "bob")?;
    Ok(sandbox)
}

/// The folder for the journals of the tests that are not about them, which are removed after success.
pub(crate) fn state_folder() -> PathBuf {
    std::env::temp_dir().join("twilio-rooms-tests")
}

/// The program in an environment of its own, with no credentials.
pub(crate) fn program(arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twilio-rooms"));
    command.args(arguments.split_whitespace());
    command.env_clear().env("TZ", "XYZ-1").env("TWILIO_ROOMS_CONFIG_DIR", "no-such-folder").stdin(Stdio::null());
    command.env("TWILIO_ROOMS_STATE_DIR", state_folder());
    command
}

/// The program with the credentials of the sandbox.
pub(crate) fn program_for(sandbox: &Sandbox, columns: u16, arguments: &str) -> Command {
    program_at(NOW, sandbox, columns, arguments)
}

/// The program with the credentials of the sandbox, at another time.
pub(crate) fn program_at(now: &str, sandbox: &Sandbox, columns: u16, arguments: &str) -> Command {
    let mut command = program(arguments);
    command
        .args(["--now", now])
        .env("COLUMNS", columns.to_string())
        .env("TWILIO_ROOMS_BASE_URL", sandbox.url())
        .env("TWILIO_ACCOUNT_SID", sandbox.account_sid())
        .env("TWILIO_AUTH_TOKEN", sandbox.auth_token());
    command
}

pub(crate) fn run(sandbox: &Sandbox, columns: u16, arguments: &str) -> Result<Output> {
    Ok(program_for(sandbox, columns, arguments).output()?)
}

/// Runs the program with this text as its standard input.
pub(crate) fn with_input(command: &mut Command, input: &str) -> Result<Output> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    child.stdin.take().ok_or("no standard input")?.write_all(input.as_bytes())?;
    Ok(child.wait_with_output()?)
}

pub(crate) fn expect_success(output: &Output) -> Result {
    if output.status.success() { Ok(()) } else { Err(transcript_of("", output).into()) }
}

/// A folder for the files of a test, which is removed when it is dropped.
pub(crate) struct TempFolder(PathBuf);

impl TempFolder {
    pub(crate) fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("twilio-rooms-{name}-{}", std::process::id())))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The paths of all files, below the folder and in order.
    pub(crate) fn files(&self) -> Result<Vec<String>> {
        fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() { collect(&path, files)? } else { files.push(path) }
            }
            Ok(())
        }
        let mut files = Vec::new();
        collect(&self.0, &mut files)?;
        let below = |path: &PathBuf| Ok(path.strip_prefix(&self.0)?.to_string_lossy().replace('\\', "/"));
        let mut files: Vec<String> = files.iter().map(below).collect::<Result<_>>()?;
        files.sort();
        Ok(files)
    }

    pub(crate) fn read(&self, file: &str) -> Result<String> {
        Ok(std::fs::read_to_string(self.0.join(file))?)
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The calls with their output, as in a terminal of this width.
pub(crate) fn transcript(sandbox: &Sandbox, columns: u16, calls: &[&str]) -> Result<String> {
    let mut text = String::new();
    for call in calls {
        text.push_str(&transcript_of(call, &run(sandbox, columns, call)?));
    }
    Ok(text.replace(sandbox.url(), "http://sandbox"))
}

/// A call with its output. Lines of standard error begin with `!`.
pub(crate) fn transcript_of(call: &str, output: &Output) -> String {
    let mut text = format!("$ twilio-rooms {call}\n{}", String::from_utf8_lossy(&output.stdout));
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        let _ = writeln!(text, "! {line}");
    }
    if let Some(code) = output.status.code().filter(|code| *code != 0) {
        let _ = writeln!(text, "[exit code {code}]");
    }
    text
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
