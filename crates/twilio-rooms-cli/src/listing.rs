//! Prints a listing as it arrives.

use std::future::{Future, poll_fn};
use std::io::IsTerminal;
use std::task::Poll;

use chrono::{DateTime, Utc};
use futures_util::StreamExt;
use twilio_rooms::{DateFiltered, Error, Items, List, Resource};

use crate::failure::Failure;
use crate::interrupt::interrupted;
use crate::output::{Printer, Row};
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

/// A span of time. Its start is in it, and its end is not.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Created {
    pub(crate) after: Option<DateTime<Utc>>,
    pub(crate) before: Option<DateTime<Utc>>,
}

impl CreatedOptions {
    /// The span of time that is meant.
    pub(crate) fn resolve(&self, global: &Global) -> Result<Created, Failure> {
        let resolve = |option: &str, when: Option<When>| when.map(|when| global.instant(option, when)).transpose();
        let after = resolve("--created-after", self.created_after)?;
        let before = resolve("--created-before", self.created_before)?;
        if let (Some(after), Some(before)) = (after, before)
            && after >= before
        {
            let text = |instant: DateTime<Utc>| instant.format("%Y-%m-%dT%H:%M:%SZ");
            let (after, before) = (text(after), text(before));
            let message = format!("nothing is created at {after} or later and before {before}");
            return Err(Failure::usage(message).hint("Choose other times for --created-after and --created-before."));
        }
        Ok(Created { after, before })
    }

    pub(crate) fn apply<T: DateFiltered>(&self, global: &Global, list: List<T>) -> Result<List<T>, Failure> {
        Ok(self.resolve(global)?.apply(list))
    }
}

impl Created {
    pub(crate) fn apply<T: DateFiltered>(self, mut list: List<T>) -> List<T> {
        if let Some(after) = self.after {
            list = list.created_on_or_after(after);
        }
        if let Some(before) = self.before {
            list = list.created_before(before);
        }
        list
    }
}

/// Prints all items, and returns their number. Ctrl-C ends the listing after the item that is being printed.
pub(crate) async fn print<T: Resource + Row>(
    session: &Session<'_>,
    items: Items<T>,
    name: &'static str,
) -> Result<u64, Failure> {
    run(session, items, name, &Progress::counting(name), |_| None).await
}

/// Prints all items, of which progress tells the time that is left if they are those of a span of time.
pub(crate) async fn print_span<T: Resource + Row>(
    session: &Session<'_>,
    items: Items<T>,
    name: &'static str,
    span: Created,
    created: fn(&T) -> Option<DateTime<Utc>>,
) -> Result<u64, Failure> {
    let progress = match span.after {
        Some(after) => {
            let until = span.before.unwrap_or_else(|| session.global.now());
            Progress::newest_first(name, after.timestamp(), until.timestamp())
        }
        None => Progress::counting(name),
    };
    run(session, items, name, &progress, created).await
}

async fn run<T: Resource + Row>(
    session: &Session<'_>,
    mut items: Items<T>,
    name: &'static str,
    progress: &Progress,
    created: fn(&T) -> Option<DateTime<Utc>>,
) -> Result<u64, Failure> {
    let mut printer = session.global.list_printer::<T>()?;
    let is_shown = std::io::stdout().is_terminal();
    let mut interrupted = std::pin::pin!(interrupted());
    // It listens from here on, and not only once an item is waited for.
    if poll_fn(|context| Poll::Ready(interrupted.as_mut().poll(context).is_ready())).await {
        return Err(Failure::failed(format!("interrupted after 0 {name}")));
    }
    let (failure, next_page) = loop {
        let next = tokio::select! {
            biased;
            next = next(&mut items, &mut printer) => next?,
            () = &mut interrupted => {
                let failure = Failure::failed(format!("interrupted after {} {name}", printer.printed()));
                break (failure, items.next_page_url().map(str::to_owned));
            }
        };
        match next {
            Some(Ok(item)) => {
                // On a terminal, the rows themselves show the progress from here on.
                if is_shown && !printer.collects_next() {
                    progress.finish();
                }
                printer.print(&item)?;
                progress.add_created(printer.printed(), name, created(&item).map(|time| time.timestamp()));
            }
            Some(Err(error)) => {
                let next_page = error.resume_url().map(str::to_owned);
                break (error.into(), next_page);
            }
            None => {
                progress.finish();
                let count = printer.printed();
                printer.finish()?;
                return Ok(count);
            }
        }
    };
    progress.finish();
    printer.flush()?;
    Err(match next_page.filter(|_| printer.printed() > 0) {
        Some(url) => failure.hint(format!("To continue after these {name}: add --resume '{url}'")),
        None => failure,
    })
}

/// The next item. What was printed before is shown while it is waited for.
async fn next<T: Resource + Row>(
    items: &mut Items<T>,
    printer: &mut Printer<T>,
) -> Result<Option<Result<T, Error>>, Failure> {
    poll_fn(|context| match items.poll_next_unpin(context) {
        Poll::Ready(next) => Poll::Ready(Ok(next)),
        Poll::Pending => match printer.flush_rows() {
            Ok(()) => Poll::Pending,
            Err(failure) => Poll::Ready(Err(failure)),
        },
    })
    .await
}
