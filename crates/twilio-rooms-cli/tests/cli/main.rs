//! The program against a sandbox in the same process: what it prints, and how it ends.

mod api;
mod bulk;
mod callbacks;
mod credentials;
mod downloads;
#[cfg(unix)]
mod interrupts;
mod killed;
mod listings;
mod manners;
mod resources;
mod support;
#[cfg(target_os = "linux")]
mod terminal;
mod watch;
