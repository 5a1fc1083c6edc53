//! The syntax tree of the code that progenitor writes, read one item after another.
//!
//! Reading the whole file at once needs memory for all tokens twice, and for the builders of the types, which nothing uses: a third of
//! the code of a large document.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{File, Item};

/// Returns the syntax tree of a file, without the module `types::builder`.
pub(super) fn file(tokens: TokenStream) -> Result<File, String> {
    let items = items(tokens, "").map_err(|error| error.to_string())?;
    Ok(File { shebang: None, frontmatter: None, attrs: Vec::new(), items })
}

/// Reads the items of a module.
fn items(tokens: TokenStream, module: &str) -> syn::Result<Vec<Item>> {
    let (mut items, mut rest) = (Vec::new(), tokens.into_iter());
    while let Some(piece) = next_item(&mut rest) {
        let Piece { tokens, name, content } = piece;
        if (module, name.as_deref()) == ("types", Some("builder")) {
            continue;
        }
        let mut item: Item = syn::parse2(tokens.into_iter().collect())?;
        if let (Item::Mod(item), Some(name), Some(content)) = (&mut item, name, content)
            && let Some((_, inner)) = &mut item.content
        {
            *inner = self::items(content, &name)?;
        }
        items.push(item);
    }
    Ok(items)
}

/// The tokens of an item.
struct Piece {
    tokens: Vec<TokenTree>,
    /// The name of a module, whose content is not in its tokens.
    name: Option<String>,
    content: Option<TokenStream>,
}

/// Takes the tokens of the next item.
fn next_item(rest: &mut impl Iterator<Item = TokenTree>) -> Option<Piece> {
    let mut tokens: Vec<TokenTree> = Vec::new();
    // The first word that says what the item is.
    let mut keyword = String::new();
    for token in rest {
        let is_end = match &token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            // An import, a constant or a type ends with a semicolon only.
            TokenTree::Group(group) => {
                group.delimiter() == Delimiter::Brace && !["use", "const", "static", "type"].contains(&keyword.as_str())
            }
            TokenTree::Ident(ident) => {
                let ident = ident.to_string();
                // `const fn` is a function.
                if keyword.is_empty() && ident != "pub" || keyword == "const" && ident == "fn" {
                    keyword = ident;
                }
                false
            }
            TokenTree::Literal(_) => false,
        };
        tokens.push(token);
        if is_end {
            return Some(module(tokens, &keyword));
        }
    }
    (!tokens.is_empty()).then_some(Piece { tokens, name: None, content: None })
}

/// Takes the content out of a module.
fn module(mut tokens: Vec<TokenTree>, keyword: &str) -> Piece {
    let name = match tokens.as_slice() {
        [.., TokenTree::Ident(name), TokenTree::Group(_)] if keyword == "mod" => name.to_string(),
        _ => return Piece { tokens, name: None, content: None },
    };
    let content = match tokens.pop() {
        Some(TokenTree::Group(group)) => Some(group.stream()),
        _ => None,
    };
    tokens.push(proc_macro2::Group::new(Delimiter::Brace, TokenStream::new()).into());
    Piece { tokens, name: Some(name), content }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_those_of_the_file_without_the_builders_of_types() -> Result<(), Box<dyn std::error::Error>> {
        let code = |builder: &str| {
            format!(
                "use a::{{b, c}};
                 /// A mod in a comment.
                 #[derive(Debug)]
                 pub struct A {{ b: u8 }}
                 pub struct B(u8);
                 pub(crate) const C: D = D {{ e: 1 }};
                 const fn f() {{}}
                 pub mod types {{
                     use super::A;
                     pub mod error {{ pub struct E; }}
                     {builder}
                     impl A {{ fn g() {{}} }}
                 }}
                 pub mod builder {{ pub struct H; }}
                 type I = A;
                 j! {{ k }}
                 l!(m);"
            )
        };
        let parsed = file(code("pub mod builder { pub struct A; }").parse()?)?;
        assert_eq!(prettyplease::unparse(&parsed), prettyplease::unparse(&syn::parse_file(&code(""))?));
        assert!(file("struct A { b }".parse()?).is_err());
        Ok(())
    }
}
