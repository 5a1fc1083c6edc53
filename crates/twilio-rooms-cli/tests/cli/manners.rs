//! How the program behaves beside its commands: pipes, colours, usage, exit codes.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use twilio_rooms_sandbox::Fault;

use super::support::{Result, program, program_for, run, sandbox, stderr, stdout, transcript};

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_pipe_ends_quietly() -> Result {
    let sandbox = sandbox(5000).await?;
    for form in ["table", "json", "ndjson", "csv"] {
        let call = format!("rooms list --status any --output {form}");
        let mut child = program_for(&sandbox, 80, &call).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let mut first = String::new();
        let mut lines = BufReader::with_capacity(64, child.stdout.take().ok_or("no standard output")?);
        lines.read_line(&mut first)?;
        drop(lines);
        let mut said = String::new();
        child.stderr.take().ok_or("no standard error")?.read_to_string(&mut said)?;
        assert_eq!((child.wait()?.code(), said.as_str()), (Some(0), ""), "{form}");
        assert!(!first.is_empty(), "{form}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn colours_are_for_terminals_unless_they_are_forced() -> Result {
    let sandbox = sandbox(3).await?;
    let escape = '\u{1b}';
    let plain = run(&sandbox, 80, "rooms list --status any")?;
    assert!(!stdout(&plain).contains(escape));
    let forced = program_for(&sandbox, 80, "rooms list --status any").env("CLICOLOR_FORCE", "1").output()?;
    assert!(stdout(&forced).contains(escape));
    let mut no_color = program_for(&sandbox, 80, "rooms list --status any");
    let no_color = no_color.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output()?;
    assert!(!stdout(&no_color).contains(escape));
    let csv = program_for(&sandbox, 80, "rooms list --output csv").env("CLICOLOR_FORCE", "1").output()?;
    assert!(!stdout(&csv).contains(escape), "CSV has no colours");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn exit_codes_tell_failures_apart() -> Result {
    let sandbox = sandbox(0).await?;
    insta::assert_snapshot!(transcript(
        &sandbox,
        80,
        &["rooms get Nowhere", "rooms list --status gone", "rooms create --max-participants 51"]
    )?);
    let mut wrong = program_for(&sandbox, 80, "rooms list");
    let output = wrong.env("TWILIO_AUTH_TOKEN", "0123456789abcdef0123456789abcdef").output()?;
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
    let mut nobody = program_for(&sandbox, 80, "rooms list");
    // Nothing listens on port 0.
    let output = nobody.env("TWILIO_ROOMS_BASE_URL", "http://127.0.0.1:0").output()?;
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_instead_of_a_response_is_told_apart() -> Result {
    let sandbox = sandbox(0).await?;
    sandbox.inject(Fault::Html);
    let output = run(&sandbox, 80, "rooms list")?;
    let said = stderr(&output);
    assert!(said.contains("a proxy or a portal may have sent it, not the service"), "{said}");
    assert_eq!(output.status.code(), Some(1));
    Ok(())
}

#[test]
fn names_with_control_characters_do_not_reach_the_terminal() -> Result {
    let output = program("rooms get \u{1b}[31m --sandbox").output()?;
    assert!(!stderr(&output).contains('\u{1b}'), "{}", stderr(&output));
    Ok(())
}

#[test]
fn the_help_of_the_program() -> Result {
    insta::assert_snapshot!(stdout(&program("--help").output()?));
    Ok(())
}

#[test]
fn the_help_of_a_command() -> Result {
    insta::assert_snapshot!(stdout(&program("rooms list -h").output()?));
    Ok(())
}
