//! The session that the README shows.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use anstyle_svg::Term;

use super::support::{Result, expect_success, program_for, run, sandbox};

const CALLS: [&str; 5] = [
    "rooms list",
    "participants list DailyStandup",
    "rooms list --status any --created-after -8h --output csv --columns name,status,duration",
    "rooms complete --older-than 4h --dry-run",
    "usage --from 2026-10-30 --plot",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_session_as_svg() -> Result {
    let sandbox = sandbox(10).await?;
    expect_success(&run(&sandbox, 100, "rooms create --name DailyStandup --record")?)?;
    for identity in ["alice", "bob", "carol"] {
        sandbox.join("DailyStandup", identity)?;
    }
    let (prompt, typed) = (AnsiColor::BrightBlue.on_default(), Style::new().bold());
    let mut session = String::new();
    for call in CALLS {
        let output = program_for(&sandbox, 100, call).env("CLICOLOR_FORCE", "1").output()?;
        expect_success(&output)?;
        write!(
            session,
            "{prompt}${prompt:#} {typed}twilio-rooms {call}{typed:#}\n{}",
            String::from_utf8(output.stdout)?
        )?;
        writeln!(session, "{}", String::from_utf8(output.stderr)?)?;
    }
    insta::assert_snapshot!(Term::new().render_svg(session.trim_end()));
    Ok(())
}
