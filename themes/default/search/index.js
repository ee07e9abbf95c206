/* An index, whose format the header of `search.rs` tells: its records, words and postings, read as a query needs them. */

import { awaitEach, file, missing } from './files.js';
import { phrase } from './markup.js';
import { max, min, numbers, Numbers, place, rising } from './numbers.js';
import { wordsOf } from './words.js';

/* What a record is. */
export const DOCUMENT = 0, SECTION = 1, CLAUSE = 2, PASSAGE = 3, ENTRY = 4, NOTE = 5;
export const isText = kind => kind === CLAUSE || kind === PASSAGE || kind === NOTE;
/* Where a group of names comes from. */
export const SYNONYMS = 1, LAW = 2;
const PARTS = { v: 'words', p: 'postings', x: 'places', t: 'excerpts', d: 'dictionary', w: 'typed' };

/** What the records are, in order: kind, end of what is under them, whether they give way. */
const readRecords = text => {
  const kind = [], end = [], gives = [], above = [];
  let giving = 0;
  const add = (what, how) => { kind.push(what); gives.push(how); };
  const close = level => { while (above.length && above[above.length - 1].level >= level) end[above.pop().at] = kind.length; };
  for (const code of numbers(text)) {
    if (code < 7) {
      const level = code < 2 ? 0 : code;
      close(level);
      above.push({ at: kind.length, level });
      if (!level) giving = code;
      add(level ? SECTION : DOCUMENT, giving);
    } else if (code === 7) add(PASSAGE, giving);
    else if (code === 8) { close(0); add(ENTRY, 0); }
    else if (code === 9) add(NOTE, giving);
    else for (let n = 9; n < code; n++) add(CLAUSE, giving);
  }
  close(0);
  return { kind: Uint8Array.from(kind), end, gives, count: kind.length, texts: kind.filter(isText).length };
};
const readGroups = text => {
  const groups = [], n = new Numbers(text), known = n.rising(n.next()).concat(n.rising(n.next()));
  const lastPlace = [-1, -1, -1], lastTerm = [-1, -1, -1];
  while (n.at < text.length) {
    const [origin, placeStep, termStep, names] = n.list(4);
    const group = { origin, place: lastPlace[origin] += placeStep + 1, term: lastTerm[origin] += termStep + 1, names: [] };
    for (let i = 0; i < names; i++) group.names.push(n.list(n.next()).map(at => known[at]));
    groups.push(group);
  }
  return groups;
};
/** What readers type, with the words of the site for it: everyday words as in `search/everyday.rs`; after "=", words of a
    family as in `search/families.rs`. */
const readTyped = text => {
  const typed = new Map();
  for (const row of text.split(';')) {
    const [left, right] = row.split(':'), words = left.split(' ');
    if (right) for (const word of words) typed.set(word, right.split(' '));
    else for (const member of words.slice(1)) {
      const key = '=' + words[0].slice(0, words[0].length - parseInt(member[0], 36)) + member.slice(1);
      typed.set(key, (typed.get(key) || []).concat(words[0]));
    }
  }
  return typed;
};

