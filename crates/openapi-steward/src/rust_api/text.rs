//! Prints tokens on one line, as one would write them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// Returns the tokens as text, with spaces nearly as rustfmt writes them.
pub(super) fn text(tokens: impl ToTokens) -> String {
    let mut words = Vec::new();
    collect(tokens.to_token_stream(), &mut words);
    let (mut text, mut before) = (String::new(), None::<&str>);
    for (index, word) in words.iter().enumerate() {
        let next = words.get(index + 1).map(String::as_str);
        // A trailing comma has no meaning.
        if word == "," && matches!(next, None | Some(")" | "]" | "}" | ">")) {
            continue;
        }
        if before.is_some_and(|before| is_apart(before, word)) {
            text.push(' ');
        }
        text.push_str(word);
        before = Some(word);
    }
    text
}

/// Collects the tokens as words. An operator of several characters is one word, and so is a lifetime.
fn collect(tokens: TokenStream, words: &mut Vec<String>) {
    let mut joint = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                words.push(open.to_owned());
                collect(group.stream(), words);
                words.push(close.to_owned());
                joint = false;
            }
            TokenTree::Punct(punct) => {
                let char = punct.as_char();
                match words.last_mut().filter(|last| joint && is_operator(last, char)) {
                    Some(last) => last.push(char),
                    None => words.push(char.to_string()),
                }
                joint = punct.spacing() == Spacing::Joint;
            }
            word => {
                match words.last_mut().filter(|last| *last == "'") {
                    Some(last) => last.push_str(&word.to_string()),
                    None => words.push(word.to_string()),
                }
                joint = false;
            }
        }
    }
    words.retain(|word| !word.is_empty());
}

/// Returns whether a character belongs to the operator before it.
fn is_operator(before: &str, char: char) -> bool {
    let operators = ["::", "->", "=>", "..", "...", "..=", "==", "!=", "<=", ">="];
    operators.contains(&format!("{before}{char}").as_str())
}

/// The words without a space after them.
const OPENING: [&str; 12] = ["(", "[", "<", "&", "*", "!", "?", "#", "$", ".", "::", ".."];

/// Returns whether a space is between two words.
fn is_apart(before: &str, after: &str) -> bool {
    let is_word = |word: &str| word.starts_with(|char: char| char.is_alphanumeric() || "_'\"".contains(char));
    let is_spaced = |word: &str| matches!(word, "->" | "=>" | "=" | "==" | "+" | "|" | "{");
    match (before, after) {
        ("," | ";" | ":", _) | (_, "}") => true,
        (_, "," | ";" | ":" | ")" | "]" | ">" | "." | "::" | "..") => false,
        _ if is_spaced(before) || is_spaced(after) => true,
        _ if OPENING.contains(&before) => false,
        (">" | ")" | "]", _) => is_word(after),
        ("mut" | "dyn" | "const" | "where" | "as", "<") => true,
        (_, "<" | "!") => false,
        ("dyn" | "mut" | "where" | "as" | "const", _) => true,
        (_, "(" | "[") => before.starts_with('\''),
        _ => is_word(before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_spaced_as_one_writes_them() -> syn::Result<()> {
        for line in [
            "pub async fn send<'a, T: Into<String> + ?Sized>(&'a mut self, name: &T) -> Result<Vec<T>, Error> where T: Send",
            "impl<'de> serde::Deserialize<'de> for types::Room",
            "Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>",
            "for<'a> fn(&'a str, [u8; 4]) -> (u8, *const T)",
            "impl Fn(&str) -> bool + Send",
            "&'static [&'static str]",
            "<T as Iterator>::Item",
            "&dyn Any",
        ] {
            assert_eq!(text(syn::parse_str::<TokenStream>(line)?), line);
        }
        assert_eq!(text(syn::parse_str::<TokenStream>("fn f(a: u8, ) where T: X<A,>, ")?), "fn f(a: u8) where T: X<A>");
        Ok(())
    }
}
