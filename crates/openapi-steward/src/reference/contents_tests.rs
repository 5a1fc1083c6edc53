//! The contents of a page: nothing of a document is left out, and nothing is there that says nothing.

use super::tests::page_of;

/// The page of a document with these paths and components.
fn page(paths: &str, components: &str) -> String {
    page_of(&format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\npaths:\n{}components:\n{}",
        indented(paths),
        indented(components)
    ))
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect::<Vec<_>>().concat()
}

#[track_caller]
fn assert_shows(page: &str, expected: &[&str]) {
    for expected in expected {
        assert!(page.contains(expected), "{expected} is not in the page");
    }
}

#[test]
fn the_items_of_a_list_show_their_values_and_limits() {
    let page = page(
        "/a: { get: { parameters: [{ name: q, in: query, schema: { type: array, items: { type: string, enum: [x1, x2] } } }], responses: {} } }",
        "schemas:\n  A: { type: object, properties: { p: { type: array, items: { type: string, maxLength: 7, description: One of them } } } }\n  \
         B: { type: object, additionalProperties: { type: string, pattern: ^z } }\n  C: { type: array, items: { type: integer, maximum: 9 } }",
    );
    assert_shows(
        &page,
        &[
            "<samp>x1</samp>",
            "<samp>x2</samp>",
            "at most 7 characters",
            "One of them",
            "<samp>^z</samp>",
            "at most <samp>9</samp>",
        ],
    );
}

#[test]
fn a_property_shows_its_example_and_the_description_of_its_parts() {
    let page = page(
        "/a: { get: { responses: {} } }",
        "schemas:\n  A: { type: object, properties: { p: { type: string, example: for instance }, q: { allOf: [{ $ref: '#/components/schemas/B' }, { description: Of a part }] } } }\n  \
         B: { type: object, properties: { x: { type: string } } }\n  C: { allOf: [{ $ref: '#/components/schemas/B' }, { type: object, description: Of its own part }] }",
    );
    assert_shows(&page, &["<dt>Example</dt><dd><samp>for instance</samp></dd>", "Of a part", "Of its own part"]);
}

#[test]
fn nothing_empty_is_shown() {
    let page = page(
        "/a: { get: { responses: { '200': { description: d, content: { text/html: { schema: { type: string, example: '' } } } } } } }",
        "schemas:\n  A: { type: object, properties: { p: { oneOf: [{ type: string, enum: [first] }, { type: string, enum: [second] }] } } }",
    );
    assert_shows(&page, &["<samp>first</samp> <samp>second</samp>"]);
    assert!(!page.contains("<dd></dd>") && !page.contains("></code>"), "{page}");
}

#[test]
fn schemas_inside_each_other_show_all_levels() {
    let deep = (0..12).fold("{ type: string, description: The deepest }".to_owned(), |inner, level| {
        format!("{{ type: object, properties: {{ p{level}: {inner} }} }}")
    });
    let page = page(
        &format!(
            "/a: {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {deep} }} }} }}, responses: {{}} }} }}"
        ),
        "schemas: {}",
    );
    assert_shows(&page, &["The deepest", "<b>p0</b>", "<b>p11</b>"]);
}

#[test]
fn an_operation_shows_the_texts_of_its_path_and_all_its_examples() {
    let page = page(
        "/a:\n  summary: About `the` path\n  description: All of it\n  post:\n    requestBody:\n      content:\n        application/json:\n          \
         examples: { one: { summary: First one, description: Told, value: { k: v1 } }, two: { value: { k: v2 } } }\n        \
         text/csv: { example: 'a;b' }\n    responses:\n      '200': { description: d, content: { application/json: { example: { r: r1 } }, text/csv: { example: 'c;d' } } }\n      \
         '400': { description: '', content: { application/json: { schema: { type: object, description: Of an error } } } }",
        "schemas: {}",
    );
    let expected = [
        "About <code>the</code> path",
        "All of it",
        "First one",
        "Told",
        "v1",
        "v2",
        "a;b",
        "r1",
        "c;d",
        "text/csv",
        "Bad request",
        "Of an error",
    ];
    assert_shows(&page, &expected);
}

