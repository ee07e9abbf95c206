/* The ranking: a score for each record, and the order of what was found. */

import { lookAgain, printedFirst } from './again.js';
import { awaitEach } from './files.js';
import { CLAUSE, NOTE, PASSAGE, SECTION, isText } from './index.js';
import { bitsOf } from './names.js';
import { max, min } from './numbers.js';
import { holding, inTheseForms, sideBySide } from './phrases.js';
import { understand } from './query.js';
import { BOTH_WEIGHT, COVERED_WEIGHT, EVERYDAY_WEIGHT, GIVES_WEIGHT, HEADING_FROM_WEIGHT, HEADING_SAID_WEIGHT, HEADING_WEIGHT, HEADING_WHOLE_WEIGHT, NOTE_WEIGHT, PASSAGE_WEIGHT, QUIET_WEIGHT, RARE_WEIGHT, SEVERAL_WEIGHT, TITLE_WEIGHT } from './weights.js';

/** Gives every record its score. `every` reads all postings, however many. */
const rank = async (index, query, { plainly, every, typing } = {}) => {
  const asks = await understand(index, query, plainly, typing);
  const { kind, end, gives, count, texts, lengths, full } = index;
  const values = () => new Float32Array(count), flags = () => new Int32Array(count);
  const score = values(), has = values(), told = flags(), said = new Map();
  /* Which words of the query a record has, by bits: themselves, these or other names of the same, and any near words too. */
  const exact = flags(), same = flags(), any = flags();
  const telling = asks.jumps.length || asks.slots.some(slot => !slot.quiet && slot.terms.length);
  let whole = 0;
  for (const slot of asks.slots) {
    const own = values(), above = values(), shares = new Map();
    let top = 0;
    for (const { term, worth, near, names } of slot.terms) {
      const says = slot.says || 0, sure = near ? 0 : says, named = near && !names ? 0 : says;
      const { count: held, records, weights } = await (every ? index.everyPosting : index.postings)(term);
      if (!held) continue;
      const value = worth * Math.pow(Math.log(1 + (texts - held + .5) / (held + .5)), RARE_WEIGHT) || .01;
      top = max(top, value);
      for (const token of asks.tokens) if (token.bit & says && (slot.token || !slot.inName)) token.value = max(token.value || 0, near ? value * EVERYDAY_WEIGHT : value);
      const mark = record => { exact[record] |= sure; same[record] |= named; any[record] |= says; };
      for (let i = 0; i < records.length; i++) {
        const record = records[i], weight = weights[i];
        mark(record);
        if (isText(kind[record])) {
          const one = own[record], other = value * (lengths ? weight / (weight + lengths[record]) : weight / full);
          own[record] = max(one, other) + SEVERAL_WEIGHT * min(one, other);
          continue;
        }
        const down = value * (kind[record] ? HEADING_WEIGHT : TITLE_WEIGHT) * min(1, .4 + 2 / weight);
        for (let under = record + 1; under < end[record]; under++) {
          if (above[under] < down) above[under] = down;
          mark(under);
        }
        own[record] = max(own[record], value);
        shares.set(record, max(shares.get(record) || 0, 1 / weight));
      }
    }
    const quiet = slot.quiet && telling, weight = slot.weight * (quiet ? QUIET_WEIGHT : 1), counts = !quiet && !slot.inName;
    if (counts) whole += top * weight;
    for (let record = 0; record < count; record++) {
      const a = own[record], b = isText(kind[record]) ? above[record] : 0;
      if (!a && !b) continue;
      score[record] += weight * (max(a, b) + BOTH_WEIGHT * min(a, b));
      if (!slot.quiet) told[record] = 1;
      if (counts) has[record] += weight * top * (a ? 1 : .6);
    }
    if (slot.token) for (const [record, share] of shares) {
      const of = said.get(record) || { share: 0, bits: 0 };
      said.set(record, { share: of.share + share, bits: of.bits | slot.token.bit });
    }
  }
  /* A heading or another title of which the query says much. */
  const titles = [];
  for (const [record, { share, bits }] of said) {
    const full = share > .95 && asks.tokens.every(token => token.slot.quiet || bits & token.bit);
    if (full) titles.push(record);
    if (kind[record] !== SECTION || asks.tokens.length < 3 || share < HEADING_FROM_WEIGHT) continue;
    const gain = 1 + HEADING_SAID_WEIGHT * min(1, share) + (full ? HEADING_WHOLE_WEIGHT : 0);
    for (let under = record + 1; under < end[record]; under++) score[under] *= gain;
  }
  for (let record = 0; record < count; record++) {
    /* What only asks or joins finds nothing where something tells. */
    if (telling && !told[record]) score[record] = 0;
    if (whole) score[record] *= 1 - COVERED_WEIGHT * (1 - min(1, has[record] / whole));
    if (gives[record]) score[record] *= GIVES_WEIGHT;
    if (kind[record] === PASSAGE) score[record] *= PASSAGE_WEIGHT;
    if (kind[record] === NOTE) score[record] *= NOTE_WEIGHT;
  }
  /* A number leads to its clause before all else, and a heading's to what is under it. */
  const numbered = new Map();
  for (const jump of asks.jumps) for (const record of (await index.everyPosting(jump.term)).records) {
    const gain = (jump.sure ? 100 : 20) * (gives[record] ? GIVES_WEIGHT : 1);
    const under = kind[record] === CLAUSE ? [record] : Array.from({ length: end[record] - record - 1 }, (_, i) => record + 1 + i);
    under.forEach((clause, i) => {
      score[clause] += kind[record] === CLAUSE ? gain : gain / 2 - min(i, 8);
      has[clause] = whole;
    });
    if (kind[record] === CLAUSE) numbered.set(record, jump);
  }
  let apart = false, otherForms = false;
  for (const phrase of asks.phrases) {
    let held = await sideBySide(index, phrase);
    if (held && held.size) {
      const { same, other } = await inTheseForms(index, phrase, held);
      if (other && same.size) { held = same; asks.offers.push([phrase.join(' '), other]); }
      else otherForms = !!other;
    }
    if (held && held.size) score.forEach((_, record) => { if (!held.has(record)) score[record] = 0; });
    else if (held) apart = true;
  }
  for (const words of asks.without) for (const record of await holding(index, words, score)) score[record] = 0;
  /* A clause is found once: in its own words, unless an editor's note in it has more of what is asked. */
  for (let record = 0, own = 0; record < count; record++) {
    if (kind[record] !== NOTE) own = record;
    else if (isText(kind[own]) && score[own] && score[record]) {
      const [kept, other] = has[own] >= has[record] ? [own, record] : [record, own];
      score[kept] = max(score[own], score[record]);
      score[other] = 0;
      own = kept;
    } else if (isText(kind[own]) && score[record]) own = record;
  }
  return { ...asks, score, has, whole, titles, numbered, apart, otherForms, exact, same, any };
};

