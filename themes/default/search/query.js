/* What a query asks for: its words, phrases, numbers, law, and the names in it. */

import { MINUS, NOTE_NUMBER, SERIES, UNITS, numbersIn, spelled } from './forms.js';
import { LAW, SYNONYMS } from './index.js';
import { inPapers, meanings } from './meanings.js';
import { WEIGHT } from './weights.js';
import { QUIET, wordsOf } from './words.js';

/** The most words of a query that are looked for. */
const MOST_WORDS = 32;

/** The mark of the clauses with this number; of those in a series if there are no others. */
const markOf = async (index, number) => {
  const term = await index.lookup('#' + number.toLowerCase());
  return term >= 0 ? term : index.lookup('#.' + number.toLowerCase());
};

const bitsOf = tokens => tokens.reduce((bits, token) => bits | token.bit, 0);

/** What a query asks for: slots, each a set of terms of which a record should hold one. */
export const understand = async (index, query, plainly, typing) => {
  const phrases = [], without = [];
  const unquoted = spelled(query.slice(0, 1000)).replace(MINUS, (whole, before, phrase, word) => {
    without.push(wordsOf(phrase || word).map(found => found.word).slice(0, MOST_WORDS));
    return before + ' ';
  }).replace(/["“”«»]([^"“”«»]+)["“”«»]/g, (whole, words) => {
    phrases.push(wordsOf(words).map(found => found.word).slice(0, MOST_WORDS));
    return ' ' + words + ' ';
  });
  const jumps = [], unknown = [], noted = [];
  for (const [whole, , number] of unquoted.matchAll(NOTE_NUMBER)) {
    const term = await index.lookup('#note-' + number);
    if (term >= 0) { jumps.push({ term, sure: true, inner: [] }); noted.push(whole); }
  }
  const { rest, law, clauses } = numbersIn(noted.reduce((text, whole) => text.replace(whole, ' '), unquoted));
  for (const { number, inner, sure, words } of clauses) {
    const term = await markOf(index, number);
    if (term >= 0) jumps.push({ term, sure, inner }); else unknown.push(words);
  }
  /* A place in the law that nothing cites is looked for in what it is in; if there is none, it is but words. */
  const marks = law.length ? await index.beginning('@', Infinity) : [], workOf = mark => mark.slice(0, mark.indexOf('/'));
  for (const [, word, label, number, inner] of unquoted.matchAll(SERIES)) {
    const unit = Object.keys(UNITS).find(unit => new RegExp('^(?:' + UNITS[unit] + ')$', 'i').test(word)) || word;
    const term = await index.lookup(('#' + unit + '-' + label + '.' + number).toLowerCase());
    if (term >= 0) jumps.push({ term, sure: true, inner: inner.match(/[a-z0-9]+/gi) || [] });
  }
  for (const place of law) {
    for (let length = place.path.length; length > 1 && !place.cited; length--) {
      const end = '/' + place.path.slice(0, length).join('/').toLowerCase();
      const cited = marks.filter(([mark]) => workOf(mark) + end === mark);
      if (cited.length) place.cited = cited;
    }
    /* "Rule 12" that no law has may be this site's own. */
    const [, number, ...inner] = place.path, own = place.cited || jumps.length ? -1 : await markOf(index, number);
    if (own >= 0) jumps.push({ term: own, sure: true, inner });
    if (!place.cited) unknown.push(place.words);
  }
  const tokens = wordsOf(rest + ' ' + unknown.join(' ')).slice(0, MOST_WORDS);
  const slots = [], instead = [], meant = [], offers = [], unfinished = !/[\s"”»]$/.test(query);
  for (const [i, token] of tokens.entries()) {
    const { how, list, two, offer } = await meanings(index, token.word, unfinished && i === tokens.length - 1, plainly);
    if (how === 'offered') offers.push([token.word, offer]);
    if (how === 'spelling') instead.push([token.word, list[0].word]);
    if (how === 'kin' || how === 'beginning' && !typing) meant.push(...plainly ? [] : list.slice(0, 2).map(other => other.word));
    if (how === 'everyday') meant.push(...list.map(other => other.word));
    if (how === 'exact') meant.push(...list.slice(1).map(other => other.word));
    /* What is not typed to its end is no other word yet. */
    if (how === 'beginning' && typing) for (const meaning of list) meaning.near = false;
    token.bit = 1 << i;
    token.slot = { token, terms: list, quiet: QUIET.has(token.word), weight: 1, inName: false, says: token.bit };
    slots.push(token.slot);
    for (const term of two || []) slots.push({ token, terms: [{ ...term, near: true }], quiet: false, weight: 1, inName: false, says: token.bit });
    /* "take part": an everyday word of several. */
    for (const length of plainly ? [] : [3, 2]) {
      const within = tokens.slice(Math.max(0, i + 1 - length), i + 1);
      const list = within.length === length ? await inPapers(index, within.map(one => one.word), WEIGHT.everyday) : [];
      if (!list.length) continue;
      for (const one of within) one.slot.weight = Math.min(one.slot.weight, WEIGHT.inPhrase);
      slots.push({ token, terms: list, quiet: false, weight: WEIGHT.phrase, inName: false, says: bitsOf(within) });
      meant.push(...list.map(other => other.word));
      break;
    }
    /* "job centre" where the texts have "jobcentre". */
    const before = tokens[i - 1], pair = before ? await index.lookup(before.word + token.word) : -1;
    if (pair >= 0) for (const slot of [before.slot, token.slot]) slot.terms.push({ term: pair, word: before.word + token.word, worth: 1.1 });
  }
  /* Names of one thing, the longest first; a word within one counts less by itself. */
  const spans = [], means = tokens.map(token => new Set(token.slot.terms.map(meaning => meaning.term)));
  const begins = new Map();
  means.forEach((terms, i) => { for (const term of terms) begins.set(term, (begins.get(term) || []).concat(i)); });
  for (const group of index.groups) for (const name of group.names) for (const from of begins.get(name[0]) || []) {
    const fits = from + name.length <= tokens.length && name.every((term, i) => means[from + i].has(term));
    if (fits && !(name.length === 1 && tokens[from].slot.quiet) && !(plainly && group.origin !== LAW)) spans.push({ group, from, to: from + name.length });
  }
  spans.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  const taken = [], also = [], works = [], whole = new Map();
  for (const { group, from, to } of spans) {
    const key = from + '-' + to;
    if (taken.slice(from, to).some(other => other && other !== key)) continue;
    for (let i = from; i < to; i++) taken[i] = key;
    const list = group.origin === LAW ? works : also, synonym = group.origin === SYNONYMS;
    if (!list.includes(group)) list.push(group);
    if (to - from === 1) { tokens[from].slot.terms.push({ term: group.term, word: '', worth: WEIGHT.synonym, near: group.origin !== LAW, names: !synonym }); continue; }
    for (const { slot } of tokens.slice(from, to)) {
      slot.weight = Math.min(slot.weight, synonym ? WEIGHT.inSynonym : WEIGHT.inName);
      slot.inName = true;
    }
    if (!whole.has(key)) {
      whole.set(key, { terms: [], quiet: false, weight: synonym ? WEIGHT.wholeSynonym : WEIGHT.wholeName, inName: false, says: bitsOf(tokens.slice(from, to)) });
      slots.push(whole.get(key));
    }
    whole.get(key).terms.push({ term: group.term, word: '', worth: 1, near: group.origin !== LAW, names: !synonym });
  }
  /* Of the works that the query names, if it names any that have the place. */
  const named = new Set(works.map(work => marks.find(([, term]) => term === work.term)).filter(Boolean).map(([mark]) => mark));
  for (const { cited } of law.filter(place => place.cited)) {
    const own = cited.filter(([mark]) => named.has(workOf(mark)));
    const terms = (own.length ? own : cited).map(([, term]) => ({ term, word: '', worth: 1 }));
    slots.push({ terms, quiet: false, weight: WEIGHT.provision, inName: false });
  }
  /* A number that no clause has. */
  const lost = !jumps.length && clauses.some(clause => clause.sure);
  return { tokens, slots, phrases, without, jumps, lost, also, works, instead, meant, offers };
};
