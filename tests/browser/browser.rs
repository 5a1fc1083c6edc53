//! A headless Chromium, driven through chromedriver.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::Result;

/// A browser with one page. It is closed when it is dropped.
pub struct Browser {
    pub client: Client,
    driver: Child,
    port: u16,
}

/// A command of chromedriver beyond the standard.
#[derive(Debug)]
struct Extra(&'static str, Value);

impl WebDriverCompatibleCommand for Extra {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> std::result::Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}

impl Browser {
    /// Starts a browser with a window of this width.
    pub async fn start(width: u32, dark: bool) -> Result<Self> {
        let mut driver =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let output = driver.stdout.take().ok_or("chromedriver has no output")?;
        // chromedriver prints the port that it has chosen.
        let mut lines = BufReader::new(output).lines();
        let port = loop {
            let line = lines.next().ok_or("chromedriver ended")??;
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim_end_matches('.').parse()?;
            }
        };
        // The pipe stays open, and is read, for as long as the driver writes to it.
        std::thread::spawn(move || lines.for_each(drop));
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--force-prefers-reduced-motion"] },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().cloned().unwrap_or_default());
        let client = builder.connect(&format!("http://127.0.0.1:{port}")).await;
        let client = match client {
            Ok(client) => client,
            Err(error) => {
                let _ = driver.kill();
                return Err(error.into());
            }
        };
        let browser = Self { client, driver, port };
        browser.extra("timeouts", json!({ "script": 300_000 })).await?;
        browser.resize(width).await?;
        let scheme = if dark { "dark" } else { "light" };
        browser
            .cdp(
                "Emulation.setEmulatedMedia",
                json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
            )
            .await?;
        Ok(browser)
    }

    pub async fn resize(&self, width: u32) -> Result {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await.map(drop)
    }

    /// Opens a file, with a fragment if there is one.
    pub async fn open(&self, path: &Path, fragment: &str) -> Result {
        let mut url = url::Url::from_file_path(path).map_err(|()| "the path is not absolute")?;
        url.set_fragment((!fragment.is_empty()).then_some(fragment));
        self.open_url(url.as_str()).await
    }

    pub async fn open_url(&self, url: &str) -> Result {
        // The same page with another fragment would not be loaded again.
        self.client.goto("about:blank").await?;
        Ok(self.client.goto(url).await?)
    }

    pub async fn script(&self, text: &str) -> Result<Value> {
        Ok(self.client.execute(text, Vec::new()).await?)
    }

    /// Waits until an expression is true.
    pub async fn until(&self, expression: &str) -> Result {
        let check = format!("return Boolean({expression})");
        for _ in 0..400 {
            if self.script(&check).await? == Value::Bool(true) {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        Err(format!("{expression} is not true").into())
    }

    /// Presses keys, one after the other.
    pub async fn keys(&self, keys: &str) -> Result {
        let presses: Vec<Value> = keys
            .chars()
            .flat_map(|key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })])
            .collect();
        self.extra("actions", json!({ "actions": [{ "type": "key", "id": "keys", "actions": presses }] }))
            .await
            .map(drop)
    }

    /// Moves the focus on with the tabulator until it is on what a selector finds.
    pub async fn tab_to(&self, selector: &str) -> Result {
        let check = format!("return document.activeElement.matches({})", Value::String(selector.to_owned()));
        for _ in 0..100 {
            if self.script(&check).await? == Value::Bool(true) {
                return Ok(());
            }
            self.keys("\u{e004}").await?;
        }
        Err(format!("the keyboard does not reach {selector}").into())
    }

    pub async fn cdp(&self, command: &str, parameters: Value) -> Result<Value> {
        self.extra("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    /// The messages of a log since the last call.
    pub async fn log(&self, kind: &str) -> Result<Vec<String>> {
        let entries = self.extra("se/log", json!({ "type": kind })).await?;
        let entries = entries.as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(entries.iter().map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect())
    }

    async fn extra(&self, endpoint: &'static str, body: Value) -> Result<Value> {
        Ok(self.client.issue_cmd(Extra(endpoint, body)).await?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A driver that is killed would leave its browser behind.
        let _ = shut_down(self.port);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Tells a driver to end its browser and itself, and waits for the answer.
fn shut_down(port: u16) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(std::time::Duration::from_secs(30)))?;
    write!(stream, "GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    stream.read_to_end(&mut Vec::new()).map(drop)
}
