//! Status callbacks as arguments of axum's handlers, and bodies that are no forms.

use axum::Router;
use axum::routing::post;
use tokio::net::TcpListener;
use twilio_rooms::http::Method;
use twilio_rooms::{Callback, CallbackEndpoint, CallbackEvent, CallbackValidator};
use twilio_rooms_sandbox::Sandbox;

use crate::support::{AUTH_TOKEN, Test, client_of, http_client_builder, root, start};

async fn receive(callback: Callback) -> String {
    callback.event.to_string()
}

/// Starts a server with the extractor, and returns the URL of its handler.
async fn serve(auth_token: &str) -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/rooms", listener.local_addr()?);
    let endpoint = CallbackEndpoint::new(format!("{url}?ignored"), auth_token);
    let router = Router::new().route("/rooms", post(receive).get(receive)).with_state(endpoint);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

#[tokio::test]
async fn a_handler_gets_verified_callbacks() -> Test {
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let url = serve(sandbox.auth_token()).await?;
    let rooms = client_of(&sandbox).build()?.rooms();
    for (number, (method, query)) in
        [("POST", ""), ("POST", "?tenant=1"), ("GET", ""), ("GET", "?a=b")].into_iter().enumerate()
    {
        rooms.create().status_callback(format!("{url}{query}")).status_callback_method(method).await?;
        let deliveries = sandbox.wait_for_deliveries(number + 1).await;
        assert_eq!(deliveries.last().and_then(|delivery| delivery.status), Some(200), "{method} {query}");
    }
    Ok(())
}

#[tokio::test]
async fn other_requests_never_reach_a_handler() -> Test {
    let (url, misconfigured) = (serve(AUTH_TOKEN).await?, serve("").await?);
    let http = http_client_builder().no_proxy().build()?;
    let form = "StatusCallbackEvent=room-created";
    let status = async |url: &str, method: Method, body: String| {
        let request = http.request(method, url).header("x-twilio-signature", "Zm9yZ2Vk").body(body);
        request.send().await.map(|response| response.status().as_u16())
    };
    assert_eq!(status(&url, Method::POST, form.to_owned()).await?, 403);
    assert_eq!(status(&format!("{url}?{form}"), Method::GET, String::new()).await?, 403);
    assert_eq!(status(&url, Method::POST, "x".repeat(65 << 10)).await?, 413);
    assert_eq!(status(&url, Method::POST, "x".repeat(64 << 10)).await?, 403);
    assert_eq!(status(&misconfigured, Method::POST, form.to_owned()).await?, 500);
    Ok(())
}

#[test]
fn a_body_that_is_no_form_is_verified_by_its_hash() -> Test {
    // The example in the vendor's documentation of signatures.
    let hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    let url = format!("https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256={hash}");
    let (body, signature) = ("{\"property\": \"value\", \"boolean\": true}", "a9nBmqA0ju/hNViExpshrM61xv4=");
    let validator = CallbackValidator::new("12345");
    validator.verify_body(&url, body, Some(signature))?;
    validator.verify_body(&url.replace(".com/", ".com:443/"), body, Some(signature))?;
    for (url, body, signature) in [
        (url.as_str(), "{}", Some(signature)),
        (url.as_str(), body, Some("Zm9yZ2Vk")),
        (url.as_str(), body, None),
        ("https://mycompany.com/myapp.php?foo=1&bar=2", body, Some(signature)),
        (url.replace("foo=1", "foo=2").as_str(), body, Some(signature)),
    ] {
        let error = validator.verify_body(url, body, signature).err().ok_or("no error")?;
        assert!(error.is_signature());
    }
    assert!(CallbackValidator::new("").verify_body(&url, body, Some(signature)).is_err_and(|error| error.is_config()));
    assert_eq!(CallbackEvent::from("room-created"), CallbackEvent::RoomCreated);
    Ok(())
}

#[test]
fn the_section_of_the_readme_is_the_example() -> Test {
    let read = |path: &str| std::fs::read_to_string(root().join(path));
    let (readme, example) = (read("README.md")?, read("crates/twilio-rooms/examples/receive_webhooks.rs")?);
    let section = readme.split_once("\n## Webhooks\n").ok_or("no section")?.1;
    let block =
        section.split_once("```rust,no_run\n").and_then(|(_, rest)| rest.split_once("```")).ok_or("no block")?.0;
    // The example begins with what it is for, and what it is run with.
    let program = example.find("use std::error::Error;").map(|start| &example[start..]);
    assert_eq!(Some(block), program);
    Ok(())
}
