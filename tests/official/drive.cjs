// Drives every operation below /v1/Rooms against a sandbox, by the vendor's own library for Node.
//
// Usage: drive.cjs URL, with TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN in the environment. It prints what holds, a line
// each, and ends with 1 at the first thing that does not.

const fs = require("node:fs");
const path = require("node:path");
const { inspect, isDeepStrictEqual } = require("node:util");
const twilio = require("twilio");

const SPEC = path.join(__dirname, "../../spec/rooms.yaml");
const NAME = "node-standup";
const [LONG_AGO, FAR_OFF] = [new Date("2020-01-01"), new Date("2100-01-01")];
const ALL = { type: "include", all: true };
const SOUND = { type: "include", kind: "audio" };
const NOTHING = { type: "exclude", all: true };
const DUTCH = { languageCode: "nl-BE", partialResults: true };

const driven = [];

/** Notes what an operation of the spec has done, if it is what it should do. */
function expect(operation, what, found, expected) {
  if (!isDeepStrictEqual(found, expected)) {
    throw new Error(`${operation}: ${what}: ${inspect(found)}, not ${inspect(expected)}`);
  }
  driven.push(operation);
  console.log(`${String(driven.length).padStart(2)} ${operation}: ${what}`);
}

/** Expects an error of this status, with the vendor's own code. */
async function refused(operation, what, call, status, code) {
  const found = await call().catch((error) => [error.status, error.code]);
  expect(operation, what, found, [status, code]);
}

/** Tells people what to do, and gives the SID of what comes of it. */
async function tell(url, what, form) {
  const answer = await fetch(`${url}/sandbox/${what}`, { method: "POST", body: new URLSearchParams(form) });
  const body = await answer.text();
  if (!answer.ok) {
    throw new Error(`${what}: ${answer.status} ${body}`);
  }
  return body ? JSON.parse(body).sid : null;
}

function connect(url, token) {
  const client = twilio(process.env.TWILIO_ACCOUNT_SID, token);
  client.video.baseUrl = url;
  return client.video.v1;
}

const isTime = (value) => value instanceof Date && !Number.isNaN(value.getTime());
/** The rules without what they leave out, which the library sets to `undefined`. */
const plain = ({ rules }) => JSON.parse(JSON.stringify(rules));
const statuses = (items) => [...new Set(items.map((item) => item.status))].sort();

/** Creates a room that is recorded and transcribed, and gives its SID. */
async function driveRooms(video, url) {
  const sids = async (pageSize) => (await video.rooms.list({ status: "completed", pageSize })).map((room) => room.sid);
  const pages = [await sids(7), await sids(1000)];
  expect("list_rooms", "page by page as at once", pages[0], pages[1]);
  const distinct = new Set(pages[0]).size;
  expect("list_rooms", "each room once, on many pages", distinct === pages[0].length && distinct > 14, true);

  const room = await video.rooms.create({
    uniqueName: NAME,
    maxParticipants: 10,
    videoCodecs: ["VP8", "H264"],
    emptyRoomTimeout: 5,
    recordParticipantsOnConnect: true,
    transcribeParticipantsOnConnect: true,
    transcriptionsConfiguration: DUTCH,
  });
  let found = [room.status, room.uniqueName, room.maxParticipants, room.videoCodecs, room.emptyRoomTimeout];
  expect("create_room", "as it is asked for", found, ["in-progress", NAME, 10, ["VP8", "H264"], 5]);
  expect("create_room", "with a time and links", [isTime(room.dateCreated), Object.keys(room.links).length], [true, 4]);
  await refused("create_room", "no other of the name", () => video.rooms.create({ uniqueName: NAME }), 400, 53113);
  const ruled = await video.rooms.create({ uniqueName: `${NAME}-ruled`, recordingRules: [SOUND] });
  expect("create_room", "with rules", plain(await video.rooms(ruled.sid).recordingRules.fetch()), [SOUND]);
  const ended = await video.rooms(`${NAME}-ruled`).update({ status: "completed" });
  expect("update_room", "by its name", ended.sid, ruled.sid);

  expect("fetch_room", "by its SID", (await video.rooms(room.sid).fetch()).uniqueName, NAME);
  expect("fetch_room", "by its name", (await video.rooms(NAME).fetch()).sid, room.sid);
  const stranger = connect(url, "wrong").rooms(room.sid);
  await refused("fetch_room", "not with a wrong token", () => stranger.fetch(), 401, 20003);
  const nowhere = video.rooms(`RM${"0".repeat(32)}`);
  await refused("fetch_room", "none that there is not", () => nowhere.fetch(), 404, 20404);
  const spans = [
    [{ dateCreatedAfter: LONG_AGO, dateCreatedBefore: FAR_OFF }, [room.sid]],
    [{ dateCreatedAfter: FAR_OFF }, []],
    [{ dateCreatedBefore: LONG_AGO }, []],
  ];
  for (const [span, expected] of spans) {
    found = await video.rooms.list({ uniqueName: NAME, ...span });
    expect("list_rooms", `${expected.length} of the name and time`, found.map((it) => it.sid), expected);
  }
  return room.sid;
}

