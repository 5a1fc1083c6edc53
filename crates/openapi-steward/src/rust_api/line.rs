//! What a line of a listing says, read back: what it is of, and which lines belong together.

/// What stands before the name of an item.
const WORDS: [&str; 14] = [
    "pub", "const", "async", "unsafe", "extern", "fn", "struct", "enum", "union", "trait", "type", "static", "mod",
    "field",
];

/// The line without the attributes in front.
pub(crate) fn bare(line: &str) -> &str {
    let mut rest = line;
    while let Some((_, after)) = rest.strip_prefix("#[").and_then(|rest| rest.split_once("] ")) {
        rest = after;
    }
    rest
}

/// Whether a line is for a trait that a type has.
pub(crate) fn is_impl(line: &str) -> bool {
    bare(line).strip_prefix("unsafe ").unwrap_or(bare(line)).starts_with("impl")
}

/// What a line is of: the path of an item, or the whole of an `impl`, without the types in it.
pub(crate) fn name(line: &str) -> &str {
    let line = bare(line);
    if is_impl(line) {
        return line.split(" { ").next().unwrap_or(line);
    }
    if let Some(target) = line.strip_prefix("pub use ") {
        let name = target.rsplit_once(" as ").map(|(_, name)| name);
        return name.or_else(|| target.rsplit("::").next()).unwrap_or(target);
    }
    let mut rest = line;
    while let Some((word, after)) = rest.split_once(' ').filter(|(word, _)| WORDS.contains(word) || is_other_word(word))
    {
        rest = if word == "macro" { return after.split('(').next().unwrap_or(after) } else { after };
    }
    // The path goes on after `::`, and ends with a colon or what follows a name.
    let ends = |(at, char): (usize, char)| match char {
        ':' => !rest[at..].starts_with("::") && !rest[..at].ends_with(':'),
        char => "<({=;! ".contains(char),
    };
    rest.char_indices().find(|place| ends(*place)).map_or(rest, |(at, _)| &rest[..at])
}

fn is_other_word(word: &str) -> bool {
    matches!(word, "variant" | "macro") || word.starts_with('"')
}

/// The type, trait or module that a line belongs to, by its path.
pub(crate) fn subject(line: &str) -> &str {
    if !is_impl(line) {
        return name(line);
    }
    let whole = name(line);
    let of = whole.split_once(" for ").map_or(whole, |(_, of)| of);
    // `for<'a>` and the like never stand before the type here.
    let of = of.split_once(' ').filter(|(word, _)| word.starts_with("&'")).map_or(of, |(_, of)| of);
    let of = of.trim_start_matches(['&', '*']);
    of.split(['<', ' ', '(']).next().unwrap_or(of)
}

/// Whether an item of this name is within another: `Room.sid` in `Room`.
pub(crate) fn is_within(name: &str, outer: &str) -> bool {
    name.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.') || rest.starts_with("::"))
}

/// What lines are sorted by: their subject, then what it is, its traits, and what is in it.
pub(super) fn order(line: &str) -> (String, bool, String) {
    (subject(line).to_owned(), is_impl(line), bare(line).to_owned())
}
