//! The page of the sandbox's inspector: one file with its style and its scripts in it, in the design of the steward's pages.
//!
//! The sandbox is in the build of every first look at this project, so it neither depends on the steward nor makes its page: it has
//! the page as a file.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use openapi_steward::cli::{self, CouldNotRun};
use sha2::{Digest, Sha256};

/// The design that all pages share.
const SHARED: &str = "crates/openapi-steward/src/pages/design";
/// The parts of the page.
const PARTS: &str = "crates/twilio-rooms-sandbox/src/http/inspector/design";
/// The files that are written.
pub(crate) const PAGE: &str = "crates/twilio-rooms-sandbox/src/http/inspector/page.html";
pub(crate) const POLICY: &str = "crates/twilio-rooms-sandbox/src/http/inspector/policy.txt";

/// The page, and its content security policy.
pub(crate) struct InspectorPage {
    pub(crate) page: String,
    pub(crate) policy: String,
}

/// Makes the page of the files below this root.
pub(crate) fn render(root: &Path) -> Result<InspectorPage, CouldNotRun> {
    let read = |folder: &str, name: &str| {
        let file = root.join(folder).join(name);
        fs::read_to_string(&file).map_err(|error| cli::failed("read", &file, &error))
    };
    let parts =
        |folder: &str, names: &[&str]| names.iter().map(|name| read(folder, name)).collect::<Result<String, _>>();
    let style = compact(&(parts(SHARED, &["base.css"])? + &parts(PARTS, &["inspector.css"])?));
    let scripts = ["inspector.js", "traffic.js", "rooms.js", "live.js"];
    let script = compact(&(parts(SHARED, &["base.js"])? + &parts(PARTS, &scripts)?));
    let theme = compact(&read(SHARED, "theme.js")?);
    if let Some(part) = [&style, &script, &theme].into_iter().find(|part| part.contains("</") || part.contains("<!--"))
    {
        return Err(CouldNotRun(format!("a part of the inspector would end its element: {part}")));
    }
    let page = read(PARTS, "inspector.html")?;
    let page = page.replace("{{style}}", &style).replace("{{theme}}", &theme).replace("{{script}}", &script);
    Ok(InspectorPage { policy: policy(&style, &[&theme, &script]), page })
}

/// The style or the script without its indentation, its empty lines and the comments that are lines.
fn compact(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with("/**"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The policy allows the style and the scripts of the page, and requests to its own origin. No other page may embed it.
fn policy(style: &str, scripts: &[&str]) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let scripts: Vec<String> = scripts.iter().map(|script| hash(script)).collect();
    format!(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'\n",
        hash(style),
        scripts.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_whole_and_its_policy_allows_nothing_else() -> Result<(), CouldNotRun> {
        let InspectorPage { page, policy } = render(&crate::workspace::root())?;
        assert!(
            !page.contains("{{s") && !page.contains("{{theme") && page.contains("EventSource"),
            "a part is missing"
        );
        for outside in ["src=\"", "href=\"http", "href=\"//", "@import", "url(", "innerHTML", "style=\""] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("http") && policy.ends_with("frame-ancestors 'none'\n"));
        Ok(())
    }
}
