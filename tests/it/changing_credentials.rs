//! Credentials that change: from a provider, and tokens for an OAuth client.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;
use twilio_rooms::{Authorization, Client, ClientBuilder, Credentials, Error, Retry};
use twilio_rooms_sandbox::Sandbox;

use crate::support::{ACCOUNT_SID, Clock, Reply, Server, Test, at, room, start};

const OTHER_SECRET: &str = "the-secret-of-the-client";
const CLIENT_ID: &str = "OQ0123456789abcdef0123456789abcdef";

fn oauth_client_of(sandbox: &Sandbox) -> ClientBuilder {
    let credentials = Credentials::oauth(sandbox.oauth_client_id(), sandbox.oauth_client_secret());
    Client::builder().credentials(credentials).base_url(sandbox.url()).token_url(sandbox.token_url())
}

/// Returns the `Authorization` headers that a server has seen.
fn authorizations(server: &Server) -> Vec<String> {
    server.seen().into_iter().filter_map(|mut seen| seen.headers.remove("authorization")).collect()
}

#[tokio::test]
async fn an_oauth_client_gets_one_token_for_all_callers() -> Test {
    let sandbox = start(Sandbox::builder().now(at(0))).await?;
    let client = oauth_client_of(&sandbox).build()?;
    assert_eq!(sandbox.tokens_issued(), 0, "nothing is requested before it is needed");
    for result in join_all((0..20).map(|_| client.rooms().list().collect())).await {
        result?;
    }
    assert_eq!(sandbox.tokens_issued(), 1);
    Ok(())
}

#[tokio::test]
async fn a_rejected_token_is_exchanged_once_for_all_callers() -> Test {
    let sandbox = start(Sandbox::builder().now(at(0))).await?;
    let client = oauth_client_of(&sandbox).retry(Retry::none()).build()?;
    client.rooms().list().collect().await?;
    sandbox.revoke_tokens();
    let calls = (0..20).map(|_| client.rooms().create());
    for result in join_all(calls.map(IntoFuture::into_future)).await {
        result?;
    }
    assert_eq!((sandbox.tokens_issued(), sandbox.changes()), (2, 20));
    // The sandbox takes the token as expired, and the client does not know yet.
    sandbox.set_now(at(3600));
    client.rooms().list().collect().await?;
    assert_eq!(sandbox.tokens_issued(), 3);
    Ok(())
}

#[tokio::test]
async fn a_401_leads_to_one_refresh_only() -> Test {
    let tokens =
        Server::start((1..=3).map(|n| Reply::json(200, &json!({ "access_token": format!("token-{n}") })))).await?;
    let server = Server::start([Reply::new(401, ""), Reply::new(401, ""), Reply::json(200, &room(1))]).await?;
    let builder = Client::builder().credentials(Credentials::oauth(CLIENT_ID, OTHER_SECRET));
    let client = builder.base_url(server.url()).token_url(format!("{}/token", tokens.url())).build()?;
    let error = client.room("x").fetch().await.err().ok_or("no error")?;
    assert!(error.is_unauthorized());
    assert_eq!(error.attempts(), 2);
    client.room("x").fetch().await?;
    assert_eq!(authorizations(&server), ["Bearer token-1", "Bearer token-2", "Bearer token-2"]);
    Ok(())
}

#[tokio::test]
async fn the_token_endpoint_gets_the_id_and_the_secret_and_nothing_else() -> Test {
    let tokens = Server::start([Reply::json(200, &json!({ "access_token": "token-1", "expires_in": 60 }))]).await?;
    let server = Server::start([Reply::json(200, &room(1))]).await?;
    let builder = Client::builder().credentials(Credentials::oauth(CLIENT_ID, OTHER_SECRET));
    let client = builder.base_url(server.url()).token_url(format!("{}/v2/token", tokens.url())).build()?;
    client.room("a secret name").fetch().await?;
    let seen = tokens.seen();
    let [request] = seen.as_slice() else { return Err("one request is expected".into()) };
    let form = format!("grant_type=client_credentials&client_id={CLIENT_ID}&client_secret={OTHER_SECRET}");
    assert_eq!(
        (request.method.as_str(), request.target.as_str(), request.body.as_str()),
        ("POST", "/v2/token", &*form)
    );
    assert!(!request.headers.contains_key("authorization"));
    assert!(server.seen().iter().all(|seen| !format!("{seen:?}").contains(OTHER_SECRET)));
    Ok(())
}

