//! From the spec to the source of the generated client. Pure: a document in, text or diagnostics out.

mod blame;
mod decode;
mod forms;
pub(crate) mod naming;
mod open_enum;
pub(crate) mod package;
mod passes;
mod rust;
mod traverse;

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle};
use serde_json::Value;
use syn::File;
use typify_schemars::schema::{InstanceType, SchemaObject};

use self::forms::Form;
use self::open_enum::OpenEnum;
use self::passes::Properties;
use crate::document::{Diagnostic, Node};
use crate::formats::{CustomFormat, Formats, Kind};

/// The code of a document that no rule has anything against.
pub(crate) fn code(root: &Node, formats: &Formats) -> Result<String, Diagnostic> {
    let (file, prepared) = written(root, formats)?;
    let file = rust::finish(file, &prepared);
    Ok(rust::space_out(&prettyplease::unparse(&file)))
}

/// The reason why a document that no other rule has anything against cannot be generated from.
pub(crate) fn refusal(root: &Node, formats: &Formats) -> Option<Diagnostic> {
    written(root, formats).err()
}

/// What progenitor writes of a document, and what it was made of.
fn written(root: &Node, formats: &Formats) -> Result<(File, Prepared), Diagnostic> {
    let prepared = prepare(root.to_json(), formats);
    let api = read(&prepared.document).map_err(|error| blame::unreadable(root, &error))?;
    let tokens =
        progenitor(&api, &prepared, formats).map_err(|message| blame::refused(root, &prepared, formats, &message))?;
    let file = syn::parse2(tokens).map_err(|error| blame::refused(root, &prepared, formats, &error.to_string()))?;
    Ok((file, prepared))
}

/// The document as progenitor can read it, which it cannot do with every document as it is.
pub(crate) fn progenitor_input(root: &Node, formats: &Formats) -> Value {
    prepare(root.to_json(), formats).document
}

/// A document that has been through the passes, and what the passes over the Rust need of it.
#[derive(Debug)]
struct Prepared {
    document: Value,
    enums: Vec<OpenEnum>,
    forms: Vec<Form>,
    properties: Properties,
}

/// Takes out of the document what progenitor would choke on or do badly.
fn prepare(mut document: Value, formats: &Formats) -> Prepared {
    passes::drop_unknown_formats(&mut document, formats);
    passes::unwrap_single_all_of(&mut document);
    passes::inline_scalars(&mut document);
    passes::name_inline_responses(&mut document);
    forms::name_inline(&mut document);
    forms::move_encodings(&mut document);
    passes::name_inline_enums(&mut document);
    let forms = forms::collect(&mut document, formats);
    passes::strip_constraints(&mut document);
    passes::prune_unused_schemas(&mut document);
    let (enums, properties) = (open_enum::collect(&document), passes::properties(&document));
    passes::let_optional_lists_be_null(&mut document);
    Prepared { document, enums, forms, properties }
}

fn read(document: &Value) -> Result<OpenAPI, serde_path_to_error::Error<serde_json::Error>> {
    serde_path_to_error::deserialize(document)
}

/// Runs progenitor. It panics on some documents, which is an error like any other here.
fn progenitor(api: &OpenAPI, prepared: &Prepared, formats: &Formats) -> Result<TokenStream, String> {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote::quote!(crate::runtime::Transport))
        .with_derive("PartialEq")
        .with_map_type("::std::collections::BTreeMap");
    for format in formats.custom() {
        settings.with_conversion(schema_of(format), &format.rust, std::iter::empty());
    }
    let enums = prepared.enums.iter().map(|open_enum| &open_enum.name);
    for name in enums.chain(prepared.forms.iter().map(|form| &form.name)) {
        settings.with_replacement(name, format!("crate::types::{name}"), std::iter::empty());
    }
    blame::without_panic(|| Generator::new(&settings).generate_tokens(api).map_err(|error| error.to_string()))
}

/// The schema that a hand-written type replaces.
fn schema_of(format: &CustomFormat) -> SchemaObject {
    let instance_type = match format.kind {
        Kind::Integer => InstanceType::Integer,
        Kind::String => InstanceType::String,
    };
    SchemaObject {
        instance_type: Some(instance_type.into()),
        format: Some(format.format.clone()),
        ..SchemaObject::default()
    }
}

#[cfg(test)]
mod tests;
