//! Windows over a service of numbers, each created in some second.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::*;
use crate::beside::beside;
use crate::created::Created;
use crate::error::Kind;
use crate::hint::Hint;
use crate::page::Page;
use crate::sequence::{At, PageFuture, Sequence};
use crate::window;

type Item = (i64, Box<str>);

/// What has this time has none, as far as can be seen.
const TIMELESS: i64 = NEWEST - 1_234;

/// What the service takes the two filters to include.
#[derive(Debug, Clone, Copy, Default)]
struct Meaning {
    after_leaves_out: bool,
    before_includes: bool,
}

/// A service that lists items newest first.
#[derive(Clone, Default)]
struct Service {
    items: Arc<[Item]>,
    created: Created,
    meaning: Meaning,
    page_size: usize,
    /// The time whose page cannot be read.
    broken: Option<i64>,
    /// Whether the last page is followed by the first one.
    circle: bool,
    reading: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    requests: Arc<AtomicU64>,
}

impl Service {
    /// Items with these times, which are newest first.
    fn new(times: impl IntoIterator<Item = i64>, page_size: usize) -> Self {
        let items = times.into_iter().enumerate().map(|(index, time)| (time, format!("{index}").into())).collect();
        Self { items, page_size, ..Self::default() }
    }

    fn matching(&self) -> Vec<Item> {
        let Span { from, until } = self.created.span();
        let Meaning { after_leaves_out, before_includes } = self.meaning;
        let is_after = |time| from.is_none_or(|from| time > from || (time == from && !after_leaves_out));
        let is_before = |time| until.is_none_or(|until| time < until || (time == until && before_includes));
        self.items.iter().filter(|(time, _)| is_after(*time) && is_before(*time)).cloned().collect()
    }

    /// The page after so many items.
    fn read(&self, start: usize) -> Result<Page<Item>, Error> {
        let matching = self.matching();
        let items: Vec<Item> = matching.iter().skip(start).take(self.page_size).cloned().collect();
        if items.iter().any(|(time, _)| Some(*time) == self.broken) {
            return Err(Error::new(Kind::Paging("broken".to_owned())).with_resume_url(Some("url".to_owned())));
        }
        let end = start + items.len();
        let next = if self.circle { Some(end % matching.len()) } else { Some(end).filter(|end| *end < matching.len()) };
        let next = next.map(|next| format!("{:?}/{next}", self.created.span()));
        let meta =
            serde_json::from_value(serde_json::json!({ "next_page_url": next })).map_err(|_| Error::invalid("meta"))?;
        Ok(Page::new(items, meta))
    }

    async fn all(self, parallel: usize, in_order: bool) -> Result<Vec<Item>, Error> {
        let settings = Settings { at_once: parallel, in_order, page_size: self.page_size() };
        let mut windows = Windows::new(Arc::new(self), 0..1, settings);
        let mut all = Vec::new();
        while let Some(items) = std::future::poll_fn(|context| windows.poll_page(context, None)).await {
            all.extend(items?);
        }
        Ok(all)
    }
}

impl Paged for Service {
    type Item = Item;

    fn page(&self, at: At) -> PageFuture<Item> {
        let service = self.clone();
        Box::pin(async move {
            let start = match at {
                At::First(_) => 0,
                At::Url(url) => url.rsplit('/').next().and_then(|start| start.parse().ok()).unwrap_or_default(),
            };
            service.most.fetch_max(service.reading.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
            service.requests.fetch_add(1, Ordering::Relaxed);
            // Another time for each, so that windows are ready in another order than theirs.
            let ticks = service.requests.load(Ordering::Relaxed) * 7 % 5;
            tokio::time::sleep(std::time::Duration::from_millis(50 + ticks)).await;
            service.reading.fetch_sub(1, Ordering::Relaxed);
            service.read(start)
        })
    }

    fn page_ahead(&self, at: At, _: Hint) -> PageFuture<Item> {
        self.page(at)
    }

    fn page_size(&self) -> u32 {
        u32::try_from(self.page_size).unwrap_or(u32::MAX)
    }

    fn identity<'a>(&self, item: &'a Item) -> &'a str {
        &item.1
    }
}

impl Windowed for Service {
    fn span(&self) -> Span {
        self.created.span()
    }

