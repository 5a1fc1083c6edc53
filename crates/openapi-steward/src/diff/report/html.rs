//! A page of changes: the breaking ones first, grouped by what they are about, with both sources beside each other.

use maud::{Markup, html};

use super::{Report, root_of};
use crate::diff::change::{Change, ChangeSeverity, MessageDirection, Surface};
use crate::document::Span;
use crate::pages::anchor::{self, Anchors};
use crate::pages::message;
use crate::pages::report::{Filter, Number, Report as Page};
use crate::report::Excerpts;
use crate::text::count;

/// The number of changes with lines of both sources. Of more, a page would be larger than a browser can handle.
const WITH_SOURCE: usize = 1_500;

/// Returns the text of the page.
pub(super) fn page(report: &Report<'_>) -> String {
    let changes = report.changes;
    let of = |severity| changes.iter().filter(|change| change.severity == severity).count();
    let page = Page {
        kind: "Changes",
        subject: &report.new.path,
        lead: html! {
            p { "Compared with " code { (report.old.path) } }
            @if !report.versions.is_empty() {
                ul { @for version in report.versions { li .bad[version.contains(", but is ")] { (version) } } }
            }
        },
        numbers: ChangeSeverity::ALL.into_iter().map(|severity| number(severity, of(severity))).collect(),
        filters: filters(changes),
        entries: html! {
            @if changes.is_empty() { p .clean { strong { "No changes" } "Both versions mean the same." } }
            (entries(report, ""))
        },
    };
    page.render()
}

fn number(severity: ChangeSeverity, number: usize) -> Number<'static> {
    let tone = match severity {
        _ if number == 0 => "",
        ChangeSeverity::Breaking => "bad",
        ChangeSeverity::Notice => "attention",
        ChangeSeverity::Additive => "good",
        ChangeSeverity::Documentation => "",
    };
    Number { label: severity.name(), value: number, tone }
}

/// The filters of a list of changes: by severity, by surface, and by the messages in which they count.
pub(crate) fn filters(changes: &[Change]) -> Vec<Filter<'static>> {
    let values = |names: Vec<&'static str>, name: fn(&Change) -> &'static str| {
        let counted =
            names.into_iter().map(|value| (value, changes.iter().filter(|change| name(change) == value).count()));
        counted.filter(|(_, number)| *number > 0).collect()
    };
    vec![
        Filter {
            name: "severity",
            label: "Weight",
            values: values(ChangeSeverity::ALL.map(ChangeSeverity::name).to_vec(), |change| change.severity.name()),
        },
        Filter {
            name: "surface",
            label: "Surface",
            values: values([Surface::Wire, Surface::Rust, Surface::Crate].map(Surface::name).to_vec(), |change| {
                change.surface.name()
            }),
        },
        Filter {
            name: "direction",
            label: "In",
            values: values(vec!["request", "response", "both", "any"], direction),
        },
    ]
}

fn direction(change: &Change) -> &'static str {
    change.direction.map_or("any", MessageDirection::name)
}

