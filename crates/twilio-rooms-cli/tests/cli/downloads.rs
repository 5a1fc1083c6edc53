//! `recordings download`.

use std::collections::BTreeMap;
use std::path::Path;

use twilio_rooms_sandbox::{Fault, Sandbox, TrackKind};

use super::support::{Folder, Result, expect_success, has_extension, run, sandbox, stderr, stdout, talk, transcript};

/// The files of a folder with their contents.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        files.insert(entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path())?);
    }
    Ok(files)
}

fn names(folder: &Path) -> Result<Vec<String>> {
    Ok(files(folder)?.into_keys().collect())
}

/// A sandbox with this number of recordings in each of some rooms that have ended.
pub(crate) async fn recorded(rooms: usize, recordings: usize) -> Result<Sandbox> {
    let sandbox = sandbox(0).await?;
    for room in 0..rooms {
        let room = format!("Talk{room}");
        expect_success(&run(&sandbox, 80, &format!("rooms create --name {room} --record"))?)?;
        sandbox.join(&room, "alice")?;
        for track in 0..recordings {
            sandbox.publish(&room, "alice", TrackKind::Audio, &format!("microphone{track}"))?;
        }
        expect_success(&run(&sandbox, 80, &format!("rooms complete {room}"))?)?;
    }
    Ok(sandbox)
}

fn download(sandbox: &Sandbox, folder: &Folder, options: &str) -> Result<std::process::Output> {
    let call = format!("recordings download --to {} {options}", folder.path().display());
    run(sandbox, 160, &call)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_media_of_a_room_are_downloaded_once() -> Result {
    let sandbox = talk().await?;
    let folder = Folder::new("download");
    let to = folder.path().join("media");
    let call = |options: &str| format!("recordings download --room Talk --to {} {options}", to.display());
    let calls = [call("--dry-run"), call(""), call("--yes --output ndjson"), call("--yes"), call("RT0 --yes")];
    let said = transcript(&sandbox, 160, &calls.each_ref().map(String::as_str))?;
    insta::assert_snapshot!(said.replace(&to.display().to_string(), "media"));
    assert_eq!(sandbox.media_requests(), 1);
    let files = files(&to)?;
    assert_eq!(files.len(), 1, "the others are being recorded");
    for (name, bytes) in files {
        assert!(
            name.starts_with("RT") && has_extension(&name, "mka") && bytes.len() == 6000,
            "{name}: {}",
            bytes.len()
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn recordings_of_all_rooms_are_found_by_their_time() -> Result {
    let sandbox = recorded(3, 2).await?;
    let folder = Folder::new("by-time");
    expect_success(&download(&sandbox, &folder, "--created-before 2026-11-01T18:00:00Z --yes")?)?;
    assert!(!folder.path().exists(), "none is that old");
    expect_success(&download(&sandbox, &folder, "--created-after 2026-11-01T18:00:00Z --yes")?)?;
    assert_eq!(names(folder.path())?.len(), 6);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_breaks_off_is_continued_where_it_ended() -> Result {
    let sandbox = recorded(1, 1).await?;
    let (broken, whole) = (Folder::new("broken"), Folder::new("whole"));
    sandbox.inject_into_media(Fault::ResetInBody, 3);
    let output = download(&sandbox, &broken, "--created-after -1h --yes --debug")?;
    expect_success(&output)?;
    let said = stderr(&output);
    let ranges: Vec<&str> =
        said.lines().filter_map(|line| line.split_once("· media")).map(|(_, range)| range).collect();
    assert_eq!(ranges, ["", " bytes=3000-", " bytes=4500-", " bytes=5250-"], "{said}");
    assert!(!said.contains("X-Amz"), "the signature is a secret: {said}");
    expect_success(&download(&sandbox, &whole, "--created-after -1h --yes")?)?;
    assert_eq!(files(broken.path())?, files(whole.path())?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_never_ends_fails_and_leaves_its_part_for_the_next_one() -> Result {
    let sandbox = recorded(1, 2).await?;
    let folder = Folder::new("never");
    // Both breaks off until nothing comes any more.
    sandbox.inject_into_media(Fault::ResetInBody, u64::MAX);
    let output = download(&sandbox, &folder, "--created-after -1h --yes --output ndjson")?;
    assert_eq!(output.status.code(), Some(5), "{}", stderr(&output));
    let (said, results) = (stderr(&output), stdout(&output));
    assert_eq!(results.matches("\"result\":\"failed\"").count(), 2, "{results}");
    assert!(results.contains("the media broke off after 5999 of 6000 bytes"), "{results}");
    assert!(said.contains("error: 2 of 2 recordings failed\n") && said.contains(" --resume "), "{said}");
    sandbox.clear_faults();
    let requests = sandbox.media_requests();
    let journal = said.trim_end().rsplit(' ').next().ok_or("no journal")?;
    let output = download(&sandbox, &folder, &format!("--yes --output csv --columns result --resume {journal}"))?;
    assert_eq!(stdout(&output), "result\ndownloaded\ndownloaded\n", "{}", stderr(&output));
    assert_eq!(sandbox.media_requests(), requests + 2);
    assert!(names(folder.path())?.iter().all(|name| has_extension(name, "mka")));
    assert!(!Path::new(journal).exists(), "the journal is removed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_url_that_has_expired_is_asked_for_again() -> Result {
    let sandbox = recorded(1, 1).await?;
    let folder = Folder::new("expired");
    sandbox.inject_into_media(Fault::Status(403), 1);
    expect_success(&download(&sandbox, &folder, "--created-after -1h --yes")?)?;
    assert_eq!((names(folder.path())?.len(), sandbox.media_requests()), (1, 2));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_other_media_and_a_file_of_another_size_are_replaced() -> Result {
    let sandbox = recorded(1, 2).await?;
    let folder = Folder::new("replaced");
    expect_success(&download(&sandbox, &folder, "--created-after -1h --yes")?)?;
    let whole = files(folder.path())?;
    let [one, two] = names(folder.path())?.try_into().map_err(|_| "there are not two files")?;
    std::fs::write(folder.path().join(&one), "short")?;
    std::fs::remove_file(folder.path().join(&two))?;
    std::fs::write(folder.path().join(format!("{two}.part")), "x".repeat(3000))?;
    std::fs::write(folder.path().join(format!("{two}.part.etag")), "\"other\"")?;
    expect_success(&download(&sandbox, &folder, "--created-after -1h --yes")?)?;
    assert_eq!(files(folder.path())?, whole);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_needs_a_selection() -> Result {
    let calls = ["recordings download --to media", "recordings download --room Talk"];
    insta::assert_snapshot!(transcript(&sandbox(0).await?, 80, &calls)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_that_all_files_would_have_ends_a_download() -> Result {
    let sandbox = recorded(1, 12).await?;
    let folder = Folder::new("no-folder");
    std::fs::create_dir_all(folder.path())?;
    std::fs::write(folder.path().join("file"), "")?;
    let to = folder.path().join("file").join("media");
    let call = format!("recordings download --created-after -1h --to {} --yes --output ndjson", to.display());
    let output = run(&sandbox, 80, &call)?;
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with(&format!("error: cannot make the folder {}: ", to.display())), "{said}");
    assert!(said.contains(": 8 of 12 recordings were tried\n  To try the rest: "), "{said}");
    assert_eq!((stdout(&output).lines().count(), sandbox.media_requests()), (8, 0));
    Ok(())
}