#[tokio::test]
async fn a_token_that_cannot_be_fetched_is_an_error_without_secrets() -> Test {
    let echo = Reply::json(400, &json!({ "message": format!("{OTHER_SECRET} is wrong") }));
    let odd =
        [echo, Reply::new(200, OTHER_SECRET), Reply::json(200, &json!({ "access_token": "a b" })), Reply::new(307, "")];
    for reply in odd {
        let (tokens, server) = (Server::start([reply]).await?, Server::start([]).await?);
        let builder = Client::builder().credentials(Credentials::oauth(CLIENT_ID, OTHER_SECRET));
        let client = builder.base_url(server.url()).token_url(tokens.url()).build()?;
        let error = client.rooms().create().await.err().ok_or("no error")?;
        assert!(error.is_credentials() || error.is_config(), "{error:?}");
        assert!(!error.is_outcome_unknown() && !error.is_retryable() && server.seen().is_empty(), "{error:?}");
        assert!(!format!("{error} {error:?} {:?}", std::error::Error::source(&error)).contains(OTHER_SECRET));
    }
    // A failure of the endpoint is temporary: even a creation is retried, since it was not sent.
    let token = Reply::json(200, &json!({ "access_token": "token-1" }));
    let (tokens, server) =
        (Server::start([Reply::new(503, ""), token]).await?, Server::start([Reply::json(201, &room(1))]).await?);
    let builder = Client::builder().credentials(Credentials::oauth(CLIENT_ID, OTHER_SECRET));
    let builder = builder.retry(Retry::new().base_delay(Duration::ZERO));
    let client = builder.base_url(server.url()).token_url(tokens.url()).build()?;
    assert_eq!(client.rooms().create().response().await?.attempts(), 2);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_provider_is_called_before_its_credentials_expire() -> Test {
    let clock = Clock::default();
    clock.hold();
    let server = Server::start((0..4).map(|_| Reply::json(200, &room(1)))).await?;
    let calls = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&calls);
    let provide = move || {
        let number = counted.fetch_add(1, Ordering::Relaxed) + 1;
        async move {
            let secret = format!("secret-{number}");
            Ok(Authorization::basic(Credentials::account(ACCOUNT_SID, secret)).expires_in(Duration::from_secs(90)))
        }
    };
    let client = Client::builder().credentials_provider(provide).base_url(server.url()).build()?;
    for (advance, expected) in [(0, 1), (59, 1), (1, 2), (60, 3)] {
        tokio::time::advance(Duration::from_secs(advance)).await;
        client.room("x").fetch().await?;
        assert_eq!(calls.load(Ordering::Relaxed), expected);
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_fails_or_hangs_fails_the_call() -> Test {
    let server = Server::start([]).await?;
    let failing = || async { Err("the vault is sealed".into()) };
    let client = Client::builder().credentials_provider(failing).base_url(server.url()).build()?;
    let error = client.room("x").fetch().await.err().ok_or("no error")?;
    assert!(error.is_credentials() && !error.is_retryable(), "{error:?}");
    assert_eq!(error.to_string(), "the credentials could not be provided");
    let sources = std::iter::successors(std::error::Error::source(&error), |error| error.source());
    assert_eq!(sources.last().map(ToString::to_string).as_deref(), Some("the vault is sealed"));

    let hanging = std::future::pending::<Result<Authorization, Box<dyn std::error::Error + Send + Sync>>>;
    let client = Client::builder().credentials_provider(hanging).base_url(server.url()).build()?;
    let error = client.room("x").fetch().await.err().ok_or("no error")?;
    assert!(error.is_timeout() && server.seen().is_empty(), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn contradicting_credentials_are_rejected() -> Test {
    let provide = || async { Ok(Authorization::bearer("token")) };
    let message =
        |builder: ClientBuilder| builder.build().err().map(|error: Error| error.to_string()).unwrap_or_default();
    let both = Client::builder().credentials_provider(provide).credentials(Credentials::oauth(CLIENT_ID, "x"));
    assert_eq!(message(both), "both credentials and a provider of them were given: call one of both");
    let oauth = || Client::builder().credentials(Credentials::oauth(CLIENT_ID, OTHER_SECRET));
    assert!(message(oauth().token_url("http://a.example/")).contains("unencrypted"));
    let malformed = Client::builder().credentials(Credentials::oauth(OTHER_SECRET, CLIENT_ID));
    assert_eq!(message(malformed), "the client id must be `OQ` followed by 32 letters or digits");
    assert!(!format!("{:?} {:?}", oauth(), Authorization::bearer(OTHER_SECRET)).contains(OTHER_SECRET));
    Ok(())
}
