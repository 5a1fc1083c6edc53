//! `export`: the files of each day, and which days a second run reads again.

use std::fmt::Write as _;
use std::process::Output;

use twilio_rooms_sandbox::{Fault, Sandbox};

use super::support::{
    NOW, Result, TempFolder, ended, expect_success, program_at, run, sandbox, stderr, stdout, talk, transcript_of,
};

/// Exports to the folder, at this time.
fn export(now: &str, sandbox: &Sandbox, folder: &TempFolder, options: &str) -> Result<Output> {
    let mut program = program_at(now, sandbox, 80, &format!("export {options}"));
    Ok(program.arg(folder.path()).output()?)
}

/// The call and its output, without the path of the folder.
fn exported(now: &str, sandbox: &Sandbox, folder: &TempFolder, options: &str) -> Result<String> {
    let output = export(now, sandbox, folder, options)?;
    let text = transcript_of(&format!("export FOLDER {options}"), &output);
    Ok(text.replace(&folder.path().display().to_string(), "FOLDER"))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_day_has_its_rooms_participants_and_recordings() -> Result {
    let sandbox = talk().await?;
    let folder = TempFolder::new("export-csv");
    let mut text = exported(NOW, &sandbox, &folder, "--from yesterday --format csv")?;
    for file in folder.files()? {
        write!(text, "\n{file}\n{}", folder.read(&file)?)?;
    }
    insta::assert_snapshot!(text.replace(sandbox.url(), "http://sandbox"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_room_of_the_span_is_in_the_file_of_its_day() -> Result {
    let sandbox = sandbox(200).await?;
    let folder = TempFolder::new("export-ndjson");
    expect_success(&export(NOW, &sandbox, &folder, "--from 2026-10-28 --through 2026-10-30")?)?;
    let filters = "--created-after 2026-10-28T00:00:00Z --created-before 2026-10-31T00:00:00Z";
    let listed = stdout(&run(&sandbox, 80, &format!("rooms list --status any --output ndjson {filters}"))?);
    let mut listed: Vec<&str> = listed.lines().collect();
    let mut found = Vec::new();
    for day in ["2026-10-28", "2026-10-29", "2026-10-30"] {
        let file = folder.read(&format!("rooms/day={day}/part.ndjson"))?;
        assert!(!file.is_empty() && file.lines().all(|room| room.contains(&format!("\"date_created\":\"{day}T"))));
        found.extend(file.lines().map(str::to_owned));
    }
    listed.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, listed);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_reads_only_the_days_that_can_have_changed() -> Result {
    let sandbox = talk().await?;
    let folder = TempFolder::new("export-again");
    let span = "--from 2026-10-30 --output csv";
    let mut text = exported(NOW, &sandbox, &folder, span)?;
    text.push_str("\nAt once: the past days are settled, and today is not over.\n");
    text.push_str(&exported(NOW, &sandbox, &folder, span)?);
    text.push_str("\nThe next day: a room of yesterday is still in progress.\n");
    text.push_str(&exported("2026-11-02T12:00:00Z", &sandbox, &folder, span)?);
    expect_success(&run(&sandbox, 80, "rooms complete Talk")?)?;
    sandbox.set_now(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_793_620_800));
    text.push_str("\nThe room has ended, and its recordings are complete.\n");
    text.push_str(&exported("2026-11-02T13:00:00Z", &sandbox, &folder, span)?);
    text.push_str("\nNothing of yesterday is in progress.\n");
    text.push_str(&exported("2026-11-02T14:00:00Z", &sandbox, &folder, span)?);
    text.push_str("\nUnless it is asked for.\n");
    text.push_str(&exported("2026-11-02T14:00:00Z", &sandbox, &folder, &format!("{span} --again"))?);
    insta::assert_snapshot!(text);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_ended_a_moment_ago_is_read_again() -> Result {
    let sandbox = sandbox(0).await?;
    let folder = TempFolder::new("export-settled");
    let days = |now: &str| -> Result<usize> {
        let output = export(now, &sandbox, &folder, "--month 2026-10 --output csv --no-header")?;
        expect_success(&output)?;
        Ok(stdout(&output).lines().count())
    };
    assert_eq!(days("2026-11-01T00:59:59Z")?, 31);
    assert_eq!(days("2026-11-01T01:00:00Z")?, 1, "the last day could have been read too early");
    assert_eq!(days("2026-11-01T01:00:00Z")?, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_failed_leaves_whole_days_and_continues() -> Result {
    let sandbox = ended(200).await?;
    let whole = TempFolder::new("export-whole");
    expect_success(&export(NOW, &sandbox, &whole, "--from 2026-10-25 --through 2026-10-30")?)?;
    let folder = TempFolder::new("export-interrupted");
    // The first day is read, and a request of the second fails for good.
    let one = export(NOW, &sandbox, &folder, "--from 2026-10-25 --through 2026-10-25")?;
    expect_success(&one)?;
    sandbox.inject_always(Fault::Status(404));
    let output = export(NOW, &sandbox, &folder, "--from 2026-10-25 --through 2026-10-30")?;
    sandbox.clear_faults();
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(
        said.contains(": 0 of 5 days were exported\n") && said.contains("Repeat the command for the rest."),
        "{said}"
    );
    assert_eq!(folder.files()?, ["journal/2026-10-25.json", "rooms/day=2026-10-25/part.ndjson"]);
    // A program that was killed leaves half a file.
    std::fs::create_dir_all(folder.path().join("rooms/day=2026-10-26"))?;
    std::fs::write(folder.path().join("rooms/day=2026-10-26/part.ndjson.partial"), "{\"half\":")?;
    expect_success(&export(NOW, &sandbox, &folder, "--from 2026-10-25 --through 2026-10-30")?)?;
    assert_eq!(folder.files()?, whole.files()?);
    for file in folder.files()? {
        assert_eq!(folder.read(&file)?, whole.read(&file)?, "{file}");
    }
    Ok(())
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_export_leaves_nothing_half() -> Result {
    use std::process::{Command, Stdio};

    let sandbox = talk().await?;
    let folder = TempFolder::new("export-interrupted");
    expect_success(&export(NOW, &sandbox, &folder, "--from 2026-10-31 --through 2026-10-31")?)?;
    sandbox.inject(Fault::StallBeforeHeaders);
    let mut program = program_at(NOW, &sandbox, 80, "export --from 2026-10-31");
    let program = program.arg(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    sandbox.wait_for_stall().await;
    expect_success(&Command::new("kill").args(["-INT", &program.id().to_string()]).output()?)?;
    let output = program.wait_with_output()?;
    let said = "error: interrupted: 0 of 1 days were exported\n  Repeat the command for the rest.\n";
    assert_eq!((stderr(&output).as_str(), output.status.code()), (said, Some(1)));
    assert_eq!(folder.files()?, ["journal/2026-10-31.json"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_removed_is_exported_again() -> Result {
    let sandbox = sandbox(30).await?;
    let folder = TempFolder::new("export-removed");
    expect_success(&export(NOW, &sandbox, &folder, "--from 2026-10-31 --through 2026-10-31")?)?;
    let file = "rooms/day=2026-10-31/part.ndjson";
    let before = folder.read(file)?;
    std::fs::remove_file(folder.path().join(file))?;
    expect_success(&export(NOW, &sandbox, &folder, "--from 2026-10-31 --through 2026-10-31")?)?;
    assert_eq!(folder.read(file)?, before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_spans_and_another_form_are_refused() -> Result {
    let sandbox = sandbox(0).await?;
    let folder = TempFolder::new("export-refused");
    expect_success(&export(NOW, &sandbox, &folder, "--month 2026-11")?)?;
    let mut text = String::new();
    for options in ["--month 2026-11 --format csv", "--from tomorrow", "--from 2026-11-02", "--month 2026", ""] {
        text.push_str(&exported(NOW, &sandbox, &folder, options)?);
    }
    std::fs::write(folder.path().join("journal/2026-11-01.json"), "{}")?;
    text.push_str(&exported(NOW, &sandbox, &folder, "--month 2026-11")?);
    insta::assert_snapshot!(text);
    Ok(())
}

#[cfg(not(feature = "parquet"))]
#[tokio::test(flavor = "multi_thread")]
async fn a_build_without_parquet_says_how_to_get_one() -> Result {
    let sandbox = sandbox(0).await?;
    let folder = TempFolder::new("export-parquet");
    let export = exported(NOW, &sandbox, &folder, "--month 2026-11 --format parquet")?;
    let list = super::support::transcript(&sandbox, 80, &["rooms list --output parquet"])?;
    assert_eq!(sandbox.requests(), 0);
    insta::assert_snapshot!(format!("{export}{list}"));
    Ok(())
}
