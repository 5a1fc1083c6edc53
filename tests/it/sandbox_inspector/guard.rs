//! The requests that the inspector accepts.

use std::fmt::Write as _;

use serde_json::json;
use twilio_rooms_sandbox::Sandbox;

use super::{Inspector, Result};
use crate::support::{Test, start};

const PATHS: [&str; 6] = [
    "/sandbox",
    "/sandbox/inspector/events",
    "/sandbox/inspector/requests/1",
    "/sandbox/inspector/callbacks/1",
    "/sandbox/inspector/rooms",
    "/sandbox/inspector/rooms/x",
];

/// A table of the headers of requests, and of the answers to them.
async fn table(inspector: &Inspector, cases: &[(&str, &str, &[&str])]) -> Result<String> {
    let port = inspector.host.rsplit(':').next().unwrap_or_default();
    let mut table = String::new();
    for (method, target, headers) in cases {
        let sent: Vec<String> = headers.iter().map(|header| header.replace("PORT", port)).collect();
        let sent: Vec<&str> = sent.iter().map(String::as_str).collect();
        let body = if *method == "POST" { r#"{"fault":"html"}"# } else { "" };
        let answer = inspector.request(method, &target.replace("PORT", port), &sent, body).await?;
        let message = answer.message().replace(port, "PORT");
        writeln!(table, "{method} {target} {headers:?}\n    {} {message}", answer.status)?;
    }
    Ok(table)
}

#[tokio::test]
async fn only_the_names_of_this_machine_lead_to_the_inspector() -> Test {
    let inspector = Inspector::start().await?;
    let cases: [(&str, &str, &[&str]); 12] = [
        ("GET", "/sandbox", &["Host: 127.0.0.1:PORT"]),
        ("GET", "/sandbox", &["Host: localhost:PORT"]),
        ("GET", "/sandbox", &["Host: [::1]:PORT"]),
        ("GET", "/sandbox", &["Host: 127.0.0.1"]),
        ("GET", "/sandbox", &["Host: rebound.example:PORT"]),
        ("GET", "/sandbox", &["Host: localhost.rebound.example:PORT"]),
        ("GET", "/sandbox", &["Host: 192.0.2.1:PORT"]),
        ("GET", "/sandbox", &["Host: 127.0.0.1:1"]),
        ("GET", "/sandbox", &["Host: 127.0.0.1:PORT", "Host: rebound.example:PORT"]),
        ("GET", "http://rebound.example:PORT/sandbox", &["Host: 127.0.0.1:PORT"]),
        ("GET", "/sandbox/inspector/rooms", &["Host: rebound.example:PORT", "Origin: http://rebound.example:PORT"]),
        ("GET", "/sandbox/inspector/nothing", &["Host: rebound.example:PORT"]),
    ];
    insta::assert_snapshot!(table(&inspector, &cases).await?);
    for path in PATHS {
        let answer = inspector.request("GET", path, &["Host: rebound.example:80"], "").await?;
        assert_eq!(answer.status, 403, "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn no_page_of_another_origin_gets_an_answer() -> Test {
    let inspector = Inspector::start().await?;
    let host = "Host: localhost:PORT";
    let cases: [(&str, &str, &[&str]); 10] = [
        ("GET", "/sandbox/inspector/rooms", &[host, "Origin: http://localhost:PORT"]),
        ("GET", "/sandbox/inspector/rooms", &[host, "Sec-Fetch-Site: same-origin"]),
        ("GET", "/sandbox/inspector/rooms", &[host, "Sec-Fetch-Site: none"]),
        ("GET", "/sandbox/inspector/rooms", &[host, "Sec-Fetch-Site: same-site"]),
        ("GET", "/sandbox/inspector/rooms", &[host, "Sec-Fetch-Site: cross-site"]),
        ("GET", "/sandbox/inspector/rooms", &[host, "Origin: null"]),
        ("GET", "/sandbox/inspector/rooms", &[host, "Origin: http://127.0.0.1:PORT"]),
        ("GET", "/sandbox/inspector/rooms", &[host, "Origin: https://localhost:PORT"]),
        ("GET", "/sandbox", &[host, "Sec-Fetch-Site: cross-site"]),
        ("GET", "/sandbox", &[host, "Origin: http://elsewhere.example"]),
    ];
    insta::assert_snapshot!(table(&inspector, &cases).await?);
    Ok(())
}

#[tokio::test]
async fn only_a_script_of_the_page_changes_something() -> Test {
    let inspector = Inspector::start().await?;
    let path = "/sandbox/inspector/actions/inject-fault";
    let (host, origin) = ("Host: 127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT");
    let (own, json) = ("Sandbox-Inspector: 1", "Content-Type: application/json");
    let refused: [(&str, &str, &[&str]); 14] = [
        ("POST", path, &[host, own, json]),
        ("POST", path, &[host, origin, json]),
        ("POST", path, &[host, origin, own]),
        ("POST", path, &[host, origin, own, "Content-Type: text/plain"]),
        ("POST", path, &[host, origin, own, "Content-Type: application/x-www-form-urlencoded"]),
        ("POST", path, &[host, origin, own, "Content-Type: application/jsonp"]),
        ("POST", path, &[host, "Origin: http://elsewhere.example", own, json]),
        ("POST", path, &[host, origin, "Sec-Fetch-Site: cross-site", own, json]),
        ("POST", path, &[host, "Sec-Fetch-Site: none", own, json]),
        ("POST", path, &["Host: rebound.example:PORT", "Origin: http://rebound.example:PORT", own, json]),
        ("GET", path, &[host, origin, own, json]),
        ("PUT", path, &[host, origin, own, json]),
        ("DELETE", path, &[host, origin, own, json]),
        ("OPTIONS", path, &[host, "Origin: http://elsewhere.example", "Access-Control-Request-Method: POST"]),
    ];
    insta::assert_snapshot!(table(&inspector, &refused).await?);
    let state = inspector.live("").await?.until("state", |_| true).await?;
    assert_eq!(state.data["faults"], json!([]), "no refused request has injected a fault");
    for accepted in [&[host, origin, own, json][..], &[host, "Sec-Fetch-Site: same-origin", own, json]] {
        assert!(table(&inspector, &[("POST", path, accepted)]).await?.contains(" 204 "));
    }
    let accepted: [(&str, &str, &[&str]); 1] =
        [("POST", "/sandbox/inspector/clear", &[host, origin, own, "Content-Type: Application/JSON ; charset=utf-8"])];
    assert!(table(&inspector, &accepted).await?.contains(" 204 "));
    let state = inspector.live("").await?.until("state", |_| true).await?;
    assert_eq!(state.data["faults"].as_array().map(Vec::len), Some(2));
    Ok(())
}

#[tokio::test]
async fn every_response_has_a_policy_and_none_is_shared() -> Test {
    let inspector = Inspector::start().await?;
    for path in PATHS.into_iter().filter(|path| !path.ends_with("events")) {
        let answer = inspector.get(path).await?;
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert!(!answer.head.to_lowercase().contains("access-control"), "{path}");
        assert!(!answer.head.to_lowercase().contains("set-cookie"), "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn the_inspector_of_a_sandbox_that_others_can_reach_refuses_everything() -> Test {
    let inspector = Inspector::of(Sandbox::builder().rooms(0).host("0.0.0.0".parse()?)).await?;
    assert_eq!(inspector.sandbox.inspector_url(), None);
    inspector.api("GET", "/v1/Rooms", "").await?;
    for path in PATHS {
        let answer = inspector.get(path).await?;
        let message = format!(
            "The inspector is for this machine only, and the sandbox listens on {}, which is not a loopback address",
            inspector.host
        );
        assert_eq!((answer.status, answer.message()), (403, message), "{path}");
    }
    assert_eq!(inspector.act("actions/clear-faults", &json!({})).await?.status, 403);
    Ok(())
}

#[tokio::test]
async fn a_sandbox_without_the_inspector_has_neither_its_page_nor_its_endpoints() -> Test {
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    assert_eq!(sandbox.inspector_url(), None);
    let host = sandbox.url().trim_start_matches("http://").to_owned();
    let plain = Inspector { sandbox, host };
    for path in PATHS {
        assert_eq!(plain.get(path).await?.status, 401, "{path} is a path of the API");
        assert_eq!(plain.api("GET", path, "").await?.status, 404, "{path} is a path of the API");
    }
    assert_eq!(plain.act("actions/clear-faults", &json!({})).await?.status, 401);
    assert_eq!(plain.sandbox.requests(), 13);
    Ok(())
}

#[tokio::test]
async fn the_control_endpoints_are_for_programs_and_not_for_pages_of_other_origins() -> Test {
    let sandbox = start(Sandbox::builder().rooms(0)).await?;
    let host = sandbox.url().trim_start_matches("http://").to_owned();
    let plain = Inspector { sandbox, host };
    let form = "Content-Type: application/x-www-form-urlencoded";
    let port = plain.host.rsplit(':').next().unwrap_or_default();
    let (own, rebound) = (format!("Host: {}", plain.host), format!("Host: rebound.example:{port}"));
    let rebound_origin = format!("Origin: http://rebound.example:{port}");
    let own_origin = format!("Origin: http://{}", plain.host);
    let cases: [(u16, &[&str]); 7] = [
        (204, &[&own, form]),
        (204, &["Host: sandbox:8080", form]),
        (204, &[&own, &own_origin, form]),
        (403, &[&own, "Origin: http://elsewhere.example", form]),
        (403, &[&own, "Origin: null", form]),
        (403, &[&rebound, &rebound_origin, form]),
        (403, &[&own, "Sec-Fetch-Site: cross-site", form]),
    ];
    for (status, headers) in cases {
        for (method, path) in [("POST", "/sandbox/latency"), ("DELETE", "/sandbox/faults")] {
            let answer = plain.request(method, path, headers, "milliseconds=0").await?;
            assert_eq!(answer.status, status, "{method} {path} {headers:?}");
        }
    }
    Ok(())
}
