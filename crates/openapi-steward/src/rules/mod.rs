//! The rules for documents. Each has its own file, which is named after the rule's id and holds its reason, a document that
//! breaks it, and one that does not.

mod check;
mod codegen;
mod dependencies;
mod examples;
mod findings;
mod fold;
mod for_generator;
mod levels;
mod page;
mod references;
mod registry;
mod rule;
mod semantics;
mod structure;
mod style;
#[cfg(test)]
mod tests;
mod value_checker;
mod yaml;

pub(crate) use self::check::{Settings, check, parse};
pub(crate) use self::for_generator::{Checked, check_for_generator, parse_for_generator, structure_for_generator};
pub(crate) use self::levels::{Level, LevelEntry, Levels};
pub use self::page::page;
pub(crate) use self::registry::{RULES, find};
pub(crate) use self::rule::{Group, Rule};
