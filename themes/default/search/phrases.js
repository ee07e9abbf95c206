/* Words side by side: those of a phrase, and those that no result may have. */

import { awaitEach } from './files.js';
import { isText } from './index.js';
import { meanings } from './meanings.js';

/** What a word and its other forms are in the index, for each of some words. */
const ownTerms = (index, words) => awaitEach(words, async word => {
  const { how, list } = await meanings(index, word, false, true);
  return { sure: how === 'exact' || how === 'form', terms: list.slice(0, 4).map(meaning => meaning.term) };
});

/** The records in which words are side by side, each with where; null if that cannot be told. */
export const sideBySide = async (index, words) => {
  let before = null;
  for (const { terms } of await ownTerms(index, words)) {
    const here = new Map(), lists = (await awaitEach(terms, index.placesOf)).filter(Boolean);
    if (terms.length && !lists.length) {
      /* A word whose places are not kept may be anywhere. */
      if (before) before = new Map([...before].map(([record, at]) => [record, at.map(n => n + 1)]));
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

/** The most records whose texts are read to tell a phrase from one of other forms of its words. */
const MOST_READ = 200;
/** Of the records that have words side by side, those that have them in just these forms; and the others as a text has them. */
export const inTheseForms = async (index, words, held) => {
  const same = new Map(), others = [], read = held.size > MOST_READ ? [] : [...held.keys()].filter(record => isText(index.kind[record]));
  for (const shown of await awaitEach(read, index.show)) for (const at of shown ? held.get(shown.record) : []) {
    const own = shown.words.slice(at + 1 - words.length, at + 1).map(found => found.word);
    if (own.every((word, i) => word === words[i])) same.set(shown.record, [at]); else others.push(own.join(' '));
  }
  return { same, other: others[0] };
};

/** The records, of those with a score, that have words side by side. */
export const holding = async (index, words, score) => {
  const terms = (await ownTerms(index, words)).map(own => own.sure ? own.terms : []);
  let held = null;
  for (const own of terms) {
    const here = new Set((await awaitEach(own, index.everyPosting)).flatMap(posting => [...posting.records]));
    held = (held || [...here]).filter(record => here.has(record) && score[record]);
  }
  if (terms.length < 2) return held || [];
  const forms = await index.formsOf(terms.flat()), fits = (i, found) => found && terms[i].some(term => forms.get(term).has(found.word));
  const shown = await awaitEach(held.filter(record => isText(index.kind[record])), index.show);
  return shown.filter(one => one && one.words.some((_, from) => terms.every((__, i) => fits(i, one.words[from + i])))).map(one => one.record);
};
