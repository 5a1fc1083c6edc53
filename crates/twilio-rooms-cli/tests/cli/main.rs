//! The program against a sandbox in the same process: what it prints, and how it ends.

mod api;
mod bulk;
mod callbacks;
mod credentials;
#[cfg(unix)]
mod interrupts;
mod listings;
mod manners;
mod resources;
mod support;
mod watch;
