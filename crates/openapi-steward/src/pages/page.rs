//! The frame of every page: the policy, the style, the header, and the scripts.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::icon;

const BASE_STYLE: &str = include_str!("design/base.css");
const BASE_SCRIPT: &str = include_str!("design/base.js");
/// Sets the theme before the first paint.
const THEME_SCRIPT: &str = include_str!("design/theme.js");
/// The icon of the page, so that a browser does not request `/favicon.ico`.
const FAVICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' \
                       rx='4' fill='%234f46e5'/%3E%3Cpath d='M4.5 5h7M4.5 8h7M4.5 11h4' stroke='white' stroke-width='1.5' \
                       stroke-linecap='round'/%3E%3C/svg%3E";

/// A page.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) title: String,
    /// The language-independent description for search engines and previews.
    pub(crate) description: String,
    /// The name on the left of the header, with what stands beside it.
    pub(crate) brand: Markup,
    /// The control in the middle of the header, such as the search.
    pub(crate) tools: Markup,
    /// The navigation beside the content. Empty for a page without one.
    pub(crate) navigation: Markup,
    pub(crate) content: Markup,
    /// The dialogs and the data after the content.
    pub(crate) after: Markup,
    /// The style and the script of this kind of page.
    pub(crate) style: &'static str,
    pub(crate) script: &'static str,
}

impl Page {
    /// Returns the text of the file.
    pub(crate) fn render(&self) -> String {
        let style = without_spaces(&compact(&[BASE_STYLE, self.style].concat()));
        let script = compact(&[BASE_SCRIPT, self.script].concat());
        let has_navigation = !self.navigation.0.is_empty();
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy(&style, &script));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="description" content=(self.description);
                    meta name="generator" content=(concat!("openapi-steward ", env!("CARGO_PKG_VERSION")));
                    title { (self.title) }
                    link rel="icon" href=(FAVICON);
                    style { (PreEscaped(&style)) }
                    script { (PreEscaped(THEME_SCRIPT)) }
                }
                body {
                    a .skip href="#content" { "Skip to the content" }
                    header .bar {
                        @if has_navigation {
                            a .icon-button #menu href="#navigation" aria-label="Menu" { (icon::MENU) }
                        }
                        div .brand { (self.brand) }
                        div .tools {
                            (self.tools)
                            button .icon-button #theme type="button" hidden aria-label="Theme: as the system" { (icon::THEME) }
                        }
                    }
                    div .layout .with-nav[has_navigation] {
                        @if has_navigation {
                            nav #navigation aria-label="Contents" tabindex="-1" {
                                a .nav-close href="#content" { "Close" }
                                (self.navigation)
                            }
                        }
                        main #content tabindex="-1" { (self.content) }
                    }
                    (self.after)
                    script { (PreEscaped(&script)) }
                }
            }
        };
        page.into_string()
    }
}

/// The style or the script without its indentation, its empty lines and the comments that are lines.
fn compact(text: &str) -> String {
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with("/**"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The style without the spaces that mean nothing. No string of the design has such a mark before a space.
fn without_spaces(style: &str) -> String {
    let marks =
        [(" { ", "{"), ("; }", "}"), (" }", "}"), ("; ", ";"), (": ", ":"), (", ", ","), (" {\n", "{"), ("}\n", "}")];
    marks.into_iter().fold(style.to_owned(), |style, (from, to)| style.replace(from, to))
}

/// The policy allows the style and the scripts of this file, and nothing else: no request, no frame, no form.
fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; style-src {}; script-src {} {}; img-src data:; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(THEME_SCRIPT),
        hash(script)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_the_design_ends_its_element() {
        for part in [BASE_STYLE, BASE_SCRIPT, THEME_SCRIPT, super::super::report::STYLE, super::super::report::SCRIPT] {
            assert!(!part.contains("</") && !part.contains("<!--"), "{part}");
        }
    }

    #[test]
    fn a_style_loses_only_spaces_that_mean_nothing() {
        let style = without_spaces("a b { c: d, e; f: g }\n@media (x: y) {\n.h::after { content: \" #\"; }\n}");
        assert_eq!(style, "a b{c:d,e;f:g}@media (x:y){.h::after{content:\" #\"}}");
        let strings: Vec<&str> = BASE_STYLE.split('"').skip(1).step_by(2).collect();
        assert!(strings.iter().all(|text| !text.contains(", ") && !text.contains(": ") && !text.contains("; ")));
    }

    #[test]
    fn the_policy_forbids_requests_and_every_other_script() {
        let policy = policy("a", "b");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("http"));
    }
}
