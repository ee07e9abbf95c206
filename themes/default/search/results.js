/* What is shown of what was found. */

import { awaitEach } from './files.js';
import { DOCUMENT, NOTE, SECTION, SYNONYMS } from './index.js';
import { make, phrase } from './markup.js';
import { max, min } from './numbers.js';

/** Which words of a text were found: `words`, and `names` of several words as a whole. */
const hitsIn = (words, { alone, names }) => {
  const hits = words.map(({ word }) => alone.has(word));
  for (const name of names) words.forEach((_, from) => {
    if (name.every((forms, i) => words[from + i] && forms.has(words[from + i].word))) name.forEach((__, i) => { hits[from + i] = true; });
  });
  return hits;
};
const EXCERPT = 42;
/** The words around what was found, with these marked. */
const excerpt = ({ text, words }, marks) => {
  const hits = hitsIn(words, marks);
  let from = 0, best = 0;
  for (let i = 0; i < words.length; i++) if (hits[i]) {
    const seen = new Set(words.slice(i, i + EXCERPT - 6).filter((_, n) => hits[i + n]).map(found => found.word)).size;
    if (seen > best) [best, from] = [seen, i];
  }
  from = max(0, min(from - 6, words.length - EXCERPT));
  const to = min(words.length, from + EXCERPT), line = make('p', { class: 'excerpt' }, from ? '… ' : '');
  let at = from ? words[from].at : 0;
  for (let i = from; i < to; i++) {
    if (!hits[i]) continue;
    const start = i;
    while (hits[i + 1] && i + 1 < to && /^[\s-]*$/.test(text.slice(words[i].end, words[i + 1].at))) i++;
    line.append(text.slice(at, words[start].at), make('mark', {}, text.slice(words[start].at, words[i].end)));
    at = words[i].end;
  }
  line.append(text.slice(at, to < words.length ? words[to - 1].end : text.length), to < words.length ? ' …' : '');
  return line;
};
/** Whole words of a heading: one alone may have a line, of several each a part of it. */
const short = (words, at, all) => { const most = all[1] ? 44 : 90; return words.length > most ? words.slice(0, most).replace(/[,:;–—-]*\s+\S*$/, '') + ' …' : words; };
const item = (shown, marks, jump) => {
  const { trail, text, number, status } = shown;
  /* 3.37(a): a label in its clause has a place of its own. */
  const inner = jump && jump.inner.every(level => text.includes('(' + level + ')')) ? jump.inner : [];
  const url = shown.url + inner.map(level => '-' + level).join('');
  const above = (trail.length > 3 ? [trail[0], '…', trail[trail.length - 2]] : trail.slice(0, -1)).map(short);
  const place = shown.short + (status ? ', ' + status : ''), name = place + (number ? ', ' + number : '');
  const link = make('a', { href: url }, make('span', { class: 'unseen' }, name + '. '), trail[trail.length - 1] || shown.short);
  const found = excerpt(shown, marks);
  if (shown.kind === NOTE) found.prepend(make('b', {}, phrase('search.editors-note')), ' ');
  return make('li', {}, make('p', { class: 'from', 'aria-hidden': 'true' }, make('b', {}, number || ''), ' ', place),
    make('h2', { class: 'result' }, link), found, ...(above.length ? [make('p', { class: 'facts' }, above.join(' › '))] : []));
};
const namesOf = groups => groups.flatMap(group => group.names);
/** The words by which something was found, in all their forms. */
const marksOf = async (index, { tokens, also, works }) => {
  const quiet = tokens.every(token => token.slot.quiet), names = namesOf(also.concat(works));
  const terms = tokens.filter(({ slot }) => quiet || !slot.quiet).flatMap(({ slot }) => slot.terms.map(meaning => meaning.term));
  const forms = await index.formsOf(terms.concat(names.flat()));
  return { alone: new Set(terms.flatMap(term => [...forms.get(term)])), names: names.map(name => name.map(term => forms.get(term))) };
};
/** The declared synonyms by which results were found, as these print them. */
export const synonymsIn = async (index, { tokens, also, items }) => {
  const typed = tokens.flatMap(({ slot }) => slot.terms.filter(meaning => !meaning.near).map(meaning => meaning.term));
  const names = namesOf(also.filter(group => group.origin === SYNONYMS)).filter(name => !name.every(term => typed.includes(term)));
  const forms = await index.formsOf(names.flat()), printed = [];
  for (const name of names) for (const { words, text } of items) {
    const from = words.findIndex((_, at) => name.every((term, i) => words[at + i] && forms.get(term).has(words[at + i].word)));
    if (from < 0) continue;
    const own = text.slice(words[from].at, words[from + name.length - 1].end);
    printed.push(/\p{Lu}\S*\p{Lu}/u.test(own) ? own : own.toLowerCase());
    break;
  }
  return printed;
};
/** An item of a list for each clause and passage that was found. */
export const itemsOf = async (index, found) => {
  const marks = await marksOf(index, found);
  return found.items.map(shown => item(shown, marks, found.numbered.get(shown.record)));
};
/** What in the lists, and which documents and headings, the words name. */
export const named = async (index, found) => {
  const records = found.also.concat(found.works).map(index.entryOf).concat(found.titles), own = found.also.length;
  const shown = await awaitEach(records, async (record, i) => record < 0 ? {} : { ...await index.show(record), also: i < own });
  return shown.filter((entry, i) => entry.url && shown.findIndex(other => other.url === entry.url) === i);
};
const kindOf = kind => kind === DOCUMENT ? phrase('document') : kind === SECTION ? phrase('heading') : '';
export const placeOf = entry => make('li', {}, make('a', { href: entry.url }, entry.number || entry.trail[entry.trail.length - 1]), ' ',
  make('span', { class: 'facts' }, kindOf(entry.kind) || entry.short));
