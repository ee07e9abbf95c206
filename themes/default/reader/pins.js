/*
 * What became of a clause that a reader kept. `src/corpus/pins.rs` has the same rule, and `src/export/pins.rs` says how
 * the scripts are written: a clause is never taken for another, and where nobody knows, this says so.
 */
import { load, recordsOf } from './records.js';

/* The address of the site, with a slash at its end. */
export const top = document.querySelector("script[src$='static/site.js']").src.replace("static/site.js", "");
const ID = /^[a-z0-9-]{1,64}$/;
/* No address of a clause has what parts addresses from each other in that of a list. */
const ANCHOR = /^[^\s,;:~#@"'<>&\u0000-\u001f]{1,80}$/;
export const MARK = /^[0-9a-f]{6}(\.[0-9a-f]{6})?$/;
export const HASH = /^[0-9a-f]{6}$/;
export const isPin = (d, a) => typeof d === "string" && typeof a === "string" && ID.test(d) && ANCHOR.test(a);

/* The editions and the documents of the site. */
let known = null;
export const site = () => {
  if (!known) {
    known = load("pins", top + "data/pins.js").then((index) => {
      const { editions, upstream, base, documents } = index || { editions: [], upstream: 0, base: null, documents: [] };
      const pages = new Map(documents.map((own) => (typeof own === "string" ? [own, own + ".html"] : own)));
      const last = [editions[upstream - 1], editions.length > upstream ? editions[editions.length - 1] : null];
      return { editions, upstream, base, pages, mark: last.filter(Boolean).join(".") };
    });
  }
  return known;
};

const rowsOf = (entry) => {
  if (Array.isArray(entry)) return [entry[0], entry.slice(1)];
  if (typeof entry !== "string") return [0, []];
  const now = entry.slice(0, 6);
  return [now, entry.length > 6 ? [[Number(entry.slice(6)), now, "same"]] : []];
};

/* What became of a clause: a word, what took it over, whether in other words. `edition` is null if nobody knows it. */
export const became = (entry, edition, words) => {
  const [now, rows] = rowsOf(entry);
  if (words && words === now) return ["same"];
  const has = (row) => row[1] === words;
  const earlier = rows.filter((row) => edition === null || row[0] <= edition);
  let row = null;
  if (words) row = earlier.filter(has).pop() || rows.find(has);
  else if (edition === null && now) return ["same"];
  else if (edition === null) row = rows.filter((some) => some[1]).pop();
  else row = earlier.filter((some, at) => at === earlier.length - 1 && some[1])[0];
  return row ? row.slice(2) : ["unknown"];
};

/* What the site says of a pin: what became of it; whether it needs its words to be known; the words that are there now. */
export const look = async ({ d, a, e, h }) => {
  const { editions, upstream, pages, mark } = await site();
  if (!pages.has(d)) return { fate: ["absent"] };
  const own = await load("pins/" + d, top + "data/pins/" + d + ".js");
  if (!own) return { fate: ["unread"] };
  const entry = Object.prototype.hasOwnProperty.call(own.clauses, a) ? own.clauses[a] : null;
  const at = (marks) => {
    const named = marks ? marks.split(".") : [];
    const places = editions.map((edition, place) => (named.includes(edition) && place < upstream === Boolean(own.upstream) ? place : -1));
    return named.length ? Math.max(...places, -1) : null;
  };
  const edition = at(e);
  /* Of an edition that this copy does not know, only the words can tell. */
  const fate = edition === -1 && !h ? ["unknown"] : became(entry, edition === -1 ? null : edition, h);
  const plain = mark ? became(entry, at(mark), null) : ["same"];
  return { fate, needsWords: JSON.stringify(plain) !== JSON.stringify(fate), now: rowsOf(entry)[0] };
};

/* A clause as it is now: its citation, address and words; nothing if it is not there. */
export const clauseAt = async (d, a) => {
  const page = (await site()).pages.get(d);
  if (!page) return null;
  const records = await recordsOf(top + page, top + "data/places.js");
  const found = records.find((record) => record.id === a && record.number);
  if (!found) return null;
  const { number, short, status, text, trail } = found;
  return { number, short, status, text, trail, page, url: top + page + "#" + a };
};
