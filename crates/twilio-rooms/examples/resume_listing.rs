//! Lists rooms one page at a time, as if another process read each page: only a URL is stored in between.

mod common;

use std::error::Error;
use std::io::{self, Write};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let (builder, _sandbox) = common::builder(&mut out).await?;
    let client = builder.build()?;

    let mut stored: Option<String> = None;
    for number in 1.. {
        let list = client.rooms().list().status("completed").page_size(5);
        let page = match &stored {
            None => list.send().await?,
            // The URL contains the filters and the page size.
            Some(url) => list.resume(url).send().await?,
        };
        writeln!(out, "page {number} has {} rooms", page.items.len())?;
        // An application would store this URL in a database.
        stored = page.next_page_url;
        if stored.is_none() || number == 4 {
            break;
        }
    }
    writeln!(out, "{}", if stored.is_some() { "there are more" } else { "that was the last page" })?;
    Ok(())
}
