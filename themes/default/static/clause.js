/*
 * What the default theme adds to the page of one clause where scripts run: ways to copy, and the clause on a wall. Comes
 * after `site.js`.
 *
 * On a wall, the clause alone fills the window, in letters as large as fit; one that fits in no readable size is shown in
 * parts. The address says that a page is on a wall, so that arrows lead to the next clause on the wall, from a folder too.
 */
(() => {
  "use strict";

  const { root, one, all, make, phrase, foreign, button, kept, keep, copy, address } = clausebook;
  const clause = one(".clause");
  const text = one(".clause > .text");
  const [before, after] = [one("[rel=prev]"), one("[rel=next]")];

  /* Sizes that a reader chose, smaller or larger than what the page took for the length of its words. */
  const STEPS = [0.5, 0.6, 0.7, 0.85, 1, 1.2, 1.45, 1.75];
  const FIRST = STEPS.indexOf(1);
  const WORDS = { short: 4, medium: 2.6, long: 2 };
  const LEAST = 17;
  let step = FIRST;
  let part = 0;
  let parts = 1;
  let bar = null;
  let told = null;
  let style = null;
  let filled = false;

  const size = () => {
    const kind = Object.keys(WORDS).find((name) => document.body.classList.contains(name)) || "medium";
    return Math.max(LEAST, Math.min((WORDS[kind] * innerWidth) / 100, (WORDS[kind] * 1.75 * innerHeight) / 100) * STEPS[step]);
  };
  const overflows = () => text.scrollHeight > text.clientHeight + 2 || text.scrollWidth > text.clientWidth + 2;

  /* Sets the words as large as was chosen. What does not fit is made smaller if nobody chose, and is else in parts. */
  const fit = () => {
    let pixels = size();
    clause.style.fontSize = `${pixels}px`;
    text.scrollTop = 0;
    while (step === FIRST && overflows() && pixels > LEAST) {
      pixels -= 1;
      clause.style.fontSize = `${pixels}px`;
    }
    const line = parseFloat(getComputedStyle(text).lineHeight);
    const height = Math.max(line, Math.floor(text.clientHeight / line) * line);
    parts = overflows() ? Math.ceil((text.scrollHeight - 2) / height) : 1;
    part = Math.min(part, parts - 1);
    text.scrollTop = part * height;
    told.textContent = parts > 1 ? phrase("script.wall-part", { part: part + 1, parts }) : "";
  };

  const turn = (forward) => {
    const to = part + (forward ? 1 : -1);
    if (to >= 0 && to < parts) {
      part = to;
      fit();
    } else {
      const link = forward ? after : before;
      if (link) location.href = `${link.href.split("#")[0]}#wall`;
    }
  };
  const resize = (by) => {
    step = Math.max(0, Math.min(STEPS.length - 1, step + by));
    keep("wall", step);
    fit();
  };

  const isOn = () => root.classList.contains("wall");
  const leave = () => {
    if (!isOn()) return;
    root.classList.remove("wall");
    filled = false;
    clause.style.fontSize = "";
    bar.remove();
    if (document.fullscreenElement) document.exitFullscreen();
    if (location.hash === "#wall") history.replaceState(null, "", location.pathname + location.search);
    const opener = one(".tools button");
    if (opener) opener.focus();
  };
  const show = () => {
    if (isOn()) return;
    step = Number(kept("wall") || FIRST);
    if (!(step in STEPS)) step = FIRST;
    told = make("span", { role: "status" });
    const tag = one(".front .tag");
    bar = make("div", { class: "wall-bar", role: "group", "aria-label": phrase("script.wall"), ...foreign() }, make("b", {}, tag ? tag.textContent : ""),
      button(phrase("script.wall-back"), () => turn(false)), button(phrase("script.wall-on"), () => turn(true)), told,
      button(phrase("script.smaller"), () => resize(-1)), button(phrase("script.larger"), () => resize(1)),
      button(phrase("script.wall-leave"), leave));
    clause.before(bar);
    root.classList.add("wall");
    const shown = () => {
      scrollTo(0, 0);
      fit();
      all("button", bar)[1].focus();
    };
    if (style) return shown();
    style = make("link", { rel: "stylesheet", href: one("script[src$='static/clause.js']").src.replace("clause.js", "wall.css") });
    style.onload = shown;
    document.head.append(style);
  };

  addEventListener("resize", () => {
    if (isOn()) fit();
  });
  /* The window may be filled after a reader has left, or be given back after the next clause is shown. */
  document.addEventListener("fullscreenchange", () => {
    const fills = Boolean(document.fullscreenElement);
    if (fills && !isOn()) document.exitFullscreen();
    if (!fills && filled) leave();
    filled = fills && isOn();
  });
  document.addEventListener("keydown", (event) => {
    if (!isOn() || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = {
      Escape: leave,
      ArrowRight: () => turn(true),
      PageDown: () => turn(true),
      ArrowLeft: () => turn(false),
      PageUp: () => turn(false),
      ArrowUp: () => resize(1),
      ArrowDown: () => resize(-1),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* Its link, its citation, its words with both. */
  const offer = () => {
    const citation = one("h1").textContent;
    const quoted = one("[data-quotation]");
    const link = address("");
    const tools = make("div", { class: "tools", ...foreign() },
      button(phrase("script.wall"), () => {
        show();
        if (root.requestFullscreen) root.requestFullscreen().catch(() => { /* The page is large enough. */ });
      }, { class: "main" }));
    if (link) tools.append(button(phrase("script.copy-link"), (from) => copy(link, from)));
    tools.append(button(phrase("script.copy-citation"), (from) => copy(citation, from)));
    if (quoted) tools.append(button(phrase("script.copy-quotation"), (from) => copy(quoted.dataset.quotation, from)));
    tools.append(button(phrase("script.print"), () => window.print()));
    one(".front").after(tools);
  };
  offer();
  const asked = () => location.hash === "#wall" && show();
  asked();
  addEventListener("hashchange", asked);
})();
