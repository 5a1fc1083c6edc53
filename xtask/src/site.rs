//! `cargo xtask site`: writes the site of this repository, ready for GitHub Pages.

mod links;

use std::fs;
use std::path::{Path, PathBuf};

use openapi_steward::cli::{self, CouldNotRun, Outcome, Shell, count};
use openapi_steward::{Command as Steward, DocsArgs, SiteIndex, SitePage};

use crate::workspace::{SPEC, root};

/// The folder of the site, from the root of the workspace.
pub(crate) const FOLDER: &str = "target/site";
const SITE: &str = "twilio-rooms";
/// The file of the reference.
const REFERENCE: &str = "reference.html";
/// The template for requests in Rust.
const TEMPLATE: &str = "spec/request.rs.template";

/// A page that is made of a text: its title, its file, and the path of the text.
struct Text {
    title: &'static str,
    file: &'static str,
    path: &'static str,
    /// The path of the picture below it.
    picture: Option<&'static str>,
}

const fn text(title: &'static str, file: &'static str, path: &'static str) -> Text {
    Text { title, file, path, picture: None }
}

const TEXTS: [Text; 13] = [
    text("Guide", "index.html", "README.md"),
    text("Participants", "participants.html", "crates/twilio-rooms/src/docs/participants.md"),
    text("Tracks", "tracks.html", "crates/twilio-rooms/src/docs/tracks.md"),
    text("Recordings", "recordings.html", "crates/twilio-rooms/src/docs/recordings.md"),
    text("Transcriptions", "transcriptions.html", "crates/twilio-rooms/src/docs/transcriptions.md"),
    text("Webhooks", "webhooks.html", "crates/twilio-rooms/src/docs/webhooks.md"),
    text("Access tokens", "access-tokens.html", "crates/twilio-rooms/src/docs/access_tokens.md"),
    text("Retries", "retries.html", "crates/twilio-rooms/src/docs/retries.md"),
    text("Fault matrix", "faults.html", "crates/twilio-rooms/src/docs/faults.md"),
    text("Testing", "testing.html", "crates/twilio-rooms/src/docs/testing.md"),
    Text {
        picture: Some("crates/twilio-rooms/src/docs/performance.svg"),
        ..text("Benchmarks", "benchmarks.html", "crates/twilio-rooms/src/docs/performance.md")
    },
    text("Rules of the steward", "rules.html", "crates/openapi-steward/RULES.md"),
    text("Changelog", "changelog.html", "CHANGELOG.md"),
];

/// The file of a session of the command, the link to it in the guide, and the path of the picture.
const SESSION: (&str, &str, &str) = (
    "session.svg",
    "https://docs.rs/crate/twilio-rooms-cli/latest/source/docs/session.svg",
    "crates/twilio-rooms-cli/docs/session.svg",
);

/// Writes all pages.
pub(crate) fn run(shell: &Shell) -> Result<Outcome, CouldNotRun> {
    let folder = root().join(FOLDER);
    let reference = DocsArgs {
        document: Some(root().join(SPEC)),
        output: Some(folder.join(REFERENCE)),
        rust_template: Some(root().join(TEMPLATE)),
        home: Some("index.html".to_owned()),
    };
    Steward::Docs(reference).run(shell)?;
    let mut pages: Vec<(&str, &str)> = TEXTS.iter().map(|text| (text.title, text.file)).collect();
    pages.insert(1, ("API reference", REFERENCE));
    let (session, target, path) = SESSION;
    let svg = read(path)?;
    cli::write(&folder.join(session), &svg)?;
    let texts: Result<Vec<String>, CouldNotRun> =
        TEXTS.iter().map(|text| Ok(without_rustdoc(&read(text.path)?))).collect();
    let texts = texts?;
    let indexed: Vec<(&str, &str, &str)> =
        TEXTS.iter().zip(&texts).map(|(text, markdown)| (text.title, text.file, markdown.as_str())).collect();
    let index = SiteIndex::of(&indexed);
    for (text, markdown) in TEXTS.iter().zip(&texts) {
        let picture = text.picture.map(read).transpose()?;
        let page = SitePage {
            site: SITE,
            title: text.title,
            markdown,
            index: &index,
            picture: picture
                .as_deref()
                .map(|svg| (svg, "Each measurement as a part of its reference; the table has the numbers")),
            links: &[(target, session)],
            figures: &[(
                session,
                &svg,
                "A session of the command: rooms, participants, a dry run and the minutes of each day",
            )],
            pages: &pages,
        };
        cli::write(&folder.join(text.file), &page.render())?;
    }
    // GitHub Pages would leave out files that Jekyll does not know.
    cli::write(&folder.join(".nojekyll"), "")?;
    shell.status("Wrote", format_args!("{} to {FOLDER}", count(pages.len(), "page")));
    let dead = links::dead(&folder)?;
    for link in &dead {
        shell.error(link);
    }
    Ok(if dead.is_empty() { Outcome::Success } else { Outcome::Findings })
}

fn read(path: &str) -> Result<String, CouldNotRun> {
    let path: PathBuf = root().join(Path::new(path));
    fs::read_to_string(&path).map_err(|error| cli::failed("read", &path, &error))
}

/// The text without what only rustdoc reads: hidden lines of examples, comments, and a heading where there is none.
fn without_rustdoc(markdown: &str) -> String {
    let (mut in_code, mut lines) = (None, Vec::new());
    for line in markdown.lines() {
        let trimmed = line.trim_start();
        let is_start = in_code.is_none() && trimmed == "```";
        if trimmed.starts_with("```") {
            in_code = match in_code {
                None => Some(trimmed.trim_start_matches('`').starts_with("rust") || trimmed == "```"),
                Some(_) => None,
            };
        }
        let is_hidden = in_code == Some(true) && (trimmed == "#" || trimmed.starts_with("# "));
        let is_comment = in_code.is_none() && trimmed.starts_with("<!--") && trimmed.ends_with("-->");
        if !is_hidden && !is_comment {
            // Code without a language is Rust.
            lines.push(if is_start { "```rust" } else { line });
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_lines_and_comments_are_left_out() {
        let text =
            "# T\n<!-- x -->\n```rust\n# fn main() {\nlet a = 1;\n#[derive(Debug)]\n# }\n```\n```sh\n# comment\n```";
        assert_eq!(without_rustdoc(text), "# T\n```rust\nlet a = 1;\n#[derive(Debug)]\n```\n```sh\n# comment\n```");
    }

    #[test]
    fn code_without_a_language_is_rust() {
        assert_eq!(without_rustdoc("```\nlet a = 1;\n# }\n```\nb"), "```rust\nlet a = 1;\n```\nb");
    }

    #[test]
    fn the_guide_leads_to_the_session() {
        let (_, target, path) = SESSION;
        assert!(read(path).is_ok());
        assert!(read("README.md").is_ok_and(|text| text.contains(&format!("]({target})"))));
    }

    #[test]
    fn every_text_of_the_site_exists() {
        for text in &TEXTS {
            assert!(
                read(text.path).is_ok() && text.picture.is_none_or(|picture| read(picture).is_ok()),
                "{}",
                text.path
            );
        }
        assert!(read(TEMPLATE).is_ok());
    }
}
