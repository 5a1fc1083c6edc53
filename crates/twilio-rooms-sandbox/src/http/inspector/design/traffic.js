
// Requests and callbacks.
const statusTone = (status) => status >= 500 ? "bad" : status >= 400 ? "attention" : status >= 300 ? "moved" : "good";
const statusOf = (entry) => entry.status !== null ? span(`status ${statusTone(entry.status)}`, String(entry.status))
  : span(`status${entry.is_abandoned || entry.error ? " bad" : ""}`, entry.is_abandoned ? "gone" : entry.error ? "failed" : "…");
const methodOf = (method) => span(`method ${/^[A-Z]+$/.test(method) ? method.toLowerCase() : ""}`, line(method));
const facts = (pairs) => make("dl", { className: "facts" }, ...pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined).map(([name, value]) =>
  make("div", {}, make("dt", { textContent: name }), make("dd", {}, value instanceof Node ? value : line(value)))));
const section = (title, ...children) => make("section", { className: "detail-section" }, make("h3", { textContent: title }), ...children);
const code = (text, lang, className = "") => {
  const inner = make("code", { textContent: lines(text) });
  if (lang) inner.dataset.lang = lang;
  return make("div", { className: "code-box" }, make("pre", { className }, inner));
};
const table = (pairs, label) => make("div", { className: "table pairs", tabIndex: 0, role: "group", ariaLabel: label }, make("table", {}, make("tbody", {}, ...pairs.map(([name, value]) =>
  make("tr", {}, make("th", { scope: "row", textContent: line(name) }), make("td", { textContent: line(value) }))))));
const headers = ({ pairs, left_out }) => make("details", { className: "headers" },
  make("summary", { textContent: plural(pairs.length + left_out, "header") }),
  table(pairs, "Headers"), ...(left_out ? [make("p", { className: "note", textContent: `${plural(left_out, "header")} are not kept.` })] : []));
const ENDS = {
  request: { flowing: "The body has not ended yet.", unread: "The sandbox has not read the body.", "cut-short": "The body broke off." },
  response: { flowing: "The body has not ended yet.", unread: "No body was sent.", "cut-short": "The body did not end: it broke off, or the client has gone." },
};
const body = (part, side, type = "") => {
  const notes = [], shown = [], note = (text, tone = "") => notes.push(make("p", { className: `note ${tone}`, textContent: text }));
  if (part.end !== "complete") note(ENDS[side][part.end], part.end === "cut-short" ? "bad" : "");
  if (part.size > 0 && part.text === null) note(`${bytes(part.size)} that are not text.`);
  if (part.text !== null && part.kept < part.size) note(`The first ${bytes(part.kept)} of ${bytes(part.size)} are kept.`, "attention");
  if (!part.is_utf8) note("Some bytes are not UTF-8. They are shown as \ufffd.", "attention");
  if (part.size === 0 && part.end === "complete") note("No body.");
  if (part.text && type.startsWith("application/x-www-form-urlencoded")) shown.push(table([...new URLSearchParams(part.text)], "Form"));
  else if (part.text) {
    let text = part.text, lang = "";
    if (part.kept === part.size) try { text = JSON.stringify(JSON.parse(text), null, 2); lang = "json"; } catch { /* Not JSON. */ }
    shown.push(code(text, lang, lang ? "" : "wrap"));
  }
  return [...notes, ...shown];
};
const header = ({ pairs }, name) => pairs.find(([known]) => known === name)?.[1] ?? "";

