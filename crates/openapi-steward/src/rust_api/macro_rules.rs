//! The arms of `macro_rules!`: matches a call with a pattern, and fills the body with the bindings.

use std::collections::BTreeMap;

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};

/// One part of the pattern of an arm.
#[derive(Debug, Clone)]
pub(super) enum Pattern {
    /// A token.
    Token(String),
    /// Parts between delimiters.
    Group(proc_macro2::Delimiter, Vec<Pattern>),
    /// `$name:kind`.
    Fragment { name: String, kind: String },
    /// `$(…),*`.
    Repeat { parts: Vec<Pattern>, separator: Option<String> },
}

/// The value of a name: tokens, or the bindings of each repetition.
#[derive(Debug, Clone)]
pub(super) enum Binding {
    One(TokenStream),
    Many(Vec<BTreeMap<String, Binding>>),
}

type Bindings = BTreeMap<String, Binding>;

/// Returns the arms of a macro.
pub(super) fn rules(tokens: TokenStream) -> Vec<(Vec<Pattern>, TokenStream)> {
    let groups =
        tokens.into_iter().filter_map(|token| if let TokenTree::Group(group) = token { Some(group) } else { None });
    let groups: Vec<Group> = groups.collect();
    groups.chunks_exact(2).map(|arm| (patterns(arm[0].stream()), arm[1].stream())).collect()
}

fn patterns(tokens: TokenStream) -> Vec<Pattern> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let (mut parts, mut at) = (Vec::new(), 0);
    while let Some(token) = tokens.get(at) {
        let is_dollar = token.to_string() == "$";
        match (token, tokens.get(at + 1)) {
            (_, Some(TokenTree::Group(group))) if is_dollar => {
                let (separator, used) = repetition(&tokens[at + 2..]);
                parts.push(Pattern::Repeat { parts: patterns(group.stream()), separator });
                at += 2 + used;
            }
            (_, Some(TokenTree::Ident(name))) if is_dollar => {
                let kind = tokens.get(at + 3).map(ToString::to_string).unwrap_or_default();
                parts.push(Pattern::Fragment { name: name.to_string(), kind });
                at += 4;
            }
            (TokenTree::Group(group), _) => {
                parts.push(Pattern::Group(group.delimiter(), patterns(group.stream())));
                at += 1;
            }
            _ => {
                parts.push(Pattern::Token(token.to_string()));
                at += 1;
            }
        }
    }
    parts
}

/// Returns the separator of a repetition, and the number of tokens of the separator and the operator.
fn repetition(after: &[TokenTree]) -> (Option<String>, usize) {
    let is_operator = |token: &TokenTree| ["*", "+", "?"].contains(&token.to_string().as_str());
    match after {
        [operator, ..] if is_operator(operator) => (None, 1),
        [separator, _, ..] => (Some(separator.to_string()), 2),
        rest => (None, rest.len()),
    }
}

/// Returns the bindings of a call, if it matches the pattern.
pub(super) fn matches(parts: &[Pattern], call: TokenStream) -> Option<Bindings> {
    let tokens: Vec<TokenTree> = call.into_iter().collect();
    let (mut bindings, mut rest) = (Bindings::new(), tokens.as_slice());
    match_parts(parts, &mut rest, &mut bindings)?;
    rest.is_empty().then_some(bindings)
}

fn match_parts(parts: &[Pattern], rest: &mut &[TokenTree], bindings: &mut Bindings) -> Option<()> {
    for part in parts {
        match part {
            Pattern::Token(text) => {
                let (first, others) = rest.split_first()?;
                (first.to_string() == *text).then_some(())?;
                *rest = others;
            }
            Pattern::Group(delimiter, parts) => {
                let (TokenTree::Group(group), others) = rest.split_first()? else { return None };
                (group.delimiter() == *delimiter).then_some(())?;
                bindings.extend(matches(parts, group.stream())?);
                *rest = others;
            }
            Pattern::Fragment { name, kind } => {
                let (one, others) = fragment(kind, rest)?;
                bindings.insert(name.clone(), Binding::One(one));
                *rest = &rest[rest.len() - others..];
            }
            Pattern::Repeat { parts, separator } => match_repetition(parts, separator.as_deref(), rest, bindings),
        }
    }
    Some(())
}

