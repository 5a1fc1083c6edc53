//! The spans of the client, as an exporter of OpenTelemetry receives them.

use std::fmt::Write as _;
use std::time::Duration;

use opentelemetry::Value;
use opentelemetry::trace::{SpanKind, TracerProvider as _};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use serde_json::json;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use twilio_rooms::{Client, Error, Retry};

use crate::support::{Events, Reply, Server, Test, builder, room};

/// A span with the attributes that the client sets, in alphabetical order. The port differs from run to run.
fn shown(span: &SpanData) -> String {
    let is_location = |name: &str| ["code.", "thread."].iter().any(|prefix| name.starts_with(prefix));
    let is_own = |name: &str| !is_location(name) && !["busy_ns", "idle_ns", "level", "target"].contains(&name);
    let attributes = span.attributes.iter().filter(|attribute| is_own(attribute.key.as_str()));
    let mut attributes: Vec<String> = attributes
        .map(|attribute| match (attribute.key.as_str(), &attribute.value) {
            ("server.port", Value::I64(1..)) => "server.port: the port, a number".to_owned(),
            (key, Value::I64(number)) => format!("{key}: {number}"),
            (key, Value::String(text)) => format!("{key}: {:?}", text.as_str()),
            (key, value) => format!("{key}: {value:?}"),
        })
        .collect();
    attributes.sort();
    let mut shown = format!("{} ({:?}), {:?}\n", span.name, span.span_kind, span.status);
    for attribute in attributes {
        let _ = writeln!(shown, "  {attribute}");
    }
    for event in &span.events.events {
        let mut attributes: Vec<String> = event.attributes.iter().map(|one| one.key.to_string()).collect();
        attributes.retain(|name| is_own(name));
        let _ = writeln!(shown, "  event: {} with {}", event.name, attributes.join(", "));
    }
    shown
}

/// Returns the spans of some calls.
async fn spans(calls: impl AsyncFnOnce() -> Test) -> Result<Vec<SpanData>, Box<dyn std::error::Error>> {
    // `tracing` caches which events nobody wants: the subscriber of the other tests comes first.
    Events::install();
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    let of_client = filter_fn(|metadata| metadata.target().starts_with("twilio_rooms"));
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("tests")).with_filter(of_client);
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer));
    calls().await?;
    drop(guard);
    Ok(exporter.get_finished_spans()?)
}

#[tokio::test]
async fn spans_follow_the_semantic_conventions_of_http_clients() -> Test {
    let replies = [
        Reply::json(200, &room(1)),
        Reply::new(429, ""),
        Reply::json(201, &room(2)),
        Reply::json(404, &json!({ "code": 20404, "message": "not found" })),
        Reply::new(200, "no JSON"),
        Reply::json(200, &json!({})),
    ];
    let server = Server::start(replies).await?;
    let client = builder(&server).retry(Retry::new().base_delay(Duration::ZERO)).build()?;
    let spans = spans(async || {
        client.room("a secret name").fetch().await?;
        client.rooms().create().unique_name("another secret").await?;
        let missing: Option<Error> = client.room("x").participant("y").fetch().await.err();
        let odd = client.room("x").fetch().retry(Retry::none()).await.err();
        assert!(missing.is_some_and(|error| error.is_not_found()) && odd.is_some_and(|error| error.is_decode()));
        client.request("GET".parse()?, "/v1/Compositions/secret").send().await?;
        Ok(())
    })
    .await?;
    assert!(spans.iter().all(|span| span.span_kind == SpanKind::Client));
    let shown: Vec<String> = spans.iter().map(shown).collect();
    let shown = shown.join("\n");
    assert!(!shown.contains("secret"), "{shown}");
    insta::assert_snapshot!("spans_of_calls", shown);
    Ok(())
}

#[tokio::test]
async fn a_call_without_a_response_has_the_kind_of_its_error() -> Test {
    let server = Server::start([]).await?;
    let (url, builder): (String, _) = (server.url().to_owned(), builder(&server));
    drop(server);
    let client: Client = builder.retry(Retry::none()).build()?;
    let spans = spans(async || {
        let error = client.rooms().list().send().await.err().ok_or("there is no server any more")?;
        assert!(error.status().is_none(), "{error:?}");
        Ok(())
    })
    .await?;
    let attribute = |name: &str| {
        let attributes = spans.iter().flat_map(|span| &span.attributes);
        attributes.filter(|one| one.key.as_str() == name).map(|one| one.value.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(attribute("server.address"), ["127.0.0.1"]);
    assert!(url.ends_with(&format!(":{}", attribute("server.port").concat())));
    assert_eq!(attribute("url.template"), ["/v1/Rooms"]);
    assert!(attribute("http.response.status_code").is_empty() && attribute("http.request.resend_count").is_empty());
    assert_eq!(attribute("error.type").len(), 1);
    assert!(attribute("error.type").iter().all(|kind| !kind.contains(' ') && !kind.is_empty()));
    Ok(())
}
