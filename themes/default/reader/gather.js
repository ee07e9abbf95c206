/* Beside each clause of a page: a way to put it into the list, and to write a note on it. */
import { fragmentOf } from './address.js';
import { pinNow, resolve } from './changes.js';
import { load } from './records.js';
import { all, button, foreign, keep, kept, make, one, phrase, say } from './parts.js';
import { site, top } from './pins.js';
import { count, keepList, keepNotes, noteText, ownList, ownNotes, pinOf, sameClause, sameNote } from './store.js';

window.clausebookWords.add(CATALOGUE);

/* The clauses that a page shows or leads to: the address of each, where its buttons go, and by what they name it. */
const linked = (holder, link, number) => ({ href: link.href, holder, number: number || link.textContent });
const shownClauses = () => {
  const own = document.body.matches(".single") ? one(".clause[id]") : null;
  if (own) {
    const link = all(".onward a").find((some) => decodeURIComponent(some.hash.slice(1)) === own.id);
    return link ? [linked(own, link, one(".number", own).textContent)] : [];
  }
  const clauses = all(".items > .clause[id], .drawn > .clause").map((clause) => linked(clause, one(".number a", clause)));
  const results = all(".results > li").filter((line) => one(".result a", line)).map((line) => linked(line, one(".result a", line), one(".from b", line).textContent));
  const lines = all(".lines > li").map((line) => [line, one("a[href*='#']", line)]).filter(([, link]) => link).map(([line, link]) => linked(line, link));
  return [...clauses, ...results, ...lines];
};
/* The document and the clause that an address is of. */
const placeOf = async (href) => {
  const [page, fragment] = href.split("#");
  const { pages } = await site();
  const d = Array.from(pages.keys()).find((id) => pages.get(id) && top + pages.get(id) === page);
  if (!d || !fragment) return null;
  const own = await load("pins/" + d, top + "data/pins/" + d + ".js");
  let a = decodeURIComponent(fragment);
  while (a && own && !Object.prototype.hasOwnProperty.call(own.clauses, a)) a = a.includes("-") ? a.slice(0, a.lastIndexOf("-")) : "";
  return own && a ? { d, a } : null;
};

/* Firefox may keep what each page of a folder keeps apart from what the others do: then the way to the list carries it there. */
const isApart = location.protocol === "file:" && navigator.userAgent.includes("Firefox");
const tell = async (items) => {
  count(items.length);
  const bar = one(".mine-bar b");
  if (!bar) return;
  bar.textContent = phrase("list.count", { count: items.length });
  if (!isApart) return;
  const link = one(".mine-bar a");
  const fragment = await fragmentOf(ownList(), (await site()).mark, items.map(() => true), true);
  link.href = top + "list.html" + (items.length ? "#" + fragment + ";+" : "");
  link.onclick = () => keepList({ title: "", items: [] });
};
/* Pins with the places where they are now: what has an old number may be another clause. */
const placed = (pins) => Promise.all(pins.map(async (pin) => ({ pin, ...(await resolve(pin, false)) })));
const toggle = async (d, a, from, number) => {
  const list = ownList();
  const at = (await placed(list.items)).findIndex(({ clauses }) => clauses.some(sameClause({ d, a })));
  if (at < 0) list.items.push(await pinNow(pinOf(d, a, "", ""), d, a));
  else list.items.splice(at, 1);
  keepList(list);
  mark(from, at < 0, number);
  tell(list.items);
  say(at < 0 ? phrase("list.added", { number, count: list.items.length }) : phrase("list.removed", { number }));
};
const mark = (from, isIn, number) => {
  from.textContent = isIn ? phrase("list.in-list") : phrase("list.add");
  from.dataset.in = isIn;
  from.setAttribute("aria-label", isIn ? phrase("list.in-list-label", { number }) : phrase("list.add-label", { number }));
};

/* A note under a clause: its words, and a field for them. */
const noteOn = (holder, place, number, found) => {
  const words = make("p", { class: "mine-note" });
  const field = make("textarea", { rows: "3", maxlength: "4000" });
  const label = make("label", { hidden: "" }, phrase("list.note-on", { number }), field, make("small", {}, phrase("list.note-kept")));
  let pin = found && found.pin;
  field.value = pin ? pin.w : "";
  const show = () => {
    words.textContent = "";
    if (!field.value) return;
    words.append(make("b", {}, phrase("list.my-note")), " " + field.value);
    if (found && found.said) words.append(" ", make("em", {}, found.said));
  };
  const opener = button(phrase("list.note"), () => {
    label.hidden = !label.hidden;
    opener.setAttribute("aria-expanded", !label.hidden);
    if (!label.hidden) field.focus();
  }, { "aria-expanded": "false", "aria-label": phrase("list.note-label", { number }) });
  field.addEventListener("input", async () => {
    pin = pin || (await pinNow(pinOf(place.d, place.a, "", ""), place.d, place.a));
    const own = pin;
    const others = ownNotes().filter((note) => !sameNote(own)(note));
    const w = noteText(field.value);
    keepNotes(w ? [...others, { ...own, w }] : others);
    show();
  });
  show();
  holder.append(opener);
  return [words, label];
};

const decorate = async () => {
  const [items, notes] = [await placed(ownList().items), await placed(ownNotes())];
  const wanted = shownClauses().filter(({ holder }) => !one(":scope > .mine", holder));
  const inDocument = Boolean(one(".items"));
  for (const { href, holder, number } of wanted) {
    const place = await placeOf(href);
    if (!place || one(":scope > .mine", holder)) continue;
    const box = make("div", { class: "mine", ...foreign() });
    const adder = button("", () => toggle(place.d, place.a, adder, number));
    mark(adder, items.some(({ clauses }) => clauses.some(sameClause(place))), number);
    const line = make("div", { class: "tools" }, adder);
    box.append(line);
    if (holder.matches(".clause")) {
      const found = notes.find(({ clauses }) => clauses.some(sameClause(place)));
      box.append(...noteOn(line, place, number, found));
    }
    holder.append(box);
    /* In a document the keys lead from clause to clause, and into one only on the way. */
    const current = holder.contains(document.activeElement) || (location.hash && holder.id === decodeURIComponent(location.hash.slice(1)));
    if (inDocument && holder.id && !current) all("button, textarea", box).forEach((element) => element.setAttribute("tabindex", "-1"));
  }
};

let watching = false;
const gather = (asked) => {
  if (asked) keep("gather", "on");
  if (kept("gather") === "off") return;
  if (!one(".mine-bar")) {
    const stop = () => {
      keep("gather", "off");
      all(".mine, .mine-bar").forEach((element) => element.remove());
      one("[data-my-list]").focus();
    };
    const bar = make("div", { class: "mine-bar wrap", role: "region", "aria-label": phrase("script.my-list"), ...foreign() }, make("b", { tabindex: "-1" }), " ",
      make("a", { href: top + "list.html" }, phrase("list.open")), " ", button(phrase("list.stop"), stop));
    one("main").before(bar);
  }
  tell(ownList().items);
  if (asked) one(".mine-bar b").focus();
  decorate();
  const results = one(".results");
  if (results && !watching) new MutationObserver(() => kept("gather") !== "off" && decorate()).observe(results, { childList: true });
  watching = true;
};
clausebook.gather = () => gather(true);
gather(clausebook.asked);
