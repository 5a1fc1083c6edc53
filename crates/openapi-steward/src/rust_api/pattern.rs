//! The patterns of `macro_rules!`: what a call holds for each name, and the body with that in place of the names.

use std::collections::BTreeMap;

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};

/// One part of what an arm of a macro accepts.
#[derive(Debug, Clone)]
pub(super) enum Pattern {
    /// This token.
    Token(String),
    /// These parts, between delimiters.
    Group(proc_macro2::Delimiter, Vec<Pattern>),
    /// `$name:kind`.
    Fragment { name: String, kind: String },
    /// `$(…),*`.
    Repeat { parts: Vec<Pattern>, separator: Option<String> },
}

/// What stands for a name: something, or something for each repetition.
#[derive(Debug, Clone)]
pub(super) enum Bound {
    One(TokenStream),
    Many(Vec<BTreeMap<String, Bound>>),
}

type Bindings = BTreeMap<String, Bound>;

/// The arms of a macro.
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

/// The separator of a repetition, and how many tokens it and the operator are.
fn repetition(after: &[TokenTree]) -> (Option<String>, usize) {
    let is_operator = |token: &TokenTree| ["*", "+", "?"].contains(&token.to_string().as_str());
    match after {
        [operator, ..] if is_operator(operator) => (None, 1),
        [separator, _, ..] => (Some(separator.to_string()), 2),
        rest => (None, rest.len()),
    }
}

/// What the names of a pattern stand for in a call, if it fits.
pub(super) fn matches(parts: &[Pattern], call: TokenStream) -> Option<Bindings> {
    let tokens: Vec<TokenTree> = call.into_iter().collect();
    let (mut bound, mut rest) = (Bindings::new(), tokens.as_slice());
    take(parts, &mut rest, &mut bound)?;
    rest.is_empty().then_some(bound)
}

fn take(parts: &[Pattern], rest: &mut &[TokenTree], bound: &mut Bindings) -> Option<()> {
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
                bound.extend(matches(parts, group.stream())?);
                *rest = others;
            }
            Pattern::Fragment { name, kind } => {
                let (one, others) = fragment(kind, rest)?;
                bound.insert(name.clone(), Bound::One(one));
                *rest = &rest[rest.len() - others..];
            }
            Pattern::Repeat { parts, separator } => repeat(parts, separator.as_deref(), rest, bound),
        }
    }
    Some(())
}

fn repeat(parts: &[Pattern], separator: Option<&str>, rest: &mut &[TokenTree], bound: &mut Bindings) {
    let mut turns = Vec::new();
    loop {
        let (mut turn, mut ahead) = (Bindings::new(), *rest);
        if let (Some(separator), false) = (separator, turns.is_empty()) {
            match ahead.split_first() {
                Some((first, others)) if first.to_string() == separator => ahead = others,
                _ => break,
            }
        }
        if take(parts, &mut ahead, &mut turn).is_none() || ahead.len() == rest.len() {
            break;
        }
        *rest = ahead;
        turns.push(turn);
    }
    for name in names(parts) {
        bound.insert(name, Bound::Many(turns.clone()));
    }
}

/// The names in these parts.
fn names(parts: &[Pattern]) -> Vec<String> {
    let names = parts.iter().flat_map(|part| match part {
        Pattern::Token(_) => Vec::new(),
        Pattern::Fragment { name, .. } => vec![name.clone()],
        Pattern::Group(_, parts) | Pattern::Repeat { parts, .. } => names(parts),
    });
    names.collect()
}

/// The fragment of this kind that the tokens begin with, and how many tokens come after it.
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

/// The body of an arm, with what the names stand for.
pub(super) fn transcribe(body: TokenStream, bound: &Bindings) -> TokenStream {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let (mut made, mut at) = (TokenStream::new(), 0);
    while let Some(token) = tokens.get(at) {
        let is_dollar = token.to_string() == "$";
        match (token, tokens.get(at + 1)) {
            (_, Some(TokenTree::Group(group))) if is_dollar => {
                let (separator, used) = repetition(&tokens[at + 2..]);
                let separator = separator.and_then(|separator| separator.parse::<TokenStream>().ok());
                for (index, turn) in turns(&group.stream(), bound).iter().enumerate() {
                    made.extend(separator.clone().filter(|_| index > 0));
                    let inner: Bindings = bound.clone().into_iter().chain(turn.clone()).collect();
                    made.extend(transcribe(group.stream(), &inner));
                }
                at += 2 + used;
            }
            (_, Some(TokenTree::Ident(name))) if is_dollar => {
                match bound.get(&name.to_string()) {
                    Some(Bound::One(tokens)) => made.extend(tokens.clone()),
                    // `$crate` is `crate` in the crate itself.
                    _ => made.extend([TokenTree::Ident(name.clone())]),
                }
                at += 2;
            }
            (TokenTree::Group(group), _) => {
                made.extend([TokenTree::Group(Group::new(group.delimiter(), transcribe(group.stream(), bound)))]);
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

/// The repetitions of the first name in the body that has any.
fn turns(body: &TokenStream, bound: &Bindings) -> Vec<Bindings> {
    let mut all = body.clone().into_iter();
    let found = all.find_map(|token| match token {
        TokenTree::Ident(name) => match bound.get(&name.to_string()) {
            Some(Bound::Many(turns)) => Some(turns.clone()),
            _ => None,
        },
        TokenTree::Group(group) => Some(turns(&group.stream(), bound)).filter(|turns| !turns.is_empty()),
        _ => None,
    });
    found.unwrap_or_default()
}
