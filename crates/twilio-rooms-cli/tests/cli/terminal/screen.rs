//! The screen of a terminal after a program has written to it.

use crate::support::Result;

/// Returns the lines of a screen of this width that shows the text, without spaces at their ends. It knows the sequences that the
/// program uses, and others are errors.
pub(super) fn screen(width: usize, text: &str) -> Result<Vec<String>> {
    let mut lines = vec![Vec::new()];
    let (mut row, mut column) = (0, 0);
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\r' => column = 0,
            '\n' => (row, column) = (row + 1, 0),
            '\u{1b}' => {
                let mut sequence = String::new();
                while !sequence.ends_with(|c: char| c.is_ascii_alphabetic()) {
                    sequence.push(characters.next().ok_or("a sequence has no end")?);
                }
                match &*sequence {
                    "[2K" => lines[row].clear(),
                    "[J" => {
                        lines[row].truncate(column);
                        lines.truncate(row + 1);
                    }
                    _ => return Err(format!("{sequence:?} is not known").into()),
                }
            }
            character => {
                // The cursor stays behind a full line until the next character comes.
                if column == width {
                    (row, column) = (row + 1, 0);
                }
                let line = line(&mut lines, row);
                line.resize(line.len().max(column + 1), ' ');
                line[column] = character;
                column += 1;
            }
        }
        line(&mut lines, row);
    }
    Ok(lines.into_iter().map(|line| line.into_iter().collect::<String>().trim_end().to_owned()).collect())
}

fn line(lines: &mut Vec<Vec<char>>, row: usize) -> &mut Vec<char> {
    while lines.len() <= row {
        lines.push(Vec::new());
    }
    &mut lines[row]
}

#[test]
fn a_screen_wraps_and_removes_lines() -> Result {
    assert_eq!(screen(3, "abcde\r\u{1b}[2Kf\nxyz")?, ["abc", "f", "xyz"]);
    assert_eq!(screen(3, "abc\rX\nde\r\u{1b}[Jf")?, ["Xbc", "f"]);
    assert!(screen(3, "\u{1b}[31m").is_err());
    Ok(())
}
