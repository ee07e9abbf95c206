/*
 * A reader's own list: clauses of any papers, in the reader's order and with the reader's words, to print, to show and to
 * send. All of it is in the address, and what the reader keeps is kept in this browser alone. What comes from an address or a file is shown as text, and checked before.
 */
import { fragmentOf, fromFragment, listOf } from './address.js';
import { citationOf, pinNow, resolve } from './changes.js';
import { all, button, foreign, make, one, phrase, say } from './parts.js';
import { site, top } from './pins.js';
import { count, keepList, keepNotes, keeps, notesOf, ownList, ownNotes, sameClause, sameNote } from './store.js';

window.clausebookWords.add(CATALOGUE);

const { copy } = clausebook;
/* What comes when it is asked for. */
let more = null;
const withMore = (act) => {
  more = more || new Promise((done) => {
    const script = make("script", { src: top + "static/more.js" });
    script.onload = () => done(clausebook.more);
    document.head.append(script);
  });
  return more.then(act);
};
const WORDS_A_MINUTE = 200;
/* The style of a list, which an empty page does not need. */
let style = null;
const styled = () => {
  style = style || new Promise((done) => {
    const link = make("link", { rel: "stylesheet", href: top + "static/list.css" });
    link.onload = link.onerror = done;
    document.head.append(link);
  });
  return style;
};
const body = one("[data-list]");

let list = { title: "", items: [] };
/* Whether the list came with the address, and is not the reader's own. */
let isGuest = false;
let shown = [];
const looked = new Map();
const keyOf = ({ d, a, e, h }) => [d, a, e, h].join(" ");
const resolved = (pin) => {
  const key = keyOf(pin);
  if (!looked.has(key)) looked.set(key, resolve(pin));
  return looked.get(key);
};
const linkTo = (clause, d, a) => make("a", { href: clause.url }, citationOf(clause, d, a));

/* Parts of the page */

const part = (name, ...within) => make("div", { class: name }, ...within);
const fault = make("p", { class: "remarks", ...foreign() });
const guest = make("div", { class: "alert", hidden: "", ...foreign() });
const actions = part("tools");
const heading = make("input", { type: "text", maxlength: "200", autocomplete: "off" });
const items = make("ol", { class: "mine-items" });
const said = (name) => one("[data-list-" + name + "]", body);
const total = said("total");
const empty = total.textContent;
const square = part("mine-square");
const notesPart = make("section", { class: "mine-notes", "aria-labelledby": "my-notes" });
const wallText = part("text");
const wallClause = make("div", { class: "clause", hidden: "" }, make("p", { class: "number" }), wallText);

/* The address and what is kept */

let turn = 0;
const toAddress = async () => {
  const mine = ++turn;
  const { mark, base } = await site();
  const needs = await Promise.all(list.items.map(async (item) => (await resolved(item)).needsWords));
  const fragment = await fragmentOf(list, mark, needs, true);
  const short = await fragmentOf(list, mark, needs, false);
  if (mine !== turn) return;
  try {
    history.replaceState(null, "", location.pathname + location.search + (fragment ? "#" + fragment : ""));
  } catch (refused) { /* Then the address is not kept. */ }
  square.textContent = "";
  if (base && list.items.length) drawSquare([base + "list.html#" + fragment, base + "list.html#" + short]);
};
/* The whole list as a QR code, for paper; without the reader's words, if it is too long with them. */
const drawSquare = (addresses) => withMore(({ squareOf }) => {
  const made = addresses.map((address) => [address, squareOf(address)]).find(([, svg]) => svg);
  square.textContent = "";
  if (made) square.append(made[1], make("p", {}, phrase("list.square"), " ", made[0]));
});
const changed = () => {
  if (!isGuest) keepList(list);
  toAddress();
};

/* Items */

