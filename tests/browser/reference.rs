//! The reference of a document.

use std::path::PathBuf;

use crate::Result;
use crate::browser::Browser;
use crate::command::{Folder, HOSTILE, hostile, spec};
use crate::page::{self, DOWN, ENTER, ESCAPE, stays_alone};

fn rooms(folder: &Folder) -> Result<PathBuf> {
    let path = folder.path().join("rooms.html");
    folder.steward(&["docs", &spec().display().to_string(), "-o", "rooms.html"])?;
    Ok(path)
}

#[tokio::test]
async fn the_reference_is_accessible_prints_fits_a_phone_and_requests_nothing() -> Result {
    let folder = Folder::new("reference")?;
    page::check(&[rooms(&folder)?]).await
}

#[tokio::test]
async fn the_search_needs_only_a_keyboard() -> Result {
    let folder = Folder::new("search")?;
    let browser = Browser::start(1280, false).await?;
    browser.open(&rooms(&folder)?, "").await?;
    browser.keys("/complete a room").await?;
    browser.until("document.querySelector('#search-results li[aria-selected] .result-title')?.textContent === 'Complete a room'").await?;
    browser.keys(ENTER).await?;
    browser.until("decodeURIComponent(location.hash) === '#operation/update_room'").await?;
    browser.until("!document.querySelector('#search').open").await?;
    browser
        .until("Math.abs(document.getElementById('operation/update_room').getBoundingClientRect().top) < 200")
        .await?;
    // A field, which is the second result or a later one.
    browser.keys("/").await?;
    browser.until("document.activeElement.id === 'search-input'").await?;
    browser.keys("empty_room_timeout").await?;
    browser.until("document.querySelectorAll('#search-results li').length > 0").await?;
    browser.keys(DOWN).await?;
    browser.keys(ESCAPE).await?;
    browser.until("!document.querySelector('#search').open").await?;
    stays_alone(&browser).await
}

#[tokio::test]
async fn a_deep_link_stays_when_the_document_changes_its_order() -> Result {
    let folder = Folder::new("links")?;
    let operation =
        |name: &str| format!("  /{name}:\n    get: {{ operationId: {name}, summary: The {name}, responses: {{}} }}\n");
    let filler: String = (0..60).map(|index| operation(&format!("filler{index}"))).collect();
    let head = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n";
    let browser = Browser::start(1280, false).await?;
    for (name, paths) in
        [("one", format!("{}{filler}", operation("wanted"))), ("other", format!("{filler}{}", operation("wanted")))]
    {
        folder.write("api.yaml", &format!("{head}{paths}"))?;
        folder.steward(&["docs", "api.yaml", "-o", &format!("{name}.html")])?;
        browser.open(&folder.path().join(format!("{name}.html")), "operation/wanted").await?;
        browser.until("(({ top, bottom }) => top >= 0 && top < innerHeight && bottom > 0)(document.getElementById('operation/wanted').getBoundingClientRect())").await?;
    }
    stays_alone(&browser).await
}

#[tokio::test]
async fn a_deep_link_keeps_its_target_in_view_while_the_parts_before_it_come() -> Result {
    let folder = Folder::new("held")?;
    let page = rooms(&folder)?;
    let browser = Browser::start(1280, false).await?;
    for (link, shown) in
        [("schema/Room.status", "status"), ("schema/RoomStatus", "RoomStatus"), ("operation/list_rooms", "List rooms")]
    {
        browser.open(&page, link).await?;
        browser.until("document.querySelectorAll('[data-chunk]').length === 0").await?;
        browser.until(&format!("(({{ top }}) => top >= 0 && top < innerHeight / 2)(document.getElementById('{link}').getBoundingClientRect())")).await?;
        browser.until(&format!("document.getElementById('{link}').textContent.includes('{shown}')")).await?;
    }
    // The navigation marks the section that is read.
    browser.until("document.querySelector('#navigation [aria-current]')?.textContent.includes('List rooms')").await?;
    stays_alone(&browser).await
}

