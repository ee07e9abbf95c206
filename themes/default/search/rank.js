/* The ranking: a score for each record, and the best of them looked at twice. */

import { CLAUSE, ENTRY, NOTE, PASSAGE, SECTION, isText } from './index.js';
import { meanings } from './meanings.js';
import { understand } from './query.js';
import { answerOf } from './questions.js';
import { WEIGHT } from './weights.js';


/** The records in which words are side by side; null if that cannot be told. */
const sideBySide = async (index, words) => {
  let before = null;
  for (const word of words) {
    const here = new Map(), { list } = await meanings(index, word, false, true);
    const lists = (await Promise.all(list.slice(0, 4).map(meaning => index.placesOf(meaning.term)))).filter(Boolean);
    if (list.length && !lists.length) {
      /* A word whose places are not kept may be anywhere. */
      if (before) before = new Map(Array.from(before, ([record, at]) => [record, at.map(n => n + 1)]));
      continue;
    }
    for (const places of lists) for (const [record, at] of places) {
      const fits = before ? at.filter(n => (before.get(record) || []).includes(n - 1)) : at;
      if (fits.length) here.set(record, (here.get(record) || []).concat(fits));
    }
    before = here;
  }
  return before;
};

/** The records, of those with a score, that have words side by side. */
const holding = async (index, words, score) => {
  const terms = [];
  let held = null;
  for (const word of words) {
    const { how, list } = await meanings(index, word, false, true), own = how === 'exact' || how === 'form' ? list.map(meaning => meaning.term) : [];
    const here = new Set([].concat(...(await Promise.all(own.map(index.everyPosting))).map(posting => Array.from(posting.records))));
    held = (held || [...here]).filter(record => here.has(record) && score[record]);
    terms.push(own);
  }
  if (terms.length < 2) return held || [];
  const forms = await index.formsOf([].concat(...terms)), fits = (i, found) => found && terms[i].some(term => forms.get(term).has(found.word));
  const shown = await Promise.all(held.filter(record => isText(index.kind[record])).map(index.show));
  return shown.filter(one => one && one.words.some((_, from) => terms.every((__, i) => fits(i, one.words[from + i])))).map(one => one.record);
};

