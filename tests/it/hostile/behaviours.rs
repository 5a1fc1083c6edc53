//! The behaviours of the hostile server.

use std::sync::Arc;

use super::SID;
use super::behaviour::{Behaviour, End, Respond, complete, message, raw};

/// All behaviours.
pub(super) fn behaviours() -> Vec<Behaviour> {
    let mut all = statuses();
    all.extend(successes());
    all.extend(error_bodies());
    all.extend(headers());
    all.extend(framings());
    all.extend(pages());
    all.extend(echoes());
    all
}

fn statuses() -> Vec<Behaviour> {
    let codes = [
        100, 101, 102, 103, 199, 201, 202, 203, 204, 205, 206, 226, 299, 300, 301, 302, 303, 304, 305, 307, 308, 399,
        400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 418, 421, 422, 425, 426, 428,
        429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 511, 520, 599, 600, 999,
    ];
    let body = r#"{"code": 20404, "message": "a message", "status": 404}"#;
    codes.iter().map(|code| complete(format!("status {code}"), &format!("{code} Status"), "", body)).collect()
}

fn successes() -> Vec<Behaviour> {
    let (deep, long) = ("[".repeat(50_000), "x".repeat(500_000));
    let room = format!(r#"{{"sid": "{SID}", "status": "in-progress"}}"#);
    let mut bodies: Vec<(String, Vec<u8>)> = [
        "",
        " ",
        "null",
        "true",
        "7",
        "-",
        "\"",
        "\"text\"",
        "[]",
        "{}",
        "[{}]",
        "{",
        "}",
        "{]",
        "{\"sid\"}",
        "{\"sid\":}",
        "{\"sid\":null}",
        "{\"sid\":7}",
        "{\"sid\":[]}",
        "{\"sid\":\"\"}",
        "{\"sid\":\"RM1\"}",
        "{\"sid\":\"RM1\",}",
        "{\"sid\":\"RM1\"}{}",
        "{\"sid\":\"RM1\"} text",
        "{\"sid\":\"\\ud800\"}",
        "{\"sid\":\"\\x\"}",
        "{\"sid\":\"\n\"}",
        "{'sid': 'RM1'}",
        "{\"sid\":\"RM1\",\"sid\":\"RM2\"}",
        "{\"sid\":\"RM1\",\"duration\":1e400}",
        "{\"sid\":\"RM1\",\"duration\":-1}",
        "{\"sid\":\"RM1\",\"duration\":0.5}",
        "{\"sid\":\"RM1\",\"duration\":\"7\"}",
        "{\"sid\":\"RM1\",\"duration\":99999999999999999999999}",
        "{\"sid\":\"RM1\",\"date_created\":\"never\"}",
        "{\"sid\":\"RM1\",\"date_created\":\"+275760-09-13T00:00:00Z\"}",
        "{\"sid\":\"RM1\",\"links\":[]}",
        "{\"sid\":\"RM1\",\"video_codecs\":{}}",
        "{\"meta\":{}}",
        "{\"rooms\":[]}",
        "{\"meta\":null,\"rooms\":null}",
        "{\"meta\":{},\"rooms\":{}}",
        "{\"meta\":{},\"rooms\":[null]}",
        "{\"meta\":{},\"rooms\":[7]}",
        "{\"meta\":{},\"rooms\":[{}]}",
        "{\"meta\":{},\"rooms\":[{\"sid\":\"RM1\"}",
        "{\"meta\":{\"page\":-1},\"rooms\":[]}",
        "<!doctype html><p>Welcome</p>",
        "<?xml version=\"1.0\"?><Room/>",
        "event: x\ndata: {}\n\n",
        "\u{feff}{\"sid\":\"RM1\"}",
        "NaN",
        "undefined",
        "{\"sid\":\"a\r\nb\u{1b}[31m\u{202e}\",\"duration\":\"\u{202e}\r\n\"}",
        "--\r\nContent-Type: a\r\n",
    ]
    .into_iter()
    .map(|body| (format!("body {body}"), body.into()))
    .collect();
    bodies.extend([
        ("deep list".to_owned(), deep.clone().into_bytes()),
        ("deep object".to_owned(), format!("{{\"sid\":\"RM1\",\"links\":{}", "{\"a\":".repeat(50_000)).into_bytes()),
        ("long text".to_owned(), format!("{{\"sid\":\"RM1\",\"duration\":\"{long}\"}}").into_bytes()),
        ("long key".to_owned(), format!("{{\"sid\":\"RM1\",\"links\":{{\"{long}\":7}}}}").into_bytes()),
        ("long sid".to_owned(), format!("{{\"sid\":\"{long}\"}}").into_bytes()),
        ("over the limit".to_owned(), vec![b' '; 2 << 20]),
        ("not UTF-8".to_owned(), b"{\"sid\":\"\xff\xfe\"}".to_vec()),
        ("UTF-16".to_owned(), room.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("NUL bytes".to_owned(), vec![0; 1000]),
        ("gzip".to_owned(), b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec()),
        ("the room".to_owned(), room.clone().into_bytes()),
        ("another room".to_owned(), room.replace("RM0", "RM1").into_bytes()),
    ]);
    bodies
        .into_iter()
        .map(|(name, body)| complete(name, "200 OK", "Content-Type: application/json\r\n", body))
        .collect()
}

fn error_bodies() -> Vec<Behaviour> {
    let (deep, long) = ("[".repeat(50_000), "x\r\n\u{1b}[2J\u{202e}".repeat(20_000));
    let bodies = [
        String::new(),
        "{".to_owned(),
        "null".to_owned(),
        "[]".to_owned(),
        format!("{{\"code\": 53113, \"message\": \"{long}\"}}"),
        format!("{{\"code\": 53113, \"detail\": {deep}"),
        format!("{{\"message\": {deep}, \"code\": 53113}}"),
        format!("<html>{long}</html>"),
        "{\"code\": \"53113\"}".to_owned(),
        "{\"code\": 1e400, \"message\": \"\\ud800\"}".to_owned(),
        "{\"code\": -1, \"message\": null, \"status\": \"x\"}".to_owned(),
        "{\"title\": \"a\\r\\nb\", \"type\": \"https://a.example\", \"status\": 7}".to_owned(),
        "{\"params\": {\"twilioErrorCodeUrl\": [1]}, \"userError\": 7}".to_owned(),
        "{\"message\": {\"message\": {\"message\": \"deep\"}}}".to_owned(),
        "{\"code\": 53112, \"message\": \"Status is invalid\"} and more".to_owned(),
    ];
    let with = |status: &'static str| {
        let bodies = bodies.iter().enumerate();
        bodies.map(move |(index, body)| complete(format!("{status}, error body {index}"), status, "", body))
    };
    with("400 Bad Request").chain(with("503 Service Unavailable")).collect()
}

fn headers() -> Vec<Behaviour> {
    let long = "y".repeat(50_000);
    let retry_after =
        ["0", "1", "-1", "1e9", "18446744073709551616", "soon", "Mon, 06 Nov 1994 08:49:37 GMT", "\x01", ""];
    let mut all: Vec<Behaviour> = retry_after
        .iter()
        .map(|value| {
            complete(format!("Retry-After {value:?}"), "429 Too Many", &format!("Retry-After: {value}\r\n"), "{}")
        })
        .collect();
    let locations =
        ["", "/", "//a.example", "https://a.example/?t=x", "javascript:alert(1)", "http://[", "a\tb", "\u{ff}"];
    all.extend(
        locations
            .iter()
            .map(|value| complete(format!("Location {value:?}"), "302 Found", &format!("Location: {value}\r\n"), "")),
    );
    all.extend([
        complete("long request id", "500 Error", &format!("Twilio-Request-Id: {long}\r\n"), "{}"),
        complete("control in request id", "500 Error", "Twilio-Request-Id: a\tb\r\n", "{}"),
        complete("many headers", "200 OK", &"X-A: b\r\n".repeat(90), "{}"),
        complete("too many headers", "200 OK", &"X-A: b\r\n".repeat(2000), "{}"),
        complete("header of a megabyte", "200 OK", &format!("X-A: {}\r\n", "z".repeat(1 << 20)), "{}"),
        complete("unknown encoding", "200 OK", "Content-Encoding: zstd, rot13\r\n", "{}"),
        complete("gzip that is none", "200 OK", "Content-Encoding: gzip\r\n", "{}"),
        complete("cookies", "200 OK", "Set-Cookie: a=b; Domain=twilio.com\r\n", "{}"),
        complete("another protocol", "426 Upgrade", "Upgrade: h2c\r\nConnection: Upgrade\r\n", ""),
        complete("NUL in a header", "200 OK", "X-A: a\0b\r\n", "{}"),
        complete("a space before the colon", "200 OK", "X-A : b\r\n", "{}"),
        complete("a folded header", "200 OK", "X-A: b\r\n c\r\n", "{}"),
    ]);
    all
}

fn framings() -> Vec<Behaviour> {
    let body = format!(r#"{{"sid": "{SID}"}}"#);
    let ok = |headers: &str, body: &str| format!("HTTP/1.1 200 OK\r\n{headers}\r\n{body}");
    let chunked = |chunks: &str| ok("Transfer-Encoding: chunked\r\n", chunks);
    let mut all = Vec::new();
    for (name, response) in [
        ("nothing", String::new()),
        ("a line break", "\r\n".to_owned()),
        ("garbage", "\u{1}\u{2}\u{3}\r\n\r\n".to_owned()),
        ("a TLS record", "\u{16}\u{3}\u{1}\u{0}\u{5}".to_owned()),
        ("SSH", "SSH-2.0-OpenSSH_9.9\r\n".to_owned()),
        ("HTTP/0.9", body.clone()),
        ("HTTP/1.0", format!("HTTP/1.0 200 OK\r\n\r\n{body}")),
        ("HTTP/2.0", format!("HTTP/2.0 200 OK\r\n\r\n{body}")),
        ("HTTP/3", "HTTP/3 200\r\n\r\n".to_owned()),
        ("ICY", format!("ICY 200 OK\r\n\r\n{body}")),
        ("status of four digits", format!("HTTP/1.1 2000 OK\r\n\r\n{body}")),
        ("status of letters", format!("HTTP/1.1 OK 200\r\n\r\n{body}")),
        ("no status", "HTTP/1.1\r\n\r\n".to_owned()),
        ("half a head", "HTTP/1.1 200 OK\r\nContent-".to_owned()),
        ("line feeds only", format!("HTTP/1.1 200 OK\nContent-Length: {}\n\n{body}", body.len())),
        ("no length", ok("", &body)),
        ("no length, cut", ok("", &body[..body.len() / 2])),
        ("length too long", ok("Content-Length: 5000\r\n", &body)),
        ("length too short", ok("Content-Length: 5\r\n", &body)),
        ("length of 2^64", ok("Content-Length: 18446744073709551616\r\n", &body)),
        ("length of 2^63", ok("Content-Length: 9223372036854775808\r\n", &body)),
        ("negative length", ok("Content-Length: -5\r\n", &body)),
        ("length of letters", ok("Content-Length: five\r\n", &body)),
        ("two lengths", ok("Content-Length: 5\r\nContent-Length: 6\r\n", &body)),
        ("length and chunks", ok("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n")),
        ("chunks", chunked(&format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len()))),
        ("chunks without an end", chunked(&format!("{:x}\r\n{body}\r\n", body.len()))),
        ("a chunk of letters", chunked("zz\r\n{}\r\n0\r\n\r\n")),
        ("a huge chunk", chunked("ffffffffffffffff\r\n{}")),
        ("a chunk of 17 digits", chunked("fffffffffffffffff\r\n{}")),
        ("a negative chunk", chunked("-2\r\n{}\r\n0\r\n\r\n")),
        ("chunk extensions", chunked(&format!("2;a={}\r\n{{}}\r\n0\r\n\r\n", "b".repeat(100)))),
        ("trailers", chunked("2\r\n{}\r\n0\r\nX-A: b\r\n\r\n")),
        ("many interim responses", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(50)),
        ("two responses", format!("{0}{0}", ok("Content-Length: 2\r\n", "{}"))),
        ("a switch of protocols", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n".to_owned()),
    ] {
        all.push(raw(name, response.clone(), End::Close));
        if ["nothing", "half a head", "length too long", "chunks without an end", "no length, cut"].contains(&name) {
            all.push(raw(format!("{name}, then a reset"), response.clone(), End::Reset));
            all.push(raw(format!("{name}, then silence"), response, End::Stall));
        }
    }
    let endless = ok("", "");
    all.push(raw("an endless body", endless.clone(), End::Repeat(b' ')));
    all.push(raw("an endless list", format!("{endless}{{\"rooms\":["), End::Repeat(b'[')));
    all.push(raw("an endless head", "HTTP/1.1 200 OK\r\nX-A: ", End::Repeat(b'a')));
    all.push(raw("an endless error", "HTTP/1.1 500 Error\r\n\r\n", End::Repeat(b'a')));
    all.push(raw("an error that stalls", "HTTP/1.1 400 Bad\r\nContent-Length: 50\r\n\r\n{\"code\": 53113", End::Stall));
    let early = raw("a response before the request", ok("Content-Length: 2\r\n", "{}"), End::Close);
    all.push(Behaviour { answers_at_once: true, ..early });
    all
}

/// The address of the next page, from that of the server and the number of the page.
type NextPage = fn(&str, usize) -> String;

fn pages() -> Vec<Behaviour> {
    let nexts: [(&str, NextPage); 14] = [
        ("elsewhere", |_, _| "https://a.example/".to_owned()),
        ("relative", |_, _| "/v1/Rooms?Page=1".to_owned()),
        ("malformed", |_, _| "http://[".to_owned()),
        ("a script", |_, _| "javascript:alert(1)".to_owned()),
        ("a blob", |base, _| format!("blob:{base}/v1")),
        ("a file", |_, _| "file:///etc/passwd".to_owned()),
        ("with a password", |base, _| base.replace("http://", "http://u:p@")),
        ("of 70 kB", |base, _| format!("{base}/?{}", "x".repeat(70_000))),
        ("with line breaks", |base, _| format!("{base}/\\r\\nX-A: b")),
        ("that never changes", |base, _| format!("{base}/v1/Rooms?PageToken=PT")),
        ("that always changes", |base, number| format!("{base}/v1/Rooms?PageToken=PT{number}")),
        ("in a circle", |base, number| format!("{base}/v1/Rooms?PageToken=PT{}", number % 3)),
        ("on another port", |_, _| "http://127.0.0.1:1/v1/Rooms".to_owned()),
        ("with a fragment", |base, number| format!("{base}/v1/Rooms?PageToken=PT#{number}")),
    ];
    let page = |next: &str, rooms: &str| format!(r#"{{"meta": {{"next_page_url": "{next}"}}, "rooms": [{rooms}]}}"#);
    let mut all = Vec::new();
    for (name, next) in nexts {
        for (kind, rooms) in [("empty", ""), ("full", r#"{"sid": "RM1"}"#)] {
            let respond: Respond =
                Arc::new(move |_, base, number| message("200 OK", "", page(&next(base, number), rooms).as_bytes()));
            let name = format!("next page {name}, {kind}");
            all.push(Behaviour { name, response: respond, end: End::Close, answers_at_once: false });
        }
    }
    all
}

/// Responses that send the request back, with its credentials.
fn echoes() -> Vec<Behaviour> {
    let echo = |name: &str, respond: fn(&str) -> Vec<u8>| {
        let response: Respond = Arc::new(move |request, _, _| respond(request));
        Behaviour { name: name.to_owned(), response, end: End::Close, answers_at_once: false }
    };
    vec![
        echo("the request as an error", |request| message("500 Error", "", request.as_bytes())),
        echo("the request as a message", |request| {
            let body = serde_json::json!({ "code": 20001, "message": request, "more_info": request });
            message("400 Bad", "", body.to_string().as_bytes())
        }),
        echo("the request as a room", |request| {
            message("200 OK", "", serde_json::json!({ "sid": "RM1", "duration": request }).to_string().as_bytes())
        }),
        echo("the request as a header", |request| {
            let line = request.lines().find(|line| line.to_ascii_lowercase().starts_with("authorization"));
            message("500 Error", &format!("X-Echo: {0}\r\nTwilio-Request-Id: {0}\r\n", line.unwrap_or_default()), b"")
        }),
        echo("the request itself", |request| request.as_bytes().to_vec()),
    ]
}
