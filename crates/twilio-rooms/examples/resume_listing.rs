//! Lists rooms a page at a time, as if each page were read by another process: all that is kept between them is a URL.

mod common;

use std::error::Error;
use std::io::{self, Write};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let (builder, _sandbox) = common::builder(&mut out).await?;
    let client = builder.build()?;

    let mut saved: Option<String> = None;
    for number in 1.. {
        let list = client.rooms().list().status("completed").page_size(5);
        let page = match &saved {
            None => list.send().await?,
            // The URL has the filters and the page size of the listing it comes from.
            Some(url) => list.resume(url).send().await?,
        };
        writeln!(out, "page {number} has {} rooms", page.items.len())?;
        // `next` is what would be written to a database.
        saved = page.next_page_url;
        if saved.is_none() || number == 4 {
            break;
        }
    }
    writeln!(out, "{}", if saved.is_some() { "there are more" } else { "that was the last page" })?;
    Ok(())
}