/** Gives every record its score. `every` reads all postings, however many. */
const rank = async (index, query, { plainly, every, typing } = {}) => {
  const asks = await understand(index, query, plainly, typing);
  const { kind, end, gives, count, texts, lengths, full } = index;
  const score = new Float32Array(count), has = new Float32Array(count), told = new Uint8Array(count), said = new Map();
  /* Which words of the query a record has, by bits: themselves, these or other names of the same, and any near words too. */
  const exact = new Int32Array(count), same = new Int32Array(count), any = new Int32Array(count);
  const telling = asks.jumps.length || asks.slots.some(slot => !slot.quiet && slot.terms.length);
  let whole = 0;
  for (const slot of asks.slots) {
    const own = new Float32Array(count), above = new Float32Array(count), shares = new Map();
    let top = 0;
    for (const { term, worth, near, names } of slot.terms) {
      const says = slot.says || 0, sure = near ? 0 : says, named = near && !names ? 0 : says;
      const { count: held, records, weights } = await (every ? index.everyPosting : index.postings)(term);
      if (!held) continue;
      const value = worth * Math.max(.01, Math.log(1 + (texts - held + .5) / (held + .5)));
      top = Math.max(top, value);
      for (let i = 0; i < records.length; i++) {
        const record = records[i], weight = weights[i];
        exact[record] |= sure;
        same[record] |= named;
        any[record] |= says;
        if (isText(kind[record])) {
          own[record] = Math.max(own[record], value * (lengths ? weight / (weight + lengths[record]) : weight / full));
          continue;
        }
        const down = value * (kind[record] ? WEIGHT.heading : WEIGHT.title) * Math.min(1, .4 + 2 / weight);
        for (let under = record + 1; under < end[record]; under++) {
          if (above[under] < down) above[under] = down;
          exact[under] |= sure;
          same[under] |= named;
          any[under] |= says;
        }
        own[record] = Math.max(own[record], value);
        shares.set(record, Math.max(shares.get(record) || 0, 1 / weight));
      }
    }
    const quiet = slot.quiet && telling, weight = slot.weight * (quiet ? WEIGHT.quiet : 1), counts = !quiet && !slot.inName;
    if (counts) whole += top * weight;
    for (let record = 0; record < count; record++) {
      const a = own[record], b = isText(kind[record]) ? above[record] : 0;
      if (!a && !b) continue;
      score[record] += weight * (Math.max(a, b) + WEIGHT.both * Math.min(a, b));
      if (!slot.quiet) told[record] = 1;
      if (counts) has[record] += weight * top * (a ? 1 : .6);
    }
    if (slot.token) for (const [record, share] of shares) {
      const of = said.get(record) || { share: 0, tokens: new Set() };
      said.set(record, { share: of.share + share, tokens: of.tokens.add(slot.token) });
    }
  }
  /* A heading or another title of which the query says much. */
  const titles = [];
  for (const [record, { share, tokens }] of said) {
    const full = share > .95 && asks.tokens.every(token => token.slot.quiet || tokens.has(token));
    if (full) titles.push(record);
    if (kind[record] !== SECTION || asks.tokens.length < 3 || share < WEIGHT.headingFrom) continue;
    const gain = 1 + WEIGHT.headingSaid * Math.min(1, share) + (full ? WEIGHT.headingWhole : 0);
    for (let under = record + 1; under < end[record]; under++) score[under] *= gain;
  }
  for (let record = 0; record < count; record++) {
    /* What only asks or joins finds nothing where something tells. */
    if (telling && !told[record]) score[record] = 0;
    if (whole) score[record] *= 1 - WEIGHT.covered * (1 - Math.min(1, has[record] / whole));
    if (gives[record]) score[record] *= WEIGHT.gives;
    if (kind[record] === PASSAGE) score[record] *= WEIGHT.passage;
    if (kind[record] === NOTE) score[record] *= WEIGHT.note;
  }
  /* A number leads to its clause before all else, and a heading's to what is under it. */
  const numbered = new Map();
  for (const jump of asks.jumps) for (const record of (await index.everyPosting(jump.term)).records) {
    const gain = (jump.sure ? 100 : 20) * (gives[record] ? WEIGHT.gives : 1);
    const under = kind[record] === CLAUSE ? [record] : Array.from({ length: end[record] - record - 1 }, (_, i) => record + 1 + i);
    under.forEach((clause, i) => {
      score[clause] += kind[record] === CLAUSE ? gain : gain / 2 - Math.min(i, 8);
      has[clause] = whole;
    });
    if (kind[record] === CLAUSE) numbered.set(record, jump);
  }
  let apart = false;
  for (const phrase of asks.phrases) {
    const held = await sideBySide(index, phrase);
    if (held && held.size) score.forEach((_, record) => { if (!held.has(record)) score[record] = 0; });
    else if (held) apart = true;
  }
  for (const words of asks.without) for (const record of await holding(index, words, score)) score[record] = 0;
  /* A clause is found once: in its own words, unless an editor's note in it has more of what is asked. */
  for (let record = 0, own = 0; record < count; record++) {
    if (kind[record] !== NOTE) own = record;
    else if (isText(kind[own]) && score[own] && score[record]) {
      const [kept, other] = has[own] >= has[record] ? [own, record] : [record, own];
      score[kept] = Math.max(score[own], score[record]);
      score[other] = 0;
      own = kept;
    } else if (isText(kind[own]) && score[record]) own = record;
  }
  return { ...asks, score, has, whole, titles, numbered, apart, exact, same, any };
};

/** How many of the best records are looked at twice. */
const BEST = 10;

/** Leaves of the passages under one heading, which have one address, the best. */
const foldPassages = (kind, list) => {
  const known = new Set(), headingOf = record => { while (record > 0 && isText(kind[record])) record--; return record; };
  const kept = list.filter(record => {
    if (kind[record] !== PASSAGE) return true;
    const heading = headingOf(record), first = !known.has(heading);
    known.add(heading);
    return first;
  });
  list.splice(0, list.length, ...kept);
};

