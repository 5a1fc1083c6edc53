use std::path::Path;

use super::*;
use crate::document::read_yaml;
use crate::reference::model::Model;

const DOCUMENT: &str = "\
openapi: 3.0.3
servers: [{ url: 'https://{region}.example.com/v2/', variables: { region: { default: eu } } }]
security: [{ key: [] }]
paths:
  /rooms/{Sid}:
    post:
      operationId: updateRoom
      parameters:
        - { name: Sid, in: path, required: true, schema: { type: string } }
        - { name: q, in: query, required: true, schema: { type: string }, example: \"it's $x\" }
        - { name: X-Trace, in: header, required: true, schema: { type: integer } }
      requestBody: { content: { application/x-www-form-urlencoded: { schema: { type: object }, example: { Status: 'a b', Codec: [VP8, H264] } } } }
    get: { security: [], parameters: [{ name: Sid, in: path, required: true, example: R1 }] }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
";

fn request(index: usize, test: impl FnOnce(&Request)) {
    let (root, _) = read_yaml(DOCUMENT).unwrap_or_else(|finding| panic!("{finding:?}"));
    let model = Model::of(&root);
    let json = root.to_json();
    let examples = Examples::new(&model, &json, Path::new("."));
    test(&Request::of(&model.operations[index], &examples));
}

#[test]
fn a_request_is_a_command_in_which_the_shell_changes_nothing() {
    request(0, |request| {
        assert_eq!(
            request.to_curl(),
            "curl 'https://eu.example.com/v2/rooms/{Sid}?q=it%27s%20%24x' \\\n  -H \"X-Key: $API_KEY\" \\\n  -H 'X-Trace: 1' \\\n  \
             --data-urlencode 'Status=a b' \\\n  --data-urlencode Codec=VP8 \\\n  --data-urlencode Codec=H264"
        );
    });
    request(1, |request| assert_eq!(request.to_curl(), "curl https://eu.example.com/v2/rooms/R1"));
}

#[test]
fn a_request_is_a_message() {
    request(0, |request| {
        assert_eq!(
            request.to_http(),
            "POST /v2/rooms/{Sid}?q=it%27s%20%24x HTTP/1.1\nHost: eu.example.com\nX-Key: …\nX-Trace: 1\nContent-Type: \
             application/x-www-form-urlencoded\n\nStatus=a%20b&\nCodec=VP8&\nCodec=H264"
        );
    });
}

#[test]
fn a_template_has_the_arguments_of_the_request() {
    let text = "client\n    .{{operation}}(){{#parameters}}\n    .{{rust_name}}({{value}}){{/parameters}}{{#fields}}\n    .{{rust_name}}({{text}}){{/fields}}\n    .send();\n";
    let template = Template::parse(text);
    request(0, |request| {
        let rendered = template.as_ref().ok().and_then(|template| template.render(request)).unwrap_or_default();
        assert!(
            rendered.starts_with("client\n    .update_room()\n    .sid(\"{Sid}\")\n    .q(\"it's $x\")"),
            "{rendered}"
        );
        assert!(rendered.ends_with(".codec(\"H264\")\n    .send();"), "{rendered}");
    });
    for wrong in ["{{operatoin}}", "{{name}}", "{{#fields}}", "a {{/fields}}", "{{#files}}{{/files}}"] {
        assert!(Template::parse(wrong).is_err(), "{wrong}");
    }
}
