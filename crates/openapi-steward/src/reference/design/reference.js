
// The bodies of a large document, which are data until they come near the view.
const chunks = $$("script.chunk"), read = new Map();
const bodyOf = async (place) => {
  const [chunk, index] = place.split("/").map(Number);
  if (!read.has(chunk)) read.set(chunk, inflate(chunks[chunk].textContent).then(JSON.parse));
  return (await read.get(chunk))[index];
};
/** Puts the body of a section into it. */
const fill = async (section) => {
  const place = section.dataset.chunk;
  if (!place) return;
  const html = await bodyOf(place);
  if (!section.dataset.chunk) return;
  delete section.dataset.chunk;
  section.classList.remove("deferred");
  section.insertAdjacentHTML("beforeend", html);
  prepareCode(section);
  chooseTabs(section);
};
const watchSections = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) { watchSections.unobserve(target); fill(target); }
  }
}, { rootMargin: "800px" });
$$(".deferred").forEach((section) => watchSections.observe(section));
// A page of moderate size becomes complete, for the search of the browser and for printing.
if (chunks.length <= 8) (window.requestIdleCallback ?? setTimeout)(() => $$(".deferred").forEach(fill));

// A shared schema that is opened where it is used.
document.addEventListener("toggle", async (event) => {
  const details = event.target, id = details.dataset?.ref;
  if (!id || !details.open || details.dataset.filled) return;
  details.dataset.filled = "yes";
  const section = document.getElementById(id);
  if (!section) return;
  await fill(section);
  const body = $(".schema-body", section)?.cloneNode(true);
  if (!body) return;
  $$("[id]", body).forEach((element) => element.removeAttribute("id"));
  $$("[data-filled]", body).forEach((inner) => { delete inner.dataset.filled; inner.open = false; });
  body.className = "shared";
  details.append(body);
}, true);

// Requests: the notation that the reader has chosen is that of every operation.
const chooseTabs = (from) => {
  const chosen = remembered("notation");
  if (!chosen) return;
  for (const input of $$("input[data-tab]", from)) if (input.dataset.tab === chosen) input.checked = true;
};
document.addEventListener("change", (event) => {
  const tab = event.target.dataset?.tab;
  if (!tab) return;
  remember("notation", tab);
  const top = event.target.getBoundingClientRect().top;
  chooseTabs(document);
  scrollBy(0, event.target.getBoundingClientRect().top - top);
});
chooseTabs(document);

// Links into the page, also to parts that are not there yet.
const decoded = (hash) => { try { return decodeURIComponent(hash.slice(1)); } catch { return hash.slice(1); } };
const follow = async () => {
  const id = decoded(location.hash);
  if (!id) return;
  let target = document.getElementById(id);
  const owner = target ?? document.getElementById(id.slice(0, Math.max(0, id.lastIndexOf("."))));
  const section = owner?.closest("section");
  if (!section) return;
  await fill(section);
  target = document.getElementById(id) ?? section;
  for (let parent = target.parentElement; parent; parent = parent.parentElement) if (parent.tagName === "DETAILS") parent.open = true;
  target.scrollIntoView();
  // What lies between is laid out only now, and can move the target.
  requestAnimationFrame(() => target.scrollIntoView());
  target.classList.add("target");
  setTimeout(() => target.classList.remove("target"), 1600);
};
addEventListener("hashchange", follow);
follow();

// The file of a download without its compression.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-file]");
  if (!link) return;
  event.preventDefault();
  const text = await inflate(link.href.slice(link.href.indexOf(",") + 1));
  const url = URL.createObjectURL(new Blob([text]));
  make("a", { href: url, download: link.dataset.file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
});

// The section that is read is marked in the navigation.
{
  const links = new Map($$("#navigation a[href^='#']").map((link) => [decoded(link.hash), link]));
  let current = null;
  const mark = (link) => {
    if (link === current) return;
    current?.removeAttribute("aria-current");
    current = link;
    link.setAttribute("aria-current", "true");
    const navigation = $("#navigation"), box = link.getBoundingClientRect(), frame = navigation.getBoundingClientRect();
    const closed = link.closest("details:not([open])");
    if (!closed && (box.top < frame.top || box.bottom > frame.bottom)) navigation.scrollTop += box.top - frame.top - frame.height / 3;
  };
  // Of the sections in the upper part of the view: the last one that begins above it, otherwise the first.
  const visible = new Set(), order = $$("main section[id]").filter((section) => links.has(section.id));
  const watch = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) isIntersecting ? visible.add(target) : visible.delete(target);
    const shown = order.filter((section) => visible.has(section));
    const section = shown.findLast((one) => one.getBoundingClientRect().top < 140) ?? shown[0];
    if (section) mark(links.get(section.id));
  }, { rootMargin: "-80px 0px -75% 0px" });
  order.forEach((section) => watch.observe(section));
}