const field = (label, element) => make("label", {}, label, element);
const moveTo = (from, to, focus) => {
  if (to < 0 || to >= list.items.length) return;
  list.items.splice(to, 0, ...list.items.splice(from, 1));
  changed();
  draw().then(() => {
    const buttons = items.children[to] ? all(".move", items.children[to]) : [];
    const wanted = focus === "up" ? buttons[0] : buttons[1];
    if (focus && wanted) (wanted.disabled ? buttons.find((other) => !other.disabled) || wanted : wanted).focus();
    say(phrase("list.moved-to", { place: to + 1, count: list.items.length }));
  });
};
const remove = (at) => {
  list.items.splice(at, 1);
  changed();
  draw().then(() => {
    const next = items.children[Math.min(at, items.children.length - 1)];
    (next ? one(".from a, .from", next) : one("h1")).focus();
    say(phrase("list.count", { count: list.items.length }));
  });
};
/* "(a)" and "(b)" are lines of their own. */
const linesOf = (text) => text.split(/ (?=\((?:[a-z]|[ivx]+|\d{1,2})\) )/).map((line) => make("p", {}, line));
const editor = (item, head, words) => {
  const title = make("input", { type: "text", maxlength: "200", autocomplete: "off" });
  const own = make("textarea", { rows: "3", maxlength: "4000" });
  title.value = item.t;
  own.value = item.w;
  const box = make("div", { class: "mine-edit", hidden: "" }, field(phrase("list.heading"), title), field(phrase("list.words"), own));
  const show = () => {
    head.textContent = item.t;
    head.hidden = !item.t;
    words.textContent = item.w;
    words.hidden = !item.w;
  };
  const take = () => {
    item.t = title.value;
    item.w = own.value;
    show();
    changed();
  };
  title.addEventListener("input", take);
  own.addEventListener("input", take);
  show();
  return box;
};
let dragged = -1;
const draggable = (line, at) => {
  const handle = make("span", { class: "mine-handle", draggable: "true", "aria-hidden": "true" }, "⠿");
  handle.addEventListener("dragstart", (event) => {
    dragged = at;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", String(at));
  });
  line.addEventListener("dragover", (event) => {
    if (dragged >= 0) event.preventDefault();
  });
  line.addEventListener("drop", (event) => {
    event.preventDefault();
    if (dragged >= 0) moveTo(dragged, at);
    dragged = -1;
  });
  handle.addEventListener("dragend", () => (dragged = -1));
  return handle;
};
const itemLine = (item, now, at, note) => {
  const { clauses, said, page, word } = now;
  const head = make("h2", {});
  const words = make("p", { class: "own-words" });
  const line = make("li", {}, head);
  const edit = editor(item, head, words);
  const name = citationOf(clauses[0], item.d, item.a);
  line.append(words);
  if (!clauses.length) line.append(make("p", { class: "from" }, page && word !== "absent" ? make("a", { href: page }, name) : make("b", { tabindex: "-1" }, name)));
  for (const clause of clauses) {
    const from = make("p", { class: "from" }, linkTo(clause, item.d, item.a));
    if (clause.status) from.append(" ", make("span", { class: "tag" }, clause.status));
    line.append(from, make("div", { class: "text" }, ...linesOf(clause.text)));
  }
  if (said) {
    const told = make("p", { class: "mine-said alert", ...foreign() }, said);
    if (clauses.length === 1) {
      told.append(" ", button(phrase("list.accept"), async () => {
        list.items[at] = await pinNow(item, clauses[0].d, clauses[0].a);
        changed();
        draw();
      }));
    }
    line.append(told);
  }
  if (note) line.append(make("p", { class: "mine-note" }, make("b", { ...foreign() }, phrase("list.my-note")), " " + note.w));
  const opener = button(phrase("list.edit"), () => {
    edit.hidden = !edit.hidden;
    opener.setAttribute("aria-expanded", !edit.hidden);
    if (!edit.hidden) one("input", edit).focus();
  }, { "aria-expanded": "false", "aria-label": phrase("list.edit-label", { number: name }) });
  const move = (words, label, to, focus) => {
    const made = button(words, () => moveTo(at, to, focus), { class: "move", "aria-label": label });
    made.disabled = to < 0 || to >= list.items.length;
    return made;
  };
  line.append(make("div", { class: "ruled", "aria-hidden": "true" }, make("div", {}), make("div", {}), make("div", {})),
    make("div", { class: "tools", ...foreign() }, draggable(line, at), move(phrase("list.up"), phrase("list.up-label", { number: name }), at - 1, "up"),
      move(phrase("list.down"), phrase("list.down-label", { number: name }), at + 1, "down"),
      opener, button(phrase("list.remove"), () => remove(at), { "aria-label": phrase("list.remove-label", { number: name }) })), edit);
  return line;
};
let drawing = 0;
const draw = async () => {
  const mine = ++drawing;
  const found = await Promise.all(list.items.map(resolved));
  const notes = await Promise.all(ownNotes().map(async (note) => ({ note, places: (await resolved(note)).clauses })));
  const noteOf = ({ clauses }) => (notes.find(({ places }) => places.some((place) => clauses.some(sameClause(place)))) || {}).note;
  if (list.items.length || notes.length) await styled();
  if (mine !== drawing) return;
  shown = found;
  items.textContent = "";
  items.append(...list.items.map((item, at) => itemLine(item, found[at], at, noteOf(found[at]))));
  heading.value = list.title;
  one("h1", body).textContent = list.title || phrase("script.my-list");
  const words = found.flatMap(({ clauses }) => clauses).reduce((sum, { text }) => sum + text.split(" ").length, 0);
  total.textContent = list.items.length
    ? phrase("list.count", { count: list.items.length }) + ", " + phrase("list.minutes", { count: Math.max(1, Math.round(words / WORDS_A_MINUTE)) })
    : empty;
  total.hidden = false;
  body.dataset.state = "done";
  for (const element of [actions, heading.parentElement]) element.style.display = list.items.length ? "" : "none";
  count(isGuest ? ownList().items.length : list.items.length);
};

