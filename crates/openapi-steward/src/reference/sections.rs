//! The sections of operations and schemas.
//!
//! If all of them together are larger than a limit, the bodies of schemas and of shared
//! responses, and the examples of responses, are not elements of the page: they
//! are in compressed chunks, and the script puts a body into its section when the section comes near the view. In a large document, the
//! same holds for operations. What a browser parses before it paints is then the heading of each section.

use maud::{Markup, PreEscaped, html};

use super::Reference;
use super::operation::OperationParts;
use crate::pages::{embed, links};

/// The size of all bodies up to which they are elements of the page, in bytes.
const MAX_INLINE: usize = 150_000;
/// The size of the operations up to which they are elements of the page, in bytes.
const MAX_OPERATIONS: usize = 1_500_000;
/// The number of sections in a run.
const RUN: usize = 12;
/// The size of a chunk before its compression, in bytes.
const CHUNK: usize = 200_000;

/// The sections of a page.
#[derive(Debug)]
pub(super) struct Sections {
    operations: Vec<Section>,
    schemas: Vec<Section>,
    responses: Vec<Section>,
    /// The operations and the lists of the navigation are deferred as well, and a browser lays out only the runs near the view.
    is_large: bool,
    pub(super) navigation: Markup,
    /// The chunks, each a list of bodies. Empty if all bodies are elements.
    chunks: Vec<String>,
}

#[derive(Debug)]
struct Section {
    id: String,
    head: Markup,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Inline(Markup),
    /// The chunk and the index in it: `3/17`.
    Deferred(String),
}

impl Sections {
    pub(super) fn of(reference: &Reference<'_>) -> Self {
        let model = reference.model;
        let alive = |html: String| links::without_dead(html, |id| reference.has(id));
        let parts: Vec<OperationParts> =
            model.operations.iter().map(|operation| reference.operation_parts(operation)).collect();
        let schemas: Vec<Section> = model
            .schemas
            .iter()
            .map(|schema| Section::inline(&schema.id, Reference::schema_head(schema), reference.schema_body(schema)))
            .collect();
        let responses: Vec<Section> = model
            .responses
            .iter()
            .map(|response| {
                Section::inline(&response.id, Reference::schema_head(response), reference.shared_response(response))
            })
            .collect();
        let operations: usize = parts.iter().map(OperationParts::size).sum();
        let others: usize = schemas.iter().chain(&responses).map(Section::size).sum();
        let mut sections = Self {
            operations: Vec::new(),
            schemas,
            responses,
            is_large: operations > MAX_OPERATIONS,
            navigation: Markup::default(),
            chunks: Vec::new(),
        };
        let mut chunks = Chunks::default();
        let is_large = operations + others > MAX_INLINE;
        for (operation, mut parts) in model.operations.iter().zip(parts) {
            let (id, head) = (&operation.id, Reference::operation_head(operation));
            sections.operations.push(if sections.is_large {
                Section { id: id.clone(), head, body: Body::Deferred(chunks.push(alive(parts.render().0))) }
            } else {
                if is_large && !parts.examples.0.is_empty() {
                    let place = chunks.push(parts.examples.0);
                    parts.examples = html! { div .deferred.later data-chunk=(place) {} };
                }
                Section::inline(id, head, parts.render())
            });
        }
        if is_large {
            for section in sections.schemas.iter_mut().chain(&mut sections.responses) {
                if let Body::Inline(body) = &mut section.body {
                    section.body = Body::Deferred(chunks.push(alive(std::mem::take(&mut body.0))));
                }
            }
        }
        let is_large = sections.is_large;
        sections.navigation = reference.navigation(&mut |list| {
            if is_large {
                html! { ul .deferred data-chunk=(chunks.push(list.0)) {} }
            } else {
                html! { ul { (list) } }
            }
        });
        sections.chunks = chunks.finish();
        sections
    }

    /// The operations with these indices.
    pub(super) fn operations(&self, indices: &[usize]) -> Markup {
        self.runs(indices.iter().filter_map(|index| self.operations.get(*index)), "operation")
    }

    pub(super) fn schemas(&self) -> Markup {
        self.runs(self.schemas.iter(), "schema")
    }

    pub(super) fn responses(&self) -> Markup {
        self.runs(self.responses.iter(), "schema")
    }

    /// The sections, in a large document in runs, which a browser watches in place of each section.
    fn runs<'s>(&self, sections: impl Iterator<Item = &'s Section>, class: &str) -> Markup {
        let rendered: Vec<Markup> = sections.map(|section| section.render(class)).collect();
        html! {
            @if self.is_large {
                @for run in rendered.chunks(RUN) { div .run { @for section in run { (section) } } }
            } @else {
                @for section in &rendered { (section) }
            }
        }
    }

    /// The data of the deferred bodies.
    pub(super) fn data(&self) -> Markup {
        html! {
            @for chunk in &self.chunks { script .chunk type="application/octet-stream" { (PreEscaped(chunk)) } }
        }
    }
}

/// Collects bodies in chunks.
#[derive(Debug, Default)]
struct Chunks {
    done: Vec<String>,
    bodies: Vec<String>,
    size: usize,
}

impl Chunks {
    /// Adds a body, and returns its place.
    fn push(&mut self, body: String) -> String {
        let place = format!("{}/{}", self.done.len(), self.bodies.len());
        self.size += body.len();
        self.bodies.push(body);
        if self.size >= CHUNK {
            self.close();
        }
        place
    }

    /// Ends a chunk: a JSON list, compressed.
    fn close(&mut self) {
        let list = serde_json::to_string(&std::mem::take(&mut self.bodies)).unwrap_or_default();
        self.done.push(embed::gzip_base64(list.as_bytes()));
        self.size = 0;
    }

    fn finish(mut self) -> Vec<String> {
        if !self.bodies.is_empty() {
            self.close();
        }
        self.done
    }
}

impl Section {
    fn inline(id: &str, head: Markup, body: Markup) -> Self {
        Self { id: id.to_owned(), head, body: Body::Inline(body) }
    }

    fn size(&self) -> usize {
        if let Body::Inline(body) = &self.body { body.0.len() } else { 0 }
    }

    fn render(&self, class: &str) -> Markup {
        match &self.body {
            Body::Inline(body) => html! { section class=(class) id=(self.id) { (self.head) (body) } },
            Body::Deferred(place) => html! {
                section class=(format!("{class} deferred")) id=(self.id) data-chunk=(place) { (self.head) }
            },
        }
    }
}
