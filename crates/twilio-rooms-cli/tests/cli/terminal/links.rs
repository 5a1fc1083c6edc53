//! Links on a terminal.

use std::fmt::Write;

use super::pty::Terminal;
use super::{in_shell, plain};
use crate::support::{Result, expect_success, program_for, run, sandbox};

const CALLS: [&str; 3] =
    ["rooms list --output wide --columns unique_name,status_callback", "rooms get Talk", "rooms get Nowhere"];

#[tokio::test(flavor = "multi_thread")]
async fn addresses_are_links_on_a_terminal_that_supports_them() -> Result {
    let sandbox = sandbox(0).await?;
    let create = "rooms create --name Talk --status-callback https://a.example/rooms";
    expect_success(&run(&sandbox, 80, create)?)?;
    let mut text = String::new();
    for call in CALLS {
        let mut program = program_for(&sandbox, 160, call);
        program.env("FORCE_HYPERLINK", "1");
        let (shown, _) = Terminal::start(&program, 160)?.finish()?;
        let shown = shown.replace(sandbox.url(), "http://sandbox").replace('\u{1b}', "ESC");
        write!(text, "$ twilio-rooms {call}\n{shown}")?;
        let (without_colors, _) = Terminal::start(&plain(&program), 160)?.finish()?;
        let (piped, _) = Terminal::start(&in_shell(&program, "2>&1 | cat"), 160)?.finish()?;
        for other in [without_colors, piped] {
            assert!(!other.contains("\u{1b}]8"), "{other:?}");
        }
        program.env("FORCE_HYPERLINK", "0");
        let (refused, _) = Terminal::start(&program, 160)?.finish()?;
        assert!(!refused.contains("\u{1b}]8"), "{refused:?}");
    }
    insta::assert_snapshot!(text);
    Ok(())
}
