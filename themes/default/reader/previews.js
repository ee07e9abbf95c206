/*
 * Previews: what a link leads to, while a mouse rests on it. Comes after `reading.js`, which loads it. The words of other
 * pages are in files of search, since pages that are opened from a folder may not read one another.
 */
import { all, button, foreign, keep, kept, make, one, phrase, root } from './parts.js';
import { recordsOf } from './records.js';

/* Words on one line, without note marks, editor's notes and labels of controls; cells parted. */
const wordsOf = (element) => {
  const copied = element.cloneNode(true);
  all(".mark, .opened, .note-list, .source, .status, .alert.note", copied).forEach((mark) => mark.remove());
  all(":is(td, th) + :is(td, th)", copied).forEach((cell) => cell.prepend(" | "));
  return copied.textContent.replace(/\s+/g, " ").trim();
};

const PREVIEWED = ".items a[href]:not(.mark):not(.number a), .front a[href]";
/* The preview that is open, the link that it is of, and where in the window the link was. */
let preview = null;
let from = null;
let place = null;
const timers = {};

const after = (wait, name, act) => {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(() => {
    timers[name] = 0;
    act();
  }, wait);
};
const stop = (name) => {
  clearTimeout(timers[name]);
  timers[name] = 0;
};

const closePreview = () => {
  stop("leave");
  if (preview) preview.remove();
  preview = null;
};

const beginning = (words) => {
  const list = words.split(" ");
  return list.length > 62 ? `${list.slice(0, 60).join(" ").replace(/[,;:]+$/, "")} …` : words;
};

/* The words of a clause from a label on, and up to the next if that is the next letter; nothing if the label is not there. */
const partOf = (text, labels) => {
  let from = 0;
  for (const label of labels) from = from < 0 ? from : text.indexOf(`(${label}) `, from);
  const last = labels[labels.length - 1];
  const next = last.length === 1 ? text.indexOf(` (${String.fromCharCode(last.charCodeAt(0) + 1)}) `, from) : -1;
  return from < 0 ? "" : text.slice(from, next < 0 ? undefined : next);
};

/* A place of another page: a document, a heading, a clause, or a part of a clause. */
const elsewhere = async (link, items) => {
  const [page, hash] = link.href.split("#");
  const records = await recordsOf(page, items.dataset.previews);
  const id = decodeURIComponent((records.length && hash) || "");
  const found = records.find((record) => record.id === id) || records.find((record) => id.startsWith(`${record.id}-`) && record.number);
  if (!found) return null;
  const { number, trail, short, status } = found;
  const labels = id === found.id ? [] : id.slice(found.id.length + 1).split("-");
  const part = labels.length ? partOf(found.text, labels) : "";
  /* Of a heading or a document: the first words under it. */
  const isUnder = (record) => record.text && trail.every((heading, level) => record.trail[level] === heading);
  const first = found.text ? found : records.slice(records.indexOf(found)).find(isUnder);
  return {
    n: part ? number + labels.map((label) => `(${label})`).join("") : number || trail[trail.length - 1],
    d: short,
    s: status.replace(/^./, (first) => first.toUpperCase()),
    t: beginning(part || (first ? first.text : "")),
    m: part ? 0 : found.notes,
  };
};

/* A place of this page in the same form. */
const here = (id, items) => {
  const place = document.getElementById(decodeURIComponent(id));
  const clause = place && place.closest(".clause");
  if (!clause || !clause.closest(".items > .clause")) return null;
  const words = wordsOf(place === clause || place.tagName === "SPAN" ? one(".text", clause) : place);
  const status = one(".front .tag");
  return {
    n: one(".number", clause).textContent,
    d: items.dataset.cite,
    s: status ? status.textContent.trim() : "",
    t: beginning(words),
    m: all(".text .mark", clause).length,
  };
};

/* What a link leads to, if it can be shown. */
const leadsTo = async (link, items) => {
  const written = link.getAttribute("href");
  return written.startsWith("#") ? here(written.slice(1), items) : elsewhere(link, items);
};

