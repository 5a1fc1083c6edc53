//! The measurements of decoding and listing rooms.

use std::process::Command;

use super::comparison::{Runner, Runs, compare, run_in_turn};
use super::row::{Aim, Measured, Row, Unit, number};
use super::setup::{Scale, folder};
use super::tools::{Tool, Tools, exists};
use super::workloads::{Run, Server, Workloads, measure, output};
use crate::dist;

const MIB: f64 = 1_048_576.0;
const PYTHON: &str = "the official Python library";
const NODE: &str = "the official Node library";

/// Decodes a page, and counts instructions where valgrind is installed.
pub(super) fn decode(workloads: &Workloads, scale: &Scale) -> Vec<Row> {
    let row = |name, reference, result: Result<Measured, String>| Row {
        name,
        what: "decode a page of 1,000 rooms",
        reference,
        aim: Aim::Times(1.0),
        result: result.unwrap_or_else(Measured::Failed),
    };
    let mut rows =
        vec![row("decode", "serde_json into a hand-written struct of the same fields", decoded(workloads, scale))];
    // The quick form compiles nothing that the tests do not need.
    if scale.judged {
        rows.push(row("decode-sonic", "sonic-rs into the same types", decoded_by_sonic(scale)));
    }
    rows
}

/// Decodes a page with the client and with another decoder, in the same program.
fn decoded_by_sonic(scale: &Scale) -> Result<Measured, String> {
    let workloads = Workloads::with_sonic()?;
    let body = folder()?.join("page.json");
    workloads.page(1000, &body)?;
    let (body, times) = (body.to_string_lossy(), scale.decodes.to_string());
    let runner = |decoder: &'static str| -> Runner<'_> {
        Box::new(|| workloads.run(&["decode", decoder, &body, "--times", &times], None))
    };
    let [ours, sonic] = run_in_turn(scale.rounds, &[Ok(runner("ours")), Ok(runner("sonic"))]);
    Ok(compare(&ours, &sonic, Unit::Seconds, |run| Some(run.cpu_seconds? * 1000.0 / number(run.rooms))))
}

fn decoded(workloads: &Workloads, scale: &Scale) -> Result<Measured, String> {
    let body = folder()?.join("page.json");
    workloads.page(1000, &body)?;
    let body = body.to_string_lossy();
    let runner = |decoder: &'static str| -> Runner<'_> {
        Box::new(|| workloads.run(&["decode", decoder, &body, "--times", &scale.decodes.to_string()], None))
    };
    let [ours, reference] = run_in_turn(scale.rounds, &[Ok(runner("ours")), Ok(runner("reference"))]);
    let per_page = |run: &Run| Some(run.cpu_seconds? * 1000.0 / number(run.rooms));
    let timed = compare(&ours, &reference, Unit::Seconds, per_page);
    if !scale.judged || !matches!(timed, Measured::Both { .. }) || !exists("valgrind") {
        return Ok(timed);
    }
    let count = |decoder| {
        Ok::<_, String>(
            (instructions(workloads, decoder, &body, 11)? - instructions(workloads, decoder, &body, 1)?) / 10.0,
        )
    };
    Ok(Measured::Both { ours: count("ours")?, reference: count("reference")?, unit: Unit::Instructions })
}

