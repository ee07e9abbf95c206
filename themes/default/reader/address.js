/* A list as an address: `guidance-2008:3.37,3.38;fact-sheet-9:13;@0a1b2c`. Whatever comes from one is checked and bounded. */
import { HASH, MARK, isPin } from './pins.js';

const MOST = { items: 200, address: 30000, heading: 200, words: 4000, text: 200000 };
export const shortened = (words, most) => String(words === undefined || words === null ? "" : words).replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, "").slice(0, most);

/* An item of a list, if what was read is one. */
export const itemOf = (read) => {
  if (!read || typeof read !== "object" || !isPin(read.d, read.a)) return null;
  return {
    d: read.d,
    a: read.a,
    e: typeof read.e === "string" && MARK.test(read.e) ? read.e : "",
    h: typeof read.h === "string" && HASH.test(read.h) ? read.h : "",
    t: shortened(read.t, MOST.heading),
    w: shortened(read.w, MOST.words),
  };
};
/* A list, if what was read is one. */
export const listOf = (read) => {
  const items = read && Array.isArray(read.items) ? read.items.slice(0, MOST.items).map(itemOf).filter(Boolean) : [];
  return { title: shortened(read && read.title, MOST.heading), items };
};

const packed = async (text) => {
  if (typeof CompressionStream === "undefined") return "!" + encodeURIComponent(text);
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  return "=" + btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
};
const unpacked = async (text) => {
  if (text[0] === "!") return decodeURIComponent(text.slice(1));
  const bytes = Uint8Array.from(atob(text.slice(1).replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder();
  let whole = "";
  /* A few bytes may be deflated from very many. */
  while (whole.length < MOST.text) {
    const { done, value } = await reader.read();
    if (done) return whole;
    whole += decoder.decode(value, { stream: true });
  }
  reader.cancel();
  return whole.slice(0, MOST.text);
};

/* The fragment of a list. `needs` says of which items the words are needed; without `own`, headings and words are left out. */
export const fragmentOf = async ({ title, items }, mark, needs, own) => {
  const named = [];
  let text = "";
  let last = "";
  items.forEach(({ d, a, h }, at) => {
    const known = named.indexOf(d);
    if (known < 0) named.push(d);
    const name = known < 0 || known > 25 ? d : String.fromCharCode(65 + known);
    text += d === last ? "," : (text ? ";" : "") + name + ":";
    last = d;
    text += encodeURIComponent(a) + (h && mark && needs[at] ? "~" + h : "");
  });
  if (mark && items.length) text += ";@" + mark;
  const words = [title, ...items.map(({ t, w }) => (w ? t + "\u001f" + w : t))].join("\u001e");
  return own && words.replace(/\u001e/g, "") ? text + ";" + (await packed(words)) : text;
};

/* The list that a fragment holds; nothing if it holds none. */
export const fromFragment = async (fragment) => {
  const parts = fragment.slice(0, MOST.address).split(";");
  const named = [];
  const items = [];
  let marks = "";
  let words = [];
  let joins = false;
  let broken = fragment.length > MOST.address;
  for (const part of parts) {
    if (part === "+") joins = true;
    else if (part[0] === "@") marks = part.slice(1);
    else if (part[0] === "=" || part[0] === "!") {
      try {
        words = (await unpacked(part)).split("\u001e");
      } catch (fault) {
        broken = true;
      }
    } else if (part) {
      const [name, ...rest] = part.split(":");
      const d = /^[A-Z]$/.test(name) ? named[name.charCodeAt(0) - 65] : name;
      if (d && !named.includes(d)) named.push(d);
      for (const each of rest.join(":").split(",")) {
        const [a, h] = each.split("~");
        let decoded = "";
        try {
          decoded = decodeURIComponent(a);
        } catch (fault) { /* It is no address. */ }
        if (isPin(d, decoded) && items.length < MOST.items) items.push({ d, a: decoded, h });
        else broken = true;
      }
    }
  }
  if (!items.length) return null;
  const own = (at) => (words[at + 1] || "").split("\u001f");
  const list = listOf({ title: words[0], items: items.map((item, at) => ({ ...item, e: marks, t: own(at)[0], w: own(at)[1] })) });
  return { ...list, broken, joins };
};