/** How what was found is told apart: what has each telling word, what has near ones for some, and the rest. */
const tiersOf = ({ tokens, slots, jumps, exact, same, any, has, whole }) => {
  const telling = tokens.filter(token => !token.slot.quiet), bits = (telling.length ? telling : tokens).reduce((bits, token) => bits | token.bit, 0);
  const holds = had => record => (had[record] & bits) === bits, hasExact = holds(exact), hasAll = holds(any);
  /* A number is no word. */
  const words = bits && !jumps.length && slots.every(slot => slot.says);
  const counts = list => {
    const fits = words ? hasAll : record => has[record] >= whole * .6, all = list.filter(fits);
    const own = words ? all.filter(hasExact).length : all.length || list.length, divided = list.slice(0, own).every(hasExact);
    return { own, divided, similar: words ? all.length - own : 0, last: words || all.length ? list.lastIndexOf(all[all.length - 1]) + 1 : list.length };
  };
  return { hasSame: holds(same), one: words && telling.length === 1, counts };
};

/** Finds clauses and passages: all of them in order, the first `most` as readers see them. `only` says which may be found. */
export const find = async (index, query, options, most) => {
  const result = await rank(index, query, options);
  const { score } = result, { hasSame, one, counts } = tiersOf(result);
  /* These will be asked for too: they come on the same way. */
  for (const group of result.also.concat(result.works)) if (index.entryOf(group) >= 0) index.show(index.entryOf(group));
  const every = [];
  for (let record = 0; record < index.count; record++) {
    if (score[record] > 0 && isText(index.kind[record])) every.push(record);
  }
  /* Of one word, whatever has it or a name of the same comes before what has only near ones. */
  const order = (a, b) => one && hasSame(b) - hasSame(a) || score[b] - score[a] || a - b;
  const list = (options.only ? every.filter(options.only) : every).sort(order);
  if (!result.jumps.length) await lookAgain(index, query, result, list, order);
  else {
    /* A number that a paper prints comes before one that was counted. */
    for (const shown of await Promise.all(list.slice(0, BEST).map(index.show))) if (shown && /#para-/.test(shown.url)) score[shown.record] -= .5;
    list.sort(order);
  }
  foldPassages(index.kind, list);
  const items = await Promise.all(list.slice(0, most).map(index.show));
  return { ...result, every, list, one, ...counts(list), items: items.filter(Boolean) };
};
/** The best records gain by what the index does not hold: what they refer to, and how near the words are to each other. */
const lookAgain = async (index, query, { score, tokens, also, titles }, list, order) => {
  const gains = new Map();
  /* Where the glossary leads from a word that the query names. */
  const words = also.map(index.entryOf).concat(titles).filter(record => index.kind[record] === ENTRY);
  for (const word of await Promise.all(words.map(index.show))) for (const clause of word ? word.related : []) {
    gains.set(clause, WEIGHT.explains * score[clause]);
  }
  for (const shown of await Promise.all(list.slice(0, BEST).map(index.show))) for (const other of shown ? shown.related : []) {
    if (score[other]) gains.set(other, Math.max(gains.get(other) || 0, WEIGHT.related * score[shown.record]));
  }
  for (const [record, gain] of gains) score[record] += gain;
  list.sort(order);
  const telling = tokens.filter(token => !token.slot.quiet && token.slot.terms.length);
  const best = list.slice(0, BEST);
  for (const token of telling) token.forms = new Set([].concat(...Array.from((await index.formsOf(token.slot.terms.map(meaning => meaning.term))).values(), set => [...set])));
  const answer = answerOf(query);
  for (const shown of telling.length ? await Promise.all(best.map(index.show)) : []) {
    if (!shown) continue;
    const { words } = shown, places = telling.map(() => []);
    words.forEach(({ word }, i) => telling.forEach((token, n) => { if (token.forms.has(word)) places[n].push(i); }));
    let near = 0;
    for (let n = 1; n < places.length; n++) {
      let least = Infinity;
      for (const i of places[n - 1]) for (const j of places[n]) if (i !== j) least = Math.min(least, j > i ? j - i : i - j + 1);
      near += 1 / least / (places.length - 1);
    }
    score[shown.record] *= 1 + WEIGHT.near * near + (answer && answer.test(shown.text) ? WEIGHT.answers : 0);
    const early = places.map(at => at.length ? 1 - at[0] / words.length : 0);
    if (early.length < 3) score[shown.record] *= 1 + WEIGHT.early * early.reduce((a, b) => a + b, 0) / early.length;
  }
  list.splice(0, best.length, ...best.sort(order));
};