/* What is done with a list */

const citations = () => shown.flatMap(({ clauses }) => clauses).map((clause) => citationOf(clause));
const wallItems = () => shown.flatMap(({ clauses }) => clauses);
let wallAt = 0;
const setWall = () => {
  const clause = wallItems()[wallAt];
  one(".number", wallClause).textContent = clause.number;
  wallText.textContent = "";
  wallText.append(...linesOf(clause.text));
};
let showWall = null;
const WALL = {
  clause: wallClause,
  kind: () => {
    const length = wallItems()[wallAt].text.length;
    return length < 200 ? "short" : length < 700 ? "medium" : "long";
  },
  tag: () => wallAt + 1 + " / " + wallItems().length + " " + citationOf(wallItems()[wallAt]) + (wallItems()[wallAt].status ? ". " + wallItems()[wallAt].status : ""),
  beyond: (forward) => {
    const to = wallAt + (forward ? 1 : -1);
    if (!wallItems()[to]) return false;
    wallAt = to;
    setWall();
    return true;
  },
  left: () => {
    wallClause.remove();
    one("button", actions).focus();
  },
};
const onWall = () => {
  if (!wallItems().length) return;
  wallAt = 0;
  body.append(wallClause);
  wallClause.hidden = false;
  setWall();
  withMore(({ fill, wallOf }) => {
    showWall = showWall || wallOf(WALL);
    fill(showWall);
  });
};
const chooseFile = (take) => {
  const input = make("input", { type: "file", accept: ".json,application/json" });
  input.addEventListener("change", () => input.files[0] && withMore(({ openedFrom }) => openedFrom(input.files[0], take)));
  return input;
};
const wrong = () => say(phrase("list.wrong-file"));
const opener = (words, take) => {
  const input = chooseFile(take);
  input.hidden = true;
  return [button(words, () => input.click()), input];
};
const openList = (read) => {
  const found = listOf(read);
  if (!found.items.length) return wrong();
  list = found;
  isGuest = Boolean(ownList().items.length) && JSON.stringify(ownList()) !== JSON.stringify(list);
  changed();
  draw().then(offerGuest);
};
const handouts = () => {
  const set = make("fieldset", { class: "tools" }, make("legend", {}, phrase("script.print")));
  for (const [handout, words] of [["leader", phrase("script.print-leader")], ["participant", phrase("script.print-participant")]]) {
    const box = make("input", { type: "radio", name: "handout", value: handout });
    box.checked = handout === "leader";
    box.addEventListener("change", () => (document.body.dataset.handout = handout));
    set.append(make("label", {}, box, words));
  }
  const withNotes = make("input", { type: "checkbox" });
  withNotes.addEventListener("change", () => document.body.classList.toggle("print-notes", withNotes.checked));
  set.append(make("label", {}, withNotes, phrase("list.print-notes")), button(phrase("script.print"), () => window.print(), { class: "main" }));
  return set;
};
const offerActions = () => {
  const link = async (from) => {
    const { base } = await site();
    copy((base ? base + "list.html" : location.href.split("#")[0]) + location.hash, from);
  };
  actions.append(button(phrase("script.wall"), onWall), button(phrase("script.copy-link"), link), button(phrase("list.citations"), (from) => copy(citations().join("\n"), from)),
    button(phrase("list.save"), () => withMore(({ saveList }) => saveList(list))), button(phrase("list.pack"), () => withMore(({ savePack }) => savePack(list, phrase("script.my-list")))), handouts());
};
const offerGuest = () => {
  guest.hidden = !isGuest;
  guest.textContent = "";
  if (!isGuest) return;
  const own = ownList().items.length;
  const settle = (chosen) => {
    list = chosen;
    isGuest = false;
    changed();
    draw().then(offerGuest);
    one("h1", body).focus();
  };
  guest.append(make("p", {}, phrase("list.guest")), make("div", { class: "tools" }, button(phrase("list.keep"), () => settle(list), { class: "main" })));
  if (!own) return;
  guest.lastChild.append(
    button(phrase("list.join"), () => {
      const mine = ownList();
      settle({ ...mine, items: [...mine.items, ...list.items.filter((item) => !mine.items.some(sameClause(item)))] });
    }),
    button(phrase("list.own", { count: own }), () => settle(ownList())));
};

