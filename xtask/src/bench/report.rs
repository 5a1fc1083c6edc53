//! The results, as tables and as JSON.

use serde_json::{Value, json};

use super::row::{Measured, Row};

/// The rows, and the machine that they were measured on.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) rows: Vec<Row>,
    /// `true` if the numbers are meaningful, which those of the quick form are not.
    judged: bool,
    pub(super) machine: Machine,
}

/// The machine that the rows were measured on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Machine {
    pub(super) processor: String,
    pub(super) cores: usize,
    pub(super) system: String,
    pub(super) rust: String,
}

impl Machine {
    fn here() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let info = read("/proc/cpuinfo");
        let processor = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
        let release = read("/proc/sys/kernel/osrelease");
        let version =
            super::workloads::output(std::process::Command::new("rustc").arg("--version")).unwrap_or_default();
        Self {
            processor: processor.map_or(std::env::consts::ARCH, |(_, name)| name).to_owned(),
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            // The version of the kernel, without the suffix of the distribution.
            system: format!("{} {}", std::env::consts::OS, release.split(['-', '\n']).next().unwrap_or_default()),
            rust: version.split(' ').nth(1).unwrap_or_default().to_owned(),
        }
    }
}

impl Machine {
    fn json(&self) -> Value {
        let Self { processor, cores, system, rust } = self;
        json!({ "processor": processor, "cores": cores, "system": system.trim_end(), "rust": rust })
    }
}

impl std::fmt::Display for Machine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { processor, cores, system, rust } = self;
        write!(f, "{processor}, {cores} cores, {}, Rust {rust}", system.trim_end())
    }
}

const HEAD: [&str; 8] = ["row", "what", "reference", "ours", "theirs", "ratio", "aim", ""];

impl Report {
    pub(super) fn new(rows: Vec<Row>, judged: bool) -> Self {
        Self { rows, judged, machine: Machine::here() }
    }

    /// Adds the rows of earlier results that were not measured now, each in its place, if they are of the same machine.
    pub(super) fn with_earlier(self, earlier: &Value) -> Result<Self, String> {
        if earlier["machine"] != self.machine.json() || earlier["judged"] != self.judged {
            return Ok(self);
        }
        let rows: Vec<Row> = serde_json::from_value(earlier["rows"].clone())
            .map_err(|error| format!("the earlier results have other rows: {error}"))?;
        let mut measured = self.rows;
        let mut all = Vec::new();
        for row in rows {
            let again = measured.iter().position(|new| new.name == row.name);
            all.push(again.map_or(row, |at| measured.remove(at)));
        }
        all.append(&mut measured);
        Ok(Self { rows: all, ..self })
    }

    /// The cells of each row. The quick form leaves the verdict empty.
    fn cells(&self) -> Vec<[String; 8]> {
        let cells = self.rows.iter().map(|row| {
            let mut cells = row.cells();
            if !self.judged && matches!(row.result, Measured::Both { .. }) {
                cells[7].clear();
            }
            cells
        });
        cells.collect()
    }

    /// The table as text.
    pub(super) fn table(&self) -> String {
        let lines: Vec<[String; 8]> = [HEAD.map(str::to_owned)].into_iter().chain(self.cells()).collect();
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default();
        let widths: [usize; 8] = std::array::from_fn(width);
        let line = |cells: &[String; 8]| {
            let [name, what, reference, ours, theirs, ratio, aim, verdict] = cells;
            let [w0, w1, w2, w3, w4, w5, w6, _] = widths;
            let line = format!(
                "  {name:<w0$}  {what:<w1$}  {reference:<w2$}  {ours:>w3$}  {theirs:>w4$}  {ratio:>w5$}  {aim:<w6$}  {verdict}"
            );
            line.trim_end().to_owned()
        };
        let note = if self.judged {
            ""
        } else {
            "\n  The quick form only shows that everything works. Its numbers mean nothing.\n"
        };
        format!("\n{}\n{note}", lines.iter().map(line).collect::<Vec<_>>().join("\n"))
    }

    /// The table as Markdown.
    pub(super) fn markdown(&self) -> String {
        let line = |cells: &[String; 8]| format!("| {} |", cells.join(" | ").replace("  ", " "));
        let rule = "| --- | --- | --- | ---: | ---: | ---: | --- | --- |".to_owned();
        let head = [line(&HEAD.map(str::to_owned)), rule];
        head.into_iter().chain(self.cells().iter().map(line)).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn json(&self) -> String {
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|row| {
                let mut value = json!(row);
                value["ratio"] = json!(row.ratio());
                value["met"] = json!(row.is_met().filter(|_| self.judged));
                value
            })
            .collect();
        let machine = self.machine.json();
        format!("{:#}\n", json!({ "machine": machine, "judged": self.judged, "rows": rows }))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::bench::row::tests::{both, row};
    use crate::bench::row::{Aim, Unit};

    pub(crate) fn report(judged: bool) -> Report {
        let rows = vec![
            row("decode", Aim::Times(1.0), both(30_004_000.0, 29_698_000.0, Unit::Instructions)),
            row("stream-cpu-node", Aim::Times(0.2), both(0.055, 0.324, Unit::Seconds)),
            row("memory", Aim::TimesAndMost(1.1, 24.0 * 1_048_576.0), both(12.8e6, 12.6e6, Unit::Bytes)),
            row("build-crates", Aim::More(8.0), both(123.0, 112.0, Unit::Crates)),
            row(
                "latency-python",
                Aim::Times(0.06),
                Measured::Skipped("not installed: `pip install twilio`".to_owned()),
            ),
            row("latency-node", Aim::Times(0.06), Measured::Failed("it read 7 rooms".to_owned())),
        ];
        let (processor, system, rust) = ("a processor".to_owned(), "linux 6.1".to_owned(), "1.95.0".to_owned());
        Report { rows, judged, machine: Machine { processor, cores: 2, system, rust } }
    }

    #[test]
    fn rows_that_were_not_measured_now_stay_in_their_place() -> Result<(), String> {
        let earlier = serde_json::from_str(&report(true).json()).map_err(|error| error.to_string())?;
        let mut now = report(true);
        let last = now.rows.pop();
        let before: Vec<&str> = now.rows.iter().map(|row| row.name).collect();
        let measured = Report { rows: last.clone().into_iter().collect(), ..report(true) }.with_earlier(&earlier)?;
        assert_eq!(measured.rows.iter().map(|row| row.name).collect::<Vec<_>>()[..before.len()], before);
        assert_eq!(measured.rows.last(), last.as_ref());
        let mut elsewhere = earlier.clone();
        elsewhere["machine"] = json!({ "processor": "another" });
        let alone = Report { rows: last.into_iter().collect(), ..report(true) }.with_earlier(&elsewhere)?;
        assert_eq!(alone.rows.len(), 1);
        Ok(())
    }

    #[test]
    fn the_table_has_a_line_for_each_row_even_if_it_was_skipped_or_failed() {
        insta::assert_snapshot!("a_table", report(true).table());
        insta::assert_snapshot!("a_table_in_markdown", report(true).markdown());
        assert!(!report(false).table().contains("missed"), "the quick form has no verdicts");
    }

    #[test]
    fn the_json_has_the_numbers_and_the_verdict() {
        let mut report = report(true);
        report.rows.truncate(1);
        report.rows.push(row("x", Aim::More(8.0), Measured::Skipped("not installed".to_owned())));
        insta::assert_snapshot!("a_report_in_json", report.json());
    }
}
