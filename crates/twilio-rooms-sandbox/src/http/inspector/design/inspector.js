
// Text from outside gets into the page as text only. Characters that would reorder or hide others are shown as escapes.
const line = (text) => String(text ?? "").replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, escaped);
const lines = (text) => String(text ?? "").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, escaped);
function escaped(character) { return `\\u{${character.charCodeAt(0).toString(16)}}`; }
const span = (className, text) => make("span", { className, textContent: text });
const plural = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
const bytes = (size) => size < 10000 ? plural(size, "byte") : size < 1e6 ? `${(size / 1e3).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`;
const took = (ms) => ms === null ? "" : ms < 10 ? `${ms.toFixed(1)} ms` : ms < 10000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
const clockTime = (text) => {
  const time = new Date(text), pad = (number, width = 2) => String(number).padStart(width, "0");
  return `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}.${pad(time.getMilliseconds(), 3)}`;
};
const utc = (text) => text ? text.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC") : "";

/** The state of the page. */
const page = {
  section: "requests", id: null, paused: false, hello: null, state: null, status: "in-progress",
  entries: { requests: new Map(), callbacks: new Map() }, held: { requests: new Map(), callbacks: new Map() },
  filters: { requests: "", rooms: "", callbacks: "" }, rooms: { rooms: [], left_out: 0 }, rows: new Map(), detail: 0,
};

// Requests to the sandbox.
const answer = async (response) => {
  const text = await response.text();
  let body = {};
  try { body = text ? JSON.parse(text) : {}; } catch { /* Not from the sandbox. */ }
  if (!response.ok) throw new Error(body.message ?? `The sandbox answers with status ${response.status}`);
  return body;
};
const read = async (path) => answer(await fetch(`/sandbox/inspector/${path}`));
const send = async (path, body = {}) => answer(await fetch(`/sandbox/inspector/${path}`, {
  method: "POST", headers: { "content-type": "application/json", "sandbox-inspector": "1" }, body: JSON.stringify(body),
}));
let noticeEnd = 0;
const notify = (text, bad = false) => {
  const notice = $("#notice");
  notice.className = bad ? "bad" : "";
  notice.textContent = line(text);
  clearTimeout(noticeEnd);
  noticeEnd = setTimeout(() => { notice.textContent = ""; }, bad ? 8000 : 4000);
};
const act = async (action, parameters, done) => {
  try {
    await send(`actions/${action}`, parameters);
    notify(done);
    return true;
  } catch (error) {
    notify(error.message, true);
    return false;
  }
};
const values = (form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));

/** Replaces what is in an element, and keeps the focus on what has the same key. */
const replace = (element, ...children) => {
  const focused = document.activeElement, key = element.contains(focused) ? focused.dataset.key : undefined;
  element.replaceChildren(...children);
  if (key) $$("[data-key]", element).find((other) => other.dataset.key === key)?.focus({ preventScroll: true });
};
const button = (text, className, key, click) => {
  const element = make("button", { type: "button", className: `button ${className}`, textContent: text });
  element.dataset.key = key;
  element.addEventListener("click", click);
  return element;
};

/** Asks for values in a dialog. What cannot be done stays open with the reason. */
const ask = (title, submit, fields, run) => {
  const dialog = $("#dialog"), form = $("#dialog-form");
  $("#dialog-title").textContent = line(title);
  $("#dialog-submit").textContent = submit;
  $("#dialog-error").textContent = "";
  $("#dialog-fields").replaceChildren(...fields.map(({ label, name, type = "text", options, ...more }) => {
    if (type === "checkbox") return make("label", { className: "check" }, make("input", { type, name, value: "true" }), label);
    const input = options ? make("select", { name }, ...options.map((text) => make("option", { textContent: text }))) : make("input", { type, name, ...more });
    return make("label", { textContent: label }, input);
  }));
  form.onsubmit = async (event) => {
    event.preventDefault();
    try {
      await run(values(form));
      dialog.close();
    } catch (error) { $("#dialog-error").textContent = line(error.message); }
  };
  dialog.showModal();
};
$("#dialog-cancel").addEventListener("click", () => $("#dialog").close());

