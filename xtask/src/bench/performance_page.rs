//! The chapter on performance in the documentation of the client. The command writes all its numbers.

use std::fs;

use openapi_steward::cli::{self, CouldNotRun, Shell, failed};

use super::history::{WRITTEN, value};
use super::report::Report;
use super::row::Row;
use super::svg;
use crate::workspace::root;

const PAGE: &str = "crates/twilio-rooms/src/docs/performance.md";
const PLOT: &str = "crates/twilio-rooms/src/docs/performance.svg";
const BEGIN: &str = "<!-- Written by `cargo xtask bench --write`. -->";
const END: &str = "<!-- Up to here. -->";

/// Writes the table and the plot to the documentation. Rows that were not measured now stay, if they are of this machine.
pub(super) fn write(report: Report, shell: &Shell) -> Result<(), CouldNotRun> {
    let report = match fs::read_to_string(root().join(WRITTEN)) {
        Ok(earlier) => value(&earlier).and_then(|earlier| report.with_earlier(&earlier)).map_err(CouldNotRun)?,
        Err(_) => report,
    };
    let path = root().join(PAGE);
    let page = fs::read_to_string(&path).map_err(|error| failed("read", &path, &error))?;
    let written = format!("{}\n\n{}\n\nMeasured on {}.", report.markdown(), shortcomings(&report.rows), report.machine);
    let page = between(&page, &written)
        .ok_or_else(|| CouldNotRun(format!("{PAGE} does not have the lines {BEGIN:?} and {END:?}")))?;
    cli::write(&path, &page)?;
    cli::write(&root().join(PLOT), &svg::plot(&report.rows))?;
    cli::write(&root().join(WRITTEN), &report.json())?;
    shell.status("Wrote", format_args!("{PAGE}, {PLOT} and {WRITTEN}"));
    Ok(())
}

/// The rows that exceed their reference, and the rows that miss their aim.
fn shortcomings(rows: &[Row]) -> String {
    let list = |is: fn(&Row) -> bool| {
        let names: Vec<String> = rows.iter().filter(|row| is(row)).map(|row| format!("`{}`", row.name)).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    let more = list(|row| row.ratio().is_some_and(|ratio| ratio > 1.0));
    let missed = list(|row| row.is_met() == Some(false));
    format!("Rows that come to more than their reference: {more}. Rows that miss their aim: {missed}.")
}

/// The page with this text between its marks.
fn between(page: &str, written: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{written}\n\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_text_between_the_marks_changes() {
        let page = format!("# Speed\n\n{BEGIN}\nold\n{END}\n\nMore.\n");
        let expected = format!("# Speed\n\n{BEGIN}\n\nnew\n\n{END}\n\nMore.\n");
        assert_eq!(between(&page, "new").as_deref(), Some(expected.as_str()));
        assert_eq!(between(&expected, "new").as_deref(), Some(expected.as_str()), "a second time changes nothing");
        assert_eq!(between("# Speed\n", "new"), None);
    }

    #[test]
    fn rows_that_exceed_their_reference_or_miss_their_aim_are_listed() {
        use crate::bench::row::tests::{both, row};
        use crate::bench::row::{Aim, Measured, Unit};

        let worse = row("worse", Aim::Times(1.5), both(1.2, 1.0, Unit::Seconds));
        let missed = row("missed", Aim::Times(0.1), both(0.2, 1.0, Unit::Seconds));
        let skipped = row("skipped", Aim::Times(0.1), Measured::Skipped(String::new()));
        let text = shortcomings(&[worse, missed, skipped.clone()]);
        assert_eq!(text, "Rows that come to more than their reference: `worse`. Rows that miss their aim: `missed`.");
        assert!(shortcomings(&[skipped]).ends_with("reference: none. Rows that miss their aim: none."));
    }

    #[test]
    fn the_page_has_the_marks() -> std::io::Result<()> {
        let page = fs::read_to_string(root().join(PAGE))?;
        assert!(between(&page, "").is_some());
        Ok(())
    }
}
