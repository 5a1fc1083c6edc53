//! Blocks of code in Markdown, the programs that rustdoc makes of them, and links.

/// A block between two lines of backticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block<'a> {
    /// The line of the opening backticks, counted from 1.
    pub(crate) line: usize,
    /// The words after the opening backticks, such as `rust,no_run`.
    info: &'a str,
    pub(crate) text: &'a str,
}

impl<'a> Block<'a> {
    pub(crate) fn language(&self) -> &'a str {
        self.info.split(',').next().unwrap_or_default().trim()
    }

    /// The words after the language.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.info.split(',').skip(1).map(str::trim)
    }
}

/// The blocks of the text, in their order.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    const FENCE: &str = "```";
    let mut blocks = Vec::new();
    let mut open: Option<(usize, &str, usize)> = None;
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        let Some(info) = line.strip_prefix(FENCE) else { continue };
        open = match open {
            None => Some((index + 1, info.trim(), offset)),
            Some((line, info, begin)) => {
                blocks.push(Block { line, info, text: &text[begin..start] });
                None
            }
        };
    }
    blocks
}

/// The targets of the links and images outside of code, each with its line.
pub(crate) fn links(text: &str) -> Vec<(usize, &str)> {
    let mut links = Vec::new();
    let mut is_code = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            // Every second part is between backticks.
            let prose = line.split('`').step_by(2);
            links.extend(prose.flat_map(|part| links_of(part)).map(|link| (index + 1, link)));
            let definition = line.strip_prefix('[').and_then(|rest| rest.split_once("]: "));
            links.extend(definition.map(|(_, target)| (index + 1, first_word(target))));
        }
    }
    links
}

/// The targets of the links that begin in this part of a line.
fn links_of(part: &str) -> Vec<&str> {
    let markers = [("](", ')'), ("href=\"", '"'), ("src=\"", '"')];
    let of_marker = |(begin, end): (&str, char)| {
        let targets = part.split(begin).skip(1).filter_map(move |rest| rest.split(end).next());
        targets.map(first_word).collect::<Vec<_>>()
    };
    markers.into_iter().flat_map(of_marker).collect()
}

/// A target without its title.
fn first_word(target: &str) -> &str {
    target.split_whitespace().next().unwrap_or_default()
}

/// The fragments of a page: the headings outside of code, as GitHub and crates.io make anchors of them.
pub(crate) fn anchors(text: &str) -> Vec<String> {
    let mut is_code = false;
    let mut anchors = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code && line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim().to_lowercase();
            let is_kept = |character: &char| character.is_alphanumeric() || [' ', '-', '_'].contains(character);
            anchors.push(heading.chars().filter(is_kept).collect::<String>().replace(' ', "-"));
        }
    }
    anchors
}

/// The program that a documentation test makes of the block: hidden lines are shown, and a `main` is added if there is none.
pub(crate) fn program(block: &str) -> String {
    let lines: Vec<&str> = block.lines().map(shown).collect();
    let code = lines.join("\n");
    let code = if code.contains("fn main(") {
        code
    } else if lines.iter().rev().find(|line| !line.is_empty()).is_some_and(|line| line.starts_with("Ok::<")) {
        format!("fn main() {{\nfn block() -> Result<(), impl std::fmt::Debug> {{\n{code}\n}}\n}}")
    } else {
        format!("fn main() {{\n{code}\n}}")
    };
    format!("#![allow(unused)]\n{code}\n")
}

/// A line without the `# ` that hides it.
fn shown(line: &str) -> &str {
    let code = line.trim_start();
    match code.strip_prefix('#') {
        Some("") => "",
        Some(rest) if rest.starts_with('#') => rest,
        Some(rest) => rest.strip_prefix(' ').unwrap_or(line),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_knows_its_line_and_its_words() {
        let blocks = blocks("Text.\n\n```rust,no_run\nlet a = 1;\n```\n\n```sh\nls\n```\n```toml\n");
        let first = Block { line: 3, info: "rust,no_run", text: "let a = 1;\n" };
        assert_eq!(blocks, [first, Block { line: 7, info: "sh", text: "ls\n" }]);
        assert_eq!((first.language(), first.attributes().collect::<Vec<_>>()), ("rust", vec!["no_run"]));
    }

    #[test]
    fn links_are_found_outside_of_code() {
        let text = "[a](one \"title\") ![`b`](two) `[c](three)`\n```sh\n[d](four)\n```\n[e]: five\n<a href=\"six\">\n";
        assert_eq!(links(text), [(1, "one"), (1, "two"), (5, "five"), (6, "six")]);
    }

    #[test]
    fn a_heading_is_an_anchor() {
        assert_eq!(anchors("# A `b.c`, d\n```sh\n# No\n```\n### E-f\n"), ["a-bc-d", "e-f"]);
    }

    #[test]
    fn hidden_lines_are_part_of_the_program() {
        let program = program("# async fn example() {\n#[derive(Debug)]\nstruct One;\n#\n# }\n");
        assert_eq!(
            program,
            "#![allow(unused)]\nfn main() {\nasync fn example() {\n#[derive(Debug)]\nstruct One;\n\n}\n}\n"
        );
    }

    #[test]
    fn a_block_with_a_main_stays_as_it_is() {
        assert_eq!(program("fn main() {}\n"), "#![allow(unused)]\nfn main() {}\n");
    }

    #[test]
    fn a_block_that_ends_in_a_result_can_use_the_question_mark() {
        let program = program("let n: u8 = \"1\".parse()?;\n# Ok::<(), std::num::ParseIntError>(())\n");
        assert!(program.contains("fn block() -> Result<(), impl std::fmt::Debug> {"), "{program}");
    }
}
