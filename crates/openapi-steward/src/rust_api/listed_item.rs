//! Reads the lines of a listing: the item that a line describes, and the items that belong together.

/// The words that can be before the name of an item.
const KEYWORDS: [&str; 14] = [
    "pub", "const", "async", "unsafe", "extern", "fn", "struct", "enum", "union", "trait", "type", "static", "mod",
    "field",
];

/// Returns the line without the attributes in front.
pub(crate) fn without_attributes(line: &str) -> &str {
    let mut rest = line;
    while let Some((_, after)) = rest.strip_prefix("#[").and_then(|rest| rest.split_once("] ")) {
        rest = after;
    }
    rest
}

/// Returns whether a line describes an implementation of a trait.
pub(crate) fn is_impl(line: &str) -> bool {
    without_attributes(line).strip_prefix("unsafe ").unwrap_or(without_attributes(line)).starts_with("impl")
}

/// Returns the name of the item: its path, or an `impl` without its associated types.
pub(crate) fn name(line: &str) -> &str {
    let line = without_attributes(line);
    if is_impl(line) {
        return line.split(" { ").next().unwrap_or(line);
    }
    if let Some(target) = line.strip_prefix("pub use ") {
        let name = target.rsplit_once(" as ").map(|(_, name)| name);
        return name.or_else(|| target.rsplit("::").next()).unwrap_or(target);
    }
    let mut rest = line;
    while let Some((word, after)) =
        rest.split_once(' ').filter(|(word, _)| KEYWORDS.contains(word) || is_other_keyword(word))
    {
        rest = if word == "macro" { return after.split('(').next().unwrap_or(after) } else { after };
    }
    // The path contains `::`, and ends at a single colon or a character that is in no name.
    let ends = |(at, char): (usize, char)| match char {
        ':' => !rest[at..].starts_with("::") && !rest[..at].ends_with(':'),
        char => "<({=;! ".contains(char),
    };
    rest.char_indices().find(|place| ends(*place)).map_or(rest, |(at, _)| &rest[..at])
}

fn is_other_keyword(word: &str) -> bool {
    matches!(word, "variant" | "macro") || word.starts_with('"')
}

/// Returns the path of the item; for an `impl`, the path of the type that implements the trait.
pub(crate) fn subject(line: &str) -> &str {
    if !is_impl(line) {
        return name(line);
    }
    let whole = name(line);
    let of = whole.split_once(" for ").map_or(whole, |(_, of)| of);
    // A listing never has `for<'a>` before the type.
    let of = of.split_once(' ').filter(|(word, _)| word.starts_with("&'")).map_or(of, |(_, of)| of);
    let of = of.trim_start_matches(['&', '*']);
    of.split(['<', ' ', '(']).next().unwrap_or(of)
}

/// Returns whether an item is part of another: `Room.sid` of `Room`.
pub(crate) fn is_within(name: &str, outer: &str) -> bool {
    name.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.') || rest.starts_with("::"))
}

/// Returns the key by which lines are sorted: the item, then its implementations, then its parts.
pub(super) fn sort_key(line: &str) -> (String, bool, String) {
    (subject(line).to_owned(), is_impl(line), without_attributes(line).to_owned())
}