const openPreview = (link, found, y) => {
  closePreview();
  const off = button(phrase("script.previews-off"), () => {
    usePreviews(false);
    closePreview();
  }, { tabindex: "-1" });
  const title = found.n === found.d ? [found.n] : [found.n, found.d];
  const words = make("div", {}, make("p", {}, make("b", {}, title.join(", "))));
  if (found.s) words.append(make("p", {}, make("strong", {}, found.s)));
  if (found.t) words.append(make("p", {}, found.t));
  if (found.m) words.append(make("p", foreign(), phrase("script.notes", { count: found.m })));
  preview = make("div", { class: "preview", "aria-hidden": "true" }, words, off);
  document.body.append(preview);
  /* Under the line that the mouse is on, or over it where there is more room, and no taller than the room: never on it. */
  const lines = Array.from(link.getClientRects());
  const line = lines.find((line) => y >= line.top && y <= line.bottom) || lines[0];
  const [over, under] = [line.top - 8, innerHeight - line.bottom - 8];
  const isBelow = preview.offsetHeight <= under || under >= over;
  preview.style.maxHeight = `${Math.max(isBelow ? under : over, 80)}px`;
  const box = preview.getBoundingClientRect();
  const left = Math.max(16, Math.min(line.left, root.clientWidth - box.width - 16));
  preview.style.left = `${left + scrollX}px`;
  preview.style.top = `${(isBelow ? line.bottom + 6 : line.top - box.height - 6) + scrollY}px`;
  from = link;
  place = lines[0];
};

const usePreviews = (on) => {
  keep("previews", on ? "on" : "off");
  all("[name=previews]").forEach((box) => (box.checked = on));
};

/*
 * A preview opens when the mouse rests on a link, and stays while the mouse is on the link or in the preview. On its way
 * from one to the other it may take its time as long as each step brings it nearer. What moves the link from under the
 * mouse (scrolling, another size of window, a text that opens or goes) closes the preview too, also under a mouse that
 * does not move: where the mouse is counts, and not what a browser says of it.
 */
const followMouse = (items) => {
  let [x, y] = clausebook.mouse;
  let resting = null;
  let away = 0;
  let soon = false;
  const under = () => document.elementFromPoint(x, y);
  const linkUnder = () => {
    const element = under();
    return element && element.closest(PREVIEWED);
  };
  const isOpen = (link) => Boolean(preview) && from === link;
  const show = async (link) => {
    const found = linkUnder() === link && !isOpen(link) && (await leadsTo(link, items));
    if (!found || linkUnder() !== link) return;
    openPreview(link, found, y);
    away = distance();
    after(500, "settle", settle);
    stayTogether(link, preview);
  };
  const rest = () => {
    const link = linkUnder();
    if (link === resting) return;
    resting = link;
    if (link && !isOpen(link) && kept("previews") !== "off") after(400, "rest", () => show(link));
    else stop("rest");
  };
  const close = () => {
    closePreview();
    resting = null;
  };
  const distance = () => {
    const box = preview.getBoundingClientRect();
    return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  };
  /* A preview is parted from its link when a text above the link opens or goes: it closes, and may come again. */
  const stayTogether = (link, shown) => {
    const gap = () => {
      const line = link.getClientRects()[0];
      return line ? shown.getBoundingClientRect().top - line.top : Infinity;
    };
    const first = gap();
    const look = () => {
      if (preview !== shown) return;
      if (Math.abs(gap() - first) < 2) return requestAnimationFrame(look);
      close();
      rest();
    };
    requestAnimationFrame(look);
  };
  /* The mouse has moved while a preview is open. */
  const approach = () => {
    const [over, now, before] = [under(), distance(), away];
    away = now;
    if (preview.contains(over) || from.contains(over)) stop("leave");
    else if (now > before || (now === before && linkUnder())) closePreview();
    else if (now < before || !timers.leave) after(300, "leave", closePreview);
  };
  /* The page may have moved under the mouse. */
  const settle = () => {
    if (preview) {
      const [over, now] = [under(), from.getClientRects()[0]];
      const moved = !now || Math.abs(now.top - place.top) > 1 || Math.abs(now.left - place.left) > 1;
      if (from.contains(over)) place = now;
      else if (moved || !(timers.leave || preview.contains(over))) close();
    }
    rest();
    soon = false;
    if (preview) after(500, "settle", settle);
  };
  const follow = (event) => {
    if (event.pointerType !== "mouse") return;
    [x, y] = [event.clientX, event.clientY];
    if (preview) approach();
    rest();
  };
  document.addEventListener("pointerover", follow);
  document.addEventListener("pointermove", follow, { passive: true });
  root.addEventListener("pointerleave", () => {
    [x, y] = [-1, -1];
    close();
    rest();
  });
  addEventListener("scroll", () => {
    if (!soon) after(150, "settle", settle);
    soon = true;
  }, { capture: true, passive: true });
  addEventListener("resize", () => {
    close();
    rest();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closePreview();
  });
  rest();
};

followMouse(one(".items[data-cite]"));
