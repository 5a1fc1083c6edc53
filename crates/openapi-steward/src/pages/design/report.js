
// The filters of a report: an entry is shown if every one of them allows it.
{
  const form = $("#filters"), text = $("#filter-text"), shown = $("#shown");
  const entries = $$(".entry"), texts = new Map(entries.map((entry) => [entry, entry.textContent.toLowerCase()]));
  const apply = () => {
    const chosen = new Map();
    for (const box of $$("input[type=checkbox]", form)) {
      if (!chosen.has(box.name)) chosen.set(box.name, new Set());
      if (box.checked) chosen.get(box.name).add(box.value);
    }
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let number = 0;
    for (const entry of entries) {
      const fits = [...chosen].every(([name, values]) => values.has(entry.dataset[name]));
      entry.hidden = !fits || !words.every((word) => texts.get(entry).includes(word));
      if (!entry.hidden) number += 1;
    }
    for (const group of $$(".entry-group, .step")) {
      const inner = $$(".entry", group);
      if (inner.length) group.hidden = inner.every((entry) => entry.hidden);
    }
    shown.textContent = number === entries.length ? "" : `${number} of ${entries.length} entries are shown.`;
  };
  if (form) {
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    text.addEventListener("input", apply);
    const all = $("#open-all");
    all.addEventListener("click", () => {
      const open = all.textContent === "Open all";
      for (const entry of $$("details.entry, .step > details")) entry.open = open;
      all.textContent = open ? "Close all" : "Open all";
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && !event.target.closest("input:not([type=checkbox])")) { event.preventDefault(); text.focus(); }
      if (event.key === "Escape" && event.target === text) { text.value = ""; apply(); }
    });
  }
}

// A link to an entry opens it.
{
  const reach = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* It is the id as it is. */ }
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    hold(target);
  };
  addEventListener("hashchange", reach);
  reach();
}

// Both sources of a change scroll together.
document.addEventListener("scroll", (event) => {
  const pre = event.target, sides = pre.closest?.(".sides");
  if (!sides) return;
  for (const other of $$("pre", sides)) if (other !== pre) other.scrollLeft = pre.scrollLeft;
}, true);
