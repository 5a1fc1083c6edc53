//! Ctrl-C, which ends a command at a safe point.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Command, Output, Stdio};

use twilio_rooms_sandbox::{Fault, Sandbox};

use super::support::{Folder, Result, expect_success, program_for, run, sandbox, stderr, stdout};

fn start(sandbox: &Sandbox, arguments: &str) -> Result<Child> {
    Ok(program_for(sandbox, 80, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?)
}

/// Sends the program what a terminal sends on Ctrl-C.
fn press_ctrl_c(program: &Child) -> Result {
    let sent = Command::new("kill").args(["-INT", &program.id().to_string()]).status()?;
    if sent.success() { Ok(()) } else { Err("kill failed".into()) }
}

/// Presses Ctrl-C, and waits for the end of the program.
fn interrupt(program: Child) -> Result<Output> {
    press_ctrl_c(&program)?;
    Ok(program.wait_with_output()?)
}

/// Completes many rooms, of which one of the first eight stalls, and presses Ctrl-C once. The program then waits for the requests
/// that were begun.
async fn interrupted_completion(sandbox: &Sandbox, journal: &str) -> Result<(Child, BufReader<ChildStderr>)> {
    // The listing has one page.
    sandbox.inject(Fault::RepeatedPage);
    sandbox.inject(Fault::StallBeforeHeaders);
    let call = format!("rooms complete --older-than 0s --yes --output ndjson --journal {journal}");
    let mut program = start(sandbox, &call)?;
    sandbox.wait_for_stall().await;
    press_ctrl_c(&program)?;
    let mut said = BufReader::new(program.stderr.take().ok_or("no standard error")?);
    let mut line = String::new();
    said.read_line(&mut line)?;
    assert_eq!(line, "Waiting for the requests on their way. Press Ctrl-C again to end at once.\n");
    Ok((program, said))
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

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_completion_ends_after_the_requests_on_their_way_and_is_continued() -> Result {
    let sandbox = sandbox(200).await?;
    let rooms = stdout(&run(&sandbox, 80, "rooms list --output csv --no-header")?).lines().count();
    let folder = Folder::new("interrupted");
    let journal = folder.path().join("journal.ndjson").display().to_string();
    let (program, mut said) = interrupted_completion(&sandbox, &journal).await?;
    sandbox.clear_faults();
    let output = program.wait_with_output()?;
    let mut rest = String::new();
    said.read_to_string(&mut rest)?;
    let hint = format!("  To try the rest: twilio-rooms rooms complete --resume {journal}\n");
    let tried = stdout(&output).lines().count();
    assert!((8..16).contains(&tried) && tried < rooms, "{tried}");
    assert_eq!(rest, format!("error: interrupted: {tried} of {rooms} rooms were tried\n{hint}"));
    assert_eq!((output.status.code(), sandbox.changes()), (Some(1), tried as u64));
    let rest = run(&sandbox, 80, &format!("rooms complete --yes --output ndjson --resume {journal}"))?;
    expect_success(&rest)?;
    assert_eq!((stdout(&rest).lines().count(), sandbox.changes()), (rooms - tried, rooms as u64));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_ctrl_c_ends_at_once_and_what_took_effect_is_not_a_failure_later() -> Result {
    let sandbox = sandbox(200).await?;
    let rooms = stdout(&run(&sandbox, 80, "rooms list --output csv --no-header")?).lines().count();
    let folder = Folder::new("interrupted-twice");
    let journal = folder.path().join("journal.ndjson").display().to_string();
    let (program, _) = interrupted_completion(&sandbox, &journal).await?;
    let output = interrupt(program)?;
    assert_eq!(output.status.code(), Some(130));
    sandbox.clear_faults();
    let rest = run(&sandbox, 80, &format!("rooms complete --yes --output csv --resume {journal}"))?;
    expect_success(&rest)?;
    assert!(stdout(&rest).contains(",completed,"), "{}", stdout(&rest));
    assert_eq!(sandbox.changes(), rooms as u64);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_search_for_items_has_changed_nothing() -> Result {
    let sandbox = sandbox(20).await?;
    for call in ["rooms complete --older-than 0s --yes", "recordings delete --older-than 0s --yes"] {
        sandbox.inject(Fault::StallBeforeHeaders);
        let program = start(&sandbox, call)?;
        sandbox.wait_for_stall().await;
        let output = interrupt(program)?;
        sandbox.clear_faults();
        assert_eq!(stderr(&output), "error: interrupted: nothing was changed\n", "{call}");
        assert_eq!((output.status.code(), sandbox.changes()), (Some(1), 0), "{call}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_change_may_have_taken_effect() -> Result {
    let sandbox = sandbox(0).await?;
    expect_success(&run(&sandbox, 80, "rooms create --name Talk")?)?;
    for call in [
        "rooms create --name Next",
        "rules set Talk include:all",
        "transcriptions create Talk",
        "api POST /v1/Rooms -f UniqueName=Third",
    ] {
        sandbox.inject(Fault::StallBeforeHeaders);
        let program = start(&sandbox, call)?;
        sandbox.wait_for_stall().await;
        let output = interrupt(program)?;
        sandbox.clear_faults();
        let said = "error: interrupted: the request may still have taken effect\n  Look before you repeat it.\n";
        assert_eq!((stderr(&output).as_str(), output.status.code()), (said, Some(1)), "{call}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn interrupted_pages_are_continued() -> Result {
    let sandbox = sandbox(120).await?;
    let call = "api GET /v1/Rooms -q Status=completed -q PageSize=20 --paginate";
    let all = stdout(&run(&sandbox, 80, call)?);
    sandbox.inject(Fault::RepeatedPage);
    sandbox.inject(Fault::StallBeforeHeaders);
    let program = start(&sandbox, call)?;
    sandbox.wait_for_stall().await;
    let output = interrupt(program)?;
    sandbox.clear_faults();
    let said = stderr(&output);
    assert!(said.starts_with("error: interrupted after 20 items\n"), "{said}");
    let path = said.split('\'').nth(1).ok_or("no path to continue with")?;
    let rest = run(&sandbox, 80, &format!("api GET {path} --paginate"))?;
    assert!(stdout(&output) + &stdout(&rest) == all);
    Ok(())
}
