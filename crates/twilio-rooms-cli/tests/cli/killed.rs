//! Commands that are killed in the middle, and repeated.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

use twilio_rooms_sandbox::{Fault, Sandbox};

use super::downloads::recorded;
use super::support::{Folder, Result, expect_success, has_extension, program_for, stderr, stdout};

const RECORDINGS: usize = 300;

fn sizes(folder: &Path) -> Result<BTreeMap<String, u64>> {
    let mut sizes = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        // A file can be renamed in between.
        if let Ok(metadata) = entry.metadata() {
            sizes.insert(entry.file_name().to_string_lossy().into_owned(), metadata.len());
        }
    }
    Ok(sizes)
}

/// Starts a program that downloads to a folder, and kills it in the middle of a file, after some others.
async fn kill_in_the_middle(sandbox: &Sandbox, mut program: std::process::Command, to: &Path) -> Result {
    let mut child = program.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().ok_or("no standard output")?));
    // Results are printed in order and at once, so that this many files are there.
    for _ in 0..RECORDINGS / 3 {
        lines.next().ok_or("the program has ended")??;
    }
    // The next request stops in the middle of its body, and the program waits for the rest.
    sandbox.inject_into_media(Fault::StallInBody, 1);
    sandbox.wait_for_stall().await;
    while !sizes(to)?.iter().any(|(name, size)| has_extension(name, "part") && *size == 3000) {
        tokio::task::yield_now().await;
    }
    child.kill()?;
    child.wait()?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_was_killed_is_completed_by_the_same_command() -> Result {
    let sandbox = recorded(3, RECORDINGS / 3).await?;
    let folder = Folder::new("killed");
    let to = folder.path().join("media");
    let call = format!("recordings download --created-after -1h --to {} --yes --output ndjson", to.display());
    let program = || {
        let mut program = program_for(&sandbox, 80, &call);
        program.env("TWILIO_ROOMS_STATE_DIR", folder.path().join("state"));
        program
    };
    kill_in_the_middle(&sandbox, program(), &to).await?;
    let before = sizes(&to)?;
    let whole = before.iter().filter(|(name, _)| has_extension(name, "mka")).count();
    assert!((RECORDINGS / 3..RECORDINGS).contains(&whole), "{whole}");
    let requests = sandbox.media_requests();

    let output = program().output()?;
    expect_success(&output)?;
    let after = sizes(&to)?;
    assert_eq!(after.len(), RECORDINGS, "{after:?}");
    assert!(after.iter().all(|(name, size)| has_extension(name, "mka") && *size == 6000), "{after:?}");
    let results = stdout(&output);
    assert_eq!(results.matches("\"result\":\"present\"").count(), whole, "{}", stderr(&output));
    // The requests of the killed program that were on their way may be counted late.
    let (asked, left) = (sandbox.media_requests() - requests, RECORDINGS - whole + 8);
    assert!(asked <= left as u64, "none is downloaded twice: {asked} for {left}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_was_killed_is_completed_from_its_journal() -> Result {
    let sandbox = recorded(3, RECORDINGS / 3).await?;
    let folder = Folder::new("killed-journal");
    let (to, journal) = (folder.path().join("media"), folder.path().join("journal.ndjson"));
    let call = |options: &str, journal_option: &str| {
        let (to, journal) = (to.display(), journal.display());
        let call = format!("recordings download --to {to} --yes --output ndjson {options} {journal_option} {journal}");
        program_for(&sandbox, 80, &call)
    };
    kill_in_the_middle(&sandbox, call("--created-after -1h", "--journal"), &to).await?;
    let media_requests = sandbox.media_requests();
    let output = call("--debug", "--resume").output()?;
    expect_success(&output)?;
    let after = sizes(&to)?;
    assert!(after.len() == RECORDINGS && after.values().all(|size| *size == 6000), "{after:?}");
    let (tried, asked) = (stdout(&output).lines().count(), sandbox.media_requests() - media_requests);
    assert!(tried <= RECORDINGS - RECORDINGS / 3 && asked <= tried as u64 + 8, "{tried} {asked}");
    let requests = stderr(&output);
    assert!(requests.contains("fetch_recording_media") && !requests.contains("list_"), "nothing is listed again");
    let again = call("", "--resume").output()?;
    assert!(stderr(&again).contains("There are no recordings to download."), "{}", stderr(&again));
    Ok(())
}
