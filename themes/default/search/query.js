/* What a query asks for: its words, phrases, numbers, law, and the names in it. */

import { MINUS, NOTE_NUMBER, SERIES, UNITS, numbersIn, spelled } from './forms.js';
import { inPapers, meanings } from './meanings.js';
import { bitsOf, namesIn } from './names.js';
import { max, min } from './numbers.js';
import { sideBySide } from './phrases.js';
import { IN_PHRASE_WEIGHT, PHRASE_WEIGHT, PROVISION_WEIGHT } from './weights.js';
import { QUIET, plainWords, wordsOf } from './words.js';

/** The most words of a query that are looked for. */
const MOST_WORDS = 32;

/** The mark of the clauses with this number; of those in a series if there are no others. */
const markOf = async (index, number) => {
  const term = await index.lookup('#' + number.toLowerCase());
  return term >= 0 ? term : index.lookup('#.' + number.toLowerCase());
};

/** What a query asks for: slots, each a set of terms of which a record should hold one. */
export const understand = async (index, query, plainly, typing) => {
  const phrases = [], without = [];
  const unquoted = spelled(query.slice(0, 1000)).replace(MINUS, (whole, before, phrase, word) => {
    without.push(plainWords(phrase || word).slice(0, MOST_WORDS));
    return before + ' ';
  }).replace(/["“”«»]([^"“”«»]+)["“”«»]/g, (whole, words) => {
    phrases.push(plainWords(words).slice(0, MOST_WORDS));
    return ' ' + words + ' ';
  });
  const jumps = [], unknown = [], noted = [], absent = [];
  /* A number or a place that the site has nowhere is said to be lacking, and not looked for word by word. */
  const lookFor = async words => {
    const held = await sideBySide(index, plainWords(words));
    (held && !held.size ? absent : unknown).push(words.trim());
  };
  for (const [whole, , number] of unquoted.matchAll(NOTE_NUMBER)) {
    const term = await index.lookup('#note-' + number);
    if (term >= 0) { jumps.push({ term, sure: true, inner: [] }); noted.push(whole); }
  }
  const { rest, law, clauses } = numbersIn(noted.reduce((text, whole) => text.replace(whole, ' '), unquoted));
  for (const { number, inner, sure, words } of clauses) {
    const term = await markOf(index, number);
    if (term >= 0) jumps.push({ term, sure, inner }); else if (sure) await lookFor(words);
  }
  /* A place in the law that nothing cites is looked for in what it is in. */
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
    const [, number, ...inner] = place.path, own = place.cited || jumps.length || place.path[0] === 'page' ? -1 : await markOf(index, number);
    if (own >= 0) jumps.push({ term: own, sure: true, inner });
    if (place.cited) continue;
    if (own < 0 && !jumps.length) await lookFor(place.words);
    else if (place.path.length < 3) unknown.push(place.words);
  }
  const tokens = wordsOf(rest + ' ' + unknown.join(' ')).slice(0, MOST_WORDS);
  const slots = [], instead = [], meant = [], offers = [], unfinished = !/[\s"”»]$/.test(query);
  for (const [i, token] of tokens.entries()) {
    const { how, list, two, offer } = await meanings(index, token.word, unfinished && i === tokens.length - 1 && (typing || token.word.length > 3), plainly);
    const others = list.filter(meaning => meaning.near).map(meaning => meaning.word), isPart = how === 'beginning';
    if (how === 'offered') offers.push([token.word, offer]);
    if (how === 'spelling') instead.push([token.word, list[0].word]);
    else if (!plainly && !(isPart && typing)) meant.push(...how === 'kin' || isPart ? others.slice(0, 2) : others);
    /* What is not typed to its end is no other word yet. */
    if (isPart && typing) for (const meaning of list) meaning.near = false;
    token.bit = 1 << i;
    token.slot = { token, terms: list, quiet: QUIET.has(token.word), weight: 1, says: token.bit };
    slots.push(token.slot);
    for (const term of two || []) slots.push({ token, terms: [{ ...term, near: true }], weight: 1, says: token.bit });
    /* "take part": an everyday word of several. */
    for (const length of plainly ? [] : [3, 2]) {
      const within = tokens.slice(max(0, i + 1 - length), i + 1);
      const list = within.length === length ? await inPapers(index, within.map(one => one.word)) : [];
      if (!list.length) continue;
      for (const one of within) one.slot.weight = min(one.slot.weight, IN_PHRASE_WEIGHT);
      slots.push({ token, terms: list, weight: PHRASE_WEIGHT, says: bitsOf(within) });
      meant.push(...list.map(other => other.word));
      break;
    }
    /* "job centre" where the texts have "jobcentre". */
    const before = tokens[i - 1], pair = before ? await index.lookup(before.word + token.word) : -1;
    if (pair >= 0) for (const slot of [before.slot, token.slot]) slot.terms.push({ term: pair, word: before.word + token.word, worth: 1.1 });
  }
  const { also, works } = namesIn(index, tokens, slots, plainly);
  /* Of the works that the query names, if it names any that have the place. */
  const named = new Set(works.map(work => marks.find(([, term]) => term === work.term)).filter(Boolean).map(([mark]) => mark));
  for (const { cited } of law.filter(place => place.cited)) {
    const own = cited.filter(([mark]) => named.has(workOf(mark)));
    const terms = (own.length ? own : cited).map(([, term]) => ({ term, word: '', worth: 1 }));
    slots.push({ terms, weight: PROVISION_WEIGHT });
  }
  /* A number that no clause has. */
  const lost = !jumps.length && clauses.some(clause => clause.sure);
  return { tokens, slots, phrases, without, jumps, lost, also, works, instead, meant, offers, absent };
};
