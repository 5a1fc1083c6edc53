//! The checks of every page.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::Result;
use crate::browser::Browser;

pub const TAB: &str = "\u{e004}";
pub const ENTER: &str = "\u{e007}";
pub const ESCAPE: &str = "\u{e00c}";
pub const DOWN: &str = "\u{e015}";

/// A page to check.
struct Page<'a> {
    url: String,
    /// An expression that is true once the page is complete.
    is_ready: &'a str,
    /// The origin that it may send requests to.
    origin: Option<&'a str>,
}

/// Checks files in both themes, on a wide and on a narrow screen, and printed.
pub async fn check(paths: &[PathBuf]) -> Result {
    let page = |path: &PathBuf| {
        let url = url::Url::from_file_path(path).map_err(|()| "the path is not absolute")?;
        Ok(Page { url: url.into(), is_ready: "true", origin: None })
    };
    check_all(&paths.iter().map(page).collect::<Result<Vec<_>>>()?).await
}

/// Checks a page in the same way once an expression is true. It may send requests to this origin.
pub async fn check_url(url: &str, is_ready: &str, origin: Option<&str>) -> Result {
    check_all(&[Page { url: url.to_owned(), is_ready, origin }]).await
}

async fn check_all(pages: &[Page<'_>]) -> Result {
    for dark in [false, true] {
        let browser = Browser::start(1280, dark).await?;
        for page in pages {
            let checked = check_one(&browser, page, dark).await;
            checked.map_err(|error| format!("{}: {error}", page.url))?;
        }
        browser.client.clone().close().await?;
    }
    Ok(())
}

async fn check_one(browser: &Browser, page: &Page<'_>, dark: bool) -> Result {
    browser.resize(1280).await?;
    open(browser, page).await?;
    stays_at(browser, page.origin).await?;
    accessible(browser, if dark { "dark" } else { "light" }).await?;
    if !dark {
        leads_somewhere(browser).await?;
        prints(browser).await?;
        used_by_keyboard(browser).await?;
        browser.resize(390).await?;
        open(browser, page).await?;
        fits(browser).await?;
        accessible(browser, "a phone").await?;
        opens_its_menu_by_keyboard(browser).await?;
    }
    stays_at(browser, page.origin).await
}

async fn open(browser: &Browser, page: &Page<'_>) -> Result {
    browser.open_url(&page.url).await?;
    browser.until(page.is_ready).await
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
            let is_own =
                origin.is_some_and(|origin| url.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/')));
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
    if width.as_i64().is_some_and(|width| width <= 0) {
        Ok(())
    } else {
        Err(format!("the page is wider than the screen by {width}").into())
    }
}

/// Each link into the page leads to an element, also those in parts that came late, and each id is there once. A link such as
/// `#/rooms` is to a view that the script of the page makes.
async fn leads_somewhere(browser: &Browser) -> Result {
    browser.until("document.querySelectorAll('[data-chunk]').length === 0").await?;
    let dead = browser
        .script(
            "const ids = [...document.querySelectorAll('[id]')].map((one) => one.id), known = new Set(ids);
             return [
                 ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} is there twice`),
                 ...[...document.querySelectorAll('a[href^=\"#\"]')].map((link) => decodeURIComponent(link.hash.slice(1)))
                     .filter((id) => !id.startsWith('/') && !known.has(id)).map((id) => `a link leads to ${id}`),
             ].slice(0, 10);",
        )
        .await?;
    if dead == json!([]) { Ok(()) } else { Err(format!("{dead}").into()) }
}

/// The first step of the keyboard is the link that skips to the content; each step moves on, and shows where it is.
async fn used_by_keyboard(browser: &Browser) -> Result {
    browser.script("document.activeElement.blur(); scrollTo(0, 0)").await?;
    for step in 0..30 {
        browser.script("window.before = document.activeElement").await?;
        browser.keys(TAB).await?;
        let state = browser
            .script(
                "const one = document.activeElement, { top, bottom, left, right } = one.getBoundingClientRect();
                 const part = one.matches('input') ? one.closest('label, form, dialog') ?? one : one;
                 const marked = [part, one, ...part.querySelectorAll('*')].some((each) => getComputedStyle(each).outlineStyle !== 'none');
                 return [one.className, one !== before || one === document.body, one === document.body || (bottom > 0 && top < innerHeight && right > 0 && left < innerWidth),
                     one === document.body || marked, one.outerHTML.slice(0, 120)];",
            )
            .await?;
        if step == 0 && state[0] != "skip" {
            return Err(format!("the first step is {state}").into());
        }
        if state[1] != true || state[2] != true || state[3] != true {
            return Err(format!(
                "step {step} of the keyboard does not move, is not in the view, or is not marked: {state}"
            )
            .into());
        }
    }
    Ok(())
}

/// The menu of a narrow page opens and closes by the keyboard, and gives the focus back.
async fn opens_its_menu_by_keyboard(browser: &Browser) -> Result {
    let has_menu = browser.script("return Boolean(document.querySelector('#menu'))").await?;
    if has_menu != true {
        return Ok(());
    }
    browser.script("document.querySelector('#menu').focus()").await?;
    browser.keys(ENTER).await?;
    browser.until("document.querySelector('#navigation').contains(document.activeElement)").await?;
    browser.until("document.querySelector('#navigation a:not(.nav-close)').checkVisibility()").await?;
    browser.keys(ESCAPE).await?;
    browser
        .until("document.activeElement.id === 'menu' && !document.querySelector('#navigation').checkVisibility()")
        .await
}
