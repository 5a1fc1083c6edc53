
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
  if (section.tagName === "UL") return;
  prepareCode(section);
  chooseTabs(section);
};
// In a large document, sections come in runs: a browser spends its time on what it watches.
const watchSections = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watchSections.unobserve(target);
    if (target.dataset.chunk) fill(target);
    else $$("[data-chunk]", target).forEach(fill);
  }
}, { rootMargin: "800px" });
const runs = $$(".run");
(runs.length ? runs : $$(".deferred")).forEach((part) => watchSections.observe(part));
// A page of moderate size becomes complete, for the search of the browser and for printing.
if (chunks.length <= 8) (window.requestIdleCallback ?? setTimeout)(() => $$(".deferred").forEach(fill));
// The lists of the navigation come when they are opened.
document.addEventListener("toggle", (event) => {
  const list = event.target.open && $(":scope > ul[data-chunk]", event.target);
  if (list) fill(list);
}, true);

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
  $$(".shared", body).forEach((inner) => inner.remove());
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
  let owner = target;
  for (let at = id.lastIndexOf("."); !owner && at > 0; at = id.lastIndexOf(".", at - 1)) owner = document.getElementById(id.slice(0, at));
  const section = owner?.closest("section");
  if (!section) return;
  await fill(section);
  target = document.getElementById(id) ?? section;
  for (let parent = target.parentElement; parent; parent = parent.parentElement) if (parent.tagName === "DETAILS") parent.open = true;
  hold(target);
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

// The section that is read is marked in the navigation: the one at a line in the upper part of the view.
{
  const navigation = $("#navigation"), main = $("main");
  const links = new Map();
  const learn = (from) => $$("a[href^='#']", from).forEach((link) => links.set(decoded(link.hash), link));
  let current = null, waits = false;
  const mark = (link) => {
    if (link === current) return;
    current?.removeAttribute("aria-current");
    current = link;
    link.setAttribute("aria-current", "true");
    const box = link.getBoundingClientRect(), frame = navigation.getBoundingClientRect();
    const closed = link.closest("details:not([open])");
    if (!closed && (box.top < frame.top || box.bottom > frame.bottom)) navigation.scrollTop += box.top - frame.top - frame.height / 3;
  };
  const look = () => {
    waits = false;
    const { left } = main.getBoundingClientRect();
    const at = document.elementFromPoint(left + 40, 140);
    for (let section = at?.closest("section[id]"); section; section = section.parentElement.closest("section[id]")) {
      const link = links.get(section.id);
      if (link) return mark(link);
    }
  };
  addEventListener("scroll", () => { if (!waits) { waits = true; requestAnimationFrame(look); } }, { passive: true });
  new MutationObserver((changes) => changes.forEach(({ target }) => learn(target))).observe(navigation, { childList: true, subtree: true });
  learn(navigation);
  look();
}
