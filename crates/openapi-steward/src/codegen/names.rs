//! Distinct names: each name of the document gets one of Rust that no other name in the same scope has.
//!
//! The rule: a name is converted to the conventions of Rust. If that name is taken, and the name has characters that Rust does not
//! take, these are spelled: `+1` and `-1` become `Plus1` and `Minus1`. If it is still taken, or reserved, it gets the lowest number
//! behind it, from 2, that makes it distinct. Names are given out in the order of the document, those that `steward.toml` chooses
//! first.

use std::collections::BTreeSet;

use super::naming::{pascal_case, snake_case, type_name};

/// The kinds of names, each with its convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Type,
    Variant,
    Function,
    Field,
}

impl Kind {
    /// Converts a name to the convention.
    pub(super) fn in_rust(self, name: &str) -> String {
        match self {
            Self::Type => stable_type_name(name),
            Self::Variant => pascal_case(name),
            Self::Function | Self::Field => snake_case(name),
        }
    }

    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Variant => "variant",
            Self::Function => "function",
            Self::Field => "field or setter",
        }
    }
}

/// A chosen name that something else has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) kind: Kind,
    pub(super) name: String,
    /// The name in the document of what has it, if it is there.
    pub(super) by: Option<String>,
}

/// The names that are taken in one scope.
#[derive(Debug, Clone, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// A scope in which these names are taken from the beginning.
    pub(super) fn reserving<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self(names.into_iter().map(str::to_owned).collect())
    }

    /// Returns a distinct name for each name of a scope: the chosen one, if there is one, or that of the rule.
    pub(super) fn assign(&mut self, kind: Kind, scope: &[(&str, Option<&str>)]) -> Result<Vec<String>, Taken> {
        for chosen in scope.iter().filter_map(|(_, chosen)| *chosen) {
            let by_rule = scope.iter().find(|(name, other)| other.is_none() && kind.in_rust(name) == chosen);
            self.choose(kind, chosen, by_rule.map(|(name, _)| *name))?;
        }
        let name = |(name, chosen): &(&str, Option<&str>)| {
            chosen.map_or_else(|| self.distinct(name, |name| kind.in_rust(name)), str::to_owned)
        };
        Ok(scope.iter().map(name).collect())
    }

    /// Takes a chosen name, unless it is taken, or is that of something else by the rule.
    pub(super) fn choose(&mut self, kind: Kind, chosen: &str, by: Option<&str>) -> Result<(), Taken> {
        if by.is_none() && self.0.insert(chosen.to_owned()) {
            return Ok(());
        }
        Err(Taken { kind, name: chosen.to_owned(), by: by.map(str::to_owned) })
    }

    /// Returns the name of a variant.
    pub(super) fn variant(&mut self, name: &str) -> String {
        self.distinct(name, pascal_case)
    }

    /// Returns the name of a field, a parameter or a function.
    pub(super) fn field(&mut self, name: &str) -> String {
        self.distinct(name, snake_case)
    }

    /// Returns the name of a type, which progenitor leaves as it is.
    pub(super) fn type_(&mut self, name: &str) -> String {
        self.distinct(name, stable_type_name)
    }

    pub(super) fn is_taken(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    fn distinct(&mut self, name: &str, in_rust: impl Fn(&str) -> String) -> String {
        let plain = in_rust(name);
        let needs_spelling = self.0.contains(&plain) || !name.chars().any(char::is_alphanumeric);
        let base = if needs_spelling { in_rust(&spelled(name)) } else { plain };
        let base = if is_identifier(&base) { base } else { in_rust(&ascii(&base)) };
        let numbered = (2_usize..).map(|number| in_rust(&format!("{}{number}", base.trim_end_matches('_'))));
        let name = std::iter::once(base.clone()).chain(numbered).find(|name| !self.0.contains(name)).unwrap_or(base);
        self.0.insert(name.clone());
        name
    }
}

