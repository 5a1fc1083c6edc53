//! A page of findings, grouped by their rules.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::excerpt::Excerpts;
use super::located::{Located, Part, locate};
use crate::document::{Class, Severity};
use crate::pages::anchor::Anchors;
use crate::pages::message;
use crate::pages::report::{Filter, Number, Report};

/// The number of findings with lines of their source. Of more, a page would be larger than a browser can handle.
const WITH_SOURCE: usize = 3_000;

/// The requirement of a rule and the reason for it, by the id of the rule.
pub(crate) type Explain<'e> = &'e dyn Fn(&str) -> Option<(&'static str, &'static str)>;

/// Returns the text of the page.
pub(crate) fn page(parts: &[Part<'_>], explain: Explain<'_>) -> String {
    let subject = parts.first().map_or("", |part| part.source.path.as_str());
    let findings = || parts.iter().flat_map(|part| part.findings);
    let number = |severity| findings().filter(|finding| finding.severity == severity).count();
    let [errors, warnings] = [Severity::Error, Severity::Warning].map(number);
    let count = |class: Class| (class.name(), findings().filter(|finding| finding.class == class).count());
    let classes: Vec<(&str, usize)> = Class::ALL.into_iter().map(count).filter(|(_, number)| *number > 0).collect();
    let severities: Vec<(&str, usize)> = [(Severity::Error.name(), errors), (Severity::Warning.name(), warnings)]
        .into_iter()
        .filter(|(_, number)| *number > 0)
        .collect();
    // A choice that is the same as the other one is no choice.
    let counts = |values: &[(&str, usize)]| values.iter().map(|(_, number)| *number).collect::<Vec<_>>();
    let is_same = counts(&classes) == counts(&severities);
    let lead = match (errors, warnings) {
        (0, 0) => html! { "The document and its examples have no findings." },
        (0, _) => html! { "The document is valid. Warnings do not fail the validation." },
        _ => html! { "The document is not valid: errors fail the validation." },
    };
    let report = Report {
        kind: "Validation",
        subject,
        lead,
        numbers: vec![
            Number {
                label: if errors == 1 { "error" } else { "errors" },
                value: errors,
                tone: if errors > 0 { "bad" } else { "good" },
            },
            Number {
                label: if warnings == 1 { "warning" } else { "warnings" },
                value: warnings,
                tone: if warnings > 0 { "attention" } else { "good" },
            },
        ],
        filters: vec![
            Filter { name: "severity", label: "Severity", values: severities },
            Filter { name: "class", label: "Class", values: if is_same { Vec::new() } else { classes } },
        ],
        entries: entries(parts, explain),
    };
    report.render()
}

fn entries(parts: &[Part<'_>], explain: Explain<'_>) -> Markup {
    let excerpts: Vec<Excerpts<'_>> = parts.iter().map(|part| Excerpts::new(part.source)).collect();
    let located: Vec<(usize, Vec<Located<'_>>)> =
        parts.iter().enumerate().map(|(index, part)| (index, locate(std::slice::from_ref(part)))).collect();
    // The rules with errors first, then in the order of their first finding.
    let mut order: BTreeMap<(Severity, usize), Vec<(usize, &Located<'_>)>> = BTreeMap::new();
    let mut keys: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for (part, findings) in &located {
        for finding in findings {
            let severity = finding.finding.severity;
            let next = keys.len();
            let key = *keys.entry((finding.finding.rule, severity)).or_insert(next);
            order.entry((severity, key)).or_default().push((*part, finding));
        }
    }
    let mut shown = 0;
    let mut anchors = Anchors::default();
    html! {
        @if order.is_empty() {
            p .clean { strong { "Nothing to report" } "Every rule holds for this document." }
        }
        @for ((severity, _), findings) in &order {
            @let rule = findings.first().map_or("", |(_, located)| located.finding.rule);
            section .entry-group id=(anchors.take(&format!("rule/{}", if rule.is_empty() { "steward.toml" } else { rule }))) {
                header {
                    span class=(format!("dot {}", severity.name())) {}
                    h2 .visually-hidden { (severity.name()) " " (rule) }
                    h3 { code { (if rule.is_empty() { "steward.toml" } else { rule }) } }
                    span .count { (crate::text::count(findings.len(), severity.name())) }
                }
                @if let Some((summary, rationale)) = explain(rule) {
                    p .why { (message(summary)) }
                    p .why { (message(rationale)) }
                }
                div .entries {
                    @for (part, located) in findings {
                        ({ shown += 1; entry(located, excerpts.get(*part).filter(|_| shown <= WITH_SOURCE), findings.len() <= 3) })
                    }
                }
            }
        }
    }
}

fn entry(located: &Located<'_>, excerpts: Option<&Excerpts<'_>>, is_open: bool) -> Markup {
    let finding = located.finding;
    let at = located.at;
    html! {
        details .entry open[is_open] data-severity=(finding.severity.name()) data-class=(finding.class.name()) {
            summary {
                span .entry-text { (message(&finding.message)) }
                span .entry-place title=(at.file) { (file_name(at.file)) ":" (at.line) ":" (at.column) }
            }
            div .entry-body {
                @if let Some(excerpts) = excerpts {
                    (excerpts.at(&finding.span, "", &finding.label))
                    @if let Some((span, text)) = finding.related_position() { (excerpts.at(span, "", text)) }
                } @else if !finding.label.is_empty() { p { (finding.label) } }
                @if let Some(help) = &finding.help { p .help { (message(help)) } }
                @if !located.places.is_empty() {
                    div .used {
                        (super::located::number_of_places(located.places.len()))
                        ul { @for place in located.places.iter().take(200) { li title=(place.file) { code { (file_name(place.file)) ":" (place.line) } } } }
                    }
                }
            }
        }
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
