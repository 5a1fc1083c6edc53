//! The page of a history: a timeline of revisions, each with its changes.

use maud::html;

use crate::diff::{Change, ChangeSeverity, Report, filters};
use crate::pages::anchor;
use crate::pages::report::{Number, Report as Page};
use crate::text::count;

/// A revision of the document.
pub(super) struct TimelineStep<'a> {
    pub(super) revision: &'a str,
    pub(super) date: &'a str,
    pub(super) subject: &'a str,
    /// The changes since the revision before it, or the reason why it cannot be compared. Missing for the oldest revision.
    pub(super) report: Option<Result<Report<'a>, &'a String>>,
}

/// Returns the text of the page.
pub(super) fn page(subject: &str, steps: &[TimelineStep<'_>]) -> String {
    let reports = steps.iter().filter_map(|step| step.report.as_ref()?.as_ref().ok());
    let changes: Vec<Change> = reports.flat_map(|report| report.changes.iter().cloned()).collect();
    let of = |severity| changes.iter().filter(|change| change.severity == severity).count();
    let number = |label, number, tone| Number { label, value: number, tone: if number > 0 { tone } else { "" } };
    let page = Page {
        kind: "History",
        subject,
        lead: html! { p { "The revisions of the document, the newest first, each with its changes since the one before it." } },
        numbers: vec![
            number("revisions", steps.len(), ""),
            number("breaking", of(ChangeSeverity::Breaking), "bad"),
            number("notice", of(ChangeSeverity::Notice), "attention"),
            number("additive", of(ChangeSeverity::Additive), "good"),
        ],
        filters: filters(&changes),
        entries: html! {
            div .timeline {
                @for step in steps {
                    @let worst = step.report.as_ref().and_then(|report| report.as_ref().ok()?.changes.iter().map(|change| change.severity).min());
                    section id=(format!("revision/{}", step.revision)) class=(format!("step {}", worst.map_or("", ChangeSeverity::name))) {
                        h2 { a href=(anchor::link(&format!("revision/{}", step.revision))) { (step.subject) } }
                        p .step-line {
                            time datetime=(step.date) { (step.date) }
                            code { (step.revision) }
                            @match &step.report {
                                None => span { "the oldest revision that was read" },
                                Some(Err(message)) => span { "cannot be compared: " (message) },
                                Some(Ok(report)) => span { (report.summary()) },
                            }
                        }
                        @if let Some(Ok(report)) = &step.report { @if !report.changes.is_empty() {
                            details .more open[worst == Some(ChangeSeverity::Breaking)] {
                                summary { "Show " (count(report.changes.len(), "change")) }
                                (report.entries(&format!("revision/{}/", step.revision)))
                            }
                        } }
                    }
                }
            }
        },
    };
    page.render()
}
