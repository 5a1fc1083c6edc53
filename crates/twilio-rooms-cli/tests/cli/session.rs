//! The session that the README shows.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use anstyle::{AnsiColor, Style};
use anstyle_svg::Term;

use super::support::{Result, expect_success, program_for, run, sandbox};

const CALLS: [&str; 5] = [
    "rooms list --limit 5",
    "participants list AllHands",
    "rooms list --status any --created-after -8h --output csv --columns name,status,duration",
    "rooms complete --older-than 24h --dry-run",
    "usage --from 2026-10-30 --plot",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_session_as_svg() -> Result {
    let sandbox = sandbox(30).await?;
    let at = |hour: u64| sandbox.set_now(SystemTime::UNIX_EPOCH + Duration::from_secs(1_793_491_200 + hour * 3600));
    at(15);
    expect_success(&run(&sandbox, 100, "rooms create --name AllHands --record")?)?;
    for (hour, identity) in [(15, "alice"), (16, "bob"), (17, "carol")] {
        at(hour);
        sandbox.join("AllHands", identity)?;
    }
    at(18);
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
