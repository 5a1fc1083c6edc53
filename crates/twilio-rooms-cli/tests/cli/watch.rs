//! `watch`, which prints changes as they happen.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Stdio};

use twilio_rooms_sandbox::Sandbox;

use super::support::{Result, expect_success, program_for, run, sandbox, talk};

/// A program that runs until it is dropped.
struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Running {
    fn start(sandbox: &Sandbox, arguments: &str) -> Result<Self> {
        let mut child = program_for(sandbox, 80, arguments).stdout(Stdio::piped()).spawn()?;
        let lines = BufReader::new(child.stdout.take().ok_or("no standard output")?).lines();
        Ok(Self { child, lines })
    }

    /// Waits for the next line.
    fn line(&mut self) -> Result<String> {
        Ok(self.lines.next().ok_or("the program has ended")??)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_are_printed_when_they_begin_and_end() -> Result {
    let sandbox = sandbox(0).await?;
    expect_success(&run(&sandbox, 80, "rooms create --name First")?)?;
    let call = "rooms watch --interval 0s --output csv --columns name,status";
    let mut watch = Running::start(&sandbox, call)?;
    assert_eq!([watch.line()?, watch.line()?], ["unique_name,status", "First,in-progress"]);
    expect_success(&run(&sandbox, 80, "rooms create --name Second")?)?;
    assert_eq!(watch.line()?, "Second,in-progress");
    expect_success(&run(&sandbox, 80, "rooms complete First")?)?;
    assert_eq!(watch.line()?, "First,completed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn participants_are_printed_until_the_room_ends() -> Result {
    let sandbox = talk().await?;
    let call = "participants watch Talk --interval 0s --output csv --columns identity,status --no-header";
    let mut watch = Running::start(&sandbox, call)?;
    assert_eq!(watch.line()?, "alice,connected");
    sandbox.join("Talk", "carol")?;
    assert_eq!(watch.line()?, "carol,connected");
    sandbox.leave("Talk", "alice")?;
    assert_eq!(watch.line()?, "alice,disconnected");
    expect_success(&run(&sandbox, 80, "rooms complete Talk")?)?;
    assert_eq!(watch.line()?, "carol,disconnected");
    assert!(watch.lines.next().is_none());
    assert!(watch.child.wait()?.success());
    Ok(())
}