/// Returns the name of a type that has the same name after another conversion: progenitor converts the names that it gets.
pub(super) fn stable_type_name(name: &str) -> String {
    let mut name = type_name(name);
    for _ in 0..8 {
        let next = type_name(&name);
        if next == name {
            break;
        }
        name = next;
    }
    // progenitor would put a `_` behind it, which its own conversion takes away.
    if name == "Self_" { "SelfType".to_owned() } else { name }
}

pub(super) fn is_identifier(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
}

/// Replaces letters that Rust does not take in a name.
fn ascii(name: &str) -> String {
    name.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '_' }).collect()
}

/// Spells the characters that no Rust name has.
fn spelled(name: &str) -> String {
    let word = |char| match char {
        '+' => " plus ",
        '-' => " minus ",
        '*' => " star ",
        '/' => " slash ",
        '\\' => " backslash ",
        '<' => " less ",
        '>' => " greater ",
        '=' => " equal ",
        '!' => " not ",
        '?' => " question ",
        '&' => " and ",
        '|' => " or ",
        '%' => " percent ",
        '#' => " hash ",
        '@' => " at ",
        '$' => " dollar ",
        '^' => " caret ",
        '~' => " tilde ",
        '.' => " dot ",
        ',' => " comma ",
        ':' => " colon ",
        ';' => " semicolon ",
        '_' => " underscore ",
        '(' | ')' | '[' | ']' | '{' | '}' => " bracket ",
        '"' | '\'' | '`' => " quote ",
        ' ' => " space ",
        _ => "",
    };
    let mut text = String::new();
    for char in name.chars() {
        if char.is_alphanumeric() {
            text.push(char);
        } else {
            text.push_str(word(char));
        }
    }
    if text.trim().is_empty() { "empty".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_become_the_same_stay_distinct() {
        let mut names = Names::reserving(["Unknown"]);
        let variants = ["+1", "-1", "count", "__count__", "unknown", "", " ", "Count", "id", "-id", "-id-"];
        let variants = variants.map(|name| names.variant(name));
        assert_eq!(
            variants,
            [
                "V1",
                "Minus1",
                "Count",
                "UnderscoreUnderscoreCountUnderscoreUnderscore",
                "Unknown2",
                "Empty",
                "Space",
                "Count2",
                "Id",
                "MinusId",
                "MinusIdMinus"
            ]
        );
    }

    #[test]
    fn chosen_names_come_first_and_are_distinct() {
        let assign = |scope: &[(&str, Option<&str>)]| Names::reserving(["extra"]).assign(Kind::Field, scope);
        let names = assign(&[("a.b", None), ("a", Some("a_b")), ("extra", None), ("c", Some("extra2"))]);
        let by = |name: &str, by: Option<&str>| {
            Err(Taken { kind: Kind::Field, name: name.to_owned(), by: by.map(str::to_owned) })
        };
        assert_eq!(names, by("a_b", Some("a.b")));
        let names = assign(&[("extra", None), ("c", Some("extra2")), ("a.b", Some("b")), ("a", Some("a_b"))]);
        assert_eq!(names, Ok(["extra3", "extra2", "b", "a_b"].map(str::to_owned).to_vec()));
        assert_eq!(assign(&[("a", Some("extra"))]), by("extra", None));
        assert_eq!(assign(&[("a", Some("c")), ("b", Some("c"))]), by("c", None));
    }

    #[test]
    fn a_field_is_no_keyword_and_not_reserved() {
        let mut names = Names::reserving(["send", "new"]);
        assert_eq!(
            ["type", "Type", "send", "Self", "self", "2fa"].map(|name| names.field(name)),
            ["type_", "type2", "send2", "self_", "self2", "x2fa"]
        );
    }

    #[test]
    fn a_type_keeps_its_name_when_progenitor_converts_it_again() {
        let mut names = Names::default();
        let types = ["a.b.Kind", "HTTPStatus", "v1Role", "ABKind", "Self", "2fa", "x-y-z", "iOSVersion"];
        let types = types.map(|name| names.type_(name));
        for name in &types {
            assert_eq!(type_name(name), *name);
        }
        assert_eq!(types[..5], ["AbKind", "HttpStatus", "V1Role", "AbKind2", "SelfType"]);
    }
}
