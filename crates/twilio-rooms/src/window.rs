//! One window of a listing: a span of time, whose pages are read one after another.

use crate::error::Error;
use crate::sequence::Sequence;
use crate::span::Span;

/// How many pages of a window are read before what is on them is given.
const PAGES: usize = 4;

/// A part of a listing that is still to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    /// The URL of the page to begin with, when that is not the first one.
    pub(crate) page: Option<String>,
    /// Whether something before that page was in no order, so that nothing can be told from what follows.
    pub(crate) unordered: bool,
}

impl Piece {
    /// The whole of a span.
    pub(crate) fn whole(span: Span) -> Self {
        Self { span, page: None, unordered: false }
    }
}

/// What was found in a window, newest first.
#[derive(Debug)]
pub(crate) struct Found<T> {
    pub(crate) items: Vec<T>,
    /// What is left of the window, when there was too much in it.
    pub(crate) rest: Option<Piece>,
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
    /// Whether something before it was in no order.
    pub(crate) unordered: bool,
}

/// Reads the pages of a window, which are filtered to what is around it.
///
/// It is left off as soon as more than another window's worth is to come, and then the rest of the span is. Where that cannot
/// be, because many were created in one second or they are not in order, it is left off in the middle, and the page is told.
pub(crate) async fn read<T>(
    mut pages: Sequence<T>,
    frame: Frame,
    created: impl Fn(&T) -> Option<i64>,
) -> Result<Found<T>, Error> {
    let Frame { mut span, whole, .. } = frame;
    let mut so_far = SoFar { unordered: frame.unordered, ..SoFar::default() };
    let (mut items, mut rest, mut count) = (Vec::new(), None, 0);
    while let Some(page) = pages.next_page().await {
        let page = page?;
        for item in &page {
            so_far.add(created(item));
        }
        items.extend(page);
        count += 1;
        let Some(next) = pages.next_page_url() else { continue };
        if let Some(at) = so_far.cut(frame) {
            let (read, left) = span.split(at);
            (span, rest) = (read, Some(Piece::whole(left)));
            break;
        }
        if count == PAGES {
            rest = Some(Piece { span, page: Some(next.to_owned()), unordered: so_far.unordered });
            break;
        }
    }
    // What has no time can be in any window.
    items.retain(|item| created(item).is_none_or(|time| span.contains(time, whole)));
    let density = match &rest {
        Some(Piece { page: Some(_), .. }) => so_far.density(),
        _ => span
            .until
            .or(so_far.newest)
            .zip(span.from.or(so_far.oldest))
            .and_then(|(newest, oldest)| Density::of(items.len(), newest, oldest)),
    };
    Ok(Found { items, rest, density })
}

/// What is known of the times of the items of a window, as far as it is read.
#[derive(Debug, Default)]
struct SoFar {
    items: usize,
    newest: Option<i64>,
    oldest: Option<i64>,
    /// Whether there was one without a time, or one that was newer than the one before it.
    unordered: bool,
}

impl SoFar {
    fn add(&mut self, time: Option<i64>) {
        self.items += 1;
        self.unordered |= time.is_none() || self.oldest.is_some_and(|oldest| time > Some(oldest));
        self.newest = self.newest.or(time);
        self.oldest = time.or(self.oldest);
    }

    fn density(&self) -> Option<Density> {
        Density::of(self.items, self.newest?, self.oldest?)
    }

    /// Where to leave the window off, when more than another one's worth is to come.
    ///
    /// What was created in the last second so far may go on on the next page, and so is left.
    fn cut(&self, frame: Frame) -> Option<i64> {
        let (newest, oldest) = (self.newest?, self.oldest?);
        let at = oldest.checked_add(1)?;
        let is_progress = at <= newest && frame.span.until.is_none_or(|until| at < until);
        if !is_progress || self.unordered {
            return None;
        }
        let enough = self.density()?.seconds_of(frame.target);
        frame.span.from.is_none_or(|from| oldest > from && oldest.abs_diff(from) > enough).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(times: &[i64], from: Option<i64>, until: Option<i64>) -> Option<i64> {
        let mut so_far = SoFar::default();
        for time in times {
            so_far.add(Some(*time));
        }
        so_far.cut(Frame { span: Span { from, until }, whole: Span::default(), target: 4, unordered: false })
    }

    #[test]
    fn a_window_is_left_off_when_more_than_another_is_to_come_and_something_is_read_of_it() {
        let tens = [100, 95, 90];
        assert_eq!(cut(&tens, None, None), Some(91));
        assert_eq!(cut(&tens, Some(0), Some(200)), Some(91));
        assert_eq!(cut(&tens, Some(85), None), None, "little is to come");
        assert_eq!(cut(&[100, 100, 100], None, None), None, "more of the same second may come");
        assert_eq!(cut(&[100, 99], None, Some(100)), None, "nothing would be read");
        assert_eq!(cut(&[90, 100, 80], None, None), None, "they are in no order");
        assert_eq!(cut(&[i64::MIN, i64::MIN], None, None), None);
        assert_eq!(cut(&[i64::MAX, i64::MAX], None, None), None);
        assert_eq!(cut(&[], None, None), None);
        let mut timeless = SoFar::default();
        for time in [Some(100), None, Some(90)] {
            timeless.add(time);
        }
        assert_eq!(
            timeless.cut(Frame { span: Span::default(), whole: Span::default(), target: 1, unordered: false }),
            None
        );
    }
}
