
// Rooms, and what happens in them.
const KINDS = { audio: "microphone", video: "camera", data: "messages" };
let roomsAsked = 0;
const refreshRooms = async () => {
  const number = ++roomsAsked, query = new URLSearchParams({ status: page.status, text: page.filters.rooms.trim() });
  try {
    const rooms = await read(`rooms?${query}`);
    if (number !== roomsAsked) return;
    page.rooms = rooms;
    if (page.section === "rooms") rebuild();
  } catch (error) { notify(error.message, true); }
};
const span_ = (seconds) => seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
const roomFlag = (room) => span(`status ${{ "in-progress": "good", failed: "bad" }[room.status] ?? ""}`, room.status);
const withName = (name, text) => `${name.length > 40 ? `${name.slice(0, 40)}…` : name} ${text}`;

const personOf = (room, person) => {
  const isHere = person.status === "connected", actions = [];
  if (isHere) {
    const publish = () => ask(`Publish a track of ${person.identity}`, "Publish", [
      { label: "Kind", name: "kind", options: Object.keys(KINDS) }, { label: "Name", name: "name", value: KINDS.audio, required: true },
    ], async (track) => {
      await send("actions/publish", { room: room.sid, participant: person.sid, ...track });
      notify(withName(person.identity, `publishes ${track.name}`));
    });
    actions.push(button("Publish", "small", `publish-${person.sid}`, publish),
      button("Leave", "small", `leave-${person.sid}`, () => act("leave", { room: room.sid, participant: person.sid }, withName(person.identity, "has left"))));
    for (const element of actions) element.setAttribute("aria-label", line(`${element.textContent}: ${person.identity}`));
  }
  const tracks = person.tracks.map((track) => {
    const remove = make("button", { type: "button", ariaLabel: line(`Unpublish ${track.name}`), title: "Unpublish" });
    remove.append($("#icon-remove").content.cloneNode(true));
    remove.dataset.key = `unpublish-${track.sid}`;
    remove.addEventListener("click", () => act("unpublish", { room: room.sid, participant: person.sid, track: track.sid }, withName(track.name, "is unpublished")));
    return make("li", {}, make("bdi", { className: "track-name", textContent: line(track.name) }), span("kind", track.kind), remove);
  });
  return make("li", { className: `person ${isHere ? "connected" : "gone"}` },
    make("div", { className: "person-line" }, make("span", { className: "person-name" }, span("dot", ""), make("bdi", { textContent: line(person.identity) })),
      span("person-more", isHere ? `since ${utc(person.joined)}` : `left after ${span_(person.duration ?? 0)}`), make("div", { className: "person-actions" }, ...actions)),
    ...(tracks.length ? [make("ul", { className: "tracks", ariaLabel: "Tracks" }, ...tracks)] : []));
};

/** The form stays the same one while a room is shown, so that what is typed in it stays. */
let joinForm = { sid: null, form: null };
const joinFormOf = (room) => {
  if (joinForm.sid !== room.sid) {
    const input = make("input", { name: "identity", required: true, maxLength: 128, placeholder: "Identity", ariaLabel: "Identity of the participant who joins", autocomplete: "off" });
    input.dataset.key = "join-identity";
    const submit = make("button", { className: "button", textContent: "Join" });
    submit.dataset.key = "join";
    const form = make("form", { className: "join" }, input, submit);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { identity } = values(form);
      if (await act("join", { room: room.sid, identity }, withName(identity, "has joined"))) input.value = "";
    });
    joinForm = { sid: room.sid, form };
  }
  return joinForm.form;
};
const notKept = (number, noun) => number ? [make("p", { className: "note", textContent: `${plural(number, `older ${noun}`)} not shown.` })] : [];

