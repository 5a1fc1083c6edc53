//! The pages of the site.

use std::path::PathBuf;

use crate::Result;
use crate::browser::Browser;
use crate::page::{self, ENTER, stays_alone};

/// The pages of the site.
fn pages() -> Result<Vec<PathBuf>> {
    let folder = std::env::var_os("SITE").ok_or("SITE is not set: run `cargo xtask ci browser`")?;
    let files = std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>>>()?;
    let mut pages: Vec<PathBuf> =
        files.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "html")).collect();
    pages.sort();
    if pages.len() > 10 { Ok(pages) } else { Err("the site has too few pages".into()) }
}

fn page(name: &str) -> Result<PathBuf> {
    Ok(pages()?.into_iter().find(|page| page.ends_with(name)).ok_or("the site has no such page")?)
}

#[tokio::test]
async fn each_page_of_the_site_is_accessible_prints_fits_a_phone_and_requests_nothing() -> Result {
    page::check(&pages()?).await
}

#[tokio::test]
async fn the_search_of_the_site_leads_to_another_page_by_keyboard_alone() -> Result {
    let browser = Browser::start(1280, false).await?;
    browser.open(&page("index.html")?, "").await?;
    browser.keys("/status callback").await?;
    browser.until("document.querySelectorAll('#search-results li').length > 0").await?;
    let title = browser
        .script("return document.querySelector('#search-results li[aria-selected] .result-title').textContent")
        .await?;
    browser.keys(ENTER).await?;
    browser.until("location.hash.length > 1 && document.readyState === 'complete'").await?;
    browser.until("(({ top }) => top >= 0 && top < innerHeight)(document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect())").await?;
    let shown = browser
        .script("return document.getElementById(decodeURIComponent(location.hash.slice(1))).textContent")
        .await?;
    assert_eq!(shown, title);
    stays_alone(&browser).await
}

#[tokio::test]
async fn a_deep_link_leads_to_a_heading_of_the_guide_and_the_session_is_a_picture() -> Result {
    let browser = Browser::start(1280, false).await?;
    browser.open(&page("index.html")?, "install").await?;
    browser
        .until(
            "(({ top }) => top >= 0 && top < innerHeight)(document.getElementById('install').getBoundingClientRect())",
        )
        .await?;
    browser.until("[...document.images].some((image) => image.complete && image.naturalWidth > 100)").await?;
    browser.open(&page("benchmarks.html")?, "").await?;
    browser.until("[...document.images].some((image) => image.complete && image.naturalWidth > 100)").await?;
    stays_alone(&browser).await
}
