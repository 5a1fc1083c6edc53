// Drives every operation of the sandbox with the vendor's Node library, and makes the access tokens of the client again.
//
// Usage: drive.cjs URL, with TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment. It prints a line for
// each check that passes, and exits with 1 at the first one that fails.

const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const { inspect, isDeepStrictEqual } = require("node:util");
const twilio = require("twilio");

const SPEC = path.join(__dirname, "../../spec/rooms.yaml");
const NAME = "node-standup";
const [PAST, FUTURE] = [new Date("2020-01-01"), new Date("2100-01-01")];
const INCLUDE_ALL = { type: "include", all: true };
const INCLUDE_AUDIO = { type: "include", kind: "audio" };
const EXCLUDE_ALL = { type: "exclude", all: true };
const DUTCH = { languageCode: "nl-BE", partialResults: true };

const checks = [];

/** Records a check of an operation of the spec, or throws if it fails. */
function check(operation, description, actual, expected) {
  if (!isDeepStrictEqual(actual, expected)) {
    throw new Error(`${operation}: ${description}: ${inspect(actual)}, not ${inspect(expected)}`);
  }
  checks.push(operation);
  console.log(`${String(checks.length).padStart(2)} ${operation}: ${description}`);
}

/** Checks that a call fails with this status and error code. */
async function checkError(operation, description, call, status, code) {
  const actual = await call().catch((error) => [error.status, error.code]);
  check(operation, description, actual, [status, code]);
}

/** Runs an action of a scripted participant, and returns the SID of what it creates. */
async function script(url, action, form) {
  const response = await fetch(`${url}/sandbox/${action}`, { method: "POST", body: new URLSearchParams(form) });
  const body = await response.text();
  if (!response.ok) {
    throw new Error(`${action}: ${response.status} ${body}`);
  }
  return body ? JSON.parse(body).sid : null;
}

function connect(url, token) {
  const client = twilio(process.env.TWILIO_ACCOUNT_SID, token);
  client.video.baseUrl = url;
  return client.video.v1;
}

const isTime = (value) => value instanceof Date && !Number.isNaN(value.getTime());
/** The rules without absent fields, which the library sets to `undefined`. */
const plain = ({ rules }) => JSON.parse(JSON.stringify(rules));
const statuses = (items) => [...new Set(items.map((item) => item.status))].sort();

/** Creates a room that is recorded and transcribed, and returns its SID. */
async function driveRooms(video, url) {
  const sids = async (pageSize) => (await video.rooms.list({ status: "completed", pageSize })).map((room) => room.sid);
  const pages = [await sids(7), await sids(1000)];
  check("list_rooms", "small pages and one large page list the same rooms", pages[0], pages[1]);
  const distinct = new Set(pages[0]).size;
  check("list_rooms", "lists each room once", distinct === pages[0].length && distinct > 14, true);

  const room = await video.rooms.create({
    uniqueName: NAME,
    maxParticipants: 10,
    videoCodecs: ["VP8", "H264"],
    emptyRoomTimeout: 5,
    recordParticipantsOnConnect: true,
    transcribeParticipantsOnConnect: true,
    transcriptionsConfiguration: DUTCH,
  });
  let actual = [room.status, room.uniqueName, room.maxParticipants, room.videoCodecs, room.emptyRoomTimeout];
  check("create_room", "has the requested settings", actual, ["in-progress", NAME, 10, ["VP8", "H264"], 5]);
  check(
    "create_room",
    "has a creation time and links",
    [isTime(room.dateCreated), Object.keys(room.links).length],
    [true, 4],
  );
  await checkError(
    "create_room",
    "refuses a name that is taken",
    () => video.rooms.create({ uniqueName: NAME }),
    400,
    53113,
  );
  const ruled = await video.rooms.create({ uniqueName: `${NAME}-ruled`, recordingRules: [INCLUDE_AUDIO] });
  check("create_room", "sets the recording rules", plain(await video.rooms(ruled.sid).recordingRules.fetch()), [
    INCLUDE_AUDIO,
  ]);
  const ended = await video.rooms(`${NAME}-ruled`).update({ status: "completed" });
  check("update_room", "by name", ended.sid, ruled.sid);

  check("fetch_room", "by SID", (await video.rooms(room.sid).fetch()).uniqueName, NAME);
  check("fetch_room", "by name", (await video.rooms(NAME).fetch()).sid, room.sid);
  const unauthorized = connect(url, "wrong").rooms(room.sid);
  await checkError("fetch_room", "refuses a wrong auth token", () => unauthorized.fetch(), 401, 20003);
  const unknown = video.rooms(`RM${"0".repeat(32)}`);
  await checkError("fetch_room", "unknown room", () => unknown.fetch(), 404, 20404);
  const ranges = [
    [{ dateCreatedAfter: PAST, dateCreatedBefore: FUTURE }, [room.sid]],
    [{ dateCreatedAfter: FUTURE }, []],
    [{ dateCreatedBefore: PAST }, []],
  ];
  for (const [range, expected] of ranges) {
    actual = await video.rooms.list({ uniqueName: NAME, ...range });
    check(
      "list_rooms",
      `${expected.length} with the name in the time range`,
      actual.map((it) => it.sid),
      expected,
    );
  }
  return room.sid;
}

