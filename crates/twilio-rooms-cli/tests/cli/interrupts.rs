//! Ctrl-C, which ends a command at a safe point.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};

use twilio_rooms_sandbox::{Fault, Sandbox};

use super::support::{Result, program_for, run, sandbox, stderr, stdout};

fn start(sandbox: &Sandbox, arguments: &str) -> Result<Child> {
    Ok(program_for(sandbox, 80, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?)
}

/// Sends the program what a terminal sends on Ctrl-C, and waits for its end.
fn interrupt(program: Child) -> Result<Output> {
    let sent = Command::new("kill").args(["-INT", &program.id().to_string()]).status()?;
    if !sent.success() {
        return Err("kill failed".into());
    }
    Ok(program.wait_with_output()?)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_listing_says_where_to_continue() -> Result {
    let sandbox = sandbox(5000).await?;
    let call = "rooms list --status completed --page-size 500 --output csv --no-header";
    let all = stdout(&run(&sandbox, 80, call)?);
    let mut program = start(&sandbox, call)?;
    let mut lines = BufReader::new(program.stdout.take().ok_or("no standard output")?);
    let mut printed = String::new();
    lines.read_line(&mut printed)?;
    // The program has its first page and waits for this test to read on, so one of the next pages never arrives.
    sandbox.inject(Fault::StallBeforeHeaders);
    let reader = std::thread::spawn(move || lines.read_to_string(&mut printed).map(|_| printed));
    sandbox.wait_for_stall().await;
    let output = interrupt(program)?;
    let printed = reader.join().map_err(|_| "the reader panicked")??;
    let (count, said) = (printed.lines().count(), stderr(&output));
    assert!(all.starts_with(&printed) && count % 500 == 0, "{count}");
    assert_eq!(output.status.code(), Some(1), "{said}");
    let url = said.split('\'').nth(1).ok_or("no URL to continue with")?;
    let hint = format!("  To continue after these rooms: add --resume '{url}'\n");
    assert_eq!(said, format!("error: interrupted after {count} rooms\n{hint}"));
    let rest = run(&sandbox, 80, &format!("{call} --resume {url}"))?;
    assert_eq!(all, printed + &stdout(&rest));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_watch_has_succeeded() -> Result {
    let sandbox = sandbox(0).await?;
    sandbox.inject(Fault::StallBeforeHeaders);
    let program = start(&sandbox, "rooms watch --interval 1h")?;
    sandbox.wait_for_stall().await;
    let output = interrupt(program)?;
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""), "a watch has no other end");
    Ok(())
}
