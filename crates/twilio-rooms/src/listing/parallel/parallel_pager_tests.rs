//! The parallel pager over a simulated service of numbered items.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use super::*;
use crate::error::Kind;
use crate::listing::date_filter::DateFilters;
use crate::listing::next_page_peek::NextPagePeek;
use crate::listing::page::Page;
use crate::listing::pager::{PageFuture, PageLocation, Pager};
use crate::listing::parallel::read_window;
use crate::transport::run_in_background;

type Item = (i64, Box<str>);

/// The time of items that look as if they had no time.
const UNDATED: i64 = NEWEST - 1_234;

/// The service's interpretation of the bounds of the two filters.
#[derive(Debug, Clone, Copy, Default)]
struct Bounds {
    is_after_exclusive: bool,
    is_before_inclusive: bool,
}

/// A simulated service that lists items newest first.
#[derive(Clone, Default)]
struct Service {
    items: Arc<[Item]>,
    dates: DateFilters,
    bounds: Bounds,
    page_size: usize,
    /// The time of an item whose page cannot be read.
    failing_time: Option<i64>,
    /// Lets the last page point back to the first one.
    repeats: bool,
    concurrent_requests: Arc<AtomicUsize>,
    max_concurrent_requests: Arc<AtomicUsize>,
    requests: Arc<AtomicU64>,
}

impl Service {
    /// Creates items with these times, which must be newest first.
    fn new(times: impl IntoIterator<Item = i64>, page_size: usize) -> Self {
        let items = times.into_iter().enumerate().map(|(index, time)| (time, format!("{index}").into())).collect();
        Self { items, page_size, ..Self::default() }
    }

    fn matching(&self) -> Vec<Item> {
        let TimeRange { from, until } = self.dates.time_range();
        let Bounds { is_after_exclusive, is_before_inclusive } = self.bounds;
        let is_after = |time| from.is_none_or(|from| time > from || (time == from && !is_after_exclusive));
        let is_before = |time| until.is_none_or(|until| time < until || (time == until && is_before_inclusive));
        self.items.iter().filter(|(time, _)| is_after(*time) && is_before(*time)).cloned().collect()
    }

    /// Returns the page that starts at an index.
    fn page(&self, start: usize) -> Result<Page<Item>, Error> {
        let matching = self.matching();
        let items: Vec<Item> = matching.iter().skip(start).take(self.page_size).cloned().collect();
        if items.iter().any(|(time, _)| Some(*time) == self.failing_time) {
            return Err(Error::new(Kind::Paging("failing".to_owned())).with_resume_url(Some("url".to_owned())));
        }
        let end = start + items.len();
        let next =
            if self.repeats { Some(end % matching.len()) } else { Some(end).filter(|end| *end < matching.len()) };
        let next = next.map(|next| format!("{:?}/{next}", self.dates.time_range()));
        let meta =
            serde_json::from_value(serde_json::json!({ "next_page_url": next })).map_err(|_| Error::invalid("meta"))?;
        Ok(Page::new(items, meta))
    }

    async fn collect(self, max_concurrent: usize, is_ordered: bool) -> Result<Vec<Item>, Error> {
        let settings = ParallelSettings { max_concurrent, is_ordered, page_size: self.page_size() };
        let mut pager = ParallelPager::new(Arc::new(self), 0..1, settings);
        let mut collected = Vec::new();
        while let Some(items) = std::future::poll_fn(|context| pager.poll_items(context, None)).await {
            collected.extend(items?);
        }
        Ok(collected)
    }
}

impl PageSource for Service {
    type Item = Item;

    fn fetch(&self, location: PageLocation, _: Option<Instant>) -> PageFuture<Item> {
        let service = self.clone();
        Box::pin(async move {
            let start = match location {
                PageLocation::First(_) => 0,
                PageLocation::Url(url) => {
                    url.rsplit('/').next().and_then(|start| start.parse().ok()).unwrap_or_default()
                }
            };
            let concurrent = service.concurrent_requests.fetch_add(1, Ordering::Relaxed) + 1;
            service.max_concurrent_requests.fetch_max(concurrent, Ordering::Relaxed);
            service.requests.fetch_add(1, Ordering::Relaxed);
            // Latencies differ, so that windows arrive out of order.
            let ticks = service.requests.load(Ordering::Relaxed) * 7 % 5;
            tokio::time::sleep(std::time::Duration::from_millis(50 + ticks)).await;
            service.concurrent_requests.fetch_sub(1, Ordering::Relaxed);
            service.page(start)
        })
    }

    fn prefetch(&self, location: PageLocation, until: Option<Instant>, _: Arc<NextPagePeek>) -> PageFuture<Item> {
        self.fetch(location, until)
    }

    fn deadline(&self) -> Duration {
        Duration::from_secs(120)
    }

    fn page_size(&self) -> u32 {
        u32::try_from(self.page_size).unwrap_or(u32::MAX)
    }

    fn identity<'a>(&self, item: &'a Item) -> &'a str {
        &item.1
    }
}

