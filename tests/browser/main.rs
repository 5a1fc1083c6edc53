//! The pages of the steward and the inspector of the sandbox in headless Chromium. `cargo xtask ci browser` runs these tests, and skips them where there is no
//! `chromedriver`.
//!
//! `OPENAPI_STEWARD` and `TWILIO_ROOMS_SANDBOX` are the paths of the programs. `AXE` is the path of `axe.min.js`; without it, the accessibility of the pages is not
//! checked.

mod browser;
mod command;
mod inspector;
mod page;
mod reference;
mod report;
mod site;
mod speed;

/// The result of a test.
type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;
