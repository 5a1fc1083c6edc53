//! The inspector of a real sandbox.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::Result;
use crate::browser::Browser;
use crate::command::HOSTILE;
use crate::page::{check_url, stays_at};

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";
/// The account of every sandbox.
const ACCOUNT: &str = "Basic QUM1YTRkYjBjNWE0ZGIwYzVhNGRiMGM1YTRkYjBjNWE0ZDo1YTRkYjBjNS10aGUtYXV0aC10b2tlbg==";

/// A sandbox, which ends when it is dropped.
struct Sandbox {
    program: Child,
    origin: String,
}

impl Sandbox {
    fn start(rooms: usize) -> Result<Self> {
        let path = std::env::var_os("TWILIO_ROOMS_SANDBOX")
            .ok_or("TWILIO_ROOMS_SANDBOX is not set: run `cargo xtask ci browser`")?;
        let arguments = ["--rooms", &rooms.to_string()].map(str::to_owned);
        let mut program = Command::new(path).args(arguments).stdout(Stdio::piped()).spawn()?;
        let output = program.stdout.take().ok_or("the sandbox has no output")?;
        let mut lines = BufReader::new(output).lines();
        let origin = loop {
            let line = lines.next().ok_or("the sandbox has ended")??;
            if let Some(page) = line.strip_prefix("The inspector is at ") {
                break page.strip_suffix("/sandbox").ok_or("another page")?.to_owned();
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { program, origin })
    }

    fn page(&self, fragment: &str) -> String {
        format!("{}/sandbox{fragment}", self.origin)
    }

    /// Sends a request to the API, and returns the response. One that breaks off is the end of the response.
    fn api(&self, method: &str, target: &str, form: &str) -> Result<String> {
        let host = self.origin.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host)?;
        let length = form.len();
        write!(
            stream,
            "{method} {target} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {ACCOUNT}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}"
        )?;
        let mut response = Vec::new();
        let _ = stream.read_to_end(&mut response);
        Ok(String::from_utf8_lossy(&response).into_owned())
    }

    /// Lets a participant join or publish.
    fn control(&self, action: &str, form: &str) -> Result<String> {
        self.api("POST", &format!("/sandbox/{action}"), form)
    }

