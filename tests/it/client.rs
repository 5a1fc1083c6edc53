//! The client: its configuration, its thread safety, and its protection of credentials.

use std::time::Duration;

use tokio::io::AsyncReadExt;
use twilio_rooms::{Client, ClientBuilder, Credentials, Error, Items, List, Retry, Room, Rooms};

use crate::support::{
    AUTH_TOKEN, AUTHORIZATION, Clock, Reply, Server, Test, client, credentials, http_client_builder, page,
};

#[test]
fn public_types_are_send() {
    fn send_and_sync<T: Send + Sync>() {}
    fn send<T: Send>() {}
    send_and_sync::<Client>();
    send_and_sync::<ClientBuilder>();
    send_and_sync::<Credentials>();
    send_and_sync::<Error>();
    send_and_sync::<List<Room>>();
    send_and_sync::<Room>();
    send_and_sync::<Rooms>();
    send::<Items<Room>>();
}

#[tokio::test]
async fn calls_and_streams_can_be_spawned() -> Test {
    let server = Server::start([Reply::json(200, &page([1], None)), Reply::json(200, &page([1], None))]).await?;
    let client = client(&server)?;
    let rooms = client.rooms();
    assert_eq!(tokio::spawn(rooms.list().collect()).await??.len(), 1);
    let mut stream = rooms.list().stream();
    assert!(tokio::spawn(async move { stream.next().await }).await?.is_some_and(|room| room.is_ok()));
    Ok(())
}

#[tokio::test]
async fn neither_debug_output_nor_errors_show_the_secret() -> Test {
    let server = Server::start([Reply::new(401, "{}")]).await?;
    let builder = Client::builder().credentials(credentials()).base_url(server.url());
    let client = builder.clone().build()?;
    let error = client.rooms().list().send().await.err().ok_or("no error")?;
    let list = client.rooms().list();
    let output = format!("{builder:?} {client:?} {list:?} {:?} {error:?} {error}", list.clone().stream());
    let with_password = Client::builder().base_url("https://AC1:hunter2@video.twilio.com");
    let with_query = Client::builder().base_url("https://video.twilio.com/?token=hunter2");
    let output = format!(
        "{output} {with_password:?} {with_query:?} {:?}",
        with_query.clone().credentials(credentials()).build()
    );
    assert!(!output.contains("hunter2"), "{output}");
    let encoded = AUTHORIZATION.trim_start_matches("Basic ");
    assert!(!output.contains(AUTH_TOKEN) && !output.contains(encoded), "{output}");
    Ok(())
}

#[tokio::test]
async fn a_redirect_that_a_custom_http_client_follows_is_an_error_and_leaks_no_credentials() -> Test {
    let elsewhere = Server::start([Reply::json(200, &page([1], None))]).await?;
    // reqwest drops the credentials, since the host name differs.
    let target = elsewhere.url().replace("127.0.0.1", "localhost");
    let server = Server::start([Reply::new(307, "").header("location", format!("{target}/v1/Rooms"))]).await?;
    let follows = http_client_builder().no_proxy().build()?;
    let builder = Client::builder().credentials(credentials()).base_url(server.url()).http_client(follows);
    let error = builder.build()?.rooms().list().send().await.err().ok_or("no error")?;
    insta::assert_snapshot!("a_followed_redirect", error.to_string().replace(&target, "[elsewhere]"));
    assert!(elsewhere.seen().iter().all(|seen| !seen.headers.contains_key("authorization")));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_slow_response_is_a_timeout() -> Test {
    let clock = Clock::default();
    clock.hold();
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", silent.local_addr()?);
    let builder = Client::builder().credentials(credentials()).base_url(&url).retry(Retry::none());
    let builder = builder.timeout(Duration::from_millis(20));
    let receiving = async {
        let (mut stream, _) = silent.accept().await?;
        stream.read_buf(&mut Vec::with_capacity(4096)).await?;
        // The request is here, and there will be no response.
        clock.release();
        Ok::<_, std::io::Error>(stream)
    };
    let (result, _stream) = tokio::join!(builder.build()?.rooms().list().send(), receiving);
    let error = result.err().ok_or("no error")?;
    assert!(error.is_timeout() && error.is_retryable() && !error.is_connect(), "{error:?}");
    assert_eq!(error.to_string(), format!("no complete response from {url} within 20ms"));
    Ok(())
}

#[test]
fn a_misconfigured_client_is_rejected() {
    let valid = || Client::builder().credentials(credentials());
    let cases = [
        Client::builder(),
        Client::builder().credentials(Credentials::account("me", "secret")),
        valid().region("not a region"),
        valid().edge("dublin.evil.example"),
        valid().base_url("http://video.twilio.com"),
        valid().base_url("video.twilio.com"),
        valid().user_agent("line\nbreak"),
        valid().http_client(http_client_builder().build().unwrap_or_default()).connect_timeout(Duration::from_secs(1)),
    ];
    let messages: Vec<String> = cases
        .into_iter()
        .map(|builder| builder.build().map_or_else(|error| error.to_string(), |_| "accepted".to_owned()))
        .collect();
    insta::assert_snapshot!("misconfigured_clients", messages.join("\n"));
}
