//! `usage`: time by day.

use std::time::{Duration, SystemTime};

use twilio_rooms_sandbox::Sandbox;

use super::support::{NOW, Result, TempFolder, expect_success, program_at, run, sandbox, stdout, transcript_of};

/// A sandbox with seeded rooms, and with the room "Night" from 2026-11-01T18:00:00Z to 2026-11-02T02:00:00Z. In it, alice was from
/// 22:30 to 01:00, and bob from 01:00 to its end. The room "Late" is in progress since 01:00, with carol in it.
async fn night() -> Result<Sandbox> {
    let sandbox = sandbox(6).await?;
    let create = |name: &str| run(&sandbox, 80, &format!("rooms create --name {name} --max-participant-duration 24h"));
    let at = |hour: u64, minute: u64| {
        let seconds = 1_793_491_200 + hour * 3600 + minute * 60;
        sandbox.set_now(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    };
    expect_success(&create("Night")?)?;
    sandbox.join("Night", "dave")?;
    at(22, 30);
    sandbox.join("Night", "alice")?;
    at(25, 0);
    sandbox.join("Night", "bob")?;
    sandbox.leave("Night", "alice")?;
    expect_success(&create("Late")?)?;
    sandbox.join("Late", "carol")?;
    at(26, 0);
    expect_success(&run(&sandbox, 80, "rooms complete Night")?)?;
    Ok(sandbox)
}

/// A quarter past two.
const LATER: &str = "2026-11-02T02:15:00Z";

fn usage(sandbox: &Sandbox, columns: u16, calls: &[&str]) -> Result<String> {
    let mut text = String::new();
    for call in calls {
        text.push_str(&transcript_of(call, &program_at(LATER, sandbox, columns, call).output()?));
    }
    Ok(text)
}

#[tokio::test(flavor = "multi_thread")]
async fn time_is_split_at_midnight() -> Result {
    let sandbox = night().await?;
    let calls = ["usage --from 2026-11-01", "usage --from 2026-11-01 --local", "usage --from 2026-11-02 --verbose"];
    insta::assert_snapshot!(usage(&sandbox, 80, &calls)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn usage_for_programs() -> Result {
    let sandbox = night().await?;
    let csv = "usage --from 2026-11-01 --output csv";
    insta::assert_snapshot!(usage(
        &sandbox,
        160,
        &[csv, "usage --month 2026-11 --output ndjson", "usage --month 2026-09"]
    )?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plot_fits_the_terminal() -> Result {
    let sandbox = night().await?;
    let call = ["usage --from 2026-10-30 --plot"];
    insta::assert_snapshot!(format!("{}\n{}", usage(&sandbox, 80, &call)?, usage(&sandbox, 160, &call)?));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plot_as_svg() -> Result {
    let sandbox = night().await?;
    let folder = TempFolder::new("usage-svg");
    std::fs::create_dir_all(folder.path())?;
    let mut program = program_at(LATER, &sandbox, 80, "usage --from 2026-10-30");
    expect_success(&program.arg(format!("--svg={}", folder.path().join("usage.svg").display())).output()?)?;
    insta::assert_snapshot!(folder.read("usage.svg")?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rooms_of_each_day_add_up() -> Result {
    let sandbox = sandbox(120).await?;
    let call = "usage --from 2026-10-25 --output csv --columns rooms,room_minutes --no-header";
    let counted = stdout(&program_at(NOW, &sandbox, 80, call).output()?);
    let counted: f64 = counted.lines().filter_map(|line| line.split_once(',')?.1.parse::<f64>().ok()).sum();
    let call = "rooms list --status completed --created-after 2026-10-25T00:00:00Z --output csv --columns duration";
    let listed = stdout(&run(&sandbox, 80, call)?);
    let listed: f64 = listed.lines().filter_map(|line| line.parse::<f64>().ok()).sum::<f64>() / 60.0;
    let call = "rooms list --created-after 2026-10-25T00:00:00Z --output csv --columns created --no-header";
    let open = stdout(&run(&sandbox, 80, call)?);
    let open = open.lines().filter_map(minutes_until_now).sum::<f64>();
    assert!(listed > 60.0 && open > 60.0 && (counted - listed - open).abs() < 1.0, "{counted} {listed} {open}");
    Ok(())
}

/// The minutes from a time in October or November of 2026 to `NOW`.
fn minutes_until_now(time: &str) -> Option<f64> {
    let number = |range: std::ops::Range<usize>| time.get(range)?.parse::<f64>().ok();
    let days = number(8..10)? + if number(5..7)? < 11.0 { -31.0 } else { 0.0 };
    let minutes = (days * 24.0 + number(11..13)?) * 60.0 + number(14..16)? + number(17..19)? / 60.0;
    Some((24.0 + 18.0) * 60.0 - minutes)
}