impl WindowSource for Service {
    fn time_range(&self) -> TimeRange {
        self.dates.time_range()
    }

    fn read_window(
        &self,
        sublisting: usize,
        page_url: Option<Arc<str>>,
        seen: SharedSeenPages,
        plan: WindowPlan,
    ) -> WindowFuture<Item> {
        let source = Arc::new(Self { dates: self.dates.narrowed_to(plan.range), ..self.clone() });
        let start = page_url.map_or(PageLocation::First(sublisting), PageLocation::Url);
        run_in_background(move || {
            let source = Arc::clone(&source) as Arc<dyn PageSource<Item = Item>>;
            let pager = Pager::new(source, start.clone(), sublisting..sublisting + 1);
            Box::pin(read_window(pager, seen.clone(), plan, |(time, _)| Some(*time).filter(|time| *time != UNDATED)))
        })
    }

    fn created(&self, item: &Item) -> Option<i64> {
        Some(item.0).filter(|time| *time != UNDATED)
    }
}

/// A time long after 1970.
const NEWEST: i64 = 1_793_534_400;

/// Returns descending times from [`NEWEST`] on, with repeating steps between them.
fn times(count: usize, steps: &[i64]) -> Vec<i64> {
    let mut time = NEWEST;
    let mut steps = steps.iter().cycle();
    std::iter::repeat_with(|| {
        time -= steps.next().copied().unwrap_or(1);
        time
    })
    .take(count)
    .collect()
}

/// Returns the times of listings that are sparse, dense, with many items per second, with gaps, and with changes
/// between these.
fn listings() -> Vec<Vec<i64>> {
    let changing =
        [times(300, &[50]), times(300, &[0, 0, 1]).into_iter().map(|time| time - 100_000).collect()].concat();
    vec![
        vec![],
        times(1, &[1]),
        times(400, &[1]),
        times(500, &[1000]),
        times(500, &[0, 0, 0, 1]),
        times(300, &[0]),
        times(300, &[3, 1, 4, 1, 5, 9000, 2, 6]),
        times(40, &[40_000]),
        times(100, &[NEWEST / 60]),
        changing,
    ]
}