async function driveParticipants(room, alice) {
  let found = (await room.participants.list({ pageSize: 1 })).map((person) => [person.identity, person.status]);
  expect("list_participants", "page by page", found, [["bob", "connected"], ["alice", "connected"]]);
  const cases = [["alice", LONG_AGO, [alice]], ["alice", FAR_OFF, []], ["carol", LONG_AGO, []]];
  for (const [identity, since, expected] of cases) {
    found = await room.participants.list({ status: "connected", identity, dateCreatedAfter: since });
    expect("list_participants", `${identity} since ${since.getUTCFullYear()}`, found.map((it) => it.sid), expected);
  }
  const person = await room.participants("alice").fetch();
  found = [person.sid, person.status, isTime(person.startTime), person.endTime, Object.keys(person.links).length];
  expect("fetch_participant", "by its identity", found, [alice, "connected", true, null, 4]);
  const anonymize = room.participants("alice").anonymize();
  await refused("anonymize_participant", "not while it is connected", () => anonymize.update(), 400, 20001);
}

async function driveTracks(room, alice, tracks) {
  const published = room.participants("alice").publishedTracks;
  const kinds = ["data", "video", "audio"];
  let found = (await published.list({ pageSize: 2 })).map((track) => [track.name, track.kind, track.participantSid]);
  expect("list_published_tracks", "page by page", found, kinds.map((kind) => [kind, kind, alice]));
  const microphone = await room.participants("alice").publishedTracks("audio").fetch();
  expect("fetch_published_track", "by its name", microphone.sid, tracks.audio);

  const bob = room.participants("bob");
  const camera = bob.subscribedTracks(tracks.video);
  found = (await bob.subscribedTracks.list({ pageSize: 2 })).map((track) => [track.name, track.publisherSid]);
  expect("list_subscribed_tracks", "page by page", found, kinds.map((kind) => [kind, alice]));
  expect("fetch_subscribed_track", "by its SID", (await camera.fetch()).kind, "video");
  expect("fetch_subscribe_rules", "all at first", plain(await bob.subscribeRules.fetch()), [ALL]);
  expect("update_subscribe_rules", "only sound", plain(await bob.subscribeRules.update({ rules: [SOUND] })), [SOUND]);
  const names = (await bob.subscribedTracks.list()).map((track) => track.name);
  expect("list_subscribed_tracks", "those of the rules", names, ["audio"]);
  await refused("update_subscribe_rules", "some, not none", () => bob.subscribeRules.update({ rules: [] }), 400, 53215);
  await refused("fetch_subscribed_track", "none by the rules", () => camera.fetch(), 404, 20404);
}

async function driveRecordings(room, alice, tracks) {
  let found = (await room.recordings.list({ pageSize: 2 })).map((it) => [it.trackName, it.status, it.codec]);
  const expected = [["data", "processing", null], ["video", "processing", "VP8"], ["audio", "processing", "opus"]];
  expect("list_recordings", "page by page", found, expected);
  const of = { sourceSid: tracks.audio, dateCreatedAfter: LONG_AGO, dateCreatedBefore: FAR_OFF };
  const sound = await room.recordings.list(of);
  expect("list_recordings", "of a track and time", sound.map((it) => it.trackName), ["audio"]);
  const recording = room.recordings(sound[0].sid);
  const it = await recording.fetch();
  found = [it.groupingSids.participant_sid, it.containerFormat, it.size, Object.keys(it.links)];
  expect("fetch_recording", "while it is made", found, [alice, "mka", 0, ["media"]]);

  const rules = room.recordingRules;
  expect("fetch_recording_rules", "all at first", plain(await rules.fetch()), [ALL]);
  const data = { rules: [{ type: "include", kind: "data" }] };
  await refused("update_recording_rules", "not of data", () => rules.update(data), 400, 53120);
  expect("update_recording_rules", "none", plain(await rules.update({ rules: [NOTHING] })), [NOTHING]);
  const ended = await room.recordings.list({ status: "completed" });
  found = ended.map((it) => [it.trackName, it.duration > 0, it.size > 0]);
  expect("list_recordings", "ended by the rules", found, ["data", "video", "audio"].map((kind) => [kind, true, true]));
  expect("delete_recording", "its media", await recording.remove(), true);
  await refused("delete_recording", "not twice", () => recording.remove(), 404, 20404);
  expect("fetch_recording", "once it is deleted", (await recording.fetch()).status, "deleted");
}

