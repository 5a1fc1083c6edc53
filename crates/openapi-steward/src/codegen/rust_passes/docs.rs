//! The pass over documentation: one line for each comment, and no example that is not compiled.

use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, ExprLit, File, ImplItem, Item, ItemImpl, Lit, Meta, parse_quote};

use super::error::{UnexpectedCode, expect_count};
use super::matchers::is_type;

/// The lines around an example that progenitor writes for each operation.
const EXAMPLE: (&str, &str) = ("```ignore", "```");

/// Rewrites the documentation of all items.
pub(super) fn tidy(file: &mut File, operations: usize) -> Result<(), UnexpectedCode> {
    let mut examples = Examples(0);
    examples.visit_file(file);
    expect_count("tidy", "operations with an example", examples.0, operations)?;
    tidy_all(file);
    Ok(())
}

/// Rewrites the documentation of all items of a file without operations.
pub(in crate::codegen) fn tidy_all(file: &mut File) {
    Tidier.visit_file_mut(file);
}

/// Counts the methods of the client that have an example.
struct Examples(usize);

impl<'ast> Visit<'ast> for Examples {
    fn visit_item(&mut self, item: &'ast Item) {
        if let Item::Impl(ItemImpl { trait_: None, self_ty, items, .. }) = item
            && is_type(self_ty, &["Client"])
        {
            let has_example = |attributes: &[Attribute]| {
                attributes.iter().filter_map(text).any(|doc| doc.lines().any(|line| line.trim() == EXAMPLE.0))
            };
            let methods = items.iter().filter(|item| matches!(item, ImplItem::Fn(item) if has_example(&item.attrs)));
            self.0 += methods.count();
        }
        visit::visit_item(self, item);
    }
}

struct Tidier;

impl VisitMut for Tidier {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let (docs, mut others): (Vec<_>, Vec<_>) =
            attributes.drain(..).partition(|attribute| attribute.path().is_ident("doc"));
        let lines: Vec<String> = docs.iter().filter_map(text).flat_map(|doc| without_examples(&doc)).collect();
        let end = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
        attributes.extend(lines[..end].iter().map(|line| -> Attribute {
            let line = if line.is_empty() { String::new() } else { format!(" {line}") };
            parse_quote!(#[doc = #line])
        }));
        attributes.append(&mut others);
    }
}

/// Returns the text of a `doc` attribute.
fn text(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the lines of a comment without its examples. One without an end, which a document can hold, stays.
fn without_examples(doc: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut example = None;
    let mut is_in_code = false;
    // A bare carriage return ends a comment for the compiler.
    let doc = doc.replace("\r\n", "\n").replace('\r', "\n");
    for line in doc.lines() {
        match (example, line.trim()) {
            (Some(start), end) if end == EXAMPLE.1 => {
                lines.truncate(start);
                example = None;
                continue;
            }
            (None, start) if start == EXAMPLE.0 => example = Some(lines.len()),
            _ => {}
        }
        let line = line.trim_end().trim_start_matches(' ');
        if line.starts_with("```") || line.starts_with("~~~") {
            is_in_code = !is_in_code;
            // rustdoc would compile the code of a description.
            if is_in_code && example.is_none() && is_rust(line) {
                lines.push(format!("{}text", &line[..3]));
                continue;
            }
        }
        lines.push(line.to_owned());
    }
    lines
}

/// Returns whether rustdoc takes a code block for Rust: without a language, or with attributes of its own.
fn is_rust(fence: &str) -> bool {
    const ATTRIBUTES: [&str; 8] =
        ["rust", "ignore", "no_run", "should_panic", "compile_fail", "edition2015", "edition2018", "edition2021"];
    let info = fence.trim_start_matches(['`', '~']);
    info.split([',', ' ', '{', '}']).filter(|word| !word.is_empty()).all(|word| ATTRIBUTES.contains(&word))
}
