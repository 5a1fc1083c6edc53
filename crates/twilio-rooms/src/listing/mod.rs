//! Listings: the resources that match a query, item by item or page by page.

mod date_filter;
mod date_or_instant;
mod date_range_list;
mod items;
mod list;
mod listable;
mod next_page_peek;
mod page;
mod page_fetcher;
mod page_stream;
mod pager;
mod parallel;
mod repetition;
mod resource;

pub use self::date_filter::DateFiltered;
pub(crate) use self::date_filter::DateFilters;
pub use self::date_or_instant::DateOrInstant;
pub use self::items::Items;
pub use self::list::List;
pub(crate) use self::listable::{FirstPage, Listable};
pub use self::page::Page;
pub use self::page_stream::Pages;
pub use self::resource::Resource;