/// The number of instructions for decoding the body `times` times.
fn instructions(workloads: &Workloads, decoder: &str, body: &str, times: u32) -> Result<f64, String> {
    let file = folder()?.join("callgrind.out");
    let mut command = Command::new("valgrind");
    command.arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", file.display())).arg(&workloads.program);
    output(command.args(["decode", decoder, body, "--times", &times.to_string()]))?;
    let counted = std::fs::read_to_string(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let total = counted.lines().find_map(|line| line.strip_prefix("totals: ").or(line.strip_prefix("summary: ")));
    total.and_then(|total| total.trim().parse().ok()).ok_or_else(|| "callgrind counted nothing".to_owned())
}

/// Lists rooms from a server without latency, and measures the CPU time.
pub(super) fn cpu(workloads: &Workloads, tools: &Tools, scale: &Scale) -> Result<Vec<Row>, String> {
    let server = workloads.serve(&["--rooms", &scale.rooms.to_string()])?;
    let stream = |client: &'static str| -> Runner<'_> {
        Box::new(|| workloads.run(&["stream", client, &server.url], Some(&server)))
    };
    let (python, node) = (tools.python(), tools.node());
    let [ours, by_hand] = run_in_turn(scale.rounds * 3, &[Ok(stream("ours")), Ok(stream("reference"))]);
    let others = [
        Ok(stream("ours")),
        library_runner(&python, &server, Some("1000")),
        library_runner(&node, &server, Some("1000")),
    ];
    let [again, with_python, with_node] = run_in_turn(scale.rounds, &others);
    let cpu = |run: &Run| run.cpu_seconds;
    let row = |name, reference, aim, result| Row {
        name,
        what: "CPU to stream 20,000 rooms, pages of 1,000",
        reference,
        aim: Aim::Times(aim),
        result,
    };
    let hand = compare(&ours, &by_hand, Unit::Seconds, cpu);
    Ok(vec![
        row("stream-cpu", "a hand-written reqwest loop", 1.1, hand),
        row("stream-cpu-python", PYTHON, 0.15, compare_library(&python, &again, &with_python, cpu)),
        row("stream-cpu-node", NODE, 0.2, compare_library(&node, &again, &with_node, cpu)),
    ])
}

/// Lists rooms from a distant server, and measures the time.
pub(super) fn latency(workloads: &Workloads, tools: &Tools, scale: &Scale) -> Result<Vec<Row>, String> {
    let latency = scale.latency.to_string();
    let server = workloads.serve(&["--rooms", &scale.rooms.to_string(), "--latency-ms", &latency])?;
    let ours: Runner<'_> = Box::new(|| workloads.run(&["stream", "ours", &server.url], Some(&server)));
    let (python, node) = (tools.python(), tools.node());
    let others = [Ok(ours), library_runner(&python, &server, None), library_runner(&node, &server, None)];
    let [ours, with_python, with_node] = run_in_turn(1, &others);
    let row = |name, reference, result| Row {
        name,
        what: "list 20,000 rooms by default, latency 50 ms",
        reference,
        aim: Aim::Times(0.06),
        result,
    };
    let wall = |run: &Run| Some(run.seconds);
    let (python, node) =
        (compare_library(&python, &ours, &with_python, wall), compare_library(&node, &ours, &with_node, wall));
    let busy: Runner<'_> =
        Box::new(|| workloads.run(&["stream", "ours", &server.url, "--pause-ms", &latency], Some(&server)));
    let [busy] = run_in_turn(scale.rounds.min(3), &[Ok(busy)]);
    // It reads nothing, so it is not compared with what the client has read.
    let rooms = scale.rooms.to_string();
    let overlap = ["overlap", "--rooms", &rooms, "--latency-ms", &latency, "--pause-ms", &latency];
    let overlap: Runner<'_> = Box::new(|| workloads.run(&overlap, None));
    let [waiting] = run_in_turn(scale.rounds.min(3), &[Ok(overlap)]);
    Ok(vec![
        row("latency-python", PYTHON, python),
        row("latency-node", NODE, node),
        Row {
            name: "read-ahead",
            what: "the same, with 50 ms of work on each page",
            reference: "the same waits and work, overlapped, without requests",
            aim: Aim::Times(1.1),
            result: compare(&busy, &waiting, Unit::Seconds, wall),
        },
    ])
}

/// Lists many and fewer rooms, and measures the peak memory of each.
pub(super) fn memory(workloads: &Workloads, scale: &Scale) -> Vec<Row> {
    let [many, some, more] = [scale.many, scale.rooms, scale.more].map(|rooms| listed(workloads, scale, rooms));
    let row = |name, reference, fewer| Row {
        name,
        what: "most memory, 1,000,000 rooms streamed",
        reference,
        aim: Aim::TimesAndMost(1.1, 24.0 * MIB),
        result: compare(&many, fewer, Unit::Bytes, |run| run.peak_bytes),
    };
    vec![row("memory", "20,000 rooms streamed", &some), row("memory-flat", "200,000 rooms streamed", &more)]
}

/// Lists this number of rooms several times.
fn listed(workloads: &Workloads, scale: &Scale, rooms: u32) -> Runs {
    let server = workloads.serve(&["--rooms", &rooms.to_string()])?;
    let list = |_| {
        let run = workloads.run(&["stream", "ours", &server.url], Some(&server))?;
        if run.rooms == u64::from(rooms) { Ok(run) } else { Err(format!("it read {} rooms of {rooms}", run.rooms)) }
    };
    (0..scale.rounds.min(3)).map(list).collect()
}

/// Lists rooms by the operators' command as it is released, as NDJSON, and measures its CPU time and its memory.
pub(super) fn command(workloads: &Workloads, scale: &Scale) -> Result<Vec<Row>, String> {
    let program = dist::released("twilio-rooms")?;
    let program = program.to_string_lossy();
    let server = workloads.serve(&["--rooms", &scale.many.to_string()])?;
    let command: Runner<'_> = Box::new(|| workloads.run(&["command", &program, &server.url], Some(&server)));
    let stream = |client: &'static str| -> Runner<'_> {
        Box::new(|| workloads.run(&["stream", client, &server.url], Some(&server)))
    };
    let runners = [Ok(command), Ok(stream("ours")), Ok(stream("json"))];
    let [command, stream, json] = run_in_turn(scale.rounds.min(3), &runners);
    let row = |name, what, reference, aim, result| Row { name, what, reference, aim, result };
    let cpu = |reference| compare(&command, reference, Unit::Seconds, |run| run.cpu_seconds);
    let memory = compare(&command, &stream, Unit::Bytes, |run| run.peak_bytes);
    let (listed, streamed) = ("CPU to list 1,000,000 rooms as NDJSON", "the library's stream");
    let as_json = "the library's stream, each room as JSON by serde_json";
    Ok(vec![
        row("command-cpu", listed, streamed, Aim::Times(1.3), cpu(&stream)),
        row("command-cpu-json", listed, as_json, Aim::Times(1.3), cpu(&json)),
        row(
            "command-memory",
            "most memory, 1,000,000 rooms as NDJSON",
            streamed,
            Aim::TimesAndMost(2.0, 32.0 * MIB),
            memory,
        ),
    ])
}

/// Lists the rooms of a year from a distant server, in parallel and page by page.
pub(super) fn parallel(workloads: &Workloads, scale: &Scale) -> Result<Vec<Row>, String> {
    let (rooms, latency) = (scale.many.to_string(), scale.latency.to_string());
    let server = workloads.serve(&["--rooms", &rooms, "--days", "365", "--latency-ms", &latency])?;
    let year =
        |mode: &'static str| -> Runner<'_> { Box::new(|| workloads.run(&["year", mode, &server.url], Some(&server))) };
    let [parallel, sequential] = run_in_turn(1, &[Ok(year("8")), Ok(year("sequential"))]);
    let read = parallel.iter().flatten().map(|run| run.rooms).next();
    let result = match read {
        Some(read) if read != u64::from(scale.many) => Measured::Failed(format!("it read {read} rooms of {rooms}")),
        _ => compare(&parallel, &sequential, Unit::Seconds, |run| Some(run.seconds)),
    };
    let what = "list 1,000,000 rooms of a year, 8 at once, latency 50 ms";
    Ok(vec![Row { name: "parallel", what, reference: "page by page", aim: Aim::Times(0.16), result }])
}

/// Lists rooms from a server that compresses its responses, and measures the size of a page.
pub(super) fn compression(workloads: &Workloads, scale: &Scale) -> Result<Vec<Row>, String> {
    let [compressed, plain] = workloads.with_compression()?;
    let server = compressed.serve(&["--rooms", &scale.rooms.to_string()])?;
    let stream = |workloads: &'_ Workloads| -> Runner<'_> {
        let (program, server) = (Workloads { program: workloads.program.clone() }, &server);
        Box::new(move || program.run(&["stream", "ours", &server.url], Some(server)))
    };
    let size_of = |encoding: &'static str| -> Runner<'_> {
        Box::new(|| compressed.run(&["size", &server.url, encoding], Some(&server)))
    };
    let [with, without] = run_in_turn(scale.rounds, &[Ok(stream(&compressed)), Ok(stream(&plain))]);
    let [by_gzip, by_brotli, large] =
        run_in_turn(1, &[Ok(size_of("gzip")), Ok(size_of("br")), Ok(size_of("identity"))]);
    let row = |name, what, aim, result| Row {
        name,
        what,
        reference: "the same, not compressed",
        aim: Aim::Times(aim),
        result,
    };
    let cpu = compare(&with, &without, Unit::Seconds, |run| run.cpu_seconds);
    let size = |small| compare(small, &large, Unit::Bytes, |run| run.bytes);
    // The sandbox prefers Brotli to gzip.
    Ok(vec![
        row("gzip-size", "a page of 1,000 rooms on its way, by gzip", 0.1, size(&by_gzip)),
        row("brotli-size", "a page of 1,000 rooms on its way, by Brotli", 0.1, size(&by_brotli)),
        row("brotli-cpu", "CPU to stream 20,000 rooms, by Brotli", 2.0, cpu),
    ])
}

/// A listing by one of the vendor's own libraries, with its own page size by default.
fn library_runner<'a>(
    tool: &'a Result<Tool, String>,
    server: &'a Server,
    page_size: Option<&'a str>,
) -> Result<Runner<'a>, String> {
    let tool = tool.as_ref().map_err(Clone::clone)?;
    Ok(Box::new(move || measure(tool.command().arg(&server.url).args(page_size), Some(server))))
}

/// The comparison with such a library, if it is installed.
fn compare_library(
    tool: &Result<Tool, String>,
    ours: &Runs,
    theirs: &Runs,
    value: fn(&Run) -> Option<f64>,
) -> Measured {
    match tool {
        Ok(_) => compare(ours, theirs, Unit::Seconds, value),
        Err(why) => Measured::Skipped(why.clone()),
    }
}
