"use strict";
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

/** Keeps a choice of the reader, if the page has a storage. */
const remember = (key, value) => {
  try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value); } catch { /* No storage. */ }
};
const remembered = (key) => {
  try { return localStorage.getItem(key); } catch { return null; }
};

/** Reads compressed data of the page. */
const inflate = async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
};

// The target of a link stays in its place while the parts before it come, until the reader moves.
let held = null;
const hold = (target) => {
  held = target;
  target.scrollIntoView();
};
new ResizeObserver(() => held?.scrollIntoView()).observe($("main"));
for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) {
  addEventListener(kind, () => { held = null; }, { capture: true, passive: true });
}

// The theme: as the system, light, dark.
{
  const button = $("#theme"), root = document.documentElement, themes = ["system", "light", "dark"];
  const show = () => button.setAttribute("aria-label", `Theme: ${root.dataset.theme ?? "as the system"}`);
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme ?? "system") + 1) % themes.length];
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    remember("theme", next === "system" ? null : next);
    show();
  });
  show();
}

// The navigation of a narrow page.
{
  const menu = $("#menu"), navigation = $("#navigation");
  if (menu && navigation) {
    const toggle = (open) => {
      document.body.classList.toggle("nav-open", open);
      menu.setAttribute("aria-expanded", String(open));
      if (open) navigation.focus();
    };
    menu.setAttribute("role", "button");
    menu.addEventListener("click", (event) => {
      event.preventDefault();
      toggle(!document.body.classList.contains("nav-open"));
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key === " ") { event.preventDefault(); menu.click(); }
    });
    navigation.addEventListener("click", (event) => {
      if (!event.target.closest("a")) return;
      if (event.target.closest(".nav-close")) { event.preventDefault(); menu.focus(); }
      toggle(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && document.body.classList.contains("nav-open")) { toggle(false); menu.focus(); }
    });
    toggle(false);
  }
}

// Code: colours, and a button that copies it.
const PATTERNS = {
  json: /(?<name>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|(?<word>\b(?:true|false|null)\b)/g,
  sh: /(?<comment>(?<=^|\s)#.*$)|(?<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<word>\bcurl\b)|(?<name>(?<=\s)--?[A-Za-z][\w-]*)/gm,
  toml: /(?<comment>#.*$)|(?<string>"(?:[^"\\]|\\.)*")|(?<word>^\[.*\]$|\b(?:true|false)\b)|(?<name>^[\w.-]+(?=\s*=))|(?<number>\b\d+\b)/gm,
  yaml: /(?<comment>(?<=^|\s)#.*$)|(?<string>'[^'\n]*'|"[^"\n]*")|(?<name>^[\s-]*[\w.$\/{}-]+(?=:(?:\s|$)))/gm,
  http: /(?<word>^[A-Z]+(?= \/))|(?<name>^[A-Za-z-]+(?=: ))/gm,
  rust: /(?<comment>\/\/.*$)|(?<string>"(?:[^"\\]|\\.)*")|(?<word>\b(?:let|await|async|use|fn|mut|match|for|in|if|else|return|while|impl|struct|pub|Some|None|Ok|Err)\b)|(?<number>\b\d+\b)|(?<name>\b\w+(?=\())/gm,
};
const paint = (code) => {
  const pattern = PATTERNS[code.dataset.lang], text = code.textContent;
  if (!pattern || code.dataset.painted || text.length > 40000) return;
  code.dataset.painted = "yes";
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const kind = Object.keys(match.groups).find((group) => match.groups[group] !== undefined);
    parts.push(text.slice(end, match.index), make("span", { className: `c-${kind}`, textContent: match[0] }));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  code.replaceChildren(...parts);
};
const watchCode = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watchCode.unobserve(target);
    paint($("code", target));
    if (!navigator.clipboard || !target.closest(".code-box")) continue;
    const button = make("button", { type: "button", className: "copy", textContent: "Copy" });
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText($("code", target).textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    target.after(button);
  }
}, { rootMargin: "300px" });
const prepareCode = (from) => {
  for (const pre of $$("pre", from)) {
    if (!$("code", pre)) continue;
    // A part that scrolls is reached by the keyboard.
    if (!pre.hasAttribute("tabindex")) Object.assign(pre, { tabIndex: 0, role: "group", ariaLabel: "Code" });
    watchCode.observe(pre);
  }
};
prepareCode(document);

// Printed pages show everything that is closed on the screen.
addEventListener("beforeprint", () => {
  for (const details of $$("main details:not([open]):not([data-ref])")) {
    details.open = true;
    details.dataset.printed = "";
  }
});
addEventListener("afterprint", () => {
  for (const details of $$("[data-printed]")) {
    details.open = false;
    delete details.dataset.printed;
  }
});
