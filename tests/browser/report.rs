//! The reports of `validate`, `diff` and `history`.

use std::path::PathBuf;

use crate::Result;
use crate::browser::Browser;
use crate::command::{Folder, hostile};
use crate::page::{self, stays_alone};

/// A document. Its values differ between versions.
fn document(maximum: u32, more: &str) -> String {
    let text = hostile();
    format!(
        "openapi: 3.0.3\ninfo: {{ title: {text}, version: 1.0.0 }}\npaths:\n  /rooms:\n    get:\n      operationId: list_rooms\n      summary: {text}\n\
         \x20     parameters:\n        - {{ name: size, in: query, schema: {{ type: integer, maximum: {maximum} }}, description: {text} }}\n\
         \x20     responses:\n        '200':\n          description: {text}\n          content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Room' }} }} }}\n\
         components:\n  schemas:\n    Room:\n      type: object\n      description: {text}\n      properties:\n        sid: {{ type: string }}\n{more}"
    )
}

async fn open(folder: &Folder, name: &str, html: &str) -> Result<(Browser, PathBuf)> {
    let path = folder.write(name, html)?;
    let browser = Browser::start(1280, false).await?;
    browser.open(&path, "").await?;
    Ok((browser, path))
}

const SHOWN: &str = "[...document.querySelectorAll('.entry')].filter((entry) => !entry.hidden).length";

#[tokio::test]
async fn the_findings_are_filtered_by_keyboard_and_their_lines_are_text() -> Result {
    let folder = Folder::new("validate")?;
    let text = hostile();
    folder.write(
        "api.yaml",
        &document(
            100,
            &format!("        extra: {{ type: integer, default: {text}, $reff: {text} }}\n      required: [{text}]\n"),
        ),
    )?;
    let html = folder.steward(&["validate", "api.yaml", "--format", "html"])?;
    let (browser, path) = open(&folder, "validation.html", &html).await?;
    browser.until(&format!("{SHOWN} > 1")).await?;
    browser.script("document.querySelector('#filters input[value=error]').focus()").await?;
    browser.keys(" ").await?;
    browser.until("[...document.querySelectorAll('.entry')].every((entry) => entry.hidden === (entry.dataset.severity === 'error'))").await?;
    browser.keys(" ").await?;
    browser.keys("/no such text").await?;
    browser.until(&format!("{SHOWN} === 0")).await?;
    stays_alone(&browser).await?;
    page::check(&[path]).await
}

#[tokio::test]
async fn the_changes_show_both_sources_and_are_filtered() -> Result {
    let folder = Folder::new("diff")?;
    folder.write("old.yaml", &document(100, "        name: { type: string }\n"))?;
    folder.write("new.yaml", &document(10, "        kind: { type: string }\n"))?;
    let html = folder.steward(&["diff", "old.yaml", "new.yaml", "--format", "html"])?;
    let (browser, path) = open(&folder, "changes.html", &html).await?;
    let first = browser.script("return document.querySelector('.entry').dataset.severity").await?;
    assert_eq!(first, "breaking");
    browser.until("document.querySelector('.entry .source.old .hit')?.textContent.includes('maximum: 100')").await?;
    browser.until("document.querySelector('.entry .source.new .hit')?.textContent.includes('maximum: 10')").await?;
    browser.script("document.querySelector('#filters input[value=breaking]').focus()").await?;
    browser.keys(" ").await?;
    browser.until("[...document.querySelectorAll('.entry')].every((entry) => entry.hidden === (entry.dataset.severity === 'breaking'))").await?;
    // A link to a change opens it.
    let id = browser
        .script("return document.querySelector('.entry:not([open])')?.id ?? document.querySelector('.entry').id")
        .await?;
    browser.open(&path, id.as_str().unwrap_or_default()).await?;
    browser.until("(({ open, top, bottom }) => open && bottom > 0 && top < innerHeight)((() => { const one = document.getElementById(decodeURIComponent(location.hash.slice(1))), { top, bottom } = one.getBoundingClientRect(); return { open: one.open, top, bottom }; })())").await?;
    stays_alone(&browser).await?;
    page::check(&[path]).await
}

#[tokio::test]
async fn the_history_is_a_timeline() -> Result {
    let folder = Folder::new("history")?;
    folder.git(&["init", "--quiet"])?;
    for (maximum, subject) in [(100, "Add it"), (10, "<b>Narrow</b> it"), (1000, "Widen it")] {
        folder.write("api.yaml", &document(maximum, ""))?;
        folder.git(&["add", "api.yaml"])?;
        folder.git(&["commit", "--quiet", "--message", subject])?;
    }
    let html = folder.steward(&["history", "api.yaml", "--format", "html"])?;
    let (browser, path) = open(&folder, "history.html", &html).await?;
    let subjects =
        browser.script("return [...document.querySelectorAll('.step > h2')].map((step) => step.textContent)").await?;
    assert_eq!(subjects, serde_json::json!(["Widen it", "<b>Narrow</b> it", "Add it"]));
    // A link to a revision leads there, and the filter by text works by keyboard.
    browser.script("document.querySelectorAll('.step > h2 a')[1].focus()").await?;
    browser.keys(page::ENTER).await?;
    browser.until("location.hash.startsWith('#revision/') && document.getElementById(location.hash.slice(1)).querySelector('h2').textContent === '<b>Narrow</b> it'").await?;
    browser.keys("/no such text").await?;
    browser.until("[...document.querySelectorAll('.entry')].every((entry) => entry.hidden)").await?;
    stays_alone(&browser).await?;
    page::check(&[path]).await
}
