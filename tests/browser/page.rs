//! The checks of every page.

use std::path::Path;

use serde_json::{Value, json};

use crate::Result;
use crate::browser::Browser;

/// Checks a file in both themes, on a wide and on a narrow screen, and printed.
pub async fn check(path: &Path) -> Result {
    let url = url::Url::from_file_path(path).map_err(|()| "the path is not absolute")?;
    check_url(url.as_str(), "true", None).await
}

/// Checks a page once an expression is true. It may send requests to this origin.
pub async fn check_url(url: &str, is_ready: &str, origin: Option<&str>) -> Result {
    for dark in [false, true] {
        let browser = Browser::start(1280, dark).await?;
        browser.open_url(url).await?;
        browser.until(is_ready).await?;
        stays_at(&browser, origin).await?;
        accessible(&browser, if dark { "dark" } else { "light" }).await?;
        if !dark {
            prints(&browser).await?;
            browser.resize(390).await?;
            fits(&browser).await?;
            accessible(&browser, "a phone").await?;
            reached_by_keyboard(&browser).await?;
        }
        stays_at(&browser, origin).await?;
        browser.client.clone().close().await?;
    }
    Ok(())
}

/// The page has sent no request but for its own file, has logged nothing, and has run no script of a document.
pub async fn stays_alone(browser: &Browser) -> Result {
    stays_at(browser, None).await
}

/// The page has sent no request but for its own file or to this origin, has logged nothing, and has run no script of a document.
pub async fn stays_at(browser: &Browser, origin: Option<&str>) -> Result {
    let messages = browser.log("browser").await?;
    if !messages.is_empty() {
        return Err(format!("the console has messages: {messages:?}").into());
    }
    for message in browser.log("performance").await? {
        let message: Value = serde_json::from_str(&message)?;
        if message["message"]["method"] == "Network.requestWillBeSent" {
            let url = message["message"]["params"]["request"]["url"].as_str().unwrap_or_default();
            let is_own = origin.is_some_and(|origin| url.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/')));
            if !is_own && !["file:", "data:", "about:", "blob:"].iter().any(|scheme| url.starts_with(scheme)) {
                return Err(format!("the page requests {url}").into());
            }
        }
    }
    let hostile = browser.script("return typeof hostile").await?;
    if hostile != "undefined" {
        return Err("a script of the document has run".into());
    }
    Ok(())
}

/// The page has no finding of axe at level AA.
async fn accessible(browser: &Browser, state: &str) -> Result {
    let Some(axe) = std::env::var_os("AXE") else { return Ok(()) };
    let axe = std::fs::read_to_string(axe)?;
    browser.script(&format!("if (!window.axe) {{ {axe} }}")).await?;
    let run = "const done = arguments[0];
        axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => done(
            violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`))));";
    let violations = browser.client.execute_async(run, Vec::new()).await?;
    match violations.as_array().map(Vec::as_slice) {
        Some([]) => Ok(()),
        _ => Err(format!("axe ({state}): {violations:#}").into()),
    }
}

async fn prints(browser: &Browser) -> Result {
    let printed = browser.cdp("Page.printToPDF", json!({})).await?;
    // The beginning of a PDF in Base64.
    let data = printed["data"].as_str().unwrap_or_default();
    if data.starts_with("JVBERi0") && data.len() > 10_000 { Ok(()) } else { Err("the page does not print".into()) }
}

/// Nothing is wider than the screen.
async fn fits(browser: &Browser) -> Result {
    let width = browser.script("return document.scrollingElement.scrollWidth - innerWidth").await?;
    if width.as_i64().is_some_and(|width| width <= 0) { Ok(()) } else { Err(format!("the page is wider than the screen by {width}").into()) }
}

/// The first step of the keyboard is the link that skips to the content.
async fn reached_by_keyboard(browser: &Browser) -> Result {
    browser.script("document.activeElement.blur(); scrollTo(0, 0)").await?;
    browser.keys("\u{e004}").await?;
    let focused = browser.script("return document.activeElement.className").await?;
    if focused == "skip" { Ok(()) } else { Err(format!("the first step is {focused}").into()) }
}
