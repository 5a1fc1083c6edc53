//! Listings of rooms, in all forms.

use super::support::{Result, run, sandbox, stderr, stdout, transcript};

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
