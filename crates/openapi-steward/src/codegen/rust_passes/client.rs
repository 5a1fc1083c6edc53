//! Passes over the client: its constructor, its imports, and the headers and paths of its requests.

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprMethodCall, File, ImplItem, Item, Macro, Pat, Stmt, Token, UseTree, parse_quote};

use super::error::{UnexpectedCode, expect_count};
use super::matchers::{is_path, is_string, is_type, is_variable};

/// The variable with the headers of a request.
const HEADERS: &str = "header_map";

/// Removes the `api-version` header, which is a convention of progenitor's, and the map of headers if it holds no other.
pub(super) fn remove_api_version_header(file: &mut File, operations: usize) -> Result<(), UnexpectedCode> {
    const PASS: &str = "remove_api_version_header";
    let mut remover = HeaderRemover { headers: 0, maps_in_use: 0, maps_made: 0 };
    remover.visit_file_mut(file);
    expect_count(PASS, "headers `api-version`", remover.headers, operations)?;
    // A map is made, and given to the request, or neither.
    expect_count(PASS, "maps of headers", remover.maps_made, remover.maps_in_use)
}

struct HeaderRemover {
    headers: usize,
    maps_made: usize,
    maps_in_use: usize,
}

impl VisitMut for HeaderRemover {
    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_mut::visit_block_mut(self, block);
        let before = block.stmts.len();
        block.stmts.retain(|statement| !appends_api_version(statement));
        if block.stmts.len() == before {
            return;
        }
        self.headers += before - block.stmts.len();
        let mut uses = HeaderUses::default();
        uses.visit_block(block);
        if !uses.appends {
            // The map is empty.
            let before = block.stmts.len();
            block.stmts.retain(|statement| !declares_map(statement));
            self.maps_made += before - block.stmts.len();
            self.maps_in_use += uses.arguments;
            EmptyMapRemover.visit_block_mut(block);
        }
    }
}

fn appends_api_version(statement: &Stmt) -> bool {
    let Stmt::Expr(Expr::MethodCall(call), _) = statement else { return false };
    call.method == "append"
        && is_variable(&call.receiver, HEADERS)
        && call.args.first().is_some_and(|name| match name {
            Expr::Call(call) => {
                is_path(&call.func, &["HeaderName", "from_static"])
                    && call.args.iter().any(|argument| is_string(argument, "api-version"))
            }
            _ => false,
        })
}

/// Returns whether a statement declares the map. A parameter can have its name: `let header_map = header_map.map_err(…)?`.
fn declares_map(statement: &Stmt) -> bool {
    let Stmt::Local(local) = statement else { return false };
    let is_mutable = matches!(&local.pat, Pat::Ident(name) if name.ident == HEADERS && name.mutability.is_some());
    let makes_map =
        |value: &Expr| matches!(value, Expr::Call(call) if is_path(&call.func, &["HeaderMap", "with_capacity"]));
    is_mutable && local.init.as_ref().is_some_and(|init| makes_map(&init.expr))
}

fn takes_headers(call: &ExprMethodCall) -> bool {
    call.method == "headers" && call.args.len() == 1 && call.args.iter().all(|argument| is_variable(argument, HEADERS))
}

/// The uses of the map of headers in a function.
#[derive(Default)]
struct HeaderUses {
    /// Headers are added to it.
    appends: bool,
    /// The number of calls that give it to a request.
    arguments: usize,
}

impl<'ast> Visit<'ast> for HeaderUses {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.appends |= call.method == "append" && is_variable(&call.receiver, HEADERS);
        self.arguments += usize::from(takes_headers(call));
        visit::visit_expr_method_call(self, call);
    }
}

/// Removes calls of `headers` with the map.
struct EmptyMapRemover;

impl VisitMut for EmptyMapRemover {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::MethodCall(call) = expr
            && takes_headers(call)
        {
            *expr = (*call.receiver).clone();
        }
    }
}

/// Removes the constructor that makes an HTTP client: it has timeouts of progenitor's choice, and panics.
pub(super) fn remove_constructor_with_timeouts(file: &mut File) -> Result<(), UnexpectedCode> {
    let mut removed = 0;
    for item in &mut file.items {
        if let Item::Impl(item) = item
            && item.trait_.is_none()
            && is_type(&item.self_ty, &["Client"])
        {
            // An operation can be called `new` as well; it has a receiver.
            let is_constructor = |item: &ImplItem| matches!(item, ImplItem::Fn(item) if item.sig.ident == "new" && item.sig.receiver().is_none());
            let before = item.items.len();
            item.items.retain(|item| !is_constructor(item));
            removed += before - item.items.len();
        }
    }
    expect_count("remove_constructor_with_timeouts", "functions `Client::new`", removed, 1)
}

/// Removes the prelude, which holds nothing but the client.
pub(super) fn remove_prelude(file: &mut File) -> Result<(), UnexpectedCode> {
    let before = file.items.len();
    file.items.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "prelude"));
    expect_count("remove_prelude", "modules `prelude`", before - file.items.len(), 1)
}

/// Makes the code encode path parameters with the function of the runtime: progenitor's leaves `\`, which a URL takes for `/`.
pub(super) fn replace_encode_path(file: &mut File, path_parameters: usize) -> Result<(), UnexpectedCode> {
    const PASS: &str = "replace_encode_path";
    let mut calls = EncodePathCalls(0);
    calls.visit_file(file);
    expect_count(PASS, "calls of `encode_path`", calls.0, path_parameters)?;
    let import = file.items.iter_mut().enumerate().find_map(|(position, item)| match item {
        Item::Use(item) => remove_import(&mut item.tree, "progenitor_client", "encode_path").then_some(position),
        _ => None,
    });
    let position = import.ok_or_else(|| UnexpectedCode::new(PASS, "found no import of `encode_path`"))?;
    // The modules below import it from here.
    let replacement = parse_quote!(
        #[allow(unused_imports)]
        use crate::runtime::encode_path;
    );
    file.items.insert(position, replacement);
    Ok(())
}

/// Removes a name from a `use` of these in a crate: `use progenitor_client::{encode_path, …}`. Returns whether it was there.
fn remove_import(tree: &mut UseTree, krate: &str, name: &str) -> bool {
    let UseTree::Path(path) = tree else { return false };
    let UseTree::Group(group) = path.tree.as_mut() else { return false };
    if path.ident != krate {
        return false;
    }
    let before = group.items.len();
    let items = std::mem::take(&mut group.items);
    group.items = items.into_iter().filter(|tree| !matches!(tree, UseTree::Name(item) if item.ident == name)).collect();
    group.items.len() < before
}

/// Counts the calls of `encode_path`, which are arguments of `format!`.
struct EncodePathCalls(usize);

impl<'ast> Visit<'ast> for EncodePathCalls {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        self.0 += usize::from(is_path(&call.func, &["encode_path"]));
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let arguments = mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        // The visitor lives as long as the file, and these arguments do not.
        for argument in arguments.into_iter().flatten() {
            let mut inner = EncodePathCalls(0);
            inner.visit_expr(&argument);
            self.0 += inner.0;
        }
    }
}
