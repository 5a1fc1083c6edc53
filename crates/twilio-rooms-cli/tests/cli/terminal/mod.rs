//! The program in a pseudo-terminal.

mod links;
mod pty;
mod screen;

use std::process::Command;

use twilio_rooms_sandbox::{Fault, Sandbox};

use self::pty::Terminal;
use self::screen::screen;
use super::support::{Folder, Result, expect_success, program, program_for, run, sandbox, stderr, stdout};

/// The program with progress that is shown at once.
fn with_progress(sandbox: &Sandbox, arguments: &str) -> Command {
    let mut program = program_for(sandbox, 80, arguments);
    program.env("TWILIO_ROOMS_PROGRESS_DELAY_MS", "0");
    program
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_is_shown_on_a_terminal_while_a_listing_waits_and_is_gone_at_its_end() -> Result {
    let sandbox = sandbox(6).await?;
    sandbox.inject(Fault::StallBeforeHeaders);
    let mut terminal = Terminal::start(&with_progress(&sandbox, "rooms list --status any"), 80)?;
    terminal.wait_for("0 rooms, 0/s")?;
    sandbox.clear_faults();
    let table = stdout(&run(&sandbox, 80, "rooms list --status any")?);
    let first = table.lines().next().ok_or("no header")?.split(' ').next().unwrap_or_default();
    let between = terminal.wait_for(first)?;
    assert!(between.contains("\u{1b}[2K"), "the line is removed before the table: {between:?}");
    let (shown, code) = terminal.finish()?;
    assert_eq!(code, Some(0), "{shown}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_tells_the_time_that_is_left_of_a_span() -> Result {
    let sandbox = sandbox(300).await?;
    // The listing goes from the newest to the oldest, and waits for its second page.
    sandbox.inject(Fault::RepeatedPage);
    sandbox.inject(Fault::StallBeforeHeaders);
    let call = "rooms list --status completed --created-after -60d --page-size 50 --output csv";
    let mut terminal = Terminal::start(&in_shell(&with_progress(&sandbox, call), "> /dev/null"), 80)?;
    terminal.wait_for("50 rooms, ")?;
    terminal.wait_for(" left")?;
    sandbox.clear_faults();
    let (shown, code) = terminal.finish()?;
    assert_eq!(code, Some(0), "{shown}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_no_progress_in_a_short_command_nor_without_a_terminal() -> Result {
    let sandbox = sandbox(300).await?;
    // For this test, each command is a short one.
    let (shown, _) = Terminal::start(&program_for(&sandbox, 80, "rooms list --output csv"), 80)?.finish()?;
    let output = with_progress(&sandbox, "rooms list --output csv").output()?;
    assert_eq!((shown, stderr(&output).as_str()), (stdout(&output), ""));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_in_a_listing_tells_where_to_continue() -> Result {
    let sandbox = sandbox(100).await?;
    sandbox.inject(Fault::RepeatedPage);
    sandbox.inject(Fault::StallBeforeHeaders);
    let call = "rooms list --status completed --page-size 20 --output csv --columns sid --no-header";
    let all = stdout(&run(&self::sandbox(100).await?, 80, call)?);
    let mut terminal = Terminal::start(&program_for(&sandbox, 80, call), 80)?;
    sandbox.wait_for_stall().await;
    terminal.press_ctrl_c()?;
    let rows =
        terminal.wait_for("error: interrupted after 20 rooms\n  To continue after these rooms: add --resume '")?;
    let url = terminal.wait_for("'")?;
    let (_, code) = terminal.finish()?;
    assert_eq!(code, Some(1));
    let rest = run(&sandbox, 80, &format!("{call} --resume {url}"))?;
    assert_eq!(rows.replace("^C", "") + &stdout(&rest), all);
    Ok(())
}

/// A listing of a span, whose progress waits for its second page.
async fn stalled_span(sandbox: &Sandbox) -> Result<Terminal> {
    sandbox.inject(Fault::RepeatedPage);
    sandbox.inject(Fault::StallBeforeHeaders);
    let call = "rooms list --status completed --created-after -60d --page-size 50 --output csv";
    let mut terminal = Terminal::start(&in_shell(&with_progress(sandbox, call), "> /dev/null"), 80)?;
    sandbox.wait_for_stall().await;
    terminal.wait_for("50 rooms, ")?;
    terminal.wait_for(" left")?;
    Ok(terminal)
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_leaves_nothing_of_the_progress() -> Result {
    let sandbox = sandbox(300).await?;
    let mut terminal = stalled_span(&sandbox).await?;
    terminal.press_ctrl_c()?;
    let (shown, code) = terminal.finish()?;
    let lines = screen(80, &shown)?;
    assert_eq!(lines[0], "error: interrupted after 50 rooms", "{shown:?}");
    assert!(lines[1].starts_with("  To continue after these rooms: add --resume '"), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains(" left")), "{lines:?}");
    assert_eq!(code, Some(1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_fits_the_terminal_after_it_was_resized() -> Result {
    let sandbox = sandbox(300).await?;
    let mut terminal = stalled_span(&sandbox).await?;
    for columns in [40, 160] {
        terminal.resize(columns)?;
        // Each drawing begins with the removal of the one before.
        while terminal.wait_for("\r\u{1b}[2K\u{1b}[J")?.trim_end_matches('\r').chars().count() != usize::from(columns) {
        }
    }
    terminal.press_ctrl_c()?;
    assert_eq!(terminal.finish()?.1, Some(1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_at_a_question_changes_nothing() -> Result {
    let sandbox = sandbox(200).await?;
    let mut terminal = Terminal::start(&program_for(&sandbox, 80, "rooms complete --older-than 0s"), 80)?;
    terminal.wait_for("? [y/N] ")?;
    terminal.press_ctrl_c()?;
    let (shown, code) = terminal.finish()?;
    assert!(shown.ends_with("\nerror: interrupted: nothing was changed\n"), "{shown:?}");
    assert_eq!((code, sandbox.changes()), (Some(1), 0));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_cannot_change_the_terminal() -> Result {
    let sandbox = sandbox(0).await?;
    let name = "a\u{1b}[31mb\u{9b}2J\u{202e}c";
    expect_success(&run(&sandbox, 80, &format!("api POST /v1/Rooms -f UniqueName={name}"))?)?;
    let forms = ["table", "wide", "csv", "tsv", "json", "ndjson"].map(|form| format!("rooms list --output {form}"));
    let get = format!("rooms get {name}");
    for call in forms.iter().map(String::as_str).chain([&*get, "api GET /v1/Rooms", "rooms get \u{1b}[31m"]) {
        let (shown, _) = Terminal::start(&plain(&program_for(&sandbox, 160, call)), 160)?.finish()?;
        assert!(shown.contains("[31m"), "{call}: {shown:?}");
        assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{call}: {shown:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_asked_and_ctrl_c_lets_requests_on_their_way_end() -> Result {
    let sandbox = sandbox(200).await?;
    let rooms = stdout(&run(&sandbox, 80, "rooms list --output csv --no-header")?).lines().count();
    let folder = Folder::new("asked");
    let mut program = with_progress(&sandbox, "rooms complete --older-than 0s");
    program.env("TWILIO_ROOMS_STATE_DIR", folder.path());
    let question = format!("complete {rooms} rooms? [y/N] ");

    let mut terminal = Terminal::start(&program, 80)?;
    terminal.wait_for(&question)?;
    terminal.press("n\n")?;
    let (shown, code) = terminal.finish()?;
    assert!(shown.ends_with("error: nothing was changed\n"), "{shown}");
    assert_eq!((code, sandbox.changes()), (Some(1), 0));

    let mut terminal = Terminal::start(&program, 80)?;
    terminal.wait_for(&question)?;
    sandbox.inject(Fault::StallBeforeHeaders);
    terminal.press("y\n")?;
    sandbox.wait_for_stall().await;
    terminal.wait_for(&format!("/{rooms} done"))?;
    terminal.press_ctrl_c()?;
    terminal.wait_for("Waiting for the requests on their way. Press Ctrl-C again to end at once.\n")?;
    sandbox.clear_faults();
    terminal.wait_for("error: interrupted: ")?;
    let tried = terminal.wait_for(&format!(" of {rooms} rooms were tried\n"))?;
    terminal.wait_for("To try the rest: twilio-rooms rooms complete --resume ")?;
    let journal = terminal.wait_for("\n")?;
    let (_, code) = terminal.finish()?;
    assert_eq!((code, tried), (Some(1), sandbox.changes().to_string()));
    expect_success(&run(&sandbox, 80, &format!("rooms complete --yes --resume {journal}"))?)?;
    assert_eq!(sandbox.changes(), rooms as u64);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_not_shown_when_it_is_typed() -> Result {
    let sandbox = sandbox(0).await?;
    let folder = Folder::new("typed");
    let mut program = program("auth login --no-keyring");
    program.env("TWILIO_ROOMS_CONFIG_DIR", folder.path()).env("TWILIO_ROOMS_BASE_URL", sandbox.url());
    let mut terminal = Terminal::start(&program, 80)?;
    terminal.wait_for("SID of the account (AC…) or of an API key (SK…): ")?;
    assert!(terminal.shows_keys()?);
    terminal.press(&format!("{}\n", sandbox.account_sid()))?;
    terminal.wait_for("Auth token: ")?;
    while terminal.shows_keys()? {
        tokio::task::yield_now().await;
    }
    terminal.press(&format!("{}\n", sandbox.auth_token()))?;
    terminal.wait_for("The profile \"default\" is in use")?;
    let (shown, code) = terminal.finish()?;
    assert!(shown.contains(sandbox.account_sid()) && !shown.contains(sandbox.auth_token()), "{shown}");
    assert_eq!(code, Some(0), "{shown}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_fits_the_terminal_as_it_is_when_its_rows_are_shown() -> Result {
    let sandbox = sandbox(6).await?;
    let [narrow, wide] = [80, 160].map(|columns| run(&sandbox, columns, "rooms list --status any"));
    let (narrow, wide) = (stdout(&narrow?), stdout(&wide?));
    assert_ne!(narrow, wide);
    let program = program_for(&sandbox, 80, "rooms list --status any");
    let (shown, _) = Terminal::start(&plain(&program), 80)?.finish()?;
    assert_eq!(shown, narrow);
    sandbox.inject(Fault::StallBeforeHeaders);
    let terminal = Terminal::start(&plain(&program), 80)?;
    sandbox.wait_for_stall().await;
    terminal.resize(160)?;
    sandbox.clear_faults();
    assert_eq!(terminal.finish()?.0, wide);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_prints_its_header_again_after_the_terminal_was_resized() -> Result {
    let sandbox = sandbox(0).await?;
    expect_success(&run(&sandbox, 80, "rooms create --name First")?)?;
    let mut terminal = Terminal::start(&plain(&program_for(&sandbox, 80, "rooms watch --interval 0s")), 80)?;
    let header = terminal.wait_for("\n")?;
    terminal.wait_for("First")?;
    terminal.resize(160)?;
    expect_success(&run(&sandbox, 80, "rooms create --name Second")?)?;
    terminal.wait_for("\n")?;
    let wider = terminal.wait_for("\n")?;
    assert!(wider.starts_with("SID ") && wider.len() > header.len(), "{wider:?} after {header:?}");
    terminal.wait_for("Second")?;
    terminal.press_ctrl_c()?;
    assert_eq!(terminal.finish()?.1, Some(0));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_that_its_reader_closes_ends_the_program_quietly() -> Result {
    let sandbox = sandbox(5000).await?;
    let program = program_for(&sandbox, 80, "rooms list --status any --output csv --columns sid");
    let (shown, code) = Terminal::start(&in_shell(&program, "| head -n 1"), 80)?.finish()?;
    assert_eq!((shown.as_str(), code), ("sid\n", Some(0)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_listing_is_told_a_person() -> Result {
    let sandbox = sandbox(0).await?;
    expect_success(&run(&sandbox, 80, "rooms create --name Talk")?)?;
    sandbox.join("Talk", "alice")?;
    for (call, said) in [
        (
            "rooms list --name Nobody",
            "There are no such rooms in progress. To list ended ones too, add --status any.\n",
        ),
        ("rooms list --status failed", "There are no such rooms.\n"),
        ("participants list Talk --status disconnected", "There are no such participants.\n"),
        ("recordings list Talk", "There are no such recordings.\n"),
        ("tracks list Talk alice", "There are no tracks.\n"),
        ("transcriptions list Talk", "There are no transcriptions.\n"),
    ] {
        let program = program_for(&sandbox, 80, call);
        assert_eq!(Terminal::start(&program, 80)?.finish()?, (said.to_owned(), Some(0)), "{call}");
        let output = run(&sandbox, 80, call)?;
        assert_eq!((stdout(&output).as_str(), stderr(&output).as_str()), ("", ""), "{call}: programs need no note");
    }
    Ok(())
}

/// The program without colours.
fn plain(program: &Command) -> Command {
    let mut plain = Command::new(program.get_program());
    plain.args(program.get_args()).envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    plain.env("NO_COLOR", "1");
    plain
}

/// The program in a shell, with something after it.
fn in_shell(program: &Command, after: &str) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &format!("exec \"$0\" \"$@\" {after}")]).arg(program.get_program()).args(program.get_args());
    shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell
}
