//! The sections of operations and schemas.
//!
//! If all of them together are larger than a limit, the bodies of schemas and of shared responses are not elements of the page: they
//! are in compressed chunks, and the script puts a body into its section when the section comes near the view. In a large document, the
//! same holds for operations. What a browser parses before it paints is then the heading of each section.

use maud::{Markup, PreEscaped, html};

use super::Reference;
use crate::pages::embed;

/// The size of all bodies up to which they are elements of the page, in bytes.
const MAX_INLINE: usize = 150_000;
/// The size of the operations up to which they are elements of the page, in bytes.
const MAX_OPERATIONS: usize = 1_500_000;
/// The size of a chunk before its compression, in bytes.
const CHUNK: usize = 200_000;

/// The sections of a page.
#[derive(Debug)]
pub(super) struct Sections {
    operations: Vec<Section>,
    schemas: Vec<Section>,
    responses: Vec<Section>,
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
    /// The chunk, and the index in it.
    Deferred(usize, usize),
}

impl Sections {
    pub(super) fn of(reference: &Reference<'_>) -> Self {
        let model = reference.model;
        let operations = model.operations.iter().map(|operation| Section {
            id: operation.id.clone(),
            head: reference.operation_head(operation),
            body: Body::Inline(reference.operation_body(operation)),
        });
        let schemas = model.schemas.iter().map(|schema| Section {
            id: schema.id.clone(),
            head: Reference::schema_head(schema),
            body: Body::Inline(reference.schema_body(schema)),
        });
        let responses = model.responses.iter().map(|response| Section {
            id: response.id.clone(),
            head: Reference::schema_head(response),
            body: Body::Inline(reference.shared_response(response)),
        });
        let mut sections = Self {
            operations: operations.collect(),
            schemas: schemas.collect(),
            responses: responses.collect(),
            chunks: Vec::new(),
        };
        let size = |sections: &[Section]| -> usize { sections.iter().map(Section::size).sum() };
        let operations = size(&sections.operations);
        if operations + size(&sections.schemas) + size(&sections.responses) > MAX_INLINE {
            sections.defer(operations > MAX_OPERATIONS);
        }
        sections
    }

    /// Moves bodies into chunks.
    fn defer(&mut self, with_operations: bool) {
        let (mut bodies, mut size) = (Vec::new(), 0);
        let operations = if with_operations { &mut self.operations[..] } else { &mut [] };
        for section in operations.iter_mut().chain(&mut self.schemas).chain(&mut self.responses) {
            let deferred = Body::Deferred(self.chunks.len(), bodies.len());
            if let Body::Inline(body) = std::mem::replace(&mut section.body, deferred) {
                size += body.0.len();
                bodies.push(body.0);
            }
            if size >= CHUNK {
                self.chunks.push(chunk(&bodies));
                bodies.clear();
                size = 0;
            }
        }
        if !bodies.is_empty() {
            self.chunks.push(chunk(&bodies));
        }
    }

    pub(super) fn operation(&self, index: usize) -> Markup {
        self.operations.get(index).map_or_else(Markup::default, |section| section.render("operation"))
    }

    pub(super) fn schema(&self, index: usize) -> Markup {
        self.schemas.get(index).map_or_else(Markup::default, |section| section.render("schema"))
    }

    pub(super) fn responses(&self) -> Markup {
        html! { @for section in &self.responses { (section.render("schema")) } }
    }

    /// The data of the deferred bodies.
    pub(super) fn data(&self) -> Markup {
        html! {
            @for chunk in &self.chunks { script .chunk type="application/octet-stream" { (PreEscaped(chunk)) } }
        }
    }
}

/// The bodies as a JSON list, compressed.
fn chunk(bodies: &[String]) -> String {
    embed::gzip_base64(serde_json::to_string(bodies).unwrap_or_default().as_bytes())
}

impl Section {
    fn size(&self) -> usize {
        if let Body::Inline(body) = &self.body { body.0.len() } else { 0 }
    }

    fn render(&self, class: &str) -> Markup {
        match &self.body {
            Body::Inline(body) => html! { section class=(class) id=(self.id) { (self.head) (body) } },
            Body::Deferred(chunk, index) => html! {
                section class=(format!("{class} deferred")) id=(self.id) data-chunk=(format!("{chunk}/{index}")) {
                    (self.head)
                    noscript { p .muted { "The document is large: a script shows the details of this part." } }
                }
            },
        }
    }
}