    async fn browse(&self, fragment: &str) -> Result<Browser> {
        let browser = Browser::start(1280, false).await?;
        browser.open_url(&self.page(fragment)).await?;
        browser.until("document.querySelector('#live').dataset.state === 'live'").await?;
        Ok(browser)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The paths of the requests that are shown, as an expression.
const PATHS: &str =
    "[...document.querySelectorAll('#list li:not([hidden]) .row-path')].map((path) => path.textContent).join()";
/// The text of the details, as an expression.
const DETAIL: &str = "document.querySelector('#detail-pane').textContent";

#[tokio::test]
async fn the_inspector_is_accessible_prints_fits_a_phone_and_asks_only_its_sandbox() -> Result {
    let sandbox = Sandbox::start(60)?;
    let callback = encoded("http://127.0.0.1:1/events");
    sandbox.api(
        "POST",
        "/v1/Rooms",
        &format!("UniqueName=standup&RecordParticipantsOnConnect=true&StatusCallback={callback}"),
    )?;
    for identity in ["alice", "bob"] {
        sandbox.control("join", &format!("room=standup&identity={identity}"))?;
        sandbox.control("publish", &format!("room=standup&participant={identity}&kind=audio&name=microphone"))?;
    }
    sandbox.control("faults", "fault=status&status=503&seconds=7")?;
    for target in ["/v1/Rooms", "/v1/Rooms/nowhere", "/v1/Rooms?PageSize=2"] {
        sandbox.api("GET", target, "")?;
    }
    let origin = Some(sandbox.origin.as_str());
    for (fragment, shown) in [
        ("", "4"),
        ("#/requests/1", "As curl"),
        ("#/rooms/standup", "microphone"),
        ("#/callbacks", "participant-connected"),
    ] {
        let is_ready = format!("document.querySelector('#panes').textContent.includes({shown:?})");
        check_url(&sandbox.page(fragment), &is_ready, origin).await.map_err(|error| format!("{fragment}: {error}"))?;
    }
    Ok(())
}

#[tokio::test]
async fn requests_are_shown_as_they_come_and_found_by_keyboard() -> Result {
    let sandbox = Sandbox::start(3)?;
    let browser = sandbox.browse("").await?;
    browser.until("document.querySelector('#empty').textContent.includes('curl -u')").await?;
    sandbox.api("POST", "/v1/Rooms", "UniqueName=Daily+Standup")?;
    sandbox.api("GET", "/v1/Rooms/nowhere", "")?;
    browser.until(&format!("{PATHS} === '/v1/Rooms/nowhere,/v1/Rooms'")).await?;
    browser.keys("/post rooms").await?;
    browser.until(&format!("{PATHS} === '/v1/Rooms'")).await?;
    browser.until("document.querySelector('#shown').textContent === '1 of 2 requests'").await?;
    browser.keys(ESCAPE).await?;
    browser.until(&format!("{PATHS} === '/v1/Rooms/nowhere,/v1/Rooms'")).await?;
    browser.keys(DOWN).await?;
    browser.keys(ENTER).await?;
    browser.until("location.hash === '#/requests/2'").await?;
    browser.until(&format!("{DETAIL}.includes('The requested resource /Rooms/nowhere was not found')")).await?;
    browser.keys(DOWN).await?;
    browser.keys(ENTER).await?;
    browser.until(&format!("{DETAIL}.includes(\"--data-urlencode 'UniqueName=Daily Standup'\")")).await?;
    browser
        .until(&format!(
            "{DETAIL}.includes('$TWILIO_API_KEY:$TWILIO_API_SECRET') && !{DETAIL}.includes('the-auth-token')"
        ))
        .await?;
    browser.keys(UP).await?;
    browser.until("document.activeElement.hash === '#/requests/2'").await?;

    // A deep link, and requests that come while the page is paused.
    browser.open_url(&sandbox.page("#/requests/1")).await?;
    browser.until(&format!("{DETAIL}.includes('Daily Standup') && document.title.includes('/v1/Rooms')")).await?;
    browser.until("document.querySelector('#list a[aria-current]').hash === '#/requests/1'").await?;
    browser.tab_to("#pause").await?;
    browser.keys(ENTER).await?;
    browser.until("document.querySelector('#live').textContent === 'Paused'").await?;
    sandbox.api("GET", "/v1/Rooms/while-paused", "")?;
    browser.until("document.querySelector('#live').textContent === 'Paused, 1 new'").await?;
    assert_eq!(browser.script(&format!("return {PATHS}")).await?, "/v1/Rooms/nowhere,/v1/Rooms");
    browser.keys(ENTER).await?;
    browser.until(&format!("{PATHS}.startsWith('/v1/Rooms/while-paused,')")).await?;
    browser.tab_to("#clear").await?;
    browser.keys(ENTER).await?;
    browser.until(&format!("{PATHS} === '' && location.hash === '#/requests'")).await?;
    stays_at(&browser, Some(&sandbox.origin)).await
}

#[tokio::test]
async fn a_room_is_run_by_keyboard_alone() -> Result {
    let sandbox = Sandbox::start(0)?;
    let browser = sandbox.browse("").await?;
    browser.tab_to("#sections a[href='#/rooms']").await?;
    browser.keys(ENTER).await?;
    browser.until("document.querySelector('#list-title').textContent === 'Rooms'").await?;
    browser.tab_to("#new-room").await?;
    browser.keys(ENTER).await?;
    browser.until("document.querySelector('#dialog').open && document.activeElement.name === 'UniqueName'").await?;
    browser.keys("standup").await?;
    browser.tab_to("#dialog input[type=checkbox]").await?;
    browser.keys(" ").await?;
    browser.keys(ENTER).await?;
    browser.until("document.querySelector('#detail-pane h2')?.textContent === 'standup'").await?;
    browser.until("document.querySelector('#list .row-name')?.textContent === 'standup'").await?;
    browser.tab_to("#detail-pane input[name=identity]").await?;
    browser.keys(&format!("alice{ENTER}")).await?;
    browser.until("document.querySelector('.person.connected .person-name')?.textContent === 'alice'").await?;
    browser.tab_to("[data-key^=publish-]").await?;
    browser.keys(ENTER).await?;
    browser.tab_to("#dialog input[name=name]").await?;
    browser.keys(ENTER).await?;
    browser.until("document.querySelector('.track-name')?.textContent === 'microphone'").await?;
    browser.until(&format!("{DETAIL}.includes('processing')")).await?;
    assert!(sandbox.api("GET", "/v1/Rooms/standup/Participants/alice/PublishedTracks", "")?.contains("microphone"));
    browser.tab_to("[data-key^=unpublish-]").await?;
    browser.keys(ENTER).await?;
    browser.until("!document.querySelector('.track-name')").await?;
    browser.tab_to("[data-key^=leave-]").await?;
    browser.keys(ENTER).await?;
    browser.until("document.querySelector('.person.gone .person-name')?.textContent === 'alice'").await?;
    browser.tab_to("[data-key=complete]").await?;
    browser.keys(ENTER).await?;
    browser.until("document.querySelector('#detail-pane .detail-head .status').textContent === 'completed'").await?;
    // A room of the API is there at once, and one that has a name already is refused with the reason.
    sandbox.api("POST", "/v1/Rooms", "UniqueName=planning")?;
    browser.until("document.querySelector('#list .row-name')?.textContent === 'planning'").await?;
    // Of the refusal that follows, the browser itself writes a message.
    stays_at(&browser, Some(&sandbox.origin)).await?;
    browser.tab_to("#new-room").await?;
    browser.keys(&format!("{ENTER}planning{ENTER}")).await?;
    browser
        .until("document.querySelector('#dialog-error').textContent.includes('another room in progress has this name')")
        .await?;
    browser.keys(ESCAPE).await?;
    browser.until("!document.querySelector('#dialog').open").await
}

#[tokio::test]
async fn a_fault_is_injected_and_takes_effect_and_the_clock_is_advanced() -> Result {
    let sandbox = Sandbox::start(0)?;
    let browser = sandbox.browse("").await?;
    browser.tab_to("#fault-name").await?;
    browser.keys("html").await?;
    browser
        .until(
            "document.querySelector('#fault-name').value === 'html' && document.querySelector('#fault-status').hidden",
        )
        .await?;
    browser.tab_to("#inject").await?;
    browser.keys(ENTER).await?;
    browser.until("document.querySelector('#queued').textContent === 'html× 1'").await?;
    assert!(sandbox.api("GET", "/v1/Rooms", "")?.contains("<title>Welcome</title>"));
    browser.until("document.querySelector('#list .fault')?.textContent === 'html'").await?;
    browser.until("document.querySelector('#queued').textContent === ''").await?;
    browser.tab_to("#fault-name").await?;
    browser.keys("status").await?;
    browser.tab_to("#fault input[name=seconds]").await?;
    browser.keys(&format!("7{ENTER}")).await?;
    browser.until("document.querySelector('#queued').textContent === 'status 503, retry after 7 s× 1'").await?;
    assert!(sandbox.api("GET", "/v1/Rooms", "")?.starts_with("HTTP/1.1 503 "));
    browser.until("document.querySelector('#list .status')?.textContent === '503'").await?;

    sandbox.api("POST", "/v1/Rooms", "UniqueName=standup&UnusedRoomTimeout=1")?;
    browser.until("document.querySelector('[data-count=rooms]').textContent === '1'").await?;
    browser.tab_to("[data-advance='60']").await?;
    browser.keys(ENTER).await?;
    browser.until("document.querySelector('#clock-state').textContent === 'stopped'").await?;
    browser.until("document.querySelector('[data-count=rooms]').textContent === '0'").await?;
    stays_at(&browser, Some(&sandbox.origin)).await
}

#[tokio::test]
async fn hostile_strings_stay_text() -> Result {
    let sandbox = Sandbox::start(0)?;
    let hostile = format!("{HOSTILE}\u{202e}\u{1b}[31m");
    let (room, receiver) = (encoded(&hostile), encoded("http://127.0.0.1:1/<script>hostile=1</script>"));
    let created = sandbox.api("POST", "/v1/Rooms", &format!("UniqueName={room}&StatusCallback={receiver}"))?;
    let sid = created.split("\"sid\":\"").nth(1).and_then(|rest| rest.get(..34)).ok_or("no room")?.to_owned();
    sandbox.control("join", &format!("room={sid}&identity={room}"))?;
    sandbox.control("publish", &format!("room={sid}&participant={room}&kind=audio&name={room}"))?;
    sandbox.api("GET", &format!("/v1/Rooms/{room}?x={room}"), "")?;
    let browser = sandbox.browse("").await?;
    for section in ["requests", "callbacks"] {
        browser.open_url(&sandbox.page(&format!("#/{section}"))).await?;
        browser.until("document.querySelectorAll('#list a').length > 1").await?;
        let links = browser.script("return [...document.querySelectorAll('#list a')].map((link) => link.hash)").await?;
        for link in links.as_array().into_iter().flatten().filter_map(|link| link.as_str()) {
            browser.open_url(&sandbox.page(link)).await?;
            browser
                .until(&format!("{DETAIL}.includes('Back to the {section}') && {DETAIL}.includes('hostile=1')"))
                .await?;
        }
    }
    let shown = format!("{HOSTILE}\\u{{202e}}\\u{{1b}}[31m");
    browser.open_url(&sandbox.page(&format!("#/rooms/{sid}"))).await?;
    for selector in ["#detail-pane h2", ".row-name", ".person-name", ".track-name"] {
        browser
            .until(&format!(
                "document.querySelector('{selector}')?.textContent === {}",
                serde_json::Value::String(shown.clone())
            ))
            .await?;
    }
    assert_eq!(browser.script("return document.querySelectorAll('img').length").await?, 0);
    stays_at(&browser, Some(&sandbox.origin)).await
}
