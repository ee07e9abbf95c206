/*
 * A page read aloud, by the voices that the browser has: from the clause that the address or the focus names, or else from
 * the beginning. What is being read is marked, and a bar at the foot of the window stops it, as Escape does.
 */
import { all, button, foreign, make, one, phrase, root } from './parts.js';

window.clausebookWords.add(CATALOGUE);

const READ = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, pre";
const SILENT = "nav, .tools, .onward, .links, .more, .mine, .mine-edit, .counterparts, .former, .note-list, .aside, .side, .unseen, .remarks, [hidden], [aria-hidden=true], .wall-bar";
const MARK = "var(--mark)";

/* What is read, in its order: the innermost elements that hold words. */
const blocks = () => all(READ, one("main")).filter((block) => !block.closest(SILENT) && !one(READ, block) && block.textContent.trim() && block.getClientRects().length);
/* The words of a block, without the marks of its notes. */
const wordsOf = (block) => {
  const copied = block.cloneNode(true);
  all(".mark, button", copied).forEach((mark) => mark.remove());
  return copied.textContent.replace(/¶/g, phrase("list.paragraph") + " ").replace(/\s+/g, " ").trim();
};

let bar = null;
let turn = 0;
let marked = null;
const mark = (block) => {
  if (marked) marked.style.background = "";
  marked = block;
  if (!block) return;
  block.style.background = MARK;
  const { top, bottom } = block.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight - 80) block.scrollIntoView({ block: "center" });
};
const stop = () => {
  turn++;
  speechSynthesis.cancel();
  mark(null);
  if (bar) bar.remove();
  bar = null;
  root.style.scrollPaddingBottom = "";
};
const from = (list) => {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const focused = document.activeElement && document.activeElement.closest(".clause");
  const start = focused || (named && one("main").contains(named) ? named : null);
  const at = start ? list.findIndex((block) => start.contains(block) || start.compareDocumentPosition(block) & 4) : 0;
  return Math.max(0, at);
};
const start = () => {
  stop();
  const list = blocks();
  const mine = turn;
  const read = (at) => {
    if (mine !== turn) return;
    if (at >= list.length) return stop();
    mark(list[at]);
    const said = new SpeechSynthesisUtterance(wordsOf(list[at]));
    const tongue = list[at].closest("[lang]");
    if (tongue) said.lang = tongue.lang;
    said.onend = () => read(at + 1);
    said.onerror = () => mine === turn && stop();
    speechSynthesis.speak(said);
  };
  const stopper = button(phrase("list.stop-reading"), stop);
  bar = make("div", { role: "region", "aria-label": phrase("script.read-aloud"), ...foreign() }, stopper);
  bar.style.cssText = "position:fixed;inset:auto 0 0;padding:.5rem 1rem;background:var(--surface);border-top:1px solid var(--edge)";
  root.style.scrollPaddingBottom = "5rem";
  document.body.append(bar);
  const first = from(list);
  stopper.focus({ preventScroll: true });
  read(first);
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && bar) stop();
});
addEventListener("pagehide", stop);
clausebook.readAloud = () => (bar ? stop() : start());
clausebook.readAloud();
