//! Links on a terminal: a text that opens a page when it is clicked. The escape sequence is OSC 8.

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};

/// Asks for links with any value but 0, and for none with 0.
const FORCE: &str = "FORCE_HYPERLINK";
/// The longest address that terminals take.
const LONGEST: usize = 2083;

/// Returns whether the stream is a terminal that shows colours and links.
pub(crate) fn are_shown(stream: &impl RawStream) -> bool {
    let variable = |name: &str| std::env::var(name).ok();
    stream.is_terminal() && AutoStream::choice(stream) != ColorChoice::Never && is_supported(variable)
}

/// Returns whether the terminal that these variables describe is known to support links. No terminal can be asked for that, and
/// some show the addresses as texts.
fn is_supported(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_one_of = |name: &str, values: &[&str]| variable(name).is_some_and(|value| values.contains(&value.as_str()));
    if let Some(force) = variable(FORCE) {
        return force.trim() != "0";
    }
    let programs = ["Hyper", "WezTerm", "ghostty", "iTerm.app", "terminology", "vscode", "zed"];
    let terminals = ["alacritty", "alacritty-direct", "foot", "foot-extra", "wezterm", "xterm-ghostty", "xterm-kitty"];
    // Terminals with VTE 0.50.0 crash.
    variable("VTE_VERSION").and_then(|version| version.parse().ok()).is_some_and(|version: u32| version > 5000)
        || ["DOMTERM", "KONSOLE_VERSION", "WT_SESSION"].iter().any(|name| variable(name).is_some())
        || is_one_of("TERM_PROGRAM", &programs)
        || is_one_of("TERM", &terminals)
}

/// The text as an address to link to; `None` unless it is a URL of the web, without characters that a terminal could take for the
/// end of the link.
pub(crate) fn address(text: &str) -> Option<&str> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    Some(text).filter(|text| is_web && text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic()))
}

/// The text as a link to the address.
pub(crate) fn link(address: &str, text: &str) -> String {
    format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn supports(variables: &[(&str, &str)]) -> bool {
        is_supported(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn links_are_for_terminals_that_are_known_to_support_them() {
        for terminal in [
            [("VTE_VERSION", "7802"), ("TERM", "xterm-256color")],
            [("TERM_PROGRAM", "iTerm.app"), ("TERM", "xterm-256color")],
            [("WT_SESSION", "a"), ("TERM", "")],
            [("TERM", "xterm-kitty"), ("SHELL", "/bin/sh")],
            [("TERM", "linux"), (FORCE, "1")],
        ] {
            assert!(supports(&terminal), "{terminal:?}");
        }
        for terminal in [
            [("TERM", "xterm-256color"), ("VTE_VERSION", "5000")],
            [("TERM", "xterm"), ("TERM_PROGRAM", "Apple_Terminal")],
            [("TERM", "xterm-kitty"), (FORCE, "0")],
        ] {
            assert!(!supports(&terminal), "{terminal:?}");
        }
    }

    #[test]
    fn an_address_is_of_the_web_and_cannot_end_the_link() {
        for url in ["https://www.twilio.com/docs/errors/20404", "http://127.0.0.1:8080/rooms?a=1&b=%C3%BC;c#d"] {
            assert_eq!(address(url), Some(url));
        }
        let long = format!("https://a.example/{}", "a".repeat(LONGEST));
        for text in [
            "",
            "a.example",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://a.example/\u{1b}\\x",
            "https://a.example/\u{7}",
            "https://a.example/\u{9b}2J",
            "https://a.example/a b",
            "https://a.example/ü",
            &long,
        ] {
            assert_eq!(address(text), None, "{text:?}");
        }
    }
}
