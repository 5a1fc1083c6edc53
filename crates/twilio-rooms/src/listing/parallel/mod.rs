//! Parallel listings: windows of time, several of which are read concurrently.

mod parallel_pager;
mod time_range;
mod window;

pub(super) use self::parallel_pager::{ParallelPager, ParallelSettings, WindowFuture, WindowSource};
pub(super) use self::time_range::TimeRange;
pub(super) use self::window::{WindowPlan, read_window};