#[test]
fn a_long_description_of_a_response_is_whole() {
    let text = format!("{} the end", "many words ".repeat(60));
    let page = page(&format!("/a: {{ get: {{ responses: {{ '200': {{ description: {text} }} }} }} }}"), "schemas: {}");
    assert_shows(&page, &["the end"]);
}

#[test]
fn a_link_shows_its_operation_its_parameters_and_its_body() {
    let page = page(
        "/a/{b}:\n  get: { summary: Get it, responses: { '200': { description: d, links: { next: { operationRef: '#/paths/~1a~1%7Bb%7D/get', parameters: { b: $response.body#/id }, requestBody: $request.body } } } } }",
        "schemas: {}",
    );
    assert_shows(
        &page,
        &[
            "<a href=\"#operation/get/a/%7Bb%7D\">Get it</a>",
            "<samp>$response.body#/id</samp>",
            "<samp>$request.body</samp>",
        ],
    );
}

#[test]
fn an_empty_part_leaves_no_trace() {
    let page = page_of(
        "openapi: 3.0.3\ninfo: { title: T, version: '1', description: ' ', contact: {}, license: {}, termsOfService: '' }\nservers: []\ntags: []\n\
         paths: { /a: { get: { description: '', parameters: [], responses: { '204': { description: '' }, '299': {} } } } }\n\
         components: { schemas: {}, securitySchemes: { o: { type: oauth2, flows: { implicit: { authorizationUrl: 'https://a', scopes: { read: '', write: May `write` } } } } } }\n",
    );
    for empty in [
        "<dl class=\"facts about\"></dl>",
        "<dd></dd>",
        "<ul></ul>",
        "<span></span>",
        "<p></p>",
        "<ul class=\"props\"></ul>",
        "<div class=\"text\"></div>",
    ] {
        assert!(!page.contains(empty), "{empty}");
    }
    assert_shows(&page, &["No content", "Success", "no description", "May <code>write</code>"]);
}

#[test]
fn the_headings_of_the_description_are_in_the_navigation_and_a_link_to_nowhere_is_text() {
    let page = page_of(
        "openapi: 3.0.3\ninfo:\n  title: T\n  version: '1'\n  description: |\n    # Getting started\n    <b>Bold</b> [there](#operation/get_a) [lost](#section/None) [up](#section/Getting-started)\n\
         paths: { /a: { get: { operationId: get_a, responses: {} } } }\n",
    );
    assert_shows(
        &page,
        &[
            "<h2 id=\"section/Getting-started\">Getting started</h2>",
            "<a href=\"#section/Getting-started\">Getting started</a>",
            "<strong>Bold</strong> <a class=\"in\" href=\"#operation/get_a\">there</a> lost <a class=\"in\" href=\"#section/Getting-started\">up</a>",
        ],
    );
}

#[test]
fn an_id_is_there_once_whatever_the_names_are() {
    let page = page(
        "/a: { get: { tags: [schemas, content], responses: {} } }",
        "schemas:\n  A: { type: object, properties: { b: { type: string } } }\n  A.b: { type: string }\n  \
         C: { allOf: [{ type: object, properties: { d: { type: string }, 'e f': {}, e_f: {} } }, { type: object, properties: { d: { type: string } } }] }",
    );
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let number = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), number);
}

#[test]
fn schemas_that_lead_to_each_other_make_a_small_page() {
    let names: Vec<String> = (0..20).map(|index| format!("N{index}")).collect();
    let refs = |prefix: &str| {
        let property = |name: &String| format!("{name}: {{ $ref: '{prefix}{name}' }}");
        names.iter().map(property).collect::<Vec<_>>().join(", ")
    };
    let schemas = names.iter().map(|name| {
        format!(
            "  {name}: {{ type: object, required: [{}], properties: {{ {} }} }}\n",
            names.join(", "),
            refs("#/components/schemas/")
        )
    });
    let inline = format!(
        "  I: {{ type: object, properties: {{ {} }} }}\n",
        refs("#/components/schemas/I#/components/schemas/").replace("I#/components/schemas/", "N0/properties/")
    );
    let page = page(
        "/a: { get: { responses: { '200': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/N0' } } } } } } }",
        &format!("schemas:\n{}{inline}", schemas.collect::<Vec<_>>().concat()),
    );
    assert!(page.len() < 1_000_000, "{}", page.len());
}
