//! One window of a listing: a span of time, whose pages are read one after another.

use crate::error::Error;
use crate::sequence::Sequence;
use crate::span::Span;

/// What was found in a window, newest first.
#[derive(Debug)]
pub(crate) struct Found<T> {
    pub(crate) items: Vec<T>,
    /// What is left of the window, when there was too much in it for one.
    pub(crate) rest: Option<Span>,
    pub(crate) density: Option<Density>,
}

/// How many items there are in how many seconds. Neither is 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Density {
    items: u64,
    seconds: u64,
}

impl Density {
    /// That of so many items between two times; `None` if there are none.
    fn of(items: usize, newest: i64, oldest: i64) -> Option<Self> {
        let items = u64::try_from(items).ok().filter(|items| *items > 0)?;
        Some(Self { items, seconds: newest.abs_diff(oldest).max(1) })
    }

    /// In how many seconds there are so many items.
    pub(crate) fn seconds_of(self, items: u64) -> u64 {
        items.saturating_mul(self.seconds).div_ceil(self.items)
    }
}

/// What a window is read for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) span: Span,
    /// The span of the whole listing.
    pub(crate) whole: Span,
    /// How many items a window should hold.
    pub(crate) target: u64,
}

/// Reads the pages of a window, which are filtered to what is around it.
pub(crate) async fn read<T>(
    mut pages: Sequence<T>,
    frame: Frame,
    created: impl Fn(&T) -> Option<i64>,
) -> Result<Found<T>, Error> {
    let Frame { mut span, whole, .. } = frame;
    let (mut items, mut rest) = (Vec::new(), None);
    while let Some(page) = pages.next_page().await {
        let page = page?;
        let times: Option<Vec<i64>> = page.iter().map(&created).collect();
        items.extend(page);
        if let Some(at) = times.filter(|_| pages.next_page_url().is_some()).and_then(|times| cut(&times, frame)) {
            let (read, left) = span.split(at);
            (span, rest) = (read, Some(left));
            break;
        }
    }
    // What has no time can be in any window.
    items.retain(|item| created(item).is_none_or(|time| span.contains(time, whole)));
    let newest = span.until.or_else(|| created(items.first()?));
    let oldest = span.from.or_else(|| created(items.last()?));
    let density = newest.zip(oldest).and_then(|(newest, oldest)| Density::of(items.len(), newest, oldest));
    Ok(Found { items, rest, density })
}

/// Where to leave a window off after a page with these times, when more than one window's worth is to come.
///
/// What was created in the last second of the page may go on on the next one, and so is left.
fn cut(times: &[i64], frame: Frame) -> Option<i64> {
    let (newest, oldest) = (*times.first()?, *times.last()?);
    let at = oldest.checked_add(1)?;
    let is_progress = at <= newest && frame.span.until.is_none_or(|until| at < until);
    if !is_progress || !times.is_sorted_by(|one, other| one >= other) {
        return None;
    }
    let enough = Density::of(times.len(), newest, oldest)?.seconds_of(frame.target);
    frame.span.from.is_none_or(|from| oldest > from && oldest.abs_diff(from) > enough).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(from: Option<i64>, until: Option<i64>) -> Frame {
        Frame { span: Span { from, until }, whole: Span::default(), target: 4 }
    }

    #[test]
    fn a_window_is_left_off_when_more_than_another_is_to_come_and_something_is_read_of_it() {
        let tens: Vec<i64> = (90..=100).rev().step_by(5).collect();
        assert_eq!(cut(&tens, frame(None, None)), Some(91));
        assert_eq!(cut(&tens, frame(Some(0), Some(200))), Some(91));
        assert_eq!(cut(&tens, frame(Some(85), None)), None, "little is to come");
        assert_eq!(cut(&[100, 100, 100], frame(None, None)), None, "more of the same second may come");
        assert_eq!(cut(&[100, 99], frame(None, Some(100))), None, "nothing would be read");
        assert_eq!(cut(&[90, 100, 80], frame(None, None)), None, "they are in no order");
        assert_eq!(cut(&[i64::MIN, i64::MIN], frame(None, None)), None);
        assert_eq!(cut(&[i64::MAX, i64::MAX], frame(None, None)), None);
        assert_eq!(cut(&[], frame(None, None)), None);
    }
}
