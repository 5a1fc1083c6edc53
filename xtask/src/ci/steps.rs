//! The steps of CI, the quick ones first.

use std::path::Path;

use super::{Step, cargo, check, dependencies, package, snapshots, standalone};
use crate::api;
use crate::args::BenchArgs;
use crate::bench;
use crate::diff::{self, Format};
use crate::files::Mode;
use crate::generate::{self, SPEC};
use crate::outcome::{CouldNotRun, Outcome};
use crate::report;
use crate::schema;
use crate::shell::Shell;
use crate::validate::{self, Validate};

pub(super) const STEPS: &[Step] = &[
    Step { name: "fmt", run: |_| done(check(&mut cargo(&["fmt", "--all", "--check"]))) },
    Step { name: "generated", run: |shell| task(generate::run(Path::new(SPEC), Mode::Check, shell)) },
    Step { name: "schemas", run: |shell| task(schema::run(Path::new(SPEC), Mode::Check, shell)) },
    Step { name: "api", run: |shell| task(api::run(Mode::Check, shell)) },
    Step { name: "validate", run: |shell| task(valid(shell)) },
    Step { name: "diff", run: breaking },
    Step { name: "agreement", run: |_| agreement() },
    Step { name: "msrv", run: |_| dependencies::rust_version() },
    Step { name: "fence", run: |_| dependencies::fence() },
    Step { name: "clippy", run: |_| clippy() },
    Step { name: "doc", run: |_| doc() },
    Step { name: "test", run: test },
    Step { name: "snapshots", run: |_| snapshots::orphans() },
    Step { name: "examples", run: |_| examples() },
    Step { name: "bench", run: |shell| task(bench::run(&BenchArgs::quick(), shell)) },
    Step { name: "standalone", run: standalone::run },
    Step { name: "package", run: |_| package::run() },
];

const EXAMPLES: [&str; 6] =
    ["list_rooms", "create_and_complete", "resume_listing", "custom_http_client", "test_with_sandbox", "watch_room"];

/// Validates the spec by all rules. In GitHub Actions what is found is shown on its lines.
fn valid(shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let format =
        if std::env::var_os("GITHUB_ACTIONS").is_some() { report::Format::Github } else { report::Format::Human };
    validate::run(&Validate { spec: Path::new(SPEC), format, allow: &[] }, shell)
}

/// Compares the spec with that of the main branch.
fn breaking(shell: &Shell) -> Result<(), String> {
    if !diff::has_history() {
        shell.attention("Skipped", "diff: there is no repository, or no git, and so nothing to compare with");
        return Ok(());
    }
    task(diff::run(&diff::Diff { base: None, format: Format::Human, fail_on_breaking: true }, shell))
}

/// Runs the tests that hold the spec and the Rust types together, which say what to do where they disagree.
fn agreement() -> Result<(), String> {
    done(check(&mut cargo(&["test", "--quiet", "--package", "tests", "--test", "it", "agreement"])))
}

fn clippy() -> Result<(), String> {
    // Not with all features: OpenSSL, which `native-tls` needs, is not on every machine. The fence looks at that one.
    check(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    for feature in ["", "schemars", "callbacks", "access-tokens", "custom-http-client"] {
        let alone = ["clippy", "-p", "twilio-rooms", "--no-default-features", "--features", feature];
        let alone = [&alone[..], &["--", "-D", "warnings"]].concat();
        check(&mut cargo(&alone))?;
    }
    // What is built with another feature only.
    let compression = ["clippy", "-p", "tests", "--features", "compression", "--all-targets", "--", "-D", "warnings"];
    done(check(&mut cargo(&compression)))
}

fn doc() -> Result<(), String> {
    let mut command = cargo(&["doc", "--workspace", "--no-deps"]);
    done(check(command.env("RUSTDOCFLAGS", "-D warnings")))
}

/// Runs the tests of all crates, those of the documentation and the examples among them; and those of what is built with
/// another feature, by themselves.
fn test(shell: &Shell) -> Result<(), String> {
    snapshots::start_references()?;
    let mut command = cargo(&["test", "--workspace"]);
    command.env("CI", "true").env("INSTA_UPDATE", "no").env_remove("INSTA_FORCE_PASS");
    command.env(snapshots::VARIABLE, snapshots::references());
    let output = check(&mut command).inspect_err(|_| snapshots::forget_references())?;
    let compression = ["test", "--package", "tests", "--features", "compression", "--test", "compression"];
    let alone = check(&mut cargo(&compression))?;
    for output in [output, alone] {
        let output = String::from_utf8_lossy(&output.stdout);
        for line in output.lines().filter(|line| line.starts_with("test result:")) {
            shell.text(line);
        }
    }
    Ok(())
}

/// Runs every example, against a sandbox.
fn examples() -> Result<(), String> {
    for example in EXAMPLES {
        let mut command =
            cargo(&["run", "--package", "twilio-rooms", "--features", "custom-http-client", "--example", example]);
        for variable in ["TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"] {
            command.env_remove(variable);
        }
        check(&mut command)?;
    }
    Ok(())
}

fn done<T>(result: Result<T, String>) -> Result<(), String> {
    result.map(|_| ())
}

fn task(outcome: Result<Outcome, CouldNotRun>) -> Result<(), String> {
    match outcome {
        Ok(Outcome::Fine) => Ok(()),
        // The task has said what it found.
        Ok(Outcome::Findings | Outcome::Stale | Outcome::Breaking) => Err(String::new()),
        Err(CouldNotRun(message)) => Err(message),
    }
}
