use super::compare::{Difference, documents as compare};
use crate::outcome::CouldNotRun;
use crate::tests::{ROOMS, source};
use crate::{report, rules};

const VENDOR: &str = "\
openapi: 3.0.3
info: { title: Rooms, version: 1.0.0 }
paths:
  /v1/Rooms:
    get:
      operationId: ListRoom
      parameters:
        - { name: Status, in: query, schema: { $ref: '#/components/schemas/room_enum_status' } }
        - { name: Gone, in: query, schema: { type: string } }
      responses:
        '200':
          description: Rooms.
          content:
            application/json:
              schema:
                type: object
                properties:
                  rooms: { type: array, items: { $ref: '#/components/schemas/video.room' } }
  /v1/Others:
    get:
      operationId: ListOther
      responses: { '200': { description: Others. } }
components:
  schemas:
    video.room:
      type: object
      properties:
        sid: { type: string, nullable: true, minLength: 34 }
        old: { type: string }
    room_enum_status: { type: string, enum: [in-progress, completed] }
";

const OURS: &str = "\
openapi: 3.0.3
info: { title: Rooms, version: 1.0.0 }
paths:
  /v1/Rooms:
    get:
      operationId: list_rooms
      parameters:
        - { name: Status, in: query, schema: { $ref: '#/components/schemas/RoomStatus' } }
        - { name: New, in: query, schema: { type: string } }
      responses:
        2XX:
          description: Rooms.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/RoomPage' }
    post:
      operationId: create_room
      responses: { 2XX: { description: A room. } }
components:
  schemas:
    RoomPage:
      type: object
      required: [rooms]
      properties:
        rooms: { type: array, items: { $ref: '#/components/schemas/Room' } }
    Room:
      type: object
      properties:
        sid: { type: string, nullable: false }
        parent: { $ref: '#/components/schemas/Room' }
    RoomStatus: { type: string, enum: [completed, failed] }
";

fn differences(vendor: &str, ours: &str) -> Result<(Vec<Difference>, usize), CouldNotRun> {
    let parse = |text: &str| {
        let source = source(text);
        rules::parse(&source).map_err(|findings| CouldNotRun(report::human(&findings, &source, false)))
    };
    let compared = compare(&parse(vendor)?.root, &parse(ours)?.root);
    Ok((compared.differences, compared.left_out))
}

#[test]
fn a_difference_has_the_fact_of_both_documents() -> Result<(), CouldNotRun> {
    let (differences, left_out) = differences(VENDOR, OURS)?;
    let reported: Vec<String> = differences.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!("differences", reported.join("\n"));
    assert_eq!(left_out, 1);
    Ok(())
}

#[test]
fn a_document_does_not_differ_from_itself() -> Result<(), CouldNotRun> {
    for text in [VENDOR, OURS, ROOMS] {
        assert_eq!(differences(text, text)?, (Vec::new(), 0));
    }
    Ok(())
}