/* Notes, which come with the rest if there are any. */
const drawNotes = () => {
  const own = ownNotes();
  for (const name of ["notes-kept", "notes-none"]) body.append(said(name));
  said("notes-kept").hidden = !own.length;
  said("notes-none").hidden = Boolean(own.length);
  const tools = make("div", { class: "tools", ...foreign() }, ...opener(phrase("list.open-notes"), takeNotes));
  notesPart.textContent = "";
  notesPart.append(make("h2", { id: "my-notes", ...foreign() }, phrase("list.notes")), said(own.length ? "notes-kept" : "notes-none"), tools);
  if (own.length) {
    withMore(async ({ saveNotes, notesIn }) => {
      const lines = await notesIn({ citationOf, drawNotes, keepNotes, ownNotes, pinNow, resolved, sameNote });
      tools.before(lines);
      tools.prepend(button(phrase("list.save-notes"), () => saveNotes(ownNotes())));
    });
  }
};
const takeNotes = (read) => {
  const found = notesOf(read && read.notes);
  if (!found.length) return wrong();
  keepNotes([...ownNotes().filter((note) => !found.some(sameNote(note))), ...found]);
  drawNotes();
  say(phrase("list.notes-count", { count: ownNotes().length }));
};

const begin = async () => {
  const fromAddress = location.hash.length > 1 ? await fromFragment(location.hash.slice(1)) : null;
  const own = ownList();
  /* From another page of the same folder. */
  if (fromAddress && fromAddress.joins && location.protocol === "file:") {
    fromAddress.title = own.title || fromAddress.title;
    fromAddress.items = [...own.items, ...fromAddress.items.filter((item) => !own.items.some(sameClause(item)))];
    keepList(listOf(fromAddress));
    own.title = fromAddress.title;
    own.items = listOf(fromAddress).items;
  }
  list = fromAddress || own;
  const broken = Boolean(fromAddress && fromAddress.broken) || (location.hash.length > 1 && !fromAddress);
  list = listOf(list);
  const bare = ({ title, items: all }) => JSON.stringify([title, all.map(({ d, a, t, w }) => [d, a, t, w])]);
  /* An own list that comes back by its address keeps what its address need not have. */
  if (bare(own) === bare(list)) list = own;
  isGuest = list !== own && list.items.length > 0;
  if (broken) say(phrase("list.broken"));
  fault.textContent = broken ? phrase("list.broken") : "";
  said(keeps() ? "kept" : "not-kept").hidden = false;
  await draw();
  offerGuest();
  if (list.items.length) toAddress();
};

one(".no-script", body).remove();
const title = field(phrase("list.title"), heading);
title.className = "mine-title";
heading.addEventListener("input", () => {
  list.title = heading.value;
  one("h1", body).textContent = list.title || phrase("script.my-list");
  changed();
});
offerActions();
one("[data-list-parts]").replaceWith(fault, guest, actions, title, items, make("div", { class: "tools", ...foreign() }, ...opener(phrase("list.open-file"), openList)), square, notesPart);
drawNotes();
begin();
addEventListener("hashchange", begin);
