//! A client that the generator makes of another document than ours, as a crate of its own: it has to compile.

use openapi_steward::cli::{CouldNotRun, Outcome, Shell};
use openapi_steward::{Command, GenerateArgs};

use crate::outside;
use crate::workspace::root;

/// A document with features of OpenAPI that ours does not use.
const DOCUMENT: &str = "crates/openapi-steward/fixtures/other.yaml";
/// The folder of the client, which gives it its name.
const CLIENT: &str = "target/standalone/other-client";
/// The folder of the crate with its types alone.
const TYPES: &str = "target/standalone/other-types";

/// Generates the crates, compiles them with their examples and all features, and runs the conformance test of the client without any
/// feature.
pub(super) fn run(shell: &Shell) -> Result<(), String> {
    for (folder, types_only) in [(CLIENT, false), (TYPES, true)] {
        let folder = root().join(folder);
        let (document, out) = (Some(root().join(DOCUMENT)), Some(folder.clone()));
        match Command::Generate(GenerateArgs {
            document,
            out,
            types_only,
            with_tests: !types_only,
            ..GenerateArgs::default()
        })
        .run(shell)
        {
            Ok(Outcome::Success) => {}
            Ok(_) => return Err(String::new()),
            Err(CouldNotRun(message)) => return Err(message),
        }
        // It denies warnings in the crate, and not in its dependencies.
        outside::check(&folder, &[], "clippy", &["--all-targets", "--all-features", "--", "-D", "warnings"])?;
    }
    outside::check(&root().join(CLIENT), &[], "test", &["--no-default-features"])
}