#[tokio::test]
async fn the_search_finds_descriptions_and_corrects_a_typing_error() -> Result {
    let folder = Folder::new("typing")?;
    let browser = Browser::start(1280, false).await?;
    browser.open(&rooms(&folder)?, "").await?;
    browser.keys("/transcripton").await?;
    browser.until("document.querySelector('#search-status').textContent.includes('for “transcription”')").await?;
    browser.until("document.querySelector('#search-results li .result-title').textContent.toLowerCase().includes('transcription')").await?;
    browser.keys(&"\u{e003}".repeat(20)).await?;
    browser.until("document.querySelectorAll('#search-results li').length === 0").await?;
    browser.keys("nearest edge xyzzyq").await?;
    browser.until("document.querySelector('#search-status').textContent === 'Nothing was found.'").await?;
    stays_alone(&browser).await
}

#[tokio::test]
async fn a_shared_schema_opens_where_it_is_used_however_often_it_contains_itself() -> Result {
    let folder = Folder::new("shared")?;
    let browser = Browser::start(1280, false).await?;
    folder.write(
        "api.yaml",
        "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    Node: { type: object, properties: { next: { $ref: '#/components/schemas/Node' } } }\n",
    )?;
    folder.steward(&["docs", "api.yaml", "-o", "page.html"])?;
    browser.open(&folder.path().join("page.html"), "").await?;
    for depth in 0..3 {
        browser
            .script("[...document.querySelectorAll('details[data-ref]')].at(-1).querySelector('summary').focus()")
            .await?;
        browser.keys(ENTER).await?;
        browser.until(&format!("document.querySelectorAll('details[data-ref]').length === {}", depth + 2)).await?;
    }
    stays_alone(&browser).await
}

#[tokio::test]
async fn the_parts_of_a_large_document_come_when_they_are_needed() -> Result {
    let folder = Folder::new("large")?;
    let text = "A long text. ".repeat(200);
    let paths: String = (0..800)
        .map(|index| format!("  /p{index}:\n    get:\n      summary: Number {index}\n      description: {text} End {index}.\n      responses: {{}}\n"))
        .collect();
    folder.write("api.yaml", &format!("openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n{paths}"))?;
    folder.steward(&["docs", "api.yaml", "-o", "page.html"])?;
    let browser = Browser::start(1280, false).await?;
    browser.open(&folder.path().join("page.html"), "operation/get/p700").await?;
    browser.until("document.getElementById('operation/get/p700').textContent.includes('End 700.')").await?;
    browser.script("document.querySelector('#navigation details:not([open]) summary').focus()").await?;
    browser.keys(ENTER).await?;
    browser.until("document.querySelectorAll('#navigation details[open] a').length > 700").await?;
    browser.keys("/number 799").await?;
    browser
        .until(
            "document.querySelector('#search-results li[aria-selected] .result-title')?.textContent === 'Number 799'",
        )
        .await?;
    browser.keys(ENTER).await?;
    browser.until("document.getElementById('operation/get/p799').textContent.includes('End 799.')").await?;
    stays_alone(&browser).await
}

#[tokio::test]
async fn hostile_strings_stay_text() -> Result {
    let folder = Folder::new("hostile")?;
    let text = hostile();
    folder.write(
        "api.yaml",
        &format!(
            "openapi: 3.0.3\ninfo: {{ title: {text}, version: {text}, description: {text} }}\ntags: [{{ name: {text}, description: {text} }}]\n\
             paths:\n  {text}:\n    get:\n      tags: [{text}]\n      operationId: {text}\n      summary: {text}\n      description: {text}\n\
             \x20     parameters: [{{ name: {text}, in: query, required: true, description: {text}, example: {text}, schema: {{ type: string, enum: [{text}], pattern: {text} }} }}]\n\
             \x20     responses: {{ '200': {{ description: {text}, content: {{ application/json: {{ example: {{ {text}: {text} }} }} }} }} }}\n\
             components:\n  schemas:\n    {text}: {{ type: object, description: {text}, properties: {{ {text}: {{ description: {text}, default: {text} }} }} }}\n"
        ),
    )?;
    folder.steward(&["docs", "api.yaml", "-o", "page.html"])?;
    let browser = Browser::start(1280, false).await?;
    browser.open(&folder.path().join("page.html"), "").await?;
    browser.keys("/script").await?;
    browser.until("document.querySelectorAll('#search-results li').length > 2").await?;
    stays_alone(&browser).await?;
    let shown = browser.script("return document.querySelector('h1').textContent").await?;
    assert_eq!(shown, HOSTILE);
    assert_eq!(browser.script("return document.querySelectorAll('img').length").await?, 0);
    Ok(())
}