#[tokio::test(start_paused = true)]
async fn the_items_and_their_order_are_right_for_any_interpretation_of_the_filters() -> Result<(), Error> {
    for listing in listings() {
        for page_size in [1, 7, 50] {
            for (is_after_exclusive, is_before_inclusive) in
                [(false, false), (true, false), (false, true), (true, true)]
            {
                for range in [(None, None), (Some(NEWEST - 10_000), Some(NEWEST - 10))] {
                    let instant = |time| chrono::DateTime::from_timestamp(time, 0).map(Into::into);
                    let mut service = Service::new(listing.iter().copied(), page_size);
                    service.bounds = Bounds { is_after_exclusive, is_before_inclusive };
                    service.dates =
                        DateFilters { on_or_after: range.0.and_then(instant), before: range.1.and_then(instant) };
                    let expected = service.matching();
                    assert_eq!(service.clone().collect(3, true).await?, expected, "{range:?} of {listing:?}");
                    let mut unordered = service.collect(3, false).await?;
                    unordered.sort_by_key(|(_, name)| name.parse().unwrap_or(0));
                    assert_eq!(unordered, expected, "{range:?} of {listing:?}");
                }
            }
        }
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn eight_concurrent_windows_take_little_more_than_an_eighth_of_the_time() -> Result<(), Error> {
    let service = Service::new(times(100_000, &[30, 31, 29]), 100);
    let started = tokio::time::Instant::now();
    assert_eq!(service.clone().collect(8, true).await?.len(), 100_000);
    let (elapsed, requests) = (started.elapsed(), service.requests.load(Ordering::Relaxed));
    assert_eq!(service.max_concurrent_requests.load(Ordering::Relaxed), 8);
    // 1,000 pages of 52 ms each.
    assert!(requests < 1100, "{requests}");
    assert!(elapsed < std::time::Duration::from_millis(52_000 * 16 / 100), "{elapsed:?}");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn the_items_before_an_error_are_complete_and_nothing_follows_it() {
    let mut service = Service::new(times(1000, &[10]), 10);
    service.failing_time = Some(NEWEST - 5_000);
    let mut pager = ParallelPager::new(
        Arc::new(service),
        0..1,
        ParallelSettings { max_concurrent: 4, is_ordered: true, page_size: 10 },
    );
    let (mut yielded, mut errors) = (Vec::new(), Vec::new());
    while let Some(items) = std::future::poll_fn(|context| pager.poll_items(context, None)).await {
        match items {
            Ok(items) => yielded.extend(items),
            Err(error) => errors.push(error),
        }
    }
    assert_eq!(errors.iter().map(Error::resume_url).collect::<Vec<_>>(), [None]);
    assert!((400..500).contains(&yielded.len()), "{}", yielded.len());
    assert_eq!(yielded.iter().map(|(time, _)| *time).collect::<Vec<_>>(), times(yielded.len(), &[10]));
}

#[tokio::test(start_paused = true)]
async fn no_windows_are_read_beyond_the_wanted_items() {
    let service = Service::new(times(100_000, &[10]), 100);
    let requests = Arc::clone(&service.requests);
    let mut pager = ParallelPager::new(
        Arc::new(service),
        0..1,
        ParallelSettings { max_concurrent: 16, is_ordered: true, page_size: 100 },
    );
    let mut yielded = 0;
    while yielded < 500 {
        let wanted = Some(500 - yielded);
        match std::future::poll_fn(|context| pager.poll_items(context, wanted)).await {
            Some(Ok(items)) => yielded += items.len() as u64,
            other => panic!("expected more items: {other:?}"),
        }
    }
    assert!(requests.load(Ordering::Relaxed) < 12, "{requests:?}");
}

#[tokio::test(start_paused = true)]
async fn the_first_window_is_read_even_if_later_windows_have_enough_items() {
    let service = Service::new(sparse_dense_sparse(), 10);
    let expected = service.matching();
    let mut pager = ParallelPager::new(
        Arc::new(service),
        0..1,
        ParallelSettings { max_concurrent: 2, is_ordered: true, page_size: 10 },
    );
    let mut yielded = Vec::new();
    while yielded.len() < 29 {
        let wanted = Some(29 - yielded.len() as u64);
        match std::future::poll_fn(|context| pager.poll_items(context, wanted)).await {
            Some(Ok(items)) => yielded.extend(items),
            other => panic!("expected more items: {other:?}"),
        }
    }
    assert_eq!(yielded[..29], expected[..29]);
}

/// Returns times with a dense middle, in which windows turn out to be too long.
fn sparse_dense_sparse() -> Vec<i64> {
    let after = |seconds: i64| move |index: i64| NEWEST - seconds - index;
    let sparse = (1..20).map(|index| index * 1000).map(after(0));
    let dense = (1..=200).map(after(19_000));
    let sparse_again = (0..40).map(|index| index * 1900).map(after(29_000));
    sparse.chain(dense).chain(sparse_again).collect()
}

#[tokio::test(start_paused = true)]
async fn an_error_anywhere_ends_the_listing_once() -> Result<(), Box<dyn std::error::Error>> {
    for failing_time in sparse_dense_sparse() {
        for max_concurrent in 1..6 {
            for is_ordered in [true, false] {
                let mut service = Service::new(sparse_dense_sparse(), 10);
                service.failing_time = Some(failing_time);
                let expected: Vec<Item> = service.matching();
                let settings = ParallelSettings { max_concurrent, is_ordered, page_size: 10 };
                let mut pager = ParallelPager::new(Arc::new(service), 0..1, settings);
                let (mut yielded, mut errors) = (Vec::new(), 0);
                let minute = std::time::Duration::from_secs(60);
                let read = async {
                    while let Some(page) = std::future::poll_fn(|context| pager.poll_items(context, None)).await {
                        match page {
                            Ok(items) => yielded.extend(items),
                            Err(_) => errors += 1,
                        }
                    }
                };
                tokio::time::timeout(minute, read).await?;
                assert_eq!(errors, 1);
                if is_ordered {
                    assert_eq!(yielded[..], expected[..yielded.len()]);
                }
                assert!(yielded.iter().all(|(time, _)| *time != failing_time));
            }
        }
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn windows_that_cannot_be_split_are_yielded_a_few_pages_at_a_time() -> Result<(), Error> {
    let mut unordered = times(400, &[10]);
    unordered.chunks_mut(7).for_each(<[i64]>::reverse);
    let with_undated =
        [times(20, &[10]), vec![UNDATED; 3], times(300, &[20]).into_iter().map(|time| time - 9_000).collect()];
    // An item out of place, which would come twice if the rest were split.
    let mut misplaced = times(1000, &[10]);
    misplaced.insert(3, NEWEST - 5_005);
    for listing in [times(500, &[0]), unordered, with_undated.concat(), misplaced] {
        let service = Service::new(listing, 10);
        let expected = service.matching();
        let settings = ParallelSettings { max_concurrent: 4, is_ordered: true, page_size: 10 };
        let mut pager = ParallelPager::new(Arc::new(service), 0..1, settings);
        let mut yielded = Vec::new();
        while let Some(items) = std::future::poll_fn(|context| pager.poll_items(context, None)).await {
            let items = items?;
            assert!(items.len() <= 40, "{}", items.len());
            yielded.extend(items);
        }
        yielded.sort_by_key(|(_, name)| name.parse().unwrap_or(0));
        assert_eq!(yielded, expected);
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn repeated_pages_are_an_error() -> Result<(), Box<dyn std::error::Error>> {
    let mut service = Service::new(times(200, &[0]), 10);
    service.repeats = true;
    let result = tokio::time::timeout(std::time::Duration::from_secs(60), service.collect(3, true)).await?;
    assert!(result.is_err_and(|error| error.is_paging()));
    Ok(())
}
