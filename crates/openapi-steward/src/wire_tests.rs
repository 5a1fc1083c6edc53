//! Tests of the generated code: the requests that it sends, and the values that it decodes from responses.

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use serde_json::{Value, json};

use crate::generated::{Client, Error};
use crate::runtime::{Execute, Execution, Multipart, Part, Transport};
use crate::types::{
    Animal, Cat, CreateUploadRequest, Dog, NewFailure, NewFilter, NewSuccess, Pair, PairOutcome, Settings,
    SettingsLimits,
};

/// A transport that keeps the request, and answers with a status and a body.
#[derive(Debug)]
struct Server {
    answer: (u16, &'static str),
    requests: Mutex<Vec<reqwest::Request>>,
}

impl Execute for Server {
    fn execute<'a>(&'a self, request: reqwest::Request, _operation_id: &'static str) -> Execution<'a> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(request);
        Box::pin(async {
            let mut response = http::Response::new(reqwest::Body::from(self.answer.1));
            *response.status_mut() = http::StatusCode::from_u16(self.answer.0).unwrap_or_default();
            Ok(response.into())
        })
    }
}

fn client(status: u16, body: &'static str) -> (Client, Arc<Server>) {
    let server = Arc::new(Server { answer: (status, body), requests: Mutex::default() });
    let transport = Transport::new(server.clone());
    (Client::new_with_client("https://example.com", crate::tests::http_client(), transport), server)
}

/// Returns the output of a future that never waits, as those of the server.
fn ready<T>(future: impl Future<Output = T>) -> Result<T, String> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Ok(output),
        Poll::Pending => Err("the future waits".to_owned()),
    }
}

/// Returns the only request as text: its line, its headers in the order of their names, and its body.
fn sent(server: &Server) -> String {
    let requests = server.requests.lock().unwrap_or_else(PoisonError::into_inner);
    let [request] = requests.as_slice() else { return format!("{} requests", requests.len()) };
    let mut headers: Vec<String> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    headers.sort();
    let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
    let url = request.url();
    let url = url.as_str().strip_prefix("https://example.com").unwrap_or(url.as_str());
    format!("{} {url}\n{}\n\n{}", request.method(), headers.join("\n"), String::from_utf8_lossy(body))
}

#[test]
#[expect(deprecated, reason = "the fixture has a deprecated operation")]
fn parameters_are_sent_in_their_styles_and_a_body_with_its_media_type() -> Result<(), String> {
    let (client, server) = client(202, "");
    let filter = NewFilter { kind: Some("a&b".to_owned()), limit: Some(2) };
    let request = client
        .new()
        .ids(vec![1_i64, 2])
        .tags(vec!["x".to_owned(), "y,z".to_owned()])
        .filter(filter)
        .send2(serde_json::Map::from_iter([("a".to_owned(), json!(1))]))
        .path("/a?b=c,d&e")
        .note("a b")
        .x_labels(vec!["l".to_owned(), "m".to_owned()])
        .api_version("7")
        .session("s;1")
        .body(Animal::from(Cat::new(String::new())));
    let answer = ready(request.send())?.map_err(|error| error.to_string())?;
    assert!(matches!(answer.into_inner(), NewSuccess::Status202));
    let expected = "PUT /v1/Animals/1,2?filter[kind]=a%26b&filter[limit]=2&note=a%20b&path=/a?b=c,d%26e&send=%7B%22a%22%3A1%7D\
                    &tags=x,y%2Cz\n\
                    accept: application/hal+json, text/csv, application/problem+json, application/json\n\
                    api-version: 7\n\
                    content-type: application/vnd.animals+json\n\
                    cookie: session=s%3B1\n\
                    x-labels: l,m\n\n\
                    {\"kind\":\"cat\"}";
    assert_eq!(sent(&server), expected);
    Ok(())
}

#[test]
#[expect(deprecated, reason = "the fixture has a deprecated operation")]
fn what_is_optional_is_left_out() -> Result<(), String> {
    let (client, server) = client(202, "");
    ready(client.new().ids(vec![1_i64]).send())?.map_err(|error| error.to_string())?;
    let expected =
        "PUT /v1/Animals/1\naccept: application/hal+json, text/csv, application/problem+json, application/json\n\n";
    assert_eq!(sent(&server), expected);
    Ok(())
}