/** Reads the first file of an index: `search/apart/index-x7k2q`, say. */
export const openIndex = async (folder, named) => {
  const prefix = named.replace(/[^/]*$/, ''), read = new Map(), shown = new Map();
  const own = (name, ending) => file(folder, prefix + name, ending);
  const data = await own(...named.slice(prefix.length).split('-'));
  if (data === null) throw new Error(phrase('no-file'));
  const start = JSON.parse(data);
  if (start.version !== 4) throw new Error(phrase('other-version'));
  for (const part of ['postings', 'excerpts', 'more']) start[part].from = rising(start[part].starts || '');
  start.words.from = numbers(start.words.starts || '');
  const records = readRecords(start.records), { k1, b, tier } = start;
  const lengths = start.lengths && Float32Array.from(numbers(start.lengths), tenth => k1 * (1 - b + b * (tenth + .5) / 10));

  /** One shard, parsed once. */
  const shard = async (kind, at, parse) => {
    const key = kind + at, part = start[PARTS[kind]];
    if (read.has(key)) return read.get(key);
    const data = part.data ? part.data[at] : await own(key, part.names.substr(at * 5, 5));
    if (data === null) return null;
    try { read.set(key, parse(data)); } catch { missing.add(prefix + key); return null; }
    return read.get(key);
  };

  /* ---- The vocabulary. ---- */

  const vocabulary = at => shard('v', at, data => {
    const n = new Numbers(data), length = n.next(), from = n.at;
    let next = start.words.from[at], word = '';
    const terms = numbers(data.substr(from, length)).map(back => back ? next - back : next++);
    const words = data.slice(from + length).match(/[A-Z][^A-Z]*/g)
      .map(code => word = word.slice(0, code.charCodeAt(0) - 65) + code.slice(1));
    const forms = new Map();
    terms.forEach((term, i) => forms.has(term) ? forms.get(term).push(words[i]) : forms.set(term, [words[i]]));
    return { words, terms, forms };
  });
  const lookup = async word => {
    const list = await vocabulary(max(0, place(start.words.first, word)));
    const at = list ? place(list.words, word) : -1;
    return at >= 0 && list.words[at] === word ? list.terms[at] : -1;
  };
  /** Whether a word is a common one of the language: as in `search/dictionary.rs`. One in seventy of other words is taken for one. */
  const isCommon = async word => {
    const hash = seed => [...word].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0, seed);
    const first = hash(0x811c9dc5), step = (hash(0x12345679) | 1) >>> 0;
    const bits = start.dictionary.names ? await shard('d', step >>> 28, text => text) : '';
    if (!bits) return bits === null;
    const length = Math.ceil((bits.length - 1) * 3 / 4) * 8;
    return [0, 1, 2, 3, 4, 5].every(n => {
      const bit = ((first + Math.imul(step, n)) >>> 0) % length, digit = bits.charCodeAt(Math.floor(bit / 6)) - 35;
      return (digit > 57 ? digit - 1 : digit) >> bit % 6 & 1;
    });
  };
  /** What a word leads to that the site has almost nowhere. */
  const typedFor = word => {
    const at = place(start.letters, word);
    return at < 0 ? null : shard('w', at, readTyped);
  };
  /** Every word that begins so, with its term; about as many as asked for. */
  const beginning = async (prefix, most) => {
    const { first } = start.words, found = [];
    for (let at = max(0, place(first, prefix)); at < first.length && found.length < most; at++) {
      if (first[at] > prefix && !first[at].startsWith(prefix)) break;
      const list = await vocabulary(at);
      for (let i = list ? max(0, place(list.words, prefix)) : Infinity; list && i < list.words.length; i++) {
        if (list.words[i].startsWith(prefix)) found.push([list.words[i], list.terms[i]]);
        else if (list.words[i] > prefix) break;
      }
    }
    return found;
  };
  /** Every form, in what has been read of the vocabulary, of each of some terms. */
  const isRead = (kind, at) => start[PARTS[kind]].data || read.has(kind + at);
  const formsOf = async terms => {
    const forms = new Map([...terms].map(term => [term, new Set()]));
    for (let at = 0; at < start.words.first.length; at++) {
      const list = isRead('v', at) ? await vocabulary(at) : null;
      if (list) for (const [term, own] of forms) for (const word of list.forms.get(term) || []) own.add(word);
    }
    return forms;
  };

  const postings = async term => {
    const at = place(start.postings.from, term);
    const list = await shard('p', at, data => {
      const n = new Numbers(data), [length] = n.list(2), counts = numbers(data.substr(n.at, length)), terms = [];
      /* The terms with most records come first, in the records and in the weights. */
      const order = counts.map((_, i) => i).sort((a, b) => counts[b] - counts[a] || a - b);
      const kept = i => min(counts[i], tier);
      n.at += length;
      for (const i of order) terms[i] = { count: counts[i], records: n.rising(kept(i)) };
      for (const i of order) terms[i].weights = n.list(kept(i));
      return terms;
    });
    return list && list[term - start.postings.from[at]] || { count: 0, records: [], weights: [] };
  };
  /** How many records have a term; 0 if that has not been read. */
  const heldBy = async term => isRead('p', place(start.postings.from, term)) ? (await postings(term)).count : 0;
  /** The same with those that few queries need: of a term in very many records, the ones where it says least. */
  const everyPosting = async term => {
    const first = await postings(term), many = first.count > tier ? start.more.from.indexOf(term) : -1;
    if (many < 0) return first;
    const parts = numbers(start.more.files), from = parts.slice(0, many).reduce((a, b) => a + b, 0);
    const files = Array.from({ length: parts[many] }, (_, i) => own('q' + (from + i), start.more.names.substr((from + i) * 5, 5)));
    const data = await Promise.all(files);
    if (data.includes(null)) return first;
    const n = new Numbers(data.join('')), rest = first.count - first.records.length;
    return { count: first.count, records: first.records.concat(n.rising(rest)), weights: first.weights.concat(n.list(rest)) };
  };
  /** Where a term is, by record; null if that is not kept, as of a term in very many records. */
  const placesOf = async term => {
    const at = place(start.postings.from, term), own = term - start.postings.from[at];
    const list = await postings(term), data = await shard('x', at, text => text);
    if (data === null || list.count > tier) return null;
    const n = new Numbers(data);
    for (let i = 0; i < own; i++) { const length = n.next(); n.at += length; }
    n.next();
    return new Map(list.records.map(record => [record, n.rising(n.next())]));
  };

  /** A record for readers, with the words of its text; null if its shard cannot be had. */
  const show = async record => {
    let found = shown.get(record);
    if (found) return found;
    const at = place(start.excerpts.from, record), list = await shard('t', at, Object);
    if (!list) return null;
    const [page, number, fragment, under, text, related = []] = list.records[record - start.excerpts.from[at]];
    const [short, address, status] = list.pages[page];
    found = { record, kind: records.kind[record], number, trail: list.under[under], text, words: wordsOf(text), related, short, status,
      url: address + (fragment === 0 ? '#' + number : fragment) };
    shown.set(record, found);
    return found;
  };

  /** The headings of all that has been shown, each once. */
  const headings = () => [...new Set(Array.from(shown.values(), ({ trail }) => trail[trail.length - 1] || ''))];
  /** The record of what a group names in the glossary or the register; -1 if it is in neither. */
  const entryOf = group => {
    const back = start.lists[group.origin / 2];
    return group.origin === SYNONYMS || !back ? -1 : records.count - back + group.place;
  };
  /** A filter: its key, its title, and its options. */
  const filter = async ([key, title, files]) => {
    const data = await awaitEach(files, name => own(...name.split('-')));
    const options = data.includes(null) ? [] : JSON.parse(data.join(''));
    return { key, title, options: options.map(option => ({ ...option, records: new Set(rising(option.records)) })) };
  };
  return { ...records, lengths, full: start.full, groups: readGroups(start.groups), phrases: readTyped(start.everyday), rare: start.rare, typedFor, other: start.on_request,
    filters: () => awaitEach(start.filters, filter), lookup, isCommon, beginning, formsOf, heldBy, headings, postings, everyPosting, placesOf, show, entryOf };
};
