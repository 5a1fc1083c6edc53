//! The input of progenitor: the document after all passes over it, and what those passes keep for the passes over the code.

use serde_json::Value;

use super::chosen_names::{self, NameProblem};
use super::document_passes::{self, Properties};
use super::document_visitor::operations;
use super::extensions::ORIGINAL_ID;
use super::forms::{self, Form};
use super::lower;
use super::multipart::{self, Multipart};
use super::names::Taken;
use super::open_enum::{self, OpenEnum};
use super::operation::{self, Call, Slot};
use super::property_names;
use super::rust_type::RustTypes;
use super::settings::{Scope, Settings};
use super::unions::{self, Union};

/// A document after the passes, and the facts about it that the passes over the code need.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) document: Value,
    pub(super) enums: Vec<OpenEnum>,
    pub(super) unions: Vec<Union>,
    pub(super) forms: Vec<Form>,
    pub(super) multiparts: Vec<Multipart>,
    pub(super) properties: Properties,
    pub(super) calls: Vec<Call>,
    pub(super) slots: Vec<Slot>,
    pub(super) operations: Vec<OperationFacts>,
}

/// The facts about an operation that the generated code lists.
#[derive(Debug)]
pub(super) struct OperationFacts {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
}

impl Input {
    /// Runs the passes, in the order in which they build on each other.
    pub(super) fn new(mut document: Value, settings: Settings<'_>) -> Result<Self, NameProblem> {
        let Settings { formats, names, scope } = settings;
        let problem = |taken: Taken| NameProblem::taken(names, &taken);
        chosen_names::mark(&mut document, names)?;
        // Nothing reads them, and they can be most of a document.
        if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
            components.shift_remove("examples");
        }
        lower::lower(&mut document).map_err(problem)?;
        chosen_names::check_used(&mut document, names)?;
        operation::choose_media_types(&mut document);
        let multiparts = multipart::collect(&mut document, formats).map_err(problem)?;
        forms::separate(&mut document);
        forms::move_encodings(&mut document);
        let forms = forms::collect(&mut document, formats).map_err(problem)?;
        document_passes::drop_unknown_formats(&mut document, formats);
        document_passes::strip_constraints(&mut document);
        // Types alone can be for other uses than those of the operations.
        if scope == Scope::Client {
            document_passes::prune_unused_schemas(&mut document);
        }
        let enums = open_enum::collect(&document).map_err(problem)?;
        let unions = unions::collect(RustTypes { document: &document, formats });
        let wire_names = property_names::assign(&mut document).map_err(problem)?;
        document_passes::let_required_references_be_null(&mut document);
        let forms_names: Vec<String> = forms.iter().map(|form| form.name.clone()).collect();
        let written: Vec<String> =
            forms_names.iter().chain(multiparts.iter().map(|body| &body.name)).cloned().collect();
        let properties = document_passes::properties(&document, &written, &wire_names, formats);
        document_passes::let_optional_lists_be_null(&mut document);
        let operations = operations(&document).map(|operation| OperationFacts {
            id: operation.value.get(ORIGINAL_ID).and_then(Value::as_str).unwrap_or_default().to_owned(),
            method: operation.method.to_uppercase(),
            path: operation.path.to_owned(),
        });
        let operations = operations.collect();
        let source = document.clone();
        let types = RustTypes { document: &source, formats };
        let calls = operation::collect(types, &forms_names).map_err(problem)?;
        let slots = operation::fill(&mut document, &calls, types, &forms_names);
        Ok(Self { document, enums, unions, forms, multiparts, properties, calls, slots, operations })
    }

    /// Returns the names of the components whose types the steward writes.
    pub(super) fn replaced_types(&self) -> impl Iterator<Item = &String> {
        let enums = self.enums.iter().map(|item| &item.name).chain(self.unions.iter().map(|item| &item.name));
        enums.chain(self.forms.iter().map(|form| &form.name)).chain(self.multiparts.iter().map(|body| &body.name))
    }
}