VIEWS.rooms = {
  title: "Rooms", noun: "room", choose: "Choose a room", filter: "Find by name, SID or participant",
  entries: () => page.rooms.rooms.map((room) => [room.sid, room]),
  text: () => "",
  refresh: refreshRooms,
  row: (room) => [
    make("span", { className: "row-main" }, make("bdi", { className: `row-name${room.name === room.sid ? " sid" : ""}`, textContent: line(room.name), title: line(room.name) }), ...(room.connected ? [span("flag", plural(room.connected, "participant"))] : [])),
    make("span", { className: "row-more" }, span("", utc(room.created)),
      span("row-note", [room.tracks && plural(room.tracks, "track"), room.recording_count && plural(room.recording_count, "recording"), room.duration !== null && span_(room.duration)].filter(Boolean).join(" · "))),
  ],
  empty: () => [make("h2", { textContent: "No such rooms" }), make("p", { textContent: page.status === "in-progress" ? "Create one, or start the sandbox with --rooms." : "None of the rooms has this status." })],
  leftOut: () => page.rooms.left_out ? `${plural(page.rooms.left_out, "older room")} not shown. The filter finds all of them.` : "",
  detail: async (sid) => {
    const room = await read(`rooms/${encodeURIComponent(sid)}`), isOpen = room.status === "in-progress";
    const complete = button("Complete", "danger", "complete", () => act("complete", { room: room.sid }, withName(room.name, "is completed")));
    return [
      make("div", { className: "detail-head" }, make("h2", {}, make("bdi", { textContent: line(room.name) })), make("div", { className: "detail-actions" }, ...(isOpen ? [complete] : []), roomFlag(room))),
      facts([["SID", make("code", { textContent: room.sid })], ["Created", utc(room.created)], ["Ended", utc(room.ended)], ["Duration", room.duration === null ? "" : span_(room.duration)],
        ["Type", room.type], ["Region", room.media_region], ["Up to", plural(room.max_participants, "participant")], ["Audio only", room.audio_only ? "yes" : ""], ["Records", room.records ? "yes" : ""],
        ["Transcriptions", room.transcription_count ? String(room.transcription_count) : ""], ["Callbacks to", room.status_callback ? make("code", { textContent: line(room.status_callback) }) : ""]]),
      section("Participants", ...(isOpen ? [joinFormOf(room)] : []), ...(room.participants.length ? [make("ul", { className: "people" }, ...room.participants.map((person) => personOf(room, person)))]
        : [make("p", { className: "note", textContent: "Nobody has joined yet." })].slice(isOpen ? 0 : 1)),
        ...(room.participants.length || isOpen ? [] : [make("p", { className: "note", textContent: "Nobody was in the room." })]), ...notKept(room.participants_left_out, "participant")),
      section("Recordings", ...(room.recordings.length ? [make("div", { className: "table", tabIndex: 0, role: "group", ariaLabel: "Recordings" }, make("table", {},
        make("thead", {}, make("tr", {}, ...["Track", "Kind", "Participant", "Status", "Duration", "Size"].map((title) => make("th", { scope: "col", textContent: title })))),
        make("tbody", {}, ...room.recordings.map((it) => make("tr", {}, make("td", {}, make("bdi", { textContent: line(it.track_name) })), ...[it.kind].map((text) => make("td", { textContent: text })),
          make("td", {}, make("bdi", { textContent: line(it.identity) })), ...[it.status, it.status === "processing" ? "" : span_(it.duration), it.size ? bytes(it.size) : ""].map((text) => make("td", { textContent: text })))))))]
        : [make("p", { className: "note", textContent: room.records ? "Nothing was recorded yet." : "The room does not record." })]), ...notKept(room.recordings_left_out, "recording")),
    ];
  },
};

const STATUSES = { "in-progress": "In progress", completed: "Completed", failed: "Failed" };
for (const [status, label] of Object.entries(STATUSES)) {
  const element = make("button", { type: "button", textContent: label });
  element.dataset.status = status;
  element.addEventListener("click", () => { page.status = status; showStatuses(); refreshRooms(); });
  $("#statuses").append(element);
}
const showStatuses = () => {
  for (const element of $$("#statuses button")) {
    const status = element.dataset.status;
    element.setAttribute("aria-pressed", String(status === page.status));
    element.textContent = `${STATUSES[status]} ${(page.state?.rooms[status] ?? 0).toLocaleString("en")}`;
  }
};
$("#new-room").addEventListener("click", () => ask("New room", "Create", [
  { label: "Unique name", name: "UniqueName", placeholder: "The SID, if there is none", maxLength: 128 },
  { label: "Type", name: "Type", options: ["group", "go", "peer-to-peer", "group-small"] },
  { label: "Most participants", name: "MaxParticipants", type: "number", min: 1, max: 50, placeholder: "50" },
  { label: "Status callback", name: "StatusCallback", type: "url", placeholder: "http://127.0.0.1:3000/events" },
  { label: "Record participants", name: "RecordParticipantsOnConnect", type: "checkbox" },
], async (room) => {
  const { sid } = await send("actions/create", room);
  notify(withName(room.UniqueName ?? sid, "is created"));
  page.status = "in-progress";
  location.hash = `#/rooms/${sid}`;
}));
