//! `callbacks listen`.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use super::support::{Result, expect_success, program_for, run, sandbox, stderr};

#[tokio::test(flavor = "multi_thread")]
async fn verified_callbacks_are_printed_and_others_are_refused() -> Result {
    let sandbox = sandbox(0).await?;
    let call = "callbacks listen --limit 2 --output csv --columns StatusCallbackEvent,RoomName --no-header";
    let mut child = program_for(&sandbox, 80, call).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut notes = BufReader::new(child.stderr.take().ok_or("no standard error")?);
    let mut greeting = String::new();
    notes.read_line(&mut greeting)?;
    let url = greeting.split_whitespace().nth(2).ok_or("no URL")?;
    let refused = run(&sandbox, 80, "rooms list")?;
    expect_success(&refused)?;
    // A request that is not signed.
    let mut stream = std::net::TcpStream::connect(url.trim_start_matches("http://").trim_end_matches('/'))?;
    std::io::Write::write_all(
        &mut stream,
        b"POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    assert!(answer.starts_with("HTTP/1.1 403 "), "{answer}");
    expect_success(&run(&sandbox, 80, &format!("rooms create --name Standup --status-callback {url}"))?)?;
    expect_success(&run(&sandbox, 80, "rooms complete Standup")?)?;
    let mut printed = String::new();
    child.stdout.take().ok_or("no standard output")?.read_to_string(&mut printed)?;
    assert_eq!(printed, "room-created,Standup\nroom-ended,Standup\n");
    let mut rest = String::new();
    notes.read_to_string(&mut rest)?;
    assert!(rest.starts_with("refused: "), "{rest}");
    assert!(child.wait()?.success());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_key_does_not_sign_callbacks() -> Result {
    let sandbox = sandbox(0).await?;
    let mut program = program_for(&sandbox, 80, "callbacks listen");
    program.env("TWILIO_API_KEY", sandbox.api_key()).env("TWILIO_API_SECRET", sandbox.api_secret());
    let output = program.output()?;
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("not with an API key"), "{}", stderr(&output));
    Ok(())
}