const VIEWS = {
  requests: {
    title: "Requests", noun: "request", choose: "Choose a request", filter: "Filter, such as post 404 Rooms",
    entries: () => [...page.entries.requests].reverse(),
    text: (entry) => [entry.method, entry.target, entry.status ?? "", entry.fault ?? "", entry.error?.join(" ") ?? ""].join(" "),
    row: (entry) => [
      make("span", { className: "row-main" }, methodOf(entry.method), make("bdi", { className: "row-path", textContent: line(entry.target), title: line(entry.target) }), statusOf(entry)),
      make("span", { className: "row-more" }, span("", clockTime(entry.received)), span("", took(entry.took_ms)),
        make("bdi", { className: `row-note${entry.is_cut_short ? " bad" : ""}`, textContent: entry.is_cut_short ? "broke off" : line(entry.error?.[1]) }), ...(entry.fault ? [span("fault", line(entry.fault))] : [])),
    ],
    empty: () => {
      const command = page.hello ? `curl -u "$TWILIO_API_KEY:$TWILIO_API_SECRET" \\\n  ${page.hello.url}/v1/Rooms` : "";
      return page.hello ? [make("h2", { textContent: "No requests yet" }), make("p", { textContent: "They are shown here as they come. Try one:" }), code(command, "sh", "wrap")] : [];
    },
    leftOut: () => page.state?.log.dropped_requests ? `${plural(page.state.log.dropped_requests, "older request")} not kept.` : "",
    detail: async (id) => {
      const it = await read(`requests/${encodeURIComponent(id)}`);
      const error = it.error ? `${it.error[0]} ${it.error[1]}` : it.is_abandoned ? "The client has gone before the response began." : "";
      return [
        make("div", { className: "detail-head" }, make("h2", { className: "mono" }, methodOf(it.method), make("bdi", { textContent: line(it.target) })), statusOf(it)),
        facts([["Received", clockTime(it.received)], ["Took", took(it.took_ms)], ["Response", it.response_body.end === "flowing" ? "" : bytes(it.response_body.size)],
          ["Fault", it.fault ? span("fault", line(it.fault)) : ""], ["Error", error]]),
        section("As curl", code(it.curl, "sh", "wrap")),
        section("Request", ...body(it.request_body, "request", header(it.request_headers, "content-type")), headers(it.request_headers)),
        ...(it.status === null ? [] : [section("Response", ...body(it.response_body, "response", header(it.response_headers, "content-type")), headers(it.response_headers))]),
      ];
    },
  },
  callbacks: {
    title: "Callbacks", noun: "callback", choose: "Choose a callback", filter: "Filter, such as room-ended 500",
    entries: () => [...page.entries.callbacks].reverse(),
    text: (entry) => [entry.event, entry.room_name, entry.room_sid, entry.url, entry.status ?? "", entry.error ?? ""].join(" "),
    row: (entry) => [
      make("span", { className: "row-main" }, make("bdi", { className: "row-name", textContent: line(entry.event) }), statusOf(entry)),
      make("span", { className: "row-more" }, span("", clockTime(entry.sent)), span("", took(entry.took_ms)),
        make("bdi", { className: "row-note", textContent: line(entry.error ?? entry.room_name) })),
    ],
    empty: () => [make("h2", { textContent: "No callbacks yet" }), make("p", { textContent: "A room that has a StatusCallback reports its events there, and they are shown here with what was answered." })],
    leftOut: () => page.state?.log.dropped_callbacks ? `${plural(page.state.log.dropped_callbacks, "older callback")} not kept.` : "",
    detail: async (id) => {
      const it = await read(`callbacks/${encodeURIComponent(id)}`), room = it.form.find(([name]) => name === "RoomSid")?.[1] ?? "";
      const name = it.form.find(([known]) => known === "RoomName")?.[1] ?? room;
      return [
        make("div", { className: "detail-head" }, make("h2", { textContent: line(it.event) }), statusOf(it)),
        facts([["Sent", clockTime(it.sent)], ["Took", took(it.took_ms)], ["Attempts", it.attempts ? String(it.attempts) : ""],
          ["Room", make("a", { href: `#/rooms/${encodeURIComponent(room)}` }, make("bdi", { textContent: line(name) }))]]),
        section("Sent to", code(`${it.method} ${it.url}`, "", "wrap")),
        section("Parameters", table(it.form, "Parameters")),
        section("Answer", ...(it.error ? [make("p", { className: "note bad", textContent: line(it.error) })]
          : it.status === null ? [make("p", { className: "note", textContent: "There is none yet." })]
          : [code(`HTTP/1.1 ${it.status} ${it.answer_head}`, "http", "wrap"), ...body(it.answer_body, "response")])),
      ];
    },
  },
};
