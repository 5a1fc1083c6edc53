//! The icons of the pages.

use maud::PreEscaped;

/// An icon, which is a part of the design.
pub(crate) type Icon = PreEscaped<&'static str>;

pub(crate) const MENU: Icon =
    PreEscaped(r#"<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4.5h12M2 8h12M2 11.5h12"/></svg>"#);
pub(crate) const THEME: Icon = PreEscaped(
    r#"<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.75"/><path class="fill" d="M8 2.25a5.75 5.75 0 0 1 0 11.5z"/></svg>"#,
);
pub(crate) const SEARCH: Icon = PreEscaped(
    r#"<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/></svg>"#,
);
pub(crate) const DOWNLOAD: Icon =
    PreEscaped(r#"<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2v8m0 0 3-3m-3 3L5 7M2.5 13.5h11"/></svg>"#);
