//! Changes of the public items of the generated crate: a schema that is renamed breaks no wire, and every user.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{ImplItem, Item, Visibility};

use super::change::{At, Change, Surface, Weight};

/// The public items of generated code: what each is called, and what it is.
pub(super) fn items(code: &str) -> Result<BTreeMap<String, String>, String> {
    let file = syn::parse_file(code).map_err(|error| format!("the generated code cannot be read: {error}"))?;
    let mut items = BTreeMap::new();
    collect("", &file.items, &mut items);
    Ok(items)
}

fn collect(module: &str, list: &[Item], items: &mut BTreeMap<String, String>) {
    for item in list {
        match item {
            Item::Mod(inner) if is_public(&inner.vis) => {
                let content = inner.content.as_ref().map(|(_, items)| items.as_slice()).unwrap_or_default();
                collect(&format!("{module}{}::", inner.ident), content, items);
            }
            Item::Struct(item) if is_public(&item.vis) => {
                let name = format!("{module}{}", item.ident);
                for field in item.fields.iter().filter(|field| is_public(&field.vis)) {
                    let field_name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                    items.insert(format!("{name}.{field_name}"), text(&field.ty));
                }
                items.insert(name, "struct".to_owned());
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let name = format!("{module}{}", item.ident);
                for variant in &item.variants {
                    items.insert(format!("{name}::{}", variant.ident), text(&variant.fields));
                }
                items.insert(name, "enum".to_owned());
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let name = text(&item.self_ty).split('<').next().unwrap_or_default().to_owned();
                for function in
                    item.items.iter().filter_map(|item| if let ImplItem::Fn(item) = item { Some(item) } else { None })
                {
                    if is_public(&function.vis) {
                        items.insert(format!("{module}{name}::{}", function.sig.ident), text(&function.sig));
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Tokens as one would write them, nearly.
fn text(tokens: impl ToTokens) -> String {
    let spaced = tokens.to_token_stream().to_string();
    let text =
        spaced.replace(":: std :: option :: ", "").replace(":: std :: string :: ", "").replace(":: std :: vec :: ", "");
    let text = text.replace(" :", ":").replace(" (", "(").replace(",)", ")");
    text.replace(":: ", "::").replace(" < ", "<").replace(" >", ">").replace("& '", "&'").replace(" ,", ",")
}

/// What has changed between two lists of items. Everything that is generated can grow, so that what is new breaks nobody.
pub(super) fn changes(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<Change> {
    let change = |weight, what: &str, how: String| Change {
        surface: Surface::Rust,
        weight,
        what: what.to_owned(),
        how,
        at: At::Nowhere,
    };
    let gone = old.iter().map(|(name, was)| match new.get(name) {
        None => Some(change(Weight::Breaking, name, "is gone".to_owned())),
        Some(is) if is != was => Some(change(Weight::Breaking, name, format!("was `{was}` and is `{is}`"))),
        Some(_) => None,
    });
    let added = new.keys().filter(|name| !old.contains_key(*name));
    let mut changes: Vec<Change> = gone.flatten().collect();
    changes.extend(added.map(|name| change(Weight::Additive, name, "is new".to_owned())));
    // What is inside of something that is new or gone is not told of its own.
    let whole: Vec<(Weight, String)> = changes
        .iter()
        .filter(|change| change.how.starts_with("is "))
        .map(|change| (change.weight, change.what.clone()))
        .collect();
    changes.retain(|change| {
        let inside = |(weight, outer): &(Weight, String)| {
            let rest = change.what.strip_prefix(outer.as_str()).unwrap_or_default();
            *weight == change.weight && (rest.starts_with('.') || rest.starts_with("::"))
        };
        !whole.iter().any(inside)
    });
    changes
}
