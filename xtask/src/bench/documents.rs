//! The speed and the memory of `validate` on synthetic documents from 10 kB to 13 MB.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::row::{Aim, Measured, Row, Unit, median, number};
use super::setup::{Scale, folder};
use super::tools::{Tool, Tools};
use crate::dist;

/// A document: its size in kB, the names of its rows, and the time that it may take in seconds.
const DOCUMENTS: [(usize, &str, &str, f64); 4] = [
    (10, "documents-10kb", "validate a document of 10 kB", 0.05),
    (100, "documents-100kb", "validate a document of 100 kB", 0.1),
    (1_000, "documents-1mb", "validate a document of 1 MB", 0.4),
    (13_000, "documents-13mb", "validate a document of 13 MB", 3.0),
];
/// The size of the document that other validators read as well, in kB.
const COMPARED: usize = 1_000;
/// The memory that the largest document may take: a multiple of its size, and a fixed part.
const MOST_MEMORY: (f64, f64) = (40.0, 20e6);
/// The interval at which the memory of a program is read.
const INTERVAL: Duration = Duration::from_millis(2);

/// A run of a validator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Usage {
    pub(super) seconds: f64,
    /// The peak of its memory, where the system tells it.
    bytes: Option<f64>,
}

/// Measures the documents of all sizes, writes a table of them, and compares one with other validators.
pub(super) fn validation(tools: &Tools, scale: &Scale) -> Result<Vec<Row>, String> {
    let steward = dist::released("openapi-steward")?;
    let folder = folder()?.join("documents");
    fs::create_dir_all(&folder).map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    let mut table = "bytes\tformat\tseconds\tpeak bytes\n".to_owned();
    let (mut rows, mut largest, mut allowed) = (Vec::new(), None, 0.0);
    for (size, name, what, limit) in DOCUMENTS {
        let path = write_document(&folder, size)?;
        let bytes = fs::metadata(&path).map(|metadata| metadata.len()).unwrap_or_default();
        let mut slowest = 0.0_f64;
        (largest, allowed) = (None, MOST_MEMORY.0 * number(bytes) + MOST_MEMORY.1);
        for format in ["json", "human"] {
            let run = || usage(Command::new(&steward).args(["validate", "--format", format]).arg(&path));
            let runs: Result<Vec<Usage>, String> = (0..scale.rounds).map(|_| run()).collect();
            let runs = runs?;
            let seconds = median(runs.iter().map(|run| run.seconds)).unwrap_or_default();
            let peak = runs.iter().filter_map(|run| run.bytes).reduce(f64::max);
            slowest = slowest.max(seconds);
            largest = largest.into_iter().chain(peak).reduce(f64::max);
            let peak = peak.map_or_else(String::new, |peak| format!("{peak:.0}"));
            let _ = writeln!(table, "{bytes}\t{format}\t{seconds:.3}\t{peak}");
        }
        rows.push(within(name, what, Unit::Seconds, Some(slowest), limit));
    }
    let file = folder.join("documents.tsv");
    fs::write(&file, table).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    rows.push(within("documents-memory", "memory for that", Unit::Bytes, largest, allowed));
    rows.extend(compared(&steward, &write_document(&folder, COMPARED)?, tools, scale)?);
    Ok(rows)
}

/// A row of a value that has a limit.
fn within(name: &'static str, what: &'static str, unit: Unit, ours: Option<f64>, reference: f64) -> Row {
    let result = match ours {
        Some(ours) => Measured::Both { ours, reference, unit },
        None => Measured::Skipped("not measured on this system".to_owned()),
    };
    Row { name, what, reference: "the limit", aim: Aim::Times(1.0), result }
}

/// Compares one document with the validators that are installed.
fn compared(steward: &Path, document: &Path, tools: &Tools, scale: &Scale) -> Result<Vec<Row>, String> {
    let ruleset = document.with_file_name("spectral.yaml");
    fs::write(&ruleset, "extends: [\"spectral:oas\"]\n")
        .map_err(|error| format!("cannot write the ruleset: {error}"))?;
    let (document, ruleset) = (document.to_string_lossy(), ruleset.to_string_lossy());
    let spectral = tools.spectral(&["lint", "--ruleset", &ruleset, &document]);
    let redocly = tools.redocly(&["lint", "--extends", "spec", &document]);
    let python = tools.openapi_spec_validator(&[&document]);
    let row = |name, reference, theirs: Result<Tool, String>| {
        let result = theirs.map_or_else(Measured::Skipped, |theirs| {
            let mut ours = Command::new(steward);
            ours.args(["validate", &*document]);
            side_by_side(&mut ours, &mut theirs.command(), scale).unwrap_or_else(Measured::Failed)
        });
        Row { name, what: "validate a document of 1 MB", reference, aim: Aim::Times(0.1), result }
    };
    Ok(vec![
        row("documents-spectral", "Spectral", spectral),
        row("documents-redocly", "Redocly", redocly),
        row("documents-python", "openapi-spec-validator", python),
    ])
}

