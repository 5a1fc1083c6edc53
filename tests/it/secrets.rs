//! No secret appears in `Debug`, `Display`, errors or `tracing` events.

use std::fmt::Write as _;

use twilio_rooms::http::Method;
use twilio_rooms::{AccessToken, CallbackValidator, Credentials, Retry, Tracks};
use twilio_rooms_sandbox::{Fault, Sandbox};

use serde_json::json;

use crate::support::{
    AUTH_TOKEN, AUTHORIZATION, Events, Reply, SANDBOX_SECRETS, Server, Test, builder, client_of, credentials, room,
    start,
};

/// Returns the secrets of the tests and of the sandbox, in plain and encoded form.
fn secrets() -> Vec<&'static str> {
    [&[AUTHORIZATION.trim_start_matches("Basic "), AUTH_TOKEN][..], &SANDBOX_SECRETS].concat()
}

#[tokio::test]
async fn the_listed_secrets_are_those_of_the_sandbox() -> Test {
    let server = Server::start([Reply::json(200, &room(1))]).await?;
    let sandbox = start(Sandbox::builder()).await?;
    assert_eq!(SANDBOX_SECRETS[0], sandbox.auth_token());
    let credentials = Credentials::account(sandbox.account_sid(), sandbox.auth_token());
    builder(&server).credentials(credentials).build()?.room("x").fetch().await?;
    let sent = server.seen().first().and_then(|seen| seen.headers.get("authorization").cloned());
    assert!(sent.is_some_and(|sent| sent.contains(SANDBOX_SECRETS[1])));
    Ok(())
}

#[tokio::test]
async fn no_public_type_shows_the_secret() -> Test {
    let events = Events::listen(|| {});
    let sandbox = start(Sandbox::builder().rooms(3)).await?;
    let server = Server::start([Reply::json(200, &room(1))]).await?;
    let own = builder(&server);
    let client = own.clone().build()?;
    let name = client.room("x");
    let mut output = format!("{own:?} {client:?} {:?} {name:?}", credentials());
    write!(output, "{:?} {:?}", client.rooms(), client.rooms().list())?;
    write!(output, "{:?} {:?}", client.rooms().create().unique_name("x"), client.rooms().list().stream())?;
    write!(output, "{:?} {:?}", name.fetch(), name.wait_until("completed"))?;
    write!(output, "{:?} {:?}", client.request(Method::GET, "/"), Tracks::all())?;
    write!(output, "{:?}", name.fetch().response().await?)?;

    let faults = [
        Fault::ResetBeforeHeaders,
        Fault::ResetInBody,
        Fault::TruncatedJson,
        Fault::InvalidUtf8,
        Fault::Html,
        Fault::EmptyBody,
        Fault::NoContent,
        Fault::Redirect,
        Fault::Status(401),
        Fault::Status(500),
        Fault::RetryAfter { status: 429, seconds: 0 },
        Fault::EndlessBody,
        Fault::HugeHeader,
        Fault::NextPageElsewhere,
        Fault::NextPageItself,
        Fault::NextPageRelative,
        Fault::NextPageMalformed,
    ];
    let client = client_of(&sandbox).retry(Retry::none()).max_body_size(1 << 20).build()?;
    for fault in faults {
        sandbox.inject(fault);
        let error = client.rooms().list().page_size(1).collect().await.err();
        output += &error.map_or_else(String::new, |error| format!("{error} {error:?} {error:#?}"));
        sandbox.inject(fault);
        let error = client.room("x").complete().await.err();
        output += &error.map_or_else(String::new, |error| format!("{error} {error:?} {error:#?}"));
    }
    output += &events.text();
    assert!(output.len() > 10_000 && output.contains("twilio_rooms") && output.contains("status: 401"));
    for secret in secrets() {
        assert!(!output.contains(secret), "{secret} is output");
    }
    Ok(())
}

#[test]
fn neither_an_access_token_nor_its_key_is_shown() -> Test {
    let validator = CallbackValidator::new(AUTH_TOKEN);
    let mut output = format!("{validator:?} {validator:#?}");
    let rejected = [(AUTH_TOKEN, "x"), (" the-auth-token-of-the-tests", "x"), (AUTH_TOKEN, "")];
    for (auth_token, signature) in rejected {
        let error = CallbackValidator::new(auth_token).verify("https://a.example", "", Some(signature)).err();
        write!(output, "{error:?} {}", error.as_ref().map(ToString::to_string).unwrap_or_default())?;
    }
    let key = |secret: &str| Credentials::api_key("SK0123456789abcdef0123456789abcdef", secret);
    let builder = AccessToken::builder("AC0123456789abcdef0123456789abcdef", key(AUTH_TOKEN), "alice");
    let token = builder.clone().sign()?;
    write!(output, "{builder:?} {token:?} {token:#?}")?;
    let misplaced = AccessToken::builder(AUTH_TOKEN, key(AUTH_TOKEN), "alice");
    let error = misplaced.clone().sign().err();
    write!(output, "{misplaced:?} {error:?} {}", error.as_ref().map(ToString::to_string).unwrap_or_default())?;
    assert!(
        output.contains("alice")
            && output.contains("the auth token starts")
            && output.contains("the account SID must be")
    );
    for secret in [AUTH_TOKEN].into_iter().chain(token.as_str().split('.')) {
        assert!(!output.contains(secret), "{secret} is output");
    }
    Ok(())
}

#[tokio::test]
async fn each_call_is_a_span_and_each_attempt_is_an_event() -> Test {
    let events = Events::listen(|| {});
    let replies = [
        Reply::new(503, "secret body"),
        Reply::json(200, &room(1)),
        Reply::json(404, &json!({ "code": 20404, "message": "no secret room", "detail": "secret" })),
    ];
    let server = Server::start(replies.map(|reply| reply.header("twilio-request-id", "RQ1"))).await?;
    let client = builder(&server).retry(Retry::new().base_delay(std::time::Duration::ZERO)).build()?;
    client.room("a secret name").fetch().await?;
    assert!(client.request(Method::GET, "/v1/Other").await.is_err());
    let events = events.text();
    assert!(!events.contains("secret"), "{events}");
    insta::assert_snapshot!("tracing_output_of_a_call", events);
    Ok(())
}