/** Of the passages under one heading, which have one address, only the best. */
const onePassage = (kind, list) => {
  const known = new Set();
  return list.filter(record => {
    if (kind[record] !== PASSAGE) return true;
    while (record > 0 && isText(kind[record])) record--;
    return known.size < known.add(record).size;
  });
};

/** Finds clauses and passages: all of them in order, the first `most` as readers see them. `only` says which may be found. */
export const find = async (index, query, options, most) => {
  const result = await rank(index, query, options), { score, tokens, jumps, has, whole } = result;
  /* These will be asked for too: they come on the same way. */
  for (const record of result.also.concat(result.works).map(index.entryOf)) if (record >= 0) index.show(record);
  const every = [];
  for (let record = 0; record < index.count; record++) if (score[record] > 0 && isText(index.kind[record])) every.push(record);
  /* How what was found is told apart: what has each telling word itself, what has similar ones for some, and the rest. */
  const telling = tokens.filter(token => !token.slot.quiet), bits = bitsOf(telling.length ? telling : tokens);
  const holds = had => record => (had[record] & bits) === bits, hasExact = holds(result.exact), hasSame = holds(result.same);
  /* A number is no word. */
  const words = bits && !jumps.length && result.slots.every(slot => slot.says), one = words && telling.length === 1;
  /* Words that are nowhere, but for slips, of which that is said. */
  const had = every.reduce((bits, record) => bits | result.exact[record], 0), replaced = result.instead.map(([typed]) => typed);
  const lacking = telling.filter(({ bit, word }) => !jumps.length && !(had & bit) && !replaced.includes(word)).map(({ word }) => word);
  /* Of one word, whatever has it or a name of the same comes before what has only near ones. */
  const order = (a, b) => one && hasSame(b) - hasSame(a) || score[b] - score[a] || a - b;
  const found = (options.only ? every.filter(options.only) : every).sort(order);
  if (jumps.length) {
    await printedFirst(index, result, found);
    found.sort(order);
  } else await lookAgain(index, query, result, found, order);
  const list = onePassage(index.kind, found), items = (await awaitEach(list.slice(0, most), index.show)).filter(Boolean);
  const all = list.filter(words ? holds(result.any) : record => has[record] >= whole * .6), own = words ? all.filter(hasExact).length : all.length || list.length;
  const last = words || all.length ? list.lastIndexOf(all[all.length - 1]) + 1 : list.length, divided = list.slice(0, own).every(hasExact);
  return { ...result, every, list, lacking, one, own, divided, similar: words ? all.length - own : 0, last, items };
};
