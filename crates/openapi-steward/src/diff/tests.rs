use super::{
    Change, ChangeSeverity, DocumentVersion, Format, Report, Settings, Surface, Verdict, Version, grouping, verdict,
    wire,
};
use crate::document::{Document, Node, Source, read_yaml};
use crate::outcome::CouldNotRun;
use crate::{cmd, tests};

const SPEC: &str = "\
openapi: 3.0.3
info: { title: Rooms, version: 1.0.0 }
security:
  - basic: []
paths:
  /v1/Rooms:
    get:
      operationId: list_rooms
      description: Lists rooms.
      parameters:
        - name: Status
          in: query
          description: The status.
          schema: { $ref: '#/components/schemas/RoomStatus' }
        - name: PageSize
          in: query
          schema: { type: integer, format: uint32, minimum: 1, maximum: 1000 }
      responses:
        2XX:
          description: The rooms.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/RoomPage' }
    post:
      operationId: create_room
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { $ref: '#/components/schemas/CreateRoomRequest' }
      responses:
        2XX:
          description: The room.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Room' }
components:
  securitySchemes:
    basic: { type: http, scheme: basic }
  schemas:
    CreateRoomRequest:
      type: object
      properties:
        UniqueName: { type: string, maxLength: 128 }
        Type: { type: string, enum: [group, go] }
    RoomPage:
      type: object
      required: [rooms]
      properties:
        rooms:
          type: array
          items: { $ref: '#/components/schemas/Room' }
    Room:
      type: object
      required: [sid]
      properties:
        sid: { type: string, description: The SID. }
        duration: { type: integer, format: seconds, nullable: true }
        status:
          allOf: [{ $ref: '#/components/schemas/RoomStatus' }]
    RoomStatus:
      type: string
      enum: [in-progress, completed]
";

/// A version of the document, with the public items of the crate that is generated from it.
fn version(text: &str) -> Result<DocumentVersion, CouldNotRun> {
    let project = tests::project()?;
    let packages = project.packages()?;
    let read = cmd::document_version(&tests::source(text), &project.config, cmd::Generated::of(&packages)?.as_ref())?;
    read.refusal.map_or(Ok(read.version), |refusal| Err(CouldNotRun(refusal)))
}

/// The changes between two versions, with the formats of this workspace.
fn changes(old: &DocumentVersion, new: &DocumentVersion) -> Vec<Change> {
    super::changes(old, new, Settings { formats: &tests::formats(), today: TODAY })
}

/// The changes of requests and responses.
fn wire_changes(old: &Node, new: &Node) -> Vec<Change> {
    let changes = wire::changes(old, new, Settings { formats: &tests::formats(), today: TODAY });
    grouping::group(changes, old, new)
}

/// A version of a document that nothing is generated from.
fn unchecked(root: &Node) -> DocumentVersion {
    DocumentVersion { document: Document { root: root.clone() }, items: None }
}

/// The date of the comparisons.
const TODAY: &str = "2030-06-15";

/// Reads a document without checking it.
fn parse(text: &str) -> Result<Node, CouldNotRun> {
    let (root, _) = read_yaml(text).map_err(|finding| CouldNotRun(finding.message))?;
    Ok(root)
}

/// Returns the report on these edits of the spec, each of which has to change something.
fn report_on(edits: &[(&str, &str)]) -> Result<String, CouldNotRun> {
    let mut text = SPEC.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "{from:?} is not in the spec");
        text = text.replace(from, to);
    }
    let changes = changes(&version(SPEC)?, &version(&text)?);
    let (old, new) = (Source::new("old.yaml", SPEC), Source::new("new.yaml", text));
    let report = Report { old: &old, new: &new, changes: &changes, versions: &[] };
    Ok(report.render(Format::Human))
}

/// Returns the report on each edit alone.
fn report_on_each(edits: &[(&str, &str)]) -> Result<String, CouldNotRun> {
    let reports: Result<Vec<String>, CouldNotRun> = edits
        .iter()
        .map(|(from, to)| Ok(format!("{} => {}\n{}", from.trim(), to.trim(), report_on(&[(from, to)])?)))
        .collect();
    Ok(reports?.join("\n\n"))
}

#[test]
fn removing_something_breaks_its_users() -> Result<(), CouldNotRun> {
    let edits = [
        ("        duration: { type: integer, format: seconds, nullable: true }\n", ""),
        ("        Type: { type: string, enum: [group, go] }\n", ""),
        ("enum: [group, go]", "enum: [group]"),
        ("  /v1/Rooms:\n", "  /v2/Rooms:\n"),
        ("name: PageSize", "name: Size"),
    ];
    insta::assert_snapshot!("removals", report_on_each(&edits)?);
    Ok(())
}

#[test]
fn narrower_requests_and_wider_responses_break() -> Result<(), CouldNotRun> {
    let edits = [
        ("maximum: 1000", "maximum: 500"),
        ("maximum: 1000", "maximum: 2000"),
        ("maxLength: 128", "maxLength: 128, minLength: 1"),
        ("enum: [in-progress, completed]", "enum: [in-progress, completed, failed]"),
        ("sid: { type: string,", "sid: { type: string, nullable: true,"),
        ("format: seconds, nullable: true", "format: seconds"),
        ("required: [sid]", "required: [sid, status]"),
        ("required: [sid]\n", "x-none: true\n"),
        (
            "      type: object\n      properties:\n        UniqueName",
            "      type: object\n      required: [UniqueName]\n      properties:\n        UniqueName",
        ),
        ("        sid: {", "        label: { type: string }\n        sid: {"),
    ];
    insta::assert_snapshot!("requests_and_responses", report_on_each(&edits)?);
    Ok(())
}