fn match_repetition(parts: &[Pattern], separator: Option<&str>, rest: &mut &[TokenTree], bindings: &mut Bindings) {
    let mut repetitions = Vec::new();
    loop {
        let (mut repetition, mut ahead) = (Bindings::new(), *rest);
        if let (Some(separator), false) = (separator, repetitions.is_empty()) {
            match ahead.split_first() {
                Some((first, others)) if first.to_string() == separator => ahead = others,
                _ => break,
            }
        }
        if match_parts(parts, &mut ahead, &mut repetition).is_none() || ahead.len() == rest.len() {
            break;
        }
        *rest = ahead;
        repetitions.push(repetition);
    }
    for name in names(parts) {
        bindings.insert(name, Binding::Many(repetitions.clone()));
    }
}

/// Returns the names in a pattern.
fn names(parts: &[Pattern]) -> Vec<String> {
    let names = parts.iter().flat_map(|part| match part {
        Pattern::Token(_) => Vec::new(),
        Pattern::Fragment { name, .. } => vec![name.clone()],
        Pattern::Group(_, parts) | Pattern::Repeat { parts, .. } => names(parts),
    });
    names.collect()
}

/// Returns the fragment of a kind at the start of the tokens, and the number of tokens after it.
fn fragment(kind: &str, tokens: &[TokenTree]) -> Option<(TokenStream, usize)> {
    let stream = || tokens.iter().cloned().collect::<TokenStream>();
    match kind {
        "ident" | "tt" => {
            let first = tokens.first().filter(|token| kind == "tt" || matches!(token, TokenTree::Ident(_)))?;
            Some((first.clone().into(), tokens.len() - 1))
        }
        "ty" => parsed::<syn::Type>(stream()),
        "expr" | "expr_2021" => parsed::<syn::Expr>(stream()),
        "literal" => parsed::<syn::Lit>(stream()),
        "lifetime" => parsed::<syn::Lifetime>(stream()),
        "path" => parsed::<syn::Path>(stream()),
        "vis" => parsed::<syn::Visibility>(stream()),
        "meta" => parsed::<syn::Meta>(stream()),
        "item" => parsed::<syn::Item>(stream()),
        _ => None,
    }
}

fn parsed<T: Parse + quote::ToTokens>(tokens: TokenStream) -> Option<(TokenStream, usize)> {
    let parser = |input: ParseStream<'_>| Ok((input.parse::<T>()?.into_token_stream(), input.parse::<TokenStream>()?));
    let (one, rest) = parser.parse2(tokens).ok()?;
    Some((one, rest.into_iter().count()))
}

/// Returns the body of an arm with the bindings in place of the names.
pub(super) fn transcribe(body: TokenStream, bindings: &Bindings) -> TokenStream {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let (mut made, mut at) = (TokenStream::new(), 0);
    while let Some(token) = tokens.get(at) {
        let is_dollar = token.to_string() == "$";
        match (token, tokens.get(at + 1)) {
            (_, Some(TokenTree::Group(group))) if is_dollar => {
                let (separator, used) = repetition(&tokens[at + 2..]);
                let separator = separator.and_then(|separator| separator.parse::<TokenStream>().ok());
                for (index, repetition) in repetitions(&group.stream(), bindings).iter().enumerate() {
                    made.extend(separator.clone().filter(|_| index > 0));
                    let inner: Bindings = bindings.clone().into_iter().chain(repetition.clone()).collect();
                    made.extend(transcribe(group.stream(), &inner));
                }
                at += 2 + used;
            }
            (_, Some(TokenTree::Ident(name))) if is_dollar => {
                match bindings.get(&name.to_string()) {
                    Some(Binding::One(tokens)) => made.extend(tokens.clone()),
                    // `$crate` is `crate` in the crate itself.
                    _ => made.extend([TokenTree::Ident(name.clone())]),
                }
                at += 2;
            }
            (TokenTree::Group(group), _) => {
                made.extend([TokenTree::Group(Group::new(group.delimiter(), transcribe(group.stream(), bindings)))]);
                at += 1;
            }
            _ => {
                made.extend([token.clone()]);
                at += 1;
            }
        }
    }
    made
}

/// Returns the repetitions of the first name in the body that has some.
fn repetitions(body: &TokenStream, bindings: &Bindings) -> Vec<Bindings> {
    let mut all = body.clone().into_iter();
    let found = all.find_map(|token| match token {
        TokenTree::Ident(name) => match bindings.get(&name.to_string()) {
            Some(Binding::Many(repetitions)) => Some(repetitions.clone()),
            _ => None,
        },
        TokenTree::Group(group) => {
            Some(repetitions(&group.stream(), bindings)).filter(|repetitions| !repetitions.is_empty())
        }
        _ => None,
    });
    found.unwrap_or_default()
}