/// Runs two programs in turn, and compares the medians of their times.
fn side_by_side(ours: &mut Command, theirs: &mut Command, scale: &Scale) -> Result<Measured, String> {
    let (mut our_seconds, mut their_seconds) = (Vec::new(), Vec::new());
    for _ in 0..scale.rounds {
        our_seconds.push(usage(ours)?.seconds);
        their_seconds.push(usage(theirs)?.seconds);
    }
    let [ours, reference] = [our_seconds, their_seconds].map(|seconds| median(seconds).unwrap_or_default());
    Ok(Measured::Both { ours, reference, unit: Unit::Seconds })
}

/// Runs a validator, which may find mistakes.
pub(super) fn usage(command: &mut Command) -> Result<Usage, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = |error: &dyn std::fmt::Display| format!("cannot run {program}: {error}");
    let started = Instant::now();
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = quiet.spawn().map_err(|error| failed(&error))?;
    let status = format!("/proc/{}/status", child.id());
    let mut bytes = None;
    loop {
        bytes = peak(&fs::read_to_string(&status).unwrap_or_default()).or(bytes);
        match child.try_wait().map_err(|error| failed(&error))? {
            Some(status) if matches!(status.code(), Some(0 | 1)) => break,
            Some(status) => return Err(failed(&format_args!("it ended with {status}"))),
            None => std::thread::sleep(INTERVAL),
        }
    }
    Ok(Usage { seconds: started.elapsed().as_secs_f64(), bytes })
}

/// The peak of the memory of a process, from its status in Linux.
fn peak(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u32 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(f64::from(kibibytes) * 1024.0)
}

/// Writes a document of this size in kB, and returns its path.
fn write_document(folder: &Path, size: usize) -> Result<PathBuf, String> {
    let path = folder.join(format!("document-{size}-kB.yaml"));
    fs::write(&path, document(size * 1000)).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    Ok(path)
}

/// A document of at least this number of bytes, which is always the same. Each of its resources has mistakes.
pub(super) fn document(bytes: usize) -> String {
    let (mut paths, mut schemas) = (String::new(), String::new());
    let mut resources = 0;
    while paths.len() + schemas.len() < bytes {
        paths.push_str(&PATHS.replace("NAME", &format!("thing{resources}")));
        schemas.push_str(&SCHEMAS.replace("NAME", &format!("thing{resources}")));
        resources += 1;
    }
    format!("{HEAD}paths:\n{paths}components:\n  schemas:\n{schemas}")
}

const HEAD: &str = "openapi: 3.0.3
info:
  title: Things
  version: '1.0'
servers:
  - url: https://api.example.com
tags:
  - name: things
";

/// The paths of a resource. Its tags are not defined.
const PATHS: &str = "  /NAME:
    get:
      operationId: list_NAME
      summary: Lists some things
      description: Returns one page of things, the newest first. The next page begins after the last one of this page.
      tags: [NAME]
      parameters:
        - name: limit
          in: query
          description: The maximum number of things on a page.
          schema:
            type: integer
            minimum: 1
            maximum: 100
            default: 50
        - name: after
          in: query
          description: The identifier of the last thing of the page before.
          schema:
            type: string
      responses:
        '200':
          description: A page of things.
          content:
            application/json:
              schema:
                type: array
                items:
                  $ref: '#/components/schemas/NAME'
              example:
                - id: '1'
                  name: 5
        default:
          description: The request was refused.
    post:
      operationId: create_NAME
      summary: Creates a thing
      tags: [things]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/newNAME'
      responses:
        '201':
          description: The thing.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/NAME'
";

/// The schemas of a resource. One of their formats is unknown.
const SCHEMAS: &str = "    NAME:
      allOf:
        - $ref: '#/components/schemas/newNAME'
        - type: object
          required: [id]
          properties:
            id:
              type: string
              description: The identifier of the thing.
            created_at:
              type: string
              format: date-time
              description: The time at which the thing was created.
    newNAME:
      type: object
      required: [name]
      description: A thing, before it has an identifier.
      properties:
        name:
          type: string
          maxLength: 128
          description: The name of the thing.
          example: a thing
        size:
          type: integer
          format: format-NAME
          description: The size of the thing.
        state:
          type: string
          enum: [new, used, broken]
          default: new
          description: The state of the thing.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_about_its_size() {
        for size in [10_000, 100_000] {
            let document = document(size);
            assert!((size..size + 5_000).contains(&document.len()), "{}", document.len());
        }
    }

    #[test]
    fn the_peak_of_the_memory_is_read_from_the_status() {
        assert_eq!(peak("Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t 1 kB\n"), Some(2_097_152.0));
        assert_eq!(peak(""), None);
    }
}
