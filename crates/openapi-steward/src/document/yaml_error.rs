//! What is wrong with text that is no YAML, at the place where it went wrong.

use saphyr_parser::ScanError;

use super::diagnostic::{Diagnostic, Span};
use super::yaml::Offsets;

/// The error of the parser, at the line that is to blame for it and with what to do.
pub(super) fn explain(source: &str, error: &ScanError, offsets: &Offsets<'_>) -> Diagnostic {
    let at = offsets.of_error(error);
    let lines = Lines::new(source);
    let (line, info) = (lines.at(at), error.info());
    let width = source.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    if info.contains("quoted scalar") {
        return Diagnostic::new("this quote is not closed", at..at + width)
            .help("close it on the same line, or remove it; inside of single quotes a single quote is written twice");
    }
    if let Some(span) = lines.tab(line) {
        return Diagnostic::new("a tab in the indentation", span)
            .label("YAML allows no tabs here")
            .help("indent with spaces");
    }
    if let Some(span) = lines.open_bracket(line) {
        return Diagnostic::new("this bracket is not closed", span)
            .help("close it, or write the values on lines of their own");
    }
    if let Some((span, columns)) = lines.slip(line) {
        let help = match columns.as_slice() {
            [one] => format!("indent it by {one} columns"),
            [more, less, ..] => format!("indent it by {less} columns, or by {more}"),
            [] => "compare it with its neighbours".to_owned(),
        };
        return Diagnostic::new("this line is indented like none of those that it could belong to", span).help(help);
    }
    Diagnostic::new(format!("this is not valid YAML: {info}"), at..at + width).help(advice(info))
}

/// What to do about an error of the parser.
fn advice(info: &str) -> &'static str {
    let table = [
        ("unprintable", "remove the control character, or save the file as UTF-8"),
        ("mapping values are not allowed", "quote the text: `: ` inside it is the end of a key"),
        ("tab", "indent with spaces: YAML allows no tabs, here or on the next line"),
    ];
    let known = table.into_iter().find(|(word, _)| info.contains(word)).map(|(_, advice)| advice);
    known.unwrap_or("YAML goes by indentation: compare this line and those above it with their neighbours")
}

/// The lines of a text, with where each begins.
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

    /// The index of the line that holds this byte.
    fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|(start, _)| *start <= byte).saturating_sub(1)
    }

    /// A tab in the indentation of this line or of one beside it.
    fn tab(&self, line: usize) -> Option<Span> {
        let near = self.0.get(line.saturating_sub(1)..).unwrap_or_default();
        near.iter().take(3).find_map(|(start, text)| {
            let indentation = &text[..text.len() - text.trim_start().len()];
            let tab = indentation.find('\t')?;
            Some(start + tab..start + tab + 1)
        })
    }

    /// A bracket that this line or one of the few above it opens and none of them closes.
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

    /// A line that is indented less than the block above it and more than the one around that; and the columns it could have,
    /// the deeper first. Of a block of fewer lines than follow, the first line is to blame.
    fn slip(&self, line: usize) -> Option<(Span, Vec<usize>)> {
        let own = indentation(self.0.get(line)?.1)?;
        // The blocks that are open at this line: the column of each, and the line that it begins on.
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
        let (blamed, columns) = if line - deeper.1 < siblings {
            (deeper.1, vec![own])
        } else {
            (line, [deeper.0].into_iter().chain(shallower).collect())
        };
        let (start, text) = self.0.get(blamed)?;
        Some((start + indentation(text)?..start + text.trim_end().len(), columns))
    }
}

/// How deep a line is indented that says something.
fn indentation(line: &str) -> Option<usize> {
    let trimmed = line.trim_start_matches(' ');
    let says = !trimmed.trim().is_empty() && !trimmed.starts_with('#');
    says.then(|| line.len() - trimmed.len())
}
