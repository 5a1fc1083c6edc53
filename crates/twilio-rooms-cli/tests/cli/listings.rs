//! Listings of rooms, in all forms.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use twilio_rooms_sandbox::Fault;

use super::support::{Result, program_for, run, sandbox, stderr, stdout, transcript};

#[tokio::test(flavor = "multi_thread")]
async fn rooms_at_80_columns() -> Result {
    let sandbox = sandbox(6).await?;
    let calls = ["rooms list", "rooms list --status any", "rooms list --status completed --limit 1 --output wide"];
    insta::assert_snapshot!(transcript(&sandbox, 80, &calls)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_at_160_columns() -> Result {
    insta::assert_snapshot!(transcript(&sandbox(6).await?, 160, &["rooms list --status any"])?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_as_separated_values() -> Result {
    let calls = [
        "rooms list --status any --limit 2 --output csv",
        "rooms list --status any --limit 2 --output tsv --columns sid,name,created,duration",
        "rooms list --status any --limit 1 --output csv --columns status --no-header",
        "rooms list --output csv --columns sid,colour",
        "rooms list --output json --columns sid",
    ];
    insta::assert_snapshot!(transcript(&sandbox(6).await?, 80, &calls)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_as_json() -> Result {
    let calls = ["rooms list --limit 1 --output json", "rooms list --status failed --output json"];
    insta::assert_snapshot!(transcript(&sandbox(6).await?, 80, &calls)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_ndjson_is_a_room_and_no_room_is_missing() -> Result {
    let sandbox = sandbox(2500).await?;
    let output = run(&sandbox, 80, "rooms list --status any --output ndjson")?;
    let parsed: Vec<serde_json::Value> =
        stdout(&output).lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>()?;
    assert_eq!(parsed.len(), 2500);
    let json: Vec<serde_json::Value> =
        serde_json::from_str(&stdout(&run(&sandbox, 80, "rooms list --status any --output json")?))?;
    assert_eq!(json, parsed);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn times_are_local_and_verbose_shows_what_is_sent() -> Result {
    let sandbox = sandbox(0).await?;
    for (filter, sent) in [
        ("--created-after 2026-11-01", "DateCreatedAfter=2026-10-31T23%3A00%3A00Z"),
        ("--created-after yesterday", "DateCreatedAfter=2026-10-30T23%3A00%3A00Z"),
        ("--created-after -7d", "DateCreatedAfter=2026-10-25T18%3A00%3A00Z"),
        ("--created-before=-4h", "DateCreatedBefore=2026-11-01T14%3A00%3A00Z"),
        ("--created-before 2026-11-01T12:00:00Z", "DateCreatedBefore=2026-11-01T12%3A00%3A00Z"),
        ("--name Demo --page-size 7", "PageSize=7&UniqueName=Demo"),
        ("--status completed", "Status=completed"),
    ] {
        let output = run(&sandbox, 80, &format!("rooms list --debug {filter}"))?;
        let requests = stderr(&output);
        let query = requests.split_once('?').and_then(|(_, rest)| rest.split(' ').next()).unwrap_or_default();
        let mut pairs: Vec<&str> = query.split('&').collect();
        pairs.sort_unstable();
        assert!(pairs.join("&").contains(sent), "{filter}: {requests}");
    }
    let calls = ["rooms list --verbose --created-after yesterday", "rooms list --created-after 7d"];
    insta::assert_snapshot!(transcript(&sandbox, 80, &calls)?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn times_are_those_of_the_zone_when_its_clocks_are_changed() -> Result {
    let sandbox = sandbox(0).await?;
    for (typed, sent) in [
        ("2026-03-08", "2026-03-08T05:00:00Z"),
        ("2026-03-08T02:30", "2026-03-08T07:30:00Z"),
        ("2026-03-09", "2026-03-09T04:00:00Z"),
        ("2026-11-01", "2026-11-01T04:00:00Z"),
        ("2026-11-01T01:30", "2026-11-01T05:30:00Z"),
        ("2026-11-02", "2026-11-02T05:00:00Z"),
        ("-1d", "2026-10-31T18:00:00Z"),
    ] {
        let mut program = program_for(&sandbox, 80, &format!("rooms list --verbose --created-after {typed}"));
        let said = stderr(&program.env("TZ", "EST5EDT,M3.2.0,M11.1.0").output()?);
        assert!(said.contains(&format!("--created-after {sent} is sent")), "{typed}: {said}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listing_is_continued_at_a_page() -> Result {
    let sandbox = sandbox(5).await?;
    let first = run(&sandbox, 80, "rooms list --status any --page-size 2 --output csv --columns sid")?;
    let all = stdout(&first);
    let output = run(&sandbox, 80, "api GET /v1/Rooms -q Status=completed -q PageSize=2")?;
    let page: serde_json::Value = serde_json::from_str(&stdout(&output))?;
    let next = page["meta"]["next_page_url"].as_str().ok_or("there is no second page")?;
    let rest = run(&sandbox, 80, &format!("rooms list --status completed --output csv --columns sid --resume {next}"))?;
    assert!(all.ends_with(stdout(&rest).trim_start_matches("sid\n")), "{all}\n{}", stdout(&rest));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_shown_while_the_next_page_is_waited_for() -> Result {
    let sandbox = sandbox(100).await?;
    for form in ["ndjson", "csv"] {
        sandbox.inject(Fault::RepeatedPage);
        sandbox.inject(Fault::StallBeforeHeaders);
        let call = format!("rooms list --status completed --page-size 20 --no-header --output {form}");
        let mut program = program_for(&sandbox, 80, &call).stdout(Stdio::piped()).spawn()?;
        let lines = BufReader::new(program.stdout.take().ok_or("no standard output")?).lines();
        assert_eq!(lines.take(20).filter_map(std::result::Result::ok).count(), 20, "{form}");
        program.kill()?;
        program.wait()?;
        sandbox.clear_faults();
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn times_between_which_there_is_nothing_are_refused() -> Result {
    let sandbox = sandbox(0).await?;
    let calls = [
        "rooms list --created-after -1d --created-before -2d",
        "rooms list --created-after today --created-before today",
        "rooms list --created-after 2026-02-30",
    ];
    insta::assert_snapshot!(transcript(&sandbox, 80, &calls)?);
    Ok(())
}
