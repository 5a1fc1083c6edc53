//! Every command with an output of its own, in the forms for people and for programs.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use twilio_rooms_sandbox::Sandbox;

use super::support::{NOW, Result, TempFolder, expect_success, program_at, program_for, run, stdout, talk, transcript};

/// A width, and the option of a form.
const FORMS: [(u16, &str); 5] =
    [(80, ""), (160, ""), (80, " --output csv"), (80, " --output ndjson"), (80, " --output json")];

/// The call in all forms.
fn forms(sandbox: &Sandbox, call: &str) -> Result<String> {
    let texts = FORMS.map(|(columns, form)| {
        let text = transcript(sandbox, columns, &[&format!("{call}{form}")]);
        text.map(|text| if form.is_empty() { format!("[{columns} columns]\n{text}") } else { text })
    });
    Ok(texts.into_iter().collect::<Result<Vec<String>>>()?.join("\n"))
}

/// The first value of a list of CSV without a header.
fn first(sandbox: &Sandbox, call: &str) -> Result<String> {
    let output = run(sandbox, 80, &format!("{call} --output csv --no-header"))?;
    expect_success(&output)?;
    Ok(stdout(&output).lines().next().ok_or("the list is empty")?.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_for_rooms() -> Result {
    let sandbox = talk().await?;
    insta::assert_snapshot!("rooms_list", forms(&sandbox, "rooms list")?);
    insta::assert_snapshot!("rooms_get", forms(&sandbox, "rooms get Talk")?);
    insta::assert_snapshot!("rooms_create", forms(&sandbox, "rooms create --name Talk --or-get")?);
    insta::assert_snapshot!("rooms_complete", forms(&sandbox, "rooms complete Talk --dry-run")?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_for_participants() -> Result {
    let sandbox = talk().await?;
    insta::assert_snapshot!("participants_list", forms(&sandbox, "participants list Talk")?);
    insta::assert_snapshot!("participants_get", forms(&sandbox, "participants get Talk alice")?);
    insta::assert_snapshot!(
        "participants_disconnect",
        forms(&sandbox, "participants disconnect Talk --all --dry-run")?
    );
    insta::assert_snapshot!("tracks_list", forms(&sandbox, "tracks list Talk alice")?);
    sandbox.join("Talk", "carol")?;
    insta::assert_snapshot!("tracks_list_subscribed", forms(&sandbox, "tracks list Talk carol --subscribed")?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_for_recordings_and_rules() -> Result {
    let sandbox = talk().await?;
    let sid = first(&sandbox, "recordings list Talk --status completed --columns sid")?;
    insta::assert_snapshot!("recordings_list", forms(&sandbox, "recordings list Talk")?);
    insta::assert_snapshot!("recordings_get", forms(&sandbox, &format!("recordings get Talk {sid}"))?);
    let delete = format!("recordings delete --room Talk {sid} --dry-run");
    insta::assert_snapshot!("recordings_delete", forms(&sandbox, &delete)?);
    insta::assert_snapshot!("rules_get", forms(&sandbox, "rules get Talk")?);
    insta::assert_snapshot!("rules_set", forms(&sandbox, "rules set Talk include:all exclude:kind=video")?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_for_transcriptions() -> Result {
    let sandbox = talk().await?;
    insta::assert_snapshot!("transcriptions_create", transcript(&sandbox, 80, &["transcriptions create Talk"])?);
    let id = first(&sandbox, "transcriptions list Talk --columns id")?;
    insta::assert_snapshot!("transcriptions_list", forms(&sandbox, "transcriptions list Talk")?);
    for verb in ["get", "stop", "start"] {
        let text = forms(&sandbox, &format!("transcriptions {verb} Talk {id}"))?;
        insta::assert_snapshot!(format!("transcriptions_{verb}"), text);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_for_operators() -> Result {
    let sandbox = talk().await?;
    insta::assert_snapshot!("usage", forms(&sandbox, "usage --from 2026-11-01")?);
    let folder = TempFolder::new("forms-export");
    let path = folder.path().display().to_string();
    let text = forms(&sandbox, &format!("export {path} --from yesterday --again"))?;
    insta::assert_snapshot!("export", text.replace(&path, "FOLDER"));
    insta::assert_snapshot!("api", transcript(&sandbox, 80, &["api GET /v1/Rooms/Talk/Participants/alice"])?);
    Ok(())
}

/// Starts the call, waits for its first line, and returns the whole output after `end` has made the call end.
fn until_end(sandbox: &Sandbox, columns: u16, call: &str, end: impl Fn(u32) -> Result) -> Result<String> {
    let mut child = program_for(sandbox, columns, call).stdout(Stdio::piped()).spawn()?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("no standard output")?);
    let mut text = String::new();
    lines.read_line(&mut text)?;
    end(child.id())?;
    lines.read_to_string(&mut text)?;
    assert!(child.wait()?.success(), "{call}");
    Ok(format!("$ twilio-rooms {call}\n{}", text.replace(sandbox.url(), "http://sandbox")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_of_participants() -> Result {
    let mut text = String::new();
    for (columns, form) in FORMS {
        let sandbox = talk().await?;
        let call = format!("participants watch Talk --interval 0s{form}");
        let complete = |_| expect_success(&run(&sandbox, 80, "rooms complete Talk")?);
        text.push_str(&until_end(&sandbox, columns, &call, complete)?);
    }
    insta::assert_snapshot!("participants_watch", text);
    Ok(())
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_watch_of_rooms() -> Result {
    let sandbox = talk().await?;
    let mut text = String::new();
    for (columns, form) in FORMS {
        let interrupt = |id: u32| {
            let sent = std::process::Command::new("kill").args(["-INT", &id.to_string()]).status()?;
            if sent.success() { Ok(()) } else { Err("kill failed".into()) }
        };
        text.push_str(&until_end(&sandbox, columns, &format!("rooms watch --interval 1h{form}"), interrupt)?);
    }
    insta::assert_snapshot!("rooms_watch", text);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn callbacks_as_they_come() -> Result {
    let mut text = String::new();
    for (columns, form) in FORMS {
        let sandbox = super::support::sandbox(0).await?;
        let call = format!("callbacks listen --limit 1{form}");
        let mut program = program_for(&sandbox, columns, &call);
        let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let mut greeting = String::new();
        BufReader::new(child.stderr.take().ok_or("no standard error")?).read_line(&mut greeting)?;
        let url = greeting.split_whitespace().nth(2).ok_or("no URL")?;
        expect_success(&run(&sandbox, 80, &format!("rooms create --name Talk --status-callback {url}"))?)?;
        let mut printed = String::new();
        child.stdout.take().ok_or("no standard output")?.read_to_string(&mut printed)?;
        assert!(child.wait()?.success());
        text.push_str(&format!("$ twilio-rooms {call}\n{printed}").replace(sandbox.url(), "http://sandbox"));
    }
    insta::assert_snapshot!("callbacks_listen", text);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_at_a_fixed_time() -> Result {
    let sandbox = super::support::sandbox(0).await?;
    let mut program = program_at(NOW, &sandbox, 80, "token --identity alice --room Talk");
    program.env("TWILIO_API_KEY", sandbox.api_key()).env("TWILIO_API_SECRET", sandbox.api_secret());
    let output = program.output()?;
    expect_success(&output)?;
    let token = stdout(&output);
    let (signed, signature) = token.trim_end().rsplit_once('.').ok_or("the token has no parts")?;
    assert_eq!(signature.len(), 43, "a SHA-256 in base64");
    insta::assert_snapshot!("token", format!("{signed}.SIGNATURE"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_greeting_of_a_sandbox() -> Result {
    let mut program = super::support::program("sandbox --rooms 3");
    let mut child = program.stdout(Stdio::piped()).spawn()?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("no standard output")?).lines();
    let mut text = String::new();
    for _ in 0..6 {
        text.push_str(&lines.next().ok_or("the greeting is too short")??);
        text.push('\n');
    }
    child.kill()?;
    child.wait()?;
    let url = text.split_whitespace().nth(2).map(|url| url.trim_end_matches('.').to_owned()).ok_or("no URL")?;
    insta::assert_snapshot!("sandbox", text.replace(&url, "http://sandbox"));
    Ok(())
}

#[test]
fn manual_pages_of_the_program_and_of_a_command() -> Result {
    let [program, list] = ["man", "man rooms list"].map(|call| super::support::program(call).output());
    let text = format!("{}\n{}", stdout(&program?), stdout(&list?));
    let titles: Vec<&str> = text.lines().filter(|line| line.starts_with(".TH")).collect();
    insta::assert_snapshot!("man", titles.join("\n"));
    let none = super::support::program("man rooms nothing").output()?;
    assert_eq!((none.status.code(), stdout(&none).as_str()), (Some(2), ""));
    Ok(())
}