async function driveParticipants(room, alice) {
  let actual = (await room.participants.list({ pageSize: 1 })).map((person) => [person.identity, person.status]);
  check("list_participants", "on several pages", actual, [
    ["bob", "connected"],
    ["alice", "connected"],
  ]);
  const cases = [
    ["alice", PAST, [alice]],
    ["alice", FUTURE, []],
    ["carol", PAST, []],
  ];
  for (const [identity, since, expected] of cases) {
    actual = await room.participants.list({ status: "connected", identity, dateCreatedAfter: since });
    check(
      "list_participants",
      `${identity} since ${since.getUTCFullYear()}`,
      actual.map((it) => it.sid),
      expected,
    );
  }
  const person = await room.participants("alice").fetch();
  actual = [person.sid, person.status, isTime(person.startTime), person.endTime, Object.keys(person.links).length];
  check("fetch_participant", "by identity", actual, [alice, "connected", true, null, 4]);
  const anonymize = room.participants("alice").anonymize();
  await checkError("anonymize_participant", "refuses a connected participant", () => anonymize.update(), 400, 20001);
}

async function driveTracks(room, alice, tracks) {
  const published = room.participants("alice").publishedTracks;
  const kinds = ["data", "video", "audio"];
  let actual = (await published.list({ pageSize: 2 })).map((track) => [track.name, track.kind, track.participantSid]);
  check(
    "list_published_tracks",
    "on several pages",
    actual,
    kinds.map((kind) => [kind, kind, alice]),
  );
  const microphone = await room.participants("alice").publishedTracks("audio").fetch();
  check("fetch_published_track", "by name", microphone.sid, tracks.audio);

  const bob = room.participants("bob");
  const camera = bob.subscribedTracks(tracks.video);
  actual = (await bob.subscribedTracks.list({ pageSize: 2 })).map((track) => [track.name, track.publisherSid]);
  check(
    "list_subscribed_tracks",
    "on several pages",
    actual,
    kinds.map((kind) => [kind, alice]),
  );
  check("fetch_subscribed_track", "by SID", (await camera.fetch()).kind, "video");
  check("fetch_subscribe_rules", "includes all by default", plain(await bob.subscribeRules.fetch()), [INCLUDE_ALL]);
  check(
    "update_subscribe_rules",
    "includes audio only",
    plain(await bob.subscribeRules.update({ rules: [INCLUDE_AUDIO] })),
    [INCLUDE_AUDIO],
  );
  const names = (await bob.subscribedTracks.list()).map((track) => track.name);
  check("list_subscribed_tracks", "follows the subscribe rules", names, ["audio"]);
  await checkError(
    "update_subscribe_rules",
    "refuses an empty list",
    () => bob.subscribeRules.update({ rules: [] }),
    400,
    53215,
  );
  await checkError("fetch_subscribed_track", "excluded by the subscribe rules", () => camera.fetch(), 404, 20404);
}