async function driveTranscriptions(room) {
  let found = (await room.transcriptions.list()).map((it) => [it.status, it.configuration]);
  expect("list_transcriptions", "as the room is set up", found, [["started", DUTCH]]);
  const made = await room.transcriptions.create({ configuration: { languageCode: "en-US" } });
  found = [made.status, made.configuration, isTime(made.dateCreated)];
  expect("create_transcription", "in English", found, ["started", { languageCode: "en-US" }, true]);
  const transcription = room.transcriptions(made.ttid);
  expect("fetch_transcription", "by its id", (await transcription.fetch()).ttid, made.ttid);
  let it = await transcription.update({ status: "stopped" });
  expect("update_transcription", "stopped", [it.status, isTime(it.endTime)], ["stopped", true]);
  it = await transcription.update({ status: "started", configuration: DUTCH });
  expect("update_transcription", "in Dutch", [it.status, it.configuration, it.endTime], ["started", DUTCH, null]);
  found = (await room.transcriptions.list({ pageSize: 1 })).map((it) => it.ttid);
  expect("list_transcriptions", "page by page", [found.length, found[0]], [2, made.ttid]);
}

async function driveEnds(room, alice) {
  const gone = await room.participants("alice").update({ status: "disconnected" });
  const found = [gone.sid, gone.status, isTime(gone.endTime), gone.duration >= 0];
  expect("update_participant", "disconnected", found, [alice, "disconnected", true, true]);
  const byName = room.participants("alice");
  await refused("fetch_participant", "not by its identity any more", () => byName.fetch(), 404, 20404);
  const anonymous = await room.participants(alice).anonymize().update();
  expect("anonymize_participant", "once it has left", anonymous.identity, alice);
  const done = await room.update({ status: "completed" });
  expect("update_room", "completed", [done.status, isTime(done.endTime)], ["completed", true]);
  await refused("update_room", "not twice", () => room.update({ status: "completed" }), 400, 53112);
  expect("list_participants", "those who were there", statuses(await room.participants.list()), ["disconnected"]);
  expect("list_recordings", "ended with the room", statuses(await room.recordings.list()), ["completed", "deleted"]);
  expect("list_transcriptions", "stopped with the room", statuses(await room.transcriptions.list()), ["stopped"]);
  const none = { rules: [NOTHING] };
  await refused("update_recording_rules", "not once it is over", () => room.recordingRules.update(none), 400, 53118);
}

async function main() {
  if (process.argv.length !== 3) {
    throw new Error("usage: drive.cjs URL");
  }
  const url = process.argv[2];
  const video = connect(url, process.env.TWILIO_AUTH_TOKEN);
  const room = video.rooms(await driveRooms(video, url));
  const alice = await tell(url, "join", { room: NAME, identity: "alice" });
  await tell(url, "join", { room: NAME, identity: "bob" });
  const tracks = {};
  for (const kind of ["audio", "video", "data"]) {
    tracks[kind] = await tell(url, "publish", { room: NAME, participant: "alice", kind, name: kind });
  }
  await driveParticipants(room, alice);
  await driveTracks(room, alice, tracks);
  await driveRecordings(room, alice, tracks);
  await driveTranscriptions(room);
  await driveEnds(room, alice);

  const found = fs.readFileSync(SPEC, "utf8").matchAll(/^ +operationId: (\w+)$/gm);
  const [operations, checked] = [new Set([...found].map(([, operation]) => operation)), new Set(driven)];
  const others = [...operations, ...checked].filter((it) => !(operations.has(it) && checked.has(it)));
  if (others.length > 0) {
    throw new Error(`other operations than those of the spec are driven: ${inspect(others)}`);
  }
  console.log(`${driven.length} checks of all ${operations.size} operations`);
}

main().catch((error) => {
  const why = error.status ? `${error.status} ${error.code}: ` : "";
  console.error(`after ${driven.length} checks: ${why}${error.message}`);
  process.exitCode = 1;
});