    fn window(&self, part: usize, page: Option<String>, frame: Frame) -> WindowFuture<Item> {
        let pages = Arc::new(Self { created: self.created.around(frame.span), ..self.clone() });
        let start = page.map_or(At::First(part), At::Url);
        beside(move || {
            let pages = Arc::clone(&pages) as Arc<dyn Paged<Item = Item>>;
            let pages = Sequence::new(pages, start.clone(), part..part + 1);
            Box::pin(window::read(pages, frame, |(time, _)| Some(*time).filter(|time| *time != TIMELESS)))
        })
    }

    fn created(&self, item: &Item) -> Option<i64> {
        Some(item.0).filter(|time| *time != TIMELESS)
    }
}

/// A time that is long after 1970.
const NEWEST: i64 = 1_793_534_400;

/// Times from [`NEWEST`] on downward, with steps that repeat.
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

/// Listings that are thin, dense, with many in one second, with gaps, and that change from one to the other.
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
async fn windows_give_what_a_sequence_gives_in_its_order_whatever_the_service_takes_the_edges_for() -> Result<(), Error>
{
    for listing in listings() {
        for page_size in [1, 7, 50] {
            for (after_leaves_out, before_includes) in [(false, false), (true, false), (false, true), (true, true)] {
                for bounds in [(None, None), (Some(NEWEST - 10_000), Some(NEWEST - 10))] {
                    let instant = |time| chrono::DateTime::from_timestamp(time, 0).map(Into::into);
                    let mut service = Service::new(listing.iter().copied(), page_size);
                    service.meaning = Meaning { after_leaves_out, before_includes };
                    service.created =
                        Created { on_or_after: bounds.0.and_then(instant), before: bounds.1.and_then(instant) };
                    let expected = service.matching();
                    assert_eq!(service.clone().all(3, true).await?, expected, "{bounds:?} of {listing:?}");
                    let mut unordered = service.all(3, false).await?;
                    unordered.sort_by_key(|(_, name)| name.parse().unwrap_or(0));
                    assert_eq!(unordered, expected, "{bounds:?} of {listing:?}");
                }
            }
        }
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn as_many_windows_as_were_asked_for_divide_the_time_by_nearly_as_many() -> Result<(), Error> {
    let service = Service::new(times(100_000, &[30, 31, 29]), 100);
    let began = tokio::time::Instant::now();
    assert_eq!(service.clone().all(8, true).await?.len(), 100_000);
    let (took, requests) = (began.elapsed(), service.requests.load(Ordering::Relaxed));
    assert_eq!(service.most.load(Ordering::Relaxed), 8);
    // A thousand pages, 52 ms each.
    assert!(requests < 1100, "{requests}");
    assert!(took < std::time::Duration::from_millis(52_000 * 16 / 100), "{took:?}");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn what_comes_before_an_error_is_complete_and_nothing_comes_after_it() {
    let mut service = Service::new(times(1000, &[10]), 10);
    service.broken = Some(NEWEST - 5_000);
    let mut windows = Windows::new(Arc::new(service), 0..1, Settings { at_once: 4, in_order: true, page_size: 10 });
    let (mut given, mut errors) = (Vec::new(), Vec::new());
    while let Some(items) = std::future::poll_fn(|context| windows.poll_page(context, None)).await {
        match items {
            Ok(items) => given.extend(items),
            Err(error) => errors.push(error),
        }
    }
    assert_eq!(errors.iter().map(Error::resume_url).collect::<Vec<_>>(), [None]);
    assert!((400..500).contains(&given.len()), "{}", given.len());
    assert_eq!(given.iter().map(|(time, _)| *time).collect::<Vec<_>>(), times(given.len(), &[10]));
}

#[tokio::test(start_paused = true)]
async fn no_more_windows_are_read_than_are_of_use() {
    let service = Service::new(times(100_000, &[10]), 100);
    let requests = Arc::clone(&service.requests);
    let mut windows = Windows::new(Arc::new(service), 0..1, Settings { at_once: 16, in_order: true, page_size: 100 });
    let mut given = 0;
    while given < 500 {
        let wanted = Some(500 - given);
        match std::future::poll_fn(|context| windows.poll_page(context, wanted)).await {
            Some(Ok(items)) => given += items.len() as u64,
            other => panic!("there is more: {other:?}"),
        }
    }
    assert!(requests.load(Ordering::Relaxed) < 12, "{requests:?}");
}

#[tokio::test(start_paused = true)]
async fn a_window_that_all_others_wait_for_is_read_even_when_these_are_enough() {
    // As the first two pages have it, there is little more; but then there is very much, and then little again.
    let service = Service::new(thin_dense_thin(), 10);
    let expected = service.matching();
    let mut windows = Windows::new(Arc::new(service), 0..1, Settings { at_once: 2, in_order: true, page_size: 10 });
    let mut given = Vec::new();
    while given.len() < 29 {
        let wanted = Some(29 - given.len() as u64);
        match std::future::poll_fn(|context| windows.poll_page(context, wanted)).await {
            Some(Ok(items)) => given.extend(items),
            other => panic!("there is more: {other:?}"),
        }
    }
    assert_eq!(given[..29], expected[..29]);
}

/// Little, then very much, then little again: windows are begun that turn out to be too long.
fn thin_dense_thin() -> Vec<i64> {
    let after = |seconds: i64| move |index: i64| NEWEST - seconds - index;
    let thin = (1..20).map(|index| index * 1000).map(after(0));
    let dense = (1..=200).map(after(19_000));
    let thin_again = (0..40).map(|index| index * 1900).map(after(29_000));
    thin.chain(dense).chain(thin_again).collect()
}

#[tokio::test(start_paused = true)]
async fn an_error_anywhere_ends_the_listing_after_all_that_comes_before_it() -> Result<(), Box<dyn std::error::Error>> {
    for broken in thin_dense_thin() {
        for at_once in 1..6 {
            for in_order in [true, false] {
                let mut service = Service::new(thin_dense_thin(), 10);
                service.broken = Some(broken);
                let expected: Vec<Item> = service.matching();
                let settings = Settings { at_once, in_order, page_size: 10 };
                let mut windows = Windows::new(Arc::new(service), 0..1, settings);
                let (mut given, mut errors) = (Vec::new(), 0);
                let minute = std::time::Duration::from_secs(60);
                let read = async {
                    while let Some(page) = std::future::poll_fn(|context| windows.poll_page(context, None)).await {
                        match page {
                            Ok(items) => given.extend(items),
                            Err(_) => errors += 1,
                        }
                    }
                };
                tokio::time::timeout(minute, read).await?;
                assert_eq!(errors, 1);
                if in_order {
                    assert_eq!(given[..], expected[..given.len()]);
                }
                assert!(given.iter().all(|(time, _)| *time != broken));
            }
        }
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_cut_is_given_a_few_pages_at_a_time() -> Result<(), Error> {
    let mut disorderly = times(400, &[10]);
    disorderly.chunks_mut(7).for_each(<[i64]>::reverse);
    let with_timeless =
        [times(20, &[10]), vec![TIMELESS; 3], times(300, &[20]).into_iter().map(|time| time - 9_000).collect()];
    // One that is older than its place says, and is met again if the rest is cut.
    let mut misplaced = times(1000, &[10]);
    misplaced.insert(3, NEWEST - 5_005);
    for listing in [times(500, &[0]), disorderly, with_timeless.concat(), misplaced] {
        let service = Service::new(listing, 10);
        let expected = service.matching();
        let settings = Settings { at_once: 4, in_order: true, page_size: 10 };
        let mut windows = Windows::new(Arc::new(service), 0..1, settings);
        let mut given = Vec::new();
        while let Some(items) = std::future::poll_fn(|context| windows.poll_page(context, None)).await {
            let items = items?;
            assert!(items.len() <= 40, "{}", items.len());
            given.extend(items);
        }
        given.sort_by_key(|(_, name)| name.parse().unwrap_or(0));
        assert_eq!(given, expected);
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn windows_that_run_in_a_circle_are_an_error() -> Result<(), Box<dyn std::error::Error>> {
    let mut service = Service::new(times(200, &[0]), 10);
    service.circle = true;
    let all = tokio::time::timeout(std::time::Duration::from_secs(60), service.all(3, true)).await?;
    assert!(all.is_err_and(|error| error.is_paging()));
    Ok(())
}