// The search.
{
  const dialog = $("#search"), input = $("#search-input"), list = $("#search-results"), status = $("#search-status");
  const open = $("#search-open"), SHOWN = 30;
  let index = null, selected = -1;
  const load = async () => {
    index ??= inflate($("#search-index").textContent).then((text) => JSON.parse(text).map(([kind, title, beside, id, text]) =>
      ({ kind, title, beside, id, text, lowerTitle: title.toLowerCase(), lower: `${title} ${beside} ${text}`.toLowerCase() })));
    return index;
  };
  /** The weight of an entry for all words: the smaller, the better. */
  const weigh = (entry, words) => {
    let weight = entry.kind === "field" ? 4 : 0;
    for (const word of words) {
      if (!entry.lower.includes(word)) return -1;
      const at = entry.lowerTitle.indexOf(word);
      if (entry.lowerTitle === word) weight += 0;
      else if (at === 0) weight += 2;
      else if (at > 0) weight += 5;
      else if (entry.beside.toLowerCase().includes(word)) weight += 7;
      else weight += 20;
    }
    return weight;
  };
  /** A text with its words marked. */
  const marked = (text, words) => {
    const lower = text.toLowerCase(), fragment = document.createDocumentFragment();
    let end = 0;
    const hits = words.map((word) => [lower.indexOf(word), word.length]).filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0]);
    for (const [at, length] of hits) {
      if (at < end) continue;
      fragment.append(text.slice(end, at), make("mark", { textContent: text.slice(at, at + length) }));
      end = at + length;
    }
    fragment.append(text.slice(end));
    return fragment;
  };
  /** The part of a description around the first word. */
  const around = (text, words) => {
    const at = Math.max(0, ...words.map((word) => text.toLowerCase().indexOf(word)));
    const start = Math.max(0, at - 30);
    return (start > 0 ? "…" : "") + text.slice(start, start + 130);
  };
  const select = (next) => {
    const options = [...list.children];
    options[selected]?.removeAttribute("aria-selected");
    selected = options.length ? (next + options.length) % options.length : -1;
    const option = options[selected];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const search = async () => {
    const entries = await load(), words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const started = performance.now();
    const found = [];
    if (words.length) {
      for (const entry of entries) {
        const weight = weigh(entry, words);
        if (weight >= 0) found.push([weight, entry]);
      }
      found.sort((one, other) => one[0] - other[0] || one[1].title.length - other[1].title.length);
    }
    list.replaceChildren(...found.slice(0, SHOWN).map(([, entry], at) => {
      const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
      const kind = methods.includes(entry.kind)
        ? make("span", { className: `method ${entry.kind}`, textContent: entry.kind.toUpperCase() })
        : make("span", { className: "kind", textContent: entry.kind });
      const title = make("span", { className: "result-title" }, marked(entry.title, words));
      const beside = make("code", {}, marked(entry.beside, words));
      const text = make("span", { className: "result-text" }, marked(around(entry.text, words), words));
      const link = make("a", { href: `#${encodeURIComponent(entry.id)}`, tabIndex: -1 }, kind, title, beside, text);
      const option = make("li", { id: `result-${at}` }, link);
      option.setAttribute("role", "option");
      return option;
    }));
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = !words.length ? "" : found.length === 0 ? "Nothing was found." : found.length > SHOWN
      ? `${SHOWN} of ${found.length} results` : `${found.length} ${found.length === 1 ? "result" : "results"}`;
    select(0);
    document.documentElement.dataset.searchTime = String(performance.now() - started);
  };
  const show = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    search();
  };
  open.hidden = false;
  open.addEventListener("click", show);
  open.addEventListener("pointerenter", load, { once: true });
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      select(selected + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      list.children[selected]?.firstChild.click();
    }
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    dialog.close();
    if (link.hash === location.hash) follow();
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio]), textarea, select");
    const slash = event.key === "/" && !typing, k = event.key === "k" && (event.metaKey || event.ctrlKey);
    if (slash || k) { event.preventDefault(); show(); }
  });
}
