//! Parquet, read back.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use parquet::basic::{LogicalType, Type};
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use twilio_rooms_sandbox::{Sandbox, TrackKind};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// 2026-11-01T18:00:00Z
const NOW: u64 = 1_793_556_000;

/// A sandbox with seeded rooms, and with participants and recordings in the room "Talk".
async fn sandbox(rooms: usize) -> Result<Sandbox> {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    let sandbox = Sandbox::builder().rooms(rooms).now(now).start().await?;
    let created = program(&sandbox).args(["rooms", "create", "--name", "Talk", "--record"]).output()?;
    assert!(created.status.success());
    for identity in ["alice", "bob"] {
        sandbox.join("Talk", identity)?;
        sandbox.publish("Talk", identity, TrackKind::Audio, "microphone")?;
    }
    sandbox.leave("Talk", "bob")?;
    Ok(sandbox)
}

fn program(sandbox: &Sandbox) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_twilio-rooms"));
    program.env_clear().env("TWILIO_ROOMS_BASE_URL", sandbox.url()).env("TWILIO_ROOMS_CONFIG_DIR", "no-such-folder");
    program.env("TWILIO_ACCOUNT_SID", sandbox.account_sid()).env("TWILIO_AUTH_TOKEN", sandbox.auth_token());
    program.args(["--now", "2026-11-01T18:00:00Z"]).stdin(Stdio::null());
    program
}

fn run(sandbox: &Sandbox, arguments: &str) -> Result<Vec<u8>> {
    let output = program(sandbox).args(arguments.split(' ')).output()?;
    if output.status.success() { Ok(output.stdout) } else { Err(String::from_utf8_lossy(&output.stderr).into()) }
}

/// The rows of a file, by the names of their columns.
fn rows(path: &Path) -> Result<Vec<BTreeMap<String, Field>>> {
    let reader = SerializedFileReader::new(File::open(path)?)?;
    let mut rows = Vec::new();
    for row in reader.get_row_iter(None)? {
        rows.push(row?.into_columns().into_iter().collect());
    }
    Ok(rows)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_has_the_values_of_the_listings() -> Result {
    let sandbox = sandbox(100).await?;
    let folder = tempfile("export");
    let export = format!("export {} --from 2026-10-28 --format parquet", folder.display());
    run(&sandbox, &export)?;
    let mut sids = Vec::new();
    for day in ["2026-10-28", "2026-10-29", "2026-10-30", "2026-10-31", "2026-11-01"] {
        for row in rows(&folder.join(format!("rooms/day={day}/part.parquet")))? {
            assert!(row["date_created"].to_string().starts_with(day), "{row:?}");
            let Field::Str(sid) = &row["sid"] else { return Err(format!("{row:?}").into()) };
            sids.push(sid.clone());
        }
    }
    let filters = "--status any --created-after 2026-10-28T00:00:00Z --output csv --columns sid --no-header";
    let listed = String::from_utf8(run(&sandbox, &format!("rooms list {filters}"))?)?;
    let mut listed: Vec<&str> = listed.lines().collect();
    listed.sort_unstable();
    sids.sort_unstable();
    assert_eq!(sids, listed);
    let participants = rows(&folder.join("participants/day=2026-11-01/part.parquet"))?;
    let [alice, bob] = &participants[..] else { return Err(format!("{participants:?}").into()) };
    let text = |text: &str| Field::Str(text.to_owned());
    assert_eq!((&alice["identity"], &alice["duration"]), (&text("alice"), &Field::Null));
    assert_eq!((&bob["status"], &bob["duration"]), (&text("disconnected"), &Field::Long(0)));
    let recordings = rows(&folder.join("recordings/day=2026-11-01/part.parquet"))?;
    let sizes: Vec<&Field> = recordings.iter().map(|recording| &recording["size"]).collect();
    assert_eq!(sizes, [&Field::Long(6000), &Field::Long(0)]);
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listing_is_written_in_row_groups_with_types() -> Result {
    let sandbox = sandbox(12_000).await?;
    let file = tempfile("rooms");
    std::fs::write(&file, run(&sandbox, "rooms list --status any --output parquet")?)?;
    let reader = SerializedFileReader::new(File::open(&file)?)?;
    let groups: Vec<i64> = reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
    assert_eq!(groups, [10_000, 2_001]);
    let schema = reader.metadata().file_metadata().schema_descr();
    let type_of = |name: &str| {
        let column = schema.columns().iter().find(|column| column.name() == name).ok_or("there is no such column")?;
        Ok::<_, Box<dyn Error>>((column.physical_type(), column.logical_type_ref().is_some()))
    };
    assert_eq!(type_of("sid")?, (Type::BYTE_ARRAY, true));
    assert_eq!(type_of("duration")?, (Type::INT64, false));
    assert_eq!(type_of("audio_only")?, (Type::BOOLEAN, false));
    assert_eq!(type_of("date_created")?, (Type::INT64, true));
    let is_utc = schema.columns().iter().any(
        |column| matches!(column.logical_type_ref(), Some(LogicalType::Timestamp(time)) if time.is_adjusted_to_u_t_c),
    );
    assert!(is_utc);
    std::fs::remove_file(file)?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_row_has_the_types_of_its_columns() -> Result {
    let sandbox = sandbox(3).await?;
    run(&sandbox, "transcriptions create Talk")?;
    run(&sandbox, "rules set Talk include:all exclude:kind=video")?;
    for call in [
        "rooms list --status any",
        "rooms get Talk",
        "participants list Talk",
        "recordings list Talk",
        "tracks list Talk alice",
        "rules get Talk",
        "rules get Talk --participant alice",
        "transcriptions list Talk",
        "usage --from 2026-11-01",
        "rooms complete Talk",
    ] {
        let file = tempfile("rows");
        std::fs::write(&file, run(&sandbox, &format!("{call} --output parquet"))?)?;
        assert!(!rows(&file)?.is_empty(), "{call}");
        std::fs::remove_file(file)?;
    }
    Ok(())
}

/// A path for a file of this test.
fn tempfile(name: &str) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("twilio-rooms-parquet-{name}-{}", std::process::id()))
}
