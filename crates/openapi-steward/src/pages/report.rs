//! The parts that reports share: numbers at the top, filters, and entries.

use maud::{Markup, html};

use super::Page;

pub(super) const STYLE: &str = include_str!("design/report.css");
pub(super) const SCRIPT: &str = include_str!("design/report.js");

/// A report: a title, numbers, filters, and its entries.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// The name of the kind of report, such as `Changes`.
    pub(crate) kind: &'a str,
    /// The subject, such as the path of the document.
    pub(crate) subject: &'a str,
    /// The sentence below the title.
    pub(crate) lead: Markup,
    pub(crate) numbers: Vec<Number<'a>>,
    pub(crate) filters: Vec<Filter<'a>>,
    pub(crate) entries: Markup,
}

/// A number at the top of a report.
#[derive(Debug)]
pub(crate) struct Number<'a> {
    pub(crate) label: &'a str,
    pub(crate) value: usize,
    /// The class that gives it its colour: `bad`, `attention`, `good` or nothing.
    pub(crate) tone: &'a str,
}

/// A choice between the values that entries have in an attribute.
#[derive(Debug)]
pub(crate) struct Filter<'a> {
    /// The attribute of entries, without `data-`.
    pub(crate) name: &'a str,
    pub(crate) label: &'a str,
    /// The values, each with the number of its entries.
    pub(crate) values: Vec<(&'a str, usize)>,
}

impl Report<'_> {
    /// Returns the text of the file.
    pub(crate) fn render(self) -> String {
        let content = html! {
            div .report {
                p .report-kind { (self.kind) }
                h1 { (self.subject) }
                div .report-lead { (self.lead) }
                @if !self.numbers.is_empty() {
                    ul .numbers {
                        @for number in &self.numbers {
                            li class=(number.tone) { strong { (number.value) } span { (number.label) } }
                        }
                    }
                }
                (self.filters())
                p #shown .muted role="status" {}
                div #entries { (self.entries) }
            }
        };
        let page = Page {
            title: format!("{} · {}", self.kind, self.subject),
            description: format!("{} of {}", self.kind, self.subject),
            brand: html! { span .title { (self.kind) } span .version { (self.subject) } },
            tools: Markup::default(),
            navigation: Markup::default(),
            content,
            after: Markup::default(),
            style: STYLE,
            script: SCRIPT,
        };
        page.render()
    }

    /// The filters, which need a script. One with a single value would choose nothing.
    fn filters(&self) -> Markup {
        let useful: Vec<&Filter<'_>> = self.filters.iter().filter(|filter| filter.values.len() > 1).collect();
        let has_entries = self.numbers.iter().any(|number| number.value > 0);
        html! {
            @if has_entries {
                form #filters aria-label="Filters" {
                    @for filter in useful {
                        fieldset {
                            legend { (filter.label) }
                            @for (value, number) in &filter.values {
                                label { input type="checkbox" name=(filter.name) value=(value) checked; span { (value) " " small { (number) } } }
                            }
                        }
                    }
                    button .button #open-all type="button" { "Open all" }
                    input #filter-text type="search" placeholder="Filter by text" aria-label="Filter by text" autocomplete="off" spellcheck="false";
                }
            }
        }
    }
}