async function driveRecordings(client, room, alice, tracks) {
  let actual = (await room.recordings.list({ pageSize: 2 })).map((it) => [it.trackName, it.status, it.codec]);
  const expected = [
    ["data", "processing", null],
    ["video", "processing", "VP8"],
    ["audio", "processing", "opus"],
  ];
  check("list_recordings", "on several pages", actual, expected);
  const filter = { sourceSid: tracks.audio, dateCreatedAfter: PAST, dateCreatedBefore: FUTURE };
  const sound = await room.recordings.list(filter);
  check(
    "list_recordings",
    "filtered by track and time",
    sound.map((it) => it.trackName),
    ["audio"],
  );
  const recording = room.recordings(sound[0].sid);
  const it = await recording.fetch();
  actual = [it.groupingSids.participant_sid, it.containerFormat, it.size, Object.keys(it.links)];
  check("fetch_recording", "while it is being recorded", actual, [alice, "mka", 0, ["media"]]);

  const rules = room.recordingRules;
  check("fetch_recording_rules", "includes all by default", plain(await rules.fetch()), [INCLUDE_ALL]);
  const data = { rules: [{ type: "include", kind: "data" }] };
  await checkError("update_recording_rules", "refuses rules for data tracks", () => rules.update(data), 400, 53120);
  check("update_recording_rules", "excludes all", plain(await rules.update({ rules: [EXCLUDE_ALL] })), [EXCLUDE_ALL]);
  const ended = await room.recordings.list({ status: "completed" });
  actual = ended.map((it) => [it.trackName, it.duration > 0, it.size > 0]);
  check(
    "list_recordings",
    "ended by the recording rules",
    actual,
    ["data", "video", "audio"].map((kind) => [kind, true, true]),
  );
  // The library has no method for media, but sends the request.
  const response = await client.request({ method: "get", uri: (await recording.fetch()).links.media });
  const { location } = response.headers;
  actual = [response.statusCode, response.body.redirect_to === location, location.split(":")[0]];
  check("fetch_recording_media", "redirects to the storage", actual, [302, true, "http"]);
  check("delete_recording", "deletes the media", await recording.remove(), true);
  await checkError("delete_recording", "refuses a second time", () => recording.remove(), 404, 20404);
  check("fetch_recording", "after the deletion", (await recording.fetch()).status, "deleted");
}

async function driveTranscriptions(room) {
  let actual = (await room.transcriptions.list()).map((it) => [it.status, it.configuration]);
  check("list_transcriptions", "started by the settings of the room", actual, [["started", DUTCH]]);
  const made = await room.transcriptions.create({ configuration: { languageCode: "en-US" } });
  actual = [made.status, made.configuration, isTime(made.dateCreated)];
  check("create_transcription", "with a configuration", actual, ["started", { languageCode: "en-US" }, true]);
  const transcription = room.transcriptions(made.ttid);
  check("fetch_transcription", "by identifier", (await transcription.fetch()).ttid, made.ttid);
  let it = await transcription.update({ status: "stopped" });
  check("update_transcription", "stopped", [it.status, isTime(it.endTime)], ["stopped", true]);
  it = await transcription.update({ status: "started", configuration: DUTCH });
  check(
    "update_transcription",
    "started again with another configuration",
    [it.status, it.configuration, it.endTime],
    ["started", DUTCH, null],
  );
  actual = (await room.transcriptions.list({ pageSize: 1 })).map((it) => it.ttid);
  check("list_transcriptions", "on several pages", [actual.length, actual[0]], [2, made.ttid]);
}

async function driveEnds(room, alice) {
  const gone = await room.participants("alice").update({ status: "disconnected" });
  const actual = [gone.sid, gone.status, isTime(gone.endTime), gone.duration >= 0];
  check("update_participant", "disconnected", actual, [alice, "disconnected", true, true]);
  const byName = room.participants("alice");
  await checkError("fetch_participant", "no longer by identity", () => byName.fetch(), 404, 20404);
  const anonymous = await room.participants(alice).anonymize().update();
  check("anonymize_participant", "after it has left", anonymous.identity, alice);
  const done = await room.update({ status: "completed" });
  check("update_room", "completed", [done.status, isTime(done.endTime)], ["completed", true]);
  await checkError("update_room", "refuses a second time", () => room.update({ status: "completed" }), 400, 53112);
  check("list_participants", "disconnected with the room", statuses(await room.participants.list()), ["disconnected"]);
  check("list_recordings", "ended with the room", statuses(await room.recordings.list()), ["completed", "deleted"]);
  check("list_transcriptions", "stopped with the room", statuses(await room.transcriptions.list()), ["stopped"]);
  const excludeAll = { rules: [EXCLUDE_ALL] };
  await checkError(
    "update_recording_rules",
    "refuses a completed room",
    () => room.recordingRules.update(excludeAll),
    400,
    53118,
  );
}