#[test]
fn changes_of_types_documentation_and_security_have_their_own_weights() -> Result<(), CouldNotRun> {
    let edits = [
        ("format: seconds", "format: minutes"),
        ("description: The SID.", "description: The identifier."),
        ("  - basic: []\n", "  []\n"),
        ("      operationId: list_rooms\n", "      operationId: list_rooms\n      security: []\n"),
        ("  /v1/Rooms:\n    get:\n", "  /v1/Rooms:\n    get:\n      security: [{}]\n"),
        ("operationId: list_rooms", "operationId: read_rooms"),
    ];
    insta::assert_snapshot!("types_documentation_and_security", report_on_each(&edits)?);
    Ok(())
}

#[test]
fn renaming_a_schema_breaks_the_rust_api_only() -> Result<(), CouldNotRun> {
    let report = report_on(&[("RoomPage", "Rooms")])?;
    assert!(!report.contains("wire") && report.contains("breaking  rust   types::RoomPage was removed"), "{report}");
    Ok(())
}

#[test]
fn order_comments_and_notation_are_no_changes() -> Result<(), CouldNotRun> {
    let (sid, duration) = (
        "        sid: { type: string, description: The SID. }\n",
        "        duration: { type: integer, format: seconds, nullable: true }\n",
    );
    let harmless = [
        (format!("{sid}{duration}"), format!("{duration}{sid}")),
        ("paths:\n".to_owned(), "# A comment.\npaths:\n".to_owned()),
        ("enum: [in-progress, completed]".to_owned(), "enum: [completed, in-progress]".to_owned()),
        ("required: [sid]\n".to_owned(), "required:\n        - sid\n".to_owned()),
        (
            "allOf: [{ $ref: '#/components/schemas/RoomStatus' }]".to_owned(),
            "$ref: '#/components/schemas/RoomStatus'".to_owned(),
        ),
    ];
    for (from, to) in harmless {
        assert_eq!(report_on(&[(&from, &to)])?, "", "{from}");
    }
    Ok(())
}

#[test]
fn every_format_reports_the_same_changes() -> Result<(), CouldNotRun> {
    let text = SPEC
        .replace("maximum: 1000", "maximum: 500")
        .replace("        sid: {", "        label: { type: string }\n        sid: {");
    let changes = changes(&version(SPEC)?, &version(&text)?);
    let severity = cmd::heaviest(&changes, false, &["Room".to_owned()]).unwrap_or(ChangeSeverity::Documentation);
    let [old, current] = ["0.1.0", "0.1.1"].map(Version::parse);
    let verdicts = [("rooms-api", ChangeSeverity::Breaking), ("rooms", severity)];
    let verdicts = verdicts.map(|(name, severity)| verdict(&Verdict { name, severity, old, current }));
    assert!(verdicts.iter().any(|(_, announced)| !announced));
    let versions = verdicts.map(|(line, _)| line);
    let (before, after) = (Source::new("old.yaml", SPEC), Source::new("new.yaml", text));
    let report = Report { old: &before, new: &after, changes: &changes, versions: &versions };
    for (name, format) in
        [("human", Format::Human), ("markdown", Format::Markdown), ("json", Format::Json), ("github", Format::Github)]
    {
        insta::assert_snapshot!(format!("a_report_for_{name}"), report.render(format));
    }
    Ok(())
}

#[test]
fn only_a_breaking_change_needs_its_version() {
    let announced = |severity, current| {
        let (old, current) = (Version::parse("0.1.0"), Version::parse(current));
        verdict(&Verdict { name: "rooms", severity, old, current }).1
    };
    assert!(!announced(ChangeSeverity::Breaking, "0.1.9"));
    assert!(announced(ChangeSeverity::Breaking, "0.2.0"));
    assert!(announced(ChangeSeverity::Additive, "0.1.0"));
}

#[test]
fn a_change_of_a_type_concerns_the_crates_that_reexport_it() {
    let change =
        |surface, item: &str| vec![Change::new(surface, ChangeSeverity::Breaking, "rust-item-removed", item, "x")];
    let heaviest = |changes: &[Change]| cmd::heaviest(changes, false, &["Room".to_owned()]);
    assert_eq!(heaviest(&change(Surface::Rust, "types::Room.x")), Some(ChangeSeverity::Breaking));
    assert_eq!(heaviest(&change(Surface::Rust, "types::Other.x")), None);
    assert_eq!(heaviest(&change(Surface::Wire, "GET /")), Some(ChangeSeverity::Breaking));
}

#[test]
fn renaming_a_path_parameter_is_no_change_on_the_wire() -> Result<(), CouldNotRun> {
    let path = |name: &str| {
        let parameter =
            format!("      parameters: [{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}]\n");
        let get = format!(
            "  /v1/Rooms/{{{name}}}:\n    get:\n      operationId: fetch_room\n{parameter}      responses: {{ 2XX: {{ description: A room. }} }}\n"
        );
        SPEC.replace("components:\n", &format!("{get}components:\n"))
    };
    let changes = changes(&version(&path("Sid"))?, &version(&path("Name"))?);
    assert!(!changes.is_empty() && changes.iter().all(|change| change.surface == Surface::Rust), "{changes:?}");
    Ok(())
}

mod defaults;
mod documents;
mod edit_lists;
mod edits;
mod harmless;
mod lost;
mod media_types;
mod notation;
mod pairs;
mod schemas;
mod turned;
mod versions;