#[test]
#[expect(deprecated, reason = "the fixture has a deprecated operation")]
fn each_answer_has_its_type() -> Result<(), String> {
    let send = |status, body| {
        let (client, _) = client(status, body);
        ready(client.new().ids(vec![1_i64]).send())
    };
    let animal = send(200, r#"{"kind": "hound", "mood": null, "friends": [{"kind": "bird", "wings": 2}]}"#)?;
    let animal = animal.map_err(|error| error.to_string())?.into_inner();
    let NewSuccess::Status200(Animal::Dog(dog)) = animal else { return Err(format!("{animal:?}")) };
    let expected = Dog {
        friends: Some(vec![Animal::Unknown(json!({ "kind": "bird", "wings": 2 }))]),
        ..Dog::new("hound".to_owned())
    };
    assert_eq!(*dog, expected);
    assert!(matches!(
        send(203, "a,b")?.map(progenitor_client::ResponseValue::into_inner),
        Ok(NewSuccess::Status203(_))
    ));
    match send(400, r#"{"detail": "no"}"#)? {
        Err(Error::ErrorResponse(error)) => match error.into_inner() {
            NewFailure::Status400(problem) => assert_eq!(problem.detail.as_deref(), Some("no")),
            other => return Err(format!("{other:?}")),
        },
        other => return Err(format!("{:?}", other.map(progenitor_client::ResponseValue::into_inner))),
    }
    match send(502, "<html>")? {
        Err(Error::UnexpectedResponse(response)) => {
            assert_eq!((response.status().as_u16(), response.url().host_str()), (502, Some("no.url.provided.local")));
            assert_eq!(ready(response.text())?.ok().as_deref(), Some("<html>"));
        }
        other => return Err(format!("{:?}", other.map(progenitor_client::ResponseValue::into_inner))),
    }
    match send(500, r#"["no"]"#)? {
        Err(Error::ErrorResponse(error)) => assert!(matches!(error.into_inner(), NewFailure::Default(_))),
        other => return Err(format!("{:?}", other.map(progenitor_client::ResponseValue::into_inner))),
    }
    Ok(())
}

#[test]
fn a_union_without_a_discriminator_is_read_as_what_loses_nothing() -> Result<(), serde_json::Error> {
    let limits = |value: Value| serde_json::from_value::<SettingsLimits>(value);
    assert_eq!(limits(json!(7))?, SettingsLimits::Integer(7));
    assert!(matches!(limits(json!({ "from": 1 }))?, SettingsLimits::Variant2(_)));
    assert!(matches!(limits(json!({ "from": 1, "to": 2 }))?, SettingsLimits::Variant3(_)));
    assert_eq!(limits(json!(["a"]))?, SettingsLimits::List(vec!["a".to_owned()]));
    assert_eq!(limits(json!([1]))?, SettingsLimits::Unknown(json!([1])));
    for value in [json!({ "from": 1, "to": 2 }), json!(true), json!({ "to": 2 })] {
        assert_eq!(serde_json::to_value(limits(value.clone())?)?, value);
    }
    Ok(())
}

#[test]
fn a_required_null_is_written_and_names_in_json_are_kept() -> Result<(), serde_json::Error> {
    let dog = serde_json::to_value(Animal::from(Dog::new("hound".to_owned())))?;
    assert_eq!(dog, json!({ "kind": "hound", "mood": null }));
    let settings: Settings = serde_json::from_value(json!({ "+1": 1, "-1": 2 }))?;
    assert_eq!((settings.x1, settings.minus_1), (Some(1), Some(2)));
    assert_eq!(serde_json::to_value(settings)?, json!({ "+1": 1, "-1": 2 }));
    Ok(())
}

#[test]
fn a_value_is_written_as_it_was_read() -> Result<(), serde_json::Error> {
    let whole = json!({
        "name": "a", "next": { "name": "b" }, "weight": 1_234_567.89, "size": u64::MAX, "state": "Err", "other": [1, null],
    });
    let pair: Pair = serde_json::from_value(whole.clone())?;
    assert_eq!(serde_json::to_value(&pair)?, whole);
    assert_eq!(serde_json::to_value(Pair::new("a".to_owned()))?, json!({ "name": "a" }));
    let outcome: PairOutcome = serde_json::from_value(json!({ "ok": false }))?;
    assert!(matches!(outcome, PairOutcome::Variant2(_)), "{outcome:?}");
    assert_eq!(serde_json::to_value(outcome)?, json!({ "ok": false }));
    Ok(())
}

#[test]
fn a_body_of_several_parts_has_them_with_their_media_types() -> Result<(), String> {
    let (client, server) = client(201, "{}");
    let mut body = CreateUploadRequest::new(Part::new("\u{1}\u{2}").file_name("a.png"));
    body.title = Some("A title".to_owned());
    body.settings = Some(Settings { x1: Some(1), ..Settings::default() });
    body.taken = "2026-11-01T02:03:04Z".parse().ok();
    body.cats = Some(vec![Cat::new("a".to_owned()), Cat::new("b".to_owned())]);
    body.sidecar = Some("<rating>5</rating>".to_owned());
    body.extra = Multipart::new().texts("other", None, Some(7));
    ready(client.create_upload().body(body).send())?.map_err(|error| error.to_string())?;
    let sent = sent(&server);
    let boundary =
        sent.split_once("boundary=").and_then(|(_, rest)| rest.lines().next()).unwrap_or_default().to_owned();
    let expected = "POST /v1/Uploads\naccept: application/json\ncontent-type: multipart/form-data; boundary=B\n\n\
         --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\u{1}\u{2}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA title\r\n\
         --B\r\nContent-Disposition: form-data; name=\"settings\"\r\nContent-Type: application/json\r\n\r\n{\"+1\":1}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"taken\"\r\n\r\n2026-11-01T02:03:04Z\r\n\
         --B\r\nContent-Disposition: form-data; name=\"cats\"\r\nContent-Type: application/json\r\n\r\n{\"kind\":\"a\"}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"cats\"\r\nContent-Type: application/json\r\n\r\n{\"kind\":\"b\"}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"sidecar\"\r\nContent-Type: application/xml\r\n\r\n<rating>5</rating>\r\n\
         --B\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n7\r\n\
         --B--\r\n";
    assert_eq!(sent.replace(&boundary, "B"), expected);
    Ok(())
}

#[test]
fn a_body_of_parts_without_names_has_any() -> Result<(), String> {
    let (client, server) = client(204, "");
    let body = Multipart::new().files("a", None, [Part::new("b")]);
    ready(client.append_uploads().body(body).send())?.map_err(|error| error.to_string())?;
    assert!(
        sent(&server).contains("name=\"a\"; filename=\"file\"\r\nContent-Type: application/octet-stream\r\n\r\nb\r\n")
    );
    Ok(())
}

#[test]
fn a_form_with_styles_is_sent_in_them() -> Result<(), String> {
    let (client, server) = client(204, "");
    let limits = serde_json::from_value(json!({ "from": 1, "to": 2 })).map_err(|error| error.to_string())?;
    let body = Settings { limits: Some(limits), x1: Some(5), ..Settings::default() };
    ready(client.replace_settings().body(body).send())?.map_err(|error| error.to_string())?;
    let expected =
        "PUT /v1/Uploads\ncontent-type: application/x-www-form-urlencoded\n\nlimits[from]=1&limits[to]=2&%2B1=5";
    assert_eq!(sent(&server), expected);
    Ok(())
}

#[test]
fn parameters_of_a_path_keep_their_places() -> Result<(), String> {
    let (client, server) = self::client(200, r#"{"name": "a"}"#);
    let request = client.fetch_pair().id("1").id2("2").id22("3");
    ready(request.send())?.map_err(|error| error.to_string())?;
    assert_eq!(sent(&server), "GET /v1/Pairs/1/2/3\naccept: application/json\n\n");
    for lost in ["", ".", ".."] {
        let request = client.fetch_pair().id("1").id2(lost).id22("3");
        let error = ready(request.send())?.map_err(|error| error.to_string()).err().unwrap_or_default();
        assert!(error.contains("in the place of `{id}`"), "{error}");
    }
    Ok(())
}

#[test]
fn methods_that_the_client_of_http_has_no_function_for_are_sent() -> Result<(), String> {
    let (client, server) = self::client(200, "");
    ready(client.trace_animals().ids("a/b").send())?.map_err(|error| error.to_string())?;
    assert_eq!(sent(&server), "TRACE /v1/Animals/a%2Fb\n\n\n");
    let (client, server) = self::client(204, "");
    ready(client.list_animal_methods().ids("a").send())?.map_err(|error| error.to_string())?;
    assert_eq!(sent(&server), "OPTIONS /v1/Animals/a\n\n\n");
    Ok(())
}
