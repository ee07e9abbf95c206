/* Names of one thing in a query: words of the glossary, synonyms, titles of works. */

import { LAW, SYNONYMS } from './index.js';
import { min } from './numbers.js';
import { IN_NAME_WEIGHT, IN_SYNONYM_WEIGHT, SYNONYM_WEIGHT, WHOLE_NAME_WEIGHT, WHOLE_SYNONYM_WEIGHT } from './weights.js';

export const bitsOf = tokens => tokens.reduce((bits, token) => bits | token.bit, 0);

/** Adds the names that a query has to its slots: the longest first; a word within one counts less by itself. Gives the groups of
    these names: `works` of the law, `also` the others. */
export const namesIn = (index, tokens, slots, plainly) => {
  const spans = [], taken = [], also = [], works = [], whole = new Map();
  const means = tokens.map(token => new Set(token.slot.terms.map(meaning => meaning.term)));
  for (const group of index.groups) if (!plainly || group.origin === LAW) for (const name of group.names) tokens.forEach(({ slot }, from) => {
    const fits = name.every((term, i) => means[from + i] && means[from + i].has(term));
    if (fits && (name.length > 1 || !slot.quiet)) spans.push({ group, from, to: from + name.length });
  });
  spans.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  for (const { group, from, to } of spans) {
    const key = from + '-' + to, within = tokens.slice(from, to), { origin, term } = group, synonym = origin === SYNONYMS, list = origin === LAW ? works : also;
    if (taken.slice(from, to).some(other => other && other !== key)) continue;
    for (let i = from; i < to; i++) taken[i] = key;
    if (!list.includes(group)) list.push(group);
    const meaning = { term, word: '', worth: to - from > 1 ? 1 : SYNONYM_WEIGHT, near: origin !== LAW, names: !synonym };
    if (to - from > 1 && !whole.has(key)) {
      for (const { slot } of within) {
        slot.weight = min(slot.weight, synonym ? IN_SYNONYM_WEIGHT : IN_NAME_WEIGHT);
        slot.inName = true;
      }
      whole.set(key, { terms: [], weight: synonym ? WHOLE_SYNONYM_WEIGHT : WHOLE_NAME_WEIGHT, says: bitsOf(within) });
      slots.push(whole.get(key));
    }
    (whole.get(key) || tokens[from].slot).terms.push(meaning);
  }
  return { also, works };
};
