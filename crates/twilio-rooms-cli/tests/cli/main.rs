//! The program against a sandbox in the same process: what it prints, and how it ends.

mod api;
mod bulk;
mod callbacks;
mod completions;
mod credentials;
mod export;
mod forms;
#[cfg(unix)]
mod interrupts;
mod listings;
mod manners;
mod resources;
mod session;
mod support;
mod usage;
mod watch;
