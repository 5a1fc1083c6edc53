//! Errors as users read them.

use std::error::Error as _;
use std::fmt::Write as _;
use std::time::Duration;

use serde_json::json;
use twilio_rooms::{Client, Credentials, Error, Retry};

use crate::support::{Reply, Server, Test, client, credentials, example, page};

async fn error(reply: Reply) -> Result<Error, Box<dyn std::error::Error>> {
    let server = Server::start([reply.header("twilio-request-id", "RQ0123456789abcdef0123456789abcdef")]).await?;
    Ok(client(&server)?.rooms().list().send().await.err().ok_or("no error")?)
}

/// Renders an error with its sources and predicates.
fn render(error: &Error) -> Result<String, std::fmt::Error> {
    let mut text = format!("{error}\n");
    let mut source = error.source();
    while let Some(cause) = source {
        writeln!(text, "  because: {cause}")?;
        source = cause.source();
    }
    writeln!(text, "status: {:?}, code: {:?}", error.status(), error.code())?;
    writeln!(text, "more info: {:?}, request: {:?}", error.more_info(), error.request_id())?;
    writeln!(text, "path: {:?}", error.path())?;
    let predicates = [
        ("not found", error.is_not_found()),
        ("unauthorized", error.is_unauthorized()),
        ("rate limited", error.is_rate_limited()),
        ("timeout", error.is_timeout()),
        ("connect", error.is_connect()),
        ("decode", error.is_decode()),
        ("paging", error.is_paging()),
        ("invalid request", error.is_invalid_request()),
        ("config", error.is_config()),
        ("retryable", error.is_retryable()),
    ];
    let is: Vec<&str> = predicates.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect();
    writeln!(text, "is: {}", is.join(", "))?;
    Ok(text)
}

macro_rules! error_tests {
    ($($name:ident: $reply:expr;)*) => { $(
        #[tokio::test]
        async fn $name() -> Test {
            insta::assert_snapshot!(stringify!($name), render(&error($reply).await?)?);
            Ok(())
        }
    )* };
}

error_tests! {
    unauthorized: Reply::json(401, &example("error-unauthorized")?);
    not_found: Reply::json(404, &example("error-not-found")?);
    bad_request: Reply::json(400, &example("error-page-without-token")?);
    too_many_requests: Reply::json(429, &example("error-too-many-requests")?);
    an_rfc_9457_error: Reply::json(400, &example("error-problem")?);
    an_error_in_the_third_form: Reply::json(500, &example("error-internal")?);
    unavailable: Reply::json(503, &example("error-unavailable")?);
    an_html_error_of_a_proxy: Reply::new(502, "<html><h1>502 Bad Gateway</h1></html>").header("content-type", "text/html");
    an_empty_error: Reply::new(500, "");
    an_unassigned_status: Reply::new(999, "?");
    html_with_status_200: Reply::new(200, "<!doctype html>").header("content-type", "text/html");
    an_empty_success: Reply::new(200, "");
    no_content: Reply::new(204, "");
    a_truncated_body: Reply::new(200, r#"{"meta": {}, "rooms": [{"sid": "RM1"#);
    a_body_that_is_not_utf_8: Reply::new(200, b"{\"meta\": {}, \"rooms\": [{\"sid\": \"\xff\xfe\"}]}".to_vec());
    a_redirect: Reply::new(307, "").header("location", "https://evil.example/path?token=secret");
    a_body_of_another_type: Reply::json(200, &json!({ "sid": "RM1", "status": "in-progress" }));
}

#[tokio::test]
async fn a_decoding_error_names_the_path_of_the_value() -> Test {
    let mut body = page(0..5, None);
    let mut lines = Vec::new();
    for (field, value) in [
        ("duration", json!("12")),
        ("duration", json!(-1)),
        ("max_participants", json!(4.5)),
        ("date_created", json!("yesterday")),
        ("video_codecs", json!("VP8")),
        ("links", json!([1])),
        ("sid", json!(null)),
    ] {
        let before = body.clone();
        body["rooms"][3][field] = value;
        let error = error(Reply::json(200, &body)).await?;
        assert!(error.is_decode() && error.body().is_some_and(|body| body.contains("rooms")));
        lines.push(error.to_string());
        body = before;
    }
    body["rooms"][4] = json!({});
    lines.push(error(Reply::json(200, &body)).await?.to_string());
    insta::assert_snapshot!("paths_of_decoding_errors", lines.join("\n"));
    Ok(())
}

#[tokio::test]
async fn the_body_of_an_error_is_truncated() -> Test {
    let error = error(Reply::new(500, "x".repeat(100_000))).await?;
    assert_eq!(error.body().map(|body| body.chars().count()), Some(4097));
    assert!(error.to_string().len() < 100);
    Ok(())
}

#[tokio::test]
async fn an_unreachable_server_is_a_connection_error() -> Test {
    let server = Server::start([]).await?;
    let client = client(&server)?;
    let url = server.url().to_owned();
    drop(server);
    // The port is closed as soon as the task of the server has ended.
    let error = loop {
        match client.rooms().list().send().await {
            Err(error) if error.is_connect() && error.status().is_none() => break error,
            _ => tokio::task::yield_now().await,
        }
    };
    assert!(error.is_retryable() && !error.is_timeout());
    assert!(error.to_string().ends_with(&url), "{error}");
    Ok(())
}

/// Asserts that no error of a chain contains the message of its source.
fn assert_no_repetition(error: &dyn std::error::Error) {
    let mut error = error;
    while let Some(source) = error.source() {
        let (message, repeated) = (error.to_string(), source.to_string());
        assert!(!message.contains(&repeated), "{message:?} repeats its source {repeated:?}");
        error = source;
    }
}

#[tokio::test]
async fn no_error_repeats_its_source() -> Test {
    let redirect = Reply::new(307, "").header("location", "https://evil.example/path");
    for reply in [
        Reply::json(401, &example("error-unauthorized")?),
        Reply::new(500, ""),
        Reply::new(200, "<!doctype html>"),
        Reply::new(200, ""),
        Reply::new(200, r#"{"meta": {}, "rooms": [{"sid": "RM1"#),
        Reply::new(200, b"{\"meta\": {}, \"rooms\": [{\"sid\": \"\xff\"}]}".to_vec()),
        Reply::json(200, &json!({ "meta": {}, "rooms": [{ "sid": 7 }] })),
        redirect,
    ] {
        assert_no_repetition(&error(reply).await?);
    }
    let unused = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", unused.local_addr()?);
    drop(unused);
    let client = Client::builder().credentials(credentials()).base_url(url).retry(Retry::none()).build()?;
    let error = client.rooms().list().send().await.err().ok_or("no error")?;
    assert!(error.is_connect() && error.source().is_some(), "{error:?}");
    assert_no_repetition(&error);
    let error = client.room("x").wait_until("completed").deadline(Duration::ZERO).await.err().ok_or("no error")?;
    assert!(error.is_timeout() && error.source().is_some(), "{error:?}");
    assert_no_repetition(&error);
    for builder in [
        Client::builder(),
        Client::builder().credentials(Credentials::account("AC1", "token")),
        Client::builder().credentials(credentials()).base_url("http://["),
        Client::builder().credentials(credentials()).user_agent("line\nbreak"),
    ] {
        assert_no_repetition(&builder.build().err().ok_or("no error")?);
    }
    Ok(())
}
