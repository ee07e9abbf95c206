/* What is said of a clause that is no longer what a reader kept, and what it is now. */
import { phrase } from './parts.js';
import { clauseAt, look, site, top } from './pins.js';

const cite = ({ number, short }) => phrase("script.citation", { document: short, number: number.replace("¶", "") });
export const citationOf = (clause, d, a) => (clause ? cite(clause) : d + ", " + a.replace(/^para-/, ""));

/*
 * A pin as it is now: its clauses (one; more if it was split; none if it is gone), what became of it, and what to say of it.
 * Where only the places of its clauses are asked for, their texts are not read.
 */
export const resolve = async (pin, needsText = true) => {
  const { fate, needsWords, now } = await look(pin);
  const [word, to = [], reworded] = fate;
  const places = to.map((address) => address.split("#"));
  const followed = word === "same" || word === "reworded" ? [[pin.d, pin.a]] : word === "withdrawn" || word === "unknown" ? [] : places;
  const clauses = [];
  for (const [d, a] of followed) {
    const clause = needsText ? await clauseAt(d, a) : {};
    if (clause) clauses.push({ ...clause, d, a });
  }
  const page = (await site()).pages.get(pin.d);
  const result = { word, reworded: reworded || word === "reworded", needsWords, now, clauses, page: page ? top + page + "#" + pin.a : null };
  if (word === "same" && clauses.length) return { ...result, said: "" };
  const was = clauses[0] && clauses[0].d === pin.d ? pin.a.replace(/^para-/, "") : citationOf(null, pin.d, pin.a);
  const words = {
    same: () => phrase("list.unread"),
    unread: () => phrase("list.unread"),
    reworded: () => phrase("list.reworded"),
    moved: () => phrase("list.moved", { was }),
    renumbered: () => phrase("list.moved", { was }),
    split: () => phrase("list.split", { was }),
    merged: () => phrase("list.merged", { was }),
    withdrawn: () => phrase("list.withdrawn"),
    absent: () => phrase("list.absent"),
    unknown: () => phrase("list.unknown"),
  };
  const about = (Object.prototype.hasOwnProperty.call(words, word) ? words[word] : words.unknown)();
  return { ...result, said: reworded ? about + " " + phrase("list.reworded") : about };
};
/* The pin of a clause as it is now. */
export const pinNow = async (pin, d, a) => {
  const { now } = await look({ d, a, e: "", h: "" });
  return { ...pin, d, a, e: (await site()).mark, h: now || "" };
};