/// The entries of all changes, by their severity and what they are about.
///
/// Each has an id of its fingerprint, which begins with the prefix.
pub(crate) fn entries(report: &Report<'_>, prefix: &str) -> Markup {
    let (old, new) = (Excerpts::new(report.old), Excerpts::new(report.new));
    let mut anchors = Anchors::default();
    let mut shown = 0;
    html! {
        @for severity in ChangeSeverity::ALL {
            @let groups = groups(report.changes, severity);
            @if !groups.is_empty() {
                section .entry-group {
                    h2 .severity { (heading(severity)) }
                    @for (root, changes) in groups {
                        section .entry-group {
                            header {
                                span class=(format!("dot {severity}")) {}
                                h3 { code { (root.replace('`', "")) } }
                                span .count { (count(changes.len(), "change")) }
                            }
                            div .entries {
                                @for change in changes {
                                    ({ shown += 1; entry(change, &anchors.take(&format!("{prefix}change/{}", change.fingerprint())), (shown <= WITH_SOURCE).then_some((&old, &new)), severity == ChangeSeverity::Breaking) })
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn heading(severity: ChangeSeverity) -> &'static str {
    match severity {
        ChangeSeverity::Breaking => "Breaking: something that worked no longer works",
        ChangeSeverity::Notice => "Notice: nothing breaks, but it has to be deliberate",
        ChangeSeverity::Additive => "Additive: something was added",
        ChangeSeverity::Documentation => "Documentation only",
    }
}

/// The changes of a severity by what they are about, in the order of the report.
fn groups(changes: &[Change], severity: ChangeSeverity) -> Vec<(&str, Vec<&Change>)> {
    let mut groups: Vec<(&str, Vec<&Change>)> = Vec::new();
    let mut positions = std::collections::HashMap::new();
    for change in changes.iter().filter(|change| change.severity == severity) {
        let root = root_of(change);
        let position = *positions.entry((root, change.surface)).or_insert_with(|| {
            groups.push((root, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, group)) = groups.get_mut(position) {
            group.push(change);
        }
    }
    groups
}

fn entry(change: &Change, id: &str, excerpts: Option<(&Excerpts<'_>, &Excerpts<'_>)>, is_open: bool) -> Markup {
    let place = excerpts.and_then(|(old, new)| {
        let at = if change.is_removal() { None } else { change.new.map(|byte| new.place(byte)) };
        at.or_else(|| change.old.map(|byte| old.place(byte))).or_else(|| change.new.map(|byte| new.place(byte)))
    });
    let predicate = change.predicate.split("; accepted: ").next().unwrap_or_default();
    html! {
        details .entry id=(id) open[is_open] data-severity=(change.severity.name()) data-surface=(change.surface.name())
            data-direction=(direction(change)) {
            summary {
                span .entry-text { strong { (change.item.replace('`', "")) } " " (message(predicate)) }
                @if let Some(place) = place { span .entry-place { (place) } }
            }
            div .entry-body {
                p .tags {
                    span .flag { (change.surface.name()) }
                    @if let Some(direction) = change.direction { span .flag { (direction.name()) } }
                    span .flag { (change.kind) }
                    a .flag href=(anchor::link(id)) title="The fingerprint, for `accept`, and a link to this change" { (change.fingerprint()) }
                }
                @if let Some(reason) = &change.accepted { p .accepted { "Accepted: " (reason) } }
                (values(change))
                @if let Some((old, new)) = excerpts { (sides(change, old, new)) }
                (users(change))
            }
        }
    }
}

/// The value in both versions.
fn values(change: &Change) -> Markup {
    let shown = |value: &Option<String>| value.as_deref().map(|value| crate::pages::cut(value, 600));
    let (before, after) = (shown(&change.before), shown(&change.after));
    html! {
        @if before.is_some() || after.is_some() {
            dl .values-changed {
                @if let Some(before) = before { dt { "Before" } dd .before { code { (before) } } }
                @if let Some(after) = after { dt { "After" } dd .after { code { (after) } } }
            }
        }
    }
}

/// The lines of both sources.
fn sides(change: &Change, old: &Excerpts<'_>, new: &Excerpts<'_>) -> Markup {
    let line = |byte: usize| -> Span { byte..usize::MAX };
    // Something that was removed or added is at the object that has lost or gained it, which is not marked as a change itself.
    let old_class = if change.predicate.starts_with("was added") { "" } else { "old" };
    let new_class = if change.is_removal() { "" } else { "new" };
    html! {
        @if change.old.is_some() || change.new.is_some() {
            div .sides {
                @match change.old {
                    Some(byte) => (old.at(&line(byte), old_class, "")),
                    None => p .absent { "not in the old version" },
                }
                @match change.new {
                    Some(byte) => (new.at(&line(byte), new_class, "")),
                    None => p .absent { "not in the new version" },
                }
            }
        }
    }
}

/// The operations that use the item.
fn users(change: &Change) -> Markup {
    html! {
        @if !change.used_by.is_empty() {
            div .used {
                "Used by " (count(change.used_by.len(), "operation"))
                ul { @for user in change.used_by.iter().take(100) { li { code { (user) } } } }
                @if change.used_by.len() > 100 { p { "and " (change.used_by.len() - 100) " more" } }
            }
        }
    }
}
