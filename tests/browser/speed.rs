//! The speed of a page. `cargo xtask bench pages` runs this test; the others do not depend on time.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::Result;
use crate::browser::Browser;

/// Queries: words that much has, one letter, a phrase, words that nothing has, typing errors, and paths.
const QUERIES: [&str; 14] = [
    "e",
    "t",
    "/",
    "thing",
    "lists some",
    "identifier of the thing",
    "thing1999",
    "create_thing2000",
    "the a of",
    "zzqx",
    "qwrtplk xyv",
    "idnetifier",
    "craete",
    "/thing30",
];

/// Types a query, and calls back with the time until the answer is painted, in milliseconds.
const MEASURE: &str = "const [query, done] = arguments, input = document.querySelector('#search-input');
    input.value = query;
    const started = performance.now();
    delete document.documentElement.dataset.searchTime;
    input.dispatchEvent(new Event('input'));
    const wait = () => document.documentElement.dataset.searchTime === undefined
        ? setTimeout(wait, 0)
        : requestAnimationFrame(() => setTimeout(() => done(performance.now() - started), 0));
    wait();";

#[tokio::test]
#[ignore = "measures time"]
async fn a_page_is_measured() -> Result {
    let (page, output) = (std::env::var("PAGE")?, std::env::var("MEASUREMENT")?);
    let (mut paints, mut firsts, mut searches) = (Vec::new(), Vec::new(), Vec::<Vec<f64>>::new());
    for _ in 0..std::env::var("ROUNDS")?.parse()? {
        let browser = Browser::start(1280, false).await?;
        browser.open(&PathBuf::from(&page), "").await?;
        browser.until("performance.getEntriesByName('first-contentful-paint').length === 1").await?;
        let paint =
            browser.script("return performance.getEntriesByName('first-contentful-paint')[0].startTime").await?;
        paints.push(paint.as_f64().ok_or("there is no time")?);
        browser.until("document.readyState === 'complete'").await?;
        browser.script("document.querySelector('#search-open').click()").await?;
        browser.until("document.documentElement.dataset.searchTime !== undefined").await?;
        let first = browser.script("return document.documentElement.dataset.searchTime").await?;
        firsts.push(first.as_str().unwrap_or_default().parse::<f64>()?);
        let mut times = Vec::new();
        for query in QUERIES {
            let time = browser.client.execute_async(MEASURE, vec![json!(query)]).await?;
            times.push(time.as_f64().ok_or("there is no time")?);
        }
        searches.push(times);
        browser.client.clone().close().await?;
    }
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let queries: Vec<Value> = QUERIES
        .iter()
        .enumerate()
        .map(|(index, query)| json!({ "query": query, "ms": median(searches.iter().map(|times| times[index]).collect()) }))
        .collect();
    let measurement = json!({ "paint_ms": median(paints), "index_ms": median(firsts), "queries": queries });
    std::fs::write(output, format!("{measurement:#}\n"))?;
    Ok(())
}
