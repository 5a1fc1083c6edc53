use super::*;
use crate::document::read_yaml;

pub(super) fn page_of(document: &str) -> String {
    let (root, _) = read_yaml(document).unwrap_or_else(|finding| panic!("{finding:?}"));
    let downloads = Downloads::of("a.yaml", document, &root, "a");
    page(&Input { root: &root, folder: Path::new("."), template: None, downloads, home: None })
}

/// A string that is harmful wherever it is not text.
const HOSTILE: &str = r#""'><script>alert(1)</script><img src=x onerror=alert(1)>{{x}}</style>"#;

#[test]
fn hostile_strings_stay_text_wherever_they_are() {
    let quoted = serde_json::Value::String(HOSTILE.to_owned()).to_string();
    let document = r#"
openapi: 3.0.3
info: { title: H, version: H, description: H, contact: { name: H, url: H, email: H }, license: { name: H, url: "javascript:alert(1)" } }
servers: [{ url: H, description: H, variables: { H: { default: H, description: H, enum: [H] } } }]
tags: [{ name: H, description: H }]
security: [{ H: [H] }]
paths:
  H:
    get:
      tags: [H]
      operationId: H
      summary: H
      description: H
      externalDocs: { url: H, description: H }
      parameters: [{ name: H, in: query, description: H, example: H, schema: { type: string, default: H, pattern: H, enum: [H], format: H } }]
      requestBody: { description: H, content: { H: { example: H, schema: { $ref: '#/components/schemas/S' } }, application/json: { example: { H: H } } } }
      responses: { H: { description: H, headers: { H: { description: H } }, content: { H: { example: H } }, links: { H: { operationId: H, description: H } } } }
      callbacks: { H: { H: { post: { summary: H, description: H, responses: {} } } } }
components:
  securitySchemes: { H: { type: oauth2, description: H, flows: { H: { authorizationUrl: H, tokenUrl: H, scopes: { H: H } } } } }
  schemas:
    S: { description: H, title: H, properties: { H: { description: H, type: H, default: H } }, oneOf: [{ title: H }], discriminator: { propertyName: H, mapping: { H: H } } }
    H: { type: string, enum: [H], x-enumDescriptions: { H: H } }
"#;
    // Every `H` that is a word of its own.
    let document: String = document
        .split_inclusive(|character: char| !character.is_ascii_alphanumeric())
        .map(|word| {
            word.strip_prefix('H')
                .filter(|rest| rest.len() <= 1)
                .map_or_else(|| word.to_owned(), |rest| format!("{quoted}{rest}"))
        })
        .collect();
    let page = page_of(&document);
    for (element, number) in [("<script", 3), ("</script", 3), ("<style", 1), ("</style", 1), ("<img", 0)] {
        assert_eq!(page.matches(element).count(), number, "{element}");
    }
    assert!(!page.contains("=\"javascript:"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn the_page_of_a_small_document() {
    let page = page_of(
        "\
openapi: 3.0.3
info: { title: Rooms, version: 1.0.0 }
paths:
  /rooms/{id}:
    get:
      operationId: fetch_room
      summary: Fetch a room
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: The room., content: { application/json: { schema: { $ref: '#/components/schemas/Room' } } } } }
components:
  schemas:
    Room: { type: object, required: [id], properties: { id: { type: string, minLength: 1 }, next: { $ref: '#/components/schemas/Room' }, kind: { type: string, nullable: true, enum: [a, b] } } }
",
    );
    let room = page.split_once("id=\"schema/Room\">").and_then(|(_, rest)| rest.split_once("</section>"));
    insta::assert_snapshot!("the_section_of_a_schema", room.map_or("", |(room, _)| room).replace("><", ">\n<"));
    for expected in [
        "id=\"operation/fetch_room\"",
        "id=\"schema/Room.kind\"",
        "data-ref=\"schema/Room\"",
        "nullable",
        "at least 1 character",
        "https://api.example.com/rooms/{id}",
        "Used by",
        "<samp>a</samp>",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
}

#[test]
fn a_large_document_keeps_its_headings_and_its_bodies_are_data() {
    let text = "A long text. ".repeat(200);
    let path = |index| format!("  /p{index}:\n    get:\n      description: {text}\n      responses: {{}}\n");
    let paths = (0..800).map(path).collect::<Vec<_>>().concat();
    let page = page_of(&format!("openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n{paths}"));
    assert!(page.contains("<section class=\"operation deferred\" id=\"operation/get/p799\""));
    assert!(!page.contains("A long text. A long") && page.len() < 1_000_000, "{}", page.len());
}