// The list.
const current = () => VIEWS[page.section];
const words = () => page.filters[page.section].toLowerCase().split(/\s+/).filter(Boolean);
const mark = () => {
  for (const [id, { link }] of page.rows) {
    if (String(id) === page.id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};
const newRow = (id, entry) => {
  const link = make("a", { href: `#/${page.section}/${encodeURIComponent(id)}` }, ...current().row(entry));
  link.dataset.key = `row-${id}`;
  if (String(id) === page.id) link.setAttribute("aria-current", "true");
  const item = make("li", {}, link);
  return { item, link, text: current().text(entry).toLowerCase() };
};
const applyFilter = () => {
  const wanted = words(), isLocal = page.section !== "rooms";
  let shown = 0;
  for (const { item, text } of page.rows.values()) {
    item.hidden = isLocal && !wanted.every((word) => text.includes(word));
    if (!item.hidden) shown += 1;
  }
  const all = page.rows.size;
  $("#shown").textContent = isLocal && shown !== all ? `${shown} of ${plural(all, current().noun)}` : "";
  const empty = $("#empty");
  if (shown === 0) replace(empty, ...(all || wanted.length ? [make("p", { textContent: "Nothing fits the filter." })] : current().empty()));
  empty.hidden = shown > 0;
  if (shown === 0) prepareCode(empty);
  const left = current().leftOut();
  $("#left-out").hidden = !left;
  $("#left-out").textContent = left;
};
/** Builds the list from the start. */
const rebuild = () => {
  page.rows = new Map(current().entries().map(([id, entry]) => [id, newRow(id, entry)]));
  replace($("#list"), ...[...page.rows.values()].map(({ item }) => item));
  applyFilter();
};
/** Adds what is new to the list, newest first, and replaces what has changed. */
const update = (changed) => {
  const list = $("#list");
  for (const [id, entry] of changed) {
    const old = page.rows.get(id), row = newRow(id, entry), focused = old?.link === document.activeElement;
    page.rows.set(id, row);
    if (old) old.item.replaceWith(row.item);
    else list.prepend(row.item);
    if (focused) row.link.focus({ preventScroll: true });
  }
  applyFilter();
};

// The details.
const showDetail = async () => {
  const pane = $("#detail-pane"), number = ++page.detail;
  document.body.classList.toggle("has-detail", page.id !== null);
  if (page.id === null) {
    replace(pane, make("div", { className: "empty" }, make("h2", { textContent: current().choose }), make("p", { textContent: "Its details are shown here." })));
    document.title = `${current().title} · Sandbox inspector`;
    return;
  }
  let content;
  try {
    content = await current().detail(page.id);
  } catch (error) {
    content = [make("p", { className: "note bad", textContent: line(error.message) })];
  }
  if (number !== page.detail) return;
  const back = make("a", { className: "back", href: `#/${page.section}`, textContent: `Back to the ${page.section}` });
  back.dataset.key = "back";
  replace(pane, back, ...content);
  prepareCode(pane);
  document.title = `${$("h2", pane)?.textContent ?? current().title} · Sandbox inspector`;
};

// The address of the page decides what is shown.
const route = () => {
  const [, section, id] = location.hash.split("/"), before = page.section;
  page.section = Object.hasOwn(VIEWS, section) ? section : "requests";
  const next = id ? decodeURIComponent(id) : null, isNew = next !== page.id || before !== page.section;
  page.id = next;
  for (const link of $$("#sections a, #tabs a")) {
    if (link.getAttribute("href") === `#/${page.section}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (before !== page.section || !page.rows.size) {
    const view = current();
    $("#list-title").textContent = view.title;
    $("#new-room").hidden = $("#statuses").hidden = page.section !== "rooms";
    Object.assign($("#filter"), { value: page.filters[page.section], placeholder: view.filter, ariaLabel: view.filter });
    $("#list-pane").scrollTop = 0;
    rebuild();
    view.refresh?.();
  }
  mark();
  if (isNew) {
    $("#detail-pane").scrollTop = 0;
    showDetail().then(() => {
      // A phone shows one of both.
      const hidden = !$("#list-pane").checkVisibility();
      if (page.id !== null && hidden) $("#detail-pane").focus();
      const row = [...page.rows].find(([key]) => `#/${page.section}/${key}` === page.left);
      if (page.id === null && row) row[1].link.focus();
      page.left = location.hash;
    });
  }
};
addEventListener("hashchange", route);

$("#filter").addEventListener("input", () => {
  page.filters[page.section] = $("#filter").value;
  if (current().refresh) current().refresh();
  else applyFilter();
});
document.addEventListener("keydown", (event) => {
  const inField = event.target.closest("input, select, dialog");
  if (event.key === "/" && !inField) { event.preventDefault(); $("#filter").focus(); }
  if (event.key === "Escape" && event.target.id === "filter") { $("#filter").value = ""; $("#filter").dispatchEvent(new Event("input")); }
  if (event.key === "Escape" && event.target.closest("#detail-pane") && !inField) location.hash = `#/${page.section}`;
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.closest("#list, #filter")) {
    event.preventDefault();
    const links = $$("#list li:not([hidden]) a"), index = links.indexOf(event.target), step = event.key === "ArrowDown" ? 1 : -1;
    (links[index + step] ?? (index + step < 0 ? $("#filter") : undefined))?.focus();
  }
});
