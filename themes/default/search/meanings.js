/* What a typed word may mean to an index. */

import { awaitEach } from './files.js';
import { max } from './numbers.js';
import { QUIET, alike, distance, inflections, single } from './words.js';
import { EVERYDAY_WEIGHT, FAMILY_WEIGHT, FORM_WEIGHT, NEXT_WEIGHT, WIDER_WEIGHT } from './weights.js';

/* A word of Welsh, by its letters. */
const WELSH = /^(?:ll|ff|dd|rh|ngh|mh|nh|cy[mnds]|gw[aely])|[^aeiouy]w[^aeiouyh]|(?:au|oedd|aeth|wyr|iad|iaid|wch|ydd|ynt|yw|dd)$/;

/** Meanings with others, each term once. */
const more = (list, others) => others.reduce((all, other) => all.some(one => one.term === other.term) ? all : all.concat(other), list);
/** Those of some words that the index has, each worth less than the one before it. */
const known = async (index, words, worth, less = 1, near = true) => {
  let list = [];
  for (const word of words || []) {
    const term = await index.lookup(word), longer = term < 0 ? list : more(list, [{ term, word, worth, near }]);
    if (longer !== list) worth *= less;
    list = longer;
  }
  return list;
};
/** The words that papers use in the place of several. */
export const inPapers = async (index, [word, ...others]) => {
  /* Those that end in a short word are in the first file. */
  const end = others.join('_'), last = end.replace(/.*_/, ''), typed = last[3] ? await index.typedFor(last) : index.phrases;
  return known(index, typed && [word, ...inflections(word)].map(form => typed.get(form + '_' + end)).find(Boolean), EVERYDAY_WEIGHT, NEXT_WEIGHT);
};
/** What a typed word may mean, `{ term, word, worth }` each with `near` if it is another word, and how that was found: as it is, as another form, as the
    beginning of a word, or mistyped. */
export const meanings = async (index, word, unfinished, plainly) => {
  const exact = await index.lookup(word), forms = inflections(word), quiet = plainly || QUIET.has(word);
  const inflected = exact >= 0 ? [] : await known(index, forms, FORM_WEIGHT, 1, false);
  const own = exact >= 0 ? [{ term: exact, word, worth: 1 }] : inflected, isHere = own.length;
  const rare = !quiet && (exact < 0 || (await index.postings(exact)).count <= index.rare), typed = rare && await index.typedFor(word) || new Map();
  const leads = mark => [word, ...forms].flatMap(form => typed.get(mark + form) || []);
  const family = await known(index, leads('='), isHere ? FAMILY_WEIGHT : FORM_WEIGHT);
  const widely = await known(index, leads(''), exact >= 0 ? WIDER_WEIGHT : EVERYDAY_WEIGHT, NEXT_WEIGHT);
  const all = more(more(own, family), widely);
  if (all.length) return { how: exact >= 0 ? 'exact' : widely.length ? 'everyday' : isHere ? 'form' : 'kin', list: all };
  const best = (pairs, how, worth) => {
    const others = pairs.map(([other, term]) => ({ term, word: other, worth: worth(other), near: true }));
    return { how, list: more([], others.sort((a, b) => b.worth - a.worth || (a.word < b.word ? -1 : 1))).slice(0, 12) };
  };
  if (word.length >= 5) {
    const near = (await index.beginning(word.slice(0, max(4, word.length - 4)), 400)).filter(([other]) => alike(word, other));
    if (near.length) return best(near, 'kin', other => .95 - .02 * Math.abs(other.length - word.length));
  }
  if (word.length >= 6 || unfinished && word.length >= 2) {
    const longer = await index.beginning(word, 400);
    if (longer.length) return best(longer, 'beginning', other => .9 * Math.pow(word.length / other.length, .25));
  }
  const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  for (const letter of most && !/^\d/.test(word) ? word.slice(0, 2) : '') {
    let near = [], least = most;
    for (const pair of await index.beginning(letter, Infinity)) {
      const d = single(word) === single(pair[0]) && pair[0][1] ? .5 : distance(word, pair[0], Math.ceil(least));
      if (d < least) near = [];
      if (d <= least) { least = d; near.push(pair); }
    }
    /* What is a word is no slip of another: that is offered. */
    if (near.length && (WELSH.test(word) || await index.isCommon(word))) return { how: 'offered', list: [], offer: near[0][0] };
    if (near.length) return best(near, 'spelling', () => least > 1 ? .6 : .8);
  }
  /* "jobcentre" where the texts have "job centre". */
  for (let cut = 3; cut <= word.length - 3; cut++) {
    const pair = [word.slice(0, cut), word.slice(cut)], terms = await awaitEach(pair, index.lookup);
    if (terms.every(term => term >= 0)) return { how: 'two', list: [], two: terms.map((term, i) => ({ term, word: pair[i], worth: 1 })) };
  }
  return { how: 'none', list: [] };
};
