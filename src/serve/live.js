// Keeps a page of the preview up to date: reloads it when it has changed, takes a new style without a reload, and shows
// what is wrong with the site. The preview adds this to each page on its way out; no built site has it.
(() => {
  "use strict";
  const own = document.currentScript;
  const page = own.dataset.page;
  let shown = own.dataset.hash;
  let style = own.dataset.style;
  const kept = "clausebook-place:" + page;
  let events;

  // The part of the text at the top of the window, so that the reader is put back to it whatever was added above.
  function place() {
    const parts = [...document.querySelectorAll("main [id]")];
    const part = parts.find((part) => part.getBoundingClientRect().bottom > 0);
    return part ? { id: part.id, top: part.getBoundingClientRect().top, y: scrollY } : { y: scrollY };
  }

  function restore() {
    const text = sessionStorage.getItem(kept);
    if (text === null) return;
    sessionStorage.removeItem(kept);
    const { id, top, y } = JSON.parse(text);
    const part = id && document.getElementById(id);
    scrollTo({ top: part ? scrollY + part.getBoundingClientRect().top - top : y, behavior: "instant" });
  }

  function reload() {
    sessionStorage.setItem(kept, JSON.stringify(place()));
    history.scrollRestoration = "manual";
    location.reload();
  }

  function restyle() {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const next = link.cloneNode();
      const url = new URL(link.href);
      url.searchParams.set("style", style);
      next.href = url;
      // The old style stays until the new one is there.
      next.addEventListener("load", () => link.remove());
      link.after(next);
    }
  }

  const look = `
    :host { all: initial; }
    aside { position: fixed; inset: auto 0 0 0; max-height: 45vh; overflow: auto; z-index: 2147483647; box-sizing: border-box;
      padding: 0.75rem 1rem; background: #fff; color: #1a1a1a; border-top: 4px solid #b00020; font: 15px/1.45 system-ui, sans-serif; }
    aside.warnings { border-top-color: #b36b00; }
    h2 { margin: 0 0 0.25rem; font-size: 1rem; }
    p { margin: 0 0 0.5rem; }
    ol { margin: 0; padding-left: 1.5rem; }
    li { margin-bottom: 0.4rem; }
    code { font: 13px/1.4 ui-monospace, monospace; }
    .help { color: #444; }
    summary { cursor: pointer; font-weight: 600; }
    @media print { aside { display: none; } }`;
  let panel;

  function element(name, text, className) {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  // Errors stand open under a page that is the last good one; warnings are folded.
  function show({ faults, stale }) {
    panel?.remove();
    if (faults.length === 0) return;
    panel = document.createElement("clausebook-faults");
    const root = panel.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(look);
    root.adoptedStyleSheets = [sheet];
    const box = document.createElement("aside");
    const list = document.createElement("ol");
    for (const fault of faults) {
      const item = document.createElement("li");
      item.append(element("code", fault.place), " ", element("strong", fault.severity), ` ${fault.message} `);
      if (fault.code) item.append(element("code", `[${fault.code}]`));
      if (fault.help) item.append(element("p", fault.help, "help"));
      list.append(item);
    }
    if (stale) {
      box.setAttribute("role", "alert");
      box.append(element("h2", "The site has errors"), element("p", "You see it as it was before them."), list);
    } else {
      box.className = "warnings";
      const details = document.createElement("details");
      details.append(element("summary", faults.length === 1 ? "1 warning" : `${faults.length} warnings`), list);
      box.append(details);
    }
    root.append(box);
    document.body.append(panel);
  }

  function connect() {
    const query = new URLSearchParams({ page, hash: shown, style });
    events = new EventSource("/.clausebook/live?" + query);
    events.addEventListener("page", reload);
    events.addEventListener("style", (event) => {
      style = event.data;
      restyle();
    });
    events.addEventListener("faults", (event) => show(JSON.parse(event.data)));
  }

  // A browser opens few connections to one host: a tab that nobody sees keeps none, and catches up when it is seen.
  document.addEventListener("visibilitychange", () => {
    events?.close();
    if (!document.hidden) connect();
  });
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (event) => event.persisted && connect());
  document.readyState === "complete" ? restore() : addEventListener("load", restore);
  if (!document.hidden) connect();
})();
