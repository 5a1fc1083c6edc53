"use strict";
// Before the first paint: the theme that the reader has chosen, and the mark that there is a script.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch { /* A page may have no storage. */ }
})();
