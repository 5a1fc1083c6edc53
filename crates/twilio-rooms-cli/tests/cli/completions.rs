//! Completions that know the rooms of the account.

use std::fmt::Write as _;
use std::process::{Command, Output};

use twilio_rooms_sandbox::{Fault, Sandbox};

use super::support::{Result, TempFolder, expect_success, program, program_for, run, sandbox, stderr, stdout};

/// The call of fish for the last word of a command line, which ends where that ends. It has time, since the machine may be busy.
fn call(folder: &TempFolder, line: &str) -> Command {
    let mut program = program("--");
    program.args(line.split(' '));
    program.env("TWILIO_ROOMS_COMPLETE", "fish").env("TWILIO_ROOMS_CACHE_DIR", folder.path());
    program.env("TWILIO_ROOMS_COMPLETE_DEADLINE", "60000");
    program
}

fn call_for(sandbox: &Sandbox, folder: &TempFolder, line: &str) -> Command {
    let mut program = call(folder, line);
    program.env("TWILIO_ROOMS_BASE_URL", sandbox.url()).env("TWILIO_ACCOUNT_SID", sandbox.account_sid());
    program.env("TWILIO_AUTH_TOKEN", sandbox.auth_token());
    program
}

fn complete(sandbox: &Sandbox, folder: &TempFolder, line: &str) -> Result<Output> {
    Ok(call_for(sandbox, folder, line).output()?)
}

/// A sandbox with a room that has a plain name, one that has a name with a space, and some that have ended.
async fn rooms() -> Result<Sandbox> {
    let sandbox = super::support::ended(3).await?;
    expect_success(&run(&sandbox, 80, "rooms create --name Standup")?)?;
    expect_success(&program_for(&sandbox, 80, "rooms create").arg("--name=Sprint review").output()?)?;
    Ok(sandbox)
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_are_completed_by_name_and_by_sid() -> Result {
    let sandbox = rooms().await?;
    let folder = TempFolder::new("complete");
    let mut text = String::new();
    for line in [
        "twilio-rooms rooms get ",
        "twilio-rooms rooms complete St",
        "twilio-rooms rooms get RM9",
        "twilio-rooms recordings delete --room S",
        "twilio-rooms participants li",
        "twilio-rooms rooms get --sandbox ",
    ] {
        let output = complete(&sandbox, &folder, line)?;
        assert_eq!(stderr(&output), "");
        writeln!(text, "$ {line}<TAB>\n{}", stdout(&output))?;
    }
    insta::assert_snapshot!(text);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_are_kept_for_a_minute() -> Result {
    let sandbox = rooms().await?;
    let folder = TempFolder::new("complete-cache");
    let line = "twilio-rooms rooms get S";
    let first = stdout(&complete(&sandbox, &folder, line)?);
    let asked = sandbox.requests();
    assert!(first.starts_with("Standup"), "{first}");
    assert_eq!(stdout(&complete(&sandbox, &folder, line)?), first);
    assert_eq!(sandbox.requests(), asked, "the cache is new");
    let [file] = &folder.files()?[..] else { return Err("there is more than one file".into()) };
    let path = folder.path().join(file);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path| std::fs::metadata(path).map(|metadata| metadata.permissions().mode() & 0o777);
        assert_eq!((mode(folder.path())?, mode(&path)?), (0o700, 0o600));
    }
    let mut cache: serde_json::Value = serde_json::from_str(&folder.read(file)?)?;
    cache["read_at"] = "2026-01-01T00:00:00Z".into();
    std::fs::write(&path, cache.to_string())?;
    expect_success(&run(&sandbox, 80, "rooms create --name Support")?)?;
    let asked = sandbox.requests();
    let later = stdout(&complete(&sandbox, &folder, line)?);
    assert!(later.contains("Support") && sandbox.requests() > asked, "{later}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_does_not_answer_is_not_waited_for() -> Result {
    let sandbox = rooms().await?;
    let folder = TempFolder::new("complete-stall");
    let line = "twilio-rooms rooms get S";
    sandbox.inject_always(Fault::StallBeforeHeaders);
    // This would not end without a deadline.
    let output = call_for(&sandbox, &folder, line).env_remove("TWILIO_ROOMS_COMPLETE_DEADLINE").output()?;
    assert_eq!((stdout(&output).as_str(), stderr(&output).as_str(), output.status.code()), ("", "", Some(0)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn old_rooms_are_better_than_none() -> Result {
    let sandbox = rooms().await?;
    let folder = TempFolder::new("complete-old");
    let line = "twilio-rooms rooms get S";
    let known = stdout(&complete(&sandbox, &folder, line)?);
    let [file] = &folder.files()?[..] else { return Err("there is more than one file".into()) };
    let mut cache: serde_json::Value = serde_json::from_str(&folder.read(file)?)?;
    cache["read_at"] = "2026-01-01T00:00:00Z".into();
    std::fs::write(folder.path().join(file), cache.to_string())?;
    sandbox.inject_always(Fault::Status(401));
    assert_eq!(stdout(&complete(&sandbox, &folder, line)?), known);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_not_shown() -> Result {
    let sandbox = sandbox(0).await?;
    let folder = TempFolder::new("complete-errors");
    let without_credentials = call(&folder, "twilio-rooms rooms get S").output()?;
    sandbox.inject_always(Fault::Status(401));
    let refused = complete(&sandbox, &folder, "twilio-rooms rooms get S")?;
    let no_profile = complete(&sandbox, &folder, "twilio-rooms rooms get --profile none S")?;
    for output in [without_credentials, refused, no_profile] {
        assert_eq!((stdout(&output).as_str(), stderr(&output).as_str()), ("", ""));
        assert!(output.status.success());
    }
    Ok(())
}

#[test]
fn each_shell_has_a_script() -> Result {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = program(&format!("completions {shell}")).output()?;
        let script = stdout(&output);
        assert!(output.status.success() && script.contains("TWILIO_ROOMS_COMPLETE"), "{shell}: {}", stderr(&output));
    }
    Ok(())
}

#[test]
fn bash_takes_the_script_and_completes_with_it() -> Result {
    let Ok(bash) = Command::new("bash").arg("--version").output() else { return Ok(()) };
    expect_success(&bash)?;
    let folder = TempFolder::new("complete-bash");
    std::fs::create_dir_all(folder.path())?;
    let script = stdout(&program("completions bash").output()?);
    std::fs::write(folder.path().join("script"), script)?;
    let test = "source ./script; COMP_WORDS=(twilio-rooms recordings lis); COMP_CWORD=2; COMP_TYPE=9; \
                _clap_complete_twilio_rooms twilio-rooms lis recordings; echo \"${COMPREPLY[*]}\"";
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_twilio-rooms")).parent().ok_or("no folder")?;
    let path = std::env::join_paths([bin, "/usr/bin".as_ref(), "/bin".as_ref()])?;
    let mut bash = Command::new("bash");
    let output = bash.args(["--norc", "-c", test]).current_dir(folder.path()).env("PATH", path).output()?;
    assert_eq!((stdout(&output).trim(), stderr(&output).as_str()), ("list", ""));
    Ok(())
}
