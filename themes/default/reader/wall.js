/*
 * A clause on a wall: it alone fills the window, in letters as large as fit; one that fits in no readable size is shown in
 * parts. The page of a clause and a list show clauses by it.
 */
import { all, button, foreign, keep, kept, make, one, phrase, root } from './parts.js';

/* Sizes that a reader chose, smaller or larger than what the page took for the length of its words. */
const STEPS = [0.5, 0.6, 0.7, 0.85, 1, 1.2, 1.45, 1.75];
const FIRST = STEPS.indexOf(1);
export const WORDS = { short: 4, medium: 2.6, long: 2 };
const LEAST = 17;

/*
 * The wall of a clause. `kind` says how long its words are; `tag` what is said beside the buttons; `beyond` what comes
 * after the last part or before the first; `left` what a reader who leaves comes back to.
 */
export const wallOf = ({ clause, kind, tag, beyond, left }) => {
  const text = one(".text", clause);
  let step = FIRST;
  let part = 0;
  let parts = 1;
  let bar = null;
  let told = null;
  let style = null;
  let filled = false;

  const size = () => {
    const words = WORDS[kind()] || WORDS.medium;
    return Math.max(LEAST, Math.min((words * innerWidth) / 100, (words * 1.75 * innerHeight) / 100) * STEPS[step]);
  };
  const overflows = () => text.scrollHeight > text.clientHeight + 2 || text.scrollWidth > text.clientWidth + 2;

  /* Sets the words as large as was chosen. What does not fit is made smaller if nobody chose, and is else in parts. */
  const fit = () => {
    let pixels = size();
    clause.style.fontSize = pixels + "px";
    text.scrollTop = 0;
    while (step === FIRST && overflows() && pixels > LEAST) {
      pixels -= 1;
      clause.style.fontSize = pixels + "px";
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
    if (to >= 0 && to < parts) part = to;
    else if (beyond(forward)) part = 0;
    else return;
    bar.firstChild.textContent = tag();
    fit();
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
    left();
  };
  const show = () => {
    if (isOn()) return;
    step = Number(kept("wall") || FIRST);
    if (!(step in STEPS)) step = FIRST;
    part = 0;
    told = make("span", { role: "status" });
    bar = make("div", { class: "wall-bar", role: "group", "aria-label": phrase("script.wall"), ...foreign() }, make("b", {}, tag()),
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
    style = make("link", { rel: "stylesheet", href: one("script[src$='static/site.js']").src.replace("site.js", "wall.css") });
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
  return show;
};

/* Shows a clause on a wall in the whole screen, if the browser gives that. */
export const fill = (show) => {
  show();
  if (root.requestFullscreen) root.requestFullscreen().catch(() => { /* The page is large enough. */ });
};
