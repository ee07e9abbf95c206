/* What a reader keeps: a list, and notes. It is kept in this browser, under the name of the site, and nowhere else. */
import { itemOf, listOf, shortened } from './address.js';
import { keep, kept, one, phrase } from './parts.js';
import { isPin } from './pins.js';

const read = (name) => {
  try {
    return JSON.parse(kept(name) || "null");
  } catch (broken) {
    return null;
  }
};
/* Whether the browser keeps anything at all. */
export const keeps = () => {
  keep("try", "1");
  return kept("try") === "1";
};
/* How many clauses there are is said beside the name of the list. */
export const count = (items) => {
  const entry = one("[data-my-list]");
  if (entry) entry.textContent = phrase("script.my-list") + (items ? " (" + items + ")" : "");
};
export const ownList = () => listOf(read("list"));
export const keepList = (list) => {
  keep("list", JSON.stringify(list));
  count(list.items.length);
};
export const sameNote = (one) => (other) => one.d === other.d && one.a === other.a && one.h === other.h;
export const sameClause = (one) => (other) => one.d === other.d && one.a === other.a;

/* Notes, each with the clause that it is on. */
export const notesOf = (found) => {
  const notes = Array.isArray(found) ? found.slice(0, 2000).map(itemOf).filter((note) => note && note.w) : [];
  return notes.filter((note, at) => notes.findIndex(sameNote(note)) === at);
};
export const ownNotes = () => notesOf(read("notes"));
export const keepNotes = (notes) => keep("notes", JSON.stringify(notes));
export const noteText = (words) => shortened(words, 4000);
export const pinOf = (d, a, mark, now) => (isPin(d, a) ? { d, a, e: mark, h: now || "", t: "", w: "" } : null);
