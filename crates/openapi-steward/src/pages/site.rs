//! A page of a site that is text, in the same design as the reference.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};

use super::markdown::{Article, article};
use super::{Page, anchor};

const STYLE: &str = include_str!("design/site.css");

/// A page of a site, in Markdown.
///
/// HTML in the text is shown as text, and relative links are too: the other pages are in the navigation.
#[derive(Debug, Clone, Copy)]
pub struct SitePage<'a> {
    /// The name of the site.
    pub site: &'a str,
    /// The title of the page.
    pub title: &'a str,
    /// The text.
    pub markdown: &'a str,
    /// A picture below the text, as SVG, with its description.
    pub picture: Option<(&'a str, &'a str)>,
    /// The pages of the site: the title of each, and its file beside this one.
    pub pages: &'a [(&'a str, &'a str)],
}

impl SitePage<'_> {
    /// Returns the text of the HTML file.
    #[must_use]
    pub fn render(&self) -> String {
        let Article { html: text, headings } = article(self.markdown);
        let page = Page {
            title: format!("{} · {}", self.title, self.site),
            description: format!("{} of {}", self.title, self.site),
            brand: html! { a .title href="index.html" { (self.site) } },
            tools: Markup::default(),
            navigation: self.navigation(&headings),
            content: html! {
                article .text.article {
                    (text)
                    @if let Some((svg, description)) = self.picture {
                        img .picture alt=(description) src=(format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg)));
                    }
                }
            },
            after: Markup::default(),
            style: STYLE,
            script: "",
        };
        page.render()
    }

    /// The pages of the site, and the headings of this one.
    fn navigation(&self, headings: &[(String, String)]) -> Markup {
        html! {
            ul {
                @for (title, file) in self.pages {
                    @let is_current = *title == self.title;
                    li {
                        a href=(file) aria-current=[is_current.then_some("page")] { (title) }
                        @if is_current && headings.len() > 1 {
                            ul .headings { @for (id, text) in headings { li { a href=(anchor::link(id)) { (text) } } } }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_a_site_has_its_headings_and_the_other_pages_in_the_navigation() {
        let pages = [("Guide", "index.html"), ("Rules", "rules.html")];
        let page = SitePage {
            site: "S",
            title: "Guide",
            markdown: "# G\n\n## A\n\n<b>x</b>\n\n## B\n",
            picture: Some(("<svg/>", "A plot")),
            pages: &pages,
        };
        let html = page.render();
        for expected in
            ["<a href=\"rules.html\">", "href=\"#a\"", "&lt;b&gt;x", "alt=\"A plot\"", "aria-current=\"page\""]
        {
            assert!(html.contains(expected), "{expected}");
        }
    }
}
