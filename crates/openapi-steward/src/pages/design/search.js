
// The search. Each column of the index is one text with a line for each entry, so that a word is found with few calls.
{
  const dialog = $("#search"), input = $("#search-input"), list = $("#search-results"), status = $("#search-status");
  const open = $("#search-open"), SHOWN = 30, KEPT = 64;
  const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);
  let index = null, selected = -1, latest = 0;

  /** The positions at which the lines of a text begin, and its end. */
  const startsOf = (text, count) => {
    const starts = new Int32Array(count + 1);
    for (let line = 1; line < count; line += 1) starts[line] = text.indexOf("\n", starts[line - 1]) + 1;
    starts[count] = text.length + 1;
    return starts;
  };
  /** A column. A character whose lower case is longer stays as it is, so that positions are those of the text. */
  const column = (text, count) => {
    let lower = text.toLowerCase();
    if (lower.length !== text.length) lower = text.replace(/./gsu, (one) => one.toLowerCase().length === one.length ? one.toLowerCase() : one);
    return { text, lower, starts: startsOf(text, count) };
  };
  const cell = ({ text, starts }, line) => text.slice(starts[line], starts[line + 1] - 1);
  const load = () => index ??= inflate($("#search-index").textContent).then((text) => {
    const { count, kinds, kind, ...texts } = JSON.parse(text);
    const [title, beside, id, body] = [texts.title, texts.beside, texts.id, texts.text].map((one) => column(one, count));
    return { count, kinds, kind: Uint8Array.from(atob(kind), (one) => one.charCodeAt(0)), title, beside, id, body, words: new Map() };
  });

  /** Calls back with each line that has a word, and the position of the first one in it. */
  const eachLine = ({ lower, starts }, word, found) => {
    for (let line = 0, at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, starts[line])) {
      while (starts[line + 1] <= at) line += 1;
      found(line, at);
      line += 1;
    }
  };
  /** The weight of each entry for a word, and 0 for one without it: the smaller, the better. */
  const weigh = (data, word) => {
    const known = data.words.get(word);
    if (known) return known;
    const weights = new Uint8Array(data.count), { title, beside, body } = data;
    const isWord = (code) => (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || code > 127;
    eachLine(title, word, (line, at) => {
      const end = at + word.length, start = title.starts[line];
      const whole = at === start && end === title.starts[line + 1] - 1;
      weights[line] = whole ? 1 : at === start ? 3 : isWord(title.lower.charCodeAt(at - 1)) ? 6 : 4;
    });
    eachLine(beside, word, (line) => { weights[line] ||= 8; });
    eachLine(body, word, (line) => { weights[line] ||= 21; });
    if (data.words.size >= KEPT) data.words.delete(data.words.keys().next().value);
    data.words.set(word, weights);
    return weights;
  };
  /** The best entries that have all words, and the number of those that have them. */
  const find = (data, words) => {
    const columns = words.map((word) => weigh(data, word)), field = data.kinds.indexOf("field");
    const best = [], { starts } = data.title;
    let number = 0;
    next: for (let line = 0; line < data.count; line += 1) {
      let weight = data.kind[line] === field ? 4 : 0;
      for (const weights of columns) {
        if (weights[line] === 0) continue next;
        weight += weights[line];
      }
      number += 1;
      // The title decides between entries of the same weight.
      const rank = weight * 65536 + Math.min(starts[line + 1] - starts[line], 65535);
      if (best.length === SHOWN && rank >= best[SHOWN - 1][0]) continue;
      let at = best.length;
      while (at > 0 && best[at - 1][0] > rank) at -= 1;
      best.splice(at, 0, [rank, line]);
      if (best.length > SHOWN) best.pop();
    }
    return { number, best: best.map(([, line]) => line) };
  };

  /** Returns whether two words differ by at most this number of letters that are missing, wrong or swapped. */
  const isNear = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return false;
    let before = [], row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let at = 1; at <= one.length; at += 1) {
      const last = row, next = [at];
      let least = at;
      for (let to = 1; to <= other.length; to += 1) {
        let cost = Math.min(last[to] + 1, next[to - 1] + 1, last[to - 1] + (one[at - 1] !== other[to - 1]));
        if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) cost = Math.min(cost, before[to - 2] + 1);
        next.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return false;
      [before, row] = [last, next];
    }
    return row[other.length] <= most;
  };
  /** The word of the names that is meant by one that nothing has. */
  const meant = (data, word) => {
    if (word.length < 4) return null;
    data.names ??= [...new Set(`${data.title.lower}\n${data.beside.lower}`.match(/[a-z0-9]{3,}/g) ?? [])];
    for (let most = 1; most <= (word.length > 7 ? 2 : 1); most += 1) {
      const near = data.names.find((name) => isNear(word, name, most));
      if (near) return near;
    }
    return null;
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
    const lower = text.toLowerCase(), at = Math.max(0, ...words.map((word) => lower.indexOf(word)));
    const start = Math.max(0, at - 30);
    return (start > 0 ? "…" : "") + text.slice(start, start + 130);
  };
  const select = (next) => {
    const options = list.children;
    options[selected]?.removeAttribute("aria-selected");
    selected = options.length ? (next + options.length) % options.length : -1;
    const option = options[selected];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const show = (data, line, at, words) => {
    const name = data.kinds[data.kind[line]], isMethod = METHODS.has(name);
    const kind = make("span", { className: isMethod ? `method ${name}` : "kind", textContent: isMethod ? name.toUpperCase() : name });
    const title = make("span", { className: "result-title" }, marked(cell(data.title, line), words));
    const beside = make("code", {}, marked(cell(data.beside, line), words));
    const text = make("span", { className: "result-text" }, marked(around(cell(data.body, line), words), words));
    const id = cell(data.id, line), href = id.includes(".html#") ? id : `#${encodeURIComponent(id)}`;
    const link = make("a", { href, tabIndex: -1 }, kind, title, beside, text);
    const option = make("li", { id: `result-${at}` }, link);
    option.setAttribute("role", "option");
    return option;
  };
  const search = async () => {
    const started = performance.now(), turn = latest += 1, data = await load();
    if (turn !== latest) return;
    let words = [...new Set(input.value.toLowerCase().split(/\s+/).filter(Boolean))];
    let { number, best } = words.length ? find(data, words) : { number: 0, best: [] };
    let instead = "";
    if (words.length && number === 0) {
      const others = words.map((word) => weigh(data, word).some(Boolean) ? word : meant(data, word));
      const found = others.every(Boolean) && others.some((word, at) => word !== words[at]) ? find(data, others) : { number: 0 };
      if (found.number > 0) {
        ({ number, best } = found);
        instead = ` for “${others.join(" ")}”`;
        words = others;
      }
    }
    list.replaceChildren(...best.map((line, at) => show(data, line, at, words)));
    input.setAttribute("aria-expanded", String(number > 0));
    status.textContent = !words.length ? "" : number === 0 ? "Nothing was found." : number > SHOWN
      ? `${SHOWN} of ${number} results${instead}` : `${number} ${number === 1 ? "result" : "results"}${instead}`;
    select(0);
    document.documentElement.dataset.searchTime = String(performance.now() - started);
  };
  const openSearch = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    search();
  };
  open.hidden = false;
  open.addEventListener("click", openSearch);
  open.addEventListener("pointerenter", load, { once: true });
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      select(selected + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") {
      // A field for searches would only be emptied.
      event.preventDefault();
      dialog.close();
    } else if (event.key === "Enter") {
      event.preventDefault();
      list.children[selected]?.firstChild.click();
    }
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    dialog.close();
    if (link.href === location.href) dispatchEvent(new HashChangeEvent("hashchange"));
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio]), textarea, select");
    const slash = event.key === "/" && !typing, k = event.key === "k" && (event.metaKey || event.ctrlKey);
    if (slash || k) { event.preventDefault(); openSearch(); }
  });
  // The first search does not wait for the index.
  addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(() => { load(); }));
}
