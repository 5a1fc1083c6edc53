//! Requests to any path, tokens, and generated texts.

use super::support::{Result, program, run, sandbox, stderr, stdout, transcript};

#[tokio::test(flavor = "multi_thread")]
async fn any_path_can_be_asked_for() -> Result {
    let sandbox = sandbox(0).await?;
    let calls = [
        "api POST /v1/Rooms -f UniqueName=Standup",
        "api GET /v1/Rooms/Standup",
        "api GET /v1/Nowhere",
        "api GET v1/Rooms",
        "api GET /v1/Rooms/Standup --paginate",
        "api POST /v1/Rooms --paginate",
        "api GET /v1/Rooms -q Status",
    ];
    insta::assert_snapshot!(transcript(&sandbox, 80, &calls)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn all_pages_are_read() -> Result {
    let sandbox = sandbox(120).await?;
    let output = run(&sandbox, 80, "api GET /v1/Rooms -q Status=completed -q PageSize=20 --paginate")?;
    let listed = run(&sandbox, 80, "rooms list --status completed --output ndjson")?;
    assert_eq!(stdout(&output), stdout(&listed));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_signed_with_an_api_key_only() -> Result {
    let sandbox = sandbox(0).await?;
    let call = "token --identity alice --room Standup --ttl 4h --now 2026-11-01T18:00:00Z";
    let mut program = program(call);
    program.env("TWILIO_ACCOUNT_SID", sandbox.account_sid());
    program.env("TWILIO_API_KEY", sandbox.api_key()).env("TWILIO_API_SECRET", sandbox.api_secret());
    let token = stdout(&program.output()?);
    assert_eq!(token.trim_end().split('.').count(), 3, "{token}");
    assert_eq!(sandbox.requests(), 0);
    insta::assert_snapshot!(transcript(&sandbox, 80, &["token --identity alice"])?);
    Ok(())
}

#[test]
fn manual_pages_are_generated() -> Result {
    assert!(stdout(&program("man").output()?).contains(".TH twilio-rooms 1"));
    let folder = std::env::temp_dir().join(format!("twilio-rooms-man-{}", std::process::id()));
    let output = program("man --dir").arg(&folder).output()?;
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(folder.join("twilio-rooms-rooms-list.1").is_file());
    std::fs::remove_dir_all(folder)?;
    Ok(())
}
