//! Explains the errors of the YAML parser, at the line with the mistake.

use saphyr_parser::ScanError;

use super::diagnostic::{Diagnostic, Span};
use super::offsets::ByteOffsets;

/// Explains an error of the parser. The mistake is often on a line above the one where the parser stops.
pub(super) fn explain(source: &str, error: &ScanError, offsets: &ByteOffsets<'_>) -> Diagnostic {
    let at = offsets.of_error(error);
    let lines = Lines::new(source);
    let (line, info) = (lines.at(at), error.info());
    let width = source.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    if info.contains("indentation in quoted scalar") && is_text_to_the_next_quote(source, at) {
        return Diagnostic::new("a line of this quoted text is not indented enough", at..at + width)
            .help("indent its lines more than the key, or write it on one line");
    }
    if info.contains("quoted scalar") {
        return Diagnostic::new("this quote is not closed", at..at + width)
            .help("close it on the same line, or remove it; inside single quotes, write a single quote twice");
    }
    if let Some(span) = lines.tab(line) {
        return Diagnostic::new("this line is indented with a tab", span)
            .label("YAML does not allow tabs in indentation")
            .help("indent with spaces");
    }
    if let Some(span) = lines.open_bracket(line) {
        return Diagnostic::new("this bracket is not closed", span).help("close it, or write one value per line");
    }
    if let Some((span, columns)) = lines.wrong_indentation(line) {
        let help = match columns.as_slice() {
            [one] => format!("indent it by {one} spaces"),
            [more, less, ..] => format!("indent it by {less} spaces, or by {more}"),
            [] => "compare it with the lines around it".to_owned(),
        };
        return Diagnostic::new("the indentation of this line matches no line above it", span).help(help);
    }
    Diagnostic::new(format!("this is not valid YAML: {info}"), at..at + width).help(fix(info))
}

/// The positions of the tabs between a colon and a value, if the parser refuses them. YAML 1.2 allows them.
pub(super) fn tabs_after_colon(source: &str, error: &ScanError, offsets: &ByteOffsets<'_>) -> Vec<usize> {
    let before = source.get(..offsets.of_error(error)).unwrap_or_default();
    let start = before.trim_end_matches('\t').len();
    let is_refused = error.info().contains("valid YAML whitespace") && before[..start].ends_with(':');
    if is_refused { (start..before.len()).collect() } else { Vec::new() }
}

/// Returns whether the lines from the quote at this byte to the next one are text, and not entries of maps or lists.
fn is_text_to_the_next_quote(source: &str, at: usize) -> bool {
    let Some((quote, rest)) = source.get(at..).and_then(|quoted| quoted.split_at_checked(1)) else { return false };
    let Some((text, _)) = rest.split_once(quote) else { return false };
    let mut lines = text.lines().skip(1).map(str::trim_start);
    !lines.any(|line| {
        let key = line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with(' '));
        line.starts_with("- ") || key.is_some_and(|(key, _)| !key.contains(' '))
    })
}

/// The fix for an error of the parser.
fn fix(info: &str) -> &'static str {
    let table = [
        ("unprintable", "remove the control character, or save the file as UTF-8"),
        ("mapping values are not allowed", "quote the text: YAML reads `: ` as the end of a key"),
        ("tab", "indent with spaces: YAML does not allow tabs, on this line or the next"),
    ];
    let known = table.into_iter().find(|(word, _)| info.contains(word)).map(|(_, fix)| fix);
    known.unwrap_or("check the indentation of this line and of the lines above it")
}

/// The lines of a text, each with the byte that it begins at.
struct Lines<'a>(Vec<(usize, &'a str)>);

impl<'a> Lines<'a> {
    fn new(source: &'a str) -> Self {
        let mut start = 0;
        let lines = source.split_inclusive('\n').map(|line| {
            let begin = start;
            start += line.len();
            (begin, line)
        });
        Self(lines.collect())
    }

    /// The index of the line that contains this byte.
    fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|(start, _)| *start <= byte).saturating_sub(1)
    }

    /// A tab in the indentation of this line, or of the line before or after it.
    fn tab(&self, line: usize) -> Option<Span> {
        let neighbours = self.0.get(line.saturating_sub(1)..).unwrap_or_default();
        neighbours.iter().take(3).find_map(|(start, text)| {
            let indentation = &text[..text.len() - text.trim_start().len()];
            let tab = indentation.find('\t')?;
            Some(start + tab..start + tab + 1)
        })
    }

    /// A bracket that this line, or one of the five above it, opens and none of them closes.
    fn open_bracket(&self, line: usize) -> Option<Span> {
        let above = self.0.get(line.saturating_sub(5)..=line)?;
        above.iter().rev().find_map(|(start, text)| {
            let value = text.find(": ").map_or(0, |colon| colon + 2);
            let value = value + text[value..].find(|char: char| !"- ".contains(char))?;
            let rest = &text[value..];
            let count = |brackets: &[char; 2]| rest.matches(brackets).count();
            let opens = rest.starts_with(['[', '{']) && count(&['[', '{']) > count(&[']', '}']);
            opens.then_some(start + value..start + value + 1)
        })
    }

    /// A line that is indented less than the block above it and more than the block around that one, with the columns that it
    /// could have, the deeper first. If the block above is shorter than the one that begins here, the mistake is its first line.
    fn wrong_indentation(&self, line: usize) -> Option<(Span, Vec<usize>)> {
        let own = indentation(self.0.get(line)?.1)?;
        // The blocks that contain this line: the column of each, and the line that it begins on.
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (number, (_, above)) in self.0.get(..line)?.iter().enumerate() {
            let Some(column) = indentation(above) else { continue };
            open.retain(|(outer, _)| *outer <= column);
            if open.last().is_none_or(|(outer, _)| *outer < column) {
                open.push((column, number));
            }
            if above.trim_start().starts_with("- ") {
                open.push((column + 2, number));
            }
        }
        let deeper = open.iter().find(|(column, _)| *column > own).copied()?;
        let shallower = open.iter().rev().find(|(column, _)| *column < own).map(|(column, _)| *column);
        if open.iter().any(|(column, _)| *column == own) {
            return None;
        }
        let following = self.0.get(line..)?.iter().filter_map(|(_, text)| indentation(text));
        let siblings = following.take_while(|column| *column >= own).filter(|column| *column == own).count();
        let (mistake, columns) = if line - deeper.1 < siblings {
            (deeper.1, vec![own])
        } else {
            (line, [deeper.0].into_iter().chain(shallower).collect())
        };
        let (start, text) = self.0.get(mistake)?;
        Some((start + indentation(text)?..start + text.trim_end().len(), columns))
    }
}

/// The indentation of a line, unless it is empty or a comment.
fn indentation(line: &str) -> Option<usize> {
    let trimmed = line.trim_start_matches(' ');
    let has_content = !trimmed.trim().is_empty() && !trimmed.starts_with('#');
    has_content.then(|| line.len() - trimmed.len())
}
