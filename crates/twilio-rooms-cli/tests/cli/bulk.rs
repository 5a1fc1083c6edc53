//! Commands that change many items.

use twilio_rooms_sandbox::Fault;

use super::support::{
    Folder, Result, program_at, program_for, run, sandbox, stderr, stdout, talk, transcript, with_input,
};

#[tokio::test(flavor = "multi_thread")]
async fn old_rooms_are_shown_and_completed_once_that_is_confirmed() -> Result {
    let sandbox = sandbox(20).await?;
    let calls = [
        "rooms complete --older-than 12h --dry-run",
        "rooms complete --older-than 12h",
        "rooms complete --older-than 12h --yes --output ndjson",
        "rooms complete --older-than 12h --yes",
        "rooms complete",
    ];
    insta::assert_snapshot!(transcript(&sandbox, 80, &calls)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_rooms_that_are_old_enough_change_and_a_dry_run_changes_nothing() -> Result {
    let sandbox = sandbox(120).await?;
    let in_progress = stdout(&run(&sandbox, 80, "rooms list --output csv --columns sid,created --no-header")?);
    let old = in_progress.lines().filter(|line| line.split(',').nth(1) < Some("2026-10-31T18:00:00Z")).count();
    assert!(old > 0 && old < in_progress.lines().count(), "{in_progress}");
    run(&sandbox, 80, "rooms complete --older-than 24h --dry-run")?;
    run(&sandbox, 80, "rooms complete --older-than 24h")?;
    assert_eq!(sandbox.changes(), 0);
    let output = run(&sandbox, 80, "rooms complete --older-than 24h --yes --output ndjson")?;
    assert_eq!((stdout(&output).lines().count(), sandbox.changes()), (old, old as u64));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn some_failures_have_an_exit_code_of_their_own() -> Result {
    let sandbox = talk().await?;
    insta::assert_snapshot!(transcript(
        &sandbox,
        160,
        &["rooms complete Nowhere Talk --output ndjson", "rooms complete Nowhere"]
    )?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn all_participants_are_disconnected() -> Result {
    let sandbox = talk().await?;
    sandbox.join("Talk", "carol")?;
    let calls = ["participants disconnect Talk --all --dry-run", "participants disconnect Talk --all --yes"];
    insta::assert_snapshot!(transcript(&sandbox, 80, &calls)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn old_recordings_of_all_rooms_are_deleted() -> Result {
    let sandbox = talk().await?;
    let call = |now: &str, options: &str| {
        let call = format!("recordings delete --output csv --columns name,result --no-header {options}");
        program_at(now, &sandbox, 80, &call).output().map(|output| stdout(&output))
    };
    let before = sandbox.changes();
    assert_eq!(call("2026-11-01T18:30:00Z", "--older-than 1h --yes")?, "", "they are too new");
    let planned = "camera,planned\nmicrophone,planned\nmicrophone,planned\n";
    assert_eq!(call("2026-11-01T19:30:00Z", "--older-than 1h --dry-run")?, planned);
    assert_eq!(sandbox.changes(), before);
    assert_eq!(call("2026-11-01T19:30:00Z", "--older-than 1h --yes")?, planned.replace("planned", "deleted"));
    assert_eq!(sandbox.changes(), before + 3);
    assert_eq!(call("2026-11-01T19:30:00Z", "--room Talk --older-than 1h --yes")?, "", "none is left");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_other_than_yes_changes_nothing() -> Result {
    let sandbox = sandbox(20).await?;
    let mut program = program_for(&sandbox, 80, "rooms complete --older-than 1h");
    let output = with_input(&mut program, "y\n")?;
    assert_eq!((output.status.code(), sandbox.changes()), (Some(2), 0), "a pipe is no terminal to ask on");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_that_is_safe_to_retry_is_retried() -> Result {
    let sandbox = talk().await?;
    sandbox.inject(Fault::Status(503));
    let output = run(&sandbox, 80, "rooms complete Talk --output ndjson")?;
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("\"result\":\"completed\""), "{}", stdout(&output));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_is_tried_again_from_the_journal() -> Result {
    let sandbox = sandbox(40).await?;
    let folder = Folder::new("journal");
    let journal = folder.path().join("journal.ndjson");
    let call = |options: &str| format!("rooms complete --output csv --columns result --no-header {options}");
    let first = call(&format!("--older-than 12h --yes --journal {}", journal.display()));
    let found = stdout(&run(&sandbox, 80, &call("--older-than 12h --dry-run"))?).lines().count();
    // The listing has one page. A request that is refused is not repeated.
    sandbox.inject(Fault::RepeatedPage);
    sandbox.inject_times(Fault::Status(403), 2);
    let output = run(&sandbox, 80, &first)?;
    assert_eq!(output.status.code(), Some(5), "{}", stderr(&output));
    let hint = format!("To try the rest: twilio-rooms rooms complete --resume {}", journal.display());
    assert!(stderr(&output).contains(&hint), "{}", stderr(&output));
    assert_eq!(stdout(&output).matches("failed").count(), 2);
    let again = run(&sandbox, 80, &first)?;
    assert_eq!(again.status.code(), Some(2), "a journal is not overwritten: {}", stderr(&again));
    let (requests, resume) = (sandbox.requests(), call(&format!("--yes --resume {}", journal.display())));
    assert_eq!(stdout(&run(&sandbox, 80, &resume)?), "completed\ncompleted\n");
    assert_eq!(sandbox.requests(), requests + 2, "nothing is listed again");
    assert_eq!(sandbox.changes(), found as u64);
    let nothing = run(&sandbox, 80, &resume)?;
    assert_eq!((stdout(&nothing).as_str(), stderr(&nothing).as_str()), ("", "There are no rooms to complete.\n"));
    let other = run(&sandbox, 80, &format!("recordings delete --yes --resume {}", journal.display()))?;
    assert!(stderr(&other).contains("it is one of `rooms complete`"), "{}", stderr(&other));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_whose_response_was_lost_is_done() -> Result {
    let sandbox = talk().await?;
    let delete = "recordings delete --room Talk --older-than 0s --yes --output csv --columns result --no-header";
    let delete = |options: &str| {
        let call = format!("{delete} {options}");
        program_at("2026-11-01T19:00:00Z", &sandbox, 80, &call).output()
    };
    // After the requests for the room and its recordings, one takes effect, and its next attempt does not find the recording.
    sandbox.inject_times(Fault::RepeatedPage, 2);
    sandbox.inject(Fault::Status(503));
    let output = delete("")?;
    assert_eq!(stdout(&output), "deleted\ndeleted\ndeleted\n", "{}", stderr(&output));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_that_are_rejected_stop_the_command() -> Result {
    let sandbox = sandbox(200).await?;
    let folder = Folder::new("rejected");
    let journal = folder.path().join("journal.ndjson");
    // The listing has one page.
    sandbox.inject(Fault::RepeatedPage);
    sandbox.inject_times(Fault::Status(401), 200);
    let call = format!("rooms complete --older-than 0s --yes --output ndjson --journal {}", journal.display());
    let output = run(&sandbox, 80, &call)?;
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains(" rooms were tried\n") && said.contains(" --resume "), "{said}");
    // No more than those that were on their way.
    assert!((1..=8).contains(&stdout(&output).lines().count()), "{}", stdout(&output));
    Ok(())
}
