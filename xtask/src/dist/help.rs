//! The text of a program's `--help`, read as GNU's `help2man` reads it.

/// The parts of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Help<'a> {
    /// The first paragraph.
    pub(super) about: &'a str,
    pub(super) options: Vec<HelpOption<'a>>,
    /// Everything below the options.
    pub(super) details: &'a str,
}

/// An option.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HelpOption<'a> {
    pub(super) short: Option<char>,
    pub(super) long: &'a str,
    pub(super) value: Option<&'a str>,
    pub(super) text: &'a str,
}

pub(super) fn parse(text: &str) -> Help<'_> {
    let (about, _) = text.split_once("\n\n").unwrap_or((text, ""));
    let (_, rest) = text.split_once("Options:\n").unwrap_or_default();
    let (options, details) = rest.split_once("\n\n").unwrap_or((rest, ""));
    Help { about: about.trim(), options: options.lines().filter_map(option).collect(), details: details.trim() }
}

/// The option of a line such as `  -p, --port PORT  Listen on this port`.
fn option(line: &str) -> Option<HelpOption<'_>> {
    let (names, text) = line.trim().split_once("  ")?;
    let mut option = HelpOption { short: None, long: "", value: None, text: text.trim() };
    for word in names.split([',', ' ']).filter(|word| !word.is_empty()) {
        if let Some(long) = word.strip_prefix("--") {
            option.long = long;
        } else if let Some(short) = word.strip_prefix('-') {
            option.short = short.chars().next();
        } else {
            option.value = Some(word);
        }
    }
    (!option.long.is_empty()).then_some(option)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_help_has_options_and_details() {
        let text = "Serves rooms.\n\nUsage: rooms [--port PORT]\n\nOptions:\n  -p, --port PORT  Listen here [default: 80]\n  --quiet          Print nothing\n\nMore\ntext.\n";
        let port =
            HelpOption { short: Some('p'), long: "port", value: Some("PORT"), text: "Listen here [default: 80]" };
        let quiet = HelpOption { short: None, long: "quiet", value: None, text: "Print nothing" };
        assert_eq!(parse(text), Help { about: "Serves rooms.", options: vec![port, quiet], details: "More\ntext." });
    }

    #[test]
    fn a_line_without_a_long_name_is_no_option() {
        assert_eq!((option("  file  A file"), option("  --port")), (None, None));
    }
}