/** Receives the callbacks of a room, and validates them with the library's own validator. */
async function driveCallbacks(video, url) {
  const received = [];
  const events = ["room-created", "participant-connected", "participant-disconnected", "room-ended"];
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      const form = Object.fromEntries(new URLSearchParams(body));
      const validate = (form) =>
        twilio.validateRequest(
          process.env.TWILIO_AUTH_TOKEN,
          request.headers["x-twilio-signature"],
          `http://${request.headers.host}${request.url}`,
          form,
        );
      response.writeHead(204).end();
      const valid = [validate(form), validate({ ...form, RoomName: "x" })];
      received.push([form.StatusCallbackEvent, Number(form.SequenceNumber), ...valid]);
      if (received.length === events.length) {
        finish();
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const statusCallback = `http://127.0.0.1:${server.address().port}/hooks?a=b`;
  const room = await video.rooms.create({ uniqueName: "node-hooks", statusCallback });
  await script(url, "join", { room: "node-hooks", identity: "Zo\u00eb & Bob" });
  await video.rooms(room.sid).update({ status: "completed" });
  await finished;
  server.close();
  const expected = events.map((event, number) => [event, number, true, false]);
  check("receive_callback", "has a valid signature", received, expected);
}

/** Makes the access tokens of the client again, which are the same to the last byte. */
function driveTokens() {
  const { AccessToken } = twilio.jwt;
  const now = Date.now;
  for (const line of process.env.TOKENS.split("\n")) {
    const { account_sid, api_key, secret, issued, identity, room, ttl, nbf, region, token } = JSON.parse(line);
    Date.now = () => issued * 1000 + 900;
    const options = { identity, ttl: ttl ?? 3600, nbf: nbf ?? undefined, region: region ?? undefined };
    const made = new AccessToken(account_sid, api_key, secret, options);
    made.addGrant(new AccessToken.VideoGrant({ room: room ?? undefined }));
    const jwt = made.toJwt();
    Date.now = now;
    check("tokens", `of ${inspect(identity)} are the same to the last byte`, token, jwt);
  }
}

async function main() {
  if (process.argv.length !== 3) {
    throw new Error("usage: drive.cjs URL");
  }
  const url = process.argv[2];
  const video = connect(url, process.env.TWILIO_AUTH_TOKEN);
  const room = video.rooms(await driveRooms(video, url));
  const alice = await script(url, "join", { room: NAME, identity: "alice" });
  await script(url, "join", { room: NAME, identity: "bob" });
  const tracks = {};
  for (const kind of ["audio", "video", "data"]) {
    tracks[kind] = await script(url, "publish", { room: NAME, participant: "alice", kind, name: kind });
  }
  await driveParticipants(room, alice);
  await driveTracks(room, alice, tracks);
  await driveRecordings(video._domain.twilio, room, alice, tracks);
  await driveTranscriptions(room);
  await driveEnds(room, alice);
  await driveCallbacks(video, url);
  driveTokens();

  const actual = fs.readFileSync(SPEC, "utf8").matchAll(/^ +operationId: (\w+)$/gm);
  const [operations, checked] = [new Set([...actual].map(([, operation]) => operation)), new Set(checks.filter((it) => it !== "tokens"))];
  const difference = [...operations, ...checked].filter((it) => !(operations.has(it) && checked.has(it)));
  if (difference.length > 0) {
    throw new Error(`the operations of the spec and those driven differ: ${inspect(difference)}`);
  }
  console.log(`${checks.length} checks of all ${operations.size} operations`);
}

main().catch((error) => {
  const why = error.status ? `${error.status} ${error.code}: ` : "";
  console.error(`after ${checks.length} checks: ${why}${error.message}`);
  process.exitCode = 1;
});
