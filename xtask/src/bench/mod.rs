//! `cargo xtask bench`: measures the client and the tools, each against its usual alternative in the same run.

mod builds;
mod comparison;
mod document_pairs;
mod documents;
mod fresh;
mod history;
mod listing;
mod pages;
mod performance_page;
mod report;
mod row;
mod setup;
mod svg;
mod tools;
mod workloads;

use std::time::Instant;

use self::report::Report;
use self::row::{Measured, Row};
use self::setup::{FOLDER, Scale, folder};
use self::tools::Tools;
use self::workloads::Workloads;
use crate::args::BenchArgs;
use openapi_steward::cli::{self, CouldNotRun, Outcome, Shell, count, did_you_mean};

/// Rows that are measured together.
struct Group {
    /// The prefix of the names of the rows.
    name: &'static str,
    /// `true` if the quick form measures the group.
    quick: bool,
    run: fn(&Bench) -> Result<Vec<Row>, String>,
}

/// The programs and the scale that all rows share.
#[derive(Debug)]
struct Bench {
    workloads: Workloads,
    tools: Tools,
    scale: Scale,
}

const GROUPS: [Group; 14] = [
    Group { name: "decode", quick: true, run: |bench| Ok(listing::decode(&bench.workloads, &bench.scale)) },
    Group { name: "stream", quick: true, run: |bench| listing::cpu(&bench.workloads, &bench.tools, &bench.scale) },
    Group { name: "latency", quick: true, run: |bench| listing::latency(&bench.workloads, &bench.tools, &bench.scale) },
    Group { name: "memory", quick: true, run: |bench| Ok(listing::memory(&bench.workloads, &bench.scale)) },
    Group { name: "parallel", quick: true, run: |bench| listing::parallel(&bench.workloads, &bench.scale) },
    Group { name: "command", quick: false, run: |bench| listing::command(&bench.workloads, &bench.scale) },
    Group { name: "build", quick: false, run: |bench| builds::builds(&bench.scale) },
    Group { name: "generate", quick: false, run: |bench| tools::generation(&bench.tools, &bench.scale, &folder()?) },
    Group { name: "validate", quick: false, run: |bench| tools::validation(&bench.tools, &bench.scale, &folder()?) },
    Group { name: "documents", quick: false, run: |bench| documents::validation(&bench.tools, &bench.scale) },
    Group { name: "diff", quick: false, run: |bench| document_pairs::comparison(&bench.scale) },
    Group { name: "pages", quick: false, run: |bench| pages::references(&bench.scale) },
    Group { name: "fresh", quick: false, run: |_| fresh::clone() },
    // The last group, since it replaces the program of the workloads.
    Group { name: "compression", quick: false, run: |bench| listing::compression(&bench.workloads, &bench.scale) },
];

/// Measures the rows, prints the table, and writes the results to the target folder and, if requested, to the documentation.
pub(crate) fn run(args: &BenchArgs, shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let started = Instant::now();
    let groups = choose(&args.only)?;
    // Before anything is measured, so that a mistake does not cost an hour.
    let earlier = args.compare.as_deref().map(history::results_of).transpose().map_err(CouldNotRun)?;
    let scale = if args.quick { Scale::quick() } else { Scale::full() };
    shell.status("Building", "the workloads");
    let workloads = Workloads::build(!args.quick).map_err(CouldNotRun)?;
    let tools = Tools {
        python: args.python.clone(),
        node_modules: args.node_modules.clone(),
        progenitor: args.progenitor.clone(),
    };
    let bench = Bench { workloads, tools, scale };
    let mut rows = Vec::new();
    for group in groups.into_iter().filter(|group| group.quick || !args.quick) {
        shell.status("Measuring", group.name);
        rows.extend((group.run)(&bench).map_err(|error| CouldNotRun(format!("{}: {error}", group.name)))?);
    }
    let report = Report::new(rows, !args.quick);
    shell.text(report.table());
    let folder = folder().map_err(CouldNotRun)?;
    cli::write(&folder.join("report.json"), &report.json())?;
    cli::write(&folder.join("report.svg"), &svg::plot(&report.rows))?;
    let failed = report.rows.iter().filter(|row| matches!(row.result, Measured::Failed(_))).count();
    if failed > 0 {
        shell.error(&format!("{} could not be measured", count(failed, "row")));
        return Ok(Outcome::Findings);
    }
    if let Some(earlier) = &earlier {
        shell.text(history::comparison(earlier, &report).map_err(CouldNotRun)?);
    }
    if !args.quick {
        match history::keep(&report).map_err(CouldNotRun)? {
            Some(file) => shell.status("Kept", file.display()),
            None => shell.attention("Skipped", "keeping the results: the tree differs from the last commit"),
        }
    }
    let about = format!("{} in {:.0}s; see {FOLDER}", count(report.rows.len(), "row"), started.elapsed().as_secs_f64());
    if args.write {
        performance_page::write(report, shell)?;
    }
    shell.status("Measured", about);
    Ok(Outcome::Success)
}

/// The groups with these names, or all groups.
fn choose(names: &[String]) -> Result<Vec<&'static Group>, CouldNotRun> {
    let all = || GROUPS.iter().map(|group| group.name);
    for name in names {
        if !all().any(|known| known == name) {
            let help = match did_you_mean(name, all()) {
                Some(similar) => format!("did you mean `{similar}`?"),
                None => format!("the measurements are {}", all().collect::<Vec<_>>().join(", ")),
            };
            return Err(CouldNotRun(format!("there is no measurement `{name}`: {help}")));
        }
    }
    Ok(GROUPS.iter().filter(|group| names.is_empty() || names.iter().any(|name| name == group.name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_chosen_by_name() {
        let names = |only: &[&str]| {
            let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
            choose(&only)
                .map(|groups| groups.iter().map(|group| group.name).collect::<Vec<_>>())
                .map_err(|error| error.0)
        };
        assert_eq!(names(&["memory", "decode"]), Ok(vec!["decode", "memory"]));
        assert_eq!(names(&[]).map(|names| names.len()), Ok(GROUPS.len()));
        let help = "there is no measurement `memroy`: did you mean `memory`?".to_owned();
        assert_eq!(names(&["memroy"]), Err(help));
    }
}
