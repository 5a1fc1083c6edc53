
// The controls.
const controls = {
  "#advance": (form) => act("set-clock", values(form), "The clock is advanced, and stopped there").then((done) => { if (done) form.reset(); }),
  "#latency": (form) => act("set-latency", values(form), `Every response takes ${values(form).milliseconds} ms`),
  "#fault": (form) => {
    const fault = values(form);
    return act("inject-fault", fault, fault.times === "1" ? `The next request gets the fault ${fault.fault}` : `The fault ${fault.fault} waits for requests`);
  },
};
for (const [selector, submit] of Object.entries(controls)) {
  $(selector).addEventListener("submit", (event) => { event.preventDefault(); submit(event.target); });
}
for (const element of $$("[data-advance]")) {
  element.addEventListener("click", () => act("set-clock", { advance: element.dataset.advance }, "The clock is advanced, and stopped there"));
}
$("#clear-faults").addEventListener("click", () => act("clear-faults", {}, "No fault waits any more"));
const showFaultFields = () => {
  const fields = $("#fault-status"), isStatus = $("#fault-name").value === "status";
  fields.hidden = !isStatus;
  for (const input of $$("input", fields)) input.disabled = !isStatus;
};
$("#fault-name").addEventListener("change", showFaultFields);

// The clock, which goes on by itself unless it is stopped.
const showClock = () => {
  const stopped = page.state?.stopped_at, now = stopped ?? new Date().toISOString();
  $("#clock").textContent = utc(now).replace(" UTC", "");
  $("#clock-state").textContent = stopped ? "stopped" : "running";
};
setInterval(showClock, 1000);

const showState = () => {
  const { state } = page;
  showClock();
  if (document.activeElement !== $("#latency-milliseconds")) $("#latency-milliseconds").value = state.latency_ms;
  $("#queued").replaceChildren(...state.faults.map(({ fault, times, on }) => make("li", {}, span("", fault), span("", `${times === null ? "always" : `× ${times}`}${on === "media" ? ", media" : ""}`))),
    ...(state.faults_left_out ? [make("li", { textContent: `and ${state.faults_left_out} more` })] : []));
  $("#clear-faults").hidden = !state.faults.length;
  showStatuses();
  showCounts();
};
const showCounts = () => {
  const counts = { requests: page.entries.requests.size, rooms: page.state?.rooms["in-progress"] ?? 0, callbacks: page.entries.callbacks.size };
  for (const [name, count] of Object.entries(counts)) $(`[data-count="${name}"]`).textContent = count.toLocaleString("en");
};

/** Removes the entries that the sandbox has not kept. */
const trim = () => {
  const { log } = page.state;
  for (const [name, first] of [["requests", log.first_request], ["callbacks", log.first_callback]]) {
    const gone = [...page.entries[name].keys()].filter((id) => id <= log.cleared || (!page.paused && id < (first ?? 0)));
    for (const id of gone) {
      page.entries[name].delete(id);
      if (page.section !== name) continue;
      page.rows.get(id)?.item.remove();
      page.rows.delete(id);
    }
    if (gone.length && page.section === name) {
      applyFilter();
      if (gone.some((id) => String(id) === page.id) && gone.some((id) => id <= log.cleared)) location.hash = `#/${name}`;
    }
  }
};

// What is new is shown with the next frame, however much comes at once.
let isFrameAsked = false;
const flush = () => {
  isFrameAsked = false;
  for (const name of ["requests", "callbacks"]) {
    const held = page.held[name];
    if (page.paused || !held.size) continue;
    page.held[name] = new Map();
    const changed = [...held].sort(([one], [other]) => one - other);
    for (const [id, entry] of changed) page.entries[name].set(id, entry);
    if (page.section === name) update(changed);
    if (page.section === name && held.has(Number(page.id))) showDetail();
  }
  if (page.state) trim();
  showCounts();
  showLive();
};
const askFrame = () => {
  if (isFrameAsked) return;
  isFrameAsked = true;
  // A page in the background has no frames.
  if (document.hidden) setTimeout(flush, 500);
  else requestAnimationFrame(flush);
};

// The live stream.
let connection = "waiting";
const showLive = () => {
  const waiting = page.held.requests.size + page.held.callbacks.size;
  const state = connection === "live" && page.paused ? "paused" : connection;
  const text = { waiting: "Connecting", live: "Live", paused: waiting ? `Paused, ${waiting} new` : "Paused", lost: "Not connected" }[state];
  $("#live").dataset.state = state;
  if ($(".live-text").textContent !== text) $(".live-text").textContent = text;
};
const events = new EventSource("/sandbox/inspector/events");
events.addEventListener("open", () => { connection = "live"; showLive(); });
events.addEventListener("error", () => { connection = "lost"; showLive(); });
events.addEventListener("hello", ({ data }) => {
  const hello = JSON.parse(data), before = page.hello?.instance;
  if (before === hello.instance) return;
  page.hello = hello;
  if (before !== undefined) {
    for (const name of ["requests", "callbacks"]) { page.entries[name].clear(); page.held[name].clear(); }
    location.hash = `#/${page.section}`;
  }
  $("#origin").textContent = hello.url;
  $("#fault-name").replaceChildren(...["status", ...hello.faults].map((name) => make("option", { textContent: name })));
  showFaultFields();
  rebuild();
});
events.addEventListener("state", ({ data }) => {
  const state = JSON.parse(data), isChanged = page.state?.version !== state.version;
  page.state = state;
  showState();
  if (isChanged && page.section === "rooms") {
    refreshRooms();
    if (page.id !== null) showDetail();
  }
  askFrame();
});
for (const name of ["requests", "callbacks"]) {
  events.addEventListener(name, ({ data }) => {
    for (const entry of JSON.parse(data)) page.held[name].set(entry.id, entry);
    askFrame();
  });
}
$("#pause").addEventListener("click", () => {
  page.paused = !page.paused;
  $("#pause").setAttribute("aria-pressed", String(page.paused));
  askFrame();
});
$("#clear").addEventListener("click", () => send("clear").then(() => notify("The log is empty"), (error) => notify(error.message, true)));

showStatuses();
showClock();
route();
if (page.detail === 0) showDetail();
