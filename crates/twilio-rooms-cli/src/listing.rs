//! Prints a listing as it arrives.

use std::io::IsTerminal;

use twilio_rooms::{DateFiltered, Items, List, Resource};

use crate::failure::Failure;
use crate::output::Row;
use crate::progress::Progress;
use crate::session::{Global, Session};
use crate::when::When;

/// The options of all listings.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct ListOptions {
    /// Stop after this number of items
    #[arg(long, value_name = "COUNT")]
    limit: Option<u64>,
    /// Ask for this number of items a page, up to 1000
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=1000))]
    page_size: Option<u32>,
    /// Continue where an interrupted listing ended
    #[arg(long, value_name = "URL")]
    resume: Option<String>,
}

impl ListOptions {
    pub(crate) fn apply<T: Resource>(self, mut list: List<T>) -> List<T> {
        if let Some(limit) = self.limit {
            list = list.limit(limit);
        }
        if let Some(page_size) = self.page_size {
            list = list.page_size(page_size);
        }
        if let Some(resume) = self.resume {
            list = list.resume(resume);
        }
        list
    }
}

/// The filters by time of creation.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct CreatedOptions {
    /// Only those created at this time or later
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    created_after: Option<When>,
    /// Only those created before this time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    created_before: Option<When>,
}

impl CreatedOptions {
    pub(crate) fn apply<T: DateFiltered>(&self, global: &Global, mut list: List<T>) -> Result<List<T>, Failure> {
        if let Some(when) = self.created_after {
            list = list.created_on_or_after(global.instant("--created-after", when)?);
        }
        if let Some(when) = self.created_before {
            list = list.created_before(global.instant("--created-before", when)?);
        }
        Ok(list)
    }
}

/// Prints all items, and returns their number. Ctrl-C ends the listing after the item that is being printed.
pub(crate) async fn print<T: Resource + Row>(
    session: &Session<'_>,
    mut items: Items<T>,
    name: &'static str,
) -> Result<u64, Failure> {
    let mut printer = session.global.list_printer::<T>()?;
    // On a terminal, the rows themselves show the progress.
    let progress = (!std::io::stdout().is_terminal()).then(|| Progress::counting(name));
    let mut interrupted = std::pin::pin!(tokio::signal::ctrl_c());
    let (failure, next_page) = loop {
        let next = tokio::select! {
            biased;
            next = items.next() => next,
            _ = &mut interrupted => {
                let failure = Failure::failed(format!("interrupted after {} {name}", printer.printed()));
                break (failure, items.next_page_url().map(str::to_owned));
            }
        };
        match next {
            Some(Ok(item)) => printer.print(&item)?,
            Some(Err(error)) => {
                let next_page = error.resume_url().map(str::to_owned);
                break (error.into(), next_page);
            }
            None => {
                progress.iter().for_each(Progress::finish);
                let count = printer.printed();
                printer.finish()?;
                return Ok(count);
            }
        }
        progress.iter().for_each(Progress::add);
    };
    progress.iter().for_each(Progress::finish);
    printer.flush()?;
    Err(match next_page.filter(|_| printer.printed() > 0) {
        Some(url) => failure.hint(format!("To continue after these {name}: add --resume '{url}'")),
        None => failure,
    })
}
