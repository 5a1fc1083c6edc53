//! Runs progenitor.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle};
use serde_json::Value;
use typify_schemars::schema::{InstanceType, SchemaObject};

use super::input::Input;
use crate::formats::{CustomFormat, Formats, Kind};

/// The version of progenitor that the passes over its code are made for.
pub(super) const PROGENITOR_VERSION: &str = "0.15.1";

/// Reads a document as progenitor reads it.
pub(super) fn parse(document: &Value) -> Result<OpenAPI, serde_path_to_error::Error<serde_json::Error>> {
    serde_path_to_error::deserialize(document)
}

/// Runs progenitor. It panics on some documents, which is an error like any other here.
pub(super) fn run(api: &OpenAPI, input: &Input, formats: &Formats) -> Result<TokenStream, String> {
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
    for name in input.replaced_types() {
        settings.with_replacement(name, format!("crate::types::{name}"), std::iter::empty());
    }
    for slot in &input.slots {
        settings.with_replacement(&slot.name, &slot.rust, std::iter::empty());
    }
    catch_panic(|| Generator::new(&settings).generate_tokens(api).map_err(|error| error.to_string()))
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

/// Runs a function that may panic, and returns the panic's message as the error. Prints nothing.
fn catch_panic<T>(run: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    thread_local! {
        static MESSAGE: RefCell<Option<String>> = const { RefCell::new(None) };
        static CATCHING: RefCell<bool> = const { RefCell::new(false) };
    }
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if CATCHING.with_borrow(|catching| *catching) {
                let payload = info.payload();
                let text = payload.downcast_ref::<String>().cloned();
                let message = text.or_else(|| payload.downcast_ref::<&str>().map(ToString::to_string));
                MESSAGE.set(message);
            } else {
                previous(info);
            }
        }));
    });
    CATCHING.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(run));
    CATCHING.set(false);
    result.unwrap_or_else(|_| Err(MESSAGE.take().unwrap_or_else(|| "it panicked".to_owned())))
}
