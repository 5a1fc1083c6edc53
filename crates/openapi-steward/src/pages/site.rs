//! A page of a site that is text, in the same design as the reference.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, PreEscaped, Render, html};

use super::markdown::{Article, article, texts};
use super::{Heading, Page, anchor, links, search};

const STYLE: &str = concat!(include_str!("design/site.css"), include_str!("design/search.css"));
const SCRIPT: &str = include_str!("design/search.js");
/// The number of characters of a section that are searched.
const TEXT: usize = 1_500;

/// A page of a site, in Markdown.
///
/// HTML in the text that is not prose is shown as text, and relative links are too: the other pages are in the navigation.
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
    /// The targets of links that are files of the site: the target in the text, and the file beside this page.
    pub links: &'a [(&'a str, &'a str)],
    /// Pictures after the paragraph that leads to their file: the file, the picture as SVG, and its description.
    pub figures: &'a [(&'a str, &'a str, &'a str)],
    /// The index of the search.
    pub index: &'a SiteIndex,
    /// The pages of the site: the title of each, and its file beside this one.
    pub pages: &'a [(&'a str, &'a str)],
}

/// The index of the search of a site.
#[derive(Debug, Clone)]
pub struct SiteIndex(String);

impl SiteIndex {
    /// The index of pages: the title, the file and the text of each.
    #[must_use]
    pub fn of(pages: &[(&str, &str, &str)]) -> Self {
        let mut index = search::Index::default();
        for (title, file, text) in pages {
            let headings = article(text).headings;
            for (heading, text) in headings.iter().zip(texts(text, TEXT)) {
                let id = format!("{file}{}", anchor::link(&heading.id));
                index.add("guide", &heading.text, title, &id, &text);
            }
        }
        Self(index.finish())
    }
}

impl SitePage<'_> {
    /// Returns the text of the HTML file.
    #[must_use]
    pub fn render(&self) -> String {
        let Article { html: PreEscaped(text), headings } = article(self.markdown);
        let text = PreEscaped(self.with_figures(self.with_files(text)));
        let page = Page {
            title: format!("{} · {}", self.title, self.site),
            description: format!("{} of {}", self.title, self.site),
            brand: html! { a .title href="index.html" { (self.site) } },
            tools: search::button(),
            navigation: self.navigation(&headings),
            content: html! {
                article .text.article {
                    @if headings.iter().all(|heading| heading.level > 1) { h1 { (self.title) } }
                    (text)
                    @if let Some((svg, description)) = self.picture { (picture(svg, description)) }
                }
            },
            after: search::dialog("Search this site", &self.index.0),
            style: STYLE,
            script: SCRIPT,
        };
        page.render()
    }

    /// The text with links to files of the site.
    fn with_files(&self, mut text: String) -> String {
        for (target, file) in self.links {
            let [mut from, mut to] = [String::new(), String::new()];
            links::start(target, &mut from);
            file.render_to(&mut to);
            text = text.replace(&from, &format!("<a href=\"{to}\">"));
        }
        text
    }

    /// The text with the figures.
    fn with_figures(&self, mut text: String) -> String {
        for (file, svg, description) in self.figures {
            let link = text.find(&format!("<a href=\"{file}\">"));
            let end = link.and_then(|link| Some(link + text.get(link..)?.find("</p>")? + "</p>".len()));
            if let Some(end) = end {
                text.insert_str(end, &picture(svg, description).0);
            }
        }
        text
    }

    /// The pages of the site, and the headings of this one.
    fn navigation(&self, headings: &[Heading]) -> Markup {
        let headings: Vec<&Heading> = headings.iter().filter(|heading| heading.level == 2).collect();
        html! {
            ul {
                @for (title, file) in self.pages {
                    @let is_current = *title == self.title;
                    li {
                        a href=(file) aria-current=[is_current.then_some("page")] { (title) }
                        @if is_current && headings.len() > 1 {
                            ul .headings { @for heading in &headings { li { a href=(anchor::link(&heading.id)) { (heading.text) } } } }
                        }
                    }
                }
            }
        }
    }
}

fn picture(svg: &str, description: &str) -> Markup {
    html! { img .picture alt=(description) src=(format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg))); }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_a_site_has_its_headings_and_the_other_pages_in_the_navigation() {
        let pages = [("Guide", "index.html"), ("Rules", "rules.html")];
        let index = SiteIndex::of(&[("Guide", "index.html", "# G\n\nx\n\n## A\n\ny")]);
        let page = SitePage {
            index: &index,
            site: "S",
            title: "Guide",
            markdown: "# G\n\n## A\n\n<script>x</script>\n\n## B\n\n[s](https://a/s.svg)\n",
            picture: Some(("<svg/>", "A plot")),
            links: &[("https://a/s.svg", "s.svg")],
            figures: &[("s.svg", "<svg/>", "A session")],
            pages: &pages,
        };
        let html = page.render();
        for expected in [
            "<a href=\"rules.html\">",
            "href=\"#a\"",
            "&lt;script&gt;x",
            "alt=\"A plot\"",
            "aria-current=\"page\"",
            "<a href=\"s.svg\">s</a></p><img class=\"picture\" alt=\"A session\"",
        ] {
            assert!(html.contains(expected), "{expected}");
        }
    }

    #[test]
    fn a_text_without_a_title_has_that_of_its_page() {
        let index = SiteIndex::of(&[]);
        let page = |markdown| {
            let page = SitePage {
                site: "S",
                title: "Faults",
                markdown,
                picture: None,
                links: &[],
                figures: &[],
                index: &index,
                pages: &[],
            };
            page.render().matches("<h1").count()
        };
        assert_eq!((page("| a |\n| - |\n| b |"), page("# Faults")), (1, 1));
    }
}
