//! The program against a sandbox in the same process: what it prints, and how it ends.

mod api;
mod bulk;
mod callbacks;
mod completions;
mod credentials;
mod downloads;
mod export;
mod forms;
#[cfg(unix)]
mod interrupts;
mod killed;
mod listings;
mod manners;
mod resources;
mod session;
mod support;
#[cfg(target_os = "linux")]
mod terminal;
mod usage;
mod watch;
